/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When an exchange is due. */
#include "gtk-app/sync/sat-sync-clock.h"

#include <glib.h>

static void
test_interval (void)
{
  SatSyncTimes times = { .tried = 1000, .minutes = 15, .ready = TRUE };

  g_assert_cmpint (sat_sync_times_due (&times), ==, 1900);
  times.minutes = 0;
  g_assert_cmpint (sat_sync_times_due (&times), ==, -1);
  times.minutes = 15;
  times.ready = FALSE;
  times.changed = 1100;
  times.came = 1100;
  g_assert_cmpint (sat_sync_times_due (&times), ==, -1);
}

/* A change waits a minute for the next one; a network that appears hardly at all. */
static void
test_occasions (void)
{
  SatSyncTimes times = { .tried = 1000, .changed = 1200, .minutes = 15, .ready = TRUE };

  g_assert_cmpint (sat_sync_times_due (&times), ==, 1260);
  times.changed = 1230;
  g_assert_cmpint (sat_sync_times_due (&times), ==, 1290);
  times.came = 1240;
  g_assert_cmpint (sat_sync_times_due (&times), <, 1260);
  /* A change a moment before the quarter of an hour is over does not put it off. */
  times.came = 0;
  times.changed = 1890;
  g_assert_cmpint (sat_sync_times_due (&times), ==, 1900);
}

/* Whatever happens, not before the pause is over; the pause grows, to half an hour at most. */
static void
test_pause (void)
{
  gint64 last = 0;

  for (guint failures = 1; failures < 80; failures++)
    {
      SatSyncTimes times = { .tried = 1000,
                             .changed = 900,
                             .came = 1001,
                             .failures = failures,
                             .luck = 1,
                             .minutes = 5,
                             .ready = TRUE };
      gint64 longest = sat_sync_times_due (&times);
      gint64 shortest;

      times.luck = 0;
      shortest = sat_sync_times_due (&times);
      g_assert_cmpint (shortest, >=, 1000 + 30);
      g_assert_cmpint (shortest, <, longest);
      g_assert_cmpint (longest, >=, last);
      g_assert_cmpint (longest, <=, 1000 + 30 * 60);
      last = longest;
    }
  g_assert_cmpint (last, ==, 1000 + 30 * 60);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync-clock/interval", test_interval);
  g_test_add_func ("/sync-clock/occasions", test_occasions);
  g_test_add_func ("/sync-clock/pause", test_pause);
  return g_test_run ();
}
