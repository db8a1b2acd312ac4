/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exchanging changes without the hub: with any other repository, or by one file. What goes there
 * still waits for the hub. Everything blocks, as in sat-sync.h. */
#pragma once

#include "sync/sat-sync.h"

G_BEGIN_DECLS

/* One exchange with the repository at PLACE, which is not the hub: a folder on a stick, a
 * colleague's laptop. A folder that is not there, or is empty, becomes one. All that is known here
 * goes there, what others have written too; what is new there comes here. Only the hub counts as
 * told: what waits for it goes on waiting. */
gboolean sat_sync_with (SatWorkspace *workspace,
                        const char *place,
                        const SatSyncOptions *options,
                        SatSyncResult *result,
                        GError **error);

/* ---- a hub that lost something ---- */

typedef struct
{
  guint64 objects;     /* missing or damaged, that were put back into a hub that is a folder */
  guint64 branches;    /* that the hub did not have, or only the beginning of */
  guint64 checkpoints; /* made because history is gone */
  SatSyncResult sync;  /* of the exchange that belongs to it */
} SatRebuilt;

/* Makes HUB (NULL: the workspace's; another one is its hub from now on) whole again from this
 * replica, whatever became of it: gone, emptied, older, damaged. A folder that is no repository any
 * more is moved aside, and objects are looked at one by one; elsewhere that is the other side's to
 * do. Safe to kill and to repeat. */
gboolean sat_sync_rebuild (SatWorkspace *workspace,
                           const char *hub,
                           const SatSyncOptions *options,
                           SatRebuilt *out,
                           GError **error);

/* ---- bundles: one file, by mail or on a stick ---- */

typedef struct
{
  guint64 change_sets, checkpoints, bytes;
  gboolean written; /* FALSE: the other side lacks nothing, and there is no file */
} SatBundleResult;

/* Writes FILE, in whose place nothing else than an older bundle may be: what DEVICE (NULL: anybody)
 * lacks of the books held here, as far as is known: it has what its last change-set that came here
 * had seen. SINCE_MS (0: all) leaves out what was sealed before. A book whose history is gone in
 * part goes as a checkpoint, too. FILE is complete or not there. */
gboolean sat_sync_bundle_export (SatWorkspace *workspace,
                                 const char *file,
                                 const SatId *device,
                                 gint64 since_ms,
                                 const SatSyncOptions *options,
                                 SatBundleResult *result,
                                 GError **error);

/* Takes in what FILE has; all of it is verified and merged as from the hub. Again, in any order,
 * killed anywhere: the same. SAT_ERROR_INVALID: no bundle, another workspace's, or one that needs
 * what is not here; SAT_ERROR_MALFORMED: damaged; SAT_ERROR_NEWER. */
gboolean sat_sync_bundle_import (SatWorkspace *workspace,
                                 const char *file,
                                 const SatSyncOptions *options,
                                 SatSyncResult *result,
                                 GError **error);

G_END_DECLS
