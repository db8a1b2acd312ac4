/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two replicas that exchange texts through a table in memory: the whole path without git. */
#include "tests/support/world.h"

#include <string.h>

static const SatConflict *
only_conflict (GPtrArray *conflicts)
{
  g_assert_cmpuint (conflicts->len, ==, 1);
  return g_ptr_array_index (conflicts, 0);
}

static void
test_two_laptops (void)
{
  World world;
  g_autoptr (GError) error = NULL;
  SatWorkspace *both[2];
  SatId id;

  world_laptops (&world, both, 2);
  id = record_new (both[0], "customer", "name", "上海宏达机械有限公司", "phone", "021-5555-0100",
                   "notes", "line one", NULL);
  world_sync (&world, both[0]);
  world_sync (&world, both[1]);
  assert_value (both[1], "customer", &id, "name", "上海宏达机械有限公司");

  record_set (both[0], "customer", &id, "phone", "021-5555-0111");
  record_set (both[0], "customer", &id, "city", "上海");
  record_set (both[0], "customer", &id, "tags", "+vip");
  record_set (both[1], "customer", &id, "phone", "021-5555-0122");
  record_set (both[1], "customer", &id, "industry", "manufacturing");
  record_set (both[1], "customer", &id, "tags", "+east");
  world_sync_all (&world, both, 2);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GPtrArray) conflicts = sat_workspace_conflicts (both[i], -1, &error);
      const SatConflict *conflict = only_conflict (conflicts);
      const SatChange *shown = g_ptr_array_index (conflict->values, 0);
      const SatChange *other = g_ptr_array_index (conflict->values, 1);

      assert_value (both[i], "customer", &id, "city", "上海");
      assert_value (both[i], "customer", &id, "industry", "manufacturing");
      assert_value (both[i], "customer", &id, "tags", "east\nvip");
      g_assert_cmpstr (conflict->field->name, ==, "phone");
      g_assert_cmpuint (conflict->values->len, ==, 2);
      g_assert_cmpstr (conflict->before, ==, "021-5555-0100");
      g_assert_cmpint (shown->state, ==, SAT_CURRENT);
      g_assert_cmpint (other->state, ==, SAT_SIBLING);
      g_assert_cmpstr (shown->user, !=, other->user);
    }
  assert_equal_replicas (both[0], both[1]);

  const SatField *phone = world_field (both[1], "customer", "phone");
  sat_workspace_resolve (both[1], phone->object, &id, phone, 1, NULL, &error);
  g_assert_no_error (error);
  world_sync (&world, both[1]);
  world_sync (&world, both[0]);
  assert_equal_replicas (both[0], both[1]);
  for (guint i = 0; i < 2; i++)
    {
      const SatField *field = world_field (both[i], "customer", "phone");
      g_autoptr (GPtrArray) history = sat_workspace_history (both[i], field->object, &id, field,
                                                             &error);
      g_assert_cmpint (sat_workspace_n_conflicts (both[i]), ==, 0);
      g_assert_cmpuint (history->len, ==, 4);
      assert_healthy (both[i]);
      sat_workspace_close (both[i]);
    }
  world_clear (&world);
}

/* A deletes; B, not knowing, gives it a contact: the contact keeps its customer on the screen. */
static void
test_delete_against_edit (void)
{
  World world;
  SatWorkspace *both[2];
  char text[SAT_ID_TEXT_SIZE];
  SatId id, contact;

  world_laptops (&world, both, 2);
  id = record_new (both[0], "customer", "name", "Kept Ltd", NULL);
  world_sync_all (&world, both, 2);
  record_delete (both[0], "customer", &id);
  contact = record_new (both[1], "contact", "name", "Ms New", "customer", sat_id_format (&id, text),
                        NULL);
  world_sync_all (&world, both, 2);
  assert_equal_replicas (both[0], both[1]);
  for (guint i = 0; i < 2; i++)
    g_assert_false (record_deleted (both[i], "customer", &id));

  /* Without the contact it is gone again. */
  record_delete (both[1], "contact", &contact);
  world_sync_all (&world, both, 2);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (record_deleted (both[i], "customer", &id));
      assert_healthy (both[i]);
      sat_workspace_close (both[i]);
    }
  world_clear (&world);
}

/* What is sealed is offered in order of book and number until it is marked as pushed. */
static void
test_outbox (void)
{
  World world;
  g_autoptr (GError) error = NULL;
  SatWorkspace *a;
  SatId id;

  world_laptops (&world, &a, 1);
  id = record_new (a, "customer", "name", "One", NULL);
  sat_workspace_seal (a, &error);
  record_set (a, "customer", &id, "city", "Two");
  record_new (a, "product", "name", "Pump", NULL);
  sat_workspace_seal (a, &error);
  g_assert_no_error (error);
  {
    g_autoptr (GPtrArray) all = sat_workspace_unpushed (a, G_MAXSIZE, &error);
    g_autoptr (GPtrArray) one = sat_workspace_unpushed (a, 1, &error);
    const SatSealed *first = g_ptr_array_index (all, 0);
    const SatSealed *last = g_ptr_array_index (all, 2);

    g_assert_cmpuint (all->len, ==, 3);
    g_assert_cmpuint (one->len, ==, 1);
    g_assert_cmpstr (first->book, ==, "company");
    g_assert_cmpuint (first->number, ==, 2);
    g_assert_cmpstr (last->book, ==, "customers");
    g_assert_cmpuint (last->number, ==, 2);
    g_assert_null (last->commit);
    g_assert_cmpint (last->time_ms, ==, sat_platform_now_ms (world.platform));
  }
  sat_workspace_mark_committed (a, "customers", 2, "abc", &error);
  sat_workspace_mark_pushed (a, "customers", 1, &error);
  g_assert_no_error (error);
  {
    g_autoptr (GPtrArray) rest = sat_workspace_unpushed (a, G_MAXSIZE, &error);
    const SatSealed *last = g_ptr_array_index (rest, 1);

    g_assert_cmpuint (rest->len, ==, 2);
    g_assert_cmpstr (last->commit, ==, "abc");
  }
  sat_workspace_mark_pushed (a, "customers", 2, &error);
  sat_workspace_mark_pushed (a, "company", 2, &error);
  g_autoptr (GPtrArray) none = sat_workspace_unpushed (a, G_MAXSIZE, &error);
  g_assert_cmpuint (none->len, ==, 0);
  assert_healthy (a);
  sat_workspace_close (a);
  world_clear (&world);
}

/* Nothing open: sealing makes no number. */
static void
test_nothing_to_seal (void)
{
  World world;
  SatWorkspace *a;

  world_laptops (&world, &a, 1);
  guint64 before = sat_workspace_applied (a, "company", sat_workspace_device (a));
  g_assert_true (sat_workspace_seal (a, NULL));
  g_assert_true (sat_workspace_seal (a, NULL));
  g_assert_cmpuint (sat_workspace_applied (a, "company", sat_workspace_device (a)), ==, before);
  g_assert_cmpuint (sat_workspace_applied (a, "nowhere", sat_workspace_device (a)), ==, 0);
  sat_workspace_close (a);
  world_clear (&world);
}

static void
test_author (void)
{
  World world;
  g_autofree char *name = NULL;
  g_autofree char *mail = NULL;
  SatWorkspace *a;

  world_laptops (&world, &a, 1);
  sat_workspace_author (a, &name, &mail);
  g_assert_cmpstr (name, ==, "wang");
  g_assert_cmpstr (mail, ==, "wang@satchel.invalid");
  sat_workspace_close (a);
  world_clear (&world);
}

/* Two handles on one replica, as app and command line have: each goes on from what the other did.
 */
static void
test_two_handles (void)
{
  World world;
  SatWorkspace *laptops[2];
  SatWorkspace *other;
  SatId ids[20];

  world_laptops (&world, laptops, 2);
  other = world_open (&world, "wang", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      SatWorkspace *writer = i % 2 ? other : laptops[0];
      SatWorkspace *reader = i % 2 ? laptops[0] : other;

      ids[i] = record_new (writer, "thing", "name", "One", "tags", "a\nb", NULL);
      record_set (reader, "thing", &ids[i], "count", "5");
      record_set (reader, "thing", &ids[i], "tags", "-a");
      if (i % 5 == 4)
        world_push (&world, reader);
      if (i == 10)
        {
          record_new (laptops[1], "thing", "name", "Theirs", NULL);
          world_sync (&world, laptops[1]);
          world_sync (&world, reader);
        }
    }
  world_sync (&world, other);
  world_sync (&world, laptops[1]);
  assert_equal_replicas (laptops[0], other);
  assert_equal_replicas (laptops[0], laptops[1]);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      assert_value (laptops[1], "thing", &ids[i], "count", "5");
      assert_value (laptops[1], "thing", &ids[i], "tags", "b");
    }
  assert_healthy (other);
  sat_workspace_close (other);
  sat_workspace_close (laptops[0]);
  sat_workspace_close (laptops[1]);
  world_clear (&world);
}

/* Of a tag that was taken away nothing is left in the registers: history says who did it. */
static void
test_tag_removed (void)
{
  World world;
  g_autoptr (GError) error = NULL;
  SatWorkspace *both[2];
  SatId id;

  world_laptops (&world, both, 2);
  id = record_new (both[0], "customer", "name", "Tagged Ltd", NULL);
  record_set (both[0], "customer", &id, "tags", "+vip");
  world_sync_all (&world, both, 2);
  record_set (both[1], "customer", &id, "tags", "-vip");
  world_sync_all (&world, both, 2);

  const SatField *tags = world_field (both[0], "customer", "tags");
  g_autoptr (GPtrArray) history = sat_workspace_history (both[0], tags->object, &id, tags, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (history->len, ==, 2);
  const SatChange *gone = g_ptr_array_index (history, 0);
  const SatChange *added = g_ptr_array_index (history, 1);
  g_assert_true (gone->removed);
  g_assert_cmpstr (gone->value, ==, "vip");
  g_assert_false (added->removed);
  g_assert_cmpint (added->state, ==, SAT_REPLACED);
  g_assert_cmpstr (added->user, !=, gone->user);
  g_assert_cmpuint (gone->time, >, added->time);
  assert_value (both[0], "customer", &id, "tags", NULL);
  sat_workspace_close (both[0]);
  sat_workspace_close (both[1]);
  world_clear (&world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/workspace/exchange/two-laptops", test_two_laptops);
  g_test_add_func ("/workspace/exchange/delete-against-edit", test_delete_against_edit);
  g_test_add_func ("/workspace/exchange/tag-removed", test_tag_removed);
  g_test_add_func ("/workspace/exchange/outbox", test_outbox);
  g_test_add_func ("/workspace/exchange/nothing-to-seal", test_nothing_to_seal);
  g_test_add_func ("/workspace/exchange/author", test_author);
  g_test_add_func ("/workspace/exchange/two-handles", test_two_handles);
  return g_test_run ();
}
