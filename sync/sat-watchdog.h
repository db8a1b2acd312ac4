/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libgit2 1.5 waits for a silent hub for ever, and cannot be woken. A watchdog is a thread that
 * tells when an exchange does not end by itself after its deadline or when it was stopped, or when
 * the hub was silent for too long while it was listened to. Who is told ends the process. It tells
 * once. */
#pragma once

#include "sync/sat-sync.h"

G_BEGIN_DECLS

typedef struct _SatWatchdog SatWatchdog;

/* Begins with the deadline of OPTIONS, whose `stalled` is told; HUB is its name for people. */
SatWatchdog *sat_watchdog_new (const char *hub, const SatSyncOptions *options);
/* Does not tell afterwards. */
void sat_watchdog_free (SatWatchdog *watchdog);

/* From now on the hub may be silent for the patience of the options; each call begins it anew. */
void sat_watchdog_listen (SatWatchdog *watchdog);
/* Nothing is expected of the hub. */
void sat_watchdog_rest (SatWatchdog *watchdog);

G_END_DECLS
