/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quoting is libcsv's; this file decides where it is needed. A lone empty value is quoted, or the
 * row would be a blank line. */
#include "core/exchange/sat-csv-writer.h"

#include <csv.h>
#include <string.h>

static void
append_quoted (GString *out, const char *value)
{
  gsize length = strlen (value);
  gsize size = csv_write (NULL, 0, value, length);
  gsize start = out->len;

  g_string_set_size (out, start + size);
  csv_write (out->str + start, size, value, length);
}

void
sat_csv_append_row (GString *out, const char *const *values, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      const char *value = values[i] != NULL ? values[i] : "";

      if (i > 0)
        g_string_append_c (out, ',');
      if (strpbrk (value, "\",\r\n") != NULL || (n == 1 && *value == '\0'))
        append_quoted (out, value);
      else
        g_string_append (out, value);
    }
  g_string_append (out, "\r\n");
}
