/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/query/sat-scope.h"

#include <string.h>

#include "core/store/sat-schema.h"

#define PARENTS_MAX 3

static void
add_people (GString *sql, const GArray *people)
{
  g_string_append_c (sql, '(');
  for (guint i = 0; i < people->len; i++)
    {
      const SatId *id = &g_array_index (people, SatId, i);

      g_string_append (sql, i > 0 ? ", x'" : "x'");
      for (guint k = 0; k < SAT_ID_SIZE; k++)
        g_string_append_printf (sql, "%02x", id->bytes[k]);
      g_string_append_c (sql, '\'');
    }
  g_string_append_c (sql, ')');
}

typedef struct
{
  SatReplica *replica;
  const GArray *people;
} Scope;

static const SatObject *
parent_of (const Scope *scope, const SatObject *object)
{
  return object->owning != NULL && strcmp (object->owning->reference, "*") != 0
             ? sat_catalogue_find (scope->replica->catalogue, object->owning->reference)
             : NULL;
}

static gboolean
says_whose (const Scope *scope, const SatObject *object, guint depth)
{
  const SatObject *parent = parent_of (scope, object);

  return sat_access_owner_field (object) != NULL ||
         (parent != NULL && depth < PARENTS_MAX && says_whose (scope, parent, depth + 1));
}

/* Appends "owner IN (…) OR parent IN (…) OR (both are empty)", as far as there are these. */
static void
add_condition (
    const Scope *scope, GString *sql, const SatObject *object, const char *from, guint depth)
{
  const SatField *owner = sat_access_owner_field (object);
  const SatObject *parent = parent_of (scope, object);
  g_autofree char *owner_column = owner ? sat_schema_column (owner, 0) : NULL;
  g_autofree char *parent_column = NULL;

  if (parent != NULL && depth < PARENTS_MAX && says_whose (scope, parent, depth + 1))
    parent_column = sat_schema_column (object->owning, 0);
  if (owner != NULL)
    {
      g_string_append_printf (sql, "%s.%s IN ", from, owner_column);
      add_people (sql, scope->people);
    }
  if (parent_column != NULL)
    {
      g_autofree char *table = sat_schema_table (parent);

      g_string_append_printf (sql, "%s%s.%s IN (SELECT p%u.uuid FROM %s p%u WHERE ",
                              owner ? " OR " : "", from, parent_column, depth, table, depth);
      g_autofree char *alias = g_strdup_printf ("p%u", depth);
      add_condition (scope, sql, parent, alias, depth + 1);
      g_string_append_c (sql, ')');
    }
  g_string_append (sql, " OR (");
  if (owner != NULL)
    g_string_append_printf (sql, "%s.%s IS NULL", from, owner_column);
  if (parent_column != NULL)
    g_string_append_printf (sql, "%s%s.%s IS NULL", owner ? " AND " : "", from, parent_column);
  g_string_append_c (sql, ')');
}

char *
sat_scope_condition (SatReplica *replica,
                     const SatAccess *access,
                     const SatObject *object,
                     SatRight right,
                     const char *from)
{
  SatReach reach = sat_access_reach (access, object, right);
  GString *sql;
  Scope scope = { replica, NULL };

  if (reach == SAT_REACH_ALL)
    return NULL;
  if (reach == SAT_REACH_NONE)
    return g_strdup ("0");
  scope.people = sat_access_people (access, reach);
  sql = g_string_new (NULL);
  if (strcmp (object->name, "user") == 0)
    {
      g_string_append_printf (sql, "%s.uuid IN ", from);
      add_people (sql, scope.people);
    }
  else if (!says_whose (&scope, object, 0))
    {
      g_string_free (sql, TRUE);
      return NULL;
    }
  else
    add_condition (&scope, sql, object, from, 0);
  return g_string_free (sql, FALSE);
}

gboolean
sat_scope_has (SatReplica *replica,
               const SatAccess *access,
               const SatObject *object,
               SatRight right,
               gint64 row,
               gboolean *within,
               GError **error)
{
  SatTable *table = sat_replica_table (replica, object);
  g_autofree char *condition = sat_scope_condition (replica, access, object, right, "t");
  g_autofree char *sql = NULL;
  SatStmt *stmt;
  GError *problem = NULL;

  *within = condition == NULL;
  if (condition == NULL)
    return TRUE;
  sql = g_strdup_printf ("SELECT 1 FROM %s t WHERE t.row = ?1 AND (%s)", table->table, condition);
  stmt = sat_db_prepare (replica->db, sql, error);
  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_int (stmt, 1, row);
  *within = sat_stmt_step (stmt, &problem);
  return sat_stmt_finish (stmt, problem, error);
}

char *
sat_scope_within (const SatObject *object, const char *alias, gconstpointer data)
{
  const SatScope *scope = data;

  return sat_scope_condition (scope->replica, scope->access, object, SAT_RIGHT_READ, alias);
}
