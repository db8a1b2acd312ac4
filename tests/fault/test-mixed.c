/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Three laptops that change things and exchange them by hub, two sticks and files, in any order,
 * with hubs that are emptied and local caches that are removed: nothing is refused that should not
 * be, and in the end, when the hub has heard of all, they are equal. In the hard rounds records are
 * moved, absorbed and deleted, too, checkpoints made and epochs dropped, laptops copied, restored
 * from backups and killed while they exchange.
 *
 * One round again: --seed as it says first; SATCHEL_MIXED_ROUNDS=N: how many of each. */
#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "core/workspace/sat-workspace-absorb.h"
#include "core/workspace/sat-workspace-backup.h"
#include "core/workspace/sat-workspace-books.h"
#include "replica.h"
#include "sync/sat-bundle.h"
#include "sync/sat-git.h"

#define N_LAPTOPS 3
#define MOST_LAPTOPS 6
#define ROUNDS 2
#define STEPS 45
#define DAYS (G_GUINT64_CONSTANT (86400) / 10) /* of the clock here */

typedef struct
{
  World *world;
  SatWorkspace *laptops[MOST_LAPTOPS];
  guint n;
  GPtrArray *files;   /* bundles that were written */
  GPtrArray *backups; /* files, too */
  GPtrArray *ids;     /* SatId of customers, known to somebody */
  guint64 clock;
} Mixed;

static const char *const names[MOST_LAPTOPS] = { "a", "b", "c", "d", "e", "f" };
static const char *self;

static guint
below (guint n)
{
  return (guint) g_test_rand_int_range (0, (gint32) n);
}

/* Everybody's time goes on. */
static void
reopen (Mixed *mixed, guint i)
{
  sat_workspace_close (mixed->laptops[i]);
  mixed->laptops[i] = world_open (mixed->world, names[i], 100 + 10 * mixed->clock++);
}

static void
edit (Mixed *mixed, guint i)
{
  SatWorkspace *laptop = mixed->laptops[i];
  const SatObject *customer = sat_workspace_object (laptop, "customer", NULL);
  g_autofree char *text = g_strdup_printf ("%s %" G_GUINT64_FORMAT, names[i], mixed->clock);

  if (mixed->ids->len == 0 || below (3) == 0)
    {
      SatId id = world_new (laptop, "customer", text, "city", text);
      g_ptr_array_add (mixed->ids, g_memdup2 (&id, sizeof id));
      return;
    }
  const SatId *id = mixed->ids->pdata[below (mixed->ids->len)];
  g_autoptr (SatRecord) record = sat_workspace_load (laptop, customer, id, NULL);

  if (record != NULL)
    world_set (laptop, "customer", id, below (2) ? "city" : "address", text);
}

static void
write_file (Mixed *mixed, guint i)
{
  g_autofree char *name = g_strdup_printf ("%u.bundle", mixed->files->len);
  g_autofree char *file = world_path (mixed->world, name);
  const SatId *to = below (2) ? sat_workspace_device (mixed->laptops[below (mixed->n)]) : NULL;
  g_autoptr (GError) error = NULL;
  SatBundleResult result;

  sat_sync_bundle_export (mixed->laptops[i], file, to, 0, NULL, &result, &error);
  g_assert_no_error (error);
  if (result.written)
    g_ptr_array_add (mixed->files, g_steal_pointer (&file));
}

/* One that goes on from what is not here is refused, and nothing else. */
static void
read_file (Mixed *mixed, guint i)
{
  g_autoptr (GError) error = NULL;
  SatSyncResult result;

  if (mixed->files->len == 0)
    return;
  if (!sat_sync_bundle_import (mixed->laptops[i], mixed->files->pdata[below (mixed->files->len)],
                               NULL, &result, &error))
    g_assert_error (error, SAT_ERROR, SAT_ERROR_INVALID);
  else
    g_assert_cmpuint (result.quarantined, ==, 0);
}

static void
use_stick (Mixed *mixed, guint i)
{
  g_autofree char *stick = world_path (mixed->world, below (2) ? "stick" : "colleague");
  g_autoptr (GError) error = NULL;
  SatSyncResult result;

  sat_sync_with (mixed->laptops[i], stick, NULL, &result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result.quarantined, ==, 0);
}

/* Are two laptops one device still, since nobody noticed the copy? A hub that then forgets what one
 * of them sent cannot tell it from what the other one sends under that number. */
static gboolean
has_twins (const Mixed *mixed)
{
  for (guint i = 0; i < mixed->n; i++)
    for (guint k = 0; k < i; k++)
      if (sat_id_equal (sat_workspace_device (mixed->laptops[i]),
                        sat_workspace_device (mixed->laptops[k])))
        return TRUE;
  return FALSE;
}

static void
rebuild (Mixed *mixed, guint i)
{
  g_autoptr (GError) error = NULL;
  SatRebuilt rebuilt;

  if (below (2) && !has_twins (mixed))
    sat_remove_tree (mixed->world->hub);
  sat_sync_rebuild (mixed->laptops[i], NULL, NULL, &rebuilt, &error);
  g_assert_no_error (error);
}

static void
step (Mixed *mixed)
{
  guint i = below (mixed->n);

  reopen (mixed, i);
  switch (below (10))
    {
    case 0:
    case 1:
    case 2:
      edit (mixed, i);
      break;
    case 3:
    case 4:
      world_sync (mixed->laptops[i]);
      break;
    case 5:
      write_file (mixed, i);
      break;
    case 6:
    case 7:
      read_file (mixed, i);
      break;
    case 8:
      use_stick (mixed, i);
      break;
    default:
      rebuild (mixed, i);
      break;
    }
}

/* ---- hard rounds --------------------------------------------------------------------------------
 */

/* What a person does with a record as a whole; much of it is refused. */
static void
treat (Mixed *mixed, guint i)
{
  SatWorkspace *laptop = mixed->laptops[i];
  const SatObject *customer = sat_workspace_object (laptop, "customer", NULL);
  g_auto (SatAssigned) assigned = { 0 };
  const SatId *id, *other;

  if (mixed->ids->len == 0)
    return;
  id = mixed->ids->pdata[below (mixed->ids->len)];
  other = mixed->ids->pdata[below (mixed->ids->len)];
  switch (below (6))
    {
    case 0:
      sat_workspace_delete (laptop, customer, id, NULL, NULL);
      break;
    case 1:
      sat_workspace_undelete (laptop, customer, id, NULL);
      break;
    case 2:
      sat_workspace_absorb (laptop, customer, id, other, NULL, 0, NULL, NULL);
      break;
    default:
      sat_workspace_assign (laptop, customer, id, below (2) ? "east" : "customers", &assigned,
                            NULL);
    }
}

static void
make_checkpoint (Mixed *mixed, guint i)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) made = sat_sync_checkpoint (mixed->laptops[i], NULL, NULL, &error);

  g_assert_no_error (error);
}

/* One more laptop, which was I. */
static void
copy (Mixed *mixed, guint i)
{
  if (mixed->n == MOST_LAPTOPS)
    return;
  g_clear_pointer (&mixed->laptops[i], sat_workspace_close);
  world_copy (mixed->world, names[i], names[mixed->n]);
  reopen (mixed, i);
  reopen (mixed, mixed->n++);
}

static void
back_up (Mixed *mixed, guint i)
{
  g_autofree char *name = g_strdup_printf ("%u.backup", mixed->backups->len);
  g_autofree char *file = world_path (mixed->world, name);
  g_autoptr (GError) error = NULL;
  g_autoptr (SatBackup) backup = sat_workspace_backup (mixed->laptops[i], file, &error);

  g_assert_no_error (error);
  g_ptr_array_add (mixed->backups, g_steal_pointer (&file));
}

static void
restore (Mixed *mixed)
{
  g_autofree char *home = world_path (mixed->world, names[MIN (mixed->n, MOST_LAPTOPS - 1)]);
  g_autoptr (SatPlatform) platform = world_platform (100 + 10 * mixed->clock++);
  g_auto (SatRestored) restored = { 0 };
  g_autoptr (GError) error = NULL;

  if (mixed->n == MOST_LAPTOPS || mixed->backups->len == 0)
    return;
  sat_workspace_restore (mixed->backups->pdata[below (mixed->backups->len)], home, platform,
                         mixed->world->catalogue, &restored, &error);
  g_assert_no_error (error);
  reopen (mixed, mixed->n++);
}

/* An exchange in a process that dies at one of its durable steps. */
static void
sync_and_die (Mixed *mixed, guint i)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_autofree char *steps = g_strdup_printf ("%u", 1 + below (60));
  g_autofree char *seed = g_strdup_printf ("%" G_GUINT64_FORMAT, 100 + 10 * mixed->clock++);
  g_autoptr (GSubprocess) child = NULL;
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&mixed->laptops[i], sat_workspace_close);
  g_subprocess_launcher_setenv (launcher, "SATCHEL_CRASH_AT", steps, TRUE);
  child = g_subprocess_launcher_spawn (launcher, &error, self, "--sync", mixed->world->dir,
                                       names[i], seed, below (2) ? "checkpoint" : "sync", NULL);
  g_assert_no_error (error);
  g_subprocess_wait (child, NULL, &error);
  g_assert_no_error (error);
  if (g_subprocess_get_if_signaled (child))
    g_assert_cmpint (g_subprocess_get_term_sig (child), ==, SIGKILL);
  else
    g_assert_cmpint (g_subprocess_get_exit_status (child), ==, 0);
  reopen (mixed, i);
}

static int
act (char **argv)
{
  World world = { .dir = argv[2], .catalogue = sat_catalogue_default (NULL) };
  g_autofree char *hub = world_path (&world, "hub");
  SatWorkspace *workspace;

  world.hub = hub;
  workspace = world_open (&world, argv[3], g_ascii_strtoull (argv[4], NULL, 10));
  world_sync (workspace);
  if (g_str_equal (argv[5], "checkpoint"))
    {
      g_autoptr (GPtrArray) made = sat_sync_checkpoint (workspace, NULL, NULL, NULL);
      g_assert_nonnull (made);
    }
  sat_workspace_close (workspace);
  sat_catalogue_unref (world.catalogue);
  return 0;
}

static void
step_hard (Mixed *mixed)
{
  guint i = below (mixed->n);

  if (below (6) == 0) /* so long that epochs are passed */
    mixed->clock += (1 + below (12)) * DAYS;
  reopen (mixed, i);
  switch (below (12))
    {
    case 0:
    case 1:
    case 2:
      treat (mixed, i);
      break;
    case 3:
    case 4:
      make_checkpoint (mixed, i);
      break;
    case 5:
      copy (mixed, i);
      break;
    case 6:
      back_up (mixed, i);
      break;
    case 7:
      restore (mixed);
      break;
    case 8:
    case 9:
      sync_and_die (mixed, i);
      break;
    default:
      for (guint k = 0; k < mixed->n; k++)
        world_sync (mixed->laptops[k]);
    }
}

/* ---- a round ------------------------------------------------------------------------------------
 */

static void
check_doctor (SatWorkspace *laptop)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) checks = sat_workspace_doctor (laptop, FALSE, &error);

  g_assert_no_error (error);
  g_ptr_array_set_free_func (checks, (GDestroyNotify) sat_check_free);
  for (guint i = 0; i < checks->len; i++)
    {
      const SatCheck *check = g_ptr_array_index (checks, i);

      if (!check->ok)
        g_test_message ("%s: %s", check->name, check->detail_msgid);
      g_assert_true (check->ok);
    }
}

static void
come_to_rest (Mixed *mixed)
{
  for (guint round = 0; round < 4; round++)
    for (guint i = 0; i < mixed->n; i++)
      {
        reopen (mixed, i);
        g_assert_cmpuint (world_sync (mixed->laptops[i]).quarantined, ==, 0);
      }
  for (guint i = 0; i < mixed->n; i++)
    {
      world_assert_same (mixed->laptops[0], mixed->laptops[i]);
      check_doctor (mixed->laptops[i]);
    }
}

static void
begin (Mixed *mixed, World *world)
{
  *mixed = (Mixed){ .world = world, .n = N_LAPTOPS };
  mixed->files = g_ptr_array_new_with_free_func (g_free);
  mixed->backups = g_ptr_array_new_with_free_func (g_free);
  mixed->ids = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < mixed->n; i++)
    mixed->laptops[i] = world_join (world, names[i], names[i], 11 + i);
}

static void
end (Mixed *mixed)
{
  g_free (world_git (mixed->world->hub, "fsck", "--strict", "--no-progress", NULL));
  for (guint i = 0; i < mixed->n; i++)
    sat_workspace_close (mixed->laptops[i]);
  g_ptr_array_unref (mixed->files);
  g_ptr_array_unref (mixed->backups);
  g_ptr_array_unref (mixed->ids);
}

static void
test_mixed (World *world, gconstpointer data)
{
  Mixed mixed;

  begin (&mixed, world);
  for (guint i = 0; i < STEPS; i++)
    step (&mixed);
  come_to_rest (&mixed);
  g_assert_cmpint (world_count (mixed.laptops[0], "customer"), ==, (gint64) mixed.ids->len);
  end (&mixed);
}

static void
test_hard (World *world, gconstpointer data)
{
  Mixed mixed;

  begin (&mixed, world);
  for (guint i = 0; i < STEPS; i++)
    if (below (2))
      step (&mixed);
    else
      step_hard (&mixed);
  come_to_rest (&mixed);
  end (&mixed);
}

int
main (int argc, char **argv)
{
  const char *rounds = g_getenv ("SATCHEL_MIXED_ROUNDS");
  guint64 n = rounds ? g_ascii_strtoull (rounds, NULL, 10) : ROUNDS;

  self = argv[0];
  if (argc == 6 && g_str_equal (argv[1], "--sync"))
    return act (argv);
  g_test_init (&argc, &argv, NULL);
  for (guint64 i = 1; i <= n; i++)
    {
      g_autofree char *plain = g_strdup_printf ("/mixed/plain/%" G_GUINT64_FORMAT, i);
      g_autofree char *hard = g_strdup_printf ("/mixed/hard/%" G_GUINT64_FORMAT, i);

      g_test_add (plain, World, NULL, world_set_up, test_mixed, world_tear_down);
      g_test_add (hard, World, NULL, world_set_up, test_hard, world_tear_down);
    }
  return g_test_run ();
}
