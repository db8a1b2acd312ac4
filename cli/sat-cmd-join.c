/* SPDX-License-Identifier: GPL-3.0-or-later */
/* satchel join */
#include <string.h>

#include "cli/sat-commands.h"
#include "cli/sat-signals.h"
#include "cli/sat-status-out.h"
#include "cli/sat-sync-progress.h"

static const SatOption options[] = {
  { "user", "LOGIN", N_ ("who works on this laptop: a short name") },
  { "name", "FULLNAME", N_ ("the person's full name; default: the login") },
  { "book", "BOOK", N_ ("a book to hold; may be given several times; default: all") },
  { "device-name", "NAME", N_ ("what to call this laptop; default: its host name") },
  { "progress", NULL, N_ ("write progress as JSON lines to standard error") },
  { NULL },
};

/* A path is kept whole, so that syncing works from any folder; URLs and host:path stay as they are.
 */
static char *
absolute_hub (const char *hub)
{
  const char *colon = strchr (hub, ':');
  const char *slash = strchr (hub, '/');

  if (colon != NULL && (slash == NULL || colon < slash) && !g_file_test (hub, G_FILE_TEST_EXISTS))
    return g_strdup (hub);
  return g_canonicalize_filename (hub, NULL);
}

static int
run (SatCli *cli, const SatArgs *args, GError **error)
{
  g_autofree char *hub = absolute_hub (sat_args_word (args, 0));
  const char *login = sat_args_get (args, "user");
  const char *name = sat_args_get (args, "name");
  const char *device = sat_args_get (args, "device-name");
  GCancellable *cancellable = sat_signals_cancellable ();
  SatProgress progress;

  if (login == NULL)
    {
      sat_usage (error, _ ("say who works on this laptop: --user LOGIN"));
      return SAT_EXIT_USAGE;
    }
  sat_progress_begin (&progress, cli, sat_args_has (args, "progress"));
  cli->workspace = sat_sync_join (cli->home, NULL, NULL, hub, login, name != NULL ? name : login,
                                  device != NULL ? device : g_get_host_name (),
                                  sat_args_all (args, "book"), cancellable, sat_sync_progress,
                                  &progress, error);
  sat_progress_end (&progress);
  if (cli->workspace == NULL)
    return SAT_EXIT_FAILED;
  if (!cli->quiet || cli->json)
    return sat_status_print (cli, error) == SAT_EXIT_FAILED ? SAT_EXIT_FAILED : SAT_EXIT_DONE;
  return SAT_EXIT_DONE;
}

const SatCommand sat_cmd_join = {
  "join",
  "URL",
  1,
  1,
  options,
  FALSE,
  N_ ("make a replica on this laptop and fetch what is there"),
  N_ ("URL is the hub: a folder, or any address that git understands. The laptop gets a key of its "
      "own, "
      "with which everything it sends is signed. One replica, one user; the same user may have "
      "several laptops."),
  "satchel join hub --user wang --name 王伟 --device-name A",
  run,
};
