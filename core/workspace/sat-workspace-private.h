/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shared by the files of core/workspace; tests of merging may use the raw writes. */
#pragma once

#include "core/access/sat-access.h"
#include "core/apply/sat-incoming.h"
#include "core/apply/sat-local.h"
#include "core/automation/sat-rule-run.h"
#include "core/query/sat-list.h"
#include "core/workspace/sat-exchange.h"
#include "core/workspace/sat-workspace-books.h"

G_BEGIN_DECLS

struct _SatWorkspace
{
  SatReplica *replica;
  char *hub;
  SatId acting;       /* the device that the key is of */
  gboolean is_former; /* it is one that this replica was before */
  guint64 counted;    /* what the counter outside says, as far as known */
  guint8 seed[SAT_KEY_SEED_SIZE];
  guint8 public_key[SAT_KEY_PUBLIC_SIZE];
  GError *key_problem;      /* why the two above cannot be used; NULL: they can */
  SatLocal *open;           /* the transaction of sat_workspace_begin */
  SatRuleRunner *runner;    /* of that one; NULL: nothing was saved in it yet */
  gint64 step;              /* of the last one that was committed (sat-step.h); 0: none */
  guint index_limit;        /* records for the next step of indexing; 0: not known yet */
  SatAccess *access;        /* what the user may do; NULL: everything */
  SatAccess *former_access; /* the one before, which may still be asked by who called first */
  gboolean access_known;
  guint64 access_version; /* the database that it was read from */
  GPtrArray *pipelines;   /* as read last (sat-workspace-stage.c); NULL: not yet */
  guint64 pipelines_at;   /* sat_db_version then */
  GPtrArray *processes;   /* of approvals, as read last; NULL: not yet */
  guint64 processes_at;
};

#define SAT_META_HUB "hub"
#define SAT_META_WORKSPACE "workspace" /* record id */
#define SAT_META_USER "user"           /* record id */
#define SAT_META_AUTHOR "author"       /* as it is in commits: fixed when the replica joins */
#define SAT_META_AUTHOR_MAIL "author_mail"
#define SAT_META_LAST_SYNC "last_sync"
#define SAT_META_AT_SITE "at_site" /* the repository of a book that is gone to just now */
#define SAT_META_MACHINE "machine" /* where the replica is: the machine, the database's inode */
#define SAT_META_INODE "inode"
#define SAT_META_CODE_FRESH "code_fresh" /* whether the short code may clash yet: SatCodeState */

typedef enum
{
  SAT_CODE_SETTLED = 0,
  SAT_CODE_CHOSEN = 1, /* and not sent */
  SAT_CODE_SENT = 2,   /* and what others had sent by then not seen */
  SAT_CODE_NONE = 3,   /* joined without the hub: 6 characters of the id serve until it is there */
} SatCodeState;

/* ---- identity: sat-workspace-identity.c ---- */

/* The file in HOME for the key of a device: the one that joined, or (LATER) a later identity. */
char *sat_key_file (const char *home, const SatId *later);
gboolean sat_key_write (const char *file, const guint8 seed[SAT_KEY_SEED_SIZE], GError **error);
/* The key of DEVICE among those in HOME. */
gboolean sat_key_find (const char *home,
                       const SatId *device,
                       guint8 seed[SAT_KEY_SEED_SIZE],
                       guint8 public_key[SAT_KEY_PUBLIC_SIZE],
                       GError **error);
/* The replica is where it is: not a copy. In a transaction. */
gboolean sat_workspace_note_place (SatWorkspace *workspace, GError **error);
/* At opening: a copy takes a new identity. */
gboolean sat_workspace_check_place (SatWorkspace *workspace, GError **error);
/* After sealing: writes down outside the replica how much was. */
void sat_workspace_note_count (SatWorkspace *workspace);
/* The number of the device whose change-sets are being sent. */
guint32 sat_workspace_acting (SatWorkspace *workspace);
/* Takes a new identity as sat_workspace_renew does, where this replica is no copy: in a closed
 * workspace the old device lets the new one in. */
gboolean sat_workspace_succeed (SatWorkspace *workspace, GError **error);
/* The last device that this replica was before (NULL: none), since when it is another, and how many
 * change-sets of former ones wait to be sent. */
gboolean sat_workspace_describe_copy (
    SatWorkspace *workspace, char **former, char **time, gint64 *unsent, GError **error);
/* In a transaction: everything was sent. */
gboolean sat_workspace_note_code_sent (SatWorkspace *workspace, GError **error);

/* As sat_workspace_digest, of what is there now; wants a read transaction. */
GPtrArray *sat_workspace_digest_now (SatWorkspace *workspace, GError **error);

/* In a transaction: this device, which had none, takes a short code that no known device has. */
gboolean sat_workspace_take_code (SatWorkspace *workspace, GError **error);
/* The record of this device. BOOKS: tags. */
gboolean sat_workspace_write_device (SatWorkspace *workspace,
                                     const char *name,
                                     const SatId *user,
                                     const char *books,
                                     const char *state,
                                     GError **error);

/* ---- rights: sat-workspace-access.c ---- */

/* May DRAFT be saved by this user? Else SAT_ERROR_REFUSED. */
gboolean sat_workspace_check_draft (SatWorkspace *workspace, const SatDraft *draft, GError **error);
/* RECORD (taken; NULL stays NULL) as this user sees it; NULL with SAT_ERROR_NOT_FOUND where he does
 * not. */
SatRecord *sat_workspace_shown (SatWorkspace *workspace, SatRecord *record, GError **error);
/* Does this user see the record ID of OBJECT? One that is not here: yes. */
gboolean sat_workspace_may_see (SatWorkspace *workspace,
                                const SatObject *object,
                                const SatId *id,
                                gboolean *may,
                                GError **error);
/* The same as an error: SAT_ERROR_NOT_FOUND. */
gboolean sat_workspace_check_seen (SatWorkspace *workspace,
                                   const SatObject *object,
                                   const SatId *id,
                                   GError **error);
/* Can this user read FIELD? Else SAT_ERROR_REFUSED. */
gboolean
sat_workspace_check_readable (SatWorkspace *workspace, const SatField *field, GError **error);
/* Can this user read all that the derived FIELD is made of? */
gboolean sat_workspace_reads_derived (SatWorkspace *workspace, const SatField *field);
/* SAT_ERROR_REFUSED where QUERY sorts by, or asks for, a field that this user cannot read. */
gboolean sat_workspace_check_query (SatWorkspace *workspace, const SatQuery *query, GError **error);

/* QUERY as the rooms below ask it, for this replica's user. */
/* The user of this laptop, for me (); nil if there is none. */
SatId sat_workspace_me (SatWorkspace *workspace);
SatListQuery sat_workspace_list_query (SatWorkspace *workspace, const SatQuery *query);

/* What sat_workspace_begin began takes long: other programs wait for its end, however long. */
void sat_workspace_take_time (SatWorkspace *workspace);

/* The transaction to write in: the open one, or a new one (*MINE). */
SatLocal *sat_workspace_write (SatWorkspace *workspace, gboolean *mine, GError **error);
/* Ends what sat_workspace_write began, if it was MINE: commits when OK, else rolls back. */
gboolean sat_workspace_written (
    SatWorkspace *workspace, SatLocal *local, gboolean mine, gboolean ok, GError **error);

/* Where the record ID, or what it was absorbed into (ROOT), is at home. One that is nowhere, or in
 * no book held here, is an error. */
gboolean sat_workspace_locate_home (SatReplica *replica,
                                    const SatObject *object,
                                    const SatId *id,
                                    SatId *root,
                                    gint64 *row,
                                    guint32 *book,
                                    SatPresence *presence,
                                    GError **error);

/* In a transaction: the record of this device says whether it holds the book KEY. */
gboolean
sat_workspace_note_held (SatWorkspace *workspace, const char *key, gboolean held, GError **error);
/* In a transaction: the record of a new book. REPOSITORY: NULL: it is on the hub. */
gboolean sat_workspace_write_book (SatWorkspace *workspace,
                                   const char *key,
                                   const char *name,
                                   const char *repository,
                                   GError **error);
/* The key of the book of that key or name, held or not. Newly allocated. */
char *sat_workspace_book_key (SatReplica *replica, const char *name, GError **error);

/* ---- rules and views: sat-workspace-rules.c, sat-workspace-views.c ---- */

/* If DRAFT is a rule, it must be one that can run; a view or segment: whose texts can be used. */
gboolean sat_workspace_check_rule (SatWorkspace *workspace, SatDraft *draft, GError **error);
gboolean sat_workspace_check_view (SatWorkspace *workspace, SatDraft *draft, GError **error);
/* DRAFT was written as the record ID: runs what looks at that, in the same transaction. */
gboolean sat_workspace_run_saved (SatWorkspace *workspace,
                                  SatLocal *local,
                                  const SatDraft *draft,
                                  const SatId *id,
                                  GError **error);

/* ---- assigning: sat-workspace-assign.c ---- */

typedef struct
{
  const char *key;    /* the book it goes to; NULL: it stays where it is */
  const SatId *owner; /* NULL: who it is now */
  gboolean lenient;   /* what must be where it is, as it goes with its parent, stays there */
} SatAssignTo;
/* Assigns one record with what belongs to it, in the transaction of LOCAL. ASSIGNED must be zeroed.
 */
gboolean sat_workspace_assign_one (SatWorkspace *workspace,
                                   SatLocal *local,
                                   const SatObject *object,
                                   const SatId *id,
                                   const SatAssignTo *to,
                                   SatAssigned *assigned,
                                   GError **error);
/* The user LOGIN, or SAT_ERROR_NOT_FOUND. */
SatRecord *sat_workspace_user (SatReplica *replica, const char *login, GError **error);
/* The key of the book of the user LOGIN (sat_workspace_assign_to), and the user's id. */
char *
sat_workspace_book_of_user (SatReplica *replica, const char *login, SatId *user, GError **error);
/* The names of those whose own book BOOK (a key) is, then of those whose laptops hold it, each
 * once.
 */
GPtrArray *sat_workspace_users_of_book (SatReplica *replica, const char *book);
/* A set of the keys of the books but `company` that the laptops of USER hold. */
GHashTable *sat_workspace_books_of_user (SatReplica *replica, const SatId *user, GError **error);

/* Writes EDITS as given, equal values too (the trace driver of the merge model). BOOK NULL: where
 * the record is. */
gboolean sat_workspace_edit_raw (SatWorkspace *workspace,
                                 const SatObject *object,
                                 const SatId *id,
                                 const char *book,
                                 const SatEdit *edits,
                                 guint n_edits,
                                 const SatEditKind *kind,
                                 GError **error);
/* As sat_workspace_unpushed; with CUT also of the books in which this device is revoked. */
GPtrArray *sat_workspace_unsent (SatWorkspace *workspace,
                                 gsize limit_bytes,
                                 gboolean cut,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Revokes DEVICE in BOOK (a key), whoever says so and however often. */
gboolean
sat_workspace_cut (SatWorkspace *workspace, const char *book, const SatId *device, GError **error);
/* As sat_workspace_absorb without a look at what is deleted (the trace driver). */
gboolean sat_workspace_absorb_raw (SatWorkspace *workspace,
                                   const SatObject *object,
                                   const SatId *duplicate,
                                   const SatId *into,
                                   GError **error);
/* As sat_inbox_step, at most GROUPS records of one change-set. */
gboolean
sat_inbox_step_groups (SatInbox *inbox, guint64 groups, SatInboxProgress *progress, GError **error);
/* Moves the clock on by TICKS writes, as if they had been made. */
gboolean sat_workspace_advance_clock (SatWorkspace *workspace, guint ticks, GError **error);
void sat_workspace_set_drag_bound (SatWorkspace *workspace, gint64 bound_ms);

/* A replica made with a given key, so that tests can choose the order of device ids. */
SatWorkspace *sat_workspace_create_with_seed (const char *home,
                                              SatPlatform *platform,
                                              const SatCatalogue *catalogue,
                                              const char *hub,
                                              const guint8 seed[SAT_KEY_SEED_SIZE],
                                              GError **error);
/* Takes a new identity with a given key. */
gboolean sat_workspace_renew_with_seed (SatWorkspace *workspace,
                                        const guint8 seed[SAT_KEY_SEED_SIZE],
                                        GError **error);
/* Holds BOOK (a key) from now on. */
gboolean sat_workspace_hold (SatWorkspace *workspace, const char *book, GError **error);

G_END_DECLS
