/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Replicas that were copied, rolled back or imaged: each copy goes on as a device of its own, what
 * anybody typed arrives everywhere, once, and all replicas end equal. */
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "core/workspace/sat-workspace-devices.h"
#include "replica.h"
#include "sync/sat-git.h"

/* ---- machines and copies ---- */

static SatWorkspace *
try_open (const World *world, const char *name, guint64 seed, const char *machine)
{
  g_autofree char *home = world_path (world, name);
  g_autofree char *state = world_path (world, machine ? machine : "none");
  g_autoptr (SatPlatform) platform = world_platform (seed);
  g_autoptr (GError) error = NULL;
  SatWorkspace *workspace;

  if (machine != NULL)
    sat_platform_set_machine (platform, machine, state);
  workspace = sat_workspace_open (home, platform, world->catalogue, &error);
  g_assert_no_error (error);
  return workspace;
}

/* MACHINE NULL: one that cannot tell. SEED must be another each time: ids are made from it. */
static void
reopen (const World *world,
        SatWorkspace **workspace,
        const char *name,
        guint64 seed,
        const char *machine)
{
  g_clear_pointer (workspace, sat_workspace_close);
  *workspace = try_open (world, name, seed, machine);
}

/* The files of BACKUP in the place of those of NAME, which keeps its inodes: as a virtual machine
 * that is rolled back. */
static void
roll_back (const World *world, const char *backup, const char *name)
{
  static const char *const gone[] = { "replica.db-wal", "replica.db-shm", "git" };
  g_autofree char *source = world_path (world, backup);
  g_autofree char *target = world_path (world, name);
  g_autofree char *from = g_build_filename (source, "replica.db", NULL);
  g_autofree char *to = g_build_filename (target, "replica.db", NULL);
  g_autofree char *text = NULL;
  gsize length;
  FILE *file;

  for (gsize i = 0; i < G_N_ELEMENTS (gone); i++)
    {
      g_autofree char *path = g_build_filename (target, gone[i], NULL);
      sat_remove_tree (path);
    }
  g_assert_true (g_file_get_contents (from, &text, &length, NULL));
  file = g_fopen (to, "r+");
  g_assert_nonnull (file);
  g_assert_cmpuint (fwrite (text, 1, length, file), ==, length);
  g_assert_cmpint (ftruncate (fileno (file), (off_t) length), ==, 0);
  fclose (file);
}

/* ---- looking ---- */

static const SatCheck *
find_check (GPtrArray *checks, const char *name)
{
  for (guint i = 0; i < checks->len; i++)
    if (strcmp (((const SatCheck *) g_ptr_array_index (checks, i))->name, name) == 0)
      return g_ptr_array_index (checks, i);
  return NULL;
}

/* The doctor finds nothing wrong; does it say that this is a copy? */
static void
assert_sound (SatWorkspace *workspace, gboolean copy)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) checks = sat_workspace_doctor (workspace, FALSE, &error);

  g_assert_no_error (error);
  g_ptr_array_set_free_func (checks, (GDestroyNotify) sat_check_free);
  for (guint i = 0; i < checks->len; i++)
    {
      const SatCheck *check = g_ptr_array_index (checks, i);

      if (!check->ok)
        g_test_message ("%s: %s", check->name, check->detail_msgid);
      g_assert_true (check->ok);
    }
  g_assert_cmpint (find_check (checks, "copy")->detail_msgid != NULL, ==, copy);
}

static void
assert_different (const SatId *a, const SatId *b)
{
  g_assert_false (sat_id_equal (a, b));
}

/* All replicas exchange until there is nothing new, and are the same, with CUSTOMERS customers. */
static void
settle (SatWorkspace **workspaces, guint n, gint64 customers)
{
  for (guint round = 0; round < 3; round++)
    for (guint i = 0; i < n; i++)
      world_sync (workspaces[i]);
  for (guint i = 0; i < n; i++)
    {
      world_assert_same (workspaces[0], workspaces[i]);
      g_assert_cmpint (world_count (workspaces[i], "customer"), ==, customers);
    }
}

/* Every device record has a short code of its own. */
static void
assert_codes_differ (SatWorkspace *workspace, guint n_devices)
{
  g_autoptr (GPtrArray) devices = sat_workspace_devices (workspace, NULL);
  g_autoptr (GHashTable) codes = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < devices->len; i++)
    g_assert_true (
        g_hash_table_add (codes, ((const SatDevice *) g_ptr_array_index (devices, i))->code));
  g_assert_cmpuint (devices->len, ==, n_devices);
}

static void
type (SatWorkspace *workspace, const char *name)
{
  world_new (workspace, "customer", name, "phone", "021-5555-0100");
}

/* ---- the cases ---- */

/* cp -a on the same machine, with something sealed and unsent and something open; both go on. */
static void
test_folder (World *world, gconstpointer data)
{
  g_autoptr (SatWorkspace) a = world_join (world, "a", "wang", 11);
  g_autoptr (SatWorkspace) c = world_join (world, "c", "li", 12);
  g_autoptr (SatWorkspace) b = NULL;
  SatWorkspace *all[] = { NULL, NULL, NULL };
  SatId id, old_device;

  reopen (world, &a, "a", 21, "m1");
  type (a, "sent");
  world_sync (a);
  type (a, "sealed");
  sat_workspace_seal (a, NULL);
  id = world_new (a, "customer", "open", "phone", "021-5555-0111");
  world_set (a, "customer", &id, "phone", "021-5555-0122");
  old_device = *sat_workspace_device (a);
  g_clear_pointer (&a, sat_workspace_close);
  world_copy (world, "a", "b");
  reopen (world, &a, "a", 22, "m1");
  reopen (world, &b, "b", 23, "m1");
  g_assert_true (sat_id_equal (sat_workspace_device (a), &old_device));
  assert_different (sat_workspace_device (b), &old_device);
  assert_sound (a, FALSE);
  assert_sound (b, TRUE);
  type (a, "only a");
  type (b, "only b");
  world_set (b, "customer", &id, "city", "上海");
  all[0] = a, all[1] = b, all[2] = c;
  settle (all, 3, 5);
  assert_codes_differ (c, 4); /* with the founder */
  assert_sound (a, FALSE);
  assert_sound (b, TRUE);
  assert_sound (c, FALSE);
}

/* The same image on two machines, neither of which is the first one: what was sealed there is sent
 * by whoever comes first, and once. */
static void
test_image_twice (World *world, gconstpointer data)
{
  g_autoptr (SatWorkspace) a = world_join (world, "a", "wang", 11);
  g_autoptr (SatWorkspace) b = NULL;
  SatWorkspace *all[] = { NULL, NULL };
  SatId image;

  reopen (world, &a, "a", 21, "m1");
  type (a, "sealed 1");
  sat_workspace_seal (a, NULL);
  type (a, "sealed 2");
  sat_workspace_seal (a, NULL);
  type (a, "open");
  image = *sat_workspace_device (a);
  g_clear_pointer (&a, sat_workspace_close);
  world_copy (world, "a", "b");
  reopen (world, &a, "a", 22, "m2");
  reopen (world, &b, "b", 23, "m3");
  assert_different (sat_workspace_device (a), &image);
  assert_different (sat_workspace_device (b), &image);
  assert_different (sat_workspace_device (a), sat_workspace_device (b));
  type (a, "only a");
  type (b, "only b");
  all[0] = a, all[1] = b;
  /* The open one was typed once but is in both: two writes of equal values. */
  settle (all, 2, 5);
  assert_sound (a, TRUE);
  assert_sound (b, TRUE);
  g_assert_cmpint (sat_workspace_n_conflicts (a), ==, 0);
  assert_codes_differ (a, 4);
}

/* Rolled back after it had sent more: nobody notices but the counter outside. */
static void
test_counter (World *world, gconstpointer data)
{
  g_autoptr (SatWorkspace) a = world_join (world, "a", "wang", 11);
  g_autoptr (SatWorkspace) c = world_join (world, "c", "li", 12);
  SatWorkspace *all[] = { NULL, NULL };
  SatId device;

  reopen (world, &a, "a", 21, "m1");
  type (a, "before");
  world_sync (a);
  device = *sat_workspace_device (a);
  g_clear_pointer (&a, sat_workspace_close);
  world_copy (world, "a", "old");
  reopen (world, &a, "a", 22, "m1");
  g_assert_true (sat_id_equal (sat_workspace_device (a), &device));
  type (a, "after");
  world_sync (a);
  g_clear_pointer (&a, sat_workspace_close);
  roll_back (world, "old", "a");
  reopen (world, &a, "a", 23, "m1");
  assert_different (sat_workspace_device (a), &device);
  type (a, "again");
  all[0] = a, all[1] = c;
  settle (all, 2, 3);
  assert_sound (a, TRUE);
}

/* Nothing notices the roll-back but the hub, which has more of this device than the device. */
static void
test_rolled_back (World *world, gconstpointer data)
{
  g_autoptr (SatWorkspace) a = world_join (world, "a", "wang", 11);
  g_autoptr (SatWorkspace) c = world_join (world, "c", "li", 12);
  SatWorkspace *all[] = { NULL, NULL };
  SatId id, device;
  g_autofree char *phone = NULL;

  id = world_new (a, "customer", "before", "phone", "021-5555-0100");
  world_sync (a);
  device = *sat_workspace_device (a);
  g_clear_pointer (&a, sat_workspace_close);
  world_copy (world, "a", "old");
  reopen (world, &a, "a", 22, NULL);
  world_set (a, "customer", &id, "phone", "021-5555-0111");
  type (a, "after");
  world_sync (a);
  world_sync (c);
  world_set (c, "customer", &id, "city", "上海");
  world_sync (c);
  g_clear_pointer (&a, sat_workspace_close);
  roll_back (world, "old", "a");
  reopen (world, &a, "a", 23, NULL);
  g_assert_true (sat_id_equal (sat_workspace_device (a), &device));
  type (a, "again");
  all[0] = a, all[1] = c;
  settle (all, 2, 3);
  assert_different (sat_workspace_device (a), &device);
  phone = world_get (a, "customer", &id, "phone");
  g_assert_cmpstr (phone, ==, "021-5555-0111");
  assert_sound (a, TRUE);
  assert_sound (c, FALSE);
}

/* Two copies that do not know of each other seal under the same numbers; the second one to send
 * goes on as another device, with all that it sealed. */
static void
test_fork (World *world, gconstpointer data)
{
  g_autoptr (SatWorkspace) a = world_join (world, "a", "wang", 11);
  g_autoptr (SatWorkspace) c = world_join (world, "c", "li", 12);
  g_autoptr (SatWorkspace) b = NULL;
  SatWorkspace *all[] = { NULL, NULL, NULL };
  SatId shared, mine, device;

  shared = world_new (a, "customer", "shared", "phone", "021-5555-0100");
  world_sync (a);
  type (a, "sealed in both");
  sat_workspace_seal (a, NULL);
  device = *sat_workspace_device (a);
  g_clear_pointer (&a, sat_workspace_close);
  world_copy (world, "a", "b");
  reopen (world, &a, "a", 21, NULL);
  reopen (world, &b, "b", 22, NULL);
  type (a, "a 1");
  sat_workspace_seal (a, NULL);
  type (a, "a 2");
  world_set (a, "customer", &shared, "city", "上海");
  world_sync (a);
  world_sync (c);
  mine = world_new (b, "customer", "b 1", "phone", "021-5555-0133");
  sat_workspace_seal (b, NULL);
  world_set (b, "customer", &mine, "phone", "021-5555-0144");
  world_set (b, "customer", &shared, "industry", "manufacturing");
  sat_workspace_seal (b, NULL);
  world_set (b, "customer", &mine, "phone", "021-5555-0155");
  type (b, "b 2");
  all[0] = a, all[1] = b, all[2] = c;
  world_sync (b);
  g_assert_true (sat_id_equal (sat_workspace_device (a), &device));
  assert_different (sat_workspace_device (b), &device);
  settle (all, 3, 6);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *phone = world_get (all[i], "customer", &mine, "phone");
      g_autofree char *industry = world_get (all[i], "customer", &shared, "industry");
      g_autofree char *city = world_get (all[i], "customer", &shared, "city");

      g_assert_cmpstr (phone, ==, "021-5555-0155");
      g_assert_cmpstr (industry, ==, "manufacturing");
      g_assert_cmpstr (city, ==, "上海");
      g_assert_cmpint (sat_workspace_n_conflicts (all[i]), ==, 0);
      assert_sound (all[i], i == 1);
    }
  assert_codes_differ (c, 4);
}

/* Three copies with one name and code: each takes others of its own. */
static void
test_many (World *world, gconstpointer data)
{
  static const char *const names[] = { "b", "d", "e", "f" };
  g_autoptr (SatWorkspace) a = world_join (world, "a", "wang", 11);
  SatWorkspace *all[G_N_ELEMENTS (names) + 1];

  type (a, "sealed");
  sat_workspace_seal (a, NULL);
  g_clear_pointer (&a, sat_workspace_close);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    world_copy (world, "a", names[i]);
  a = all[0] = try_open (world, "a", 20, NULL);
  type (a, "a");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      all[i + 1] = try_open (world, names[i], 30 + i, NULL);
      type (all[i + 1], names[i]);
      sat_workspace_seal (all[i + 1], NULL);
    }
  settle (all, G_N_ELEMENTS (all), 6);
  assert_codes_differ (a, 6);
  for (guint i = 1; i < G_N_ELEMENTS (all); i++)
    sat_workspace_close (all[i]);
}

int
main (int argc, char **argv)
{
#define ADD(path, func) g_test_add (path, World, NULL, world_set_up, func, world_tear_down)
  g_test_init (&argc, &argv, NULL);
  ADD ("/fault/copies/folder", test_folder);
  ADD ("/fault/copies/image-twice", test_image_twice);
  ADD ("/fault/copies/counter", test_counter);
  ADD ("/fault/copies/rolled-back", test_rolled_back);
  ADD ("/fault/copies/fork", test_fork);
  ADD ("/fault/copies/many", test_many);
  return g_test_run ();
}
