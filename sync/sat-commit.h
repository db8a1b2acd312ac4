/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Change-sets as commits: writing our own, and checking foreign ones before a byte of them is used.
 *
 * Nothing in a commit depends on the machine or on when it is made: the same sealed change-set on
 * the same parent gives the same commit id. */
#pragma once

#include "sync/sat-branches.h"
#include "sync/sat-commit-files.h"
#include "sync/sat-signature.h"

G_BEGIN_DECLS

typedef struct
{
  const char *book;
  guint64 number;
  gint64 time_ms;
  GBytes *text;
  const char *author_name;
  const char *author_email;
  const git_oid *parent;  /* NULL: the branch begins here */
  const guint8 *seed;     /* SAT_KEY_SEED_SIZE */
  SatCommitFileFunc file; /* of files that the text says come with it; NULL: it says none */
  gpointer file_data;
} SatCommitDraft;

/* Writes blob, tree and signed commit; no ref is touched. The message is "customers 7: 3 records"
 * and then how many of each object: "contact 1, customer 2". */
gboolean
sat_commit_write (git_repository *repo, const SatCommitDraft *draft, git_oid *out, GError **error);

/* Is the text in commit ID exactly TEXT? Only the id of the blob is compared. */
gboolean
sat_commit_has_text (git_repository *repo, const git_oid *id, guint64 number, GBytes *text);

/* The text of commit ID, which stands at place NUMBER of BRANCH after commit PARENT (NULL: first of
 * its branch). Everything is checked: the commit's shape and parent, the signature and that its key
 * is the branch's device, the tree, the size before the text is read, that the text says the
 * same book, device and number, and that the files that come with it are those that it says.
 * SAT_ERROR_MALFORMED or SAT_ERROR_REFUSED if anything is wrong; other errors (SAT_ERROR_NOT_FOUND:
 * an object is missing) when it cannot be read. A text of a newer format is returned as it is. */
GBytes *sat_commit_read (git_repository *repo,
                         const git_oid *id,
                         const SatBranch *branch,
                         guint64 number,
                         const git_oid *parent,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* FILE, which comes with the change-set of commit ID; that was read before. */
GBytes *sat_commit_read_file (git_repository *repo,
                              const git_oid *id,
                              const SatFile *file,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The key that signed commit ID, if the signature is good. */
gboolean
sat_commit_signer (git_repository *repo, const git_oid *id, guint8 public_key[SAT_KEY_PUBLIC_SIZE]);

G_END_DECLS
