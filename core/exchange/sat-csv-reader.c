/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libcsv finds the quotes, commas and line ends; this file adds what RFC 4180 wants beyond that:
 * no trimming, equal rows, UTF-8, limits, and the place of every error. libcsv's callbacks cannot
 * stop it, so after the first error the rest of the chunk passes unseen (`error` is set). */
#include "core/exchange/sat-csv-reader.h"

#include <csv.h>
#include <string.h>

#include "core/base/sat-error.h"

#define CHUNK (64 * 1024)

typedef struct
{
  struct csv_parser parser;
  SatCsvRowFunc func;
  gpointer data;
  GString *bytes;    /* the values of the row being read, each with its NUL */
  GArray *starts;    /* gsize: where each of them begins in bytes */
  GPtrArray *values; /* the same as pointers, made when the row is complete */
  guint columns;     /* of the first row; 0 before it */
  gboolean ragged;
  guint64 row; /* number of the row being read */
  guint64 offset;
  int last_end; /* the character that ended the last line, to see CRLF as one */
  SatCsvPlace place;
  GError *error;
} CsvReader;

/* Nothing is white space: RFC 4180 keeps spaces. */
static int
never_space (unsigned char c)
{
  return 0;
}

static void
note_place (CsvReader *reader)
{
  reader->place.row = reader->row;
  reader->place.column = reader->starts->len + 1;
}

static void
fail_at_place (CsvReader *reader, SatErrorCode code, const char *msgid)
{
  g_autofree char *row = g_strdup_printf ("%" G_GUINT64_FORMAT, reader->row);
  g_autofree char *column = g_strdup_printf ("%u", reader->starts->len + 1);

  note_place (reader);
  g_clear_error (&reader->error);
  sat_fail (&reader->error, code, msgid, row, column, NULL);
}

static void
fail_ragged (CsvReader *reader, guint n)
{
  g_autofree char *row = g_strdup_printf ("%" G_GUINT64_FORMAT, reader->row);
  g_autofree char *has = g_strdup_printf ("%u", n);
  g_autofree char *wants = g_strdup_printf ("%u", reader->columns);

  reader->place.row = reader->row;
  reader->place.column = MIN (n, reader->columns) + 1;
  sat_fail (&reader->error, SAT_ERROR_INVALID,
            N_ ("row %s: %s values where the first row has %s; every row needs as many"), row, has,
            wants, NULL);
}

static void
take_value (CsvReader *reader, const char *value, gsize length)
{
  gsize start = reader->bytes->len;

  if (reader->starts->len >= SAT_CSV_MAX_COLUMNS)
    fail_at_place (reader, SAT_ERROR_TOO_LONG,
                   N_ ("row %s, column %s: too many columns; at most 1000 can be read"));
  else if (length > SAT_CSV_MAX_VALUE || start + length > SAT_CSV_MAX_ROW)
    fail_at_place (reader, SAT_ERROR_TOO_LONG,
                   N_ ("row %s, column %s: too long; a value may have 1 MiB, a row 4 MiB"));
  else if (memchr (value, 0, length) != NULL)
    fail_at_place (
        reader, SAT_ERROR_INVALID,
        N_ ("row %s, column %s: a NUL byte; this is not a text file, or it is UTF-16: save "
            "it as CSV in UTF-8"));
  else if (!g_utf8_validate (value, (gssize) length, NULL))
    fail_at_place (reader, SAT_ERROR_INVALID,
                   N_ ("row %s, column %s: not UTF-8; save the file as CSV in UTF-8"));
  else
    {
      g_array_append_val (reader->starts, start);
      g_string_append_len (reader->bytes, value, (gssize) length);
      g_string_append_c (reader->bytes, '\0');
    }
}

static void
hand_over_row (CsvReader *reader)
{
  SatCsvRow row = { reader->row, reader->offset, NULL, reader->starts->len };

  if (reader->columns == 0)
    reader->columns = row.n;
  if (row.n != reader->columns && !reader->ragged)
    {
      fail_ragged (reader, row.n);
      return;
    }
  g_ptr_array_set_size (reader->values, 0);
  for (guint i = 0; i < row.n; i++)
    g_ptr_array_add (reader->values, reader->bytes->str + g_array_index (reader->starts, gsize, i));
  row.values = (const char *const *) reader->values->pdata;
  if (!reader->func (&row, reader->data, &reader->error))
    {
      reader->place.row = reader->row;
      return;
    }
  g_string_truncate (reader->bytes, 0);
  g_array_set_size (reader->starts, 0);
  reader->row++;
}

static void
on_value (void *value, size_t length, void *data)
{
  CsvReader *reader = data;

  if (reader->error == NULL)
    take_value (reader, value != NULL ? value : "", length);
}

/* END is the line's last character, -1 at the end of the file. */
static void
on_row (int end, void *data)
{
  CsvReader *reader = data;
  gboolean second_half = end == CSV_LF && reader->last_end == CSV_CR;

  if (reader->error != NULL)
    return;
  reader->last_end = end;
  if (reader->starts->len > 0)
    hand_over_row (reader);
  else if (second_half)
    return;
  else if (reader->columns <= 1)
    {
      take_value (reader, "", 0);
      hand_over_row (reader);
    }
  else
    reader->row++;
}

static void
fail_to_parse (CsvReader *reader)
{
  if (reader->error != NULL)
    return;
  if (csv_error (&reader->parser) != CSV_EPARSE)
    fail_at_place (reader, SAT_ERROR_FAILED, N_ ("row %s, column %s: no memory for the value"));
  else if (reader->parser.quoted)
    fail_at_place (reader, SAT_ERROR_INVALID,
                   N_ ("row %s, column %s: text after a closing quote; a quote inside a quoted "
                       "value is written twice"));
  else
    fail_at_place (reader, SAT_ERROR_INVALID,
                   N_ ("row %s, column %s: a quote in a value that is not quoted; put the value in "
                       "quotes and write the quote twice"));
}

static gboolean
parse_chunk (CsvReader *reader, const char *chunk, gsize length)
{
  gsize done = csv_parse (&reader->parser, chunk, length, on_value, on_row, reader);

  if (done != length)
    fail_to_parse (reader);
  else if (reader->error == NULL && reader->parser.entry_pos > SAT_CSV_MAX_VALUE)
    fail_at_place (reader, SAT_ERROR_TOO_LONG,
                   N_ ("row %s, column %s: over 1 MiB; is a closing quote missing?"));
  return reader->error == NULL;
}

static gboolean
parse_end (CsvReader *reader)
{
  if (csv_fini (&reader->parser, on_value, on_row, reader) != 0 && reader->error == NULL)
    fail_at_place (reader, SAT_ERROR_INVALID,
                   N_ ("row %s, column %s: the closing quote is missing"));
  return reader->error == NULL;
}

static gboolean
fail_reading (CsvReader *reader, const GError *cause)
{
  note_place (reader);
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return sat_fail (&reader->error, SAT_ERROR_CANCELLED, N_ ("stopped; nothing was changed"),
                     NULL);
  return sat_fail (&reader->error, SAT_ERROR_FAILED, N_ ("cannot read the file: %s"),
                   cause->message, NULL);
}

static gboolean
read_all (CsvReader *reader, GInputStream *stream, GCancellable *cancellable)
{
  g_autofree char *buffer = g_malloc (CHUNK);
  g_autoptr (GError) cause = NULL;
  gboolean first = TRUE;

  for (;;)
    {
      const char *at = buffer;
      gsize length;

      if (g_cancellable_set_error_if_cancelled (cancellable, &cause) ||
          !g_input_stream_read_all (stream, buffer, CHUNK, &length, cancellable, &cause))
        return fail_reading (reader, cause);
      if (length == 0)
        return parse_end (reader);
      reader->offset += length;
      if (first && length >= 3 && memcmp (at, "\xef\xbb\xbf", 3) == 0)
        {
          at += 3;
          length -= 3;
        }
      first = FALSE;
      if (!parse_chunk (reader, at, length))
        return FALSE;
    }
}

gboolean
sat_csv_read (GInputStream *stream,
              const SatCsvDialect *dialect,
              SatCsvRowFunc func,
              gpointer data,
              SatCsvPlace *place,
              GCancellable *cancellable,
              GError **error)
{
  CsvReader reader = { .func = func, .data = data, .row = 1 };
  gboolean ok;

  if (csv_init (&reader.parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL) != 0)
    return sat_fail (error, SAT_ERROR_FAILED, N_ ("cannot start the CSV reader"), NULL);
  if (dialect != NULL)
    {
      csv_set_delim (&reader.parser, (unsigned char) dialect->delimiter);
      reader.ragged = dialect->ragged;
    }
  csv_set_space_func (&reader.parser, never_space);
  csv_set_blk_size (&reader.parser, 16 * 1024);
  reader.bytes = g_string_new (NULL);
  reader.starts = g_array_new (FALSE, FALSE, sizeof (gsize));
  reader.values = g_ptr_array_new ();

  ok = read_all (&reader, stream, cancellable);

  if (!ok && place != NULL)
    *place = reader.place;
  if (!ok)
    g_propagate_error (error, reader.error);
  g_string_free (reader.bytes, TRUE);
  g_array_unref (reader.starts);
  g_ptr_array_unref (reader.values);
  csv_free (&reader.parser);
  return ok;
}
