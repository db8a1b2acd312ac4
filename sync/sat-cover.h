/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the checkpoints on a hub cover, for whoever does not fetch them. Private to sync/.
 *
 * Beside checkpoint-<n> its maker puts cover-<n>: a commit of the same shape whose tree has one
 * file, "vector", the checkpoint's index with its "device" lines alone (docs/checkpoint-format.md).
 * It is some kilobytes where the checkpoint may be a gigabyte. A cover counts only while its
 * checkpoint is on the hub, too, and its maker is known here and not revoked. */
#pragma once

#include "core/change/sat-checkpoint.h"
#include "sync/sat-checkpoint-commit.h"
#include "sync/sat-sync-job.h"

G_BEGIN_DECLS

typedef struct
{
  SatCheckpointRef ref;
  GArray *vector; /* SatVectorEntry by device */
} SatCover;
void sat_cover_free (SatCover *cover);

/* Writes the cover of the checkpoint with INDEX (the text of state/INDEX). No ref is touched.
 * DRAFT->what is set. */
gboolean sat_cover_write (
    git_repository *repo, GBytes *index, SatCheckpointDraft *draft, git_oid *out, GError **error);
/* The one at commit ID, which stands at REF; SAT_ERROR_MALFORMED or _REFUSED if it is not sound. */
SatCover *sat_cover_read (git_repository *repo,
                          const git_oid *id,
                          const SatCheckpointRef *ref,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The same from the checkpoint at commit ID itself, of which no more than the index is needed. */
SatCover *sat_cover_of_checkpoint (git_repository *repo,
                                   const git_oid *id,
                                   const SatCheckpointRef *ref,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

guint64 sat_cover_number (const SatCover *cover, const SatId *device); /* 0: nothing of it */
/* Does COVER cover all that OLD does? */
gboolean sat_cover_has_all (const SatCover *cover, const SatCover *old);
/* Is it what INDEX, of its checkpoint, says? */
gboolean sat_cover_says (const SatCover *cover, const SatCheckpoint *index);

/* After a fetch: reads what inbox has of those that the hub shows into job->covers, and lets go of
 * the others. */
gboolean sat_covers_load (SatSyncJob *job, GError **error);

/* Up to which number a checkpoint on the hub covers DEVICE in BOOK; 0: none does. */
guint64 sat_covers_number (const SatSyncJob *job, const char *book, const SatId *device);
/* The same of those that this replica made, which say what is so. */
guint64 sat_covers_own_number (const SatSyncJob *job, const char *book, const SatId *device);
/* The first of all devices: SatVectorEntry. */
GArray *sat_covers_vector (const SatSyncJob *job, const char *book) G_GNUC_WARN_UNUSED_RESULT;
/* The books of which some checkpoint on the hub covers more than is applied here. */
char **sat_covers_ahead (SatSyncJob *job) G_GNUC_WARN_UNUSED_RESULT;
/* The one of checkpoint REF; NULL: it is not known. Owned by the job. */
const SatCover *sat_covers_find (SatSyncJob *job, const SatCheckpointRef *ref);
/* Is it known that checkpoint REF covers nothing that is not applied here? */
gboolean sat_covers_are_behind (SatSyncJob *job, const SatCheckpointRef *ref);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatCover, sat_cover_free)

G_END_DECLS
