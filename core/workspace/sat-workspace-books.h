/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Books: which record is in which, and moving them (docs/architecture.md, "Books"). */
#pragma once

#include "core/workspace/sat-workspace.h"

G_BEGIN_DECLS

typedef struct
{
  char *book;       /* the key of the one it went to */
  gboolean is_held; /* by this laptop: it is there at once. Else it has left, and is there when a
                       laptop that holds both has synced */
  guint64 moved;    /* records; 0: it was there already */
  guint64 handed;   /* records that have another owner now */
} SatAssigned;
void sat_assigned_clear (SatAssigned *assigned);

/* Moves the record to BOOK, a key or a name, with what belongs to it: the records whose book is
 * that of their parent, over any number of levels, and those of the same kind without a parent that
 * refer to one that goes. Deleted ones go along and stay deleted. One step for undo.
 *
 * SAT_ERROR_INVALID for what every laptop has (book `company`), and for a record that goes where
 * its parent goes, which is in another book. */
gboolean sat_workspace_assign (SatWorkspace *workspace,
                               const SatObject *object,
                               const SatId *id,
                               const char *book,
                               SatAssigned *assigned,
                               GError **error);
/* The same to the book of the user with that login: the one in the field `own_book` of the user's
 * record; without that, the only one besides `company` that the user's laptops hold. The user
 * becomes its owner (field `owner`, where there is one that is under review), also of what goes
 * along, had the same owner, and is the user's to give. */
gboolean sat_workspace_assign_to (SatWorkspace *workspace,
                                  const SatObject *object,
                                  const SatId *id,
                                  const char *login,
                                  SatAssigned *assigned,
                                  GError **error);

/* The same with both said apart: LOGIN becomes the owner (NULL: who it is), and the record goes to
 * BOOK (NULL: it stays in its own). */
gboolean sat_workspace_hand (SatWorkspace *workspace,
                             const SatObject *object,
                             const SatId *id,
                             const char *login,
                             const char *book,
                             SatAssigned *assigned,
                             GError **error);
/* The field of OBJECT that says whose record it is; NULL: there is none. */
const SatField *sat_workspace_owner_field (const SatObject *object);

typedef struct
{
  const SatObject *object;
  guint64 records;
} SatBelongings;
/* What would go along with the record to another book, shown ones, by kind: SatBelongings. */
GArray *sat_workspace_belongings (SatWorkspace *workspace,
                                  const SatObject *object,
                                  const SatId *id,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The name of the book KEY; the key where it has none. Newly allocated. */
char *sat_workspace_book_name (SatWorkspace *workspace, const char *key);
/* The same, where it is worth saying: NULL for `company`, and where this laptop
 * holds no other book beside. Newly allocated. */
char *sat_workspace_book_title (SatWorkspace *workspace, const char *key);

typedef struct
{
  char *key;
  char *name;          /* the key where the book has none */
  char *repository;    /* where it is exchanged; NULL: with the hub */
  gboolean is_held;    /* by this laptop */
  gboolean is_leaving; /* held until everything is sent */
  gint64 records;      /* shown here; -1: the book is not held */
  gint64 pending;      /* as in SatBookStatus */
} SatBook;
void sat_book_free (SatBook *book);
/* All books of the workspace, company first, then by key: SatBook. */
GPtrArray *sat_workspace_all_books (SatWorkspace *workspace,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The key of BOOK, a key or a name. Newly allocated. */
char *sat_workspace_find_book (SatWorkspace *workspace,
                               const char *book,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The books that are not exchanged with the hub: key -> the name of a repository beside it, or
 * another address (sync/sat-apart.h). Both char *. */
GHashTable *sat_workspace_repositories (SatWorkspace *workspace,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Makes a book that this laptop holds. KEY (small letters, digits, hyphens) and REPOSITORY (as
 * sat_workspace_repositories has it; NULL: the hub) never change. */
gboolean sat_workspace_create_book (SatWorkspace *workspace,
                                    const char *key,
                                    const char *name,
                                    const char *repository,
                                    GError **error);
/* Holds BOOK (a key or a name) from now on; the next sync fetches it. *KEY (newly allocated): its
 * key. *CHANGED FALSE: it was held already. */
gboolean sat_workspace_hold_book (
    SatWorkspace *workspace, const char *book, char **key, gboolean *changed, GError **error);

/* BOOK (a key or a name, not `company`) leaves this laptop with the next sync that has sent all
 * that was changed here in it. *KEY: newly allocated. */
gboolean
sat_workspace_release_book (SatWorkspace *workspace, const char *book, char **key, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatBook, sat_book_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SatAssigned, sat_assigned_clear)

G_END_DECLS
