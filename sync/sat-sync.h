/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The exchange with the hub: all that the programs need of sync/. Everything blocks; the desktop
 * app therefore runs `satchel sync` as a child process, which may be killed at any instant. */
#pragma once

#include <gio/gio.h>

#include "core/workspace/sat-exchange.h"

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

/* seal, commit, fetch, verify, apply, merge texts, seal, push, index. Safe to kill anywhere and to
 * run again. SAT_ERROR_BUSY when another sync of this replica runs (flock on sync.lock).
 * CANCELLABLE and DEADLINE_S (0: none; from now, in seconds) end it between steps with
 * SAT_ERROR_CANCELLED. RESULT (may be NULL) is filled as far as it got. */
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
