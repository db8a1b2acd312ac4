/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which books there are and which are held here; records between them. */
#include "core/workspace/sat-workspace-books.h"

#include <string.h>

#include "core/apply/sat-forward.h"
#include "core/query/sat-list.h"
#include "core/store/sat-forward-list.h"
#include "core/store/sat-names.h"
#include "core/store/sat-schema.h"
#include "core/workspace/sat-workspace-private.h"

struct _SatForwarder
{
  SatWorkspace *workspace;
  SatForward *forward;
};

SatForwarder *
sat_forwarder_new (SatWorkspace *workspace)
{
  SatForwarder *forwarder = g_new0 (SatForwarder, 1);

  forwarder->workspace = workspace;
  forwarder->forward = sat_forward_new (workspace->replica);
  return forwarder;
}

void
sat_forwarder_free (SatForwarder *forwarder)
{
  if (forwarder == NULL)
    return;
  sat_forward_free (forwarder->forward);
  g_free (forwarder);
}

gboolean
sat_forwarder_step (SatForwarder *forwarder, guint budget_ms, gboolean *more, GError **error)
{
  SatWorkspace *workspace = forwarder->workspace;
  gint64 deadline = budget_ms > 0 ? g_get_monotonic_time () + (gint64) budget_ms * 1000 : 0;
  gboolean mine;
  SatLocal *local = sat_workspace_write (workspace, &mine, error);

  if (local == NULL)
    return FALSE;
  return sat_workspace_written (
      workspace, local, mine,
      sat_forward_run (forwarder->forward, local, deadline, FALSE, more, error), error);
}

guint64
sat_forwarder_n_grafts (const SatForwarder *forwarder)
{
  return sat_forward_n_grafts (forwarder->forward);
}

/* ---- all books ----------------------------------------------------------------------------------
 */

void
sat_book_free (SatBook *book)
{
  if (book == NULL)
    return;
  g_free (book->key);
  g_free (book->name);
  g_free (book->repository);
  g_free (book);
}

static SatBook *
add_book (GHashTable *books, const char *key, const char *name)
{
  SatBook *book = g_hash_table_lookup (books, key);

  if (book == NULL)
    {
      book = g_new0 (SatBook, 1);
      book->key = g_strdup (key);
      book->name = g_strdup (key);
      book->records = -1;
      g_hash_table_insert (books, book->key, book);
    }
  if (name != NULL)
    {
      g_free (book->name);
      book->name = g_strdup (name);
    }
  return book;
}

static gboolean
add_named (SatWorkspace *workspace, GHashTable *books, GError **error)
{
  const SatObject *object = sat_workspace_object (workspace, "book", error);
  const SatField *key = object ? sat_object_find (object, "key") : NULL;
  const SatField *repository = object ? sat_object_find (object, "repository") : NULL;
  SatListQuery query = { .object = object, .limit = -1 };
  g_autoptr (GArray) rows = key ? sat_list_rows (workspace->replica, &query, error) : NULL;

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      g_autoptr (SatRecord) record = sat_list_load_row (workspace->replica, object,
                                                        g_array_index (rows, gint64, i), error);
      if (record == NULL)
        return FALSE;
      if (sat_record_get (record, key) == NULL)
        continue;
      SatBook *book = add_book (books, sat_record_get (record, key), sat_record_title (record));

      g_free (book->repository);
      book->repository = repository ? g_strdup (sat_record_get (record, repository)) : NULL;
    }
  return rows != NULL;
}

static gboolean
find_repositories (SatReplica *replica,
                   const SatTable *table,
                   const SatField *key,
                   const SatField *repository,
                   GHashTable *out,
                   GError **error)
{
  g_autofree char *where = sat_schema_column (repository, 0);
  g_autofree char *which = sat_schema_column (key, 0);
  g_autofree char *sql = g_strdup_printf ("SELECT %s, %s FROM %s WHERE %s IS NOT NULL", which,
                                          where, table->table, where);
  SatStmt *stmt = sat_db_prepare (replica->db, sql, error);
  GError *problem = NULL;

  if (stmt == NULL)
    return FALSE;
  while (sat_stmt_step (stmt, &problem))
    {
      const char *book = sat_stmt_text (stmt, 0);

      if (book != NULL && strcmp (book, SAT_BOOK_KEY_COMPANY) != 0)
        g_hash_table_insert (out, g_strdup (book), g_strdup (sat_stmt_text (stmt, 1)));
    }
  return sat_stmt_finish (stmt, problem, error);
}

/* Deleted ones, too: what was not for everybody must not go to everybody then. */
GHashTable *
sat_workspace_repositories (SatWorkspace *workspace, GError **error)
{
  const SatObject *object = sat_workspace_object (workspace, "book", error);
  const SatField *key = object ? sat_object_find (object, "key") : NULL;
  const SatField *repository = object ? sat_object_find (object, "repository") : NULL;
  g_autoptr (GHashTable) out = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  if (object == NULL ||
      (key != NULL && repository != NULL &&
       !find_repositories (workspace->replica, sat_replica_table (workspace->replica, object), key,
                           repository, out, error)))
    return NULL;
  return g_steal_pointer (&out);
}

/* 0: not held; 1: held; 2: held until it has left. */
static gint64
held_state (SatReplica *replica, const char *key)
{
  SatStmt *stmt = sat_db_prepare (replica->db, "SELECT held FROM book WHERE key = ?1", NULL);
  gint64 state = 0;

  if (stmt == NULL)
    return 0;
  sat_stmt_bind_text (stmt, 1, key);
  if (sat_stmt_step (stmt, NULL))
    state = sat_stmt_int (stmt, 0);
  sat_stmt_reset (stmt);
  return state;
}

static gboolean
add_held (SatWorkspace *workspace, GHashTable *books, GError **error)
{
  g_autoptr (SatStatus) status = sat_workspace_status (workspace, error);

  for (guint i = 0; status != NULL && i < status->books->len; i++)
    {
      const SatBookStatus *held = g_ptr_array_index (status->books, i);
      SatBook *book;

      add_book (books, held->key, NULL);
      book = g_hash_table_lookup (books, held->key);
      book->is_held = TRUE;
      book->is_leaving = held_state (workspace->replica, held->key) == 2;
      book->records = 0;
      book->pending = (gint64) held->pending;
    }
  return status != NULL;
}

/* How many records each held book shows. */
static gboolean
count_records (SatReplica *replica, GHashTable *books, GError **error)
{
  for (guint i = 0; i + 1 < replica->tables->len; i++)
    {
      const SatTable *table = g_ptr_array_index (replica->tables, i);
      g_autofree char *sql = g_strdup_printf (
          "SELECT book, count(*) FROM %s WHERE +hidden = 0 GROUP BY book", table->table);
      SatStmt *stmt = sat_db_prepare (replica->db, sql, error);
      GError *problem = NULL;

      if (stmt == NULL)
        return FALSE;
      while (sat_stmt_step (stmt, &problem))
        {
          const char *key = sat_names_book (replica->names, (guint32) sat_stmt_int (stmt, 0));
          SatBook *book = g_hash_table_lookup (books, key);

          if (book != NULL && book->is_held)
            book->records += sat_stmt_int (stmt, 1);
        }
      if (!sat_stmt_finish (stmt, problem, error))
        return FALSE;
    }
  return TRUE;
}

static int
compare_books (gconstpointer a, gconstpointer b)
{
  const SatBook *x = *(SatBook *const *) a;
  const SatBook *y = *(SatBook *const *) b;
  gboolean first = strcmp (x->key, SAT_BOOK_KEY_COMPANY) == 0;

  if (first != (strcmp (y->key, SAT_BOOK_KEY_COMPANY) == 0))
    return first ? -1 : 1;
  return strcmp (x->key, y->key);
}

GPtrArray *
sat_workspace_all_books (SatWorkspace *workspace, GError **error)
{
  g_autoptr (GHashTable) books = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *out = g_ptr_array_new_with_free_func ((GDestroyNotify) sat_book_free);
  gboolean ok = add_named (workspace, books, error) && add_held (workspace, books, error) &&
                count_records (workspace->replica, books, error);
  GHashTableIter iter;
  gpointer book;

  g_hash_table_iter_init (&iter, books);
  while (g_hash_table_iter_next (&iter, NULL, &book))
    g_ptr_array_add (out, book);
  if (!ok)
    g_clear_pointer (&out, g_ptr_array_unref);
  else
    g_ptr_array_sort (out, compare_books);
  return out;
}

/* ---- making and holding -------------------------------------------------------------------------
 */

static gboolean
check_key (const char *key, GError **error)
{
  gsize length = strlen (key);

  if (strcmp (key, SAT_BOOK_KEY_ENROLMENT) == 0)
    return sat_fail (error, SAT_ERROR_INVALID,
                     N_ ("“%s” cannot be the key of a book; it is Satchel's own"), key, NULL);
  if (length >= 1 && length <= 40 &&
      strspn (key, "abcdefghijklmnopqrstuvwxyz0123456789-") == length && key[0] != '-')
    return TRUE;
  return sat_fail (error, SAT_ERROR_INVALID,
                   N_ ("“%s” cannot be the key of a book; use up to 40 small letters, digits and "
                       "hyphens"),
                   key, NULL);
}

/* What the record of this device says it holds. */
gboolean
sat_workspace_note_held (SatWorkspace *workspace, const char *key, gboolean held, GError **error)
{
  const SatObject *object = sat_workspace_object (workspace, "device", error);
  SatEditKind kind = { .life = SAT_LIFE_LIVE };
  SatEdit edit = { .element = key, .drop = !held };

  if (object == NULL)
    return FALSE;
  edit.field = sat_object_find (object, "books");
  return edit.field == NULL ||
         sat_workspace_edit_raw (workspace, object, sat_workspace_device (workspace), NULL, &edit,
                                 1, &kind, error);
}

/* In a transaction. What left a book that is held for this one can now be carried over. */
static gboolean
hold (SatWorkspace *workspace, const char *key, GError **error)
{
  return sat_workspace_hold (workspace, key, error) &&
         sat_workspace_note_held (workspace, key, TRUE, error) &&
         sat_forward_list_add_away (workspace->replica, error);
}

static gboolean
end_transaction (SatWorkspace *workspace, gboolean ok, GError **error)
{
  if (ok)
    return sat_workspace_commit (workspace, error);
  sat_workspace_rollback (workspace);
  return FALSE;
}

static gboolean
create (SatWorkspace *workspace,
        const char *key,
        const char *name,
        const char *repository,
        GError **error)
{
  g_autoptr (GPtrArray) books = sat_workspace_all_books (workspace, error);

  for (guint i = 0; books != NULL && i < books->len; i++)
    {
      const SatBook *book = g_ptr_array_index (books, i);
      if (strcmp (book->key, key) == 0 || strcmp (book->name, name) == 0)
        return sat_fail (error, SAT_ERROR_INVALID, N_ ("there is already a book “%s” (%s)"),
                         book->name, book->key, NULL);
    }
  return books != NULL && sat_workspace_write_book (workspace, key, name, repository, error) &&
         hold (workspace, key, error);
}

gboolean
sat_workspace_create_book (SatWorkspace *workspace,
                           const char *key,
                           const char *name,
                           const char *repository,
                           GError **error)
{
  return check_key (key, error) && sat_workspace_begin (workspace, error) &&
         end_transaction (workspace, create (workspace, key, name, repository, error), error);
}

gboolean
sat_workspace_hold_book (
    SatWorkspace *workspace, const char *book, char **key, gboolean *changed, GError **error)
{
  gboolean ok;

  *changed = FALSE;
  *key = NULL;
  if (!sat_workspace_begin (workspace, error))
    return FALSE;
  *key = sat_workspace_book_key (workspace->replica, book, error);
  ok = *key != NULL;
  if (ok && held_state (workspace->replica, *key) != 1)
    *changed = ok = hold (workspace, *key, error);
  if (end_transaction (workspace, ok, error))
    return TRUE;
  g_clear_pointer (key, g_free);
  return FALSE;
}
