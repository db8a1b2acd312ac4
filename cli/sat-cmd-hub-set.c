/* SPDX-License-Identifier: GPL-3.0-or-later */
/* satchel hub set */
#include "cli/sat-commands.h"
#include "cli/sat-hub-ask.h"
#include "cli/sat-sync-result.h"

static const SatOption options[] = {
  { "fill", NULL, N_ ("the hub is empty: fill it with all that is known here") },
  SAT_HUB_OPTIONS,
  { NULL },
};

static int
run (SatCli *cli, const SatArgs *args, GError **error)
{
  g_auto (SatHubAsk) ask = { 0 };
  SatSyncResult result = { 0 };
  gboolean moved;

  if (!sat_hub_ask_begin (&ask, cli, args, error))
    return SAT_EXIT_USAGE;
  if (sat_cli_open (cli, error) == NULL)
    return SAT_EXIT_FAILED;
  moved = sat_sync_hub_set (cli->workspace, sat_args_word (args, 0), sat_args_has (args, "fill"),
                            &ask.options, &result, error);
  sat_hub_ask_end (&ask, !moved);
  if (!moved || (ask.key_file != NULL && !sat_sync_hub_key (cli->workspace, ask.key_file, error)))
    return SAT_EXIT_FAILED;
  return sat_sync_result_print (cli, &result);
}

const SatCommand sat_cmd_hub_set = {
  "hub set",
  "URL",
  1,
  1,
  options,
  TRUE,
  N_ ("the hub has moved to another address"),
  N_ ("The new hub must hold the same workspace, which is looked at before anything is changed. "
      "What is known here and missing there is sent, also what others have written. Each laptop "
      "moves by itself."),
  "satchel hub set https://example.org/crm.git",
  run,
};
