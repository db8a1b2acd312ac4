/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/query/sat-read.h"

#include <string.h>

#include "core/apply/sat-absorb.h"
#include "core/apply/sat-engine.h"
#include "core/store/sat-names.h"

static gboolean
mark_conflicts (SatReplica *replica, SatTable *table, SatRecord *record, GError **error)
{
  SatStmt *stmt = sat_db_prepare (
      replica->db, "SELECT field FROM conflict WHERE object = ?1 AND row = ?2", error);
  GError *problem = NULL;

  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_int (stmt, 1, table->name);
  sat_stmt_bind_int (stmt, 2, sat_record_row (record));
  while (sat_stmt_step (stmt, &problem))
    {
      const SatField *field = sat_table_field (table, (guint32) sat_stmt_int (stmt, 0));
      if (field != NULL)
        sat_record_mark_conflict (record, field);
    }
  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  return TRUE;
}

/* The elements, whose list is the column. */
static char *
take_elements (SatRow *row, const SatField *field, guint32 name, SatRecord *record)
{
  for (guint i = 0; i < row->state->siblings->len; i++)
    {
      const SatSibling *sibling = sat_state_at (row->state, i);
      if (sibling->field == name && sibling->element != NULL)
        sat_record_add_dot (record, field, &sibling->dot);
    }
  return sat_row_value (row, field);
}

/* The column's value when there is one sibling that is not listed; else the shown one's, which may
 * be one that the column cannot hold. */
static char *
take_plain (
    SatReplica *replica, SatRow *row, const SatField *field, guint32 name, SatRecord *record)
{
  const SatSibling *shown;
  guint count;
  guint at = sat_state_find (row->state, name, NULL, &count);

  if (count == 0)
    {
      gboolean implied = row->state->base.present && !row->state->listed;
      char *value = implied ? sat_row_value (row, field) : NULL;
      if (value != NULL)
        sat_record_add_dot (record, field, &row->state->base.dot);
      return value;
    }
  for (guint i = at; i < at + count; i++)
    sat_record_add_dot (record, field, &sat_state_at (row->state, i)->dot);
  if (row->listed && field->type->id == SAT_TYPE_PICTURE)
    return NULL;
  sat_row_touch (row, name);
  shown = sat_shown_sibling (replica, row->table, row->state, name);
  if (shown->value != NULL && !field->type->canonical (shown->value, strlen (shown->value)))
    sat_record_mark_invalid (record, field);
  else if (field->type->id == SAT_TYPE_REFERENCE && shown->value != NULL)
    return sat_row_value (row, field); /* one to an absorbed record shows what that is part of */
  return g_strdup (shown->value);
}

static void
take_field (SatReplica *replica, SatRow *row, guint index, SatRecord *record)
{
  const SatField *field = row->table->object->fields[index];
  guint32 name = row->table->fields[index];
  char *value = field->policy == SAT_POLICY_UNION ? take_elements (row, field, name, record)
                                                  : take_plain (replica, row, field, name, record);

  if (value != NULL && !sat_type_allows (field->type, &field->options, value))
    sat_record_mark_invalid (record, field);
  sat_record_take_value (record, field, value);
}

SatRecord *
sat_read_record (SatReplica *replica, SatRow *row, GError **error)
{
  SatState *state = row->state;
  g_autoptr (SatRecord) record = sat_record_new (row->table->object, &state->id, state->row,
                                                 sat_names_book (replica->names, state->book));

  sat_record_set_deleted (record, state->hidden);
  if (state->presence == SAT_AWAY)
    { /* of an absorbed one this is asked of its root */
      const SatSibling *home = sat_shown_sibling (replica, row->table, state, SAT_FIELD_HOME);
      if (home != NULL)
        sat_record_set_moved_to (record, home->value);
    }
  if (!sat_absorb_unite (replica, row->table, state, error))
    return NULL;
  for (guint i = 0; i < row->table->object->n_fields; i++)
    take_field (replica, row, i, record);
  if (!mark_conflicts (replica, row->table, record, error))
    return NULL;
  return g_steal_pointer (&record);
}
