/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Durable steps are counted, and the chosen one ends the process at once. */
#include "core/base/sat-crash.h"

#include <stdio.h>

#ifdef SAT_CRASH_POINTS
static void
test_killed (void)
{
  if (g_test_subprocess ())
    {
      g_setenv ("SATCHEL_CRASH_AT", "3", TRUE);
      for (guint i = 1; i <= 5; i++)
        {
          sat_durable_step ("step");
          g_print ("passed %" G_GUINT64_FORMAT "\n", sat_durable_steps ());
          fflush (stdout);
        }
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stdout ("*passed 1*passed 2*");
  g_test_trap_assert_stdout_unmatched ("*passed 3*");
}

static void
test_never (void)
{
  if (g_test_subprocess ())
    {
      g_unsetenv ("SATCHEL_CRASH_AT");
      for (guint i = 1; i <= 1000; i++)
        sat_durable_step ("step");
      g_assert_cmpuint (sat_durable_steps (), ==, 1000);
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
}

static void
test_after (void)
{
  if (g_test_subprocess ())
    {
      sat_durable_step ("before");
      sat_crash_after (2);
      for (guint i = 1; i <= 5; i++)
        {
          sat_durable_step ("step");
          g_print ("passed %u\n", i);
          fflush (stdout);
        }
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stdout ("*passed 1*");
  g_test_trap_assert_stdout_unmatched ("*passed 2*");
}
#endif

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#ifdef SAT_CRASH_POINTS
  g_test_add_func ("/base/crash/killed", test_killed);
  g_test_add_func ("/base/crash/never", test_never);
  g_test_add_func ("/base/crash/after", test_after);
#endif
  return g_test_run ();
}
