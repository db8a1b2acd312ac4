/* SPDX-License-Identifier: GPL-3.0-or-later */
/* satchel complete -- WORD...: what the shells' completion asks for; not in the help, since nobody
 * writes it. The first line is "words", "files" or "folders", a tab, and the beginning of the word
 * that stays when a file or a folder is completed; then, one a line, the words that may stand in
 * place of the last WORD, each with a tab and its help. */
#include <stdio.h>

#include "cli/sat-commands.h"
#include "cli/sat-complete.h"

static void
note (const char *word, const char *help, gpointer data)
{
  g_string_append_printf (data, "%s\t%s\n", word, help);
}

static int
run (SatCli *cli, const SatArgs *args, GError **error)
{
  static const char *const kinds[] = { "words", "files", "folders" };
  g_autoptr (GString) found = g_string_new (NULL);
  g_autofree char *prefix = NULL;
  SatCompleteKind kind = sat_complete (cli, sat_args_words (args), note, found, &prefix);

  printf ("%s\t%s\n%s", kinds[kind], prefix, found->str);
  return SAT_EXIT_DONE;
}

const SatCommand sat_cmd_complete = {
  "complete",
  "-- WORD...",
  0,
  G_MAXUINT,
  NULL,
  FALSE,
  N_ ("what may follow, for the completion of a shell"),
  NULL,
  "satchel complete -- set cust",
  run,
};
