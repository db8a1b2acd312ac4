/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/store/sat-state-store.h"

#include <string.h>

#include "core/base/sat-text.h"
#include "core/store/sat-names.h"
#include "core/store/sat-schema.h"

static gboolean
damaged (const SatState *state, GError **error)
{
  char text[SAT_ID_TEXT_SIZE];

  return sat_fail (error, SAT_ERROR_FAILED,
                   N_ ("record %s is damaged in the replica's database; run “satchel doctor”"),
                   sat_id_format (&state->id, text), NULL);
}

gboolean
sat_row_read (SatReplica *replica,
              SatTable *table,
              SatStmt *stmt,
              SatState *state,
              SatRow *row,
              GError **error)
{
  gsize size;
  const void *stamps;

  sat_state_reset (state);
  state->row = sat_stmt_int (stmt, SAT_COLUMN_ROW);
  if (!sat_stmt_id (stmt, SAT_COLUMN_UUID, &state->id))
    return damaged (state, error);
  state->object = table->object ? table->name : (guint32) sat_stmt_int (stmt, SAT_COLUMN_OBJECT);
  state->book = (guint32) sat_stmt_int (stmt, SAT_COLUMN_BOOK);
  state->presence = (SatPresence) sat_stmt_int (stmt, SAT_COLUMN_DEAD);
  state->hidden = sat_stmt_int (stmt, SAT_COLUMN_HIDDEN) != 0;
  state->row_presence = state->presence;
  state->row_hidden = state->hidden;
  stamps = sat_stmt_blob (stmt, SAT_COLUMN_STAMPS, &size);
  if (!sat_state_unpack (state, stamps, size, sat_names_book (replica->names, state->book)))
    return damaged (state, error);
  *row = (SatRow){ .table = table, .state = state, .stmt = stmt };
  return TRUE;
}

static gboolean
step_one (SatStmt *stmt, gboolean *found, GError **error)
{
  GError *problem = NULL;

  *found = sat_stmt_step (stmt, &problem);
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, problem);
  return FALSE;
}

#define FIRST_OF_FIELD 4 /* in table->select_with */

gboolean
sat_row_load (SatReplica *replica,
              SatTable *table,
              guint32 object_name,
              const SatId *id,
              guint32 book,
              const SatField *field,
              SatState *state,
              SatRow *row,
              gboolean *found,
              GError **error)
{
  SatStmt *stmt = sat_db_prepare (replica->db,
                                  field ? table->select_with[field->index] : table->select, error);
  const void *stamps;
  gsize size;

  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_id (stmt, 1, id);
  sat_stmt_bind_int (stmt, 2, book);
  if (table->object == NULL)
    sat_stmt_bind_int (stmt, 3, object_name);
  sat_state_reset (state);
  state->object = object_name;
  state->id = *id;
  state->book = book;
  *row = (SatRow){ .table = table, .state = state };
  if (!step_one (stmt, found, error))
    return FALSE;
  if (!*found)
    return TRUE;
  state->row = sat_stmt_int (stmt, 0);
  state->presence = state->row_presence = (SatPresence) sat_stmt_int (stmt, 1);
  state->hidden = state->row_hidden = sat_stmt_int (stmt, 2) != 0;
  stamps = sat_stmt_blob (stmt, 3, &size);
  if (!sat_state_unpack (state, stamps, size, sat_names_book (replica->names, book)))
    return damaged (state, error);
  row->db = replica->db;
  row->at = field;
  row->field_stmt = field ? stmt : NULL;
  row->field_column = FIRST_OF_FIELD;
  if (field == NULL)
    sat_stmt_reset (stmt);
  return TRUE;
}

static gboolean
load_number (SatReplica *replica,
             SatTable *table,
             const char *sql,
             gint64 number,
             SatState *state,
             SatRow *row,
             gboolean *found,
             GError **error)
{
  SatStmt *stmt = sat_db_prepare (replica->db, sql, error);

  if (stmt == NULL)
    return FALSE;
  *row = (SatRow){ .table = table, .state = state };
  sat_stmt_bind_int (stmt, 1, number);
  return step_one (stmt, found, error) &&
         (!*found || sat_row_read (replica, table, stmt, state, row, error));
}

gboolean
sat_row_load_number (SatReplica *replica,
                     SatTable *table,
                     gint64 number,
                     SatState *state,
                     SatRow *row,
                     gboolean *found,
                     GError **error)
{
  return load_number (replica, table, table->select_row, number, state, row, found, error);
}

gboolean
sat_row_load_listed (SatReplica *replica,
                     SatTable *table,
                     gint64 number,
                     SatState *state,
                     SatRow *row,
                     gboolean *found,
                     GError **error)
{
  gboolean ok = load_number (replica, table, table->select_listed, number, state, row, found,
                             error);

  row->listed = TRUE;
  return ok;
}

void
sat_row_done (SatRow *row)
{
  if (row->stmt != NULL)
    sat_stmt_reset (row->stmt);
  if (row->field_stmt != NULL)
    sat_stmt_reset (row->field_stmt);
  row->stmt = row->field_stmt = NULL;
  row->db = NULL;
}

/* The statement that has FIELD, its first cell in *COLUMN; NULL: there is no row, or it cannot be
 * read (which the next write says). */
static SatStmt *
stmt_of (SatRow *row, const SatField *field, int *column)
{
  *column = row->table->columns[field->index];
  if (row->stmt != NULL || row->db == NULL)
    return row->stmt;
  *column = row->field_column;
  if (row->field_stmt != NULL && row->at == field)
    return row->field_stmt;
  if (row->field_stmt != NULL)
    sat_stmt_reset (row->field_stmt);
  *column = row->field_column = 0;
  row->at = field;
  row->field_stmt = sat_db_prepare (row->db, row->table->select_field[field->index], NULL);
  if (row->field_stmt == NULL)
    return NULL;
  sat_stmt_bind_int (row->field_stmt, 1, row->state->row);
  if (!sat_stmt_step (row->field_stmt, NULL))
    row->field_stmt = NULL;
  return row->field_stmt;
}

gboolean
sat_row_is_null (SatRow *row, const SatField *field)
{
  int column;
  SatStmt *stmt = stmt_of (row, field, &column);

  return stmt == NULL || sat_stmt_is_null (stmt, column);
}

char *
sat_column_value (SatStmt *stmt, int column, const SatField *field)
{
  SatCell cells[SAT_TYPE_MAX_CELLS] = { { .kind = SAT_CELL_NULL }, { .kind = SAT_CELL_NULL } };

  for (guint cell = 0; cell < SAT_TYPE_MAX_CELLS && field->type->sql[cell] != NULL; cell++)
    sat_stmt_cell (stmt, column + (int) cell, &cells[cell]);
  return cells[0].kind == SAT_CELL_NULL ? NULL : field->type->from_cells (cells);
}

char *
sat_row_value (SatRow *row, const SatField *field)
{
  int column;
  SatStmt *stmt = stmt_of (row, field, &column);

  return stmt ? sat_column_value (stmt, column, field) : NULL;
}

/* As sat_row_value, but of the state's strings. */
static const char *
value_in_state (SatRow *row, const SatField *field)
{
  SatCell cell = { .kind = SAT_CELL_NULL };
  int column;
  SatStmt *stmt = stmt_of (row, field, &column);

  if (stmt == NULL)
    return NULL;
  if (!sat_type_is_text (field->type))
    {
      g_autofree char *value = sat_column_value (stmt, column, field);
      return value ? g_string_chunk_insert (row->state->strings, value) : NULL;
    }
  sat_stmt_cell (stmt, column, &cell);
  return cell.kind == SAT_CELL_TEXT
             ? g_string_chunk_insert_len (row->state->strings, cell.text, (gssize) cell.size)
             : NULL;
}

void
sat_row_touch (SatRow *row, guint32 name)
{
  SatState *state = row->state;
  const SatField *field = sat_table_field (row->table, name);
  guint count;
  guint at;

  if (field == NULL || field->policy == SAT_POLICY_UNION)
    return;
  at = sat_state_find (state, name, NULL, &count);
  if (count == 0)
    {
      /* A column is not implied when only elements of the same name are listed. */
      gboolean implied = state->base.present && !state->listed;
      const char *value = implied ? value_in_state (row, field) : NULL;
      if (value != NULL)
        sat_state_make_explicit (state, name, value);
      return;
    }
  for (guint i = at; i < at + count; i++)
    {
      SatSibling *sibling = sat_state_at (state, i);

      if (sibling->in_column && sibling->value == NULL)
        {
          const char *value = value_in_state (row, field);
          sibling->value = value ? value : "";
        }
    }
}

void
sat_row_touch_all (SatRow *row)
{
  if (row->table->object == NULL)
    return;
  for (guint i = 0; i < row->table->object->n_fields; i++)
    sat_row_touch (row, row->table->fields[i]);
}

/* ---- saving -------------------------------------------------------------------------------------
 */

/* There are as many updates as sets of fields that were ever changed together. */
#define UPDATES_KEPT 200

static void
forget_updates (SatDb *db, SatTable *table)
{
  GHashTableIter iter;
  gpointer text;

  g_hash_table_iter_init (&iter, table->updates);
  while (g_hash_table_iter_next (&iter, NULL, &text))
    sat_db_forget_statement (db, text);
  g_hash_table_remove_all (table->updates);
  memset (table->update_one, 0, table->object->n_fields * sizeof *table->update_one);
}

/* Parameters: 1 row, 2 dead, 3 hidden, 4 stamps, then for each change its cells, then, if the title
 * is among them, its sort key. Dead and hidden are written only when they SHOW otherwise than
 * before: indexes begin with them, and SQLite moves an index entry whenever its column is written.
 */
static const char *
update_sql (
    SatDb *db, SatTable *table, gboolean show, const SatColumnChange *changes, guint n_changes)
{
  const char **one = n_changes == 1 && !show ? &table->update_one[changes[0].field->index] : NULL;
  g_autofree guint16 *key = NULL;
  g_autoptr (GBytes) bytes = NULL;
  GString *sql;
  char *text;
  int parameter = 5;
  gboolean title = FALSE;

  if (one != NULL && *one != NULL)
    return *one;
  key = g_new (guint16, n_changes + 1);
  for (guint i = 0; i < n_changes; i++)
    key[i] = (guint16) changes[i].field->index;
  key[n_changes] = show;
  bytes = g_bytes_new (key, (n_changes + 1) * sizeof *key);
  text = g_hash_table_lookup (table->updates, bytes);
  if (text != NULL)
    return text;
  if (g_hash_table_size (table->updates) >= UPDATES_KEPT)
    forget_updates (db, table);
  sql = g_string_new (NULL);
  g_string_append_printf (sql, "UPDATE %s SET %sstamps = ?4", table->table,
                          show ? "dead = ?2, hidden = ?3, " : "");
  for (guint i = 0; i < n_changes; i++)
    {
      const SatField *field = changes[i].field;

      title |= field->index == table->object->title->index;
      for (guint cell = 0; cell < SAT_TYPE_MAX_CELLS && field->type->sql[cell] != NULL; cell++)
        {
          g_autofree char *column = sat_schema_column (field, cell);
          g_string_append_printf (sql, ", %s = ?%d", column, parameter++);
        }
    }
  if (title)
    g_string_append_printf (sql, ", sort = ?%d", parameter);
  g_string_append (sql, " WHERE row = ?1");
  text = g_string_free (sql, FALSE);
  g_hash_table_insert (table->updates, g_steal_pointer (&bytes), text);
  if (one != NULL)
    *one = text;
  return text;
}

/* Binds the cells of a change from PARAMETER on; returns the next free one. CELLS must live until
 * the statement has run. */
static int
bind_change (SatStmt *stmt, int parameter, const SatColumnChange *change, SatCell *cells)
{
  cells[0].kind = cells[1].kind = SAT_CELL_NULL;
  if (change->value != NULL)
    change->field->type->to_cells (change->value, cells);
  for (guint cell = 0; cell < SAT_TYPE_MAX_CELLS && change->field->type->sql[cell] != NULL; cell++)
    sat_stmt_bind_cell (stmt, parameter++, &cells[cell]);
  return parameter;
}

static GBytes *
sort_key (const char *title)
{
  return title ? sat_text_sort_key (title) : NULL;
}

static void
bind_sort (SatStmt *stmt, int parameter, GBytes *key)
{
  gsize size;
  const void *data;

  if (key == NULL)
    {
      sat_stmt_bind_null (stmt, parameter);
      return;
    }
  data = g_bytes_get_data (key, &size);
  sat_stmt_bind_blob (stmt, parameter, data, size);
}

static gboolean
insert_row (SatReplica *replica,
            SatTable *table,
            SatState *state,
            const SatColumnChange *changes,
            guint n_changes,
            GError **error)
{
  g_autofree SatCell *cells = g_new (SatCell, 2 * (n_changes + 1));
  g_autoptr (GBytes) key = NULL;
  SatStmt *stmt = sat_db_prepare (replica->db, table->insert, error);
  int offset = 7 - SAT_COLUMN_FIRST_FIELD; /* parameter of a column in the SELECT */

  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_id (stmt, 1, &state->id);
  sat_stmt_bind_int (stmt, 2, state->book);
  sat_stmt_bind_int (stmt, 3, (gint64) state->presence);
  sat_stmt_bind_int (stmt, 4, state->hidden);
  sat_stmt_bind_blob (stmt, 5, replica->packed->data, replica->packed->len);
  if (table->object == NULL)
    sat_stmt_bind_int (stmt, 6, state->object);
  for (guint i = 0; i < n_changes; i++)
    {
      bind_change (stmt, table->columns[changes[i].field->index] + offset, &changes[i],
                   cells + 2 * i);
      if (table->object != NULL && changes[i].field->index == table->object->title->index)
        key = sort_key (changes[i].value);
    }
  if (table->object != NULL)
    bind_sort (stmt, 6, key);
  if (!sat_stmt_run (stmt, error))
    return FALSE;
  state->row = sat_db_last_row (replica->db);
  state->row_presence = state->presence;
  state->row_hidden = state->hidden;
  return TRUE;
}

gboolean
sat_row_save (SatReplica *replica,
              SatTable *table,
              SatState *state,
              const SatColumnChange *changes,
              guint n_changes,
              GError **error)
{
  g_autofree SatCell *cells = g_new (SatCell, 2 * (n_changes + 1));
  g_autoptr (GBytes) key = NULL;
  SatStmt *stmt;
  int parameter = 5;
  gboolean title = FALSE;
  gboolean show = state->presence != state->row_presence || state->hidden != state->row_hidden;

  replica->shape_moved |= table->defines;
  sat_state_pack (state, sat_names_book (replica->names, state->book), replica->packed);
  if (state->row == 0)
    return insert_row (replica, table, state, changes, n_changes, error);
  stmt = sat_db_prepare (replica->db, update_sql (replica->db, table, show, changes, n_changes),
                         error);
  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_int (stmt, 1, state->row);
  if (show)
    {
      sat_stmt_bind_int (stmt, 2, (gint64) state->presence);
      sat_stmt_bind_int (stmt, 3, state->hidden);
      state->row_presence = state->presence;
      state->row_hidden = state->hidden;
    }
  sat_stmt_bind_blob (stmt, 4, replica->packed->data, replica->packed->len);
  for (guint i = 0; i < n_changes; i++)
    {
      parameter = bind_change (stmt, parameter, &changes[i], cells + 2 * i);
      if (changes[i].field->index == table->object->title->index)
        {
          title = TRUE;
          key = sort_key (changes[i].value);
        }
    }
  if (title)
    bind_sort (stmt, parameter, key);
  return sat_stmt_run (stmt, error);
}

gboolean
sat_row_set_visibility (SatReplica *replica,
                        SatTable *table,
                        gint64 row,
                        SatPresence presence,
                        gboolean hidden,
                        GError **error)
{
  g_autofree char *sql = g_strdup_printf ("UPDATE %s SET dead = ?2, hidden = ?3 WHERE row = ?1",
                                          table->table);
  SatStmt *stmt = sat_db_prepare (replica->db, sql, error);

  if (stmt == NULL)
    return FALSE;
  replica->shape_moved |= table->defines;
  sat_stmt_bind_int (stmt, 1, row);
  sat_stmt_bind_int (stmt, 2, (gint64) presence);
  sat_stmt_bind_int (stmt, 3, hidden);
  return sat_stmt_run (stmt, error);
}

gboolean
sat_row_find (SatReplica *replica,
              SatTable *table,
              const SatId *id,
              guint32 book,
              gint64 *row,
              SatPresence *presence,
              gboolean *hidden,
              GError **error)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT row, dead, hidden FROM %s WHERE uuid = ?1 AND book = ?2", table->table);
  SatStmt *stmt = sat_db_prepare (replica->db, sql, error);
  GError *problem = NULL;

  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_id (stmt, 1, id);
  sat_stmt_bind_int (stmt, 2, book);
  *row = 0;
  if (sat_stmt_step (stmt, &problem))
    {
      *row = sat_stmt_int (stmt, 0);
      *presence = (SatPresence) sat_stmt_int (stmt, 1);
      *hidden = sat_stmt_int (stmt, 2) != 0;
    }
  sat_stmt_reset (stmt);
  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  return TRUE;
}

gboolean
sat_row_book (SatReplica *replica, const SatTable *table, gint64 row, guint32 *book)
{
  g_autofree char *sql = g_strdup_printf ("SELECT book FROM %s WHERE row = ?1", table->table);
  SatStmt *stmt = sat_db_prepare (replica->db, sql, NULL);
  gboolean found;

  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_int (stmt, 1, row);
  found = sat_stmt_step (stmt, NULL);
  *book = found ? (guint32) sat_stmt_int (stmt, 0) : 0;
  sat_stmt_reset (stmt);
  return found;
}
