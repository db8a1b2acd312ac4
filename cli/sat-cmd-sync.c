/* SPDX-License-Identifier: GPL-3.0-or-later */
/* satchel sync */
#include "cli/sat-commands.h"
#include "cli/sat-hub-ask.h"
#include "cli/sat-signals.h"
#include "cli/sat-sync-result.h"
#include "cli/sat-values.h"
#include "core/workspace/sat-workspace-approval.h"
#include "core/workspace/sat-workspace-rules.h"
#include "sync/sat-bundle.h"

static const SatOption options[] = {
  { "timeout", "S", N_ ("give up after S seconds; what was done is kept") },
  { "with", "URL",
    N_ ("once with another place than the hub: a folder on a stick, a colleague’s laptop") },
  { "if-due", NULL, N_ ("do nothing if the last tries failed and it is too early for another") },
  SAT_HUB_OPTIONS,
  { NULL },
};

static int
say_not_due (const SatCli *cli)
{
  const SatSyncResult nothing = { 0 };

  if (cli->json)
    return sat_sync_result_print (cli, &nothing);
  sat_cli_say (cli, _ ("The last tries failed; it is too early for another."));
  return SAT_EXIT_DONE;
}

static void
note_outcome (const SatCli *cli, const GError *error)
{
  SatPlatform *platform = sat_workspace_platform (cli->workspace);
  guint32 random;

  /* Another sync is no failure of this hub, and neither is a person who stopped it. */
  if (error != NULL && (g_error_matches (error, SAT_ERROR, (int) SAT_ERROR_BUSY) ||
                        g_cancellable_is_cancelled (sat_signals_cancellable ())))
    return;
  sat_platform_random (platform, (guint8 *) &random, sizeof random);
  sat_sync_note_outcome (cli->home, error == NULL, sat_platform_now_ms (platform), random);
}

/* What rules that look at the time are due for, now that all is here that others sent. It goes with
 * the next exchange; that it fails does not make this one a failure. */
static void
run_rules (const SatCli *cli)
{
  g_autoptr (GError) problem = NULL;
  guint done;

  if (!sat_workspace_refresh_approvals (cli->workspace, &problem) ||
      !sat_workspace_run_due_rules (cli->workspace, &done, &problem))
    {
      g_autofree char *text = sat_cli_word_error (problem);

      g_printerr ("satchel: %s\n", text);
    }
  else if (done > 0)
    sat_cli_say (cli,
                 ngettext ("Rules changed %u record; “satchel rules log” says what.",
                           "Rules changed %u records; “satchel rules log” says what.", done),
                 done);
}

static int
run (SatCli *cli, const SatArgs *args, GError **error)
{
  g_auto (SatHubAsk) ask = { 0 };
  g_autoptr (GError) local = NULL;
  const char *with = sat_args_get (args, "with");
  SatSyncResult result = { 0 };
  gint64 deadline = 0;

  if (!sat_args_number (args, "timeout", 1, 86400, &deadline, error) ||
      !sat_hub_ask_begin (&ask, cli, args, error))
    return SAT_EXIT_USAGE;
  if (sat_cli_open (cli, error) == NULL)
    return SAT_EXIT_FAILED;
  if (sat_args_has (args, "if-due") &&
      sat_sync_due (cli->home, sat_platform_now_ms (sat_workspace_platform (cli->workspace))) > 0)
    return say_not_due (cli);
  ask.options.deadline_s = (guint) deadline;
  if (with != NULL)
    sat_sync_with (cli->workspace, with, &ask.options, &result, &local);
  else
    sat_sync_exchange (cli->workspace, &ask.options, &result, &local);
  sat_hub_ask_end (&ask, local != NULL);
  if (with == NULL)
    note_outcome (cli, local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return SAT_EXIT_FAILED;
    }
  run_rules (cli);
  return sat_sync_result_print (cli, &result);
}

const SatCommand sat_cmd_sync = {
  "sync",
  "",
  0,
  0,
  options,
  TRUE,
  N_ ("exchange changes with the hub"),
  N_ ("Sends what was changed here, fetches what others sent and merges it field by field. It may "
      "be "
      "stopped at any moment (Ctrl-C); nothing is lost, and the next sync goes on from there. With "
      "--with everything known here goes to the other place and what is new there comes here, in "
      "any order with syncs; what was changed here still waits for the hub. An empty folder "
      "becomes "
      "such a place."),
  "satchel sync --timeout 60",
  run,
};
