/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Packed form: a version byte, a byte of HEAD_ flags, the last entry of history, the base stamp, in
 * version 2 the context (how many dots, then book, device, number of each), then the explicit
 * siblings, each field, ENTRY_ flags, [element], [book], device, number, stamp, [value]. Numbers
 * are LEB128, stamps 8 bytes big-endian. Version 1 is written where there is no context. It never
 * leaves the replica. */
#include "core/record/sat-state.h"

#include <string.h>

#include "core/base/sat-bytes.h"
#include "core/value/sat-type.h"

/* Giving the memory of strings back at every reset would cost more than the strings. */
#define STRINGS_KEPT 16

#define PACK_VERSION 1
#define PACK_VERSION_CONTEXT 2

enum
{
  HEAD_BASE = 1 << 0,
  HEAD_BASE_AUTO = 1 << 1,
  HEAD_LIFE = 1 << 2, /* life: one sibling, the base stamp, live */
  HEAD_HOME = 1 << 3, /* home: one sibling, the base stamp, this book */
  HEAD_HISTORY = 1 << 4,
  HEAD_NEAR = 1 << 5, /* the base stamp's time as the difference to the one in the record's id */
  HEAD_LISTED = 1 << 6,
};

enum
{
  ENTRY_ELEMENT = 1 << 0,
  ENTRY_AUTO = 1 << 1,
  ENTRY_CLEARED = 1 << 2,
  ENTRY_IN_COLUMN = 1 << 3,
  ENTRY_FOREIGN = 1 << 4, /* of another book */
  ENTRY_DEAD = 1 << 5,
};

SatState *
sat_state_new (void)
{
  SatState *state = g_new0 (SatState, 1);

  state->siblings = g_array_sized_new (FALSE, FALSE, sizeof (SatSibling), 16);
  state->context = g_array_new (FALSE, FALSE, sizeof (SatDot));
  state->strings = g_string_chunk_new (4096);
  state->packed = g_byte_array_new ();
  return state;
}

void
sat_state_free (SatState *state)
{
  if (state == NULL)
    return;
  g_array_unref (state->siblings);
  g_array_unref (state->context);
  g_string_chunk_free (state->strings);
  g_byte_array_unref (state->packed);
  g_free (state);
}

void
sat_state_reset (SatState *state)
{
  state->object = 0;
  state->row = 0;
  state->book = 0;
  state->history = 0;
  state->presence = SAT_PRESENT;
  state->hidden = FALSE;
  state->listed = FALSE;
  memset (&state->base, 0, sizeof state->base);
  memset (&state->id, 0, sizeof state->id);
  g_array_set_size (state->siblings, 0);
  g_array_set_size (state->context, 0);
  if (++state->resets % STRINGS_KEPT == 0)
    g_string_chunk_clear (state->strings);
}

/* Where in CONTEXT the entry of BOOK and DEVICE is, or would be. */
static guint
context_at (const GArray *context, guint32 book, guint32 device)
{
  guint low = 0;
  guint high = context->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;
      const SatDot *dot = &g_array_index (context, SatDot, middle);

      if (dot->book < book || (dot->book == book && dot->device < device))
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

guint64
sat_context_get (const GArray *context, guint32 book, guint32 device)
{
  guint at = context_at (context, book, device);
  const SatDot *dot = at < context->len ? &g_array_index (context, SatDot, at) : NULL;

  return dot != NULL && dot->book == book && dot->device == device ? dot->number : 0;
}

void
sat_context_raise (GArray *context, const SatDot *dot)
{
  guint at = context_at (context, dot->book, dot->device);
  SatDot *there = at < context->len ? &g_array_index (context, SatDot, at) : NULL;

  if (there != NULL && there->book == dot->book && there->device == dot->device)
    there->number = MAX (there->number, dot->number);
  else if (dot->number > 0)
    g_array_insert_vals (context, at, dot, 1);
}

gboolean
sat_dot_equal (const SatDot *a, const SatDot *b)
{
  return a->number == b->number && a->device == b->device && a->book == b->book;
}

SatSibling *
sat_state_at (const SatState *state, guint index)
{
  return &g_array_index (state->siblings, SatSibling, index);
}

/* Of two registers of one field: the plain one, then the elements by name. */
static int
compare_element (const SatSibling *sibling, const char *element)
{
  if (sibling->element == NULL || element == NULL)
    return (sibling->element != NULL) - (element != NULL);
  return strcmp (sibling->element, element);
}

static gboolean
is_before (const SatSibling *sibling, guint32 field, const char *element)
{
  return sibling->field != field ? sibling->field < field : compare_element (sibling, element) < 0;
}

guint
sat_state_find (const SatState *state, guint32 field, const char *element, guint *count)
{
  const SatSibling *all = (const SatSibling *) (void *) state->siblings->data;
  guint n = state->siblings->len;
  guint start = 0;
  guint end;

  /* A dozen siblings at most, but for records with hundreds of tags. */
  for (guint high = n; n > 32 && start < high;)
    {
      guint middle = (start + high) / 2;

      if (is_before (&all[middle], field, element))
        start = middle + 1;
      else
        high = middle;
    }
  if (element == NULL)
    {
      while (start < n && all[start].field < field)
        start++;
      for (end = start; end < n && all[end].field == field && all[end].element == NULL; end++)
        ;
      *count = end - start;
      return start;
    }
  while (start < n && is_before (&all[start], field, element))
    start++;
  for (end = start; end < n && all[end].field == field; end++)
    if (compare_element (&all[end], element) != 0)
      break;
  *count = end - start;
  return start;
}

gboolean
sat_state_has_field (const SatState *state, guint32 field)
{
  for (guint i = 0; i < state->siblings->len; i++)
    if (sat_state_at (state, i)->field >= field)
      return sat_state_at (state, i)->field == field;
  return FALSE;
}

char *
sat_state_elements (const SatState *state, guint32 field)
{
  g_autoptr (GPtrArray) elements = g_ptr_array_new ();

  for (guint i = 0; i < state->siblings->len; i++)
    {
      const SatSibling *sibling = sat_state_at (state, i);
      const char *last = elements->len ? g_ptr_array_index (elements, elements->len - 1) : NULL;

      if (sibling->field == field && sibling->element != NULL &&
          g_strcmp0 (last, sibling->element) != 0)
        g_ptr_array_add (elements, (gpointer) sibling->element);
    }
  return sat_tags_join ((const char *const *) elements->pdata, elements->len);
}

void
sat_state_insert (SatState *state, guint index, const SatSibling *sibling)
{
  g_array_insert_vals (state->siblings, index, sibling, 1);
}

void
sat_state_remove (SatState *state, guint index)
{
  g_array_remove_index (state->siblings, index);
}

void
sat_state_make_explicit (SatState *state, guint32 field, const char *value)
{
  guint count;
  guint at = sat_state_find (state, field, NULL, &count);
  SatSibling sibling = {
    .dot = state->base.dot,
    .hlc = state->base.hlc,
    .field = field,
    .automatic = state->base.automatic,
    .in_column = TRUE,
    .value = value,
  };

  sat_state_insert (state, at, &sibling);
}

/* ---- packing ------------------------------------------------------------------------------------
 */

static guint8 *
put_hlc (guint8 *at, SatHlc hlc)
{
  guint64 big = GUINT64_TO_BE (hlc);

  memcpy (at, &big, sizeof big);
  return at + sizeof big;
}

static SatHlc
read_hlc (SatReader *reader)
{
  const guint8 *bytes = sat_read_bytes (reader, 8);
  guint64 big;

  if (bytes == NULL)
    return 0;
  memcpy (&big, bytes, sizeof big);
  return GUINT64_FROM_BE (big);
}

static guint8 *
put_text (guint8 *at, const char *text)
{
  gsize length = strlen (text);

  at = sat_put_uint (at, length);
  memcpy (at, text, length + 1);
  return at + length + 1;
}

static gboolean
has_base_stamp (const SatState *state, const SatSibling *sibling)
{
  return state->base.present && sat_dot_equal (&sibling->dot, &state->base.dot) &&
         sibling->hlc == state->base.hlc && sibling->automatic == state->base.automatic;
}

/* The sibling whose stamp most values in columns share, of a record that came by a graft: its home
 * was written later than they were. */
static const SatSibling *
commonest (const SatState *state, const SatSibling *home)
{
  const SatSibling *best = home;
  guint most = 0;

  for (guint i = 0; i < state->siblings->len; i++)
    {
      const SatSibling *one = sat_state_at (state, i);
      guint n = 0;

      for (guint k = i; one->in_column && k < state->siblings->len; k++)
        {
          const SatSibling *other = sat_state_at (state, k);
          n += other->in_column && sat_dot_equal (&one->dot, &other->dot) && one->hlc == other->hlc;
        }
      if (n > most)
        {
          most = n;
          best = one;
        }
    }
  return best;
}

/* The stamp that most fields of the record share: that of the home register, written at creation.
 * Once chosen it stays, because the fields that are not listed go by it. */
static void
choose_base (SatState *state)
{
  guint count;
  guint at = sat_state_find (state, SAT_FIELD_HOME, NULL, &count);
  const SatSibling *home;

  if (state->base.present || count == 0)
    return;
  home = sat_state_at (state, at);
  if (state->context->len > 0)
    home = commonest (state, home);
  state->base.present = TRUE;
  state->base.automatic = home->automatic;
  state->base.dot = home->dot;
  state->base.hlc = home->hlc;
}

/* Is the register at index AT, alone in it, implied by the head flags? */
static guint8
implied_head (const SatState *state, guint at, guint count, const char *book_key)
{
  const SatSibling *sibling = sat_state_at (state, at);

  if (count != 1 || !has_base_stamp (state, sibling))
    return 0;
  if (sibling->field == SAT_FIELD_LIFE)
    return g_strcmp0 (sibling->value, SAT_LIFE_LIVE_TEXT) == 0 ? HEAD_LIFE : 0;
  if (sibling->field == SAT_FIELD_HOME)
    return g_strcmp0 (sibling->value, book_key) == 0 ? HEAD_HOME : 0;
  return 0;
}

static guint8 *
put_entry (guint8 *at, const SatState *state, const SatSibling *sibling)
{
  gboolean is_life = sibling->field == SAT_FIELD_LIFE;
  gboolean carries = !is_life && sibling->element == NULL && !sibling->in_column &&
                     sibling->value != NULL;
  guint flags = (sibling->element ? ENTRY_ELEMENT : 0) | (sibling->automatic ? ENTRY_AUTO : 0) |
                (sibling->in_column ? ENTRY_IN_COLUMN : 0) |
                (sibling->dot.book != state->book ? ENTRY_FOREIGN : 0);

  if (is_life && g_strcmp0 (sibling->value, SAT_LIFE_DEAD_TEXT) == 0)
    flags |= ENTRY_DEAD;
  else if (!is_life && sibling->value == NULL && !sibling->in_column)
    flags |= ENTRY_CLEARED;
  at = sat_put_uint (at, sibling->field);
  *at++ = (guint8) flags;
  if (sibling->element != NULL)
    at = put_text (at, sibling->element);
  if (flags & ENTRY_FOREIGN)
    at = sat_put_uint (at, sibling->dot.book);
  at = sat_put_uint (at, sibling->dot.device);
  at = sat_put_uint (at, sibling->dot.number);
  at = put_hlc (at, sibling->hlc);
  return carries ? put_text (at, sibling->value) : at;
}

static guint8 *
put_context (guint8 *at, const GArray *context)
{
  if (context->len == 0)
    return at;
  at = sat_put_uint (at, context->len);
  for (guint i = 0; i < context->len; i++)
    {
      const SatDot *dot = &g_array_index (context, SatDot, i);

      at = sat_put_uint (at, dot->book);
      at = sat_put_uint (at, dot->device);
      at = sat_put_uint (at, dot->number);
    }
  return at;
}

static void
read_context (SatReader *reader, GArray *context)
{
  for (guint64 n = sat_read_uint (reader); n > 0 && !reader->failed; n--)
    {
      SatDot dot = { .book = (guint32) sat_read_uint (reader) };

      dot.device = (guint32) sat_read_uint (reader);
      dot.number = sat_read_uint (reader);
      if (!reader->failed)
        g_array_append_val (context, dot);
    }
}

/* The stamp that a record made at the time that its id says (a UUIDv7) would have. */
static SatHlc
id_time (const SatId *id)
{
  guint64 big;

  memcpy (&big, id->bytes, sizeof big);
  return GUINT64_FROM_BE (big) & ~G_GUINT64_CONSTANT (0xffff);
}

/* The base stamp is mostly of the moment when the id was made: 2 bytes, not 8. */
static guint8 *
put_base (guint8 *at, const SatState *state)
{
  gint64 later = (gint64) (state->base.hlc - id_time (&state->id));

  at = sat_put_uint (at, state->base.dot.book);
  at = sat_put_uint (at, state->base.dot.device);
  at = sat_put_uint (at, state->base.dot.number);
  return sat_put_uint (at, ((guint64) later << 1) ^ (guint64) (later >> 63));
}

static void
read_base (SatState *state, guint8 head, SatReader *reader)
{
  state->base.present = TRUE;
  state->base.automatic = (head & HEAD_BASE_AUTO) != 0;
  state->base.dot.book = (guint32) sat_read_uint (reader);
  state->base.dot.device = (guint32) sat_read_uint (reader);
  state->base.dot.number = sat_read_uint (reader);
  if (head & HEAD_NEAR)
    {
      guint64 later = sat_read_uint (reader);

      state->base.hlc = id_time (&state->id) + ((later >> 1) ^ (0 - (later & 1)));
    }
  else
    state->base.hlc = read_hlc (reader);
}

/* More bytes than STATE can take. */
static gsize
packed_bound (const SatState *state)
{
  gsize bound = (8 + 3 * (gsize) state->context->len) * SAT_UINT_MAX_BYTES;

  for (guint i = 0; i < state->siblings->len; i++)
    {
      const SatSibling *sibling = sat_state_at (state, i);

      bound += 7 * SAT_UINT_MAX_BYTES;
      if (sibling->element != NULL)
        bound += strlen (sibling->element);
      else if (!sibling->in_column && sibling->value != NULL)
        bound += strlen (sibling->value);
    }
  return bound;
}

/* The explicit siblings; adds to *HEAD what is implied. */
static guint8 *
put_siblings (guint8 *at, const SatState *state, const char *book_key, guint8 *head)
{
  for (guint i = 0; i < state->siblings->len;)
    {
      const SatSibling *first = sat_state_at (state, i);
      guint count = 1;
      guint8 implied;

      while (i + count < state->siblings->len && first[count].field == first->field &&
             compare_element (&first[count], first->element) == 0)
        count++;
      implied = implied_head (state, i, count, book_key);
      *head |= implied;
      if (!implied && !(count == 1 && first->element == NULL && first->in_column &&
                        has_base_stamp (state, first)))
        for (guint k = 0; k < count; k++)
          at = put_entry (at, state, &first[k]);
      i += count;
    }
  return at;
}

void
sat_state_pack (SatState *state, const char *book_key, GByteArray *out)
{
  guint8 *at;
  guint8 head = state->listed ? HEAD_LISTED : 0;

  choose_base (state);
  g_byte_array_set_size (out, (guint) packed_bound (state));
  at = out->data;
  *at++ = state->context->len > 0 ? PACK_VERSION_CONTEXT : PACK_VERSION;
  at++;
  if (state->history != 0)
    {
      head |= HEAD_HISTORY;
      at = sat_put_uint (at, (guint64) state->history);
    }
  if (state->base.present)
    {
      head |= HEAD_BASE | HEAD_NEAR | (state->base.automatic ? HEAD_BASE_AUTO : 0);
      at = put_base (at, state);
    }
  at = put_siblings (put_context (at, state->context), state, book_key, &head);
  out->data[1] = head;
  g_byte_array_set_size (out, (guint) (at - out->data));
}

gint64
sat_state_packed_history (const void *data, gsize size)
{
  SatReader reader = sat_reader (data, size);

  sat_read_byte (&reader);
  return sat_read_byte (&reader) & HEAD_HISTORY ? (gint64) sat_read_uint (&reader) : 0;
}

void
sat_state_pack_history (GByteArray *data, gint64 history)
{
  g_autoptr (GByteArray) rest = g_byte_array_new ();
  guint at = 2; /* the version, the head */

  g_return_if_fail (data->len >= at && history != 0);
  g_byte_array_append (rest, data->data + at, data->len - at);
  g_byte_array_set_size (data, at);
  data->data[1] |= HEAD_HISTORY;
  sat_write_uint (data, (guint64) history);
  g_byte_array_append (data, rest->data, rest->len);
}

static void
add_implied (SatState *state, guint32 field, const char *value)
{
  SatSibling sibling = {
    .dot = state->base.dot,
    .hlc = state->base.hlc,
    .field = field,
    .automatic = state->base.automatic,
    .value = value,
  };

  g_array_append_val (state->siblings, sibling);
}

static gboolean
read_entry (SatState *state, SatReader *reader, SatSibling *out)
{
  guint8 flags;

  memset (out, 0, sizeof *out);
  out->field = (guint32) sat_read_uint (reader);
  flags = sat_read_byte (reader);
  if (flags & ENTRY_ELEMENT)
    out->element = sat_read_text (reader);
  out->dot.book = flags & ENTRY_FOREIGN ? (guint32) sat_read_uint (reader) : state->book;
  out->dot.device = (guint32) sat_read_uint (reader);
  out->dot.number = sat_read_uint (reader);
  out->hlc = read_hlc (reader);
  out->automatic = (flags & ENTRY_AUTO) != 0;
  out->in_column = (flags & ENTRY_IN_COLUMN) != 0;
  if (out->field == SAT_FIELD_LIFE)
    out->value = flags & ENTRY_DEAD ? SAT_LIFE_DEAD_TEXT : SAT_LIFE_LIVE_TEXT;
  else if (out->element != NULL)
    out->value = "1";
  else if (!(flags & (ENTRY_CLEARED | ENTRY_IN_COLUMN)))
    out->value = sat_read_text (reader);
  return !reader->failed;
}

gboolean
sat_state_unpack (SatState *state, const void *data, gsize size, const char *book_key)
{
  SatReader reader;
  guint8 version;
  guint8 head;

  g_array_set_size (state->siblings, 0);
  g_array_set_size (state->context, 0);
  g_byte_array_set_size (state->packed, 0);
  g_byte_array_append (state->packed, data, (guint) size);
  reader = sat_reader (state->packed->data, size);
  version = sat_read_byte (&reader);
  if (version != PACK_VERSION && version != PACK_VERSION_CONTEXT)
    return FALSE;
  head = sat_read_byte (&reader);
  memset (&state->base, 0, sizeof state->base);
  state->history = head & HEAD_HISTORY ? (gint64) sat_read_uint (&reader) : 0;
  state->listed = (head & HEAD_LISTED) != 0;
  if (head & HEAD_BASE)
    read_base (state, head, &reader);
  if (version == PACK_VERSION_CONTEXT)
    read_context (&reader, state->context);
  if (head & HEAD_LIFE)
    add_implied (state, SAT_FIELD_LIFE, SAT_LIFE_LIVE_TEXT);
  /* Explicit life entries come first in the list, before home. */
  gboolean home_pending = (head & HEAD_HOME) != 0;
  while (!reader.failed && reader.at < reader.end)
    {
      SatSibling sibling;

      if (!read_entry (state, &reader, &sibling))
        return FALSE;
      if (home_pending && sibling.field > SAT_FIELD_HOME)
        {
          add_implied (state, SAT_FIELD_HOME, book_key);
          home_pending = FALSE;
        }
      g_array_append_val (state->siblings, sibling);
    }
  if (home_pending)
    add_implied (state, SAT_FIELD_HOME, book_key);
  return !reader.failed;
}
