/* SPDX-License-Identifier: GPL-3.0-or-later */
/* satchel delete, satchel undelete */
#include "cli/sat-commands.h"
#include "cli/sat-values.h"

static void
say_command (SatCli *cli, const char *program, const SatObject *object, const SatId *id)
{
  char text[9];

  sat_cli_say (cli, "  %s undelete %s %s", program, object->name, sat_cli_short_id (id, text));
}

/* One command a record: undelete restores what it names and nothing else. REMOVED may be empty: the
 * record was deleted before. */
static void
say_how_to_restore (SatCli *cli, const SatObject *object, const SatId *id, GArray *removed)
{
  g_autofree char *program = sat_cli_program (cli);
  char text[9];

  if (removed->len <= 1)
    {
      sat_cli_say (cli, _ ("To restore it: %s undelete %s %s"), program, object->name,
                   sat_cli_short_id (id, text));
      return;
    }
  sat_cli_say (cli, _ ("To restore all of them:"));
  for (guint i = 0; i < removed->len; i++)
    {
      const SatDeleted *deleted = &g_array_index (removed, SatDeleted, i);

      say_command (cli, program, deleted->object, &deleted->id);
    }
}

static int
run_delete (SatCli *cli, const SatArgs *args, GError **error)
{
  g_autoptr (GArray) removed = NULL;
  g_autofree char *title = NULL;
  const SatObject *object;
  SatId id;

  object = sat_cli_find (cli, args, 0, &id, error);
  if (object == NULL)
    return SAT_EXIT_FAILED;
  title = g_strdup (sat_cli_title (cli, object, &id));
  if (!sat_workspace_delete (cli->workspace, object, &id, &removed, error))
    return SAT_EXIT_FAILED;
  if (cli->json)
    sat_cli_emit_id (&id);
  if (removed->len == 0)
    sat_cli_say (cli, _ ("It was deleted already: %s"), title);
  else
    sat_cli_say (cli, _ ("Deleted: %s"), title);
  if (removed->len > 1)
    sat_cli_say (cli,
                 ngettext ("With it: %u record that belongs to it",
                           "With it: %u records that belong to it", removed->len - 1),
                 removed->len - 1);
  say_how_to_restore (cli, object, &id, removed);
  return SAT_EXIT_DONE;
}

static int
run_undelete (SatCli *cli, const SatArgs *args, GError **error)
{
  g_autoptr (SatRecord) record = NULL;
  const SatObject *object;
  SatId id;

  object = sat_cli_find (cli, args, 0, &id, error);
  if (object == NULL)
    return SAT_EXIT_FAILED;
  record = sat_workspace_load (cli->workspace, object, &id, error);
  if (record == NULL || !sat_workspace_undelete (cli->workspace, object, &id, error))
    return SAT_EXIT_FAILED;
  if (cli->json)
    sat_cli_emit_id (&id);
  if (sat_record_deleted (record))
    sat_cli_say (cli, _ ("Restored: %s"), sat_cli_title (cli, object, &id));
  else
    sat_cli_say (cli, _ ("It was not deleted: %s"), sat_cli_title (cli, object, &id));
  return SAT_EXIT_DONE;
}

const SatCommand sat_cmd_delete = {
  "delete",
  "OBJECT ID",
  2,
  2,
  NULL,
  FALSE,
  N_ ("delete a record and what belongs to it"),
  N_ ("Deleted records can be restored. If a colleague changed the record without knowing that it "
      "was "
      "deleted, the change wins and the record is shown again."),
  "satchel delete contact 5f0c2a9e",
  run_delete,
};

const SatCommand sat_cmd_undelete = {
  "undelete",
  "OBJECT ID",
  2,
  2,
  NULL,
  FALSE,
  N_ ("restore a deleted record"),
  N_ ("Only the record named is restored. What was deleted with it is restored by its own id, "
      "which "
      "“satchel delete” prints."),
  "satchel undelete contact 5f0c2a9e",
  run_undelete,
};
