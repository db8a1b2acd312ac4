/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole exchanges over a path, with made-up workspaces: what arrives, what is sent, what happens to
 * the two local repositories, and everything that can be wrong with the hub or a branch on it. */
#include "sync/sat-sync.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#include "sync-fixture.h"
#include "sync/sat-outbox.h"
#include "sync/sat-packs.h"
#include "sync/sat-sync-lock.h"

#define FOUNDER 9

typedef struct
{
  Sandbox sandbox;
  char *hub;
  SatWorkspace *a, *b;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  sandbox_set_up (&fixture->sandbox, NULL);
  fixture->hub = make_hub (&fixture->sandbox, "hub", FOUNDER);
  fixture->a = fake_new (fixture->sandbox.dir, "a", 1, fixture->hub);
  fixture->b = fake_new (fixture->sandbox.dir, "b", 2, fixture->hub);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  sat_workspace_close (fixture->a);
  sat_workspace_close (fixture->b);
  g_free (fixture->hub);
  sandbox_tear_down (&fixture->sandbox, NULL);
}

static SatSyncResult
sync_ok (SatWorkspace *workspace)
{
  g_autoptr (GError) error = NULL;
  SatSyncResult result;

  sat_sync_run (workspace, 0, NULL, NULL, NULL, &result, &error);
  g_assert_no_error (error);
  return result;
}

static void
sync_fails (SatWorkspace *workspace, SatErrorCode code, const char *message)
{
  g_autoptr (GError) error = NULL;
  SatSyncResult result;

  g_assert_false (sat_sync_run (workspace, 0, NULL, NULL, NULL, &result, &error));
  g_assert_error (error, SAT_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, message));
}

static void
assert_received (SatWorkspace *to, SatWorkspace *from, const char *book, guint64 number)
{
  const SatId *device = sat_workspace_device (from);

  g_assert_cmpuint (sat_workspace_applied (to, book, device), ==, number);
  for (guint64 i = 1; i <= number; i++)
    g_assert_nonnull (fake_applied (to, book, device, i));
}

static void
remove_git (SatWorkspace *workspace, const char *name)
{
  g_autofree char *path = g_build_filename (sat_workspace_home (workspace), "git", name, NULL);

  sat_remove_tree (path);
}

/* ---- the good ways ---- */

static void
test_exchange (Fixture *fixture, gconstpointer data)
{
  SatSyncResult result;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  fake_write (fixture->a, "company", 1);
  fake_write (fixture->a, "customers", 3);
  fake_write (fixture->a, "customers", 1);
  result = sync_ok (fixture->a);
  g_assert_cmpuint (result.sent_change_sets, ==, 3);
  g_assert_cmpuint (result.sent_bytes, >, 0);
  g_assert_cmpuint (result.received_change_sets, ==, 1);
  g_assert_cmpuint (result.applied, ==, 1);
  g_assert_cmpuint (fake_n_unpushed (fixture->a), ==, 0);
  result = sync_ok (fixture->b);
  g_assert_cmpuint (result.received_change_sets, ==, 4);
  g_assert_cmpuint (result.received_bytes, >, 0);
  g_assert_cmpuint (result.applied, ==, 4);
  assert_received (fixture->b, fixture->a, "customers", 2);
  fake_write (fixture->b, "customers", 1);
  g_assert_cmpuint (sync_ok (fixture->b).sent_change_sets, ==, 1);
  g_assert_cmpuint (sync_ok (fixture->a).applied, ==, 1);
  assert_received (fixture->a, fixture->b, "customers", 1);

  /* Nothing to do: nothing moves, anywhere. */
  before = run (fixture->sandbox.dir, NULL, "sh", "-c", "ls -lR --time-style=full-iso .", NULL);
  result = sync_ok (fixture->a);
  g_assert_cmpuint (result.sent_change_sets + result.received_change_sets, ==, 0);
  g_assert_cmpuint (result.sent_bytes + result.received_bytes + result.applied, ==, 0);
  after = run (fixture->sandbox.dir, NULL, "sh", "-c", "ls -lR --time-style=full-iso .", NULL);
  g_assert_cmpstr (before, ==, after);
}

static void
test_stock_git_verifies (Fixture *fixture, gconstpointer data)
{
  g_autofree char *allowed = NULL;
  g_autofree char *config = NULL;
  g_autofree char *log = NULL;
  g_auto (GStrv) lines = NULL;

  fake_write (fixture->a, "customers", 3);
  fake_write (fixture->b, "customers", 3);
  sync_ok (fixture->a);
  sync_ok (fixture->b);
  allowed = g_build_filename (sat_workspace_home (fixture->a), "allowed_signers", NULL);
  config = g_strconcat ("gpg.ssh.allowedSignersFile=", allowed, NULL);
  log = run (fixture->hub, NULL, "git", "-c", config, "log", "--all", "--format=%G? %GS", NULL);
  lines = g_strsplit (log, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 4);
  for (guint i = 0; i < 3; i++)
    g_assert_true (g_str_has_prefix (lines[i], "G "));
  g_assert_nonnull (strstr (log, "G 王_芳_____@W1\n"));
  g_free (run (fixture->hub, NULL, "git", "fsck", "--strict", "--no-progress", NULL));
}

static void
note_phase (SatPhase phase, guint64 done, guint64 total, gpointer data)
{
  GString *seen = data;

  if (done == 0 && total == 0)
    g_string_append_printf (seen, "%s ", sat_phase_name (phase));
}

static void
test_phases (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) seen = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (sat_sync_run (fixture->a, 0, NULL, note_phase, seen, NULL, &error));
  g_assert_cmpstr (seen->str, ==, "seal fetch apply merge push index ");
}

/* More than one batch of texts goes out in one exchange. */
static void
test_batches (Fixture *fixture, gconstpointer data)
{
  const SatId *device = sat_workspace_device (fixture->a);

  for (guint i = 1; i <= 5; i++)
    {
      g_autoptr (GBytes) text = make_text ("customers", device, i, 100, 80000);

      fake_write_text (fixture->a, "customers", text);
    }
  g_assert_cmpuint (5 * 100 * 80000, >, SAT_OUTBOX_BATCH);
  g_assert_cmpuint (sync_ok (fixture->a).sent_change_sets, ==, 5);
  sync_ok (fixture->b);
  assert_received (fixture->b, fixture->a, "customers", 5);
}

static void
test_many_packs (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < SAT_PACKS_MAX + 2; i++)
    {
      fake_write (fixture->a, "customers", 1);
      sync_ok (fixture->a);
      sync_ok (fixture->b);
    }
  assert_received (fixture->b, fixture->a, "customers", SAT_PACKS_MAX + 2);

  g_autofree char *packs = g_build_filename (sat_workspace_home (fixture->b),
                                             "git/inbox.git/objects/pack", NULL);
  g_autoptr (GDir) dir = g_dir_open (packs, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir))
    n++;
  g_assert_cmpuint (n, <, 2 * SAT_PACKS_MAX);
}

/* A later epoch's branch begins without a parent and goes on with the numbers. */
static void
test_epochs (Fixture *fixture, gconstpointer data)
{
  Device device = make_device (5);

  for (guint64 i = 1; i <= 6; i++)
    {
      g_autoptr (GBytes) text = make_text ("customers", &device.id, i, 1, 5);

      g_free (hub_add (fixture->hub, "customers", &device, i <= 3 ? 1 : 10, i, text, &device));
      if (i == 2 || i == 4)
        sync_ok (fixture->a);
    }
  sync_ok (fixture->a);
  sync_ok (fixture->b);
  g_assert_cmpuint (sat_workspace_applied (fixture->a, "customers", &device.id), ==, 6);
  g_assert_cmpuint (sat_workspace_applied (fixture->b, "customers", &device.id), ==, 6);
  g_assert_null (fake_quarantine (fixture->a, &device.id));
}

/* ---- what is lost is made again ---- */

static void
test_local_repositories_lost (Fixture *fixture, gconstpointer data)
{
  static const char *const lost[] = { "outbox.git", "inbox.git", "inbox.git/places", "" };
  guint64 number = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (lost); i++)
    {
      number = fake_write (fixture->a, "customers", 1);
      sync_ok (fixture->a);
      remove_git (fixture->a, lost[i]);
      number = fake_write (fixture->a, "customers", 1);
      sync_ok (fixture->a);
      sync_ok (fixture->b);
      assert_received (fixture->b, fixture->a, "customers", number);
    }
  g_assert_null (fake_quarantine (fixture->b, sat_workspace_device (fixture->a)));
}

/* Killed after the push and before that was noted, with the outbox lost on top. */
static void
test_push_not_noted (Fixture *fixture, gconstpointer data)
{
  g_autofree char *noted = NULL;

  for (guint i = 0; i < 3; i++)
    fake_write (fixture->a, "customers", 1);
  sync_ok (fixture->a);
  noted = g_strdup (fake_commit (fixture->a, "customers", 2));
  fake_forget (fixture->a, "customers", 2);
  sync_ok (fixture->a);
  g_assert_cmpuint (fake_n_unpushed (fixture->a), ==, 0);
  g_assert_cmpstr (fake_commit (fixture->a, "customers", 2), ==, noted);
  fake_forget (fixture->a, "customers", 1);
  remove_git (fixture->a, "");
  sync_ok (fixture->a);
  g_assert_cmpuint (fake_n_unpushed (fixture->a), ==, 0);
  g_assert_cmpstr (fake_commit (fixture->a, "customers", 2), ==, noted);
}

/* The same, and the person changed their name: the commits made anew would be others. */
static void
test_name_changed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  fake_write (fixture->a, "customers", 1);
  fake_write (fixture->a, "customers", 1);
  sync_ok (fixture->a);
  before = hub_tip (fixture->hub, "customers", sat_workspace_device (fixture->a));
  fake_forget (fixture->a, "customers", 1);
  fake_set_author (fixture->a, "Somebody Else");
  remove_git (fixture->a, "outbox.git");
  fake_write (fixture->a, "customers", 1);
  sync_ok (fixture->a);
  g_assert_cmpuint (fake_n_unpushed (fixture->a), ==, 0);
  g_assert_cmpstr (fake_commit (fixture->a, "customers", 2), ==, before);
  after = hub_tip (fixture->hub, "customers", sat_workspace_device (fixture->a));
  g_assert_cmpstr (fake_commit (fixture->a, "customers", 3), ==, after);
  sync_ok (fixture->b);
  assert_received (fixture->b, fixture->a, "customers", 3);
}

/* A hub that came back from an old backup gets back what is ours. */
static void
test_hub_lost_ours (Fixture *fixture, gconstpointer data)
{
  const SatId *device = sat_workspace_device (fixture->a);
  g_autofree char *old = NULL;
  g_autofree char *now = NULL;

  fake_write (fixture->a, "customers", 1);
  sync_ok (fixture->a);
  old = hub_tip (fixture->hub, "customers", device);
  fake_write (fixture->a, "customers", 1);
  sync_ok (fixture->a);
  now = hub_tip (fixture->hub, "customers", device);
  hub_set (fixture->hub, "customers", device, old);
  remove_git (fixture->a, "outbox.git");
  sync_ok (fixture->a);
  g_free (old);
  old = hub_tip (fixture->hub, "customers", device);
  g_assert_cmpstr (old, ==, now);
  hub_set (fixture->hub, "customers", device, NULL);
  sync_ok (fixture->a);
  g_free (old);
  old = hub_tip (fixture->hub, "customers", device);
  g_assert_cmpstr (old, ==, now);
}

/* Somebody else's branch that the hub shows shorter stays here as it is. */
static void
test_hub_lost_theirs (Fixture *fixture, gconstpointer data)
{
  const SatId *device = sat_workspace_device (fixture->b);
  g_autofree char *old = NULL;

  fake_write (fixture->b, "customers", 1);
  sync_ok (fixture->b);
  old = hub_tip (fixture->hub, "customers", device);
  fake_write (fixture->b, "customers", 1);
  sync_ok (fixture->b);
  sync_ok (fixture->a);
  hub_set (fixture->hub, "customers", device, old);
  sync_ok (fixture->a);
  assert_received (fixture->a, fixture->b, "customers", 2);
  g_assert_null (fake_quarantine (fixture->a, device));
}

static void
test_inbox_damaged (Fixture *fixture, gconstpointer data)
{
  g_autofree char *objects = g_build_filename (sat_workspace_home (fixture->a),
                                               "git/inbox.git/objects", NULL);

  fake_write (fixture->b, "customers", 1);
  sync_ok (fixture->b);
  sync_ok (fixture->a);
  sat_remove_tree (objects);
  remove_git (fixture->a, "inbox.git/places");
  fake_write (fixture->b, "customers", 1);
  sync_ok (fixture->b);
  sync_ok (fixture->a);
  assert_received (fixture->a, fixture->b, "customers", 2);
}

static void
test_stale_locks (Fixture *fixture, gconstpointer data)
{
  const SatId *device = sat_workspace_device (fixture->a);
  char id[SAT_ID_TEXT_SIZE];
  g_autofree char *lock = NULL;

  fake_write (fixture->a, "customers", 1);
  sync_ok (fixture->a);
  fake_write (fixture->a, "customers", 1);
  lock = g_strdup_printf ("%s/refs/heads/customers/%s/1.lock", fixture->hub,
                          sat_id_format (device, id));
  g_assert_true (g_file_set_contents (lock, "", 0, NULL));
  sync_ok (fixture->a);
  g_assert_cmpuint (fake_n_unpushed (fixture->a), ==, 0);
}

/* ---- foreign commits on a branch of ours ---- */

/* PUSHED: the number was pushed by us, so that only the local repositories can tell the difference.
 */
static void
assert_not_overwritten (Fixture *fixture, const char *foreign, gboolean pushed)
{
  const SatId *device = sat_workspace_device (fixture->a);
  g_autofree char *tip = NULL;

  fake_write (fixture->a, "customers", 1);
  fake_write (fixture->a, "company", 1);
  fake_write (fixture->b, "customers", 1);
  sync_ok (fixture->b);
  sync_fails (fixture->a, SAT_ERROR_REFUSED, foreign);
  sync_fails (fixture->a, SAT_ERROR_REFUSED, foreign);
  tip = hub_tip (fixture->hub, "customers", device);
  g_assert_cmpstr (tip, ==, foreign);
  /* What has nothing to do with it went both ways. */
  assert_received (fixture->a, fixture->b, "customers", 1);
  g_free (tip);
  tip = hub_tip (fixture->hub, "company", device);
  g_assert_nonnull (tip);
  remove_git (fixture->a, "outbox.git");
  sync_fails (fixture->a, SAT_ERROR_REFUSED, foreign);
  if (!pushed)
    {
      remove_git (fixture->a, "");
      sync_fails (fixture->a, SAT_ERROR_REFUSED, foreign);
    }
  g_free (tip);
  tip = hub_tip (fixture->hub, "customers", device);
  g_assert_cmpstr (tip, ==, foreign);
}

/* The replica was restored from a backup, or copied: the hub has more of us than we made. */
static void
test_foreign_by_copy (Fixture *fixture, gconstpointer data)
{
  g_autofree char *tip = NULL;

  fake_write (fixture->a, "customers", 1);
  fake_write (fixture->a, "customers", 2);
  sync_ok (fixture->a);
  tip = hub_tip (fixture->hub, "customers", sat_workspace_device (fixture->a));
  fake_restore (fixture->a, "customers", 2);
  assert_not_overwritten (fixture, tip, FALSE);
  g_assert_cmpuint (fake_n_forks (fixture->a), >, 0);
}

/* A copy sealed something else under the number that we have waiting. */
static void
test_foreign_same_number (Fixture *fixture, gconstpointer data)
{
  Device device = make_device (1);
  g_autoptr (GBytes) text = make_text ("customers", &device.id, 2, 7, 20);
  g_autofree char *tip = NULL;

  fake_write (fixture->a, "customers", 1);
  sync_ok (fixture->a);
  tip = hub_add (fixture->hub, "customers", &device, 1, 2, text, &device);
  assert_not_overwritten (fixture, tip, FALSE);
  g_assert_cmpuint (fake_n_forks (fixture->a), >, 0);
}

/* Somebody else's commit on our branch, which whoever keeps the hub takes away again. */
static void
test_foreign_taken_away (Fixture *fixture, gconstpointer data)
{
  Device device = make_device (1);
  Device other = make_device (4);
  g_autoptr (GBytes) text = make_text ("customers", &device.id, 3, 1, 10);
  g_autofree char *tip = NULL;

  fake_write (fixture->a, "customers", 1);
  sync_ok (fixture->a);
  fake_write (fixture->a, "customers", 1);
  sync_ok (fixture->a);
  tip = hub_tip (fixture->hub, "customers", &device.id);
  g_free (hub_add (fixture->hub, "customers", &device, 1, 3, text, &other));
  fake_write (fixture->a, "customers", 1);
  g_assert_cmpuint (sync_ok (fixture->a).sent_change_sets, ==, 1);
  hub_set (fixture->hub, "customers", &device.id, tip);
  if (data)
    remove_git (fixture->a, data);
  g_assert_cmpuint (sync_ok (fixture->a).sent_change_sets, ==, 0);
  sync_ok (fixture->b);
  assert_received (fixture->b, fixture->a, "customers", 3);
  g_assert_cmpuint (sync_ok (fixture->a).sent_change_sets, ==, 0);
}

static void
test_foreign_rewritten (Fixture *fixture, gconstpointer data)
{
  Device device = make_device (1);
  g_autoptr (GBytes) text = make_text ("customers", &device.id, 1, 3, 30);
  g_autofree char *tip = NULL;

  fake_write (fixture->a, "customers", 1);
  sync_ok (fixture->a);
  hub_set (fixture->hub, "customers", &device.id, NULL);
  tip = hub_add (fixture->hub, "customers", &device, 1, 1, text, &device);
  assert_not_overwritten (fixture, tip, TRUE);
}

/* ---- wrong things on other branches ---- */

/* DEVICE stays at NUMBER, with a message that has MESSAGE in it; everybody else goes on. */
static void
assert_held_up (Fixture *fixture, const SatId *device, guint64 number, const char *message)
{
  fake_write (fixture->b, "customers", 1);
  sync_ok (fixture->b);
  g_assert_cmpuint (sync_ok (fixture->a).quarantined, >=, 1);
  g_assert_cmpuint (sat_workspace_applied (fixture->a, "customers", device), ==, number);
  g_assert_nonnull (fake_quarantine (fixture->a, device));
  g_assert_nonnull (strstr (fake_quarantine (fixture->a, device), message));
  assert_received (fixture->a, fixture->b, "customers", 1);
}

static void
add_good (Fixture *fixture, const Device *device, guint64 from, guint64 to)
{
  for (guint64 i = from; i <= to; i++)
    {
      g_autoptr (GBytes) text = make_text ("customers", &device->id, i, 1, 5);

      g_free (hub_add (fixture->hub, "customers", device, 1, i, text, device));
    }
}

static void
test_rewritten (Fixture *fixture, gconstpointer data)
{
  Device device = make_device (5);
  g_autoptr (GBytes) text = make_text ("customers", &device.id, 1, 9, 5);

  add_good (fixture, &device, 1, 2);
  sync_ok (fixture->a);
  hub_set (fixture->hub, "customers", &device.id, NULL);
  g_free (hub_add (fixture->hub, "customers", &device, 1, 1, text, &device));
  add_good (fixture, &device, 2, 6);
  assert_held_up (fixture, &device.id, 2, "not a continuation");
  /* Judged once; asking again brings nothing and changes nothing. */
  g_assert_cmpuint (sync_ok (fixture->a).received_bytes, ==, 0);
  g_assert_cmpuint (sat_workspace_applied (fixture->a, "customers", &device.id), ==, 2);
}

static void
test_signed_by_other (Fixture *fixture, gconstpointer data)
{
  Device device = make_device (5);
  Device other = make_device (6);
  g_autoptr (GBytes) text = make_text ("customers", &device.id, 3, 1, 5);

  add_good (fixture, &device, 1, 2);
  g_free (hub_add (fixture->hub, "customers", &device, 1, 3, text, &other));
  add_good (fixture, &device, 4, 4);
  assert_held_up (fixture, &device.id, 2, "signed by a device other");
}

static void
test_number_left_out (Fixture *fixture, gconstpointer data)
{
  Device device = make_device (5);

  add_good (fixture, &device, 1, 2);
  sync_ok (fixture->a);
  add_good (fixture, &device, 4, 5);
  assert_held_up (fixture, &device.id, 2, "number does not follow");
}

/* A tip that claims a number long applied hides nothing: the place in the branch counts. */
static void
test_number_repeated (Fixture *fixture, gconstpointer data)
{
  Device device = make_device (5);

  add_good (fixture, &device, 1, 2);
  sync_ok (fixture->a);
  add_good (fixture, &device, 3, 3);
  add_good (fixture, &device, 1, 1);
  assert_held_up (fixture, &device.id, 3, "number does not follow");
}

static void
test_other_refs (Fixture *fixture, gconstpointer data)
{
  Device founder = make_device (FOUNDER);
  Device device = make_device (5);
  g_autofree char *tip = hub_tip (fixture->hub, "company", &founder.id);
  static const char *const refs[] = { "refs/heads/main",    "refs/tags/v1",
                                      "refs/heads/a/b",     "refs/heads/customers/x/1",
                                      "refs/notes/commits", "refs/heads/Company/y/1" };
  g_autofree char *blob = NULL;
  g_autofree char *annotated = g_strchomp (
      run (fixture->hub, NULL, "git", "tag", "-a", "-m", "x", "v2", tip, NULL));

  add_good (fixture, &device, 1, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (refs); i++)
    g_free (run (fixture->hub, NULL, "git", "update-ref", refs[i], tip, NULL));
  blob = g_strchomp (run (fixture->hub, "a blob", "git", "hash-object", "-w", "--stdin", NULL));
  g_free (run (fixture->hub, NULL, "git", "update-ref", "refs/tags/blob", blob, NULL));
  sync_ok (fixture->a);
  g_assert_cmpuint (sat_workspace_applied (fixture->a, "customers", &device.id), ==, 1);
  add_good (fixture, &device, 2, 2);
  sync_ok (fixture->a);
  g_assert_cmpuint (sat_workspace_applied (fixture->a, "customers", &device.id), ==, 2);

  g_autofree char *inbox = g_build_filename (sat_workspace_home (fixture->a), "git/inbox.git",
                                             NULL);
  g_autofree char *mirrored = run (inbox, NULL, "git", "for-each-ref", "--format=%(refname)", NULL);
  g_auto (GStrv) names = g_strsplit (g_strchomp (mirrored), "\n", -1);

  g_assert_cmpuint (g_strv_length (names), ==, 2);
}

/* A device's branch that is no commit at all. */
static void
test_branch_of_blob (Fixture *fixture, gconstpointer data)
{
  Device device = make_device (5);
  g_autofree char *blob = g_strchomp (
      run (fixture->hub, "a blob", "git", "hash-object", "-w", "--stdin", NULL));
  g_autofree char *path = g_strdup_printf ("%s/refs/heads/customers/%s", fixture->hub,
                                           device.id_text);
  g_autofree char *file = g_build_filename (path, "1", NULL);

  g_assert_cmpint (g_mkdir_with_parents (path, 0777), ==, 0);
  g_assert_true (g_file_set_contents (file, blob, -1, NULL));
  assert_held_up (fixture, &device.id, 0, "of the wrong kind");
  fake_write (fixture->b, "customers", 1);
  sync_ok (fixture->b);
  sync_ok (fixture->a);
  assert_received (fixture->a, fixture->b, "customers", 2);
}

/* ---- stopping ---- */

static void
test_stopped (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  SatSyncResult result;
  g_autofree char *tip = NULL;

  fake_write (fixture->a, "customers", 1);
  g_cancellable_cancel (cancellable);
  g_assert_false (sat_sync_run (fixture->a, 0, cancellable, NULL, NULL, &result, &error));
  g_assert_error (error, SAT_ERROR, SAT_ERROR_CANCELLED);
  tip = hub_tip (fixture->hub, "customers", sat_workspace_device (fixture->a));
  g_assert_null (tip);
  sync_ok (fixture->a);
  g_assert_cmpuint (fake_n_unpushed (fixture->a), ==, 0);
}

typedef struct
{
  GCancellable *cancellable;
  SatPhase at;
} Stop;

static void
stop_at (SatPhase phase, guint64 done, guint64 total, gpointer data)
{
  const Stop *stop = data;

  if (phase == stop->at)
    g_cancellable_cancel (stop->cancellable);
}

/* Stopped at the start of each phase in turn, and gone on with. */
static void
test_stopped_at_phases (Fixture *fixture, gconstpointer data)
{
  fake_write (fixture->b, "customers", 1);
  sync_ok (fixture->b);
  fake_write (fixture->a, "customers", 1);
  for (int phase = SAT_PHASE_SEAL; phase <= SAT_PHASE_INDEX; phase++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GError) error = NULL;
      Stop stop = { cancellable, (SatPhase) phase };
      SatSyncResult result;

      g_assert_false (sat_sync_run (fixture->a, 0, cancellable, stop_at, &stop, &result, &error));
      g_assert_error (error, SAT_ERROR, SAT_ERROR_CANCELLED);
    }
  sync_ok (fixture->a);
  g_assert_cmpuint (fake_n_unpushed (fixture->a), ==, 0);
  assert_received (fixture->a, fixture->b, "customers", 1);
}

static void
test_busy (Fixture *fixture, gconstpointer data)
{
  int lock = sat_sync_lock (sat_workspace_home (fixture->a), NULL);

  sync_fails (fixture->a, SAT_ERROR_BUSY, "under way");
  close (lock);
  sync_ok (fixture->a);
}

/* ---- several at once ---- */

#define PUSHERS 4
#define ROUNDS 6

static const char *self; /* this program */

/* One laptop in a process of its own: writes and exchanges a few times. */
static int
push_rounds (const char *dir, const char *hub, guint8 byte)
{
  g_autofree char *name = g_strdup_printf ("p%u", byte);
  g_autoptr (SatWorkspace) workspace = fake_new (dir, name, byte, hub);

  for (guint i = 0; i < ROUNDS; i++)
    {
      fake_write (workspace, "customers", 1);
      if (!sat_sync_run (workspace, 0, NULL, NULL, NULL, NULL, NULL))
        return 1;
    }
  return fake_n_unpushed (workspace) == 0 ? 0 : 2;
}

static void
test_pushers (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) children = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < PUSHERS; i++)
    {
      g_autofree char *byte = g_strdup_printf ("%u", 20 + i);

      g_ptr_array_add (children, g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, self, "--push",
                                                   fixture->sandbox.dir, fixture->hub, byte, NULL));
      g_assert_no_error (error);
    }
  for (guint i = 0; i < PUSHERS; i++)
    {
      g_subprocess_wait_check (children->pdata[i], NULL, &error);
      g_assert_no_error (error);
    }
  sync_ok (fixture->a);
  for (guint8 i = 0; i < PUSHERS; i++)
    {
      Device device = make_device ((guint8) (20 + i));

      g_assert_cmpuint (sat_workspace_applied (fixture->a, "customers", &device.id), ==, ROUNDS);
    }
  g_free (run (fixture->hub, NULL, "git", "fsck", "--strict", "--no-progress", NULL));
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  if (argc == 5 && strcmp (argv[1], "--push") == 0)
    return push_rounds (argv[2], argv[3], (guint8) g_ascii_strtoull (argv[4], NULL, 10));
  self = argv[0];
  g_test_init (&argc, &argv, NULL);
  ADD ("/sync/sync/exchange", test_exchange);
  ADD ("/sync/sync/stock-git-verifies", test_stock_git_verifies);
  ADD ("/sync/sync/phases", test_phases);
  ADD ("/sync/sync/batches", test_batches);
  ADD ("/sync/sync/many-packs", test_many_packs);
  ADD ("/sync/sync/epochs", test_epochs);
  ADD ("/sync/sync/local-repositories-lost", test_local_repositories_lost);
  ADD ("/sync/sync/push-not-noted", test_push_not_noted);
  ADD ("/sync/sync/name-changed", test_name_changed);
  ADD ("/sync/sync/hub-lost-ours", test_hub_lost_ours);
  ADD ("/sync/sync/hub-lost-theirs", test_hub_lost_theirs);
  ADD ("/sync/sync/inbox-damaged", test_inbox_damaged);
  ADD ("/sync/sync/stale-locks", test_stale_locks);
  ADD ("/sync/sync/foreign-by-copy", test_foreign_by_copy);
  ADD ("/sync/sync/foreign-same-number", test_foreign_same_number);
  ADD ("/sync/sync/foreign-taken-away", test_foreign_taken_away);
  g_test_add ("/sync/sync/foreign-taken-away-no-outbox", Fixture, "outbox.git", set_up,
              test_foreign_taken_away, tear_down);
  g_test_add ("/sync/sync/foreign-taken-away-no-inbox", Fixture, "inbox.git", set_up,
              test_foreign_taken_away, tear_down);
  ADD ("/sync/sync/foreign-rewritten", test_foreign_rewritten);
  ADD ("/sync/sync/rewritten", test_rewritten);
  ADD ("/sync/sync/signed-by-other", test_signed_by_other);
  ADD ("/sync/sync/number-left-out", test_number_left_out);
  ADD ("/sync/sync/number-repeated", test_number_repeated);
  ADD ("/sync/sync/other-refs", test_other_refs);
  ADD ("/sync/sync/branch-of-blob", test_branch_of_blob);
  ADD ("/sync/sync/stopped", test_stopped);
  ADD ("/sync/sync/stopped-at-phases", test_stopped_at_phases);
  ADD ("/sync/sync/busy", test_busy);
  ADD ("/sync/sync/pushers", test_pushers);
  return g_test_run ();
}
