/* SPDX-License-Identifier: GPL-3.0-or-later */
/* satchel version */
#include "cli/sat-commands.h"
#include "cli/sat-values.h"
#include "config.h"

static int
run (SatCli *cli, const SatArgs *args, GError **error)
{
  if (cli->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      sat_json_text (builder, "version", SAT_VERSION);
      json_builder_end_object (builder);
      sat_cli_emit (builder);
    }
  else
    sat_cli_line ("satchel " SAT_VERSION);
  return SAT_EXIT_DONE;
}

const SatCommand sat_cmd_version = {
  "version", "", 0, 0, NULL, FALSE, N_ ("show the version"), NULL, "satchel version", run,
};
