/* SPDX-License-Identifier: GPL-3.0-or-later */
/* satchel revert */
#include "cli/sat-change-name.h"
#include "cli/sat-commands.h"
#include "cli/sat-values.h"
#include "core/workspace/sat-workspace-revert.h"

static const char *
why_name (SatRevertWhy why)
{
  switch (why)
    {
    case SAT_REVERT_CHANGED:
      return "changed";
    case SAT_REVERT_UNKNOWN:
      return "unknown";
    case SAT_REVERT_REFUSED:
      return "refused";
    case SAT_REVERT_NO_RIGHT:
      return "right";
    case SAT_REVERT_IS_NEEDED:
      return "needed";
    default:
      return "";
    }
}

static const char *
why_text (SatRevertWhy why)
{
  switch (why)
    {
    case SAT_REVERT_CHANGED:
      return _ ("it has been changed since");
    case SAT_REVERT_UNKNOWN:
      return _ ("this laptop does not know what was there before");
    case SAT_REVERT_REFUSED:
      return _ ("what was there before is not allowed now");
    case SAT_REVERT_NO_RIGHT:
      return _ ("your role may not change it");
    case SAT_REVERT_IS_NEEDED:
      return _ ("others belong to it that this change did not make");
    default:
      return "";
    }
}

/* A value of a field, or one tag of it. */
static void
emit_value (JsonBuilder *builder, const SatRevertDone *done, const char *name, const char *value)
{
  if (done->element != NULL)
    {
      sat_json_text (builder, name, value);
      return;
    }
  json_builder_set_member_name (builder, name);
  sat_value_add_json (builder, done->field, value);
}

static void
emit (const SatReverted *reverted)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  sat_json_int (builder, "removed", (gint64) reverted->removed);
  sat_json_int (builder, "restored", (gint64) reverted->brought);
  json_builder_set_member_name (builder, "done");
  json_builder_begin_array (builder);
  for (guint i = 0; i < reverted->done->len; i++)
    {
      const SatRevertDone *done = g_ptr_array_index (reverted->done, i);

      json_builder_begin_object (builder);
      sat_json_text (builder, "field", done->field->name);
      emit_value (builder, done, "before", done->before);
      emit_value (builder, done, "after", done->after);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "left");
  json_builder_begin_array (builder);
  for (guint i = 0; i < reverted->left->len; i++)
    {
      const SatRevertLeft *left = g_ptr_array_index (reverted->left, i);

      json_builder_begin_object (builder);
      sat_json_text (builder, "field", left->field ? left->field->name : "life");
      sat_json_text (builder, "element", left->element);
      sat_json_text (builder, "why", why_name (left->why));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  sat_cli_emit (builder);
}

static void
print_done (SatCli *cli, const SatRevertDone *done)
{
  g_autofree char *value = done->after ? sat_value_text (cli, done->field, done->after) : NULL;

  if (done->element != NULL)
    sat_cli_say (cli, "  %s: %s %s", sat_field_label (cli, done->field), done->after ? "+" : "−",
                 done->element);
  else
    sat_cli_say (cli, "  %s: %s", sat_field_label (cli, done->field),
                 value ? value : _ ("(empty)"));
}

static void
print (SatCli *cli, const SatReverted *reverted)
{
  gboolean any = reverted->done->len > 0 || reverted->removed > 0 || reverted->brought > 0;

  if (any)
    sat_cli_say (cli, _ ("Taken back in “%s”; “satchel undo” makes it undone."), reverted->title);
  else if (reverted->left->len == 0)
    sat_cli_say (cli, _ ("Nothing to take back in “%s”: it is as it was before."), reverted->title);
  else
    sat_cli_say (cli, _ ("Nothing was taken back in “%s”."), reverted->title);
  if (reverted->removed > 0)
    sat_cli_say (
        cli, ngettext ("  %u record removed", "  %u records removed", (guint) reverted->removed),
        (guint) reverted->removed);
  if (reverted->brought > 0)
    sat_cli_say (
        cli, ngettext ("  %u record restored", "  %u records restored", (guint) reverted->brought),
        (guint) reverted->brought);
  for (guint i = 0; i < reverted->done->len; i++)
    print_done (cli, g_ptr_array_index (reverted->done, i));
  if (reverted->left->len > 0)
    sat_cli_say (cli, _ ("Left as it is:"));
  for (guint i = 0; i < reverted->left->len; i++)
    {
      const SatRevertLeft *left = g_ptr_array_index (reverted->left, i);

      sat_cli_say (
          cli, "  %s%s%s: %s", left->field ? sat_field_label (cli, left->field) : _ ("Record"),
          left->element ? " " : "", left->element ? left->element : "", why_text (left->why));
    }
}

static int
run (SatCli *cli, const SatArgs *args, GError **error)
{
  const char *name = sat_args_word (args, 3);
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (SatReverted) reverted = NULL;
  const SatChange *change;
  const SatObject *object;
  SatId id;
  SatRevertWhat what = { 0 };

  object = sat_cli_find (cli, args, 0, &id, error);
  if (object == NULL)
    return SAT_EXIT_FAILED;
  if (name != NULL && g_strcmp0 (name, "life") != 0)
    {
      const SatField *field = sat_workspace_field (cli->workspace, object, name, error);

      if (field == NULL)
        return SAT_EXIT_FAILED;
      name = field->name;
    }
  changes = sat_workspace_history (cli->workspace, object, &id, NULL, error);
  change = changes ? sat_change_find (changes, sat_args_word (args, 2), error) : NULL;
  if (change == NULL)
    return SAT_EXIT_FAILED;
  what.book = change->book;
  what.device = change->device;
  what.number = change->number;
  what.field = name;
  reverted = sat_workspace_revert (cli->workspace, object, &id, &what, 1, error);
  if (reverted == NULL)
    return SAT_EXIT_FAILED;
  if (cli->json)
    emit (reverted);
  else
    print (cli, reverted);
  return SAT_EXIT_DONE;
}

const SatCommand sat_cmd_revert = {
  "revert",
  "OBJECT ID CHANGE [FIELD]",
  3,
  4,
  NULL,
  FALSE,
  N_ ("take back a change that stands in a record's history"),
  N_ ("CHANGE is what “satchel history” calls it: BOOK:DEVICE:NUMBER, whoever made it and however "
      "long ago. With FIELD only that field of it is taken back, else all that it changed in the "
      "record; a deletion is taken back by restoring what it deleted, the making of a record by "
      "removing it. It is a new change like any other, one step for undo. What somebody has "
      "changed since is left as it is, and listed."),
  "satchel revert customer customer/Acme customers:W7:12\n"
  "satchel revert customer customer/Acme customers:W7:open phone",
  run,
};
