/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One line of a list: a database row that is a placeholder until its record has been read. "loaded"
 * (no arguments) is emitted whenever the record changes. */
#pragma once

#include <gio/gio.h>

#include "core/record/sat-record.h"

G_BEGIN_DECLS

#define SAT_TYPE_ROW (sat_row_get_type ())
G_DECLARE_FINAL_TYPE (SatRow, sat_row, SAT, ROW, GObject)

SatRow *sat_row_new (gint64 row) G_GNUC_WARN_UNUSED_RESULT;
gint64 sat_row_get_row (SatRow *self);

/* NULL while it is a placeholder, and when the row is gone. */
const SatRecord *sat_row_get_record (SatRow *self);
/* The text of column COLUMN of the object's list columns; "" for a placeholder. */
const char *sat_row_get_text (SatRow *self, guint column);
/* Of how many columns it has texts. */
guint sat_row_n_texts (SatRow *self);

/* Takes a reference to RECORD (may be NULL) and TEXTS, one a list column, over. */
void sat_row_take (SatRow *self, SatRecord *record, char **texts);

G_END_DECLS
