/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Approvals as they are shown, asking and deciding, on the threads of the service. */
#pragma once

#include "core/workspace/sat-service.h"
#include "core/workspace/sat-workspace-approval.h"

G_BEGIN_DECLS

/* A covered value in words. */
typedef struct
{
  char *label; /* of the field */
  char *then;  /* as it was submitted */
  char *now;   /* what it is now; NULL: the same, or not known */
} SatApprovalValue;

typedef struct
{
  SatApprovalInfo *info;
  GPtrArray *values; /* SatApprovalValue */
} SatApprovalPicture;

typedef struct
{
  GPtrArray *pictures; /* SatApprovalPicture */
  gboolean more;       /* there are others, further back */
  gboolean others;     /* some are seen that are neither for nor by this user */
  guint n_inbox;       /* that wait for him */
  gint64 now_ms;
  char *signature; /* differs whenever anything shown differs */
} SatApprovals;

void sat_approvals_free (SatApprovals *approvals);

/* Those of WHICH, LIMIT at most; the inbox oldest first, others newest first. The result
 * (sat_service_finish) is a SatApprovals. */
void sat_approvals_work_read (SatService *service,
                              SatApprovalsWhich which,
                              guint limit,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);

/* How many wait for the user: the result is a gint64 to be freed with g_free. */
void sat_approvals_work_count (SatService *service,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);

/* What a record's page says of its approvals. */
typedef struct
{
  SatApprovalInfo *newest; /* the last request; NULL: there is none */
  GPtrArray *offers;       /* SatApprovalOffer */
  GPtrArray *people;       /* SatApprovalPerson, where one is to be chosen */
} SatApprovalAbout;

void sat_approval_about_free (SatApprovalAbout *about);

/* The result is a SatApprovalAbout. */
void sat_approvals_work_about (SatService *service,
                               const SatObject *object,
                               const SatId *id,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);

/* What DRAFTS (SatDraft; taken over), which were refused, lack. */
typedef struct
{
  SatApprovalNeed *need;
  GPtrArray *people; /* SatApprovalPerson */
} SatApprovalLack;

void sat_approval_lack_free (SatApprovalLack *lack);

/* The result is a SatApprovalLack. */
void sat_approvals_work_need (SatService *service,
                              GPtrArray *drafts,
                              GAsyncReadyCallback callback,
                              gpointer user_data);

/* The result is an array of SatApprovalPerson. */
void
sat_approvals_work_people (SatService *service, GAsyncReadyCallback callback, gpointer user_data);

/* Asks for the approval of a record. AGAIN: in place of an earlier request; NOTE and TO (a login)
 * may be NULL. The result is not NULL when done. */
void sat_approvals_work_submit (SatService *service,
                                const SatObject *object,
                                const SatId *record,
                                const char *process,
                                gboolean again,
                                const char *note,
                                const char *to,
                                GAsyncReadyCallback callback,
                                gpointer user_data);

/* COMMENT and TO (a login) may be NULL. The result is a SatApprovalInfo: what came of it. */
void sat_approvals_work_decide (SatService *service,
                                const SatId *id,
                                SatApprovalVerdict verdict,
                                gboolean override,
                                const char *comment,
                                const char *to,
                                GAsyncReadyCallback callback,
                                gpointer user_data);

/* The result is how many were told, by GPOINTER_TO_UINT. */
void sat_approvals_work_remind (SatService *service,
                                const SatId *id,
                                const char *text,
                                GAsyncReadyCallback callback,
                                gpointer user_data);

/* "Li Wei, Zhao Min", as lists stand in the person's language. NAMES (char *). Any thread. */
char *sat_approval_names (const GPtrArray *names) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
