/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever arrives in whatever order: the registers are those of the definition, and what is
 * derived from them is the same on every replica. */
#include "core/apply/sat-engine.h"

#include <string.h>

#include "core/apply/sat-rederive.h"
#include "core/workspace/sat-workspace-private.h"
#include "tests/support/change-maker.h"

static SatWorkspace *
receiver (World *world, const char *name)
{
  SatWorkspace *workspace = world_create (world, name);

  g_assert_true (sat_workspace_hold (workspace, "customers", NULL));
  return workspace;
}

static void
assert_derived (SatWorkspace *workspace)
{
  guint64 records, wrong;
  g_autofree char *before = shown_things (workspace);
  g_autofree char *after = NULL;

  g_assert_true (sat_rederive_check (workspace->replica, &records, &wrong, NULL));
  g_assert_cmpuint (wrong, ==, 0);
  g_assert_true (sat_rederive_all (workspace->replica, NULL));
  after = shown_things (workspace);
  g_assert_cmpstr (before, ==, after);
}

static void
check_seed (guint64 seed)
{
  World world;
  g_autoptr (ChangeMaker) maker = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *shown = NULL;

  g_test_message ("seed %" G_GUINT64_FORMAT, seed);
  world_init (&world);
  maker = change_maker_new (&world, seed, 2 + (guint) seed % 4, 14);
  expected = change_maker_lines (maker);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *name = g_strdup_printf ("receiver-%u", i);
      g_autoptr (SatWorkspace) workspace = receiver (&world, name);
      g_autofree char *lines = NULL;
      g_autofree char *seen = NULL;

      change_maker_deliver (maker, workspace, 100 * seed + i);
      lines = sorted_lines (workspace);
      g_assert_cmpstr (lines, ==, expected);
      seen = shown_things (workspace);
      if (shown == NULL)
        shown = g_steal_pointer (&seen);
      else
        g_assert_cmpstr (seen, ==, shown);
      assert_derived (workspace);
      g_free (lines);
      lines = sorted_lines (workspace);
      g_assert_cmpstr (lines, ==, expected);
    }
  world_clear (&world);
}

static void
test_random (gconstpointer data)
{
  guint64 first = GPOINTER_TO_SIZE (data);

  for (guint64 seed = first; seed < first + 6; seed++)
    check_seed (seed);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/apply/engine/random-1", GSIZE_TO_POINTER (1), test_random);
  g_test_add_data_func ("/apply/engine/random-7", GSIZE_TO_POINTER (7), test_random);
  g_test_add_data_func ("/apply/engine/random-13", GSIZE_TO_POINTER (13), test_random);
  return g_test_run ();
}
