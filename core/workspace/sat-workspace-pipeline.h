/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pipelines (docs/pipelines.md): the ways that deals take, as records of the objects `pipeline` and
 * `stage` in book `company`. A stage says what a choice of the field `stage` of deals means in its
 * pipeline: its place, how likely deals in it are won, what must be true and done before a deal
 * leaves it. A choice that no stage of a pipeline is has its built-in place and asks for nothing,
 * and a workspace without pipelines has one in which all choices are so.
 *
 * sat_workspace_save keeps to them: a deal goes on to a later stage only if the stages it leaves
 * and skips let it (SAT_ERROR_GATE), or if a manager forces it with a reason (sat_draft_set_force).
 * Each move is written down as a record of the object `stage_move`. What arrives from elsewhere,
 * and what is undone, is never judged. */
#pragma once

#include "core/workspace/sat-workspace.h"

G_BEGIN_DECLS

typedef enum
{
  SAT_OUTCOME_OPEN,
  SAT_OUTCOME_WON,
  SAT_OUTCOME_LOST
} SatOutcome;

/* One line of the exit criteria. */
typedef struct
{
  char *words;          /* what stands before the condition, else the condition */
  SatExpression *where; /* NULL: it cannot be read here, and holds nobody up */
  GError *problem;      /* why */
  gpointer trial;       /* of sat-workspace-stage.c, and since when */
  gint64 trial_ms;
} SatCriterion;

typedef struct
{
  gboolean is_listed; /* a record says it; else it is a mere choice */
  SatId id;           /* of that record */
  const SatChoice *choice;
  char *name; /* the record's; NULL: the label of the choice */
  gint64 place;
  SatOutcome outcome;
  char *probability;               /* canonical; NULL: none is said */
  gint64 baseline_days, idle_days; /* 0: not said */
  GPtrArray *criteria;             /* SatCriterion */
  char **tasks;                    /* subjects */
  char *guidance;                  /* NULL: none */
} SatStage;

typedef struct
{
  gboolean is_built_in; /* there is no record of it */
  SatId id;
  char *name; /* NULL: built in */
  gboolean is_default;
  GPtrArray *stages;   /* SatStage, in order: open ones, then won, then lost */
  GPtrArray *problems; /* GError: what of its stages does not count, and why */
} SatPipeline;

/* All pipelines, the default one first, the others by name; there is one at least. */
GPtrArray *sat_workspace_pipelines (SatWorkspace *workspace,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The one of PIPELINES that DEAL is in. */
const SatPipeline *sat_pipelines_of (const GPtrArray *pipelines, const SatRecord *deal);
/* The one that NAME is the name or id of. */
const SatPipeline *
sat_pipelines_find (const GPtrArray *pipelines, const char *name, GError **error);
/* The stage of the choice NAME; NULL: there is no such choice (any more). */
const SatStage *sat_pipeline_stage (const SatPipeline *pipeline, const char *choice);
/* The open stage after STAGE, or a won one after the last of them; NULL: STAGE ends the deal. */
const SatStage *sat_pipeline_next (const SatPipeline *pipeline, const SatStage *stage);
/* What to call it in an error. */
const char *sat_stage_word (const SatStage *stage);

/* The condition of the deals that are in STAGE of PIPELINE; IDLE: for longer than it allows. */
char *sat_stage_condition (const SatPipeline *pipeline, const SatStage *stage, gboolean idle);

/* Something that must be there before a deal leaves a stage. */
typedef struct
{
  char *choice; /* of the stage that asks for it */
  char *stage;  /* what it is called (sat_stage_word) */
  char *words;  /* a criterion in words, or the subject of a task */
  gboolean is_task;
} SatMissing;

/* What stands in the way of saving DRAFT, as far as it moves a deal: SatMissing, in the order of
 * the stages; empty: nothing. */
GPtrArray *sat_workspace_missing (SatWorkspace *workspace,
                                  const SatDraft *draft,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* As sat_workspace_save would refuse DRAFT, for those who ask before they write anything. */
gboolean sat_workspace_check_stage (SatWorkspace *workspace, const SatDraft *draft, GError **error);
/* May this laptop's user force a move: a sales manager, an administrator? */
gboolean sat_workspace_may_force (SatWorkspace *workspace);

G_END_DECLS
