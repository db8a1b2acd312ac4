/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A checkpoint as a commit without a parent, whose tree has its files ("state/INDEX",
 * "state/customer/0195", docs/checkpoint-format.md), signed by its maker like a change-set's. */
#pragma once

#include "core/workspace/sat-exchange-checkpoint.h"
#include "sync/sat-checkpoint-ref.h"

G_BEGIN_DECLS

/* ---- writing ---- */

/* Takes files, one after another, as blobs of REPO (borrowed). */
typedef struct _SatCheckpointTree SatCheckpointTree;
SatCheckpointTree *sat_checkpoint_tree_new (git_repository *repo) G_GNUC_WARN_UNUSED_RESULT;
void sat_checkpoint_tree_free (SatCheckpointTree *tree);
/* SatCheckpointFileFunc, DATA is the tree. A blob that is there is not written again. */
gboolean sat_checkpoint_tree_add (const char *path, GBytes *text, gpointer data, GError **error);

typedef struct
{
  const SatCheckpointRef *ref;
  const char *what; /* in the message: "checkpoint" or "cover" */
  gint64 time_ms;
  const char *author_name;
  const char *author_email;
  const guint8 *seed; /* SAT_KEY_SEED_SIZE */
} SatCheckpointDraft;
/* Writes the trees and the commit. */
gboolean sat_checkpoint_tree_commit (SatCheckpointTree *tree,
                                     const SatCheckpointDraft *draft,
                                     git_oid *out,
                                     GError **error);

/* ---- reading ---- */

/* A checkpoint in REPO (borrowed) whose commit was checked. */
typedef struct _SatCheckpointFiles SatCheckpointFiles;
/* Commit ID, which stands at REF: its shape, that it has no parent, its signature and that the key
 * is the maker's. SAT_ERROR_MALFORMED or SAT_ERROR_REFUSED if anything is wrong. */
SatCheckpointFiles *sat_checkpoint_files_open (git_repository *repo,
                                               const git_oid *id,
                                               const SatCheckpointRef *ref,
                                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
void sat_checkpoint_files_free (SatCheckpointFiles *files);
/* SatCheckpointTextFunc, DATA is the files. */
GBytes *sat_checkpoint_files_text (const char *path, gpointer data, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatCheckpointTree, sat_checkpoint_tree_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatCheckpointFiles, sat_checkpoint_files_free)

G_END_DECLS
