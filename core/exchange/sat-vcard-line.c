/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The head is cut at semicolons and the colon that stand outside quotes; what is unknown in it is
 * passed over. Escapes differ by version: 2.1 knows only \; . */
#include "core/exchange/sat-vcard-line.h"

#include <string.h>

#include "core/base/sat-error.h"

void
sat_vcard_property_free (SatVcardProperty *property)
{
  if (property == NULL)
    return;
  g_free (property->name);
  g_free (property->group);
  g_strfreev (property->types);
  g_free (property->value);
  g_free (property->data);
  g_free (property);
}

gboolean
sat_vcard_property_has_type (const SatVcardProperty *property, const char *type)
{
  return g_strv_contains ((const char *const *) property->types, type);
}

/* ---- the head ---- */

/* The next of STOPS outside quotes, END if there is none. */
static const char *
find_outside_quotes (const char *at, const char *end, const char *stops)
{
  gboolean quoted = FALSE;

  for (; at < end; at++)
    if (*at == '"')
      quoted = !quoted;
    else if (!quoted && *at != '\0' && strchr (stops, *at) != NULL)
      return at;
  return end;
}

/* A quote that is never closed belongs to the text: vCard 2.1 knows none. */
static const char *
find_colon (const char *line, const char *end)
{
  const char *colon = find_outside_quotes (line, end, ":");

  return colon < end ? colon : memchr (line, ':', (gsize) (end - line));
}

SatVcardHead
sat_vcard_head (const char *line, gsize length)
{
  const char *colon = find_colon (line, line + length);
  SatVcardHead head = { 0 };

  if (colon == NULL)
    return head;
  g_autofree char *bytes = g_strndup (line, (gsize) (colon - line));
  g_autofree char *lower = g_ascii_strdown (bytes, -1);

  head.value = (gsize) (colon + 1 - line);
  head.quoted_printable = strstr (lower, "quoted-printable") != NULL;
  head.binary = strstr (lower, ";encoding=b") != NULL || strstr (lower, ";base64") != NULL ||
                (length - head.value >= 5 && g_ascii_strncasecmp (colon + 1, "data:", 5) == 0);
  return head;
}

typedef struct
{
  SatVcardProperty *property;
  GPtrArray *types;
  char *charset;
  gboolean quoted_printable;
} Head;

static void
add_types (Head *head, const char *list)
{
  g_auto (GStrv) words = g_strsplit (list, ",", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      char *word = g_ascii_strdown (g_strstrip (words[i]), -1);

      if (*word != '\0' && !g_ptr_array_find_with_equal_func (head->types, word, g_str_equal, NULL))
        g_ptr_array_add (head->types, word);
      else
        g_free (word);
    }
}

static gboolean
is_encoding (Head *head, const char *word)
{
  if (g_ascii_strcasecmp (word, "quoted-printable") == 0)
    head->quoted_printable = TRUE;
  else if (g_ascii_strcasecmp (word, "base64") == 0 || g_ascii_strcasecmp (word, "b") == 0)
    head->property->binary = TRUE;
  else
    return g_ascii_strcasecmp (word, "7bit") == 0 || g_ascii_strcasecmp (word, "8bit") == 0;
  return TRUE;
}

/* "TYPE=work", "CHARSET=UTF-8"; in 2.1 also a lone "WORK". */
static void
take_parameter (Head *head, char *text)
{
  char *value = strchr (text, '=');
  GString *plain;

  if (value == NULL)
    {
      if (!is_encoding (head, g_strstrip (text)))
        add_types (head, text);
      return;
    }
  *value++ = '\0';
  plain = g_string_new (g_strstrip (value));
  g_string_replace (plain, "\"", "", 0);
  g_strstrip (text);
  if (g_ascii_strcasecmp (text, "TYPE") == 0 || g_ascii_strcasecmp (text, "X-SERVICE-TYPE") == 0)
    add_types (head, plain->str);
  else if (g_ascii_strcasecmp (text, "ENCODING") == 0)
    is_encoding (head, plain->str);
  else if (g_ascii_strcasecmp (text, "CHARSET") == 0 && head->charset == NULL)
    head->charset = g_strdup (plain->str);
  else if (g_ascii_strcasecmp (text, "PREF") == 0)
    head->property->pref = (guint) CLAMP (g_ascii_strtoll (plain->str, NULL, 10), 1, 100);
  else if (g_ascii_strcasecmp (text, "VALUE") == 0)
    head->property->as_text = g_ascii_strcasecmp (plain->str, "text") == 0;
  else if (g_ascii_strcasecmp (text, "X-APPLE-OMIT-YEAR") == 0)
    head->property->omit_year = TRUE;
  g_string_free (plain, TRUE);
}

static void
take_name (SatVcardProperty *property, char *text)
{
  char *point = strrchr (g_strstrip (text), '.');

  property->name = g_ascii_strup (point != NULL ? point + 1 : text, -1);
  if (point == NULL)
    return;
  *point = '\0';
  property->group = g_ascii_strdown (text, -1);
}

static void
take_head (Head *head, const char *at, const char *end)
{
  for (gboolean first = TRUE; at <= end; first = FALSE)
    {
      const char *stop = find_outside_quotes (at, end, ";");
      g_autofree char *bytes = g_strndup (at, (gsize) (stop - at));
      g_autofree char *part = g_utf8_make_valid (bytes, -1);

      if (first)
        take_name (head->property, part);
      else
        take_parameter (head, part);
      at = stop + 1;
    }
}

/* ---- the bytes of the value ---- */

static GString *
decode_quoted_printable (const char *bytes, gsize length)
{
  GString *out = g_string_sized_new (length);

  for (gsize i = 0; i < length; i++)
    if (bytes[i] == '=' && i + 2 < length && g_ascii_isxdigit (bytes[i + 1]) &&
        g_ascii_isxdigit (bytes[i + 2]))
      {
        g_string_append_c (out, (char) (g_ascii_xdigit_value (bytes[i + 1]) * 16 +
                                        g_ascii_xdigit_value (bytes[i + 2])));
        i += 2;
      }
    else
      g_string_append_c (out, bytes[i]);
  return out;
}

static gboolean
is_ascii (const GString *bytes)
{
  for (gsize i = 0; i < bytes->len; i++)
    if ((guchar) bytes->str[i] >= 0x80)
      return FALSE;
  return TRUE;
}

/* Files that were saved anew in UTF-8 keep their old labels: what is UTF-8 as a whole counts for
 * more. Without a label UTF-8 is tried first. */
static const char *
encoding_of (const Head *head, const SatVcardText *text, const GString *bytes)
{
  if (!head->quoted_printable && text->utf8 && !is_ascii (bytes))
    return "UTF-8";
  if (head->charset != NULL)
    return head->charset;
  return g_utf8_validate_len (bytes->str, bytes->len, NULL) ? "UTF-8" : text->encoding;
}

static char *
convert (const Head *head, const SatVcardText *text, const GString *bytes, GError **error)
{
  const char *encoding = encoding_of (head, text, bytes);
  g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, head->property->line);
  g_autofree char *out = NULL;
  gsize length = bytes->len;

  if (g_ascii_strcasecmp (encoding, "UTF-8") == 0)
    out = g_utf8_validate_len (bytes->str, bytes->len, NULL) ? g_strndup (bytes->str, bytes->len)
                                                             : NULL;
  else
    out = g_convert (bytes->str, (gssize) bytes->len, "UTF-8", encoding, NULL, &length, NULL);
  if (out != NULL && strlen (out) == length && g_utf8_validate (out, -1, NULL))
    return g_steal_pointer (&out);
  sat_fail (
      error, SAT_ERROR_INVALID,
      N_ ("line %s: the value of %s is not text in %s; name the encoding of the file, or save "
          "it in UTF-8"),
      number, head->property->name, encoding, NULL);
  return NULL;
}

/* The text of a picture without what stands before it in a data: URI, whose comma some programs
 * escape. */
static char *
picture_data (const char *bytes, gsize length)
{
  const char *comma = length >= 5 && g_ascii_strncasecmp (bytes, "data:", 5) == 0
                          ? memchr (bytes, ',', length)
                          : NULL;
  gsize head = comma != NULL ? (gsize) (comma + 1 - bytes) : 0;

  return g_strndup (bytes + head, length - head);
}

static gboolean
is_picture (const char *name)
{
  return strcmp (name, "PHOTO") == 0 || strcmp (name, "LOGO") == 0;
}

static gboolean
take_value (Head *head,
            const char *bytes,
            gsize length,
            const SatVcardText *text,
            gsize size,
            GError **error)
{
  SatVcardProperty *property = head->property;
  g_autoptr (GString) value = NULL;

  if (property->binary || (length >= 5 && g_ascii_strncasecmp (bytes, "data:", 5) == 0))
    {
      property->binary = TRUE;
      property->size = MAX (size, length) / 4 * 3;
      property->value = g_strdup ("");
      if (size == 0 && is_picture (property->name))
        property->data = picture_data (bytes, length);
      return TRUE;
    }
  if (head->quoted_printable)
    value = decode_quoted_printable (bytes, length);
  else
    value = g_string_new_len (bytes, (gssize) length);
  property->value = convert (head, text, value, error);
  return property->value != NULL;
}

static gboolean
is_name (const char *name)
{
  if (name == NULL || *name == '\0')
    return FALSE;
  for (const char *p = name; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && *p != '-' && *p != '_')
      return FALSE;
  return TRUE;
}

SatVcardProperty *
sat_vcard_property_parse (const char *line,
                          gsize length,
                          const SatVcardText *text,
                          guint64 number,
                          gsize size,
                          GError **error)
{
  g_autoptr (SatVcardProperty) property = g_new0 (SatVcardProperty, 1);
  const char *colon = find_colon (line, line + length);
  g_autofree char *where = g_strdup_printf ("%" G_GUINT64_FORMAT, number);
  Head head = { .property = property, .types = g_ptr_array_new () };
  gboolean ok = FALSE;

  property->line = number;
  if (colon != NULL)
    take_head (&head, line, colon);
  g_ptr_array_add (head.types, NULL);
  property->types = (GStrv) g_ptr_array_free (head.types, FALSE);
  if (colon != NULL && is_name (property->name))
    ok = take_value (&head, colon + 1, (gsize) (line + length - colon - 1), text, size, error);
  else
    sat_fail (error, SAT_ERROR_INVALID,
              N_ ("line %s is not of the form NAME:VALUE, as every line of a card must be"), where,
              NULL);
  g_free (head.charset);
  return ok ? g_steal_pointer (&property) : NULL;
}

/* ---- what a value means ---- */

/* How many bytes at P are one character with its backslash; *PLAIN: what is meant. A backslash
 * before anything else is one: “C:\temp” of a program that does not escape. */
static gsize
read_character (const char *p, SatVcardVersion version, char *plain)
{
  char next = p[0] == '\\' ? p[1] : '\0';
  gboolean newline = version != SAT_VCARD_2_1 && (next == 'n' || next == 'N');

  *plain = p[0];
  if (version == SAT_VCARD_2_1 ? next != ';' : !newline && !g_ascii_ispunct (next))
    return 1;
  *plain = newline ? '\n' : next;
  return 2;
}

char **
sat_vcard_property_parts (const SatVcardProperty *property, SatVcardVersion version, char separator)
{
  GPtrArray *parts = g_ptr_array_new ();
  GString *part = g_string_new (NULL);

  for (const char *p = property->value;;)
    {
      char plain;
      gsize n;

      if (*p == '\0' || *p == separator)
        {
          g_ptr_array_add (parts, g_strdup (part->str));
          g_string_truncate (part, 0);
          if (*p++ == '\0')
            break;
          continue;
        }
      n = read_character (p, version, &plain);
      g_string_append_c (part, plain);
      p += n;
    }
  g_string_free (part, TRUE);
  g_ptr_array_add (parts, NULL);
  return (char **) g_ptr_array_free (parts, FALSE);
}

char *
sat_vcard_property_text (const SatVcardProperty *property, SatVcardVersion version)
{
  /* No value has a NUL in it, so that it stays in one part. */
  g_auto (GStrv) parts = sat_vcard_property_parts (property, version, '\0');

  return g_strdup (parts[0]);
}
