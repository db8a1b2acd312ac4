/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When to exchange changes without being asked: every so many minutes (setting “sync-interval”, 0:
 * never), when changes have rested for a minute, when a network has appeared; not without one, not
 * on one that is metered, and not before an exchange that failed has had its pause, which grows and
 * differs from laptop to laptop.
 *
 * Signal "due" (): now. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What the answer depends on; seconds of one clock, 0: never. */
typedef struct
{
  gint64 tried;   /* the last exchange ended, or the program started */
  gint64 changed; /* something to send came last */
  gint64 came;    /* a network appeared, since the last exchange */
  guint failures; /* exchanges that failed in a row */
  double luck;    /* 0 to 1: this laptop's part of the pause */
  guint minutes;  /* the setting */
  gboolean ready; /* the hub can be reached, and at no extra cost */
} SatSyncTimes;

/* When the next exchange is due; -1: not as things are. */
gint64 sat_sync_times_due (const SatSyncTimes *times);

#define SAT_TYPE_SYNC_CLOCK (sat_sync_clock_get_type ())
G_DECLARE_FINAL_TYPE (SatSyncClock, sat_sync_clock, SAT, SYNC_CLOCK, GObject)

SatSyncClock *sat_sync_clock_new (void) G_GNUC_WARN_UNUSED_RESULT;
/* How things stand: so many changes wait to be sent, to HUB (a path or an address; "": none yet).
 */
void sat_sync_clock_set_waiting (SatSyncClock *self, gint64 pending, const char *hub);
/* An exchange has ended. */
void sat_sync_clock_ended (SatSyncClock *self, gboolean well);
/* Would an exchange be right now, before the program ends? */
gboolean sat_sync_clock_at_end (SatSyncClock *self);

G_END_DECLS
