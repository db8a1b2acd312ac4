/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The checkpoint as texts: the whole state of one book at one vector (the format is
 * docs/checkpoint-format.md). There are two kinds of them, STATE, a function of the vector alone,
 * and UNSEEN, values that were replaced without ever having been shown where that was noticed. Each
 * kind is an index and the shards that it lists; a shard holds the records of one object whose ids
 * begin alike, and is the same bytes as long as none of them changes. Pure; knows no database.
 *
 * Records are groups as in a graft (sat-change-set.h): QUIET, their operations siblings with their
 * dots, by dot, key, element; their contexts those of other books, or none. */
#pragma once

#include "core/change/sat-change-set.h"

G_BEGIN_DECLS

#define SAT_CHECKPOINT_VERSION 1

/* Limits of format version 1. */
#define SAT_SHARD_WEIGHT (256 * 1024) /* a shard of several records has at most this */
#define SAT_CHECKPOINT_MAX_BYTES (64 * 1024 * 1024) /* an index, a shard */
#define SAT_CHECKPOINT_MAX_SHARDS 1000000
/* Beside them: the files that its values say, as far as its maker has them, by their SHA-256. */
#define SAT_CHECKPOINT_FILES "files/"
#define SAT_SHARD_PREFIX_MAX 32 /* hexadecimal digits of an id */

typedef enum
{
  SAT_CHECKPOINT_STATE,
  SAT_CHECKPOINT_UNSEEN
} SatCheckpointKind;
/* "state", "unseen": the word in texts and paths. */
const char *sat_checkpoint_kind_name (SatCheckpointKind kind);

/* Of the last change-set of device OF that the checkpoint covers: up to which number it had seen
 * DEVICE, where that is not the number that the checkpoint has. Both are places in `devices`. */
typedef struct
{
  guint of, device;
  guint64 number; /* 0: nothing of it */
} SatCheckpointSaw;

typedef struct
{
  char *object;
  char *prefix; /* the first digits of the ids, lower case; "" when the shard has all records */
  guint64 records;
} SatShard;

/* An index. UNSEEN ones have shards alone. */
typedef struct
{
  char *book;
  SatCheckpointKind kind;
  GArray *devices;   /* SatSaw by id, never 0: the vector */
  GArray *saw;       /* SatCheckpointSaw by (of, device), never the own device */
  GArray *cuts;      /* SatSaw by id */
  GPtrArray *shards; /* SatShard by (object, prefix); no prefix is the beginning of another of the
                        same object */
} SatCheckpoint;

SatCheckpoint *sat_checkpoint_new (const char *book,
                                   SatCheckpointKind kind) G_GNUC_WARN_UNUSED_RESULT;
void sat_checkpoint_free (SatCheckpoint *checkpoint);
void sat_checkpoint_add_shard (SatCheckpoint *checkpoint,
                               const char *object,
                               const char *prefix,
                               guint64 records);
/* Where the texts are: "state/INDEX", "state/customer/0195". Newly allocated. */
char *sat_checkpoint_index_path (SatCheckpointKind kind);
char *sat_shard_path (SatCheckpointKind kind, const SatShard *shard);

/* All in order and within the limits: a programming error otherwise. */
GBytes *sat_checkpoint_encode (const SatCheckpoint *checkpoint) G_GNUC_WARN_UNUSED_RESULT;
/* SAT_ERROR_MALFORMED or SAT_ERROR_NEWER. One content, one text. */
SatCheckpoint *sat_checkpoint_decode (GBytes *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* ---- shards ---- */

/* A shard is complete. FALSE stops the writing. */
typedef gboolean (*SatShardFunc) (const SatShard *shard,
                                  GBytes *text,
                                  gpointer data,
                                  GError **error);

/* Takes records by object and id, and cuts the shards: what they are depends on the records alone.
 * Holds no more than one shard and one record at a time. */
typedef struct _SatShardWriter SatShardWriter;
SatShardWriter *sat_shard_writer_new (const char *book,
                                      SatCheckpointKind kind,
                                      SatShardFunc func,
                                      gpointer data) G_GNUC_WARN_UNUSED_RESULT;
/* SAT_ERROR_TOO_LONG if the format cannot hold the record. GROUP is not kept. */
gboolean sat_shard_writer_add (SatShardWriter *writer, const SatOpGroup *group, GError **error);
gboolean sat_shard_writer_finish (SatShardWriter *writer, GError **error); /* the last shard */
void sat_shard_writer_free (SatShardWriter *writer);

/* The shard SHARD of KIND in BOOK: what is something else, or not in order, is malformed. Its
 * records are the groups of what is returned, its contexts the contexts. Dots of other books than
 * BOOK are covered by the record's contexts (STATE). */
SatChangeSet *sat_shard_decode (GBytes *text,
                                const char *book,
                                SatCheckpointKind kind,
                                const SatShard *shard,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Does ID begin with the digits of PREFIX? */
gboolean sat_shard_has_id (const char *prefix, const SatId *id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatCheckpoint, sat_checkpoint_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatShardWriter, sat_shard_writer_free)

G_END_DECLS
