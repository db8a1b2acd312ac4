/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kill -9 at every durable step of founding, joining and exchanging, and then once more without:
 * the hub and the replica are what they would have been. Two worlds are played side by side with
 * the same seeds; in one a child process is killed at step 1, 2, 3 ... until it gets through, in
 * the other nothing happens. Commit ids depend on nothing but what was typed, so the hubs must be
 * equal. */
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#include "core/workspace/sat-workspace-absorb.h"
#include "core/workspace/sat-workspace-backup.h"
#include "core/workspace/sat-workspace-revoke.h"
#include "core/workspace/sat-workspace-shape.h"
#include "replica.h"
#include "sync/sat-bundle.h"
#include "sync/sat-git.h"

#define MAX_STEPS 2000

/* This program, which the children run as well. */
static const char *self;

/* ---- the child ---- */

static gboolean
act_found (const char *dir, guint64 seed)
{
  World world = { .dir = (char *) dir, .catalogue = sat_catalogue_default (NULL) };

  g_free (world_hub (&world, "hub", seed));
  sat_catalogue_unref (world.catalogue);
  return TRUE;
}

static gboolean
act_join (const char *dir, const char *name, guint64 seed)
{
  World world = { .dir = (char *) dir, .catalogue = sat_catalogue_default (NULL) };
  g_autofree char *hub = world_path (&world, "hub");

  world.hub = hub;
  sat_workspace_close (world_join (&world, name, "wang", seed));
  sat_catalogue_unref (world.catalogue);
  return TRUE;
}

/* The same from the file "bundle". */
static gboolean
act_join_file (const char *dir, const char *name, guint64 seed)
{
  World world = { .dir = (char *) dir, .catalogue = sat_catalogue_default (NULL) };
  g_autofree char *file = world_path (&world, "bundle");

  world.hub = file;
  sat_workspace_close (world_join (&world, name, "li", seed));
  sat_catalogue_unref (world.catalogue);
  return TRUE;
}

static gboolean
act_sync (const char *dir, const char *name, guint64 seed)
{
  World world = { .dir = (char *) dir, .catalogue = sat_catalogue_default (NULL) };
  g_autoptr (SatWorkspace) workspace = world_open (&world, name, seed);

  world_sync (workspace);
  sat_catalogue_unref (world.catalogue);
  return TRUE;
}

static gboolean
act_restore (const char *dir, const char *name, guint64 seed)
{
  World world = { .dir = (char *) dir, .catalogue = sat_catalogue_default (NULL) };
  g_autofree char *file = world_path (&world, "backup");
  g_autofree char *home = world_path (&world, name);
  g_autoptr (SatPlatform) platform = world_platform (seed);
  g_autoptr (GError) error = NULL;
  g_auto (SatRestored) restored = { 0 };

  sat_workspace_restore (file, home, platform, world.catalogue, &restored, &error);
  g_assert_no_error (error);
  sat_catalogue_unref (world.catalogue);
  return TRUE;
}

static gboolean
act_renew (const char *dir, const char *name, guint64 seed)
{
  World world = { .dir = (char *) dir, .catalogue = sat_catalogue_default (NULL) };
  g_autoptr (SatWorkspace) workspace = world_open (&world, name, seed);
  g_autoptr (GError) error = NULL;

  sat_workspace_renew (workspace, NULL, 0, &error);
  g_assert_no_error (error);
  sat_catalogue_unref (world.catalogue);
  return TRUE;
}

static gboolean
act_export (const char *dir, const char *name, guint64 seed)
{
  World world = { .dir = (char *) dir, .catalogue = sat_catalogue_default (NULL) };
  g_autoptr (SatWorkspace) workspace = world_open (&world, name, seed);
  g_autofree char *file = world_path (&world, "bundle");
  g_autoptr (GError) error = NULL;
  SatBundleResult result;

  sat_sync_bundle_export (workspace, file, NULL, 0, NULL, &result, &error);
  g_assert_no_error (error);
  g_assert_true (result.written);
  sat_catalogue_unref (world.catalogue);
  return TRUE;
}

static gboolean
act_import (const char *dir, const char *name, guint64 seed)
{
  World world = { .dir = (char *) dir, .catalogue = sat_catalogue_default (NULL) };
  g_autoptr (SatWorkspace) workspace = world_open (&world, name, seed);
  g_autofree char *file = world_path (&world, "bundle");
  g_autoptr (GError) error = NULL;

  sat_sync_bundle_import (workspace, file, NULL, NULL, &error);
  g_assert_no_error (error);
  sat_catalogue_unref (world.catalogue);
  return TRUE;
}

/* Another place than the hub: the folder "stick". */
static gboolean
act_with (const char *dir, const char *name, guint64 seed)
{
  World world = { .dir = (char *) dir, .catalogue = sat_catalogue_default (NULL) };
  g_autoptr (SatWorkspace) workspace = world_open (&world, name, seed);
  g_autofree char *stick = world_path (&world, "stick");
  g_autoptr (GError) error = NULL;

  sat_sync_with (workspace, stick, NULL, NULL, &error);
  g_assert_no_error (error);
  sat_catalogue_unref (world.catalogue);
  return TRUE;
}

static gboolean
act_rebuild (const char *dir, const char *name, guint64 seed)
{
  World world = { .dir = (char *) dir, .catalogue = sat_catalogue_default (NULL) };
  g_autoptr (SatWorkspace) workspace = world_open (&world, name, seed);
  g_autoptr (GError) error = NULL;
  SatRebuilt rebuilt;

  sat_sync_rebuild (workspace, NULL, NULL, &rebuilt, &error);
  g_assert_no_error (error);
  sat_catalogue_unref (world.catalogue);
  return TRUE;
}

/* A field of the company's own, that values wait for (the replica "b"), or that is made here. */
static gboolean
act_shape (const char *dir, const char *name, guint64 seed)
{
  World world = { .dir = (char *) dir, .catalogue = sat_catalogue_default (NULL) };
  g_autoptr (SatWorkspace) workspace = world_open (&world, name, seed);
  SatShaped of = { "customer", NULL, NULL };
  SatSaying sayings[] = { { "label_en", "Tax" }, { "type", "text" }, { NULL, NULL } };
  g_autoptr (GError) error = NULL;
  g_autofree char *made = NULL;

  sat_workspace_define (workspace, &of, sayings, &made, &error);
  g_assert_no_error (error);
  sat_catalogue_unref (world.catalogue);
  return TRUE;
}

static const struct
{
  const char *word;
  gboolean (*act) (const char *dir, const char *name, guint64 seed);
} acts[] = {
  { "--join", act_join },     { "--restore", act_restore }, { "--renew", act_renew },
  { "--export", act_export }, { "--import", act_import },   { "--with", act_with },
  { "--sync", act_sync },     { "--rebuild", act_rebuild }, { "--join-file", act_join_file },
  { "--shape", act_shape },
};

static int
act (char **argv)
{
  guint64 seed = g_ascii_strtoull (argv[4], NULL, 10);

  if (strcmp (argv[1], "--found") == 0)
    return act_found (argv[2], seed) ? 0 : 1;
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    if (strcmp (argv[1], acts[i].word) == 0)
      return acts[i].act (argv[2], argv[3], seed) ? 0 : 1;
  return 1;
}

/* ---- the parent ---- */

/* Runs one of the above, killed at STEP (0: not). TRUE if it got through. */
static gboolean
run_child (const char *what, const World *world, const char *name, guint64 seed, guint step)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_autoptr (GSubprocess) child = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *seed_text = g_strdup_printf ("%" G_GUINT64_FORMAT, seed);
  g_autofree char *step_text = g_strdup_printf ("%u", step);

  g_subprocess_launcher_setenv (launcher, "TMPDIR", world->dir, TRUE);
  g_subprocess_launcher_setenv (launcher, "SATCHEL_CRASH_AT", step_text, TRUE);
  child = g_subprocess_launcher_spawn (launcher, &error, self, what, world->dir, name, seed_text,
                                       NULL);
  g_assert_no_error (error);
  g_subprocess_wait (child, NULL, &error);
  g_assert_no_error (error);
  if (g_subprocess_get_if_signaled (child))
    {
      g_assert_cmpint (g_subprocess_get_term_sig (child), ==, SIGKILL);
      return FALSE;
    }
  g_assert_cmpint (g_subprocess_get_exit_status (child), ==, 0);
  return TRUE;
}

typedef struct
{
  World killed, quiet;
} Worlds;

static void
set_up (Worlds *worlds, gconstpointer data)
{
  world_set_up (&worlds->killed, data);
  world_set_up (&worlds->quiet, data);
}

static void
tear_down (Worlds *worlds, gconstpointer data)
{
  world_tear_down (&worlds->killed, data);
  world_tear_down (&worlds->quiet, data);
}

/* Equal refs are equal commits, texts, numbers, signatures and histories. */
static void
assert_same_hubs (Worlds *worlds)
{
  g_autofree char *killed = world_git (worlds->killed.hub, "for-each-ref", NULL);
  g_autofree char *quiet = world_git (worlds->quiet.hub, "for-each-ref", NULL);

  g_assert_cmpstr (killed, ==, quiet);
}

static void
test_found (Worlds *worlds, gconstpointer data)
{
  guint step = 1;

  sat_remove_tree (worlds->killed.hub);
  while (!run_child ("--found", &worlds->killed, "-", 1, step))
    {
      /* All of it or nothing. */
      if (g_file_test (worlds->killed.hub, G_FILE_TEST_EXISTS))
        {
          assert_same_hubs (worlds);
          sat_remove_tree (worlds->killed.hub);
        }
      g_assert_cmpuint (++step, <, MAX_STEPS);
    }
  g_assert_cmpuint (step, >, 5);
  assert_same_hubs (worlds);
}

/* As if the laptop had never been. */
static void
unjoin (World *world, const char *name, const SatId *device)
{
  g_autofree char *home = world_path (world, name);
  char id[SAT_ID_TEXT_SIZE];
  g_autofree char *ref = g_strdup_printf ("refs/heads/company/%s/1", sat_id_format (device, id));

  g_free (world_git (world->hub, "update-ref", "-d", ref, NULL));
  sat_remove_tree (home);
}

static void
test_join (Worlds *worlds, gconstpointer data)
{
  World *killed = &worlds->killed;
  g_autoptr (SatWorkspace) quiet = world_join (&worlds->quiet, "a", "wang", 11);
  g_autofree char *marker = g_build_filename (killed->dir, "a", "joining", NULL);
  gboolean through = FALSE;
  guint step;

  for (step = 1; !through; step++)
    {
      g_autoptr (SatWorkspace) again = NULL;

      through = run_child ("--join", killed, "a", 11, step);
      again = g_file_test (marker, G_FILE_TEST_EXISTS) ? world_join (killed, "a", "wang", 11)
                                                       : world_open (killed, "a", 11);
      g_assert_false (g_file_test (marker, G_FILE_TEST_EXISTS));
      assert_same_hubs (worlds);
      world_assert_same (again, quiet);
      unjoin (killed, "a", sat_workspace_device (again));
      g_assert_cmpuint (step, <, MAX_STEPS);
    }
  g_assert_cmpuint (step, >, 15);
  g_free (world_git (killed->hub, "fsck", "--strict", "--no-progress", NULL));
}

/* A laptop that joins from a file: killed anywhere, the same once more ends it, and it is one
 * device that the others come to know. */
static void
test_join_file (Worlds *worlds, gconstpointer data)
{
  World *world = &worlds->killed;
  g_autoptr (SatWorkspace) a = world_join (world, "a", "wang", 11);
  g_autofree char *file = world_path (world, "bundle");
  World from_file = *world;
  gboolean through = FALSE;
  SatBundleResult result;
  guint step;

  from_file.hub = file;
  world_new (a, "customer", "Sent", NULL, NULL);
  g_assert_true (sat_sync_bundle_export (a, file, NULL, 0, NULL, &result, NULL));
  world_sync (a);
  for (step = 1; !through; step++)
    {
      g_autofree char *name = g_strdup_printf ("b%u", step);
      g_autofree char *marker = g_build_filename (world->dir, name, "joining", NULL);
      g_autoptr (SatWorkspace) b = NULL;

      through = run_child ("--join-file", world, name, 100 + step, step);
      b = g_file_test (marker, G_FILE_TEST_EXISTS) ? world_join (&from_file, name, "li", 100 + step)
                                                   : world_open (world, name, 100 + step);
      g_assert_false (g_file_test (marker, G_FILE_TEST_EXISTS));
      g_assert_cmpint (world_count (b, "customer"), ==, 1);
      g_assert_cmpstr (sat_workspace_hub (b), ==, "");
      if (through)
        {
          g_assert_true (sat_sync_hub_set (b, world->hub, FALSE, NULL, NULL, NULL));
          world_sync (a);
          world_assert_same (a, b);
        }
      g_assert_cmpuint (step, <, MAX_STEPS);
    }
  g_assert_cmpuint (step, >, 10);
}

static SatId
find_customer (SatWorkspace *workspace, guint round)
{
  const SatObject *object = sat_workspace_object (workspace, "customer", NULL);
  g_autofree char *title = g_strdup_printf ("/Customer %u", round);
  g_autoptr (GError) error = NULL;
  SatId id;

  sat_workspace_find (workspace, object, title, &id, &error);
  g_assert_no_error (error);
  return id;
}

/* A absorbs the customer of the last round into the first one, while B changes it. */
static void
absorb (SatWorkspace *a, SatWorkspace *b, guint round)
{
  const SatObject *object = sat_workspace_object (a, "customer", NULL);
  g_autoptr (GError) error = NULL;
  SatId stays, goes;

  if (round < 3)
    return;
  stays = find_customer (a, 1);
  goes = find_customer (a, round - 1);
  world_set (b, "customer", &goes, "phone", "021-7777-0000");
  sat_workspace_absorb (a, object, &goes, &stays, NULL, 0, NULL, &error);
  g_assert_no_error (error);
}

/* Both people change the same things: a field that asks, a text in different lines, tags; and a
 * customer that the other absorbs. What B did is on the hub before A exchanges. */
static void
edit (World *world, const SatId *shared, guint round)
{
  g_autoptr (SatWorkspace) a = world_open (world, "a", 1000 + round);
  g_autoptr (SatWorkspace) b = world_open (world, "b", 3000 + round);
  g_autofree char *name = g_strdup_printf ("Customer %u", round);
  g_autofree char *phone = g_strdup_printf ("021-5555-%04u", round);
  g_autofree char *other = g_strdup_printf ("021-6666-%04u", round);
  g_autofree char *before = g_strdup_printf ("A %u\ntwo\nthree\nfour\nB %u", round - 1, round - 1);
  g_autofree char *first = g_strdup_printf ("A %u\ntwo\nthree\nfour\nB %u", round, round - 1);
  g_autofree char *last = g_strdup_printf ("A %u\ntwo\nthree\nfour\nB %u", round - 1, round);
  g_autofree char *notes = world_get (a, "customer", shared, "notes");

  g_assert_cmpstr (notes, ==, before);
  absorb (a, b, round);
  world_new (b, "customer", name, "phone", other);
  world_set (b, "customer", shared, "notes", last);
  world_set (b, "customer", shared, "phone", other);
  world_sync (b);
  world_new (a, "product", name, NULL, NULL);
  world_set (a, "customer", shared, "notes", first);
  world_set (a, "customer", shared, "phone", phone);
  world_set (a, "customer", shared, "tags", phone);
}

static SatId
begin (World *world)
{
  g_autoptr (SatWorkspace) a = world_join (world, "a", "wang", 11);
  g_autoptr (SatWorkspace) b = world_join (world, "b", "li", 12);
  SatId shared = world_new (a, "customer", "Shared", "notes", "A 0\ntwo\nthree\nfour\nB 0");

  world_sync (a);
  world_sync (b);
  return shared;
}

/* Until both have everything: B may have the text to merge, and A to hear of it. */
static void
finish (World *world, guint round)
{
  g_autoptr (SatWorkspace) a = world_open (world, "a", 5000 + round);
  g_autoptr (SatWorkspace) b = world_open (world, "b", 7000 + round);

  world_sync (a);
  world_sync (b);
  g_assert_cmpuint (world_sync (a).quarantined, ==, 0);
  world_assert_same (a, b);
}

static void
test_sync (Worlds *worlds, gconstpointer data)
{
  SatId killed_shared = begin (&worlds->killed);
  SatId quiet_shared = begin (&worlds->quiet);
  gboolean through = FALSE;
  guint step;

  g_assert_true (sat_id_equal (&killed_shared, &quiet_shared));
  for (step = 1; !through; step++)
    {
      g_autoptr (SatWorkspace) killed = NULL;
      g_autoptr (SatWorkspace) quiet = NULL;

      edit (&worlds->killed, &killed_shared, step);
      edit (&worlds->quiet, &quiet_shared, step);
      through = run_child ("--sync", &worlds->killed, "a", 5000 + step, step);
      finish (&worlds->killed, step);
      finish (&worlds->quiet, step);
      assert_same_hubs (worlds);
      killed = world_open (&worlds->killed, "a", 1);
      quiet = world_open (&worlds->quiet, "a", 1);
      world_assert_same (killed, quiet);
      g_assert_cmpuint (step, <, MAX_STEPS);
    }
  g_assert_cmpuint (step, >, 15);
  g_free (world_git (worlds->killed.hub, "fsck", "--strict", "--no-progress", NULL));
}

/* How many folders beside HOME, and HOME itself, hold the replica that had not sent everything. */
static guint
count_unsent (World *world, const char *prefix)
{
  g_autoptr (GDir) dir = g_dir_open (world->dir, 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *home = world_path (world, name);
      g_autoptr (SatWorkspace) workspace = NULL;

      if (!g_str_has_prefix (name, prefix) || !sat_workspace_exists (home))
        continue;
      workspace = world_open (world, name, 1);
      n += world_count (workspace, "customer") == 2;
    }
  return n;
}

/* Killed anywhere in a restore, there is a replica, the old or the new one; and the old one, which
 * knows what was never sent, is kept whatever is done after. */
static void
test_restore (Worlds *worlds, gconstpointer data)
{
  World *world = &worlds->killed;
  SatWorkspace *a = world_join (world, "pristine", "wang", 11);
  g_autofree char *file = world_path (world, "backup");
  g_autoptr (SatBackup) backup = NULL;
  gboolean through = FALSE;
  guint step;

  world_new (a, "customer", "Sent", NULL, NULL);
  world_sync (a);
  backup = sat_workspace_backup (a, file, NULL);
  g_assert_nonnull (backup);
  world_new (a, "customer", "Never sent", NULL, NULL);
  sat_workspace_close (a);
  for (step = 1; !through; step++)
    {
      g_autofree char *name = g_strdup_printf ("a%u", step);
      g_autofree char *prefix = g_strconcat (name, ".", NULL);

      world_copy (world, "pristine", name);
      through = run_child ("--restore", world, name, 100, step);
      a = world_open (world, name, 2);
      g_assert_cmpint (world_count (a, "customer"), >=, 1);
      sat_workspace_close (a);
      g_assert_true (run_child ("--restore", world, name, 200, 0));
      a = world_open (world, name, 2);
      g_assert_cmpint (world_count (a, "customer"), ==, 1);
      sat_workspace_close (a);
      g_assert_cmpuint (count_unsent (world, prefix), ==, 1);
      g_assert_cmpuint (step, <, MAX_STEPS);
    }
  g_assert_cmpuint (step, >, 3);
}

/* Killed anywhere while a copy takes an identity of its own, it takes one the next time; what it
 * and the original had not sent arrives, once. */
static void
test_renew (Worlds *worlds, gconstpointer data)
{
  World *world = &worlds->killed;
  g_autoptr (SatWorkspace) b = world_join (world, "b", "li", 12);
  SatWorkspace *a = world_join (world, "a0", "wang", 11);
  gboolean through = FALSE;
  guint step;

  world_new (a, "customer", "Sent", NULL, NULL);
  world_sync (a);
  sat_workspace_close (a);
  for (step = 1; !through; step++)
    {
      g_autofree char *old = g_strdup_printf ("a%u", step - 1);
      g_autofree char *name = g_strdup_printf ("a%u", step);
      SatId device;

      a = world_open (world, old, 300 + 5 * step);
      device = *sat_workspace_device (a);
      world_new (a, "customer", "Not sent", NULL, NULL);
      sat_workspace_close (a);
      world_copy (world, old, name);
      through = run_child ("--renew", world, name, 5000 + 5 * step, step);
      a = world_open (world, name, 301 + 5 * step);
      if (sat_id_equal (sat_workspace_device (a), &device))
        {
          sat_workspace_close (a);
          g_assert_true (run_child ("--renew", world, name, 9000 + 5 * step, 0));
          a = world_open (world, name, 302 + 5 * step);
        }
      g_assert_false (sat_id_equal (sat_workspace_device (a), &device));
      world_new (a, "customer", "On the copy", NULL, NULL);
      world_sync (a);
      sat_workspace_close (a);
      a = world_open (world, old, 303 + 5 * step);
      world_sync (a);
      world_sync (b);
      g_assert_cmpint (world_count (b, "customer"), ==, 1 + 2 * (gint64) step);
      world_assert_same (a, b);
      sat_workspace_close (a);
      g_assert_cmpuint (step, <, MAX_STEPS);
    }
  g_assert_cmpuint (step, >, 2);
}

/* Killed anywhere while a file is written, it is not there or whole; killed anywhere while one is
 * taken in, the same file once more does the rest. Nothing of it ever reaches the hub before the
 * hub is asked. */
static void
test_bundle (Worlds *worlds, gconstpointer data)
{
  World *world = &worlds->killed;
  g_autofree char *file = world_path (world, "bundle");
  g_autofree char *part = g_strconcat (file, ".part", NULL);
  guint exported = 1;
  guint imported = 1;
  gboolean through = FALSE;
  SatId shared = begin (world);

  for (guint step = 1; !through; step++)
    {
      gboolean out, in;

      edit (world, &shared, step);
      g_remove (file);
      out = run_child ("--export", world, "a", 5000 + step, step);
      if (!out && g_file_test (file, G_FILE_TEST_EXISTS))
        g_assert_true (run_child ("--import", world, "b", 6000 + step, 0));
      if (!out)
        g_assert_true (run_child ("--export", world, "a", 5000 + step, 0));
      g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
      in = run_child ("--import", world, "b", 6000 + step, step);
      if (!in)
        g_assert_true (run_child ("--import", world, "b", 6000 + step, 0));
      finish (world, step);
      exported += !out;
      imported += !in;
      through = out && in;
      g_assert_cmpuint (step, <, MAX_STEPS);
    }
  g_assert_cmpuint (exported, >, 5);
  g_assert_cmpuint (imported, >, 10);
  g_free (world_git (world->hub, "fsck", "--strict", "--no-progress", NULL));
}

/* The same, at every other step, with a stick, which is made when it is first used; what went to it
 * still waits for the hub. */
static void
test_with (Worlds *worlds, gconstpointer data)
{
  World *world = &worlds->killed;
  g_autofree char *stick = world_path (world, "stick");
  gboolean through = FALSE;
  SatId shared = begin (world);
  guint step;

  for (step = 1; !through; step++)
    {
      edit (world, &shared, step);
      if (step % 4 == 0)
        sat_remove_tree (stick);
      through = run_child ("--with", world, "a", 5000 + step, 2 * step - 1);
      if (!through)
        g_assert_true (run_child ("--with", world, "a", 5000 + step, 0));
      g_assert_true (run_child ("--with", world, "b", 6000 + step, 0));
      finish (world, step);
      g_assert_cmpuint (step, <, MAX_STEPS);
    }
  g_assert_cmpuint (step, >, 8);
  g_free (world_git (world->hub, "fsck", "--strict", "--no-progress", NULL));
  g_free (world_git (stick, "fsck", "--strict", "--no-progress", NULL));
}

/* The hub loses everything, a few objects, or its list of branches; whoever makes it whole is
 * killed anywhere, and then does it again. */
static void
test_rebuild (Worlds *worlds, gconstpointer data)
{
  World *world = &worlds->killed;
  g_autofree char *objects = g_build_filename (world->hub, "objects", NULL);
  g_autofree char *heads = g_build_filename (world->hub, "refs", "heads", NULL);
  const char *const lost[] = { world->hub, objects, heads };
  guint quiet = 0;
  SatId shared = begin (world);
  guint step;

  for (step = 1; quiet < G_N_ELEMENTS (lost); step++)
    {
      edit (world, &shared, step);
      sat_remove_tree (lost[step % G_N_ELEMENTS (lost)]);
      if (step % G_N_ELEMENTS (lost) > 0)
        g_mkdir_with_parents (lost[step % G_N_ELEMENTS (lost)], 0700);
      if (run_child ("--rebuild", world, "a", 5000 + step, 2 * step - 1))
        quiet++;
      else
        g_assert_true (run_child ("--rebuild", world, "a", 5000 + step, 0));
      finish (world, step);
      g_assert_cmpuint (step, <, MAX_STEPS);
    }
  g_assert_cmpuint (step, >, 8);
  g_free (world_git (world->hub, "rev-list", "--objects", "--all", NULL));
}

#define ADD(path, function) g_test_add (path, Worlds, NULL, set_up, function, tear_down)

/* ---- the company's own fields ---- */

static guint
count_custom (SatWorkspace *workspace)
{
  const SatObject *customer = sat_workspace_object (workspace, "customer", NULL);
  guint n = 0;

  for (guint i = 0; i < customer->n_fields; i++)
    n += customer->fields[i]->custom;
  return n;
}

static void
assert_sound (SatWorkspace *workspace)
{
  g_autoptr (GPtrArray) checks = sat_workspace_doctor (workspace, FALSE, NULL);

  g_assert_nonnull (checks);
  for (guint i = 0; i < checks->len; i++)
    {
      const SatCheck *check = g_ptr_array_index (checks, i);

      if (!check->ok)
        g_test_message ("%s: %s", check->name, check->detail_msgid);
      g_assert_true (check->ok);
    }
}

/* A field is there with its column and its definition, or not at all. */
static void
test_shape (Worlds *worlds, gconstpointer data)
{
  World *world = &worlds->killed;
  gboolean through = FALSE;
  guint fields = 0;
  guint step;

  sat_workspace_close (world_join (world, "a", "admin", 11));
  for (step = 1; !through; step++)
    {
      g_autoptr (SatWorkspace) a = NULL;

      through = run_child ("--shape", world, "a", 7000 + step, step);
      a = world_open (world, "a", 8000 + step);
      g_assert_cmpuint (count_custom (a), >=, fields);
      g_assert_cmpuint (count_custom (a), <=, fields + 1);
      g_assert_true (!through || count_custom (a) == fields + 1);
      fields = count_custom (a);
      g_assert_cmpint (world_count (a, "field_definition"), ==, fields);
      assert_sound (a);
      g_assert_cmpuint (step, <, MAX_STEPS);
    }
  g_assert_cmpuint (step, >, 2);
}

/* The same where the field comes from elsewhere, with values. */
static void
test_shape_sync (Worlds *worlds, gconstpointer data)
{
  World *world = &worlds->killed;
  gboolean through = FALSE;
  guint step;

  sat_workspace_close (world_join (world, "a", "admin", 11));
  sat_workspace_close (world_join (world, "b", "li", 12));
  for (step = 1; !through; step++)
    {
      g_autoptr (SatWorkspace) a = world_open (world, "a", 7000 + step);
      g_autoptr (SatWorkspace) b = NULL;
      SatShaped of = { "customer", NULL, NULL };
      SatSaying sayings[] = { { "label_en", "Tax" }, { "type", "text" }, { NULL, NULL } };
      g_autofree char *field = NULL;
      g_autofree char *value = NULL;
      SatId id;

      g_assert_true (sat_workspace_define (a, &of, sayings, &field, NULL));
      id = world_new (a, "customer", "Acme", field, "9131");
      world_sync (a);
      through = run_child ("--sync", world, "b", 8000 + step, step);
      b = world_open (world, "b", 9000 + step);
      g_assert_cmpuint (count_custom (b), ==, (guint) world_count (b, "field_definition"));
      world_sync (b);
      world_sync (a);
      value = world_get (b, "customer", &id, field);
      g_assert_cmpstr (value, ==, "9131");
      assert_sound (b);
      world_assert_same (a, b);
      g_assert_cmpuint (step, <, MAX_STEPS);
    }
  g_assert_cmpuint (step, >, 5);
}

int
main (int argc, char **argv)
{
  if (argc == 5 && g_str_has_prefix (argv[1], "--"))
    return act (argv);
  self = argv[0];
  g_test_init (&argc, &argv, NULL);
  ADD ("/kill/found", test_found);
  ADD ("/kill/join", test_join);
  ADD ("/kill/join-file", test_join_file);
  ADD ("/kill/sync", test_sync);
  ADD ("/kill/restore", test_restore);
  ADD ("/kill/renew", test_renew);
  ADD ("/kill/bundle", test_bundle);
  ADD ("/kill/with", test_with);
  ADD ("/kill/rebuild", test_rebuild);
  ADD ("/kill/shape", test_shape);
  ADD ("/kill/shape-sync", test_shape_sync);
  return g_test_run ();
}
