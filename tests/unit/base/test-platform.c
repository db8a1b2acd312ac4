/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Made-up machines repeat themselves; real ones do not. */
#include "core/base/sat-platform.h"

#include <string.h>

static void
test_seeded (void)
{
  g_autoptr (SatPlatform) a = sat_platform_new_seeded (1, 500),
                          b = sat_platform_new_seeded (1, 500);
  g_autoptr (SatPlatform) c = sat_platform_new_seeded (2, 500);
  guint8 x[100] = { 0 }, y[100], z[100], before[100];

  for (guint i = 0; i < 50; i++)
    {
      memcpy (before, x, sizeof before);
      sat_platform_random (a, x, sizeof x);
      sat_platform_random (b, y, sizeof y);
      sat_platform_random (c, z, sizeof z);
      g_assert_cmpmem (x, sizeof x, y, sizeof y);
      g_assert_true (memcmp (x, z, sizeof x) != 0);
      g_assert_true (memcmp (x, before, sizeof x) != 0);
    }
  g_assert_cmpint (sat_platform_now_ms (a), ==, 500);
  sat_platform_set_now (a, 700);
  g_assert_cmpint (sat_platform_now_ms (a), ==, 700);
  g_assert_cmpint (sat_platform_now_ms (b), ==, 500);
}

static void
test_below (void)
{
  g_autoptr (SatPlatform) platform = sat_platform_new_seeded (3, 0);
  guint hits[7] = { 0 };

  for (guint i = 0; i < 7000; i++)
    hits[sat_platform_random_below (platform, 7)]++;
  for (guint i = 0; i < 7; i++)
    {
      g_assert_cmpuint (hits[i], >, 850);
      g_assert_cmpuint (hits[i], <, 1150);
    }
  g_assert_cmpuint (sat_platform_random_below (platform, 1), ==, 0);
}

static void
test_system (void)
{
  guint8 x[32], y[32];

  g_unsetenv ("SATCHEL_NOW");
  {
    g_autoptr (SatPlatform) platform = sat_platform_new_system ();
    gint64 now = g_get_real_time () / 1000;

    sat_platform_random (platform, x, sizeof x);
    sat_platform_random (platform, y, sizeof y);
    g_assert_true (memcmp (x, y, sizeof x) != 0);
    g_assert_cmpint (sat_platform_now_ms (platform), >=, now);
  }
  g_setenv ("SATCHEL_NOW", "2026-11-21T08:00:00+08:00", TRUE);
  g_autoptr (SatPlatform) fixed = sat_platform_new_system ();
  g_assert_cmpint (sat_platform_now_ms (fixed), ==, G_GINT64_CONSTANT (1795219200000));
  g_autoptr (SatPlatform) kept = sat_platform_ref (fixed);
  g_assert_true (kept == fixed);
}

/* A made-up machine is nobody until it is told; the real one is the same each time. */
static void
test_machine (void)
{
  g_autoptr (SatPlatform) seeded = sat_platform_new_seeded (1, 0);
  g_autoptr (SatPlatform) system = sat_platform_new_system ();
  g_autoptr (SatPlatform) again = sat_platform_new_system ();
  const char *state = sat_platform_state_dir (system);

  g_assert_null (sat_platform_machine (seeded));
  g_assert_null (sat_platform_state_dir (seeded));
  sat_platform_set_machine (seeded, "m1", "/state");
  g_assert_cmpstr (sat_platform_machine (seeded), ==, "m1");
  g_assert_cmpstr (sat_platform_state_dir (seeded), ==, "/state");
  sat_platform_set_machine (seeded, NULL, NULL);
  g_assert_null (sat_platform_machine (seeded));
  g_assert_cmpstr (sat_platform_machine (system), ==, sat_platform_machine (again));
  g_assert_true (g_str_has_prefix (state, g_get_user_state_dir ()));
  g_assert_true (g_str_has_suffix (state, "/satchel"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/platform/seeded", test_seeded);
  g_test_add_func ("/base/platform/below", test_below);
  g_test_add_func ("/base/platform/system", test_system);
  g_test_add_func ("/base/platform/machine", test_machine);
  return g_test_run ();
}
