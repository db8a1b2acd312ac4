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
#define DAY G_GUINT64_CONSTANT (86400)

/* Whose doctor is asked, and when. */
typedef struct
{
  World *world;
  const char *name;
  guint64 moment;
  SatAuditFlags flags;
} Laptop;

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

/* What doctor says of that laptop; NULL: it refuses to look. */
static GPtrArray *
examine (const Laptop *laptop, char **digest)
{
  g_autoptr (SatPlatform) platform = world_platform (laptop->moment);
  g_autofree char *home = world_path (laptop->world, laptop->name);
  g_autoptr (GError) error = NULL;
  g_autoptr (SatWorkspace) a = sat_workspace_open (home, platform, laptop->world->catalogue,
                                                   &error);
  g_autoptr (GPtrArray) checks = a ? sat_workspace_doctor (a, FALSE, &error) : NULL;

  if (checks == NULL)
    {
      g_assert_nonnull (error);
      g_assert_cmpint (strlen (error->message), >, 10);
      return NULL;
    }
  if (all_fine (checks))
    {
      if (!sat_sync_audit (a, laptop->flags, NULL, checks, &error))
        return NULL;
      if (digest && all_fine (checks))
        *digest = world_digest (a);
    }
  return g_steal_pointer (&checks);
}

/* Does anybody say that something is wrong? *DIGEST (NULL: it is not asked for) is set if not. */
static gboolean
is_named (const Laptop *laptop, char **digest)
{
  g_autoptr (GPtrArray) checks = examine (laptop, digest);

  return checks == NULL || !all_fine (checks);
}

/* Does a line of it have TEXT? */
static gboolean
says (const Laptop *laptop, const char *text)
{
  g_autoptr (GPtrArray) checks = examine (laptop, NULL);
  gboolean found = FALSE;

  g_assert_nonnull (checks);
  for (guint i = 0; i < checks->len; i++)
    {
      const SatCheck *check = checks->pdata[i];

      found = found || (check->detail_msgid && strstr (check->detail_msgid, text) != NULL);
    }
  return found;
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
  const Laptop *laptop;
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
  named = is_named (database->laptop, &after);
  if (!named)
    g_assert_cmpstr (after, ==, database->digest);
  return named;
}

/* Flips what it can of VALUE in the database, wherever copies of it are; how often that was named.
 */
static guint
flip_value (Database *database, const char *value)
{
  const char *text;
  guint named = 0;

  for (gsize at = 0;
       (text = memmem (database->saved + at, database->size - at, value, strlen (value)));
       at = (gsize) (text - database->saved) + 1)
    named += flip (database, (gsize) (text - database->saved) + strlen (value) - 1);
  return named;
}

static void
database_open (Database *database, const Laptop *laptop)
{
  g_autofree char *home = world_path (laptop->world, laptop->name);

  *database = (Database){ .laptop = laptop, .path = g_build_filename (home, "replica.db", NULL) };
  g_assert_false (is_named (laptop, &database->digest));
  g_assert_true (g_file_get_contents (database->path, &database->saved, &database->size, NULL));
}

/* It is put back as it was. */
static void
database_close (Database *database)
{
  remove_side_files (database->path);
  put (database->path, database->saved, database->size);
  g_assert_false (is_named (database->laptop, NULL));
  g_free (database->path);
  g_free (database->saved);
  g_free (database->digest);
}

static void
test_database (World *world, gconstpointer data)
{
  const Laptop laptop = { world, "a", 99, 0 };
  Database database;

  fill (world);
  database_open (&database, &laptop);
  for (guint i = 0; i < DATABASE_FLIPS;)
    {
      gsize at = (gsize) g_test_rand_int_range (0, (gint32) database.size);

      if (database.saved[at] == 0)
        continue; /* most of a small database is empty */
      flip (&database, at);
      i++;
    }
  g_assert_cmpuint (flip_value (&database, "Customer 7"), >, 0);
  database_close (&database);
}

/* The one pack that REPO is put into; newly allocated. */
static char *
only_pack (const char *repo)
{
  g_autofree char *packs = g_build_filename (repo, "objects", "pack", NULL);
  g_autoptr (GDir) dir = NULL;
  const char *name;
  char *path = NULL;

  g_free (world_git (repo, "repack", "-a", "-d", "-q", NULL));
  dir = g_dir_open (packs, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".pack"))
      path = g_build_filename (packs, name, NULL);
  g_assert_nonnull (path);
  g_assert_cmpint (g_chmod (path, 0600), ==, 0);
  return path;
}

/* Every bit of a pack counts, also those that no object is made of: the last ones of what zlib
 * has packed, the checksum. */
static void
flip_pack (const Laptop *laptop, const char *repo)
{
  g_autofree char *path = only_pack (repo);
  g_autofree char *saved = NULL;
  gsize size = 0;

  g_assert_true (g_file_get_contents (path, &saved, &size, NULL));
  g_assert_false (is_named (laptop, NULL));
  for (guint i = 0; i < HISTORY_FLIPS; i++)
    {
      gsize at = i == 0 ? size - 1 : (gsize) g_test_rand_int_range (12, (gint32) size);
      guint bit = (guint) g_test_rand_int_range (0, 8);

      saved[at] ^= (char) (1U << bit);
      put (path, saved, size);
      saved[at] ^= (char) (1U << bit);
      g_assert_true (is_named (laptop, NULL));
    }
  put (path, saved, size);
  g_assert_false (is_named (laptop, NULL));
}

static void
test_history (World *world, gconstpointer data)
{
  g_autofree char *inbox = world_path (world, "a/git/inbox.git");
  const Laptop laptop = { world, "a", 99, 0 };

  fill (world);
  flip_pack (&laptop, inbox);
}

/* ---- after epochs were dropped ---- */

static void
live_day (World *world, const char *name, guint64 day)
{
  g_autoptr (SatWorkspace) workspace = world_open (world, name, day * DAY + (guint8) *name);
  g_autofree char *city = g_strdup_printf ("City of %s %u", name, (guint) day);

  world_new (workspace, "customer", "Another", "city", city);
  world_sync (workspace);
}

static void
make_checkpoint (World *world, const char *name, guint64 day)
{
  g_autoptr (SatWorkspace) workspace = world_open (world, name, day * DAY + 200);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) made = sat_sync_checkpoint (workspace, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (made->len, >, 0);
}

static gboolean
has_first_epoch (const char *repo)
{
  g_autofree char *refs = world_git (repo, "for-each-ref", "--format=%(refname)",
                                     "refs/heads/customers/*/1", NULL);

  return *refs != '\0';
}

/* Of book customers the first change-sets of A and B are nowhere any more; A has made the
 * checkpoints, and both have written something since. */
static void
fill_and_drop (World *world)
{
  g_autofree char *inbox_a = world_path (world, "a/git/inbox.git");
  g_autofree char *inbox_b = world_path (world, "b/git/inbox.git");

  fill (world);
  for (guint64 day = 1; day <= 4; day++)
    {
      live_day (world, "a", day * 20);
      live_day (world, "b", day * 20);
      live_day (world, "a", day * 20 + 1);
      if (day < 4)
        make_checkpoint (world, "a", day * 20 + 2);
    }
  live_day (world, "b", 81);
  g_assert_false (has_first_epoch (world->hub));
  g_assert_false (has_first_epoch (inbox_a));
  g_assert_false (has_first_epoch (inbox_b));
}

/* The own checkpoints are only a cache: what is damaged goes, and the hub has another. */
static void
spoil (const Laptop *maker, const char *checkpoints)
{
  Laptop repairing = *maker;
  Laptop online = *maker;
  g_autofree char *path = only_pack (checkpoints);
  g_autofree char *saved = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (path, &saved, &size, NULL));
  saved[size / 2] ^= 1;
  put (path, saved, size);
  repairing.flags |= SAT_AUDIT_REPAIR;
  g_assert_true (is_named (&repairing, NULL));
  g_assert_false (is_named (maker, NULL));
  g_assert_true (says (maker, "is not replayed"));
  online.flags = 0;
  g_assert_true (says (&online, "is replayed from checkpoint"));
}

static void
test_dropped (World *world, gconstpointer data)
{
  const Laptop maker = { world, "a", 90 * DAY, SAT_AUDIT_OFFLINE };
  g_autofree char *inbox = world_path (world, "a/git/inbox.git");
  g_autofree char *checkpoints = world_path (world, "a/git/checkpoints.git");
  Database database;

  fill_and_drop (world);
  g_assert_true (says (&maker, "is replayed from checkpoint"));
  database_open (&database, &maker);
  g_assert_cmpuint (flip_value (&database, "City of b 20"), >, 0); /* what the checkpoint has */
  g_assert_cmpuint (flip_value (&database, "City of b 80"), >, 0); /* what came since */
  database_close (&database);
  flip_pack (&maker, inbox);
  flip_pack (&maker, checkpoints);
  spoil (&maker, checkpoints);
}

/* Where object NAME is in pack PATH of REPO: its middle. */
static gsize
find_object (const char *repo, const char *path, const char *name)
{
  g_autofree char *id = world_git (repo, "rev-parse", name, NULL);
  g_autofree char *list = world_git (repo, "verify-pack", "-v", path, NULL);
  g_auto (GStrv) words = NULL;
  const char *line = strstr (list, g_strchomp (id));

  g_assert_nonnull (line);
  words = g_strsplit (line, " ", -1);
  for (guint i = 1; words[i] != NULL; i++)
    if (g_str_equal (words[i], "blob"))
      {
        /* "ID blob  SIZE SIZE-IN-PACK OFFSET" */
        while (*words[++i] == '\0')
          ;
        return (gsize) (g_ascii_strtoull (words[i + 2], NULL, 10) +
                        g_ascii_strtoull (words[i + 1], NULL, 10) / 2);
      }
  g_assert_not_reached ();
}

/* B has no checkpoint of its own. */
static void
test_dropped_hub (World *world, gconstpointer data)
{
  const Laptop laptop = { world, "b", 90 * DAY, 0 };
  const Laptop offline = { world, "b", 90 * DAY, SAT_AUDIT_OFFLINE };
  g_autofree char *left = world_path (world, "b/git/replaying.git");
  g_autofree char *away = world_path (world, "away");
  g_autofree char *ref = NULL;
  g_autofree char *shard = NULL;
  g_autofree char *pack = NULL;
  g_autofree char *saved = NULL;
  Database database;
  gsize size, at;

  fill_and_drop (world);
  g_assert_true (says (&laptop, "is replayed from checkpoint"));
  g_assert_false (g_file_test (left, G_FILE_TEST_EXISTS));
  database_open (&database, &laptop);
  g_assert_cmpuint (flip_value (&database, "City of a 20"), >, 0);
  g_assert_cmpuint (flip_value (&database, "City of a 81"), >, 0);
  database_close (&database);

  ref = world_git (world->hub, "for-each-ref", "--sort=-creatordate", "--count=1",
                   "--format=%(refname)", "refs/heads/customers/*/checkpoint-*", NULL);
  shard = g_strconcat (g_strchomp (ref), ":state/customer/all", NULL);
  pack = only_pack (world->hub);
  g_assert_true (g_file_get_contents (pack, &saved, &size, NULL));
  at = find_object (world->hub, pack, shard);
  saved[at] ^= 4;
  put (pack, saved, size);
  saved[at] ^= 4;
  g_assert_true (is_named (&laptop, NULL));
  put (pack, saved, size);
  g_assert_false (is_named (&laptop, NULL));

  /* Without the hub less can be said, and that is said. */
  g_assert_true (says (&offline, "is not replayed"));
  g_assert_cmpint (g_rename (world->hub, away), ==, 0);
  g_assert_true (says (&laptop, "cannot be asked for the checkpoint"));
  g_assert_false (is_named (&laptop, NULL));
  g_assert_cmpint (g_rename (away, world->hub), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(path, func) g_test_add (path, World, NULL, world_set_up, func, world_tear_down)
  TEST ("/doctor/database", test_database);
  TEST ("/doctor/history", test_history);
  TEST ("/doctor/dropped", test_dropped);
  TEST ("/doctor/dropped-hub", test_dropped_hub);
  return g_test_run ();
}
