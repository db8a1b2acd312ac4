/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of branches, walks along them, and the numbers of their tips. */
#include "sync/sat-branches.h"

#include <glib/gstdio.h>

#include "sync-fixture.h"
#include "sync/sat-commit.h"

#define DEVICE "6f1c2ab0-9d3e-8f41-a2b4-0c5d7e8f9a01"

static void
test_names (void)
{
  static const char *const good[] = {
    "refs/heads/company/" DEVICE "/1",
    "refs/heads/east-2/" DEVICE "/12",
    "refs/heads/7/" DEVICE "/1000000",
  };
  static const char *const bad[] = {
    "refs/heads/company/" DEVICE,
    "refs/heads/company/" DEVICE "/",
    "refs/heads/company/" DEVICE "/0",
    "refs/heads/company/" DEVICE "/01",
    "refs/heads/company/" DEVICE "/1000001",
    "refs/heads/company/" DEVICE "/1/2",
    "refs/heads/company/" DEVICE "/checkpoint-1",
    "refs/heads/company/6F1C2AB0-9d3e-8f41-a2b4-0c5d7e8f9a01/1",
    "refs/heads/company/6f1c2ab0/1",
    "refs/heads//" DEVICE "/1",
    "refs/heads/-x/" DEVICE "/1",
    "refs/heads/Company/" DEVICE "/1",
    "refs/heads/a_b/" DEVICE "/1",
    "refs/heads/.../" DEVICE "/1",
    "refs/heads/东/" DEVICE "/1",
    "refs/tags/company/" DEVICE "/1",
    "refs/heads/main",
    "HEAD",
    "",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      SatBranch branch;
      g_autofree char *again = NULL;

      g_assert_true (sat_branch_parse (good[i], &branch));
      again = sat_branch_ref (&branch);
      g_assert_cmpstr (again, ==, good[i]);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      SatBranch branch = { .epoch = 77 };

      g_test_message ("%s", bad[i]);
      g_assert_false (sat_branch_parse (bad[i], &branch));
      g_assert_cmpuint (branch.epoch, ==, 77);
    }
}

static void
test_longest_name (void)
{
  g_autofree char *longest = g_strnfill (SAT_BRANCH_BOOK_MAX, 'a');
  g_autofree char *good = g_strdup_printf ("refs/heads/%s/" DEVICE "/1", longest);
  g_autofree char *bad = g_strdup_printf ("refs/heads/%sa/" DEVICE "/1", longest);
  SatBranch branch;

  g_assert_true (sat_branch_parse (good, &branch));
  g_assert_cmpstr (branch.book, ==, longest);
  g_assert_false (sat_branch_parse (bad, &branch));
}

static git_repository *
new_repo (const Sandbox *sandbox)
{
  g_autofree char *path = sandbox_path (sandbox, "repo.git");
  g_autoptr (GError) error = NULL;
  git_repository *repo = sat_git_open_cache (path, TRUE, &error);

  g_assert_no_error (error);
  return repo;
}

/* N commits with the numbers from FIRST on; IDS[0] is the first. */
static void
make_line (git_repository *repo, guint64 first, guint n, const git_oid *parent, git_oid *ids)
{
  Device device = make_device (1);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GBytes) text = make_text ("east", &device.id, first + i, 1, 5);
      g_autoptr (GError) error = NULL;
      SatCommitDraft draft = { .book = "east",
                               .number = first + i,
                               .text = text,
                               .author_name = "a",
                               .author_email = "e",
                               .parent = i > 0 ? &ids[i - 1] : parent,
                               .seed = device.seed };

      g_assert_true (sat_commit_write (repo, &draft, &ids[i], &error));
    }
}

static void
test_walk (Sandbox *sandbox, gconstpointer data)
{
  g_autoptr (git_repository) repo = new_repo (sandbox);
  git_oid ids[10];
  g_auto (SatWalk) all = { 0 };
  g_auto (SatWalk) some = { 0 };
  g_auto (SatWalk) few = { 0 };
  g_auto (SatWalk) none = { 0 };

  make_line (repo, 1, 10, NULL, ids);
  g_assert_true (sat_branch_walk (repo, &ids[9], NULL, 0, NULL, NULL, &all, NULL));
  g_assert_cmpuint (all.ids->len, ==, 10);
  g_assert_true (all.at_end);
  for (guint i = 0; i < 10; i++)
    g_assert_true (git_oid_equal (&g_array_index (all.ids, git_oid, i), &ids[9 - i]));
  g_assert_true (sat_branch_walk (repo, &ids[9], &ids[3], 0, NULL, NULL, &some, NULL));
  g_assert_cmpuint (some.ids->len, ==, 6);
  g_assert_true (some.met && !some.at_end);
  g_assert_true (sat_branch_walk (repo, &ids[9], &ids[3], 6, NULL, NULL, &few, NULL));
  g_assert_cmpuint (few.ids->len, ==, 6);
  g_assert_false (few.met || few.at_end);
  g_assert_true (sat_branch_walk (repo, &ids[9], &ids[9], 0, NULL, NULL, &none, NULL));
  g_assert_cmpuint (none.ids->len, ==, 0);
  g_assert_true (none.met);
}

static gboolean
always_stop (gpointer data, GError **error)
{
  return sat_fail (error, SAT_ERROR_CANCELLED, "stopped", NULL);
}

static void
test_walk_fails (Sandbox *sandbox, gconstpointer data)
{
  g_autoptr (git_repository) repo = new_repo (sandbox);
  g_autoptr (GError) error = NULL;
  git_oid ids[2];
  git_oid missing;
  git_oid tree;
  SatWalk walk = { 0 };

  make_line (repo, 1, 2, NULL, ids);
  g_assert_false (sat_branch_walk (repo, &ids[1], NULL, 0, always_stop, NULL, &walk, &error));
  g_assert_error (error, SAT_ERROR, SAT_ERROR_CANCELLED);
  g_clear_error (&error);
  sat_walk_clear (&walk);
  git_oid_fromstr (&missing, "0123456789012345678901234567890123456789");
  g_assert_false (sat_branch_walk (repo, &missing, NULL, 0, NULL, NULL, &walk, &error));
  g_assert_error (error, SAT_ERROR, SAT_ERROR_NOT_FOUND);
  g_clear_error (&error);
  sat_walk_clear (&walk);
  git_oid_fromstr (&tree, "4b825dc642cb6eb9a060e54bf8d69288fbee4904");
  g_free (run (git_repository_path (repo), "", "git", "hash-object", "-t", "tree", "-w", "--stdin",
               NULL));
  g_assert_false (sat_branch_walk (repo, &tree, NULL, 0, NULL, NULL, &walk, &error));
  g_assert_error (error, SAT_ERROR, SAT_ERROR_MALFORMED);
  sat_walk_clear (&walk);
}

static guint64
number_of (SatPlaces *places, git_repository *repo, const char *ref, const git_oid *tip)
{
  g_autoptr (GError) error = NULL;
  guint64 number = 99;

  g_assert_true (sat_places_number (places, repo, ref, tip, NULL, NULL, &number, &error));
  g_assert_no_error (error);
  return number;
}

/* The number is the place in the branch, whatever a commit says of itself. */
static void
test_places (Sandbox *sandbox, gconstpointer data)
{
  g_autoptr (git_repository) repo = new_repo (sandbox);
  g_autofree char *path = sandbox_path (sandbox, "places");
  g_autoptr (SatPlaces) places = sat_places_load (path);
  const char *one = "refs/heads/east/" DEVICE "/1";
  const char *two = "refs/heads/east/" DEVICE "/2";
  git_oid ids[5];
  git_oid liars[2];

  make_line (repo, 1, 5, NULL, ids);
  g_assert_cmpuint (number_of (places, repo, one, &ids[2]), ==, 3);
  g_assert_cmpuint (number_of (places, repo, one, &ids[4]), ==, 5);
  make_line (repo, 2, 2, &ids[4], liars);
  g_assert_cmpuint (number_of (places, repo, one, &liars[1]), ==, 7);
  make_line (repo, 40, 5, NULL, ids);
  g_assert_cmpuint (number_of (places, repo, two, &ids[4]), ==, 44);
  g_assert_cmpuint (number_of (places, repo, one, &ids[4]), ==, 5);
  g_assert_cmpuint (number_of (places, repo, "refs/heads/main", &ids[4]), ==, 0);
  sat_places_save (places);

  g_autoptr (SatPlaces) again = sat_places_load (path);

  /* From the file, not from the commit: the repository is empty. */
  g_autofree char *empty_path = sandbox_path (sandbox, "empty.git");
  g_autoptr (git_repository) empty = sat_git_open_cache (empty_path, TRUE, NULL);

  g_assert_cmpuint (number_of (again, empty, two, &ids[4]), ==, 44);
}

static void
test_places_damaged (Sandbox *sandbox, gconstpointer data)
{
  static const char *const texts[] = {
    "", "x", "\n\n \n", "a b c\n", "refs/heads/a 0 b\n", "refs/heads/east/" DEVICE "/1 7 123\n"
  };
  g_autoptr (git_repository) repo = new_repo (sandbox);
  g_autofree char *path = sandbox_path (sandbox, "places");
  git_oid ids[3];

  make_line (repo, 1, 3, NULL, ids);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_assert_true (g_file_set_contents (path, texts[i], -1, NULL));

      g_autoptr (SatPlaces) places = sat_places_load (path);

      g_assert_cmpuint (number_of (places, repo, "refs/heads/east/" DEVICE "/1", &ids[2]), ==, 3);
    }
}

#define ADD(path, function) \
  g_test_add (path, Sandbox, NULL, sandbox_set_up, function, sandbox_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/branches/names", test_names);
  g_test_add_func ("/sync/branches/longest-name", test_longest_name);
  ADD ("/sync/branches/walk", test_walk);
  ADD ("/sync/branches/walk-fails", test_walk_fails);
  ADD ("/sync/branches/places", test_places);
  ADD ("/sync/branches/places-damaged", test_places_damaged);
  return g_test_run ();
}
