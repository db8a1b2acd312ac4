/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Entries of history as bytes, many to a page: a byte of flags, then numbers as LEB128 (object,
 * row, the entry before it, field, book, device, number), the stamp in 8 bytes, the element and the
 * value if there are some, each with its length and a NUL. An entry that was taken away is one
 * byte: the others keep their places. It never leaves the replica. */
#pragma once

#include "core/base/sat-bytes.h"
#include "core/record/sat-state.h"

G_BEGIN_DECLS

enum
{
  SAT_HISTORY_AUTO = 1 << 0,
  SAT_HISTORY_UNSEEN = 1 << 1,  /* it was not shown when it was dropped */
  SAT_HISTORY_DRAFT = 1 << 2,   /* of the open change-set, replaced before it was sealed */
  SAT_HISTORY_REMOVAL = 1 << 3, /* no value: the element was taken away, by this dot */
  SAT_HISTORY_GONE = 1 << 4,    /* the entry was taken away: nothing else of it is left */
};

typedef struct
{
  guint flags;
  guint32 object;
  gint64 row;
  gint64 previous;     /* of the same record; 0: none */
  SatSibling replaced; /* its texts are borrowed */
} SatHistoryEntry;

void sat_history_put (GByteArray *page, const SatHistoryEntry *entry);
/* FALSE at the end, and at what is damaged: then READER->failed. */
gboolean sat_history_read (SatReader *reader, SatHistoryEntry *out);

G_END_DECLS
