/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whose change-sets count in a closed workspace (docs/enrolment.md): all that is known of
 * invitations, claims and admissions, in memory. Pure; a replica and a hub's hook judge with it
 * alike.
 *
 * Trust grows from the device that founded the workspace, and what is known here only grows:
 *   an administrator is the founder, who was admitted with the role `admin` by an administrator,
 *     or who claimed an administrator's invitation with that role;
 *   a member is who was admitted, or claimed an administrator's invitation, with another role, or
 *     was named by a member as the one device that goes on in its place.
 * A change-set that does not count yet waits; it may count once more is known, whatever the order.
 * So a withdrawn invitation still counts for whoever claims it: nobody can say here which came
 * first. Who can, a hub's hook, asks for it, and people are told. */
#pragma once

#include "core/change/sat-change-set.h"

G_BEGIN_DECLS

typedef enum
{
  SAT_ADMITTED_NOT,
  SAT_ADMITTED_MEMBER,
  SAT_ADMITTED_ADMIN
} SatAdmitted;

typedef struct _SatAdmissions SatAdmissions;

SatAdmissions *sat_admissions_new (const SatId *founder) G_GNUC_WARN_UNUSED_RESULT;
void sat_admissions_free (SatAdmissions *admissions);
const SatId *sat_admissions_founder (const SatAdmissions *admissions);

/* ---- what is known: of change-sets that count. Again: nothing happens. ---- */

void sat_admissions_add_invite (SatAdmissions *admissions, const SatInvite *invite);
/* INVITATION was claimed by DEVICE, with a good signature. */
void
sat_admissions_add_claim (SatAdmissions *admissions, const SatId *invitation, const SatId *device);
void sat_admissions_add_admit (SatAdmissions *admissions, const SatId *by, const SatAdmit *admit);
void sat_admissions_add_withdrawal (SatAdmissions *admissions, const SatId *invitation);
/* All that SET, which counts, says. */
void sat_admissions_add (SatAdmissions *admissions, const SatChangeSet *set);

/* ---- what follows ---- */

SatAdmitted sat_admissions_of (const SatAdmissions *admissions, const SatId *device);
/* All devices of administrators, the founder's first: SatId. */
GArray *sat_admissions_admins (const SatAdmissions *admissions) G_GNUC_WARN_UNUSED_RESULT;
/* Has an administrator let DEVICE in with ROLE, by an invitation or by name? */
gboolean
sat_admissions_lets_be (const SatAdmissions *admissions, const SatId *device, const char *role);
/* Does SET count, by what is known now? An administrator's does; a member's as long as it lets in
 * nobody (but its one successor, not as administrator), withdraws nothing and revokes nobody. In
 * book `enrolment` no records count, and a claim must be good; elsewhere a claim cannot be. */
gboolean sat_admissions_accept (const SatAdmissions *admissions, const SatChangeSet *set);
/* Is the claim for DEVICE signed with the code of an invitation that is known? */
gboolean sat_admissions_claim_is_good (const SatAdmissions *admissions,
                                       const SatClaim *claim,
                                       const SatId *device);
/* The device, other than DEVICE, that has claimed INVITATION; NULL: none. */
const SatId *sat_admissions_claimed_by (const SatAdmissions *admissions,
                                        const SatId *invitation,
                                        const SatId *device);
/* When INVITATION ends: the latest that is said; 0: it is not known. */
gint64 sat_admissions_expires (const SatAdmissions *admissions, const SatId *invitation);
/* Has an administrator taken INVITATION back? */
gboolean sat_admissions_is_withdrawn (const SatAdmissions *admissions, const SatId *invitation);
/* Was DEVICE admitted otherwise than by claims? */
gboolean sat_admissions_is_admitted (const SatAdmissions *admissions, const SatId *device);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatAdmissions, sat_admissions_free)

G_END_DECLS
