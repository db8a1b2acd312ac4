/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The occasion on which a rule runs for a record, and the ids of what it makes then: pure functions
 * of what all laptops know, so that each of them comes to the same ones. An occasion is a moment,
 * in whole seconds since 1970. */
#pragma once

#include "core/automation/sat-rule.h"

G_BEGIN_DECLS

#define SAT_DAY_S G_GINT64_CONSTANT (86400)

/* The beginning, in UTC, of the last period of RULE, a schedule, that has begun at NOW here. */
gint64 sat_occasion_of_schedule (const SatRule *rule, gint64 now_s);
/* The day (UTC) or time that VALUE, canonical, stands for. FALSE: it is neither. */
gboolean sat_occasion_of_value (const char *value, gint64 *out);
/* "2026-11-21T08:00:00Z"; newly allocated. */
char *sat_occasion_format (gint64 occasion);

/* The id of what action number ACTION of RULE makes for RECORD in BOOK on OCCASION, for PERSON
 * (notices; or
 * ""). */
void sat_occasion_id (const SatId *rule,
                      const SatId *record,
                      const char *book,
                      guint64 occasion,
                      guint action,
                      const char *person,
                      SatId *out);

G_END_DECLS
