/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes records to a file, one by one and in constant memory: CSV, a workbook, JSON lines, vCards.
 * The file appears under its name when it is complete, never half.
 *
 * What is written imports again to equal values (sat-import-file.h): the first column is the id,
 * the others are called as the fields are; fields and choices of a company's own by their labels,
 * which another workspace knows too. References stand as their titles where a title names one
 * record, else as ids; tags with commas between them; everything else as canonical text. A card has
 * properties in their stead (sat-vcard-writer.h).
 *
 * A text in a CSV file that a spreadsheet program would take for a formula (it begins with = + - @
 * tab or CR) gets an apostrophe before it, which import takes away again. In workbooks texts are
 * marked as such and need none.
 *
 * Pictures are in cards and JSON lines, in CSV files where they are asked for, and never in
 * workbooks, whose cells hold 32,767 characters. */
#pragma once

#include <gio/gio.h>

#include "core/access/sat-access.h"
#include "core/record/sat-record.h"

G_BEGIN_DECLS

typedef enum
{
  SAT_EXPORT_CSV,
  SAT_EXPORT_XLSX,
  SAT_EXPORT_JSON_LINES,
  SAT_EXPORT_VCARD,
} SatExportFormat;

/* What there is to choose from; a new format is a row of this table. */
typedef struct
{
  SatExportFormat format;
  const char *name;     /* "csv"; with a dot before it the ending of its files */
  const char *endings;  /* all that its files may have: ".jsonl .ndjson" */
  const char *label;    /* msgid: what it is, for people */
  gboolean has_charset; /* encoding and bom are its options */
  /* Can records of OBJECT be written so? NULL: of any. */
  gboolean (*takes) (const SatObject *object);
} SatExportKind;
/* All formats, that which most people want first. */
const SatExportKind *sat_export_kinds (guint *n);

/* The format of PATH by its ending, in upper or lower case; FALSE: none is known. */
gboolean sat_export_format_of (const char *path, SatExportFormat *out);

/* How the record ID that FIELD refers to is written; newly allocated. */
typedef char *(*SatExportName) (const SatField *field, const char *id, gpointer data);

typedef struct
{
  const SatObject *object;
  SatExportFormat format;
  /* N of them; NULL: all that are stored and not hidden, without pictures in CSV and workbooks */
  const SatField *const *fields;
  guint n_fields;
  const char *encoding; /* CSV: for iconv, see sat_encoding_name; NULL: UTF-8 */
  gboolean bom;         /* CSV in UTF-8: with a byte-order mark, as Excel wants it */
  gboolean vcard_3;     /* vCard: version 3.0, for older programs, and not 4.0 */
  SatExportName name;
  gpointer name_data;
  const SatAccess *access; /* of whoever exports: fields that he may not are left out, and refused
                              where they are asked for; NULL: none */
} SatExportOptions;

typedef struct _SatExport SatExport;

/* INVALID: records of this object, or one of the fields, cannot be written in this format. */
SatExport *sat_export_open (const char *path,
                            const SatExportOptions *options,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* What is written: the records need no other values. */
const SatField *const *sat_export_fields (const SatExport *export, guint *n);
/* INVALID, TOO_LONG: this value cannot be written in this format. */
gboolean sat_export_add (SatExport *export, const SatRecord *record, GError **error);
/* Completes the file. */
gboolean sat_export_finish (SatExport *export, GError **error);
/* Without sat_export_finish the file is not there, or as it was. */
void sat_export_free (SatExport *export);

/* The text that import reads as VALUE, and that no program takes for a formula; NULL: VALUE itself
 * serves. */
char *sat_export_guard (const char *value);
/* The reverse: a place in VALUE. */
const char *sat_export_unguard (const char *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatExport, sat_export_free)

G_END_DECLS
