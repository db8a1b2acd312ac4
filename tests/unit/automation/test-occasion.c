/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Occasions of schedules, and the ids that come from them. Tests are in Shanghai. */
#include "core/automation/sat-occasion.h"

#define NOON G_GINT64_CONSTANT (1795233600) /* of Saturday, 21 November 2026 there */

static void
assert_period (SatSchedule schedule, gint64 days, guint minute, gint64 now, const char *expected)
{
  const SatRule rule = { .schedule = schedule, .days = days, .minute = minute };
  g_autofree char *text = sat_occasion_format (sat_occasion_of_schedule (&rule, now));

  g_assert_cmpstr (text, ==, expected);
}

static void
test_schedule (void)
{
  assert_period (SAT_SCHEDULE_DAILY, 1, 0, NOON, "2026-11-21T00:00:00Z");
  assert_period (SAT_SCHEDULE_DAILY, 1, 12 * 60, NOON, "2026-11-21T00:00:00Z");
  assert_period (SAT_SCHEDULE_DAILY, 1, 12 * 60, NOON - 1, "2026-11-20T00:00:00Z");
  assert_period (SAT_SCHEDULE_WEEKLY, 1, 0, NOON, "2026-11-16T00:00:00Z");
  assert_period (SAT_SCHEDULE_WEEKLY, 6, 12 * 60, NOON, "2026-11-21T00:00:00Z");
  assert_period (SAT_SCHEDULE_WEEKLY, 6, 12 * 60 + 1, NOON, "2026-11-14T00:00:00Z");
  assert_period (SAT_SCHEDULE_WEEKLY, 7, 0, NOON, "2026-11-15T00:00:00Z");
  assert_period (SAT_SCHEDULE_MONTHLY, 21, 0, NOON, "2026-11-21T00:00:00Z");
  assert_period (SAT_SCHEDULE_MONTHLY, 22, 0, NOON, "2026-10-22T00:00:00Z");
  assert_period (SAT_SCHEDULE_MONTHLY, 28, 0, NOON + 40 * SAT_DAY_S, "2026-12-28T00:00:00Z");
}

static void
test_values (void)
{
  gint64 out = 0;

  g_assert_true (sat_occasion_of_value ("2026-11-21", &out));
  g_assert_cmpint (out, ==, NOON - 4 * 3600);
  g_assert_true (sat_occasion_of_value ("2026-11-21T04:00:00Z", &out));
  g_assert_cmpint (out, ==, NOON);
  g_assert_false (sat_occasion_of_value ("2026-13-21", &out));
  g_assert_false (sat_occasion_of_value ("soon", &out));
  g_assert_false (sat_occasion_of_value ("", &out));
}

/* The same on all laptops, and another one for whatever is different. */
static void
test_ids (void)
{
  const SatId rule = { { 1 } }, record = { { 2 } }, other = { { 3 } };
  SatId ids[7], again;

  sat_occasion_id (&rule, &record, "west", 5, 0, "", &ids[0]);
  sat_occasion_id (&other, &record, "west", 5, 0, "", &ids[1]);
  sat_occasion_id (&rule, &other, "west", 5, 0, "", &ids[2]);
  sat_occasion_id (&rule, &record, "east", 5, 0, "", &ids[3]);
  sat_occasion_id (&rule, &record, "west", 6, 0, "", &ids[4]);
  sat_occasion_id (&rule, &record, "west", 5, 1, "", &ids[5]);
  sat_occasion_id (&rule, &record, "west", 5, 0, "li", &ids[6]);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    for (guint k = 0; k < i; k++)
      g_assert_false (sat_id_equal (&ids[i], &ids[k]));
  sat_occasion_id (&rule, &record, "west", 5, 0, "", &again);
  g_assert_true (sat_id_equal (&again, &ids[0]));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/occasion/schedule", test_schedule);
  g_test_add_func ("/occasion/values", test_values);
  g_test_add_func ("/occasion/ids", test_ids);
  return g_test_run ();
}
