/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records as they are shown, with derived fields (core/catalogue/sat-derived.h). Who changes
 * records has no use for these, and does not find them: sat_workspace_load, sat_workspace_field. */
#pragma once

#include "core/workspace/sat-workspace.h"

G_BEGIN_DECLS

/* As sat_workspace_field, and derived ones: for columns, orders, groups. */
const SatField *sat_workspace_field_shown (const SatWorkspace *workspace,
                                           const SatObject *object,
                                           const char *name,
                                           GError **error);
/* As sat_workspace_load, with the values of all derived fields that are not hidden. */
SatRecord *sat_workspace_load_shown (SatWorkspace *workspace,
                                     const SatObject *object,
                                     const SatId *id,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* As sat_workspace_load_rows, for showing N_FIELDS FIELDS: pictures are read and derived fields are
 * computed where they are among these. */
GPtrArray *sat_workspace_load_columns (SatWorkspace *workspace,
                                       const SatObject *object,
                                       const gint64 *rows,
                                       guint n,
                                       const SatField *const *fields,
                                       guint n_fields,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
