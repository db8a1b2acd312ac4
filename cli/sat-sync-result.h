/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an exchange did, for sync and `hub set`. */
#pragma once

#include "cli/sat-cli.h"
#include "sync/sat-sync.h"

G_BEGIN_DECLS

/* The document of --json, or sentences; the exit status that says whether something waits. */
/* Says what waits for a person; the exit status. */
SatExit sat_sync_result_waiting (const SatCli *cli, const SatSyncResult *result);
SatExit sat_sync_result_print (const SatCli *cli, const SatSyncResult *result);

G_END_DECLS
