/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Closed workspaces (docs/enrolment.md): making one, and joining one with a code. */
#pragma once

#include "core/base/sat-invitation.h"
#include "sync/sat-sync.h"

G_BEGIN_DECLS

/* sat_sync_init_hub of a closed workspace. CODE lets in the first administrator, user
 * "admin", for DAYS. */
gboolean sat_sync_init_closed_hub (const char *dir,
                                   SatPlatform *platform,
                                   const SatCatalogue *catalogue,
                                   const char *workspace_name,
                                   const char *currency,
                                   const char *const *books,
                                   guint days,
                                   char code[SAT_CODE_TEXT_SIZE],
                                   char **fingerprint,
                                   GError **error);

/* sat_sync_join_with, also where HUB is a bundle: the replica then knows no hub until
 * sat_sync_hub_set, and what it writes travels by bundles and folders. In a closed workspace CODE
 * is that of an invitation (NULL: the workspace is open), from which LOGIN and BOOKS are taken
 * where they are NULL. Once others may know the device, a failure leaves HOME for the same join to
 * go on with. */
SatWorkspace *sat_sync_join_code (const char *home,
                                  SatPlatform *platform,
                                  const SatCatalogue *catalogue,
                                  const char *hub,
                                  const char *code,
                                  const char *login,
                                  const char *full_name,
                                  const char *device_name,
                                  const char *const *books,
                                  const SatSyncOptions *options,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
