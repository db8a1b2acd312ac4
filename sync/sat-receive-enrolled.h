/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a push to the hub of a closed workspace says of who is let in: its change-sets of book
 * `enrolment`, judged together, since the one that lets a device in and the one that needs it may
 * come in any order. The rules are those of every laptop (change/sat-admissions.h); but the hub,
 * which everything passes in one line, can also see that an invitation was taken up or withdrawn
 * before, or has ended. A withdrawal binds later pushes: in one that brings both, as of a laptop
 * that fills the hub, nobody knows which came first. */
#pragma once

#include "sync/sat-receive-facts.h"

G_BEGIN_DECLS

typedef struct _SatReceiveEnrolled SatReceiveEnrolled;

/* NOW_MS 0: of what is in the hub already, which may be taken up twice, withdrawn or
 * late. */
SatReceiveEnrolled *sat_receive_enrolled_new (SatReceiveFacts *facts,
                                              gint64 now_ms) G_GNUC_WARN_UNUSED_RESULT;
void sat_receive_enrolled_free (SatReceiveEnrolled *enrolled);
/* The next change-set of REF, in the order of its numbers. Takes SET. */
void sat_receive_enrolled_add (SatReceiveEnrolled *enrolled, SatChangeSet *set, const char *ref);
/* Notes in the facts what counts of what was added. */
void sat_receive_enrolled_settle (SatReceiveEnrolled *enrolled);
/* After that, the Nth that does not count: its ref, and why (sat_receive_reason). NULL: no more. */
const char *sat_receive_enrolled_refused (SatReceiveEnrolled *enrolled, guint n, const char **ref);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatReceiveEnrolled, sat_receive_enrolled_free)

G_END_DECLS
