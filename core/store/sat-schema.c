/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of objects and fields match [a-z][a-z0-9_]*, so quoting them needs no escaping. */
#include "core/store/sat-schema.h"

#include <string.h>

#include "core/catalogue/sat-definition.h"
#include "core/catalogue/sat-derived.h"

static const char fixed_tables[] =
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;"
    "CREATE TABLE device (number INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE);"
    "CREATE TABLE book (number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE,"
    " held INTEGER NOT NULL DEFAULT 0, open_bytes INTEGER NOT NULL DEFAULT 0);"
    "CREATE TABLE name (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);"
    "INSERT INTO name VALUES (1, ':life'), (2, ':home'), (3, ':into'), (4, ':erased');"
    /* How far each device's change-sets are applied; saw: the vector its last one had seen. */
    "CREATE TABLE vector (book INTEGER, device INTEGER, number INTEGER NOT NULL, saw BLOB,"
    " hlc INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (book, device)) WITHOUT ROWID;"
    /* What each change-set had seen more than its device's previous one. seen_device 0: see
     * store/sat-join-log.h. */
    "CREATE TABLE saw (book INTEGER, device INTEGER, number INTEGER, seen_device INTEGER,"
    " seen_number INTEGER, PRIMARY KEY (book, device, number, seen_device)) WITHOUT ROWID;"
    /* A change-set whose first slices are applied. */
    "CREATE TABLE partial (book INTEGER, device INTEGER, number INTEGER, groups_done INTEGER);"
    /* What this device sealed, and what the devices did that this replica was before (former). */
    "CREATE TABLE sealed (book INTEGER, device INTEGER, number INTEGER, time_ms INTEGER,"
    " records INTEGER, text BLOB, commit_id TEXT, pushed INTEGER NOT NULL DEFAULT 0,"
    " PRIMARY KEY (book, device, number));"
    /* For undo: what a person did in one transaction, and what was there before. */
    "CREATE TABLE step (id INTEGER PRIMARY KEY, hlc INTEGER NOT NULL, undoes INTEGER NOT NULL"
    " DEFAULT 0, undone INTEGER NOT NULL DEFAULT 0);"
    "CREATE TABLE step_write (number INTEGER PRIMARY KEY, step INTEGER NOT NULL, book INTEGER,"
    " object INTEGER, row INTEGER, kind INTEGER NOT NULL, before BLOB);"
    "CREATE INDEX step_write_step ON step_write (step);"
    "CREATE TABLE former (device INTEGER PRIMARY KEY, time_ms INTEGER NOT NULL);"
    "CREATE INDEX sealed_waiting ON sealed (pushed) WHERE pushed = 0;"
    /* The open change-sets: which records they touch; what of them the registers do not say. */
    "CREATE TABLE open_record (book INTEGER, object INTEGER, row INTEGER,"
    " PRIMARY KEY (book, object, row)) WITHOUT ROWID;"
    "CREATE TABLE open_extra (book INTEGER, object INTEGER, row INTEGER, field INTEGER, element "
    "TEXT,"
    " dropped INTEGER, keep BLOB, over BLOB);"
    "CREATE INDEX open_extra_record ON open_extra (book, object, row);"
    "CREATE TABLE cut (book INTEGER, device INTEGER, number INTEGER, PRIMARY KEY (book, device))"
    " WITHOUT ROWID;"
    /* Chains: the record's stamps name its last entry, each the one before it. Those that were not
     * shown when they were replaced are listed, for checkpoints. store/sat-history-log.h */
    "CREATE TABLE history (page INTEGER PRIMARY KEY, entries BLOB NOT NULL);"
    "CREATE TABLE unseen (object INTEGER, row INTEGER, entry INTEGER,"
    " PRIMARY KEY (object, row, entry)) WITHOUT ROWID;"
    "CREATE TABLE conflict (object INTEGER, row INTEGER, field INTEGER,"
    " PRIMARY KEY (object, row, field)) WITHOUT ROWID;"
    /* What the search index does not know yet: bundles of notes, store/sat-search-notes.h. */
    "CREATE TABLE dirty (number INTEGER PRIMARY KEY, records INTEGER NOT NULL, notes BLOB NOT "
    "NULL);"
    /* Records that have changed and are or were in several books: what other books have to be told.
     */
    "CREATE TABLE forward (object INTEGER, row INTEGER, PRIMARY KEY (object, row)) WITHOUT ROWID;"
    /* Records that were absorbed: store/sat-absorbed.h. */
    "CREATE TABLE absorbed (uuid BLOB, object INTEGER, book INTEGER, target BLOB NOT NULL,"
    " PRIMARY KEY (uuid, object, book)) WITHOUT ROWID;"
    "CREATE INDEX absorbed_target ON absorbed (target);"
    /* store/sat-own-epoch.h */
    "CREATE TABLE own_epoch (book INTEGER, device INTEGER, epoch INTEGER, first INTEGER NOT NULL,"
    " PRIMARY KEY (book, device, epoch)) WITHOUT ROWID;"
    /* Who is let into a closed workspace: store/sat-enrolment-log.h. */
    "CREATE TABLE invitation (id BLOB, expires_ms INTEGER, role TEXT, books TEXT,"
    " login TEXT, key BLOB NOT NULL, PRIMARY KEY (id, expires_ms, role, books, login))"
    " WITHOUT ROWID;"
    "CREATE TABLE claim (invitation BLOB, device INTEGER, PRIMARY KEY (invitation, device))"
    " WITHOUT ROWID;"
    "CREATE TABLE admission (device INTEGER, by_device INTEGER, role TEXT,"
    " PRIMARY KEY (device, by_device, role)) WITHOUT ROWID;"
    "CREATE TABLE withdrawal (invitation BLOB, by_device INTEGER,"
    " PRIMARY KEY (invitation, by_device)) WITHOUT ROWID;"
    /* store/sat-files.h */
    "CREATE TABLE file (hash BLOB PRIMARY KEY, size INTEGER NOT NULL, bytes BLOB NOT NULL);"
    "CREATE TABLE quarantine (book INTEGER, device INTEGER, number INTEGER, newer INTEGER, msgid "
    "TEXT,"
    " args BLOB, PRIMARY KEY (book, device)) WITHOUT ROWID;"
    "CREATE VIRTUAL TABLE search USING fts5 (text, content = '', tokenize = 'satchel',"
    " detail = 'none', columnsize = 0);"
    /* Bytes of terms in memory before a segment is written; of 1, 4, 8 and 16 MiB this is the best
     * when many records are saved at once (an import takes a sixth less time than with 1). */
    "INSERT INTO search (search, rank) VALUES ('hashsize', 4194304);"
    "INSERT INTO search (rowid, text) VALUES (-1, x'0102');" /* see store/sat-search.c */
    "CREATE TABLE o__unknown (row INTEGER PRIMARY KEY, uuid BLOB NOT NULL, book INTEGER NOT NULL,"
    " dead INTEGER NOT NULL, hidden INTEGER NOT NULL, stamps BLOB NOT NULL, object INTEGER NOT "
    "NULL,"
    " UNIQUE (object, uuid, book));";

gboolean
sat_schema_create (SatDb *db, GError **error)
{
  g_autofree char *version = g_strdup_printf ("INSERT INTO meta VALUES ('schema', '%d');",
                                              SAT_SCHEMA_VERSION);

  return sat_db_exec (db, fixed_tables, error) && sat_db_exec (db, version, error);
}

char *
sat_schema_table (const SatObject *object)
{
  return object ? g_strdup_printf ("\"o_%s\"", object->name) : g_strdup ("o__unknown");
}

char *
sat_schema_column (const SatField *field, guint cell)
{
  return g_strdup_printf (cell ? "\"f_%s_cur\"" : "\"f_%s\"", field->name);
}

/* The names of the columns that table has now; empty when there is no such table. */
static GHashTable *
existing_columns (SatDb *db, const SatObject *object, GError **error)
{
  g_autoptr (GHashTable) columns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *table = g_strdup_printf ("o_%s", object->name);
  SatStmt *stmt = sat_db_prepare (db, "SELECT name FROM pragma_table_info(?1)", error);
  GError *problem = NULL;

  if (stmt == NULL)
    return NULL;
  sat_stmt_bind_text (stmt, 1, table);
  while (sat_stmt_step (stmt, &problem))
    g_hash_table_add (columns, g_strdup (sat_stmt_text (stmt, 0)));
  sat_stmt_reset (stmt);
  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return NULL;
    }
  return g_steal_pointer (&columns);
}

/* Records of system objects are few and seldom asked for by what refers to them. */
static gboolean
wants_index (const SatField *field)
{
  if (field->type->id != SAT_TYPE_REFERENCE)
    return FALSE;
  if (field->owning)
    return TRUE;
  const SatObject *target = field->reference
                                ? sat_catalogue_find (field->object->catalogue, field->reference)
                                : NULL;
  return target != NULL && !target->system;
}

/* Of a parent's children it is asked whether one is alive. */
static void
append_index (GString *sql, const SatField *reference)
{
  const char *object = reference->object->name;
  g_autofree char *column = sat_schema_column (reference, 0);

  g_string_append_printf (sql,
                          "CREATE INDEX IF NOT EXISTS \"i_%s_%s\" ON \"o_%s\" (%s%s)"
                          " WHERE %s IS NOT NULL;",
                          object, reference->name, object, column,
                          reference->owning ? ", dead" : "", column);
}

/* With all columns at once: after an ALTER TABLE SQLite reads the whole schema again. */
static gboolean
create_object_table (SatDb *db, const SatObject *object, GError **error)
{
  g_autofree char *table = sat_schema_table (object);
  g_autoptr (GString) sql = g_string_new (NULL);

  g_string_append_printf (sql,
                          "CREATE TABLE %s (row INTEGER PRIMARY KEY, uuid BLOB NOT NULL,"
                          " book INTEGER NOT NULL, dead INTEGER NOT NULL DEFAULT 1,"
                          " hidden INTEGER NOT NULL DEFAULT 1, stamps BLOB NOT NULL, sort BLOB",
                          table);
  for (guint i = 0; i < object->n_fields; i++)
    for (guint cell = 0; cell < SAT_TYPE_MAX_CELLS; cell++)
      if (object->fields[i]->type->sql[cell] == NULL)
        break;
      else
        {
          g_autofree char *column = sat_schema_column (object->fields[i], cell);

          g_string_append_printf (sql, ", %s %s", column, object->fields[i]->type->sql[cell]);
        }
  g_string_append_printf (sql,
                          ");CREATE UNIQUE INDEX \"i_%s_uuid\" ON %s (uuid, book);"
                          "CREATE INDEX \"i_%s_sort\" ON %s (hidden, sort);",
                          object->name, table, object->name, table);
  for (guint i = 0; i < object->n_fields; i++)
    if (wants_index (object->fields[i]))
      append_index (sql, object->fields[i]);
  return sat_db_exec (db, sql->str, error);
}

/* To a table that is there. */
static gboolean
add_field (
    SatDb *db, const SatField *field, GHashTable *existing, gboolean *changed, GError **error)
{
  g_autofree char *table = sat_schema_table (field->object);
  g_autoptr (GString) sql = g_string_new (NULL);

  for (guint cell = 0; cell < SAT_TYPE_MAX_CELLS && field->type->sql[cell] != NULL; cell++)
    {
      g_autofree char *column = sat_schema_column (field, cell);
      g_autofree char *plain = g_strndup (column + 1, strlen (column) - 2);

      if (g_hash_table_contains (existing, plain))
        continue;
      g_string_append_printf (sql, "ALTER TABLE %s ADD COLUMN %s %s;", table, column,
                              field->type->sql[cell]);
      if (cell == 0 && wants_index (field))
        append_index (sql, field);
    }
  *changed = *changed || sql->len > 0;
  return sql->len == 0 || sat_db_exec (db, sql->str, error);
}

/* Those that OBJECT's table lacks; all of them where there is no table. */
static gboolean
add_fields (SatDb *db, const SatObject *object, gboolean *changed, GError **error)
{
  g_autoptr (GHashTable) existing = existing_columns (db, object, error);

  if (existing == NULL)
    return FALSE;
  if (g_hash_table_size (existing) == 0)
    {
      *changed = TRUE;
      return create_object_table (db, object, error);
    }
  for (guint i = 0; i < object->n_fields; i++)
    if (!add_field (db, object->fields[i], existing, changed, error))
      return FALSE;
  return TRUE;
}

gboolean
sat_schema_version (SatDb *db, int *version, GError **error)
{
  gint64 found;

  if (!sat_db_get_int (db, "SELECT value FROM meta WHERE key = 'schema'", 0, &found, error))
    return FALSE;
  if (found > SAT_SCHEMA_VERSION)
    return sat_fail (error, SAT_ERROR_NEWER,
                     N_ ("this replica was last used by a newer Satchel; update this one"), NULL);
  *version = (int) found;
  return TRUE;
}

/* The field whose column is NAME, "f_..."; NULL if the object has none. */
static const SatField *
field_of_column (const SatObject *object, const char *name)
{
  const SatField *field = sat_object_find (object, name + 2);

  if (field == NULL && g_str_has_suffix (name, "_cur"))
    {
      g_autofree char *base = g_strndup (name + 2, strlen (name) - 2 - strlen ("_cur"));
      field = sat_object_find (object, base);
    }
  return field;
}

/* With tables or columns that the catalogue does not know, registers would seem to be gone whose
 * values stand there. */
static gboolean
check_known (SatDb *db, const SatCatalogue *catalogue, GError **error)
{
  SatStmt *stmt = sat_db_prepare (db,
                                  "SELECT t.name, c.name FROM sqlite_schema t,"
                                  " pragma_table_info (t.name) c WHERE t.type = 'table' AND"
                                  " substr (t.name, 1, 2) = 'o_' AND t.name <> 'o__unknown' AND"
                                  " (c.name = 'row' OR substr (c.name, 1, 2) = 'f_')",
                                  error);
  g_autofree char *stranger = NULL;
  GError *problem = NULL;

  if (stmt == NULL)
    return FALSE;
  while (stranger == NULL && sat_stmt_step (stmt, &problem))
    {
      const char *column = sat_stmt_text (stmt, 1);
      const SatObject *object = sat_catalogue_find (catalogue, sat_stmt_text (stmt, 0) + 2);

      /* The company's own are kept in a list (sat-shaping.c), and known to those who read that. */
      if (sat_is_custom_name (sat_stmt_text (stmt, 0) + 2) ||
          (column[0] == 'f' && sat_is_custom_name (column + 2)))
        continue;
      if (object == NULL)
        stranger = g_strdup (sat_stmt_text (stmt, 0) + 2);
      else if (column[0] == 'f' && field_of_column (object, column) == NULL)
        stranger = g_strconcat (object->name, ".", column + 2, NULL);
    }
  sat_stmt_reset (stmt);
  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  if (stranger != NULL)
    return sat_fail (
        error, SAT_ERROR_NEWER,
        N_ ("this replica was last used by a Satchel that knows “%s”; update this one"), stranger,
        NULL);
  return TRUE;
}

/* What is rolled up is looked for by its reference, which others seldom are. */
static gboolean
index_rollups (SatDb *db, const SatObject *object, GError **error)
{
  g_autoptr (GString) sql = g_string_new (NULL);

  for (guint i = 0; i < object->n_derived; i++)
    if (object->derived[i]->derived->reference != NULL && !object->derived[i]->retired)
      append_index (sql, object->derived[i]->derived->reference);
  return sql->len == 0 || sat_db_exec (db, sql->str, error);
}

gboolean
sat_schema_update (SatDb *db, const SatCatalogue *catalogue, gboolean *changed, GError **error)
{
  *changed = FALSE;
  if (!check_known (db, catalogue, error))
    return FALSE;
  for (guint i = 0; i < sat_catalogue_n_objects (catalogue); i++)
    if (!add_fields (db, sat_catalogue_object (catalogue, i), changed, error))
      return FALSE;
  for (guint i = 0; i < sat_catalogue_n_objects (catalogue); i++)
    if (!index_rollups (db, sat_catalogue_object (catalogue, i), error))
      return FALSE;
  if (*changed)
    sat_db_forget_statements (db);
  return TRUE;
}

/* ---- statements of one table --------------------------------------------------------------------
 */

static void
build_column_list (SatTable *table, GString *list, GString *listed)
{
  int column = SAT_COLUMN_FIRST_FIELD;

  g_string_append (list, "row, uuid, book, dead, hidden, stamps, ");
  g_string_append (list, table->object ? "0" : "object");
  g_string_append (listed, list->str);
  if (table->object == NULL)
    return;
  for (guint i = 0; i < table->object->n_fields; i++)
    {
      const SatField *field = table->object->fields[i];
      gboolean picture = field->type->id == SAT_TYPE_PICTURE;

      table->columns[i] = column;
      for (guint cell = 0; cell < SAT_TYPE_MAX_CELLS && field->type->sql[cell] != NULL; cell++)
        {
          g_autofree char *name = sat_schema_column (field, cell);
          g_string_append_printf (list, ", %s", name);
          g_string_append_printf (listed, ", %s", picture ? "NULL" : name);
          column++;
        }
    }
}

/* Parameters: 1 uuid, 2 book, 3 dead, 4 hidden, 5 stamps, 6 sort (or object), 7 ... the fields'
 * cells. */
static char *
build_insert (const SatTable *table)
{
  GString *names = g_string_new (NULL);
  GString *marks = g_string_new (NULL);
  int parameter = 7;

  g_string_append_printf (names, "uuid, book, dead, hidden, stamps, %s",
                          table->object ? "sort" : "object");
  g_string_append (marks, "?1, ?2, ?3, ?4, ?5, ?6");
  for (guint i = 0; table->object && i < table->object->n_fields; i++)
    {
      const SatField *field = table->object->fields[i];

      for (guint cell = 0; cell < SAT_TYPE_MAX_CELLS && field->type->sql[cell] != NULL; cell++)
        {
          g_autofree char *name = sat_schema_column (field, cell);
          g_string_append_printf (names, ", %s", name);
          g_string_append_printf (marks, ", ?%d", parameter++);
        }
    }
  char *sql = g_strdup_printf ("INSERT INTO %s (%s) VALUES (%s)", table->table, names->str,
                               marks->str);
  g_string_free (names, TRUE);
  g_string_free (marks, TRUE);
  return sql;
}

/* One column or two. */
static char *
field_columns (const SatField *field)
{
  g_autofree char *first = sat_schema_column (field, 0);
  g_autofree char *second = sat_schema_column (field, 1);

  return field->type->sql[1] != NULL ? g_strdup_printf ("%s, %s", first, second)
                                     : g_steal_pointer (&first);
}

static char *
select_by_id (const SatTable *table, const char *columns)
{
  return g_strdup_printf ("SELECT row, dead, hidden, stamps%s%s FROM %s WHERE %suuid = ?1 AND book"
                          " = ?2",
                          columns ? ", " : "", columns ? columns : "", table->table,
                          table->object ? "" : "object = ?3 AND ");
}

static void
build_field_selects (SatTable *table)
{
  guint n = table->object ? table->object->n_fields : 0;
  g_autoptr (GString) searched = g_string_new (NULL);
  int column = 0;

  table->select_with = g_new0 (char *, n + 1);
  table->select_field = g_new0 (char *, n + 1);
  table->searched = g_new0 (const SatField *, n + 1);
  table->searched_columns = g_new0 (int, n + 1);
  for (guint i = 0; i < n; i++)
    {
      const SatField *field = table->object->fields[i];
      g_autofree char *columns = field_columns (field);

      table->select_with[i] = select_by_id (table, columns);
      table->select_field[i] = g_strdup_printf ("SELECT %s FROM %s WHERE row = ?1", columns,
                                                table->table);
      if (field->search_weight == 0 || field->type->id == SAT_TYPE_REFERENCE ||
          field->type->id == SAT_TYPE_PICTURE)
        continue;
      g_string_append_printf (searched, "%s%s", searched->len ? ", " : "", columns);
      table->searched[table->n_searched] = field;
      table->searched_columns[table->n_searched++] = column;
      column += field->type->sql[1] != NULL ? 2 : 1;
    }
  table->select_searched = g_strdup_printf ("SELECT %s FROM %s WHERE row = ?1",
                                            searched->len ? searched->str : "NULL", table->table);
}

SatTable *
sat_table_new (const SatObject *object)
{
  SatTable *table = g_new0 (SatTable, 1);
  g_autoptr (GString) list = g_string_new (NULL);
  g_autoptr (GString) listed = g_string_new (NULL);
  SatDefines defines;

  table->object = object;
  table->defines = object != NULL && sat_defines (object->name, &defines);
  table->table = sat_schema_table (object);
  table->fields = g_new0 (guint32, object ? object->n_fields : 1);
  table->columns = g_new0 (int, object ? object->n_fields : 1);
  table->update_one = g_new0 (const char *, object ? object->n_fields : 1);
  table->updates = g_hash_table_new_full (g_bytes_hash, g_bytes_equal,
                                          (GDestroyNotify) g_bytes_unref, g_free);
  build_column_list (table, list, listed);
  table->select = select_by_id (table, NULL);
  table->locate = g_strdup_printf ("SELECT row, book, dead FROM %s WHERE uuid = ?1", table->table);
  table->select_row = g_strdup_printf ("SELECT %s FROM %s WHERE row = ?1", list->str, table->table);
  table->select_listed = g_strdup_printf ("SELECT %s FROM %s WHERE row = ?1", listed->str,
                                          table->table);
  table->select_record = g_strdup_printf ("SELECT %s FROM %s WHERE uuid = ?1 AND book = ?2",
                                          list->str, table->table);
  table->select_all = g_strdup_printf ("SELECT %s FROM %s WHERE book = ?1%s ORDER BY uuid",
                                       list->str, table->table, object ? "" : " AND object = ?2");
  table->insert = build_insert (table);
  build_field_selects (table);
  return table;
}

void
sat_table_free (SatTable *table)
{
  if (table == NULL)
    return;
  g_free (table->fields);
  g_free (table->columns);
  g_free (table->update_one);
  g_free (table->table);
  g_free (table->locate);
  g_free (table->select);
  g_strfreev (table->select_with);
  g_strfreev (table->select_field);
  g_free (table->select_searched);
  g_free (table->searched);
  g_free (table->searched_columns);
  g_free (table->select_row);
  g_free (table->select_listed);
  g_free (table->select_record);
  g_free (table->select_all);
  g_free (table->insert);
  g_free (table->by_name);
  g_clear_pointer (&table->updates, g_hash_table_unref);
  g_free (table);
}
