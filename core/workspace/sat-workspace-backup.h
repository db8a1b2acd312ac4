/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A backup is one file: the database as it was at one moment, with the keys of its device, as a
 * SQLite database that stock tools can look into. Whoever has it can speak for that device: keep it
 * as safe as the laptop. */
#pragma once

#include "core/workspace/sat-workspace.h"

G_BEGIN_DECLS

typedef struct
{
  guint64 bytes;
  GPtrArray *digests; /* SatDigest of each book, as in the original and in the file */
} SatBackup;
void sat_backup_free (SatBackup *backup);

/* Seals what is open and writes FILE, while others go on reading and writing. The file is read
 * again and checked before it takes the place of an older one. SAT_ERROR_BUSY while a change-set
 * stays half applied. */
SatBackup *sat_workspace_backup (SatWorkspace *workspace,
                                 const char *file,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

typedef struct
{
  SatId device; /* the new one */
  char *code;   /* its short code; "" if it has not joined */
  char *kept;   /* where the replica is that was in HOME; NULL: there was none */
} SatRestored;
void sat_restored_clear (SatRestored *restored);

/* Makes HOME a replica with what FILE holds, as a new device that knows all that the old one knew
 * and sends what that had not sent. FILE is checked before anything in HOME is touched, and a
 * replica that is in HOME is kept beside it. SAT_ERROR_BUSY if that one is in use;
 * SAT_ERROR_INVALID if FILE is no backup or HOME holds other things. PLATFORM, CATALOGUE: as in
 * sat_workspace_open. */
gboolean sat_workspace_restore (const char *file,
                                const char *home,
                                SatPlatform *platform,
                                const SatCatalogue *catalogue,
                                SatRestored *restored,
                                GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatBackup, sat_backup_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SatRestored, sat_restored_clear)

G_END_DECLS
