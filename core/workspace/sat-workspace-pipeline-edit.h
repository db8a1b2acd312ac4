/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Building pipelines out of the records that they are (sat-workspace-pipeline.h), for those who may
 * write them. Each call is a transaction and one step for undo (sat_workspace_last_step); what is
 * refused has written nothing. LANGUAGE is that of the names that stages get ("zh_CN" …, see
 * sat_label). */
#pragma once

#include "core/workspace/sat-workspace-pipeline.h"

G_BEGIN_DECLS

/* A new pipeline NAME: with copies of the stages of the pipeline FROM, or, if it is NULL, with
 * those that are built in, as far as they are in use. It is the default one if there was none. */
gboolean sat_workspace_add_pipeline (SatWorkspace *workspace,
                                     const char *name,
                                     const SatId *from,
                                     const char *language,
                                     SatId *id,
                                     GError **error);
/* CHOICE of the field `stage` of deals becomes a stage of PIPELINE, the last one of its outcome. */
gboolean sat_workspace_add_stage (SatWorkspace *workspace,
                                  const SatId *pipeline,
                                  const char *choice,
                                  const char *language,
                                  SatId *id,
                                  GError **error);
/* The same of a choice that deals have not had: NAME is its label in LANGUAGE. Administrators only.
 */
gboolean sat_workspace_invent_stage (SatWorkspace *workspace,
                                     const SatId *pipeline,
                                     const char *name,
                                     const char *language,
                                     SatId *id,
                                     GError **error);
/* STAGE changes its place with the one of its outcome before it, or after it (LATER). The places of
 * these stages become 10, 20, 30 … where they are not. At the end nothing is done. */
gboolean sat_workspace_move_stage (SatWorkspace *workspace,
                                   const SatId *pipeline,
                                   const SatId *stage,
                                   gboolean later,
                                   GError **error);

G_END_DECLS
