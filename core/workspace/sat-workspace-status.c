/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the replica is and how it stands: status, digest, devices. */
#include <string.h>

#include "core/query/sat-digest.h"
#include "core/query/sat-list.h"
#include "core/store/sat-join-log.h"
#include "core/store/sat-log.h"
#include "core/store/sat-names.h"
#include "core/workspace/sat-exchange-known.h"
#include "core/workspace/sat-workspace-private.h"

static void
book_status_free (gpointer data)
{
  SatBookStatus *book = data;

  g_free (book->key);
  g_free (book->name);
  g_clear_pointer (&book->vector, g_array_unref);
  g_free (book);
}

void
sat_status_free (SatStatus *status)
{
  if (status == NULL)
    return;
  g_free (status->workspace);
  g_free (status->hub);
  g_free (status->user_login);
  g_free (status->user_name);
  g_free (status->device_name);
  g_free (status->device_code);
  g_clear_pointer (&status->books, g_ptr_array_unref);
  g_free (status);
}

void
sat_digest_free (SatDigest *digest)
{
  if (digest == NULL)
    return;
  g_free (digest->book);
  g_free (digest->digest);
  g_clear_pointer (&digest->vector, g_array_unref);
  g_free (digest);
}

/* The value of FIELD of the record ID of OBJECT, newly allocated; NULL if there is none. */
static char *
value_of (SatReplica *replica, const char *object_name, const SatId *id, const char *field_name)
{
  const SatObject *object = sat_catalogue_find (replica->catalogue, object_name);
  const SatField *field = object ? sat_object_find (object, field_name) : NULL;
  g_autoptr (SatRecord) record = field ? sat_list_load (replica, object, id, NULL) : NULL;

  return record ? g_strdup (sat_record_get (record, field)) : NULL;
}

static char *
or_empty (char *text)
{
  return text ? text : g_strdup ("");
}

static char *
meta_value (SatReplica *replica, const char *meta, const char *object, const char *field)
{
  g_autofree char *text = sat_meta_get (replica, meta);
  SatId id;

  if (text == NULL || !sat_id_parse (text, &id))
    return g_strdup ("");
  return or_empty (value_of (replica, object, &id, field));
}

/* The name of the book record with that key; the key itself where there is none. */
static char *
book_name (SatReplica *replica, const char *key)
{
  const SatObject *object = sat_catalogue_find (replica->catalogue, "book");
  const SatField *field = object ? sat_object_find (object, "key") : NULL;
  SatListQuery query = { .object = object, .limit = -1 };
  g_autoptr (GArray) rows = field ? sat_list_rows (replica, &query, NULL) : NULL;

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      g_autoptr (SatRecord) record = sat_list_load_row (replica, object,
                                                        g_array_index (rows, gint64, i), NULL);
      if (record != NULL && g_strcmp0 (sat_record_get (record, field), key) == 0)
        return g_strdup (sat_record_title (record));
    }
  return g_strdup (key);
}

static gboolean
count_pending (SatReplica *replica, guint32 book, guint64 *out, GError **error)
{
  SatStmt *stmt = sat_db_prepare (
      replica->db,
      "SELECT (SELECT count(*) FROM open_record WHERE book = ?1)"
      " + (SELECT coalesce(sum(max(records, 1)), 0) FROM sealed WHERE book = ?1 AND pushed = 0)",
      error);
  GError *problem = NULL;

  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_int (stmt, 1, book);
  *out = sat_stmt_step (stmt, &problem) ? (guint64) sat_stmt_int (stmt, 0) : 0;
  sat_stmt_reset (stmt);
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, problem);
  return FALSE;
}

static gboolean
add_books (SatWorkspace *workspace, SatStatus *status, GError **error)
{
  SatReplica *replica = workspace->replica;
  g_auto (GStrv) keys = sat_workspace_books (workspace, error);

  if (keys == NULL)
    return FALSE;
  status->books = g_ptr_array_new_with_free_func (book_status_free);
  for (guint i = 0; keys[i] != NULL; i++)
    {
      guint32 number = sat_names_find_book (replica->names, keys[i]);
      SatBookStatus *book;
      guint64 pending;

      if (!count_pending (replica, number, &pending, error))
        return FALSE;
      status->pending += (gint64) pending;
      if (strcmp (keys[i], SAT_BOOK_KEY_ENROLMENT) == 0) /* it holds no records */
        continue;
      book = g_new0 (SatBookStatus, 1);
      g_ptr_array_add (status->books, book);
      book->key = g_strdup (keys[i]);
      book->name = book_name (replica, keys[i]);
      book->pending = pending;
      book->vector = sat_workspace_vector (workspace, keys[i], error);
      if (book->vector == NULL)
        return FALSE;
    }
  return TRUE;
}

SatStatus *
sat_workspace_status (SatWorkspace *workspace, GError **error)
{
  SatReplica *replica = workspace->replica;
  g_autoptr (SatStatus) status = g_new0 (SatStatus, 1);

  status->workspace = meta_value (replica, SAT_META_WORKSPACE, "workspace", "name");
  status->hub = g_strdup (sat_workspace_hub (workspace));
  status->user_login = meta_value (replica, SAT_META_USER, "user", "login");
  status->user_name = meta_value (replica, SAT_META_USER, "user", "name");
  status->device_id = replica->device;
  status->device_name = or_empty (value_of (replica, "device", &replica->device, "name"));
  status->device_code = or_empty (value_of (replica, "device", &replica->device, "code"));
  status->n_conflicts = sat_workspace_n_conflicts (workspace);
  status->last_sync_ms = sat_meta_get_int (replica, SAT_META_LAST_SYNC, 0);
  if (!sat_db_get_int (replica->db, "SELECT count(*) FROM quarantine", 0, &status->n_quarantined,
                       error) ||
      !add_books (workspace, status, error))
    return NULL;
  return g_steal_pointer (&status);
}

/* ---- digest -------------------------------------------------------------------------------------
 */

/* Half a change-set applied: the vector does not say what is there. */
static gboolean
refuse_partial (SatReplica *replica, GError **error)
{
  gboolean unfinished;

  if (!sat_log_is_unfinished (replica, &unfinished, error))
    return FALSE;
  if (unfinished)
    return sat_fail (error, SAT_ERROR_BUSY,
                     N_ ("a sync was interrupted while it applied a change-set; let it finish, or "
                         "run “satchel sync”"),
                     NULL);
  return TRUE;
}

GPtrArray *
sat_workspace_digest_now (SatWorkspace *workspace, GError **error)
{
  SatReplica *replica = workspace->replica;
  g_autoptr (GPtrArray) out = g_ptr_array_new_with_free_func ((GDestroyNotify) sat_digest_free);
  g_auto (GStrv) keys = NULL;

  if (!refuse_partial (replica, error))
    return NULL;
  keys = sat_workspace_books (workspace, error);
  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    {
      SatDigest *digest = g_new0 (SatDigest, 1);
      guint32 book = sat_names_find_book (replica->names, keys[i]);

      g_ptr_array_add (out, digest);
      digest->book = g_strdup (keys[i]);
      digest->digest = sat_digest_of (replica, book, error);
      digest->vector = digest->digest ? sat_workspace_vector (workspace, keys[i], error) : NULL;
      if (digest->vector == NULL)
        return NULL;
    }
  return keys ? g_steal_pointer (&out) : NULL;
}

GPtrArray *
sat_workspace_digest (SatWorkspace *workspace, GError **error)
{
  SatDb *db = workspace->replica->db;
  gboolean mine = !sat_db_in_transaction (db);
  GPtrArray *digests;

  /* Digests and vectors of one moment, whatever others write meanwhile. */
  if (!sat_workspace_seal (workspace, error) || (mine && !sat_db_begin_read (db, error)))
    return NULL;
  digests = sat_workspace_digest_now (workspace, error);
  if (mine)
    sat_db_rollback (db);
  return digests;
}

gboolean
sat_workspace_canonical (SatWorkspace *workspace,
                         const char *book,
                         void (*line) (const char *text, gpointer data),
                         gpointer data,
                         GError **error)
{
  guint32 number = sat_names_find_book (workspace->replica->names, book);

  if (number == 0)
    return sat_fail (error, SAT_ERROR_NOT_FOUND, N_ ("there is no book “%s” here"), book, NULL);
  return sat_digest_lines (workspace->replica, number, line, data, error);
}
