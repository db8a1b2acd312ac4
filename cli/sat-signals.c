/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A thread waits for the signals, so that no work is done inside a signal handler. */
#include "cli/sat-signals.h"

#include <pthread.h>
#include <signal.h>
#include <unistd.h>

static gpointer
wait_for_signals (gpointer data)
{
  g_autoptr (GCancellable) cancellable = data;
  sigset_t set;
  int number;

  sigemptyset (&set);
  sigaddset (&set, SIGINT);
  sigaddset (&set, SIGTERM);
  if (sigwait (&set, &number) == 0)
    g_cancellable_cancel (cancellable);
  if (sigwait (&set, &number) == 0)
    _exit (1);
  return NULL;
}

GCancellable *
sat_signals_cancellable (void)
{
  static GCancellable *cancellable;
  sigset_t set;

  if (cancellable != NULL)
    return cancellable;
  cancellable = g_cancellable_new ();
  sigemptyset (&set);
  sigaddset (&set, SIGINT);
  sigaddset (&set, SIGTERM);
  pthread_sigmask (SIG_BLOCK, &set, NULL);
  g_thread_unref (g_thread_new ("signals", wait_for_signals, g_object_ref (cancellable)));
  return cancellable;
}
