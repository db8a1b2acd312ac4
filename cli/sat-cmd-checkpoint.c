/* SPDX-License-Identifier: GPL-3.0-or-later */
/* satchel checkpoint */
#include "cli/sat-commands.h"
#include "cli/sat-hub-ask.h"
#include "cli/sat-values.h"

static const SatOption options[] = {
  { "book", "BOOK", N_ ("of this book alone; default: of each book that this laptop holds") },
  SAT_HUB_OPTIONS,
  { NULL },
};

/* {"checkpoints": [{"book", "ref", "made", "bytes"}]} */
static void
emit (const GPtrArray *all)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "checkpoints");
  json_builder_begin_array (builder);
  for (guint i = 0; i < all->len; i++)
    {
      const SatCheckpointMade *made = g_ptr_array_index (all, i);

      json_builder_begin_object (builder);
      sat_json_text (builder, "book", made->book);
      sat_json_text (builder, "ref", made->ref);
      sat_json_bool (builder, "made", made->made);
      sat_json_int (builder, "bytes", (gint64) made->bytes);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  sat_cli_emit (builder);
}

static void
say (const SatCli *cli, const SatCheckpointMade *made)
{
  g_autofree char *size = g_format_size (made->bytes);

  if (made->made)
    sat_cli_say (cli, _ ("A checkpoint of book “%s” is on the hub: %s."), made->book, size);
  else
    sat_cli_say (cli, _ ("Nothing in book “%s” has changed since its last checkpoint."),
                 made->book);
}

static int
run (SatCli *cli, const SatArgs *args, GError **error)
{
  g_auto (SatHubAsk) ask = { 0 };
  g_autoptr (GPtrArray) all = NULL;

  if (!sat_hub_ask_begin (&ask, cli, args, error))
    return SAT_EXIT_USAGE;
  if (sat_cli_open (cli, error) == NULL)
    return SAT_EXIT_FAILED;
  all = sat_sync_checkpoint (cli->workspace, sat_args_get (args, "book"), &ask.options, error);
  sat_hub_ask_end (&ask, all == NULL);
  if (all == NULL)
    return SAT_EXIT_FAILED;
  if (cli->json)
    emit (all);
  for (guint i = 0; i < all->len; i++)
    say (cli, g_ptr_array_index (all, i));
  return SAT_EXIT_DONE;
}

const SatCommand sat_cmd_checkpoint = {
  "checkpoint",
  "",
  0,
  0,
  options,
  TRUE,
  N_ ("put the whole state of books on the hub, so that new laptops need no history"),
  N_ ("Exchanges changes first. A laptop that joins, or lacks changes that the hub has lost, "
      "begins with the newest checkpoint. An exchange makes one by itself when a tenth as many "
      "change-sets of a book have come since the last one as the book has records, but at least "
      "100; and when 5000 have come, or 500 in more than 30 days."),
  "satchel checkpoint --book east",
  run,
};
