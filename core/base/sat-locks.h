/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an administrator has decided that is not done on this computer (docs/fleet.md), for all its
 * users and for both programs: the file satchel/satchel.conf in the folder of the system's
 * settings (/etc), with
 *
 *   [locks]
 *   locked=hub;export;copies
 *   by=IT, extension 4711
 *
 * A guard-rail and no wall: who can run programs can run another one. What must not happen is for
 * the hub's hook, and for which books a laptop gets at all. SATCHEL_LOCKS names one more such file,
 * whose locks are added; it takes none away. */
#pragma once

#include "core/base/sat-error.h"

G_BEGIN_DECLS

typedef enum
{
  SAT_LOCK_HUB,    /* "hub": another address for the hub */
  SAT_LOCK_EXPORT, /* "export": records as CSV, Excel, vCard ... */
  SAT_LOCK_COPIES, /* "copies": the replica, or what it knows, to another place than the hub:
                    * bundles, backups, folders */
} SatLock;

/* TRUE: it may be done. Else SAT_ERROR_REFUSED, and who has decided it; so, too, if the file is
 * there and cannot be understood: a slip of the pen must not open what was to be locked. Reads the
 * files each time. */
gboolean sat_locks_check (SatLock lock, GError **error);

G_END_DECLS
