/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Days, as "2026-11-21", between the years 1 and 9999; what would lie outside is empty. A time,
 * "2026-11-21T08:00:00Z", stands for its day in the zone of this machine. */
#include <string.h>

#include "core/expression/sat-expression-private.h"
#include "core/expression/sat-functions-private.h"

#define ONE 10000
#define DATE_LENGTH 10
#define TIME_LENGTH 20

static int
digits (const char *text, int n)
{
  int value = 0;

  for (int i = 0; i < n; i++)
    value = value * 10 + (text[i] - '0');
  return value;
}

static gboolean
has_shape (const SatCell *cell, const char *shape)
{
  gsize length = strlen (shape);

  if (cell->kind != SAT_CELL_TEXT || cell->size != length)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (shape[i] == '9' ? !g_ascii_isdigit (cell->text[i]) : shape[i] != cell->text[i])
      return FALSE;
  return TRUE;
}

static gboolean
read_date (const char *text, GDate *out)
{
  int year = digits (text, 4), month = digits (text + 5, 2), day = digits (text + 8, 2);

  if (!g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return FALSE;
  g_date_clear (out, 1);
  g_date_set_dmy (out, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  return TRUE;
}

/* The day of a time, here. */
static gboolean
read_time (const char *text, GDate *out)
{
  g_autoptr (GTimeZone) zone = NULL;
  GDate utc;
  gint64 seconds;
  gint64 days;
  int interval;

  if (!read_date (text, &utc))
    return FALSE;
  zone = g_time_zone_new_local ();
  seconds = ((gint64) g_date_get_julian (&utc) - 719163) * 86400 + digits (text + 11, 2) * 3600 +
            digits (text + 14, 2) * 60 + digits (text + 17, 2);
  interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, seconds);
  if (interval >= 0)
    seconds += g_time_zone_get_offset (zone, interval);
  days = seconds / 86400 - (seconds % 86400 < 0 ? 1 : 0) + 719163;
  if (days < 1 || days > 3652059)
    return FALSE;
  g_date_clear (out, 1);
  g_date_set_julian (out, (guint32) days);
  return TRUE;
}

gboolean
sat_function_read_day (const SatCell *cell, GDate *out)
{
  if (has_shape (cell, "9999-99-99"))
    return read_date (cell->text, out);
  return has_shape (cell, "9999-99-99T99:99:99Z") && read_time (cell->text, out);
}

static void
answer_day (const GDate *date, SatAnswer *answer)
{
  if (!g_date_valid (date) || g_date_get_year (date) > 9999)
    return;
  answer->kind = SAT_CELL_TEXT;
  answer->text = g_strdup_printf ("%04u-%02u-%02u", (guint) g_date_get_year (date),
                                  (guint) g_date_get_month (date), (guint) g_date_get_day (date));
}

static void
answer_number (gint64 number, SatAnswer *answer)
{
  answer->kind = SAT_CELL_INTEGER;
  answer->integer = number * ONE;
}

void
sat_function_date (const SatCell *args, guint n, SatAnswer *answer)
{
  GDate date;

  if (sat_function_read_day (&args[0], &date))
    answer_day (&date, answer);
}

/* When the day args[0] begins here, args[1] days later. */
void
sat_function_day_start (const SatCell *args, guint n, SatAnswer *answer)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (GDateTime) start = NULL;
  g_autoptr (GDateTime) utc = NULL;
  GDate date;

  if (!sat_function_read_day (&args[0], &date))
    return;
  g_date_add_days (&date, (guint) CLAMP (args[1].integer, 0, 1));
  answer->kind = SAT_CELL_TEXT;
  start = g_date_get_year (&date) > 9999
              ? NULL
              : g_date_time_new (zone, g_date_get_year (&date), (int) g_date_get_month (&date),
                                 g_date_get_day (&date), 0, 0, 0);
  utc = start != NULL ? g_date_time_to_utc (start) : NULL;
  if (utc == NULL || g_date_time_get_year (utc) > 9999)
    answer->text = g_strdup (g_date_get_year (&date) > 1 ? "9999-12-31T23:59:59Z"
                                                         : "0001-01-01T00:00:00Z");
  else
    answer->text = g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:%02dZ", g_date_time_get_year (utc),
                                    g_date_time_get_month (utc), g_date_time_get_day_of_month (utc),
                                    g_date_time_get_hour (utc), g_date_time_get_minute (utc),
                                    g_date_time_get_second (utc));
}

/* ---- counting ---- */

static void
answer_difference (const SatCell *from, const SatCell *to, SatAnswer *answer)
{
  GDate a, b;

  if (sat_function_read_day (from, &a) && sat_function_read_day (to, &b))
    answer_number ((gint64) g_date_get_julian (&b) - (gint64) g_date_get_julian (&a), answer);
}

/* args[0] is today. */
void
sat_function_days_since (const SatCell *args, guint n, SatAnswer *answer)
{
  answer_difference (&args[1], &args[0], answer);
}

void
sat_function_days_until (const SatCell *args, guint n, SatAnswer *answer)
{
  answer_difference (&args[0], &args[1], answer);
}

/* args[0] - args[1] */
void
sat_function_date_difference (const SatCell *args, guint n, SatAnswer *answer)
{
  answer_difference (&args[1], &args[0], answer);
}

void
sat_function_add_days (const SatCell *args, guint n, SatAnswer *answer)
{
  gint64 days = args[1].integer / ONE;
  gint64 sum;
  GDate date;

  if (!sat_function_read_day (&args[0], &date) || ABS (days) > 4000000)
    return;
  sum = (gint64) g_date_get_julian (&date) + days;
  if (sum < 1 || sum > 3652059)
    return;
  g_date_set_julian (&date, (guint32) sum);
  answer_day (&date, answer);
}

/* The same day of another month, or its last. */
static void
add_months (const SatCell *args, gint64 months, SatAnswer *answer)
{
  GDate date;
  gint64 count;

  if (!sat_function_read_day (&args[0], &date) || ABS (months) > 12 * 10000)
    return;
  count = (gint64) g_date_get_year (&date) * 12 + (gint64) g_date_get_month (&date) - 1 + months;
  if (count < 12 || count >= 12 * 10000)
    return;
  GDateYear year = (GDateYear) (count / 12);
  GDateMonth month = (GDateMonth) (count % 12 + 1);
  g_date_set_dmy (&date, MIN (g_date_get_day (&date), g_date_get_days_in_month (month, year)),
                  month, year);
  answer_day (&date, answer);
}

void
sat_function_add_months (const SatCell *args, guint n, SatAnswer *answer)
{
  add_months (args, args[1].integer / ONE, answer);
}

void
sat_function_add_years (const SatCell *args, guint n, SatAnswer *answer)
{
  gint64 years = args[1].integer / ONE;

  if (ABS (years) <= 10000)
    add_months (args, years * 12, answer);
}

/* ---- parts ---- */

static guint
quarter_of (const GDate *date)
{
  return ((guint) g_date_get_month (date) + 2) / 3;
}

void
sat_function_year (const SatCell *args, guint n, SatAnswer *answer)
{
  GDate date;

  if (sat_function_read_day (&args[0], &date))
    answer_number (g_date_get_year (&date), answer);
}

void
sat_function_quarter (const SatCell *args, guint n, SatAnswer *answer)
{
  GDate date;

  if (sat_function_read_day (&args[0], &date))
    answer_number (quarter_of (&date), answer);
}

void
sat_function_month (const SatCell *args, guint n, SatAnswer *answer)
{
  GDate date;

  if (sat_function_read_day (&args[0], &date))
    answer_number (g_date_get_month (&date), answer);
}

void
sat_function_week (const SatCell *args, guint n, SatAnswer *answer)
{
  GDate date;

  if (sat_function_read_day (&args[0], &date))
    answer_number (g_date_get_iso8601_week_of_year (&date), answer);
}

void
sat_function_day (const SatCell *args, guint n, SatAnswer *answer)
{
  GDate date;

  if (sat_function_read_day (&args[0], &date))
    answer_number (g_date_get_day (&date), answer);
}

void
sat_function_weekday (const SatCell *args, guint n, SatAnswer *answer)
{
  GDate date;

  if (sat_function_read_day (&args[0], &date))
    answer_number (g_date_get_weekday (&date), answer);
}

/* ---- beginnings and ends ---- */

void
sat_function_start_of_week (const SatCell *args, guint n, SatAnswer *answer)
{
  GDate date;

  if (!sat_function_read_day (&args[0], &date))
    return;
  g_date_subtract_days (&date, (guint) g_date_get_weekday (&date) - 1);
  answer_day (&date, answer);
}

void
sat_function_end_of_week (const SatCell *args, guint n, SatAnswer *answer)
{
  GDate date;

  if (!sat_function_read_day (&args[0], &date))
    return;
  g_date_add_days (&date, 7 - (guint) g_date_get_weekday (&date));
  answer_day (&date, answer);
}

/* The first day of MONTH of the year of args[0], or the last one. MONTH comes of its own month. */
static void
answer_edge (const SatCell *args, guint (*month) (const GDate *), gboolean last, SatAnswer *answer)
{
  GDate date;
  GDateMonth of;

  if (!sat_function_read_day (&args[0], &date))
    return;
  of = (GDateMonth) month (&date);
  g_date_set_dmy (&date, last ? g_date_get_days_in_month (of, g_date_get_year (&date)) : 1, of,
                  g_date_get_year (&date));
  answer_day (&date, answer);
}

static guint
own_month (const GDate *date)
{
  return (guint) g_date_get_month (date);
}

static guint
quarter_start (const GDate *date)
{
  return quarter_of (date) * 3 - 2;
}

static guint
quarter_end (const GDate *date)
{
  return quarter_of (date) * 3;
}

static guint
january (const GDate *date)
{
  return 1;
}

static guint
december (const GDate *date)
{
  return 12;
}

void
sat_function_start_of_month (const SatCell *args, guint n, SatAnswer *answer)
{
  answer_edge (args, own_month, FALSE, answer);
}

void
sat_function_start_of_quarter (const SatCell *args, guint n, SatAnswer *answer)
{
  answer_edge (args, quarter_start, FALSE, answer);
}

void
sat_function_start_of_year (const SatCell *args, guint n, SatAnswer *answer)
{
  answer_edge (args, january, FALSE, answer);
}

void
sat_function_end_of_month (const SatCell *args, guint n, SatAnswer *answer)
{
  answer_edge (args, own_month, TRUE, answer);
}

void
sat_function_end_of_quarter (const SatCell *args, guint n, SatAnswer *answer)
{
  answer_edge (args, quarter_end, TRUE, answer);
}

void
sat_function_end_of_year (const SatCell *args, guint n, SatAnswer *answer)
{
  answer_edge (args, december, TRUE, answer);
}
