/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/apply/sat-rederive.h"

#include <string.h>

#include "core/apply/sat-absorb.h"
#include "core/apply/sat-engine.h"
#include "core/apply/sat-reshape.h"
#include "core/apply/sat-visibility.h"
#include "core/store/sat-absorbed.h"
#include "core/store/sat-history-log.h"
#include "core/store/sat-names.h"
#include "core/store/sat-search.h"

static GArray *
all_rows (SatReplica *replica, const SatTable *table, GError **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *sql = g_strdup_printf ("SELECT row FROM %s ORDER BY row", table->table);
  SatStmt *stmt = sat_db_prepare (replica->db, sql, error);
  GError *problem = NULL;

  if (stmt == NULL)
    return NULL;
  while (sat_stmt_step (stmt, &problem))
    {
      gint64 row = sat_stmt_int (stmt, 0);
      g_array_append_val (rows, row);
    }
  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return NULL;
    }
  return g_steal_pointer (&rows);
}

typedef struct
{
  SatReplica *replica;
  const SatTable *table;
  char *sql;
} Adopted;

static gboolean
adopt_entry (gint64 number, SatHistoryEntry *entry, gpointer data)
{
  const Adopted *adopted = data;
  SatStmt *stmt;
  gboolean found;

  (void) number;
  if (entry->object != adopted->table->name)
    return FALSE;
  stmt = sat_db_prepare (adopted->replica->db, adopted->sql, NULL);
  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_int (stmt, 1, entry->row);
  found = sat_stmt_step (stmt, NULL);
  if (found)
    entry->row = sat_stmt_int (stmt, 0);
  sat_stmt_reset (stmt);
  return found;
}

static gboolean
adopt_history (SatReplica *replica, const SatTable *table, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT t.row FROM %s t JOIN o__unknown u ON u.uuid ="
                                          " t.uuid AND u.book = t.book WHERE u.object = %u AND"
                                          " u.row = ?1",
                                          table->table, table->name);
  Adopted adopted = { replica, table, sql };

  return sat_log_edit_history (replica, adopt_entry, &adopted, error);
}

/* Records of objects that the catalogue has learned of move into their own tables. */
static gboolean
adopt_unknown (SatReplica *replica, const SatTable *table, GError **error)
{
  g_autofree char *insert = g_strdup_printf ("INSERT OR IGNORE INTO %s (uuid, book, dead, hidden, "
                                             "stamps) SELECT uuid, book, dead, hidden, stamps"
                                             " FROM o__unknown WHERE object = %u",
                                             table->table, table->name);
  /* History, conflicts and open lists name the old rows. */
  static const char *const lists[] = { "unseen", "conflict", "open_record", "open_extra" };
  /* What is to be told to other books is listed anew when the rows are derived. */
  g_autofree char *remove = g_strdup_printf (
      "DELETE FROM o__unknown WHERE object = %u; DELETE FROM forward WHERE object = %u",
      table->name, table->name);
  gint64 n;
  g_autofree char *count = g_strdup_printf ("SELECT count(*) FROM o__unknown WHERE object = %u",
                                            table->name);

  if (!sat_db_get_int (replica->db, count, 0, &n, error))
    return FALSE;
  if (n == 0)
    return TRUE;
  if (!sat_db_exec (replica->db, insert, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autofree char *sql = g_strdup_printf (
          "UPDATE %s SET row = (SELECT t.row FROM %s t JOIN o__unknown u ON u.uuid = t.uuid AND "
          "u.book ="
          " t.book WHERE u.object = %u AND u.row = %s.row) WHERE object = %u",
          lists[i], table->table, table->name, lists[i], table->name);
      if (!sat_db_exec (replica->db, sql, error))
        return FALSE;
    }
  return adopt_history (replica, table, error) && sat_db_exec (replica->db, remove, error);
}

/* The fields with listed siblings; and those whose column says something that nothing stands
 * behind: without a base stamp, or elements, there is nothing that is not listed. */
static void
touch_fields (SatEngine *engine, const SatTable *table)
{
  const SatState *state = sat_engine_state (engine);

  for (guint i = 0; i < table->object->n_fields; i++)
    {
      const SatField *field = table->object->fields[i];
      gboolean all_listed = field->policy == SAT_POLICY_UNION || !state->base.present ||
                            state->listed;

      if (sat_state_has_field (state, table->fields[i]) || field == table->object->title ||
          (all_listed && !sat_row_is_null (sat_engine_row (engine), field)))
        sat_engine_touch (engine, table->fields[i]);
    }
}

/* What reached past the place where the dots are renamed from ends there, and goes on under the new
 * name. */
void
sat_rederive_context (GArray *context, SatDotMap map, gpointer data)
{
  g_autoptr (GArray) old = g_array_copy (context);

  g_array_set_size (context, 0);
  for (guint i = 0; i < old->len; i++)
    {
      SatDot dot = g_array_index (old, SatDot, i);
      SatDot mapped = dot;

      map (&mapped, data);
      sat_context_raise (context, &mapped);
      if (sat_dot_equal (&dot, &mapped))
        continue;
      dot.number -= mapped.number;
      sat_context_raise (context, &dot);
    }
}

static void
map_dots (SatState *state, SatDotMap map, gpointer data)
{
  if (state->base.present)
    map (&state->base.dot, data);
  for (guint i = 0; i < state->siblings->len; i++)
    map (&sat_state_at (state, i)->dot, data);
  sat_rederive_context (state->context, map, data);
}

/* Opening a record, touching its fields and closing it derives everything again. A field that is
 * not listed has one sibling, which is the column. */
gboolean
sat_rederive_record (SatReplica *replica,
                     SatTable *table,
                     gint64 number,
                     SatDotMap map,
                     gpointer data,
                     GError **error)
{
  g_autoptr (SatEngine) engine = NULL;
  SatVector nothing;
  SatOrigin origin = { .saw = &nothing };
  gboolean found, ok;
  SatRow row;

  if (!sat_row_load_number (replica, table, number, replica->scratch, &row, &found, error))
    return FALSE;
  sat_row_done (&row);
  if (!found)
    return TRUE;
  sat_vector_init (&nothing);
  origin.dot.book = replica->scratch->book;
  engine = sat_engine_new (replica, &origin, FALSE);
  ok = sat_engine_open (engine, table->name, &replica->scratch->id, error);
  if (ok)
    {
      if (map != NULL)
        map_dots (sat_engine_state (engine), map, data);
      touch_fields (engine, table);
      ok = sat_engine_close (engine, error);
    }
  sat_vector_clear (&nothing);
  return ok;
}

static gboolean
rederive_row (SatReplica *replica, SatTable *table, gint64 number, GError **error)
{
  return sat_rederive_record (replica, table, number, NULL, NULL, error);
}

static gboolean
refresh_row (SatReplica *replica, SatTable *table, gint64 number, GError **error)
{
  gboolean found;
  SatRow row;
  SatId id;
  guint32 book;

  if (!sat_row_load_number (replica, table, number, replica->scratch, &row, &found, error))
    return FALSE;
  sat_row_done (&row);
  if (!found || replica->scratch->presence == SAT_PRESENT)
    return TRUE;
  id = replica->scratch->id;
  book = replica->scratch->book;
  return sat_visibility_refresh (replica, table, &id, book, error);
}

typedef gboolean (*RowFunc) (SatReplica *, SatTable *, gint64, GError **);

static gboolean
each_row_of (SatReplica *replica, SatTable *table, RowFunc func, GError **error)
{
  g_autoptr (GArray) rows = all_rows (replica, table, error);

  if (rows == NULL)
    return FALSE;
  for (guint k = 0; k < rows->len; k++)
    if (!func (replica, table, g_array_index (rows, gint64, k), error))
      return FALSE;
  return TRUE;
}

static gboolean
each_row (SatReplica *replica, RowFunc func, GError **error)
{
  for (guint i = 0; i + 1 < replica->tables->len; i++)
    if (!each_row_of (replica, g_ptr_array_index (replica->tables, i), func, error))
      return FALSE;
  return TRUE;
}

/* Parents are shown again while a shown child names them. */
static gboolean
refresh_parents (SatReplica *replica, const SatObject *object, GError **error)
{
  const SatObject *parent = object->owning
                                ? sat_catalogue_find (object->catalogue, object->owning->reference)
                                : NULL;

  return parent == NULL ||
         each_row_of (replica, sat_replica_table (replica, parent), refresh_row, error);
}

gboolean
sat_rederive_object (SatReplica *replica, SatTable *table, GError **error)
{
  g_autofree char *forget = g_strdup_printf ("DELETE FROM conflict WHERE object = %u", table->name);

  return adopt_unknown (replica, table, error) && sat_db_exec (replica->db, forget, error) &&
         each_row_of (replica, table, rederive_row, error) &&
         each_row_of (replica, table, refresh_row, error) &&
         refresh_parents (replica, table->object, error);
}

static gboolean
rederive (SatReplica *replica, GError **error)
{
  for (guint i = 0; i + 1 < replica->tables->len; i++)
    if (!adopt_unknown (replica, g_ptr_array_index (replica->tables, i), error))
      return FALSE;
  return sat_db_exec (replica->db, "DELETE FROM conflict", error) &&
         sat_absorbed_clear (replica, error) && each_row (replica, rederive_row, error) &&
         each_row (replica, refresh_row, error) && sat_search_index_restart (replica, error) &&
         sat_replica_set_rederived (replica, error) && sat_reshape (replica, error);
}

gboolean
sat_rederive_all (SatReplica *replica, GError **error)
{
  gboolean more = TRUE;

  if (!sat_replica_begin (replica, error))
    return FALSE;
  if (!rederive (replica, error))
    {
      sat_replica_rollback (replica);
      return FALSE;
    }
  if (!sat_replica_commit (replica, error))
    return FALSE;
  while (more)
    {
      if (!sat_replica_begin (replica, error))
        return FALSE;
      if (!sat_search_index_dirty (replica, 5000, &more, error))
        {
          sat_replica_rollback (replica);
          return FALSE;
        }
      if (!sat_replica_commit (replica, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- looking only -------------------------------------------------------------------------------
 */

/* Is FIELD's column (VALUE) what its registers show? STATE is united. */
static gboolean
column_is_right (
    SatReplica *replica, SatTable *table, const SatState *state, guint index, const char *value)
{
  g_autofree char *shown = sat_absorb_column (replica, table, state, index);

  return g_strcmp0 (value, shown) == 0;
}

/* Is the record in the list of those that were absorbed as its register says? */
static gboolean
into_is_right (SatReplica *replica, SatTable *table, const SatState *state)
{
  const SatSibling *into = sat_shown_sibling (replica, table, state, SAT_FIELD_INTO);
  SatId listed, target;
  gboolean is_listed = sat_absorbed_target (replica, state->object, state->book, &state->id,
                                            &listed);

  if (into == NULL || into->value == NULL || !sat_id_parse (into->value, &target))
    return !is_listed;
  return is_listed && sat_id_equal (&listed, &target);
}

static gboolean
is_listed_conflict (SatReplica *replica, const SatState *state, guint32 field, GError **error)
{
  SatStmt *stmt = sat_db_prepare (
      replica->db, "SELECT 1 FROM conflict WHERE object = ?1 AND row = ?2 AND field = ?3", error);
  gboolean there;

  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_int (stmt, 1, state->object);
  sat_stmt_bind_int (stmt, 2, state->row);
  sat_stmt_bind_int (stmt, 3, field);
  there = sat_stmt_step (stmt, error);
  sat_stmt_reset (stmt);
  return there;
}

/* Are all conflicts of the record listed? Counts them. The fields must have been touched. */
static gboolean
conflicts_are_listed (
    SatReplica *replica, const SatTable *table, const SatState *state, guint64 *n, GError **error)
{
  for (guint i = 0; i < table->object->n_fields; i++)
    {
      guint count;
      guint at = sat_state_find (state, table->fields[i], NULL, &count);

      if (count < 2 || !sat_is_conflict (table->object->fields[i], sat_state_at (state, at), count))
        continue;
      (*n)++;
      if (!is_listed_conflict (replica, state, table->fields[i], error))
        return FALSE;
    }
  return TRUE;
}

/* Was it absorbed into another record, wherever that is at home? Then that one is asked. */
static gboolean
is_member (SatReplica *replica, const SatTable *table, const SatState *state)
{
  SatId root;

  sat_absorbed_root (replica, table->name, state->book, &state->id, &root);
  return !sat_id_equal (&root, &state->id);
}

/* One record against its registers; *RIGHT FALSE when it cannot even be read. */
static gboolean
check_row (SatReplica *replica,
           SatTable *table,
           gint64 number,
           SatState *state,
           guint64 *n_conflicts,
           gboolean *right,
           GError **error)
{
  g_autoptr (GPtrArray) columns = NULL;
  GError *problem = NULL;
  SatPresence presence;
  gboolean hidden = FALSE;
  gboolean found;
  SatRow row;

  *right = FALSE;
  if (!sat_row_load_number (replica, table, number, state, &row, &found, &problem))
    {
      g_clear_error (&problem);
      return TRUE;
    }
  if (!found)
    return TRUE;
  columns = g_ptr_array_new_with_free_func (g_free);
  sat_row_touch_all (&row);
  for (guint i = 0; i < table->object->n_fields; i++)
    g_ptr_array_add (columns, sat_row_value (&row, table->object->fields[i]));
  sat_row_done (&row);
  if (!sat_absorb_unite (replica, table, state, error) ||
      !sat_absorb_presence (replica, table, state, &presence, error))
    return FALSE;
  *right = state->presence == presence && into_is_right (replica, table, state);
  for (guint i = 0; *right && i < table->object->n_fields; i++)
    *right = column_is_right (replica, table, state, i, g_ptr_array_index (columns, i));
  if (state->presence == SAT_ABSORBED) /* its root is asked */
    return TRUE;
  *right = *right && (is_member (replica, table, state) ||
                      conflicts_are_listed (replica, table, state, n_conflicts, &problem));
  if (problem == NULL && *right)
    {
      sat_visibility_hides (replica, table, &state->id, state->book, state->presence, &hidden,
                            &problem);
      *right = hidden == state->hidden;
    }
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, problem);
  return FALSE;
}

gboolean
sat_rederive_check (SatReplica *replica, guint64 *records, guint64 *wrong, GError **error)
{
  g_autoptr (SatState) state = sat_state_new ();
  guint64 conflicts = 0;
  gint64 listed;

  *records = *wrong = 0;
  for (guint i = 0; i + 1 < replica->tables->len; i++)
    {
      SatTable *table = g_ptr_array_index (replica->tables, i);
      g_autoptr (GArray) rows = all_rows (replica, table, error);

      if (rows == NULL)
        return FALSE;
      for (guint k = 0; k < rows->len; k++)
        {
          gboolean right;

          if (!check_row (replica, table, g_array_index (rows, gint64, k), state, &conflicts,
                          &right, error))
            return FALSE;
          (*records)++;
          *wrong += !right;
        }
    }
  if (!sat_db_get_int (replica->db, "SELECT count(*) FROM conflict", 0, &listed, error))
    return FALSE;
  if (*wrong == 0 && (guint64) listed > conflicts) /* some are listed that are none */
    *wrong = (guint64) listed - conflicts;
  return TRUE;
}
