/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/workspace/sat-workspace-gaps.h"

#include <string.h>

#include "core/automation/sat-rule-run.h"
#include "core/workspace/sat-workspace-access.h"
#include "core/workspace/sat-workspace-pipeline.h"
#include "core/workspace/sat-workspace-private.h"
#include "core/workspace/sat-workspace-revoke.h"
#include "core/workspace/sat-workspace-rules.h"

void
sat_gap_free (SatGap *gap)
{
  g_clear_error (&gap->what);
  g_free (gap);
}

/* MSGID has two places, or one where B is NULL. */
static void
add_gap (GPtrArray *out, const char *kind, const char *msgid, const char *a, const char *b)
{
  SatGap *gap = g_new0 (SatGap, 1);

  gap->kind = kind;
  sat_fail (&gap->what, SAT_ERROR_INVALID, msgid, a, b, NULL);
  g_ptr_array_add (out, gap);
}

/* The records of OBJECT that meet CONDITION (NULL: all); -1: failed. */
static gint64
count (SatWorkspace *workspace, const SatObject *object, const char *condition, GError **error)
{
  SatQuery query = { .object = object, .limit = -1 };
  g_autoptr (SatExpression) where = NULL;

  if (condition != NULL)
    where = sat_expression_parse (object, condition, SAT_EXPRESSION_FILTER, NULL, error);
  if (condition != NULL && where == NULL)
    return -1;
  query.where = where;
  return sat_workspace_count (workspace, &query, error);
}

/* ---- pipelines ---- */

static gboolean
look_at_pipelines (SatWorkspace *workspace, GPtrArray *out, GError **error)
{
  const SatObject *deal = sat_catalogue_find (workspace->replica->catalogue, "deal");
  g_autoptr (GPtrArray) pipelines = sat_workspace_pipelines (workspace, error);

  for (guint i = 0; pipelines != NULL && (deal == NULL || !deal->off) && i < pipelines->len; i++)
    {
      const SatPipeline *pipeline = pipelines->pdata[i];

      if (pipeline->is_built_in)
        add_gap (out, "pipeline",
                 N_ ("there is no pipeline: deals go on with nothing asked; “satchel new pipeline” "
                     "or a template makes one"),
                 NULL, NULL);
      for (guint k = 0; k < pipeline->stages->len; k++)
        {
          const SatStage *stage = pipeline->stages->pdata[k];

          if (stage->is_listed && stage->outcome == SAT_OUTCOME_OPEN && stage->criteria->len == 0 &&
              stage->tasks[0] == NULL)
            add_gap (out, "stage",
                     N_ ("the stage “%s” of “%s” asks for nothing before a deal goes on"),
                     sat_stage_word (stage), pipeline->name);
        }
    }
  return pipelines != NULL;
}

/* ---- rights ---- */

/* Is there any field that the role may not see or change, but for those of users? */
static gboolean
limits_fields (SatWorkspace *workspace, const SatAccess *access)
{
  const SatCatalogue *catalogue = workspace->replica->catalogue;

  for (guint i = 0; i < sat_catalogue_n_objects (catalogue); i++)
    {
      const SatObject *object = sat_catalogue_object (catalogue, i);

      if (strcmp (object->name, "user") != 0 && sat_access_limits (access, object))
        return TRUE;
    }
  return FALSE;
}

static gboolean
look_at_roles (SatWorkspace *workspace, GPtrArray *out, GError **error)
{
  const SatObject *user = sat_workspace_object (workspace, "user", error);
  guint n;
  const SatChoice *roles = sat_workspace_roles (workspace, &n);

  if (user == NULL)
    return FALSE;
  if (!sat_workspace_rights_hold (workspace))
    add_gap (out, "rights",
             N_ ("rights are not in force: everybody may do everything, as nobody is an "
                 "administrator"),
             NULL, NULL);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = g_strdup_printf ("role = \"%s\" and not (active = no)",
                                               roles[i].name);
      g_autoptr (SatAccess) access = NULL;
      gint64 users = count (workspace, user, text, error);

      if (users < 0)
        return FALSE;
      if (users == 0 || strcmp (roles[i].name, SAT_ACCESS_ADMIN) == 0)
        continue;
      access = sat_workspace_access_of (workspace, NULL, roles[i].name, error);
      if (access == NULL)
        return FALSE;
      if (!limits_fields (workspace, access))
        add_gap (out, "role",
                 N_ ("the role “%s” sees and changes every field; “satchel perm set” limits single "
                     "ones"),
                 roles[i].name, NULL);
    }
  return TRUE;
}

/* ---- rules ---- */

static gboolean
is_about_people (const SatRule *rule)
{
  return strcmp (rule->object_name, "lead") == 0 || strcmp (rule->object_name, "customer") == 0;
}

static gboolean
assigns (const SatRule *rule)
{
  for (guint i = 0; i < rule->actions->len; i++)
    {
      const SatAction *action = rule->actions->pdata[i];

      if (action->type == SAT_ACTION_ASSIGN_IN_TURN ||
          action->type == SAT_ACTION_ASSIGN_LEAST_BUSY || action->type == SAT_ACTION_ASSIGN_BY)
        return TRUE;
    }
  return FALSE;
}

static gboolean
look_at_rule (SatWorkspace *workspace, const SatRule *rule, GPtrArray *out, GError **error)
{
  char id[SAT_ID_TEXT_SIZE];
  g_autoptr (GPtrArray) log = sat_workspace_rules_log (workspace, sat_id_format (&rule->id, id), 1,
                                                       error);

  if (log != NULL && log->len == 0)
    add_gap (out, "rule", N_ ("the rule “%s” has done nothing yet"), rule->name, NULL);
  return log != NULL;
}

static gboolean
look_at_rules (SatWorkspace *workspace, GPtrArray *out, GError **error)
{
  g_autoptr (GPtrArray) rules = sat_rules_load (workspace->replica, error);
  gboolean assigned = FALSE;
  gboolean cared = FALSE;

  for (guint i = 0; rules != NULL && i < rules->len; i++)
    {
      const SatRule *rule = rules->pdata[i];

      if (!rule->enabled || rule->problem != NULL)
        continue;
      assigned = assigned || (is_about_people (rule) && assigns (rule));
      cared = cared || (is_about_people (rule) && rule->trigger == SAT_TRIGGER_UNTOUCHED);
      if (!look_at_rule (workspace, rule, out, error))
        return FALSE;
    }
  if (rules != NULL && !assigned)
    add_gap (out, "assign",
             N_ ("no rule gives leads or customers to somebody; “satchel rules enable "
                 "assign-leads” does"),
             NULL, NULL);
  if (rules != NULL && !cared)
    add_gap (out, "care",
             N_ ("no rule looks after leads and customers that nobody has touched for long"), NULL,
             NULL);
  return rules != NULL;
}

/* ---- objects and fields ---- */

static const char *
object_word (const SatObject *object)
{
  return object->custom ? sat_label (object->label, NULL) : object->name;
}

static gboolean
look_at_fields (SatWorkspace *workspace,
                const SatObject *object,
                gint64 records,
                GPtrArray *out,
                GError **error)
{
  guint own = 0;

  for (guint i = 0; i < object->n_fields; i++)
    {
      const SatField *field = object->fields[i];
      g_autofree char *text = g_strconcat (field->name, " is not empty", NULL);
      gint64 filled = 1;

      if (!field->custom || field->retired)
        continue;
      own++;
      if (records >= SAT_GAP_RECORDS)
        filled = count (workspace, object, text, error);
      if (filled < 0)
        return FALSE;
      if (filled == 0)
        add_gap (out, "field",
                 N_ ("“%s” of “%s” is empty in all records; retire it if nobody needs it"),
                 sat_field_word (field), object_word (object));
    }
  if (own > SAT_GAP_FIELDS)
    {
      g_autofree char *number = g_strdup_printf ("%u", own);

      add_gap (out, "many",
               N_ ("“%s” has %s fields of the company's own; each costs care, retire those that "
                   "nobody needs"),
               object_word (object), number);
    }
  return TRUE;
}

static gboolean
look_at_objects (SatWorkspace *workspace, GPtrArray *out, GError **error)
{
  const SatCatalogue *catalogue = workspace->replica->catalogue;

  for (guint i = 0; i < sat_catalogue_n_objects (catalogue); i++)
    {
      const SatObject *object = sat_catalogue_object (catalogue, i);
      gint64 records;

      if (object->system || object->retired || object->off)
        continue;
      records = count (workspace, object, NULL, error);
      if (records < 0 || !look_at_fields (workspace, object, records, out, error))
        return FALSE;
      if (records == 0 && object->custom)
        add_gap (out, "object", N_ ("there is no “%s” yet; retire it if nobody needs it"),
                 object_word (object), NULL);
    }
  return TRUE;
}

GPtrArray *
sat_workspace_gaps (SatWorkspace *workspace, GError **error)
{
  g_autoptr (GPtrArray) out = g_ptr_array_new_with_free_func ((GDestroyNotify) sat_gap_free);

  if (sat_workspace_rights_hold (workspace) && !sat_workspace_is_admin (workspace, NULL))
    {
      sat_fail (error, SAT_ERROR_REFUSED,
                N_ ("only administrators are told this, since others do not see everything"), NULL);
      return NULL;
    }
  return look_at_pipelines (workspace, out, error) && look_at_roles (workspace, out, error) &&
                 look_at_rules (workspace, out, error) && look_at_objects (workspace, out, error)
             ? g_steal_pointer (&out)
             : NULL;
}
