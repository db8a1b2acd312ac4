/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inside core/change: what index and shards of a checkpoint have in common. */
#pragma once

#include "core/change/sat-checkpoint.h"

G_BEGIN_DECLS

#define SAT_CHECKPOINT_MAGIC "satchel checkpoint "
#define SAT_CHECKPOINT_INDEX "INDEX" /* no object has such a name */
#define SAT_SHARD_ALL "all"          /* the prefix "" in texts and paths */

typedef struct
{
  const char *text;
  const char *at;
  const char *end;
  GError **error;
} SatCheckpointCursor;

/* SAT_ERROR_MALFORMED: MSGID with the line of the cursor. */
gboolean sat_checkpoint_fail (SatCheckpointCursor *c, const char *msgid);
gboolean sat_checkpoint_take (SatCheckpointCursor *c, const char *word);

/* Version, book and kind, up to behind the kind's word. */
void sat_checkpoint_put_head (GString *out, const char *book, SatCheckpointKind kind);
/* BOOK is newly allocated, also when FALSE is returned. */
gboolean sat_checkpoint_read_head (SatCheckpointCursor *c, char **book, SatCheckpointKind *kind);
/* "OBJECT DIGITS"; both are newly allocated, also when FALSE is returned. */
gboolean sat_checkpoint_read_shard_name (SatCheckpointCursor *c, char **object, char **prefix);

G_END_DECLS
