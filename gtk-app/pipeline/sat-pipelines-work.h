/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the page of pipelines has done on the threads of the service. */
#pragma once

#include "core/workspace/sat-service.h"
#include "core/workspace/sat-workspace-pipeline.h"

G_BEGIN_DECLS

typedef struct
{
  GPtrArray *pipelines; /* SatPipeline */
  gboolean may_write;   /* the user may change pipelines and stages */
  gboolean may_invent;  /* and stages that deals have not had */
} SatPipelinesPicture;
void sat_pipelines_picture_free (SatPipelinesPicture *picture);

/* The result is a SatPipelinesPicture. */
void sat_pipelines_work_load (SatService *service,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);

typedef enum
{
  SAT_PIPELINES_ADD,    /* a pipeline NAME with the built-in stages */
  SAT_PIPELINES_TAKE,   /* CHOICE as a stage of PIPELINE */
  SAT_PIPELINES_INVENT, /* NAME as a stage of PIPELINE */
  SAT_PIPELINES_EARLIER,
  SAT_PIPELINES_LATER /* STAGE of PIPELINE among the others */
} SatPipelinesDeed;

typedef struct
{
  SatPipelinesDeed deed;
  SatId pipeline;
  SatId stage;
  char *name;   /* of what is made */
  char *choice; /* of the field `stage` of deals */
} SatPipelinesOrder;
void sat_pipelines_order_free (SatPipelinesOrder *order);

/* Takes ORDER. The result is the step, a gint64 * to be freed. */
void sat_pipelines_work_do (SatService *service,
                            SatPipelinesOrder *order,
                            GAsyncReadyCallback callback,
                            gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatPipelinesPicture, sat_pipelines_picture_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatPipelinesOrder, sat_pipelines_order_free)

G_END_DECLS
