/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is taken of a branch: all that is in order before the first that is not, and not a byte of
 * anything else. */
#include "sync/sat-take.h"

#include <string.h>

#include "sync-fixture.h"
#include "sync/sat-branches.h"

typedef struct
{
  Sandbox sandbox;
  char *hub;
  Device device;
  git_repository *from, *to;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autofree char *to = NULL;

  sandbox_set_up (&f->sandbox, NULL);
  f->hub = make_hub (&f->sandbox, "hub", 9);
  f->device = make_device (5);
  for (guint64 i = 1; i <= 3; i++)
    {
      g_autoptr (GBytes) text = make_text ("customers", &f->device.id, i, 1, 5);

      g_free (hub_add (f->hub, "customers", &f->device, 1, i, text, &f->device));
    }
  to = sandbox_path (&f->sandbox, "to");
  g_assert_cmpint (git_repository_open_bare (&f->from, f->hub), ==, 0);
  g_assert_cmpint (git_repository_init (&f->to, to, 1), ==, 0);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  git_repository_free (f->from);
  git_repository_free (f->to);
  g_free (f->hub);
  sandbox_tear_down (&f->sandbox, NULL);
}

static git_oid
oid (const char *hex)
{
  git_oid id;

  g_assert_cmpint (git_oid_fromstr (&id, hex), ==, 0);
  return id;
}

/* A commit of TREE (lines of git mktree) on top of PARENT; unsigned, which is not looked at here.
 */
static char *
add_commit (Fixture *f, const char *tree, const char *parent)
{
  g_autofree char *id = g_strchomp (run (f->hub, tree, "git", "mktree", "--missing", NULL));

  return g_strchomp (run (f->hub, NULL, "git", "-c", "user.name=x", "-c", "user.email=x",
                          "commit-tree", "-m", "x", "-p", parent, id, NULL));
}

static char *
add_blob (Fixture *f, gsize size)
{
  g_autofree char *text = g_strnfill (size, 'x');

  return g_strchomp (run (f->hub, text, "git", "hash-object", "-w", "--stdin", NULL));
}

/* Takes the branch that ends at TIP; its last that came, or NULL. MESSAGE: why not all of it. */
static char *
take (Fixture *f, const char *tip, const char *message)
{
  g_autoptr (SatTake) take = sat_take_new (f->from, f->to);
  g_autoptr (GError) problem = NULL;
  g_autoptr (GError) error = NULL;
  git_oid id = oid (tip);
  git_oid last;

  g_assert_true (sat_take_branch (take, &id, NULL, NULL, &last, &problem, &error));
  g_assert_no_error (error);
  g_assert_true (sat_take_run (take, NULL, &error));
  g_assert_no_error (error);
  if (message == NULL)
    g_assert_no_error (problem);
  else
    {
      g_assert_error (problem, SAT_ERROR, SAT_ERROR_MALFORMED);
      g_assert_nonnull (strstr (problem->message, message));
    }
  return git_oid_is_zero (&last) ? NULL : g_strdup (git_oid_tostr_s (&last));
}

/* Only this is in TO: N change-sets, all of each. */
static void
assert_holds (Fixture *f, const char *tip, guint n)
{
  g_autofree char *count = g_strdup_printf ("%u", 3 * n);
  g_autofree char *dir = sandbox_path (&f->sandbox, "to");
  g_autofree char *all = run (dir, NULL, "git", "rev-list", "--objects", tip, NULL);
  g_autofree char *objects = run (dir, NULL, "git", "count-objects", "-v", NULL);
  g_autofree char *line = g_strdup_printf ("in-pack: %s\n", count);
  guint lines = 0;

  for (const char *p = all; *p != '\0'; p++)
    lines += *p == '\n';
  g_assert_cmpuint (lines, ==, 3 * n);
  g_assert_nonnull (strstr (objects, line));
}

static void
test_good (Fixture *f, gconstpointer data)
{
  g_autofree char *tip = hub_tip (f->hub, "customers", &f->device.id);
  g_autofree char *last = take (f, tip, NULL);

  g_assert_cmpstr (last, ==, tip);
  assert_holds (f, tip, 3);
}

/* Something wrong in the middle, and in order again after it. */
static void
test_middle (Fixture *f, gconstpointer data)
{
  const char *const *entry = data; /* of the tree, and why it is refused */
  g_autofree char *good = hub_tip (f->hub, "customers", &f->device.id);
  g_autofree char *large = add_blob (f, 16 * 1024 * 1024 + 1);
  g_autofree char *small = add_blob (f, 10);
  g_autoptr (GString) wrong = g_string_new (entry[0]);
  g_autofree char *right = g_strdup_printf ("100644 blob %s\t5.changes\n", small);
  g_autofree char *bad = NULL;
  g_autofree char *tip = NULL;
  g_autofree char *last = NULL;

  g_string_replace (wrong, "LARGE", large, 0);
  bad = add_commit (f, wrong->str, good);
  tip = add_commit (f, right, bad);
  last = take (f, tip, entry[1]);
  g_assert_cmpstr (last, ==, good);
  assert_holds (f, good, 3);
}

/* A commit that cannot be read: what is before it cannot be found. */
static void
test_no_commit (Fixture *f, gconstpointer data)
{
  g_autofree char *blob = add_blob (f, 10);

  g_assert_null (take (f, blob, "wrong kind"));
  g_assert_null (take (f, "0123456789012345678901234567890123456789", "missing"));
}

static void
test_cover (Fixture *f, gconstpointer data)
{
  static const char *const trees[] = { "100644 blob BLOB\tvector\n", "100644 blob BLOB\tother\n",
                                       "120000 blob BLOB\tvector\n",
                                       "100644 blob BLOB\tvector\n100644 blob BLOB\tx\n" };
  g_autofree char *blob = add_blob (f, 10);
  g_autofree char *large = add_blob (f, 4 * 1024 * 1024 + 1);

  for (gsize i = 0; i <= G_N_ELEMENTS (trees); i++)
    {
      g_autoptr (SatTake) take = sat_take_new (f->from, f->to);
      g_autoptr (GString) text = g_string_new (i < G_N_ELEMENTS (trees) ? trees[i] : trees[0]);
      g_autofree char *tree = NULL;
      g_autofree char *commit = NULL;
      git_oid id;

      g_string_replace (text, "BLOB", i < G_N_ELEMENTS (trees) ? blob : large, 0);
      tree = g_strchomp (run (f->hub, text->str, "git", "mktree", NULL));
      commit = g_strchomp (run (f->hub, NULL, "git", "-c", "user.name=x", "-c", "user.email=x",
                                "commit-tree", "-m", "x", tree, NULL));
      id = oid (commit);
      g_assert_cmpint (sat_take_cover (take, &id), ==, i == 0);
    }
}

int
main (int argc, char **argv)
{
  static const char *const large[] = { "100644 blob LARGE\t4.changes\n", "too large" };
  static const char *const two[] = { "100644 blob LARGE\t4.changes\n100644 blob LARGE\t5.changes\n",
                                     "exactly one file" };
  static const char *const three[] = {
    "100644 blob LARGE\t4.changes\n100644 blob LARGE\t5.changes\n"
    "100644 blob LARGE\t6.changes\n",
    "too large"
  };
  static const char *const name[] = { "100644 blob LARGE\tx\n", "exactly one file" };
  static const char *const missing[] = {
    "100644 blob 0123456789012345678901234567890123456789\t4.changes\n", "missing"
  };

  g_test_init (&argc, &argv, NULL);
  sat_sync_init ();
  g_test_add ("/sync/take/good", Fixture, NULL, set_up, test_good, tear_down);
  g_test_add ("/sync/take/large", Fixture, large, set_up, test_middle, tear_down);
  g_test_add ("/sync/take/two", Fixture, two, set_up, test_middle, tear_down);
  g_test_add ("/sync/take/three", Fixture, three, set_up, test_middle, tear_down);
  g_test_add ("/sync/take/name", Fixture, name, set_up, test_middle, tear_down);
  g_test_add ("/sync/take/missing", Fixture, missing, set_up, test_middle, tear_down);
  g_test_add ("/sync/take/no-commit", Fixture, NULL, set_up, test_no_commit, tear_down);
  g_test_add ("/sync/take/cover", Fixture, NULL, set_up, test_cover, tear_down);
  return g_test_run ();
}
