/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a transaction did to what is searched. A note is made with each write of a record: that the
 * record is new to the index, or what one of its searched fields held before. Notes of own writes
 * are in memory until the transaction commits (replica->noted); those of what came from others
 * (replica->noted_later) go into the table `dirty` then, in bundles, to be worked off afterwards
 * (sat-search.c). */
#pragma once

#include "core/store/sat-replica.h"

G_BEGIN_DECLS

/* Notes in one row of `dirty`, at most, and their bytes, about: what is indexed at a time at least.
 */
#define SAT_SEARCH_BUNDLE 64
#define SAT_SEARCH_BUNDLE_BYTES 32768

typedef struct
{
  guint32 object; /* name numbers */
  gint64 row;
  guint32 field;    /* 0: the record is new to the index */
  guint order;      /* notes of one record stand in the order they were made */
  const char *text; /* not terminated. Of a new record what is searched of it, or NULL: read it; of
                     * a field what it held, NULL: nothing */
  gsize length;
} SatSearchNote;

/* In a transaction. TEXT may be NULL. */
void sat_search_note (SatReplica *replica,
                      gboolean later,
                      guint32 object,
                      gint64 row,
                      guint32 field,
                      const char *text);
/* Forgets what is in memory. */
void sat_search_forget_notes (SatReplica *replica);

/* Puts the notes in DATA at the end of OUT (an array of SatSearchNote that borrow from DATA). FALSE
 * when DATA is damaged. */
gboolean sat_search_read_notes (const void *data, gsize size, GArray *out);
/* By object, row and order. */
void sat_search_sort_notes (GArray *notes);

/* In the transaction: writes replica->noted_later to the table, and empties it. */
gboolean sat_search_keep_notes (SatReplica *replica, GError **error);
/* In a transaction: notes every record of TABLE as new, in the table `dirty`. */
gboolean sat_search_note_all (SatReplica *replica, const SatTable *table, GError **error);

G_END_DECLS
