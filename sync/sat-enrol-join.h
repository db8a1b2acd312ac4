/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Joining a closed workspace (docs/enrolment.md): from the code that a person was given to a device
 * that is let in. */
#pragma once

#include "core/workspace/sat-workspace-enrol.h"
#include "sync/sat-sync-job.h"

G_BEGIN_DECLS

/* Of a replica just made, that has fetched from WHERE: its hub, or a bundle. An open workspace:
 * nothing happens, and a CODE is refused. A closed one: finds out who founded it, since the
 * invitation that CODE takes up fits no other; takes in book `enrolment`, and takes the invitation
 * up. *OUT: it, or NULL. CODE NULL: SAT_ERROR_REFUSED. */
gboolean sat_enrol_join (
    SatSyncJob *job, const char *where, const char *code, SatInvitation **out, GError **error);

/* The devices that may have founded the workspace whose branches of book `enrolment` are in REPO:
 * those whose first change-set of it invites somebody and has seen nothing. SatId. */
GArray *sat_enrol_founders (git_repository *repo, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
