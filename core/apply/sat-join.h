/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Joining a checkpoint (docs/checkpoint-format.md): the state merge that equals applying the
 * change-sets it covers, whatever was here before. In slices, as foreign change-sets are
 * (sat-incoming.h): own open change-sets are sealed first, the vector moves with the last slice,
 * and a join that was interrupted is gone on with, or one that covers as much is taken in its
 * place. */
#pragma once

#include "core/apply/sat-local.h"
#include "core/change/sat-checkpoint.h"

G_BEGIN_DECLS

/* The text at PATH of the checkpoint (sat_shard_path, sat_checkpoint_index_path). NULL with
 * SAT_ERROR_NOT_FOUND: there is none; another error: it is wrong in itself or cannot be read. */
typedef GBytes *(*SatJoinText) (const char *path, gpointer data, GError **error);

typedef struct _SatJoin SatJoin;

/* A checkpoint of book BOOK made by device MAKER. NAME tells it from every other one, and has no
 * newline. */
SatJoin *sat_join_new (SatReplica *replica,
                       const char *book,
                       const char *name,
                       const SatId *maker,
                       SatJoinText text,
                       gpointer data) G_GNUC_WARN_UNUSED_RESULT;
void sat_join_free (SatJoin *join);

/* The vector it covers, after sat_join_check or alone. */
const SatCheckpoint *sat_join_index (SatJoin *join, GError **error);

/* Reads all of it, unless that was done when it was begun, and nothing is changed. *NEEDED: it
 * covers something that is not here.
 *   SAT_ERROR_REFUSED: it claims numbers of this device that it never made; its maker is revoked.
 *   SAT_ERROR_MALFORMED: it is damaged, or lacks a record. SAT_ERROR_NEWER: wait for an update.
 *   SAT_ERROR_BUSY: a change-set that it does not cover is half applied, or another checkpoint half
 * joined. */
gboolean sat_join_check (SatJoin *join, gboolean *needed, GError **error);

typedef struct
{
  guint64 records, total;
  gboolean done;
} SatJoinProgress;

/* After sat_join_check said that it is needed, and nothing of others was applied since: goes on for
 * about BUDGET_US microseconds (0: no bound), at most RECORDS of one shard (0: no bound), in one
 * transaction. */
gboolean sat_join_step (
    SatJoin *join, gint64 budget_us, guint64 records, SatJoinProgress *progress, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatJoin, sat_join_free)

G_END_DECLS
