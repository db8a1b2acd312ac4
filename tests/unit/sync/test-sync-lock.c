/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One exchange at a time, and the lock of a process that died is no lock. */
#include "sync/sat-sync-lock.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sync-fixture.h"

static void
test_excludes (Sandbox *sandbox, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  int first = sat_sync_lock (sandbox->dir, &error);

  g_assert_no_error (error);
  g_assert_cmpint (first, >=, 0);
  g_assert_cmpint (sat_sync_lock (sandbox->dir, &error), ==, -1);
  g_assert_error (error, SAT_ERROR, SAT_ERROR_BUSY);
  g_clear_error (&error);
  close (first);
  first = sat_sync_lock (sandbox->dir, &error);
  g_assert_no_error (error);
  close (first);
}

static void
test_killed_holder (Sandbox *sandbox, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  int ready[2];
  char byte;

  g_assert_cmpint (pipe (ready), ==, 0);

  pid_t child = fork ();

  if (child == 0)
    {
      byte = sat_sync_lock (sandbox->dir, NULL) >= 0 ? 'y' : 'n';
      if (write (ready[1], &byte, 1) == 1)
        pause ();
      _exit (1);
    }
  g_assert_cmpint (read (ready[0], &byte, 1), ==, 1);
  g_assert_cmpint (byte, ==, 'y');
  g_assert_cmpint (sat_sync_lock (sandbox->dir, &error), ==, -1);
  g_assert_error (error, SAT_ERROR, SAT_ERROR_BUSY);
  g_clear_error (&error);
  kill (child, SIGKILL);
  waitpid (child, NULL, 0);

  int lock = sat_sync_lock (sandbox->dir, &error);

  g_assert_no_error (error);
  close (lock);
  close (ready[0]);
  close (ready[1]);
}

static void
test_no_folder (Sandbox *sandbox, gconstpointer data)
{
  g_autofree char *path = sandbox_path (sandbox, "nowhere");
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (sat_sync_lock (path, &error), ==, -1);
  g_assert_error (error, SAT_ERROR, SAT_ERROR_FAILED);
}

#define ADD(path, function) \
  g_test_add (path, Sandbox, NULL, sandbox_set_up, function, sandbox_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/sync/lock/excludes", test_excludes);
  ADD ("/sync/lock/killed-holder", test_killed_holder);
  ADD ("/sync/lock/no-folder", test_no_folder);
  return g_test_run ();
}
