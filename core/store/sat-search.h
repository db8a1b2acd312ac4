/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The full-text index over all objects: one FTS5 table whose rowid is made of the object's name
 * number and the row. Brought up to date in batches, because FTS5 is slow at single rows inside a
 * transaction: what this device writes at the end of its own transaction, what came from others
 * afterwards from the list `dirty`. */
#pragma once

#include "core/store/sat-replica.h"

G_BEGIN_DECLS

/* In the transaction: indexes replica->touched and empties it. */
gboolean sat_search_index_touched (SatReplica *replica, GError **error);
/* In a transaction: indexes up to LIMIT of the dirty records. *MORE: there are others. */
gboolean sat_search_index_dirty (SatReplica *replica, guint limit, gboolean *more, GError **error);
/* In a transaction: empties the index and lists every record as dirty. */
gboolean sat_search_index_restart (SatReplica *replica, GError **error);

gint64 sat_search_key (guint32 object, gint64 row);
guint32 sat_search_key_object (gint64 key);
gint64 sat_search_key_row (gint64 key);

/* The keys that WORDS finds, LIMIT at most, of one object or (OBJECT 0) of any: an array of gint64.
 * WORDS without anything to search for find nothing. */
GArray *sat_search_find (
    SatReplica *replica, const char *words, guint32 object, guint limit, GError **error);

G_END_DECLS
