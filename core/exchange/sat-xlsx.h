/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the cells of a workbook (XLSX: a zip archive of XML) in one pass, with bounded memory but
 * for its table of strings. Values are what the spreadsheet program shows, as text: numbers to 15
 * digits without exponent, dates as 2026-11-21, TRUE and FALSE, the last result of a formula. A
 * merged cell has its value in its first place and is empty in the others.
 *
 * Refused: what is no workbook, what is protected with a password, damage, XML with a document
 * type, and archives that unpack to more than the limits. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define SAT_XLSX_MAX_ENTRIES 10000
#define SAT_XLSX_MAX_SHEETS 1000
#define SAT_XLSX_MAX_COLUMNS 1000
#define SAT_XLSX_MAX_VALUE (1024 * 1024)                     /* bytes of one string */
#define SAT_XLSX_MAX_STRINGS ((guint64) 512 * 1024 * 1024)   /* bytes of all strings */
#define SAT_XLSX_MAX_PART ((guint64) 4 * 1024 * 1024 * 1024) /* bytes of one file, unpacked */
#define SAT_XLSX_MAX_RATIO 300 /* of a file over 16 MiB: unpacked to packed */

typedef struct _SatXlsx SatXlsx;

/* Of a file, or (FILE NULL) of BYTES. INVALID says why it cannot be read. */
SatXlsx *sat_xlsx_open (GFile *file, GBytes *bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void sat_xlsx_free (SatXlsx *xlsx);

guint sat_xlsx_n_sheets (const SatXlsx *xlsx); /* sheets with cells: no charts */
const char *sat_xlsx_sheet_name (const SatXlsx *xlsx, guint sheet);

typedef enum
{
  SAT_XLSX_GOOD,
  SAT_XLSX_ERROR,    /* the cell shows an error, which is its value here: #N/A */
  SAT_XLSX_NO_VALUE, /* a formula that was never computed */
} SatXlsxFault;

typedef struct
{
  guint64 row;               /* as the program numbers it */
  double done;               /* how much of the sheet has been read, 0 to 1 */
  const char *const *values; /* N of them, borrowed; "" for empty cells */
  const guint8 *faults;      /* SatXlsxFault of each; NULL: all good */
  guint n;
} SatXlsxRow;

/* FALSE (with ERROR set) ends the reading. */
typedef gboolean (*SatXlsxRowFunc) (const SatXlsxRow *row, gpointer data, GError **error);

/* Rows that have cells, in order. On failure *AT is the row near which it happened, 0: not known.
 */
gboolean sat_xlsx_read (SatXlsx *xlsx,
                        guint sheet,
                        SatXlsxRowFunc func,
                        gpointer data,
                        guint64 *at,
                        GCancellable *cancellable,
                        GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatXlsx, sat_xlsx_free)

G_END_DECLS
