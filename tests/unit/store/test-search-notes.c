/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Notes are read as they were written, in the order a search index wants, and nothing else is read.
 */
#include "core/store/sat-search-notes.h"

#include <string.h>

#include "tests/support/world.h"

typedef struct
{
  World world;
  SatWorkspace *laptop;
  SatReplica *replica;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  world_laptops (&f->world, &f->laptop, 1);
  f->replica = world_replica (f->laptop);
  g_assert_true (sat_replica_begin (f->replica, NULL));
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  sat_replica_rollback (f->replica);
  sat_workspace_close (f->laptop);
  world_clear (&f->world);
}

static GArray *
notes_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (SatSearchNote));
}

#define at(notes, i) (&g_array_index (notes, SatSearchNote, i))

static void
test_order (Fixture *f, gconstpointer data)
{
  g_autoptr (GArray) notes = notes_new ();
  const GByteArray *noted = f->replica->noted;

  sat_search_note (f->replica, FALSE, 8, 2, 5, "second");
  sat_search_note (f->replica, FALSE, 7, G_GINT64_CONSTANT (1) << 39, 0, NULL);
  sat_search_note (f->replica, FALSE, 8, 2, 5, "");
  sat_search_note (f->replica, FALSE, 8, 1, 6, "宏");
  g_assert_true (sat_search_read_notes (noted->data, noted->len, notes));
  sat_search_sort_notes (notes);
  g_assert_cmpuint (notes->len, ==, 4);
  g_assert_cmpuint (at (notes, 0)->object, ==, 7);
  g_assert_cmpint (at (notes, 0)->row, ==, G_GINT64_CONSTANT (1) << 39);
  g_assert_null (at (notes, 0)->text);
  g_assert_cmpmem (at (notes, 1)->text, at (notes, 1)->length, "宏", strlen ("宏"));
  g_assert_cmpmem (at (notes, 2)->text, at (notes, 2)->length, "second", 6);
  g_assert_nonnull (at (notes, 3)->text);
  g_assert_cmpuint (at (notes, 3)->length, ==, 0);
  g_assert_cmpuint (at (notes, 3)->field, ==, 5);
}

/* Cut off anywhere but between two notes they are damaged, and nothing outside is read. */
static void
test_cut (Fixture *f, gconstpointer data)
{
  g_autofree guint8 *copy = NULL;
  guint whole = 0;
  gsize all;

  for (guint i = 0; i < 3; i++)
    sat_search_note (f->replica, FALSE, 300, 70000, 9, "what it was");
  all = f->replica->noted->len;
  for (gsize length = 0; length <= all; length++)
    {
      g_autoptr (GArray) notes = notes_new ();

      g_free (copy);
      copy = g_memdup2 (f->replica->noted->data, length);
      if (sat_search_read_notes (copy, length, notes))
        {
          g_assert_cmpuint (length, ==, all / 3 * whole);
          g_assert_cmpuint (notes->len, ==, whole++);
        }
    }
  g_assert_cmpuint (whole, ==, 4);
}

/* In the table they stand in bundles, in the order they were made. */
static void
test_bundles (Fixture *f, gconstpointer data)
{
  g_autofree char *big = g_strnfill (SAT_SEARCH_BUNDLE_BYTES, 'x');

  g_assert_true (sat_db_exec (f->replica->db, "DELETE FROM dirty", NULL));
  for (gint64 row = 1; row <= 2 * SAT_SEARCH_BUNDLE + 1; row++)
    sat_search_note (f->replica, TRUE, 7, row, 0, NULL);
  sat_search_note (f->replica, TRUE, 7, 1, 5, big);
  sat_search_note (f->replica, TRUE, 7, 2, 5, NULL);
  g_assert_true (sat_search_keep_notes (f->replica, NULL));
  g_assert_cmpuint (f->replica->noted_later->len, ==, 0);
  g_assert_cmpint (world_int (f->laptop, "SELECT count(*) FROM dirty"), ==, 4);
  g_assert_cmpint (world_int (f->laptop, "SELECT sum(records) FROM dirty"), ==,
                   2 * SAT_SEARCH_BUNDLE + 3);
  g_assert_cmpint (world_int (f->laptop, "SELECT records FROM dirty WHERE number = (SELECT "
                                         "max(number) FROM dirty)"),
                   ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) \
  g_test_add ("/store/search-notes/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("order", test_order);
  ADD ("cut", test_cut);
  ADD ("bundles", test_bundles);
#undef ADD
  return g_test_run ();
}
