/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Epochs: how the hub and the repositories here stay bounded. Private to sync/.
 *
 * A branch only grows, so its beginning can go only with all of it. Therefore a device begins a new
 * branch, the next epoch, once a checkpoint covers something of the current one
 * (sat_workspace_begin_epoch; the first change-set of an epoch says all it has seen and needs no
 * other). An epoch that has ended, that a checkpoint on the hub covers, and that every device which
 * is in use has passed, leaves the hub, by whoever made the newest checkpoint; then what other
 * replicas have of it goes, too, and never comes back from there. Who was away for longer joins the
 * checkpoint, which equals having applied it all (core/apply/sat-join.h). */
#pragma once

#include "sync/sat-sync-job.h"

G_BEGIN_DECLS

/* A device that was not heard of for so long is not waited for. */
#define SAT_EPOCH_LIVE_DAYS 90

/* Has branch REF, which ends at TIP in REPO and is not on the hub as it was last seen, left it on
 * purpose: is a later epoch of the device there, and a checkpoint that covers this one? Then it is
 * not sent. */
gboolean sat_epoch_has_left (const SatSyncJob *job,
                             git_repository *repo,
                             const char *ref,
                             const git_oid *tip);

/* After a fetch: where a checkpoint covers something of the current epoch, the next begins. */
gboolean sat_epoch_begin_due (SatSyncJob *job, GError **error);

/* Takes epochs of BOOK that nobody needs off the hub, and checkpoints but for the newest. What the
 * hub does not let go of stays: that is no failure. *N (may be NULL): how many branches went. */
gboolean sat_epoch_drop (SatSyncJob *job, const char *book, guint *n, GError **error);

/* The same for each book of which the newest checkpoint on the hub was made here, once a day:
 * devices pass the branches that it covers only after it was made. */
gboolean sat_epoch_drop_due (SatSyncJob *job, GError **error);

/* Takes out of inbox and outbox what has left the hub so, and is applied here. */
gboolean sat_epoch_forget (SatSyncJob *job, GError **error);

G_END_DECLS
