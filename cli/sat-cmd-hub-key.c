/* SPDX-License-Identifier: GPL-3.0-or-later */
/* satchel hub key */
#include "cli/sat-commands.h"
#include "sync/sat-sync.h"

static const SatOption options[] = {
  { "forget", NULL, N_ ("forget the passphrases that were kept in the key ring") },
  { NULL },
};

static int
run (SatCli *cli, const SatArgs *args, GError **error)
{
  const char *word = sat_args_word (args, 0);
  g_autofree char *path = word != NULL ? g_canonicalize_filename (word, NULL) : NULL;

  if (sat_cli_open (cli, error) == NULL)
    return SAT_EXIT_FAILED;
  if (sat_args_has (args, "forget"))
    sat_sync_hub_key_lock (cli->workspace);
  else if (!sat_sync_hub_key (cli->workspace, path, error))
    return SAT_EXIT_FAILED;
  return SAT_EXIT_DONE;
}

const SatCommand sat_cmd_hub_key = {
  "hub key",
  "[FILE]",
  0,
  1,
  options,
  FALSE,
  N_ ("which ssh key to use for the hub"),
  N_ ("FILE is the private key. Without FILE it is the agent’s keys again, and those in ~/.ssh. "
      "A key with a passphrase is asked for on the terminal; with “satchel sync --remember” the "
      "key "
      "ring of your desktop keeps it, and --forget takes it from there."),
  "satchel hub key ~/.ssh/crm_ed25519",
  run,
};
