/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of checkpoints on a hub. */
#include "sync/sat-checkpoint-ref.h"

#define DEVICE "6f1c2ab0-9d3e-8f41-a2b4-0c5d7e8f9a01"
#define OTHER "1b0e55c2-7a64-8d0b-9c1f-22aa33bb44cc"

static void
test_parse (void)
{
  SatCheckpointRef ref;
  SatBranch branch;
  g_autofree char *name = NULL;

  g_assert_true (sat_checkpoint_ref_parse ("refs/heads/east/" DEVICE "/checkpoint-17", &ref));
  g_assert_cmpstr (ref.book, ==, "east");
  g_assert_cmpuint (ref.number, ==, 17);
  name = sat_checkpoint_ref_name (&ref);
  g_assert_cmpstr (name, ==, "refs/heads/east/" DEVICE "/checkpoint-17");
  g_assert_false (sat_branch_parse (name, &branch)); /* older programs leave it alone */
  g_assert_false (sat_cover_ref_parse (name, &ref));

  g_autofree char *cover = sat_cover_ref_name (&ref);
  g_assert_cmpstr (cover, ==, "refs/heads/east/" DEVICE "/cover-17");
  ref.number = 0;
  g_assert_true (sat_cover_ref_parse (cover, &ref));
  g_assert_cmpuint (ref.number, ==, 17);
  g_assert_false (sat_checkpoint_ref_parse (cover, &ref));
  g_assert_false (sat_branch_parse (cover, &branch));
}

static void
test_refused (void)
{
  static const char *const names[] = {
    "refs/heads/east/" DEVICE "/1",
    "refs/heads/east/" DEVICE "/checkpoint-",
    "refs/heads/east/" DEVICE "/checkpoint-0",
    "refs/heads/east/" DEVICE "/checkpoint-01",
    "refs/heads/east/" DEVICE "/checkpoint-1000000001",
    "refs/heads/east/" DEVICE "/checkpoint-1x",
    "refs/heads/east/" DEVICE "/Checkpoint-1",
    "refs/heads/east/" DEVICE "/x/checkpoint-1",
    "refs/heads/East/" DEVICE "/checkpoint-1",
    "refs/heads/east/6F1C2AB0-9d3e-8f41-a2b4-0c5d7e8f9a01/checkpoint-1",
    "refs/heads/east/checkpoint-1",
    "refs/tags/east/" DEVICE "/checkpoint-1",
    "checkpoint-1",
    "",
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      SatCheckpointRef ref;
      if (sat_checkpoint_ref_parse (names[i], &ref))
        g_test_message ("accepted: %s", names[i]);
      g_assert_false (sat_checkpoint_ref_parse (names[i], &ref));
    }
}

static void
test_newest_first (void)
{
  g_autoptr (GHashTable) tips = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) refs = NULL;

  g_hash_table_add (tips, (gpointer) "refs/heads/east/" DEVICE "/checkpoint-9");
  g_hash_table_add (tips, (gpointer) "refs/heads/east/" DEVICE "/checkpoint-10");
  g_hash_table_add (tips, (gpointer) "refs/heads/east/" OTHER "/checkpoint-10");
  g_hash_table_add (tips, (gpointer) "refs/heads/west/" OTHER "/checkpoint-99");
  g_hash_table_add (tips, (gpointer) "refs/heads/east/" OTHER "/1");
  refs = sat_checkpoint_refs (tips, "east");
  g_assert_cmpuint (refs->len, ==, 3);
  g_assert_cmpstr (refs->pdata[0], ==, "refs/heads/east/" OTHER "/checkpoint-10");
  g_assert_cmpstr (refs->pdata[1], ==, "refs/heads/east/" DEVICE "/checkpoint-10");
  g_assert_cmpstr (refs->pdata[2], ==, "refs/heads/east/" DEVICE "/checkpoint-9");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/checkpoint-ref/parse", test_parse);
  g_test_add_func ("/checkpoint-ref/refused", test_refused);
  g_test_add_func ("/checkpoint-ref/newest-first", test_newest_first);
  return g_test_run ();
}
