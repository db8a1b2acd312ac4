/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A hub that is a folder, object by object: what is missing or damaged in it is replaced by what is
 * in inbox and outbox. Private to sync/. */
#pragma once

#include "sync/sat-sync-job.h"

G_BEGIN_DECLS

typedef struct
{
  guint64 objects;  /* that were put back */
  guint64 branches; /* that were set back to what is sound: their devices send the rest again */
} SatMended;

/* Removes refs that cannot be read, so that the others can. */
void sat_mend_refs (SatSyncJob *job);
/* Reads every object that the branches and checkpoints of the hub at job->hub reach. A pack with a
 * damaged object is replaced by one of what can be read and what is here; the old one goes to the
 * folder "damaged" in the hub. Refs that cannot be read are removed. Nothing that is sound changes.
 */
gboolean sat_mend (SatSyncJob *job, SatMended *out, GError **error);

G_END_DECLS
