/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SatSyncProgress for sync and join: phases in the person's words. */
#pragma once

#include "cli/sat-progress.h"
#include "sync/sat-sync.h"

G_BEGIN_DECLS

/* DATA is a SatProgress. */
void sat_sync_progress (SatPhase phase, guint64 done, guint64 total, gpointer data);
/* Before much is applied: a line {"event":"estimate","change_sets","records","bytes","seconds"}, or
 * a sentence on the terminal that stays. DATA is a SatProgress. */
void sat_sync_estimated (const SatSyncEstimate *estimate, gpointer data);

G_END_DECLS
