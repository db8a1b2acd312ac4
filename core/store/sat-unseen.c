/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/store/sat-unseen.h"

typedef struct
{
  SatId id; /* of the record under way */
  GArray *siblings;
  GStringChunk *strings;
} Unseen;

static const char *
keep_text (Unseen *unseen, const char *text)
{
  return text ? g_string_chunk_insert (unseen->strings, text) : NULL;
}

static void
take_entry (gint64 entry, const SatSibling *replaced, guint flags, gpointer data)
{
  Unseen *unseen = data;
  SatSibling sibling = *replaced;

  (void) entry;
  (void) flags;
  for (guint i = 0; i < unseen->siblings->len; i++)
    {
      const SatSibling *other = &g_array_index (unseen->siblings, SatSibling, i);
      if (other->field == sibling.field && sat_dot_equal (&other->dot, &sibling.dot) &&
          g_strcmp0 (other->element, sibling.element) == 0)
        return;
    }
  sibling.element = keep_text (unseen, sibling.element);
  sibling.value = keep_text (unseen, sibling.value);
  g_array_append_val (unseen->siblings, sibling);
}

/* Hands out the record under way, if it has some. */
static gboolean
flush (Unseen *unseen, guint32 object, SatUnseenFunc func, gpointer data, GError **error)
{
  gboolean ok = unseen->siblings->len == 0 ||
                func (object, &unseen->id, unseen->siblings, data, error);

  g_array_set_size (unseen->siblings, 0);
  g_string_chunk_clear (unseen->strings);
  return ok;
}

static SatStmt *
select_unseen (
    SatReplica *replica, const SatTable *table, guint32 object, guint32 book, GError **error)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT t.uuid, u.entry FROM unseen u JOIN %s t ON t.row = u.row WHERE u.object = ?1"
      " AND t.book = ?2%s ORDER BY t.uuid, u.entry",
      table->table, table->object ? "" : " AND t.object = u.object");
  SatStmt *stmt = sat_db_prepare (replica->db, sql, error);

  if (stmt != NULL)
    {
      sat_stmt_bind_int (stmt, 1, object);
      sat_stmt_bind_int (stmt, 2, book);
    }
  return stmt;
}

gboolean
sat_unseen_each (SatReplica *replica,
                 const SatTable *table,
                 guint32 object,
                 guint32 book,
                 SatUnseenFunc func,
                 gpointer data,
                 GError **error)
{
  SatStmt *stmt = select_unseen (replica, table, object, book, error);
  Unseen unseen = { .siblings = g_array_new (FALSE, FALSE, sizeof (SatSibling)),
                    .strings = g_string_chunk_new (1024) };
  GError *problem = NULL;
  gboolean ok = stmt != NULL;

  while (ok && sat_stmt_step (stmt, &problem))
    {
      SatId id;

      if (!sat_stmt_id (stmt, 0, &id))
        continue;
      if (!sat_id_equal (&id, &unseen.id))
        ok = flush (&unseen, object, func, data, error);
      unseen.id = id;
      ok = ok &&
           sat_log_history_entry (replica, sat_stmt_int (stmt, 1), take_entry, &unseen, error);
    }
  if (stmt != NULL && !ok)
    sat_stmt_reset (stmt);
  else if (stmt != NULL)
    ok = sat_stmt_finish (stmt, problem, error) && flush (&unseen, object, func, data, error);
  g_array_unref (unseen.siblings);
  g_string_chunk_free (unseen.strings);
  return ok;
}

/* Where the value of a dot is in a record's history. */
typedef struct
{
  const SatSibling *wanted;
  gint64 entry; /* 0: nowhere */
} Search;

static void
look (gint64 entry, const SatSibling *replaced, guint flags, gpointer data)
{
  Search *search = data;

  if ((flags & (SAT_HISTORY_DRAFT | SAT_HISTORY_REMOVAL)) == 0 &&
      replaced->field == search->wanted->field &&
      sat_dot_equal (&replaced->dot, &search->wanted->dot) &&
      g_strcmp0 (replaced->element, search->wanted->element) == 0)
    search->entry = entry;
}

gboolean
sat_unseen_add (SatReplica *replica, SatState *state, const SatSibling *sibling, GError **error)
{
  Search search = { sibling, 0 };
  guint flags = SAT_HISTORY_UNSEEN | (sibling->automatic ? SAT_HISTORY_AUTO : 0);

  if (!sat_log_history (replica, state->history, look, &search, error))
    return FALSE;
  if (search.entry == 0)
    return sat_log_add_history (replica, state, sibling, flags, error);
  return sat_log_mark_unseen (replica, search.entry, error);
}
