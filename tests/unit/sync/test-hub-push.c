/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sending refs to a hub that is a folder, whatever else is in it: all or a clear answer, never over
 * what somebody else has put there. */
#include "sync/sat-hub-push.h"

#include <glib/gstdio.h>
#include <string.h>

#include "core/workspace/sat-workspace.h"
#include "sync-fixture.h"

#define REF "refs/heads/customers/01949f4e-0000-7000-8000-0000000000aa/1"
#define OTHER "refs/heads/customers/01949f4e-0000-7000-8000-0000000000bb/1"
#define NOWHERE "1111111111111111111111111111111111111111"

typedef struct
{
  Sandbox box;
  char *hub;
  char *own; /* a repository with branch REF of three commits */
  SatWorkspace *workspace;
  SatSyncJob *job;
  git_repository *repo;
} Fixture;

/* One more commit on REF in REPO; its id. */
static char *
add_commit (const char *repo, const char *ref, const char *parent, const char *text)
{
  g_autofree char *blob = g_strstrip (
      run (repo, text, "git", "hash-object", "-w", "--stdin", NULL));
  g_autofree char *entry = g_strdup_printf ("100644 blob %s\t%s.changes\n", blob, text);
  g_autofree char *tree = g_strstrip (run (repo, entry, "git", "mktree", NULL));
  char *commit = g_strstrip (run (repo, text, "git", "-c", "user.name=x", "-c", "user.email=x",
                                  "commit-tree", tree, parent ? "-p" : NULL, parent, NULL));

  g_free (run (repo, NULL, "git", "update-ref", ref, commit, NULL));
  return commit;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;
  g_autofree char *three = NULL;

  sandbox_set_up (&fixture->box, data);
  fixture->hub = make_hub (&fixture->box, "hub", 9);
  fixture->own = sandbox_path (&fixture->box, "own");
  g_free (run (NULL, NULL, "git", "init", "-q", "--bare", fixture->own, NULL));
  one = add_commit (fixture->own, REF, NULL, "1");
  two = add_commit (fixture->own, REF, one, "2");
  three = add_commit (fixture->own, REF, two, "3");
  fixture->workspace = fake_new (fixture->box.dir, "a", 1, fixture->hub);
  fixture->job = sat_sync_job_new (fixture->workspace, SAT_PEER_HUB, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (git_repository_open (&fixture->repo, fixture->own), ==, 0);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  git_repository_free (fixture->repo);
  sat_sync_job_free (fixture->job);
  sat_workspace_close (fixture->workspace);
  g_free (fixture->own);
  g_free (fixture->hub);
  sandbox_tear_down (&fixture->box, data);
}

static gboolean
push (Fixture *fixture, const char *spec, GError **error)
{
  const char *specs[] = { spec };
  GPtrArray list = { (gpointer *) specs, 1 };

  return sat_hub_push (fixture->job, fixture->repo, NULL, &list, error);
}

static void
assert_pushed (Fixture *fixture, const char *spec, const char *ref)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (push (fixture, spec, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (g_hash_table_lookup (fixture->job->push_status, ref), ==, "");
}

static char *
tip_of (const char *repo, const char *ref)
{
  return g_strstrip (run (repo, NULL, "git", "rev-parse", ref, NULL));
}

static void
assert_same (Fixture *fixture, const char *here, const char *there)
{
  g_autofree char *ours = tip_of (fixture->own, here);
  g_autofree char *theirs = tip_of (fixture->hub, there);

  g_assert_cmpstr (theirs, ==, ours);
  g_free (run (fixture->hub, NULL, "git", "rev-list", "--objects", "--quiet", there, NULL));
}

/* A loose ref, as anybody who can write to the folder can make one. */
static void
write_ref (const char *repo, const char *ref, const char *text)
{
  g_autofree char *path = g_build_filename (repo, ref, NULL);
  g_autofree char *folder = g_path_get_dirname (path);

  g_mkdir_with_parents (folder, 0700);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static guint
count_packed (const char *repo)
{
  g_autofree char *all = run (repo, NULL, "git", "count-objects", "-v", NULL);
  const char *at = strstr (all, "in-pack: ");

  return at ? (guint) g_ascii_strtoull (at + strlen ("in-pack: "), NULL, 10) : 0;
}

static void
test_new_grow_delete (Fixture *fixture, gconstpointer data)
{
  g_autofree char *more = NULL;
  g_autofree char *tip = NULL;
  guint before;

  (void) data;
  assert_pushed (fixture, REF ":" REF, REF);
  assert_same (fixture, REF, REF);
  tip = tip_of (fixture->own, REF);
  more = add_commit (fixture->own, REF, tip, "4");
  before = count_packed (fixture->hub);
  assert_pushed (fixture, REF ":" REF, REF);
  assert_same (fixture, REF, REF);
  g_assert_cmpuint (count_packed (fixture->hub), ==, before + 3);
  assert_pushed (fixture, ":" REF, REF);
  g_free (run_failing (fixture->hub, "git", "rev-parse", "--verify", "-q", REF, NULL));
  assert_pushed (fixture, ":" REF, REF);
}

/* A ref that names nothing stops nobody, and neither does one that is no ref. */
static void
test_broken_refs (Fixture *fixture, gconstpointer data)
{
  (void) data;
  write_ref (fixture->hub, OTHER, NOWHERE "\n");
  write_ref (fixture->hub, "refs/heads/odd", "no id at all\n");
  assert_pushed (fixture, REF ":" REF, REF);
  assert_same (fixture, REF, REF);
}

/* It names what we have and the hub has not: all is sent nevertheless. */
static void
test_claims_ours (Fixture *fixture, gconstpointer data)
{
  g_autofree char *tip = tip_of (fixture->own, REF);

  (void) data;
  write_ref (fixture->hub, OTHER, tip);
  assert_pushed (fixture, REF ":" REF, REF);
  assert_same (fixture, REF, REF);
}

static void
test_changed_there (Fixture *fixture, gconstpointer data)
{
  g_autofree char *foreign = add_commit (fixture->hub, REF, NULL, "7");
  g_autofree char *now = NULL;
  g_autoptr (GError) error = NULL;

  (void) data;
  g_assert_false (push (fixture, REF ":" REF, &error));
  g_assert_error (error, SAT_ERROR, SAT_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "has changed meanwhile"));
  now = tip_of (fixture->hub, REF);
  g_assert_cmpstr (now, ==, foreign);
}

/* Somebody holds the lock: that ref alone is refused. */
static void
test_locked (Fixture *fixture, gconstpointer data)
{
  const char *specs[] = { REF ":" REF, REF ":" OTHER };
  GPtrArray list = { (gpointer *) specs, 2 };
  g_autoptr (GError) error = NULL;

  (void) data;
  write_ref (fixture->hub, REF ".lock", "");
  g_assert_true (sat_hub_push (fixture->job, fixture->repo, NULL, &list, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (g_hash_table_lookup (fixture->job->push_status, REF), !=, "");
  g_assert_cmpstr (g_hash_table_lookup (fixture->job->push_status, OTHER), ==, "");
  assert_same (fixture, REF, OTHER);
  g_free (run_failing (fixture->hub, "git", "rev-parse", "--verify", "-q", REF, NULL));
}

/* What is to be sent is not there: nothing is touched. */
static void
test_nothing_to_send (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  (void) data;
  g_assert_false (push (fixture, "refs/heads/none:" REF, &error));
  g_assert_error (error, SAT_ERROR, SAT_ERROR_FAILED);
  g_free (run_failing (fixture->hub, "git", "rev-parse", "--verify", "-q", REF, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)
  ADD ("/hub-push/new-grow-delete", test_new_grow_delete);
  ADD ("/hub-push/broken-refs", test_broken_refs);
  ADD ("/hub-push/claims-ours", test_claims_ours);
  ADD ("/hub-push/changed-there", test_changed_there);
  ADD ("/hub-push/locked", test_locked);
  ADD ("/hub-push/nothing-to-send", test_nothing_to_send);
#undef ADD
  return g_test_run ();
}
