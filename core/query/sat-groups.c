/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/query/sat-groups.h"

#include "core/query/sat-derive.h"
#include "core/query/sat-list-private.h"
#include "core/store/sat-schema.h"

void
sat_group_free (SatGroup *group)
{
  if (group == NULL)
    return;
  g_free (group->value);
  g_free (group);
}

typedef struct
{
  char *sql[SAT_TYPE_MAX_CELLS];
} Cells;

static void
cells_clear (Cells *cells)
{
  for (guint i = 0; i < SAT_TYPE_MAX_CELLS; i++)
    g_free (cells->sql[i]);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Cells, cells_clear)

/* Each group by its first row, of which the value is read as of any record. Amounts of two
 * currencies are two groups. */
static char *
render (SatReplica *replica,
        const SatListQuery *query,
        const SatField *field,
        guint most,
        SatCompiled **where,
        GError **error)
{
  SatTable *table = sat_replica_table (replica, query->object);
  g_autoptr (GString) sql = g_string_new ("SELECT first, n FROM (SELECT min(row) AS first,"
                                          " count(*) AS n, ");
  g_autoptr (GString) from = g_string_new (NULL);
  g_auto (Cells) cells = { { NULL } };

  if (!sat_list_from (replica, query, from, where, error) ||
      !sat_list_cells (replica, query, field, where, cells.sql, error))
    return NULL;
  sat_list_sort_key (sql, field, table->table, cells.sql[0]);
  g_string_append_printf (sql, " AS place%s GROUP BY ", from->str);
  for (guint i = 0; i < SAT_TYPE_MAX_CELLS && cells.sql[i] != NULL; i++)
    g_string_append_printf (sql, "%s%s", i > 0 ? ", " : "", cells.sql[i]);
  g_string_append_printf (sql, " ORDER BY n DESC LIMIT %u) ORDER BY place NULLS LAST, first", most);
  return g_strdup (sql->str);
}

static gboolean
add_group (SatReplica *replica,
           const SatField *field,
           SatDeriving *deriving,
           gint64 row,
           gint64 count,
           GPtrArray *out,
           GError **error)
{
  g_autoptr (SatRecord) record = sat_list_load_row (replica, field->object, row, error);
  SatGroup *group;

  if (record == NULL || !sat_deriving_run (deriving, record, error))
    return FALSE;
  group = g_new0 (SatGroup, 1);
  group->value = g_strdup (sat_record_get (record, field));
  group->count = count;
  g_ptr_array_add (out, group);
  return TRUE;
}

/* Pairs of a row and a count. */
static GArray *
read_pairs (SatReplica *replica,
            const char *sql,
            const SatListQuery *query,
            const SatCompiled *where,
            GError **error)
{
  SatStmt *stmt = sat_db_prepare (replica->db, sql, error);
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (gint64[2]));
  GError *problem = NULL;

  if (stmt == NULL)
    return NULL;
  sat_list_bind (stmt, query, where);
  while (sat_stmt_step (stmt, &problem))
    {
      gint64 pair[2] = { sat_stmt_int (stmt, 0), sat_stmt_int (stmt, 1) };

      g_array_append_val (pairs, pair);
    }
  sat_stmt_reset (stmt);
  sat_db_forget_statement (replica->db, sql);
  if (problem == NULL)
    return g_steal_pointer (&pairs);
  g_propagate_error (error, problem);
  return NULL;
}

GPtrArray *
sat_groups (SatReplica *replica,
            const SatListQuery *query,
            const SatField *field,
            guint most,
            GError **error)
{
  g_autoptr (GPtrArray) out = g_ptr_array_new_with_free_func ((GDestroyNotify) sat_group_free);
  g_autoptr (SatCompiled) where = NULL;
  g_autofree char *sql = NULL;
  g_autoptr (GArray) pairs = NULL;
  g_autoptr (SatDeriving) deriving = NULL;

  if (field->type->id == SAT_TYPE_TAGS)
    {
      sat_fail (error, SAT_ERROR_INVALID, N_ ("a list cannot be grouped by “%s”: it holds tags"),
                field->name, NULL);
      return NULL;
    }
  if (field->type->id == SAT_TYPE_PICTURE)
    {
      sat_fail (error, SAT_ERROR_INVALID,
                N_ ("a list cannot be grouped by “%s”: it holds pictures"), field->name, NULL);
      return NULL;
    }
  sql = render (replica, query, field, most, &where, error);
  deriving = sat_deriving_new (replica, field->object, &field, 1, &query->me, query->access);
  pairs = sql != NULL ? read_pairs (replica, sql, query, where, error) : NULL;
  if (pairs == NULL)
    return NULL;
  for (guint i = 0; i < pairs->len; i++)
    {
      const gint64 *pair = (const gint64 *) (gconstpointer) pairs->data + 2 * (gsize) i;

      if (!add_group (replica, field, deriving, pair[0], pair[1], out, error))
        return NULL;
    }
  return g_steal_pointer (&out);
}
