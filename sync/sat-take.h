/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Taking branches out of a repository that anybody may have written to. Private to sync/.
 *
 * Only what a change-set is made of is copied: commit, tree, its text, the files that come with it,
 * each within its limit, which is looked at before anything is unpacked. So a branch that somebody
 * made of gigabytes, of trees in trees, or of things that are not there costs a few reads. */
#pragma once

#include "sync/sat-git.h"

G_BEGIN_DECLS

typedef struct _SatTake SatTake;

SatTake *sat_take_new (git_repository *from, git_repository *to) G_GNUC_WARN_UNUSED_RESULT;
void sat_take_free (SatTake *take);

/* Plans to copy branch REF, which ends at TIP, back to what TO has or to its beginning. What is no
 * change-set of the right shape, or cannot be read, and all that was built on it is left out: then
 * *PROBLEM is set, and *LAST is the commit before it (all zero: there is none to copy). FALSE only
 * when CHECK stopped it. */
gboolean sat_take_branch (SatTake *take,
                          const git_oid *tip,
                          gboolean (*check) (gpointer data, GError **error),
                          gpointer data,
                          git_oid *last,
                          GError **problem,
                          GError **error);

/* The same of what says what a checkpoint covers: a commit with the one file "vector". FALSE: it is
 * not of that shape, and nothing of it is copied. */
gboolean sat_take_cover (SatTake *take, const git_oid *tip);

/* The same of a checkpoint: its folders and all files in them, as many and as large as a checkpoint
 * may have. FALSE with SAT_ERROR_NOT_FOUND (something is missing), SAT_ERROR_MALFORMED, or that of
 * CHECK: nothing is planned. */
gboolean sat_take_checkpoint (SatTake *take,
                              const git_oid *id,
                              gboolean (*check) (gpointer data, GError **error),
                              gpointer data,
                              GError **error);

/* Copies what was planned. Adds the bytes of the pack to *BYTES. */
gboolean sat_take_run (SatTake *take, guint64 *bytes, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatTake, sat_take_free)

G_END_DECLS
