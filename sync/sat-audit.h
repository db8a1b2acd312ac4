/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What `satchel doctor` looks at beyond the database: the history in git. Everything blocks. */
#pragma once

#include "sync/sat-sync.h"

G_BEGIN_DECLS

/* Adds to CHECKS (SatCheck):
 *
 * "commits"  every commit of every branch of the books held is read and verified as when it came:
 *            shape, place, signature, text. With REPAIR a new inbox gets what is sound, and
 *            the next sync fetches the rest.
 * "replay"   the change-sets that are applied here are applied to an empty database in HOME/replay,
 *            and every record compared with the one here. A book that began with a checkpoint
 *            cannot be replayed, which is said.
 *
 * What is open is sealed. While a sync runs nothing is looked at, which is said as well. FALSE when
 * stopped, or the checking itself failed. */
gboolean sat_sync_audit (SatWorkspace *workspace,
                         gboolean repair,
                         const SatSyncOptions *options,
                         GPtrArray *checks,
                         GError **error);

G_END_DECLS
