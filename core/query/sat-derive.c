/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One statement for all fields, run once a record. */
#include "core/query/sat-derive.h"

#include "core/query/sat-calendar.h"
#include "core/query/sat-scope.h"
#include "core/store/sat-condition.h"
#include "core/store/sat-schema.h"

#define FIRST_PARAMETER 2 /* 1 is the row */

struct _SatDeriving
{
  SatReplica *replica;
  GPtrArray *fields; /* const SatField *, derived ones */
  SatCompiled *compiled;
  char *sql; /* NULL: there is nothing to do */
};

static void
add_field (SatDeriving *deriving,
           const SatField *field,
           const SatExpressionContext *context,
           GString *sql)
{
  char *cells[SAT_TYPE_MAX_CELLS] = { NULL };

  if (!sat_field_compile (field, context, deriving->compiled, cells, NULL))
    return;
  g_ptr_array_add (deriving->fields, (gpointer) field);
  for (guint i = 0; i < SAT_TYPE_MAX_CELLS && cells[i] != NULL; i++)
    {
      g_string_append_printf (sql, "%s%s", sql->len > 0 ? ", " : "SELECT ", cells[i]);
      g_free (cells[i]);
    }
}

SatDeriving *
sat_deriving_new (SatReplica *replica,
                  const SatObject *object,
                  const SatField *const *fields,
                  guint n,
                  const SatId *me,
                  const SatAccess *access)
{
  SatDeriving *deriving = g_new0 (SatDeriving, 1);
  const SatTable *table = sat_replica_table (replica, object);
  const SatScope scope = { replica, access };
  SatExpressionContext context = {
    .names = &sat_condition_names,
    .from = table->table,
    .first_parameter = FIRST_PARAMETER,
    .now_ms = sat_platform_now_ms (replica->platform),
    .me = *me,
    .calendar = sat_calendar_text,
    .calendar_data = replica,
    .within = sat_scope_within,
    .within_data = &scope,
  };
  g_autoptr (GString) sql = g_string_new (NULL);

  deriving->replica = replica;
  deriving->fields = g_ptr_array_new ();
  deriving->compiled = sat_compiled_new ();
  for (guint i = 0; i < n; i++)
    if (fields[i]->derived != NULL)
      add_field (deriving, fields[i], &context, sql);
  if (sql->len > 0)
    deriving->sql = g_strdup_printf ("%s FROM %s WHERE row = ?1", sql->str, table->table);
  return deriving;
}

void
sat_deriving_free (SatDeriving *deriving)
{
  if (deriving == NULL)
    return;
  g_clear_pointer (&deriving->compiled, sat_compiled_free);
  g_ptr_array_unref (deriving->fields);
  g_free (deriving->sql);
  g_free (deriving);
}

static void
take_values (const SatDeriving *deriving, SatStmt *stmt, SatRecord *record)
{
  int column = 0;

  for (guint i = 0; i < deriving->fields->len; i++)
    {
      const SatField *field = g_ptr_array_index (deriving->fields, i);

      sat_record_take_value (record, field, sat_column_value (stmt, column, field));
      for (guint cell = 0; cell < SAT_TYPE_MAX_CELLS && field->type->sql[cell] != NULL; cell++)
        column++;
    }
}

gboolean
sat_deriving_run (SatDeriving *deriving, SatRecord *record, GError **error)
{
  GError *problem = NULL;
  SatStmt *stmt;

  if (deriving->sql == NULL)
    return TRUE;
  stmt = sat_db_prepare (deriving->replica->db, deriving->sql, error);
  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_int (stmt, 1, sat_record_row (record));
  sat_condition_bind (deriving->compiled, stmt, FIRST_PARAMETER);
  if (sat_stmt_step (stmt, &problem))
    take_values (deriving, stmt, record);
  return sat_stmt_finish (stmt, problem, error);
}
