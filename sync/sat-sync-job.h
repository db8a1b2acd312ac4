/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One run of an exchange: what its steps share. Private to sync/. The steps are functions of one
 * file each (sat-outbox, sat-fetch, sat-source, sat-push); sat-sync.c puts them in order.
 *
 * HOME/git/inbox.git mirrors the hub's branches, own ones too; HOME/git/outbox.git knows own
 * branches only, so that a push need not look at anybody else's history. Both are caches: SQLite is
 * the truth for what this device sealed, and the hub for the rest. */
#pragma once

#include "sync/sat-branches.h"
#include "sync/sat-hub-login.h"
#include "sync/sat-sync.h"
#include "sync/sat-watchdog.h"

G_BEGIN_DECLS

/* Who is at the other end. Only what the hub shows counts as sent: a stick may be lost. */
typedef enum
{
  SAT_PEER_HUB,
  SAT_PEER_OTHER, /* any other repository, written to like the hub */
  SAT_PEER_FILE,  /* a bundle: nothing is sent, and what it does not show is not missing */
} SatPeer;

#define SAT_SAID_MAX 16384

typedef struct
{
  SatWorkspace *workspace; /* borrowed */
  SatPeer peer;
  const SatId *device;    /* borrowed from it; changes with its identity */
  SatId self;             /* who it was when the job began, not who it acts for */
  gboolean is_former;     /* that is one that the replica was before */
  SatHubAddress *home;    /* of the hub that holds book company; peer HUB: of the workspace */
  char *site;             /* a book's repository (sat-apart.h), while it is there; NULL: HOME */
  GHashTable *apart;      /* book -> its repository, of those that are not at HOME; NULL: all are */
  GHashTable *failed;     /* of those repositories the ones that failed: not gone to again */
  SatHubAddress *address; /* where it is now */
  const char *hub;        /* address->text: its absolute path, or its URL */
  SatHubLogin login;      /* for the connections to it */
  gboolean is_alone;      /* a replica that is not joined yet: nobody else writes to it */
  gboolean is_filling;    /* what is there may be nothing at all: it is filled from here */
  SatSyncOptions options; /* its pointers are borrowed */
  SatWatchdog *watchdog;  /* NULL: nobody wants to know */
  git_repository *inbox;
  git_repository *view; /* inbox's objects with few refs; smart hubs only, made when needed */
  git_remote *remote;   /* of VIEW, connected, between a look and a download; else NULL */
  git_repository *outbox;
  SatPlaces *places;           /* of the branches in inbox */
  GHashTable *tips;            /* ref in inbox -> git_oid */
  GHashTable *hub_tips;        /* ref on the hub, when last looked -> git_oid; NULL before */
  GHashTable *hub_checkpoints; /* ref of a checkpoint on the hub, as hub_tips */
  GHashTable *hub_covers;      /* of what says what one covers, likewise */
  GPtrArray *covers;           /* SatCover, once fetched; NULL before: sat-cover.h */
  GHashTable *refused; /* ref that is not taken as the hub shows it -> GError: why, or NULL: it does
                        * not continue what is here */
  GHashTable *parts;   /* such a ref -> git_oid: up to where it is taken; all zero: nothing of it */
  GStrv revoked;       /* books in which this device is revoked: nothing of them is sent; or NULL */
  GHashTable *foreign; /* own refs on the hub that hold commits we did not make -> commit */
  GString *said;       /* what the hub has said beside push_status, SAT_SAID_MAX bytes at most */
  GHashTable *push_status; /* ref -> "" pushed, or what the hub said against it */
  char **books;            /* that are held and exchanged here */
  gboolean is_scattered;   /* others are held that are exchanged elsewhere */
  gboolean damaged;        /* objects are missing in inbox: make it anew */
  gboolean renewed;        /* that was done */
  GCancellable *cancellable;
  gint64 deadline_us; /* g_get_monotonic_time; 0: none */
  SatPhase phase;
  gint64 progress_us; /* when progress was last told */
  SatSyncResult result;
  int lock_fd;
} SatSyncJob;

/* Takes the lock and opens (or makes) the two repositories of WORKSPACE. HUB: another one than the
 * workspace's; OPTIONS: may be NULL; both may be. NULL with SAT_ERROR_BUSY if another job runs. */
SatSyncJob *sat_sync_job_new (SatWorkspace *workspace,
                              SatPeer peer,
                              const char *hub,
                              const SatSyncOptions *options,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
void sat_sync_job_free (SatSyncJob *job);

/* Puts a damaged inbox aside and begins a new one, once a job. FALSE without error if there is no
 * cause to, or it was done before. */
gboolean sat_sync_job_renew_inbox (SatSyncJob *job, GError **error);

/* FALSE with SAT_ERROR_CANCELLED when cancelled or past the deadline. A SatWalkCheck on a job. */
gboolean sat_sync_job_check (gpointer job, GError **error);
/* The hub could not be used for the purpose of MSGID, a sentence with %s for the hub and %s for
 * libgit2's words. What is known to be behind libgit2's code and words is said as a sentence of its
 * own instead; a failure that stopping the job caused is SAT_ERROR_CANCELLED. */
gboolean sat_sync_job_fail (SatSyncJob *job, GError **error, int code, const char *msgid);
/* What is applied is applied in slices of so many milliseconds, with a pause after each in which
 * another process can write; a replica that has joined already is in use. */
guint sat_sync_job_slice (const SatSyncJob *job);
void sat_sync_job_pause (const SatSyncJob *job);

/* A phase begins: told at once. */
void sat_sync_job_phase (SatSyncJob *job, SatPhase phase);
/* Told at most 20 times a second. */
void sat_sync_job_progress (SatSyncJob *job, guint64 done, guint64 total);

/* Goes to SITE (NULL: home), another repository of the workspace; what was known of the one left is
 * forgotten, but for what it brought here. */
gboolean sat_sync_job_visit (SatSyncJob *job, const char *site, GError **error);
/* Is BOOK exchanged with the repository where the job is? Only a hub's books can be apart. A
 * SatBookTest on a job. */
gboolean sat_sync_job_is_here (const char *book, gpointer job);
/* Of books that are here and held. */
gboolean sat_sync_job_holds (const SatSyncJob *job, const char *book);
/* Is REF a branch, or what says what a checkpoint covers, of a book that is held and here? Book
 * `enrolment` also where it is not held: that it is there says that the workspace is closed. */
gboolean sat_sync_job_wants (const SatSyncJob *job, const char *ref);
gboolean sat_sync_job_reload_books (SatSyncJob *job, GError **error);
gboolean sat_sync_job_is_own (const SatSyncJob *job, const SatBranch *branch);

/* A call to the hub begins: it may be silent for so long, and no longer. */
void sat_sync_job_listen (SatSyncJob *job);
/* It has ended. */
void sat_sync_job_heard (SatSyncJob *job);

/* Callbacks for libgit2 that answer its questions, report progress, stop when cancelled and note
 * the fate of pushed refs. JOB must outlive the remote. */
void sat_sync_job_callbacks (SatSyncJob *job, git_remote_callbacks *out);

/* A copy of ID for the hash tables. */
git_oid *sat_oid_dup (const git_oid *id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatSyncJob, sat_sync_job_free)

G_END_DECLS
