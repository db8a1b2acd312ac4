/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/record/sat-state.h"

#include <string.h>

#include "core/base/sat-platform.h"

#define BOOK "east"

/* What is stored of a field besides the packed form: its column. */
typedef struct
{
  const char *column[40];
} Row;

static SatSibling
sibling (guint32 field, const char *element, const char *value, guint32 device, guint64 number)
{
  SatSibling out = { 0 };

  out.dot = (SatDot){ .book = 1, .device = device, .number = number };
  out.hlc = 1000 + number;
  out.field = field;
  out.element = element;
  out.value = element ? "1" : value;
  return out;
}

static void
add (SatState *state, SatSibling what)
{
  guint count;
  guint at = sat_state_find (state, what.field, what.element, &count);

  sat_state_insert (state, at + count, &what);
}

/* The state after it was stored and read again: in-column values come from ROW. */
static SatState *
again (SatState *state, const Row *row)
{
  g_autoptr (GByteArray) packed = g_byte_array_new ();
  SatState *out = sat_state_new ();

  sat_state_pack (state, BOOK, packed);
  out->book = state->book;
  g_assert_true (sat_state_unpack (out, packed->data, packed->len, BOOK));
  for (guint32 field = SAT_FIELD_FIRST_FREE; field < G_N_ELEMENTS (row->column); field++)
    {
      guint count;
      guint at = sat_state_find (out, field, NULL, &count);

      if (count == 0 && row->column[field] != NULL && out->base.present)
        sat_state_make_explicit (out, field, row->column[field]);
      for (guint i = at; i < at + count; i++)
        if (sat_state_at (out, i)->in_column)
          sat_state_at (out, i)->value = row->column[field];
    }
  return out;
}

static void
assert_same (const SatState *a, const SatState *b)
{
  g_assert_cmpuint (a->siblings->len, ==, b->siblings->len);
  for (guint i = 0; i < a->siblings->len; i++)
    {
      const SatSibling *x = sat_state_at (a, i);
      const SatSibling *y = sat_state_at (b, i);

      g_assert_cmpuint (x->field, ==, y->field);
      g_assert_cmpstr (x->element, ==, y->element);
      g_assert_cmpstr (x->value, ==, y->value);
      g_assert_true (sat_dot_equal (&x->dot, &y->dot));
      g_assert_cmpuint (x->hlc, ==, y->hlc);
      g_assert_cmpint (x->automatic, ==, y->automatic);
      g_assert_cmpint (x->in_column, ==, y->in_column);
    }
}

static void
test_new_record_is_small (void)
{
  g_autoptr (SatState) state = sat_state_new ();
  g_autoptr (SatState) back = NULL;
  g_autoptr (GByteArray) packed = g_byte_array_new ();
  Row row = { { NULL } };

  state->book = 1;
  add (state, sibling (SAT_FIELD_LIFE, NULL, SAT_LIFE_LIVE_TEXT, 3, 7));
  add (state, sibling (SAT_FIELD_HOME, NULL, BOOK, 3, 7));
  for (guint32 field = 5; field < 25; field++)
    {
      SatSibling value = sibling (field, NULL, "value", 3, 7);
      value.in_column = TRUE;
      row.column[field] = "value";
      add (state, value);
    }
  sat_state_pack (state, BOOK, packed);
  /* Version, flags, the base stamp; nothing of twenty-two registers. */
  g_assert_cmpuint (packed->len, <=, 14);
  back = again (state, &row);
  assert_same (state, back);
  g_assert_true (back->base.present);
}

/* A field that is not listed and has no column value has no sibling. */
static void
test_empty_field_is_nothing (void)
{
  g_autoptr (SatState) state = sat_state_new ();
  g_autoptr (SatState) back = NULL;
  Row row = { { NULL } };
  guint count;

  state->book = 1;
  add (state, sibling (SAT_FIELD_HOME, NULL, BOOK, 3, 7));
  back = again (state, &row);
  sat_state_find (back, 9, NULL, &count);
  g_assert_cmpuint (count, ==, 0);
  g_assert_false (sat_state_has_field (back, 9));
  g_assert_true (sat_state_has_field (back, SAT_FIELD_HOME));
}

/* Cleared at creation time is something else than never set. */
static void
test_cleared_stays (void)
{
  g_autoptr (SatState) state = sat_state_new ();
  g_autoptr (SatState) back = NULL;
  Row row = { { NULL } };

  state->book = 1;
  add (state, sibling (SAT_FIELD_LIFE, NULL, SAT_LIFE_DEAD_TEXT, 3, 7));
  add (state, sibling (SAT_FIELD_HOME, NULL, BOOK, 3, 7));
  add (state, sibling (9, NULL, NULL, 3, 7));
  back = again (state, &row);
  assert_same (state, back);
}

/* The stamp that unlisted fields go by stays, whatever becomes of the home register. */
static void
test_base_stays (void)
{
  g_autoptr (SatState) state = sat_state_new ();
  g_autoptr (SatState) stored = NULL;
  g_autoptr (SatState) back = NULL;
  Row row = { { NULL } };
  SatSibling value = sibling (9, NULL, "old", 3, 7);
  guint count;

  state->book = 1;
  value.in_column = TRUE;
  row.column[9] = "old";
  add (state, sibling (SAT_FIELD_LIFE, NULL, SAT_LIFE_LIVE_TEXT, 3, 7));
  add (state, sibling (SAT_FIELD_HOME, NULL, BOOK, 3, 7));
  add (state, value);
  stored = again (state, &row);
  sat_state_remove (stored, sat_state_find (stored, SAT_FIELD_HOME, NULL, &count));
  add (stored, sibling (SAT_FIELD_HOME, NULL, "west", 4, 2));
  back = again (stored, &row);
  assert_same (stored, back);
  g_assert_cmpuint (back->base.dot.device, ==, 3);
}

static void
test_find (void)
{
  g_autoptr (SatState) state = sat_state_new ();
  guint count;
  char name[8];

  for (guint i = 0; i < 100; i++)
    {
      g_snprintf (name, sizeof name, "t%02u", (i * 37) % 100);
      add (state, sibling (6, g_string_chunk_insert (state->strings, name), NULL, 1, i + 1));
    }
  add (state, sibling (6, NULL, "plain", 1, 200));
  add (state, sibling (5, NULL, "before", 1, 201));
  g_assert_cmpuint (sat_state_find (state, 5, NULL, &count), ==, 0);
  g_assert_cmpuint (sat_state_find (state, 6, NULL, &count), ==, 1);
  for (guint i = 0; i < 100; i++)
    {
      g_snprintf (name, sizeof name, "t%02u", i);
      g_assert_cmpuint (sat_state_find (state, 6, name, &count), ==, 2 + i);
      g_assert_cmpuint (count, ==, 1);
    }
  g_assert_cmpuint (sat_state_find (state, 6, "t50x", &count), ==, 53);
  g_assert_cmpuint (count, ==, 0);
  g_assert_cmpuint (sat_state_find (state, 7, NULL, &count), ==, 102);
}

static const char *
random_text (SatPlatform *machine, SatState *state)
{
  static const char *const pieces[] = { "", "a", "上海", "line\nline", "\\", "021-5555" };
  GString *text = g_string_new (NULL);
  const char *kept;

  for (guint i = 0; i < 3; i++)
    g_string_append (text, pieces[sat_platform_random_below (machine, G_N_ELEMENTS (pieces))]);
  kept = g_string_chunk_insert (state->strings, text->str);
  g_string_free (text, TRUE);
  return kept;
}

static void
add_random (SatPlatform *machine, SatState *state, Row *row, guint32 field)
{
  guint n = sat_platform_random_below (machine, 4);
  gboolean element = field % 5 == 0;
  guint column = sat_platform_random_below (machine, 4);

  for (guint i = 0; i < n; i++)
    {
      SatSibling one = sibling (field, element ? random_text (machine, state) : NULL, NULL, 1 + i,
                                1 + sat_platform_random_below (machine, 3));
      if (sat_platform_random_below (machine, 4) == 0)
        one.dot.book = 2;
      if (sat_platform_random_below (machine, 3) == 0)
        one.hlc = G_MAXUINT64 - sat_platform_random_below (machine, 9);
      one.automatic = sat_platform_random_below (machine, 3) == 0;
      if (!element && sat_platform_random_below (machine, 3) > 0)
        one.value = random_text (machine, state);
      if (!element && i == column && one.value != NULL)
        {
          one.in_column = TRUE;
          row->column[field] = one.value;
        }
      add (state, one);
    }
}

/* Whatever siblings there are, storing and reading them gives the same ones. */
static void
test_round_trips (void)
{
  g_autoptr (SatPlatform) machine = sat_platform_new_seeded (11, 0);

  for (guint round = 0; round < 2000; round++)
    {
      g_autoptr (SatState) state = sat_state_new ();
      g_autoptr (SatState) back = NULL;
      g_autoptr (SatState) twice = NULL;
      Row row = { { NULL } };

      state->book = 1;
      if (sat_platform_random_below (machine, 4) > 0)
        {
          static const char *const lives[] = { SAT_LIFE_LIVE_TEXT, SAT_LIFE_DEAD_TEXT };
          add (state,
               sibling (SAT_FIELD_LIFE, NULL, lives[sat_platform_random_below (machine, 2)], 1, 1));
        }
      if (sat_platform_random_below (machine, 4) > 0)
        add (state,
             sibling (SAT_FIELD_HOME, NULL, sat_platform_random_below (machine, 2) ? BOOK : "west",
                      1, 1 + sat_platform_random_below (machine, 2)));
      for (guint32 field = SAT_FIELD_FIRST_FREE; field < 20; field++)
        add_random (machine, state, &row, field);
      back = again (state, &row);
      assert_same (state, back);
      twice = again (back, &row);
      assert_same (state, twice);
    }
}

/* Any bytes: refused or read, never beyond their end. */
static void
test_damaged (void)
{
  g_autoptr (SatPlatform) machine = sat_platform_new_seeded (12, 0);
  g_autoptr (SatState) state = sat_state_new ();
  g_autoptr (SatState) out = sat_state_new ();
  g_autoptr (GByteArray) packed = g_byte_array_new ();

  state->book = 1;
  add (state, sibling (SAT_FIELD_HOME, NULL, BOOK, 3, 7));
  add (state, sibling (9, NULL, "carried", 4, 1));
  add (state, sibling (10, "tag", NULL, 4, 1));
  sat_state_pack (state, BOOK, packed);
  g_assert_false (sat_state_unpack (out, NULL, 0, BOOK));
  g_assert_false (sat_state_unpack (out, "\x02\x00", 2, BOOK));
  g_assert_false (sat_state_unpack (out, packed->data, packed->len - 1, BOOK));
  for (guint round = 0; round < 20000; round++)
    {
      g_autofree guint8 *copy = g_memdup2 (packed->data, packed->len);
      gsize size = sat_platform_random_below (machine, packed->len + 1);

      for (guint i = 0; i < 3; i++)
        copy[sat_platform_random_below (machine, packed->len)] = (guint8)
            sat_platform_random_below (machine, 256);
      if (sat_state_unpack (out, copy, size, BOOK))
        for (guint i = 0; i < out->siblings->len; i++)
          {
            const SatSibling *one = sat_state_at (out, i);
            g_assert_cmpuint (one->value ? strlen (one->value) : 0, <=, packed->len);
            g_assert_cmpuint (one->element ? strlen (one->element) : 0, <=, packed->len);
          }
    }
}

/* What was taken in from other books is stored, in order whatever the order it came in. */
static void
test_context (void)
{
  static const Row empty;
  g_autoptr (SatState) state = sat_state_new ();
  g_autoptr (SatState) plain = sat_state_new ();
  g_autoptr (GByteArray) packed = g_byte_array_new ();
  const SatDot dots[] = { { 3, 2, 9 }, { 2, 7, 1 }, { 2, 1, 5 }, { 3, 2, 4 }, { 2, 9, 0 } };

  state->book = plain->book = 1;
  add (state, sibling (SAT_FIELD_HOME, NULL, BOOK, 1, 1));
  add (plain, sibling (SAT_FIELD_HOME, NULL, BOOK, 1, 1));
  for (guint i = 0; i < G_N_ELEMENTS (dots); i++)
    sat_context_raise (state->context, &dots[i]);
  g_autoptr (SatState) read = again (state, &empty);
  g_assert_cmpuint (read->context->len, ==, 3); /* 0 says nothing */
  g_assert_cmpuint (g_array_index (read->context, SatDot, 0).device, ==, 1);
  g_assert_cmpuint (sat_context_get (read->context, 2, 1), ==, 5);
  g_assert_cmpuint (sat_context_get (read->context, 2, 7), ==, 1);
  g_assert_cmpuint (sat_context_get (read->context, 3, 2), ==, 9);
  g_assert_cmpuint (sat_context_get (read->context, 3, 1), ==, 0);
  g_assert_cmpuint (sat_context_get (read->context, 1, 2), ==, 0);
  sat_state_pack (plain, BOOK, packed);
  g_assert_true (sat_state_unpack (read, packed->data, packed->len, BOOK));
  g_assert_cmpuint (read->context->len, ==, 0);
  sat_state_pack (state, BOOK, packed);
  for (guint size = 0; size < packed->len - 1; size++)
    g_assert_false (sat_state_unpack (read, packed->data, size, BOOK));
}

/* The base stamp stands beside the time in the id, before it or after it, however far. */
static void
test_near (void)
{
  static const SatHlc stamps[] = { 1, G_GUINT64_CONSTANT (117198916953505792),
                                   G_GUINT64_CONSTANT (117198916953505792) + 5,
                                   G_GUINT64_CONSTANT (117198916953505792) - 5, G_MAXUINT64 };
  static const SatId ids[] = { { { 0 } },
                               { { 0x01, 0xa0, 0x5f, 0x3c, 0x11, 0x22, 0x70 } },
                               { { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff } } };

  for (guint i = 0; i < G_N_ELEMENTS (stamps) * G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (SatState) state = sat_state_new ();
      g_autoptr (SatState) read = sat_state_new ();
      g_autoptr (GByteArray) packed = g_byte_array_new ();
      SatSibling home = sibling (SAT_FIELD_HOME, NULL, BOOK, 3, 7);

      home.hlc = stamps[i % G_N_ELEMENTS (stamps)];
      state->book = read->book = 1;
      state->id = read->id = ids[i / G_N_ELEMENTS (stamps)];
      add (state, home);
      sat_state_pack (state, BOOK, packed);
      g_assert_true (sat_state_unpack (read, packed->data, packed->len, BOOK));
      g_assert_cmpuint (read->base.hlc, ==, home.hlc);
    }
}

/* As databases had it before: a stamp in full, no place where history ends. */
static void
test_older (void)
{
  static const guint8 bytes[] = { 1, 0x0d, 1, 3, 7, 1, 2, 3, 4, 5, 6, 7, 8 };
  g_autoptr (SatState) read = sat_state_new ();
  g_autoptr (GByteArray) packed = g_byte_array_new ();

  read->book = 1;
  g_assert_true (sat_state_unpack (read, bytes, sizeof bytes, BOOK));
  g_assert_cmpuint (read->base.hlc, ==, G_GUINT64_CONSTANT (0x0102030405060708));
  g_assert_cmpint (read->history, ==, 0);
  g_assert_cmpint (sat_state_packed_history (bytes, sizeof bytes), ==, 0);
  g_byte_array_append (packed, bytes, sizeof bytes);
  sat_state_pack_history (packed, 70000);
  g_assert_cmpint (sat_state_packed_history (packed->data, packed->len), ==, 70000);
  g_assert_true (sat_state_unpack (read, packed->data, packed->len, BOOK));
  g_assert_cmpint (read->history, ==, 70000);
  g_assert_cmpuint (read->base.hlc, ==, G_GUINT64_CONSTANT (0x0102030405060708));
  g_assert_cmpuint (read->siblings->len, ==, 2);
  sat_state_pack (read, BOOK, packed);
  g_assert_cmpint (sat_state_packed_history (packed->data, packed->len), ==, 70000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/record/state/new-record-is-small", test_new_record_is_small);
  g_test_add_func ("/record/state/empty-field-is-nothing", test_empty_field_is_nothing);
  g_test_add_func ("/record/state/cleared-stays", test_cleared_stays);
  g_test_add_func ("/record/state/base-stays", test_base_stays);
  g_test_add_func ("/record/state/find", test_find);
  g_test_add_func ("/record/state/round-trips", test_round_trips);
  g_test_add_func ("/record/state/context", test_context);
  g_test_add_func ("/record/state/damaged", test_damaged);
  g_test_add_func ("/record/state/near", test_near);
  g_test_add_func ("/record/state/older", test_older);
  return g_test_run ();
}
