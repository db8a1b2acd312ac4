/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long a write waits for another process that is writing. Most writes take milliseconds, and
 * who waits for half a minute waits for something that is broken. What takes long, such as an
 * import of many rows, says so by a lock on HOME/long-write.lock while it writes; for that the
 * others wait until it is done. The lock goes with the process that holds it, however that ends.
 *
 * One for a connection to the database; belongs to the same thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef void (*SatWaitFunc) (gpointer data);

typedef struct
{
  char *file;
  int held;         /* our lock; -1: none */
  guint tell_ms;    /* after this FUNC is told that the write waits; a second */
  guint give_up_ms; /* since a long write was last under way; half a minute */
  guint64 seen_ms;  /* when that was, since the waiting began */
  gboolean told;
  SatWaitFunc func; /* may be NULL */
  gpointer data;
} SatPatience;

void sat_patience_init (SatPatience *patience, const char *home);
void sat_patience_clear (SatPatience *patience);

/* A long write begins; call it when the database is locked for writing. Where there can be no such
 * lock, nothing is said. */
void sat_patience_hold (SatPatience *patience);
void sat_patience_release (SatPatience *patience);

/* A SatDbWaitFunc; DATA is the SatPatience. */
gboolean sat_patience_wait (guint64 waited_ms, gpointer data);

G_END_DECLS
