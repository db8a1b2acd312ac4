/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Entries come back as they were put; a page cut anywhere never reads past its end. */
#include "core/store/sat-history-page.h"

static const SatHistoryEntry entries[] = {
  { .flags = SAT_HISTORY_AUTO | SAT_HISTORY_UNSEEN,
    .object = 7,
    .row = G_MAXINT64,
    .previous = 0,
    .replaced = { .dot = { 1, 300, G_GUINT64_CONSTANT (1) << 53 },
                  .hlc = G_MAXUINT64,
                  .field = 12,
                  .automatic = TRUE,
                  .value = "中文\n" } },
  { .flags = SAT_HISTORY_GONE },
  { .flags = SAT_HISTORY_REMOVAL,
    .object = 1,
    .row = 1,
    .previous = 64,
    .replaced = { .dot = { 1, 1, 1 }, .hlc = 1, .field = 5, .element = "red" } },
  { .flags = SAT_HISTORY_DRAFT,
    .object = 1,
    .row = 2,
    .previous = 66,
    .replaced = { .dot = { 2, 1, 1 }, .field = 5, .element = "blue", .value = "1" } },
};

static GByteArray *
page_of_all (void)
{
  GByteArray *page = g_byte_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    sat_history_put (page, &entries[i]);
  return page;
}

static void
assert_same (const SatHistoryEntry *a, const SatHistoryEntry *b)
{
  g_assert_cmpuint (a->flags, ==, b->flags);
  if (a->flags & SAT_HISTORY_GONE)
    return;
  g_assert_cmpuint (a->object, ==, b->object);
  g_assert_cmpint (a->row, ==, b->row);
  g_assert_cmpint (a->previous, ==, b->previous);
  g_assert_true (sat_dot_equal (&a->replaced.dot, &b->replaced.dot));
  g_assert_true (a->replaced.hlc == b->replaced.hlc);
  g_assert_cmpuint (a->replaced.field, ==, b->replaced.field);
  g_assert_cmpint (a->replaced.automatic, ==, b->replaced.automatic);
  g_assert_cmpstr (a->replaced.element, ==, b->replaced.element);
  g_assert_cmpstr (a->replaced.value, ==, b->replaced.value);
}

static void
test_round_trip (void)
{
  g_autoptr (GByteArray) page = page_of_all ();
  SatReader reader = sat_reader (page->data, page->len);
  SatHistoryEntry entry;

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      g_assert_true (sat_history_read (&reader, &entry));
      assert_same (&entry, &entries[i]);
    }
  g_assert_false (sat_history_read (&reader, &entry));
  g_assert_false (reader.failed);
}

static void
test_cut (void)
{
  g_autoptr (GByteArray) page = page_of_all ();
  guint whole = 0;

  for (guint size = 0; size < page->len; size++)
    {
      g_autofree guint8 *copy = g_memdup2 (page->data, size);
      SatReader reader = sat_reader (copy, size);
      SatHistoryEntry entry;

      while (sat_history_read (&reader, &entry))
        ;
      whole += !reader.failed;
    }
  g_assert_cmpuint (whole, ==, G_N_ELEMENTS (entries)); /* cut between two, and empty */
}

static void
test_random (void)
{
  g_autoptr (GByteArray) page = page_of_all ();

  for (guint round = 0; round < 20000; round++)
    {
      g_autofree guint8 *copy = g_memdup2 (page->data, page->len);
      SatReader reader;
      SatHistoryEntry entry;

      for (gint n = g_test_rand_int_range (1, 4); n > 0; n--)
        copy[g_test_rand_int_range (0, (gint) page->len)] = (guint8) g_test_rand_int ();
      reader = sat_reader (copy, page->len);
      while (sat_history_read (&reader, &entry))
        g_assert_true (reader.at <= reader.end);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/history-page/round-trip", test_round_trip);
  g_test_add_func ("/store/history-page/cut", test_cut);
  g_test_add_func ("/store/history-page/random", test_random);
  return g_test_run ();
}
