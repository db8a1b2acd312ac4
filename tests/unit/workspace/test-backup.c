/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/workspace/sat-workspace-backup.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "core/store/sat-db.h"
#include "tests/support/world.h"

typedef struct
{
  World world;
  SatWorkspace *wang, *li;
  char *file, *home;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  SatWorkspace *laptops[2];

  world_laptops (&f->world, laptops, 2);
  f->wang = laptops[0];
  f->li = laptops[1];
  f->file = g_build_filename (f->world.dir, "wang.backup", NULL);
  f->home = g_build_filename (f->world.dir, "new", NULL);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_clear_pointer (&f->wang, sat_workspace_close);
  g_clear_pointer (&f->li, sat_workspace_close);
  g_free (f->file);
  g_free (f->home);
  world_clear (&f->world);
}

static void
backup (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SatBackup) backup = sat_workspace_backup (f->wang, f->file, &error);
  g_autofree char *part = g_strconcat (f->file, ".part", NULL);
  GStatBuf found;

  g_assert_no_error (error);
  g_assert_cmpuint (backup->digests->len, ==, 2);
  g_assert_cmpint (g_stat (f->file, &found), ==, 0);
  g_assert_cmpuint (backup->bytes, ==, (guint64) found.st_size);
  g_assert_cmpuint (found.st_mode & 0777, ==, 0600);
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
}

static gboolean
restore (Fixture *f, const char *home, SatRestored *restored, GError **error)
{
  return sat_workspace_restore (f->file, home, f->world.platform, f->world.catalogue, restored,
                                error);
}

static void
refuse (Fixture *f, const char *home, int code, const char *start)
{
  g_autoptr (GError) error = NULL;
  g_auto (SatRestored) restored = { 0 };
  g_autofree char *staging = g_strconcat (home, ".restoring", NULL);

  g_assert_false (restore (f, home, &restored, &error));
  assert_error (&error, code, start);
  g_assert_false (g_file_test (staging, G_FILE_TEST_EXISTS));
}

/* Another laptop goes on with what was saved, sends what had not been sent, and both live on. */
static void
test_elsewhere (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_auto (SatRestored) restored = { 0 };
  g_autoptr (SatWorkspace) new = NULL;
  SatWorkspace *all[3];
  SatId id = record_new (f->wang, "customer", "name", "sent", NULL);

  world_sync (&f->world, f->wang);
  record_new (f->wang, "customer", "name", "sealed", NULL);
  sat_workspace_seal (f->wang, &error);
  record_set (f->wang, "customer", &id, "city", "Shanghai");
  backup (f);
  record_set (f->wang, "customer", &id, "city", "Suzhou");
  record_new (f->wang, "customer", "name", "after the backup", NULL);
  g_assert_true (restore (f, f->home, &restored, &error));
  g_assert_no_error (error);
  g_assert_null (restored.kept);
  g_assert_false (sat_id_equal (&restored.device, sat_workspace_device (f->wang)));
  new = world_open (&f->world, "new", NULL);
  g_assert_true (sat_id_equal (&restored.device, sat_workspace_device (new)));
  g_ptr_array_add (f->world.devices, g_memdup2 (&restored.device, sizeof (SatId)));
  assert_healthy (new);
  assert_check (new, FALSE, "copy", TRUE);
  assert_check (new, FALSE, "key", TRUE);
  record_new (new, "customer", "name", "on the new one", NULL);
  all[0] = new, all[1] = f->wang, all[2] = f->li;
  world_sync_all (&f->world, all, 3);
  world_sync_all (&f->world, all, 3);
  assert_equal_replicas (new, f->wang);
  assert_equal_replicas (new, f->li);
  g_assert_cmpint (world_int (f->li, "SELECT count(*) FROM o_customer"), ==, 4);
  assert_value (f->li, "customer", &id, "city", "Suzhou");
}

/* Over a replica that is there: it is kept beside. */
static void
test_in_place (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_auto (SatRestored) restored = { 0 };
  g_autofree char *home = g_build_filename (f->world.dir, "wang", NULL);
  g_autofree char *kept = g_strconcat (home, ".before-restore", NULL);
  g_autofree char *kept_db = g_build_filename (kept, "replica.db", NULL);

  record_new (f->wang, "customer", "name", "one", NULL);
  backup (f);
  record_new (f->wang, "customer", "name", "two", NULL);
  refuse (f, home, SAT_ERROR_BUSY, "the workspace in “");
  g_clear_pointer (&f->wang, sat_workspace_close);
  g_assert_true (restore (f, home, &restored, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (restored.kept, ==, kept);
  g_assert_true (g_file_test (kept_db, G_FILE_TEST_IS_REGULAR));
  f->wang = world_open (&f->world, "wang", NULL);
  g_assert_cmpint (world_int (f->wang, "SELECT count(*) FROM o_customer"), ==, 1);
  assert_healthy (f->wang);
}

static void
spoil (const char *file, gsize at)
{
  g_autofree char *text = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (file, &text, &length, NULL));
  g_assert_cmpuint (at, <, length);
  for (gsize i = at; i < length; i += 100)
    text[i] = (char) ~text[i];
  g_assert_true (g_file_set_contents (file, text, (gssize) length, NULL));
}

static void
test_refused (Fixture *f, gconstpointer data)
{
  g_autofree char *replica = g_build_filename (f->world.dir, "li", "replica.db", NULL);
  g_autofree char *file = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *other = NULL;
  g_auto (SatRestored) restored = { 0 };
  gint64 row;

  refuse (f, f->home, SAT_ERROR_NOT_FOUND, "there is no file “");
  g_assert_true (g_file_set_contents (f->file, "no backup", -1, NULL));
  refuse (f, f->home, SAT_ERROR_INVALID, "“");
  g_assert_cmpint (g_unlink (f->file), ==, 0);
  for (guint i = 0; i < 50; i++)
    record_new (f->wang, "customer", "name", "somebody", NULL);
  backup (f);
  refuse (f, f->world.dir, SAT_ERROR_INVALID, "“");
  /* A value that changed is as bad as a page that is broken. */
  {
    g_autoptr (SatDb) db = sat_db_open (f->file, FALSE, &error);
    g_assert_no_error (error);
    g_assert_true (sat_db_get_int (db, "SELECT min(row) FROM o_customer", 0, &row, &error));
    other = g_strdup_printf (
        "UPDATE o_customer SET f_name = 'x' WHERE row = %d; PRAGMA journal_mode=DELETE", (int) row);
    g_assert_true (sat_db_exec (db, other, &error));
  }
  refuse (f, f->home, SAT_ERROR_DAMAGED, "the backup “");
  backup (f);
  spoil (f->file, 40000);
  g_assert_false (restore (f, f->home, &restored, &error));
  g_assert_nonnull (error);
  /* A replica itself is none. */
  g_free (f->file);
  f->file = g_steal_pointer (&replica);
  refuse (f, f->home, SAT_ERROR_INVALID, "“");
  g_assert_false (g_file_test (f->home, G_FILE_TEST_EXISTS));
}

/* A backup to PATH leaves it as it was. */
static void
refuse_target (Fixture *f, const char *path)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  gsize size, size_after;

  g_assert_true (g_file_get_contents (path, &before, &size, NULL));
  g_assert_null (sat_workspace_backup (f->wang, path, &error));
  g_assert_error (error, SAT_ERROR, SAT_ERROR_INVALID);
  g_assert_true (g_file_get_contents (path, &after, &size_after, NULL));
  g_assert_cmpmem (before, size, after, size_after);
}

/* What is there and is no backup is never replaced, least of all the replica itself. */
static void
test_target (Fixture *f, gconstpointer data)
{
  g_autofree char *own = g_build_filename (f->world.dir, "wang", "replica.db", NULL);
  g_autofree char *other = g_build_filename (f->world.dir, "li", "replica.db", NULL);
  g_autofree char *key = g_build_filename (f->world.dir, "li", "device.key", NULL);
  g_autofree char *text = g_build_filename (f->world.dir, "notes.txt", NULL);
  g_autofree char *part = g_strconcat (f->file, ".part", NULL);

  record_new (f->wang, "customer", "name", "one", NULL);
  g_assert_true (g_file_set_contents (text, "notes", -1, NULL));
  refuse_target (f, own);
  refuse_target (f, other);
  refuse_target (f, key);
  refuse_target (f, text);
  g_assert_true (g_file_set_contents (part, "mine", -1, NULL));
  g_assert_null (sat_workspace_backup (f->wang, f->file, NULL));
  g_assert_cmpint (g_unlink (part), ==, 0);
  g_assert_true (g_file_set_contents (f->file, "", 0, NULL)); /* as mktemp makes one */
  backup (f);
  backup (f);
  record_new (f->wang, "customer", "name", "two", NULL);
}

/* Every byte of the file counts: one bit is enough. */
static void
test_flipped (Fixture *f, gconstpointer data)
{
  g_autofree char *text = NULL;
  gsize size;

  record_new (f->wang, "customer", "name", "somebody", NULL);
  backup (f);
  g_assert_true (g_file_get_contents (f->file, &text, &size, NULL));
  for (guint i = 0; i < 60; i++)
    {
      gsize at = i < 20 ? size - 1 - i * 4 : (gsize) g_test_rand_int_range (0, (gint32) size);
      g_auto (SatRestored) restored = { 0 };
      g_autoptr (GError) error = NULL;
      char bit = (char) (1 << g_test_rand_int_range (0, 7));

      text[at] ^= bit;
      g_assert_true (g_file_set_contents (f->file, text, (gssize) size, NULL));
      text[at] ^= bit;
      g_assert_false (restore (f, f->home, &restored, &error));
      g_assert_true (g_error_matches (error, SAT_ERROR, SAT_ERROR_DAMAGED) ||
                     g_error_matches (error, SAT_ERROR, SAT_ERROR_INVALID));
      g_assert_false (g_file_test (f->home, G_FILE_TEST_EXISTS));
    }
}

/* Another program writes and reads all the time. */
static gpointer
keep_writing (gpointer data)
{
  Fixture *f = data;

  for (guint i = 0; i < 60; i++)
    record_new (f->li, "customer", "name", "meanwhile", NULL);
  return NULL;
}

static void
test_in_use (Fixture *f, gconstpointer data)
{
  GThread *writer;
  SatWorkspace *other = world_open (&f->world, "wang", NULL);
  SatWorkspace *li = f->li;

  f->li = other; /* a second handle on the same replica */
  writer = g_thread_new ("writer", keep_writing, f);
  backup (f);
  g_thread_join (writer);
  backup (f);
  sat_workspace_close (other);
  f->li = li;
  {
    g_autoptr (GError) error = NULL;
    g_auto (SatRestored) restored = { 0 };
    g_autoptr (SatWorkspace) new = NULL;

    g_assert_true (restore (f, f->home, &restored, &error));
    g_assert_no_error (error);
    new = world_open (&f->world, "new", NULL);
    g_assert_cmpint (world_int (new, "SELECT count(*) FROM o_customer"), ==, 60);
    assert_healthy (new);
  }
}

int
main (int argc, char **argv)
{
#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  g_test_init (&argc, &argv, NULL);
  ADD ("/workspace/backup/elsewhere", test_elsewhere);
  ADD ("/workspace/backup/in-place", test_in_place);
  ADD ("/workspace/backup/refused", test_refused);
  ADD ("/workspace/backup/target", test_target);
  ADD ("/workspace/backup/flipped", test_flipped);
  ADD ("/workspace/backup/in-use", test_in_use);
  return g_test_run ();
}
