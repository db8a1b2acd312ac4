/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/base/sat-backoff.h"

static void
test_grows (void)
{
  static const guint whole[] = { 30, 60, 120, 240, 480, 960, 1920, 3600, 3600 };

  g_assert_cmpuint (sat_backoff_next (0, 30, 3600, 7), ==, 0);
  for (guint n = 1; n <= G_N_ELEMENTS (whole); n++)
    {
      guint half = whole[n - 1] / 2;

      /* The least and the most that any random number gives. */
      g_assert_cmpuint (sat_backoff_next (n, 30, 3600, 0), ==, half);
      g_assert_cmpuint (sat_backoff_next (n, 30, 3600, whole[n - 1] - half), ==, whole[n - 1]);
      g_assert_cmpuint (sat_backoff_next (n, 30, 3600, whole[n - 1] - half + 1), ==, half);
    }
}

static void
test_limits (void)
{
  g_assert_cmpuint (sat_backoff_next (G_MAXUINT, 30, 3600, G_MAXUINT32), <=, 3600);
  g_assert_cmpuint (sat_backoff_next (G_MAXUINT, 1, G_MAXUINT, 0), ==, G_MAXUINT / 2);
  g_assert_cmpuint (sat_backoff_next (3, 0, 10, 99), ==, 0);
  g_assert_cmpuint (sat_backoff_next (1, 100, 10, 5), <=, 10);
}

/* Machines that fail together do not come back together. */
static void
test_spreads (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  guint least = G_MAXUINT;
  guint most = 0;

  for (int i = 0; i < 1000; i++)
    {
      guint wait = sat_backoff_next (5, 30, 3600, g_rand_int (rand));

      g_assert_cmpuint (wait, >=, 240);
      g_assert_cmpuint (wait, <=, 480);
      least = MIN (least, wait);
      most = MAX (most, wait);
    }
  g_assert_cmpuint (least, <, 260);
  g_assert_cmpuint (most, >, 460);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/backoff/grows", test_grows);
  g_test_add_func ("/base/backoff/limits", test_limits);
  g_test_add_func ("/base/backoff/spreads", test_spreads);
  return g_test_run ();
}
