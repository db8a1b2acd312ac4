/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quotes are followed as RFC 4180 has them, so that a delimiter in a quoted value does not count.
 */
#include "core/exchange/sat-csv-dialect.h"

#define ROWS 200

typedef struct
{
  guint first; /* values in the first row */
  guint rows;  /* with something in them */
  guint equal; /* of them as long as the first */
} Shape;

static void
end_row (Shape *shape, guint values, gboolean blank)
{
  if (blank)
    return;
  if (shape->rows == 0)
    shape->first = values;
  shape->rows++;
  shape->equal += values == shape->first;
}

static gboolean
ends_line (char c)
{
  return c == '\n' || c == '\r';
}

static Shape
shape_with (const char *text, gsize length, char delimiter)
{
  Shape shape = { 0 };
  gboolean quoted = FALSE;
  gboolean begins = TRUE;
  gboolean blank = TRUE;
  guint values = 1;

  for (gsize i = 0; i < length && shape.rows < ROWS; i++)
    {
      char c = text[i];

      if (quoted ? c == '"' : c == '"' && begins)
        quoted = !quoted;
      else if (!quoted && c == '"' && i > 0 && text[i - 1] == '"')
        quoted = TRUE;
      else if (!quoted && ends_line (c))
        {
          end_row (&shape, values, blank);
          values = 1;
          blank = TRUE;
        }
      else if (!quoted && c == delimiter)
        values++;
      begins = !quoted && (c == delimiter || ends_line (c));
      blank = blank && ends_line (c);
    }
  /* A whole file of one line without its end. */
  if (shape.rows == 0)
    end_row (&shape, values, blank);
  return shape;
}

char
sat_csv_find_delimiter (const char *text, gsize length)
{
  static const char candidates[] = { ',', ';', '\t', '|' };
  char even = ',', most = ',';
  guint even_values = 1, most_values = 1;

  if (length >= 3 && (guchar) text[0] == 0xef && (guchar) text[1] == 0xbb)
    {
      text += 3;
      length -= 3;
    }
  for (guint i = 0; i < G_N_ELEMENTS (candidates); i++)
    {
      Shape shape = shape_with (text, length, candidates[i]);

      if (shape.equal == shape.rows && shape.first > even_values)
        {
          even = candidates[i];
          even_values = shape.first;
        }
      if (shape.first > most_values)
        {
          most = candidates[i];
          most_values = shape.first;
        }
    }
  return even_values > 1 ? even : most;
}
