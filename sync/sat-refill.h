/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Giving a hub back what it lost. */
#pragma once

#include "sync/sat-sync-job.h"

G_BEGIN_DECLS

/* Sends every branch of inbox that the hub, as it was last looked at, does not have or has only the
 * beginning of: this device's own and those of others, exactly as they were fetched. Nothing on the
 * hub is set back. */
gboolean sat_refill (SatSyncJob *job, GError **error);

G_END_DECLS
