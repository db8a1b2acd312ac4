/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is admitted to this replica's workspace: change/sat-admissions.h with what is in the
 * database. */
#pragma once

#include "core/change/sat-admissions.h"
#include "core/store/sat-replica.h"

G_BEGIN_DECLS

/* *OUT: all that is known; NULL: every device's change-sets count, since the workspace is open or
 * this replica replays what was judged before. */
gboolean sat_enrolled_load (SatReplica *replica, SatAdmissions **out, GError **error);
/* A replica that replays what another one with FOUNDER has applied. */
gboolean sat_enrolled_set_replay (SatReplica *replica, const SatId *founder, GError **error);

/* "BOOK DEVICE NUMBER" in lines: the change-sets that were offered and wait until their device is
 * admitted. */
char *sat_enrolled_waiting (SatReplica *replica);
gboolean sat_enrolled_set_waiting (SatReplica *replica, const char *lines, GError **error);

/* In a transaction: what SET, which counts, says of book `enrolment`. */
gboolean sat_enrolled_note (SatReplica *replica,
                            const SatId *device,
                            const SatEnrolment *enrolment,
                            GError **error);

/* The lines of the digest: a line each, without newline. */
gboolean sat_enrolled_lines (SatReplica *replica,
                             void (*line) (const char *text, gpointer data),
                             gpointer data,
                             GError **error);

G_END_DECLS
