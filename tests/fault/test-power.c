/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The power goes at any write: nothing that was acknowledged is lost, the database is whole, the
 * doctor finds nothing, and no number was sealed twice.
 *
 *   SATCHEL_POWER_SEED=N     only this point
 *   SATCHEL_POWER_POINTS=N   how many (200)
 */
#include <glib/gstdio.h>
#include <string.h>

#include "power-vfs.h"
#include "tests/support/world.h"

#define ACTIONS 14

typedef struct
{
  SatId id;
  char *value;     /* acknowledged */
  char *attempted; /* written when the power went; NULL: nothing */
} Written;

typedef struct
{
  World *world;
  SatWorkspace *workspace;
  GRand *rand;
  GPtrArray *written; /* Written */
} Run;

static void
written_free (gpointer data)
{
  Written *written = data;

  g_free (written->value);
  g_free (written->attempted);
  g_free (written);
}

static guint
below (Run *run, guint n)
{
  return (guint) g_rand_int_range (run->rand, 0, (gint32) n);
}

/* ---- what is done, with or without power ---- */

static void
save (Run *run)
{
  const SatObject *object = sat_workspace_object (run->workspace, "customer", NULL);
  gboolean new = run->written->len == 0 || below (run, 2) == 0;
  g_autofree char *value = g_strdup_printf ("value %u", below (run, 1000000));
  g_autoptr (SatRecord) record = NULL;
  g_autoptr (SatDraft) draft = NULL;
  Written *written;
  SatId id;

  if (new)
    {
      draft = sat_draft_new (object);
      sat_draft_set (draft, object->title, "somebody");
      written = g_new0 (Written, 1);
    }
  else
    {
      written = g_ptr_array_index (run->written, below (run, run->written->len));
      record = sat_workspace_load (run->workspace, object, &written->id, NULL);
      if (record == NULL)
        return;
      draft = sat_draft_edit (record);
    }
  sat_draft_set (draft, sat_object_find (object, "city"), value);
  if (sat_workspace_save (run->workspace, draft, &id, NULL))
    {
      written->id = id;
      g_free (written->value);
      written->value = g_steal_pointer (&value);
      if (new)
        g_ptr_array_add (run->written, written);
      return;
    }
  if (new)
    written_free (written);
  else
    written->attempted = g_steal_pointer (&value);
}

/* What is on its way is noted, and so on disk, before it leaves. One number, one text. */
static void
push (Run *run)
{
  g_autoptr (GPtrArray) sealed = NULL;
  const SatId *device = sat_workspace_device (run->workspace);

  if (!sat_workspace_seal (run->workspace, NULL))
    return;
  sealed = sat_workspace_unpushed (run->workspace, G_MAXSIZE, NULL);
  for (guint i = 0; sealed != NULL && i < sealed->len; i++)
    {
      const SatSealed *one = g_ptr_array_index (sealed, i);
      g_autoptr (GBytes) there = NULL;

      if (!sat_workspace_mark_committed (run->workspace, one->book, one->number, "c", NULL))
        return;
      there = world_text (run->world, one->book, device, one->number);
      g_assert_true (there == NULL || g_bytes_equal (there, one->text));
      world_put_text (run->world, one->book, device, one->number, one->text);
      sat_workspace_mark_pushed (run->workspace, one->book, one->number, NULL);
    }
}

static void
fetch (Run *run)
{
  g_auto (GStrv) books = sat_workspace_books (run->workspace, NULL);
  g_autoptr (SatInbox) inbox = NULL;
  SatInboxProgress progress = { 0 };

  if (books == NULL)
    return;
  inbox = sat_inbox_new (run->workspace, world_hub_text, run->world);
  for (guint i = 0; books[i] != NULL; i++)
    for (guint k = 0; k < run->world->devices->len; k++)
      sat_inbox_offer (inbox, books[i], g_ptr_array_index (run->world->devices, k));
  for (guint i = 1 + below (run, 4); i > 0 && !progress.done; i--)
    if (!sat_inbox_step (inbox, 1, &progress, NULL))
      return;
}

static void
act (Run *run)
{
  gboolean more;

  switch (below (run, 9))
    {
    case 0:
      push (run);
      break;
    case 1:
    case 2:
      fetch (run);
      break;
    case 3:
      sat_workspace_index_step (run->workspace, 5, &more, NULL);
      break;
    case 4: /* what is in the WAL goes into the database */
      sat_db_exec (world_replica (run->workspace)->db, "PRAGMA wal_checkpoint(TRUNCATE)", NULL);
      break;
    default:
      save (run);
      break;
    }
}

/* ---- what must hold ---- */

static void
check_written (Run *run)
{
  for (guint i = 0; i < run->written->len; i++)
    {
      const Written *written = g_ptr_array_index (run->written, i);
      g_autofree char *value = record_get (run->workspace, "customer", &written->id, "city");

      if (g_strcmp0 (value, written->value) != 0)
        g_assert_cmpstr (value, ==, written->attempted);
    }
}

static void
copy_replica (World *world, const char *from, const char *to)
{
  static const char *const names[] = { "replica.db", "device.key" };
  g_autofree char *target = g_build_filename (world->dir, to, NULL);

  g_assert_cmpint (g_mkdir_with_parents (target, 0700), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *source = g_build_filename (world->dir, from, names[i], NULL);
      g_autofree char *copy = g_build_filename (target, names[i], NULL);
      g_autofree char *text = NULL;
      gsize length;

      g_assert_true (g_file_get_contents (source, &text, &length, NULL));
      g_assert_true (g_file_set_contents_full (copy, text, (gssize) length,
                                               G_FILE_SET_CONTENTS_NONE, 0600, NULL));
    }
}

static void
remove_replica (World *world, const char *name)
{
  g_autofree char *folder = g_build_filename (world->dir, name, NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *entry;

  while (dir != NULL && (entry = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, entry, NULL);
      g_unlink (path);
    }
  g_rmdir (folder);
}

/* Each point has a hub of its own, with what was in it. */
static GHashTable *
copy_hub (GHashTable *hub)
{
  GHashTable *copy = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                            (GDestroyNotify) g_bytes_unref);
  GHashTableIter iter;
  gpointer key, text;

  g_hash_table_iter_init (&iter, hub);
  while (g_hash_table_iter_next (&iter, &key, &text))
    g_hash_table_insert (copy, g_strdup (key), g_bytes_ref (text));
  return copy;
}

static void
run_point (World *world, guint64 seed)
{
  GHashTable *hub = world->hub;
  Run run = {
    .world = world,
    .rand = g_rand_new_with_seed ((guint32) seed),
    .written = g_ptr_array_new_with_free_func (written_free),
  };

  g_test_message ("point %" G_GUINT64_FORMAT, seed);
  world->hub = copy_hub (hub);
  copy_replica (world, "wang", "point");
  power_begin (1 + below (&run, 250), run.rand);
  run.workspace = world_open (world, "point", NULL);
  for (guint i = 0; i < ACTIONS && !power_is_cut (); i++)
    act (&run);
  g_clear_pointer (&run.workspace, sat_workspace_close);
  power_restore ();
  run.workspace = world_open (world, "point", NULL);
  check_written (&run);
  assert_healthy (run.workspace);
  world_sync (world, run.workspace);
  push (&run);
  check_written (&run);
  assert_healthy (run.workspace);
  sat_workspace_close (run.workspace);
  remove_replica (world, "point");
  g_hash_table_unref (world->hub);
  world->hub = hub;
  g_ptr_array_unref (run.written);
  g_rand_free (run.rand);
}

static guint64
setting (const char *name, guint64 otherwise)
{
  const char *text = g_getenv (name);

  return text != NULL ? g_ascii_strtoull (text, NULL, 10) : otherwise;
}

/* Wang's laptop, and what Li has put into the hub since. */
static void
test_points (void)
{
  SatWorkspace *laptops[2];
  World world;
  guint64 points = setting ("SATCHEL_POWER_POINTS", 200);

  world_laptops (&world, laptops, 2);
  for (guint i = 0; i < 12; i++)
    {
      for (guint k = 0; k < 15; k++)
        record_new (laptops[1], "customer", "name", "of Li", "city", "Hangzhou", NULL);
      world_push (&world, laptops[1]);
    }
  sat_workspace_close (laptops[0]);
  sat_workspace_close (laptops[1]);
  if (g_getenv ("SATCHEL_POWER_SEED") != NULL)
    run_point (&world, setting ("SATCHEL_POWER_SEED", 0));
  else
    for (guint64 seed = 1; seed <= points; seed++)
      run_point (&world, seed);
  power_begin (0, NULL);
  world_clear (&world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  power_install ();
  g_test_add_func ("/fault/power/points", test_points);
  return g_test_run ();
}
