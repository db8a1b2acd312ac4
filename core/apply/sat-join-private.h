/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shared by sat-join.c (taking in) and sat-join-check.c (looking first). */
#pragma once

#include "core/apply/sat-join.h"
#include "core/store/sat-join-log.h"

G_BEGIN_DECLS

struct _SatJoin
{
  SatReplica *replica;
  char *book_key;
  char *name;
  SatId maker;
  SatJoinText text;
  gpointer data;
  SatCheckpoint *index;  /* of the state; NULL: not read yet */
  SatCheckpoint *unseen; /* of the unseen values; without shards when there are none */
  guint32 book;
  gboolean begun; /* it is noted as under way */

  /* Where it is. */
  guint64 shard; /* of the state's, then of the unseen ones */
  guint64 at;    /* records of it that are done */
  SatChangeSet *set;
  guint64 records, total;
  GArray *highest; /* SatHlc by device number: of what was met */
};

/* Reads both indexes, once. */
gboolean sat_join_load (SatJoin *join, GError **error);
/* Shard N, counted through both kinds. */
const SatShard *sat_join_shard (const SatJoin *join, guint64 n, SatCheckpointKind *kind);
guint64 sat_join_n_shards (const SatJoin *join);
SatChangeSet *sat_join_read_shard (SatJoin *join, guint64 n, GError **error);

/* Every shard is as it has to be, and no record is missing. */
gboolean sat_join_check_shards (SatJoin *join, GError **error);

G_END_DECLS
