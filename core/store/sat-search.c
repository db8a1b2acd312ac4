/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/store/sat-search.h"

#include "core/base/sat-text.h"
#include "core/store/sat-tokenizer.h"

#define ROW_BITS 40

gint64
sat_search_key (guint32 object, gint64 row)
{
  return ((gint64) object << ROW_BITS) | row;
}

guint32
sat_search_key_object (gint64 key)
{
  return (guint32) (key >> ROW_BITS);
}

gint64
sat_search_key_row (gint64 key)
{
  return key & ((G_GINT64_CONSTANT (1) << ROW_BITS) - 1);
}

static void
add_field (const SatTable *table, SatStmt *stmt, const SatField *field, GString *text)
{
  const char *value = sat_stmt_text (stmt, table->columns[field->index]);

  if (value == NULL)
    return;
  g_string_append (text, value);
  g_string_append_c (text, '\n');
  if (field->type->id == SAT_TYPE_PHONE)
    {
      g_autofree char *digits = sat_text_digits (value);
      g_string_append (text, digits);
      g_string_append_c (text, '\n');
    }
}

/* What is searched of the record; FALSE when it is gone. */
static gboolean
compose (SatReplica *replica,
         SatTable *table,
         gint64 row,
         GString *text,
         gboolean *found,
         GError **error)
{
  SatStmt *stmt = sat_db_prepare (replica->db, table->select_row, error);
  GError *problem = NULL;

  if (stmt == NULL)
    return FALSE;
  g_string_truncate (text, 0);
  sat_stmt_bind_int (stmt, 1, row);
  *found = sat_stmt_step (stmt, &problem);
  if (*found)
    for (guint i = 0; i < table->object->n_fields; i++)
      if (table->object->fields[i]->search_weight > 0 &&
          table->object->fields[i]->type->id != SAT_TYPE_REFERENCE)
        add_field (table, stmt, table->object->fields[i], text);
  sat_stmt_reset (stmt);
  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  return TRUE;
}

static gboolean
run (SatReplica *replica, const char *sql, GError **error)
{
  SatStmt *stmt = sat_db_prepare (replica->db, sql, error);

  return stmt != NULL && sat_stmt_run (stmt, error);
}

/* Indexes the records of the array: composes all texts first, then two statements for the index. */
static gboolean
index_records (SatReplica *replica, const GArray *records, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (!sat_db_exec (replica->db,
                    "CREATE TEMP TABLE IF NOT EXISTS composed (id INTEGER PRIMARY KEY, text TEXT);"
                    "DELETE FROM temp.composed;",
                    error))
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    {
      const SatTouched *record = &g_array_index (records, SatTouched, i);
      SatTable *table = sat_replica_table_of (replica, record->object);
      gboolean found;
      SatStmt *stmt;

      if (table->object == NULL)
        continue;
      if (!compose (replica, table, record->row, text, &found, error))
        return FALSE;
      stmt = sat_db_prepare (replica->db, "INSERT OR REPLACE INTO temp.composed VALUES (?1, ?2)",
                             error);
      if (stmt == NULL)
        return FALSE;
      sat_stmt_bind_int (stmt, 1, sat_search_key (record->object, record->row));
      sat_stmt_bind_text (stmt, 2, found ? text->str : "");
      if (!sat_stmt_run (stmt, error))
        return FALSE;
    }
  return run (replica, "DELETE FROM search WHERE rowid IN (SELECT id FROM temp.composed)", error) &&
         run (
             replica,
             "INSERT INTO search (rowid, text) SELECT id, text FROM temp.composed WHERE text <> ''",
             error) &&
         run (replica, "DELETE FROM temp.composed", error);
}

gboolean
sat_search_index_touched (SatReplica *replica, GError **error)
{
  gboolean ok;

  if (replica->touched->len == 0)
    return TRUE;
  ok = index_records (replica, replica->touched, error);
  g_array_set_size (replica->touched, 0);
  return ok;
}

gboolean
sat_search_index_dirty (SatReplica *replica, guint limit, gboolean *more, GError **error)
{
  g_autoptr (GArray) records = g_array_new (FALSE, FALSE, sizeof (SatTouched));
  SatStmt *stmt = sat_db_prepare (replica->db, "SELECT object, row FROM dirty LIMIT ?1", error);
  GError *problem = NULL;

  *more = FALSE;
  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_int (stmt, 1, limit);
  while (sat_stmt_step (stmt, &problem))
    {
      SatTouched record = { (guint32) sat_stmt_int (stmt, 0), sat_stmt_int (stmt, 1) };
      g_array_append_val (records, record);
    }
  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  if (records->len == 0)
    return TRUE;
  *more = records->len == limit;
  if (!index_records (replica, records, error))
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    {
      const SatTouched *record = &g_array_index (records, SatTouched, i);

      stmt = sat_db_prepare (replica->db, "DELETE FROM dirty WHERE object = ?1 AND row = ?2",
                             error);
      if (stmt == NULL)
        return FALSE;
      sat_stmt_bind_int (stmt, 1, record->object);
      sat_stmt_bind_int (stmt, 2, record->row);
      if (!sat_stmt_run (stmt, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
sat_search_index_restart (SatReplica *replica, GError **error)
{
  if (!run (replica, "DELETE FROM search", error) || !run (replica, "DELETE FROM dirty", error))
    return FALSE;
  for (guint i = 0; i + 1 < replica->tables->len; i++)
    {
      const SatTable *table = g_ptr_array_index (replica->tables, i);
      g_autofree char *sql = g_strdup_printf ("INSERT INTO dirty SELECT %u, row FROM %s",
                                              table->name, table->table);

      if (!run (replica, sql, error))
        return FALSE;
    }
  return TRUE;
}

GArray *
sat_search_find (
    SatReplica *replica, const char *words, guint32 object, guint limit, GError **error)
{
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *query = sat_tokenizer_query (words);
  SatStmt *stmt;
  GError *problem = NULL;

  if (query == NULL)
    return g_steal_pointer (&keys);
  stmt = sat_db_prepare (
      replica->db,
      "SELECT rowid FROM search WHERE search MATCH ?1 AND rowid BETWEEN ?2 AND ?3 LIMIT ?4", error);
  if (stmt == NULL)
    return NULL;
  sat_stmt_bind_text (stmt, 1, query);
  sat_stmt_bind_int (stmt, 2, object ? sat_search_key (object, 0) : 0);
  sat_stmt_bind_int (stmt, 3, object ? sat_search_key (object + 1, 0) - 1 : G_MAXINT64);
  sat_stmt_bind_int (stmt, 4, limit);
  while (sat_stmt_step (stmt, &problem))
    {
      gint64 key = sat_stmt_int (stmt, 0);
      g_array_append_val (keys, key);
    }
  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return NULL;
    }
  return g_steal_pointer (&keys);
}
