/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a cell of a workbook shows, from the number in the file and its number format. Numbers are
 * handled as decimal text: never a digit that the spreadsheet program would not show. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  SAT_XLSX_PLAIN,
  SAT_XLSX_PERCENT,
  SAT_XLSX_ZEROS, /* padded with zeros to `zeros` digits */
  SAT_XLSX_DATE,
  SAT_XLSX_CLOCK, /* a time of day */
} SatXlsxKind;

typedef struct
{
  SatXlsxKind kind;
  guint zeros;
} SatXlsxFormat;

/* The built-in number format ID; plain if it is none that matters here. */
SatXlsxFormat sat_xlsx_builtin_format (guint id);
/* A format code, such as yyyy"年"m"月"d"日" or 0.00%. */
SatXlsxFormat sat_xlsx_parse_format (const char *code);

/* The number TEXT as shown: 15 digits at most, no exponent; dates as 2026-11-21 or 2026-11-21
 * 08:00:00, times of day as 08:00:00. NULL if TEXT is no number. DATE1904: the workbook counts days
 * from 1904. */
char *sat_xlsx_show_number (const SatXlsxFormat *format,
                            const char *text,
                            gboolean date1904) G_GNUC_WARN_UNUSED_RESULT;

/* TEXT with _x000D_ and its like as the characters they stand for. Newly allocated. */
char *sat_xlsx_unescape (const char *text) G_GNUC_WARN_UNUSED_RESULT;

/* The reverse for what only looks like such an escape; newly allocated. */
char *sat_xlsx_escape (const char *text) G_GNUC_WARN_UNUSED_RESULT;

/* "BC12": column 54 (from 0), row 12 (from 1). FALSE if it is no place of a sheet. */
gboolean sat_xlsx_parse_place (const char *text, guint *column, guint64 *row);

G_END_DECLS
