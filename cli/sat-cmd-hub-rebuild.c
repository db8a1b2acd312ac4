/* SPDX-License-Identifier: GPL-3.0-or-later */
/* satchel hub rebuild */
#include "cli/sat-commands.h"
#include "cli/sat-hub-ask.h"
#include "cli/sat-sync-result.h"
#include "cli/sat-values.h"
#include "sync/sat-bundle.h"

static const SatOption options[] = {
  SAT_HUB_OPTIONS,
  { NULL },
};

/* {"objects", "branches", "checkpoints", "applied", "conflicts", "quarantined"} */
static void
emit (const SatRebuilt *rebuilt)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  sat_json_int (builder, "objects", (gint64) rebuilt->objects);
  sat_json_int (builder, "branches", (gint64) rebuilt->branches);
  sat_json_int (builder, "checkpoints", (gint64) rebuilt->checkpoints);
  sat_json_int (builder, "applied", (gint64) rebuilt->sync.applied);
  sat_json_int (builder, "conflicts", (gint64) rebuilt->sync.conflicts);
  sat_json_int (builder, "quarantined", (gint64) rebuilt->sync.quarantined);
  json_builder_end_object (builder);
  sat_cli_emit (builder);
}

static int
run (SatCli *cli, const SatArgs *args, GError **error)
{
  g_auto (SatHubAsk) ask = { 0 };
  SatRebuilt rebuilt;
  gboolean done;

  if (!sat_hub_ask_begin (&ask, cli, args, error))
    return SAT_EXIT_USAGE;
  if (sat_cli_open (cli, error) == NULL)
    return SAT_EXIT_FAILED;
  done = sat_sync_rebuild (cli->workspace, sat_args_word (args, 0), &ask.options, &rebuilt, error);
  sat_hub_ask_end (&ask, !done);
  if (!done)
    return SAT_EXIT_FAILED;
  if (cli->json)
    emit (&rebuilt);
  if (rebuilt.objects == 0 && rebuilt.branches == 0 && rebuilt.checkpoints == 0)
    sat_cli_say (cli, _ ("The hub lacks nothing that is known here."));
  else
    sat_cli_say (cli,
                 _ ("The hub is whole again: branches refilled: %llu, damaged or missing objects "
                    "replaced: %llu, checkpoints made: %llu."),
                 (unsigned long long) rebuilt.branches, (unsigned long long) rebuilt.objects,
                 (unsigned long long) rebuilt.checkpoints);
  return sat_sync_result_waiting (cli, &rebuilt.sync);
}

const SatCommand sat_cmd_hub_rebuild = {
  "hub rebuild",
  "[URL]",
  0,
  1,
  options,
  TRUE,
  N_ ("give a hub back what it lost: its disk, its data, single objects"),
  N_ ("The hub, or the one at URL, which is the hub from now on, gets all that is known on this "
      "laptop, also what others have written; any laptop may do this, in any order. A folder on "
      "this "
      "computer is looked at object by object, and made anew where it is gone. What only others "
      "have they send at their next sync."),
  "satchel hub rebuild",
  run,
};
