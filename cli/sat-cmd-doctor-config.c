/* SPDX-License-Identifier: GPL-3.0-or-later */
/* satchel doctor config */
#include "cli/sat-commands.h"
#include "cli/sat-values.h"
#include "core/workspace/sat-workspace-gaps.h"

static void
emit (const GPtrArray *gaps)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "gaps");
  json_builder_begin_array (builder);
  for (guint i = 0; i < gaps->len; i++)
    {
      const SatGap *gap = gaps->pdata[i];
      g_autofree char *text = sat_cli_word_error (gap->what);

      json_builder_begin_object (builder);
      sat_json_text (builder, "kind", gap->kind);
      sat_json_text (builder, "text", text);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  sat_cli_emit (builder);
}

static int
run (SatCli *cli, const SatArgs *args, GError **error)
{
  g_autoptr (GPtrArray) gaps = NULL;

  (void) args;
  if (sat_cli_open (cli, error) == NULL)
    return SAT_EXIT_FAILED;
  gaps = sat_workspace_gaps (cli->workspace, error);
  if (gaps == NULL)
    return SAT_EXIT_FAILED;
  if (cli->json)
    emit (gaps);
  for (guint i = 0; !cli->json && i < gaps->len; i++)
    {
      g_autofree char *text = sat_cli_word_error (((const SatGap *) gaps->pdata[i])->what);

      sat_cli_say (cli, "- %s", text);
    }
  if (gaps->len == 0)
    sat_cli_say (cli, "%s", _ ("Nothing is missing, and nothing is unused."));
  return gaps->len > 0 ? SAT_EXIT_WAITING : SAT_EXIT_DONE;
}

const SatCommand sat_cmd_doctor_config = {
  "doctor config",
  "",
  0,
  0,
  NULL,
  TRUE,
  N_ ("say what the company has not set up, and what it has and does not use"),
  N_ ("Stages that ask for nothing, roles that see every field, leads that no rule gives to "
      "somebody or looks after; own fields that are empty in all records of an object that has 50 "
      "and more, own objects without records, rules that have done nothing, and objects with more "
      "than 30 own fields. Advice; nothing is changed. Exit status 3: there is something."),
  "satchel doctor config",
  run,
};
