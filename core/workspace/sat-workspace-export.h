/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Export from the replica: core/exchange does the writing, this the reading. */
#pragma once

#include "core/exchange/sat-export.h"
#include "core/workspace/sat-workspace.h"

G_BEGIN_DECLS

typedef void (*SatExportProgress) (guint64 done, guint64 total, gpointer data);

/* Writes the shown records that QUERY finds, in its order, to PATH; options.name is set here. COUNT
 * (may be NULL): how many. Nothing is at PATH, or what was there, when it fails. */
gboolean sat_workspace_export (SatWorkspace *workspace,
                               const SatQuery *query,
                               const char *path,
                               const SatExportOptions *options,
                               SatExportProgress progress,
                               gpointer progress_data,
                               GCancellable *cancellable,
                               guint64 *count,
                               GError **error);

G_END_DECLS
