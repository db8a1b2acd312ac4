/* SPDX-License-Identifier: GPL-3.0-or-later */
/* satchel hub trust */
#include "cli/sat-commands.h"
#include "sync/sat-sync.h"

static const SatOption options[] = {
  { "book", "BOOK", N_ ("for the server of a book that has a repository of its own") },
  { NULL },
};

static int
run (SatCli *cli, const SatArgs *args, GError **error)
{
  if (sat_cli_open (cli, error) == NULL ||
      !sat_sync_hub_trust (cli->workspace, sat_args_get (args, "book"), sat_args_word (args, 0),
                           error))
    return SAT_EXIT_FAILED;
  sat_cli_say (cli, _ ("Accepted."));
  return SAT_EXIT_DONE;
}

const SatCommand sat_cmd_hub_trust = {
  "hub trust",
  "FINGERPRINT",
  1,
  1,
  options,
  FALSE,
  N_ ("accept the key or certificate of the hub’s computer"),
  N_ ("FINGERPRINT is what a sync shows when it does not know the computer at the other end. "
      "Compare it with the one you were given by whoever looks after the hub. It is kept with this "
      "replica and replaces the one accepted before."),
  "satchel hub trust SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8",
  run,
};
