/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One push while it is judged (sat-receive.h). Private to sync/sat-receive*.c. */
#pragma once

#include "sync/sat-checkpoint-ref.h"
#include "sync/sat-receive-enrolled.h"

G_BEGIN_DECLS

/* One ref. */
typedef struct
{
  git_oid from, to; /* zero: nothing */
  char *ref;
} SatReceiveUpdate;

typedef struct
{
  git_repository *repo;
  SatReceiveFacts *facts;
  GArray *updates;              /* SatReceiveUpdate */
  GArray *brought;              /* Brought */
  GHashTable *asked;            /* what its change-sets ask for (sat-receive-rights.c) */
  SatReceiveEnrolled *enrolled; /* the change-sets of book enrolment */
  const char *reason;
  char *ref;
  char *detail;
} SatReceive;

/* Notes why the push is not let in: REASON is one of those in sat-receive.c. Returns FALSE. */
gboolean
sat_receive_refuse (SatReceive *receive, const char *reason, const char *ref, const char *detail);
gboolean sat_receive_refuse_error (SatReceive *receive, const char *ref, const GError *error);

/* What SET, which came on REF, asks of its author's rights. */
void sat_receive_rights_ask (SatReceive *receive, const SatChangeSet *set, const char *ref);
/* Once all that the push says of rights is known. FALSE after sat_receive_refuse. */
gboolean sat_receive_rights_check (SatReceive *receive);
GHashTable *sat_receive_rights_new (void);

/* Each FALSE after sat_receive_refuse. */
gboolean sat_receive_check_checkpoint (SatReceive *receive,
                                       const SatReceiveUpdate *update,
                                       const SatCheckpointRef *ref);
gboolean sat_receive_check_cover (SatReceive *receive,
                                  const SatReceiveUpdate *update,
                                  const SatCheckpointRef *ref);
/* A ref that goes. */
gboolean sat_receive_check_deleted (SatReceive *receive, const SatReceiveUpdate *update);
/* A branch that comes, up to number LAST, must not be one that has gone. */
gboolean sat_receive_check_begun (SatReceive *receive,
                                  const SatReceiveUpdate *update,
                                  const SatBranch *branch,
                                  guint64 last);

G_END_DECLS
