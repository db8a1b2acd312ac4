/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/workspace/sat-workspace-backup.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/base/sat-crash.h"
#include "core/base/sat-locks.h"
#include "core/store/sat-copy.h"
#include "core/store/sat-join-log.h"
#include "core/store/sat-log.h"
#include "core/store/sat-names.h"
#include "core/workspace/sat-workspace-private.h"

/* 1 had no checksum. */
#define BACKUP_FORMAT "2"
#define FIRST_FORMAT "1"
/* After the last page of the database, where SQLite does not look: the checksum of all before it.
 */
#define SUM_HEAD "satchel backup sha256 "
#define SUM_DIGITS 64
#define SUM_SIZE (sizeof SUM_HEAD - 1 + SUM_DIGITS + 1)
/* “SatB” in the header of the file, by which file managers know it
 * (data/org.satchelcrm.Satchel.xml); a replica has none. */
#define MARK "PRAGMA application_id = 0x53617442"
#define UNMARK "PRAGMA application_id = 0"
/* How long a backup waits for a moment at which no change-set is half applied or open. */
#define TRIES 100
#define SUM_BUFFER 65536
#define PAUSE_US (100 * 1000)

void
sat_backup_free (SatBackup *backup)
{
  if (backup == NULL)
    return;
  g_clear_pointer (&backup->digests, g_ptr_array_unref);
  g_free (backup);
}

void
sat_restored_clear (SatRestored *restored)
{
  g_clear_pointer (&restored->code, g_free);
  g_clear_pointer (&restored->kept, g_free);
}

/* ---- what a backup has besides the replica ------------------------------------------------------
 */

static gboolean
put (SatDb *db, const char *key, const char *value, GError **error)
{
  SatStmt *stmt = sat_db_prepare (db, "INSERT INTO backup VALUES (?1, ?2)", error);

  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_text (stmt, 1, key);
  sat_stmt_bind_text (stmt, 2, value);
  return sat_stmt_run (stmt, error);
}

/* NULL: there is none, or this is no backup. */
static char *
get (SatDb *db, const char *key)
{
  SatStmt *stmt = sat_db_prepare (db, "SELECT value FROM backup WHERE key = ?1", NULL);
  char *value = NULL;

  if (stmt == NULL)
    return NULL;
  sat_stmt_bind_text (stmt, 1, key);
  if (sat_stmt_step (stmt, NULL))
    value = g_strdup (sat_stmt_text (stmt, 0));
  sat_stmt_reset (stmt);
  return value;
}

static gboolean
put_key (SatDb *db, const char *home, const SatId *device, GError **error)
{
  SatStmt *stmt = sat_db_prepare (db, "INSERT OR REPLACE INTO backup_key VALUES (?1, ?2)", error);
  guint8 seed[SAT_KEY_SEED_SIZE];
  guint8 public_key[SAT_KEY_PUBLIC_SIZE];
  gboolean ok;

  if (stmt == NULL)
    return FALSE;
  /* A key that is lost already is no reason to lose the rest. */
  if (!sat_key_find (home, device, seed, public_key, NULL))
    return TRUE;
  sat_stmt_bind_id (stmt, 1, device);
  sat_stmt_bind_blob (stmt, 2, seed, sizeof seed);
  ok = sat_stmt_run (stmt, error);
  sodium_memzero (seed, sizeof seed);
  return ok;
}

/* The key of this device, and those of former ones that have something to send. */
static gboolean
put_keys (SatWorkspace *workspace, SatDb *db, GError **error)
{
  g_autoptr (GArray) formers = sat_workspace_formers (workspace, error);

  if (formers == NULL ||
      !put_key (db, workspace->replica->home, &workspace->replica->device, error))
    return FALSE;
  for (guint i = 0; i < formers->len; i++)
    if (!put_key (db, workspace->replica->home, &g_array_index (formers, SatId, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
describe (SatWorkspace *workspace, SatDb *db, const GPtrArray *digests, GError **error)
{
  g_autofree char *time = sat_time_format (sat_platform_now_ms (workspace->replica->platform));

  if (!sat_db_exec (db,
                    "CREATE TABLE backup (key TEXT PRIMARY KEY, value TEXT);"
                    "CREATE TABLE backup_key (device BLOB PRIMARY KEY, seed BLOB)",
                    error) ||
      !put (db, "format", BACKUP_FORMAT, error) || !put (db, "time", time, error))
    return FALSE;
  for (guint i = 0; i < digests->len; i++)
    {
      const SatDigest *digest = g_ptr_array_index (digests, i);
      g_autofree char *key = g_strconcat ("digest ", digest->book, NULL);

      if (!put (db, key, digest->digest, error))
        return FALSE;
    }
  return put_keys (workspace, db, error);
}

/* ---- the checksum of the file -------------------------------------------------------------------
 */

/* Of the first SIZE bytes of FILE; newly allocated, NULL with errno set. */
static char *
sum_of (const char *file, gint64 size)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guint8 *buffer = g_malloc (SUM_BUFFER);
  int fd = open (file, O_RDONLY | O_CLOEXEC);
  gssize n = fd < 0 ? -1 : 1;

  while (n > 0 && size > 0)
    {
      n = read (fd, buffer, (gsize) MIN (size, SUM_BUFFER));
      if (n > 0)
        g_checksum_update (sum, buffer, n);
      size -= MAX (n, 0);
    }
  if (fd >= 0)
    close (fd);
  return n > 0 && size == 0 ? g_strdup (g_checksum_get_string (sum)) : NULL;
}

static gboolean
append_sum (const char *file, GError **error)
{
  GStatBuf found;
  g_autofree char *sum = g_stat (file, &found) == 0 ? sum_of (file, found.st_size) : NULL;
  FILE *out = sum != NULL ? fopen (file, "ae") : NULL;
  gboolean ok = out != NULL && fprintf (out, SUM_HEAD "%s\n", sum) == (int) SUM_SIZE;

  if (out != NULL && fclose (out) != 0)
    ok = FALSE;
  return ok || sat_fail (error, SAT_ERROR_FAILED, N_ ("cannot write “%s”: %s"), file,
                         g_strerror (errno), NULL);
}

/* What stands at the end of FILE, which has SIZE bytes, if that is a checksum; it is taken off. */
static char *
take_sum (const char *file, gint64 size)
{
  char end[SUM_SIZE + 1] = "";
  int fd = open (file, O_RDWR | O_CLOEXEC);
  gboolean ok = fd >= 0 && size > (gint64) SUM_SIZE &&
                pread (fd, end, SUM_SIZE, size - (gint64) SUM_SIZE) == (gssize) SUM_SIZE &&
                g_str_has_prefix (end, SUM_HEAD) && end[SUM_SIZE - 1] == '\n' &&
                ftruncate (fd, size - (gint64) SUM_SIZE) == 0;

  if (fd >= 0)
    close (fd);
  return ok ? g_strndup (end + sizeof SUM_HEAD - 1, SUM_DIGITS) : NULL;
}

/* ---- where to -----------------------------------------------------------------------------------
 */

/* Does FILE begin like a SQLite database, with MARK's number in its header if MARKED? */
static gboolean
is_database (const char *file, gboolean marked)
{
  guint8 head[100];
  int fd = open (file, O_RDONLY | O_CLOEXEC);
  gboolean ok = fd >= 0 && read (fd, head, sizeof head) == (gssize) sizeof head &&
                memcmp (head, "SQLite format 3", 16) == 0 &&
                (!marked || memcmp (head + 68, "SatB", 4) == 0);

  if (fd >= 0)
    close (fd);
  return ok;
}

/* May FILE be replaced? Only by nothing, an older backup, or an empty file that is not of a
 * workspace: the database of a replica, its key and whatever else a person has stays. */
static gboolean
check_target (const char *file, const char *part, GError **error)
{
  g_autofree char *full = g_canonicalize_filename (file, NULL);
  g_autofree char *folder = g_path_get_dirname (full);
  GStatBuf found;

  if (g_lstat (part, &found) == 0 && found.st_size > 0 && !is_database (part, FALSE))
    return sat_fail (error, SAT_ERROR_INVALID,
                     N_ ("“%s” is there already and is no backup; choose another name"), part,
                     NULL);
  if (g_lstat (file, &found) != 0 || S_ISDIR (found.st_mode) || is_database (file, TRUE) ||
      (S_ISREG (found.st_mode) && found.st_size == 0 && !sat_workspace_exists (folder)))
    return TRUE;
  return sat_fail (error, SAT_ERROR_INVALID,
                   N_ ("“%s” is there already and is no backup; choose another name"), file, NULL);
}

/* ---- checking -----------------------------------------------------------------------------------
 */

static gboolean
fail_damaged (const char *file, GError **error)
{
  return sat_fail (error, SAT_ERROR_DAMAGED, N_ ("the backup “%s” is damaged; take another one"),
                   file, NULL);
}

static gboolean
fail_no_backup (const char *file, GError **error)
{
  return sat_fail (error, SAT_ERROR_INVALID,
                   N_ ("“%s” is not a backup; “satchel backup FILE” makes one"), file, NULL);
}

static gboolean
check_integrity (SatDb *db, const char *file, GError **error)
{
  SatStmt *stmt = sat_db_prepare (db, "PRAGMA integrity_check(1)", NULL);
  gboolean ok = stmt != NULL && sat_stmt_step (stmt, NULL) &&
                g_strcmp0 (sat_stmt_text (stmt, 0), "ok") == 0;

  if (stmt != NULL)
    sat_stmt_reset (stmt);
  return ok || fail_damaged (file, error);
}

/* Has COPY the same digests as the original? Those that COPY does not have are none. */
static gboolean
check_digests (SatReplica *copy, const char *file, GError **error)
{
  SatWorkspace workspace = { .replica = copy };
  g_autoptr (GPtrArray) digests = sat_workspace_digest_now (&workspace, error);

  if (digests == NULL)
    return FALSE;
  for (guint i = 0; i < digests->len; i++)
    {
      const SatDigest *digest = g_ptr_array_index (digests, i);
      g_autofree char *key = g_strconcat ("digest ", digest->book, NULL);
      g_autofree char *noted = get (copy->db, key);

      if (g_strcmp0 (noted, digest->digest) != 0)
        return fail_damaged (file, error);
    }
  return TRUE;
}

/* ---- backup -------------------------------------------------------------------------------------
 */

/* A moment at which everything sealed is whole and nothing is open: copies that moment to PART. */
static gboolean
copy_moment (SatWorkspace *workspace,
             const char *part,
             GPtrArray **digests,
             gboolean *settled,
             GError **error)
{
  SatReplica *replica = workspace->replica;
  gboolean unfinished = TRUE;
  gint64 open = 0;
  gboolean ok;

  *settled = FALSE;
  if (!sat_workspace_seal (workspace, error) || !sat_db_begin_read (replica->db, error))
    return FALSE;
  ok = sat_db_get_int (replica->db, "SELECT count(*) FROM open_record", 0, &open, error) &&
       sat_log_is_unfinished (replica, &unfinished, error);
  if (ok && open == 0 && !unfinished)
    {
      *settled = TRUE;
      ok = sat_copy_pages (replica->db, part, error);
      *digests = ok ? sat_workspace_digest_now (workspace, error) : NULL;
      ok = *digests != NULL;
    }
  sat_db_rollback (replica->db);
  return ok;
}

static GPtrArray *
copy (SatWorkspace *workspace, const char *part, GError **error)
{
  GPtrArray *digests = NULL;
  gboolean settled = FALSE;

  for (guint i = 0; i < TRIES && !settled; i++)
    {
      if (i > 0)
        g_usleep (PAUSE_US);
      if (!copy_moment (workspace, part, &digests, &settled, error))
        return NULL;
    }
  if (!settled)
    sat_fail (error, SAT_ERROR_BUSY,
              N_ ("a sync is applying a large change-set, or was interrupted while it did; let it "
                  "finish, or run “satchel sync”, and try again"),
              NULL);
  return digests;
}

static gboolean
finish_copy (SatWorkspace *workspace, const char *part, const GPtrArray *digests, GError **error)
{
  SatReplica *replica = workspace->replica;
  gboolean rederive;
  g_autoptr (SatReplica) copied = sat_replica_open_file (part, replica->home, replica->catalogue,
                                                         replica->platform, &rederive, error);

  return copied != NULL && sat_replica_read_identity (copied, error) &&
         describe (workspace, copied->db, digests, error) &&
         check_integrity (copied->db, part, error) && check_digests (copied, part, error) &&
         sat_db_exec (copied->db, MARK, error) &&
         sat_db_exec (copied->db, "PRAGMA journal_mode=DELETE", error);
}

static void
remove_database (const char *file)
{
  static const char *const ends[] = { "", "-wal", "-shm", "-journal" };

  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *path = g_strconcat (file, ends[i], NULL);
      g_unlink (path);
    }
}

SatBackup *
sat_workspace_backup (SatWorkspace *workspace, const char *file, GError **error)
{
  g_autofree char *part = g_strconcat (file, ".part", NULL);
  g_autoptr (SatBackup) backup = g_new0 (SatBackup, 1);
  GStatBuf found;

  if (!sat_locks_check (SAT_LOCK_COPIES, error))
    return NULL;
  if (!check_target (file, part, error))
    return NULL;
  remove_database (part);
  backup->digests = copy (workspace, part, error);
  if (backup->digests == NULL || !finish_copy (workspace, part, backup->digests, error) ||
      !append_sum (part, error) || !sat_copy_settle (part, file, error))
    {
      remove_database (part);
      return NULL;
    }
  backup->bytes = g_stat (file, &found) == 0 ? (guint64) found.st_size : 0;
  return g_steal_pointer (&backup);
}

/* ---- restore: the new replica -------------------------------------------------------------------
 */

/* Folders of ours are flat, but for the cache of git, which a new one does not have. */
static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_unlink (path);
    }
  g_rmdir (folder);
}

static gboolean
copy_file (const char *from, const char *to, GError **error)
{
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = g_file_new_for_path (to);
  g_autoptr (GError) problem = NULL;

  if (!g_file_test (from, G_FILE_TEST_EXISTS))
    return sat_fail (error, SAT_ERROR_NOT_FOUND, N_ ("there is no file “%s”"), from, NULL);
  if (!g_file_test (from, G_FILE_TEST_IS_REGULAR))
    return fail_no_backup (from, error);
  if (!g_file_copy (source, target, G_FILE_COPY_OVERWRITE | G_FILE_COPY_TARGET_DEFAULT_PERMS, NULL,
                    NULL, NULL, &problem))
    return sat_fail (error, SAT_ERROR_FAILED, N_ ("cannot read the backup “%s”: %s"), from,
                     problem->message, NULL);
  g_chmod (to, 0600);
  return TRUE;
}

static gboolean
write_keys (SatReplica *replica, const char *folder, GError **error)
{
  SatStmt *stmt = sat_db_prepare (replica->db, "SELECT device, seed FROM backup_key", error);
  GError *problem = NULL;
  gboolean ok = TRUE;

  if (stmt == NULL)
    return FALSE;
  while (ok && sat_stmt_step (stmt, &problem))
    {
      g_autofree char *file = NULL;
      const void *seed;
      gsize size;
      SatId id;

      seed = sat_stmt_blob (stmt, 1, &size);
      if (!sat_stmt_id (stmt, 0, &id) || size != SAT_KEY_SEED_SIZE)
        continue;
      file = sat_key_file (folder, sat_id_equal (&id, &replica->device) ? NULL : &id);
      ok = sat_key_write (file, seed, error);
    }
  sat_stmt_reset (stmt);
  if (problem != NULL)
    g_propagate_error (error, problem);
  return ok && problem == NULL;
}

/* SUMMED: the file had its checksum, and it was right. */
static gboolean
check_format (SatDb *db, const char *file, gboolean summed, GError **error)
{
  g_autofree char *format = get (db, "format");

  if (format == NULL)
    return fail_no_backup (file, error);
  if (strcmp (format, FIRST_FORMAT) == 0)
    return TRUE;
  if (strcmp (format, BACKUP_FORMAT) == 0)
    return summed || fail_damaged (file, error);
  return sat_fail (error, SAT_ERROR_NEWER,
                   N_ ("the backup “%s” was made by a newer Satchel; update this one"), file, NULL);
}

/* The database in FOLDER, a copy of FILE: is it a backup, whole, and as it was? */
static gboolean
check_backup (const char *database, const char *file, GError **error)
{
  g_autoptr (SatDb) db = NULL;
  GStatBuf found;
  g_autofree char *noted = g_stat (database, &found) == 0 ? take_sum (database, found.st_size)
                                                          : NULL;
  g_autofree char *sum = noted ? sum_of (database, found.st_size - (gint64) SUM_SIZE) : NULL;

  if (noted != NULL && g_strcmp0 (noted, sum) != 0)
    return fail_damaged (file, error);
  db = sat_db_open (database, FALSE, NULL);
  if (db == NULL)
    return is_database (file, TRUE) ? fail_damaged (file, error) : fail_no_backup (file, error);
  return check_format (db, file, noted != NULL, error) && check_integrity (db, file, error);
}

static gboolean
unpack (const char *folder,
        const char *file,
        SatPlatform *platform,
        const SatCatalogue *catalogue,
        GError **error)
{
  g_autofree char *database = g_build_filename (folder, "replica.db", NULL);
  g_autoptr (SatReplica) replica = NULL;
  gboolean rederive;

  if (!check_backup (database, file, error))
    return FALSE;
  replica = sat_replica_open (folder, FALSE, catalogue, platform, &rederive, error);
  return replica != NULL && sat_replica_read_identity (replica, error) &&
         check_digests (replica, file, error) && write_keys (replica, folder, error) &&
         sat_db_exec (replica->db, "DROP TABLE backup_key; DROP TABLE backup; " UNMARK, error);
}

static gboolean
become_new (const char *folder,
            SatPlatform *platform,
            const SatCatalogue *catalogue,
            const SatId *old_device,
            SatRestored *restored,
            GError **error)
{
  g_autoptr (SatWorkspace) workspace = sat_workspace_open (folder, platform, catalogue, error);
  g_autoptr (SatStatus) status = NULL;

  if (workspace == NULL || (sat_id_equal (&workspace->replica->device, old_device) &&
                            !sat_workspace_renew (workspace, NULL, 0, error)))
    return FALSE;
  status = sat_workspace_status (workspace, error);
  if (status == NULL)
    return FALSE;
  restored->device = status->device_id;
  restored->code = g_strdup (status->device_code);
  return TRUE;
}

static gboolean
read_device (const char *folder, SatId *device, GError **error)
{
  g_autofree char *database = g_build_filename (folder, "replica.db", NULL);
  g_autoptr (SatDb) db = sat_db_open (database, FALSE, error);
  SatStmt *stmt = db ? sat_db_prepare (db, "SELECT value FROM meta WHERE key = 'device'", error)
                     : NULL;
  gboolean ok;

  if (stmt == NULL)
    return FALSE;
  ok = sat_stmt_step (stmt, NULL) && sat_id_parse (sat_stmt_text (stmt, 0), device);
  sat_stmt_reset (stmt);
  return ok || sat_fail (error, SAT_ERROR_DAMAGED,
                         N_ ("the replica in %s does not say which device it is"), folder, NULL);
}

/* ---- restore: putting it in place ---------------------------------------------------------------
 */

static gboolean
is_empty (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);

  return dir != NULL && g_dir_read_name (dir) == NULL;
}

/* May HOME be replaced? */
static gboolean
check_home (const char *home, GError **error)
{
  g_autofree char *database = g_build_filename (home, "replica.db", NULL);

  if (!g_file_test (home, G_FILE_TEST_EXISTS) || is_empty (home))
    return TRUE;
  if (!sat_workspace_exists (home))
    return sat_fail (error, SAT_ERROR_INVALID,
                     N_ ("“%s” holds other things than a workspace; choose another folder"), home,
                     NULL);
  return sat_copy_is_alone (database) ||
         sat_fail (error, SAT_ERROR_BUSY,
                   N_ ("the workspace in “%s” is in use; close Satchel and try again"), home, NULL);
}

/* A name beside HOME that nothing has. */
static char *
free_name (const char *home)
{
  for (guint i = 1;; i++)
    {
      g_autofree char *number = i > 1 ? g_strdup_printf ("-%u", i) : g_strdup ("");
      g_autofree char *name = g_strconcat (home, ".before-restore", number, NULL);

      if (!g_file_test (name, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&name);
    }
}

static gboolean
move (const char *from, const char *to, GError **error)
{
  if (g_rename (from, to) == 0)
    return TRUE;
  return sat_fail (error, SAT_ERROR_FAILED, N_ ("cannot move “%s” to “%s”: %s"), from, to,
                   g_strerror (errno), NULL);
}

/* In STAGING while the new replica is made there. Without it STAGING is the one that was in HOME: a
 * restore died after it had exchanged the two. */
static char *
unfinished_mark (const char *staging)
{
  return g_build_filename (staging, "unfinished", NULL);
}

/* What an earlier restore left, if it died: a replica of somebody's is kept. */
static gboolean
clear_staging (const char *staging, const char *home, GError **error)
{
  g_autofree char *mark = unfinished_mark (staging);
  g_autofree char *kept = NULL;

  if (g_file_test (mark, G_FILE_TEST_EXISTS) || !sat_workspace_exists (staging))
    {
      remove_folder (staging);
      return TRUE;
    }
  kept = free_name (home);
  return move (staging, kept, error);
}

static gboolean
make_staging (const char *staging, GError **error)
{
  g_autofree char *mark = unfinished_mark (staging);

  if (g_mkdir_with_parents (staging, 0700) != 0 || !g_file_set_contents (mark, "", 0, NULL))
    return sat_fail (error, SAT_ERROR_FAILED, N_ ("cannot make the folder “%s”: %s"), staging,
                     g_strerror (errno), NULL);
  sat_durable_step ("restore begun");
  return TRUE;
}

static gboolean
finish_staging (const char *staging, GError **error)
{
  g_autofree char *mark = unfinished_mark (staging);

  if (g_unlink (mark) != 0)
    return sat_fail (error, SAT_ERROR_FAILED, N_ ("cannot remove the file “%s”: %s"), mark,
                     g_strerror (errno), NULL);
  sat_durable_step ("restored replica whole");
  return TRUE;
}

/* At no moment there is nothing in HOME, where the system can exchange two names. */
static gboolean
put_in_place (const char *staging, const char *home, char **kept, GError **error)
{
  if (!g_file_test (home, G_FILE_TEST_EXISTS) || is_empty (home))
    {
      g_rmdir (home);
      return move (staging, home, error);
    }
  *kept = free_name (home);
  if (renameat2 (AT_FDCWD, staging, AT_FDCWD, home, RENAME_EXCHANGE) == 0)
    {
      sat_durable_step ("replicas exchanged");
      return move (staging, *kept, error);
    }
  if (!move (home, *kept, error))
    return FALSE;
  sat_durable_step ("old replica put aside");
  if (move (staging, home, error))
    return TRUE;
  g_rename (*kept, home);
  return FALSE;
}

static gboolean
restore_in (const char *staging,
            const char *file,
            SatPlatform *platform,
            const SatCatalogue *catalogue,
            SatRestored *restored,
            GError **error)
{
  g_autofree char *database = g_build_filename (staging, "replica.db", NULL);
  SatId device;

  return copy_file (file, database, error) && unpack (staging, file, platform, catalogue, error) &&
         read_device (staging, &device, error) &&
         become_new (staging, platform, catalogue, &device, restored, error) &&
         sat_copy_settle (database, database, error);
}

gboolean
sat_workspace_restore (const char *file,
                       const char *home,
                       SatPlatform *platform,
                       const SatCatalogue *catalogue,
                       SatRestored *restored,
                       GError **error)
{
  g_autoptr (SatPlatform) machine = platform ? sat_platform_ref (platform)
                                             : sat_platform_new_system ();
  g_autoptr (SatCatalogue) objects = catalogue ? sat_catalogue_ref (catalogue)
                                               : sat_catalogue_default (error);
  g_autofree char *full = g_canonicalize_filename (home, NULL);
  g_autofree char *staging = g_strconcat (full, ".restoring", NULL);
  gboolean ok;

  *restored = (SatRestored){ 0 };
  if (objects == NULL || !check_home (full, error) || !clear_staging (staging, full, error) ||
      !make_staging (staging, error))
    return FALSE;
  ok = restore_in (staging, file, machine, objects, restored, error) && check_home (full, error) &&
       finish_staging (staging, error) && put_in_place (staging, full, &restored->kept, error);
  if (!ok)
    {
      g_autofree char *mark = unfinished_mark (staging);

      /* What is whole stays: it may be the one that was in HOME. */
      if (g_file_test (mark, G_FILE_TEST_EXISTS))
        remove_folder (staging);
      sat_restored_clear (restored);
    }
  return ok;
}
