/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a user may do, read from the records of book `company`: the role of the user, the teams and
 * managers of all users, and what the company grants to the role (object `permission`). */
#pragma once

#include "core/access/sat-access.h"
#include "core/store/sat-replica.h"

G_BEGIN_DECLS

/* Of the person whose record is USER, as ROLE, or (NULL) as the record says; one who is not active
 * any more as an observer. *OUT stays NULL where there is no such record. */
gboolean sat_rights_read (
    SatReplica *replica, const SatId *user, const char *role, SatAccess **out, GError **error);
/* What ROLE says of somebody who is in no team. */
SatAccess *sat_rights_read_role (SatReplica *replica,
                                 const char *role,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The role of that record; NULL: there is none. Newly allocated. */
char *sat_rights_role (SatReplica *replica, const SatId *user);
/* *FOUND: somebody else than USER is an administrator, and active. */
gboolean
sat_rights_other_admin (SatReplica *replica, const SatId *user, gboolean *found, GError **error);
/* Is there an administrator with a device in use, or anything granted? In a workspace that anybody
 * can join somebody has to become administrator before rights mean anything. */
gboolean sat_rights_are_in_force (SatReplica *replica, gboolean *in_force, GError **error);

G_END_DECLS
