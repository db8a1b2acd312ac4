/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The full-text index over all objects: one FTS5 table whose rowid is made of the object's name
 * number and the row. It keeps no texts, only which token is in which record; so what a record lost
 * must be said token by token, and a change of one field costs what that field holds. What is to be
 * indexed is noted while records are written (sat-search-notes.h): what this device writes is
 * indexed at the end of its own transaction, what came from others afterwards from the table
 * `dirty`. */
#pragma once

#include "core/store/sat-replica.h"
#include "core/store/sat-search-query.h"
#include "core/store/sat-state-store.h"

G_BEGIN_DECLS

gboolean sat_search_is_searched (const SatField *field);
/* In a transaction: notes an own record that is new to the index, with the values it has now. */
void sat_search_note_values (SatReplica *replica,
                             const SatTable *table,
                             gint64 row,
                             const SatColumnChange *values,
                             guint n_values);

/* In the transaction, at its end: indexes replica->noted, keeps replica->noted_later for
 * sat_search_index_dirty, and empties both. */
gboolean sat_search_index_noted (SatReplica *replica, GError **error);
/* In a transaction: indexes LIMIT changes that came from others, or a few more. *MORE: there are
 * others. */
gboolean sat_search_index_dirty (SatReplica *replica, guint limit, gboolean *more, GError **error);
/* The keys (gint64) of the records that wait for that. */
GHashTable *sat_search_waiting (SatReplica *replica, GError **error);
/* In a transaction: empties the index and lists every record as dirty. */
gboolean sat_search_index_restart (SatReplica *replica, GError **error);

gint64 sat_search_key (guint32 object, gint64 row);
guint32 sat_search_key_object (gint64 key);
gint64 sat_search_key_row (gint64 key);

/* The keys that WORDS finds (sat-search-query.h), the first LIMIT by key, of one object or (OBJECT
 * 0) of any: an array of gint64. WORDS without anything to search for find nothing. */
GArray *sat_search_find (SatReplica *replica,
                         const char *words,
                         SatSearchScope scope,
                         guint32 object,
                         guint limit,
                         GError **error);
/* The same of all objects, EACH (or some more) of every one that has so many. */
GArray *sat_search_find_each (
    SatReplica *replica, const char *words, SatSearchScope scope, guint each, GError **error);
/* Is the record KEY indexed as one with this TITLE? */
gboolean sat_search_holds (
    SatReplica *replica, gint64 key, const char *title, gboolean *found, GError **error);

G_END_DECLS
