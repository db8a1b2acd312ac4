/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dates are taken apart into three parts and a rest (the time of day), put into order, and written
 * as 2026-11-21; everything else is left to the types. */
#include "core/exchange/sat-import-format.h"

#include <string.h>

#include "core/base/sat-error.h"
#include "core/base/sat-text.h"

/* ---- the format ---- */

static gboolean
is_date (const SatField *field)
{
  return field->type->id == SAT_TYPE_DATE || field->type->id == SAT_TYPE_TIME;
}

static gboolean
parse_order (const char *text, SatImportFormat *out)
{
  char letters[4] = "";
  guint n = 0;

  for (const char *p = text; *p != '\0'; p++)
    {
      char c = g_ascii_toupper (*p);

      if (!g_ascii_isalpha (c))
        continue;
      if (n > 0 && letters[n - 1] == c)
        continue;
      if (n == 3 || strchr ("DMY", c) == NULL)
        return FALSE;
      letters[n++] = c;
    }
  out->short_years = TRUE;
  if (strcmp (letters, "DMY") == 0)
    out->order = SAT_DATE_DMY;
  else if (strcmp (letters, "MDY") == 0)
    out->order = SAT_DATE_MDY;
  else if (strcmp (letters, "YMD") == 0)
    out->order = SAT_DATE_YMD;
  else if (strcmp (letters, "YDM") == 0)
    out->order = SAT_DATE_YDM;
  return out->order != SAT_DATE_CLEAR;
}

static gboolean
parse_number_word (const SatField *field, const char *word, SatImportFormat *out)
{
  if (strspn (word, "0123456789.,") == strlen (word))
    {
      const char *comma = strrchr (word, ',');
      const char *point = strrchr (word, '.');

      out->comma = comma != NULL && (point == NULL || point < comma);
      return comma != NULL || point != NULL;
    }
  if (field->type->id != SAT_TYPE_MONEY || strlen (word) != 3)
    return FALSE;
  for (guint i = 0; i < 3; i++)
    {
      if (!g_ascii_isalpha (word[i]))
        return FALSE;
      out->currency[i] = g_ascii_toupper (word[i]);
    }
  return TRUE;
}

static gboolean
parse_number (const SatField *field, const char *text, SatImportFormat *out)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0' && !parse_number_word (field, words[i], out))
      return FALSE;
  return TRUE;
}

gboolean
sat_import_format_parse (const SatField *field,
                         const char *text,
                         SatImportFormat *out,
                         GError **error)
{
  SatTypeId type = field->type->id;

  memset (out, 0, sizeof *out);
  if (is_date (field))
    return parse_order (text, out) ||
           sat_fail (error, SAT_ERROR_INVALID,
                     N_ ("“%s” is no order of a date for field “%s”; write D/M/Y, M/D/Y or Y-M-D"),
                     text, sat_field_word (field), NULL);
  if (type == SAT_TYPE_INTEGER || type == SAT_TYPE_DECIMAL || type == SAT_TYPE_PERCENT ||
      type == SAT_TYPE_MONEY)
    return parse_number (field, text, out) ||
           sat_fail (error, SAT_ERROR_INVALID,
                     N_ ("“%s” is no way to write the numbers of field “%s”; write 1.234,5 for a "
                         "decimal comma, or a currency such as EUR"),
                     text, sat_field_word (field), NULL);
  return sat_fail (error, SAT_ERROR_INVALID, N_ ("field “%s” takes no format, but “%s” was given"),
                   sat_field_word (field), text, NULL);
}

/* ---- dates ---- */

typedef struct
{
  int part[3];
  guint digits[3]; /* 0: the name of a month */
  const char *rest;
} DateParts;

static int
month_of (const char *name, gsize length)
{
  static const char *const months[] = { "january",   "february", "march",    "april",
                                        "may",       "june",     "july",     "august",
                                        "september", "october",  "november", "december" };

  for (guint i = 0; length >= 3 && i < G_N_ELEMENTS (months); i++)
    if (length <= strlen (months[i]) && g_ascii_strncasecmp (name, months[i], length) == 0)
      return (int) i + 1;
  return length == 4 && g_ascii_strncasecmp (name, "sept", 4) == 0 ? 9 : 0;
}

static gboolean
scan_part (const char **at, int *value, guint *digits)
{
  const char *p = *at;
  gsize n = strspn (p, "0123456789");

  *digits = (guint) n;
  *value = 0;
  if (n > 4 || n == 3)
    return FALSE;
  for (gsize i = 0; i < n; i++)
    *value = *value * 10 + (p[i] - '0');
  if (n == 0)
    {
      while (g_ascii_isalpha (p[n]))
        n++;
      *value = month_of (p, n);
      if (*value == 0)
        return FALSE;
    }
  *at = p + n;
  return TRUE;
}

static gboolean
scan_date (const char *text, DateParts *out)
{
  const char *at = text + strspn (text, " \t");

  for (guint i = 0; i < 3; i++)
    {
      if (i > 0)
        {
          gsize n = strspn (at, "/.-, ");

          if (n == 0 || n > 3)
            return FALSE;
          at += n;
        }
      if (!scan_part (&at, &out->part[i], &out->digits[i]))
        return FALSE;
    }
  if (*at != '\0' && *at != ' ' && *at != 'T' && *at != '\t')
    return FALSE;
  out->rest = at + strspn (at, " \tT");
  return TRUE;
}

/* Day, month and year in the order; FALSE if that is no day. */
static gboolean
order_parts (const DateParts *parts, SatDateOrder order, gboolean short_years, int ymd[3])
{
  static const guint places[][3] = {
    { 0, 1, 2 }, { 2, 1, 0 }, { 2, 0, 1 }, { 0, 1, 2 }, { 0, 2, 1 }
  };
  const guint *place = places[order];

  for (guint i = 0; i < 3; i++)
    {
      ymd[i] = parts->part[place[i]];
      if ((i != 1 && parts->digits[place[i]] == 0) || (i != 0 && parts->digits[place[i]] > 2))
        return FALSE;
    }
  if (parts->digits[place[0]] <= 2)
    {
      if (!short_years)
        return FALSE;
      ymd[0] += ymd[0] < 69 ? 2000 : 1900;
    }
  return ymd[0] >= 1 && ymd[1] >= 1 && ymd[1] <= 12 && ymd[2] >= 1 && ymd[2] <= 31 &&
         g_date_valid_dmy ((GDateDay) ymd[2], (GDateMonth) ymd[1], (GDateYear) ymd[0]);
}

/* "8:26 PM" as 20:26; anything else as it is. */
static char *
plain_clock (const char *rest)
{
  gsize length = strlen (rest);
  char *colon = strchr (rest, ':');
  gint64 hour = g_ascii_strtoll (rest, NULL, 10);
  gboolean am = length > 2 && g_ascii_strcasecmp (rest + length - 2, "am") == 0;
  gboolean pm = length > 2 && g_ascii_strcasecmp (rest + length - 2, "pm") == 0;

  if (colon == NULL || (!am && !pm) || hour < 1 || hour > 12)
    return g_strdup (rest);
  g_autofree char *minutes = g_strndup (colon, (gsize) (rest + length - 2 - colon));
  return g_strdup_printf ("%02d%s", (int) (hour % 12) + (pm ? 12 : 0), g_strchomp (minutes));
}

static gboolean
is_midnight (const char *rest)
{
  return *rest != '\0' && strspn (rest, "0:.Z") == strlen (rest);
}

static char *
apply_date (const SatImportFormat *format, const SatField *field, const char *value)
{
  DateParts parts;
  SatDateOrder order = format->order;
  int ymd[3];

  if (!scan_date (value, &parts))
    return g_strdup (value);
  if (parts.digits[0] == 4 && order != SAT_DATE_YDM)
    order = SAT_DATE_YMD;
  if (order == SAT_DATE_CLEAR || !order_parts (&parts, order, format->short_years, ymd))
    return g_strdup (value);
  if (*parts.rest == '\0' || (field->type->id == SAT_TYPE_DATE && is_midnight (parts.rest)))
    return g_strdup_printf ("%04d-%02d-%02d", ymd[0], ymd[1], ymd[2]);
  g_autofree char *clock = plain_clock (parts.rest);
  return g_strdup_printf ("%04d-%02d-%02d %s", ymd[0], ymd[1], ymd[2], clock);
}

/* ---- numbers ---- */

static char *
apply_number (const SatImportFormat *format, const char *value)
{
  g_autofree char *tidy = sat_text_tidy (value);
  GString *out = g_string_new (NULL);
  gboolean has_letters = FALSE;

  for (const char *p = tidy != NULL ? tidy : ""; *p != '\0'; p++)
    {
      has_letters |= g_ascii_isalpha (*p) || (guchar) *p >= 0x80;
      if (format->comma && (*p == '.' || *p == ','))
        g_string_append_c (out, *p == ',' ? '.' : ',');
      else
        g_string_append_c (out, *p);
    }
  if (*format->currency != '\0' && !has_letters && strpbrk (out->str, "0123456789") != NULL)
    g_string_append_printf (out, " %s", format->currency);
  return g_string_free (out, FALSE);
}

char *
sat_import_format_apply (const SatImportFormat *format, const SatField *field, const char *value)
{
  if (is_date (field))
    return apply_date (format, field, value);
  if (format->comma || *format->currency != '\0')
    return apply_number (format, value);
  return g_strdup (value);
}

/* ---- guessing ---- */

void
sat_date_guess_add (SatDateGuess *guess, const char *value)
{
  DateParts parts;
  gboolean dmy, mdy, short_year;
  int a[3], b[3];

  if (!scan_date (value, &parts) || parts.digits[0] == 4)
    return;
  short_year = parts.digits[2] <= 2;
  dmy = order_parts (&parts, SAT_DATE_DMY, TRUE, a);
  mdy = order_parts (&parts, SAT_DATE_MDY, TRUE, b);
  /* With the month as a word only the year can be unclear. */
  if (!dmy && !mdy)
    return;
  guess->short_years |= short_year;
  guess->day_first |= dmy && !mdy;
  guess->month_first |= mdy && !dmy;
  guess->either |= dmy && mdy && memcmp (a, b, sizeof a) != 0;
  if (dmy && mdy && memcmp (a, b, sizeof a) == 0 && !short_year)
    return;
  if (guess->example == NULL)
    guess->example = g_strdup (value);
}

gboolean
sat_date_guess_decide (const SatDateGuess *guess, SatDateOrder *out)
{
  *out = guess->month_first ? SAT_DATE_MDY : SAT_DATE_DMY;
  if (guess->short_years || (guess->day_first && guess->month_first))
    return FALSE;
  return !guess->either || guess->day_first || guess->month_first;
}

void
sat_date_guess_clear (SatDateGuess *guess)
{
  g_clear_pointer (&guess->example, g_free);
}
