/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shared by sat-workspace-pipeline.c, which reads pipelines, sat-workspace-stage.c, which keeps to
 * them, and those that save. */
#pragma once

#include "core/apply/sat-local.h"
#include "core/workspace/sat-workspace-pipeline.h"

G_BEGIN_DECLS

#define SAT_STAGED "deal" /* the object whose records have stages */
#define SAT_STAGE "stage"

/* A line of exit criteria over OBJECT: “words: condition” (*WORDS) or a mere condition. */
SatExpression *
sat_criterion_parse (const SatObject *object, const char *line, char **words, GError **error);

/* The one that a workspace without pipelines has, and nothing else. */
GPtrArray *sat_pipeline_built_in (SatWorkspace *workspace,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The one whose id is TEXT, else the default one. */
const SatPipeline *sat_pipelines_by_id (const GPtrArray *pipelines, const char *text);

/* ---- saving a stage: sat-workspace-stage-save.c ---- */

/* Brings DRAFT, of a stage, into canonical form; refuses what nobody could read, or would not
 * count. */
gboolean sat_stage_tidy (SatWorkspace *workspace, SatDraft *draft, GError **error);
/* The chance of a stage or a deal is from 0 to 100 %, where DRAFT says it. */
gboolean sat_stage_check_chance (const SatDraft *draft, GError **error);

/* ---- saving: sat-workspace-stage.c ---- */

/* What a person's save means for the pipeline of the record; NULL: nothing. */
typedef struct _SatStageStep SatStageStep;
/* In a transaction, before DRAFT is written: refuses a move of a deal that its pipeline does not
 * let through (SAT_ERROR_GATE), else adds to DRAFT what comes with it; of a stage, refuses what
 * nobody could read. */
gboolean
sat_stage_prepare (SatWorkspace *workspace, SatDraft *draft, SatStageStep **step, GError **error);
/* After it was written as ID: writes down the move, and makes the tasks of the stage. */
gboolean sat_stage_finish (SatWorkspace *workspace,
                           SatLocal *local,
                           const SatId *id,
                           const SatStageStep *step,
                           GError **error);
void sat_stage_step_free (SatStageStep *step); /* accepts NULL */
/* Pipelines are read again when they are needed next. */
void sat_stage_forget (SatWorkspace *workspace);
/* Outside of a transaction, or when one begins: so they are if anything was written since. */
void sat_stage_refresh (SatWorkspace *workspace);

G_END_DECLS
