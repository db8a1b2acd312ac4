/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeping to pipelines. What a move lacks is found before anything is written, from the record as
 * it is now with the draft over it: so a refused one leaves nothing behind, also in a transaction
 * that goes on. What comes of a move (the time, the probability, the record of it, the tasks of the
 * stage) is written with it, by the device on which a person made it. */
#include <string.h>

#include "core/base/sat-text.h"
#include "core/query/sat-trial.h"
#include "core/workspace/sat-workspace-approval-private.h"
#include "core/workspace/sat-workspace-log.h"
#include "core/workspace/sat-workspace-pipeline-private.h"
#include "core/workspace/sat-workspace-private.h"
#include "core/workspace/sat-workspace-revoke.h"

#define DAY_MS 86400000
#define MINUTE_MS 60000
#define DECIMAL_ONE 10000
#define MAX_SHOWN 200 /* characters, of a text in the title of a record */

/* A draft that moves a deal, and how. */
typedef struct
{
  SatWorkspace *workspace;
  const SatDraft *draft;
  SatRecord *now;   /* as it is; NULL: a new one */
  GPtrArray *tasks; /* SatRecord: of the deal; NULL: not looked for yet */
  const SatId *id;  /* NULL: a new one that has none yet */
  const SatPipeline *pipeline;
  const SatStage *from; /* NULL: a new one, or from a choice that is not known */
  const SatStage *to;   /* NULL: it does not move */
} Moving;

struct _SatStageStep
{
  const SatObject *object;
  char *from, *to; /* choices; FROM NULL: a new one */
  char *name;
  char *skipped;
  char *now;  /* time */
  char *days; /* NULL: not known */
  char *missing;
  char *reason; /* NULL: not forced */
  char **tasks; /* to be made; NULL: none */
  char *owner, *customer;
};

void
sat_stage_step_free (SatStageStep *step)
{
  if (step == NULL)
    return;
  g_free (step->from);
  g_free (step->to);
  g_free (step->name);
  g_free (step->skipped);
  g_free (step->now);
  g_free (step->days);
  g_free (step->missing);
  g_free (step->reason);
  g_strfreev (step->tasks);
  g_free (step->owner);
  g_free (step->customer);
  g_free (step);
}

void
sat_stage_forget (SatWorkspace *workspace)
{
  g_clear_pointer (&workspace->pipelines, g_ptr_array_unref);
  sat_processes_forget (workspace);
}

void
sat_stage_refresh (SatWorkspace *workspace)
{
  if (workspace->pipelines != NULL &&
      workspace->pipelines_at != sat_db_version (workspace->replica->db))
    sat_stage_forget (workspace);
  sat_processes_refresh (workspace);
}

/* In a transaction they are as it began, or as it has made them. */
static gboolean
read_pipelines (SatWorkspace *workspace, GError **error)
{
  if (workspace->open == NULL && !sat_db_in_transaction (workspace->replica->db))
    sat_stage_refresh (workspace);
  if (workspace->pipelines != NULL)
    return TRUE;
  workspace->pipelines_at = sat_db_version (workspace->replica->db);
  workspace->pipelines = sat_workspace_pipelines (workspace, error);
  return workspace->pipelines != NULL;
}

static void
missing_free (gpointer data)
{
  SatMissing *missing = data;

  g_free (missing->choice);
  g_free (missing->stage);
  g_free (missing->words);
  g_free (missing);
}

/* ---- the deal as it will be ---------------------------------------------------------------------
 */

/* FIELD may be of a later catalogue than the draft, or than the record that was read. */
static const char *
value_after (const SatField *field, gpointer data)
{
  const Moving *moving = data;

  if (field->index < sat_draft_object (moving->draft)->n_fields &&
      (moving->now == NULL || sat_draft_changes (moving->draft, field)))
    return sat_draft_get (moving->draft, field);
  return moving->now != NULL ? sat_record_get (moving->now, field) : NULL;
}

static const char *
named_after (const Moving *moving, const char *name)
{
  const SatField *field = sat_object_find (sat_draft_object (moving->draft), name);

  return field != NULL ? value_after (field, (gpointer) moving) : NULL;
}

static void
moving_clear (Moving *moving)
{
  g_clear_pointer (&moving->now, sat_record_unref);
  g_clear_pointer (&moving->tasks, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Moving, moving_clear)

/* Does DRAFT say anything of its stage, and which pipeline is it in? TO stays NULL if it does not
 * move. */
static gboolean
look (SatWorkspace *workspace, const SatDraft *draft, Moving *moving, GError **error)
{
  const SatObject *object = sat_draft_object (draft);
  const SatRecord *base = sat_draft_base (draft);
  const SatField *field = strcmp (object->name, SAT_STAGED) == 0 ? sat_object_find (object, "stage")
                                                                 : NULL;

  *moving = (Moving){ .workspace = workspace, .draft = draft, .id = sat_draft_id (draft) };
  if (field == NULL || sat_draft_get (draft, field) == NULL ||
      (base != NULL && !sat_draft_changes (draft, field)))
    return TRUE;
  if (!read_pipelines (workspace, error))
    return FALSE;
  if (base != NULL)
    {
      moving->now = sat_list_load (workspace->replica, object, sat_record_id (base), error);
      if (moving->now == NULL)
        return FALSE;
      moving->id = sat_record_id (moving->now);
    }
  moving->pipeline = sat_pipelines_by_id (workspace->pipelines, named_after (moving, "pipeline"));
  moving->to = sat_pipeline_stage (moving->pipeline, sat_draft_get (draft, field));
  if (moving->now != NULL)
    moving->from = sat_pipeline_stage (moving->pipeline, sat_record_get (moving->now, field));
  if (moving->from == moving->to)
    moving->to = NULL;
  return TRUE;
}

/* ---- what is missing ----------------------------------------------------------------------------
 */

static gboolean
find_stage_at (const SatPipeline *pipeline, const SatStage *stage, guint *at)
{
  return stage != NULL && g_ptr_array_find (pipeline->stages, stage, at);
}

/* The open stages from *FIRST up to before *END are left or skipped. One that begins anew, or comes
 * back from those that were lost, has all of them before it. */
static void
find_gates (const Moving *moving, guint *first, guint *end)
{
  guint from = 0;

  *first = *end = 0;
  if (moving->to->outcome == SAT_OUTCOME_LOST)
    return;
  if (moving->from != NULL && moving->from->outcome == SAT_OUTCOME_WON)
    return;
  find_stage_at (moving->pipeline, moving->to, end);
  if (moving->from != NULL && moving->from->outcome == SAT_OUTCOME_OPEN)
    find_stage_at (moving->pipeline, moving->from, &from);
  *first = MIN (from, *end);
}

static const SatStage *
gate_at (const Moving *moving, guint at)
{
  const SatStage *stage = g_ptr_array_index (moving->pipeline->stages, at);

  return stage->outcome == SAT_OUTCOME_OPEN ? stage : NULL;
}

static void
add_missing (GPtrArray *out, const SatStage *stage, const char *words, gboolean is_task)
{
  SatMissing *missing = g_new0 (SatMissing, 1);

  missing->choice = g_strdup (stage->choice->name);
  missing->stage = g_strdup (sat_stage_word (stage));
  missing->words = g_strdup (words);
  missing->is_task = is_task;
  g_ptr_array_add (out, missing);
}

static gboolean
meets (Moving *moving, SatCriterion *criterion, gboolean *out, GError **error)
{
  SatReplica *replica = moving->workspace->replica;
  gint64 now_ms = sat_platform_now_ms (replica->platform);

  /* What day it is stands in the trial. */
  if (ABS (now_ms - criterion->trial_ms) > MINUTE_MS)
    g_clear_pointer ((SatTrial **) &criterion->trial, sat_trial_free);
  if (criterion->trial == NULL)
    {
      g_autofree char *user = sat_meta_get (replica, SAT_META_USER);
      SatId me = { 0 };

      if (user != NULL && !sat_id_parse (user, &me))
        me = (SatId){ 0 };
      criterion->trial_ms = now_ms;
      criterion->trial = sat_trial_new (replica, criterion->where, &me, error);
    }
  return criterion->trial != NULL &&
         sat_trial_meets (criterion->trial, moving->id, value_after, moving, out, error);
}

static gboolean
check_criteria (Moving *moving, const SatStage *stage, GPtrArray *out, GError **error)
{
  for (guint i = 0; i < stage->criteria->len; i++)
    {
      SatCriterion *criterion = g_ptr_array_index (stage->criteria, i);
      gboolean is_met = TRUE;

      if (criterion->where != NULL && !meets (moving, criterion, &is_met, error))
        return FALSE;
      if (!is_met)
        add_missing (out, stage, criterion->words, FALSE);
    }
  return TRUE;
}

static gboolean
load_tasks (Moving *moving, GError **error)
{
  const SatObject *task = sat_catalogue_find (moving->workspace->replica->catalogue, "task");
  const SatField *deal = task != NULL ? sat_object_find (task, SAT_STAGED) : NULL;
  SatQuery query = { .object = task, .reference = deal, .limit = -1 };
  g_autoptr (GArray) rows = NULL;

  if (moving->tasks != NULL)
    return TRUE;
  if (deal == NULL || moving->now == NULL)
    {
      moving->tasks = g_ptr_array_new ();
      return TRUE;
    }
  query.target = *moving->id;
  rows = sat_workspace_list_rows (moving->workspace, &query, error);
  if (rows != NULL)
    moving->tasks = sat_workspace_load_rows (
        moving->workspace, task, (const gint64 *) (gpointer) rows->data, rows->len, error);
  return moving->tasks != NULL;
}

static gboolean
is_called (const SatRecord *task, const char *subject)
{
  g_autofree char *one = sat_text_fold (sat_record_title (task));
  g_autofree char *other = sat_text_fold (subject);

  return strcmp (one, other) == 0;
}

/* Is there a task of that subject, and (DONE) has it been done? */
static gboolean
has_task (const Moving *moving, const char *subject, gboolean done)
{
  for (guint i = 0; i < moving->tasks->len; i++)
    {
      const SatRecord *task = moving->tasks->pdata[i];
      const SatField *status = task != NULL ? sat_object_find (sat_record_object (task), "status")
                                            : NULL;

      if (status != NULL && is_called (task, subject) &&
          (!done || g_strcmp0 (sat_record_get (task, status), "done") == 0))
        return TRUE;
    }
  return FALSE;
}

static gboolean
check_tasks (Moving *moving, const SatStage *stage, GPtrArray *out, GError **error)
{
  if (stage->tasks[0] != NULL && !load_tasks (moving, error))
    return FALSE;
  for (guint i = 0; stage->tasks[i] != NULL; i++)
    if (!has_task (moving, stage->tasks[i], TRUE))
      add_missing (out, stage, stage->tasks[i], TRUE);
  return TRUE;
}

/* A stage that ends the deal is never left: its criteria are those of entering it. */
static GPtrArray *
find_missing (Moving *moving, GError **error)
{
  g_autoptr (GPtrArray) out = g_ptr_array_new_with_free_func (missing_free);
  guint first, end;

  if (moving->to == NULL)
    return g_steal_pointer (&out);
  find_gates (moving, &first, &end);
  for (guint i = first; i < end; i++)
    {
      const SatStage *stage = gate_at (moving, i);

      if (stage != NULL &&
          (!check_criteria (moving, stage, out, error) || !check_tasks (moving, stage, out, error)))
        return NULL;
    }
  if (moving->to->outcome != SAT_OUTCOME_OPEN && !check_criteria (moving, moving->to, out, error))
    return NULL;
  return g_steal_pointer (&out);
}

/* "Stage: this, that; other stage: this" of those that are tasks, or that are not; NULL: none. */
static char *
list_missing (const GPtrArray *missing, gboolean tasks)
{
  GString *text = g_string_new (NULL);
  const char *stage = NULL;

  for (guint i = 0; i < missing->len; i++)
    {
      const SatMissing *one = missing->pdata[i];

      if (one->is_task != tasks)
        continue;
      if (g_strcmp0 (stage, one->choice) != 0)
        g_string_append_printf (text, "%s%s: ", text->len > 0 ? "; " : "", one->stage);
      else
        g_string_append (text, ", ");
      g_string_append_printf (text, tasks ? "“%s”" : "%s", one->words);
      stage = one->choice;
    }
  return g_string_free (text, text->len == 0);
}

/* ---- refusing -----------------------------------------------------------------------------------
 */

gboolean
sat_workspace_may_force (SatWorkspace *workspace)
{
  g_autofree char *role = NULL;

  return sat_workspace_is_admin (workspace, &role) || g_strcmp0 (role, "manager") == 0;
}

static gboolean
refuse (const Moving *moving, const GPtrArray *missing, GError **error)
{
  g_autofree char *criteria = list_missing (missing, FALSE);
  g_autofree char *tasks = list_missing (missing, TRUE);
  const char *title = named_after (moving, sat_draft_object (moving->draft)->title->name);
  const char *to = sat_stage_word (moving->to);

  if (title == NULL)
    title = "";
  if (tasks == NULL)
    return sat_fail (error, SAT_ERROR_GATE,
                     N_ ("“%s” cannot go on to “%s” yet; what is missing: %s"), title, to, criteria,
                     NULL);
  if (criteria == NULL)
    return sat_fail (error, SAT_ERROR_GATE,
                     N_ ("“%s” cannot go on to “%s” yet; tasks to do first: %s"), title, to, tasks,
                     NULL);
  return sat_fail (error, SAT_ERROR_GATE,
                   N_ ("“%s” cannot go on to “%s” yet; what is missing: %s; tasks to do first: %s"),
                   title, to, criteria, tasks, NULL);
}

/* May it go on although that is MISSING? */
static gboolean
check_force (const Moving *moving, const GPtrArray *missing, GError **error)
{
  const char *reason = sat_draft_force (moving->draft);
  g_autofree char *role = NULL;

  if (missing->len == 0)
    return TRUE;
  if (reason == NULL || reason[strspn (reason, " \t\n")] == '\0')
    return refuse (moving, missing, error);
  if (sat_workspace_is_admin (moving->workspace, &role) || g_strcmp0 (role, "manager") == 0)
    return TRUE;
  return sat_fail (error, SAT_ERROR_GATE,
                   N_ ("only a sales manager or an administrator may force a deal on, and the role "
                       "of this laptop's user is “%s”; ask one, or see what is missing with "
                       "“satchel pipeline check”"),
                   role, NULL);
}

GPtrArray *
sat_workspace_missing (SatWorkspace *workspace, const SatDraft *draft, GError **error)
{
  g_auto (Moving) moving = { 0 };

  return look (workspace, draft, &moving, error) ? find_missing (&moving, error) : NULL;
}

gboolean
sat_workspace_check_stage (SatWorkspace *workspace, const SatDraft *draft, GError **error)
{
  g_auto (Moving) moving = { 0 };
  g_autoptr (GPtrArray) missing = NULL;

  if (!look (workspace, draft, &moving, error))
    return FALSE;
  missing = find_missing (&moving, error);
  return missing != NULL && check_force (&moving, missing, error);
}

/* ---- before it is written -----------------------------------------------------------------------
 */

static char *
time_now (SatWorkspace *workspace)
{
  gint64 now_ms = sat_platform_now_ms (workspace->replica->platform);

  return sat_time_format (now_ms - now_ms % 1000);
}

/* How long it was in the stage that it leaves; NULL: nobody knows. */
static char *
days_in_stage (const Moving *moving)
{
  const SatField *field = sat_object_find (sat_draft_object (moving->draft), "stage_since");
  const char *since = moving->now != NULL && field != NULL ? sat_record_get (moving->now, field)
                                                           : NULL;
  g_autoptr (GDateTime) then = since != NULL ? g_date_time_new_from_iso8601 (since, NULL) : NULL;
  gint64 ms;
  char text[32];

  if (then == NULL)
    return NULL;
  ms = sat_platform_now_ms (moving->workspace->replica->platform) -
       g_date_time_to_unix (then) * 1000;
  return g_strdup (
      sat_decimal_format (MAX (0, ms) / 1000 * DECIMAL_ONE / (DAY_MS / 1000), 0, text));
}

/* The stages between the one that is left and the one that is entered. */
static char *
name_skipped (const Moving *moving)
{
  GString *text = g_string_new (NULL);
  guint first, end;

  find_gates (moving, &first, &end);
  for (guint i = first; moving->from != NULL && i < end; i++)
    {
      const SatStage *stage = gate_at (moving, i);

      if (stage != NULL && stage != moving->from &&
          (stage->is_listed || moving->pipeline->is_built_in))
        g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", sat_stage_word (stage));
    }
  return g_string_free (text, text->len == 0);
}

/* What comes with a move, as far as the person has not said it. */
static void
complete_draft (const Moving *moving, SatDraft *draft, const char *now)
{
  const SatObject *object = sat_draft_object (draft);
  const SatField *since = sat_object_find (object, "stage_since");
  const SatField *probability = sat_object_find (object, "probability");

  if (since != NULL && (moving->now != NULL || sat_draft_get (draft, since) == NULL))
    sat_draft_set (draft, since, now);
  if (probability != NULL && moving->to->probability != NULL &&
      !sat_draft_changes (draft, probability))
    sat_draft_set (draft, probability, moving->to->probability);
  /* A deal that is open again is no longer certain. */
  else if (probability != NULL && moving->to->probability == NULL && moving->from != NULL &&
           moving->from->outcome != SAT_OUTCOME_OPEN && moving->to->outcome == SAT_OUTCOME_OPEN &&
           !sat_draft_changes (draft, probability) &&
           g_strcmp0 (sat_draft_get (draft, probability), moving->from->probability) == 0)
    sat_draft_set (draft, probability, NULL);
}

/* Those of the stage that the deal has not got. */
static gboolean
plan_tasks (Moving *moving, SatStageStep *step, GError **error)
{
  GStrvBuilder *builder;

  if (moving->to->tasks[0] == NULL)
    return TRUE;
  if (!load_tasks (moving, error))
    return FALSE;
  builder = g_strv_builder_new ();
  for (guint i = 0; moving->to->tasks[i] != NULL; i++)
    if (!has_task (moving, moving->to->tasks[i], FALSE))
      g_strv_builder_add (builder, moving->to->tasks[i]);
  step->tasks = g_strv_builder_end (builder);
  g_strv_builder_unref (builder);
  step->owner = g_strdup (named_after (moving, "owner"));
  step->customer = g_strdup (named_after (moving, "customer"));
  return TRUE;
}

/* What can be kept of the reason: one line. */
static gboolean
tidy_reason (const Moving *moving, SatStageStep *step, GError **error)
{
  const SatObject *object = sat_catalogue_find (moving->workspace->replica->catalogue,
                                                "stage_move");
  const SatField *field = object != NULL ? sat_object_find (object, "reason") : NULL;

  return field == NULL || field->type->parse (&field->options, sat_draft_force (moving->draft),
                                              &step->reason, error);
}

static SatStageStep *
step_new (const Moving *moving, const GPtrArray *missing)
{
  SatStageStep *step = g_new0 (SatStageStep, 1);
  const SatObject *object = sat_draft_object (moving->draft);
  const char *was = moving->now != NULL
                        ? sat_record_get (moving->now, sat_object_find (object, "stage"))
                        : NULL;
  g_autofree char *criteria = list_missing (missing, FALSE);
  g_autofree char *tasks = list_missing (missing, TRUE);
  const char *before = moving->from ? sat_stage_word (moving->from) : was;
  g_autofree char *from = before ? sat_text_brief (before, MAX_SHOWN) : NULL;
  g_autofree char *to = sat_text_brief (sat_stage_word (moving->to), MAX_SHOWN);

  step->object = object;
  step->from = g_strdup (was);
  step->to = g_strdup (moving->to->choice->name);
  step->name = g_strdup_printf ("%s%s→ %s", from ? from : "", from ? " " : "", to);
  step->skipped = name_skipped (moving);
  step->now = time_now (moving->workspace);
  step->days = days_in_stage (moving);
  if (missing->len == 0)
    return step;
  step->missing = g_strdup_printf ("%s%s%s", criteria ? criteria : "",
                                   criteria && tasks ? "\n" : "", tasks ? tasks : "");
  return step;
}

gboolean
sat_stage_prepare (SatWorkspace *workspace, SatDraft *draft, SatStageStep **step, GError **error)
{
  const char *object = sat_draft_object (draft)->name;
  g_auto (Moving) moving = { 0 };
  g_autoptr (GPtrArray) missing = NULL;
  g_autofree char *now = NULL;

  *step = NULL;
  if (strcmp (object, SAT_STAGE) == 0)
    {
      sat_stage_forget (workspace);
      return sat_stage_tidy (workspace, draft, error);
    }
  if (strcmp (object, "pipeline") == 0)
    sat_stage_forget (workspace);
  if (strcmp (object, SAT_STAGED) == 0 && !sat_stage_check_chance (draft, error))
    return FALSE;
  if (!look (workspace, draft, &moving, error))
    return FALSE;
  if (moving.to == NULL)
    return TRUE;
  missing = find_missing (&moving, error);
  if (missing == NULL || !check_force (&moving, missing, error))
    return FALSE;
  *step = step_new (&moving, missing);
  if (missing->len > 0 && !tidy_reason (&moving, *step, error))
    return FALSE;
  if (!plan_tasks (&moving, *step, error))
    return FALSE;
  complete_draft (&moving, draft, (*step)->now);
  return TRUE;
}

/* ---- after it was written -----------------------------------------------------------------------
 */

typedef struct
{
  const char *field;
  const char *value; /* NULL: nothing */
} Said;

/* A record of OBJECT in BOOK with what SAID says, and the defaults for the rest; CREATE: it is new,
 * else it lives again. */
static gboolean
add_record (SatLocal *local,
            const SatObject *object,
            const SatId *id,
            guint32 book,
            gboolean create,
            const Said *said,
            guint n,
            GError **error)
{
  const SatEditKind kind = { .life = SAT_LIFE_LIVE, .create = create };
  g_autoptr (GArray) edits = g_array_new (FALSE, FALSE, sizeof (SatEdit));

  for (guint i = 0; i < object->n_fields; i++)
    {
      SatEdit edit = { .field = object->fields[i], .value = object->fields[i]->default_value };

      for (guint k = 0; k < n; k++)
        if (said[k].value != NULL && strcmp (said[k].field, edit.field->name) == 0)
          edit.value = said[k].value;
      if (edit.value != NULL && edit.field->policy != SAT_POLICY_UNION)
        g_array_append_val (edits, edit);
    }
  return sat_local_edit (local, object, id, book, (const SatEdit *) (gpointer) edits->data,
                         edits->len, &kind, error);
}

static gboolean
add_move (SatWorkspace *workspace,
          SatLocal *local,
          const char *deal,
          guint32 book,
          const SatStageStep *step,
          GError **error)
{
  SatReplica *replica = workspace->replica;
  const SatObject *object = sat_catalogue_find (replica->catalogue, "stage_move");
  g_autofree char *user = sat_meta_get (replica, SAT_META_USER);
  const Said said[] = {
    { "name", step->name },       { "deal", deal },
    { "moved_at", step->now },    { "user", user },
    { "from_stage", step->from }, { "to_stage", step->to },
    { "skipped", step->skipped }, { "days", step->days },
    { "missing", step->missing }, { "forced", step->missing != NULL ? "yes" : NULL },
    { "reason", step->reason },
  };
  SatId id;

  /* A new deal has moved nowhere, unless it was forced into where it stands. */
  if (object == NULL || (step->from == NULL && step->missing == NULL))
    return TRUE;
  sat_id_new (replica->platform, &id);
  return add_record (local, object, &id, book, TRUE, said, G_N_ELEMENTS (said), error);
}

/* For those who look after everybody; which deal it was is for those who may see the move itself.
 */
static gboolean
log_force (SatWorkspace *workspace, SatLocal *local, const SatStageStep *step, GError **error)
{
  g_autofree char *reason = NULL;
  g_autofree char *detail = NULL;

  if (step->reason == NULL)
    return TRUE;
  reason = sat_text_brief (step->reason, MAX_SHOWN);
  detail = g_strdup_printf ("%s: %s", step->name, reason);
  return sat_workspace_log_forced (workspace, local, step->object, detail, error);
}

/* Under an id that comes of the deal, the stage and the subject: two laptops on which the deal
 * enters the stage make the same task. One that was deleted is wanted again. */
static gboolean
add_task (SatWorkspace *workspace,
          SatLocal *local,
          const SatId *deal_id,
          guint32 book,
          const SatStageStep *step,
          const char *subject,
          GError **error)
{
  SatReplica *replica = workspace->replica;
  const SatObject *object = sat_catalogue_find (replica->catalogue, "task");
  g_autofree char *seed = g_strdup_printf ("task:%s:%s", step->to, subject);
  char deal[SAT_ID_TEXT_SIZE];
  const Said said[] = {
    { "subject", subject },
    { "deal", sat_id_format (deal_id, deal) },
    { "owner", step->owner },
    { "customer", step->customer },
  };
  SatPresence presence;
  guint32 other;
  gint64 row;
  SatId id;

  if (object == NULL)
    return TRUE;
  sat_id_derive (deal_id, seed, strlen (seed), &id);
  if (!sat_list_locate (replica, sat_replica_table (replica, object), &id, &row, &other, &presence,
                        error))
    return FALSE;
  if (row != 0 && presence != SAT_DEAD)
    return TRUE;
  return add_record (local, object, &id, row != 0 ? other : book, row == 0, said,
                     G_N_ELEMENTS (said), error);
}

gboolean
sat_stage_finish (SatWorkspace *workspace,
                  SatLocal *local,
                  const SatId *id,
                  const SatStageStep *step,
                  GError **error)
{
  char deal[SAT_ID_TEXT_SIZE];
  SatPresence presence;
  guint32 book;
  gint64 row;
  SatId root;

  if (step == NULL)
    return TRUE;
  if (!sat_workspace_locate_home (workspace->replica, step->object, id, &root, &row, &book,
                                  &presence, error) ||
      !add_move (workspace, local, sat_id_format (&root, deal), book, step, error) ||
      !log_force (workspace, local, step, error))
    return FALSE;
  for (guint i = 0; step->tasks != NULL && step->tasks[i] != NULL; i++)
    if (!add_task (workspace, local, &root, book, step, step->tasks[i], error))
      return FALSE;
  return TRUE;
}
