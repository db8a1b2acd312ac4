/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How one list of rows became another, in as few words as a view needs to keep its place. Pure; any
 * thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* POSITION counts in the list as the edits before this one left it. */
typedef struct
{
  guint position;
  guint removed;
  guint added;
} SatRowEdit;

/* Edits in rising order that make OLD into NEW; in neither does a number stand twice. Where rows
 * only came and went, each stretch is an edit of its own, as long as these are few; where rows
 * changed places, the whole stretch that differs is replaced. GTK looks for rows that it shows
 * among those that one edit adds, one by one; so where many rows are replaced, they are first
 * removed and then added. */
GArray *sat_row_diff (const gint64 *old, guint n_old, const gint64 *new_rows, guint n_new)
    G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
