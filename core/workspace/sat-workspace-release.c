/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A book leaves the laptop. `held` of its row is 2 from the moment a person said so until a
 * sync finds that nothing of it waits to be sent; then all of it is deleted in one transaction. */
#include <string.h>

#include "core/apply/sat-forward.h"
#include "core/store/sat-history-log.h"
#include "core/store/sat-join-log.h"
#include "core/store/sat-names.h"
#include "core/store/sat-search.h"
#include "core/store/sat-state-store.h"
#include "core/workspace/sat-workspace-books.h"
#include "core/workspace/sat-workspace-private.h"

#define META_CACHE_STALE "cache_stale"

static gboolean
run_for (SatReplica *replica, const char *sql, guint32 book, GError **error)
{
  SatStmt *stmt = sat_db_prepare (replica->db, sql, error);

  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_int (stmt, 1, book);
  return sat_stmt_run (stmt, error);
}

static gboolean
exists (SatReplica *replica, const char *sql, guint32 book, gboolean *there, GError **error)
{
  SatStmt *stmt = sat_db_prepare (replica->db, sql, error);
  GError *problem = NULL;

  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_int (stmt, 1, book);
  *there = sat_stmt_step (stmt, &problem);
  return sat_stmt_finish (stmt, problem, error);
}

static gboolean
release (SatWorkspace *workspace, const char *key, GError **error)
{
  SatReplica *replica = workspace->replica;
  g_auto (GStrv) held = sat_workspace_books (workspace, error);

  if (held == NULL)
    return FALSE;
  if (strcmp (key, SAT_BOOK_KEY_COMPANY) == 0)
    return sat_fail (error, SAT_ERROR_INVALID,
                     N_ ("book “company” is what every laptop has; it cannot be released"), NULL);
  if (!g_strv_contains ((const char *const *) held, key))
    return sat_fail (
        error, SAT_ERROR_INVALID,
        N_ ("this laptop does not hold a book “%s”; “satchel status” lists the ones it "
            "holds"),
        key, NULL);
  return run_for (replica, "UPDATE book SET held = 2 WHERE number = ?1",
                  sat_names_find_book (replica->names, key), error) &&
         sat_workspace_note_held (workspace, key, FALSE, error);
}

gboolean
sat_workspace_release_book (SatWorkspace *workspace, const char *book, char **key, GError **error)
{
  *key = NULL;
  if (!sat_workspace_begin (workspace, error))
    return FALSE;
  *key = sat_workspace_book_key (workspace->replica, book, error);
  if (*key != NULL && release (workspace, *key, error))
    return sat_workspace_commit (workspace, error);
  sat_workspace_rollback (workspace);
  g_clear_pointer (key, g_free);
  return FALSE;
}

/* ---- leaving ------------------------------------------------------------------------------------
 */

static gboolean
leaving_books (SatReplica *replica, GArray *out, GError **error)
{
  SatStmt *stmt = sat_db_prepare (replica->db, "SELECT number FROM book WHERE held = 2", error);
  GError *problem = NULL;

  if (stmt == NULL)
    return FALSE;
  while (sat_stmt_step (stmt, &problem))
    {
      guint32 book = (guint32) sat_stmt_int (stmt, 0);
      g_array_append_val (out, book);
    }
  return sat_stmt_finish (stmt, problem, error);
}

/* Does something of BOOK wait: to be sealed, to be sent, to be applied to its end, to be carried to
 * another book? */
static gboolean
something_waits (SatReplica *replica, guint32 book, gboolean *waits, GError **error)
{
  static const char *const questions[] = {
    "SELECT 1 FROM open_record WHERE book = ?1 LIMIT 1",
    "SELECT 1 FROM sealed WHERE book = ?1 AND pushed = 0 LIMIT 1",
    "SELECT 1 FROM partial WHERE book = ?1 LIMIT 1",
  };

  *waits = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (questions) && !*waits; i++)
    if (!exists (replica, questions[i], book, waits, error))
      return FALSE;
  for (guint i = 0; i < replica->tables->len && !*waits; i++)
    {
      const SatTable *table = g_ptr_array_index (replica->tables, i);
      g_autofree char *object = table->object ? g_strdup_printf ("%u", table->name)
                                              : g_strdup ("t.object");
      g_autofree char *sql = g_strdup_printf (
          "SELECT 1 FROM forward f JOIN %s t ON t.row = f.row AND f.object = %s WHERE t.book = ?1"
          " LIMIT 1",
          table->table, object);

      if (!exists (replica, sql, book, waits, error))
        return FALSE;
    }
  return TRUE;
}

/* Whose history is to go. */
typedef struct
{
  SatReplica *replica;
  guint32 book;
} Dropped;

static gboolean
drop_entry (gint64 number, SatHistoryEntry *entry, gpointer data)
{
  const Dropped *dropped = data;
  const SatTable *table = sat_replica_table_of (dropped->replica, entry->object);
  guint32 book;

  (void) number;
  if (!sat_row_book (dropped->replica, table, entry->row, &book) || book != dropped->book)
    return FALSE;
  entry->flags |= SAT_HISTORY_GONE;
  return TRUE;
}

static gboolean
drop_history (SatReplica *replica, guint32 book, GError **error)
{
  Dropped dropped = { replica, book };

  return sat_log_edit_history (replica, drop_entry, &dropped, error);
}

/* The rows of BOOK in TABLE, and what names them. */
static gboolean
drop_rows (SatReplica *replica, const SatTable *table, guint32 book, GError **error)
{
  static const char *const lists[] = { "unseen", "conflict", "forward" };
  g_autofree char *rows = g_strdup_printf ("DELETE FROM %s WHERE book = ?1", table->table);

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autofree char *sql = table->object
                                 ? g_strdup_printf ("DELETE FROM %s WHERE object = %u AND row IN"
                                                    " (SELECT row FROM %s WHERE book = ?1)",
                                                    lists[i], table->name, table->table)
                                 : g_strdup_printf ("DELETE FROM %s WHERE (object, row) IN"
                                                    " (SELECT object, row FROM %s WHERE book = ?1)",
                                                    lists[i], table->table);
      if (!run_for (replica, sql, book, error))
        return FALSE;
    }
  return run_for (replica, rows, book, error);
}

static gboolean
drop_book (SatReplica *replica, guint32 book, GError **error)
{
  static const char *const tables[] = { "vector",     "saw",        "cut",
                                        "quarantine", "step_write", "absorbed" };

  if (!drop_history (replica, book, error))
    return FALSE;
  for (guint i = 0; i < replica->tables->len; i++)
    if (!drop_rows (replica, g_ptr_array_index (replica->tables, i), book, error))
      return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *sql = g_strdup_printf ("DELETE FROM %s WHERE book = ?1", tables[i]);
      if (!run_for (replica, sql, book, error))
        return FALSE;
    }
  return run_for (replica, "UPDATE book SET held = 0, open_bytes = 0 WHERE number = ?1", book,
                  error);
}

/* What others still have to be told of what is here is told before. */
static gboolean
forward_all (SatWorkspace *workspace, GError **error)
{
  for (guint rounds = 0; rounds < 4; rounds++)
    {
      g_autoptr (SatForwarder) forwarder = sat_forwarder_new (workspace);
      gboolean more = TRUE;

      while (more)
        if (!sat_forwarder_step (forwarder, 15, &more, error))
          return FALSE;
      if (sat_forwarder_n_grafts (forwarder) == 0)
        return TRUE;
    }
  return TRUE;
}

/* Those of BOOKS of which nothing waits. FRESH: and in which this device has no number. */
static gboolean
keep_ready (SatReplica *replica, GArray *books, gboolean fresh, GError **error)
{
  for (guint i = 0; i < books->len;)
    {
      guint32 book = g_array_index (books, guint32, i);
      gboolean waits;
      guint64 number = 0;
      SatVector saw;
      gboolean ok;

      sat_vector_init (&saw);
      ok = something_waits (replica, book, &waits, error) &&
           sat_log_last (replica, book, replica->me, &number, &saw, error);
      sat_vector_clear (&saw);
      if (!ok)
        return FALSE;
      if (waits || (fresh && number > 0))
        g_array_remove_index (books, i);
      else
        i++;
    }
  return TRUE;
}

/* In a transaction. */
static gboolean
drop_all (SatWorkspace *workspace, GArray *books, GError **error)
{
  SatReplica *replica = workspace->replica;

  if (!keep_ready (replica, books, TRUE, error))
    return FALSE;
  for (guint i = 0; i < books->len; i++)
    if (!drop_book (replica, g_array_index (books, guint32, i), error))
      return FALSE;
  return books->len == 0 ||
         (sat_search_index_restart (replica, error) && sat_log_set_joining (replica, NULL, error) &&
          sat_meta_set_int (replica, META_CACHE_STALE, 1, error));
}

gboolean
sat_workspace_drop_released (SatWorkspace *workspace, guint *dropped, GError **error)
{
  SatReplica *replica = workspace->replica;
  g_autoptr (GArray) books = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_auto (SatJoining) joining = { 0 };

  *dropped = 0;
  if (!leaving_books (replica, books, error) || !sat_log_joining (replica, &joining, error))
    return FALSE;
  if (books->len == 0 || joining.name != NULL)
    return TRUE;
  if (!forward_all (workspace, error) || !keep_ready (replica, books, FALSE, error))
    return FALSE;
  if (books->len == 0)
    return TRUE;
  /* A new identity first: then no number can be given twice, whatever happens in between. What is
   * deleted is overwritten. */
  if (!sat_workspace_succeed (workspace, error) ||
      !sat_db_exec (replica->db, "PRAGMA secure_delete = 1", error) ||
      !sat_workspace_begin (workspace, error))
    return FALSE;
  if (!drop_all (workspace, books, error))
    {
      sat_workspace_rollback (workspace);
      return FALSE;
    }
  *dropped = books->len;
  return sat_workspace_commit (workspace, error);
}

gboolean
sat_workspace_cache_is_stale (SatWorkspace *workspace)
{
  return sat_meta_get_int (workspace->replica, META_CACHE_STALE, 0) != 0;
}

gboolean
sat_workspace_note_cache_fresh (SatWorkspace *workspace, GError **error)
{
  gboolean mine;
  SatLocal *local = sat_workspace_write (workspace, &mine, error);

  if (local == NULL)
    return FALSE;
  return sat_workspace_written (workspace, local, mine,
                                sat_meta_set_int (workspace->replica, META_CACHE_STALE, 0, error),
                                error);
}
