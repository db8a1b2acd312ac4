/* SPDX-License-Identifier: GPL-3.0-or-later */
/* date: a day of the Gregorian calendar between 0001-01-01 and 9999-12-31, with no zone. */
#include <string.h>

#include "core/base/sat-error.h"
#include "core/value/sat-type-private.h"

static gboolean
is_day (int year, int month, int day)
{
  return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= 31 &&
         g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year);
}

static gboolean
skip (const char **at, const char *what)
{
  if (!g_str_has_prefix (*at, what))
    return FALSE;
  *at += strlen (what);
  return TRUE;
}

/* "2026年11月21日", the year being read. */
static gboolean
scan_chinese (const char **at, int *month, int *day)
{
  if (!sat_value_scan_digits (at, 1, 2, month) || !skip (at, "月") ||
      !sat_value_scan_digits (at, 1, 2, day))
    return FALSE;
  return skip (at, "日") || skip (at, "号");
}

gboolean
sat_value_scan_date (const char **at, int *year, int *month, int *day)
{
  gboolean read;

  if (!sat_value_scan_digits (at, 4, 4, year))
    return FALSE;
  if (skip (at, "年"))
    read = scan_chinese (at, month, day);
  else if (**at == '-' || **at == '/' || **at == '.')
    {
      char separator = *(*at)++;
      read = sat_value_scan_digits (at, 1, 2, month) && **at == separator;
      if (read)
        {
          ++*at;
          read = sat_value_scan_digits (at, 1, 2, day);
        }
    }
  else
    read = sat_value_scan_digits (at, 2, 2, month) && sat_value_scan_digits (at, 2, 2, day);
  return read && is_day (*year, *month, *day);
}

gboolean
sat_value_is_date (const char *text)
{
  int year, month, day;

  if (strspn (text, "0123456789") != 4 || text[4] != '-' || text[7] != '-')
    return FALSE;
  return sat_value_scan_digits (&text, 4, 4, &year) && *text++ == '-' &&
         sat_value_scan_digits (&text, 2, 2, &month) && *text++ == '-' &&
         sat_value_scan_digits (&text, 2, 2, &day) && is_day (year, month, day);
}

static gboolean
date_parse (const SatTypeOptions *options, const char *input, char **out, GError **error)
{
  g_autofree char *narrow = sat_value_narrow (input);
  const char *at = narrow;
  int year, month, day;

  *out = NULL;
  if (narrow && *narrow == '\0')
    return TRUE;
  if (narrow && sat_value_scan_date (&at, &year, &month, &day) && *at == '\0')
    {
      *out = g_strdup_printf ("%04d-%02d-%02d", year, month, day);
      return TRUE;
    }
  g_autofree char *quote = sat_value_quote (input);
  return sat_fail (error, SAT_ERROR_INVALID,
                   N_ ("“%s” is not a date; write year, month and day, such as 2026-11-21"), quote,
                   NULL);
}

static gboolean
date_canonical (const char *text, gsize length)
{
  char copy[11];

  if (length != 10)
    return FALSE;
  memcpy (copy, text, 10);
  copy[10] = '\0';
  return sat_value_is_date (copy);
}

const SatType sat_type_date = {
  .id = SAT_TYPE_DATE,
  .name = "date",
  .sql = { "TEXT" },
  .parse = date_parse,
  .canonical = date_canonical,
  .compare = strcmp,
  .to_cells = sat_value_text_to_cells,
  .from_cells = sat_value_text_from_cells,
};
