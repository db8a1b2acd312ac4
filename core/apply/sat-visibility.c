/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/apply/sat-visibility.h"

#include <string.h>

#include "core/store/sat-log.h"
#include "core/store/sat-schema.h"

static gboolean
names_object (const SatField *owning, const SatObject *object)
{
  return owning != NULL && owning->reference != NULL &&
         (strcmp (owning->reference, "*") == 0 || strcmp (owning->reference, object->name) == 0);
}

/* The children of one table, at home in BOOK. */
static gboolean
children_in (SatReplica *replica,
             SatTable *table,
             const SatId *parent,
             guint32 book,
             GArray *out,
             GError **error)
{
  g_autofree char *column = sat_schema_column (table->object->owning, 0);
  g_autofree char *sql = g_strdup_printf (
      "SELECT row, uuid, dead FROM %s WHERE %s = ?1 AND book = ?2 AND dead < %d ORDER BY uuid",
      table->table, column, (int) SAT_AWAY);
  SatStmt *stmt = sat_db_prepare (replica->db, sql, error);
  GError *problem = NULL;

  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_id (stmt, 1, parent);
  sat_stmt_bind_int (stmt, 2, book);
  while (sat_stmt_step (stmt, &problem))
    {
      SatChild child = { .table = table, .row = sat_stmt_int (stmt, 0) };
      child.presence = (SatPresence) sat_stmt_int (stmt, 2);
      if (sat_stmt_id (stmt, 1, &child.id))
        g_array_append_val (out, child);
    }
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, problem);
  return FALSE;
}

gboolean
sat_visibility_children (SatReplica *replica,
                         const SatObject *object,
                         const SatId *parent,
                         guint32 book,
                         GArray *out,
                         GError **error)
{
  for (guint i = 0; i + 1 < replica->tables->len; i++)
    {
      SatTable *table = g_ptr_array_index (replica->tables, i);

      if (names_object (table->object->owning, object) &&
          !children_in (replica, table, parent, book, out, error))
        return FALSE;
    }
  return TRUE;
}

/* Is one of the children in TABLE present? Asked of the index, since there may be many deleted ones
 * and this is asked for each of them that changes. */
static gboolean
has_present_child (SatReplica *replica,
                   SatTable *table,
                   const SatId *parent,
                   guint32 book,
                   gboolean *out,
                   GError **error)
{
  g_autofree char *column = sat_schema_column (table->object->owning, 0);
  g_autofree char *sql = g_strdup_printf (
      "SELECT 1 FROM %s WHERE %s = ?1 AND dead = %d AND book = ?2 LIMIT 1", table->table, column,
      (int) SAT_PRESENT);
  SatStmt *stmt = sat_db_prepare (replica->db, sql, error);
  GError *problem = NULL;

  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_id (stmt, 1, parent);
  sat_stmt_bind_int (stmt, 2, book);
  *out = sat_stmt_step (stmt, &problem);
  sat_stmt_reset (stmt);
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, problem);
  return FALSE;
}

/* Can records of OBJECT have children at all? */
static gboolean
has_children (SatReplica *replica, const SatObject *object)
{
  for (guint i = 0; i + 1 < replica->tables->len; i++)
    {
      const SatTable *table = g_ptr_array_index (replica->tables, i);
      if (names_object (table->object->owning, object))
        return TRUE;
    }
  return FALSE;
}

/* Looks at the children of AT: a present one ends it, those that may have children themselves are
 * added to the list. */
static gboolean
look_below (SatReplica *replica,
            const SatChild *at,
            guint32 book,
            GArray *todo,
            gboolean *present,
            GError **error)
{
  for (guint i = 0; i + 1 < replica->tables->len && !*present; i++)
    {
      SatTable *table = g_ptr_array_index (replica->tables, i);

      if (!names_object (table->object->owning, at->table->object))
        continue;
      if (!has_present_child (replica, table, &at->id, book, present, error) ||
          (!*present && has_children (replica, table->object) &&
           !children_in (replica, table, &at->id, book, todo, error)))
        return FALSE;
    }
  return TRUE;
}

/* Is there a present record below (OBJECT, ID), reached through deleted ones? Iterative, each
 * record once. */
static gboolean
has_present_descendant (SatReplica *replica,
                        const SatObject *object,
                        const SatId *id,
                        guint32 book,
                        gboolean *out,
                        GError **error)
{
  g_autoptr (GArray) todo = g_array_new (FALSE, TRUE, sizeof (SatChild));
  g_autoptr (GHashTable) seen = g_hash_table_new_full (sat_id_hash, sat_id_equal, g_free, NULL);
  SatChild start = { .table = sat_replica_table (replica, object), .id = *id };

  *out = FALSE;
  g_array_append_val (todo, start);
  for (guint i = 0; i < todo->len && !*out; i++)
    {
      SatChild at = g_array_index (todo, SatChild, i);

      if (g_hash_table_add (seen, g_memdup2 (&at.id, sizeof at.id)) &&
          !look_below (replica, &at, book, todo, out, error))
        return FALSE;
    }
  return TRUE;
}

/* The record that (TABLE, ROW) names as its parent. FALSE without error in *FOUND: none. */
static gboolean
parent_of (
    SatReplica *replica, SatTable *table, gint64 row, SatId *id, gboolean *found, GError **error)
{
  g_autofree char *column = NULL;
  g_autofree char *sql = NULL;
  GError *problem = NULL;
  SatStmt *stmt;

  *found = FALSE;
  if (table->object->owning == NULL)
    return TRUE;
  column = sat_schema_column (table->object->owning, 0);
  sql = g_strdup_printf ("SELECT %s FROM %s WHERE row = ?1", column, table->table);
  stmt = sat_db_prepare (replica->db, sql, error);
  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_int (stmt, 1, row);
  if (sat_stmt_step (stmt, &problem))
    *found = sat_stmt_id (stmt, 0, id);
  sat_stmt_reset (stmt);
  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  return TRUE;
}

gboolean
sat_visibility_hides (SatReplica *replica,
                      SatTable *table,
                      const SatId *id,
                      guint32 book,
                      SatPresence presence,
                      gboolean *hidden,
                      GError **error)
{
  gboolean kept = FALSE;

  *hidden = presence != SAT_PRESENT;
  if (presence != SAT_DEAD)
    return TRUE;
  if (!has_present_descendant (replica, table->object, id, book, &kept, error))
    return FALSE;
  *hidden = !kept;
  return TRUE;
}

gboolean
sat_visibility_refresh (
    SatReplica *replica, SatTable *table, const SatId *start, guint32 book, GError **error)
{
  SatId id = *start;

  while (table != NULL && table->object != NULL)
    {
      SatPresence presence = SAT_PRESENT;
      gboolean hidden = FALSE;
      gboolean wanted = FALSE;
      gboolean found;
      gint64 row;

      if (!sat_row_find (replica, table, &id, book, &row, &presence, &hidden, error))
        return FALSE;
      if (row == 0 || presence == SAT_PRESENT)
        return TRUE;
      if (!sat_visibility_hides (replica, table, &id, book, presence, &wanted, error))
        return FALSE;
      if (wanted != hidden &&
          !sat_row_set_visibility (replica, table, row, presence, wanted, error))
        return FALSE;
      /* Up: a deleted parent is shown or hidden with this one. */
      if (!parent_of (replica, table, row, &id, &found, error))
        return FALSE;
      if (!found || wanted == hidden)
        return TRUE;
      table = table->object->owning->reference[0] == '*'
                  ? NULL
                  : sat_replica_table (
                        replica,
                        sat_catalogue_find (replica->catalogue, table->object->owning->reference));
    }
  return TRUE;
}
