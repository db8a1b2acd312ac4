/* SPDX-License-Identifier: GPL-3.0-or-later */
/* satchel hub revoke */
#include "cli/sat-commands.h"
#include "cli/sat-values.h"
#include "core/workspace/sat-workspace-revoke.h"

static const SatOption options[] = {
  { "book", "BOOK", N_ ("in this book alone; else in all that this laptop holds") },
  { NULL },
};

static void
emit_books (JsonBuilder *builder, const char *name, const GPtrArray *books)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; i < books->len; i++)
    json_builder_add_string_value (builder, g_ptr_array_index (books, i));
  json_builder_end_array (builder);
}

static void
emit (const SatRevoked *revoked)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  sat_json_id (builder, "id", &revoked->device);
  sat_json_text (builder, "name", revoked->name);
  emit_books (builder, "books", revoked->cut);
  emit_books (builder, "beyond", revoked->beyond);
  json_builder_end_object (builder);
  sat_cli_emit (builder);
}

static char *
joined (GPtrArray *books)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < books->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", (char *) books->pdata[i]);
  return g_strdup (text->str);
}

static int
run (SatCli *cli, const SatArgs *args, GError **error)
{
  g_auto (SatRevoked) revoked = { 0 };
  g_autofree char *cut = NULL;
  g_autofree char *beyond = NULL;

  if (sat_cli_open (cli, error) == NULL ||
      !sat_workspace_revoke (cli->workspace, sat_args_word (args, 0), sat_args_get (args, "book"),
                             &revoked, error))
    return SAT_EXIT_FAILED;
  if (cli->json)
    emit (&revoked);
  cut = joined (revoked.cut);
  beyond = joined (revoked.beyond);
  sat_cli_say (cli,
               _ ("Device “%s” is revoked (books: %s). What of it has arrived here stays; the next "
                  "sync tells the others to take nothing later."),
               revoked.name, cut);
  if (revoked.beyond->len > 0)
    sat_cli_say (cli,
                 _ ("It also holds books that are not on this laptop: %s. Revoke it again on a "
                    "laptop that holds them."),
                 beyond);
  return SAT_EXIT_DONE;
}

const SatCommand sat_cmd_hub_revoke = {
  "hub revoke",
  "DEVICE",
  1,
  1,
  options,
  FALSE,
  N_ ("believe a lost or stolen laptop no more (administrators)"),
  N_ ("DEVICE is its name, short code or id: see “satchel devices”. All others go on with what of "
      "it had arrived here, and with what somebody else had built on; later changes of it are "
      "taken in by nobody. Nothing that its user had sent before is lost.\n\n"
      "It does not take away the laptop's access to the hub: remove its ssh key or password there "
      "as well."),
  "satchel hub revoke W7 && satchel sync",
  run,
};
