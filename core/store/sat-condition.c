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
name_looked_up (const SatObject *object, const char *value, const char *id, const char *alias)
{
  g_autofree char *table = sat_schema_table (object);

  return g_strdup_printf ("(SELECT %s FROM %s %s WHERE %s.uuid = %s AND +%s.hidden = 0"
                          " ORDER BY %s.dead, %s.book LIMIT 1)",
                          value, table, alias, alias, id, alias, alias, alias);
}

static char *
name_referred (const SatField *field, guint cell, const char *id, const char *alias)
{
  g_autofree char *column = name_column (alias, field, cell);

  return name_looked_up (field->object, column, id, alias);
}

/* Again the reference is what there is an index for. */
static char *
name_gathered (const SatField *reference,
               const char *aggregate,
               const char *condition,
               const char *from,
               const char *alias)
{
  g_autofree char *column = sat_schema_column (reference, 0);
  g_autofree char *table = sat_schema_table (reference->object);

  return g_strdup_printf ("(SELECT %s FROM %s %s WHERE %s.%s = %s.uuid AND +%s.hidden = 0%s%s%s)",
                          aggregate, table, alias, alias, column, from, alias,
                          condition ? " AND (" : "", condition ? condition : "",
                          condition ? ")" : "");
}

const SatExpressionNames sat_condition_names = {
  .column = name_column,
  .refer = name_referred,
  .look_up = name_looked_up,
  .gather = name_gathered,
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

/* ---- sums: exact, or empty where there is none ---- */

typedef struct
{
  gint64 sum;
  gint64 count;
  gboolean lost; /* it became too large */
} Sum;

static void
step_sum (sqlite3_context *context, int n, sqlite3_value **values)
{
  Sum *sum = sqlite3_aggregate_context (context, sizeof *sum);

  if (n != 1 || sum == NULL || sqlite3_value_type (values[0]) != SQLITE_INTEGER)
    return;
  sum->count++;
  if (__builtin_add_overflow (sum->sum, sqlite3_value_int64 (values[0]), &sum->sum))
    sum->lost = TRUE;
}

static void
finish_sum (sqlite3_context *context)
{
  const Sum *sum = sqlite3_aggregate_context (context, 0);

  if (sum != NULL && sum->count > 0 && !sum->lost)
    sqlite3_result_int64 (context, sum->sum);
}

/* Half away from zero, as every division here. */
static void
finish_average (sqlite3_context *context)
{
  const Sum *sum = sqlite3_aggregate_context (context, 0);
  gint64 rest;

  if (sum == NULL || sum->count == 0 || sum->lost)
    return;
  rest = sum->sum % sum->count;
  rest = rest < 0 ? -rest : rest;
  sqlite3_result_int64 (context, sum->sum / sum->count +
                                     (rest >= sum->count - rest ? (sum->sum < 0 ? -1 : 1) : 0));
}

static gboolean
register_sums (sqlite3 *raw)
{
  const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY;

  return sqlite3_create_function_v2 (raw, "sat_sum", 1, flags, NULL, NULL, step_sum, finish_sum,
                                     NULL) == SQLITE_OK &&
         sqlite3_create_function_v2 (raw, "sat_avg", 1, flags, NULL, NULL, step_sum, finish_average,
                                     NULL) == SQLITE_OK;
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
  if (!register_sums (raw))
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
