/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shared by the files of approvals: sat-workspace-approval-process.c reads processes, -request.c
 * judges requests, -guard.c keeps what they guard, and sat-workspace-approval.c writes. */
#pragma once

#include "core/automation/sat-rule-run.h"
#include "core/query/sat-trial.h"
#include "core/workspace/sat-workspace-approval.h"
#include "core/workspace/sat-workspace-private.h"

G_BEGIN_DECLS

#define SAT_PROCESS "approval_process"
#define SAT_PROCESS_STEP "approval_step"
#define SAT_APPROVAL_DECISION "approval_decision"

/* A value of a record by the name of its field; NULL: none. */
const char *sat_value_named (const SatRecord *record, const char *name);
gboolean sat_id_named (const SatRecord *record, const char *name, SatId *id);

/* ---- processes ---- */

typedef struct
{
  SatExpression *where; /* NULL: always */
  SatTrial *trial;      /* of `trial_ms`; NULL: none was made yet */
  gint64 trial_ms;
} SatApprovalCondition;

typedef struct
{
  char *role; /* “*”: everybody */
  SatApprovalCondition *within;
} SatOwnLimit;

typedef struct
{
  char *name;
  char *kind;
  guint level;
  char *role;
  SatId person;
  SatApprovalMode mode;
  SatApprovalCondition *within; /* NULL: never final */
} SatProcessStep;

typedef struct
{
  SatId id;
  char *name;
  char *object_name;
  const SatObject *object;
  gboolean active;
  char *fallback;
  SatApprovalCondition *when, *guard;
  GPtrArray *covers; /* SatField, borrowed */
  GPtrArray *limits; /* SatOwnLimit */
  GPtrArray *steps;  /* SatProcessStep, in their order */
  GError *problem;   /* why it guards everything it may guard, or nothing; NULL: it is good */
} SatProcess;

/* All processes, by place and name; kept until something is written elsewhere. Borrowed. */
GPtrArray *sat_processes (SatWorkspace *workspace, GError **error);
void sat_processes_forget (SatWorkspace *workspace);
/* The same if anything was written since. */
void sat_processes_refresh (SatWorkspace *workspace);
/* Before DRAFT is written: a process or a step must be one that can be read. */
gboolean sat_process_prepare (SatWorkspace *workspace, SatDraft *draft, GError **error);

/* A record as it is or is going to be. */
typedef struct
{
  const SatId *id; /* NULL: it has none yet */
  SatTrialValue value;
  gpointer data;
} SatApprovalSubject;

SatApprovalSubject sat_subject_of_record (const SatRecord *record);
gboolean sat_condition_meets (SatWorkspace *workspace,
                              SatApprovalCondition *condition,
                              const SatApprovalSubject *subject,
                              gboolean *meets,
                              GError **error);
/* Lines FIELD=VALUE of what PROCESS covers. */
char *sat_process_covered (const SatProcess *process, const SatApprovalSubject *subject);
/* The same of the fields that COVERED names, of OBJECT. */
char *
sat_covered_again (const char *covered, const SatApprovalSubject *subject, const SatObject *object);

/* ---- people ---- */

typedef struct
{
  GPtrArray *users; /* SatRecord */
  SatWorkspace *workspace;
  GHashTable *devices; /* the replica's number of a device -> SatId of its user */
} SatOffice;

SatOffice *sat_office_new (SatWorkspace *workspace, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void sat_office_free (SatOffice *office);
/* NULL: not known here. */
const SatRecord *sat_office_user (const SatOffice *office, const SatId *id);
char *sat_office_name (const SatOffice *office, const SatId *id);
gboolean sat_office_is_admin (const SatOffice *office, const SatId *id);
const SatId *sat_office_user_of_device (SatOffice *office, guint32 device);

/* Whom PROCESS asks about the subject when INITIATOR submits it, with those that he has CHOSEN
 * (SatId; may be NULL). Without ERROR's being set NULL does not happen. */
SatApprovalPlan *sat_process_plan (SatOffice *office,
                                   const SatProcess *process,
                                   const SatApprovalSubject *subject,
                                   const SatId *initiator,
                                   const GArray *chosen,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean sat_process_own (SatOffice *office,
                          const SatProcess *process,
                          const SatApprovalSubject *subject,
                          const SatId *initiator,
                          gboolean *own,
                          GError **error);

/* ---- requests ---- */

/* A request as judged; without votes' names and what people see of it. */
typedef struct
{
  SatRecord *record;
  SatId id, initiator, process;
  SatApprovalPlan *plan;
  const char *covered; /* "": nothing */
  SatJudgement *judgement;
  gboolean replaced;
  GArray *decisions;  /* SatDecision */
  GPtrArray *written; /* SatRecord of each */
} SatRequest;

void sat_request_free (SatRequest *request);
SatRequest *
sat_request_read (SatOffice *office, SatRecord *record, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Those about the record ID, each marked if another one takes its place. */
GPtrArray *sat_requests_of (SatOffice *office, const SatId *id, GError **error);

typedef enum
{
  SAT_HOLDS_NOT,   /* nothing was asked, or it does not count any more */
  SAT_HOLDS_WAITS, /* somebody is asked */
  SAT_HOLDS_NO,    /* rejected */
  SAT_HOLDS,
} SatHolds;
/* Do REQUESTS approve PROCESS for the values COVERED? ABOUT (may be NULL): the one that says so. */
SatHolds sat_requests_hold (const GPtrArray *requests,
                            const SatProcess *process,
                            const SatApprovalSubject *subject,
                            const SatRequest **about);

/* ---- guarding ---- */

/* In a transaction, before DRAFT is written: refuses what needs an approval that it has not got.
 * OWN (NULL: nobody decides alone) gets those processes within whose limit the user decides by
 * saving. */
gboolean sat_approval_check (SatWorkspace *workspace,
                             const SatDraft *draft,
                             GPtrArray **own,
                             GError **error);
/* The same of a record that was BEFORE, and that was written in this transaction, which can only be
 * rolled back then. */
gboolean sat_approval_check_written (SatWorkspace *workspace, SatRecord *before, GError **error);
/* Which process refuses DRAFT, and what stands of it: NULL if none does. */
gboolean sat_approval_refuser (SatWorkspace *workspace,
                               const SatDraft *draft,
                               SatProcess **process,
                               SatHolds *holds,
                               GError **error);
/* After it was written: writes down what the user has decided alone. */
gboolean sat_approval_finish (SatWorkspace *workspace,
                              SatLocal *local,
                              const SatObject *object,
                              const SatId *id,
                              GPtrArray *own,
                              GError **error);

/* ---- writing ---- */

/* A request for RECORD, and (PLAN within the initiator's own limit) his decision. */
gboolean sat_approval_write (SatWorkspace *workspace,
                             SatLocal *local,
                             const SatRecord *record,
                             const SatProcess *process,
                             const SatApprovalPlan *plan,
                             const char *note,
                             const GPtrArray *before,
                             SatId *out,
                             GError **error);
/* For a rule, of the first process that the record needs and that nobody was asked for; as
 * SatRuleGates has it. What is refused is said in *WHY, and nothing was written then. */
gboolean sat_approval_request_by_rule (SatWorkspace *workspace,
                                       SatLocal *local,
                                       const SatRuleRequest *request,
                                       char **asked,
                                       char **why,
                                       GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatOffice, sat_office_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatRequest, sat_request_free)

G_END_DECLS
