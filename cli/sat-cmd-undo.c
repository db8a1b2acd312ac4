/* SPDX-License-Identifier: GPL-3.0-or-later */
/* satchel undo */
#include "cli/sat-commands.h"
#include "cli/sat-values.h"
#include "core/workspace/sat-workspace-undo.h"

static const SatOption options[] = {
  { "redo", NULL, N_ ("take back the last undo instead") },
  { NULL },
};

static void
emit (const SatUndone *undone)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "steps");
  json_builder_add_int_value (builder, undone->steps);
  json_builder_set_member_name (builder, "removed");
  json_builder_add_int_value (builder, (gint64) undone->removed);
  json_builder_set_member_name (builder, "restored");
  json_builder_add_int_value (builder, (gint64) undone->restored);
  json_builder_set_member_name (builder, "changed");
  json_builder_add_int_value (builder, (gint64) undone->changed);
  json_builder_set_member_name (builder, "settled");
  json_builder_add_int_value (builder, (gint64) undone->settled);
  json_builder_set_member_name (builder, "left");
  json_builder_begin_array (builder);
  for (guint i = 0; i < undone->left->len; i++)
    {
      const SatUndoLeft *left = g_ptr_array_index (undone->left, i);
      char id[SAT_ID_TEXT_SIZE];

      json_builder_begin_object (builder);
      sat_json_text (builder, "object", left->object->name);
      sat_json_text (builder, "id", sat_id_format (&left->id, id));
      sat_json_text (builder, "title", left->title);
      sat_json_text (builder, "field", left->field ? left->field->name : NULL);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  sat_cli_emit (builder);
}

static void
print (SatCli *cli, const SatUndone *undone, gboolean redo)
{
  sat_cli_say (cli,
               redo ? ngettext ("Done again: %u step.", "Done again: %u steps.", undone->steps)
                    : ngettext ("Taken back: %u step.", "Taken back: %u steps.", undone->steps),
               undone->steps);
  if (undone->removed > 0)
    sat_cli_say (cli,
                 ngettext ("  %u record removed", "  %u records removed", (guint) undone->removed),
                 (guint) undone->removed);
  if (undone->restored > 0)
    sat_cli_say (
        cli, ngettext ("  %u record restored", "  %u records restored", (guint) undone->restored),
        (guint) undone->restored);
  if (undone->changed > 0)
    sat_cli_say (
        cli,
        ngettext ("  %u record changed back", "  %u records changed back", (guint) undone->changed),
        (guint) undone->changed);
  if (undone->settled > 0 && !redo)
    sat_cli_say (cli,
                 ngettext ("  %u conflict stays settled; the value that lost is in the history",
                           "  %u conflicts stay settled; the values that lost are in the history",
                           (guint) undone->settled),
                 (guint) undone->settled);
  if (undone->left->len > 0)
    sat_cli_say (
        cli, _ ("Left as it is, because it was changed since, or your role may not change it:"));
  for (guint i = 0; i < undone->left->len; i++)
    {
      const SatUndoLeft *left = g_ptr_array_index (undone->left, i);

      sat_cli_say (cli, "  %s %s%s%s", left->object->name, left->title ? left->title : "?",
                   left->field ? ": " : "", left->field ? sat_field_word (left->field) : "");
    }
}

static int
run (SatCli *cli, const SatArgs *args, GError **error)
{
  const char *word = sat_args_n_words (args) > 0 ? sat_args_word (args, 0) : "1";
  gboolean redo = sat_args_has (args, "redo");
  g_autoptr (SatUndone) undone = NULL;
  guint64 steps;

  if (!g_ascii_string_to_unsigned (word, 10, 1, 1000, &steps, NULL))
    {
      sat_usage (error, _ ("“%s” is not a number of steps; write 1 to 1000"), word);
      return SAT_EXIT_USAGE;
    }
  if (sat_cli_open (cli, error) == NULL)
    return SAT_EXIT_FAILED;
  undone = redo ? sat_workspace_redo (cli->workspace, (guint) steps, error)
                : sat_workspace_undo (cli->workspace, (guint) steps, error);
  if (undone == NULL)
    return SAT_EXIT_FAILED;
  if (cli->json)
    emit (undone);
  else
    print (cli, undone, redo);
  return SAT_EXIT_DONE;
}

const SatCommand sat_cmd_undo = {
  "undo",
  "[N]",
  0,
  1,
  options,
  FALSE,
  N_ ("take back the last steps made on this device"),
  N_ ("A step is one save, one delete with all that belongs to it, one settled conflict, or one "
      "whole import. What somebody has changed since is left as it is, and listed. The last 100 "
      "steps are known, also after a restart; what was undone can be done again with --redo, as "
      "long as nothing else was changed."),
  "satchel undo\nsatchel undo 3\nsatchel undo --redo",
  run,
};
