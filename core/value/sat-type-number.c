/* SPDX-License-Identifier: GPL-3.0-or-later */
/* integer, decimal and percent: exact numbers, never binary floating point. A percent is the
 * decimal before the % sign. */
#include <string.h>

#include "core/base/sat-error.h"
#include "core/value/sat-type-private.h"

/* -?[0-9]+ of LENGTH bytes within 64 bits; other spellings than the canonical one too. */
static gboolean
scan_integer (const char *text, gsize length, gint64 *out)
{
  gsize i = length > 0 && text[0] == '-';
  guint64 limit = i ? (guint64) G_MAXINT64 + 1 : (guint64) G_MAXINT64;
  guint64 value = 0;

  if (i == length)
    return FALSE;
  for (; i < length; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return FALSE;
      guint64 digit = (guint64) (text[i] - '0');
      if (value > (limit - digit) / 10)
        return FALSE;
      value = value * 10 + digit;
    }
  *out = text[0] == '-' ? (gint64) (0 - value) : (gint64) value;
  return TRUE;
}

static gboolean
fail_number (const char *input, const char *msgid, GError **error)
{
  g_autofree char *quote = sat_value_quote (input);

  return sat_fail (error, SAT_ERROR_INVALID, msgid, quote, NULL);
}

static gboolean
integer_parse (const SatTypeOptions *options, const char *input, char **out, GError **error)
{
  g_autofree char *narrow = sat_value_narrow (input);
  g_autofree char *plain = narrow ? sat_value_plain_number (narrow) : NULL;
  gint64 value;

  *out = NULL;
  if (narrow && *narrow == '\0')
    return TRUE;
  if (plain != NULL)
    {
      char *point = strchr (plain, '.');
      gsize length = point ? (gsize) (point - plain) : strlen (plain);
      gboolean whole = point == NULL || point[1 + strspn (point + 1, "0")] == '\0';

      if (whole && scan_integer (plain, length, &value))
        {
          *out = g_strdup_printf ("%" G_GINT64_FORMAT, value);
          return TRUE;
        }
    }
  return fail_number (input, N_ ("“%s” is not a whole number; write digits, such as 1200"), error);
}

static gboolean
integer_canonical (const char *text, gsize length)
{
  char again[24];
  gint64 value;

  if (!scan_integer (text, length, &value))
    return FALSE;
  g_snprintf (again, sizeof again, "%" G_GINT64_FORMAT, value);
  return strlen (again) == length && memcmp (again, text, length) == 0;
}

static int
integer_compare (const char *a, const char *b)
{
  gint64 value_a, value_b;

  if (!scan_integer (a, strlen (a), &value_a) || !scan_integer (b, strlen (b), &value_b))
    return strcmp (a, b);
  return (value_a > value_b) - (value_a < value_b);
}

static void
integer_to_cells (const char *canonical, SatCell cells[SAT_TYPE_MAX_CELLS])
{
  cells[0].kind = SAT_CELL_INTEGER;
  if (!scan_integer (canonical, strlen (canonical), &cells[0].integer))
    cells[0].integer = 0;
}

static char *
integer_from_cells (const SatCell cells[SAT_TYPE_MAX_CELLS])
{
  if (cells[0].kind != SAT_CELL_INTEGER)
    return NULL;
  return g_strdup_printf ("%" G_GINT64_FORMAT, cells[0].integer);
}

/* A narrowed number as a canonical decimal. */
static gboolean
take_decimal (const char *narrow, char **out)
{
  g_autofree char *plain = sat_value_plain_number (narrow);
  char text[32];
  gint64 value;

  if (plain == NULL || !sat_decimal_parse (plain, strlen (plain), &value))
    return FALSE;
  *out = g_strdup (sat_decimal_format (value, 0, text));
  return TRUE;
}

static gboolean
decimal_parse (const SatTypeOptions *options, const char *input, char **out, GError **error)
{
  g_autofree char *narrow = sat_value_narrow (input);

  *out = NULL;
  if (narrow && (*narrow == '\0' || take_decimal (narrow, out)))
    return TRUE;
  return fail_number (
      input, N_ ("“%s” is not a number; write digits with up to four decimals, such as 12.5"),
      error);
}

static gboolean
percent_parse (const SatTypeOptions *options, const char *input, char **out, GError **error)
{
  g_autofree char *narrow = sat_value_narrow (input);

  *out = NULL;
  if (narrow && g_str_has_suffix (narrow, "%"))
    {
      narrow[strlen (narrow) - 1] = '\0';
      g_strchomp (narrow);
      if (take_decimal (narrow, out))
        return TRUE;
    }
  else if (narrow && (*narrow == '\0' || take_decimal (narrow, out)))
    return TRUE;
  return fail_number (input, N_ ("“%s” is not a percentage; write a number, such as 25 or 12.5 %%"),
                      error);
}

static gboolean
decimal_canonical (const char *text, gsize length)
{
  char again[32];
  gint64 value;

  if (!sat_decimal_parse (text, length, &value))
    return FALSE;
  sat_decimal_format (value, 0, again);
  return strlen (again) == length && memcmp (again, text, length) == 0;
}

static int
decimal_compare (const char *a, const char *b)
{
  gint64 value_a, value_b;

  if (!sat_decimal_parse (a, strlen (a), &value_a) || !sat_decimal_parse (b, strlen (b), &value_b))
    return strcmp (a, b);
  return (value_a > value_b) - (value_a < value_b);
}

static void
decimal_to_cells (const char *canonical, SatCell cells[SAT_TYPE_MAX_CELLS])
{
  cells[0].kind = SAT_CELL_INTEGER;
  if (!sat_decimal_parse (canonical, strlen (canonical), &cells[0].integer))
    cells[0].integer = 0;
}

static char *
decimal_from_cells (const SatCell cells[SAT_TYPE_MAX_CELLS])
{
  char text[32];

  if (cells[0].kind != SAT_CELL_INTEGER)
    return NULL;
  return g_strdup (sat_decimal_format (cells[0].integer, 0, text));
}

const SatType sat_type_integer = {
  .id = SAT_TYPE_INTEGER,
  .name = "integer",
  .sql = { "INTEGER" },
  .parse = integer_parse,
  .canonical = integer_canonical,
  .compare = integer_compare,
  .to_cells = integer_to_cells,
  .from_cells = integer_from_cells,
};

const SatType sat_type_decimal = {
  .id = SAT_TYPE_DECIMAL,
  .name = "decimal",
  .sql = { "INTEGER" },
  .parse = decimal_parse,
  .canonical = decimal_canonical,
  .compare = decimal_compare,
  .to_cells = decimal_to_cells,
  .from_cells = decimal_from_cells,
};

const SatType sat_type_percent = {
  .id = SAT_TYPE_PERCENT,
  .name = "percent",
  .sql = { "INTEGER" },
  .parse = percent_parse,
  .canonical = decimal_canonical,
  .compare = decimal_compare,
  .to_cells = decimal_to_cells,
  .from_cells = decimal_from_cells,
};
