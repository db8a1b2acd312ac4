/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts. What compares does so without regard to case, width and the way a character is composed
 * (sat_text_fold); what cuts counts characters. */
#include <string.h>

#include "core/base/sat-text.h"
#include "core/expression/sat-expression-private.h"
#include "core/expression/sat-functions-private.h"

#define ONE 10000

static void
answer_text (char *text, SatAnswer *answer)
{
  if (*text == '\0')
    {
      g_free (text);
      return;
    }
  answer->kind = SAT_CELL_TEXT;
  answer->text = text;
}

static void
answer_yes (gboolean yes, SatAnswer *answer)
{
  answer->kind = SAT_CELL_INTEGER;
  answer->integer = yes ? 1 : 0;
}

static void
answer_number (gint64 number, SatAnswer *answer)
{
  answer->kind = SAT_CELL_INTEGER;
  answer->integer = number * ONE;
}

/* Is the character one that folding leaves as it is, beside any other such? */
static gboolean
is_plain (gunichar c)
{
  return (c >= 0x3400 && c <= 0x4dbf) || (c >= 0x4e00 && c <= 0x9fff);
}

/* A folded text. Most are short enough for no memory of their own: a list asks this of every row.
 */
typedef struct
{
  char *text;
  char small[248];
} Folded;

static void
folded_clear (Folded *folded)
{
  if (folded->text != folded->small)
    g_free (folded->text);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Folded, folded_clear)

/* Chinese and ASCII, which nearly all are, need no library for it. OUT is uninitialized. */
static void
fold (const SatCell *cell, Folded *out)
{
  char *p;

  if (cell->size < sizeof out->small)
    {
      out->text = out->small;
      memcpy (out->text, cell->text, cell->size);
      out->text[cell->size] = '\0';
    }
  else
    out->text = g_strndup (cell->text, cell->size);
  for (p = out->text; *p != '\0';)
    if ((guint8) *p < 0x80)
      {
        *p = g_ascii_tolower (*p);
        p++;
      }
    else if (is_plain (g_utf8_get_char (p)))
      p = g_utf8_next_char (p);
    else
      {
        char *text = sat_text_fold (out->text);

        folded_clear (out);
        out->text = text;
        return;
      }
}

/* Each character for itself, in no language, so that every machine gives the same. */
static char *
map_characters (const SatCell *cell, gunichar (*map) (gunichar c))
{
  GString *out = g_string_sized_new (cell->size + 1);
  const char *end = cell->text + cell->size;

  for (const char *p = cell->text; p < end; p = g_utf8_next_char (p))
    g_string_append_unichar (out, map (g_utf8_get_char (p)));
  return g_string_free (out, FALSE);
}

void
sat_function_lower (const SatCell *args, guint n, SatAnswer *answer)
{
  answer_text (map_characters (&args[0], g_unichar_tolower), answer);
}

void
sat_function_upper (const SatCell *args, guint n, SatAnswer *answer)
{
  answer_text (map_characters (&args[0], g_unichar_toupper), answer);
}

static glong
count_characters (const SatCell *cell)
{
  return cell->kind == SAT_CELL_TEXT ? g_utf8_strlen (cell->text, (gssize) cell->size) : 0;
}

void
sat_function_length (const SatCell *args, guint n, SatAnswer *answer)
{
  answer_number (count_characters (&args[0]), answer);
}

/* A number of characters, none below 0, all above ALL. */
static glong
whole (const SatCell *cell, glong all)
{
  return (glong) CLAMP (cell->integer / ONE, 0, (gint64) all);
}

void
sat_function_left (const SatCell *args, guint n, SatAnswer *answer)
{
  glong count = whole (&args[1], count_characters (&args[0]));
  const char *end = g_utf8_offset_to_pointer (args[0].text, count);

  answer_text (g_strndup (args[0].text, (gsize) (end - args[0].text)), answer);
}

void
sat_function_right (const SatCell *args, guint n, SatAnswer *answer)
{
  glong all = count_characters (&args[0]);
  const char *start = g_utf8_offset_to_pointer (args[0].text, all - whole (&args[1], all));

  answer_text (g_strndup (start, (gsize) (args[0].text + args[0].size - start)), answer);
}

void
sat_function_concat (const SatCell *args, guint n, SatAnswer *answer)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    if (args[i].kind == SAT_CELL_TEXT && out->len + args[i].size <= SAT_VALUE_MAX)
      g_string_append_len (out, args[i].text, (gssize) args[i].size);
  answer_text (g_string_free (out, FALSE), answer);
}

void
sat_function_contains (const SatCell *args, guint n, SatAnswer *answer)
{
  g_auto (Folded) text;
  g_auto (Folded) part;

  fold (&args[0], &text);
  fold (&args[1], &part);
  answer_yes (strstr (text.text, part.text) != NULL, answer);
}

void
sat_function_starts_with (const SatCell *args, guint n, SatAnswer *answer)
{
  g_auto (Folded) text;
  g_auto (Folded) part;

  fold (&args[0], &text);
  fold (&args[1], &part);
  answer_yes (g_str_has_prefix (text.text, part.text), answer);
}

void
sat_function_ends_with (const SatCell *args, guint n, SatAnswer *answer)
{
  g_auto (Folded) text;
  g_auto (Folded) part;

  fold (&args[0], &text);
  fold (&args[1], &part);
  answer_yes (g_str_has_suffix (text.text, part.text), answer);
}

void
sat_function_count (const SatCell *args, guint n, SatAnswer *answer)
{
  gint64 count = args[0].kind == SAT_CELL_TEXT ? 1 : 0;

  for (gsize i = 0; count > 0 && i < args[0].size; i++)
    count += args[0].text[i] == '\n';
  answer_number (count, answer);
}

/* ---- like ----
 * A pattern is prepared once: folded, % as \1, _ as \2, which no text holds; behind a backslash
 * both are themselves. */

#define ANY '\1'
#define ONE_CHARACTER '\2'

static void
add_folded (GString *out, GString *part)
{
  const SatCell cell = { .kind = SAT_CELL_TEXT, .text = part->str, .size = part->len };
  g_auto (Folded) folded;

  fold (&cell, &folded);
  g_string_append (out, folded.text);
  g_string_truncate (part, 0);
}

void
sat_function_pattern (const SatCell *args, guint n, SatAnswer *answer)
{
  GString *out = g_string_new (NULL);
  g_autoptr (GString) part = g_string_new (NULL);
  const char *text = args[0].text;

  for (gsize i = 0; i < args[0].size; i++)
    {
      if (text[i] == '\\' && i + 1 < args[0].size)
        g_string_append_c (part, text[++i]);
      else if (text[i] == '%' || text[i] == '_')
        {
          add_folded (out, part);
          g_string_append_c (out, text[i] == '%' ? ANY : ONE_CHARACTER);
        }
      else
        g_string_append_c (part, text[i]);
    }
  add_folded (out, part);
  answer->kind = SAT_CELL_TEXT;
  answer->text = g_string_free (out, FALSE);
}

/* Going back only to the last %, so that it takes at most length times length. */
static gboolean
matches (const char *text, const char *pattern, const char *end)
{
  const char *retry_text = NULL;
  const char *retry_pattern = NULL;

  while (*text != '\0')
    {
      if (pattern < end && *pattern == ANY)
        {
          retry_pattern = ++pattern;
          retry_text = text;
        }
      else if (pattern < end && *pattern == ONE_CHARACTER)
        {
          pattern++;
          text = g_utf8_next_char (text);
        }
      else if (pattern < end && *pattern == *text)
        {
          pattern++;
          text++;
        }
      else if (retry_pattern != NULL)
        {
          pattern = retry_pattern;
          retry_text = g_utf8_next_char (retry_text);
          text = retry_text;
        }
      else
        return FALSE;
    }
  while (pattern < end && *pattern == ANY)
    pattern++;
  return pattern == end;
}

void
sat_function_like (const SatCell *args, guint n, SatAnswer *answer)
{
  g_auto (Folded) text;

  fold (&args[0], &text);
  answer_yes (matches (text.text, args[1].text, args[1].text + args[1].size), answer);
}
