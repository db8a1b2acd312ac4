/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/pipeline/sat-pipelines-work.h"

#include "core/workspace/sat-workspace-access.h"
#include "core/workspace/sat-workspace-pipeline-edit.h"
#include "core/workspace/sat-workspace-shape.h"
#include "core/workspace/sat-workspace-undo.h"
#include "gtk-app/sat-util.h"

void
sat_pipelines_picture_free (SatPipelinesPicture *picture)
{
  if (picture == NULL)
    return;
  g_clear_pointer (&picture->pipelines, g_ptr_array_unref);
  g_free (picture);
}

void
sat_pipelines_order_free (SatPipelinesOrder *order)
{
  if (order == NULL)
    return;
  g_free (order->name);
  g_free (order->choice);
  g_free (order);
}

static gboolean
may (SatWorkspace *workspace, const char *name, SatRight right)
{
  const SatObject *object = sat_workspace_object (workspace, name, NULL);

  return object != NULL && sat_workspace_check_right (workspace, object, right, NULL, NULL);
}

static gpointer
load (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (SatPipelinesPicture) picture = g_new0 (SatPipelinesPicture, 1);

  picture->pipelines = sat_workspace_pipelines (workspace, error);
  if (picture->pipelines == NULL)
    return NULL;
  picture->may_write = may (workspace, "pipeline", SAT_RIGHT_CREATE) &&
                       may (workspace, "stage", SAT_RIGHT_CREATE) &&
                       may (workspace, "stage", SAT_RIGHT_EDIT);
  picture->may_invent = picture->may_write && sat_workspace_check_shaper (workspace, NULL);
  return g_steal_pointer (&picture);
}

void
sat_pipelines_work_load (SatService *service,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  sat_service_read (service, load, NULL, NULL, (GDestroyNotify) sat_pipelines_picture_free,
                    cancellable, callback, user_data);
}

static gboolean
carry_out (SatWorkspace *workspace, const SatPipelinesOrder *order, GError **error)
{
  const char *language = sat_language ();
  SatId id;

  switch (order->deed)
    {
    case SAT_PIPELINES_ADD:
      return sat_workspace_add_pipeline (workspace, order->name, NULL, language, &id, error);
    case SAT_PIPELINES_TAKE:
      return sat_workspace_add_stage (workspace, &order->pipeline, order->choice, language, &id,
                                      error);
    case SAT_PIPELINES_INVENT:
      return sat_workspace_invent_stage (workspace, &order->pipeline, order->name, language, &id,
                                         error) &&
             sat_workspace_index_now (workspace, error);
    case SAT_PIPELINES_EARLIER:
    case SAT_PIPELINES_LATER:
    default:
      return sat_workspace_move_stage (workspace, &order->pipeline, &order->stage,
                                       order->deed == SAT_PIPELINES_LATER, error);
    }
}

static gpointer
run (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 step;

  if (!carry_out (workspace, data, error))
    return NULL;
  step = sat_workspace_last_step (workspace);
  return g_memdup2 (&step, sizeof step);
}

void
sat_pipelines_work_do (SatService *service,
                       SatPipelinesOrder *order,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  sat_service_write (service, run, order, (GDestroyNotify) sat_pipelines_order_free, g_free, NULL,
                     callback, user_data);
}
