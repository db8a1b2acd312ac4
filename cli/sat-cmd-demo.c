/* SPDX-License-Identifier: GPL-3.0-or-later */
/* satchel demo */
#include "cli/demo/sat-demo.h"
#include "cli/sat-commands.h"
#include "cli/sat-progress.h"
#include "cli/sat-values.h"

static const SatOption options[] = {
  { "customers", "N", N_ ("how many customers; default: 240") },
  { "seed", "S", N_ ("seed of the random numbers; the same seed makes the same data; default: 1") },
  { NULL },
};

static void
on_progress (guint done, guint total, gpointer data)
{
  sat_progress_at (data, "demo", _ ("Making up a year"), done, total);
}

static void
emit (const char *dir, gint64 customers, gint64 seed)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  sat_json_text (builder, "dir", dir);
  sat_json_int (builder, "customers", customers);
  sat_json_int (builder, "seed", seed);
  json_builder_end_object (builder);
  sat_cli_emit (builder);
}

static int
run (SatCli *cli, const SatArgs *args, GError **error)
{
  const char *dir = sat_args_word (args, 0);
  gint64 customers = SAT_DEMO_CUSTOMERS;
  gint64 seed = 1;
  SatProgress progress;
  gboolean ok;

  if (!sat_args_number (args, "customers", 1, SAT_DEMO_MAX_CUSTOMERS, &customers, error) ||
      !sat_args_number (args, "seed", 0, G_MAXINT64, &seed, error))
    return SAT_EXIT_USAGE;
  sat_progress_begin (&progress, cli, FALSE);
  ok = sat_demo_make (dir, (guint) customers, (guint64) seed, on_progress, &progress, error);
  sat_progress_end (&progress);
  if (!ok)
    return SAT_EXIT_FAILED;
  if (cli->json)
    emit (dir, customers, seed);
  sat_cli_say (cli, _ ("A hub and three replicas are in %s: hub.git, east, west, head-office."),
               dir);
  sat_cli_say (cli, _ ("Look around: satchel --home %s/east conflicts"), dir);
  return SAT_EXIT_DONE;
}

const SatCommand sat_cmd_demo = {
  "demo",
  "DIR",
  1,
  1,
  options,
  FALSE,
  N_ ("make a hub and three replicas with invented data"),
  N_ ("A sales year of an invented company, with a few conflicts waiting: two salespeople, east "
      "and west, "
      "and the head office. Nothing leaves DIR."),
  "satchel demo demo --customers 1000 --seed 7",
  run,
};
