/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Helpers of the types: tidying, narrowing, scanning, text cells. Everything here is pure. */
#include <string.h>

#include "core/base/sat-error.h"
#include "core/base/sat-text.h"
#include "core/value/sat-type-private.h"

#define QUOTE_MAX 60

static gboolean
is_line_break (gunichar c)
{
  return c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
}

/* INPUT with its line breaks (and for one line its tabs) as LINES wants them. */
static char *
settle_lines (const char *input, SatLines lines)
{
  GString *out = g_string_sized_new (strlen (input) + 1);
  gboolean in_run = FALSE;

  for (const char *p = input; *p; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (lines == SAT_LINES_ONE && (c == '\t' || is_line_break (c)))
        {
          if (!in_run)
            g_string_append_c (out, ' ');
          in_run = TRUE;
          continue;
        }
      in_run = FALSE;
      if (c == '\r' && p[1] == '\n')
        continue;
      if (is_line_break (c))
        g_string_append_c (out, '\n');
      else
        g_string_append_len (out, p, g_utf8_next_char (p) - p);
    }
  return g_string_free (out, FALSE);
}

char *
sat_value_quote (const char *input)
{
  g_autofree char *valid = g_utf8_make_valid (input, (gssize) strnlen (input, 4 * QUOTE_MAX));

  for (char *p = valid; *p; p++)
    if (g_ascii_iscntrl (*p))
      *p = ' ';
  if (g_utf8_strlen (valid, -1) <= QUOTE_MAX)
    return g_steal_pointer (&valid);

  g_autofree char *start = g_utf8_substring (valid, 0, QUOTE_MAX);
  return g_strconcat (start, "…", NULL);
}

static gboolean
fail_too_long (gsize max, GError **error)
{
  g_autofree char *limit = g_strdup_printf ("%" G_GSIZE_FORMAT, max);

  return sat_fail (error, SAT_ERROR_TOO_LONG, N_ ("the text is longer than %s bytes; shorten it"),
                   limit, NULL);
}

gboolean
sat_value_tidy (const char *input, SatLines lines, gsize max, char **out, GError **error)
{
  gsize length = strlen (input);

  *out = NULL;
  /* Normalising may shorten a text, but not to less than a quarter; so much white space is no text.
   */
  if (length / 4 > max)
    return fail_too_long (max, error);
  if (!sat_text_is_clean (input, length))
    {
      g_autofree char *quote = sat_value_quote (input);
      return sat_fail (error, SAT_ERROR_INVALID,
                       N_ ("“%s” holds control characters or is not UTF-8; write plain text"),
                       quote, NULL);
    }
  g_autofree char *settled = settle_lines (input, lines);
  g_autofree char *tidy = sat_text_tidy (settled);
  if (tidy[0] == '\0')
    return TRUE;
  if (strlen (tidy) > max)
    return fail_too_long (max, error);
  *out = g_steal_pointer (&tidy);
  return TRUE;
}

/* Characters that stay as they are under NFC whatever stands beside them, and the common spaces and
 * punctuation among them: what nearly every text consists of. */
static gboolean
is_plain (gunichar c)
{
  return (c >= 0x20 && c < 0x300 && c != 0x7f && c != 0x85) || (c >= 0x3001 && c <= 0x3029) ||
         (c >= 0x3400 && c <= 0x4dbf) || (c >= 0x4e00 && c <= 0x9fff) ||
         (c >= 0xff01 && c <= 0xffef) || (c >= 0x2010 && c <= 0x2027);
}

/* Nothing but printable ASCII: no question but whether a space is at either end. */
static gboolean
is_ascii_line (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if ((guint8) text[i] < 0x20 || (guint8) text[i] >= 0x7f)
      return FALSE;
  return TRUE;
}

gboolean
sat_value_is_tidy (const char *text, gsize length, SatLines lines, gsize max)
{
  const char *end = text + length;
  gboolean plain = TRUE;

  if (length == 0 || length > max)
    return FALSE;
  if (is_ascii_line (text, length))
    return text[0] != ' ' && end[-1] != ' ';
  if (!sat_text_is_clean (text, length))
    return FALSE;
  for (const char *p = text; p < end; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (is_line_break (c) && (lines == SAT_LINES_ONE || c != '\n'))
        return FALSE;
      if (c == '\t' && lines == SAT_LINES_ONE)
        return FALSE;
      plain = plain && (is_plain (c) || c == '\n' || c == '\t');
    }
  if (g_unichar_isspace (g_utf8_get_char (text)) ||
      g_unichar_isspace (g_utf8_get_char (g_utf8_prev_char (end))))
    return FALSE;
  if (plain)
    return TRUE;

  g_autofree char *normal = g_utf8_normalize (text, (gssize) length, G_NORMALIZE_NFC);
  return normal != NULL && strlen (normal) == length && memcmp (normal, text, length) == 0;
}

char *
sat_value_narrow (const char *input)
{
  if (!g_utf8_validate (input, -1, NULL))
    return NULL;

  GString *out = g_string_new (NULL);
  for (const char *p = input; *p; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c >= 0xff01 && c <= 0xff5e)
        c -= 0xfee0;
      else if (g_unichar_isspace (c))
        c = ' ';
      else if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212)
        c = '-';
      else if (c == 0xffe5)
        c = 0xa5;
      else if (c == 0xffe1)
        c = 0xa3;
      g_string_append_unichar (out, c);
    }
  return g_strstrip (g_string_free (out, FALSE));
}

static gsize
count_digits (const char *text)
{
  return strspn (text, "0123456789");
}

char *
sat_value_plain_number (const char *text)
{
  g_autoptr (GString) out = g_string_new (NULL);
  const char *p = text;

  if (*p == '-' || *p == '+')
    {
      if (*p == '-')
        g_string_append_c (out, '-');
      p++;
    }
  gsize n_digits = count_digits (p);
  gsize n_whole = n_digits;
  g_string_append_len (out, p, (gssize) n_digits);
  p += n_digits;
  if (n_digits == 0)
    g_string_append_c (out, '0');
  if (n_digits >= 1 && n_digits <= 3 && (*p == ',' || *p == ' ' || *p == '\''))
    for (const char separator = *p; *p == separator; p += 4)
      {
        if (count_digits (p + 1) != 3)
          return NULL;
        g_string_append_len (out, p + 1, 3);
      }
  if (*p == '.')
    {
      n_digits = count_digits (++p);
      if (n_digits > 0)
        g_string_append_printf (out, ".%.*s", (int) n_digits, p);
      p += n_digits;
      n_whole += n_digits;
    }
  if (*p != '\0' || n_whole == 0)
    return NULL;
  return g_string_free (g_steal_pointer (&out), FALSE);
}

gboolean
sat_value_scan_digits (const char **at, int min, int max, int *out)
{
  int n = 0;
  int value = 0;

  for (; n < max && g_ascii_isdigit ((*at)[n]); n++)
    value = value * 10 + ((*at)[n] - '0');
  if (n < min)
    return FALSE;
  *at += n;
  *out = value;
  return TRUE;
}

void
sat_value_text_to_cells (const char *canonical, SatCell cells[SAT_TYPE_MAX_CELLS])
{
  cells[0].kind = SAT_CELL_TEXT;
  cells[0].text = canonical;
  cells[0].size = strlen (canonical);
}

char *
sat_value_text_from_cells (const SatCell cells[SAT_TYPE_MAX_CELLS])
{
  if (cells[0].kind != SAT_CELL_TEXT)
    return NULL;
  return g_strndup (cells[0].text, cells[0].size);
}
