/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/workspace/sat-workspace-pipeline-edit.h"

#include <string.h>

#include "core/workspace/sat-workspace-pipeline-private.h"
#include "core/workspace/sat-workspace-private.h"
#include "core/workspace/sat-workspace-shape.h"

#define PLACE_STEP 10

/* ---- what there is ---- */

static const SatPipeline *
find_pipeline (const GPtrArray *pipelines, const SatId *id, GError **error)
{
  char text[SAT_ID_TEXT_SIZE];

  for (guint i = 0; i < pipelines->len; i++)
    {
      const SatPipeline *pipeline = pipelines->pdata[i];

      if (!pipeline->is_built_in && sat_id_equal (&pipeline->id, id))
        return pipeline;
    }
  sat_fail (error, SAT_ERROR_NOT_FOUND,
            N_ ("there is no pipeline “%s”; “satchel pipeline list” lists them"),
            sat_id_format (id, text), NULL);
  return NULL;
}

static const SatObject *
object_of (SatWorkspace *workspace, const char *name, GError **error)
{
  return sat_workspace_object (workspace, name, error);
}

/* ---- one record ---- */

static void
set_text (SatDraft *draft, const SatObject *object, const char *name, const char *value)
{
  const SatField *field = sat_object_find (object, name);

  if (field != NULL)
    sat_draft_set (draft, field, value);
}

static void
set_number (SatDraft *draft, const SatObject *object, const char *name, gint64 value)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, value);

  set_text (draft, object, name, text);
}

static gboolean
save_stage (SatWorkspace *workspace,
            const SatId *pipeline,
            const SatStage *stage,
            const char *name,
            gint64 place,
            SatId *id,
            GError **error)
{
  const SatObject *object = object_of (workspace, SAT_STAGE, error);
  g_autoptr (SatDraft) draft = object != NULL ? sat_draft_new (object) : NULL;
  char text[SAT_ID_TEXT_SIZE];

  if (draft == NULL)
    return FALSE;
  set_text (draft, object, "name", name);
  set_text (draft, object, "pipeline", sat_id_format (pipeline, text));
  set_text (draft, object, "choice", stage->choice->name);
  set_number (draft, object, "place", place);
  return sat_workspace_save (workspace, draft, id, error);
}

/* STAGE, whose record is there, for PIPELINE too. */
static gboolean
copy_stage (SatWorkspace *workspace, const SatId *pipeline, const SatStage *stage, GError **error)
{
  const SatObject *object = object_of (workspace, SAT_STAGE, error);
  g_autoptr (SatRecord) record = object != NULL
                                     ? sat_workspace_load (workspace, object, &stage->id, error)
                                     : NULL;
  g_autoptr (SatDraft) draft = record != NULL ? sat_draft_new (object) : NULL;
  char text[SAT_ID_TEXT_SIZE];
  SatId id;

  if (draft == NULL)
    return FALSE;
  for (guint i = 0; i < object->n_fields; i++)
    if (object->fields[i]->derived == NULL && sat_record_get (record, object->fields[i]) != NULL)
      sat_draft_set (draft, object->fields[i], sat_record_get (record, object->fields[i]));
  set_text (draft, object, "pipeline", sat_id_format (pipeline, text));
  return sat_workspace_save (workspace, draft, &id, error);
}

/* ---- pipelines ---- */

static gboolean
save_pipeline (
    SatWorkspace *workspace, const char *name, gboolean is_default, SatId *id, GError **error)
{
  const SatObject *object = object_of (workspace, "pipeline", error);
  g_autoptr (SatDraft) draft = object != NULL ? sat_draft_new (object) : NULL;

  if (draft == NULL)
    return FALSE;
  set_text (draft, object, "name", name);
  if (is_default)
    set_text (draft, object, "is_default", "yes");
  return sat_workspace_save (workspace, draft, id, error);
}

/* Of the mere choices those that every company has, unless it has retired them. */
static gboolean
add_stages (SatWorkspace *workspace,
            const SatPipeline *from,
            const char *language,
            const SatId *id,
            GError **error)
{
  for (guint i = 0; i < from->stages->len; i++)
    {
      const SatStage *stage = from->stages->pdata[i];
      SatId made;

      if (stage->is_listed && !copy_stage (workspace, id, stage, error))
        return FALSE;
      if (from->is_built_in && !stage->choice->retired &&
          !save_stage (workspace, id, stage, sat_label (stage->choice->label, language),
                       stage->place, &made, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
add_pipeline (SatWorkspace *workspace,
              const char *name,
              const SatId *from,
              const char *language,
              SatId *id,
              GError **error)
{
  g_autoptr (GPtrArray) pipelines = sat_workspace_pipelines (workspace, error);
  g_autoptr (GPtrArray) plain = sat_pipeline_built_in (workspace, error);
  const SatPipeline *model;
  gboolean first;

  if (pipelines == NULL || plain == NULL)
    return FALSE;
  model = from != NULL ? find_pipeline (pipelines, from, error) : plain->pdata[0];
  first = ((const SatPipeline *) pipelines->pdata[0])->is_built_in;
  return model != NULL && save_pipeline (workspace, name, first, id, error) &&
         add_stages (workspace, model, language, id, error);
}

gboolean
sat_workspace_add_pipeline (SatWorkspace *workspace,
                            const char *name,
                            const SatId *from,
                            const char *language,
                            SatId *id,
                            GError **error)
{
  if (!sat_workspace_begin (workspace, error))
    return FALSE;
  if (add_pipeline (workspace, name, from, language, id, error))
    return sat_workspace_commit (workspace, error);
  sat_workspace_rollback (workspace);
  return FALSE;
}

/* ---- stages ---- */

static gboolean
add_stage (SatWorkspace *workspace,
           const SatId *id,
           const char *choice,
           const char *language,
           SatId *made,
           GError **error)
{
  g_autoptr (GPtrArray) pipelines = sat_workspace_pipelines (workspace, error);
  const SatPipeline *pipeline = pipelines ? find_pipeline (pipelines, id, error) : NULL;
  const SatStage *stage = pipeline ? sat_pipeline_stage (pipeline, choice) : NULL;
  gint64 place = 0;

  if (pipeline == NULL)
    return FALSE;
  if (stage == NULL || stage->is_listed)
    return sat_fail (error, SAT_ERROR_INVALID,
                     stage == NULL ? N_ ("deals have no stage “%s”")
                                   : N_ ("the pipeline has the stage “%s” already"),
                     choice, NULL);
  for (guint i = 0; i < pipeline->stages->len; i++)
    {
      const SatStage *other = pipeline->stages->pdata[i];

      if (other->is_listed && other->outcome == stage->outcome)
        place = MAX (place, other->place);
    }
  return save_stage (workspace, id, stage, sat_label (stage->choice->label, language),
                     place + PLACE_STEP, made, error);
}

gboolean
sat_workspace_add_stage (SatWorkspace *workspace,
                         const SatId *pipeline,
                         const char *choice,
                         const char *language,
                         SatId *id,
                         GError **error)
{
  if (!sat_workspace_begin (workspace, error))
    return FALSE;
  if (add_stage (workspace, pipeline, choice, language, id, error))
    return sat_workspace_commit (workspace, error);
  sat_workspace_rollback (workspace);
  return FALSE;
}

gboolean
sat_workspace_invent_stage (SatWorkspace *workspace,
                            const SatId *pipeline,
                            const char *name,
                            const char *language,
                            SatId *id,
                            GError **error)
{
  const SatShaped of = { SAT_STAGED, "stage", NULL };
  gboolean chinese = language != NULL && g_str_has_prefix (language, "zh");
  const SatSaying sayings[] = { { chinese ? "label_zh_cn" : "label_en", name }, { NULL, NULL } };
  g_autofree char *choice = NULL;

  if (!sat_workspace_begin (workspace, error))
    return FALSE;
  if (sat_workspace_define (workspace, &of, sayings, &choice, error) &&
      sat_local_reshape (workspace->open, error) &&
      add_stage (workspace, pipeline, choice, language, id, error))
    return sat_workspace_commit (workspace, error);
  sat_workspace_rollback (workspace);
  return FALSE;
}

/* ---- order ---- */

static gboolean
set_place (SatWorkspace *workspace, const SatStage *stage, gint64 place, GError **error)
{
  const SatObject *object = object_of (workspace, SAT_STAGE, error);
  g_autoptr (SatRecord) record = object != NULL
                                     ? sat_workspace_load (workspace, object, &stage->id, error)
                                     : NULL;
  g_autoptr (SatDraft) draft = record != NULL ? sat_draft_edit (record) : NULL;
  SatId id;

  if (draft == NULL)
    return FALSE;
  set_number (draft, object, "place", place);
  return sat_workspace_save (workspace, draft, &id, error);
}

/* Those with the outcome of the one that is moved, in order, that one where it is to be. */
static GPtrArray *
new_order (const SatPipeline *pipeline, const SatId *moved, gboolean later)
{
  g_autoptr (GPtrArray) order = g_ptr_array_new ();
  const SatStage *stage = NULL;
  guint at = 0, to;

  for (guint i = 0; i < pipeline->stages->len && stage == NULL; i++)
    {
      const SatStage *one = pipeline->stages->pdata[i];

      if (one->is_listed && sat_id_equal (&one->id, moved))
        stage = one;
    }
  for (guint i = 0; stage != NULL && i < pipeline->stages->len; i++)
    {
      const SatStage *one = pipeline->stages->pdata[i];

      if (one == stage)
        at = order->len;
      if (one->is_listed && one->outcome == stage->outcome)
        g_ptr_array_add (order, (gpointer) one);
    }
  to = later ? at + 1 : at - 1; /* before the first: a large number */
  if (stage == NULL || to >= order->len)
    g_ptr_array_set_size (order, 0);
  else
    {
      order->pdata[at] = order->pdata[to];
      order->pdata[to] = (gpointer) stage;
    }
  return g_steal_pointer (&order);
}

static gboolean
move_stage (
    SatWorkspace *workspace, const SatId *id, const SatId *stage, gboolean later, GError **error)
{
  g_autoptr (GPtrArray) pipelines = sat_workspace_pipelines (workspace, error);
  const SatPipeline *pipeline = pipelines ? find_pipeline (pipelines, id, error) : NULL;
  g_autoptr (GPtrArray) order = pipeline ? new_order (pipeline, stage, later) : NULL;

  for (guint i = 0; order != NULL && i < order->len; i++)
    {
      const SatStage *one = order->pdata[i];
      gint64 place = (gint64) (i + 1) * PLACE_STEP;

      if (one->place != place && !set_place (workspace, one, place, error))
        return FALSE;
    }
  return order != NULL;
}

gboolean
sat_workspace_move_stage (SatWorkspace *workspace,
                          const SatId *pipeline,
                          const SatId *stage,
                          gboolean later,
                          GError **error)
{
  if (!sat_workspace_begin (workspace, error))
    return FALSE;
  if (move_stage (workspace, pipeline, stage, later, error))
    return sat_workspace_commit (workspace, error);
  sat_workspace_rollback (workspace);
  return FALSE;
}
