/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What all of sync/ needs of libgit2: its errors as GErrors, this replica's own repositories, refs,
 * raw objects. libgit2's error text lives in a per-thread slot that the next call overwrites, so it
 * is turned into a GError in the function that failed, by sat_git_fail. */
#pragma once

#include <git2.h>
#include <glib.h>

#include "core/base/sat-error.h"

G_BEGIN_DECLS

/* Sets ERROR from libgit2's CODE and its text of this moment. MSGID has two %s: SUBJECT (what it
 * was done to) and libgit2's own words (English). GIT_EUSER, which only our callbacks return,
 * becomes SAT_ERROR_CANCELLED. Returns FALSE. */
gboolean sat_git_fail (GError **error, int code, const char *msgid, const char *subject);

/* Sets in REPO's configuration that large texts are packed as they are: looking for deltas between
 * change-sets of megabytes costs seconds each and saves nothing. Returns libgit2's code. */
int sat_git_without_deltas (git_repository *repo);

/* Opens the bare repository at PATH, a cache that this replica owns; makes it if it is not there or
 * is damaged beyond opening or, with CHECK_REFS, if a branch's file cannot be read. The caller
 * holds the sync lock. */
git_repository *sat_git_open_cache (const char *path,
                                    gboolean check_refs,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Can every branch of REPO be read? A power cut leaves empty files. Reads them all. */
gboolean sat_git_is_sound (git_repository *repo);

/* The commit that ref NAME names; FALSE if there is no such ref. */
gboolean sat_git_ref (git_repository *repo, const char *name, git_oid *out);

/* Points ref NAME at ID, whatever it was before, in a repository that only this process writes: a
 * lock left by a process that was killed is removed. */
gboolean
sat_git_set_ref (git_repository *repo, const char *name, const git_oid *id, GError **error);
gboolean sat_git_delete_ref (git_repository *repo, const char *name, GError **error);

/* Names of the refs that match GLOB ("refs/heads/..."), sorted. */
GPtrArray *sat_git_list_refs (git_repository *repo,
                              const char *glob,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The bytes of object ID if it is of TYPE and at most MAX bytes long, which is checked before they
 * are read. SAT_ERROR_MALFORMED otherwise, SAT_ERROR_NOT_FOUND if it is not there. */
GBytes *sat_git_read (git_repository *repo,
                      const git_oid *id,
                      git_object_t type,
                      gsize max,
                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Is the object here? */
gboolean sat_git_has (git_repository *repo, const git_oid *id);

/* Makes many loose refs one file again, and takes away their folders: nobody else writes there.
 * Failing does no harm and is not reported. */
void sat_git_pack_refs (git_repository *repo);

/* Removes PATH and everything below it; does not follow links. What cannot be removed stays. */
void sat_remove_tree (const char *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (git_repository, git_repository_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (git_config, git_config_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (git_odb, git_odb_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (git_odb_object, git_odb_object_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (git_reference, git_reference_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (git_reference_iterator, git_reference_iterator_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (git_refdb, git_refdb_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (git_remote, git_remote_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (git_packbuilder, git_packbuilder_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (git_revwalk, git_revwalk_free)

G_END_DECLS
