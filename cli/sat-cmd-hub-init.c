/* SPDX-License-Identifier: GPL-3.0-or-later */
/* satchel hub init */
#include "cli/sat-commands.h"
#include "cli/sat-values.h"
#include "sync/sat-sync.h"

static const SatOption options[] = {
  { "workspace", "NAME", N_ ("what the company calls its workspace; default: the folder's name") },
  { "book", "NAME", N_ ("a book records go to; may be given several times; default: customers") },
  { "currency", "CODE", N_ ("the company's currency, ISO 4217; default: CNY") },
  { NULL },
};

static void
emit (const char *dir, const char *workspace, const char *const *books, const char *fingerprint)
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
  g_autofree char *fingerprint = NULL;

  workspace = workspace != NULL ? workspace : name;
  books = books != NULL ? books : no_books;
  if (!sat_sync_init_hub (dir, NULL, NULL, workspace, currency != NULL ? currency : "CNY", books,
                          &fingerprint, error))
    return SAT_EXIT_FAILED;
  if (cli->json)
    emit (dir, workspace, books, fingerprint);
  sat_cli_say (cli, _ ("The hub of %s is ready: %s"), workspace, dir);
  sat_cli_say (cli, _ ("Its fingerprint: %s"), fingerprint);
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
      "fingerprint: it is how a new laptop knows the right hub."),
  "satchel hub init hub --workspace Acme --book east --book west",
  run,
};
