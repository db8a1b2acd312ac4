/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Import into the replica: core/exchange does the reading, this the writing. */
#pragma once

#include "core/exchange/sat-import.h"
#include "core/workspace/sat-workspace.h"

G_BEGIN_DECLS

/* The whole way, also for the desktop app on a thread of its own (sat_service_write):
 *
 *   SatImportFile *file = sat_import_file_open (...);    what it is, its columns and samples
 *   sat_import_plan_file (&options, file, &error);       the field proposed for each column
 *   (the person changes options.map, and so on, until sat_import_plan_check is content)
 *   sat_workspace_import (workspace, file, &options, TRUE, &result, &error);     verdicts
 *   sat_workspace_import (workspace, file, &options, FALSE, &result, &error);    for good
 *
 * Imports FILE in one transaction with one stamp: all of it, or nothing (with options.skip_bad: all
 * good rows). With DRY_RUN everything is done and then rolled back, so that it finds exactly the
 * errors an import would. While it runs other writers wait, for as long as it takes. References may
 * name a record by id, by a part of an id, by its title or by its code. RESULT must be zeroed;
 * clear it in any case; where it has no problems (NULL, or none) the error is about the file or the
 * columns. */
gboolean sat_workspace_import (SatWorkspace *workspace,
                               SatImportFile *file,
                               const SatImportOptions *options,
                               gboolean dry_run,
                               SatImportResult *result,
                               GError **error);

/* FUNC (may be NULL) is called, on the thread that writes, when a write of WORKSPACE has waited for
 * another program for a second. */
void
sat_workspace_set_waiting (SatWorkspace *workspace, void (*func) (gpointer data), gpointer data);

/* What a person wrote for a reference to a record of OBJECT (NULL: any, then an id or
 * OBJECT/title): an id, a unique part of one, or a title. Codes are known to an import only. */
gboolean sat_workspace_find_reference (
    SatWorkspace *workspace, const SatObject *object, const char *text, SatId *out, GError **error);

G_END_DECLS
