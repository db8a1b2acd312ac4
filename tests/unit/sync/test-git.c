/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The helpers around libgit2: repositories that mend themselves, refs, bounded reading, errors. */
#include "sync/sat-git.h"

#include <glib/gstdio.h>
/* From libgit2 1.8 on the calls that set the last error are declared there. */
#if __has_include(<git2/sys/errors.h>)
#include <git2/sys/errors.h>
#endif
#include <string.h>
#include <unistd.h>

#include "sync-fixture.h"

static git_oid
write_blob (git_repository *repo, const char *text)
{
  git_oid id;

  g_assert_cmpint (git_blob_create_from_buffer (&id, repo, text, strlen (text)), ==, 0);
  return id;
}

static void
test_cache_mends (Sandbox *sandbox, gconstpointer data)
{
  static const char *const lost[] = { "HEAD", "refs", "objects", "config" };
  g_autofree char *path = sandbox_path (sandbox, "a/b/cache.git");

  for (gsize i = 0; i < G_N_ELEMENTS (lost); i++)
    {
      g_autoptr (GError) error = NULL;
      git_repository *repo = sat_git_open_cache (path, TRUE, &error);
      g_autofree char *part = g_build_filename (path, lost[i], NULL);

      g_assert_no_error (error);
      g_assert_true (git_repository_is_bare (repo));
      write_blob (repo, "x");
      git_repository_free (repo);
      sat_remove_tree (part);
    }
}

static void
test_refs (Sandbox *sandbox, gconstpointer data)
{
  g_autofree char *path = sandbox_path (sandbox, "repo.git");
  g_autoptr (git_repository) repo = sat_git_open_cache (path, TRUE, NULL);
  g_autofree char *lock = g_build_filename (path, "refs/heads/a.lock", NULL);
  g_autofree char *east = g_build_filename (path, "refs/heads/east", NULL);
  g_autoptr (GError) error = NULL;
  git_oid one = write_blob (repo, "one");
  git_oid two = write_blob (repo, "two");
  git_oid found;

  g_assert_false (sat_git_ref (repo, "refs/heads/a", &found));
  g_assert_true (sat_git_set_ref (repo, "refs/heads/b", &one, &error));
  g_assert_true (sat_git_set_ref (repo, "refs/heads/a", &one, &error));
  g_assert_true (g_file_set_contents (lock, "", 0, NULL));
  g_assert_true (sat_git_set_ref (repo, "refs/heads/a", &two, &error));
  g_assert_no_error (error);
  g_assert_true (sat_git_ref (repo, "refs/heads/a", &found) && git_oid_equal (&found, &two));

  g_autoptr (GPtrArray) names = sat_git_list_refs (repo, "refs/heads/*", &error);

  g_assert_cmpuint (names->len, ==, 2);
  g_assert_cmpstr (names->pdata[0], ==, "refs/heads/a");
  g_assert_true (sat_git_set_ref (repo, "refs/heads/east/device/1", &one, &error));
  sat_git_pack_refs (repo);
  g_assert_true (sat_git_ref (repo, "refs/heads/a", &found) && git_oid_equal (&found, &two));
  g_assert_false (g_file_test (east, G_FILE_TEST_EXISTS)); /* the folder */
  g_assert_true (sat_git_ref (repo, "refs/heads/east/device/1", &found));
  g_assert_true (sat_git_set_ref (repo, "refs/heads/east/device/1", &two, &error));
  g_assert_true (sat_git_ref (repo, "refs/heads/east/device/1", &found) &&
                 git_oid_equal (&found, &two));
  g_assert_true (sat_git_delete_ref (repo, "refs/heads/a", &error));
  g_assert_true (sat_git_delete_ref (repo, "refs/heads/a", &error));
  g_assert_false (sat_git_ref (repo, "refs/heads/a", &found));
  git_oid_fromstr (&found, "0123456789012345678901234567890123456789");
  g_assert_false (sat_git_set_ref (repo, "refs/heads/c", &found, &error));
  g_assert_error (error, SAT_ERROR, SAT_ERROR_FAILED);
}

static void
test_read (Sandbox *sandbox, gconstpointer data)
{
  g_autofree char *path = sandbox_path (sandbox, "repo.git");
  g_autoptr (git_repository) repo = sat_git_open_cache (path, TRUE, NULL);
  git_oid id = write_blob (repo, "12345");
  g_autoptr (GBytes) bytes = sat_git_read (repo, &id, GIT_OBJECT_BLOB, 5, NULL);
  static const struct
  {
    git_object_t type;
    gsize max;
    SatErrorCode code;
  } cases[] = { { GIT_OBJECT_BLOB, 4, SAT_ERROR_MALFORMED },
                { GIT_OBJECT_TREE, 5, SAT_ERROR_MALFORMED } };

  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "12345", 5);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (sat_git_read (repo, &id, cases[i].type, cases[i].max, &error));
      g_assert_error (error, SAT_ERROR, (int) cases[i].code);
    }
}

static void
test_errors (void)
{
  g_autoptr (GError) error = NULL;

  sat_sync_init ();
  git_error_clear ();
  g_assert_false (sat_git_fail (&error, -1, "cannot do “%s”: %s", "this"));
  g_assert_error (error, SAT_ERROR, SAT_ERROR_FAILED);
  g_assert_true (g_str_has_prefix (error->message, "cannot do “this”: "));
  g_clear_error (&error);
  git_error_set_str (GIT_ERROR_ODB, "the reason");
  sat_git_fail (&error, -1, "cannot do “%s”: %s", "this");
  g_assert_cmpstr (error->message, ==, "cannot do “this”: the reason");
  g_clear_error (&error);
  sat_git_fail (&error, GIT_EUSER, "cannot do “%s”: %s", "this");
  g_assert_error (error, SAT_ERROR, SAT_ERROR_CANCELLED);
  sat_git_fail (NULL, -1, "cannot do “%s”: %s", "this");
}

static void
test_remove_tree (Sandbox *sandbox, gconstpointer data)
{
  g_autofree char *kept = sandbox_path (sandbox, "kept");
  g_autofree char *gone = sandbox_path (sandbox, "gone/deep/er");
  g_autofree char *root = sandbox_path (sandbox, "gone");
  g_autofree char *link = g_build_filename (gone, "link", NULL);
  g_autofree char *file = g_build_filename (kept, "file", NULL);

  g_assert_cmpint (g_mkdir_with_parents (kept, 0700), ==, 0);
  g_assert_cmpint (g_mkdir_with_parents (gone, 0700), ==, 0);
  g_assert_true (g_file_set_contents (file, "x", 1, NULL));
  g_assert_cmpint (symlink (kept, link), ==, 0);
  sat_remove_tree (root);
  g_assert_false (g_file_test (root, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (file, G_FILE_TEST_EXISTS));
  sat_remove_tree (root);
}

#define ADD(path, function) \
  g_test_add (path, Sandbox, NULL, sandbox_set_up, function, sandbox_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/sync/git/cache-mends", test_cache_mends);
  ADD ("/sync/git/refs", test_refs);
  ADD ("/sync/git/read", test_read);
  g_test_add_func ("/sync/git/errors", test_errors);
  ADD ("/sync/git/remove-tree", test_remove_tree);
  return g_test_run ();
}
