/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decimal numbers as whole 1/10,000, so that adding and comparing them is exact everywhere, in SQL
 * too. The range is symmetric: G_MININT64 is never given out. */
#include <string.h>

#include "core/value/sat-type.h"

#define N_PLACES 4
#define ONE 10000

static gboolean
push_digit (guint64 *value, char digit)
{
  if (*value > (G_MAXINT64 - (guint64) (digit - '0')) / 10)
    return FALSE;
  *value = *value * 10 + (guint64) (digit - '0');
  return TRUE;
}

/* The places after the point: N_PLACES of them are pushed, all further ones must be 0. */
static gboolean
push_places (guint64 *value, const char *p, const char *end)
{
  for (int i = 0; i < N_PLACES; i++)
    {
      char digit = p < end ? *p++ : '0';
      if (!g_ascii_isdigit (digit) || !push_digit (value, digit))
        return FALSE;
    }
  for (; p < end; p++)
    if (*p != '0')
      return FALSE;
  return TRUE;
}

gboolean
sat_decimal_parse (const char *text, gsize length, gint64 *out)
{
  const char *p = text;
  const char *end = text + length;
  guint64 value = 0;
  gboolean negative = p < end && *p == '-';

  if (negative)
    p++;
  if (p == end || !g_ascii_isdigit (*p))
    return FALSE;
  for (; p < end && g_ascii_isdigit (*p); p++)
    if (!push_digit (&value, *p))
      return FALSE;
  if (p < end && (*p != '.' || ++p == end))
    return FALSE;
  if (!push_places (&value, p, end))
    return FALSE;
  *out = negative ? -(gint64) value : (gint64) value;
  return TRUE;
}

char *
sat_decimal_format (gint64 value, int min_digits, char text[32])
{
  guint64 size = value < 0 ? -(guint64) value : (guint64) value;
  int places = N_PLACES;
  gsize length;

  g_snprintf (text, 32, "%s%" G_GUINT64_FORMAT ".%04u", value < 0 ? "-" : "", size / ONE,
              (guint) (size % ONE));
  length = strlen (text);
  while (places > MAX (min_digits, 0) && text[length - 1] == '0')
    {
      length--;
      places--;
    }
  if (places == 0)
    length--;
  text[length] = '\0';
  return text;
}
