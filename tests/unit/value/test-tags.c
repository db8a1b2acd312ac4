/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/value/sat-type.h"

static void
test_join (void)
{
  const char *const elements[] = { "vip", "east", "vip", "客户", "East" };
  g_autofree char *joined = sat_tags_join (elements, G_N_ELEMENTS (elements));

  g_assert_cmpstr (joined, ==, "East\neast\nvip\n客户");
  g_assert_null (sat_tags_join (elements, 0));
}

static void
test_split (void)
{
  g_auto (GStrv) none = sat_tags_split (NULL);
  g_auto (GStrv) two = sat_tags_split ("east\nvip");

  g_assert_cmpuint (g_strv_length (none), ==, 0);
  g_assert_cmpuint (g_strv_length (two), ==, 2);
  g_assert_cmpstr (two[0], ==, "east");
  g_assert_cmpstr (two[1], ==, "vip");
}

/* Any order and any number of copies of a set joins to one text, and splitting gives the set. */
static void
test_round_trip (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (2);

  for (int round = 0; round < 500; round++)
    {
      g_autoptr (GPtrArray) elements = g_ptr_array_new_with_free_func (g_free);
      int n = g_rand_int_range (rand, 1, 30);

      for (int i = 0; i < n; i++)
        g_ptr_array_add (elements, g_strdup_printf ("t%d", g_rand_int_range (rand, 0, 20)));
      g_autofree char *joined = sat_tags_join ((const char *const *) elements->pdata,
                                               elements->len);
      g_auto (GStrv) parts = sat_tags_split (joined);
      g_autofree char *again = sat_tags_join ((const char *const *) parts, g_strv_length (parts));
      g_assert_cmpstr (joined, ==, again);
      for (guint i = 0; i < elements->len; i++)
        g_assert_true (g_strv_contains ((const char *const *) parts, elements->pdata[i]));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/value/tags/join", test_join);
  g_test_add_func ("/value/tags/split", test_split);
  g_test_add_func ("/value/tags/round-trip", test_round_trip);
  return g_test_run ();
}
