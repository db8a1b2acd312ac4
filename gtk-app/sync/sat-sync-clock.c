/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/sync/sat-sync-clock.h"

#include "gtk-app/sat-util.h"

#define MINUTE 60
#define REST MINUTE /* changes this old are a finished thought */
#define SETTLE 5    /* a network that appeared needs a moment */
#define PAUSE_MAX (30 * MINUTE)
#define DOUBLINGS_MAX 6

struct _SatSyncClock
{
  GObject parent_instance;

  GNetworkMonitor *network;
  SatSyncTimes times;
  gint64 pending;
  gboolean local;     /* the hub is a folder: no network is needed */
  gboolean nowhere;   /* there is no hub yet */
  gboolean connected; /* what the monitor said last */
  guint source;
};

G_DEFINE_FINAL_TYPE (SatSyncClock, sat_sync_clock, G_TYPE_OBJECT)

enum
{
  DUE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* A minute after the first failure, twice as long after each further one; between half and all of
 * that, so that laptops cut off together do not come back together. */
static gint64
pause_after (guint failures, double luck)
{
  gint64 pause = MINUTE;

  if (failures == 0)
    return 0;
  pause <<= MIN (failures - 1, DOUBLINGS_MAX);
  pause = MIN (pause, PAUSE_MAX) / 2;
  return pause + (gint64) (CLAMP (luck, 0, 1) * (double) pause);
}

gint64
sat_sync_times_due (const SatSyncTimes *times)
{
  gint64 due = times->tried + (gint64) times->minutes * MINUTE;

  if (times->minutes == 0 || !times->ready)
    return -1;
  if (times->changed > 0)
    due = MIN (due, times->changed + REST);
  if (times->came > 0)
    due = MIN (due, times->came + SETTLE);
  return MAX (due, times->tried + pause_after (times->failures, times->luck));
}

/* ---- the clock ----------------------------------------------------------------------------- */

static gint64
now (void)
{
  return g_get_monotonic_time () / G_USEC_PER_SEC;
}

static void
look_around (SatSyncClock *self)
{
  GSettings *settings = sat_settings ();

  self->times.minutes = settings != NULL ? g_settings_get_uint (settings, "sync-interval") : 0;
  self->times.ready = !self->nowhere &&
                      (self->local || (g_network_monitor_get_network_available (self->network) &&
                                       !g_network_monitor_get_network_metered (self->network)));
}

static void set_up (SatSyncClock *self);

static gboolean
due_cb (gpointer data)
{
  SatSyncClock *self = data;

  self->source = 0;
  /* Until somebody tells how it ended, it has begun. */
  self->times.tried = now ();
  self->times.came = 0;
  self->times.changed = 0;
  set_up (self);
  g_signal_emit (self, signals[DUE], 0);
  return G_SOURCE_REMOVE;
}

static void
set_up (SatSyncClock *self)
{
  gint64 due;

  g_clear_handle_id (&self->source, g_source_remove);
  look_around (self);
  due = sat_sync_times_due (&self->times);
  if (due >= 0)
    self->source = g_timeout_add_seconds ((guint) CLAMP (due - now (), 1, G_MAXINT), due_cb, self);
}

static void
network_cb (SatSyncClock *self)
{
  gboolean connected = g_network_monitor_get_network_available (self->network);

  if (connected && !self->connected)
    self->times.came = now ();
  self->connected = connected;
  set_up (self);
}

void
sat_sync_clock_set_waiting (SatSyncClock *self, gint64 pending, const char *hub)
{
  self->nowhere = hub != NULL && *hub == '\0';
  self->local = hub != NULL && (g_path_is_absolute (hub) || g_str_has_prefix (hub, "file:"));
  if (pending > self->pending)
    self->times.changed = now ();
  if (pending == 0)
    self->times.changed = 0;
  self->pending = pending;
  set_up (self);
}

void
sat_sync_clock_ended (SatSyncClock *self, gboolean well)
{
  self->times.tried = now ();
  self->times.came = 0;
  self->times.changed = 0;
  self->times.failures = well ? 0 : self->times.failures + 1;
  self->times.luck = g_random_double ();
  set_up (self);
}

gboolean
sat_sync_clock_at_end (SatSyncClock *self)
{
  gint64 pause = pause_after (self->times.failures, self->times.luck);

  look_around (self);
  return self->times.minutes > 0 && self->times.ready && self->pending > 0 &&
         (pause == 0 || now () >= self->times.tried + pause);
}

static void
sat_sync_clock_finalize (GObject *object)
{
  SatSyncClock *self = SAT_SYNC_CLOCK (object);

  g_clear_handle_id (&self->source, g_source_remove);
  G_OBJECT_CLASS (sat_sync_clock_parent_class)->finalize (object);
}

static void
sat_sync_clock_class_init (SatSyncClockClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sat_sync_clock_finalize;
  signals[DUE] = g_signal_new ("due", SAT_TYPE_SYNC_CLOCK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 0);
}

static void
sat_sync_clock_init (SatSyncClock *self)
{
  self->network = g_network_monitor_get_default ();
  self->connected = g_network_monitor_get_network_available (self->network);
  self->times.tried = now ();
  g_signal_connect_object (self->network, "network-changed", G_CALLBACK (network_cb), self,
                           G_CONNECT_SWAPPED);
  if (sat_settings () != NULL)
    g_signal_connect_object (sat_settings (), "changed::sync-interval", G_CALLBACK (set_up), self,
                             G_CONNECT_SWAPPED);
  set_up (self);
}

SatSyncClock *
sat_sync_clock_new (void)
{
  return g_object_new (SAT_TYPE_SYNC_CLOCK, NULL);
}
