/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fetching: the hub's branches into inbox.git. */
#pragma once

#include "sync/sat-sync-job.h"

G_BEGIN_DECLS

/* Branches only grow: one that the hub shows as anything but a continuation of ours is refused
 * (ours stays, job->refused names it, and its device is held up with a message); one that the hub
 * shows shorter is left as it is here. Refs that are no branches of ours are ignored. Nothing
 * fetched is trusted: change-sets are checked when they are read. */
gboolean sat_fetch (SatSyncJob *job, GError **error);

G_END_DECLS
