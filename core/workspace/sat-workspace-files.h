/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that people attach to records: a value of a field of type attachment says which file it is,
 * and the file is kept here and travels with the change-set. */
#pragma once

#include "core/value/sat-attachment.h"
#include "core/workspace/sat-workspace.h"

G_BEGIN_DECLS

/* Keeps BYTES and returns the value that says them, under NAME (of a path, the last part), for a
 * field of type attachment. Nothing refers to the file until such a value is saved.
 * SAT_ERROR_TOO_LONG: more than SAT_FILE_MAX bytes. */
char *sat_workspace_attach (SatWorkspace *workspace,
                            const char *name,
                            GBytes *bytes,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The file that VALUE says. SAT_ERROR_INVALID: it is no attachment; SAT_ERROR_NOT_FOUND: the file
 * is not here. Whoever has the value was allowed to read it. */
GBytes *sat_workspace_attached (SatWorkspace *workspace,
                                const char *value,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
