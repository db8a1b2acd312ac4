/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pushing: this device's branches from outbox.git to the hub. */
#pragma once

#include "sync/sat-sync-job.h"

G_BEGIN_DECLS

/* Pushes what the hub does not have and marks it pushed: SEALED are the change-sets whose fate is
 * open, all committed, and what the hub lost of older ones goes too. A branch on which the hub has
 * a commit that is not in ours is left alone and added to job->foreign.
 *
 * libgit2 says a push succeeded when the hub refused it, so it is believed only when the hub's
 * answer for the ref was read and the hub, asked again, shows our commit. */
gboolean sat_push (SatSyncJob *job, GPtrArray *sealed, GError **error);

G_END_DECLS
