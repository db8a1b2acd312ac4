/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Has another copy of this replica been at the hub? After the fetch and before anything is applied:
 * what others built on the other copy's change-sets must not be taken for built on ours. */
#pragma once

#include "sync/sat-sync-job.h"

G_BEGIN_DECLS

/* If the hub has change-sets under this device's name and signature that were not sealed here, this
 * replica takes a new identity. JOB->device is the new one then. */
gboolean sat_fork_check (SatSyncJob *job, GError **error);

G_END_DECLS
