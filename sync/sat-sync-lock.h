/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two syncs of one replica exclude each other: an flock on HOME/sync.lock, which the kernel drops
 * when the process dies, however it dies. */
#pragma once

#include <glib.h>

#include "core/base/sat-error.h"

G_BEGIN_DECLS

/* A file descriptor that holds the lock until it is closed; -1 on failure, SAT_ERROR_BUSY if
 * another process (or another descriptor of this one) holds it. HOME must exist. */
int sat_sync_lock (const char *home, GError **error);

G_END_DECLS
