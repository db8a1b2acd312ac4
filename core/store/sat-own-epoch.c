/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/store/sat-own-epoch.h"

guint64
sat_own_epoch_of (SatReplica *replica,
                  guint32 book,
                  guint32 device,
                  guint64 number,
                  guint64 *first,
                  GError **error)
{
  SatStmt *stmt = sat_db_prepare (replica->db,
                                  "SELECT epoch, first FROM own_epoch WHERE book = ?1 AND"
                                  " device = ?2 AND first <= ?3 ORDER BY first DESC, epoch DESC"
                                  " LIMIT 1",
                                  error);
  GError *problem = NULL;
  guint64 epoch = 1;
  guint64 begins = 1;

  if (stmt == NULL)
    return 0;
  sat_stmt_bind_int (stmt, 1, book);
  sat_stmt_bind_int (stmt, 2, device);
  sat_stmt_bind_int (stmt, 3, (gint64) number);
  if (sat_stmt_step (stmt, &problem))
    {
      epoch = (guint64) sat_stmt_int (stmt, 0);
      begins = (guint64) sat_stmt_int (stmt, 1);
    }
  if (first != NULL)
    *first = begins;
  return sat_stmt_finish (stmt, problem, error) ? epoch : 0;
}

static gboolean
insert (
    SatReplica *replica, guint32 book, guint32 device, guint64 epoch, guint64 first, GError **error)
{
  SatStmt *stmt = sat_db_prepare (replica->db, "INSERT INTO own_epoch VALUES (?1, ?2, ?3, ?4)",
                                  error);

  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_int (stmt, 1, book);
  sat_stmt_bind_int (stmt, 2, device);
  sat_stmt_bind_int (stmt, 3, (gint64) epoch);
  sat_stmt_bind_int (stmt, 4, (gint64) first);
  return sat_stmt_run (stmt, error);
}

/* The highest number that an epoch has had. */
static gboolean
highest (SatReplica *replica, guint32 book, guint32 device, guint64 *epoch, GError **error)
{
  SatStmt *stmt = sat_db_prepare (replica->db,
                                  "SELECT ifnull (max (epoch), 1) FROM own_epoch WHERE book = ?1"
                                  " AND device = ?2",
                                  error);
  GError *problem = NULL;

  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_int (stmt, 1, book);
  sat_stmt_bind_int (stmt, 2, device);
  if (sat_stmt_step (stmt, &problem))
    *epoch = (guint64) sat_stmt_int (stmt, 0);
  return sat_stmt_finish (stmt, problem, error);
}

gboolean
sat_own_epoch_begin (
    SatReplica *replica, guint32 book, guint32 device, guint64 first, GError **error)
{
  guint64 last_first;
  guint64 epoch = sat_own_epoch_of (replica, book, device, G_MAXINT64, &last_first, error);

  if (epoch == 0 || last_first >= first)
    return epoch != 0;
  return highest (replica, book, device, &epoch, error) &&
         insert (replica, book, device, epoch + 1, first, error);
}

gboolean
sat_own_epoch_move (
    SatReplica *replica, guint32 book, guint32 device, guint64 number, guint64 to, GError **error)
{
  guint64 first;
  guint64 epoch = sat_own_epoch_of (replica, book, device, number, &first, error);
  SatStmt *stmt;

  if (epoch == 0)
    return FALSE;
  stmt = sat_db_prepare (
      replica->db, "DELETE FROM own_epoch WHERE book = ?1 AND device = ?2 AND epoch = ?3", error);
  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_int (stmt, 1, book);
  sat_stmt_bind_int (stmt, 2, device);
  sat_stmt_bind_int (stmt, 3, (gint64) epoch);
  return sat_stmt_run (stmt, error) && insert (replica, book, device, to, first, error);
}
