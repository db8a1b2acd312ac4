/* SPDX-License-Identifier: GPL-3.0-or-later */
/* satchel set */
#include "cli/sat-assign.h"
#include "cli/sat-commands.h"

static int
run (SatCli *cli, const SatArgs *args, GError **error)
{
  const SatObject *object;
  g_autoptr (SatRecord) record = NULL;
  g_autoptr (SatDraft) draft = NULL;
  gboolean changed;
  SatId id;

  if (!sat_assign_check (args, 2, error))
    return SAT_EXIT_USAGE;
  object = sat_cli_find (cli, args, 0, &id, error);
  if (object == NULL)
    return SAT_EXIT_FAILED;
  record = sat_workspace_load (cli->workspace, object, &id, error);
  if (record == NULL)
    return SAT_EXIT_FAILED;
  if (sat_record_deleted (record) &&
      sat_record_moved_to (record) ==
          NULL) /* a form open for long may; one who sees it is dead may not */
    {
      sat_fail (error, SAT_ERROR_INVALID, N_ ("“%s” is deleted; restore it first"),
                sat_record_title (record), NULL);
      return SAT_EXIT_FAILED;
    }
  draft = sat_draft_edit (record);
  for (guint i = 2; i < sat_args_n_words (args); i++)
    if (!sat_assign_apply (cli->workspace, draft, sat_args_word (args, i), error))
      return SAT_EXIT_FAILED;
  changed = !sat_draft_is_empty (draft);
  if (!sat_assign_check_draft (draft, error) ||
      !sat_workspace_save (cli->workspace, draft, &id, error))
    return SAT_EXIT_FAILED;
  if (cli->json)
    sat_cli_emit_id (&id);
  else if (changed)
    sat_cli_say (cli, _ ("Saved: %s"), sat_cli_title (cli, object, &id));
  else
    sat_cli_say (cli, _ ("Nothing to change: %s"), sat_cli_title (cli, object, &id));
  return SAT_EXIT_DONE;
}

const SatCommand sat_cmd_set = {
  "set",
  "OBJECT ID FIELD=VALUE...",
  3,
  G_MAXUINT,
  NULL,
  FALSE,
  N_ ("change fields of a record"),
  N_ ("FIELD=VALUE sets, FIELD= clears, TAGS+=VALUE and TAGS-=VALUE add and take away, FIELD=@FILE "
      "takes "
      "the text of a file; FIELD=@@TEXT a text that begins with @. Only the fields named are "
      "written. "
      "Setting a field that is in conflict settles it."),
  "satchel set customer customer/Acme phone=021-5555-0111 tags+=vip\n"
  "satchel set customer 5f0c2a9e notes=@talk.txt website=",
  run,
};
