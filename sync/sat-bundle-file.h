/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A bundle that is taken in, by a replica or by one that joins from it. Its pack goes into
 * HOME/git/bundle.git, a repository of its own that sees the objects of the others; when that is
 * sound it is fetched from like a hub that is a folder, and everything is checked as from there. It
 * is removed at the end, and before the next one. Private to sync/. */
#pragma once

#include "sync/sat-sync-job.h"

G_BEGIN_DECLS

typedef struct _SatBundleFile SatBundleFile;

/* The repository in the replica HOME: what sat_sync_job_new is given as the hub. */
char *sat_bundle_file_place (const char *home) G_GNUC_WARN_UNUSED_RESULT;

/* Reads the beginning of FILE; JOB, of SAT_PEER_FILE, and FILE outlive the result. Errors as
 * sat_sync_bundle_import. */
SatBundleFile *
sat_bundle_file_open (SatSyncJob *job, const char *file, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void sat_bundle_file_free (SatBundleFile *file);

/* Is it of the workspace that JOB's is? */
gboolean sat_bundle_file_is_ours (SatBundleFile *file, GError **error);
gboolean sat_bundle_file_unpack (SatBundleFile *file, GError **error);
/* What of it JOB wants, into inbox; again once more books are held. */
gboolean sat_bundle_file_fetch (SatBundleFile *file, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatBundleFile, sat_bundle_file_free)

G_END_DECLS
