/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Checkpoints over a hub: kill -9 at every durable step of making and of joining one, a hub that
 * has no history any more, a laptop that was away until it was gone. */
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#include "core/workspace/sat-exchange-checkpoint.h"
#include "replica.h"
#include "sync/sat-bundle.h"

#define MAX_STEPS 2000
#define BOOK "customers"
/* Most steps are those of any exchange, through which test-kill.c goes one by one. */
#define STRIDE 5
#define EPOCH_STRIDE 3

static const char *self;

/* ---- the child ---- */

static gboolean
make_checkpoints (SatWorkspace *workspace)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) made = sat_sync_checkpoint (workspace, NULL, NULL, &error);

  g_assert_no_error (error);
  return made->len > 0;
}

static int
act (char **argv)
{
  guint64 seed = g_ascii_strtoull (argv[4], NULL, 10);
  World world = { .dir = argv[2], .catalogue = sat_catalogue_default (NULL) };
  g_autofree char *hub = world_path (&world, "hub");
  gboolean joins = strcmp (argv[1], "--join") == 0;
  SatWorkspace *workspace;

  world.hub = hub;
  workspace = joins ? world_join (&world, argv[3], argv[3], seed)
                    : world_open (&world, argv[3], seed);
  if (!joins)
    make_checkpoints (workspace);
  sat_workspace_close (workspace);
  sat_catalogue_unref (world.catalogue);
  return 0;
}

/* ---- the parent ---- */

/* Runs that, killed at STEP. TRUE if it got through. */
static gboolean
run_child (const char *what, const World *world, const char *name, guint64 seed, guint step)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_autoptr (GSubprocess) child = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *seed_text = g_strdup_printf ("%" G_GUINT64_FORMAT, seed);
  g_autofree char *step_text = g_strdup_printf ("%u", step);

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

static guint
count_refs (const World *world, const char *pattern)
{
  g_autofree char *refs = world_git (world->hub, "for-each-ref", pattern, NULL);
  guint n = 0;

  for (const char *p = refs; *p != '\0'; p++)
    n += *p == '\n';
  return n;
}

static void
add_customers (SatWorkspace *workspace, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("Customer %u", i);
      world_new (workspace, "customer", name, "phone", "1");
    }
}

/* The change-sets of the book leave the hub; the checkpoints stay. */
static void
drop_history (const World *world)
{
  g_autofree char *refs = world_git (world->hub, "for-each-ref", "--format=%(refname)",
                                     "refs/heads/" BOOK, NULL);
  g_auto (GStrv) lines = g_strsplit (refs, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0' && strstr (lines[i], "checkpoint-") == NULL &&
        strstr (lines[i], "cover-") == NULL)
      g_free (world_git (world->hub, "update-ref", "-d", lines[i], NULL));
}

/* Each checkpoint on the hub has its cover, and each cover its checkpoint; there are N. */
static void
assert_paired (const World *world, guint n)
{
  g_autofree char *refs = world_git (world->hub, "for-each-ref", "--format=%(refname)",
                                     "refs/heads/" BOOK, NULL);
  g_auto (GStrv) lines = g_strsplit (refs, "\n", -1);
  guint found = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *word = strrchr (lines[i], '/');
      gboolean is_checkpoint = word && g_str_has_prefix (word, "/checkpoint-");
      g_autofree char *other = NULL;

      if (!is_checkpoint && !(word && g_str_has_prefix (word, "/cover-")))
        continue;
      other = g_strdup_printf ("%.*s/%s%s", (int) (word - lines[i]), lines[i],
                               is_checkpoint ? "cover" : "checkpoint", strchr (word, '-'));
      g_assert_true (g_strv_contains ((const char *const *) lines, other));
      found += is_checkpoint;
    }
  g_assert_cmpuint (found, ==, n);
}

static void
remove_ref (const World *world, SatWorkspace *maker, const char *name)
{
  char id[SAT_ID_TEXT_SIZE];
  g_autofree char *ref = g_strdup_printf ("refs/heads/" BOOK "/%s/%s",
                                          sat_id_format (sat_workspace_device (maker), id), name);

  g_assert_cmpuint (count_refs (world, ref), ==, 1);
  g_free (world_git (world->hub, "update-ref", "-d", ref, NULL));
}

/* What a push leaves that was killed between the two: the checkpoint of A without its cover. B, who
 * makes the next ones, has no other way to know what it covers than to look. */
static void
test_cover_missing (World *world, gconstpointer data)
{
  g_autoptr (SatWorkspace) a = world_join (world, "a", "wang", 11);
  g_autoptr (SatWorkspace) b = world_join (world, "b", "li", 12);

  world_sync (a);
  add_customers (a, 3);
  make_checkpoints (a);
  remove_ref (world, a, "cover-1");
  make_checkpoints (a); /* nothing has changed, but it is no use without */
  g_assert_cmpuint (count_refs (world, "refs/heads/" BOOK "/*/checkpoint-*"), ==, 2);
  g_assert_cmpuint (count_refs (world, "refs/heads/" BOOK "/*/cover-*"), ==, 1);
  remove_ref (world, a, "cover-2");
  for (guint i = 0; i < 3; i++)
    {
      world_new (b, "customer", "Another", NULL, NULL);
      make_checkpoints (b);
    }
  assert_paired (world, 2);
}

/* What a push leaves that was killed while old ones left the hub. */
static void
test_cover_alone (World *world, gconstpointer data)
{
  g_autoptr (SatWorkspace) a = world_join (world, "a", "wang", 11);

  for (guint i = 0; i < 3; i++)
    {
      if (i == 2)
        remove_ref (world, a, "checkpoint-1");
      world_new (a, "customer", "Another", NULL, NULL);
      make_checkpoints (a);
    }
  assert_paired (world, 2);
}

/* The hub takes the checkpoint, but not its cover: that is no success. */
static void
test_cover_refused (World *world, gconstpointer data)
{
  g_autoptr (SatWorkspace) a = world_join (world, "a", "wang", 11);
  char id[SAT_ID_TEXT_SIZE];
  g_autofree char *lock = g_strdup_printf ("%s/refs/heads/" BOOK "/%s/cover-1.lock", world->hub,
                                           sat_id_format (sat_workspace_device (a), id));
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) made = NULL;

  add_customers (a, 3);
  world_sync (a);
  g_assert_true (g_file_set_contents (lock, "", 0, NULL));
  made = sat_sync_checkpoint (a, BOOK, NULL, &error);
  g_assert_error (error, SAT_ERROR, SAT_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "cover-1"));
  g_assert_cmpint (g_remove (lock), ==, 0);
  for (guint i = 0; i < 2; i++)
    {
      world_new (a, "customer", "Another", NULL, NULL);
      make_checkpoints (a);
    }
  assert_paired (world, 2);
}

static void
test_making (World *world, gconstpointer data)
{
  g_autoptr (SatWorkspace) a = world_join (world, "a", "wang", 11);
  gboolean through = FALSE;
  guint step;

  add_customers (a, 5);
  for (step = 1; !through; step++)
    {
      world_new (a, "customer", "Another", NULL, NULL);
      through = run_child ("--checkpoint", world, "a", 100 + step, step);
      make_checkpoints (a);
      assert_paired (world, MIN (2, count_refs (world, "refs/heads/" BOOK "/*/checkpoint-*")));
      g_assert_cmpuint (step, <, MAX_STEPS);
    }
  g_assert_cmpuint (step, >, 8);
  g_free (world_git (world->hub, "fsck", "--strict", "--no-progress", NULL));
  drop_history (world);
  {
    g_autoptr (SatWorkspace) c = world_join (world, "c", "chen", 13);

    g_assert_cmpint (world_count (c, "customer"), ==, world_count (a, "customer"));
  }
}

static void
test_joining (World *world, gconstpointer data)
{
  g_autoptr (SatWorkspace) a = world_join (world, "a", "wang", 11);
  gboolean through = FALSE;
  guint step;

  add_customers (a, 30);
  make_checkpoints (a);
  drop_history (world);
  for (step = 1; !through; step += STRIDE)
    {
      g_autofree char *name = g_strdup_printf ("c%u", step);
      g_autofree char *home = world_path (world, name);
      g_autofree char *marker = g_build_filename (home, "joining", NULL);
      g_autofree char *half = NULL;
      g_autoptr (SatWorkspace) c = NULL;

      through = run_child ("--join", world, name, 100 + step, step);
      c = g_file_test (marker, G_FILE_TEST_EXISTS) || !sat_workspace_exists (home)
              ? world_join (world, name, name, 100 + step)
              : world_open (world, name, 100 + step);
      half = sat_workspace_half_joined (c, NULL);
      g_assert_null (half);
      g_assert_cmpint (world_count (c, "customer"), ==, 30);
      g_assert_cmpuint (step, <, MAX_STEPS);
    }
  g_assert_cmpuint (step, >, 15);
}

/* A's second epoch is there; the first leaves the hub. */
static void
drop_epoch (const World *world, SatWorkspace *a)
{
  char id[SAT_ID_TEXT_SIZE];
  const SatId *device = sat_workspace_device (a);
  g_autofree char *old = g_strdup_printf ("refs/heads/" BOOK "/%s/1", sat_id_format (device, id));
  g_autofree char *new = g_strdup_printf ("refs/heads/" BOOK "/%s/2", id);

  g_assert_cmpuint (count_refs (world, new), ==, 1);
  g_free (world_git (world->hub, "update-ref", "-d", old, NULL));
}

/* What B had not sent is there afterwards, and what it missed. */
static void
test_away (World *world, gconstpointer data)
{
  g_autoptr (SatWorkspace) a = world_join (world, "a", "wang", 11);
  g_autoptr (SatWorkspace) b = world_join (world, "b", "li", 12);
  SatId shared = world_new (a, "customer", "Shared", "phone", "1");
  g_autofree char *city = NULL;

  world_sync (a);
  world_sync (b);
  world_set (b, "customer", &shared, "city", "Lhasa"); /* not sent for a year */
  add_customers (a, 3);
  world_sync (a);
  world_set (a, "customer", &shared, "phone", "2");
  make_checkpoints (a);
  world_set (a, "customer", &shared, "phone", "3");
  world_sync (a);
  drop_epoch (world, a);
  world_sync (b);
  {
    g_autofree char *phone = world_get (b, "customer", &shared, "phone");

    g_assert_cmpstr (phone, ==, "3");
  }
  g_assert_cmpint (world_count (b, "customer"), ==, 4);
  city = world_get (b, "customer", &shared, "city");
  g_assert_cmpstr (city, ==, "Lhasa");
}

/* A day's work of laptop NAME, and an exchange. */
static void
live_day (World *world, const char *name, guint64 second, const SatId *shared)
{
  g_autoptr (SatWorkspace) workspace = world_open (world, name, second);
  g_autofree char *text = g_strdup_printf ("%s %" G_GUINT64_FORMAT, name, second);

  world_set (workspace, "customer", shared, "city", text);
  world_sync (workspace);
}

static void
assert_sound (const World *world, const char *name)
{
  g_autofree char *inbox = g_build_filename (world->dir, name, "git", "inbox.git", NULL);
  g_autofree char *outbox = g_build_filename (world->dir, name, "git", "outbox.git", NULL);

  g_free (world_git (world->hub, "fsck", "--strict", "--no-progress", NULL));
  g_free (world_git (inbox, "fsck", "--no-progress", NULL));
  g_free (world_git (outbox, "fsck", "--no-progress", NULL));
}

/* A day each, A is killed a little later while it makes a checkpoint, lets go of epochs on the hub
 * and here, and begins one. Both stay sound and the same, and little is left on the hub; one who
 * was away all the time loses nothing, nor does one who comes new. */
static void
test_epochs (World *world, gconstpointer data)
{
  SatWorkspace *first = world_join (world, "a", "wang", 11);
  SatId shared = world_new (first, "customer", "Shared", "phone", "1");
  gboolean through = FALSE;
  guint64 day = 0;

  world_sync (first);
  sat_workspace_close (first);
  sat_workspace_close (world_join (world, "b", "li", 12));
  {
    g_autoptr (SatWorkspace) away = world_join (world, "away", "zhao", 13);

    world_new (away, "customer", "Unsent", NULL, NULL);
  }
  for (guint step = 1; !through; step += EPOCH_STRIDE)
    {
      day = (guint64) step * 10 * 86400;
      live_day (world, "a", day, &shared);
      live_day (world, "b", day + 60, &shared);
      through = run_child ("--checkpoint", world, "a", day + 120, step);

      g_autoptr (SatWorkspace) a = world_open (world, "a", day + 180);
      g_autoptr (SatWorkspace) b = world_open (world, "b", day + 240);

      make_checkpoints (a);
      world_sync (b);
      world_assert_same (a, b);
      assert_sound (world, "a");
      g_assert_cmpuint (count_refs (world, "refs/heads/" BOOK), <=, 16);
      g_assert_cmpuint (step, <, MAX_STEPS);
    }
  g_assert_cmpuint (day / 864000, >, 20);

  g_autoptr (SatWorkspace) a = world_open (world, "a", day + 300);
  g_autoptr (SatWorkspace) c = world_join (world, "c", "chen", day + 360);
  g_autoptr (SatWorkspace) away = world_open (world, "away", day + 420);

  g_assert_cmpuint (count_refs (world, "refs/heads/" BOOK "/*/1"), <=, 1);
  world_sync (away);
  world_sync (c);
  world_sync (a);
  world_sync (away);
  world_assert_same (a, c);
  world_assert_same (a, away);
  g_assert_cmpint (world_count (a, "customer"), ==, 2);
}

/* The hub is gone; one who has no history, having begun with a checkpoint, fills a new one. */
static void
test_refill (World *world, gconstpointer data)
{
  g_autoptr (SatWorkspace) a = world_join (world, "a", "wang", 11);
  g_autofree char *empty = world_path (world, "empty");
  g_autoptr (SatWorkspace) c = NULL;
  g_autoptr (SatWorkspace) e = NULL;
  g_autoptr (GError) error = NULL;

  add_customers (a, 4);
  make_checkpoints (a);
  drop_history (world);
  c = world_join (world, "c", "chen", 13);
  g_free (world_git (world->dir, "init", "-q", "--bare", empty, NULL));
  sat_sync_hub_set (c, empty, TRUE, NULL, NULL, &error);
  g_assert_no_error (error);
  g_free (world->hub);
  world->hub = g_steal_pointer (&empty);
  e = world_join (world, "e", "eva", 15);
  g_assert_cmpint (world_count (e, "customer"), ==, 4);
}

/* The hub is away, and C, who began with a checkpoint, writes a file for B, who has nothing yet:
 * the checkpoint is in it. B passes it on to a stick, and D takes it from there. */
static void
test_bundle (World *world, gconstpointer data)
{
  g_autoptr (SatWorkspace) a = world_join (world, "a", "wang", 11);
  g_autoptr (SatWorkspace) b = world_join (world, "b", "li", 12);
  g_autoptr (SatWorkspace) d = world_join (world, "d", "dai", 14);
  g_autofree char *file = world_path (world, "bundle");
  g_autofree char *stick = world_path (world, "stick");
  g_autofree char *away = world_path (world, "away");
  g_autoptr (SatWorkspace) c = NULL;
  g_autoptr (GError) error = NULL;
  SatBundleResult written;
  SatSyncResult result;

  add_customers (a, 4);
  make_checkpoints (a);
  drop_history (world);
  c = world_join (world, "c", "chen", 13);
  world_new (c, "customer", "Of C", NULL, NULL);
  g_assert_cmpint (g_rename (world->hub, away), ==, 0);
  g_assert_true (
      sat_sync_bundle_export (c, file, sat_workspace_device (b), 0, NULL, &written, &error));
  g_assert_cmpuint (written.checkpoints, ==, 1);
  for (guint i = 0; i < 2; i++)
    {
      sat_sync_bundle_import (b, file, NULL, &result, &error);
      g_assert_no_error (error);
      g_assert_cmpint (world_count (b, "customer"), ==, 5);
    }
  sat_sync_with (b, stick, NULL, &result, &error);
  g_assert_no_error (error);
  sat_sync_with (d, stick, NULL, &result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (world_count (d, "customer"), ==, 5);
  g_assert_cmpint (g_rename (away, world->hub), ==, 0);
  world_sync (c);
  world_sync (b);
  world_sync (d);
  world_sync (c);
  world_assert_same (b, c);
  world_assert_same (d, c);
}

int
main (int argc, char **argv)
{
  if (argc == 5)
    return act (argv);
  self = argv[0];
  g_test_init (&argc, &argv, NULL);
#define TEST(path, func) g_test_add (path, World, NULL, world_set_up, func, world_tear_down)
  TEST ("/fault/checkpoint/away", test_away);
  TEST ("/fault/checkpoint/epochs", test_epochs);
  TEST ("/fault/checkpoint/refill", test_refill);
  TEST ("/fault/checkpoint/bundle", test_bundle);
  TEST ("/fault/checkpoint/cover-missing", test_cover_missing);
  TEST ("/fault/checkpoint/cover-alone", test_cover_alone);
  TEST ("/fault/checkpoint/cover-refused", test_cover_refused);
  TEST ("/fault/checkpoint/making", test_making);
  TEST ("/fault/checkpoint/joining", test_joining);
  return g_test_run ();
}
