/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The checkpoints that `satchel doctor` begins a replay with, where the first change-sets of a book
 * are gone: the own ones in HOME/git/checkpoints.git, else those of the hub, which is asked once,
 * and only if one is needed. Private to sync/.
 *
 * One can be begun with if it covers nothing that is not applied here, and from it on every
 * change-set that is applied here is still in inbox. */
#pragma once

#include "sync/sat-checkpoint-ref.h"
#include "sync/sat-sync-job.h"

G_BEGIN_DECLS

typedef struct
{
  SatCheckpointRef ref;
  git_oid id;
  gboolean on_hub; /* to be fetched first */
} SatReplayBase;

typedef struct _SatReplayBases SatReplayBases;

/* For JOB, whose hub is the workspace's. OFFLINE: the hub is not asked. */
SatReplayBases *sat_replay_bases_new (SatSyncJob *job, gboolean offline) G_GNUC_WARN_UNUSED_RESULT;
void sat_replay_bases_free (SatReplayBases *bases);

/* Those that a replay of BOOK can begin with, as far as can be told before they are read, in
 * the order in which to try them: SatReplayBase. HERE is the vector of the book (SatVectorEntry).
 * NULL on failure. */
GPtrArray *sat_replay_bases_find (SatReplayBases *bases,
                                  const char *book,
                                  const GArray *here,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Why the hub could not be asked, when it would have been; NULL: it was, or there was no need. */
const GError *sat_replay_bases_why (const SatReplayBases *bases);

/* Fetches BASE if need be, reads and checks all of it and takes it into SCRATCH, in which nothing
 * of its book is. FALSE with SAT_ERROR_CANCELLED when stopped; with any other error it cannot be
 * used, and SCRATCH is as it was unless the disk is to blame. */
gboolean sat_replay_bases_join (SatReplayBases *bases,
                                const SatReplayBase *base,
                                SatWorkspace *scratch,
                                GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatReplayBases, sat_replay_bases_free)

G_END_DECLS
