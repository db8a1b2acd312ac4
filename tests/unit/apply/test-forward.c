/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records between books, over several laptops: who carries what, once, and what does not get lost.
 */
#include "core/apply/sat-forward.h"

#include <string.h>

#include "core/store/sat-names.h"
#include "core/workspace/sat-workspace-private.h"
#include "tests/support/world.h"

#define N 3

typedef struct
{
  World world;
  SatWorkspace *all[N]; /* wang, li, chen hold everything */
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  static const char *const books[] = { "East", "West", NULL };
  static const char *const logins[N] = { "wang", "li", "chen" };

  world_init (&f->world);
  world_found (&f->world, books);
  for (guint i = 0; i < N; i++)
    f->all[i] = world_join (&f->world, logins[i]);
  world_sync_all (&f->world, f->all, N);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < N; i++)
    sat_workspace_close (f->all[i]);
  world_clear (&f->world);
}

static SatId
add_customer (SatWorkspace *laptop, const char *name)
{
  const SatObject *object = world_object (laptop, "customer");
  g_autoptr (SatDraft) draft = sat_draft_new (object);
  g_autoptr (GError) error = NULL;
  SatId id;

  sat_draft_set (draft, object->title, name);
  sat_draft_set_book (draft, "east");
  sat_workspace_save (laptop, draft, &id, &error);
  g_assert_no_error (error);
  return id;
}

/* Only the home register is written. */
static void
move (SatWorkspace *laptop, const SatId *id, const char *book)
{
  SatEditKind kind = { .life = SAT_LIFE_LIVE };
  g_autoptr (GError) error = NULL;

  kind.home = sat_names_find_book (world_replica (laptop)->names, book);
  g_assert_cmpuint (kind.home, !=, 0);
  sat_workspace_edit_raw (laptop, world_object (laptop, "customer"), id, NULL, NULL, 0, &kind,
                          &error);
  g_assert_no_error (error);
}

static guint64
forward (SatWorkspace *laptop)
{
  g_autoptr (SatForwarder) forwarder = sat_forwarder_new (laptop);
  g_autoptr (GError) error = NULL;
  gboolean more = TRUE;

  while (more)
    {
      sat_forwarder_step (forwarder, 0, &more, &error);
      g_assert_no_error (error);
    }
  return sat_forwarder_n_grafts (forwarder);
}

static void
assert_book (SatWorkspace *laptop, const SatId *id, const char *book)
{
  g_autoptr (SatRecord) record = record_load (laptop, "customer", id);

  g_assert_cmpstr (sat_record_book (record), ==, book);
  g_assert_null (sat_record_moved_to (record));
  g_assert_false (sat_record_deleted (record));
}

/* Until nobody has anything to carry. Then all have the same, and the doctor agrees. */
static void
assert_settled (Fixture *f)
{
  guint64 carried = 1;

  for (guint rounds = 0; carried > 0; rounds++)
    {
      g_assert_cmpuint (rounds, <, 10);
      carried = 0;
      for (guint i = 0; i < N; i++)
        carried += forward (f->all[i]);
      world_sync_all (&f->world, f->all, N);
    }
  for (guint i = 0; i < N; i++)
    {
      assert_equal_replicas (f->all[0], f->all[i]);
      assert_healthy (f->all[i]);
    }
}

static void
test_move (Fixture *f, gconstpointer data)
{
  SatId id = add_customer (f->all[0], "Acme");

  record_set (f->all[0], "customer", &id, "phone", "1");
  g_assert_cmpuint (forward (f->all[0]), ==, 0); /* nothing has moved */
  move (f->all[0], &id, "west");
  {
    g_autoptr (SatRecord) gone = record_load (f->all[0], "customer", &id);
    g_assert_cmpstr (sat_record_moved_to (gone), ==, "west");
  }
  g_assert_cmpuint (forward (f->all[0]), ==, 1);
  g_assert_cmpuint (forward (f->all[0]), ==, 0);
  assert_book (f->all[0], &id, "west");
  world_sync_all (&f->world, f->all, N);
  assert_book (f->all[1], &id, "west");
  assert_value (f->all[1], "customer", &id, "phone", "1");
  record_set (f->all[1], "customer", &id, "phone", "2");
  world_sync_all (&f->world, f->all, N);
  assert_value (f->all[2], "customer", &id, "phone", "2");
  g_assert_cmpint (sat_workspace_n_conflicts (f->all[2]), ==, 0);
  assert_settled (f);
  assert_book (f->all[2], &id, "west");
}

/* Edited in the old book by one who did not know: there once, however many carry it. */
static void
test_late_edit (Fixture *f, gconstpointer data)
{
  SatId id = add_customer (f->all[0], "Acme");

  world_sync_all (&f->world, f->all, N);
  move (f->all[0], &id, "west");
  g_assert_cmpuint (forward (f->all[0]), ==, 1);
  world_push (&f->world, f->all[0]);
  record_set (f->all[2], "customer", &id, "city", "Shanghai");
  world_push (&f->world, f->all[2]);
  for (guint i = 0; i < 2; i++)
    {
      SatInboxProgress progress = { 0 };

      world_fetch (&f->world, f->all[i], &progress);
      g_assert_cmpuint (forward (f->all[i]), >, 0);
      assert_value (f->all[i], "customer", &id, "city", "Shanghai");
    }
  assert_settled (f);
  assert_book (f->all[2], &id, "west");
  assert_value (f->all[2], "customer", &id, "city", "Shanghai");
  record_set (f->all[1], "customer", &id, "city", "Beijing");
  assert_settled (f);
  assert_value (f->all[2], "customer", &id, "city", "Beijing");
}

/* Two people move it at once, a third deletes it meanwhile: one home, and it lives. */
static void
test_at_once (Fixture *f, gconstpointer data)
{
  SatId id = add_customer (f->all[0], "Acme");

  world_sync_all (&f->world, f->all, N);
  move (f->all[0], &id, "west");
  forward (f->all[0]);
  move (f->all[0], &id, "east");
  forward (f->all[0]);
  world_tick (&f->world, 1000);
  move (f->all[1], &id, "west");
  forward (f->all[1]);
  record_delete (f->all[2], "customer", &id);
  assert_settled (f);
  for (guint i = 0; i < N; i++)
    assert_book (f->all[i], &id, "west");
  g_assert_cmpint (world_int (f->all[0], "SELECT count(*) FROM o_customer WHERE dead < 2"), ==, 1);
}

/* A form that was open while the record moved is saved where the record is now. */
static void
test_open_form (Fixture *f, gconstpointer data)
{
  SatId id = add_customer (f->all[0], "Acme");
  g_autoptr (SatRecord) form = record_load (f->all[0], "customer", &id);
  g_autoptr (SatDraft) draft = sat_draft_edit (form);
  g_autoptr (GError) error = NULL;

  move (f->all[0], &id, "west");
  forward (f->all[0]);
  sat_draft_set (draft, world_field (f->all[0], "customer", "name"), "Acme & Co");
  sat_workspace_save (f->all[0], draft, NULL, &error);
  g_assert_no_error (error);
  assert_settled (f);
  assert_value (f->all[1], "customer", &id, "name", "Acme & Co");
  g_assert_cmpint (world_int (f->all[0], "SELECT count(*) FROM o_customer WHERE dead < 2"), ==, 1);
}

/* In two change-sets of one transaction each: whatever is killed between them goes on later. */
static void
test_slices (Fixture *f, gconstpointer data)
{
  SatReplica *replica = world_replica (f->all[0]);
  SatId ids[5];
  guint transactions = 0;
  gboolean more = TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      ids[i] = add_customer (f->all[0], "Acme");
      move (f->all[0], &ids[i], "west");
    }
  while (more)
    {
      g_autoptr (SatForward) forward = sat_forward_new (replica); /* as after a crash */
      SatLocal *local = sat_local_begin (replica, NULL);

      g_assert_true (sat_forward_run (forward, local, 1, TRUE, &more, NULL)); /* one record */
      if (transactions % 2 == 0)
        g_assert_true (sat_local_commit (local, NULL));
      else
        {
          sat_local_abort (local);
          more = TRUE;
        }
      g_assert_cmpuint (++transactions, <, 30);
    }
  g_assert_cmpuint (transactions, >=, 5);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    assert_book (f->all[0], &ids[i], "west");
  assert_settled (f);
}

/* As a copy that takes a new identity while its grafts are not sent. */
static void
test_copy (Fixture *f, gconstpointer data)
{
  SatId id = add_customer (f->all[0], "Acme");
  const SatFork forks[] = { { "company", 0 }, { "east", 0 }, { "west", 0 } };
  g_autoptr (GError) error = NULL;

  move (f->all[0], &id, "west");
  forward (f->all[0]);
  record_set (f->all[0], "customer", &id, "city", "Shanghai");
  sat_workspace_seal (f->all[0], &error);
  g_assert_no_error (error);
  sat_workspace_renew (f->all[0], &forks[1], 2, &error);
  g_assert_no_error (error);
  g_ptr_array_add (f->world.devices, g_memdup2 (sat_workspace_device (f->all[0]), sizeof (SatId)));
  assert_settled (f);
  assert_book (f->all[1], &id, "west");
  assert_value (f->all[1], "customer", &id, "city", "Shanghai");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  TEST ("/forward/move", test_move);
  TEST ("/forward/late-edit", test_late_edit);
  TEST ("/forward/at-once", test_at_once);
  TEST ("/forward/open-form", test_open_form);
  TEST ("/forward/slices", test_slices);
  TEST ("/forward/copy", test_copy);
  return g_test_run ();
}
