/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The hub as a place: every way in which it can be no hub gives one clear sentence and loses
 * nothing; a hub that belongs to somebody else is as good as any. */
#include "sync/sat-hub.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sync-fixture.h"

#define FOUNDER 9

static void
test_path (void)
{
  g_autofree char *here = g_get_current_dir ();
  g_autofree char *below = g_build_filename (here, "some/hub", NULL);
  const struct
  {
    const char *hub, *path;
  } cases[] = {
    { "/srv/hub", "/srv/hub" },
    { "/srv/../srv//hub/", "/srv/hub" },
    { "file:///srv/h%20b", "/srv/h b" },
    { "some/hub", below },
    { "./some/hub", below },
    { "/srv/with:colon", "/srv/with:colon" },
    { "ssh://host/hub", NULL },
    { "https://host/hub", NULL },
    { "git@host:hub.git", NULL },
    { "host:hub", NULL },
    { "", NULL },
    { "file://", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *path = sat_hub_path (cases[i].hub, &error);

      g_assert_cmpstr (path, ==, cases[i].path);
      if (path == NULL)
        g_assert_error (error, SAT_ERROR, SAT_ERROR_INVALID);
    }
}

/* ---- exchanges with what is no hub ---- */

/* A workspace that has been at HUB and has something to say. */
static SatWorkspace *
busy_workspace (const Sandbox *sandbox, const char *hub)
{
  SatWorkspace *workspace = fake_new (sandbox->dir, "a", 1, hub);
  g_autoptr (GError) error = NULL;

  fake_write (workspace, "company", 1);
  sat_sync_run (workspace, 0, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  fake_write (workspace, "customers", 1);
  return workspace;
}

static void
assert_fails (SatWorkspace *workspace, SatErrorCode code, const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (sat_sync_run (workspace, 0, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, SAT_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, message));
  g_assert_null (strchr (error->message, '\n'));
  g_assert_cmpuint (fake_n_unpushed (workspace), ==, 1);
}

static void
assert_works (SatWorkspace *workspace)
{
  g_autoptr (GError) error = NULL;

  sat_sync_run (workspace, 0, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fake_n_unpushed (workspace), ==, 0);
}

static void
test_no_hub (Sandbox *sandbox, gconstpointer data)
{
  g_autofree char *hub = make_hub (sandbox, "hub", FOUNDER);
  g_autofree char *away = sandbox_path (sandbox, "away");
  g_autofree char *file = g_build_filename (hub, "file", NULL);
  g_autoptr (SatWorkspace) workspace = busy_workspace (sandbox, hub);

  g_assert_cmpint (g_rename (hub, away), ==, 0);
  assert_fails (workspace, SAT_ERROR_NOT_FOUND, "is not there");
  g_assert_true (g_file_set_contents (hub, "a file", -1, NULL));
  assert_fails (workspace, SAT_ERROR_INVALID, "no git repository");
  g_unlink (hub);
  g_assert_cmpint (g_mkdir (hub, 0700), ==, 0);
  assert_fails (workspace, SAT_ERROR_INVALID, "no git repository");
  g_assert_true (g_file_set_contents (file, "x", -1, NULL));
  assert_fails (workspace, SAT_ERROR_INVALID, "no git repository");
  sat_remove_tree (hub);
  g_free (run (NULL, NULL, "git", "init", "-q", hub, NULL));
  assert_fails (workspace, SAT_ERROR_INVALID, "working folder");
  sat_remove_tree (hub);
  g_free (run (NULL, NULL, "git", "init", "-q", "--bare", hub, NULL));
  assert_fails (workspace, SAT_ERROR_REFUSED, "holds no workspace");
  sat_remove_tree (hub);
  g_free (make_hub (sandbox, "hub", FOUNDER - 1));
  assert_fails (workspace, SAT_ERROR_REFUSED, "another workspace");
  sat_remove_tree (hub);
  g_assert_cmpint (g_rename (away, hub), ==, 0);
  assert_works (workspace);
}

/* Runs as nobody where we are root, since root may write anywhere. */
static int
as_nobody (SatWorkspace *workspace, const char *message)
{
  g_autoptr (GError) error = NULL;

  if (geteuid () == 0 && (setgid (65534) != 0 || setuid (65534) != 0))
    return 1;
  if (sat_sync_run (workspace, 0, NULL, NULL, NULL, NULL, &error))
    return 2;
  return strstr (error->message, message) ? 0 : 3;
}

static void
assert_nobody_fails (SatWorkspace *workspace, const char *message)
{
  int status;
  pid_t child = fork ();

  if (child == 0)
    _exit (as_nobody (workspace, message));
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
}

static void
test_read_only (Sandbox *sandbox, gconstpointer data)
{
  g_autofree char *hub = make_hub (sandbox, "hub", FOUNDER);
  g_autoptr (SatWorkspace) workspace = busy_workspace (sandbox, hub);

  g_free (run (sandbox->dir, NULL, "chmod", "-R", "a+rwX", ".", NULL));
  g_free (run (hub, NULL, "chmod", "-R", "a-w", ".", NULL));
  assert_nobody_fails (workspace, "cannot write to the hub");
  g_free (run (hub, NULL, "chmod", "0", ".", NULL));
  assert_nobody_fails (workspace, "cannot open the hub");
  g_free (run (sandbox->dir, NULL, "chmod", "-R", "u+rwX", ".", NULL));
  assert_works (workspace);
}

/* The shared drive: everything in the hub belongs to another user. Where we are not root it cannot
 * be made so, and the exchange is what is left to test. */
static void
test_other_owner (Sandbox *sandbox, gconstpointer data)
{
  g_autofree char *hub = make_hub (sandbox, "hub", FOUNDER);
  g_autoptr (SatWorkspace) workspace = busy_workspace (sandbox, hub);

  if (geteuid () == 0)
    g_free (run (NULL, NULL, "chown", "-R", "65534:65534", hub, NULL));
  assert_works (workspace);
}

/* A hub whose path has everything in it that a URL or a host's name could mean. */
static void
test_odd_path (Sandbox *sandbox, gconstpointer data)
{
  g_autofree char *hub = make_hub (sandbox, "东区:hub 100%#?@", FOUNDER);
  g_autofree char *url = g_filename_to_uri (hub, NULL, NULL);
  g_autoptr (SatWorkspace) workspace = busy_workspace (sandbox, hub);
  g_autoptr (SatWorkspace) other = fake_new (sandbox->dir, "b", 2, url);

  assert_works (workspace);
  assert_works (other);
  g_assert_cmpuint (sat_workspace_applied (other, "customers", sat_workspace_device (workspace)),
                    ==, 1);
}

#define ADD(path, function) \
  g_test_add (path, Sandbox, NULL, sandbox_set_up, function, sandbox_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/hub/path", test_path);
  ADD ("/sync/hub/no-hub", test_no_hub);
  ADD ("/sync/hub/read-only", test_read_only);
  ADD ("/sync/hub/other-owner", test_other_owner);
  ADD ("/sync/hub/odd-path", test_odd_path);
  return g_test_run ();
}
