/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demo's year: 365 days that end on 20 November 2026, in China's time. Some days are busier
 * than others: weekends and holidays are free, spring is quiet around the New Year festival, the
 * months before half-year and year ends are full. Pure. */
#pragma once

#include "core/base/sat-platform.h"

G_BEGIN_DECLS

#define SAT_DEMO_DAYS 365
#define SAT_DEMO_BEGIN_MS G_GINT64_CONSTANT (1763654400000) /* 2025-11-21T00:00 in Shanghai */
#define SAT_DEMO_DAY_MS G_GINT64_CONSTANT (86400000)
#define SAT_DEMO_END_MS (SAT_DEMO_BEGIN_MS + SAT_DEMO_DAYS * SAT_DEMO_DAY_MS)

/* How much happens on DAY (0 .. SAT_DEMO_DAYS - 1), in percent of an ordinary working day; 0:
 * nothing. */
guint sat_demo_day_weight (guint day);

/* A moment of work (8:30 to 18:00 on a day that is not free) at or after FROM_MS, busy days more
 * often; FALSE if there is none before the year ends. */
gboolean sat_demo_moment (SatPlatform *chance, gint64 from_ms, gint64 *out_ms);

/* The first moment of work not before FROM_MS + DAYS days: for things that take their time. */
gboolean sat_demo_moment_after (SatPlatform *chance, gint64 from_ms, guint days, gint64 *out_ms);

/* 0 .. 12: the calendar month since November 2025. */
guint sat_demo_month (gint64 ms);
/* The year's date on that day in Shanghai, "2026-03-17"; newly allocated. */
char *sat_demo_date (gint64 ms);

G_END_DECLS
