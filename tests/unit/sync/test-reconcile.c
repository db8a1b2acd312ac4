/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What becomes of this device's branches when somebody else writes on them. That a copy of the
 * replica has done so is another thing (test-sync.c). */
#include <glib/gstdio.h>
#include <string.h>

#include "sync-fixture.h"
#include "sync/sat-branches.h"
#include "sync/sat-outbox.h"

typedef struct
{
  Sandbox sandbox;
  char *hub;
  SatWorkspace *a, *b;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  sandbox_set_up (&fixture->sandbox, NULL);
  fixture->hub = make_hub (&fixture->sandbox, "hub", 9);
  fixture->a = fake_new (fixture->sandbox.dir, "a", 1, fixture->hub);
  fixture->b = fake_new (fixture->sandbox.dir, "b", 2, fixture->hub);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  sat_workspace_close (fixture->a);
  sat_workspace_close (fixture->b);
  g_free (fixture->hub);
  sandbox_tear_down (&fixture->sandbox, NULL);
}

static SatSyncResult
sync_ok (SatWorkspace *workspace)
{
  g_autoptr (GError) error = NULL;
  SatSyncResult result;

  sat_sync_run (workspace, 0, NULL, NULL, NULL, &result, &error);
  g_assert_no_error (error);
  return result;
}

static void
assert_received (SatWorkspace *to, SatWorkspace *from, const char *book, guint64 number)
{
  const SatId *device = sat_workspace_device (from);

  g_assert_cmpuint (sat_workspace_applied (to, book, device), ==, number);
  for (guint64 i = 1; i <= number; i++)
    g_assert_nonnull (fake_applied (to, book, device, i));
}

static void
remove_git (SatWorkspace *workspace, const char *name)
{
  g_autofree char *path = g_build_filename (sat_workspace_home (workspace), "git", name, NULL);

  sat_remove_tree (path);
}

static char *
hub_tip_of (Fixture *fixture, const SatId *device, guint64 epoch)
{
  const SatBranch branch = { .book = "customers", .device = *device, .epoch = epoch };
  g_autofree char *ref = sat_branch_ref (&branch);
  g_autoptr (git_repository) hub = NULL;
  git_oid id;

  g_assert_cmpint (git_repository_open_bare (&hub, fixture->hub), ==, 0);
  return sat_git_ref (hub, ref, &id) ? g_strdup (git_oid_tostr_s (&id)) : NULL;
}

/* Somebody else has written on our branch: it is left as it is, nobody takes it in, and what this
 * device has to say is heard all the same, whatever is left of its local repositories. */
static void
test_foreign_by_other (Fixture *fixture, gconstpointer data)
{
  Device device = make_device (1);
  Device other = make_device (4);
  g_autoptr (GBytes) text = make_text ("customers", &device.id, 2, 1, 10);
  g_autofree char *foreign = NULL;
  g_autofree char *tip = NULL;
  g_autofree char *second = NULL;

  fake_write (fixture->a, "customers", 1);
  sync_ok (fixture->a);
  /* The very text that we have waiting, under somebody else's signature. */
  foreign = hub_add (fixture->hub, "customers", &device, 1, 2, text, &other);
  sync_ok (fixture->b);
  fake_write (fixture->a, "customers", 1);
  fake_write (fixture->a, "company", 1);
  if (data)
    remove_git (fixture->a, data);
  g_assert_cmpuint (sync_ok (fixture->a).sent_change_sets, ==, 2);
  tip = hub_tip (fixture->hub, "customers", &device.id);
  g_assert_cmpstr (tip, ==, foreign);
  second = hub_tip_of (fixture, &device.id, 2);
  g_assert_nonnull (second);
  g_assert_cmpuint (fake_n_forks (fixture->a), ==, 0);
  sync_ok (fixture->b);
  assert_received (fixture->b, fixture->a, "customers", 2);
  /* So it stays. */
  fake_write (fixture->a, "customers", 1);
  g_assert_cmpuint (sync_ok (fixture->a).sent_change_sets, ==, 1);
  sync_ok (fixture->b);
  assert_received (fixture->b, fixture->a, "customers", 3);
  g_free (tip);
  tip = hub_tip_of (fixture, &device.id, 3);
  g_assert_null (tip);
}

/* What somebody else puts under later names of our branches is in nobody's way. */
static void
test_foreign_later (Fixture *fixture, gconstpointer data)
{
  Device device = make_device (1);
  Device other = make_device (4);
  g_autoptr (GBytes) text = make_text ("customers", &device.id, 2, 1, 10);
  g_autofree char *tip = NULL;

  fake_write (fixture->a, "customers", 1);
  sync_ok (fixture->a);
  g_free (hub_add (fixture->hub, "customers", &device, 7, 2, text, &other));
  fake_write (fixture->a, "customers", 1);
  g_assert_cmpuint (sync_ok (fixture->a).sent_change_sets, ==, 1);
  tip = hub_tip_of (fixture, &device.id, 2);
  g_assert_null (tip);
  sync_ok (fixture->b);
  assert_received (fixture->b, fixture->a, "customers", 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/sync/reconcile/by-other", Fixture, NULL, set_up, test_foreign_by_other, tear_down);
  g_test_add ("/sync/reconcile/by-other-no-outbox", Fixture, "outbox.git", set_up,
              test_foreign_by_other, tear_down);
  g_test_add ("/sync/reconcile/by-other-no-git", Fixture, "", set_up, test_foreign_by_other,
              tear_down);
  g_test_add ("/sync/reconcile/later", Fixture, NULL, set_up, test_foreign_later, tear_down);
  return g_test_run ();
}
