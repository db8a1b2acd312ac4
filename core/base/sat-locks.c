/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/base/sat-locks.h"

#define SYSTEM_FILE SAT_SYSCONF_DIR "/satchel/satchel.conf"
#define GROUP "locks"

static const struct
{
  const char *name;
  const char *msgid; /* %s: who has decided it */
} locks[] = {
  [SAT_LOCK_HUB] = { "hub", N_ ("the address of the hub is not changed on this computer; your "
                                "administrator has decided so (%s)") },
  [SAT_LOCK_EXPORT] = { "export", N_ ("records are not exported on this computer; your "
                                      "administrator has decided so (%s)") },
  [SAT_LOCK_COPIES] = { "copies", N_ ("from this computer data goes to the hub alone, not to "
                                      "files or other places; your administrator has decided so "
                                      "(%s)") },
};

static gboolean
refuse_file (const char *path, const char *problem, GError **error)
{
  return sat_fail (error, SAT_ERROR_REFUSED,
                   N_ ("what is locked on this computer cannot be read from “%s” (%s); ask your "
                       "administrator"),
                   path, problem, NULL);
}

/* Which of the locks NAME is; -1: none. */
static int
find_lock (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (locks); i++)
    if (g_str_equal (locks[i].name, name))
      return (int) i;
  return -1;
}

static gboolean
check_list (const char *path, GKeyFile *file, char **list, SatLock lock, GError **error)
{
  g_autofree char *by = g_key_file_get_string (file, GROUP, "by", NULL);

  for (guint i = 0; list[i] != NULL; i++)
    {
      int found = find_lock (g_strstrip (list[i]));

      if (found < 0)
        return refuse_file (path, list[i], error);
      if (found == (int) lock)
        return sat_fail (error, SAT_ERROR_REFUSED, locks[lock].msgid,
                         by != NULL && *by != '\0' ? by : path, NULL);
    }
  return TRUE;
}

static gboolean
check_file (const char *path, SatLock lock, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) problem = NULL;
  g_auto (GStrv) list = NULL;

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, &problem))
    return g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_NOENT) ||
           refuse_file (path, problem->message, error);
  list = g_key_file_get_string_list (file, GROUP, "locked", NULL, &problem);
  if (list != NULL)
    return check_list (path, file, list, lock, error);
  return g_error_matches (problem, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_KEY_NOT_FOUND) ||
         g_error_matches (problem, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_GROUP_NOT_FOUND) ||
         refuse_file (path, problem->message, error);
}

gboolean
sat_locks_check (SatLock lock, GError **error)
{
  const char *more = g_getenv ("SATCHEL_LOCKS");

  return check_file (SYSTEM_FILE, lock, error) &&
         (more == NULL || *more == '\0' || check_file (more, lock, error));
}
