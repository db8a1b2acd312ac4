/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The replicated state of one record in one book: its registers, each the set of siblings written
 * and not dropped (docs/architecture.md, "registers"). Nearly every register holds one sibling
 * written when the record was made; those are implied by the table's columns and cost nothing here.
 * What differs is listed explicitly, as a flat array ordered by (field, element), and packed into
 * one column.
 *
 * Invariants
 *  - A field with no explicit sibling has exactly one, with the base stamp, if its column is not
 * NULL, and none otherwise. Union fields (tags) have only element registers, always explicit: there
 * the column is a mere copy of the elements.
 *  - In a record that is `listed`, one that others were absorbed into, all siblings are explicit
 * and none is in its column: the columns show what comes of the whole group (apply/sat-absorb.h).
 *  - The value of an explicit sibling is in the column (`in_column`) or carried in the packed form
 * itself: values not shown, values the column's type cannot hold, fields the catalogue does not
 * know.
 *  - Strings of siblings are borrowed from the packed bytes, from the change-set being applied, or
 * from `strings`; they live until sat_state_reset.
 *
 * Not thread-safe; meant to be reset and used again, so that applying allocates little. */
#pragma once

#include <glib.h>

#include "core/base/sat-clock.h"
#include "core/record/sat-record.h"

G_BEGIN_DECLS

/* Field numbers are the replica's own (store/sat-names.h); the system registers have fixed ones. */
enum
{
  SAT_FIELD_LIFE = 1,
  SAT_FIELD_HOME = 2,
  SAT_FIELD_INTO = 3,
  SAT_FIELD_ERASED = 4,
  SAT_FIELD_FIRST_FREE = 5
};

#define SAT_LIFE_LIVE_TEXT "live"
#define SAT_LIFE_DEAD_TEXT "dead"

typedef struct
{
  SatDot dot;
  SatHlc hlc;
  guint32 field;
  gboolean automatic : 1;
  gboolean
      in_column : 1; /* the value is the column's: never cleared; NULL here until it is asked for */
  const char *element; /* NULL for a plain register */
  const char *value;   /* canonical text; NULL: cleared. Elements: "1". Life: "live" or "dead" */
} SatSibling;

typedef struct
{
  gboolean present;
  gboolean automatic;
  SatDot dot;
  SatHlc hlc;
} SatStamp;

/* At home in this book and alive; at home and deleted; at home elsewhere (moved away); absorbed
 * into a record that is at home in this book. */
typedef enum
{
  SAT_PRESENT,
  SAT_DEAD,
  SAT_AWAY,
  SAT_ABSORBED
} SatPresence;

typedef struct
{
  guint32 object; /* name number of the object */
  gint64 row;     /* 0: not in the database yet */
  SatId id;
  guint32 book;
  SatPresence presence;
  gboolean hidden;          /* not present, and named by no shown child */
  gboolean listed;          /* others were absorbed into it: the columns imply nothing */
  SatPresence row_presence; /* as its row has them */
  gboolean row_hidden;
  gint64 history; /* the last entry of its history; 0: nothing was replaced */
  SatStamp base;
  GArray *siblings; /* SatSibling, explicit ones */
  GArray *context;  /* SatDot by book and device: how far the writes of another book are taken in
                       with this record. Empty but where the record was grafted */
  GStringChunk *strings; /* of some records before this one, too */
  guint resets;
  GByteArray *packed; /* the bytes that strings point into */
} SatState;

SatState *sat_state_new (void) G_GNUC_WARN_UNUSED_RESULT;
void sat_state_free (SatState *state);
void sat_state_reset (SatState *state);

/* Replaces the registers by those of the packed DATA (copied). BOOK_KEY is the key of state->book,
 * the implied value of the home register. FALSE: DATA is damaged. */
gboolean sat_state_unpack (SatState *state, const void *data, gsize size, const char *book_key);
/* The packed form. A record without a base stamp takes that of its home register; siblings that the
 * base stamp and the column imply are left out. */
void sat_state_pack (SatState *state, const char *book_key, GByteArray *out);

/* Where history ends, of packed DATA alone; and adding it to some that has none, for a migration.
 */
gint64 sat_state_packed_history (const void *data, gsize size);
void sat_state_pack_history (GByteArray *data, gint64 history);

/* The explicit siblings of one register: *COUNT of them, starting at the index returned (where a
 * new one would be put when there is none). */
guint sat_state_find (const SatState *state, guint32 field, const char *element, guint *count);
/* Any explicit sibling of FIELD, of whatever element? */
gboolean sat_state_has_field (const SatState *state, guint32 field);
SatSibling *sat_state_at (const SatState *state, guint index);
/* The elements of a union FIELD in one text, as sat_tags_join; newly allocated. */
char *sat_state_elements (const SatState *state, guint32 field) G_GNUC_WARN_UNUSED_RESULT;
void sat_state_insert (SatState *state, guint index, const SatSibling *sibling);
void sat_state_remove (SatState *state, guint index);
/* Makes the implied sibling of FIELD explicit, with the column's VALUE, which
 * must live as long. */
void sat_state_make_explicit (SatState *state, guint32 field, const char *value);

/* Up to which number does CONTEXT (as in a state) go for DEVICE in BOOK? */
guint64 sat_context_get (const GArray *context, guint32 book, guint32 device);
/* CONTEXT goes at least as far as DOT from now on. */
void sat_context_raise (GArray *context, const SatDot *dot);

gboolean sat_dot_equal (const SatDot *a, const SatDot *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatState, sat_state_free)

G_END_DECLS
