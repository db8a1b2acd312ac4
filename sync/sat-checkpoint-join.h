/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Checkpoints of the hub, joined where they are needed. Private to sync/.
 *
 * A checkpoint is fetched into HOME/git/joining.git, a cache that is there only while it is taken
 * in. Only those are believed whose maker is known in book company (company's own: whoever made
 * it), and whose signature is the maker's. One that cannot be used is passed over for the next
 * older one; the change-sets, where they are still there, serve as well. */
#pragma once

#include "sync/sat-sync-job.h"

G_BEGIN_DECLS

/* Before change-sets are applied: goes on with what is half joined, and joins the newest checkpoint
 * of each book of which nothing is here. *JOINED: something was. */
gboolean sat_checkpoint_join_new (SatSyncJob *job, gboolean *joined, GError **error);

/* After: BOOKS (NULL-terminated) have devices of which something waits for what is not at hand. */
gboolean sat_checkpoint_join_missing (SatSyncJob *job,
                                      const char *const *books,
                                      gboolean *joined,
                                      GError **error);

/* Brings checkpoint REF, whose commit is ID, from the hub into REPO, one of this replica's own
 * caches, unless it is there. Nothing of it is looked at. */
gboolean sat_checkpoint_fetch (
    SatSyncJob *job, git_repository *repo, const char *ref, const git_oid *id, GError **error);

G_END_DECLS
