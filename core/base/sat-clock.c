/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/base/sat-clock.h"

#include <string.h>

#define MS_PER_DAY G_GINT64_CONSTANT (86400000)

static gint64
clamp_ms (gint64 ms)
{
  return CLAMP (ms, 0, SAT_HLC_MAX_MS);
}

SatHlc
sat_hlc_from_ms (gint64 ms)
{
  return (SatHlc) clamp_ms (ms) << SAT_HLC_COUNTER_BITS;
}

gint64
sat_hlc_ms (SatHlc hlc)
{
  return (gint64) (hlc >> SAT_HLC_COUNTER_BITS);
}

SatHlc
sat_hlc_tick (SatHlc last, gint64 now_ms, gint64 bound_ms)
{
  gint64 now = clamp_ms (now_ms);

  if (sat_hlc_ms (last) > now + bound_ms)
    last = sat_hlc_from_ms (now);
  return MAX (sat_hlc_from_ms (now), last + 1);
}

SatHlc
sat_hlc_hear (SatHlc last, SatHlc foreign, gint64 now_ms, gint64 bound_ms)
{
  if (sat_hlc_ms (foreign) > clamp_ms (now_ms) + bound_ms)
    return last;
  return MAX (last, foreign);
}

/* Civil date from days since 1970-01-01 (Hinnant, "chrono-compatible low-level date algorithms").
 */
static void
civil_from_days (gint64 days, int *year, int *month, int *day)
{
  gint64 z = days + 719468;
  gint64 era = (z >= 0 ? z : z - 146096) / 146097;
  gint64 doe = z - era * 146097;
  gint64 yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  gint64 doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  gint64 mp = (5 * doy + 2) / 153;

  *day = (int) (doy - (153 * mp + 2) / 5 + 1);
  *month = (int) (mp < 10 ? mp + 3 : mp - 9);
  *year = (int) (yoe + era * 400 + (*month <= 2));
}

static gint64
days_from_civil (int year, int month, int day)
{
  gint64 y = month <= 2 ? year - 1 : year;
  gint64 era = (y >= 0 ? y : y - 399) / 400;
  gint64 yoe = y - era * 400;
  gint64 doy = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  gint64 doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;

  return era * 146097 + doe - 719468;
}

static char *
put_digits (char *p, int value, int width)
{
  for (int i = width - 1; i >= 0; i--)
    {
      p[i] = (char) ('0' + value % 10);
      value /= 10;
    }
  return p + width;
}

static char *
put_ms (char *p, gint64 ms, gboolean always_fraction)
{
  gint64 rest = ms % MS_PER_DAY;
  int year, month, day;

  civil_from_days (ms / MS_PER_DAY, &year, &month, &day);
  p = put_digits (p, year, 4);
  *p++ = '-';
  p = put_digits (p, month, 2);
  *p++ = '-';
  p = put_digits (p, day, 2);
  *p++ = 'T';
  p = put_digits (p, (int) (rest / 3600000), 2);
  *p++ = ':';
  p = put_digits (p, (int) (rest / 60000 % 60), 2);
  *p++ = ':';
  p = put_digits (p, (int) (rest / 1000 % 60), 2);
  if (always_fraction || rest % 1000 != 0)
    {
      *p++ = '.';
      p = put_digits (p, (int) (rest % 1000), 3);
    }
  *p++ = 'Z';
  *p = '\0';
  return p;
}

char *
sat_hlc_format (SatHlc hlc, char text[SAT_HLC_TEXT_SIZE])
{
  guint counter = (guint) (hlc & ((1u << SAT_HLC_COUNTER_BITS) - 1));
  char *p = put_ms (text, clamp_ms (sat_hlc_ms (hlc)), TRUE);

  if (counter != 0)
    g_snprintf (p, 8, "+%u", counter);
  return text;
}

/* The number that WIDTH digits at P write; they are known to be digits. */
static int
digits (const char *p, int width)
{
  int value = 0;

  for (int i = 0; i < width; i++)
    value = value * 10 + (p[i] - '0');
  return value;
}

/* "+5" with nothing else; no leading zero, below 65536. */
static gboolean
parse_counter (const char *text, gsize length, guint64 *out)
{
  guint64 counter = 0;

  if (length < 2 || text[0] != '+' || text[1] == '0')
    return FALSE;
  for (gsize i = 1; i < length; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return FALSE;
      counter = counter * 10 + (guint64) (text[i] - '0');
    }
  *out = counter;
  return counter < 1u << SAT_HLC_COUNTER_BITS;
}

gboolean
sat_hlc_parse (const char *text, gsize length, SatHlc *out)
{
  static const char shape[] = "dddd-dd-ddTdd:dd:dd.dddZ";
  const gsize fixed = sizeof shape - 1;
  int y, m, d;
  guint64 counter = 0;

  if (length < fixed || length > fixed + 6)
    return FALSE;
  for (gsize i = 0; i < fixed; i++)
    if (shape[i] == 'd' ? !g_ascii_isdigit (text[i]) : text[i] != shape[i])
      return FALSE;

  int year = digits (text, 4), month = digits (text + 5, 2), day = digits (text + 8, 2);
  int hour = digits (text + 11, 2), minute = digits (text + 14, 2), second = digits (text + 17, 2);

  if (year < 1970 || hour > 23 || minute > 59 || second > 59)
    return FALSE;
  gint64 days = days_from_civil (year, month, day);
  civil_from_days (days, &y, &m, &d); /* 31 April comes back as 1 May */
  if (y != year || m != month || d != day)
    return FALSE;
  if (length > fixed && !parse_counter (text + fixed, length - fixed, &counter))
    return FALSE;

  int ms = digits (text + 20, 3);
  gint64 total = days * MS_PER_DAY + (gint64) hour * 3600000 + minute * 60000 + second * 1000 + ms;
  *out = sat_hlc_from_ms (total) + counter;
  return TRUE;
}

char *
sat_time_format (gint64 ms)
{
  char text[SAT_HLC_TEXT_SIZE];

  put_ms (text, clamp_ms (ms), FALSE);
  return g_strdup (text);
}
