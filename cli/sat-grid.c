/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Widths after Unicode's East Asian Width (GLib's tables); ambiguous characters count as one cell.
 */
#include "cli/sat-grid.h"

#include <string.h>

#define MEASURED_ROWS 1000
#define LEAST_WIDTH 8 /* a column is not shortened below that */
#define GAP 2

static guint
char_width (gunichar c)
{
  if (g_unichar_iszerowidth (c))
    return 0;
  return g_unichar_iswide (c) ? 2 : 1;
}

guint
sat_text_width (const char *text)
{
  guint width = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    width += char_width (g_utf8_get_char (p));
  return width;
}

/* Control characters, and those that turn the direction of the text. */
static gboolean
is_harmful (gunichar c)
{
  return g_unichar_iscntrl (c) || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

char *
sat_one_line (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\n' || c == '\t' || c == '\r')
        g_string_append_c (out, ' ');
      else
        g_string_append_unichar (out, is_harmful (c) ? 0xfffd : c);
    }
  return g_string_free (out, FALSE);
}

char *
sat_shorten (const char *text, guint width)
{
  guint used = 0;
  const char *p;

  if (sat_text_width (text) <= width)
    return g_strdup (text);
  for (p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      guint w = char_width (g_utf8_get_char (p));

      if (used + w + 1 > width)
        break;
      used += w;
    }
  g_autofree char *head = g_strndup (text, (gsize) (p - text));
  return g_strconcat (head, width > 0 ? "…" : "", NULL);
}

/* ---- paragraphs ---- */

static gboolean
is_closing (gunichar c)
{
  static const char *const marks = "、。，：；！？,.;:!?%";
  GUnicodeType type = g_unichar_type (c);

  return type == G_UNICODE_CLOSE_PUNCTUATION || type == G_UNICODE_FINAL_PUNCTUATION ||
         g_utf8_strchr (marks, -1, c) != NULL;
}

/* May a line end between A and B? Spaces are treated apart. */
static gboolean
may_break (gunichar a, gunichar b)
{
  if (is_closing (b) || g_unichar_type (a) == G_UNICODE_OPEN_PUNCTUATION ||
      g_unichar_type (a) == G_UNICODE_INITIAL_PUNCTUATION)
    return FALSE;
  return g_unichar_iswide (a) || g_unichar_iswide (b);
}

/* The end of the unit (a word, or a Chinese character with what sticks to it) that begins at P. */
static const char *
unit_end (const char *p)
{
  for (;;)
    {
      gunichar c = g_utf8_get_char (p);
      const char *next = g_utf8_next_char (p);

      if (*next == '\0' || *next == ' ' || *next == '\n' || may_break (c, g_utf8_get_char (next)))
        return next;
      p = next;
    }
}

static void
begin_line (GString *out, guint indent)
{
  g_string_append_printf (out, "%*s", (int) indent, "");
}

char *
sat_wrap (const char *text, guint width, guint indent)
{
  GString *out = g_string_new (NULL);
  guint used = indent;
  gboolean fresh = TRUE;
  const char *p = text;

  while (*p != '\0')
    {
      gboolean space = FALSE;

      for (; *p == ' '; p++)
        space = TRUE;
      if (*p == '\n')
        {
          g_string_append_c (out, '\n');
          fresh = TRUE;
          p++;
          continue;
        }
      if (*p == '\0')
        break;
      const char *end = unit_end (p);
      g_autofree char *unit = g_strndup (p, (gsize) (end - p));
      guint needed = sat_text_width (unit) + (space ? 1 : 0);

      if (!fresh && used + needed > width)
        {
          g_string_append_c (out, '\n');
          fresh = TRUE;
        }
      if (fresh)
        {
          begin_line (out, indent);
          used = indent + sat_text_width (unit);
        }
      else
        {
          g_string_append (out, space ? " " : "");
          used += needed;
        }
      g_string_append (out, unit);
      fresh = FALSE;
      p = end;
    }
  if (!fresh)
    g_string_append_c (out, '\n');
  return g_string_free (out, FALSE);
}

/* ---- tables ---- */

struct _SatGrid
{
  guint n;
  guint width;
  char **headings;
  gboolean *right;
  guint *widths;   /* known once `measured` */
  GPtrArray *rows; /* char **, until `measured` */
  gboolean measured;
  SatGridOut out;
  gpointer data;
};

SatGrid *
sat_grid_new (guint n, const char *const *headings, guint width, SatGridOut out, gpointer data)
{
  SatGrid *table = g_new0 (SatGrid, 1);

  table->n = n;
  table->width = width;
  table->headings = g_strdupv ((char **) headings);
  table->right = g_new0 (gboolean, n);
  table->widths = g_new0 (guint, n);
  table->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  table->out = out;
  table->data = data;
  return table;
}

void
sat_grid_free (SatGrid *table)
{
  if (table == NULL)
    return;
  g_strfreev (table->headings);
  g_free (table->right);
  g_free (table->widths);
  g_ptr_array_unref (table->rows);
  g_free (table);
}

void
sat_grid_align_right (SatGrid *table, guint column)
{
  table->right[column] = TRUE;
}

static void
put_row (const SatGrid *table, char **cells)
{
  g_autoptr (GString) line = g_string_new (NULL);

  for (guint i = 0; i < table->n; i++)
    {
      guint width = table->widths[i];
      g_autofree char *cell = table->width > 0 ? sat_shorten (cells[i], width)
                                               : g_strdup (cells[i]);
      guint used = sat_text_width (cell);
      guint pad = used < width ? width - used : 0;

      if (table->right[i])
        g_string_append_printf (line, "%*s%s", (int) pad, "", cell);
      else
        g_string_append_printf (line, "%s%*s", cell, (int) pad, "");
      if (i + 1 < table->n)
        g_string_append_printf (line, "%*s", GAP, "");
    }
  while (line->len > 0 && line->str[line->len - 1] == ' ')
    g_string_truncate (line, line->len - 1);
  table->out (line->str, table->data);
}

static void
measure_row (SatGrid *table, char **cells)
{
  for (guint i = 0; i < table->n; i++)
    table->widths[i] = MAX (table->widths[i], sat_text_width (cells[i]));
}

/* Takes cells from the widest columns until the line fits or all are narrow. */
static void
fit_widths (SatGrid *table)
{
  guint total = GAP * (table->n - 1);

  for (guint i = 0; i < table->n; i++)
    total += table->widths[i];
  while (table->width > 0 && total > table->width)
    {
      guint widest = 0;

      for (guint i = 1; i < table->n; i++)
        if (table->widths[i] > table->widths[widest])
          widest = i;
      if (table->widths[widest] <= LEAST_WIDTH)
        return;
      table->widths[widest]--;
      total--;
    }
}

static void
measure (SatGrid *table)
{
  if (table->headings != NULL)
    measure_row (table, table->headings);
  for (guint i = 0; i < table->rows->len; i++)
    measure_row (table, g_ptr_array_index (table->rows, i));
  fit_widths (table);
  table->measured = TRUE;
  if (table->headings != NULL)
    put_row (table, table->headings);
  for (guint i = 0; i < table->rows->len; i++)
    put_row (table, g_ptr_array_index (table->rows, i));
  g_ptr_array_set_size (table->rows, 0);
}

void
sat_grid_add (SatGrid *table, const char *const *cells)
{
  g_auto (GStrv) row = g_new0 (char *, table->n + 1);

  for (guint i = 0; i < table->n; i++)
    row[i] = sat_one_line (cells[i] != NULL ? cells[i] : "");
  if (table->measured)
    {
      put_row (table, row);
      return;
    }
  g_ptr_array_add (table->rows, g_steal_pointer (&row));
  if (table->rows->len >= MEASURED_ROWS)
    measure (table);
}

void
sat_grid_finish (SatGrid *table)
{
  if (!table->measured)
    measure (table);
}
