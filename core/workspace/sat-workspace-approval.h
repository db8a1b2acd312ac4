/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Approvals: processes say which records need one (docs/approvals.md). A request and the decisions
 * on it are records, written only here; what they come to is judged from them alone
 * (core/automation/sat-approval.h), and a decision counts only if a device of the person whom it
 * names wrote it.
 *
 * What a process guards no save may reach without an approval that holds (SAT_ERROR_GATE), nor may
 * an import, a change of many records, a rule, a value that is put back, or a conflict that is
 * settled. */
#pragma once

#include "core/automation/sat-approval.h"
#include "core/workspace/sat-workspace.h"

G_BEGIN_DECLS

/* One decision, in people's terms. */
typedef struct
{
  SatApprovalVerdict verdict;
  SatDecisionWorth worth;
  guint step;
  SatId by;
  char *name;   /* of BY */
  char *to;     /* of whom it was delegated to; NULL: nobody */
  char *writer; /* the user of the device that wrote it */
  char *comment;
  char *time;
} SatApprovalVote;

typedef struct
{
  SatId id;
  char *name;              /* of the process, as it was called then */
  char *title;             /* of the record; NULL: it is not here */
  const SatObject *object; /* of the record; NULL: not known here */
  SatId record;
  SatId initiator;
  char *initiator_name;
  char *process; /* its name; NULL: not here */
  char *note;
  char *covered; /* lines FIELD=VALUE, as they were submitted */
  char *time;
  SatApprovalPlan *plan; /* NULL: cannot be read */
  SatApprovalState state;
  guint step;
  gboolean outdated;    /* the record has other values now */
  gboolean replaced;    /* by a later request */
  gboolean old_version; /* the process asks otherwise by now */
  gboolean mine;        /* it waits for the user of this laptop */
  GPtrArray *asked;     /* names of those for whom it waits */
  GPtrArray *votes;     /* SatApprovalVote, oldest first */
} SatApprovalInfo;
void sat_approval_info_free (SatApprovalInfo *info);

typedef enum
{
  SAT_APPROVALS_INBOX, /* that wait for the user of this laptop */
  SAT_APPROVALS_MINE,  /* that he has asked for */
  SAT_APPROVALS_ALL,
} SatApprovalsWhich;

/* SatApprovalInfo, of records that this user sees, oldest first. */
GPtrArray *sat_workspace_approvals (SatWorkspace *workspace,
                                    SatApprovalsWhich which,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
SatApprovalInfo *sat_workspace_approval (SatWorkspace *workspace,
                                         const SatId *id,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* How many wait for the user of this laptop; -1: failed. */
gint64 sat_workspace_n_approvals (SatWorkspace *workspace, GError **error);

typedef struct
{
  const char *process; /* name or id; NULL: the first that the record needs */
  const char *note;
  const char *const *chosen; /* logins, for steps that leave it to the initiator; NULL: none */
  gboolean again;            /* in place of one that was rejected, withdrawn or is outdated */
} SatApprovalSubmit;
/* Asks for an approval of the record. Within the initiator's own limit it is given at once. */
gboolean sat_workspace_submit (SatWorkspace *workspace,
                               const SatObject *object,
                               const SatId *record,
                               const SatApprovalSubmit *submit,
                               SatId *out,
                               GError **error);

typedef struct
{
  SatApprovalVerdict verdict;
  const char *comment;
  const char *to;    /* login, of DELEGATED */
  gboolean override; /* an administrator decides all of it */
} SatApprovalDecide;
gboolean sat_workspace_decide (SatWorkspace *workspace,
                               const SatId *id,
                               const SatApprovalDecide *decide,
                               GError **error);
/* A notice to everybody for whom it waits; TOLD (may be NULL) counts them. */
gboolean sat_workspace_remind (
    SatWorkspace *workspace, const SatId *id, const char *text, guint *told, GError **error);

/* Has the record every approval that its processes ask for, so that it may be sent or printed as
 * final? */
gboolean sat_workspace_approval_final (SatWorkspace *workspace,
                                       const SatObject *object,
                                       const SatId *id,
                                       gboolean *final,
                                       GError **error);

/* After an exchange: brings the status that lists show up to what has arrived. */
gboolean sat_workspace_refresh_approvals (SatWorkspace *workspace, GError **error);

typedef struct
{
  SatId id;
  char *name;
  char *object;
  gboolean active;
  guint n_steps;
  GError *problem; /* NULL: it can be used */
} SatProcessInfo;
void sat_process_info_free (SatProcessInfo *info);
/* SatProcessInfo, by place and name. */
GPtrArray *sat_workspace_processes (SatWorkspace *workspace,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatApprovalInfo, sat_approval_info_free)

G_END_DECLS
