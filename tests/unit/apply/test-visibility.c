/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Deleted records that a shown child names stay on the screen: the least fixed point, whatever the
 * way there. */
#include "core/apply/sat-visibility.h"

#include <string.h>

#include "core/apply/sat-rederive.h"
#include "tests/support/world.h"

typedef struct
{
  World world;
  SatWorkspace *all[2];
  SatId ids[5]; /* 0 .. 4, each the parent of the next */
} Fixture;

static SatId
add_thing (Fixture *f, const char *name, const SatId *parent)
{
  char text[SAT_ID_TEXT_SIZE];

  return record_new (f->all[0], "thing", "name", name, "parent",
                     parent ? sat_id_format (parent, text) : NULL, NULL);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  world_laptops (&f->world, f->all, 2);
  for (guint i = 0; i < G_N_ELEMENTS (f->ids); i++)
    {
      char name[] = { (char) ('0' + i), '\0' };
      f->ids[i] = add_thing (f, name, i ? &f->ids[i - 1] : NULL);
    }
  world_sync_all (&f->world, f->all, 2);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  sat_workspace_close (f->all[0]);
  sat_workspace_close (f->all[1]);
  world_clear (&f->world);
}

/* One character a record: 1 shown, 0 hidden. Also after everything is derived anew. */
static void
assert_shown (SatWorkspace *workspace, Fixture *f, const char *expected)
{
  char shown[G_N_ELEMENTS (f->ids) + 1] = { 0 };
  guint64 records, wrong;

  for (guint i = 0; i < G_N_ELEMENTS (f->ids); i++)
    shown[i] = record_deleted (workspace, "thing", &f->ids[i]) ? '0' : '1';
  g_assert_cmpstr (shown, ==, expected);
  g_assert_true (sat_rederive_check (world_replica (workspace), &records, &wrong, NULL));
  g_assert_cmpuint (wrong, ==, 0);
}

static void
undelete (Fixture *f, guint i)
{
  g_autoptr (GError) error = NULL;

  sat_workspace_undelete (f->all[0], world_object (f->all[0], "thing"), &f->ids[i], &error);
  g_assert_no_error (error);
}

/* Deleting goes down the whole chain, restoring goes to the one; what it hangs on shows with it. */
static void
test_chain (Fixture *f, gconstpointer data)
{
  record_delete (f->all[0], "thing", &f->ids[3]);
  assert_shown (f->all[0], f, "11100");
  record_delete (f->all[0], "thing", &f->ids[0]);
  assert_shown (f->all[0], f, "00000");
  undelete (f, 4);
  assert_shown (f->all[0], f, "11111");
  undelete (f, 2);
  record_delete (f->all[0], "thing", &f->ids[4]);
  assert_shown (f->all[0], f, "11100");
  world_sync_all (&f->world, f->all, 2);
  assert_shown (f->all[1], f, "11100");
}

/* The child goes to another parent, or to none: what showed by it alone is hidden again. */
static void
test_new_parent (Fixture *f, gconstpointer data)
{
  char text[SAT_ID_TEXT_SIZE];
  SatId child;

  record_delete (f->all[0], "thing", &f->ids[0]);
  child = add_thing (f, "child", &f->ids[1]);
  assert_shown (f->all[0], f, "11000");
  record_set (f->all[0], "thing", &child, "parent", sat_id_format (&f->ids[4], text));
  assert_shown (f->all[0], f, "11111");
  record_set (f->all[0], "thing", &child, "parent", sat_id_format (&f->ids[0], text));
  assert_shown (f->all[0], f, "10000");
  record_set (f->all[0], "thing", &child, "parent", NULL);
  assert_shown (f->all[0], f, "00000");
  g_assert_false (record_deleted (f->all[0], "thing", &child));
  world_sync_all (&f->world, f->all, 2);
  assert_shown (f->all[1], f, "00000");
}

/* Deleted records that name one another in a ring do not hold each other up. */
static void
test_ring (Fixture *f, gconstpointer data)
{
  char text[SAT_ID_TEXT_SIZE];
  SatId outside;

  record_set (f->all[0], "thing", &f->ids[0], "parent", sat_id_format (&f->ids[4], text));
  assert_shown (f->all[0], f, "11111");
  record_delete (f->all[0], "thing", &f->ids[2]);
  assert_shown (f->all[0], f, "00000");
  outside = add_thing (f, "outside", &f->ids[3]);
  assert_shown (f->all[0], f, "11111");
  record_delete (f->all[0], "thing", &outside);
  assert_shown (f->all[0], f, "00000");
  record_set (f->all[0], "thing", &outside, "parent", sat_id_format (&outside, text));
  record_delete (f->all[0], "thing", &outside); /* its own parent */
  g_assert_true (record_deleted (f->all[0], "thing", &outside));
  world_sync_all (&f->world, f->all, 2);
  assert_shown (f->all[1], f, "00000");
}

/* The parent comes after the child that names it: its own visibility looks below at once. */
static void
test_parent_comes_later (Fixture *f, gconstpointer data)
{
  SatWorkspace *late;

  record_delete (f->all[0], "thing", &f->ids[0]);
  undelete (f, 3);
  world_sync_all (&f->world, f->all, 2);
  late = world_join (&f->world, "chen");
  assert_shown (late, f, "11110");
  world_sync (&f->world, f->all[0]);
  assert_equal_replicas (late, f->all[0]);
  assert_healthy (late);
  sat_workspace_close (late);
}

static void
test_children (Fixture *f, gconstpointer data)
{
  SatReplica *replica = world_replica (f->all[0]);
  guint32 book = (guint32) world_int (f->all[0], "SELECT number FROM book WHERE key = 'customers'");
  g_autoptr (GArray) out = g_array_new (FALSE, FALSE, sizeof (SatChild));
  g_autoptr (GError) error = NULL;
  SatId dead = add_thing (f, "dead", &f->ids[0]);

  record_delete (f->all[0], "thing", &dead);
  sat_visibility_children (replica, world_object (f->all[0], "thing"), &f->ids[0], book, out,
                           &error);
  g_assert_no_error (error);
  g_assert_cmpuint (out->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      const SatChild *child = &g_array_index (out, SatChild, i);
      g_assert_cmpint (child->presence, ==,
                       sat_id_equal (&child->id, &dead) ? SAT_DEAD : SAT_PRESENT);
    }
  g_array_set_size (out, 0);
  sat_visibility_children (replica, world_object (f->all[0], "thing"), &f->ids[0], book + 1, out,
                           &error);
  sat_visibility_children (replica, world_object (f->all[0], "customer"), &f->ids[0], book, out,
                           &error);
  g_assert_cmpuint (out->len, ==, 0);
}

/* Random lives and parents on both laptops: always what the registers say, equal when all is known.
 */
static void
test_random (Fixture *f, gconstpointer data)
{
  g_autoptr (SatPlatform) dice = sat_platform_new_seeded (3, 0);
  char text[SAT_ID_TEXT_SIZE];

  for (guint round = 0; round < 60; round++)
    {
      SatWorkspace *at = f->all[sat_platform_random_below (dice, 2)];
      const SatId *id = &f->ids[sat_platform_random_below (dice, 5)];
      const SatId *other = &f->ids[sat_platform_random_below (dice, 5)];
      guint64 records, wrong;

      switch (sat_platform_random_below (dice, 5))
        {
        case 0:
          record_delete (at, "thing", id);
          break;
        case 1:
          sat_workspace_undelete (at, world_object (at, "thing"), id, NULL);
          break;
        case 2:
          record_set (at, "thing", id, "parent", NULL);
          break;
        case 3:
          record_set (at, "thing", id, "parent", sat_id_format (other, text));
          break;
        default:
          world_sync (&f->world, at);
          break;
        }
      g_assert_true (sat_rederive_check (world_replica (at), &records, &wrong, NULL));
      g_assert_cmpuint (wrong, ==, 0);
    }
  world_sync_all (&f->world, f->all, 2);
  for (guint i = 0; i < 5; i++)
    g_assert_cmpint (record_deleted (f->all[0], "thing", &f->ids[i]), ==,
                     record_deleted (f->all[1], "thing", &f->ids[i]));
  assert_equal_replicas (f->all[0], f->all[1]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) \
  g_test_add ("/apply/visibility/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("chain", test_chain);
  ADD ("new-parent", test_new_parent);
  ADD ("ring", test_ring);
  ADD ("parent-comes-later", test_parent_comes_later);
  ADD ("children", test_children);
  ADD ("random", test_random);
#undef ADD
  return g_test_run ();
}
