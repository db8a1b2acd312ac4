/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sealed change-sets out, foreign ones in. */
#include <string.h>

#include "core/apply/sat-text-fold.h"
#include "core/store/sat-files.h"
#include "core/store/sat-names.h"
#include "core/store/sat-own-epoch.h"
#include "core/store/sat-search.h"
#include "core/workspace/sat-breach-look.h"
#include "core/workspace/sat-exchange-files.h"
#include "core/workspace/sat-workspace-access.h"
#include "core/workspace/sat-workspace-private.h"

/* How many records one step of indexing takes: as many as fit its budget, judged by the step
 * before. */
#define INDEX_FIRST 100
#define INDEX_LEAST 20
#define INDEX_MOST 50000
#define INDEX_WITHOUT_BUDGET 50000

void
sat_sealed_free (SatSealed *sealed)
{
  if (sealed == NULL)
    return;
  g_free (sealed->book);
  g_bytes_unref (sealed->text);
  g_free (sealed->commit);
  g_free (sealed);
}

void
sat_quarantined_free (SatQuarantined *quarantined)
{
  if (quarantined == NULL)
    return;
  g_free (quarantined->book);
  g_free (quarantined->msgid);
  g_strfreev (quarantined->args);
  g_free (quarantined);
}

/* ---- out ----------------------------------------------------------------------------------------
 */

gboolean
sat_workspace_seal (SatWorkspace *workspace, GError **error)
{
  gboolean mine;
  SatLocal *local = sat_workspace_write (workspace, &mine, error);

  if (local == NULL)
    return FALSE;
  if (!sat_workspace_written (workspace, local, mine, sat_local_seal (local, 0, error), error))
    return FALSE;
  if (mine)
    sat_workspace_note_count (workspace);
  return TRUE;
}

static GPtrArray *
find_unsent (SatWorkspace *workspace,
             gsize limit_bytes,
             SatBookTest test,
             gpointer data,
             gboolean cut,
             GError **error)
{
  SatReplica *replica = workspace->replica;
  g_autoptr (GPtrArray) out = g_ptr_array_new_with_free_func ((GDestroyNotify) sat_sealed_free);
  SatStmt *stmt = sat_db_prepare (
      replica->db,
      "SELECT b.key, s.number, s.time_ms, s.text, s.commit_id FROM sealed s"
      " JOIN book b ON b.number = s.book WHERE s.pushed = 0 AND s.device = ?1"
      " AND NOT EXISTS (SELECT 1 FROM cut c WHERE c.book = s.book AND c.device = s.device AND ?2)"
      " ORDER BY b.key <> 'company', b.key, s.number",
      error);
  GError *problem = NULL;
  gsize total = 0;

  if (stmt == NULL)
    return NULL;
  sat_stmt_bind_int (stmt, 1, sat_workspace_acting (workspace));
  sat_stmt_bind_int (stmt, 2, !cut);
  while ((out->len == 0 || total < limit_bytes) && sat_stmt_step (stmt, &problem))
    {
      SatSealed *sealed;
      gsize size;
      const void *text;

      if (test != NULL && !test (sat_stmt_text (stmt, 0), data))
        continue;
      text = sat_stmt_blob (stmt, 3, &size);
      sealed = g_new0 (SatSealed, 1);
      sealed->book = g_strdup (sat_stmt_text (stmt, 0));
      sealed->number = (guint64) sat_stmt_int (stmt, 1);
      sealed->time_ms = sat_stmt_int (stmt, 2);
      sealed->text = g_bytes_new (text, size);
      sealed->commit = g_strdup (sat_stmt_text (stmt, 4));
      g_ptr_array_add (out, sealed);
      total += size;
    }
  sat_stmt_reset (stmt);
  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return NULL;
    }
  return g_steal_pointer (&out);
}

GPtrArray *
sat_workspace_unsent (SatWorkspace *workspace, gsize limit_bytes, gboolean cut, GError **error)
{
  return find_unsent (workspace, limit_bytes, NULL, NULL, cut, error);
}

GPtrArray *
sat_workspace_unpushed (SatWorkspace *workspace, gsize limit_bytes, GError **error)
{
  return find_unsent (workspace, limit_bytes, NULL, NULL, FALSE, error);
}

GPtrArray *
sat_workspace_unpushed_in (
    SatWorkspace *workspace, gsize limit_bytes, SatBookTest test, gpointer data, GError **error)
{
  return find_unsent (workspace, limit_bytes, test, data, FALSE, error);
}

static gboolean
mark (SatWorkspace *workspace,
      const char *sql,
      const char *book,
      guint64 number,
      const char *commit,
      GError **error)
{
  SatReplica *replica = workspace->replica;
  guint32 book_number = sat_names_find_book (replica->names, book);
  gboolean mine;
  SatLocal *local = sat_workspace_write (workspace, &mine, error);
  SatStmt *stmt;
  gboolean ok;

  if (local == NULL)
    return FALSE;
  stmt = sat_db_prepare (replica->db, sql, error);
  if (stmt != NULL)
    {
      sat_stmt_bind_int (stmt, 1, book_number);
      sat_stmt_bind_int (stmt, 2, (gint64) number);
      sat_stmt_bind_int (stmt, 3, sat_workspace_acting (workspace));
      if (commit != NULL)
        sat_stmt_bind_text (stmt, 4, commit);
    }
  ok = stmt != NULL && sat_stmt_run (stmt, error);
  return sat_workspace_written (workspace, local, mine, ok, error);
}

gboolean
sat_workspace_mark_committed (
    SatWorkspace *workspace, const char *book, guint64 number, const char *commit, GError **error)
{
  return mark (workspace,
               "UPDATE sealed SET commit_id = ?4 WHERE book = ?1 AND number = ?2 AND device = ?3",
               book, number, commit, error);
}

gboolean
sat_workspace_mark_pushed (SatWorkspace *workspace,
                           const char *book,
                           guint64 number,
                           GError **error)
{
  return mark (
      workspace,
      "UPDATE sealed SET pushed = 1, text = NULL WHERE book = ?1 AND number <= ?2 AND device = ?3"
      " AND pushed = 0",
      book, number, NULL, error);
}

guint64
sat_workspace_epoch (
    SatWorkspace *workspace, const char *book, guint64 number, guint64 *first, GError **error)
{
  return sat_own_epoch_of (workspace->replica,
                           sat_names_find_book (workspace->replica->names, book),
                           sat_workspace_acting (workspace), number, first, error);
}

gboolean
sat_workspace_begin_epoch (SatWorkspace *workspace, const char *book, GError **error)
{
  SatReplica *replica = workspace->replica;
  guint32 number = sat_names_find_book (replica->names, book);
  gboolean mine;
  SatLocal *local = sat_workspace_write (workspace, &mine, error);
  const SatVector *vector = local ? sat_local_vector (local, number, error) : NULL;
  gboolean ok;

  if (local == NULL)
    return FALSE;
  ok = vector != NULL && sat_own_epoch_begin (replica, number, replica->me,
                                              sat_vector_get (vector, replica->me) + 1, error);
  return sat_workspace_written (workspace, local, mine, ok, error);
}

gboolean
sat_workspace_move_epoch (
    SatWorkspace *workspace, const char *book, guint64 number, guint64 to, GError **error)
{
  SatReplica *replica = workspace->replica;
  gboolean mine;
  SatLocal *local = sat_workspace_write (workspace, &mine, error);
  gboolean ok;

  if (local == NULL)
    return FALSE;
  ok = sat_own_epoch_move (replica, sat_names_find_book (replica->names, book),
                           sat_workspace_acting (workspace), number, to, error);
  return sat_workspace_written (workspace, local, mine, ok, error);
}

void
sat_workspace_author (SatWorkspace *workspace, char **name, char **email)
{
  *name = sat_meta_get (workspace->replica, SAT_META_AUTHOR);
  *email = sat_meta_get (workspace->replica, SAT_META_AUTHOR_MAIL);
  if (*name == NULL)
    *name = g_strdup ("Satchel");
  if (*email == NULL)
    *email = g_strdup ("device@satchel.invalid");
}

/* ---- in -----------------------------------------------------------------------------------------
 */

struct _SatInbox
{
  SatWorkspace *workspace;
  SatIncoming *incoming;
  SatChangeTextFunc text;
  SatChangeFileFunc file;
  gpointer data;
  SatBreachLook *look; /* NULL: not here */
};

/* What is applied next is looked at before it is. */
static GBytes *
read_text (const char *book, const SatId *device, guint64 number, gpointer data, GError **error)
{
  SatInbox *inbox = data;
  GBytes *text = inbox->text (book, device, number, inbox->data, error);

  if (text != NULL && inbox->look != NULL)
    sat_breach_look_at (inbox->look, book, device, number, text);
  return text;
}

SatInbox *
sat_inbox_new (SatWorkspace *workspace, SatChangeTextFunc text, gpointer data)
{
  SatInbox *inbox = g_new0 (SatInbox, 1);

  inbox->workspace = workspace;
  inbox->text = text;
  inbox->data = data;
  inbox->incoming = sat_incoming_new (workspace->replica, read_text, inbox);
  inbox->look = sat_breach_look_new (workspace);
  return inbox;
}

static GBytes *
read_file (const char *book,
           const SatId *device,
           guint64 number,
           const SatFile *file,
           gpointer data,
           GError **error)
{
  SatInbox *inbox = data;

  return inbox->file (book, device, number, file, inbox->data, error);
}

void
sat_inbox_set_files (SatInbox *inbox, SatChangeFileFunc file)
{
  inbox->file = file;
  sat_incoming_set_files (inbox->incoming, file != NULL ? read_file : NULL);
}

GBytes *
sat_workspace_sealed_file (SatWorkspace *workspace, const SatFile *file, GError **error)
{
  return sat_files_read (workspace->replica, file, error);
}

void
sat_inbox_free (SatInbox *inbox)
{
  if (inbox == NULL)
    return;
  sat_incoming_free (inbox->incoming);
  sat_breach_look_free (inbox->look);
  g_free (inbox);
}

void
sat_inbox_offer (SatInbox *inbox, const char *book, const SatId *device)
{
  sat_incoming_offer (inbox->incoming, book, device);
}

static gboolean
step (SatInbox *inbox, gint64 budget_us, guint64 groups, SatInboxProgress *progress, GError **error)
{
  SatIncomingProgress done = { 0 };
  gboolean ok;

  /* Not synced to disk slice by slice: what is applied can be had again. A seal in this transaction
   * is no exception: in WAL mode a power cut takes whole transactions from the end, and a sealed
   * change-set is pushed only after sat_workspace_mark_committed, which is synced and so everything
   * before it. */
  sat_db_relax (inbox->workspace->replica->db, TRUE);
  ok = sat_incoming_step (inbox->incoming, budget_us, groups, &done, error);
  sat_db_relax (inbox->workspace->replica->db, FALSE);
  progress->change_sets = done.change_sets;
  progress->operations = done.operations;
  progress->done = done.done;
  progress->waiting = done.waiting;
  progress->quarantined = done.quarantined;
  progress->cut_off = done.cut_off;
  progress->strangers = done.strangers;
  return ok && (!done.done || inbox->look == NULL || sat_breach_look_end (inbox->look, error));
}

gboolean
sat_inbox_step (SatInbox *inbox, guint budget_ms, SatInboxProgress *progress, GError **error)
{
  return step (inbox, (gint64) budget_ms * 1000, 0, progress, error);
}

gboolean
sat_inbox_step_groups (SatInbox *inbox, guint64 groups, SatInboxProgress *progress, GError **error)
{
  return step (inbox, 0, groups, progress, error);
}

static void
adapt_index_limit (SatWorkspace *workspace, guint budget_ms, gint64 took_us)
{
  gint64 fitting = (gint64) workspace->index_limit * budget_ms * 1000 / MAX (took_us, 1);

  workspace->index_limit = (guint) CLAMP (fitting, INDEX_LEAST, INDEX_MOST);
}

gboolean
sat_workspace_index_step (SatWorkspace *workspace, guint budget_ms, gboolean *more, GError **error)
{
  SatReplica *replica = workspace->replica;
  gint64 begin;

  if (workspace->index_limit == 0)
    workspace->index_limit = INDEX_FIRST;
  if (!sat_replica_begin (replica, error))
    return FALSE;
  begin = g_get_monotonic_time ();
  if (!sat_search_index_dirty (replica, budget_ms ? workspace->index_limit : INDEX_WITHOUT_BUDGET,
                               more, error))
    {
      sat_replica_rollback (replica);
      return FALSE;
    }
  if (budget_ms > 0)
    adapt_index_limit (workspace, budget_ms, g_get_monotonic_time () - begin);
  return sat_replica_commit (replica, error);
}

gboolean
sat_workspace_merge_texts (
    SatWorkspace *workspace, SatTextMergeFunc merge, gpointer data, guint *merged, GError **error)
{
  gboolean mine;
  SatLocal *local = sat_workspace_write (workspace, &mine, error);

  if (local == NULL)
    return FALSE;
  return sat_workspace_written (workspace, local, mine,
                                sat_text_fold_all (workspace->replica, local,
                                                   sat_workspace_access (workspace), merge, data,
                                                   merged, error),
                                error);
}

guint64
sat_workspace_applied (SatWorkspace *workspace, const char *book, const SatId *device)
{
  SatReplica *replica = workspace->replica;
  guint32 book_number = sat_names_find_book (replica->names, book);
  guint32 device_number = sat_names_find_device (replica->names, device);
  guint64 number = 0;
  SatVector saw;

  if (book_number == 0 || device_number == 0)
    return 0;
  sat_vector_init (&saw);
  sat_log_last (replica, book_number, device_number, &number, &saw, NULL);
  sat_vector_clear (&saw);
  return number;
}

static char **
unpack_args (const char *data, gsize size)
{
  GPtrArray *args = g_ptr_array_new ();
  const char *end = data + size;

  for (const char *p = data; p != NULL && p < end; p += strlen (p) + 1)
    g_ptr_array_add (args, g_strdup (p));
  g_ptr_array_add (args, NULL);
  return (char **) g_ptr_array_free (args, FALSE);
}

GPtrArray *
sat_workspace_quarantine (SatWorkspace *workspace, GError **error)
{
  SatReplica *replica = workspace->replica;
  g_autoptr (GPtrArray) out = g_ptr_array_new_with_free_func (
      (GDestroyNotify) sat_quarantined_free);
  SatStmt *stmt = sat_db_prepare (
      replica->db,
      "SELECT b.key, d.id, q.number, q.newer, q.msgid, q.args FROM quarantine q"
      " JOIN book b ON b.number = q.book JOIN device d ON d.number = q.device"
      " ORDER BY b.key, d.id",
      error);
  GError *problem = NULL;

  if (stmt == NULL)
    return NULL;
  while (sat_stmt_step (stmt, &problem))
    {
      SatQuarantined *entry = g_new0 (SatQuarantined, 1);
      gsize size;
      const char *args = sat_stmt_blob (stmt, 5, &size);

      entry->book = g_strdup (sat_stmt_text (stmt, 0));
      sat_stmt_id (stmt, 1, &entry->device);
      entry->number = (guint64) sat_stmt_int (stmt, 2);
      entry->newer = sat_stmt_int (stmt, 3) != 0;
      entry->msgid = g_strdup (sat_stmt_text (stmt, 4));
      entry->args = unpack_args (args, size);
      g_ptr_array_add (out, entry);
    }
  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return NULL;
    }
  return g_steal_pointer (&out);
}

gboolean
sat_workspace_note_synced (SatWorkspace *workspace, gint64 time_ms, GError **error)
{
  gboolean mine;
  SatLocal *local = sat_workspace_write (workspace, &mine, error);

  if (local == NULL)
    return FALSE;
  return sat_workspace_written (
      workspace, local, mine,
      sat_meta_set_int (workspace->replica, SAT_META_LAST_SYNC, time_ms, error) &&
          sat_workspace_note_code_sent (workspace, error),
      error);
}

gboolean
sat_workspace_note_at_site (SatWorkspace *workspace, const char *site, GError **error)
{
  g_autofree char *known = sat_workspace_at_site (workspace);
  gboolean mine;
  SatLocal *local;

  if (g_strcmp0 (known, site) == 0)
    return TRUE;
  local = sat_workspace_write (workspace, &mine, error);
  return local != NULL &&
         sat_workspace_written (
             workspace, local, mine,
             sat_meta_set (workspace->replica, SAT_META_AT_SITE, site ? site : "", error), error);
}

char *
sat_workspace_at_site (SatWorkspace *workspace)
{
  char *site = sat_meta_get (workspace->replica, SAT_META_AT_SITE);

  if (site != NULL && *site == '\0')
    g_clear_pointer (&site, g_free);
  return site;
}

gboolean
sat_workspace_advance_clock (SatWorkspace *workspace, guint ticks, GError **error)
{
  SatReplica *replica = workspace->replica;

  if (!sat_replica_begin (replica, error))
    return FALSE;
  if (!sat_log_set_hlc (replica, sat_log_hlc (replica) + ticks, error))
    {
      sat_replica_rollback (replica);
      return FALSE;
    }
  return sat_replica_commit (replica, error);
}

void
sat_workspace_set_drag_bound (SatWorkspace *workspace, gint64 bound_ms)
{
  workspace->replica->drag_bound_ms = bound_ms;
}
