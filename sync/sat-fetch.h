/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fetching: the hub's branches into inbox.git. */
#pragma once

#include "sync/sat-sync-job.h"

G_BEGIN_DECLS

/* Branches only grow: one that the hub shows as anything but a continuation of ours is refused
 * (ours stays, job->refused names it, and its device is held up with a message); one that the hub
 * shows shorter is left as it is here, unless what is missing was wrong in itself. Refs that are no
 * branches of ours are ignored. Nothing fetched is trusted: change-sets are checked when they are
 * read. */
gboolean sat_fetch (SatSyncJob *job, GError **error);

/* The same of what job->hub_tips says and the repository at job->hub has, which shows a part of the
 * branches and was not looked at by anybody: a branch that does not lead to what is here, or to a
 * beginning, fails before anything is changed. */
gboolean sat_fetch_part (SatSyncJob *job, GError **error);
/* Forgets what branch REF has here after TIP, the commit of change-set LAST; TIP NULL: all of it.
 * REF may be a key of job->tips. */
gboolean sat_fetch_set_back (
    SatSyncJob *job, const char *ref, const git_oid *tip, guint64 last, GError **error);

G_END_DECLS
