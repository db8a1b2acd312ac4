/* SPDX-License-Identifier: GPL-3.0-or-later */
/* satchel hub init */
#include "cli/sat-commands.h"
#include "cli/sat-values.h"
#include "sync/sat-closed.h"

static const SatOption options[] = {
  { "workspace", "NAME", N_ ("what the company calls its workspace; default: the folder's name") },
  { "book", "NAME", N_ ("a book records go to; may be given several times; default: customers") },
  { "currency", "CODE", N_ ("the company's currency, ISO 4217; default: CNY") },
  { "closed", NULL, N_ ("only who has a code of an administrator can join") },
  { NULL },
};

/* For the first administrator, who may be told later. */
#define CODE_DAYS 30

static void
emit (const char *dir,
      const char *workspace,
      const char *const *books,
      const char *fingerprint,
      const char *code)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  sat_json_text (builder, "hub", dir);
  sat_json_text (builder, "workspace", workspace);
  json_builder_set_member_name (builder, "books");
  json_builder_begin_array (builder);
  for (guint i = 0; books[i] != NULL; i++)
    json_builder_add_string_value (builder, books[i]);
  json_builder_end_array (builder);
  sat_json_text (builder, "fingerprint", fingerprint);
  if (code != NULL)
    sat_json_text (builder, "code", code);
  json_builder_end_object (builder);
  sat_cli_emit (builder);
}

static int
run (SatCli *cli, const SatArgs *args, GError **error)
{
  const char *const no_books[] = { "customers", NULL };
  g_autofree char *dir = g_canonicalize_filename (sat_args_word (args, 0), NULL);
  g_autofree char *name = g_path_get_basename (dir);
  const char *workspace = sat_args_get (args, "workspace");
  const char *currency = sat_args_get (args, "currency");
  const char *const *books = sat_args_all (args, "book");
  gboolean closed = sat_args_has (args, "closed");
  g_autofree char *fingerprint = NULL;
  char code[SAT_CODE_TEXT_SIZE];
  gboolean ok;

  workspace = workspace != NULL ? workspace : name;
  books = books != NULL ? books : no_books;
  currency = currency != NULL ? currency : "CNY";
  ok = closed
           ? sat_sync_init_closed_hub (dir, NULL, NULL, workspace, currency, books, CODE_DAYS, code,
                                       &fingerprint, error)
           : sat_sync_init_hub (dir, NULL, NULL, workspace, currency, books, &fingerprint, error);
  if (!ok)
    return SAT_EXIT_FAILED;
  if (cli->json)
    emit (dir, workspace, books, fingerprint, closed ? code : NULL);
  sat_cli_say (cli, _ ("The hub of %s is ready: %s"), workspace, dir);
  sat_cli_say (cli, _ ("Its fingerprint: %s"), fingerprint);
  if (closed)
    {
      if (cli->quiet && !cli->json)
        sat_cli_line (code);
      sat_cli_say (cli, _ ("The first administrator's code, to be used once: %s"), code);
      sat_cli_say (cli, _ ("On the administrator's laptop: satchel join %s --code CODE"), dir);
    }
  else
    sat_cli_say (cli, _ ("On each laptop: satchel join %s --user LOGIN"), dir);
  return SAT_EXIT_DONE;
}

const SatCommand sat_cmd_hub_init = {
  "hub init",
  "DIR",
  1,
  1,
  options,
  FALSE,
  N_ ("make the shared repository of a company"),
  N_ ("DIR becomes a bare git repository that holds the first change-set of the workspace. Any "
      "folder "
      "that all laptops reach serves: a server's disk, a network share, a USB stick. Keep the "
      "fingerprint: it is how a new laptop knows the right hub.\n\n"
      "With --closed nobody joins without being let in: the first administrator (user admin) with "
      "the code that is printed and kept nowhere, within 30 days; all others with codes of "
      "“satchel hub invite”. What anybody else writes to the hub counts nowhere. It cannot be "
      "closed later, or opened."),
  "satchel hub init hub --workspace Acme --book east --book west",
  run,
};
