/* SPDX-License-Identifier: GPL-3.0-or-later */
/* satchel join */
#include "cli/sat-args-file.h"
#include "cli/sat-commands.h"
#include "cli/sat-hub-ask.h"
#include "cli/sat-status-out.h"
#include "sync/sat-closed.h"

static const SatOption options[] = {
  { "user", "LOGIN", N_ ("who works on this laptop: a short name") },
  { "code", "CODE", N_ ("the code an administrator gave, in a closed workspace") },
  { "name", "FULLNAME", N_ ("the person's full name; default: the login") },
  { "book", "BOOK", N_ ("a book to hold; may be given several times; default: all") },
  { "from", "FILE", N_ ("take what is not said here from FILE; see below") },
  { "device-name", "NAME", N_ ("what to call this laptop; default: its host name") },
  SAT_HUB_OPTIONS,
  { NULL },
};

/* The key that the hub accepted is the one to use from now on. */
static gboolean
keep_key (const SatCli *cli, const SatHubAsk *ask, GError **error)
{
  return ask->key_file == NULL || sat_sync_hub_key (cli->workspace, ask->key_file, error);
}

static int
join (SatCli *cli, const SatArgs *args, GError **error)
{
  g_auto (SatHubAsk) ask = { 0 };
  const char *login = sat_args_get (args, "user");
  const char *name = sat_args_get (args, "name");
  const char *device = sat_args_get (args, "device-name");
  const char *code = sat_args_get (args, "code");
  char read[SAT_CODE_TEXT_SIZE];

  if (code != NULL && !sat_code_read (code, read, error))
    return SAT_EXIT_FAILED;
  if (login == NULL && code == NULL)
    {
      sat_usage (error, _ ("say who works on this laptop: --user LOGIN"));
      return SAT_EXIT_USAGE;
    }
  if (sat_args_word (args, 0) == NULL)
    {
      sat_usage (error, _ ("say which hub to join: its URL"));
      return SAT_EXIT_USAGE;
    }
  if (!sat_hub_ask_begin (&ask, cli, args, error))
    return SAT_EXIT_USAGE;
  cli->workspace = sat_sync_join_code (cli->home, NULL, NULL, sat_args_word (args, 0), code, login,
                                       name != NULL ? name : login,
                                       device != NULL ? device : g_get_host_name (),
                                       sat_args_all (args, "book"), &ask.options, error);
  sat_hub_ask_end (&ask, cli->workspace == NULL);
  if (cli->workspace == NULL || !keep_key (cli, &ask, error))
    return SAT_EXIT_FAILED;
  if (!cli->quiet || cli->json)
    return sat_status_print (cli, error) == SAT_EXIT_FAILED ? SAT_EXIT_FAILED : SAT_EXIT_DONE;
  return SAT_EXIT_DONE;
}

static int
run (SatCli *cli, const SatArgs *args, GError **error)
{
  const char *file = sat_args_get (args, "from");
  g_autoptr (SatArgs) all = NULL;

  if (file == NULL)
    return join (cli, args, error);
  all = sat_args_with_file (args, file, "join", "url", options, error);
  return all != NULL ? join (cli, all, error) : SAT_EXIT_USAGE;
}

const SatCommand sat_cmd_join = {
  "join",
  "[URL|FILE]",
  0,
  1,
  options,
  FALSE,
  N_ ("make a replica on this laptop and fetch what is there"),
  N_ ("URL is the hub: a folder, user@host:path, ssh://host/path or https://host/path. The laptop "
      "gets a key of its "
      "own, "
      "with which everything it sends is signed. One replica, one user; the same user may have "
      "several laptops.\n\n"
      "Where the hub cannot be reached: a FILE that “satchel bundle export” wrote without --for. "
      "The "
      "laptop then knows no hub, and exchanges files or folders (“satchel bundle”, “satchel sync "
      "--with”) until “satchel hub set URL” names it; until then the last six characters of its id "
      "serve as its short code.\n\n"
      "In a closed workspace --code is needed, and says who the person is and which books the "
      "laptop holds; --user may be left out.\n\n"
      "For many laptops at once the options may stand in a file, which --from names: a group "
      "[join], in it “url=”, and a line for each option, such as “user=wang”, "
      "“book=east;west” or “accept-host=SHA256:…”. What is said on the command line comes "
      "before the file."),
  "satchel join hub --user wang --name 王伟 --device-name A\n"
  "satchel join git@example.org:crm.git --user wang\n"
  "satchel join git@example.org:crm.git --code 7KQM-2XWD-9ABC-DEFG-HJKL\n"
  "satchel join everything.bundle --user wang\n"
  "satchel join --from /etc/crm/join.conf --user wang",
  run,
};
