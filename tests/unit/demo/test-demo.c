/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The whole demo: the same to the commit for the same seed, complete, and with something to do for
 * the person who opens it. */
#include "cli/demo/sat-demo.h"

#include <glib/gstdio.h>

#include "sync/sat-sync.h"
#include "tests/support/temp-dir.h"

#define CUSTOMERS 60

static char *
make (const char *dir, const char *name, guint64 seed)
{
  char *path = g_build_filename (dir, name, NULL);
  GError *error = NULL;

  sat_demo_make (path, CUSTOMERS, seed, NULL, NULL, &error);
  g_assert_no_error (error);
  return path;
}

/* Every branch of the hub with the commit it stands at, as stock git prints them. */
static char *
branches (const char *demo)
{
  g_autofree char *hub = g_build_filename (demo, "hub.git", NULL);
  const char *argv[] = { "git", "-c", "safe.directory=*", "-C", hub, "for-each-ref", NULL };
  char *text = NULL;
  int status = -1;
  GError *error = NULL;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &text, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  return text;
}

static SatWorkspace *
open_replica (const char *demo, const char *name)
{
  g_autofree char *home = g_build_filename (demo, name, NULL);
  GError *error = NULL;
  SatWorkspace *replica = sat_workspace_open (home, NULL, NULL, &error);

  g_assert_no_error (error);
  return replica;
}

/* "company 3f…\neast 08…\n" */
static char *
digests (SatWorkspace *replica)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) books = sat_workspace_digest (replica, &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < books->len; i++)
    {
      const SatDigest *digest = g_ptr_array_index (books, i);

      g_string_append_printf (text, "%s %s\n", digest->book, digest->digest);
    }
  return g_string_free (text, FALSE);
}

static gint64
count (SatWorkspace *replica, const char *object)
{
  SatQuery query = { .object = sat_catalogue_find (sat_workspace_catalogue (replica), object),
                     .limit = -1 };
  GError *error = NULL;
  gint64 n = sat_workspace_count (replica, &query, &error);

  g_assert_no_error (error);
  return n;
}

static void
sync_now (SatWorkspace *replica)
{
  SatSyncResult result = { 0 };
  GError *error = NULL;

  sat_sync_run (replica, 0, NULL, NULL, NULL, &result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result.quarantined, ==, 0);
}

static void
test_same_seed (void)
{
  char *dir = temp_dir_new ();
  g_autofree char *a = make (dir, "a", 5), *b = make (dir, "b", 5), *c = make (dir, "c", 6);
  g_autofree char *branches_a = branches (a), *branches_b = branches (b),
                  *branches_c = branches (c);
  static const char *const names[] = { "east", "west", "head-office" };

  g_assert_cmpstr (branches_a, !=, "");
  g_assert_cmpstr (branches_a, ==, branches_b);
  g_assert_cmpstr (branches_a, !=, branches_c);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (SatWorkspace) x = open_replica (a, names[i]), y = open_replica (b, names[i]);
      g_autofree char *digest_x = digests (x), *digest_y = digests (y);

      g_assert_cmpstr (digest_x, ==, digest_y);
    }
  temp_dir_free (dir);
}

static void
test_content (void)
{
  char *dir = temp_dir_new ();
  g_autofree char *demo = make (dir, "demo", 1);
  g_autoptr (SatWorkspace) east = open_replica (demo, "east"), west = open_replica (demo, "west"),
                           office = open_replica (demo, "head-office");
  g_autoptr (SatStatus) status = sat_workspace_status (east, NULL);

  g_assert_cmpint (count (office, "customer"), ==, CUSTOMERS);
  g_assert_cmpint (count (east, "customer"), <, CUSTOMERS);
  g_assert_cmpint (count (east, "customer") + count (west, "customer"), >, CUSTOMERS);
  g_assert_cmpint (count (office, "contact"), >, CUSTOMERS);
  g_assert_cmpint (count (office, "deal"), >, CUSTOMERS / 2);
  g_assert_cmpint (count (office, "activity"), >, 2 * CUSTOMERS);
  g_assert_cmpint (count (west, "product"), ==, 24);
  g_assert_cmpint (count (west, "user"), ==, count (office, "user"));
  g_assert_cmpstr (status->user_login, ==, "wang");
  g_assert_cmpint (status->n_conflicts, >=, 3);
  g_assert_cmpint (status->pending, >=, 3);
  g_assert_cmpint (status->n_quarantined, ==, 0);

  /* East has something to fetch; after everybody has synced twice all agree on what they share. */
  SatSyncResult result = { 0 };
  GError *error = NULL;
  sat_sync_run (east, 0, NULL, NULL, NULL, &result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result.sent_change_sets, >, 0);
  g_assert_cmpuint (result.applied, >, 0);
  sync_now (west);
  sync_now (office);
  sync_now (east);
  sync_now (west);
  g_autofree char *of_east = digests (east), *of_west = digests (west),
                  *of_office = digests (office);
  g_auto (GStrv) lines = g_strsplit (of_east, "\n", -1);
  for (char **line = lines; *line; line++)
    g_assert_nonnull (g_strstr_len (of_office, -1, *line));
  g_strfreev (g_steal_pointer (&lines));
  lines = g_strsplit (of_west, "\n", -1);
  for (char **line = lines; *line; line++)
    g_assert_nonnull (g_strstr_len (of_office, -1, *line));
  temp_dir_free (dir);
}

static void
test_refused (void)
{
  char *dir = temp_dir_new ();
  g_autofree char *path = g_build_filename (dir, "full", "file", NULL);
  g_autofree char *full = g_path_get_dirname (path);
  GError *error = NULL;

  g_assert_cmpint (g_mkdir (full, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "mine", -1, NULL));
  g_assert_false (sat_demo_make (full, 1, 1, NULL, NULL, &error));
  g_assert_error (error, SAT_ERROR, SAT_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));

  g_assert_false (sat_demo_make (path, 1, 1, NULL, NULL, &error)); /* a file is no folder */
  g_assert_error (error, SAT_ERROR, SAT_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_false (sat_demo_make (dir, SAT_DEMO_MAX_CUSTOMERS + 1, 1, NULL, NULL, &error));
  g_assert_error (error, SAT_ERROR, SAT_ERROR_INVALID);
  g_clear_error (&error);
  temp_dir_free (dir);
}

/* The smallest ones lack the customers that the last evening is about; they are made all the same.
 */
static void
test_small (void)
{
  for (guint customers = 0; customers < 2; customers++)
    {
      char *dir = temp_dir_new ();
      g_autofree char *demo = g_build_filename (dir, "demo", NULL);
      GError *error = NULL;

      sat_demo_make (demo, customers, 9, NULL, NULL, &error);
      g_assert_no_error (error);
      g_autoptr (SatWorkspace) office = open_replica (demo, "head-office");
      g_assert_cmpint (count (office, "customer"), ==, customers);
      temp_dir_free (dir);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  sat_sync_init ();
  g_test_add_func ("/demo/demo/same-seed", test_same_seed);
  g_test_add_func ("/demo/demo/content", test_content);
  g_test_add_func ("/demo/demo/refused", test_refused);
  g_test_add_func ("/demo/demo/small", test_small);
  return g_test_run ();
}
