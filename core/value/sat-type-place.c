/* SPDX-License-Identifier: GPL-3.0-or-later */
/* place: "48.137000,11.575000", see sat-place.h. */
#include <math.h>
#include <string.h>

#include "core/base/sat-error.h"
#include "core/value/sat-place.h"
#include "core/value/sat-type-private.h"

#define INPUT_MAX 200
#define RADIUS_KM 6371.0088
#define KEY_FACTOR G_GINT64_CONSTANT (1000000000)
#define QUARTER (90 * SAT_PLACE_DEGREE)
#define HALF (180 * SAT_PLACE_DEGREE)

/* ---- places ---- */

gboolean
sat_place_set (SatPlace *place, gint64 latitude, gint64 longitude)
{
  if (ABS (latitude) > QUARTER || ABS (longitude) > HALF)
    return FALSE;
  place->latitude = (gint32) latitude;
  place->longitude = (gint32) (longitude == -HALF ? HALF : longitude);
  return TRUE;
}

static int
format_degrees (gint32 value, char *text, gsize size)
{
  guint32 whole = (guint32) ABS (value);

  return g_snprintf (text, size, "%s%u.%06u", value < 0 ? "-" : "", whole / SAT_PLACE_DEGREE,
                     whole % SAT_PLACE_DEGREE);
}

char *
sat_place_format (const SatPlace *place, char text[SAT_PLACE_TEXT_SIZE])
{
  int n = format_degrees (place->latitude, text, SAT_PLACE_TEXT_SIZE);

  text[n] = ',';
  format_degrees (place->longitude, text + n + 1, SAT_PLACE_TEXT_SIZE - (gsize) n - 1);
  return text;
}

/* "-12.345678" at *AT, which moves past it; not yet whether it is canonical. */
static gboolean
read_degrees (const char **at, const char *end, gint64 *out)
{
  const char *p = *at;
  gboolean negative = p < end && *p == '-';
  gint64 value = 0;
  guint decimals = 0;
  gboolean point = FALSE;

  for (p += negative; p < end && (g_ascii_isdigit (*p) || (*p == '.' && !point)); p++)
    {
      if (*p == '.')
        {
          point = TRUE;
          continue;
        }
      value = value * 10 + (*p - '0');
      decimals += point;
      if (value > HALF)
        return FALSE;
    }
  if (decimals != 6)
    return FALSE;
  *out = negative ? -value : value;
  *at = p;
  return TRUE;
}

gboolean
sat_place_read (const char *text, gsize length, SatPlace *out)
{
  const char *at = text;
  const char *end = text + length;
  char again[SAT_PLACE_TEXT_SIZE];
  gint64 latitude, longitude;

  if (length >= SAT_PLACE_TEXT_SIZE || !read_degrees (&at, end, &latitude) || at == end ||
      *at++ != ',' || !read_degrees (&at, end, &longitude) || at != end ||
      !sat_place_set (out, latitude, longitude))
    return FALSE;
  return strlen (sat_place_format (out, again)) == length && memcmp (again, text, length) == 0;
}

gint64
sat_place_to_key (const SatPlace *place)
{
  return ((gint64) place->latitude + QUARTER) * KEY_FACTOR + place->longitude + HALF;
}

gboolean
sat_place_from_key (gint64 key, SatPlace *out)
{
  return key >= 0 && sat_place_set (out, key / KEY_FACTOR - QUARTER, key % KEY_FACTOR - HALF);
}

static double
radians (gint32 value)
{
  return value * (G_PI / HALF);
}

double
sat_place_distance (const SatPlace *a, const SatPlace *b)
{
  double up = sin (radians (b->latitude - a->latitude) / 2);
  double along = sin ((radians (b->longitude) - radians (a->longitude)) / 2);
  double h = up * up + cos (radians (a->latitude)) * cos (radians (b->latitude)) * along * along;

  return 2 * RADIUS_KM * asin (MIN (1, sqrt (h)));
}

/* ---- what a person types ---- */

typedef enum
{
  SIDE_NONE,
  SIDE_LATITUDE,
  SIDE_LONGITUDE
} Side;

/* One of the two numbers. */
typedef struct
{
  double degrees;
  gboolean negative;
  Side side;
} Part;

static const struct
{
  const char *word;
  Side side;
  gboolean negative;
} words[] = {
  { "北纬", SIDE_LATITUDE, FALSE },  { "南纬", SIDE_LATITUDE, TRUE },
  { "东经", SIDE_LONGITUDE, FALSE }, { "西经", SIDE_LONGITUDE, TRUE },
  { "東經", SIDE_LONGITUDE, FALSE }, { "西經", SIDE_LONGITUDE, TRUE },
  { "北緯", SIDE_LATITUDE, FALSE },  { "南緯", SIDE_LATITUDE, TRUE },
  { "N", SIDE_LATITUDE, FALSE },     { "S", SIDE_LATITUDE, TRUE },
  { "E", SIDE_LONGITUDE, FALSE },    { "O", SIDE_LONGITUDE, FALSE },
  { "W", SIDE_LONGITUDE, TRUE },
};

static void
skip_blanks (const char **at)
{
  while (**at == ' ')
    (*at)++;
}

static gboolean
skip_any (const char **at, const char *const *signs)
{
  skip_blanks (at);
  for (guint i = 0; signs[i] != NULL; i++)
    if (g_str_has_prefix (*at, signs[i]))
      {
        *at += strlen (signs[i]);
        return TRUE;
      }
  return FALSE;
}

/* FALSE: two words of direction for one number. */
static gboolean
take_word (const char **at, Part *part)
{
  skip_blanks (at);
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strncasecmp (*at, words[i].word, strlen (words[i].word)) == 0)
      {
        if (part->side != SIDE_NONE || part->negative)
          return FALSE;
        part->side = words[i].side;
        part->negative = words[i].negative;
        *at += strlen (words[i].word);
        return TRUE;
      }
  return TRUE;
}

static gboolean
take_number (const char **at, double *out)
{
  char digits[24];
  gsize n = 0;

  skip_blanks (at);
  while ((g_ascii_isdigit (**at) || **at == '.') && n < sizeof digits - 1)
    digits[n++] = *(*at)++;
  digits[n] = '\0';
  if (n == 0 || !g_ascii_isdigit (digits[0]) || g_ascii_isdigit (**at) || **at == '.' ||
      strchr (digits, '.') != strrchr (digits, '.'))
    return FALSE;
  *out = g_ascii_strtod (digits, NULL);
  return TRUE;
}

/* Minutes and seconds behind degrees. */
static gboolean
take_sixtieths (const char **at, Part *part)
{
  static const char *const minutes[] = { "'", "’", "′", "分", NULL };
  static const char *const seconds[] = { "\"", "”", "″", "秒", "''", "’’", NULL };
  const char *before = *at;
  double value;

  if (!take_number (at, &value) || value >= 60 || !skip_any (at, minutes))
    {
      *at = before;
      return TRUE;
    }
  part->degrees += value / 60;
  before = *at;
  if (!take_number (at, &value) || value >= 60 || !skip_any (at, seconds))
    {
      *at = before;
      return TRUE;
    }
  part->degrees += value / 3600;
  return TRUE;
}

static gboolean
take_part (const char **at, Part *part)
{
  static const char *const degrees[] = { "°", "º", "度", NULL };

  *part = (Part){ 0 };
  if (!take_word (at, part))
    return FALSE;
  skip_blanks (at);
  if (part->side == SIDE_NONE && (**at == '-' || **at == '+'))
    part->negative = *(*at)++ == '-';
  if (!take_number (at, &part->degrees))
    return FALSE;
  if (skip_any (at, degrees))
    take_sixtieths (at, part);
  return part->side != SIDE_NONE || take_word (at, part);
}

static gint64
millionths (const Part *part)
{
  double value = MIN (part->degrees, 1000) * SAT_PLACE_DEGREE;

  return (gint64) llround (part->negative ? -value : value);
}

/* Both numbers, in the order that they say or else latitude first. */
static gboolean
take_both (const char *text, gint64 *latitude, gint64 *longitude)
{
  static const char *const between[] = { ",", ";", "/", "、", NULL };
  const char *at = text;
  Part first, second;
  gboolean turned;

  if (!take_part (&at, &first))
    return FALSE;
  skip_any (&at, between);
  if (!take_part (&at, &second))
    return FALSE;
  skip_blanks (&at);
  turned = first.side == SIDE_LONGITUDE || second.side == SIDE_LATITUDE;
  if (*at != '\0' || (first.side != SIDE_NONE && first.side == second.side))
    return FALSE;
  *latitude = millionths (turned ? &second : &first);
  *longitude = millionths (turned ? &first : &second);
  return TRUE;
}

/* "geo:48.1,11.5;u=10" (RFC 5870): what stands before the parameters and a height. */
static char *
without_scheme (const char *text)
{
  g_autofree char *plain = NULL;
  char *comma;

  if (g_ascii_strncasecmp (text, "geo:", 4) != 0)
    return g_strdup (text);
  plain = g_strndup (text + 4, strcspn (text + 4, ";?"));
  comma = strchr (plain, ',');
  comma = comma != NULL ? strchr (comma + 1, ',') : NULL;
  if (comma != NULL)
    *comma = '\0';
  return g_steal_pointer (&plain);
}

static gboolean
fail_range (gint64 latitude, const char *quote, GError **error)
{
  return sat_fail (error, SAT_ERROR_INVALID,
                   ABS (latitude) > QUARTER
                       ? N_ ("“%s” is no place: the first number, the latitude, is from -90 to 90; "
                             "are the two the other way round?")
                       : N_ ("“%s” is no place: the second number, the longitude, is from -180 to "
                             "180"),
                   quote, NULL);
}

static gboolean
place_parse (const SatTypeOptions *options, const char *input, char **out, GError **error)
{
  g_autofree char *narrow = strlen (input) <= INPUT_MAX ? sat_value_narrow (input) : NULL;
  g_autofree char *plain = narrow != NULL ? without_scheme (narrow) : NULL;
  g_autofree char *quote = NULL;
  char text[SAT_PLACE_TEXT_SIZE];
  gint64 latitude, longitude;
  SatPlace place;

  *out = NULL;
  if (narrow != NULL && *narrow == '\0')
    return TRUE;
  quote = sat_value_quote (input);
  if (plain == NULL || !take_both (plain, &latitude, &longitude))
    return sat_fail (error, SAT_ERROR_INVALID,
                     N_ ("“%s” is no place; write latitude and longitude, such as 48.137, 11.575 "
                         "or 48°08'13\"N 11°34'30\"E"),
                     quote, NULL);
  if (!sat_place_set (&place, latitude, longitude))
    return fail_range (latitude, quote, error);
  *out = g_strdup (sat_place_format (&place, text));
  return TRUE;
}

static gboolean
place_canonical (const char *text, gsize length)
{
  SatPlace place;

  return sat_place_read (text, length, &place);
}

static void
place_to_cells (const char *canonical, SatCell cells[SAT_TYPE_MAX_CELLS])
{
  SatPlace place;

  cells[0].kind = SAT_CELL_INTEGER;
  cells[0].integer = sat_place_read (canonical, strlen (canonical), &place)
                         ? sat_place_to_key (&place)
                         : 0;
}

static char *
place_from_cells (const SatCell cells[SAT_TYPE_MAX_CELLS])
{
  char text[SAT_PLACE_TEXT_SIZE];
  SatPlace place;

  if (cells[0].kind != SAT_CELL_INTEGER || !sat_place_from_key (cells[0].integer, &place))
    return NULL;
  return g_strdup (sat_place_format (&place, text));
}

static int
place_compare (const char *a, const char *b)
{
  SatPlace left, right;
  gint64 x, y;

  if (!sat_place_read (a, strlen (a), &left) || !sat_place_read (b, strlen (b), &right))
    return strcmp (a, b);
  x = sat_place_to_key (&left);
  y = sat_place_to_key (&right);
  return (x > y) - (x < y);
}

const SatType sat_type_place = {
  .id = SAT_TYPE_PLACE,
  .name = "place",
  .sql = { "INTEGER" },
  .parse = place_parse,
  .canonical = place_canonical,
  .compare = place_compare,
  .to_cells = place_to_cells,
  .from_cells = place_from_cells,
};
