/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What `satchel doctor` looks at beyond the database: the history in git. Everything blocks. */
#pragma once

#include "sync/sat-sync.h"

G_BEGIN_DECLS

typedef enum
{
  SAT_AUDIT_REPAIR = 1 << 0,
  SAT_AUDIT_OFFLINE = 1 << 1, /* the hub is not asked for anything */
} SatAuditFlags;

/* Adds to CHECKS (SatCheck):
 *
 * "commits"  every commit of every branch of the books held is read and verified as when it came:
 *            shape, place, signature, text; every byte of the packs. With SAT_AUDIT_REPAIR a new
 *            inbox gets what is sound, and the next sync fetches the rest.
 * "replay"   the change-sets that are applied here are applied to an empty database in HOME/replay,
 *            and every record compared with the one here. A book whose first change-sets are gone
 *            begins with a checkpoint, the last one made here or one of the hub; where there is
 *            none, or the hub cannot be asked, the book is not replayed, which is said.
 *
 * What is open is sealed. While a sync runs nothing is looked at, which is said as well. FALSE when
 * stopped, or the checking itself failed. */
gboolean sat_sync_audit (SatWorkspace *workspace,
                         SatAuditFlags flags,
                         const SatSyncOptions *options,
                         GPtrArray *checks,
                         GError **error);

G_END_DECLS
