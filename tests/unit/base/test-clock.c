/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The hybrid clock: it never goes back, nobody drags it far, and its text has one spelling. */
#include "core/base/sat-clock.h"

#include <string.h>

#include "core/base/sat-platform.h"

#define NOW G_GINT64_CONSTANT (1795219200000)

static void
test_tick (void)
{
  SatHlc last = sat_hlc_from_ms (NOW);

  g_assert_cmpuint (sat_hlc_tick (0, NOW, SAT_HLC_DRAG_BOUND_MS), ==, sat_hlc_from_ms (NOW));
  g_assert_cmpuint (sat_hlc_tick (last, NOW, SAT_HLC_DRAG_BOUND_MS), ==, last + 1);
  g_assert_cmpuint (sat_hlc_tick (last, NOW + 1, SAT_HLC_DRAG_BOUND_MS), ==,
                    sat_hlc_from_ms (NOW + 1));
  /* The clock was put back: by an hour it goes on counting, by two days it follows. */
  g_assert_cmpuint (sat_hlc_tick (last, NOW - 3600000, SAT_HLC_DRAG_BOUND_MS), ==, last + 1);
  g_assert_cmpuint (sat_hlc_tick (last, NOW - 2 * SAT_HLC_DRAG_BOUND_MS, SAT_HLC_DRAG_BOUND_MS), <,
                    last);
  g_assert_cmpint (sat_hlc_ms (sat_hlc_tick (0, -5, SAT_HLC_DRAG_BOUND_MS)), ==, 0);
  g_assert_cmpint (sat_hlc_ms (sat_hlc_tick (0, G_MAXINT64, 0)), ==, SAT_HLC_MAX_MS);
}

static void
test_hear (void)
{
  SatHlc last = sat_hlc_from_ms (NOW), near = sat_hlc_from_ms (NOW + 1000);
  SatHlc far = sat_hlc_from_ms (NOW + SAT_HLC_DRAG_BOUND_MS + 1);

  g_assert_cmpuint (sat_hlc_hear (last, near, NOW, SAT_HLC_DRAG_BOUND_MS), ==, near);
  g_assert_cmpuint (sat_hlc_hear (near, last, NOW, SAT_HLC_DRAG_BOUND_MS), ==, near);
  g_assert_cmpuint (sat_hlc_hear (last, far, NOW, SAT_HLC_DRAG_BOUND_MS), ==, last);
}

/* A few thousand ticks and messages, with a clock that jumps: own stamps always rise while the
 * jumps stay within the bound. */
static void
test_never_back (void)
{
  g_autoptr (SatPlatform) chance = sat_platform_new_seeded (11, NOW);
  SatHlc last = 0, before = 0;
  gint64 now = NOW;

  for (guint i = 0; i < 5000; i++)
    {
      now += (gint64) sat_platform_random_below (chance, 3000) - 1000;
      if (sat_platform_random_below (chance, 3) == 0)
        last = sat_hlc_hear (last, sat_hlc_from_ms (now + sat_platform_random_below (chance, 5000)),
                             now, SAT_HLC_DRAG_BOUND_MS);
      last = sat_hlc_tick (last, now, SAT_HLC_DRAG_BOUND_MS);
      g_assert_cmpuint (last, >, before);
      before = last;
    }
}

static void
test_text (void)
{
  g_autoptr (SatPlatform) chance = sat_platform_new_seeded (12, NOW);
  char text[SAT_HLC_TEXT_SIZE];
  SatHlc back = 0;

  g_assert_cmpstr (sat_hlc_format (0, text), ==, "1970-01-01T00:00:00.000Z");
  g_assert_cmpstr (sat_hlc_format (sat_hlc_from_ms (SAT_HLC_MAX_MS) + 65535, text), ==,
                   "9999-12-31T23:59:59.999Z+65535");
  g_assert_cmpstr (sat_hlc_format (sat_hlc_from_ms (NOW + 123) + 5, text), ==,
                   "2026-11-21T00:00:00.123Z+5");
  for (guint i = 0; i < 5000; i++)
    {
      gint64 ms = (gint64) sat_platform_random_below (chance, G_MAXUINT32) * 59000;
      SatHlc hlc = sat_hlc_from_ms (ms) + sat_platform_random_below (chance, i % 3 ? 1 : 65536);

      sat_hlc_format (hlc, text);
      g_assert_true (sat_hlc_parse (text, strlen (text), &back));
      g_assert_cmpuint (back, ==, hlc);
    }
}

static void
test_refused (void)
{
  static const char *const bad[] = { "",
                                     "2026-11-21",
                                     "2026-11-21T00:00:00Z",
                                     "2026-11-21T00:00:00.123",
                                     "2026-11-21T00:00:00.123z",
                                     "2026-11-21 00:00:00.123Z",
                                     "2026-13-21T00:00:00.123Z",
                                     "2026-00-21T00:00:00.123Z",
                                     "2026-04-31T00:00:00.123Z",
                                     "2025-02-29T00:00:00.123Z",
                                     "2026-11-21T24:00:00.123Z",
                                     "2026-11-21T00:60:00.123Z",
                                     "2026-11-21T00:00:60.123Z",
                                     "1969-12-31T23:59:59.999Z",
                                     "2026-11-21T00:00:00.123Z+",
                                     "2026-11-21T00:00:00.123Z+0",
                                     "2026-11-21T00:00:00.123Z+05",
                                     "2026-11-21T00:00:00.123Z+65536",
                                     "2026-11-21T00:00:00.123Z+1234567",
                                     "2026-11-21T00:00:00.123Z-1",
                                     "2026-11-21T00:00:00.1x3Z" };
  SatHlc out = 99;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_test_message ("%s", bad[i]);
      g_assert_false (sat_hlc_parse (bad[i], strlen (bad[i]), &out));
    }
  g_assert_cmpuint (out, ==, 99);
  g_assert_true (sat_hlc_parse ("2024-02-29T00:00:00.000Zxyz", 24, &out));
}

static void
test_time (void)
{
  g_autofree char *whole = sat_time_format (NOW), *part = sat_time_format (NOW + 7),
                  *first = sat_time_format (-1);

  g_assert_cmpstr (whole, ==, "2026-11-21T00:00:00Z");
  g_assert_cmpstr (part, ==, "2026-11-21T00:00:00.007Z");
  g_assert_cmpstr (first, ==, "1970-01-01T00:00:00Z");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/clock/tick", test_tick);
  g_test_add_func ("/base/clock/hear", test_hear);
  g_test_add_func ("/base/clock/never-back", test_never_back);
  g_test_add_func ("/base/clock/text", test_text);
  g_test_add_func ("/base/clock/refused", test_refused);
  g_test_add_func ("/base/clock/time", test_time);
  return g_test_run ();
}
