/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The names of checkpoints on a hub: refs/heads/<book>/<device>/checkpoint-<n>. Each is made once
 * and never moved. N is one more than the largest of its book that the maker had seen on the hub,
 * so that of two the one with the larger N is the newer, as far as anybody knows. Beside each
 * stands refs/heads/<book>/<device>/cover-<n>, which says what it covers (sat-cover.h). */
#pragma once

#include "sync/sat-branches.h"

G_BEGIN_DECLS

#define SAT_CHECKPOINT_NUMBER_MAX 1000000000

typedef struct
{
  char book[SAT_BRANCH_BOOK_MAX + 1];
  SatId maker;
  guint64 number;
} SatCheckpointRef;

/* FALSE unless REF is exactly such a name. */
gboolean sat_checkpoint_ref_parse (const char *ref, SatCheckpointRef *out);
gboolean sat_cover_ref_parse (const char *ref, SatCheckpointRef *out);
/* refs/heads/...; newly allocated. */
char *sat_checkpoint_ref_name (const SatCheckpointRef *ref);
char *sat_cover_ref_name (const SatCheckpointRef *ref);

/* The names in TIPS (a set of refs) that are checkpoints of BOOK, the newest first; char *,
 * borrowed. */
GPtrArray *sat_checkpoint_refs (GHashTable *tips, const char *book) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
