/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The automatic merge of notes: only by the writer of the shown value, only where the sides do not
 * clash. */
#include "tests/support/world.h"

#include <string.h>

/* A merge for lines of equal number: each line from the side that changed it. */
static char *
merge_lines (const char *base, const char *ours, const char *theirs, gpointer data)
{
  g_auto (GStrv) b = g_strsplit (base, "\n", -1);
  g_auto (GStrv) o = g_strsplit (ours, "\n", -1);
  g_auto (GStrv) t = g_strsplit (theirs, "\n", -1);
  guint n = g_strv_length (b);

  (*(guint *) data)++;
  if (g_strv_length (o) != n || g_strv_length (t) != n)
    return NULL;
  for (guint i = 0; i < n; i++)
    {
      if (strcmp (b[i], o[i]) == 0)
        {
          g_free (o[i]);
          o[i] = g_strdup (t[i]);
        }
      else if (strcmp (b[i], t[i]) != 0 && strcmp (o[i], t[i]) != 0)
        return NULL;
    }
  return g_strjoinv ("\n", o);
}

static char *
give (const char *base, const char *ours, const char *theirs, gpointer data)
{
  return g_strdup (data);
}

static guint
fold (SatWorkspace *workspace)
{
  g_autoptr (GError) error = NULL;
  guint calls = 0;
  guint merged = 0;

  g_assert_true (sat_workspace_merge_texts (workspace, merge_lines, &calls, &merged, &error));
  g_assert_no_error (error);
  return merged;
}

static void
test_lines_come_together (void)
{
  World world;
  SatWorkspace *both[2];
  SatId id;

  world_laptops (&world, both, 2);
  id = record_new (both[0], "customer", "name", "Notes", "notes", "one\ntwo\nthree", NULL);
  world_sync_all (&world, both, 2);
  record_set (both[0], "customer", &id, "notes", "ONE\ntwo\nthree");
  world_tick (&world, 1000);
  record_set (both[1], "customer", &id, "notes", "one\ntwo\nTHREE");
  world_sync_all (&world, both, 2);
  g_assert_cmpint (sat_workspace_n_conflicts (both[0]), ==, 1);
  g_assert_cmpuint (fold (both[0]), ==, 0); /* the shown value is the other laptop's */
  g_assert_cmpuint (fold (both[1]), ==, 1);
  g_assert_cmpuint (fold (both[1]), ==, 0);
  world_sync_all (&world, both, 2);
  for (guint i = 0; i < 2; i++)
    {
      assert_value (both[i], "customer", &id, "notes", "ONE\ntwo\nTHREE");
      g_assert_cmpint (sat_workspace_n_conflicts (both[i]), ==, 0);
    }
  assert_equal_replicas (both[0], both[1]);
  sat_workspace_close (both[0]);
  sat_workspace_close (both[1]);
  world_clear (&world);
}

static void
test_clash_and_clear_are_for_people (void)
{
  World world;
  SatWorkspace *both[2];
  SatId clash, cleared;

  world_laptops (&world, both, 2);
  clash = record_new (both[0], "customer", "name", "Clash", "notes", "one\ntwo", NULL);
  cleared = record_new (both[0], "customer", "name", "Cleared", "notes", "one\ntwo", NULL);
  world_sync_all (&world, both, 2);
  record_set (both[0], "customer", &clash, "notes", "A\ntwo");
  record_set (both[1], "customer", &clash, "notes", "B\ntwo");
  record_set (both[0], "customer", &cleared, "notes", NULL);
  record_set (both[1], "customer", &cleared, "notes", "one\nTWO");
  world_sync_all (&world, both, 2);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_cmpuint (fold (both[i]), ==, 0);
      g_assert_cmpint (sat_workspace_n_conflicts (both[i]), ==, 2);
      sat_workspace_close (both[i]);
    }
  world_clear (&world);
}

/* A machine's merge must not bring back what somebody deleted meanwhile. */
static void
test_merge_revives_nothing (void)
{
  World world;
  SatWorkspace *both[2];
  SatId id;

  world_laptops (&world, both, 2);
  id = record_new (both[0], "customer", "name", "Gone", "notes", "one\ntwo", NULL);
  world_sync_all (&world, both, 2);
  record_set (both[0], "customer", &id, "notes", "ONE\ntwo");
  world_tick (&world, 1000);
  record_set (both[1], "customer", &id, "notes", "one\nTWO");
  world_sync_all (&world, both, 2);
  record_delete (both[0], "customer", &id);
  g_assert_cmpuint (fold (both[1]), ==, 1);
  world_sync_all (&world, both, 2);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (record_deleted (both[i], "customer", &id));
      sat_workspace_close (both[i]);
    }
  world_clear (&world);
}

/* What comes together need not be what a field can hold: it is tidied, or left to people. */
static void
test_results_are_values (void)
{
  static const char *const texts[] = { "", " \n", "one\x01", "ONE\nTWO\n" };
  World world;
  SatWorkspace *both[2];
  SatId id;

  world_laptops (&world, both, 2);
  id = record_new (both[0], "customer", "name", "Tidy", "notes", "one\ntwo", NULL);
  world_sync_all (&world, both, 2);
  record_set (both[0], "customer", &id, "notes", "ONE\ntwo");
  world_tick (&world, 1000);
  record_set (both[1], "customer", &id, "notes", "one\nTWO");
  world_sync_all (&world, both, 2);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      guint merged = 0;

      g_assert_true (
          sat_workspace_merge_texts (both[1], give, (gpointer) texts[i], &merged, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (merged, ==, i == 3);
    }
  assert_value (both[1], "customer", &id, "notes", "ONE\nTWO");
  world_sync_all (&world, both, 2);
  assert_healthy (both[0]);
  assert_equal_replicas (both[0], both[1]);
  sat_workspace_close (both[0]);
  sat_workspace_close (both[1]);
  world_clear (&world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/apply/text-fold/lines", test_lines_come_together);
  g_test_add_func ("/apply/text-fold/people", test_clash_and_clear_are_for_people);
  g_test_add_func ("/apply/text-fold/results-are-values", test_results_are_values);
  g_test_add_func ("/apply/text-fold/revives-nothing", test_merge_revives_nothing);
  return g_test_run ();
}
