/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/store/sat-absorbed.h"

gboolean
sat_absorbed_any (SatReplica *replica)
{
  SatStmt *stmt;

  if (replica->absorbing != SAT_ABSORBING_UNKNOWN && sat_db_in_transaction (replica->db))
    return replica->absorbing == SAT_ABSORBING_YES;
  stmt = sat_db_prepare (replica->db, "SELECT 1 FROM absorbed LIMIT 1", NULL);
  if (stmt == NULL)
    return TRUE;
  replica->absorbing = sat_stmt_step (stmt, NULL) ? SAT_ABSORBING_YES : SAT_ABSORBING_NO;
  sat_stmt_reset (stmt);
  return replica->absorbing == SAT_ABSORBING_YES;
}

gboolean
sat_absorbed_set (SatReplica *replica,
                  guint32 object,
                  guint32 book,
                  const SatId *id,
                  const SatId *target,
                  GError **error)
{
  static const char remove[] = "DELETE FROM absorbed WHERE uuid = ?1 AND object = ?2 AND book = ?3";
  static const char write[] = "INSERT INTO absorbed VALUES (?1, ?2, ?3, ?4)"
                              " ON CONFLICT (uuid, object, book) DO UPDATE SET target = ?4";
  SatStmt *stmt = sat_db_prepare (replica->db, target ? write : remove, error);

  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_id (stmt, 1, id);
  sat_stmt_bind_int (stmt, 2, object);
  sat_stmt_bind_int (stmt, 3, book);
  if (target != NULL)
    sat_stmt_bind_id (stmt, 4, target);
  replica->absorbing = target ? SAT_ABSORBING_YES : SAT_ABSORBING_UNKNOWN;
  return sat_stmt_run (stmt, error);
}

gboolean
sat_absorbed_clear (SatReplica *replica, GError **error)
{
  replica->absorbing = SAT_ABSORBING_UNKNOWN;
  return sat_db_exec (replica->db, "DELETE FROM absorbed", error);
}

gboolean
sat_absorbed_target (
    SatReplica *replica, guint32 object, guint32 book, const SatId *id, SatId *target)
{
  SatStmt *stmt = sat_db_prepare (
      replica->db,
      "SELECT target FROM absorbed WHERE uuid = ?1 AND (object = ?2 OR"
      " ?2 = 0) AND (book = ?3 OR ?3 = 0) ORDER BY object, book LIMIT 1",
      NULL);
  gboolean found;

  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_id (stmt, 1, id);
  sat_stmt_bind_int (stmt, 2, object);
  sat_stmt_bind_int (stmt, 3, book);
  found = sat_stmt_step (stmt, NULL) && sat_stmt_id (stmt, 0, target);
  sat_stmt_reset (stmt);
  return found;
}

static gboolean
has_id (const GArray *ids, const SatId *id, guint *at)
{
  for (guint i = 0; i < ids->len; i++)
    if (sat_id_equal (&g_array_index (ids, SatId, i), id))
      {
        *at = i;
        return TRUE;
      }
  return FALSE;
}

/* *AGAIN: where in the chain the last one's target is; its length when it has none. */
static GArray *
chain_of (SatReplica *replica, guint32 object, guint32 book, const SatId *id, guint *again)
{
  GArray *chain = g_array_new (FALSE, FALSE, sizeof (SatId));
  SatId at = *id;

  do
    {
      g_array_append_val (chain, at);
      *again = chain->len;
    }
  while (sat_absorbed_target (replica, object, book, &at, &at) && !has_id (chain, &at, again));
  return chain;
}

GArray *
sat_absorbed_chain (SatReplica *replica, guint32 object, guint32 book, const SatId *id)
{
  guint again;

  return chain_of (replica, object, book, id, &again);
}

void
sat_absorbed_root (SatReplica *replica, guint32 object, guint32 book, const SatId *id, SatId *root)
{
  guint again;
  g_autoptr (GArray) chain = chain_of (replica, object, book, id, &again);

  *root = g_array_index (chain, SatId, chain->len - 1);
  for (guint i = again; i < chain->len; i++)
    if (sat_id_compare (&g_array_index (chain, SatId, i), root) < 0)
      *root = g_array_index (chain, SatId, i);
}

/* Those absorbed into ID, at the end of IDS. */
static gboolean
add_below (
    SatReplica *replica, guint32 object, guint32 book, const SatId *id, GArray *ids, GError **error)
{
  SatStmt *stmt = sat_db_prepare (
      replica->db, "SELECT uuid FROM absorbed WHERE target = ?1 AND object = ?2 AND book = ?3",
      error);
  GError *problem = NULL;
  SatId below;
  guint at;

  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_id (stmt, 1, id);
  sat_stmt_bind_int (stmt, 2, object);
  sat_stmt_bind_int (stmt, 3, book);
  while (sat_stmt_step (stmt, &problem))
    if (sat_stmt_id (stmt, 0, &below) && !has_id (ids, &below, &at))
      g_array_append_val (ids, below);
  return sat_stmt_finish (stmt, problem, error);
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return sat_id_compare (a, b);
}

/* Each has one target, so whatever hangs together in one book has one root. */
GArray *
sat_absorbed_group (
    SatReplica *replica, guint32 object, guint32 book, const SatId *id, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (SatId));

  g_array_append_val (ids, *id);
  for (guint i = 0; i < ids->len; i++)
    {
      SatId at = g_array_index (ids, SatId, i);
      SatId target;
      guint there;

      if (sat_absorbed_target (replica, object, book, &at, &target) &&
          !has_id (ids, &target, &there))
        g_array_append_val (ids, target);
      if (!add_below (replica, object, book, &at, ids, error))
        return NULL;
    }
  g_array_sort (ids, compare_ids);
  return g_steal_pointer (&ids);
}
