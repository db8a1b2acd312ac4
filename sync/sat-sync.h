/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The exchange with the hub: all that the programs need of sync/. Everything blocks; the desktop
 * app therefore runs `satchel sync` as a child process, which may be killed at any instant. */
#pragma once

#include <gio/gio.h>

#include "core/workspace/sat-exchange.h"
#include "sync/sat-question.h"

G_BEGIN_DECLS

typedef enum
{
  SAT_PHASE_SEAL,
  SAT_PHASE_FETCH,
  SAT_PHASE_APPLY,
  SAT_PHASE_MERGE,
  SAT_PHASE_PUSH,
  SAT_PHASE_INDEX,
} SatPhase;
/* "seal", "fetch" ...: the word in progress lines; not translated. */
const char *sat_phase_name (SatPhase phase);

/* TOTAL 0: not known. Called at most about 20 times a second per phase, and once at each phase's
 * start. */
typedef void (*SatSyncProgress) (SatPhase phase, guint64 done, guint64 total, gpointer data);

typedef struct
{
  guint64 sent_change_sets, sent_bytes; /* bytes: of the packs, as they travel */
  guint64 received_change_sets, received_bytes;
  guint64 applied;   /* change-sets */
  guint64 conflicts; /* that wait for a person now */
  guint64 quarantined;
} SatSyncResult;

/* The hub has not answered for a while, or the deadline is over, and the thread that waits for it
 * cannot be reached (libgit2 1.5 has no time-outs): the process has to end, which is safe. Called
 * on a thread of its own. ERROR says it in a sentence. */
typedef void (*SatSyncStalled) (const GError *error, gpointer data);

/* What is about to be applied, roughly: from a sample of it. */
typedef struct
{
  guint64 change_sets, records, bytes; /* bytes: of texts */
  guint64 seconds;                     /* on a machine of its kind */
} SatSyncEstimate;
/* Fewer change-sets than this are not worth an estimate. */
#define SAT_ESTIMATE_FROM 200

typedef struct
{
  guint deadline_s; /* from now; 0: none */
  GCancellable *cancellable;
  SatSyncProgress progress;
  gpointer progress_data;
  void (*estimated) (const SatSyncEstimate *estimate, gpointer progress_data); /* may be NULL */
  SatSyncAsk ask; /* NULL: nobody to ask */
  gpointer ask_data;
  const char *accept_host; /* the fingerprint that a person has named; NULL: none */
  const char *key_file;    /* ssh: the only key to offer, an absolute path; NULL: the usual ones */
  SatSyncStalled stalled;  /* NULL: waits for ever */
  gpointer stalled_data;
  guint stall_s; /* the patience with a silent hub; 0: the usual */
} SatSyncOptions;

/* seal, commit, fetch, verify, apply, merge texts, seal, push, index. Safe to kill anywhere and to
 * run again. SAT_ERROR_BUSY when another sync of this replica runs (flock on sync.lock).
 * CANCELLABLE and the deadline end it between steps with SAT_ERROR_CANCELLED. OPTIONS and RESULT
 * may be NULL; RESULT is filled as far as it got. */
gboolean sat_sync_exchange (SatWorkspace *workspace,
                            const SatSyncOptions *options,
                            SatSyncResult *result,
                            GError **error);

/* ---- checkpoints ---- */

typedef struct
{
  char *book; /* its key */
  char *ref;
  gboolean made; /* FALSE: the last one of this device says the same already */
  guint64 bytes; /* of its pack, if all of it were sent */
} SatCheckpointMade;
void sat_checkpoint_made_free (SatCheckpointMade *made);

/* An exchange, and then a checkpoint of BOOK (a key or a name; NULL: of each book held) that is
 * sent to the hub. SatCheckpointMade; NULL on failure. */
GPtrArray *sat_sync_checkpoint (SatWorkspace *workspace,
                                const char *book,
                                const SatSyncOptions *options,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A pack of a hub that is younger may belong to a push that has not set its branch yet. */
#define SAT_TIDY_GRACE_S 3600
typedef struct
{
  guint packs;    /* that went */
  guint64 before; /* bytes of all packs */
  guint64 after;
} SatTidied;
/* Puts the packs of the hub DIR together into one; what no branch reaches any more goes when it is
 * older than GRACE_S. Others may exchange with it meanwhile, unless GRACE_S is 0. */
gboolean sat_sync_tidy_hub (const char *dir, gint64 grace_s, SatTidied *out, GError **error);

/* sat_sync_exchange with the simple ones of the options. */
gboolean sat_sync_run (SatWorkspace *workspace,
                       guint deadline_s,
                       GCancellable *cancellable,
                       SatSyncProgress progress,
                       gpointer data,
                       SatSyncResult *result,
                       GError **error);

/* Makes a hub: a bare repository in DIR (which must not exist or be empty) with the founder's first
 * change-set. FINGERPRINT: "SHA256:..." of the founder's key, the root of trust. BOOKS NULL:
 * "customers". */
gboolean sat_sync_init_hub (const char *dir,
                            SatPlatform *platform,
                            const SatCatalogue *catalogue,
                            const char *workspace_name,
                            const char *currency,
                            const char *const *books,
                            char **fingerprint,
                            GError **error);

/* Makes a replica in HOME and syncs it: key, device, company book, user, books, first push and
 * fetch. On failure HOME is left as it was before. A join that was killed leaves HOME/joining, and
 * the same join again goes on with the same device. BOOKS NULL: all. */
SatWorkspace *sat_sync_join (const char *home,
                             SatPlatform *platform,
                             const SatCatalogue *catalogue,
                             const char *hub,
                             const char *login,
                             const char *full_name,
                             const char *device_name,
                             const char *const *books,
                             GCancellable *cancellable,
                             SatSyncProgress progress,
                             gpointer data,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The same with all options. */
SatWorkspace *sat_sync_join_with (const char *home,
                                  SatPlatform *platform,
                                  const SatCatalogue *catalogue,
                                  const char *hub,
                                  const char *login,
                                  const char *full_name,
                                  const char *device_name,
                                  const char *const *books,
                                  const SatSyncOptions *options,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* ---- the hub of a replica (sat-hub-settings.c) ---- */

/* Moves WORKSPACE to HUB, if the same workspace is there: a hub that shows a `company` branch of a
 * device known here; with FILL also one that is empty. Then whatever this replica has and the hub
 * has not is sent, also what others have written. Nothing is changed if the hub cannot be used. */
gboolean sat_sync_hub_set (SatWorkspace *workspace,
                           const char *hub,
                           gboolean fill,
                           const SatSyncOptions *options,
                           SatSyncResult *result,
                           GError **error);

/* In the next three, BOOK (a key or a name) means the server of that book's repository, which is
 * the hub's where it has none of its own; NULL: the hub. */

/* Accepts the host key or certificate with this fingerprint. SAT_ERROR_INVALID if that is none, or
 * the server is one that shows none. */
gboolean sat_sync_hub_trust (SatWorkspace *workspace,
                             const char *book,
                             const char *fingerprint,
                             GError **error);

/* Keeps user (NULL: the one in the address) and password or token: in the secret service or,
 * IN_FILE, in the replica's folder. */
gboolean sat_sync_hub_login (SatWorkspace *workspace,
                             const char *book,
                             const char *user,
                             const char *secret,
                             gboolean in_file,
                             GError **error);
/* Forgets them. */
gboolean sat_sync_hub_logout (SatWorkspace *workspace, const char *book, GError **error);

/* The ssh key to use for the hub; NULL: those in ~/.ssh again. */
gboolean sat_sync_hub_key (SatWorkspace *workspace, const char *path, GError **error);
/* Forgets the passphrases that were kept of those it would use. */
void sat_sync_hub_key_lock (SatWorkspace *workspace);

/* HUB as it is kept in a replica: a path made absolute, a URL as it is. Newly allocated; NULL with
 * SAT_ERROR_INVALID. */
char *sat_sync_hub_text (const char *hub, GError **error);
/* The same of a book's repository; the name of one beside the hub stays a name. */
char *sat_sync_repository_text (SatWorkspace *workspace, const char *repository, GError **error);

/* ---- the time of the next periodic exchange (sat-sync-due.c) ---- */

/* Milliseconds (wall clock) before which a periodic exchange should not be tried, because the last
 * ones failed; 0: now. A clock that was set back makes nobody wait longer than the longest pause.
 */
gint64 sat_sync_due (const char *home, gint64 now_ms);
/* Remembers in HOME how an exchange ended; RANDOM is any number. */
void sat_sync_note_outcome (const char *home, gboolean ok, gint64 now_ms, guint32 random);

/* libgit2's settings for this process (owner validation off for shared folders, fsync on). Call
 * once, early; safe to call again. */
void sat_sync_init (void);

/* "ssh-ed25519 AAAA..." of a public key, for allowed-signers files. Newly allocated. */
char *sat_sync_public_key_text (const guint8 public_key[SAT_KEY_PUBLIC_SIZE]);
/* "SHA256:..." as ssh-keygen -l prints it. Newly allocated. */
char *sat_sync_fingerprint (const guint8 public_key[SAT_KEY_PUBLIC_SIZE]);
/* The text of an allowed-signers file for git verify-commit: a line for each device known. */
char *sat_sync_allowed_signers (SatWorkspace *workspace, GError **error);

G_END_DECLS
