/* SPDX-License-Identifier: GPL-3.0-or-later */
/* satchel hub login */
#include <stdio.h>
#include <unistd.h>

#include "cli/sat-commands.h"
#include "cli/sat-hub-ask.h"

static const SatOption options[] = {
  { "book", "BOOK", N_ ("for the server of a book that has a repository of its own") },
  { "user", "NAME", N_ ("the user on the hub; default: the one in its address") },
  { "in-file", NULL, N_ ("keep the password in the replica’s folder instead of the key ring") },
  { "forget", NULL, N_ ("forget what was kept") },
  { NULL },
};

static int
run (SatCli *cli, const SatArgs *args, GError **error)
{
  const char *book = sat_args_get (args, "book");
  g_autofree char *secret = NULL;

  if (sat_cli_open (cli, error) == NULL)
    return SAT_EXIT_FAILED;
  if (sat_args_has (args, "forget"))
    return sat_sync_hub_logout (cli->workspace, book, error) ? SAT_EXIT_DONE : SAT_EXIT_FAILED;
  if (isatty (STDIN_FILENO))
    fputs (_ ("Password or token: "), stderr);
  secret = sat_hub_ask_line (TRUE);
  if (!sat_sync_hub_login (cli->workspace, book, sat_args_get (args, "user"),
                           secret != NULL ? secret : "", sat_args_has (args, "in-file"), error))
    return SAT_EXIT_FAILED;
  sat_cli_say (cli, _ ("Kept."));
  return SAT_EXIT_DONE;
}

const SatCommand sat_cmd_hub_login = {
  "hub login",
  "",
  0,
  0,
  options,
  FALSE,
  N_ ("keep user and password of a hub on the web"),
  N_ ("The password or token is read from standard input, on a terminal without showing it. It "
      "goes to the key ring of your desktop; with --in-file it goes to the file “credentials” in "
      "the replica’s folder, which only you can read.\n\n"
      "A book that has a repository of its own (“satchel book list”) may be on another server: "
      "--book gives the login there."),
  "satchel hub login --user wang\n"
  "satchel hub login --book key --user wang",
  run,
};
