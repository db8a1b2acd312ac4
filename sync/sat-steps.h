/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The steps of an exchange in the order in which they may be done. Each can be repeated, and after
 * a crash between or in any two of them all of them are: nothing is remembered but what SQLite, the
 * outbox and the hub say. Private to sync/. */
#pragma once

#include "sync/sat-sync-job.h"

G_BEGIN_DECLS

/* Closes what is open and commits what the outbox can take before the hub was asked. */
gboolean sat_step_seal (SatSyncJob *job, GError **error);

/* The hub's branches into inbox. */
gboolean sat_step_fetch (SatSyncJob *job, GError **error);

/* In a closed workspace what can be applied of book `enrolment`. */
gboolean sat_step_enrolment (SatSyncJob *job, GError **error);

/* All that can be applied, in slices short enough for somebody who is typing. */
gboolean sat_step_apply (SatSyncJob *job, GError **error);

/* The automatic merge of long texts: ordinary writes, to be sealed afterwards. */
gboolean sat_step_merge (SatSyncJob *job, GError **error);

/* Tells the books held here of each other: records that have moved are carried on. Sealed as it
 * goes.
 */
gboolean sat_step_forward (SatSyncJob *job, GError **error);

/* Seals, commits and pushes until nothing of this device is unsent. A foreign commit on a branch of
 * ours is an error only after everything else was sent. */
gboolean sat_step_push (SatSyncJob *job, GError **error);

/* Of SAT_PEER_FILE, where nothing is sent: seals, and commits as if the hub had what inbox has.
 * What cannot be committed, because the local repositories were removed, is found to be missing
 * afterwards. FALSE: the job was stopped. */
gboolean sat_step_commit (SatSyncJob *job, GError **error);

/* Books that were released leave the replica, once all of them was sent. */
gboolean sat_step_release (SatSyncJob *job, GError **error);

/* The search index after what was applied. */
gboolean sat_step_index (SatSyncJob *job, GError **error);

/* Refreshes HOME/allowed_signers. */
gboolean sat_step_signers (SatSyncJob *job, GError **error);

/* What comes after a fetch, without sending anything. result as below. */
gboolean sat_steps_take_in (SatSyncJob *job, GError **error);
/* The exchange with the hub, and after that the ones with the repositories of books that are not
 * there (sat-apart.h). */
gboolean sat_steps_home (SatSyncJob *job, GError **error);
gboolean sat_steps_apart (SatSyncJob *job, GError **error);
/* All of them; result->conflicts and quarantined at the end, also after a failure. */
gboolean sat_steps_all (SatSyncJob *job, GError **error);

G_END_DECLS
