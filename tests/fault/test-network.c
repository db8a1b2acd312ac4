/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Networks and disks that fail in the middle of an exchange: it ends with a sentence, nothing is
 * lost, and the next one completes. */
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "far.h"
#include "sync/sat-git.h"

#define CUTS 60 /* places in one exchange */

/* Two laptops, each with something that the other does not have. */
typedef struct
{
  SatWorkspace *a;
  SatWorkspace *b;
  SatSyncOptions options;
  char *fingerprint;
  guint n;
} Pair;

static void
pair_begin (Far *far, gboolean ssh, Pair *pair)
{
  g_autoptr (GError) error = NULL;

  *pair = (Pair){ 0 };
  if (ssh)
    far_ssh (far);
  else
    far_web (far, NET_HTTP);
  pair->fingerprint = far_fingerprint (far);
  pair->options.accept_host = pair->fingerprint;
  pair->options.key_file = far->key;
  pair->a = far_join (far, "a", "wang", 11, &pair->options, &error);
  g_assert_no_error (error);
  pair->b = far_join (far, "b", "li", 12, &pair->options, &error);
  g_assert_no_error (error);
}

/* B sends, while nothing fails, what A has to fetch; and A has something to send. */
static void
pair_work (Far *far, Pair *pair)
{
  g_autofree char *name = g_strdup_printf ("From B %u", pair->n);
  g_autofree char *other = g_strdup_printf ("From A %u", pair->n++);

  net_limit (far->net, -1, FALSE);
  world_new (pair->b, "customer", name, "phone", "021-5555-0100");
  far_sync (pair->b, &pair->options);
  world_new (pair->a, "customer", other, "phone", "021-5555-0111");
}

static guint
n_customers (SatWorkspace *workspace)
{
  const SatObject *object = sat_workspace_object (workspace, "customer", NULL);
  SatQuery query = { 0 };
  g_autoptr (GError) error = NULL;
  gint64 n;

  query.object = object;
  n = sat_workspace_count (workspace, &query, &error);
  g_assert_no_error (error);
  return (guint) n;
}

static void
pair_end (Far *far, Pair *pair)
{
  net_limit (far->net, -1, FALSE);
  far_sync (pair->a, &pair->options);
  far_sync (pair->b, &pair->options);
  far_sync (pair->a, &pair->options);
  world_assert_same (pair->a, pair->b);
  g_assert_cmpuint (n_customers (pair->a), ==, 2 * pair->n);
  g_free (world_git (far->world.hub, "fsck", "--strict", "--no-progress", NULL));
  sat_workspace_close (pair->a);
  sat_workspace_close (pair->b);
  g_free (pair->fingerprint);
}

/* How many bytes an exchange of A takes. */
static gint64
measure (Far *far, Pair *pair)
{
  pair_work (far, pair);
  net_bytes (far->net);
  far_sync (pair->a, &pair->options);
  return net_bytes (far->net);
}

/* Cut after byte N, for N all through an exchange: at each of the first and the last ones, and in
 * equal steps between. An exchange that was cut may have done its work if only its end was lost. */
static void
cut_everywhere (Far *far, gboolean ssh)
{
  Pair pair;
  gint64 bytes;
  guint n_failed = 0;

  pair_begin (far, ssh, &pair);
  bytes = measure (far, &pair);
  g_assert_cmpint (bytes, >, 1000);
  for (guint i = 0; i < CUTS; i++)
    {
      g_autoptr (GError) error = NULL;

      if (i % 10 == 0)
        pair_work (far, &pair);
      net_limit (far->net, bytes * i / CUTS, FALSE);
      if (sat_sync_exchange (pair.a, &pair.options, NULL, &error))
        continue;
      n_failed++;
      g_assert_cmpint (error->domain, ==, SAT_ERROR);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, ";"));
      g_assert_null (strchr (error->message, '\n'));
    }
  g_assert_cmpuint (n_failed, >, CUTS / 2);
  pair_end (far, &pair);
}

static void
test_cut_http (Far *far, gconstpointer data)
{
  cut_everywhere (far, FALSE);
}

static void
test_cut_ssh (Far *far, gconstpointer data)
{
  cut_everywhere (far, TRUE);
}

/* ---- the program itself ---- */

static char *
satchel (Far *far, const char *home, int *status, const char *arg, ...)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
      G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autofree char *program = g_build_filename (g_getenv ("SATCHEL_BUILD_ROOT"), "cli", "satchel",
                                               NULL);
  g_autofree char *path = world_path (&far->world, home);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  char *problems = NULL;
  va_list list;

  g_ptr_array_add (argv, program);
  g_ptr_array_add (argv, (gpointer) "--home");
  g_ptr_array_add (argv, path);
  va_start (list, arg);
  for (; arg != NULL; arg = va_arg (list, const char *))
    g_ptr_array_add (argv, (gpointer) arg);
  va_end (list);
  g_ptr_array_add (argv, NULL);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv->pdata, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, NULL, &problems, &error);
  g_assert_no_error (error);
  *status = g_subprocess_get_if_exited (process) ? g_subprocess_get_exit_status (process) : -1;
  return problems;
}

static void
assert_program_ends (Far *far, const char *option, const char *seconds, const char *words)
{
  int status;
  g_autofree char *said = satchel (far, "a", &status, "sync", "--quiet", option, seconds, NULL);

  g_assert_cmpint (status, ==, 1);
  if (strstr (said, words) == NULL)
    g_test_message ("said: %s", said);
  g_assert_nonnull (strstr (said, words));
}

/* A server that says nothing any more: at once, in its answer, in the middle of a push. The program
 * ends by itself, and what it had done is kept. */
static void
test_stall (Far *far, gconstpointer data)
{
  Pair pair;
  gint64 bytes;

  pair_begin (far, FALSE, &pair);
  bytes = measure (far, &pair);
  for (guint i = 0; i < 4; i++)
    {
      pair_work (far, &pair);
      sat_workspace_close (g_steal_pointer (&pair.a));
      net_limit (far->net, bytes * i / 4, TRUE);
      if (i == 0)
        assert_program_ends (far, "--timeout", "1", "longer than it was allowed");
      assert_program_ends (far, "--patience", "1", "does not answer any more");
      pair.a = world_open (&far->world, "a", 100 + i);
    }
  pair_end (far, &pair);
}

/* ---- hubs that go away or do not take anything ---- */

static void
test_vanishes (Far *far, gconstpointer data)
{
  g_autofree char *away = world_path (&far->world, "away");
  Pair pair;

  pair_begin (far, TRUE, &pair);
  pair_work (far, &pair);
  g_assert_cmpint (g_rename (far->world.hub, away), ==, 0);
  far_assert_sync_fails (pair.a, &pair.options, SAT_ERROR_NOT_FOUND, "there is no hub at");
  g_assert_cmpint (g_rename (away, far->world.hub), ==, 0);
  /* The folder is there, and what makes it a repository is not. */
  g_free (net_run (far->world.hub, "mv", "objects", "objects-away", NULL));
  far_assert_sync_fails (pair.a, &pair.options, SAT_ERROR_NOT_FOUND, "there is no hub at");
  g_free (net_run (far->world.hub, "mv", "objects-away", "objects", NULL));
  pair_end (far, &pair);
}

/* What others sent is fetched and applied, what is to be sent stays. */
static void
test_read_only (Far *far, gconstpointer data)
{
  g_autofree char *hook = g_build_filename (far->world.hub, "hooks", "pre-receive", NULL);
  Pair pair;

  pair_begin (far, FALSE, &pair);
  pair_work (far, &pair);
  g_free (world_git (far->world.hub, "config", "http.receivepack", "false", NULL));
  far_assert_sync_fails (pair.a, &pair.options, SAT_ERROR_REFUSED, "may not do that");
  g_assert_cmpuint (n_customers (pair.a), ==, 2);
  g_free (world_git (far->world.hub, "config", "http.receivepack", "true", NULL));
  /* libgit2 says that this push succeeded. */
  g_assert_true (g_file_set_contents_full (hook, "#!/bin/sh\necho 'not today' >&2\nexit 1\n", -1,
                                           G_FILE_SET_CONTENTS_NONE, 0755, NULL));
  far_assert_sync_fails (pair.a, &pair.options, SAT_ERROR_REFUSED, "did not take the branch");
  g_unlink (hook);
  pair_end (far, &pair);
}

/* ---- full disks ---- */

/* In a process of its own that may write no file longer than LIMIT bytes. 0: it worked; 1: it
 * failed with a sentence. */
static int
sync_limited (Far *far, guint64 limit, const SatSyncOptions *options)
{
  const struct rlimit files = { limit, limit };
  g_autoptr (GError) error = NULL;
  g_autoptr (SatWorkspace) workspace = world_open (&far->world, "a", 11);

  signal (SIGXFSZ, SIG_IGN);
  if (setrlimit (RLIMIT_FSIZE, &files) != 0)
    return 3;
  if (sat_sync_exchange (workspace, options, NULL, &error))
    return 0;
  return error->domain == SAT_ERROR && strchr (error->message, '\n') == NULL ? 1 : 2;
}

/* No room here, sooner or later. */
static void
test_full_here (Far *far, gconstpointer data)
{
  guint n_failed = 0;
  Pair pair;

  pair_begin (far, FALSE, &pair);
  for (guint i = 0; i < 20; i++)
    {
      int status;
      pid_t child;

      if (i % 5 == 0)
        pair_work (far, &pair);
      g_clear_pointer (&pair.a, sat_workspace_close);
      child = fork ();
      if (child == 0)
        _exit (sync_limited (far, (guint64) i * i * 256, &pair.options));
      g_assert_cmpint (waitpid (child, &status, 0), ==, child);
      g_assert_true (WIFEXITED (status));
      g_assert_cmpint (WEXITSTATUS (status), <=, 1);
      n_failed += WEXITSTATUS (status) == 1 ? 1 : 0;
      /* Another seed, or it would make the same ids again. */
      pair.a = world_open (&far->world, "a", 100 + i);
    }
  g_assert_cmpuint (n_failed, >, 3);
  pair_end (far, &pair);
}

/* No room there: the hub's git cannot write the objects that are sent. */
static void
test_full_there (Far *far, gconstpointer data)
{
  Pair pair;

  pair_begin (far, FALSE, &pair);
  pair_work (far, &pair);
  /* Its limit for a push stands for the disk's: git stops in the same place, with a pack half come.
   */
  g_free (world_git (far->world.hub, "config", "receive.maxInputSize", "100", NULL));
  far_assert_sync_fails (pair.a, &pair.options, SAT_ERROR_REFUSED, "hub");
  g_assert_cmpuint (n_customers (pair.a), ==, 2);
  g_free (world_git (far->world.hub, "config", "--unset", "receive.maxInputSize", NULL));
  pair_end (far, &pair);
}

#define ADD(path, function) g_test_add (path, Far, NULL, far_set_up, function, far_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/network/cut-http", test_cut_http);
  ADD ("/network/cut-ssh", test_cut_ssh);
  ADD ("/network/stall", test_stall);
  ADD ("/network/vanishes", test_vanishes);
  ADD ("/network/read-only", test_read_only);
  ADD ("/network/full-here", test_full_here);
  ADD ("/network/full-there", test_full_there);
  return far_main ();
}
