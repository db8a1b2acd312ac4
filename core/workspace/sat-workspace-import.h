/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Import into the replica: core/exchange does the reading, this the writing. */
#pragma once

#include "core/exchange/sat-import.h"
#include "core/workspace/sat-workspace.h"

G_BEGIN_DECLS

/* Imports STREAM in one transaction: all of it, or nothing. With DRY_RUN everything is done and
 * then rolled back, so that it finds exactly the errors an import would. References may name a
 * record by id, by a part of an id, or by its title. RESULT must be zeroed; clear it in any case.
 */
gboolean sat_workspace_import (SatWorkspace *workspace,
                               GInputStream *stream,
                               const SatImportOptions *options,
                               gboolean dry_run,
                               SatImportResult *result,
                               GError **error);

/* What a person wrote for a reference to a record of OBJECT (NULL: any, then an id or
 * OBJECT/title): an id, a unique part of one, or a title. */
gboolean sat_workspace_find_reference (
    SatWorkspace *workspace, const SatObject *object, const char *text, SatId *out, GError **error);

G_END_DECLS
