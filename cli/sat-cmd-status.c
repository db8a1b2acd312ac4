/* SPDX-License-Identifier: GPL-3.0-or-later */
/* satchel status */
#include "cli/sat-commands.h"
#include "cli/sat-status-out.h"

static int
run (SatCli *cli, const SatArgs *args, GError **error)
{
  if (sat_cli_open (cli, error) == NULL)
    return SAT_EXIT_FAILED;
  return (int) sat_status_print (cli, error);
}

const SatCommand sat_cmd_status = {
  "status",
  "",
  0,
  0,
  NULL,
  TRUE,
  N_ ("show who and where this replica is and what waits"),
  NULL,
  "satchel status",
  run,
};
