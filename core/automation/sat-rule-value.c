/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Conditions and values of rules, asked of the database for one row. */
#include <string.h>

#include "core/automation/sat-rule-run-private.h"
#include "core/query/sat-calendar.h"
#include "core/query/sat-list.h"
#include "core/store/sat-condition.h"

#define ONE 10000

static SatCompiled *
compile (SatRuleRunner *runner,
         const SatTable *table,
         const SatExpression *expression,
         const SatExpressionChange *change,
         GError **error)
{
  SatExpressionContext context = {
    .names = &sat_condition_names,
    .from = table->table,
    .first_parameter = 2,
    .now_ms = runner->now_ms,
    .me = runner->me,
    .change = change,
    .calendar = sat_calendar_text,
    .calendar_data = runner->replica,
  };

  return sat_expression_compile (expression, &context, error);
}

/* The statement stands on the row, where there is one. */
static SatStmt *
ask (SatRuleRunner *runner,
     const SatTable *table,
     gint64 row,
     const SatCompiled *compiled,
     gboolean *there,
     GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT %s, %s FROM %s WHERE row = ?1", compiled->sql,
                                          compiled->currency ? compiled->currency : "NULL",
                                          table->table);
  SatStmt *stmt = sat_db_prepare (runner->replica->db, sql, error);
  GError *problem = NULL;

  if (stmt == NULL)
    return NULL;
  sat_stmt_bind_int (stmt, 1, row);
  sat_condition_bind (compiled, stmt, 2);
  *there = sat_stmt_step (stmt, &problem);
  if (problem == NULL)
    return stmt;
  g_propagate_error (error, problem);
  sat_stmt_reset (stmt);
  return NULL;
}

gboolean
sat_rule_test (SatRuleRunner *runner,
               const SatTable *table,
               gint64 row,
               const SatExpression *condition,
               const SatExpressionChange *change,
               gboolean *holds,
               GError **error)
{
  g_autoptr (SatCompiled) compiled = NULL;
  SatStmt *stmt;
  gboolean there;

  *holds = TRUE;
  if (condition == NULL)
    return TRUE;
  compiled = compile (runner, table, condition, change, error);
  stmt = compiled != NULL ? ask (runner, table, row, compiled, &there, error) : NULL;
  if (stmt == NULL)
    return FALSE;
  *holds = there && sat_stmt_int (stmt, 0) != 0;
  sat_stmt_reset (stmt);
  return TRUE;
}

/* ---- values ---- */

/* What a type of a column has that kind. */
static const SatType *
type_of (SatKind kind)
{
  static const SatTypeId types[SAT_N_KINDS] = {
    [SAT_KIND_TEXT] = SAT_TYPE_LONG_TEXT,      [SAT_KIND_INTEGER] = SAT_TYPE_INTEGER,
    [SAT_KIND_NUMBER] = SAT_TYPE_DECIMAL,      [SAT_KIND_PERCENT] = SAT_TYPE_PERCENT,
    [SAT_KIND_MONEY] = SAT_TYPE_MONEY,         [SAT_KIND_DATE] = SAT_TYPE_DATE,
    [SAT_KIND_TIME] = SAT_TYPE_TIME,           [SAT_KIND_YES_NO] = SAT_TYPE_YES_NO,
    [SAT_KIND_CHOICE] = SAT_TYPE_CHOICE,       [SAT_KIND_TAGS] = SAT_TYPE_TAGS,
    [SAT_KIND_REFERENCE] = SAT_TYPE_REFERENCE, [SAT_KIND_PLACE] = SAT_TYPE_PLACE,
  };

  return sat_type_get (types[kind]);
}

/* A text as a person would type it; a reference by id, login or title. */
static char *
from_text (SatRuleRunner *runner, const SatField *field, const char *text, gboolean *fits)
{
  const SatObject *target = field->type->id == SAT_TYPE_REFERENCE
                                ? sat_catalogue_find (field->object->catalogue, field->reference)
                                : NULL;
  char *value = NULL;
  SatId id;
  gboolean found = FALSE;

  if (field->type->id != SAT_TYPE_REFERENCE || sat_id_parse (text, &id))
    {
      *fits = field->type->parse (&field->options, text, &value, NULL);
      return value;
    }
  if (target != NULL && strcmp (target->name, "user") == 0)
    sat_rule_user (runner, text, &id, &found, NULL);
  if (target != NULL && !found)
    {
      g_autofree char *title = g_strconcat ("/", text, NULL);

      found = sat_list_find (runner->replica, NULL, target, title, &id, NULL);
    }
  *fits = found;
  return found ? sat_id_dup_text (&id) : NULL;
}

/* A number of KIND as FIELD, a number, holds it: whole, or in 1/10,000; FALSE: it is too large. */
static gboolean
scale (const SatField *field, SatKind kind, SatCell *cell)
{
  gboolean whole = field->type->id == SAT_TYPE_INTEGER;

  if (whole && kind != SAT_KIND_INTEGER)
    cell->integer /= ONE;
  if (whole || kind != SAT_KIND_INTEGER)
    return TRUE;
  if (cell->integer > G_MAXINT64 / ONE || cell->integer < G_MININT64 / ONE)
    return FALSE;
  cell->integer *= ONE;
  return TRUE;
}

static gboolean
holds_number (const SatField *field)
{
  return field->type->id == SAT_TYPE_INTEGER || field->type->id == SAT_TYPE_DECIMAL ||
         field->type->id == SAT_TYPE_PERCENT || field->type->id == SAT_TYPE_MONEY;
}

/* CELLS of KIND as a value of FIELD. */
static char *
fit (SatRuleRunner *runner,
     const SatField *field,
     SatKind kind,
     SatCell cells[SAT_TYPE_MAX_CELLS],
     gboolean *fits)
{
  g_autofree char *text = NULL;
  gboolean number = kind == SAT_KIND_INTEGER || kind == SAT_KIND_NUMBER || kind == SAT_KIND_PERCENT;

  *fits = cells[0].kind == SAT_CELL_NULL || !number || scale (field, kind, &cells[0]);
  if (cells[0].kind == SAT_CELL_NULL || !*fits)
    return NULL;
  if (number && field->type->id == SAT_TYPE_MONEY)
    {
      cells[1] = (SatCell){ .kind = SAT_CELL_TEXT };
      cells[1].text = field->options.currency != NULL ? field->options.currency : "CNY";
      cells[1].size = strlen (cells[1].text);
    }
  if (number && holds_number (field))
    return field->type->from_cells (cells);
  text = type_of (number ? SAT_KIND_NUMBER : kind)->from_cells (cells);
  if (text == NULL || *text == '\0')
    return NULL;
  return from_text (runner, field, text, fits);
}

/* A cell that outlives the statement; what it borrows is returned. */
static char *
keep (SatStmt *stmt, int column, SatCell *cell)
{
  char *copy;

  sat_stmt_cell (stmt, column, cell);
  if (cell->kind != SAT_CELL_TEXT && cell->kind != SAT_CELL_BLOB)
    return NULL;
  copy = g_malloc0 (cell->size + 1);
  memcpy (copy, cell->text, cell->size);
  cell->text = copy;
  return copy;
}

gboolean
sat_rule_value (SatRuleRunner *runner,
                const SatTable *table,
                gint64 row,
                const SatExpression *value,
                const SatField *field,
                char **out,
                gboolean *fits,
                GError **error)
{
  g_autoptr (SatCompiled) compiled = compile (runner, table, value, NULL, error);
  SatCell cells[SAT_TYPE_MAX_CELLS] = { 0 };
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  gboolean there;
  SatStmt *stmt = compiled != NULL ? ask (runner, table, row, compiled, &there, error) : NULL;

  *out = NULL;
  if (stmt == NULL)
    return FALSE;
  if (there)
    {
      first = keep (stmt, 0, &cells[0]);
      second = keep (stmt, 1, &cells[1]);
    }
  sat_stmt_reset (stmt);
  *out = fit (runner, field, sat_expression_kind (value), cells, fits);
  return TRUE;
}
