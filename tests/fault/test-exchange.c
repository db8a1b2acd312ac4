/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The whole path with the whole engine: founding, joining, exchanging, merging, and joins that do
 * not work out. */
#include <glib/gstdio.h>
#include <string.h>

#include "replica.h"
#include "sync/sat-git.h"

static void
assert_all_verify (World *world, SatWorkspace *workspace)
{
  g_autofree char *allowed = g_build_filename (sat_workspace_home (workspace), "allowed_signers",
                                               NULL);
  g_autofree char *config = g_strconcat ("gpg.ssh.allowedSignersFile=", allowed, NULL);
  g_autofree char *log = world_git (world->hub, "-c", config, "log", "--all", "--format=%G?", NULL);
  g_auto (GStrv) lines = g_strsplit (g_strchomp (log), "\n", -1);

  for (char **line = lines; *line; line++)
    g_assert_cmpstr (*line, ==, "G");
  g_free (world_git (world->hub, "fsck", "--strict", "--no-progress", NULL));
}

static void
test_two_laptops (World *world, gconstpointer data)
{
  g_autoptr (SatWorkspace) a = world_join (world, "a", "wang", 11);
  g_autoptr (SatWorkspace) b = world_join (world, "b", "li", 12);
  SatId id = world_new (a, "customer", "上海宏达机械有限公司", "phone", "021-5555-0100");
  g_autofree char *city = NULL;
  g_autofree char *industry = NULL;
  SatSyncResult result;

  world_sync (a);
  world_sync (b);
  world_set (a, "customer", &id, "phone", "021-5555-0111");
  world_set (a, "customer", &id, "city", "上海");
  world_set (b, "customer", &id, "phone", "021-5555-0122");
  world_set (b, "customer", &id, "industry", "manufacturing");
  world_sync (a);
  result = world_sync (b);
  g_assert_cmpuint (result.applied, ==, 1);
  g_assert_cmpuint (result.sent_change_sets, ==, 1);
  g_assert_cmpuint (result.conflicts, ==, 1);
  g_assert_cmpuint (world_sync (a).conflicts, ==, 1);
  world_assert_same (a, b);
  city = world_get (b, "customer", &id, "city");
  industry = world_get (a, "customer", &id, "industry");
  g_assert_cmpstr (city, ==, "上海");
  g_assert_cmpstr (industry, ==, "manufacturing");
  assert_all_verify (world, a);
  result = world_sync (a);
  g_assert_cmpuint (result.applied + result.sent_change_sets + result.received_bytes, ==, 0);
}

/* Notes that both wrote in different lines are merged by one of them, and reach the other. */
static void
test_texts_merge (World *world, gconstpointer data)
{
  g_autoptr (SatWorkspace) a = world_join (world, "a", "wang", 11);
  g_autoptr (SatWorkspace) b = world_join (world, "b", "li", 12);
  SatId id = world_new (a, "customer", "Acme", "notes", "one\ntwo\nthree");

  world_sync (a);
  world_sync (b);
  world_set (a, "customer", &id, "notes", "ONE\ntwo\nthree");
  world_set (b, "customer", &id, "notes", "one\ntwo\nTHREE");
  world_sync (a);
  world_sync (b);
  world_sync (a);
  world_sync (b);
  world_sync (a);
  world_assert_same (a, b);

  g_autofree char *notes = world_get (a, "customer", &id, "notes");

  g_assert_cmpstr (notes, ==, "ONE\ntwo\nTHREE");
}

static void
test_hub_is_same (World *world, gconstpointer data)
{
  g_autofree char *again = world_hub (world, "again", 1);
  g_autofree char *other = world_hub (world, "other", 2);
  g_autofree char *one = world_git (world->hub, "for-each-ref", NULL);
  g_autofree char *two = world_git (again, "for-each-ref", NULL);
  g_autofree char *three = world_git (other, "for-each-ref", NULL);
  g_autofree char *head = world_git (world->hub, "log", "--oneline", NULL);

  g_assert_cmpstr (one, ==, two);
  g_assert_cmpstr (one, !=, three);
  g_assert_nonnull (strstr (head, "company 1: "));
}

static void
assert_no_hub (World *world, const char *dir, const char *message)
{
  g_autoptr (SatPlatform) platform = world_platform (3);
  g_autoptr (GError) error = NULL;

  g_assert_false (
      sat_sync_init_hub (dir, platform, world->catalogue, "Acme", "CNY", NULL, NULL, &error));
  g_assert_nonnull (strstr (error->message, message));
}

static guint
count_entries (const char *dir)
{
  g_autoptr (GDir) opened = g_dir_open (dir, 0, NULL);
  guint n = 0;

  while (opened && g_dir_read_name (opened))
    n++;
  return n;
}

static void
test_hub_place (World *world, gconstpointer data)
{
  g_autofree char *empty = world_path (world, "empty");
  g_autofree char *deep = world_path (world, "not/yet/there");
  g_autofree char *file = world_path (world, "file");
  g_autofree char *bad = world_path (world, "bad");
  static const char *const alike[] = { "east", "East", NULL };
  g_autoptr (SatPlatform) platform = world_platform (3);
  g_autoptr (GError) error = NULL;
  guint before;

  g_assert_cmpint (g_mkdir (empty, 0755), ==, 0);
  g_assert_true (g_file_set_contents (file, "x", -1, NULL));
  g_free (world_hub (world, "empty", 5));
  g_free (world_hub (world, "not/yet/there", 5));
  before = count_entries (world->dir);
  assert_no_hub (world, world->hub, "not empty");
  assert_no_hub (world, file, "cannot make a hub");
  assert_no_hub (world, "ssh://host/hub", "give the path");
  /* Founding fails: nothing is left, not even beside it. */
  g_assert_false (
      sat_sync_init_hub (bad, platform, world->catalogue, "Acme", "CNY", alike, NULL, &error));
  g_assert_cmpuint (count_entries (world->dir), ==, before);
}

/* ---- joins that fail ---- */

static void
assert_join_fails (World *world, const char *home, const char *hub, const char *login)
{
  g_autoptr (SatPlatform) platform = world_platform (20);
  g_autoptr (GError) error = NULL;
  g_autoptr (SatWorkspace) workspace = sat_sync_join (home, platform, world->catalogue, hub, login,
                                                      NULL, "x", NULL, NULL, NULL, NULL, &error);

  g_assert_null (workspace);
  g_assert_nonnull (error);
}

static void
test_join_fails (World *world, gconstpointer data)
{
  g_autofree char *nowhere = world_path (world, "nowhere");
  g_autofree char *fresh = world_path (world, "fresh");
  g_autofree char *empty = world_path (world, "empty");
  g_autofree char *full = world_path (world, "full");
  g_autofree char *file = g_build_filename (full, "file", NULL);
  g_autofree char *bare = world_path (world, "bare");
  const char *homes[] = { fresh, empty, full };

  g_assert_cmpint (g_mkdir (empty, 0700), ==, 0);
  g_assert_cmpint (g_mkdir (full, 0700), ==, 0);
  g_assert_true (g_file_set_contents (file, "mine", -1, NULL));
  g_free (world_git (world->dir, "init", "-q", "--bare", bare, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (homes); i++)
    {
      assert_join_fails (world, homes[i], nowhere, "wang");
      assert_join_fails (world, homes[i], empty, "wang");
      assert_join_fails (world, homes[i], bare, "wang");
      assert_join_fails (world, homes[i], world->hub, "");
    }
  g_assert_false (g_file_test (fresh, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (count_entries (empty), ==, 0);
  g_assert_cmpuint (count_entries (full), ==, 1);
}

static void
test_join_twice (World *world, gconstpointer data)
{
  g_autoptr (SatWorkspace) a = world_join (world, "a", "wang", 11);
  g_autofree char *home = world_path (world, "a");
  guint before = count_entries (home);

  assert_join_fails (world, home, world->hub, "wang");
  g_assert_cmpuint (count_entries (home), ==, before);
  world_sync (a);
}

static void
cancel_at_push (SatPhase phase, guint64 done, guint64 total, gpointer data)
{
  if (phase == SAT_PHASE_PUSH)
    g_cancellable_cancel (data);
}

static void
test_join_cancelled (World *world, gconstpointer data)
{
  g_autofree char *home = world_path (world, "a");
  g_autoptr (SatPlatform) platform = world_platform (11);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (SatWorkspace) workspace = sat_sync_join (home, platform, world->catalogue, world->hub,
                                                      "wang", NULL, "x", NULL, cancellable,
                                                      cancel_at_push, cancellable, &error);

  g_assert_null (workspace);
  g_assert_error (error, SAT_ERROR, SAT_ERROR_CANCELLED);
  g_assert_false (g_file_test (home, G_FILE_TEST_EXISTS));
  workspace = world_join (world, "a", "wang", 11);
}

/* Two devices whose ids begin alike take different short codes. */
static void
test_codes_differ (World *world, gconstpointer data)
{
  g_autoptr (GHashTable) codes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) laptops = g_ptr_array_new_with_free_func (
      (GDestroyNotify) sat_workspace_close);

  for (guint i = 0; i < 8; i++)
    {
      g_autofree char *name = g_strdup_printf ("laptop-%u", i);
      SatWorkspace *workspace = world_join (world, name, "wang", 100 + i);
      g_autoptr (GError) error = NULL;
      SatStatus *status = sat_workspace_status (workspace, &error);

      g_assert_no_error (error);
      g_ptr_array_add (laptops, workspace);
      g_assert_true (g_hash_table_add (codes, g_strdup (status->device_code)));
      sat_status_free (status);
    }
}

#define ADD(path, function) g_test_add (path, World, NULL, world_set_up, function, world_tear_down)

static void
note_estimate (const SatSyncEstimate *estimate, gpointer data)
{
  *(SatSyncEstimate *) data = *estimate;
}

/* What much there is to apply is said before: change-sets, records, bytes. */
static void
test_estimate (World *world, gconstpointer data)
{
  g_autoptr (SatWorkspace) a = world_join (world, "a", "wang", 11);
  g_autoptr (SatWorkspace) b = world_join (world, "b", "li", 12);
  SatSyncEstimate estimate = { 0 };
  const SatSyncOptions options = { .estimated = note_estimate, .progress_data = &estimate };
  g_autoptr (GError) error = NULL;

  world_sync (a);
  world_sync (b);
  for (guint i = 0; i < SAT_ESTIMATE_FROM - 1; i++)
    {
      world_new (a, "customer", "One", NULL, NULL);
      world_new (a, "customer", "Two", NULL, NULL);
      g_assert_true (sat_workspace_seal (a, &error));
    }
  world_sync (a);
  g_assert_true (sat_sync_exchange (b, &options, NULL, &error));
  g_assert_cmpuint (estimate.change_sets, ==, 0);
  for (guint i = 0; i < SAT_ESTIMATE_FROM; i++)
    {
      world_new (a, "customer", "One", NULL, NULL);
      world_new (a, "customer", "Two", NULL, NULL);
      g_assert_true (sat_workspace_seal (a, &error));
    }
  world_sync (a);
  g_assert_true (sat_sync_exchange (b, &options, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (estimate.change_sets, ==, SAT_ESTIMATE_FROM);
  g_assert_cmpuint (estimate.records, ==, 2 * SAT_ESTIMATE_FROM);
  g_assert_cmpuint (estimate.bytes, >, 100 * SAT_ESTIMATE_FROM);
  g_assert_cmpuint (estimate.bytes, <, 2000 * SAT_ESTIMATE_FROM);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/exchange/two-laptops", test_two_laptops);
  ADD ("/exchange/texts-merge", test_texts_merge);
  ADD ("/exchange/hub-is-same", test_hub_is_same);
  ADD ("/exchange/hub-place", test_hub_place);
  ADD ("/exchange/join-fails", test_join_fails);
  ADD ("/exchange/join-twice", test_join_twice);
  ADD ("/exchange/join-cancelled", test_join_cancelled);
  ADD ("/exchange/codes-differ", test_codes_differ);
  ADD ("/exchange/estimate", test_estimate);
  return g_test_run ();
}
