/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The hybrid logical clock (Kulkarni et al. 2014) as pure arithmetic: a stamp is 48 bits of
 * milliseconds since 1970 and 16 bits of counter. It breaks ties among concurrent values and
 * nothing else: order and loss depend on vectors only, so a clock that is years off does no harm
 * but to "which of two unseen values is shown first". */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef guint64 SatHlc;

#define SAT_HLC_COUNTER_BITS 16
#define SAT_HLC_MAX_MS G_GINT64_CONSTANT (253402300799999) /* 9999-12-31T23:59:59.999Z */
#define SAT_HLC_TEXT_SIZE 40

/* How far a foreign stamp may drag our clock: 24 hours. */
#define SAT_HLC_DRAG_BOUND_MS G_GINT64_CONSTANT (86400000)

/* The stamp for a write made now, after LAST: max (now, LAST + 1); a LAST more than BOUND_MS ahead
 * of now is our own clock having been set back, and is forgotten. NOW_MS outside 0 ..
 * SAT_HLC_MAX_MS is clamped. */
SatHlc sat_hlc_tick (SatHlc last, gint64 now_ms, gint64 bound_ms);

/* LAST after hearing FOREIGN: the larger one, unless FOREIGN is more than BOUND_MS ahead of now. */
SatHlc sat_hlc_hear (SatHlc last, SatHlc foreign, gint64 now_ms, gint64 bound_ms);

gint64 sat_hlc_ms (SatHlc hlc);
SatHlc sat_hlc_from_ms (gint64 ms);

/* "2026-11-21T08:00:00.123Z", then "+5" when the counter is 5. Returns TEXT. */
char *sat_hlc_format (SatHlc hlc, char text[SAT_HLC_TEXT_SIZE]);
/* Exactly that form, of LENGTH bytes (no NUL needed); no other spelling is accepted. */
gboolean sat_hlc_parse (const char *text, gsize length, SatHlc *out);

/* RFC 3339 in UTC with milliseconds left out when they are zero; newly allocated. */
char *sat_time_format (gint64 ms);

G_END_DECLS
