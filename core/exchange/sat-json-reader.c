/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON-GLib parses; what it would take too kindly is refused before, in one pass over the line that
 * also puts numbers in quotes, so that none of their digits is lost in a double. */
#include "core/exchange/sat-json-reader.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "core/base/sat-error.h"
#include "core/exchange/sat-line-reader.h"

typedef struct
{
  JsonParser *parser;
  guint members; /* of the object parsed last, doubles too */
  SatNamedRow *row;
  SatNamedRowFunc func;
  gpointer data;
} Reading;

static gboolean
fail_line (guint64 number, const char *msgid, GError **error)
{
  g_autofree char *line = g_strdup_printf ("%" G_GUINT64_FORMAT, number);

  return sat_fail (error, SAT_ERROR_INVALID, msgid, line, NULL);
}

static gboolean
fail_json (guint64 number, GError **error)
{
  return fail_line (
      number, N_ ("line %s is no JSON object; each record is one object on a line of its own"),
      error);
}

/* ---- numbers in quotes ---- */

/* The length of the number at P; 0: it is none. */
static gsize
scan_number (const char *p)
{
  const char *at = p + (*p == '-');
  gsize digits = strspn (at, "0123456789");

  if (digits == 0 || (digits > 1 && *at == '0'))
    return 0;
  at += digits;
  if (*at == '.')
    {
      digits = strspn (++at, "0123456789");
      if (digits == 0)
        return 0;
      at += digits;
    }
  if (*at == 'e' || *at == 'E')
    {
      at++;
      at += *at == '-' || *at == '+';
      digits = strspn (at, "0123456789");
      if (digits == 0)
        return 0;
      at += digits;
    }
  return (gsize) (at - p);
}

/* The length of the string at P with its quotes; 0: it is none. */
static gsize
scan_string (const char *p)
{
  for (const char *at = p + 1; (guchar) *at >= 0x20; at++)
    {
      if (*at == '"')
        return (gsize) (at + 1 - p);
      if (*at != '\\')
        continue;
      if (strncmp (at, "\\u0000", 6) == 0 || strchr ("\"\\/bfnrtu", at[1]) == NULL || at[1] == '\0')
        return 0;
      at++;
    }
  return 0;
}

static gsize
scan_word (const char *p)
{
  static const char *const words[] = { "true", "false", "null" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_has_prefix (p, words[i]) && !g_ascii_isalnum (p[strlen (words[i])]))
      return strlen (words[i]);
  return 0;
}

/* A bracket at P, of which OPEN are open; FALSE: too many of them. */
static gboolean
count_bracket (char c, guint *open)
{
  if (c == '}' || c == ']')
    *open -= *open > 0;
  else if ((c == '{' && *open > 0) || (c == '[' && *open > 1))
    return FALSE;
  else
    (*open)++;
  return TRUE;
}

/* TEXT for JSON-GLib. */
static gboolean
quote_numbers (const char *text, guint64 number, GString *out, GError **error)
{
  guint open = 0;
  gsize n;

  for (const char *p = text; *p != '\0'; p += n)
    {
      gboolean is_number = *p == '-' || g_ascii_isdigit (*p);

      n = 1;
      if (strchr ("{}[]", *p) != NULL && !count_bracket (*p, &open))
        return fail_line (number,
                          N_ ("line %s: a value is an object or a list of lists; only plain values "
                              "and lists of them can be imported"),
                          error);
      if (*p == '"')
        n = scan_string (p);
      else if (is_number)
        n = scan_number (p);
      else if (strchr ("{}[],: \t", *p) == NULL)
        n = scan_word (p);
      if (n == 0)
        return fail_json (number, error);
      if (is_number)
        g_string_append_c (out, '"');
      g_string_append_len (out, p, (gssize) n);
      if (is_number)
        g_string_append_c (out, '"');
    }
  return TRUE;
}

/* ---- values ---- */

static void
append_plain (GString *out, JsonNode *node)
{
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    g_string_append (out, json_node_get_boolean (node) ? "true" : "false");
  else if (JSON_NODE_HOLDS_VALUE (node))
    g_string_append (out, json_node_get_string (node));
}

static char *
text_of (JsonNode *node)
{
  GString *out = g_string_new (NULL);

  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        {
          g_string_append (out, i > 0 ? ", " : "");
          append_plain (out, json_array_get_element (array, i));
        }
    }
  else
    append_plain (out, node);
  return g_string_free (out, FALSE);
}

static void
take_member (JsonObject *object, const char *name, JsonNode *node, gpointer data)
{
  SatNamedRow *row = data;
  g_autofree char *value = text_of (node);

  /* Half of a surrogate pair is no character. */
  if (g_utf8_validate (name, -1, NULL) && g_utf8_validate (value, -1, NULL))
    sat_named_row_add (row, name, g_steal_pointer (&value), FALSE);
  else if (row->problem == NULL)
    fail_json (row->row, &row->problem);
}

static void
on_member (JsonParser *parser, JsonObject *object, const char *name, gpointer data)
{
  Reading *reading = data;

  reading->members++;
}

static gboolean
take_object (Reading *reading, const char *text, GError **error)
{
  SatNamedRow *row = reading->row;
  g_autoptr (GString) quoted = g_string_new (NULL);
  JsonNode *root;

  reading->members = 0;
  if (!g_utf8_validate (text, -1, NULL))
    return fail_line (row->row, N_ ("line %s is not UTF-8; name the encoding of the file"), error);
  if (!quote_numbers (text, row->row, quoted, error))
    return FALSE;
  if (!json_parser_load_from_data (reading->parser, quoted->str, (gssize) quoted->len, NULL))
    return fail_json (row->row, error);
  root = json_parser_get_root (reading->parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return fail_json (row->row, error);
  if (reading->members != json_object_get_size (json_node_get_object (root)))
    return fail_line (row->row, N_ ("line %s: a name stands twice; leave one of them out"), error);
  json_object_foreach_member (json_node_get_object (root), take_member, row);
  return TRUE;
}

static gboolean
on_line (const SatLine *line, gpointer data, GError **error)
{
  Reading *reading = data;

  if (strspn (line->text, " \t") == line->length)
    return TRUE;
  sat_named_row_reset (reading->row);
  reading->row->row = line->number;
  if (strlen (line->text) != line->length)
    fail_json (line->number, &reading->row->problem);
  else
    take_object (reading, line->text, &reading->row->problem);
  return reading->func (reading->row, reading->data, error);
}

gboolean
sat_json_read (GInputStream *stream,
               SatNamedRow *row,
               SatNamedRowFunc func,
               gpointer data,
               GCancellable *cancellable,
               GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  Reading reading = { .parser = parser, .row = row, .func = func, .data = data };

  g_signal_connect (parser, "object-member", G_CALLBACK (on_member), &reading);
  return sat_lines_read (stream, SAT_JSON_MAX_LINE, on_line, &reading, cancellable, error);
}
