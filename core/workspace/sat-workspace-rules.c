/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/workspace/sat-workspace-rules.h"

#include <string.h>

#include "core/automation/sat-rule-due.h"
#include "core/automation/sat-rule-run.h"
#include "core/automation/sat-rule-shipped.h"
#include "core/store/sat-rule-sql.h"
#include "core/workspace/sat-workspace-access.h"
#include "core/workspace/sat-workspace-approval-private.h"
#include "core/workspace/sat-workspace-pipeline-private.h"
#include "core/workspace/sat-workspace-private.h"

#define RULES_IN_ONE 50      /* records in one transaction, so that nobody waits for long */
#define LONG_RUN 1000        /* records that take long in one */
#define META_RAN "rules_ran" /* when an exchange last looked for what is due */

void
sat_rule_info_free (SatRuleInfo *info)
{
  if (info == NULL)
    return;
  g_free (info->name);
  g_free (info->object);
  g_clear_error (&info->problem);
  g_free (info);
}

void
sat_rule_done_free (SatRuleDone *done)
{
  if (done == NULL)
    return;
  g_free (done->rule_name);
  g_free (done->title);
  g_free (done->what);
  g_free (done->device);
  g_free (done);
}

static SatId
user_of (SatReplica *replica)
{
  g_autofree char *text = sat_meta_get (replica, SAT_META_USER);
  SatId me;

  return text != NULL && sat_id_parse (text, &me) ? me : (SatId){ 0 };
}

/* ---- gates ---- */

/* A rule forces nothing: what a person would be refused, it does not do. */
static gboolean
gate_before (SatDraft *draft, char **why, gpointer *step, gpointer data, GError **error)
{
  SatStageStep *prepared = NULL;
  GError *problem = NULL;

  if (sat_stage_prepare (data, draft, &prepared, &problem) &&
      sat_approval_check (data, draft, NULL, &problem))
    {
      *step = prepared;
      return TRUE;
    }
  sat_stage_step_free (prepared);
  if (!g_error_matches (problem, SAT_ERROR, SAT_ERROR_GATE) &&
      !g_error_matches (problem, SAT_ERROR, SAT_ERROR_APPROVAL) &&
      !g_error_matches (problem, SAT_ERROR, SAT_ERROR_INVALID))
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  *why = g_strdup (problem->message);
  g_error_free (problem);
  return TRUE;
}

static gboolean
gate_after (gpointer step, const SatId *id, SatLocal *local, gpointer data, GError **error)
{
  return sat_stage_finish (data, local, id, step, error);
}

static void
gate_free (gpointer step)
{
  sat_stage_step_free (step);
}

static gboolean
gate_request (const SatRuleRequest *request,
              SatLocal *local,
              char **asked,
              char **why,
              gpointer data,
              GError **error)
{
  return sat_approval_request_by_rule (data, local, request, asked, why, error);
}

static SatRuleRunner *
runner_new (SatWorkspace *workspace, SatLocal *local, gint64 now_ms, GPtrArray *effects)
{
  SatId me = user_of (workspace->replica);

  const SatRuleGates gates = { gate_before, gate_after, gate_free, gate_request, workspace };
  SatRuleRunner *runner = sat_rule_runner_new (workspace->replica, local, &me, now_ms, effects);

  sat_rule_runner_keep_to (runner, &gates);
  return runner;
}

/* ---- saving ---- */

/* The logins that actions name must be somebody's: a slip is said now, not when nobody is told. */
static gboolean
check_logins (SatWorkspace *workspace, const SatAction *action, GError **error)
{
  for (guint i = 0; i < action->people->len; i++)
    {
      const SatActionPerson *person = action->people->pdata[i];
      g_autoptr (SatRecord) user = NULL;

      if (person->login == NULL || strcmp (person->login, "*") == 0)
        continue;
      user = sat_workspace_user (workspace->replica, person->login, error);
      if (user == NULL)
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_people (SatWorkspace *workspace, const SatDraft *draft, GError **error)
{
  const SatObject *rule = sat_draft_object (draft);
  const char *of = sat_draft_get (draft, sat_object_find (rule, "object"));
  const SatObject *object = sat_catalogue_find (workspace->replica->catalogue, of);
  g_autoptr (GPtrArray) actions = sat_actions_parse (
      object, sat_draft_get (draft, sat_object_find (rule, "actions")), error);

  for (guint i = 0; actions != NULL && i < actions->len; i++)
    if (!check_logins (workspace, actions->pdata[i], error))
      return FALSE;
  return actions != NULL;
}

gboolean
sat_workspace_check_rule (SatWorkspace *workspace, SatDraft *draft, GError **error)
{
  gint64 now_ms = sat_platform_now_ms (workspace->replica->platform);
  g_autoptr (GDateTime) now = NULL;
  g_autofree char *today = NULL;

  if (strcmp (sat_draft_object (draft)->name, SAT_RULE) != 0 || sat_rule_is_put_aside (draft))
    return TRUE;
  now = g_date_time_new_from_unix_local (now_ms / 1000);
  today = now != NULL ? g_date_time_format (now, "%Y-%m-%d") : NULL;
  return sat_rule_check (draft, today, error) && check_people (workspace, draft, error);
}

gboolean
sat_workspace_run_saved (SatWorkspace *workspace,
                         SatLocal *local,
                         const SatDraft *draft,
                         const SatId *id,
                         GError **error)
{
  const SatObject *object = sat_draft_object (draft);
  gboolean several = local == workspace->open;
  g_autoptr (SatRuleRunner) own = NULL;

  if (workspace->runner != NULL && strcmp (object->name, SAT_RULE) == 0)
    sat_rule_runner_forget (workspace->runner);
  if (several && workspace->runner == NULL)
    workspace->runner = runner_new (workspace, local,
                                    sat_platform_now_ms (workspace->replica->platform), NULL);
  else if (!several)
    own = runner_new (workspace, local, sat_platform_now_ms (workspace->replica->platform), NULL);
  return sat_rule_runner_saved (several ? workspace->runner : own, object, id,
                                sat_draft_base (draft), error);
}

/* ---- looking ---- */

GPtrArray *
sat_workspace_rules (SatWorkspace *workspace, GError **error)
{
  const SatObject *object = sat_workspace_object (workspace, SAT_RULE, error);
  g_autoptr (GPtrArray) rules = NULL;
  GPtrArray *out;

  if (object == NULL || !sat_workspace_check_right (workspace, object, SAT_RIGHT_READ, NULL, error))
    return NULL;
  rules = sat_rules_load (workspace->replica, error);
  if (rules == NULL)
    return NULL;
  out = g_ptr_array_new_with_free_func ((GDestroyNotify) sat_rule_info_free);
  for (guint i = 0; i < rules->len; i++)
    {
      SatRule *rule = rules->pdata[i];
      SatRuleInfo *info = g_new0 (SatRuleInfo, 1);

      info->id = rule->id;
      info->name = g_strdup (rule->name);
      info->object = g_strdup (rule->object_name);
      info->trigger = sat_trigger_name (rule->trigger);
      info->enabled = rule->enabled;
      info->problem = g_steal_pointer (&rule->problem);
      g_ptr_array_add (out, info);
    }
  return out;
}

/* Which of RULES is called NAME, or has it as its id. */
static const SatRule *
pick (const GPtrArray *rules, const char *name, GError **error)
{
  const SatRule *found = NULL;
  guint n = 0;

  for (guint i = 0; i < rules->len; i++)
    {
      const SatRule *rule = rules->pdata[i];
      char id[SAT_ID_TEXT_SIZE];

      if (strcmp (rule->name, name) == 0 || strcmp (sat_id_format (&rule->id, id), name) == 0)
        {
          found = rule;
          n++;
        }
    }
  if (n == 1)
    return found;
  sat_fail (error, n > 1 ? SAT_ERROR_AMBIGUOUS : SAT_ERROR_NOT_FOUND,
            n > 1 ? N_ ("more than one rule is called “%s”; give its id")
                  : N_ ("there is no rule “%s”; “satchel rules list” lists them"),
            name, NULL);
  return NULL;
}

/* ---- who sees what ---- */

/* Rules act for the company, not for who happens to be at the laptop; but they tell nobody of
 * records or values that he may not see. */
typedef struct
{
  SatWorkspace *workspace;
  gboolean conceal; /* what was done: some field is not for him */
} Seer;

static Seer
seer_new (SatWorkspace *workspace)
{
  const SatCatalogue *catalogue = workspace->replica->catalogue;
  const SatAccess *access = sat_workspace_access (workspace);
  Seer seer = { workspace, FALSE };

  for (guint i = 0; access != NULL && i < sat_catalogue_n_objects (catalogue); i++)
    seer.conceal = seer.conceal ||
                   sat_access_conceals (access, sat_catalogue_object (catalogue, i));
  return seer;
}

static gboolean
sees (const Seer *seer, const SatObject *object, const SatId *record)
{
  gboolean may = sat_workspace_access (seer->workspace) == NULL;

  return may || (object != NULL &&
                 sat_workspace_may_see (seer->workspace, object, record, &may, NULL) && may);
}

/* ---- running ---- */

typedef struct
{
  SatWorkspace *workspace;
  const SatRulesOptions *options;
  gint64 now_ms;
  GPtrArray *effects; /* SatRuleEffect */
} Run;

static gboolean
looks_at_time (const SatRule *rule)
{
  return rule->trigger == SAT_TRIGGER_UNTOUCHED || rule->trigger == SAT_TRIGGER_DATE ||
         rule->trigger == SAT_TRIGGER_SCHEDULE;
}

/* Some of what is due, in the open transaction. */
static gboolean
run_some (const Run *run,
          const SatRule *rule,
          const SatRuleDue *due,
          guint n,
          gboolean by_hand,
          GError **error)
{
  SatLocal *local = run->workspace->open;
  g_autoptr (SatRuleRunner) runner = runner_new (run->workspace, local, run->now_ms, run->effects);

  if (by_hand)
    {
      sat_local_record (local, 0);
      if (!sat_local_begin_step (local, error))
        return FALSE;
    }
  for (guint i = 0; i < n; i++)
    {
      SatHlc occasion = by_hand ? sat_local_hlc (local) : sat_hlc_from_ms (due[i].occasion * 1000);

      if (!sat_rule_runner_run (runner, rule, due[i].row, occasion, by_hand, error))
        return FALSE;
    }
  return TRUE;
}

/* What is run by hand is one step, and a dry run is never committed: each is one transaction. */
static gboolean
run_due (const Run *run, const SatRule *rule, const GArray *due, gboolean by_hand, GError **error)
{
  const SatRuleDue *all = (const SatRuleDue *) (const void *) due->data;
  gboolean dry = run->options->dry_run;
  guint most = by_hand || dry ? MAX (due->len, 1) : RULES_IN_ONE;

  for (guint at = 0; at < due->len; at += most)
    {
      if (!sat_workspace_begin (run->workspace, error))
        return FALSE;
      if (MIN (most, due->len - at) > LONG_RUN)
        sat_workspace_take_time (run->workspace);
      if (!run_some (run, rule, all + at, MIN (most, due->len - at), by_hand, error))
        {
          sat_workspace_rollback (run->workspace);
          return FALSE;
        }
      if (dry)
        sat_workspace_rollback (run->workspace);
      else if (!sat_workspace_commit (run->workspace, error))
        return FALSE;
    }
  return TRUE;
}

/* A schedule looks at each of its periods once here. */
static gboolean
was_looked_at (const Run *run, const SatRule *rule, char **key, gint64 *period)
{
  char id[SAT_ID_TEXT_SIZE];

  *key = g_strconcat ("rule:", sat_id_format (&rule->id, id), NULL);
  *period = sat_occasion_of_schedule (rule, run->now_ms / 1000);
  return sat_meta_get_int (run->workspace->replica, *key, G_MININT64) >= *period;
}

static gboolean
run_rule (const Run *run, const SatRule *rule, GError **error)
{
  SatReplica *replica = run->workspace->replica;
  gboolean by_hand = !looks_at_time (rule);
  SatId me = user_of (replica);
  g_autofree char *key = NULL;
  g_autoptr (GArray) due = NULL;
  gint64 period;

  if (rule->trigger == SAT_TRIGGER_SCHEDULE && was_looked_at (run, rule, &key, &period))
    return TRUE;
  due = sat_rule_due (replica, rule, run->now_ms, &me, by_hand,
                      sat_workspace_access (run->workspace), error);
  if (due == NULL || !run_due (run, rule, due, by_hand, error))
    return FALSE;
  return key == NULL || run->options->dry_run || sat_meta_set_int (replica, key, period, error);
}

static gboolean
run_named (const Run *run, const GPtrArray *rules, GError **error)
{
  const SatRule *rule = pick (rules, run->options->name, error);

  if (rule == NULL)
    return FALSE;
  if (rule->problem != NULL)
    {
      if (error != NULL)
        *error = g_error_copy (rule->problem);
      return FALSE;
    }
  if (!rule->enabled && !run->options->dry_run)
    return sat_fail (error, SAT_ERROR_INVALID,
                     N_ ("the rule “%s” is switched off; “satchel rules enable” switches it on"),
                     rule->name, NULL);
  return run_rule (run, rule, error);
}

static gboolean
run_all (const Run *run, const GPtrArray *rules, GError **error)
{
  for (guint i = 0; i < rules->len; i++)
    {
      const SatRule *rule = rules->pdata[i];

      if (rule->problem == NULL && rule->enabled && looks_at_time (rule) &&
          !run_rule (run, rule, error))
        return FALSE;
    }
  return TRUE;
}

static SatRuleDone *
done_of (const SatRuleEffect *effect, const Seer *seer, gint64 now_ms)
{
  SatRuleDone *done = g_new0 (SatRuleDone, 1);

  done->rule = effect->rule;
  done->rule_name = g_strdup (effect->rule_name);
  done->object = effect->object;
  done->record = effect->record;
  done->title = g_strdup (effect->title);
  done->what = g_strdup (seer->conceal ? "…" : effect->what);
  done->time_ms = now_ms;
  return done;
}

GPtrArray *
sat_workspace_run_rules (SatWorkspace *workspace, const SatRulesOptions *options, GError **error)
{
  gint64 clock_ms = sat_platform_now_ms (workspace->replica->platform);
  g_autoptr (GPtrArray) effects = g_ptr_array_new_with_free_func (
      (GDestroyNotify) sat_rule_effect_free);
  g_autoptr (GPtrArray) rules = sat_rules_load (workspace->replica, error);
  const Run run = { workspace, options, options->now_ms != 0 ? options->now_ms : clock_ms,
                    effects };
  GPtrArray *out;
  Seer seer;

  if (rules == NULL ||
      !(options->name != NULL ? run_named (&run, rules, error) : run_all (&run, rules, error)))
    return NULL;
  seer = seer_new (workspace);
  out = g_ptr_array_new_with_free_func ((GDestroyNotify) sat_rule_done_free);
  for (guint i = 0; i < effects->len; i++)
    {
      const SatRuleEffect *effect = effects->pdata[i];

      if (sees (&seer, effect->object, &effect->record))
        g_ptr_array_add (out, done_of (effect, &seer, run.now_ms));
    }
  return out;
}

gboolean
sat_workspace_run_due_rules (SatWorkspace *workspace, guint *done, GError **error)
{
  SatReplica *replica = workspace->replica;
  const SatRulesOptions options = { 0 };
  gint64 now_ms = sat_platform_now_ms (replica->platform);
  gint64 ran_ms = sat_meta_get_int (replica, META_RAN, 0);
  g_autoptr (GPtrArray) all = NULL;

  *done = 0;
  if (ran_ms <= now_ms && now_ms - ran_ms < SAT_RULES_EVERY_MS)
    return TRUE;
  all = sat_workspace_run_rules (workspace, &options, error);
  if (all == NULL)
    return FALSE;
  *done = all->len;
  return sat_meta_set_int (replica, META_RAN, now_ms, error);
}

/* ---- the log ---- */

static const char *
value_of (const SatRecord *record, const char *name)
{
  const SatField *field = sat_object_find (sat_record_object (record), name);

  return field != NULL ? sat_record_get (record, field) : NULL;
}

static char *
title_of (SatReplica *replica, const char *object, const char *id_text, SatId *id)
{
  if (id_text == NULL || !sat_id_parse (id_text, id))
    return NULL;
  return sat_list_title (
      replica, object != NULL ? sat_catalogue_find (replica->catalogue, object) : NULL, id);
}

/* Which object the record is of: that of its rule. */
static const SatObject *
object_of_rule (SatReplica *replica, const SatId *rule)
{
  const SatObject *rules = sat_catalogue_find (replica->catalogue, SAT_RULE);
  g_autoptr (SatRecord) record = sat_list_load (replica, rules, rule, NULL);
  const char *name = record != NULL ? value_of (record, "object") : NULL;

  return name != NULL ? sat_catalogue_find (replica->catalogue, name) : NULL;
}

static SatRuleDone *
done_of_entry (SatReplica *replica, const Seer *seer, const SatRecord *entry)
{
  SatRuleDone *done = g_new0 (SatRuleDone, 1);
  const char *occasion = value_of (entry, "occasion");
  gint64 moment = 0;
  SatId device;

  done->rule_name = title_of (replica, SAT_RULE, value_of (entry, "rule"), &done->rule);
  done->object = object_of_rule (replica, &done->rule);
  done->title = title_of (replica, done->object != NULL ? done->object->name : NULL,
                          value_of (entry, "record"), &done->record);
  done->device = title_of (replica, "device", value_of (entry, "device"), &device);
  done->what = g_strdup (seer->conceal ? "…" : sat_record_title (entry));
  if (occasion != NULL)
    sat_occasion_of_value (occasion, &moment);
  done->time_ms = moment * 1000;
  return done;
}

GPtrArray *
sat_workspace_rules_log (SatWorkspace *workspace, const char *rule, gint64 limit, GError **error)
{
  static const char *const sort[] = { "-occasion", NULL };
  SatReplica *replica = workspace->replica;
  const SatObject *object = sat_workspace_object (workspace, SAT_RULE_RUN, error);
  SatListQuery query = { .object = object, .sort = sort, .limit = -1 };
  g_autoptr (GPtrArray) rules = object != NULL ? sat_rules_load (replica, error) : NULL;
  g_autoptr (GArray) rows = NULL;
  GPtrArray *out;
  Seer seer;

  if (rules == NULL)
    return NULL;
  if (rule != NULL)
    {
      const SatRule *one = pick (rules, rule, error);

      if (one == NULL)
        return NULL;
      query.reference = sat_object_find (object, "rule");
      query.target = one->id;
    }
  rows = sat_list_rows (replica, &query, error);
  if (rows == NULL)
    return NULL;
  seer = seer_new (workspace);
  out = g_ptr_array_new_with_free_func ((GDestroyNotify) sat_rule_done_free);
  for (guint i = 0; i < rows->len && (limit < 0 || out->len < limit); i++)
    {
      g_autoptr (SatRecord) entry = sat_list_load_row (replica, object,
                                                       g_array_index (rows, gint64, i), NULL);
      SatRuleDone *done = entry != NULL ? done_of_entry (replica, &seer, entry) : NULL;

      if (done != NULL && sees (&seer, done->object, &done->record))
        g_ptr_array_add (out, done);
      else
        sat_rule_done_free (done);
    }
  return out;
}

char *
sat_workspace_rule_of (SatWorkspace *workspace, const SatId *id, const char *book, SatHlc time)
{
  SatReplica *replica = workspace->replica;
  const SatObject *object = sat_catalogue_find (replica->catalogue, SAT_RULE_RUN);
  g_autofree char *moment = sat_occasion_format (sat_hlc_ms (time) / 1000);
  g_autoptr (GPtrArray) rules = object != NULL ? sat_rules_load (replica, NULL) : NULL;
  const SatRule *found = NULL;

  for (guint i = 0; rules != NULL && i < rules->len; i++)
    {
      const SatRule *rule = rules->pdata[i];
      g_autoptr (SatRecord) entry = NULL;
      SatId log;

      sat_rule_log_id (&rule->id, id, book, &log);
      entry = sat_list_load (replica, object, &log, NULL);
      if (entry == NULL || g_strcmp0 (value_of (entry, "occasion"), moment) != 0)
        continue;
      if (found != NULL) /* several at the same moment: which one is not known */
        return NULL;
      found = rule;
    }
  return found != NULL ? g_strdup (found->name) : NULL;
}

/* ---- switching ---- */

const char *const *
sat_workspace_shipped_rules (void)
{
  static const char *keys[16];
  static gsize made = 0;

  if (g_once_init_enter (&made))
    {
      guint n = 0;

      for (const SatShippedRule *rule = sat_rules_shipped (); rule->key != NULL; rule++)
        if (n + 1 < G_N_ELEMENTS (keys) && (n == 0 || strcmp (keys[n - 1], rule->key) != 0))
          keys[n++] = rule->key;
      g_once_init_leave (&made, 1);
    }
  return keys;
}

static gboolean
shipped_id (SatReplica *replica, const SatShippedRule *rule, SatId *out, GError **error)
{
  g_autofree char *text = sat_meta_get (replica, SAT_META_WORKSPACE);
  g_autofree char *name = g_strdup_printf ("rule:%s:%s", rule->key, rule->part);
  SatId space;

  if (text == NULL || !sat_id_parse (text, &space))
    return sat_fail (error, SAT_ERROR_INVALID,
                     N_ ("this laptop does not know its workspace yet; sync first"), NULL);
  sat_id_derive (&space, name, strlen (name), out);
  return TRUE;
}

GPtrArray *
sat_workspace_shipped_off (SatWorkspace *workspace, GError **error)
{
  const SatObject *object = sat_workspace_object (workspace, SAT_RULE, error);
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) sat_rule_info_free);

  for (const SatShippedRule *rule = sat_rules_shipped (); object != NULL && rule->key != NULL;
       rule++)
    {
      g_autoptr (SatRecord) record = NULL;
      SatRuleInfo *info;
      SatId id;

      if (!shipped_id (workspace->replica, rule, &id, error))
        return NULL;
      record = sat_list_load (workspace->replica, object, &id, NULL);
      if (record != NULL)
        continue;
      info = g_new0 (SatRuleInfo, 1);
      info->id = id;
      info->key = rule->key;
      info->name = g_strdup (rule->name);
      info->object = g_strdup (rule->object);
      info->trigger = rule->trigger;
      g_ptr_array_add (all, info);
    }
  return object != NULL ? g_steal_pointer (&all) : NULL;
}

static void
set (SatDraft *draft, const char *name, const char *value)
{
  const SatField *field = sat_object_find (sat_draft_object (draft), name);

  if (field != NULL && value != NULL)
    sat_draft_set (draft, field, value);
}

static gboolean
make_shipped (SatWorkspace *workspace,
              const SatShippedRule *rule,
              const SatId *id,
              const char *(*word) (const char *msgid),
              GError **error)
{
  const SatObject *object = sat_workspace_object (workspace, SAT_RULE, error);
  g_autoptr (SatDraft) draft = object != NULL ? sat_draft_new (object) : NULL;

  if (draft == NULL)
    return FALSE;
  sat_draft_set_id (draft, id);
  set (draft, "name", word (rule->name));
  set (draft, "object", rule->object);
  set (draft, "trigger", rule->trigger);
  set (draft, "field", rule->field);
  set (draft, "days", rule->days);
  set (draft, "condition", rule->condition);
  set (draft, "actions", word (rule->actions));
  return sat_workspace_save (workspace, draft, NULL, error);
}

static gboolean
switch_one (SatWorkspace *workspace, const SatId *id, gboolean on, GError **error)
{
  const SatObject *object = sat_workspace_object (workspace, SAT_RULE, error);
  g_autoptr (SatRecord) record = object != NULL ? sat_workspace_load (workspace, object, id, error)
                                                : NULL;
  g_autoptr (SatDraft) draft = record != NULL ? sat_draft_edit (record) : NULL;

  if (draft == NULL)
    return FALSE;
  set (draft, "enabled", on ? "yes" : "no");
  return (!sat_record_deleted (record) || !on ||
          sat_workspace_undelete (workspace, object, id, error)) &&
         sat_workspace_save (workspace, draft, NULL, error);
}

/* *COUNT: how many come under the key NAME. */
static gboolean
switch_shipped (SatWorkspace *workspace,
                const char *name,
                gboolean on,
                const char *(*word) (const char *msgid),
                guint *count,
                GError **error)
{
  const SatObject *object = sat_workspace_object (workspace, SAT_RULE, error);

  for (const SatShippedRule *rule = sat_rules_shipped (); object != NULL && rule->key != NULL;
       rule++)
    {
      g_autoptr (SatRecord) record = NULL;
      SatId id;

      if (strcmp (rule->key, name) != 0)
        continue;
      if (!shipped_id (workspace->replica, rule, &id, error))
        return FALSE;
      (*count)++;
      record = sat_list_load (workspace->replica, object, &id, NULL);
      if (record != NULL ? !switch_one (workspace, &id, on, error)
                         : on && !make_shipped (workspace, rule, &id, word, error))
        return FALSE;
    }
  return object != NULL;
}

static gboolean
switch_rules (SatWorkspace *workspace,
              const char *name,
              gboolean on,
              const char *(*word) (const char *msgid),
              guint *count,
              GError **error)
{
  g_autoptr (GPtrArray) rules = NULL;
  const SatRule *rule;

  if (!switch_shipped (workspace, name, on, word, count, error))
    return FALSE;
  if (*count > 0)
    return TRUE;
  rules = sat_rules_load (workspace->replica, error);
  rule = rules != NULL ? pick (rules, name, error) : NULL;
  *count = 1;
  return rule != NULL && switch_one (workspace, &rule->id, on, error);
}

gboolean
sat_workspace_switch_rules (SatWorkspace *workspace,
                            const char *name,
                            gboolean on,
                            const char *(*word) (const char *msgid),
                            guint *count,
                            GError **error)
{
  *count = 0;
  if (!sat_workspace_begin (workspace, error))
    return FALSE;
  if (switch_rules (workspace, name, on, word, count, error))
    return sat_workspace_commit (workspace, error);
  sat_workspace_rollback (workspace);
  return FALSE;
}
