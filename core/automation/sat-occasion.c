/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/automation/sat-occasion.h"

#include <string.h>

/* The midnight, in UTC, of that day. */
static gint64
midnight (GDateTime *day, int of_month)
{
  g_autoptr (GDateTime) utc = g_date_time_new_utc (g_date_time_get_year (day),
                                                   g_date_time_get_month (day), of_month, 0, 0, 0);

  return utc != NULL ? g_date_time_to_unix (utc) : 0;
}

/* A period is named by its day, whatever the zone, but it begins at the time of the day here. */
gint64
sat_occasion_of_schedule (const SatRule *rule, gint64 now_s)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (now_s - (gint64) rule->minute * 60);
  g_autoptr (GDateTime) day = NULL;
  int of_month;

  if (now == NULL)
    return 0;
  of_month = g_date_time_get_day_of_month (now);
  if (rule->schedule == SAT_SCHEDULE_WEEKLY)
    day = g_date_time_add_days (now,
                                -((g_date_time_get_day_of_week (now) - (int) rule->days + 7) % 7));
  else if (rule->schedule == SAT_SCHEDULE_MONTHLY && of_month < (int) rule->days)
    day = g_date_time_add_months (now, -1);
  else
    day = g_date_time_ref (now);
  return midnight (day, rule->schedule == SAT_SCHEDULE_MONTHLY
                            ? (int) rule->days
                            : g_date_time_get_day_of_month (day));
}

gboolean
sat_occasion_of_value (const char *value, gint64 *out)
{
  g_autofree char *text = strlen (value) == 10 ? g_strconcat (value, "T00:00:00Z", NULL)
                                               : g_strdup (value);
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, NULL);

  if (time != NULL)
    *out = g_date_time_to_unix (time);
  return time != NULL;
}

char *
sat_occasion_format (gint64 occasion)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (occasion);

  return time != NULL ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ") : g_strdup ("");
}

void
sat_occasion_id (const SatId *rule,
                 const SatId *record,
                 const char *book,
                 guint64 occasion,
                 guint action,
                 const char *person,
                 SatId *out)
{
  char text[SAT_ID_TEXT_SIZE];
  g_autofree char *name = g_strdup_printf ("%s:%s:%" G_GUINT64_FORMAT ":%u:%s",
                                           sat_id_format (record, text), book, occasion, action,
                                           person);

  sat_id_derive (rule, name, strlen (name), out);
}
