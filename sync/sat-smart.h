/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fetching over ssh and http. libgit2 1.5 tells the other side what is here by walking all refs
 * from the newest commit back, twenty commits at a time, and stops at the first one that both have:
 * with many branches, all of a branch that it did not come to is sent again. So a fetch is done
 * through a repository of its own, HOME/git/view.git, which has the objects of inbox.git but as
 * refs only the old tips of branches that moved; these few are chosen so that the walk names each
 * of them among its first twenty commits; and exactly these branches are asked for.
 *
 * None of this may be done over a path, where libgit2 sends all branches that are no refs here. */
#pragma once

#include "sync/sat-sync-job.h"

G_BEGIN_DECLS

/* How many commits are named to the other side at once. */
#define SAT_SMART_HAVES 20

/* Connects job->remote, to look at the hub and then to fetch, with the view of inbox. */
gboolean sat_smart_open (SatSyncJob *job, GError **error);

/* Brings the objects of every branch in job->hub_tips that are not in inbox; no ref of inbox moves.
 * Uses up job->remote, and connects again for each further group of branches. */
gboolean sat_smart_download (SatSyncJob *job, GError **error);

G_END_DECLS
