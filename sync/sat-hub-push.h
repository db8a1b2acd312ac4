/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sending refs to a hub, whatever way it is reached. */
#pragma once

#include "sync/sat-sync-job.h"

G_BEGIN_DECLS

/* Sends SPECS (char *): "FROM:TO" brings the hub's ref TO to what FROM is in REPO, with all that it
 * needs; it must be new there or a part of FROM's history. ":TO" deletes it. REMOTE is connected to
 * JOB's hub to push, or NULL: that is done here.
 *
 * A folder needs no remote: its repository is written to, each ref only if it still is what was
 * read just before. libgit2's own way over a path reads every ref and, from 1.9 on, refuses a hub
 * in which a ref of anybody names an object that is not there.
 *
 * What became of each ref is in job->push_status afterwards, and what the hub said besides in
 * job->said. FALSE: the hub could not be used, or is not as it was looked at. */
gboolean sat_hub_push (SatSyncJob *job,
                       git_repository *repo,
                       git_remote *remote,
                       const GPtrArray *specs,
                       GError **error);

G_END_DECLS
