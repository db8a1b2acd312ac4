/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which device this replica is: its key, and whether the replica is a copy of one that lives
 * elsewhere. What always holds: a copy takes a new identity before it seals anything. It is noticed
 * when the replica is opened, by the machine, by the inode of the database, and by a counter of
 * what was sealed that is kept outside the replica; and by sync, when the hub has more of this
 * device than it made. Each of them may be mistaken, which does no harm: a device more.
 *
 * Keys: device.key is that of the device that joined, device-ID.key that of a later identity. They
 * are written before the database names the device and never taken away, so that there is no
 * moment without one. */
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "core/apply/sat-reissue.h"
#include "core/base/sat-crash.h"
#include "core/query/sat-list.h"
#include "core/store/sat-names.h"
#include "core/workspace/sat-workspace-enrol.h"
#include "core/workspace/sat-workspace-private.h"

/* ---- keys ---------------------------------------------------------------------------------------
 */

char *
sat_key_file (const char *home, const SatId *later)
{
  char text[SAT_ID_TEXT_SIZE];
  g_autofree char *name = NULL;

  if (later == NULL)
    return g_build_filename (home, "device.key", NULL);
  name = g_strconcat ("device-", sat_id_format (later, text), ".key", NULL);
  return g_build_filename (home, name, NULL);
}

gboolean
sat_key_write (const char *file, const guint8 seed[SAT_KEY_SEED_SIZE], GError **error)
{
  char hex[2 * SAT_KEY_SEED_SIZE + 2];
  gboolean ok;
  int fd;

  sodium_bin2hex (hex, sizeof hex, seed, SAT_KEY_SEED_SIZE);
  hex[2 * SAT_KEY_SEED_SIZE] = '\n';
  hex[2 * SAT_KEY_SEED_SIZE + 1] = '\0';
  fd = g_open (file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  ok = fd >= 0 && write (fd, hex, sizeof hex - 1) == (gssize) sizeof hex - 1 && fsync (fd) == 0;
  if (fd >= 0)
    close (fd);
  sodium_memzero (hex, sizeof hex);
  if (!ok)
    return sat_fail (error, SAT_ERROR_FAILED,
                     N_ ("the key of this device cannot be written to %s: %s"), file,
                     g_strerror (errno), NULL);
  sat_durable_step ("device key");
  return TRUE;
}

static void
public_key_of (const guint8 *seed, guint8 *public_key)
{
  guint8 secret[crypto_sign_SECRETKEYBYTES];

  crypto_sign_seed_keypair (public_key, secret, seed);
  sodium_memzero (secret, sizeof secret);
}

static gboolean
read_seed (const char *file, guint8 seed[SAT_KEY_SEED_SIZE])
{
  g_autofree char *text = NULL;
  gsize length;
  size_t got = 0;
  gboolean ok;

  if (!g_file_get_contents (file, &text, &length, NULL))
    return FALSE;
  ok = sodium_hex2bin (seed, SAT_KEY_SEED_SIZE, text, length, "\n", &got, NULL) == 0 &&
       got == SAT_KEY_SEED_SIZE;
  sodium_memzero (text, length);
  return ok;
}

gboolean
sat_key_find (const char *home,
              const SatId *device,
              guint8 seed[SAT_KEY_SEED_SIZE],
              guint8 public_key[SAT_KEY_PUBLIC_SIZE],
              GError **error)
{
  g_autofree char *first = sat_key_file (home, NULL);
  g_autofree char *later = sat_key_file (home, device);
  const char *const files[] = { later, first };
  gboolean any = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      SatId derived;

      if (!read_seed (files[i], seed))
        continue;
      any = TRUE;
      public_key_of (seed, public_key);
      sat_device_id_from_key (public_key, &derived);
      if (sat_id_equal (&derived, device))
        return TRUE;
    }
  sodium_memzero (seed, SAT_KEY_SEED_SIZE);
  if (any)
    return sat_fail (error, SAT_ERROR_FAILED,
                     N_ ("the key in %s is not the one of this replica, and nothing can be sent "
                         "with it; put the matching file back"),
                     first, NULL);
  return sat_fail (
      error, SAT_ERROR_FAILED,
      N_ ("the key of this device (%s) cannot be read, and nothing can be sent without it; "
          "restore the file"),
      first, NULL);
}

/* The key serves only to sign: whatever is wrong with it, reading and writing go on. */
static void
load_key (SatWorkspace *workspace, const SatId *device)
{
  g_clear_error (&workspace->key_problem);
  workspace->acting = *device;
  sat_key_find (workspace->replica->home, device, workspace->seed, workspace->public_key,
                &workspace->key_problem);
}

/* Another process may have given the replica a new identity since. */
static SatWorkspace *
with_key (const SatWorkspace *constant)
{
  SatWorkspace *workspace = (SatWorkspace *) constant;

  if (!workspace->is_former && !sat_id_equal (&workspace->acting, &workspace->replica->device))
    load_key (workspace, &workspace->replica->device);
  return workspace;
}

const SatId *
sat_workspace_device (const SatWorkspace *workspace)
{
  return &with_key (workspace)->acting;
}

gboolean
sat_workspace_check_key (const SatWorkspace *workspace, GError **error)
{
  const SatWorkspace *loaded = with_key (workspace);

  if (loaded->key_problem == NULL)
    return TRUE;
  g_propagate_error (error, g_error_copy (loaded->key_problem));
  return FALSE;
}

const guint8 *
sat_workspace_key_seed (const SatWorkspace *workspace)
{
  return with_key (workspace)->seed;
}

const guint8 *
sat_workspace_public_key (const SatWorkspace *workspace)
{
  return with_key (workspace)->public_key;
}

/* ---- the devices that this replica was before ---------------------------------------------------
 */

GArray *
sat_workspace_formers (SatWorkspace *workspace, GError **error)
{
  SatReplica *replica = workspace->replica;
  g_autoptr (GArray) formers = g_array_new (FALSE, FALSE, sizeof (SatId));
  SatStmt *stmt = sat_db_prepare (replica->db,
                                  "SELECT id FROM device WHERE number IN (SELECT device FROM sealed"
                                  " WHERE pushed = 0) AND number <> ?1 ORDER BY number",
                                  error);
  GError *problem = NULL;
  SatId id;

  if (stmt == NULL)
    return NULL;
  sat_stmt_bind_int (stmt, 1, replica->me);
  while (sat_stmt_step (stmt, &problem))
    if (sat_stmt_id (stmt, 0, &id))
      g_array_append_val (formers, id);
  sat_stmt_reset (stmt);
  if (problem == NULL)
    return g_steal_pointer (&formers);
  g_propagate_error (error, problem);
  return NULL;
}

gboolean
sat_workspace_act_as (SatWorkspace *workspace, const SatId *former, GError **error)
{
  workspace->is_former = former != NULL;
  load_key (workspace, former ? former : &workspace->replica->device);
  return former == NULL || sat_workspace_check_key (workspace, error);
}

guint32
sat_workspace_acting (SatWorkspace *workspace)
{
  return sat_names_find_device (workspace->replica->names, sat_workspace_device (workspace));
}

/* ---- where the replica is -----------------------------------------------------------------------
 */

/* File systems that make inode numbers up anew whenever they are mounted. */
static gboolean
keeps_inodes (const char *file)
{
  static const guint32 without[] = { 0x4d44 /* FAT */, 0x2011bab0 /* exFAT */,
                                     0x65735546 /* FUSE */ };
  struct statfs found;

  if (statfs (file, &found) != 0)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (without); i++)
    if ((guint32) found.f_type == without[i])
      return FALSE;
  return TRUE;
}

/* The database's inode as text; NULL: nothing can be said. */
static char *
inode_of (const char *home)
{
  g_autofree char *file = g_build_filename (home, "replica.db", NULL);
  GStatBuf found;

  if (!keeps_inodes (file) || g_stat (file, &found) != 0)
    return NULL;
  return g_strdup_printf ("%" G_GUINT64_FORMAT, (guint64) found.st_ino);
}

/* Machines that do not know who they are (made up for tests) have nothing noted. */
gboolean
sat_workspace_note_place (SatWorkspace *workspace, GError **error)
{
  SatReplica *replica = workspace->replica;
  const char *machine = sat_platform_machine (replica->platform);
  g_autofree char *inode = machine ? inode_of (replica->home) : NULL;

  return machine == NULL || (sat_meta_set (replica, SAT_META_MACHINE, machine, error) &&
                             sat_meta_set (replica, SAT_META_INODE, inode, error));
}

/* ---- the counter --------------------------------------------------------------------------------
 */

/* One for each folder that a device was in: a copy elsewhere counts for itself. */
static char *
counter_file (const SatReplica *replica)
{
  const char *dir = sat_platform_state_dir (replica->platform);
  g_autofree char *home = g_canonicalize_filename (replica->home, NULL);
  g_autofree char *name = NULL;
  char device[SAT_ID_TEXT_SIZE];
  char folder[SAT_ID_TEXT_SIZE];
  SatId place;

  sat_id_derive (&replica->device, home, strlen (home), &place);
  name = g_strdup_printf ("%s-%.8s.counter", sat_id_format (&replica->device, device),
                          sat_id_format (&place, folder));
  return dir ? g_build_filename (dir, name, NULL) : NULL;
}

/* How many change-sets this device has sealed. */
static gboolean
count_sealed (SatReplica *replica, guint64 *count, GError **error)
{
  SatStmt *stmt = sat_db_prepare (
      replica->db, "SELECT coalesce (sum (number), 0) FROM vector WHERE device = ?1", error);
  GError *problem = NULL;

  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_int (stmt, 1, replica->me);
  *count = sat_stmt_step (stmt, &problem) ? (guint64) sat_stmt_int (stmt, 0) : 0;
  sat_stmt_reset (stmt);
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, problem);
  return FALSE;
}

static guint64
read_counter (const SatReplica *replica)
{
  g_autofree char *file = counter_file (replica);
  g_autofree char *text = NULL;

  if (file == NULL || !g_file_get_contents (file, &text, NULL, NULL))
    return 0;
  return g_ascii_strtoull (text, NULL, 10);
}

/* The file is a help, not a need: that it cannot be written is no failure. */
void
sat_workspace_note_count (SatWorkspace *workspace)
{
  SatReplica *replica = workspace->replica;
  g_autofree char *file = counter_file (replica);
  g_autofree char *folder = file ? g_path_get_dirname (file) : NULL;
  g_autofree char *text = NULL;
  guint64 count;

  if (file == NULL || !count_sealed (replica, &count, NULL) || count == workspace->counted)
    return;
  text = g_strdup_printf ("%" G_GUINT64_FORMAT "\n", count);
  g_mkdir_with_parents (folder, 0700);
  if (g_file_set_contents_full (file, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL))
    workspace->counted = count;
}

/* ---- a new identity -----------------------------------------------------------------------------
 */

/* What each book keeps of the old device: what FORKS say, else all that it sealed. */
static gboolean
find_forks (
    SatReplica *replica, const SatFork *forks, guint n_forks, SatVector *out, GError **error)
{
  SatStmt *stmt = sat_db_prepare (replica->db, "SELECT book, number FROM vector WHERE device = ?1",
                                  error);
  GError *problem = NULL;

  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_int (stmt, 1, replica->me);
  while (sat_stmt_step (stmt, &problem))
    sat_vector_set (out, (guint32) sat_stmt_int (stmt, 0), (guint64) sat_stmt_int (stmt, 1));
  sat_stmt_reset (stmt);
  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  for (guint i = 0; i < n_forks; i++)
    {
      guint32 book = sat_names_find_book (replica->names, forks[i].book);

      if (book != 0 && forks[i].number < sat_vector_get (out, book))
        sat_vector_set (out, book, forks[i].number);
    }
  return TRUE;
}

static gboolean
note_former (SatReplica *replica, guint32 old_device, GError **error)
{
  SatStmt *stmt = sat_db_prepare (replica->db, "INSERT OR REPLACE INTO former VALUES (?1, ?2)",
                                  error);

  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_int (stmt, 1, old_device);
  sat_stmt_bind_int (stmt, 2, sat_platform_now_ms (replica->platform));
  return sat_stmt_run (stmt, error);
}

/* The record of the new device says what that of the old one says, but for the key and the short
 * code. A replica that has not joined yet has none; joining goes on with the new one. */
static gboolean
introduce (SatWorkspace *workspace, const SatId *old_device, GError **error)
{
  SatReplica *replica = workspace->replica;
  const SatObject *object = sat_catalogue_find (replica->catalogue, "device");
  g_autoptr (SatRecord) old = object ? sat_list_load (replica, object, old_device, NULL) : NULL;
  const SatField *name, *user, *books;
  SatId id;

  if (old == NULL)
    return TRUE;
  name = sat_object_find (object, "name");
  user = sat_object_find (object, "user");
  books = sat_object_find (object, "books");
  if (name == NULL || user == NULL || books == NULL || sat_record_get (old, user) == NULL ||
      !sat_id_parse (sat_record_get (old, user), &id))
    return TRUE;
  return sat_workspace_write_device (workspace, sat_record_get (old, name), &id,
                                     sat_record_get (old, books), "live", error) &&
         (sat_meta_get_int (replica, SAT_META_CODE_FRESH, 0) == SAT_CODE_NONE ||
          sat_meta_set_int (replica, SAT_META_CODE_FRESH, SAT_CODE_CHOSEN, error));
}

/* In the transaction of workspace->open, which has written nothing. */
static gboolean
become (SatWorkspace *workspace,
        const guint8 *seed,
        const SatFork *forks,
        guint n_forks,
        GError **error)
{
  SatReplica *replica = workspace->replica;
  const SatId old_device = replica->device;
  const guint32 old_number = replica->me;
  g_autofree char *file = NULL;
  char text[SAT_ID_TEXT_SIZE];
  guint8 public_key[SAT_KEY_PUBLIC_SIZE];
  SatVector kept;
  SatId id;
  guint32 number;
  gboolean ok;

  public_key_of (seed, public_key);
  sat_device_id_from_key (public_key, &id);
  file = sat_key_file (replica->home, &id);
  if (!sat_key_write (file, seed, error))
    return FALSE;
  sat_vector_init (&kept);
  number = sat_names_get_device (replica->names, &id, error);
  ok = number != 0 && find_forks (replica, forks, n_forks, &kept, error) &&
       sat_reissue (replica, old_number, number, &kept, error);
  sat_vector_clear (&kept);
  if (!ok || !note_former (replica, old_number, error) ||
      !sat_meta_set (replica, SAT_META_DEVICE, sat_id_format (&id, text), error))
    return FALSE;
  replica->device = id;
  replica->me = number;
  return sat_workspace_note_place (workspace, error) && introduce (workspace, &old_device, error);
}

/* In a closed workspace: the old device lets in the one that goes on in its place, with its role.
 */
static gboolean
name_successor (SatWorkspace *workspace, const guint8 *seed, GError **error)
{
  g_autofree char *role = sat_workspace_admitted_as (workspace, &workspace->replica->device);
  SatAdmit admit = { .role = role };
  const SatEnrolment enrolment = { .admits = &admit, .n_admits = 1 };
  guint8 public_key[SAT_KEY_PUBLIC_SIZE];

  if (role == NULL)
    return TRUE;
  public_key_of (seed, public_key);
  sat_device_id_from_key (public_key, &admit.device);
  return sat_local_enrol (workspace->open, &enrolment, error);
}

/* OLD_DEVICE is what the caller took the replica for: another process may have been faster. GIVEN:
 * the key to take; NULL: a new one. SUCCEEDS: the old device is this one alone, and can still
 * speak. */
static gboolean
renew (SatWorkspace *workspace,
       const SatId *old_device,
       const SatFork *forks,
       guint n_forks,
       const guint8 *given,
       gboolean succeeds,
       GError **error)
{
  SatReplica *replica = workspace->replica;
  guint8 seed[SAT_KEY_SEED_SIZE];
  gboolean ok = TRUE;

  if (!sat_workspace_begin (workspace, error))
    return FALSE;
  if (!sat_id_equal (&replica->device, old_device))
    {
      sat_workspace_rollback (workspace);
      return TRUE;
    }
  if (given != NULL)
    memcpy (seed, given, sizeof seed);
  else
    sat_platform_random (replica->platform, seed, sizeof seed);
  ok = (!succeeds || name_successor (workspace, seed, error)) &&
       become (workspace, seed, forks, n_forks, error);
  sodium_memzero (seed, sizeof seed);
  if (ok)
    ok = sat_workspace_commit (workspace, error);
  else
    sat_workspace_rollback (workspace);
  if (!ok)
    sat_replica_read_identity (replica, NULL);
  workspace->counted = 0;
  return ok;
}

gboolean
sat_workspace_renew (SatWorkspace *workspace, const SatFork *forks, guint n_forks, GError **error)
{
  const SatId old_device = workspace->replica->device;

  return renew (workspace, &old_device, forks, n_forks, NULL, FALSE, error);
}

gboolean
sat_workspace_succeed (SatWorkspace *workspace, GError **error)
{
  const SatId old_device = workspace->replica->device;

  return renew (workspace, &old_device, NULL, 0, NULL, TRUE, error);
}

gboolean
sat_workspace_renew_with_seed (SatWorkspace *workspace,
                               const guint8 seed[SAT_KEY_SEED_SIZE],
                               GError **error)
{
  const SatId old_device = workspace->replica->device;

  return renew (workspace, &old_device, NULL, 0, seed, FALSE, error);
}

/* ---- is it a copy? ------------------------------------------------------------------------------
 */

static gboolean
differs (SatReplica *replica, const char *key, const char *now, gboolean *unknown)
{
  g_autofree char *noted = sat_meta_get (replica, key);

  if (noted == NULL && now != NULL)
    *unknown = TRUE;
  return noted != NULL && now != NULL && strcmp (noted, now) != 0;
}

gboolean
sat_workspace_check_place (SatWorkspace *workspace, GError **error)
{
  SatReplica *replica = workspace->replica;
  const char *machine = sat_platform_machine (replica->platform);
  g_autofree char *inode = machine ? inode_of (replica->home) : NULL;
  const SatId device = replica->device;
  gboolean unknown = FALSE;
  guint64 count;

  if (differs (replica, SAT_META_MACHINE, machine, &unknown) ||
      differs (replica, SAT_META_INODE, inode, &unknown))
    return renew (workspace, &device, NULL, 0, NULL, FALSE, error);
  if (sat_platform_state_dir (replica->platform) != NULL)
    {
      if (!count_sealed (replica, &count, error))
        return FALSE;
      workspace->counted = read_counter (replica);
      if (workspace->counted > count)
        return renew (workspace, &device, NULL, 0, NULL, FALSE, error);
    }
  if (!unknown)
    return TRUE;
  if (!sat_workspace_begin (workspace, error))
    return FALSE;
  if (sat_workspace_note_place (workspace, error))
    return sat_workspace_commit (workspace, error);
  sat_workspace_rollback (workspace);
  return FALSE;
}

/* ---- the new short code -------------------------------------------------------------------------
 */

/* Two copies that wake at the same time may choose one code. */
static gboolean
settle (SatWorkspace *workspace, SatCodeState state, GError **error)
{
  gboolean changed = TRUE;

  if (!(state == SAT_CODE_NONE ? sat_workspace_take_code (workspace, error)
                               : sat_workspace_settle_code (workspace, &changed, error)))
    return FALSE;
  changed |= state == SAT_CODE_CHOSEN;
  return sat_meta_set_int (workspace->replica, SAT_META_CODE_FRESH,
                           changed ? SAT_CODE_CHOSEN : SAT_CODE_SETTLED, error);
}

gboolean
sat_workspace_settle_renewed (SatWorkspace *workspace, GError **error)
{
  SatCodeState state = (SatCodeState) sat_meta_get_int (workspace->replica, SAT_META_CODE_FRESH,
                                                        SAT_CODE_SETTLED);

  if (state == SAT_CODE_SETTLED ||
      (state == SAT_CODE_NONE && *sat_workspace_hub (workspace) == '\0'))
    return TRUE;
  if (!sat_workspace_begin (workspace, error))
    return FALSE;
  if (settle (workspace, state, error))
    return sat_workspace_commit (workspace, error);
  sat_workspace_rollback (workspace);
  return FALSE;
}

gboolean
sat_workspace_note_code_sent (SatWorkspace *workspace, GError **error)
{
  SatReplica *replica = workspace->replica;

  return sat_meta_get_int (replica, SAT_META_CODE_FRESH, SAT_CODE_SETTLED) != SAT_CODE_CHOSEN ||
         sat_meta_set_int (replica, SAT_META_CODE_FRESH, SAT_CODE_SENT, error);
}

/* ---- what doctor says ---------------------------------------------------------------------------
 */

gboolean
sat_workspace_describe_copy (
    SatWorkspace *workspace, char **former, char **time, gint64 *unsent, GError **error)
{
  SatReplica *replica = workspace->replica;
  SatStmt *stmt = sat_db_prepare (replica->db,
                                  "SELECT d.id, f.time_ms, (SELECT count(*) FROM sealed WHERE"
                                  " pushed = 0 AND device <> ?1) FROM former f JOIN device d ON"
                                  " d.number = f.device ORDER BY f.time_ms DESC, d.number DESC",
                                  error);
  char text[SAT_ID_TEXT_SIZE];
  SatId id;

  *former = *time = NULL;
  *unsent = 0;
  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_int (stmt, 1, replica->me);
  if (sat_stmt_step (stmt, NULL) && sat_stmt_id (stmt, 0, &id))
    {
      *former = g_strdup (sat_id_format (&id, text));
      *time = sat_time_format (sat_stmt_int (stmt, 1) / 1000 * 1000);
      *unsent = sat_stmt_int (stmt, 2);
    }
  sat_stmt_reset (stmt);
  return TRUE;
}
