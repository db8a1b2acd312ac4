/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/evaluate.h"

#include <string.h>

#include "core/store/sat-condition.h"
#include "core/store/sat-schema.h"

void
evaluation_init (Evaluation *evaluation)
{
  world_laptops (&evaluation->world, &evaluation->workspace, 1);
  sat_platform_set_now (evaluation->world.platform, EVALUATE_NOW_MS);
}

void
evaluation_clear (Evaluation *evaluation)
{
  sat_workspace_close (evaluation->workspace);
  world_clear (&evaluation->world);
}

SatExpression *
evaluate_parse (SatWorkspace *workspace, const char *object, const char *text, SatExpressionUse use)
{
  g_autoptr (GError) error = NULL;
  guint column = 0;
  SatExpression *expression = sat_expression_parse (world_object (workspace, object), text, use,
                                                    &column, &error);

  if (expression == NULL)
    g_error ("%s: column %u: %s", text, column, error->message);
  return expression;
}

static const SatTypeId types[SAT_N_KINDS] = {
  [SAT_KIND_TEXT] = SAT_TYPE_TEXT,           [SAT_KIND_INTEGER] = SAT_TYPE_INTEGER,
  [SAT_KIND_NUMBER] = SAT_TYPE_DECIMAL,      [SAT_KIND_PERCENT] = SAT_TYPE_PERCENT,
  [SAT_KIND_MONEY] = SAT_TYPE_MONEY,         [SAT_KIND_DATE] = SAT_TYPE_DATE,
  [SAT_KIND_TIME] = SAT_TYPE_TIME,           [SAT_KIND_YES_NO] = SAT_TYPE_YES_NO,
  [SAT_KIND_CHOICE] = SAT_TYPE_CHOICE,       [SAT_KIND_TAGS] = SAT_TYPE_TAGS,
  [SAT_KIND_REFERENCE] = SAT_TYPE_REFERENCE, [SAT_KIND_PLACE] = SAT_TYPE_PLACE,
};

static char *
read_value (SatStmt *stmt, SatKind kind)
{
  SatCell cells[SAT_TYPE_MAX_CELLS] = { 0 };
  char *value;

  sat_stmt_cell (stmt, 0, &cells[0]);
  sat_stmt_cell (stmt, 1, &cells[1]);
  value = sat_type_get (types[kind])->from_cells (cells);
  return value != NULL ? value : g_strdup ("-");
}

char *
evaluate (
    SatWorkspace *workspace, const char *object, const SatId *id, const SatId *me, const char *text)
{
  SatReplica *replica = world_replica (workspace);
  g_autoptr (SatExpression) expression = evaluate_parse (workspace, object, text,
                                                         SAT_EXPRESSION_VALUE);
  SatTable *table = sat_replica_table (replica, world_object (workspace, object));
  SatExpressionContext context = {
    .names = &sat_condition_names,
    .from = table->table,
    .first_parameter = 2,
    .now_ms = sat_platform_now_ms (replica->platform),
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (SatCompiled) compiled = NULL;
  g_autofree char *sql = NULL;
  SatStmt *stmt;
  char *value;

  if (me != NULL)
    context.me = *me;
  compiled = sat_expression_compile (expression, &context, &error);
  g_assert_no_error (error);
  sql = g_strdup_printf ("SELECT %s, %s FROM %s WHERE uuid = ?1 AND hidden = 0", compiled->sql,
                         compiled->currency ? compiled->currency : "NULL", table->table);
  stmt = sat_db_prepare (replica->db, sql, &error);
  g_assert_no_error (error);
  sat_stmt_bind_id (stmt, 1, id);
  sat_condition_bind (compiled, stmt, 2);
  g_assert_true (sat_stmt_step (stmt, &error));
  value = read_value (stmt, sat_expression_kind (expression));
  sat_db_forget_statement (replica->db, sql);
  return value;
}
