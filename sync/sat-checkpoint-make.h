/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Making checkpoints, and bringing them to the hub. Private to sync/.
 *
 * HOME/git/checkpoints.git holds the last own checkpoint of each book, so that shards that did not
 * change are neither written nor sent again. It is a cache. */
#pragma once

#include "sync/sat-sync-job.h"

G_BEGIN_DECLS

/* Checkpoints of a book that stay on the hub: who reads one while the next comes is not disturbed.
 */
#define SAT_CHECKPOINTS_KEPT 2

/* Makes a checkpoint of BOOK and sends it; what it makes superfluous leaves the hub, if it lets it
 * (sat-epoch.h). Nothing is made when the last one of this device on the hub says the same. MADE
 * (may be NULL): what became of it; cleared by the caller. */
gboolean
sat_checkpoint_make (SatSyncJob *job, const char *book, SatCheckpointMade *made, GError **error);

/* Makes a checkpoint of BOOK and keeps it here alone, in the repository at *PATH; an earlier one
 * that says the same serves as well. *REF and *PATH are newly allocated. */
gboolean sat_checkpoint_make_here (
    SatSyncJob *job, const char *book, char **ref, git_oid *id, char **path, GError **error);
/* After a hub was filled from here and looked at: a checkpoint of each book of which a number that
 * is applied here is on no branch of the hub. *N (may be NULL): how many were made. */
gboolean sat_checkpoint_make_lost (SatSyncJob *job, guint64 *n, GError **error);

/* At the end of an exchange: makes those that are due (sat-sync.h). */
gboolean sat_checkpoint_make_due (SatSyncJob *job, GError **error);

G_END_DECLS
