/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Is all that is applied here still to be had as change-sets? Where it is not, only a checkpoint
 * can take its place. Private to sync/. */
#pragma once

#include "sync/sat-sync-job.h"

G_BEGIN_DECLS

/* Looks at every number of BOOK from 1 to what is applied here of each device, but for those that
 * KNOWN (SatVectorEntry; NULL: nothing) covers: is there one that no branch of TIPS (ref -> tip,
 * whose commits are in inbox or are a part of what is there) has? Every number is looked for, not
 * the last one alone: a branch can begin late. *GAPS says whether one is missing. */
gboolean sat_gaps_in (SatSyncJob *job,
                      const char *book,
                      GHashTable *tips,
                      const GArray *known,
                      gboolean *gaps,
                      GError **error);

/* The number of DEVICE in VECTOR (SatVectorEntry; NULL: empty). */
guint64 sat_vector_number (const GArray *vector, const SatId *device);

G_END_DECLS
