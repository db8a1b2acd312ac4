/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs a fuzz target on files, so that saved inputs are ordinary tests with any compiler: every
 * argument is a file or a folder of files. With clang the same target is linked with libFuzzer
 * instead (meson.build). */
#include <glib.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static guint
run_file (const char *path)
{
  g_autofree char *data = NULL;
  gsize size;

  if (!g_file_get_contents (path, &data, &size, NULL))
    {
      g_printerr ("cannot read %s\n", path);
      exit (1);
    }
  /* A copy of exactly SIZE bytes: one read too many is seen. */
  g_autofree guint8 *copy = g_memdup2 (data, size);
  LLVMFuzzerTestOneInput (copy, size);
  return 1;
}

static guint
run (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  guint n = 0;

  if (dir == NULL)
    return run_file (path);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);
      n += run_file (file);
    }
  return n;
}

int
main (int argc, char **argv)
{
  guint n = 0;

  for (int i = 1; i < argc; i++)
    n += run (argv[i]);
  g_print ("%u inputs\n", n);
  return n > 0 ? 0 : 1;
}
