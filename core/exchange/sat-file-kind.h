/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What kind of file something is, by its first bytes: a name may say anything. */
#pragma once

#include "core/exchange/sat-import-file.h"

G_BEGIN_DECLS

/* Reads the beginning of STREAM. INVALID: a kind that cannot be imported, and what to do about it.
 * What nothing else is, is taken for CSV. */
gboolean sat_file_kind_find (GInputStream *stream,
                             SatFileKind *out,
                             GCancellable *cancellable,
                             GError **error);

G_END_DECLS
