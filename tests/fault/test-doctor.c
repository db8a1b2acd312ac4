/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bit of a replica flips, in its database or in its local history: it is refused in a sentence,
 * or doctor names something, or nothing of what people wrote has changed by it. */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "replica.h"
#include "sync/sat-audit.h"

#define DATABASE_FLIPS 40
#define HISTORY_FLIPS 12

/* In place: a file with another inode would be a copy. */
static void
put (const char *path, const char *data, gsize size)
{
  int fd = g_open (path, O_WRONLY | O_TRUNC, 0);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, data, size), ==, (gssize) size);
  g_assert_cmpint (close (fd), ==, 0);
}

static gboolean
all_fine (const GPtrArray *checks)
{
  for (guint i = 0; i < checks->len; i++)
    {
      const SatCheck *check = checks->pdata[i];

      if (!check->ok)
        {
          g_test_message ("%s: %s", check->name, check->detail_msgid);
          return FALSE;
        }
    }
  return TRUE;
}

/* Does anybody say that something is wrong? *DIGEST (NULL: it is not asked for) is set if not. */
static gboolean
is_named (World *world, char **digest)
{
  g_autofree char *home = world_path (world, "a");
  g_autoptr (SatPlatform) platform = world_platform (99);
  g_autoptr (GError) error = NULL;
  g_autoptr (SatWorkspace) a = sat_workspace_open (home, platform, world->catalogue, &error);
  g_autoptr (GPtrArray) checks = a ? sat_workspace_doctor (a, FALSE, &error) : NULL;

  if (checks == NULL)
    {
      g_assert_nonnull (error);
      g_assert_cmpint (strlen (error->message), >, 10);
      return TRUE;
    }
  if (!all_fine (checks) || !sat_sync_audit (a, FALSE, NULL, checks, &error) || !all_fine (checks))
    return TRUE;
  if (digest)
    *digest = world_digest (a);
  return FALSE;
}

static void
fill (World *world)
{
  g_autoptr (SatWorkspace) a = world_join (world, "a", "wang", 11);
  g_autoptr (SatWorkspace) b = world_join (world, "b", "li", 12);
  SatId shared = world_new (a, "customer", "Shared", "phone", "1");

  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *name = g_strdup_printf ("Customer %u", i);
      world_new (a, "customer", name, "city", "Lhasa");
    }
  world_sync (a);
  world_sync (b);
  world_set (a, "customer", &shared, "notes", "one\ntwo");
  world_set (b, "customer", &shared, "phone", "2");
  world_sync (b);
  world_sync (a);
}

static void
remove_side_files (const char *path)
{
  static const char *const ends[] = { "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *side = g_strconcat (path, ends[i], NULL);
      g_remove (side);
    }
}

typedef struct
{
  World *world;
  char *path, *saved, *digest;
  gsize size;
} Database;

/* With one bit of byte AT other than it was: is it named? If not, nothing may have changed. */
static gboolean
flip (Database *database, gsize at)
{
  char mask = (char) (1U << g_test_rand_int_range (0, 8));
  g_autofree char *after = NULL;
  gboolean named;

  database->saved[at] ^= mask;
  remove_side_files (database->path);
  put (database->path, database->saved, database->size);
  database->saved[at] ^= mask;
  named = is_named (database->world, &after);
  if (!named)
    g_assert_cmpstr (after, ==, database->digest);
  return named;
}

static void
test_database (World *world, gconstpointer data)
{
  Database database = { .world = world, .path = world_path (world, "a/replica.db") };
  const char *text;
  guint named = 0;

  fill (world);
  g_assert_false (is_named (world, &database.digest));
  g_assert_true (g_file_get_contents (database.path, &database.saved, &database.size, NULL));
  for (guint i = 0; i < DATABASE_FLIPS;)
    {
      gsize at = (gsize) g_test_rand_int_range (0, (gint32) database.size);

      if (database.saved[at] == 0)
        continue; /* most of a small database is empty */
      flip (&database, at);
      i++;
    }
  /* A value in its row, wherever copies of it are. */
  for (gsize at = 0; (text = memmem (database.saved + at, database.size - at, "Customer 7", 10));
       at = (gsize) (text - database.saved) + 1)
    named += flip (&database, (gsize) (text - database.saved) + 9);
  g_assert_cmpuint (named, >, 0);
  remove_side_files (database.path);
  put (database.path, database.saved, database.size);
  g_assert_false (is_named (world, NULL));
  g_free (database.path);
  g_free (database.saved);
  g_free (database.digest);
}

/* Every bit of a pack counts, also those that no object is made of: the last ones of what zlib
 * has packed, the checksum. */
static void
test_history (World *world, gconstpointer data)
{
  g_autofree char *inbox = world_path (world, "a/git/inbox.git");
  g_autofree char *packs = g_build_filename (inbox, "objects", "pack", NULL);
  g_autofree char *saved = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *name;
  gsize size = 0;

  fill (world);
  g_free (world_git (inbox, "repack", "-a", "-d", "-q", NULL));
  dir = g_dir_open (packs, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".pack"))
      path = g_build_filename (packs, name, NULL);
  g_assert_nonnull (path);
  g_assert_cmpint (g_chmod (path, 0600), ==, 0);
  g_assert_true (g_file_get_contents (path, &saved, &size, NULL));
  g_assert_false (is_named (world, NULL));
  for (guint i = 0; i < HISTORY_FLIPS; i++)
    {
      gsize at = i == 0 ? size - 1 : (gsize) g_test_rand_int_range (12, (gint32) size);
      guint bit = (guint) g_test_rand_int_range (0, 8);

      saved[at] ^= (char) (1U << bit);
      put (path, saved, size);
      saved[at] ^= (char) (1U << bit);
      g_assert_true (is_named (world, NULL));
    }
  put (path, saved, size);
  g_assert_false (is_named (world, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(path, func) g_test_add (path, World, NULL, world_set_up, func, world_tear_down)
  TEST ("/doctor/database", test_database);
  TEST ("/doctor/history", test_history);
  return g_test_run ();
}
