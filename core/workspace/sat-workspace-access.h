/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the user of this replica may do, and what an administrator lets others do. The façade asks
 * for every read and write of a person; sync, doctor and what Satchel does by itself are not asked:
 * judging rights where changes arrive would let replicas diverge.
 *
 * Rights are in force once somebody is there to give them: in a closed workspace, as soon as an
 * administrator uses a device, or when anything is granted. Before that everybody may everything.
 *
 * What a laptop holds its owner can read in the end, with other tools. What somebody must not have
 * belongs into a book that this laptop does not hold (docs/permissions.md). */
#pragma once

#include "core/access/sat-access.h"
#include "core/workspace/sat-workspace.h"

G_BEGIN_DECLS

/* Of the user of this replica; NULL: everything. Borrowed; for use at once. */
const SatAccess *sat_workspace_access (SatWorkspace *workspace);
/* Of the user LOGIN, or of whoever has the role ROLE and belongs to no team (one of the two is
 * NULL), whether rights are in force or not. */
SatAccess *sat_workspace_access_of (SatWorkspace *workspace,
                                    const char *login,
                                    const char *role,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Are rights in force? */
gboolean sat_workspace_rights_hold (SatWorkspace *workspace);

/* May the user do that with the record ID, or (NULL) with any of OBJECT? Else SAT_ERROR_REFUSED. */
gboolean sat_workspace_check_right (SatWorkspace *workspace,
                                    const SatObject *object,
                                    SatRight right,
                                    const SatId *id,
                                    GError **error);
/* May the user write FIELD? Else SAT_ERROR_REFUSED. */
gboolean sat_workspace_check_field (SatWorkspace *workspace, const SatField *field, GError **error);

/* Grants, by an administrator: what GRANT says of ROLE is written over what was said before, what
 * it does not say (-1) stays. SAT_ERROR_INVALID where it cannot be: titles are always readable. */
gboolean sat_workspace_grant (SatWorkspace *workspace,
                              const char *role,
                              const SatGrant *grant,
                              GError **error);
/* Takes back what was granted to ROLE of OBJECT, or of FIELD of it: what is built in holds again.
 */
gboolean sat_workspace_ungrant (SatWorkspace *workspace,
                                const char *role,
                                const SatObject *object,
                                const SatField *field,
                                GError **error);
/* The record that says what ROLE may of OBJECT, or (not NULL) of FIELD of it. */
void
sat_workspace_permission_id (const char *role, const char *object, const char *field, SatId *id);
/* The names of the roles, the built-in ones first; borrowed from the catalogue. */
const SatChoice *sat_workspace_roles (SatWorkspace *workspace, guint *n);

G_END_DECLS
