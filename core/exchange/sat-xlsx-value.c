/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Binary floating point is used to round to 15 digits and for the fraction of a day, as the
 * spreadsheet programs do; what comes out is text. */
#include "core/exchange/sat-xlsx-value.h"

#include <math.h>
#include <string.h>

#define LAST_DAY 2958465 /* 9999-12-31 */
#define MOST_COLUMNS 16384
#define MOST_ROWS 1048576

/* ---- formats ---- */

SatXlsxFormat
sat_xlsx_builtin_format (guint id)
{
  SatXlsxFormat format = { SAT_XLSX_PLAIN, 0 };

  if (id == 9 || id == 10)
    format.kind = SAT_XLSX_PERCENT;
  else if ((id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 31) || id == 36 ||
           (id >= 50 && id <= 54) || id == 57 || id == 58)
    format.kind = SAT_XLSX_DATE;
  else if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || id == 55 || id == 56)
    format.kind = SAT_XLSX_CLOCK;
  return format;
}

/* The letters and digits of CODE's first section that are instructions: no quoted text, nothing
 * escaped, no [Red] and no AM/PM. */
static char *
instructions_of (const char *code)
{
  GString *out = g_string_new (NULL);

  for (const char *p = code; *p != '\0' && *p != ';'; p++)
    {
      if (*p == '"')
        {
          p = strchr (p + 1, '"');
          if (p == NULL)
            break;
        }
      else if (*p == '\\' || *p == '_' || *p == '*')
        p += p[1] != '\0';
      else if (*p == '[' && strchr (p, ']') != NULL)
        {
          /* [h]:mm counts hours; everything else in brackets is a colour, a place, a condition. */
          if (strchr ("hmsHMS", p[1]) != NULL && (p[2] == ']' || p[2] == p[1]))
            g_string_append_c (out, '[');
          p = strchr (p, ']');
        }
      else if (g_ascii_strncasecmp (p, "AM/PM", 5) == 0)
        p += 4;
      else
        g_string_append_c (out, g_ascii_tolower (*p));
    }
  return g_string_free (out, FALSE);
}

SatXlsxFormat
sat_xlsx_parse_format (const char *code)
{
  g_autofree char *text = instructions_of (code);
  SatXlsxFormat format = { SAT_XLSX_PLAIN, 0 };

  /* Elapsed time is a number of days, not a time of day. */
  if (strstr (text, "general") != NULL || strchr (text, '[') != NULL)
    return format;
  if (strchr (text, '%') != NULL)
    format.kind = SAT_XLSX_PERCENT;
  else if (strpbrk (text, "yd") != NULL ||
           /* Months alone: with hours or seconds, m is minutes. */
           (strchr (text, 'm') != NULL && strpbrk (text, "hs0#?") == NULL))
    format.kind = SAT_XLSX_DATE;
  else if (strpbrk (text, "hs") != NULL)
    format.kind = SAT_XLSX_CLOCK;
  else if (strlen (text) > 1 && strspn (text, "0") == strlen (text))
    {
      format.kind = SAT_XLSX_ZEROS;
      format.zeros = MIN (strlen (text), 30);
    }
  return format;
}

/* ---- decimal text ---- */

/* -ddd.ddd with the point SHIFT places further right; zeros at the ends are taken off. */
static char *
place_point (gboolean negative, const char *digits, int point)
{
  int n = (int) strlen (digits);
  GString *out = g_string_new (NULL);

  while (n > 0 && digits[n - 1] == '0')
    n--;
  if (n == 0)
    return g_string_free (g_string_append (out, "0"), FALSE);
  if (negative)
    g_string_append_c (out, '-');
  if (point <= 0)
    g_string_append (out, "0");
  for (int i = 0; i < MAX (n, point); i++)
    {
      if (i == 0 && point <= 0)
        {
          g_string_append_c (out, '.');
          for (int j = point; j < 0; j++)
            g_string_append_c (out, '0');
        }
      else if (i == point)
        g_string_append_c (out, '.');
      g_string_append_c (out, i < n ? digits[i] : '0');
    }
  return g_string_free (out, FALSE);
}

/* VALUE with 15 digits, times 10^SHIFT. */
static char *
show_decimal (double value, int shift)
{
  char text[40];
  char digits[20] = "";
  gsize n = 0;
  const char *p = text;
  gboolean negative;

  g_ascii_formatd (text, sizeof text, "%.14e", value);
  negative = *p == '-';
  for (; *p != '\0' && *p != 'e'; p++)
    if (g_ascii_isdigit (*p))
      digits[n++] = *p;
  return place_point (negative, digits, (int) g_ascii_strtoll (p + 1, NULL, 10) + 1 + shift);
}

static char *
show_zeros (double value, guint zeros)
{
  g_autofree char *plain = show_decimal (value, 0);
  gsize length = strlen (plain);

  if (*plain == '-' || strchr (plain, '.') != NULL || length >= zeros)
    return g_steal_pointer (&plain);
  g_autofree char *padding = g_strnfill (zeros - length, '0');
  return g_strconcat (padding, plain, NULL);
}

/* ---- dates ---- */

static char *
show_seconds (gint64 seconds)
{
  return g_strdup_printf ("%02d:%02d:%02d", (int) (seconds / 3600), (int) (seconds / 60 % 60),
                          (int) (seconds % 60));
}

/* Day 60 of the 1900 system is a 29 February that never was: shown as such, and refused later. */
static char *
show_day (gint64 day, gboolean date1904)
{
  GDate date;

  if (!date1904 && day == 60)
    return g_strdup ("1900-02-29");
  g_date_clear (&date, 1);
  if (date1904)
    g_date_set_dmy (&date, 1, 1, 1904);
  else if (day > 60)
    g_date_set_dmy (&date, 30, 12, 1899);
  else
    g_date_set_dmy (&date, 31, 12, 1899);
  g_date_add_days (&date, (guint) day);
  return g_strdup_printf ("%04d-%02d-%02d", g_date_get_year (&date), (int) g_date_get_month (&date),
                          g_date_get_day (&date));
}

static char *
show_date (SatXlsxKind kind, double value, gboolean date1904)
{
  gint64 day, seconds;

  if (value < 0 || value >= LAST_DAY + 1 - (date1904 ? 1462 : 0))
    return show_decimal (value, 0);
  day = (gint64) floor (value);
  seconds = (gint64) round ((value - (double) day) * 86400);
  if (seconds == 86400)
    {
      day++;
      seconds = 0;
    }
  if (kind == SAT_XLSX_CLOCK && day == 0)
    return show_seconds (seconds);
  g_autofree char *date = show_day (day, date1904);
  if (seconds == 0)
    return g_steal_pointer (&date);
  g_autofree char *clock = show_seconds (seconds);
  return g_strdup_printf ("%s %s", date, clock);
}

char *
sat_xlsx_show_number (const SatXlsxFormat *format, const char *text, gboolean date1904)
{
  char *end;
  double value = g_ascii_strtod (text, &end);

  if (end == text || *end != '\0' || !isfinite (value))
    return NULL;
  if (fabs (value) >= 1e30 || (fabs (value) < 1e-30 && value < 0) ||
      (fabs (value) < 1e-30 && value > 0))
    return g_strdup (text);
  switch (format->kind)
    {
    case SAT_XLSX_DATE:
    case SAT_XLSX_CLOCK:
      return show_date (format->kind, value, date1904);
    case SAT_XLSX_PERCENT:
      {
        g_autofree char *percent = show_decimal (value, 2);
        return g_strconcat (percent, "%", NULL);
      }
    case SAT_XLSX_ZEROS:
      return show_zeros (value, format->zeros);
    case SAT_XLSX_PLAIN:
    default:
      return show_decimal (value, 0);
    }
}

/* ---- text and places ---- */

static gboolean
scan_escape (const char *p, gunichar *out)
{
  *out = 0;
  if (p[0] != '_' || p[1] != 'x')
    return FALSE;
  for (guint i = 2; i < 6; i++)
    {
      if (!g_ascii_isxdigit (p[i]))
        return FALSE;
      *out = *out * 16 + (gunichar) g_ascii_xdigit_value (p[i]);
    }
  return p[6] == '_' && *out != 0 && g_unichar_validate (*out);
}

char *
sat_xlsx_unescape (const char *text)
{
  GString *out;
  gunichar c;

  if (strstr (text, "_x") == NULL)
    return g_strdup (text);
  out = g_string_new (NULL);
  for (const char *p = text; *p != '\0'; p++)
    if (scan_escape (p, &c))
      {
        g_string_append_unichar (out, c);
        p += 6;
      }
    else
      g_string_append_c (out, *p);
  return g_string_free (out, FALSE);
}

char *
sat_xlsx_escape (const char *text)
{
  GString *out;
  gunichar c;

  if (strstr (text, "_x") == NULL)
    return g_strdup (text);
  out = g_string_new (NULL);
  for (const char *p = text; *p != '\0'; p++)
    if (scan_escape (p, &c))
      g_string_append (out, "_x005F_");
    else
      g_string_append_c (out, *p);
  return g_string_free (out, FALSE);
}

gboolean
sat_xlsx_parse_place (const char *text, guint *column, guint64 *row)
{
  const char *p = text;

  *column = 0;
  for (; g_ascii_isalpha (*p) && *column <= MOST_COLUMNS; p++)
    *column = *column * 26 + (guint) (g_ascii_toupper (*p) - 'A') + 1;
  if (p == text || *column > MOST_COLUMNS || !g_ascii_isdigit (*p) || strlen (p) > 7)
    return FALSE;
  (*column)--;
  *row = 0;
  for (; g_ascii_isdigit (*p); p++)
    *row = *row * 10 + (guint) (*p - '0');
  return *p == '\0' && *row >= 1 && *row <= MOST_ROWS;
}
