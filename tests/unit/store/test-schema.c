/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Databases of every released version of the tables (tests/golden/schema-N.sql) are brought up to
 * date, whatever happens in between; those of a later one are left alone. */
#include "core/store/sat-schema.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/sat-crash.h"
#include "tests/support/world.h"

/* What the program of that version said of it. */
typedef struct
{
  int version;
  const char *digests[3];
} Golden;

static const Golden goldens[] = {
  { 1,
    { "c1e6700210264c04df04818aae5c889ddc36c57cfd6a418a05a89c2a0ebda3e0",
      "26078e125ea6eab6e5eb538399b8fa823c15e2e4e019cdb17d6b1f69db6ad3e9",
      "8e721436cb53dd197ba8346fc8a02277a75dbbe2669bc1d62e9c0297db925c1b" } },
  { 2,
    { "a49b42eb13ac57ea32b882b7aab2df94515ab76bc058448eb073e878706725f0",
      "7436638757353d2018753785208edf4a20d45e25983c84fb5a991d544049445d",
      "bd64a4c1736422f924932644c701eb91856e25fee417278d7ae7203f89038d90" } },
};

typedef struct
{
  World world;
  char *home, *file;
  const Golden *golden;
} Fixture;

/* The tables of that version with change-sets that wait to be sent. */
static void
load (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_strdup_printf ("schema-%d.sql", f->golden->version);
  g_autofree char *golden = g_build_filename (g_getenv ("SATCHEL_SOURCE_ROOT"), "tests", "golden",
                                              name, NULL);
  g_autofree char *sql = NULL;
  g_autoptr (SatDb) db = NULL;

  g_assert_true (g_file_get_contents (golden, &sql, NULL, NULL));
  db = sat_db_open (f->file, TRUE, &error);
  g_assert_no_error (error);
  g_assert_true (sat_db_begin (db, &error));
  g_assert_true (sat_db_exec (db, sql, &error));
  g_assert_no_error (error);
  g_assert_true (sat_db_commit (db, &error));
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  f->golden = data;
  world_init (&f->world);
  sat_catalogue_unref (f->world.catalogue);
  f->world.catalogue = sat_catalogue_default (&error);
  g_assert_no_error (error);
  f->home = g_build_filename (f->world.dir, "old", NULL);
  g_assert_cmpint (g_mkdir (f->home, 0700), ==, 0);
  f->file = g_build_filename (f->home, "replica.db", NULL);
  load (f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_free (f->home);
  g_free (f->file);
  world_clear (&f->world);
}

static gint64
version_of (const char *file)
{
  return world_number_in (file, "SELECT value FROM meta WHERE key = 'schema'");
}

/* The registers are what the program of that version said they are, and nothing else is wrong. */
static void
assert_content (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SatWorkspace) old = world_open (&f->world, "old", NULL);
  g_autoptr (GPtrArray) found = sat_workspace_digest (old, &error);
  g_autoptr (GPtrArray) sealed = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, G_N_ELEMENTS (f->golden->digests));
  for (guint i = 0; i < found->len; i++)
    g_assert_cmpstr (((const SatDigest *) g_ptr_array_index (found, i))->digest, ==,
                     f->golden->digests[i]);
  sealed = sat_workspace_unpushed (old, G_MAXSIZE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sealed->len, >, 0);
  assert_check (old, FALSE, "schema", TRUE);
  assert_check (old, FALSE, "numbers", TRUE);
  assert_check (old, FALSE, "registers", TRUE);
  assert_check (old, FALSE, "history", TRUE);
  assert_check (old, FALSE, "search", TRUE);
  assert_check (old, FALSE, "database", TRUE);
}

/* Every entry that was there is there. */
static void
assert_history (Fixture *f, const char *kept)
{
  g_autoptr (SatWorkspace) now = world_open (&f->world, "old", NULL);
  guint64 sum = 0;
  gint64 n = world_number_in (kept, "SELECT count(*) FROM history");

  g_assert_cmpint (n, >, 0);
  g_assert_cmpint (world_history (now, NULL, &sum), ==, n);
  g_assert_cmpint ((gint64) sum, ==, world_number_in (kept, "SELECT sum (hlc) FROM history"));
}

static void
test_upgrade (Fixture *f, gconstpointer data)
{
  g_autofree char *name = g_strdup_printf ("before-upgrade-%d.db", f->golden->version);
  g_autofree char *kept = g_build_filename (f->home, name, NULL);

  g_assert_cmpint (version_of (f->file), ==, f->golden->version);
  assert_content (f);
  g_assert_cmpint (version_of (f->file), ==, SAT_SCHEMA_VERSION);
  g_assert_cmpint (version_of (kept), ==, f->golden->version);
  g_assert_cmpint (world_number_in (kept, "SELECT count(*) FROM sealed WHERE pushed = 0"), >, 0);
  assert_history (f, kept);
  assert_content (f);
}

/* Killed at the first durable step, at the second ...: the next opening makes it good. */
static void
test_killed (Fixture *f, gconstpointer data)
{
  gboolean through = FALSE;
  guint step;

  for (step = 1; !through; step++)
    {
      pid_t child;
      int status;

      g_assert_cmpuint (step, <, 100);
      g_unlink (f->file);
      load (f);
      child = fork ();
      g_assert_cmpint (child, >=, 0);
      if (child == 0)
        {
          sat_crash_after (step);
          _exit (sat_workspace_open (f->home, f->world.platform, f->world.catalogue, NULL) == NULL);
        }
      g_assert_cmpint (waitpid (child, &status, 0), ==, child);
      through = WIFEXITED (status);
      g_assert_true (through ? WEXITSTATUS (status) == 0
                             : WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL);
      assert_content (f);
    }
#ifdef SAT_CRASH_POINTS
  g_assert_cmpuint (step, >, 3);
#endif
}

/* Of a newer program: nothing in it is touched. */
static void
test_newer (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 before;

  {
    g_autoptr (SatDb) db = sat_db_open (f->file, FALSE, &error);
    g_assert_true (sat_db_exec (db, "UPDATE meta SET value = '99' WHERE key = 'schema'", &error));
  }
  before = world_number_in (f->file, "SELECT count(*) + sum (length (sql)) FROM sqlite_schema");
  g_assert_null (sat_workspace_open (f->home, f->world.platform, f->world.catalogue, &error));
  assert_error (&error, SAT_ERROR_NEWER, "this replica was last used by a newer Satchel");
  g_assert_cmpint (version_of (f->file), ==, 99);
  g_assert_cmpint (
      world_number_in (f->file, "SELECT count(*) + sum (length (sql)) FROM sqlite_schema"), ==,
      before);
}

/* An upgraded database has the tables of a new one. */
static void
test_same_tables (Fixture *f, gconstpointer data)
{
  static const char sql[] = "SELECT sum (length (replace (name || tbl_name || type, ' ', ''))) FROM"
                            " sqlite_schema WHERE name NOT LIKE 'o_%' AND name NOT LIKE 'i_%'"
                            " AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'search_%'";
  g_autofree char *fresh = g_build_filename (f->world.dir, "fresh.db", NULL);
  g_autoptr (GError) error = NULL;

  {
    g_autoptr (SatDb) db = sat_db_open (fresh, TRUE, &error);
    g_assert_no_error (error);
    g_assert_true (sat_db_begin (db, &error));
    g_assert_true (sat_schema_create (db, &error));
    g_assert_true (sat_db_commit (db, &error));
  }
  assert_content (f);
  g_assert_cmpint (world_number_in (f->file, sql), ==, world_number_in (fresh, sql));
}

static void
add (const char *name, const Golden *golden, void (*func) (Fixture *, gconstpointer))
{
  g_autofree char *path = g_strdup_printf ("/store/schema/%d/%s", golden->version, name);

  g_test_add (path, Fixture, golden, set_up, func, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (goldens); i++)
    {
      add ("upgrade", &goldens[i], test_upgrade);
      add ("killed", &goldens[i], test_killed);
      add ("newer", &goldens[i], test_newer);
      add ("same-tables", &goldens[i], test_same_tables);
    }
  return g_test_run ();
}
