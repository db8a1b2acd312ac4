/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bytes that an import reads, as often as it likes: of a file, or in memory. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* One of the two; both are owned. */
typedef struct
{
  GFile *file;
  GBytes *bytes;
} SatImportBytes;

void sat_import_bytes_clear (SatImportBytes *source);
/* A seekable stream. NOT_FOUND: there is no such file, or it cannot be read. */
GInputStream *sat_import_bytes_open (const SatImportBytes *source,
                                     GCancellable *cancellable,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
guint64 sat_import_bytes_size (const SatImportBytes *source); /* bytes; 0: not known */
/* CAUSE as an error of ours. Returns FALSE. */
gboolean sat_import_bytes_fail (const GError *cause, GError **error);

G_END_DECLS
