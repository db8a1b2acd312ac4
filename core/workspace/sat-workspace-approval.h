/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Approvals: processes say which records need one (docs/approvals.md). A request and the decisions
 * on it are records, written only here; what they come to is judged from them alone
 * (core/automation/sat-approval.h), and a decision counts only if a device of the person whom it
 * names wrote it.
 *
 * What a process guards no save may reach without an approval that holds (SAT_ERROR_APPROVAL), nor
 * may an import, a change of many records, a rule, a value that is put back, or a conflict that is
 * settled. */
#pragma once

#include "core/automation/sat-approval.h"
#include "core/workspace/sat-workspace.h"

G_BEGIN_DECLS

/* One decision, in people's terms. */
typedef struct
{
  SatId id;
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

/* What there is for the user of this laptop to do with a request. */
typedef enum
{
  SAT_MAY_DECIDE = 1 << 0, /* approve, reject, delegate */
  SAT_MAY_COMMENT = 1 << 1,
  SAT_MAY_WITHDRAW = 1 << 2,
  SAT_MAY_REMIND = 1 << 3,
  SAT_MAY_AGAIN = 1 << 4,    /* ask again, about the values as they are now */
  SAT_MAY_OVERRIDE = 1 << 5, /* decide all of it as an administrator */
} SatApprovalMay;

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
  char *now;     /* the same as they are now; NULL: the record is not here */
  char *time;
  SatApprovalPlan *plan; /* NULL: cannot be read */
  SatApprovalState state;
  guint step;
  gboolean outdated;    /* the record has other values now */
  gboolean replaced;    /* by a later request */
  gboolean old_version; /* the process asks otherwise by now */
  gboolean mine;        /* it waits for the user of this laptop */
  gboolean by_me;       /* he asked for it */
  guint may;            /* SatApprovalMay */
  GPtrArray *asked;     /* names of those for whom it waits */
  GPtrArray *people;    /* GStrv: of each step the names of those whom it asks */
  GPtrArray *votes;     /* SatApprovalVote, oldest first */
} SatApprovalInfo;
void sat_approval_info_free (SatApprovalInfo *info);

/* One line of what is covered, as values. */
typedef struct
{
  const SatField *field;
  char *then;       /* canonical; NULL: it was empty */
  char *now;        /* the same, NULL also where the record is not here */
  gboolean changed; /* the record is here, and says otherwise now */
} SatApprovalCovered;
/* SatApprovalCovered of the fields that are known here, in the order in which they were submitted.
 */
GPtrArray *sat_approval_info_covered (const SatApprovalInfo *info);

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
/* The same, newest first, LIMIT at most; MORE (may be NULL): there may be others. */
GPtrArray *sat_workspace_newest_approvals (SatWorkspace *workspace,
                                           SatApprovalsWhich which,
                                           guint limit,
                                           gboolean *more,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* SatApprovalInfo, of one record, oldest first, without those whose place another one took. */
GPtrArray *sat_workspace_approvals_of (SatWorkspace *workspace,
                                       const SatObject *object,
                                       const SatId *record,
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

/* An approval that can be asked for, or that is missing. */
typedef struct
{
  SatId process;
  char *name;        /* of the process */
  gboolean own;      /* within the user's own limit: it is given at once */
  gboolean waits;    /* it was asked for, and nobody has decided */
  gboolean rejected; /* it was asked for, of these values, and rejected: ask again */
  gboolean chosen;   /* the initiator says whom to ask */
  GPtrArray *asked;  /* names of whom it asks, step by step; none if some are chosen */
  GError *problem;   /* why it cannot be asked for; NULL: it can */
} SatApprovalOffer;
void sat_approval_offer_free (SatApprovalOffer *offer);
/* SatApprovalOffer: what the record needs by its processes and what nobody has been asked for. */
GPtrArray *sat_workspace_approval_offers (SatWorkspace *workspace,
                                          const SatObject *object,
                                          const SatId *record,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Somebody who can be asked, or who can decide for somebody else. */
typedef struct
{
  SatId id;
  char *login;
  char *name;
} SatApprovalPerson;
/* SatApprovalPerson: everybody who is active but the user of this laptop, by name. */
GPtrArray *sat_workspace_approval_people (SatWorkspace *workspace,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What DRAFTS, which SAT_ERROR_APPROVAL refused, lack. */
typedef struct
{
  char *title;
  GPtrArray *offers;   /* SatApprovalOffer */
  GPtrArray *left_out; /* SatField: what is guarded and has to wait for the approval */
  gboolean reached;    /* it is in the guarded state already: nothing can be left out */
} SatApprovalNeed;
void sat_approval_need_free (SatApprovalNeed *need);
/* Finds out by saving DRAFTS (SatDraft, all of one record) without what is guarded, which is taken
 * out of them, and by rolling back. */
SatApprovalNeed *sat_workspace_approval_need (SatWorkspace *workspace,
                                              GPtrArray *drafts,
                                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Saves DRAFTS without what is guarded, and asks for all approvals that it lacks, with the note and
 * the chosen people of SUBMIT, in one transaction: both or neither. */
gboolean sat_workspace_save_and_submit (SatWorkspace *workspace,
                                        GPtrArray *drafts,
                                        const SatApprovalSubmit *submit,
                                        SatId *record,
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
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatApprovalOffer, sat_approval_offer_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatApprovalNeed, sat_approval_need_free)

G_END_DECLS
