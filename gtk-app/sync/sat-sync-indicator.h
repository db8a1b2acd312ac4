/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Says how this device stands with the others, and exchanges changes with them: one `satchel sync`
 * at a time. Follows the replica.
 *
 * Signals: "synced" (): a run ended well; "status" (int n): how things stand has been read anew, N
 * conflicts wait.
 *
 * What the hub asks (sat-hub-dialog.h) is asked at once if the person began the run. */
#pragma once

#include <adwaita.h>

#include "core/workspace/sat-service.h"

G_BEGIN_DECLS

#define SAT_TYPE_SYNC_INDICATOR (sat_sync_indicator_get_type ())
G_DECLARE_FINAL_TYPE (SatSyncIndicator, sat_sync_indicator, SAT, SYNC_INDICATOR, GtkWidget)

void sat_sync_indicator_set_service (SatSyncIndicator *self, SatService *service);

/* Does nothing while a run is under way. */
void sat_sync_indicator_start (SatSyncIndicator *self);
/* As the clock does: what came is not told, and what the hub asks waits until somebody wants to
 * answer it. */
void sat_sync_indicator_start_unasked (SatSyncIndicator *self);
/* The same with a file instead of the hub (`satchel bundle`): writes all that is known here to
 * PATH, or takes in what is in it. */
void sat_sync_indicator_write_file (SatSyncIndicator *self, const char *path);
void sat_sync_indicator_read_file (SatSyncIndicator *self, const char *path);
/* From now on also without being asked, when the time has come (sat-sync-clock.h). */
void sat_sync_indicator_set_automatic (SatSyncIndicator *self);
/* The window closes: what is under way goes on, or a last exchange starts that nobody waits for. */
void sat_sync_indicator_close (SatSyncIndicator *self);
/* The session is about to end, or may not after all: a last exchange starts that nobody waits for,
 * if one would be right and none is under way. Its first deed is to seal what waits. */
void sat_sync_indicator_log_out (SatSyncIndicator *self);
void sat_sync_indicator_stop (SatSyncIndicator *self);
gboolean sat_sync_indicator_is_running (SatSyncIndicator *self);

/* The workspace's name and the person's, "" before they are known. */
const char *sat_sync_indicator_get_workspace (SatSyncIndicator *self);
const char *sat_sync_indicator_get_hub (SatSyncIndicator *self); /* NULL: not known */
const char *sat_sync_indicator_get_user (SatSyncIndicator *self);

G_END_DECLS
