/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/sat-key-file.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#define MAGIC "openssh-key-v1"
#define BEGIN "-----BEGIN OPENSSH PRIVATE KEY-----"

static char *
setting_path (const char *home)
{
  return g_build_filename (home, "key-file", NULL);
}

static void
add_if_there (GPtrArray *paths, char *path)
{
  if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
    g_ptr_array_add (paths, path);
  else
    g_free (path);
}

GPtrArray *
sat_key_files (const char *home, const char *only)
{
  static const char *const names[] = { "id_ed25519", "id_ecdsa", "id_rsa" };
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *setting = setting_path (home);
  g_autofree char *set = g_strdup (only);

  if (set || g_file_get_contents (setting, &set, NULL, NULL))
    add_if_there (paths, g_strdup (g_strchomp (set)));
  for (gsize i = 0; set == NULL && i < G_N_ELEMENTS (names); i++)
    add_if_there (paths, g_build_filename (g_get_home_dir (), ".ssh", names[i], NULL));
  return g_steal_pointer (&paths);
}

gboolean
sat_key_file_set (const char *home, const char *path, GError **error)
{
  g_autofree char *setting = setting_path (home);
  g_autofree char *line = NULL;
  g_autoptr (GError) local = NULL;

  if (path == NULL)
    {
      g_unlink (setting);
      return TRUE;
    }
  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return sat_fail (error, SAT_ERROR_NOT_FOUND, N_ ("there is no key file “%s”"), path, NULL);
  line = g_strconcat (path, "\n", NULL);
  if (g_mkdir_with_parents (home, 0700) == 0 && g_file_set_contents (setting, line, -1, &local))
    return TRUE;
  return sat_fail (error, SAT_ERROR_FAILED, N_ ("cannot write “%s”: %s"), setting,
                   local ? local->message : g_strerror (errno), NULL);
}

/* OpenSSH's own form says the cipher after its magic word. */
static gboolean
is_locked_openssh (const char *base64)
{
  gsize size;
  g_autofree guchar *data = g_base64_decode (base64, &size);
  static const char none[] = "\0\0\0\4none";

  return size < sizeof MAGIC + sizeof none - 1 || memcmp (data, MAGIC, sizeof MAGIC) != 0 ||
         memcmp (data + sizeof MAGIC, none, sizeof none - 1) != 0;
}

gboolean
sat_key_file_is_locked (const char *path)
{
  g_autofree char *text = NULL;
  const char *begin;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return FALSE;
  begin = strstr (text, BEGIN);
  if (begin)
    return is_locked_openssh (begin + strlen (BEGIN));
  return strstr (text, "ENCRYPTED") != NULL; /* PEM */
}
