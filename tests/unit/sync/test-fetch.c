/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What becomes of a change-set that was wrong in itself when whoever keeps the hub takes it away.
 * The other ways of fetching are looked at in whole exchanges (test-sync.c). */
#include "sync/sat-fetch.h"

#include <string.h>

#include "sync-fixture.h"

typedef struct
{
  Sandbox sandbox;
  char *hub;
  SatWorkspace *a;
  Device device; /* whose branch it is */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  sandbox_set_up (&fixture->sandbox, NULL);
  fixture->hub = make_hub (&fixture->sandbox, "hub", 9);
  fixture->a = fake_new (fixture->sandbox.dir, "a", 1, fixture->hub);
  fixture->device = make_device (5);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  sat_workspace_close (fixture->a);
  g_free (fixture->hub);
  sandbox_tear_down (&fixture->sandbox, NULL);
}

static void
add_good (Fixture *fixture, guint64 from, guint64 to)
{
  const Device *device = &fixture->device;

  for (guint64 i = from; i <= to; i++)
    {
      g_autoptr (GBytes) text = make_text ("customers", &device->id, i, 1, 5);

      g_free (hub_add (fixture->hub, "customers", device, 1, i, text, device));
    }
}

static void
add_wrong (Fixture *fixture, guint64 number)
{
  const Device *device = &fixture->device;
  Device other = make_device (6);
  g_autoptr (GBytes) text = make_text ("customers", &device->id, number, 1, 5);

  g_free (hub_add (fixture->hub, "customers", device, 1, number, text, &other));
}

/* After a sync that must not fail: so many are applied, and so many lines stand still. */
static void
assert_synced (Fixture *fixture, guint64 applied, guint64 quarantined)
{
  g_autoptr (GError) error = NULL;
  SatSyncResult result;

  sat_sync_run (fixture->a, 0, NULL, NULL, NULL, &result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result.quarantined, ==, quarantined);
  g_assert_cmpuint (sat_workspace_applied (fixture->a, "customers", &fixture->device.id), ==,
                    applied);
}

/* GOOD change-sets, a wrong one and one after it are fetched; then the hub has only the good ones.
 */
static void
mend_hub (Fixture *fixture, guint64 good)
{
  g_autofree char *tip = NULL;

  add_good (fixture, 1, good);
  tip = hub_tip (fixture->hub, "customers", &fixture->device.id);
  add_wrong (fixture, good + 1);
  add_good (fixture, good + 2, good + 2);
  assert_synced (fixture, good, 1);
  assert_synced (fixture, good, 1);
  hub_set (fixture->hub, "customers", &fixture->device.id, tip);
}

static void
test_another_came (Fixture *fixture, gconstpointer data)
{
  const guint64 good = GPOINTER_TO_SIZE (data);

  mend_hub (fixture, good);
  add_good (fixture, good + 1, good + 3);
  assert_synced (fixture, good + 3, 0);
}

static void
test_taken_away (Fixture *fixture, gconstpointer data)
{
  const guint64 good = GPOINTER_TO_SIZE (data);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  mend_hub (fixture, good);
  before = hub_tip (fixture->hub, "customers", &fixture->device.id);
  assert_synced (fixture, good, 0);
  assert_synced (fixture, good, 0);
  after = hub_tip (fixture->hub, "customers", &fixture->device.id);
  g_assert_cmpstr (after, ==, before);
  add_good (fixture, good + 1, good + 1);
  assert_synced (fixture, good + 1, 0);
}

/* As wrong as before, in the same place. */
static void
test_wrong_again (Fixture *fixture, gconstpointer data)
{
  const guint64 good = GPOINTER_TO_SIZE (data);

  mend_hub (fixture, good);
  add_wrong (fixture, good + 1);
  assert_synced (fixture, good, 1);
}

/* The hub shows a rewritten branch, and then the old one again. */
static void
test_rewritten_back (Fixture *fixture, gconstpointer data)
{
  Device other = make_device (6);
  g_autoptr (GBytes) text = make_text ("customers", &fixture->device.id, 1, 9, 5);
  g_autofree char *tip = NULL;

  add_good (fixture, 1, 2);
  assert_synced (fixture, 2, 0);
  tip = hub_tip (fixture->hub, "customers", &fixture->device.id);
  hub_set (fixture->hub, "customers", &fixture->device.id, NULL);
  g_free (hub_add (fixture->hub, "customers", &fixture->device, 1, 1, text, &other));
  assert_synced (fixture, 2, 1);
  hub_set (fixture->hub, "customers", &fixture->device.id, tip);
  assert_synced (fixture, 2, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function, data) \
  g_test_add (path, Fixture, GSIZE_TO_POINTER (data), set_up, function, tear_down)
  ADD ("/sync/fetch/another-came", test_another_came, 2);
  ADD ("/sync/fetch/another-came-first", test_another_came, 0);
  ADD ("/sync/fetch/taken-away", test_taken_away, 2);
  ADD ("/sync/fetch/taken-away-first", test_taken_away, 0);
  ADD ("/sync/fetch/wrong-again", test_wrong_again, 2);
  ADD ("/sync/fetch/wrong-again-first", test_wrong_again, 0);
  ADD ("/sync/fetch/rewritten-back", test_rewritten_back, 0);
#undef ADD
  return g_test_run ();
}
