/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each test waits for what it expects to be told; nothing is measured. */
#include "sync/sat-watchdog.h"

#include "core/base/sat-handover.h"

#include <string.h>

typedef struct
{
  GMutex lock;
  GCond told;
  char *message;
  guint n;
} Listener;

static void
stalled (const GError *error, gpointer data)
{
  Listener *listener = data;

  g_mutex_lock (&listener->lock);
  sat_handover_take (listener);
  listener->n++;
  g_free (listener->message);
  listener->message = g_strdup (error->message);
  g_cond_signal (&listener->told);
  sat_handover_give (listener);
  g_mutex_unlock (&listener->lock);
}

static void
wait_told (Listener *listener)
{
  g_mutex_lock (&listener->lock);
  sat_handover_take (listener);
  while (listener->n == 0)
    {
      sat_handover_give (listener);
      g_cond_wait (&listener->told, &listener->lock);
      sat_handover_take (listener);
    }
  g_mutex_unlock (&listener->lock);
}

static void
assert_told (Listener *listener, SatWatchdog *watchdog, const char *words)
{
  wait_told (listener);
  sat_watchdog_free (watchdog);
  g_assert_cmpuint (listener->n, ==, 1);
  g_assert_nonnull (strstr (listener->message, words));
  g_free (listener->message);
}

static void
test_silence (void)
{
  Listener listener = { 0 };
  SatSyncOptions options = { .stalled = stalled, .stalled_data = &listener, .stall_s = 1 };
  SatWatchdog *watchdog = sat_watchdog_new ("the-hub", &options);

  sat_watchdog_listen (watchdog);
  assert_told (&listener, watchdog, "“the-hub” does not answer");
}

static void
test_deadline (void)
{
  Listener listener = { 0 };
  SatSyncOptions options = { .stalled = stalled, .stalled_data = &listener, .deadline_s = 1 };

  assert_told (&listener, sat_watchdog_new ("hub", &options), "longer than it was allowed");
}

static void
test_cancelled (void)
{
  Listener listener = { 0 };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  SatSyncOptions options = { .stalled = stalled,
                             .stalled_data = &listener,
                             .cancellable = cancellable };
  SatWatchdog *watchdog = sat_watchdog_new ("hub", &options);

  g_cancellable_cancel (cancellable);
  assert_told (&listener, watchdog, "was stopped");
}

/* Nothing is expected, or it ended in time: nobody is told. */
static void
test_quiet (void)
{
  Listener listener = { 0 };
  Listener other = { 0 };
  SatSyncOptions options = { .stalled = stalled, .stalled_data = &listener, .stall_s = 1 };
  SatSyncOptions later = { .stalled = stalled, .stalled_data = &other, .deadline_s = 2 };
  SatWatchdog *watchdog = sat_watchdog_new ("hub", &options);
  SatWatchdog *second = sat_watchdog_new ("hub", &later);

  sat_watchdog_listen (watchdog);
  sat_watchdog_rest (watchdog);
  /* By the time the second one barks, the first one's second is long over. */
  assert_told (&other, second, "longer than");
  sat_watchdog_listen (watchdog);
  sat_watchdog_free (watchdog);
  g_assert_cmpuint (listener.n, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/watchdog/silence", test_silence);
  g_test_add_func ("/sync/watchdog/deadline", test_deadline);
  g_test_add_func ("/sync/watchdog/cancelled", test_cancelled);
  g_test_add_func ("/sync/watchdog/quiet", test_quiet);
  return g_test_run ();
}
