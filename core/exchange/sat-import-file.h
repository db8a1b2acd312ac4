/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file with records in it, as rows of a table: what it is, its columns with a few of their
 * values, and its rows, as often as they are wanted. What field a column goes to is not known here
 * (sat-import.h), but for cards, whose columns are called as the fields of the object are
 * (sat-vcard-row.h): a row is a card there, and has its number. In JSON lines a row is a line, and
 * every name that stands in any of them is a column.
 *
 * Opening finds out what a person need not say: the kind of file, the encoding, the delimiter. The
 * first row with something in it names the columns, unless there is no header; then they are called
 * 1, 2, 3 ... Nameless columns at the end are left off. A file belongs to one thread at a time. */
#pragma once

#include <gio/gio.h>

#include "core/catalogue/sat-catalogue.h"

G_BEGIN_DECLS

typedef enum
{
  SAT_FILE_CSV,
  SAT_FILE_XLSX,
  SAT_FILE_VCARD,
  SAT_FILE_JSON_LINES,
} SatFileKind;

/* A zeroed one: find everything out. */
typedef struct
{
  const SatObject *object; /* what the records are to be; may be NULL */
  const char *encoding;    /* as a person writes it; NULL: found */
  char delimiter;          /* 0: found */
  gboolean no_header;      /* of a table; says nothing about cards and JSON */
  const char *sheet;       /* its name or number from 1; NULL: the first */
} SatFileOptions;

typedef struct _SatImportFile SatImportFile;

/* NOT_FOUND: no such file. INVALID: this cannot be imported, and why. */
SatImportFile *sat_import_file_open (GFile *file,
                                     const SatFileOptions *options,
                                     GCancellable *cancellable,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The same for bytes in memory. */
SatImportFile *sat_import_file_open_bytes (GBytes *bytes,
                                           const SatFileOptions *options,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
void sat_import_file_free (SatImportFile *file);

/* ---- what was found ---- */

SatFileKind sat_import_file_kind (const SatImportFile *file);
const char *sat_import_file_kind_name (const SatImportFile *file); /* "csv" ... */
const char *
sat_import_file_encoding (const SatImportFile *file);       /* "UTF-8" ...; NULL: not a text */
char sat_import_file_delimiter (const SatImportFile *file); /* 0: there is none */
guint sat_import_file_n_sheets (const SatImportFile *file); /* 0: it has no sheets */
const char *sat_import_file_sheet (const SatImportFile *file, guint i);
guint sat_import_file_sheet_read (const SatImportFile *file); /* which of them is read */
guint64 sat_import_file_size (const SatImportFile *file);     /* bytes */

#define SAT_FILE_SAMPLES 5

guint sat_import_file_n_columns (const SatImportFile *file);            /* 0: the file is empty */
const char *const *sat_import_file_columns (const SatImportFile *file); /* NULL-terminated */
/* No field is meant for what the column holds, such as the photos of cards: it is left out unless a
 * person says where it goes. Other columns have to go somewhere. */
gboolean sat_import_file_is_spare (const SatImportFile *file, guint column);
/* The first values of a column, empty ones left out: SAT_FILE_SAMPLES at most, NULL-terminated. */
const char *const *sat_import_file_samples (const SatImportFile *file, guint column);

/* ---- its rows ---- */

typedef enum
{
  SAT_IMPORT_GOOD,
  SAT_IMPORT_CELL_ERROR, /* the spreadsheet shows an error, which is the value here: #N/A */
  SAT_IMPORT_NO_VALUE,   /* a formula that was never computed */
} SatImportFault;

typedef struct
{
  guint64 row;               /* as a spreadsheet numbers it, the header is one too */
  guint64 done;              /* bytes of the file read so far */
  const char *const *values; /* one for each column; borrowed, gone after the call */
  guint n;                   /* of values: the number of columns */
  const guint8 *faulty;      /* NULL, or a SatImportFault for each value */
  const GError *problem;     /* the whole row cannot be taken; NULL: it can */
  guint problem_column;      /* where; n: not known */
} SatImportRow;

/* Where reading failed; 0: not known. Both count from 1. */
typedef struct
{
  guint64 row;
  guint column;
} SatImportPlace;

/* FALSE (with ERROR set) ends the reading. */
typedef gboolean (*SatImportRowFunc) (const SatImportRow *row, gpointer data, GError **error);

/* Hands every row after the header to FUNC. On failure PLACE (may be NULL) says where, with a
 * column only where the file itself is wrong (a quote that is never closed, damage) and not when
 * FUNC ended the reading. */
gboolean sat_import_file_read (SatImportFile *file,
                               SatImportRowFunc func,
                               gpointer data,
                               SatImportPlace *place,
                               GCancellable *cancellable,
                               GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatImportFile, sat_import_file_free)

G_END_DECLS
