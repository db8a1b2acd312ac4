/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/automation/sat-rule.h"

#include <string.h>

static const char *const triggers[SAT_N_TRIGGERS] = { "created", "changed",  "saved", "untouched",
                                                      "date",    "schedule", "manual" };

const char *
sat_trigger_name (SatTrigger trigger)
{
  return trigger < SAT_N_TRIGGERS ? triggers[trigger] : NULL;
}

gboolean
sat_rule_is_for (const SatRule *rule, gboolean created)
{
  return rule->problem == NULL && rule->enabled &&
         (rule->trigger == SAT_TRIGGER_SAVED ||
          rule->trigger == (created ? SAT_TRIGGER_CREATED : SAT_TRIGGER_CHANGED));
}

void
sat_rule_free (SatRule *rule)
{
  if (rule == NULL)
    return;
  g_free (rule->name);
  g_free (rule->object_name);
  g_free (rule->since);
  sat_expression_free (rule->condition);
  g_clear_pointer (&rule->actions, g_ptr_array_unref);
  g_clear_error (&rule->problem);
  g_free (rule);
}

/* ---- values ---- */

/* Where a rule is read from: a record, or a draft. */
typedef struct
{
  const SatObject *object;
  const SatRecord *record;
  const SatDraft *draft;
} Source;

static const char *
value_of (const Source *source, const char *name)
{
  const SatField *field = sat_object_find (source->object, name);

  if (field == NULL)
    return NULL;
  return source->draft != NULL ? sat_draft_get (source->draft, field)
                               : sat_record_get (source->record, field);
}

static gint64
number_of (const Source *source, const char *name, gint64 missing)
{
  const char *value = value_of (source, name);

  return value != NULL ? g_ascii_strtoll (value, NULL, 10) : missing;
}

/* ---- when ---- */

#define MAX_DAYS 36500

static gboolean
read_trigger (SatRule *rule, const Source *source, GError **error)
{
  const char *name = value_of (source, "trigger");

  for (guint i = 0; name != NULL && i < SAT_N_TRIGGERS; i++)
    if (strcmp (triggers[i], name) == 0)
      {
        rule->trigger = (SatTrigger) i;
        return TRUE;
      }
  return sat_fail (error, SAT_ERROR_INVALID, N_ ("“%s” is nothing that sets a rule off"),
                   name != NULL ? name : "", NULL);
}

static gboolean
read_date_field (SatRule *rule, const Source *source, GError **error)
{
  const char *name = value_of (source, "field");
  gboolean several;

  g_return_val_if_fail (rule->object != NULL, FALSE);
  if (name == NULL && rule->trigger == SAT_TRIGGER_UNTOUCHED)
    return TRUE;
  if (name == NULL)
    return sat_fail (error, SAT_ERROR_INVALID, N_ ("which date? Say it in the field “%s”"), "field",
                     NULL);
  rule->field = sat_object_find_called (rule->object, name, &several);
  if (rule->field == NULL)
    return sat_fail (error, SAT_ERROR_INVALID, N_ ("%s has no field “%s”"), rule->object->name,
                     name, NULL);
  return rule->field->type->id == SAT_TYPE_DATE || rule->field->type->id == SAT_TYPE_TIME ||
         sat_fail (error, SAT_ERROR_INVALID, N_ ("“%s” is neither a date nor a time"), name, NULL);
}

static gboolean
read_days (SatRule *rule, const Source *source, GError **error)
{
  gint64 least = rule->trigger == SAT_TRIGGER_UNTOUCHED ? 1 : -MAX_DAYS;
  gint64 most = MAX_DAYS;

  rule->days = number_of (source, "days", 0);
  if (rule->trigger == SAT_TRIGGER_SCHEDULE)
    {
      if (rule->days == 0)
        rule->days = 1;
      least = 1;
      most = rule->schedule == SAT_SCHEDULE_WEEKLY    ? 7
             : rule->schedule == SAT_SCHEDULE_MONTHLY ? 28
                                                      : MAX_DAYS;
    }
  if (rule->days >= least && rule->days <= most)
    return TRUE;
  g_autofree char *from = g_strdup_printf ("%" G_GINT64_FORMAT, least);
  g_autofree char *to = g_strdup_printf ("%" G_GINT64_FORMAT, most);
  return sat_fail (error, SAT_ERROR_INVALID, N_ ("“%s” is a number from %s to %s here"), "days",
                   from, to, NULL);
}

static gboolean
read_schedule (SatRule *rule, const Source *source, GError **error)
{
  const char *schedule = value_of (source, "schedule");
  const char *at = value_of (source, "at");
  guint hour = 0, minute = 0;
  char *end = NULL;

  rule->schedule = g_strcmp0 (schedule, "weekly") == 0    ? SAT_SCHEDULE_WEEKLY
                   : g_strcmp0 (schedule, "monthly") == 0 ? SAT_SCHEDULE_MONTHLY
                                                          : SAT_SCHEDULE_DAILY;
  if (schedule == NULL)
    return sat_fail (error, SAT_ERROR_INVALID, N_ ("how often? Say it in the field “%s”"),
                     "schedule", NULL);
  if (at == NULL)
    return TRUE;
  if (g_ascii_isdigit (*at))
    hour = (guint) g_ascii_strtoull (at, &end, 10);
  if (end != NULL && *end == ':' && g_ascii_isdigit (end[1]) && g_ascii_isdigit (end[2]) &&
      end[3] == '\0')
    minute = (guint) g_ascii_strtoull (end + 1, NULL, 10);
  else
    hour = 24;
  rule->minute = hour * 60 + minute;
  return (hour < 24 && minute < 60) ||
         sat_fail (error, SAT_ERROR_INVALID, N_ ("“%s” is no time of the day; write it as 08:30"),
                   at, NULL);
}

static gboolean
read_when (SatRule *rule, const Source *source, GError **error)
{
  if (!read_trigger (rule, source, error))
    return FALSE;
  if ((rule->trigger == SAT_TRIGGER_UNTOUCHED || rule->trigger == SAT_TRIGGER_DATE) &&
      !read_date_field (rule, source, error))
    return FALSE;
  if (rule->trigger == SAT_TRIGGER_SCHEDULE && !read_schedule (rule, source, error))
    return FALSE;
  rule->since = g_strdup (value_of (source, "since"));
  return rule->trigger < SAT_TRIGGER_UNTOUCHED || rule->trigger == SAT_TRIGGER_MANUAL ||
         read_days (rule, source, error);
}

/* ---- the rule ---- */

static gboolean
read_what (SatRule *rule, const Source *source, GError **error)
{
  const char *condition = value_of (source, "condition");
  /* Where nothing was changed there is no asking what was. */
  SatExpressionUse use = rule->trigger < SAT_TRIGGER_UNTOUCHED ? SAT_EXPRESSION_RULE
                                                               : SAT_EXPRESSION_FILTER;

  if (condition != NULL && condition[strspn (condition, " \t\n")] != '\0')
    {
      GError *problem = NULL;
      guint column = 0;

      rule->condition = sat_expression_parse (rule->object, condition, use, &column, &problem);
      if (rule->condition == NULL)
        {
          sat_error_place (problem, "condition", 0, column);
          g_propagate_error (error, problem);
          return FALSE;
        }
    }
  rule->actions = sat_actions_parse (rule->object, value_of (source, "actions"), error);
  return rule->actions != NULL;
}

/* Rules about rules, and about what rules write, would set themselves off. */
static gboolean
read_object (SatRule *rule, const Source *source, GError **error)
{
  const char *name = value_of (source, "object");

  rule->object_name = g_strdup (name != NULL ? name : "");
  rule->object = name != NULL ? sat_catalogue_find (source->object->catalogue, name) : NULL;
  if (rule->object == NULL)
    return sat_fail (error, SAT_ERROR_INVALID, N_ ("there is no object “%s”"), rule->object_name,
                     NULL);
  return (!rule->object->managed && !rule->object->system && strcmp (name, SAT_RULE) != 0 &&
          strcmp (name, SAT_NOTICE) != 0) ||
         sat_fail (error, SAT_ERROR_INVALID, N_ ("there are no rules about a %s"), name, NULL);
}

static gboolean
read_all (SatRule *rule, const Source *source, GError **error)
{
  return read_object (rule, source, error) && read_when (rule, source, error) &&
         read_what (rule, source, error);
}

SatRule *
sat_rule_read (const SatRecord *record)
{
  const Source source = { .object = sat_record_object (record), .record = record };
  SatRule *rule = g_new0 (SatRule, 1);

  rule->id = *sat_record_id (record);
  rule->name = g_strdup (sat_record_title (record));
  rule->enabled = g_strcmp0 (value_of (&source, "enabled"), "yes") == 0;
  read_all (rule, &source, &rule->problem);
  return rule;
}

/* ---- before it is saved ---- */

static void
set (SatDraft *draft, const char *name, const char *value)
{
  const SatField *field = sat_object_find (sat_draft_object (draft), name);

  if (field != NULL && g_strcmp0 (sat_draft_get (draft, field), value) != 0)
    sat_draft_set (draft, field, value);
}

gboolean
sat_rule_check (SatDraft *draft, const char *today, GError **error)
{
  const Source source = { .object = sat_draft_object (draft), .draft = draft };
  g_autoptr (SatRule) rule = g_new0 (SatRule, 1);

  if (!read_all (rule, &source, error))
    return FALSE;
  if (rule->condition != NULL)
    {
      g_autofree char *text = sat_expression_format (rule->condition);

      set (draft, "condition", text);
    }
  if (rule->field != NULL)
    set (draft, "field", rule->field->name);
  if (rule->since == NULL && rule->trigger == SAT_TRIGGER_DATE)
    set (draft, "since", today);
  return TRUE;
}

gboolean
sat_rule_is_put_aside (const SatDraft *draft)
{
  static const char *const says[] = { "object", "trigger", "field",     "days",   "schedule",
                                      "at",     "since",   "condition", "actions" };
  const Source source = { .object = sat_draft_object (draft), .draft = draft };

  if (sat_draft_base (draft) == NULL || g_strcmp0 (value_of (&source, "enabled"), "yes") == 0)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (says); i++)
    {
      const SatField *field = sat_object_find (source.object, says[i]);

      if (field != NULL && sat_draft_changes (draft, field))
        return FALSE;
    }
  return TRUE;
}
