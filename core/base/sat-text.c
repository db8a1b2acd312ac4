/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/base/sat-text.h"

#include <string.h>
#include <unicode/ucol.h>
#include <unicode/ustring.h>

void
sat_text_escape (GString *out, const char *text, gsize length)
{
  gsize start = 0;

  for (gsize i = 0; i < length; i++)
    {
      char code;

      switch (text[i])
        {
        case '\\':
          code = '\\';
          break;
        case '\n':
          code = 'n';
          break;
        case '\t':
          code = 't';
          break;
        case '\r':
          code = 'r';
          break;
        default:
          continue;
        }
      g_string_append_len (out, text + start, (gssize) (i - start));
      g_string_append_c (out, '\\');
      g_string_append_c (out, code);
      start = i + 1;
    }
  g_string_append_len (out, text + start, (gssize) (length - start));
}

char *
sat_text_unescape (const char *text, gsize length)
{
  if (!g_utf8_validate_len (text, length, NULL))
    return NULL;
  if (memchr (text, '\\', length) == NULL)
    return g_strndup (text, length);

  char *out = g_malloc (length + 1);
  char *p = out;

  for (gsize i = 0; i < length; i++)
    {
      if (text[i] != '\\')
        {
          *p++ = text[i];
          continue;
        }
      char code = ++i < length ? text[i] : '\0';
      if (code == '\\')
        *p++ = '\\';
      else if (code == 'n')
        *p++ = '\n';
      else if (code == 't')
        *p++ = '\t';
      else if (code == 'r')
        *p++ = '\r';
      else
        {
          g_free (out);
          return NULL;
        }
    }
  *p = '\0';
  return out;
}

gboolean
sat_text_is_clean (const char *text, gsize length)
{
  if (!g_utf8_validate_len (text, length, NULL))
    return FALSE;
  for (gsize i = 0; i < length; i++)
    {
      guint8 c = (guint8) text[i];
      if ((c < 0x20 && c != '\n' && c != '\t' && c != '\r') || c == 0x7f)
        return FALSE;
    }
  return TRUE;
}

char *
sat_text_tidy (const char *text)
{
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_NFC);
  char *p, *q;

  if (normal == NULL)
    return NULL;
  for (p = q = normal; *p; p++)
    if (p[0] != '\r' || p[1] != '\n')
      *q++ = *p;
  *q = '\0';

  const char *start = normal;
  while (*start && g_unichar_isspace (g_utf8_get_char (start)))
    start = g_utf8_next_char (start);
  const char *end = start + strlen (start);
  while (end > start)
    {
      const char *before = g_utf8_prev_char (end);
      if (!g_unichar_isspace (g_utf8_get_char (before)))
        break;
      end = before;
    }
  return g_strndup (start, (gsize) (end - start));
}

gboolean
sat_text_is_normal (const char *text)
{
  const guchar *p = (const guchar *) text;

  /* U+4E00 to U+9FFF are E4 B8 80 to E9 BF BF. */
  while (*p != '\0')
    if (*p < 0x80)
      p++;
    else if (*p >= 0xe4 && *p <= 0xe9 && (p[1] & 0xc0) == 0x80 && (p[2] & 0xc0) == 0x80 &&
             (*p > 0xe4 || p[1] >= 0xb8))
      p += 3;
    else
      return FALSE;
  return TRUE;
}

char *
sat_text_brief (const char *text, glong max)
{
  g_autofree char *start = NULL;

  if (g_utf8_strlen (text, -1) <= max)
    return g_strdup (text);
  start = g_utf8_substring (text, 0, max - 1);
  return g_strconcat (start, "…", NULL);
}

char *
sat_text_fold (const char *text)
{
  g_autofree char *normal = NULL;

  if (sat_text_is_normal (text))
    return g_ascii_strdown (text, -1);
  normal = g_utf8_normalize (text, -1, G_NORMALIZE_NFKC);
  return normal ? g_utf8_casefold (normal, -1) : g_strdup ("");
}

static UCollator *
get_collator (void)
{
  static gsize once = 0;
  static UCollator *collator = NULL;

  if (g_once_init_enter (&once))
    {
      UErrorCode status = U_ZERO_ERROR;
      collator = ucol_open ("zh@collation=pinyin", &status);
      if (U_SUCCESS (status))
        ucol_setStrength (collator, UCOL_SECONDARY);
      g_once_init_leave (&once, 1);
    }
  return collator;
}

GBytes *
sat_text_sort_key (const char *text)
{
  UCollator *collator = get_collator ();
  UChar units[256];
  guint8 key[512];
  UErrorCode status = U_ZERO_ERROR;
  int32_t n_units = 0;

  /* A prefix of 250 code units is enough to sort by; longer titles tie. */
  u_strFromUTF8WithSub (units, 250, &n_units, text, -1, 0xfffd, NULL, &status);
  n_units = MIN (n_units, 250);
  if (collator == NULL)
    return g_bytes_new (text, strlen (text));
  int32_t size = ucol_getSortKey (collator, units, n_units, key, sizeof key);
  return g_bytes_new (key, (gsize) MIN (size, (int32_t) sizeof key));
}

char *
sat_text_sort_version (void)
{
  UCollator *collator = get_collator ();
  UVersionInfo version = { 0 };

  if (collator != NULL)
    ucol_getVersion (collator, version);
  return g_strdup_printf ("%d.%d.%d.%d", version[0], version[1], version[2], version[3]);
}

char *
sat_text_digits (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *p = text; *p; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      if (c >= 0xff10 && c <= 0xff19)
        c = c - 0xff10 + '0';
      if (c >= '0' && c <= '9')
        g_string_append_c (out, (char) c);
    }
  return g_string_free (out, FALSE);
}
