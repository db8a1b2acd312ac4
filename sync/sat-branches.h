/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The names of branches, and where the change-sets in them are.
 *
 * A branch is refs/heads/<book>/<device>/<epoch>, its commits in a line, one change-set each. The
 * number of a commit is its place: in epoch 1 the first commit is number 1; in a later epoch the
 * first one says its number itself, and every next commit is one more. Walks follow first parents
 * and are loops, so that a branch of a million commits is only long. */
#pragma once

#include "core/base/sat-id.h"
#include "sync/sat-git.h"

G_BEGIN_DECLS

#define SAT_BRANCH_BOOK_MAX 63
#define SAT_BRANCH_EPOCH_MAX 1000000

typedef struct
{
  char book[SAT_BRANCH_BOOK_MAX + 1];
  SatId device;
  guint64 epoch;
} SatBranch;

/* FALSE unless REF is exactly such a name: a book key of a-z 0-9 - that does not start with -, the
 * device in lower case, the epoch a canonical number. Other refs are none of ours. */
gboolean sat_branch_parse (const char *ref, SatBranch *out);
/* refs/heads/...; newly allocated. */
char *sat_branch_ref (const SatBranch *branch);
/* GCompareFunc for arrays of refs: by book, device and epoch. */
int sat_branch_compare_refs (gconstpointer a, gconstpointer b);
gboolean sat_branch_same_line (const SatBranch *a, const SatBranch *b); /* but for the epoch */

/* What commit ID builds on: its tree and, if it has one, its (first) parent. Looks at the first two
 * header lines only: whether the commit is in order is judged when its text is asked for. */
gboolean sat_commit_links (git_repository *repo,
                           const git_oid *id,
                           git_oid *tree,
                           git_oid *parent,
                           gboolean *has_parent,
                           GError **error);
/* The number that the commit's tree claims. FALSE if the commit or its tree is not of our shape. */
gboolean sat_commit_claimed_number (git_repository *repo, const git_oid *id, guint64 *number);

/* Returns FALSE to stop the walk with an error of its own. */
typedef gboolean (*SatWalkCheck) (gpointer data, GError **error);

typedef struct
{
  GArray *ids;     /* git_oid, from the tip back; the one that ended the walk is not among them */
  gboolean at_end; /* the branch's first commit was reached: it is the last of IDS */
  gboolean met;    /* STOP was reached: it is where the last of IDS continues */
} SatWalk;
void sat_walk_clear (SatWalk *walk);

/* From TIP back by first parents until commit STOP (NULL: none), MAX commits (0: no limit) or the
 * first commit. CHECK (may be NULL) is asked now and then. SAT_ERROR_MALFORMED or NOT_FOUND if an
 * object on the way is no commit or missing. */
gboolean sat_branch_walk (git_repository *repo,
                          const git_oid *tip,
                          const git_oid *stop,
                          guint64 max,
                          SatWalkCheck check,
                          gpointer data,
                          SatWalk *out,
                          GError **error);

/* The number of FIRST, with which branch REF begins; 0: REF is no branch or FIRST does not say. */
guint64 sat_branch_first_number (git_repository *repo, const char *ref, const git_oid *first);

/* Known places: the tip of a branch and its number, so that a branch that did not move need not be
 * walked again. It is a cache in a file: what it says is a fact about commits, which never change,
 * and without it the walk is longer. */
typedef struct _SatPlaces SatPlaces;
SatPlaces *sat_places_load (const char *path) G_GNUC_WARN_UNUSED_RESULT;
const char *sat_places_path (const SatPlaces *places);
/* FALSE if the file was not there, or something in it could not be read. */
gboolean sat_places_are_whole (const SatPlaces *places);
/* Adds ref -> git_oid of all that is known to TIPS. */
void sat_places_fill (const SatPlaces *places, GHashTable *tips);
void sat_places_free (SatPlaces *places);
/* The number of commit TIP, which is the tip of branch REF in REPO; 0 if the branch is malformed.
 */
gboolean sat_places_number (SatPlaces *places,
                            git_repository *repo,
                            const char *ref,
                            const git_oid *tip,
                            SatWalkCheck check,
                            gpointer data,
                            guint64 *number,
                            GError **error);
void sat_places_note (SatPlaces *places, const char *ref, const git_oid *tip, guint64 number);
void sat_places_forget (SatPlaces *places, const char *ref);
/* Writes the file if anything changed. Failing does no harm and is not reported. */
void sat_places_save (SatPlaces *places);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatPlaces, sat_places_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SatWalk, sat_walk_clear)

G_END_DECLS
