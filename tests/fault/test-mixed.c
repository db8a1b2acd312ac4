/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Three laptops that change things and exchange them by hub, two sticks and files, in any order,
 * with hubs that are emptied and local caches that are removed: nothing is refused that should not
 * be, and in the end, when the hub has heard of all, they are equal. */
#include <glib/gstdio.h>
#include <string.h>

#include "replica.h"
#include "sync/sat-bundle.h"
#include "sync/sat-git.h"

#define N_LAPTOPS 3
#define ROUNDS 2
#define STEPS 45

typedef struct
{
  World *world;
  SatWorkspace *laptops[N_LAPTOPS];
  GPtrArray *files; /* bundles that were written */
  GPtrArray *ids;   /* SatId of customers, known to somebody */
  guint clock;
} Mixed;

static const char *const names[N_LAPTOPS] = { "a", "b", "c" };

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
  g_autofree char *text = g_strdup_printf ("%s %u", names[i], mixed->clock);

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
  const SatId *to = below (2) ? sat_workspace_device (mixed->laptops[below (N_LAPTOPS)]) : NULL;
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

static void
rebuild (Mixed *mixed, guint i)
{
  g_autoptr (GError) error = NULL;
  SatRebuilt rebuilt;

  if (below (2))
    sat_remove_tree (mixed->world->hub);
  sat_sync_rebuild (mixed->laptops[i], NULL, NULL, &rebuilt, &error);
  g_assert_no_error (error);
}

static void
step (Mixed *mixed)
{
  guint i = below (N_LAPTOPS);

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

static void
come_to_rest (Mixed *mixed)
{
  for (guint round = 0; round < 3; round++)
    for (guint i = 0; i < N_LAPTOPS; i++)
      {
        reopen (mixed, i);
        g_assert_cmpuint (world_sync (mixed->laptops[i]).quarantined, ==, 0);
      }
  for (guint i = 1; i < N_LAPTOPS; i++)
    world_assert_same (mixed->laptops[0], mixed->laptops[i]);
  g_assert_cmpint (world_count (mixed->laptops[0], "customer"), ==, (gint64) mixed->ids->len);
}

static void
test_mixed (World *world, gconstpointer data)
{
  Mixed mixed = { .world = world };
  g_autofree char *log = NULL;

  mixed.files = g_ptr_array_new_with_free_func (g_free);
  mixed.ids = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < N_LAPTOPS; i++)
    mixed.laptops[i] = world_join (world, names[i], names[i], 11 + i);
  for (guint i = 0; i < STEPS; i++)
    step (&mixed);
  come_to_rest (&mixed);
  log = world_git (world->hub, "fsck", "--strict", "--no-progress", NULL);
  for (guint i = 0; i < N_LAPTOPS; i++)
    sat_workspace_close (mixed.laptops[i]);
  g_ptr_array_unref (mixed.files);
  g_ptr_array_unref (mixed.ids);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 1; i <= ROUNDS; i++)
    {
      g_autofree char *path = g_strdup_printf ("/mixed/%u", i);
      g_test_add (path, World, NULL, world_set_up, test_mixed, world_tear_down);
    }
  return g_test_run ();
}
