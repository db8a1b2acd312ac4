/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the decisions of an approval come to: pure functions of what was submitted and of the
 * decisions that are known, in whatever order they came. Nothing else is asked: no status that
 * somebody wrote, no clock (docs/approvals.md). */
#pragma once

#include "core/base/sat-id.h"

G_BEGIN_DECLS

#define SAT_APPROVAL "approval" /* the object of requests */

/* ---- the plan: whom a request asks, as the process was when it was made ---- */

typedef enum
{
  SAT_MODE_ANY,
  SAT_MODE_ALL,
  SAT_MODE_IN_TURN,
} SatApprovalMode;

typedef struct
{
  char *name;
  SatApprovalMode mode;
  gboolean final; /* no later step is asked */
  GArray *asked;  /* SatId of users; none: the step is passed over */
} SatApprovalStep;

typedef struct
{
  gboolean own;     /* within the initiator's own limit */
  GPtrArray *steps; /* SatApprovalStep */
} SatApprovalPlan;

SatApprovalPlan *sat_approval_plan_new (void);
void sat_approval_plan_free (SatApprovalPlan *plan); /* accepts NULL */
SatApprovalStep *
sat_approval_plan_add (SatApprovalPlan *plan, const char *name, SatApprovalMode mode);
/* As text, which a request carries, and back; NULL: nobody here can read it. */
char *sat_approval_plan_format (const SatApprovalPlan *plan);
SatApprovalPlan *sat_approval_plan_read (const char *text) G_GNUC_WARN_UNUSED_RESULT;

gboolean sat_approval_mode_parse (const char *name, SatApprovalMode *mode);

/* ---- decisions ---- */

typedef enum
{
  SAT_VERDICT_APPROVED,
  SAT_VERDICT_REJECTED,
  SAT_VERDICT_DELEGATED,
  SAT_VERDICT_WITHDRAWN,
  SAT_VERDICT_COMMENTED,
} SatApprovalVerdict;

const char *sat_approval_verdict_name (SatApprovalVerdict verdict);
gboolean sat_approval_verdict_parse (const char *name, SatApprovalVerdict *verdict);

typedef enum
{
  SAT_DECISION_COUNTS,
  SAT_DECISION_FORGED,   /* no device of the person whom it names wrote it */
  SAT_DECISION_CHANGED,  /* somebody else wrote over a part of it */
  SAT_DECISION_NOT_ASKED /* that person was not asked */
} SatDecisionWorth;

typedef struct
{
  SatApprovalVerdict verdict;
  guint step; /* from 1; 0: the whole */
  SatId by;
  SatId to;          /* of DELEGATED */
  gboolean is_admin; /* BY is an administrator */
  /* Set it to COUNTS, FORGED or CHANGED; judging adds NOT_ASKED. */
  SatDecisionWorth worth;
} SatDecision;

typedef enum
{
  SAT_APPROVAL_WAITING,
  SAT_APPROVAL_APPROVED,
  SAT_APPROVAL_REJECTED,
  SAT_APPROVAL_WITHDRAWN,
  SAT_APPROVAL_VOID, /* somebody changed what was submitted or decided */
} SatApprovalState;

const char *sat_approval_state_name (SatApprovalState state);

typedef struct
{
  SatApprovalState state;
  guint step;    /* the one that waits, from 1; 0: none does */
  GArray *asked; /* SatId: who may decide now */
} SatJudgement;

/* PLAN NULL: it cannot be read, the request is void. A withdrawal goes before all else, what
 * somebody changed before a rejection, and a rejection before any approval: so it does not matter
 * which of several decisions, made on laptops that did not know of one another, came first. */
SatJudgement *sat_approval_judge (const SatApprovalPlan *plan,
                                  const SatId *initiator,
                                  SatDecision *decisions,
                                  guint n) G_GNUC_WARN_UNUSED_RESULT;
void sat_judgement_free (SatJudgement *judgement); /* accepts NULL */

gboolean sat_ids_have (const GArray *ids, const SatId *id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatApprovalPlan, sat_approval_plan_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatJudgement, sat_judgement_free)

G_END_DECLS
