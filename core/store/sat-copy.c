/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/store/sat-copy.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <unistd.h>

#include "core/base/sat-crash.h"

#define PAGES_AT_ONCE 4096

static gboolean
fail_errno (const char *file, int problem, GError **error)
{
  return sat_fail (error, SAT_ERROR_FAILED, N_ ("cannot write “%s”: %s"), file,
                   g_strerror (problem), NULL);
}

static gboolean
fail_sqlite (const char *file, int code, GError **error)
{
  return sat_fail (error, SAT_ERROR_FAILED, N_ ("cannot write “%s”: %s"), file,
                   sqlite3_errstr (code), NULL);
}

static int
copy_pages (sqlite3 *from, sqlite3 *to)
{
  sqlite3_backup *backup = sqlite3_backup_init (to, "main", from, "main");
  int code = SQLITE_OK;

  if (backup == NULL)
    return sqlite3_errcode (to);
  while (code == SQLITE_OK)
    code = sqlite3_backup_step (backup, PAGES_AT_ONCE);
  sqlite3_backup_finish (backup);
  return code == SQLITE_DONE ? SQLITE_OK : code;
}

/* Makes FILE, empty, for this user alone. */
static gboolean
make_empty (const char *file, GError **error)
{
  int fd = g_open (file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

  if (fd < 0)
    return fail_errno (file, errno, error);
  close (fd);
  return TRUE;
}

gboolean
sat_copy_pages (SatDb *db, const char *file, GError **error)
{
  sqlite3 *to = NULL;
  int code;

  if (!make_empty (file, error))
    return FALSE;
  code = sqlite3_open_v2 (file, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
  if (code == SQLITE_OK) /* a half written copy is thrown away, so it needs no journal */
    code = sqlite3_exec (to, "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF", NULL, NULL, NULL);
  if (code == SQLITE_OK)
    code = copy_pages (sat_db_handle (db), to);
  if (code == SQLITE_OK) /* the copy's header says WAL, as the original's */
    code = sqlite3_exec (to, "PRAGMA journal_mode=DELETE", NULL, NULL, NULL);
  sqlite3_close (to);
  return code == SQLITE_OK || fail_sqlite (file, code, error);
}

/* Leaving WAL mode wants the database for itself. */
gboolean
sat_copy_is_alone (const char *file)
{
  sqlite3 *db = NULL;
  int code = sqlite3_open_v2 (file, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);

  if (code == SQLITE_OK)
    code = sqlite3_exec (db, "PRAGMA journal_mode=DELETE; PRAGMA journal_mode=WAL", NULL, NULL,
                         NULL);
  sqlite3_close (db);
  return (code & 0xff) != SQLITE_BUSY && (code & 0xff) != SQLITE_LOCKED;
}

static gboolean
sync_path (const char *path, int flags, GError **error)
{
  int fd = g_open (path, flags | O_CLOEXEC, 0);
  int problem = fd < 0 || fsync (fd) != 0 ? errno : 0;

  if (fd >= 0)
    close (fd);
  return problem == 0 || fail_errno (path, problem, error);
}

gboolean
sat_copy_settle (const char *file, const char *target, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (target);

  if (!sync_path (file, O_RDWR, error))
    return FALSE;
  sat_durable_step ("copy written");
  if (g_rename (file, target) != 0)
    return fail_errno (target, errno, error);
  return sync_path (folder, O_RDONLY | O_DIRECTORY, error);
}

gboolean
sat_copy_database (SatDb *db, const char *file, GError **error)
{
  g_autofree char *part = g_strconcat (file, ".part", NULL);

  if (sat_copy_pages (db, part, error) && sat_copy_settle (part, file, error))
    return TRUE;
  g_unlink (part);
  return FALSE;
}
