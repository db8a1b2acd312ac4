/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Books that are not on the hub: one that not everybody may read, or that is large, has a
 * repository of its own, because servers protect repositories and not branches. Which one says the
 * book's record (field `repository`), for ever: a name is that of a repository beside the hub, so
 * that it is found whatever way the hub is reached; anything else is an address.
 *
 * One exchange goes to the hub first, which tells what books there are, and then to each of these
 * repositories that a book held here is in. What is known here of all of them lies in one inbox and
 * one outbox, since a branch names its book; only what goes out, and what is missed, is looked at
 * for the books that are here (sat_sync_job_is_here). A bundle, a stick or a colleague gets the
 * books as ever. */
#pragma once

#include "sync/sat-sync-job.h"

G_BEGIN_DECLS

typedef gboolean (*SatApartVisit) (SatSyncJob *job, gpointer data, GError **error);

/* From home: goes to each repository that a held book is in, for VISIT, and home again. One that
 * fails holds no other up, unless the job is stopped, and is not gone to again in this exchange: a
 * person would be asked once more, or wait once more. The first failure is told.
 *
 * A server that is silent ends the process (sat-watchdog.h), so the next exchange begins after the
 * repository that the last one did not come back from: of several that are silent, too, none keeps
 * the others waiting for ever. */
gboolean sat_apart_each (SatSyncJob *job, SatApartVisit visit, gpointer data, GError **error);

/* At one: a folder beside the hub that is not there is made. */
gboolean sat_apart_prepare (SatSyncJob *job, GError **error);

G_END_DECLS
