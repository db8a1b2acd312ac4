/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demo's year: limits, free days, rhythm. */
#include "cli/demo/sat-demo-calendar.h"

static void
test_free_days (void)
{
  guint work = 0;

  for (guint day = 0; day < SAT_DEMO_DAYS; day++)
    work += sat_demo_day_weight (day) > 0;
  g_assert_cmpuint (work, >, 235);
  g_assert_cmpuint (work, <, 255);
  g_assert_cmpuint (sat_demo_day_weight (0), >, 0);  /* Friday */
  g_assert_cmpuint (sat_demo_day_weight (1), ==, 0); /* Saturday */
  g_assert_cmpuint (sat_demo_day_weight (2), ==, 0);
  g_assert_cmpuint (sat_demo_day_weight (3), >, 0);
  g_assert_cmpuint (sat_demo_day_weight (88), ==, 0); /* 17 February, New Year's Day in China */
  g_assert_cmpuint (sat_demo_day_weight (364), >, 0);
}

static void
test_dates (void)
{
  g_autofree char *first = sat_demo_date (SAT_DEMO_BEGIN_MS);
  g_autofree char *last = sat_demo_date (SAT_DEMO_END_MS - 1);
  g_autofree char *festival = sat_demo_date (SAT_DEMO_BEGIN_MS + 88 * SAT_DEMO_DAY_MS);

  g_assert_cmpstr (first, ==, "2025-11-21");
  g_assert_cmpstr (last, ==, "2026-11-20");
  g_assert_cmpstr (festival, ==, "2026-02-17");
  g_assert_cmpuint (sat_demo_month (SAT_DEMO_BEGIN_MS), ==, 0);
  g_assert_cmpuint (sat_demo_month (SAT_DEMO_BEGIN_MS + 10 * SAT_DEMO_DAY_MS), ==, 1);
  g_assert_cmpuint (sat_demo_month (SAT_DEMO_END_MS + SAT_DEMO_DAY_MS), ==, 12);
  g_assert_cmpuint (sat_demo_month (0), ==, 0);
}

static void
test_moments (void)
{
  g_autoptr (SatPlatform) chance = sat_platform_new_seeded (1, 0);
  guint months[13] = { 0 };

  for (guint i = 0; i < 5000; i++)
    {
      gint64 from = SAT_DEMO_BEGIN_MS + sat_platform_random_below (chance, 300) * SAT_DEMO_DAY_MS;
      gint64 at = 0;

      g_assert_true (sat_demo_moment (chance, i % 2 ? from : SAT_DEMO_BEGIN_MS, &at));
      g_assert_cmpint (at, >=, i % 2 ? from : SAT_DEMO_BEGIN_MS);
      g_assert_cmpint (at, <, SAT_DEMO_END_MS);
      g_assert_cmpuint (sat_demo_day_weight ((guint) ((at - SAT_DEMO_BEGIN_MS) / SAT_DEMO_DAY_MS)),
                        >, 0);
      if (i % 2 == 0)
        months[sat_demo_month (at)]++;
    }
  /* February is the quietest whole month, December one of the busy ones. */
  for (guint month = 1; month < 12; month++)
    g_assert_cmpuint (months[3], <=, months[month]);
  g_assert_cmpuint (months[1], >, 2 * months[3]);
}

static void
test_end (void)
{
  g_autoptr (SatPlatform) chance = sat_platform_new_seeded (2, 0);
  gint64 at = 0;

  g_assert_false (sat_demo_moment (chance, SAT_DEMO_END_MS, &at));
  g_assert_false (sat_demo_moment_after (chance, SAT_DEMO_BEGIN_MS, SAT_DEMO_DAYS, &at));
  g_assert_cmpint (at, ==, 0);
  g_assert_true (sat_demo_moment_after (chance, SAT_DEMO_BEGIN_MS, 1, &at));
  g_assert_cmpint (at, >=, SAT_DEMO_BEGIN_MS + 3 * SAT_DEMO_DAY_MS); /* the weekend is free */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/demo/calendar/free-days", test_free_days);
  g_test_add_func ("/demo/calendar/dates", test_dates);
  g_test_add_func ("/demo/calendar/moments", test_moments);
  g_test_add_func ("/demo/calendar/end", test_end);
  return g_test_run ();
}
