/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/pipeline/sat-steps-work.h"

#include "core/workspace/sat-workspace-approval.h"
#include "core/workspace/sat-workspace-undo.h"
#include "gtk-app/sat-util.h"

#define DAY_MS 86400000

typedef struct
{
  SatId deal;
  char *choice;
  char *force; /* or the note of who asks for an approval */
  char *to;    /* a login; NULL: nobody was chosen */
} Move;

static Move *
move_new (const SatId *deal, const char *choice, const char *force)
{
  Move *move = g_new0 (Move, 1);

  move->deal = *deal;
  move->choice = g_strdup (choice);
  move->force = g_strdup (force);
  return move;
}

static void
move_free (gpointer data)
{
  Move *move = data;

  g_free (move->choice);
  g_free (move->force);
  g_free (move->to);
  g_free (move);
}

static void
step_free (gpointer data)
{
  SatStep *step = data;

  g_free (step->choice);
  g_free (step->name);
  g_free (step);
}

void
sat_steps_picture_free (SatStepsPicture *picture)
{
  if (picture == NULL)
    return;
  g_ptr_array_unref (picture->steps);
  g_clear_pointer (&picture->missing, g_ptr_array_unref);
  g_free (picture->guidance);
  g_free (picture);
}

static SatRecord *
load_deal (SatWorkspace *workspace, const SatId *id, const SatField **stage, GError **error)
{
  const SatObject *object = sat_workspace_object (workspace, "deal", error);

  *stage = object != NULL ? sat_workspace_field (workspace, object, "stage", error) : NULL;
  return *stage != NULL ? sat_workspace_load (workspace, object, id, error) : NULL;
}

static gint64
days_since (const SatRecord *deal)
{
  const SatField *field = sat_object_find (sat_record_object (deal), "stage_since");
  const char *text = field != NULL ? sat_record_get (deal, field) : NULL;
  g_autoptr (GDateTime) since = text != NULL ? g_date_time_new_from_iso8601 (text, NULL) : NULL;
  gint64 ms;

  if (since == NULL)
    return -1;
  ms = g_get_real_time () / 1000 - g_date_time_to_unix (since) * 1000;
  return MAX (ms / DAY_MS, 0);
}

/* Choices that the pipeline does not mention, or that are not used any more, are passed over. */
static gboolean
is_shown (const SatPipeline *pipeline, const SatStage *stage)
{
  return !stage->choice->retired &&
         (stage->is_listed || pipeline->is_built_in || stage->outcome != SAT_OUTCOME_OPEN);
}

static void
take_stages (SatStepsPicture *picture, const SatPipeline *pipeline, const SatStage *now)
{
  const SatStage *next = now != NULL ? sat_pipeline_next (pipeline, now) : NULL;

  picture->now = picture->next = -1;
  for (guint i = 0; i < pipeline->stages->len; i++)
    {
      const SatStage *stage = pipeline->stages->pdata[i];
      gboolean is_now = now != NULL && stage == now;
      SatStep *step;

      if (!is_now && !is_shown (pipeline, stage))
        continue;
      step = g_new0 (SatStep, 1);
      step->choice = g_strdup (stage->choice->name);
      step->name = g_strdup (stage->name ? stage->name : sat_here (stage->choice->label));
      step->outcome = stage->outcome;
      if (is_now)
        picture->now = (gint) picture->steps->len;
      if (stage == next)
        picture->next = (gint) picture->steps->len;
      g_ptr_array_add (picture->steps, step);
    }
}

static gboolean
take_missing (SatWorkspace *workspace,
              SatStepsPicture *picture,
              const SatRecord *deal,
              const SatField *stage,
              GError **error)
{
  g_autoptr (SatDraft) draft = sat_draft_edit (deal);
  const SatStep *next = g_ptr_array_index (picture->steps, picture->next);

  sat_draft_set (draft, stage, next->choice);
  picture->missing = sat_workspace_missing (workspace, draft, error);
  return picture->missing != NULL;
}

static gpointer
load (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  const Move *which = data;
  const SatField *stage;
  g_autoptr (SatRecord) deal = load_deal (workspace, &which->deal, &stage, error);
  g_autoptr (GPtrArray) pipelines = deal != NULL ? sat_workspace_pipelines (workspace, error)
                                                 : NULL;
  const SatPipeline *pipeline;
  const SatStage *now;
  SatStepsPicture *picture;

  if (pipelines == NULL)
    return NULL;
  pipeline = sat_pipelines_of (pipelines, deal);
  now = sat_pipeline_stage (pipeline, sat_record_get (deal, stage));
  picture = g_new0 (SatStepsPicture, 1);
  picture->steps = g_ptr_array_new_with_free_func (step_free);
  take_stages (picture, pipeline, now);
  picture->guidance = now != NULL ? g_strdup (now->guidance) : NULL;
  picture->days = days_since (deal);
  picture->idle_days = now != NULL ? now->idle_days : 0;
  if (picture->next >= 0 && !take_missing (workspace, picture, deal, stage, error))
    g_clear_pointer (&picture, sat_steps_picture_free);
  return picture;
}

void
sat_steps_work_load (SatService *service,
                     const SatId *deal,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  sat_service_read (service, load, move_new (deal, NULL, NULL), move_free,
                    (GDestroyNotify) sat_steps_picture_free, cancellable, callback, user_data);
}

static gpointer
move_deal (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  const Move *move = data;
  const SatField *stage;
  g_autoptr (SatRecord) deal = load_deal (workspace, &move->deal, &stage, error);
  g_autoptr (SatDraft) draft = NULL;
  gint64 *step;

  if (deal == NULL)
    return NULL;
  draft = sat_draft_edit (deal);
  sat_draft_set (draft, stage, move->choice);
  sat_draft_set_force (draft, move->force);
  if (!sat_workspace_save (workspace, draft, NULL, error))
    return NULL;
  step = g_new (gint64, 1);
  *step = sat_workspace_last_step (workspace);
  return step;
}

void
sat_steps_work_move (SatService *service,
                     const SatId *deal,
                     const char *choice,
                     const char *force,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  sat_service_write (service, move_deal, move_new (deal, choice, force), move_free, g_free, NULL,
                     callback, user_data);
}

/* ---- what needs an approval ---------------------------------------------------------------- */

static gpointer
draft_move (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  const Move *move = data;
  const SatField *stage;
  g_autoptr (SatRecord) deal = load_deal (workspace, &move->deal, &stage, error);
  GPtrArray *drafts;
  SatDraft *draft;

  if (deal == NULL)
    return NULL;
  drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) sat_draft_free);
  draft = sat_draft_edit (deal);
  sat_draft_set (draft, stage, move->choice);
  g_ptr_array_add (drafts, draft);
  return drafts;
}

void
sat_steps_work_draft (SatService *service,
                      const SatId *deal,
                      const char *choice,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  sat_service_read (service, draft_move, move_new (deal, choice, NULL), move_free,
                    (GDestroyNotify) g_ptr_array_unref, NULL, callback, user_data);
}

static gpointer
ask_move (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  const Move *move = data;
  const char *const chosen[] = { move->to, NULL };
  const SatApprovalSubmit submit = { .note = *move->force != '\0' ? move->force : NULL,
                                     .chosen = move->to != NULL ? chosen : NULL };
  g_autoptr (GPtrArray) drafts = draft_move (workspace, data, cancellable, error);
  SatId id;

  return drafts != NULL && sat_workspace_save_and_submit (workspace, drafts, &submit, &id, error)
             ? GINT_TO_POINTER (1)
             : NULL;
}

void
sat_steps_work_ask (SatService *service,
                    const SatId *deal,
                    const char *choice,
                    const char *note,
                    const char *to,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  Move *move = move_new (deal, choice, note);

  move->to = g_strdup (to);
  sat_service_write (service, ask_move, move, move_free, NULL, NULL, callback, user_data);
}
