/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/sat-watchdog.h"

#include "core/base/sat-handover.h"

#define PATIENCE_S 120
#define GRACE_US G_USEC_PER_SEC /* in which an exchange past its deadline can end by itself */

struct _SatWatchdog
{
  GMutex lock;
  GCond changed;
  char *hub;
  SatSyncStalled stalled;
  gpointer data;
  gint64 patience_us;
  gint64 deadline_us; /* g_get_monotonic_time; 0: none */
  gint64 silent_us;   /* until when the hub may be silent; 0: as long as it likes */
  gboolean ended;
  gboolean cancelled;
  GCancellable *cancellable;
  gulong handler;
  GThread *thread;
};

static void
take_turn (SatWatchdog *watchdog)
{
  g_mutex_lock (&watchdog->lock);
  sat_handover_take (watchdog);
}

static void
end_turn (SatWatchdog *watchdog)
{
  sat_handover_give (watchdog);
  g_mutex_unlock (&watchdog->lock);
}

/* Gives the turn away until there is news, or until END; 0: as long as it takes. FALSE: it is END.
 */
static gboolean
await_news (SatWatchdog *watchdog, gint64 end)
{
  gboolean news = TRUE;

  sat_handover_give (watchdog);
  if (end == 0)
    g_cond_wait (&watchdog->changed, &watchdog->lock);
  else
    news = g_cond_wait_until (&watchdog->changed, &watchdog->lock, end);
  sat_handover_take (watchdog);
  return news;
}

/* The nearest of the two ends; 0: there is none. */
static gint64
next_end (const SatWatchdog *watchdog)
{
  if (watchdog->deadline_us == 0 || watchdog->silent_us == 0)
    return MAX (watchdog->deadline_us, watchdog->silent_us);
  return MIN (watchdog->deadline_us, watchdog->silent_us);
}

static void
tell (const SatWatchdog *watchdog, gboolean late)
{
  g_autoptr (GError) error = NULL;

  if (watchdog->cancelled)
    sat_fail (&error, SAT_ERROR_CANCELLED, N_ ("the exchange was stopped; nothing is lost"), NULL);
  else if (late)
    sat_fail (&error, SAT_ERROR_CANCELLED,
              N_ ("the exchange took longer than it was allowed to; nothing is lost, the next one "
                  "goes on from here"),
              NULL);
  else
    sat_fail (&error, SAT_ERROR_FAILED,
              N_ ("the hub “%s” does not answer any more; nothing is lost, try again when the "
                  "network is better"),
              watchdog->hub, NULL);
  watchdog->stalled (error, watchdog->data);
}

static gpointer
watch (gpointer data)
{
  SatWatchdog *watchdog = data;
  gboolean over = FALSE;
  gboolean late = FALSE;

  take_turn (watchdog);
  while (!watchdog->ended && !over)
    {
      gint64 end = next_end (watchdog);

      if (!await_news (watchdog, end))
        {
          end = next_end (watchdog);
          over = end > 0 && g_get_monotonic_time () >= end;
        }
    }
  late = watchdog->deadline_us > 0 && g_get_monotonic_time () >= watchdog->deadline_us;
  over = over && !watchdog->ended;
  end_turn (watchdog);
  if (over)
    tell (watchdog, late);
  return NULL;
}

/* An exchange that was stopped has as long to end as one past its deadline. */
static void
cancelled_cb (GCancellable *cancellable, gpointer data)
{
  SatWatchdog *watchdog = data;

  (void) cancellable;
  take_turn (watchdog);
  watchdog->cancelled = TRUE;
  watchdog->deadline_us = g_get_monotonic_time () + GRACE_US;
  g_cond_signal (&watchdog->changed);
  end_turn (watchdog);
}

SatWatchdog *
sat_watchdog_new (const char *hub, const SatSyncOptions *options)
{
  SatWatchdog *watchdog = g_new0 (SatWatchdog, 1);
  guint patience_s = options->stall_s > 0 ? options->stall_s : PATIENCE_S;

  g_mutex_init (&watchdog->lock);
  g_cond_init (&watchdog->changed);
  watchdog->hub = g_strdup (hub);
  watchdog->stalled = options->stalled;
  watchdog->data = options->stalled_data;
  watchdog->patience_us = (gint64) patience_s * G_USEC_PER_SEC;
  if (options->deadline_s > 0)
    watchdog->deadline_us = g_get_monotonic_time () +
                            (gint64) options->deadline_s * G_USEC_PER_SEC + GRACE_US;
  watchdog->thread = g_thread_new ("watchdog", watch, watchdog);
  if (options->cancellable)
    {
      watchdog->cancellable = g_object_ref (options->cancellable);
      watchdog->handler = g_cancellable_connect (watchdog->cancellable, G_CALLBACK (cancelled_cb),
                                                 watchdog, NULL);
    }
  return watchdog;
}

void
sat_watchdog_free (SatWatchdog *watchdog)
{
  if (watchdog == NULL)
    return;
  if (watchdog->handler)
    g_cancellable_disconnect (watchdog->cancellable, watchdog->handler);
  g_clear_object (&watchdog->cancellable);
  take_turn (watchdog);
  watchdog->ended = TRUE;
  g_cond_signal (&watchdog->changed);
  end_turn (watchdog);
  g_thread_join (watchdog->thread);
  g_mutex_clear (&watchdog->lock);
  g_cond_clear (&watchdog->changed);
  g_free (watchdog->hub);
  g_free (watchdog);
}

/* The thread need be woken only for an end nearer than the one it waits for. */
static void
set_silence (SatWatchdog *watchdog, gint64 until_us)
{
  take_turn (watchdog);
  if (watchdog->silent_us == 0)
    g_cond_signal (&watchdog->changed);
  watchdog->silent_us = until_us;
  end_turn (watchdog);
}

void
sat_watchdog_listen (SatWatchdog *watchdog)
{
  set_silence (watchdog, g_get_monotonic_time () + watchdog->patience_us);
}

void
sat_watchdog_rest (SatWatchdog *watchdog)
{
  set_silence (watchdog, 0);
}
