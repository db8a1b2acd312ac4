/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which days the company works: the calendar that the workspace's record names (a file of
 * data/calendars, if there is one of that name), and over it the records of `calendar_day`. */
#pragma once

#include "core/store/sat-replica.h"

G_BEGIN_DECLS

/* For SatExpressionContext: DATA is the SatReplica. Newly allocated. */
char *sat_calendar_text (gpointer data);

G_END_DECLS
