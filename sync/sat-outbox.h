/* SPDX-License-Identifier: GPL-3.0-or-later */
/* This device's own branches: what SQLite has sealed, as commits in outbox.git.
 *
 * SQLite is the truth. The outbox may be behind it (a process was killed between two steps), gone
 * (somebody removed HOME/git) or behind the hub (it was gone, and was made again): each time it is
 * brought to where SQLite says it should be, and a number has one commit id wherever it is made. */
#pragma once

#include "sync/sat-sync-job.h"

G_BEGIN_DECLS

/* How much text is read, committed and pushed at a time. */
#define SAT_OUTBOX_BATCH ((gsize) 32 * 1024 * 1024)

/* What this device sealed, of books that are here, and does not know to be on the hub: a batch or,
 * for another peer, which is told of all at once since nothing is marked then, everything. */
GPtrArray *sat_outbox_sealed (SatSyncJob *job, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* After a fetch: brings the outbox up to what the hub or inbox has of our branches, if that is
 * really ours: signed by this device, with numbers that it sealed and the texts that it sealed. A
 * branch of ours with anything else on it goes into job->foreign and is left alone, here and there.
 */
gboolean sat_outbox_reconcile (SatSyncJob *job, GPtrArray *sealed, GError **error);

/* Commits SEALED (SatSealed, by book and number) where they are not committed yet, and tells the
 * workspace. FETCHED: reconcile was done; before that only a branch that is in the outbox is
 * continued, and a branch that cannot have been sent is begun. */
gboolean sat_outbox_commit (SatSyncJob *job, GPtrArray *sealed, gboolean fetched, GError **error);

/* The outbox's tip of REF and its number. A tip that cannot be read counts as none. */
gboolean sat_outbox_tip (SatSyncJob *job, const char *ref, git_oid *tip, guint64 *number);

/* Are the outbox's branches of BOOK what SQLite says they are: no number that was not sealed, and
 * for those of SEALED the very texts? If not (replica.db was put back from a backup), the ref is
 * dropped, and what this device is to send is made anew on what the hub has. */
gboolean sat_outbox_check (SatSyncJob *job, const char *book, GPtrArray *sealed, GError **error);

/* The one of SEALED with NUMBER in BOOK (0: the first of the book), or NULL. */
const SatSealed *sat_sealed_find (GPtrArray *sealed, const char *book, guint64 number);

/* This device's branches of BOOK, epoch after epoch: those of the outbox and of TABLES (ref ->
 * ...). char *. */
GPtrArray *sat_outbox_branches (SatSyncJob *job,
                                const char *book,
                                GHashTable *const *tables,
                                guint n_tables) G_GNUC_WARN_UNUSED_RESULT;

/* Refs in the outbox, of books that are here: the branches that this device has something to say
 * on. */
GPtrArray *sat_outbox_refs (SatSyncJob *job, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The outbox's branch REF, which ends at TIP with NUMBER, goes to inbox as well, or the next fetch
 * would bring it back over the wire. An inbox that cannot take it is for the next fetch to make
 * anew. */
gboolean sat_outbox_mirror (
    SatSyncJob *job, const char *ref, const git_oid *tip, guint64 number, GError **error);
/* All branches of the outbox. */
gboolean sat_outbox_mirror_all (SatSyncJob *job, GError **error);
/* Is commit ID in the outbox and an ancestor of TIP, or TIP itself? */
gboolean sat_outbox_reaches (SatSyncJob *job, const git_oid *tip, const git_oid *id);

/* SAT_ERROR_REFUSED, naming the first of the branches in job->foreign and its commit; TRUE if there
 * is none. */
gboolean sat_outbox_check_foreign (SatSyncJob *job, GError **error);

G_END_DECLS
