/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Packs of this replica's own repositories: copying commits from one to the other, and making few
 * packs of many, since every fetch leaves one and libgit2 has no gc. */
#pragma once

#include "sync/sat-git.h"

G_BEGIN_DECLS

/* Small packs are put together when there are more than this many. */
#define SAT_PACKS_MAX 48

/* Copies commit TIP and what it builds on into TO, but for what HIDE (NULL: nothing) builds on. No
 * ref is touched. Adds the size of the pack, which is what these commits are on the wire, to *BYTES
 * (may be NULL). */
gboolean sat_packs_copy (git_repository *from,
                         git_repository *to,
                         const git_oid *tip,
                         const git_oid *hide,
                         guint64 *bytes,
                         GError **error);

/* Writes what the commits TIPS build on, but for what those of HIDE (both of git_oid) do, as one
 * pack into TO, which may be anybody's. CALLBACKS are told of it (pack_progress, transfer_progress)
 * and may stop it. Returns libgit2's code. */
int sat_packs_write (git_repository *from,
                     git_repository *to,
                     const GPtrArray *tips,
                     const GPtrArray *hide,
                     const git_remote_callbacks *callbacks);

/* Copies just these OBJECTS (git_oid). */
gboolean sat_packs_copy_objects (git_repository *from,
                                 git_repository *to,
                                 const GArray *objects,
                                 guint64 *bytes,
                                 GError **error);

/* The pack of the same, piece by piece to EACH (git_packbuilder_foreach_cb), which stops with other
 * than 0. */
gboolean sat_packs_stream (git_repository *from,
                           const GPtrArray *tips,
                           const GPtrArray *hide,
                           int (*each) (void *data, size_t size, void *payload),
                           gpointer payload,
                           GError **error);
/* Puts the small packs of REPO together into one if there are more than MAX packs. The new pack is
 * on disk before the first old one goes. */
gboolean sat_packs_consolidate (git_repository *repo, guint max, GError **error);
/* Writes all that the refs of REPO reach into one pack there, and returns its name,
 * "pack-NAME.pack" without what is around it; NULL with ERROR unset: there is nothing to write. */
char *sat_packs_whole (git_repository *repo, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Does the pack with the index file INDEX have all objects of the one with the index file PART? */
gboolean sat_packs_contain (const char *index, const char *part);
/* The name of a pack of REPO whose bytes are not those that its checksum was made of, newly
 * allocated; NULL: there is none. Even bits that no object is made of count. */
char *sat_packs_find_damaged (git_repository *repo) G_GNUC_WARN_UNUSED_RESULT;
/* Puts a repository with no more than what the refs of *REPO, one of this replica's own caches,
 * reach into its place, but for the refs WITHOUT (a set): removing hundreds one by one takes
 * libgit2 a second. Files beside git's own stay. *REPO is opened anew. */
gboolean sat_packs_prune (git_repository **repo, GHashTable *without, GError **error);

G_END_DECLS
