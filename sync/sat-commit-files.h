/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files that come with a change-set: folder "files" in the tree of its commit, each under its
 * SHA-256. The text of the change-set says in its header which they are; the folder has exactly
 * these, so a commit follows from the text and the bytes alone. */
#pragma once

#include "core/change/sat-change-set.h"
#include "sync/sat-commit-text.h"
#include "sync/sat-git.h"

G_BEGIN_DECLS

/* The bytes of FILE. NULL with an error: they cannot be had. */
typedef GBytes *(*SatCommitFileFunc) (const SatFile *file, gpointer data, GError **error);

/* Writes the files of SET, of which there are some, and their folder. */
gboolean sat_commit_files_write (git_repository *repo,
                                 const SatChangeSet *set,
                                 SatCommitFileFunc func,
                                 gpointer data,
                                 git_oid *out,
                                 GError **error);

/* An entry of the folder. */
typedef struct
{
  guint8 hash[SAT_FILE_HASH_SIZE];
  git_oid blob;
} SatCommitFile;
/* What folder ID has, by hash; SAT_ERROR_MALFORMED if it is of another shape. SatCommitFile. */
GArray *sat_commit_files_list (git_repository *repo,
                               const git_oid *id,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Does TREE have the files of SET, no others, and are they these? Reads all of them, one after
 * another. SAT_ERROR_MALFORMED, or that of reading. */
gboolean sat_commit_files_check (git_repository *repo,
                                 const SatChangeTree *tree,
                                 const SatChangeSet *set,
                                 GError **error);

/* FILE out of TREE. */
GBytes *sat_commit_files_read (git_repository *repo,
                               const SatChangeTree *tree,
                               const SatFile *file,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
