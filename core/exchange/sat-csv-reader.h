/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads comma-separated text row by row, in one pass and bounded memory: strict RFC 4180 but for
 * the delimiter, UTF-8 with or without a byte-order mark, lines ended by LF, CRLF or CR. Values are
 * given exactly as they stand in the file (spaces, newlines in quotes), nothing is trimmed.
 *
 * Refused, with the row and the column: a quote inside an unquoted value, text after a closing
 * quote, a missing closing quote, a row with more or fewer values than the first one, bytes that
 * are not UTF-8, NUL, and what is over the limits. A blank line is a row with one empty value in a
 * file of one column, and nothing in any other file. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define SAT_CSV_MAX_COLUMNS 1000
#define SAT_CSV_MAX_VALUE (1024 * 1024)   /* bytes */
#define SAT_CSV_MAX_ROW (4 * 1024 * 1024) /* bytes */

typedef struct
{
  guint64 row;               /* as a spreadsheet numbers it: 1 is the first, blank lines count */
  guint64 offset;            /* bytes of the file read so far */
  const char *const *values; /* N of them; borrowed, gone after the call */
  guint n;
} SatCsvRow;

/* FALSE (with ERROR set) ends the reading. */
typedef gboolean (*SatCsvRowFunc) (const SatCsvRow *row, gpointer data, GError **error);

/* Where reading failed; 0: not known. Both count from 1. */
typedef struct
{
  guint64 row;
  guint column;
} SatCsvPlace;

/* NULL where one is asked for: a comma, and every row as long as the first. */
typedef struct
{
  char delimiter;  /* an ASCII character but quote, CR and LF */
  gboolean ragged; /* rows of any length are handed over; the caller looks at their n */
} SatCsvDialect;

/* Hands every row of STREAM, the header too, to FUNC. On failure PLACE (may be NULL) says where;
 * the errors are SAT_ERROR_INVALID (the text is wrong), SAT_ERROR_TOO_LONG, SAT_ERROR_CANCELLED,
 * SAT_ERROR_FAILED (reading) and whatever FUNC says. Rows before the place have been handed over.
 */
gboolean sat_csv_read (GInputStream *stream,
                       const SatCsvDialect *dialect,
                       SatCsvRowFunc func,
                       gpointer data,
                       SatCsvPlace *place,
                       GCancellable *cancellable,
                       GError **error);

G_END_DECLS
