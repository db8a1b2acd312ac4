/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as comma-separated text (the first byte is the delimiter, and whether rows may be of
 * any length): refused with a reason and its place, or rows that, written as core/exchange writes
 * them, are read as the same. */
#include <string.h>

#include "core/base/sat-error.h"
#include "core/exchange/sat-csv-reader.h"
#include "core/exchange/sat-csv-writer.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static gboolean
on_row (const SatCsvRow *row, gpointer data, GError **error)
{
  GPtrArray *rows = data;
  char **values = g_new0 (char *, row->n + 1);

  for (guint i = 0; i < row->n; i++)
    {
      g_assert_true (g_utf8_validate (row->values[i], -1, NULL));
      values[i] = g_strdup (row->values[i]);
    }
  g_ptr_array_add (rows, values);
  return TRUE;
}

static GPtrArray *
read_rows (const char *text,
           gsize length,
           const SatCsvDialect *dialect,
           SatCsvPlace *place,
           GError **error)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (text, (gssize) length,
                                                                         NULL);

  sat_csv_read (stream, dialect, on_row, rows, place, NULL, error);
  return rows;
}

static void
read_again (GPtrArray *rows)
{
  const SatCsvDialect dialect = { ',', TRUE };
  /* The mark goes; a value that begins with another one keeps it. */
  g_autoptr (GString) text = g_string_new ("\xef\xbb\xbf");
  g_autoptr (GPtrArray) again = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < rows->len; i++)
    sat_csv_append_row (text, rows->pdata[i], g_strv_length (rows->pdata[i]));
  again = read_rows (text->str, text->len, &dialect, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (again->len, ==, rows->len);
  for (guint i = 0; i < rows->len; i++)
    g_assert_true (g_strv_equal (rows->pdata[i], again->pdata[i]));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static const char delimiters[] = ",;\t|";
  SatCsvDialect dialect = { 0 };
  SatCsvPlace place = { 0, 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  if (size == 0)
    return 0;
  dialect.delimiter = delimiters[data[0] % 4];
  dialect.ragged = (data[0] & 4) != 0;
  rows = read_rows ((const char *) data + 1, size - 1, &dialect, &place, &error);
  if (error == NULL)
    read_again (rows);
  else
    g_assert_true (place.row > 0 && place.column > 0 && g_utf8_validate (error->message, -1, NULL));
  return 0;
}
