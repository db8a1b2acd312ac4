/* SPDX-License-Identifier: GPL-3.0-or-later */
/* phone, email and web: addresses that a machine will dial or open, so that what is no such thing
 * is refused, but nothing that people really write. */
#include <string.h>

#include "core/base/sat-error.h"
#include "core/value/sat-type-private.h"

#define PHONE_CHARACTERS "0123456789+-()/.,x#* "

/* Blanks single, extensions as "x". */
static char *
settle_phone (const char *narrow)
{
  static const char *const extensions[] = { "extension", "ext.", "ext", "分机", "转" };
  g_autofree char *lower = g_ascii_strdown (narrow, -1);
  GString *out = g_string_new (lower);

  if (g_str_has_prefix (out->str, "tel:"))
    g_string_erase (out, 0, 4);
  for (gsize i = 0; i < G_N_ELEMENTS (extensions); i++)
    g_string_replace (out, extensions[i], "x", 0);
  while (g_string_replace (out, "  ", " ", 0) > 0)
    ;
  return g_strstrip (g_string_free (out, FALSE));
}

static gboolean
phone_canonical (const char *text, gsize length)
{
  gboolean digit = FALSE;

  if (length == 0 || length > SAT_LINE_MAX || text[0] == ' ' || text[length - 1] == ' ')
    return FALSE;
  for (gsize i = 0; i < length; i++)
    {
      if (text[i] == '\0' || strchr (PHONE_CHARACTERS, text[i]) == NULL)
        return FALSE;
      if (text[i] == ' ' && text[i - 1] == ' ')
        return FALSE;
      digit = digit || g_ascii_isdigit (text[i]);
    }
  return digit;
}

static gboolean
phone_parse (const SatTypeOptions *options, const char *input, char **out, GError **error)
{
  g_autofree char *narrow = sat_value_narrow (input);
  g_autofree char *settled = narrow ? settle_phone (narrow) : NULL;

  *out = NULL;
  if (narrow && *narrow == '\0')
    return TRUE;
  if (settled && phone_canonical (settled, strlen (settled)))
    {
      *out = g_steal_pointer (&settled);
      return TRUE;
    }
  g_autofree char *quote = sat_value_quote (input);
  return sat_fail (error, SAT_ERROR_INVALID,
                   N_ ("“%s” is not a phone number; write digits, blanks and + - ( ) / . only, x "
                       "for an extension"),
                   quote, NULL);
}

/* What stands between the dots of a host: letters of any script, digits, - and _. */
static gboolean
is_host (const char *text, gsize length, gboolean needs_dot)
{
  gboolean dot = FALSE;

  if (length == 0 || text[0] == '.' || text[length - 1] == '.')
    return FALSE;
  for (gsize i = 0; i < length; i++)
    {
      guint8 c = (guint8) text[i];
      if (c == '.')
        {
          if (text[i - 1] == '.')
            return FALSE;
          dot = TRUE;
        }
      else if (c < 0x80 && !g_ascii_islower (c) && !g_ascii_isdigit (c) && c != '-' && c != '_')
        return FALSE;
    }
  return dot || !needs_dot;
}

/* Tidy, and nothing in it that separates words. */
static gboolean
is_one_word (const char *text, gsize length)
{
  if (!sat_value_is_tidy (text, length, SAT_LINES_ONE, SAT_LINE_MAX))
    return FALSE;
  for (const char *p = text; p < text + length; p = g_utf8_next_char (p))
    if (g_unichar_isspace (g_utf8_get_char (p)) || g_unichar_iscntrl (g_utf8_get_char (p)))
      return FALSE;
  return TRUE;
}

static gboolean
email_canonical (const char *text, gsize length)
{
  const char *at = memchr (text, '@', length);

  if (at == NULL || at == text || !is_one_word (text, length))
    return FALSE;
  for (const char *p = text; p < at; p++)
    if (strchr ("<>()[],;:\\\"", *p) != NULL)
      return FALSE;
  return is_host (at + 1, (gsize) (text + length - at - 1), TRUE);
}

static char *
settle_email (const char *tidy)
{
  const char *start = g_ascii_strncasecmp (tidy, "mailto:", 7) == 0 ? tidy + 7 : tidy;
  GString *out = g_string_new (start);

  g_string_replace (out, "＠", "@", 0);
  for (char *p = strchr (out->str, '@'); p && *p; p++)
    *p = g_ascii_tolower (*p);
  return g_string_free (out, FALSE);
}

static gboolean
email_parse (const SatTypeOptions *options, const char *input, char **out, GError **error)
{
  g_autofree char *tidy = NULL;

  *out = NULL;
  if (!sat_value_tidy (input, SAT_LINES_ONE, SAT_LINE_MAX, &tidy, error))
    return FALSE;
  if (tidy == NULL)
    return TRUE;

  g_autofree char *settled = settle_email (tidy);
  if (email_canonical (settled, strlen (settled)))
    {
      *out = g_steal_pointer (&settled);
      return TRUE;
    }
  g_autofree char *quote = sat_value_quote (input);
  return sat_fail (error, SAT_ERROR_INVALID,
                   N_ ("“%s” is not an e-mail address; write it as name@example.com"), quote, NULL);
}

static gsize
scheme_length (const char *text, gsize length)
{
  if (length > 8 && memcmp (text, "https://", 8) == 0)
    return 8;
  return length > 7 && memcmp (text, "http://", 7) == 0 ? 7 : 0;
}

/* host or host:port or [IPv6]:port; everything lower-case. */
static gboolean
is_authority (const char *text, gsize length)
{
  const char *colon;
  gsize host = length;

  if (length > 0 && text[0] == '[')
    {
      const char *bracket = memchr (text, ']', length);
      if (bracket == NULL)
        return FALSE;
      host = (gsize) (bracket + 1 - text);
      if (host < 4 || strspn (text + 1, "0123456789abcdef:.") != host - 2)
        return FALSE;
      if (host < length && text[host] != ':')
        return FALSE;
    }
  else
    {
      colon = memchr (text, ':', length);
      host = colon ? (gsize) (colon - text) : length;
      if (!is_host (text, host, FALSE))
        return FALSE;
    }
  for (gsize i = host + 1; i < length; i++)
    if (!g_ascii_isdigit (text[i]) || i > host + 5)
      return FALSE;
  return host == length || host + 1 < length;
}

static gsize
authority_length (const char *text, gsize length)
{
  gsize i = 0;

  while (i < length && strchr ("/?#", text[i]) == NULL)
    i++;
  return i;
}

static gboolean
web_canonical (const char *text, gsize length)
{
  gsize scheme = scheme_length (text, length);

  if (scheme == 0 || !is_one_word (text, length))
    return FALSE;
  return is_authority (text + scheme, authority_length (text + scheme, length - scheme));
}

/* Scheme and host lower-case, https:// in front if there was no scheme; NULL if there is neither a
 * scheme nor a dot. */
static char *
settle_web (const char *tidy)
{
  GString *out = g_string_new (tidy);
  const char *colon = strstr (tidy, "://");
  gsize start;

  if (colon == NULL)
    {
      if (memchr (tidy, '.', authority_length (tidy, strlen (tidy))) == NULL)
        return g_string_free (out, TRUE);
      g_string_prepend (out, "https://");
      start = 8;
    }
  else
    start = (gsize) (colon - tidy) + 3;
  gsize stop = start + authority_length (out->str + start, out->len - start);
  for (gsize i = 0; i < stop; i++)
    out->str[i] = g_ascii_tolower (out->str[i]);
  return g_string_free (out, FALSE);
}

static gboolean
web_parse (const SatTypeOptions *options, const char *input, char **out, GError **error)
{
  g_autofree char *tidy = NULL;

  *out = NULL;
  if (!sat_value_tidy (input, SAT_LINES_ONE, SAT_LINE_MAX, &tidy, error))
    return FALSE;
  if (tidy == NULL)
    return TRUE;

  g_autofree char *settled = settle_web (tidy);
  if (settled && web_canonical (settled, strlen (settled)))
    {
      *out = g_steal_pointer (&settled);
      return TRUE;
    }
  g_autofree char *quote = sat_value_quote (input);
  return sat_fail (error, SAT_ERROR_INVALID,
                   N_ ("“%s” is not a web address; write it as https://www.example.com"), quote,
                   NULL);
}

const SatType sat_type_phone = {
  .id = SAT_TYPE_PHONE,
  .name = "phone",
  .sql = { "TEXT" },
  .parse = phone_parse,
  .canonical = phone_canonical,
  .compare = strcmp,
  .to_cells = sat_value_text_to_cells,
  .from_cells = sat_value_text_from_cells,
};

const SatType sat_type_email = {
  .id = SAT_TYPE_EMAIL,
  .name = "email",
  .sql = { "TEXT" },
  .parse = email_parse,
  .canonical = email_canonical,
  .compare = strcmp,
  .to_cells = sat_value_text_to_cells,
  .from_cells = sat_value_text_from_cells,
};

const SatType sat_type_web = {
  .id = SAT_TYPE_WEB,
  .name = "web",
  .sql = { "TEXT" },
  .parse = web_parse,
  .canonical = web_canonical,
  .compare = strcmp,
  .to_cells = sat_value_text_to_cells,
  .from_cells = sat_value_text_from_cells,
};
