/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file of records whose values bear their names (vCard, JSON lines), as rows of a table: opening
 * reads it through once to find the columns. SatImportFile stands before it. */
#pragma once

#include "core/exchange/sat-import-bytes.h"
#include "core/exchange/sat-import-file.h"
#include "core/exchange/sat-import-named.h"

G_BEGIN_DECLS

typedef struct _SatNamedFile SatNamedFile;

typedef struct
{
  guint64 row;               /* its number in the file */
  guint64 done;              /* bytes read so far */
  const char *const *values; /* one for each column; borrowed */
  guint n;
  const GError *problem; /* NULL: none */
} SatNamedFileRow;

typedef gboolean (*SatNamedFileFunc) (const SatNamedFileRow *row, gpointer data, GError **error);

/* SOURCE is borrowed and must stay. INVALID: options that such a file has no use for, an object
 * that no card is about, text that is none. */
SatNamedFile *sat_named_file_open (const SatImportBytes *source,
                                   SatFileKind kind,
                                   const SatFileOptions *options,
                                   GCancellable *cancellable,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
void sat_named_file_free (SatNamedFile *file);

const char *sat_named_file_encoding (const SatNamedFile *file);
const SatNamedColumns *sat_named_file_columns (const SatNamedFile *file);
/* Hands every row to FUNC. */
gboolean sat_named_file_read (SatNamedFile *file,
                              SatNamedFileFunc func,
                              gpointer data,
                              GCancellable *cancellable,
                              GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatNamedFile, sat_named_file_free)

G_END_DECLS
