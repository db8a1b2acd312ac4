/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The hub as a place: where it is, whether it can be used, what branches it shows. */
#pragma once

#include "sync/sat-sync-job.h"

G_BEGIN_DECLS

/* That of WORKSPACE's hub; SAT_ERROR_INVALID while it knows none. */
SatHubAddress *sat_hub_address_of (SatWorkspace *workspace,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* That of the repository of BOOK, a key or a name; NULL, or with none of its own: the hub's. */
SatHubAddress *sat_hub_address_for (SatWorkspace *workspace,
                                    const char *book,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The absolute path of HUB, which is a path or a file:// URL; SAT_ERROR_INVALID for other hubs:
 * making one is work for the machine it is on. Newly allocated. */
char *sat_hub_path (const char *hub, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Is there a bare repository at PATH that this process can read? One clear sentence if not. */
gboolean sat_hub_check (const char *path, GError **error);
/* Opens it, likewise. */
gboolean sat_hub_open (git_repository **repo, const char *path, GError **error);
/* And write? */
gboolean sat_hub_check_writable (const char *path, GError **error);

/* Reads the hub's branches into job->hub_tips. A path is read directly, not through a remote, which
 * would read every ref three times and stumble over broken ones that are none of ours; other hubs
 * through a connection, which stays open in job->remote for a download: most exchanges end here. */
gboolean sat_hub_look (SatSyncJob *job, GError **error);
/* The same over a connection there is. */
gboolean sat_hub_read_heads (SatSyncJob *job, git_remote *remote, GError **error);

/* A remote of REPO, connected to JOB's hub. */
gboolean sat_hub_connect (SatSyncJob *job,
                          git_repository *repo,
                          git_direction direction,
                          git_remote **remote,
                          GError **error);

/* Notes that the hub shows REF at TIP, in job->hub_tips or job->hub_checkpoints; other refs are
 * none of ours. sat_hub_begin_tips empties both first. */
void sat_hub_begin_tips (SatSyncJob *job);
void sat_hub_note_tip (SatSyncJob *job, const char *ref, const git_oid *tip);
/* Makes a bare repository at PATH, where nothing is or an empty folder (sat-hub-place.c). FILL (may
 * be NULL) puts something into it at PLACE, before it is there: all of it is, or nothing. */
typedef gboolean (*SatHubFill) (const char *place, gpointer data, GError **error);
gboolean sat_hub_make_place (const char *path, SatHubFill fill, gpointer data, GError **error);
/* The hub as it was looked at: does it show a `company` branch or checkpoint of a device known
 * here? If it shows no branch at all, *EMPTY. SAT_ERROR_REFUSED if it is another workspace's. */
gboolean sat_hub_is_same (SatSyncJob *job, gboolean *empty, GError **error);
/* SAT_ERROR_REFUSED unless the hub shows a branch or a checkpoint of book `company`; and one that
 * this replica knows, if it knows any: a hub that was emptied, or another company's. A hub that is
 * being filled and the repository of other books may show none of them: *EMPTY. */
gboolean sat_hub_is_ours (SatSyncJob *job, gboolean *empty, GError **error);

G_END_DECLS
