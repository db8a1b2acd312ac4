/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/store/sat-copy.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "tests/support/world.h"

typedef struct
{
  World world;
  SatWorkspace *laptop;
  char *file;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  world_laptops (&f->world, &f->laptop, 1);
  f->file = g_build_filename (f->world.dir, "copy.db", NULL);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_free (f->file);
  sat_workspace_close (f->laptop);
  world_clear (&f->world);
}

/* The copy is one file, for this user alone, and holds what was committed. */
static void
test_whole (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *part = g_strconcat (f->file, ".part", NULL);
  g_autofree char *text = NULL;
  gsize length;
  GStatBuf found;

  for (guint i = 0; i < 500; i++)
    record_new (f->laptop, "customer", "name", "somebody", NULL);
  g_assert_true (sat_copy_database (world_replica (f->laptop)->db, f->file, &error));
  g_assert_no_error (error);
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_stat (f->file, &found), ==, 0);
  g_assert_cmpuint (found.st_mode & 0777, ==, 0600);
  g_assert_true (g_file_get_contents (f->file, &text, &length, NULL));
  g_assert_cmpuint (length, >, 100);
  g_assert_cmpuint (text[18], ==, 1); /* no WAL database */
  g_assert_cmpint (world_number_in (f->file, "SELECT count(*) FROM o_customer"), ==, 500);
  g_assert_cmpint (world_number_in (f->file,
                                    "SELECT count(*) FROM pragma_integrity_check WHERE 1 AND "
                                    "integrity_check = 'ok'"),
                   ==, 1);
}

/* A copy made in a transaction is of that transaction's moment, whatever others write meanwhile. */
static void
test_moment (Fixture *f, gconstpointer data)
{
  g_autoptr (SatWorkspace) other = world_open (&f->world, "wang", NULL);
  SatDb *db = world_replica (f->laptop)->db;
  g_autoptr (GError) error = NULL;
  gint64 before;

  record_new (f->laptop, "customer", "name", "before", NULL);
  g_assert_true (sat_db_begin_read (db, &error));
  g_assert_true (sat_db_get_int (db, "SELECT count(*) FROM o_customer", -1, &before, &error));
  record_new (other, "customer", "name", "after", NULL);
  g_assert_true (sat_copy_pages (db, f->file, &error));
  sat_db_rollback (db);
  g_assert_no_error (error);
  g_assert_cmpint (world_number_in (f->file, "SELECT count(*) FROM o_customer"), ==, before);
  g_assert_cmpint (before, ==, 1);
  assert_healthy (f->laptop);
}

/* What was there stays when the copy cannot be made. */
static void
test_fails (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *nowhere = g_build_filename (f->world.dir, "no", "folder.db", NULL);
  g_autofree char *text = NULL;

  g_assert_false (sat_copy_database (world_replica (f->laptop)->db, nowhere, &error));
  assert_error (&error, SAT_ERROR_FAILED, "cannot write “");
  g_assert_true (g_file_set_contents (f->file, "old", -1, NULL));
  g_assert_cmpint (g_mkdir (nowhere, 0700), !=, 0);
  g_assert_false (sat_copy_settle (nowhere, f->file, &error));
  assert_error (&error, SAT_ERROR_FAILED, "cannot write “");
  g_assert_true (g_file_get_contents (f->file, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "old");
}

int
main (int argc, char **argv)
{
#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  g_test_init (&argc, &argv, NULL);
  ADD ("/store/copy/whole", test_whole);
  ADD ("/store/copy/moment", test_moment);
  ADD ("/store/copy/fails", test_fails);
  return g_test_run ();
}
