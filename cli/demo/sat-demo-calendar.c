/* SPDX-License-Identifier: GPL-3.0-or-later */
/* China's time has been eight hours ahead of UTC all year round since 1991, so plain arithmetic
 * serves. */
#include "cli/demo/sat-demo-calendar.h"

#include "core/base/sat-clock.h"

#define MINUTE_MS G_GINT64_CONSTANT (60000)
#define SHANGHAI_MS (8 * 60 * MINUTE_MS)
#define FIRST_WEEKDAY 4 /* 21 November 2025 is a Friday; Monday is 0 */
#define OPENING_MINUTE (8 * 60 + 30)
#define CLOSING_MINUTE (18 * 60)

/* First days of the months after the year's beginning, as day numbers; November 2025 is month 0. */
static const guint month_begins[] = { 0, 10, 41, 72, 100, 131, 161, 192, 222, 253, 284, 314, 345 };
/* Percent of an ordinary day: the year's rhythm of selling to industry in China. */
static const guint month_weights[] = { 95, 125, 90, 50, 120, 105, 100, 120, 85, 85, 120, 95, 115 };

/* Public holidays, first and last day. */
static const guint holidays[][2] = {
  { 41, 43 },   /* New Year */
  { 86, 94 },   /* Spring Festival, 15 to 23 February */
  { 134, 136 }, /* Qingming */
  { 161, 165 }, /* Labour Day */
  { 210, 212 }, /* Dragon Boat */
  { 308, 310 }, /* Mid-Autumn */
  { 314, 320 }, /* National Day */
};

guint
sat_demo_month (gint64 ms)
{
  guint day = (guint) CLAMP ((ms - SAT_DEMO_BEGIN_MS) / SAT_DEMO_DAY_MS, 0, SAT_DEMO_DAYS - 1);
  guint month = 0;

  while (month + 1 < G_N_ELEMENTS (month_begins) && day >= month_begins[month + 1])
    month++;
  return month;
}

guint
sat_demo_day_weight (guint day)
{
  if ((day + FIRST_WEEKDAY) % 7 >= 5)
    return 0;
  for (guint i = 0; i < G_N_ELEMENTS (holidays); i++)
    if (day >= holidays[i][0] && day <= holidays[i][1])
      return 0;
  return month_weights[sat_demo_month (SAT_DEMO_BEGIN_MS + day * SAT_DEMO_DAY_MS)];
}

static gint64
moment_of_day (SatPlatform *chance, guint day)
{
  guint minute = OPENING_MINUTE +
                 sat_platform_random_below (chance, CLOSING_MINUTE - OPENING_MINUTE);
  gint64 within = sat_platform_random_below (chance, 60000);

  return SAT_DEMO_BEGIN_MS + day * SAT_DEMO_DAY_MS + minute * MINUTE_MS + within;
}

/* The first whole day at or after MS. */
static guint
day_from (gint64 ms)
{
  if (ms <= SAT_DEMO_BEGIN_MS)
    return 0;
  return (guint) ((ms - SAT_DEMO_BEGIN_MS + SAT_DEMO_DAY_MS - 1) / SAT_DEMO_DAY_MS);
}

gboolean
sat_demo_moment (SatPlatform *chance, gint64 from_ms, gint64 *out_ms)
{
  guint first = day_from (from_ms), total = 0;

  for (guint day = first; day < SAT_DEMO_DAYS; day++)
    total += sat_demo_day_weight (day);
  if (total == 0)
    return FALSE;

  guint pick = sat_platform_random_below (chance, total);
  guint day = first;

  while (pick >= sat_demo_day_weight (day))
    pick -= sat_demo_day_weight (day++);
  *out_ms = moment_of_day (chance, day);
  return TRUE;
}

gboolean
sat_demo_moment_after (SatPlatform *chance, gint64 from_ms, guint days, gint64 *out_ms)
{
  guint day = day_from (from_ms + days * SAT_DEMO_DAY_MS);

  while (day < SAT_DEMO_DAYS && sat_demo_day_weight (day) == 0)
    day++;
  if (day >= SAT_DEMO_DAYS)
    return FALSE;
  *out_ms = moment_of_day (chance, day);
  return TRUE;
}

char *
sat_demo_date (gint64 ms)
{
  g_autofree char *text = sat_time_format (ms + SHANGHAI_MS);

  return g_strndup (text, 10);
}
