/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing a checkpoint of a book: the texts of docs/checkpoint-format.md, as they are in one read
 * transaction. */
#pragma once

#include "core/change/sat-checkpoint.h"
#include "core/store/sat-replica.h"

G_BEGIN_DECLS

/* One of its files. FALSE stops the writing. */
typedef gboolean (*SatSnapshotFunc) (const char *path, GBytes *text, gpointer data, GError **error);

/* Nothing is open or half applied in BOOK. The shards of the state, its index, then the same of the
 * unseen values, if there are any. */
gboolean sat_snapshot_write (
    SatReplica *replica, guint32 book, SatSnapshotFunc func, gpointer data, GError **error);

G_END_DECLS
