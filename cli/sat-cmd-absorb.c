/* SPDX-License-Identifier: GPL-3.0-or-later */
/* satchel absorb */
#include "cli/sat-commands.h"
#include "cli/sat-grid.h"
#include "cli/sat-values.h"
#include "core/workspace/sat-workspace-absorb.h"

static const SatOption options[] = {
  { "into", "ID", N_ ("the record that stays") },
  { "take", "FIELD,...",
    N_ ("fields to take from the one that goes, although the other has them") },
  { "out", NULL, N_ ("take the record out again of the one that it was absorbed into") },
  { "dry-run", NULL, N_ ("only show what would come of it") },
  { NULL },
};

/* ---- what would come of it ----------------------------------------------------------------------
 */

static gboolean
is_taken (const SatAbsorbField *field, const GPtrArray *take)
{
  return field->duplicate != NULL && field->field->policy != SAT_POLICY_UNION &&
         g_ptr_array_find ((GPtrArray *) take, field->field, NULL);
}

static const char *
shown (const SatAbsorbField *field, const GPtrArray *take)
{
  return is_taken (field, take) ? field->duplicate : field->shown;
}

static void
add_value (JsonBuilder *builder, const char *name, const SatField *field, const char *value)
{
  json_builder_set_member_name (builder, name);
  sat_value_add_json (builder, field, value);
}

static void
emit_preview (const SatAbsorbPreview *preview, const GPtrArray *take)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  sat_json_id (builder, "id", &preview->kept);
  sat_json_id (builder, "absorbed", &preview->duplicate);
  sat_json_int (builder, "referrers", preview->referrers);
  json_builder_set_member_name (builder, "fields");
  json_builder_begin_array (builder);
  for (guint i = 0; i < preview->fields->len; i++)
    {
      const SatAbsorbField *field = g_ptr_array_index (preview->fields, i);

      json_builder_begin_object (builder);
      sat_json_text (builder, "field", field->field->name);
      add_value (builder, "stays", field->field, field->kept);
      add_value (builder, "goes", field->field, field->duplicate);
      add_value (builder, "shown", field->field, shown (field, take));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  sat_cli_emit (builder);
}

static void
print_preview (SatCli *cli, const SatAbsorbPreview *preview, const GPtrArray *take)
{
  const char *const headings[] = { _ ("Field"), _ ("Stays"), _ ("Goes"), _ ("Shown then"), NULL };
  g_autoptr (SatGrid) table = sat_grid_new (4, headings, sat_cli_width (), sat_cli_table_line,
                                            NULL);

  for (guint i = 0; i < preview->fields->len; i++)
    {
      const SatAbsorbField *field = g_ptr_array_index (preview->fields, i);
      g_autofree char *kept = sat_value_text (cli, field->field, field->kept);
      g_autofree char *other = sat_value_text (cli, field->field, field->duplicate);
      g_autofree char *then = sat_value_text (cli, field->field, shown (field, take));
      const char *const row[] = { sat_field_label (cli, field->field), kept, other, then };

      sat_grid_add (table, row);
    }
  sat_grid_finish (table);
  if (preview->referrers > 0)
    sat_cli_say (cli,
                 ngettext ("%u record that names the one that goes will show the other",
                           "%u records that name the one that goes will show the other",
                           (guint) preview->referrers),
                 (guint) preview->referrers);
  sat_cli_say (cli, _ ("Nothing is lost: what is not shown stays in the history."));
}

/* ---- the command --------------------------------------------------------------------------------
 */

/* The fields that --take names; FALSE: one of them is none. */
static gboolean
take_of (SatCli *cli, const SatArgs *args, const SatObject *object, GPtrArray *take, GError **error)
{
  const char *list = sat_args_get (args, "take");
  g_auto (GStrv) names = g_strsplit (list ? list : "", ",", -1);

  for (guint i = 0; names[i] != NULL; i++)
    {
      const SatField *field = sat_workspace_field (cli->workspace, object, g_strstrip (names[i]),
                                                   error);
      if (field == NULL)
        return FALSE;
      g_ptr_array_add (take, (gpointer) field);
    }
  return TRUE;
}

static int
take_out (SatCli *cli, const SatObject *object, const SatId *id, GError **error)
{
  if (!sat_workspace_release_absorbed (cli->workspace, object, id, error))
    return SAT_EXIT_FAILED;
  if (cli->json)
    sat_cli_emit_id (id);
  else
    sat_cli_say (cli, _ ("It is a record of its own again: %s"), sat_cli_title (cli, object, id));
  return SAT_EXIT_DONE;
}

static int
absorb (SatCli *cli,
        const SatArgs *args,
        const SatObject *object,
        const SatId *id,
        const SatId *into,
        GError **error)
{
  g_autoptr (GPtrArray) take = g_ptr_array_new ();
  g_autoptr (SatAbsorbPreview) preview = NULL;
  SatId kept;
  char text[9];

  if (!take_of (cli, args, object, take, error))
    return SAT_EXIT_FAILED;
  preview = sat_workspace_absorb_preview (cli->workspace, object, id, into, error);
  if (preview == NULL)
    return SAT_EXIT_FAILED;
  if (sat_args_has (args, "dry-run"))
    {
      if (cli->json)
        emit_preview (preview, take);
      else
        print_preview (cli, preview, take);
      return SAT_EXIT_DONE;
    }
  if (!sat_workspace_absorb (cli->workspace, object, id, into,
                             (const SatField *const *) take->pdata, take->len, &kept, error))
    return SAT_EXIT_FAILED;
  if (cli->json)
    sat_cli_emit_id (&kept);
  sat_cli_say (cli,
               _ ("“%s” is part of “%s” now. To take it back: satchel undo, or later: satchel "
                  "absorb %s %s --out"),
               preview->duplicate_title, preview->kept_title, object->name,
               sat_cli_short_id (&preview->duplicate, text));
  return SAT_EXIT_DONE;
}

static int
run (SatCli *cli, const SatArgs *args, GError **error)
{
  const char *word = sat_args_get (args, "into");
  gboolean out = sat_args_has (args, "out");
  const SatObject *object;
  SatId id, into;

  if ((word == NULL) != out ||
      (out && (sat_args_has (args, "take") || sat_args_has (args, "dry-run"))))
    {
      sat_usage (error, _ ("say what it is absorbed into with --into, or --out alone"));
      return SAT_EXIT_USAGE;
    }
  object = sat_cli_find (cli, args, 0, &id, error);
  if (object == NULL)
    return SAT_EXIT_FAILED;
  if (out)
    return take_out (cli, object, &id, error);
  if (!sat_workspace_find (cli->workspace, object, word, &into, error))
    return SAT_EXIT_FAILED;
  return absorb (cli, args, object, &id, &into, error);
}

const SatCommand sat_cmd_absorb = {
  "absorb",
  "OBJECT ID (--into ID | --out)",
  2,
  2,
  options,
  FALSE,
  N_ ("make a duplicate part of another record"),
  N_ ("The record ID goes, the one named with --into stays. What that has not got is filled from "
      "the one that goes; tags of both are there. What it has itself stays as it is, but for the "
      "fields of --take. All other values stay in the history. Whatever named the one that goes, "
      "contacts of a customer, say, shows the one that stays.\n\n"
      "What colleagues still write to the one that goes, until they have heard of it, shows up in "
      "the one that stays, as a conflict where a person has to decide. Both must be in one "
      "book.\n\n"
      "“satchel undo” takes it back. At any time later --out makes the record one of its own "
      "again, with what it had when it was absorbed; the other keeps what it took over."),
  "satchel absorb customer 5f0c2a9e --into customer/Acme --dry-run\n"
  "satchel absorb customer 5f0c2a9e --into customer/Acme --take phone,website\n"
  "satchel absorb customer 5f0c2a9e --out",
  run,
};
