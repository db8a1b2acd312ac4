/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bytes of a change-set's commit and of its tree, as git stores them. Pure functions: building
 * depends on nothing but the arguments, and reading accepts exactly the shape that building makes.
 *
 *   tree <40 hex>
 *   parent <40 hex>                       (not in the first commit of a branch)
 *   author NAME <EMAIL> SECONDS +0000
 *   committer NAME <EMAIL> SECONDS +0000
 *   gpgsig -----BEGIN SSH SIGNATURE-----  (and its other lines, each after one space)
 *
 *   customers 7: 3 records                (the message)
 *
 * The tree has the regular file "<number>.changes" and, where files come with the change-set, the
 * folder "files" (sync/sat-commit-files.h). */
#pragma once

#include <glib.h>

#include "core/base/sat-error.h"

G_BEGIN_DECLS

#define SAT_GIT_HEX 40       /* characters of an object's name */
#define SAT_GIT_RAW 20       /* its bytes */
#define SAT_COMMIT_MAX 16384 /* bytes of a commit */
#define SAT_TREE_MAX 96      /* bytes of a tree */

/* The commit without its signature, which is what is signed. PARENT NULL: the branch begins here.
 * NAME and EMAIL are tidied: what git does not allow in them becomes a space, and nothing at all
 * becomes "unknown". MESSAGE ends with a newline. */
char *sat_commit_text_unsigned (const char *tree,
                                const char *parent,
                                const char *name,
                                const char *email,
                                gint64 seconds,
                                const char *message) G_GNUC_WARN_UNUSED_RESULT;

/* UNSIGNED_TEXT with SIGNATURE (lines, no newline at the end) in its place. */
char *sat_commit_text_sign (const char *unsigned_text,
                            const char *signature) G_GNUC_WARN_UNUSED_RESULT;

typedef struct
{
  char tree[SAT_GIT_HEX + 1];
  char parent[SAT_GIT_HEX + 1]; /* "": none */
  char *signature;
  char *signed_text; /* the commit without the signature */
} SatCommitText;

/* SAT_ERROR_MALFORMED unless TEXT, of LENGTH bytes, has the shape above, with its headers in that
 * order and no others. OUT is to be cleared afterwards in any case. */
gboolean sat_commit_text_parse (const char *text, gsize length, SatCommitText *out, GError **error);
void sat_commit_text_clear (SatCommitText *commit);

/* What is in a tree: names of objects. */
typedef struct
{
  guint64 number;
  guint8 text[SAT_GIT_RAW];  /* of the blob "<number>.changes" */
  guint8 files[SAT_GIT_RAW]; /* of the folder "files" */
  gboolean has_files;
} SatChangeTree;

GBytes *sat_tree_build (const SatChangeTree *tree) G_GNUC_WARN_UNUSED_RESULT;
/* The reverse. FALSE unless the tree is exactly that: one regular file, a canonical number from 1,
 * and nothing but the folder behind it. */
gboolean sat_tree_parse (const void *data, gsize size, SatChangeTree *out);

/* A canonical decimal number from 1 to MAX of LENGTH characters: digits only, no zero before it. */
gboolean sat_number_parse (const char *text, gsize length, guint64 max, guint64 *out);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SatCommitText, sat_commit_text_clear)

G_END_DECLS
