/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the change-sets of book `enrolment` that count have said, as they said it: rows that are
 * only ever added. What follows of them is change/sat-admissions.h. Writing functions want a
 * transaction. */
#pragma once

#include "core/base/sat-invitation.h"
#include "core/store/sat-replica.h"

G_BEGIN_DECLS

/* The device that founded the workspace, from which trust grows. FALSE: the workspace is open. */
gboolean sat_log_founder (SatReplica *replica, SatId *out);
gboolean sat_log_set_founder (SatReplica *replica, const SatId *founder, GError **error);

gboolean sat_log_add_invite (SatReplica *replica, const SatInvite *invite, GError **error);
gboolean sat_log_add_claim (SatReplica *replica,
                            const SatId *invitation,
                            const SatId *device,
                            GError **error);
gboolean
sat_log_add_admit (SatReplica *replica, const SatId *by, const SatAdmit *admit, GError **error);
gboolean sat_log_add_withdrawal (SatReplica *replica,
                                 const SatId *by,
                                 const SatId *invitation,
                                 GError **error);

typedef struct
{
  SatId id;
  SatInvite invite; /* its texts are these: */
  char *role, *books, *login;
} SatLogInvite;
void sat_log_invite_free (SatLogInvite *invite);
/* SatLogInvite, by id. */
GPtrArray *sat_log_invites (SatReplica *replica, GError **error) G_GNUC_WARN_UNUSED_RESULT;

typedef struct
{
  SatId invitation, device;
} SatLogClaim;
/* SatLogClaim, by both. */
GArray *sat_log_claims (SatReplica *replica, GError **error) G_GNUC_WARN_UNUSED_RESULT;

typedef struct
{
  SatId by, device;
  char *role;
} SatLogAdmit;
/* SatLogAdmit, by device and by whom; freed with the array. */
GArray *sat_log_admits (SatReplica *replica, GError **error) G_GNUC_WARN_UNUSED_RESULT;

typedef struct
{
  SatId invitation, by;
} SatLogWithdrawal;
/* SatLogWithdrawal, by both. */
GArray *sat_log_withdrawals (SatReplica *replica, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatLogInvite, sat_log_invite_free)

G_END_DECLS
