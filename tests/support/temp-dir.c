/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/temp-dir.h"

#include <glib/gstdio.h>
#include <unistd.h>

char *
temp_dir_new (void)
{
  const char *parent = access ("/dev/shm", W_OK) == 0 ? "/dev/shm" : g_get_tmp_dir ();
  char *dir = g_build_filename (parent, "satchel-test-XXXXXX", NULL);

  g_assert_nonnull (g_mkdtemp (dir));
  return dir;
}

/* Deepest first, without following links. */
void
temp_dir_remove (const char *path)
{
  g_autoptr (GPtrArray) todo = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (todo, g_strdup (path));
  for (guint i = 0; i < todo->len; i++)
    {
      const char *at = g_ptr_array_index (todo, i);
      g_autoptr (GDir) dir = NULL;
      const char *name;

      if (!g_file_test (at, G_FILE_TEST_IS_SYMLINK))
        dir = g_dir_open (at, 0, NULL);
      while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        g_ptr_array_add (todo, g_build_filename (at, name, NULL));
    }
  for (guint i = todo->len; i > 0; i--)
    g_remove (g_ptr_array_index (todo, i - 1));
}

void
temp_dir_free (char *dir)
{
  temp_dir_remove (dir);
  g_free (dir);
}

void
temp_dir_copy (const char *from, const char *to)
{
  g_autoptr (GDir) dir = g_dir_open (from, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  g_assert_cmpint (g_mkdir_with_parents (to, 0700), ==, 0);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *source = g_build_filename (from, name, NULL);
      g_autofree char *target = g_build_filename (to, name, NULL);
      g_autofree char *data = NULL;
      gsize size;
      if (!g_file_test (source, G_FILE_TEST_IS_REGULAR))
        continue;
      g_assert_true (g_file_get_contents (source, &data, &size, NULL));
      g_assert_true (g_file_set_contents_full (target, data, (gssize) size,
                                               G_FILE_SET_CONTENTS_NONE, 0600, NULL));
    }
}
