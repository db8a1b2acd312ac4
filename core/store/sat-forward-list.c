/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/store/sat-forward-list.h"

gboolean
sat_forward_list_add (SatReplica *replica, guint32 object, gint64 row, GError **error)
{
  SatStmt *stmt = sat_db_prepare (replica->db, "INSERT OR IGNORE INTO forward VALUES (?1, ?2)",
                                  error);

  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_int (stmt, 1, object);
  sat_stmt_bind_int (stmt, 2, row);
  return sat_stmt_run (stmt, error);
}

gboolean
sat_forward_list_add_away (SatReplica *replica, GError **error)
{
  for (guint i = 0; i < replica->tables->len; i++)
    {
      const SatTable *table = g_ptr_array_index (replica->tables, i);
      g_autofree char *object = table->object ? g_strdup_printf ("%u", table->name)
                                              : g_strdup ("object");
      g_autofree char *sql = g_strdup_printf (
          "INSERT OR IGNORE INTO forward SELECT %s, row FROM %s WHERE dead = %d", object,
          table->table, (int) SAT_AWAY);

      if (!sat_db_exec (replica->db, sql, error))
        return FALSE;
    }
  return TRUE;
}

/* Object and id of the rows of TABLE that are listed. */
static char *
listed_sql (const SatTable *table)
{
  return table->object
             ? g_strdup_printf ("SELECT %u, t.uuid FROM forward f JOIN %s t ON t.row = f.row WHERE"
                                " f.object = %u",
                                table->name, table->table, table->name)
             : g_strdup_printf ("SELECT t.object, t.uuid FROM forward f JOIN %s t ON t.row = f.row"
                                " AND t.object = f.object",
                                table->table);
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const SatForwardEntry *x = a;
  const SatForwardEntry *y = b;
  int order = sat_id_compare (&x->id, &y->id);

  return order ? order : (x->object > y->object) - (x->object < y->object);
}

GArray *
sat_forward_list (SatReplica *replica, GError **error)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (SatForwardEntry));
  g_autoptr (GArray) once = g_array_new (FALSE, FALSE, sizeof (SatForwardEntry));

  for (guint i = 0; i < replica->tables->len; i++)
    {
      g_autofree char *sql = listed_sql (g_ptr_array_index (replica->tables, i));
      SatStmt *stmt = sat_db_prepare (replica->db, sql, error);
      GError *problem = NULL;

      if (stmt == NULL)
        return NULL;
      while (sat_stmt_step (stmt, &problem))
        {
          SatForwardEntry entry = { .object = (guint32) sat_stmt_int (stmt, 0) };
          if (sat_stmt_id (stmt, 1, &entry.id))
            g_array_append_val (all, entry);
        }
      if (!sat_stmt_finish (stmt, problem, error))
        return NULL;
    }
  g_array_sort (all, compare_entries);
  for (guint i = 0; i < all->len; i++)
    if (i == 0 || compare_entries (&g_array_index (all, SatForwardEntry, i - 1),
                                   &g_array_index (all, SatForwardEntry, i)) != 0)
      g_array_append_val (once, g_array_index (all, SatForwardEntry, i));
  return g_steal_pointer (&once);
}

gboolean
sat_forward_list_take (SatReplica *replica, const SatForwardEntry *entry, GError **error)
{
  const SatTable *table = sat_replica_table_of (replica, entry->object);
  g_autofree char *sql = g_strdup_printf (
      "DELETE FROM forward WHERE object = ?1 AND row IN (SELECT row FROM %s WHERE uuid = ?2)",
      table->table);
  SatStmt *stmt = sat_db_prepare (replica->db, sql, error);

  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_int (stmt, 1, entry->object);
  sat_stmt_bind_id (stmt, 2, &entry->id);
  return sat_stmt_run (stmt, error);
}
