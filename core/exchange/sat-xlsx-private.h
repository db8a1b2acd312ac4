/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shared by the files that read workbooks: a part of the archive as XML, and the open workbook. */
#pragma once

#include <libxml/xmlreader.h>
#include <zip.h>

#include "core/exchange/sat-xlsx-value.h"
#include "core/exchange/sat-xlsx.h"

G_BEGIN_DECLS

/* One file of the archive while it is read. */
typedef struct
{
  xmlTextReader *xml;
  zip_file_t *file;
  guint64 size; /* as the archive says; 0: it does not */
  guint64 read;
  guint64 most; /* more is refused */
} SatXlsxPart;

struct _SatXlsx
{
  zip_t *zip;
  GBytes *bytes; /* what the archive is in, if it is in memory */
  gboolean date1904;
  GPtrArray *names;   /* of the sheets */
  GPtrArray *paths;   /* of the sheets, in the archive */
  GArray *formats;    /* SatXlsxFormat, by the style of a cell */
  GString *text;      /* all shared strings, each with its NUL */
  GArray *strings;    /* gsize: where each begins in text */
  char *strings_path; /* NULL: there are none */
  gboolean strings_read;
};

/* The number of the file PATH in the archive; negative: there is none. */
zip_int64_t sat_xlsx_locate (zip_t *zip, const char *path);
/* FALSE with an error: too large, protected, damaged. A missing part is an error too. */
gboolean sat_xlsx_part_open (SatXlsxPart *part, zip_t *zip, const char *path, GError **error);
void sat_xlsx_part_close (SatXlsxPart *part);
/* The next node. FALSE at the end, with ERROR set if it is no good end. */
gboolean sat_xlsx_part_next (SatXlsxPart *part, GError **error);
/* Is the node the beginning / the end of an element called NAME, in whatever namespace? */
gboolean sat_xlsx_part_begins (const SatXlsxPart *part, const char *name);
gboolean sat_xlsx_part_ends (const SatXlsxPart *part, const char *name);
/* An attribute by its name without the namespace; newly allocated, NULL if it is not there. */
char *sat_xlsx_part_attribute (const SatXlsxPart *part, const char *name);
/* The text of the node if it is one; NULL if not. Borrowed. */
const char *sat_xlsx_part_text (const SatXlsxPart *part);

/* Reads the shared strings, once. */
gboolean sat_xlsx_read_strings (SatXlsx *xlsx, GError **error);
const char *sat_xlsx_string (const SatXlsx *xlsx, guint64 index); /* NULL: there is none */

gboolean sat_xlsx_fail_damaged (GError **error);

G_END_DECLS
