/* SPDX-License-Identifier: GPL-3.0-or-later */
/* satchel help */
#include "cli/sat-commands.h"
#include "cli/sat-help.h"

static int
run (SatCli *cli, const SatArgs *args, GError **error)
{
  const SatCommand *command;
  guint used;

  if (sat_args_n_words (args) == 0)
    {
      sat_help_program ();
      return SAT_EXIT_DONE;
    }
  command = sat_command_find (sat_args_words (args), &used);
  if (command == NULL && sat_help_group (sat_args_word (args, 0)))
    return SAT_EXIT_DONE;
  if (command == NULL)
    {
      sat_usage (error, _ ("there is no command “%s”"), sat_args_word (args, 0));
      return SAT_EXIT_USAGE;
    }
  sat_help_command (command);
  return SAT_EXIT_DONE;
}

const SatCommand sat_cmd_help = {
  "help",
  "[COMMAND]",
  0,
  2,
  NULL,
  FALSE,
  N_ ("show this help, or the help of a command"),
  NULL,
  "satchel help import",
  run,
};
