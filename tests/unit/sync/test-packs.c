/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copying commits between repositories, and making few packs of many. */
#include "sync/sat-packs.h"

#include <glib/gstdio.h>
#include <string.h>

#include "sync-fixture.h"
#include "sync/sat-commit.h"
#include "sync/sat-tidy.h"

static git_repository *
open_repo (const Sandbox *sandbox, const char *name)
{
  g_autofree char *path = sandbox_path (sandbox, name);
  g_autoptr (GError) error = NULL;
  git_repository *repo = sat_git_open_cache (path, TRUE, &error);

  g_assert_no_error (error);
  return repo;
}

static git_oid
add_commit (git_repository *repo, guint64 number, const git_oid *parent)
{
  Device device = make_device (1);
  g_autoptr (GBytes) text = make_text ("east", &device.id, number, 3, 50);
  SatCommitDraft draft = { .book = "east",
                           .number = number,
                           .text = text,
                           .author_name = "a",
                           .author_email = "e",
                           .parent = parent,
                           .seed = device.seed };
  git_oid id;

  g_assert_true (sat_commit_write (repo, &draft, &id, NULL));
  return id;
}

static guint
count_packs (git_repository *repo)
{
  g_autofree char *path = g_build_filename (git_repository_path (repo), "objects", "pack", NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    n += g_str_has_suffix (name, ".pack") ? 1 : 0;
  return n;
}

static void
test_copy (Sandbox *sandbox, gconstpointer data)
{
  g_autoptr (git_repository) from = open_repo (sandbox, "from.git");
  g_autoptr (git_repository) to = open_repo (sandbox, "to.git");
  g_autoptr (GError) error = NULL;
  git_oid one = add_commit (from, 1, NULL);
  git_oid two = add_commit (from, 2, &one);
  git_oid three = add_commit (from, 3, &two);
  guint64 first = 0;
  guint64 second = 0;
  guint64 third = 0;

  g_assert_true (sat_packs_copy (from, to, &two, NULL, &first, &error));
  g_assert_no_error (error);
  g_assert_true (sat_git_has (to, &one) && sat_git_has (to, &two));
  g_assert_false (sat_git_has (to, &three));
  g_assert_true (sat_packs_copy (from, to, &three, &two, &second, &error));
  g_assert_true (sat_git_has (to, &three));
  g_assert_true (sat_packs_copy (from, to, &three, &three, &third, &error));
  g_assert_cmpuint (count_packs (to), ==, 2);
  g_assert_cmpuint (first, >, second);
  g_assert_cmpuint (second, >, 100);
  g_assert_cmpuint (third, ==, 0);
  g_assert_true (sat_git_set_ref (to, "refs/heads/x", &three, &error));
  g_free (run (git_repository_path (to), NULL, "git", "fsck", "--strict", "--full", NULL));
}

static void
test_copy_missing (Sandbox *sandbox, gconstpointer data)
{
  g_autoptr (git_repository) from = open_repo (sandbox, "from.git");
  g_autoptr (git_repository) to = open_repo (sandbox, "to.git");
  g_autoptr (GError) error = NULL;
  git_oid nowhere;

  git_oid_fromstr (&nowhere, "0123456789012345678901234567890123456789");
  g_assert_false (sat_packs_copy (from, to, &nowhere, NULL, NULL, &error));
  g_assert_error (error, SAT_ERROR, SAT_ERROR_FAILED);
}

static void
test_consolidate (Sandbox *sandbox, gconstpointer data)
{
  g_autoptr (git_repository) from = open_repo (sandbox, "from.git");
  g_autoptr (git_repository) to = open_repo (sandbox, "to.git");
  g_autoptr (GError) error = NULL;
  git_oid ids[6];
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *left = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      ids[i] = add_commit (from, i + 1, i > 0 ? &ids[i - 1] : NULL);
      g_assert_true (sat_packs_copy (from, to, &ids[i], i > 0 ? &ids[i - 1] : NULL, NULL, &error));
    }
  g_assert_true (sat_git_set_ref (to, "refs/heads/x", &ids[5], &error));
  before = run (git_repository_path (to), NULL, "git", "log", "-p", "x", NULL);
  g_assert_true (sat_packs_consolidate (to, 6, &error));
  g_assert_cmpuint (count_packs (to), ==, 6);
  g_assert_true (sat_packs_consolidate (to, 5, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_packs (to), ==, 1);
  left = g_build_filename (git_repository_path (to), "objects/pack/pack_git2_1234idx.lock", NULL);
  g_assert_true (g_file_set_contents (left, "x", 1, NULL));
  g_assert_true (sat_packs_consolidate (to, 0, &error));
  g_assert_false (g_file_test (left, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (count_packs (to), ==, 1);
  after = run (git_repository_path (to), NULL, "git", "log", "-p", "x", NULL);
  g_assert_cmpstr (before, ==, after);
  g_free (run (git_repository_path (to), NULL, "git", "fsck", "--strict", "--full", NULL));
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    g_assert_true (sat_git_has (to, &ids[i]));
}

/* What is left out goes with all that only it reaches; the file that is not git's stays. */
static void
test_prune (Sandbox *sandbox, gconstpointer data)
{
  git_repository *repo = open_repo (sandbox, "repo.git");
  g_autoptr (GHashTable) without = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *places = g_build_filename (git_repository_path (repo), "places", NULL);
  g_autoptr (GPtrArray) refs = NULL;
  g_autoptr (GError) error = NULL;
  git_oid one = add_commit (repo, 1, NULL);
  git_oid two = add_commit (repo, 2, &one);
  git_oid other = add_commit (repo, 9, NULL);

  g_assert_true (sat_git_set_ref (repo, "refs/heads/east/x/1", &two, &error));
  g_assert_true (sat_git_set_ref (repo, "refs/heads/east/x/2", &one, &error));
  g_assert_true (sat_git_set_ref (repo, "refs/heads/east/y/1", &other, &error));
  g_assert_true (g_file_set_contents (places, "kept", 4, NULL));
  g_hash_table_add (without, (gpointer) "refs/heads/east/x/1");
  g_hash_table_add (without, (gpointer) "refs/heads/east/y/1");
  g_hash_table_add (without, (gpointer) "refs/heads/east/z/1"); /* not there */
  g_assert_true (sat_packs_prune (&repo, without, &error));
  g_assert_no_error (error);
  refs = sat_git_list_refs (repo, "refs/*", &error);
  g_assert_cmpuint (refs->len, ==, 1);
  g_assert_cmpstr (refs->pdata[0], ==, "refs/heads/east/x/2");
  g_assert_true (sat_git_has (repo, &one));
  g_assert_false (sat_git_has (repo, &two));
  g_assert_false (sat_git_has (repo, &other));
  g_assert_true (g_file_test (places, G_FILE_TEST_EXISTS));
  g_free (run (git_repository_path (repo), NULL, "git", "fsck", "--strict", "--full", NULL));
  git_repository_free (repo);
}

/* What branches reach goes into one pack at once; a push whose branch is not set yet stays, until
 * it has had its time. */
static void
test_tidy (Sandbox *sandbox, gconstpointer data)
{
  g_autoptr (git_repository) from = open_repo (sandbox, "from.git");
  g_autoptr (git_repository) to = open_repo (sandbox, "to.git");
  const char *path = git_repository_path (to);
  g_autoptr (GError) error = NULL;
  SatTidied tidied;
  git_oid ids[4];
  git_oid coming = add_commit (from, 9, NULL);
  char hex[GIT_OID_HEXSZ + 1];
  g_autofree char *lock = g_build_filename (path, "satchel-tidy.lock", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      ids[i] = add_commit (from, i + 1, i > 0 ? &ids[i - 1] : NULL);
      g_assert_true (sat_packs_copy (from, to, &ids[i], i > 0 ? &ids[i - 1] : NULL, NULL, &error));
    }
  g_assert_true (sat_git_set_ref (to, "refs/heads/x", &ids[3], &error));
  g_assert_true (sat_packs_copy (from, to, &coming, NULL, NULL, &error));
  g_assert_cmpuint (sat_tidy_count (path), ==, 5);

  /* Somebody else is at it. */
  g_assert_true (g_file_set_contents (lock, "", 0, NULL));
  g_assert_true (sat_tidy (path, 3600, &tidied, &error));
  g_assert_cmpuint (sat_tidy_count (path), ==, 5);
  g_assert_cmpint (g_unlink (lock), ==, 0);

  /* A branch that a power cut has left empty is not nothing: all stays. */
  g_autofree char *broken = g_build_filename (path, "refs/heads/y", NULL);
  g_assert_true (g_file_set_contents (broken, "", 0, NULL));
  g_assert_false (sat_tidy (path, 0, &tidied, &error));
  g_clear_error (&error);
  g_assert_cmpuint (sat_tidy_count (path), ==, 5);
  g_assert_cmpint (g_unlink (broken), ==, 0);

  g_assert_true (sat_tidy (path, 3600, &tidied, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (tidied.packs, ==, 4);
  g_assert_cmpuint (sat_tidy_count (path), ==, 2);
  g_assert_true (sat_git_has (to, &coming) && sat_git_has (to, &ids[0]));
  g_assert_cmpuint (tidied.after, <, tidied.before);
  /* Again: the same pack is written, and is not removed. */
  g_assert_true (sat_tidy (path, 0, &tidied, &error));
  g_assert_cmpuint (sat_tidy_count (path), ==, 1);
  g_assert_true (sat_tidy (path, 0, &tidied, &error));
  g_assert_cmpuint (sat_tidy_count (path), ==, 1);
  g_free (run (path, NULL, "git", "fsck", "--strict", "--full", NULL));
  g_assert_false (g_file_test (lock, G_FILE_TEST_EXISTS));
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      git_oid_tostr (hex, sizeof hex, &ids[i]);
      g_free (run (path, NULL, "git", "cat-file", "-e", hex, NULL));
    }
  git_oid_tostr (hex, sizeof hex, &coming);
  g_free (run_failing (path, "git", "cat-file", "-e", hex, NULL));
}

#define ADD(path, function) \
  g_test_add (path, Sandbox, NULL, sandbox_set_up, function, sandbox_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/sync/packs/copy", test_copy);
  ADD ("/sync/packs/copy-missing", test_copy_missing);
  ADD ("/sync/packs/consolidate", test_consolidate);
  ADD ("/sync/packs/prune", test_prune);
  ADD ("/sync/packs/tidy", test_tidy);
  return g_test_run ();
}
