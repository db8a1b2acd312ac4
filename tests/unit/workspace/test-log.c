/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The operation log: one line a day for who is at work, nothing before rights are in force, nothing
 * that undo takes back. */
#include "core/workspace/sat-workspace-log.h"

#include "core/workspace/sat-workspace-shown.h"
#include "core/workspace/sat-workspace-undo.h"
#include "tests/support/world.h"

#define DAY_MS (24 * 60 * 60 * G_GINT64_CONSTANT (1000))

typedef struct
{
  World world;
  SatWorkspace *all[1];
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  (void) data;
  world_laptops (&f->world, f->all, 1);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  (void) data;
  sat_workspace_close (f->all[0]);
  world_clear (&f->world);
}

static gint64
lines (Fixture *f)
{
  SatQuery query = { .object = world_object (f->all[0], "operation"), .limit = -1 };

  return sat_workspace_count (f->all[0], &query, NULL);
}

static void
sign_in (Fixture *f)
{
  g_autoptr (GError) error = NULL;

  sat_workspace_sign_in (f->all[0], &error);
  g_assert_no_error (error);
}

static void
become_admin (Fixture *f)
{
  const SatObject *user = world_object (f->all[0], "user");
  g_autoptr (GError) error = NULL;
  SatId id;

  g_assert_true (sat_workspace_find (f->all[0], user, "/Wang", &id, &error) ||
                 sat_workspace_find (f->all[0], user, "/wang", &id, NULL));
  record_set (f->all[0], "user", &id, "role", "admin");
}

static void
test_sign_in (Fixture *f, gconstpointer data)
{
  (void) data;
  sign_in (f);
  g_assert_cmpint (lines (f), ==, 0);
  become_admin (f);
  sign_in (f);
  sign_in (f);
  g_assert_cmpint (lines (f), ==, 1);
  world_tick (&f->world, DAY_MS);
  sign_in (f);
  g_assert_cmpint (lines (f), ==, 2);
  assert_healthy (f->all[0]);
}

static void
test_undo (Fixture *f, gconstpointer data)
{
  const SatObject *customer = world_object (f->all[0], "customer");
  g_autoptr (GError) error = NULL;
  g_autoptr (SatUndone) undone = NULL;

  (void) data;
  record_new (f->all[0], "customer", "name", "C", NULL);
  sat_workspace_log (f->all[0], SAT_OPERATION_EXPORT, customer, 7, "c.csv", &error);
  g_assert_no_error (error);
  undone = sat_workspace_undo (f->all[0], 1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (undone->removed, ==, 1);
  g_assert_cmpint (lines (f), ==, 1);
}

static void
open_record (Fixture *f, const SatId *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SatRecord) record = sat_workspace_load_shown (
      f->all[0], world_object (f->all[0], "customer"), id, &error);

  g_assert_no_error (error);
}

/* Once a person, record and day; only where rights are in force, and something sensitive shows. */
static void
test_view (Fixture *f, gconstpointer data)
{
  SatId plain = record_new (f->all[0], "customer", "name", "P", "city", "Bern", NULL);
  SatId rich = record_new (f->all[0], "customer", "name", "R", "credit_limit", "5.00 CNY", NULL);
  SatId other = record_new (f->all[0], "customer", "name", "S", "credit_limit", "6.00 CNY", NULL);

  (void) data;
  open_record (f, &rich);
  g_assert_cmpint (lines (f), ==, 0);
  become_admin (f);
  open_record (f, &plain);
  g_assert_cmpint (lines (f), ==, 0);
  open_record (f, &rich);
  open_record (f, &rich);
  g_assert_cmpint (lines (f), ==, 1);
  open_record (f, &other);
  g_assert_cmpint (lines (f), ==, 2);
  world_tick (&f->world, DAY_MS);
  open_record (f, &rich);
  g_assert_cmpint (lines (f), ==, 3);
  assert_healthy (f->all[0]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/log/sign-in", Fixture, NULL, set_up, test_sign_in, tear_down);
  g_test_add ("/log/undo", Fixture, NULL, set_up, test_undo, tear_down);
  g_test_add ("/log/view", Fixture, NULL, set_up, test_view, tear_down);
  return g_test_run ();
}
