/* SPDX-License-Identifier: GPL-3.0-or-later */
/* satchel hub tidy */
#include "cli/sat-commands.h"
#include "cli/sat-values.h"
#include "sync/sat-sync.h"

static const SatOption options[] = {
  { "alone", NULL, N_ ("nobody exchanges with the hub meanwhile: what is young goes, too") },
  { NULL },
};

static void
emit (const SatTidied *tidied)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  sat_json_int (builder, "packs", tidied->packs);
  sat_json_int (builder, "before", (gint64) tidied->before);
  sat_json_int (builder, "after", (gint64) tidied->after);
  json_builder_end_object (builder);
  sat_cli_emit (builder);
}

static int
run (SatCli *cli, const SatArgs *args, GError **error)
{
  gboolean alone = sat_args_has (args, "alone");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  SatTidied tidied;

  if (!sat_sync_tidy_hub (sat_args_word (args, 0), alone ? 0 : SAT_TIDY_GRACE_S, &tidied, error))
    return SAT_EXIT_FAILED;
  if (cli->json)
    emit (&tidied);
  before = g_format_size (tidied.before);
  after = g_format_size (tidied.after);
  sat_cli_say (cli, _ ("The packs of the hub took %s, and take %s now."), before, after);
  return SAT_EXIT_DONE;
}

const SatCommand sat_cmd_hub_tidy = {
  "hub tidy",
  "DIR",
  1,
  1,
  options,
  FALSE,
  N_ ("make few packs of a hub’s many, without what nobody reaches any more"),
  N_ ("A hub that is a folder is tidied by the laptops themselves when it is time; a git server "
      "does it with its own means. This does it now. Others may exchange with the hub meanwhile; "
      "what came in the last hour and no branch reaches yet stays."),
  "satchel hub tidy /media/stick/hub",
  run,
};
