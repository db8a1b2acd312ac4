/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/store/sat-condition.h"

#include <sqlite3.h>

#include "core/expression/sat-functions.h"
#include "core/store/sat-schema.h"

/* ---- names ---- */

static char *
name_column (const char *from, const SatField *field, guint cell)
{
  g_autofree char *column = sat_schema_column (field, cell);

  return g_strdup_printf ("%s.%s", from, column);
}

/* The plus keeps the database from the index of what is shown: the id says all. */
static char *
name_referred (const SatField *field, guint cell, const char *id, const char *alias)
{
  g_autofree char *column = sat_schema_column (field, cell);
  g_autofree char *table = sat_schema_table (field->object);

  return g_strdup_printf ("(SELECT %s.%s FROM %s %s WHERE %s.uuid = %s AND +%s.hidden = 0"
                          " ORDER BY %s.dead, %s.book LIMIT 1)",
                          alias, column, table, alias, alias, id, alias, alias, alias);
}

const SatExpressionNames sat_condition_names = {
  .column = name_column,
  .refer = name_referred,
};

/* ---- functions ---- */

#define MAX_ARGS 128 /* more than SQLite lets through */

static void
read_cell (sqlite3_value *value, SatCell *out)
{
  switch (sqlite3_value_type (value))
    {
    case SQLITE_INTEGER:
      out->kind = SAT_CELL_INTEGER;
      out->integer = sqlite3_value_int64 (value);
      break;
    case SQLITE_TEXT:
      out->kind = SAT_CELL_TEXT;
      out->text = (const char *) sqlite3_value_text (value);
      out->size = (gsize) sqlite3_value_bytes (value);
      break;
    default:
      out->kind = SAT_CELL_NULL;
    }
}

static void
give (sqlite3_context *context, SatAnswer *answer)
{
  switch ((int) answer->kind)
    {
    case SAT_CELL_INTEGER:
      sqlite3_result_int64 (context, answer->integer);
      break;
    case SAT_CELL_TEXT:
      sqlite3_result_text (context, answer->text, -1, g_free);
      break;
    default:
      sqlite3_result_null (context);
    }
}

static void
run_function (sqlite3_context *context, int n, sqlite3_value **values)
{
  const SatSqlFunction *function = sqlite3_user_data (context);
  SatCell args[MAX_ARGS];
  SatAnswer answer = { .kind = SAT_CELL_NULL };

  for (int i = 0; i < n && i < MAX_ARGS; i++)
    {
      read_cell (values[i], &args[i]);
      if (args[i].kind == SAT_CELL_NULL && !function->some)
        {
          sqlite3_result_null (context);
          return;
        }
    }
  function->run (args, (guint) MIN (n, MAX_ARGS), &answer);
  give (context, &answer);
}

gboolean
sat_condition_register (SatDb *db, GError **error)
{
  sqlite3 *raw = sat_db_handle (db);

  for (const SatSqlFunction *function = sat_sql_functions (); function->name != NULL; function++)
    if (sqlite3_create_function_v2 (raw, function->name, function->n_args,
                                    SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY,
                                    (gpointer) function, run_function, NULL, NULL,
                                    NULL) != SQLITE_OK)
      return sat_fail (error, SAT_ERROR_FAILED, N_ ("the replica's database failed: %s"),
                       sqlite3_errmsg (raw), NULL);
  return TRUE;
}

void
sat_condition_bind (const SatCompiled *compiled, SatStmt *stmt, guint first)
{
  for (guint i = 0; i < compiled->cells->len; i++)
    sat_stmt_bind_cell (stmt, (int) (first + i), &g_array_index (compiled->cells, SatCell, i));
}
