/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/automation/sat-rule-due.h"

#include <string.h>

#include "core/query/sat-calendar.h"
#include "core/query/sat-scope.h"
#include "core/store/sat-condition.h"
#include "core/store/sat-schema.h"

#define TIME_FORMAT "'%Y-%m-%dT%H:%M:%SZ'"

/* The parameters before those of the condition. */
enum
{
  PARAMETER_RULE = 1,
  PARAMETER_LIMIT,    /* text: what the occasion counts from must be before it */
  PARAMETER_LIMIT_MS, /* the same as a number */
  PARAMETER_SINCE,    /* text: and not before this */
  PARAMETER_OCCASION, /* of a schedule, in seconds */
  PARAMETER_FIRST_OF_CONDITION
};

/* What the query is made of. */
typedef struct
{
  const SatRule *rule;
  const SatTable *table;
  char *from;     /* SQL: what the occasion counts from, as text */
  char *occasion; /* SQL: the occasion in seconds; NULL where there is none */
  char *is_due;   /* SQL: a condition; NULL: always */
  char *within;   /* SQL: a condition; NULL: always */
  char *limit;
  gint64 limit_ms;
  char *since;
  gint64 moment; /* of a schedule */
} Query;

static void
query_clear (Query *query)
{
  g_free (query->from);
  g_free (query->occasion);
  g_free (query->is_due);
  g_free (query->within);
  g_free (query->limit);
  g_free (query->since);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Query, query_clear)

/* Of a date: the midnight, in UTC, of the day it is here. */
static gint64
today (gint64 now_ms)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (now_ms / 1000);
  g_autofree char *day = now != NULL ? g_date_time_format (now, "%Y-%m-%d") : NULL;
  gint64 midnight = 0;

  if (day != NULL)
    sat_occasion_of_value (day, &midnight);
  return midnight;
}

/* A time has come when it is past; a date on its day, and nobody has touched a record for some days
 * on the day after them. */
static void
ask_for_time (Query *query, gint64 now_ms)
{
  const SatRule *rule = query->rule;
  gboolean is_date = rule->field != NULL && rule->field->type->id == SAT_TYPE_DATE;
  gboolean on_the_day = is_date && rule->trigger == SAT_TRIGGER_DATE;
  gint64 limit = (is_date ? today (now_ms) : now_ms / 1000) - rule->days * SAT_DAY_S;
  g_autofree char *column = rule->field != NULL ? sat_schema_column (rule->field, 0) : NULL;
  g_autofree char *touched = g_strdup_printf (
      "strftime(%s, sat_touched(stamps, uuid) / 1000, 'unixepoch')", TIME_FORMAT);
  gint64 since;

  query->limit_ms = limit * 1000;
  if (on_the_day)
    limit += SAT_DAY_S;
  query->limit = sat_occasion_format (limit);
  if (is_date)
    query->limit[strlen ("2026-11-21")] = '\0';
  if (rule->since != NULL && sat_occasion_of_value (rule->since, &since))
    query->since = sat_occasion_format (since - rule->days * SAT_DAY_S);
  if (query->since != NULL && is_date)
    query->since[strlen ("2026-11-21")] = '\0';
  if (rule->trigger == SAT_TRIGGER_DATE)
    {
      query->from = g_strdup (column);
      query->is_due = g_strdup_printf ("%s < ?2 AND %s >= coalesce(?4, '1970-01-02')", column,
                                       column);
    }
  else if (column != NULL)
    {
      query->from = g_strdup_printf ("coalesce(%s, %s)", column, touched);
      query->is_due = g_strdup_printf ("(%s < ?2 OR (%s IS NULL AND sat_touched(stamps, uuid) < "
                                       "?3)) AND coalesce(%s, '1970-01-02') >="
                                       " coalesce(?4, '1970-01-02')",
                                       column, column, column);
    }
  else
    {
      query->from = g_strdup (touched);
      query->is_due = g_strdup ("sat_touched(stamps, uuid) < ?3");
    }
  query->occasion = g_strdup_printf ("CAST(strftime('%%s', %s, '%+" G_GINT64_FORMAT
                                     " days') AS INTEGER)",
                                     query->from, rule->days);
}

static char *
statement (const Query *query, const char *condition)
{
  GString *sql = g_string_new (NULL);

  g_string_append_printf (sql, "SELECT row, %s FROM %s WHERE +hidden = 0 AND dead = 0",
                          query->occasion != NULL ? query->occasion : "0", query->table->table);
  if (query->is_due != NULL)
    g_string_append_printf (sql, " AND %s", query->is_due);
  if (query->within != NULL)
    g_string_append_printf (sql, " AND (%s)", query->within);
  if (condition != NULL)
    g_string_append_printf (sql, " AND (%s)", condition);
  if (query->occasion != NULL)
    g_string_append_printf (
        sql,
        " AND NOT EXISTS (SELECT 1 FROM o_rule_run x WHERE x.uuid = sat_log_id(?1, %s.uuid,"
        " (SELECT key FROM book WHERE number = %s.book)) AND x.f_occasion >= strftime(%s, %s,"
        " 'unixepoch'))",
        query->table->table, query->table->table, TIME_FORMAT, query->occasion);
  return g_string_free (sql, FALSE);
}

static void
bind (SatStmt *stmt, const Query *query, const SatCompiled *condition)
{
  sat_stmt_bind_id (stmt, PARAMETER_RULE, &query->rule->id);
  sat_stmt_bind_text (stmt, PARAMETER_LIMIT, query->limit);
  sat_stmt_bind_int (stmt, PARAMETER_LIMIT_MS, query->limit_ms);
  sat_stmt_bind_text (stmt, PARAMETER_SINCE, query->since);
  sat_stmt_bind_int (stmt, PARAMETER_OCCASION, query->moment);
  if (condition != NULL)
    sat_condition_bind (condition, stmt, PARAMETER_FIRST_OF_CONDITION);
}

static GArray *
collect (SatReplica *replica, const Query *query, const SatCompiled *condition, GError **error)
{
  g_autofree char *sql = statement (query, condition != NULL ? condition->sql : NULL);
  g_autoptr (GArray) due = g_array_new (FALSE, FALSE, sizeof (SatRuleDue));
  SatStmt *stmt = sat_db_prepare (replica->db, sql, error);
  GError *problem = NULL;
  gboolean ok;

  if (stmt == NULL)
    return NULL;
  bind (stmt, query, condition);
  while (sat_stmt_step (stmt, &problem))
    {
      SatRuleDue one = { sat_stmt_int (stmt, 0), sat_stmt_int (stmt, 1) };

      g_array_append_val (due, one);
    }
  ok = sat_stmt_finish (stmt, problem, error);
  sat_db_forget_statement (replica->db, sql);
  return ok ? g_steal_pointer (&due) : NULL;
}

GArray *
sat_rule_due (SatReplica *replica,
              const SatRule *rule,
              gint64 now_ms,
              const SatId *me,
              gboolean by_hand,
              const SatAccess *access,
              GError **error)
{
  static const SatExpressionChange nothing = { 0 };
  g_auto (Query) query = { .rule = rule, .table = sat_replica_table (replica, rule->object) };
  const SatExpressionContext context = {
    .names = &sat_condition_names,
    .from = query.table->table,
    .first_parameter = PARAMETER_FIRST_OF_CONDITION,
    .now_ms = now_ms,
    .me = *me,
    .change = &nothing,
    .calendar = sat_calendar_text,
    .calendar_data = replica,
  };
  g_autoptr (SatCompiled) condition = NULL;

  if (rule->condition != NULL)
    {
      condition = sat_expression_compile (rule->condition, &context, error);
      if (condition == NULL)
        return NULL;
    }
  if (!by_hand && rule->trigger == SAT_TRIGGER_SCHEDULE)
    {
      query.occasion = g_strdup ("?5");
      query.moment = sat_occasion_of_schedule (rule, now_ms / 1000);
    }
  else if (!by_hand)
    ask_for_time (&query, now_ms);
  else
    query.within = sat_scope_condition (replica, access, rule->object, SAT_RIGHT_EDIT,
                                        query.table->table);
  return collect (replica, &query, condition, error);
}
