/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The state of the replica, for the commands status and join. */
#pragma once

#include "cli/sat-cli.h"

G_BEGIN_DECLS

/* Prints it, as text or JSON, and says whether something waits for a person. */
SatExit sat_status_print (SatCli *cli, GError **error);

G_END_DECLS
