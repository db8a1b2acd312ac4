/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which days are worked, for the functions working_days, add_working_days and is_working_day.
 * Saturdays and Sundays are off but for the days that a calendar says otherwise of.
 *
 * A calendar goes to these functions as their first argument, a text in which a day is found
 * without reading the others: they are pure as all functions are. */
#pragma once

#include "core/expression/sat-functions.h"

G_BEGIN_DECLS

/* The most days that a calendar may have; further ones are left out. */
#define SAT_CALENDAR_MAX 9000

typedef struct
{
  guint32 julian; /* as of GDate */
  gboolean work;  /* else it is off */
} SatCalendarDay;

/* DAYS (SatCalendarDay) as that text; sorted here. Of several of one day the last counts. Newly
 * allocated; "" if there is none. */
char *sat_calendar_pack (GArray *days);
/* The day "2026-11-21"; FALSE: there is no such day. */
gboolean sat_calendar_read_day (const char *text, guint32 *julian);

/* The first argument of all is a calendar. */
void sat_function_is_working_day (const SatCell *args, guint n, SatAnswer *answer);
void sat_function_working_days (const SatCell *args, guint n, SatAnswer *answer);
void sat_function_add_working_days (const SatCell *args, guint n, SatAnswer *answer);

G_END_DECLS
