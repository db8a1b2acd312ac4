/* SPDX-License-Identifier: GPL-3.0-or-later */
/* satchel resolve */
#include "cli/sat-assign.h"
#include "cli/sat-commands.h"
#include "cli/sat-values.h"

static const SatOption options[] = {
  { "take", "N", N_ ("take value number N of “satchel conflicts”") },
  { "value", "V", N_ ("take this value instead") },
  { NULL },
};

static gboolean
resolve (SatCli *cli,
         const SatArgs *args,
         guint take,
         const SatObject **object,
         SatId *id,
         GError **error)
{
  const char *input = sat_args_get (args, "value");
  g_autofree char *value = NULL;
  const SatField *field;

  *object = sat_cli_find (cli, args, 0, id, error);
  if (*object == NULL)
    return FALSE;
  field = sat_workspace_field (cli->workspace, *object, sat_args_word (args, 2), error);
  if (field == NULL ||
      (input != NULL && !sat_assign_value (cli->workspace, field, input, &value, error)))
    return FALSE;
  return sat_workspace_resolve (cli->workspace, *object, id, field, take, value, error);
}

static int
run (SatCli *cli, const SatArgs *args, GError **error)
{
  const SatObject *object;
  gint64 take = 0;
  SatId id;

  if (sat_args_has (args, "take") == sat_args_has (args, "value"))
    {
      sat_usage (error, _ ("either --take N or --value V is needed"));
      return SAT_EXIT_USAGE;
    }
  if (!sat_args_number (args, "take", 1, 100000, &take, error))
    return SAT_EXIT_USAGE;
  if (!resolve (cli, args, (guint) take, &object, &id, error))
    return SAT_EXIT_FAILED;
  if (cli->json)
    sat_cli_emit_id (&id);
  sat_cli_say (cli, _ ("Settled: %s"), sat_cli_title (cli, object, &id));
  return SAT_EXIT_DONE;
}

const SatCommand sat_cmd_resolve = {
  "resolve",
  "OBJECT ID FIELD (--take N | --value V)",
  3,
  3,
  options,
  FALSE,
  N_ ("settle a conflict"),
  N_ ("The values that were not taken stay in the history."),
  "satchel resolve customer 5f0c2a9e phone --take 1",
  run,
};
