/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The record stands in the statement as a row of parameters under the names of its columns; those
 * of the condition come after them. */
#include "core/query/sat-trial.h"

#include <string.h>

#include "core/query/sat-calendar.h"
#include "core/store/sat-condition.h"
#include "core/store/sat-schema.h"

#define ID_PARAMETER 1
#define FIRST_OF_FIELDS 2

struct _SatTrial
{
  SatReplica *replica;
  const SatObject *object;
  SatCompiled *where;
  char *sql;
  guint n_cells; /* of the fields */
};

static guint
cells_of (const SatType *type)
{
  guint n = 0;

  while (n < SAT_TYPE_MAX_CELLS && type->sql[n] != NULL)
    n++;
  return n;
}

/* The row; *N: how many parameters the fields are. */
static char *
render (const SatObject *object, const char *where, guint *n)
{
  GString *sql = g_string_new (NULL);

  g_string_append_printf (sql, "SELECT %s FROM (SELECT ?%d AS uuid", where, ID_PARAMETER);
  *n = 0;
  for (guint i = 0; i < object->n_fields; i++)
    for (guint cell = 0; cell < cells_of (object->fields[i]->type); cell++)
      {
        g_autofree char *column = sat_schema_column (object->fields[i], cell);

        g_string_append_printf (sql, ", ?%u AS %s", FIRST_OF_FIELDS + (*n)++, column);
      }
  g_string_append (sql, ") trial");
  return g_string_free (sql, FALSE);
}

SatTrial *
sat_trial_new (SatReplica *replica, const SatExpression *where, const SatId *me, GError **error)
{
  const SatObject *object = sat_expression_object (where);
  g_autofree char *nothing = NULL;
  SatExpressionContext context = {
    .names = &sat_condition_names,
    .from = "trial",
    .now_ms = sat_platform_now_ms (replica->platform),
    .me = *me,
    .calendar = sat_calendar_text,
    .calendar_data = replica,
  };
  SatTrial *trial;
  guint n;

  nothing = render (object, "", &n);
  context.first_parameter = FIRST_OF_FIELDS + n;
  trial = g_new0 (SatTrial, 1);
  trial->replica = replica;
  trial->object = object;
  trial->n_cells = n;
  trial->where = sat_expression_compile (where, &context, error);
  if (trial->where == NULL)
    {
      sat_trial_free (trial);
      return NULL;
    }
  trial->sql = render (object, trial->where->sql, &n);
  return trial;
}

void
sat_trial_free (SatTrial *trial)
{
  if (trial == NULL)
    return;
  sat_compiled_free (trial->where);
  g_free (trial->sql);
  g_free (trial);
}

/* A value that the column cannot hold counts as none, as in the database. */
static void
fill (const SatTrial *trial, SatTrialValue value, gpointer data, SatCell *cells)
{
  guint at = 0;

  for (guint i = 0; i < trial->object->n_fields; i++)
    {
      const SatField *field = trial->object->fields[i];
      const char *text = value (field, data);

      if (text != NULL && field->type->canonical (text, strlen (text)))
        field->type->to_cells (text, &cells[at]);
      at += cells_of (field->type);
    }
}

gboolean
sat_trial_meets (SatTrial *trial,
                 const SatId *id,
                 SatTrialValue value,
                 gpointer data,
                 gboolean *meets,
                 GError **error)
{
  SatStmt *stmt = sat_db_prepare (trial->replica->db, trial->sql, error);
  g_autofree SatCell *cells = g_new0 (SatCell, trial->n_cells + SAT_TYPE_MAX_CELLS);
  GError *problem = NULL;

  if (stmt == NULL)
    return FALSE;
  fill (trial, value, data, cells);
  if (id != NULL)
    sat_stmt_bind_id (stmt, ID_PARAMETER, id);
  for (guint i = 0; i < trial->n_cells; i++)
    sat_stmt_bind_cell (stmt, (int) (FIRST_OF_FIELDS + i), &cells[i]);
  sat_condition_bind (trial->where, stmt, FIRST_OF_FIELDS + trial->n_cells);
  *meets = sat_stmt_step (stmt, &problem) && sat_stmt_int (stmt, 0) != 0;
  return sat_stmt_finish (stmt, problem, error);
}
