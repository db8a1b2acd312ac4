/* SPDX-License-Identifier: GPL-3.0-or-later */
/* time: an instant, in UTC, to the second. What a person types without an offset is meant in the
 * zone of this machine. */
#include <string.h>

#include "core/base/sat-error.h"
#include "core/value/sat-type-private.h"

typedef struct
{
  int year, month, day;
  int hour, minute, second;
  gboolean has_offset;
  int offset; /* seconds east of Greenwich */
} Instant;

/* "16:00", "16:00:05", "16:00:05.25"; a leap second counts as the next one. */
static gboolean
scan_clock (const char **at, Instant *instant)
{
  int ignored;

  if (!sat_value_scan_digits (at, 1, 2, &instant->hour) || **at != ':')
    return FALSE;
  ++*at;
  if (!sat_value_scan_digits (at, 2, 2, &instant->minute))
    return FALSE;
  if (**at == ':')
    {
      ++*at;
      if (!sat_value_scan_digits (at, 2, 2, &instant->second))
        return FALSE;
      if (**at == '.')
        {
          ++*at;
          if (!sat_value_scan_digits (at, 1, 9, &ignored))
            return FALSE;
        }
    }
  return instant->hour <= 23 && instant->minute <= 59 && instant->second <= 60;
}

/* "Z", "+08:00", "+0800", or nothing. */
static gboolean
scan_offset (const char **at, Instant *instant)
{
  int hours, minutes;

  if (**at == 'Z' || **at == 'z')
    {
      ++*at;
      instant->has_offset = TRUE;
      return TRUE;
    }
  if (**at != '+' && **at != '-')
    return TRUE;
  int sign = *(*at)++ == '-' ? -1 : 1;
  if (!sat_value_scan_digits (at, 2, 2, &hours))
    return FALSE;
  if (**at == ':')
    ++*at;
  if (!sat_value_scan_digits (at, 2, 2, &minutes) || hours > 23 || minutes > 59)
    return FALSE;
  instant->has_offset = TRUE;
  instant->offset = sign * (hours * 3600 + minutes * 60);
  return TRUE;
}

static gboolean
scan_instant (const char *at, Instant *instant)
{
  if (!sat_value_scan_date (&at, &instant->year, &instant->month, &instant->day))
    return FALSE;
  if (*at == '\0')
    return TRUE;
  if (*at == 'T' || *at == 't')
    at++;
  else
    {
      if (*at != ' ' && (guint8) at[-1] < 0x80)
        return FALSE;
      while (*at == ' ')
        at++;
    }
  if (!scan_clock (&at, instant))
    return FALSE;
  while (*at == ' ')
    at++;
  return scan_offset (&at, instant) && *at == '\0';
}

/* NULL if the instant lies outside of the years 1 to 9999 in UTC. */
static char *
format_instant (const Instant *instant)
{
  g_autoptr (GTimeZone) zone = instant->has_offset ? g_time_zone_new_utc ()
                                                   : g_time_zone_new_local ();
  int second = MIN (instant->second, 59);
  g_autoptr (GDateTime) typed = g_date_time_new (zone, instant->year, instant->month, instant->day,
                                                 instant->hour, instant->minute, second);
  if (typed == NULL)
    return NULL;

  GTimeSpan shift = (instant->second - second - instant->offset) * G_TIME_SPAN_SECOND;
  g_autoptr (GDateTime) moved = g_date_time_add (typed, shift);
  g_autoptr (GDateTime) utc = moved ? g_date_time_to_utc (moved) : NULL;
  if (utc == NULL)
    return NULL;
  return g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:%02dZ", g_date_time_get_year (utc),
                          g_date_time_get_month (utc), g_date_time_get_day_of_month (utc),
                          g_date_time_get_hour (utc), g_date_time_get_minute (utc),
                          g_date_time_get_second (utc));
}

static gboolean
time_canonical (const char *text, gsize length)
{
  char copy[21];
  const char *at = copy + 11;
  int hour, minute, second;

  if (length != 20)
    return FALSE;
  memcpy (copy, text, 20);
  copy[20] = '\0';
  return sat_value_is_date (copy) && copy[10] == 'T' && sat_value_scan_digits (&at, 2, 2, &hour) &&
         *at++ == ':' && sat_value_scan_digits (&at, 2, 2, &minute) && *at++ == ':' &&
         sat_value_scan_digits (&at, 2, 2, &second) && strcmp (at, "Z") == 0 && hour <= 23 &&
         minute <= 59 && second <= 59;
}

static gboolean
time_parse (const SatTypeOptions *options, const char *input, char **out, GError **error)
{
  g_autofree char *narrow = sat_value_narrow (input);
  Instant instant = { 0 };

  *out = NULL;
  if (narrow && *narrow == '\0')
    return TRUE;
  if (narrow && scan_instant (narrow, &instant))
    {
      g_autofree char *text = format_instant (&instant);
      if (text != NULL && time_canonical (text, strlen (text)))
        {
          *out = g_steal_pointer (&text);
          return TRUE;
        }
    }
  g_autofree char *quote = sat_value_quote (input);
  return sat_fail (
      error, SAT_ERROR_INVALID,
      N_ ("“%s” is not a point in time; write date and time, such as 2026-11-21 16:00"), quote,
      NULL);
}

const SatType sat_type_time = {
  .id = SAT_TYPE_TIME,
  .name = "time",
  .sql = { "TEXT" },
  .parse = time_parse,
  .canonical = time_canonical,
  .compare = strcmp,
  .to_cells = sat_value_text_to_cells,
  .from_cells = sat_value_text_from_cells,
};
