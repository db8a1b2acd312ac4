/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/store/sat-cut.h"

gboolean
sat_log_add_cut (SatReplica *replica, guint32 book, guint32 device, guint64 number, GError **error)
{
  SatStmt *stmt = sat_db_prepare (replica->db,
                                  "INSERT INTO cut VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE"
                                  " SET number = min (number, ?3)",
                                  error);

  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_int (stmt, 1, book);
  sat_stmt_bind_int (stmt, 2, device);
  sat_stmt_bind_int (stmt, 3, (gint64) number);
  return sat_stmt_run (stmt, error);
}

gboolean
sat_log_cut (SatReplica *replica, guint32 book, guint32 device, guint64 *number, GError **error)
{
  SatStmt *stmt = sat_db_prepare (replica->db,
                                  "SELECT number FROM cut WHERE book = ?1 AND device = ?2", error);
  GError *problem = NULL;

  *number = SAT_CUT_NONE;
  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_int (stmt, 1, book);
  sat_stmt_bind_int (stmt, 2, device);
  if (sat_stmt_step (stmt, &problem))
    *number = (guint64) sat_stmt_int (stmt, 0);
  return sat_stmt_finish (stmt, problem, error);
}

GArray *
sat_log_cuts (SatReplica *replica, guint32 book, GError **error)
{
  g_autoptr (GArray) cuts = g_array_new (FALSE, FALSE, sizeof (SatCut));
  SatStmt *stmt = sat_db_prepare (replica->db,
                                  "SELECT d.id, c.device, c.number FROM cut c JOIN device d"
                                  " ON d.number = c.device WHERE c.book = ?1 ORDER BY d.id",
                                  error);
  GError *problem = NULL;

  if (stmt == NULL)
    return NULL;
  sat_stmt_bind_int (stmt, 1, book);
  while (sat_stmt_step (stmt, &problem))
    {
      SatCut cut = { .device = (guint32) sat_stmt_int (stmt, 1),
                     .number = (guint64) sat_stmt_int (stmt, 2) };

      if (sat_stmt_id (stmt, 0, &cut.id))
        g_array_append_val (cuts, cut);
    }
  return sat_stmt_finish (stmt, problem, error) ? g_steal_pointer (&cuts) : NULL;
}

typedef struct
{
  guint32 book, device;
  guint64 applied;
} Excess;

/* What is applied here of others beyond their cuts. */
static GArray *
excesses (SatReplica *replica, GError **error)
{
  g_autoptr (GArray) out = g_array_new (FALSE, FALSE, sizeof (Excess));
  SatStmt *stmt = sat_db_prepare (
      replica->db,
      "SELECT c.book, c.device, v.number FROM cut c JOIN vector v ON v.book = c.book AND v.device ="
      " c.device JOIN book b ON b.number = c.book WHERE v.number > c.number AND c.device <> ?1 AND"
      " b.held ORDER BY c.book",
      error);
  GError *problem = NULL;

  if (stmt == NULL)
    return NULL;
  sat_stmt_bind_int (stmt, 1, replica->me);
  while (sat_stmt_step (stmt, &problem))
    {
      Excess excess = { (guint32) sat_stmt_int (stmt, 0), (guint32) sat_stmt_int (stmt, 1),
                        (guint64) sat_stmt_int (stmt, 2) };

      g_array_append_val (out, excess);
    }
  return sat_stmt_finish (stmt, problem, error) ? g_steal_pointer (&out) : NULL;
}

GArray *
sat_log_to_vouch (SatReplica *replica, GError **error)
{
  g_autoptr (GArray) books = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GArray) all = excesses (replica, error);
  gboolean ok = all != NULL;
  SatVector saw;

  sat_vector_init (&saw);
  for (guint i = 0; ok && i < all->len; i++)
    {
      const Excess *excess = &g_array_index (all, Excess, i);
      guint64 number;

      if (books->len > 0 && g_array_index (books, guint32, books->len - 1) == excess->book)
        continue;
      ok = sat_log_last (replica, excess->book, replica->me, &number, &saw, error);
      if (ok && sat_vector_get (&saw, excess->device) < excess->applied)
        g_array_append_val (books, excess->book);
    }
  sat_vector_clear (&saw);
  return ok ? g_steal_pointer (&books) : NULL;
}
