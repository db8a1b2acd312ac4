/* SPDX-License-Identifier: GPL-3.0-or-later */
/* satchel history */
#include "cli/sat-change-name.h"
#include "cli/sat-commands.h"
#include "cli/sat-grid.h"
#include "cli/sat-values.h"
#include "core/workspace/sat-workspace-rules.h"

static const char *
state_name (SatChangeState state)
{
  switch (state)
    {
    case SAT_CURRENT:
      return "current";
    case SAT_SIBLING:
      return "sibling";
    case SAT_REPLACED:
      return "replaced";
    case SAT_REPLACED_UNSEEN:
      return "replaced-unseen";
    default:
      return "";
    }
}

static const char *
state_text (SatChangeState state)
{
  switch (state)
    {
    case SAT_CURRENT:
      return _ ("shown now");
    case SAT_SIBLING:
      return _ ("waits beside it");
    case SAT_REPLACED:
      return _ ("replaced");
    case SAT_REPLACED_UNSEEN:
      return _ ("replaced unseen");
    default:
      return "";
    }
}

static void
emit_value (JsonBuilder *builder, const SatChange *change)
{
  gboolean is_tag = change->field != NULL && change->field->type->id == SAT_TYPE_TAGS;

  json_builder_set_member_name (builder, "value");
  sat_value_add_json (builder, is_tag ? NULL : change->field, change->value);
  if (is_tag)
    sat_json_bool (builder, "removed", change->removed);
}

/* The rule that wrote the value; NULL: a person did, or it is not known any more. */
static char *
rule_of (SatCli *cli, const SatId *id, const SatChange *change)
{
  return change->automatic ? sat_workspace_rule_of (cli->workspace, id, change->book, change->time)
                           : NULL;
}

static void
emit_change (SatCli *cli, JsonBuilder *builder, const SatId *id, const SatChange *change)
{
  g_autofree char *rule = rule_of (cli, id, change);
  char device[SAT_ID_TEXT_SIZE];
  g_autofree char *change_set = NULL;
  g_autofree char *name = sat_change_name (change);

  sat_id_format (&change->device, device);
  if (change->number > 0)
    change_set = g_strdup_printf ("%s:%s:%" G_GUINT64_FORMAT, change->book, device, change->number);
  json_builder_begin_object (builder);
  sat_json_text (builder, "field", change->field_name);
  emit_value (builder, change);
  sat_json_text (builder, "user", change->user);
  sat_json_text (builder, "device", device);
  sat_json_text (builder, "device_code", change->device_code);
  sat_json_time (builder, "time", sat_hlc_ms (change->time));
  sat_json_text (builder, "change_set", change_set);
  sat_json_text (builder, "change", name);
  sat_json_text (builder, "state", state_name (change->state));
  sat_json_bool (builder, "automatic", change->automatic);
  sat_json_text (builder, "rule", rule);
  json_builder_end_object (builder);
}

static void
emit (SatCli *cli, const SatId *id, const GPtrArray *changes)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "changes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < changes->len; i++)
    emit_change (cli, builder, id, g_ptr_array_index (changes, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  sat_cli_emit (builder);
}

/* The value in words: deletions and tags have no plain one. */
static char *
value_text (SatCli *cli, const SatChange *change)
{
  g_autofree char *value = NULL;

  if (g_strcmp0 (change->field_name, "life") == 0)
    return g_strdup (g_strcmp0 (change->value, "dead") == 0 ? _ ("deleted") : _ ("there"));
  if (change->value == NULL)
    return g_strdup (_ ("(empty)"));
  value = sat_value_text (cli, change->field, change->value);
  if (change->field == NULL || change->field->type->id != SAT_TYPE_TAGS)
    return g_steal_pointer (&value);
  return g_strconcat (change->removed ? "− " : "+ ", value, NULL);
}

static const char *
field_text (const SatCli *cli, const SatChange *change)
{
  if (change->field != NULL)
    return sat_field_label (cli, change->field);
  return g_strcmp0 (change->field_name, "life") == 0 ? _ ("Record") : change->field_name;
}

static void
print (SatCli *cli, const SatId *id, const GPtrArray *changes)
{
  const char *const headings[] = { _ ("When"),  _ ("Who"),    _ ("Field"), _ ("Value"),
                                   _ ("State"), _ ("Change"), NULL };
  g_autoptr (SatGrid) table = sat_grid_new (6, headings, sat_cli_width (), sat_cli_table_line,
                                            NULL);

  for (guint i = 0; i < changes->len; i++)
    {
      const SatChange *change = g_ptr_array_index (changes, i);
      g_autofree char *time = sat_time_text (sat_hlc_ms (change->time));
      g_autofree char *value = value_text (cli, change);
      g_autofree char *rule = rule_of (cli, id, change);
      g_autofree char *who = rule != NULL        ? g_strdup_printf (_ ("rule “%s”"), rule)
                             : change->automatic ? g_strdup (_ ("a rule"))
                                                 : g_strdup (change->user);
      g_autofree char *name = sat_change_name (change);
      const char *const row[] = {
        time, who, field_text (cli, change), value, state_text (change->state), name
      };

      sat_grid_add (table, row);
    }
  sat_grid_finish (table);
}

static int
run (SatCli *cli, const SatArgs *args, GError **error)
{
  const char *name = sat_args_word (args, 2);
  const SatField *field = NULL;
  g_autoptr (GPtrArray) changes = NULL;
  const SatObject *object;
  SatId id;

  object = sat_cli_find (cli, args, 0, &id, error);
  if (object == NULL)
    return SAT_EXIT_FAILED;
  if (name != NULL)
    {
      field = sat_workspace_field (cli->workspace, object, name, error);
      if (field == NULL)
        return SAT_EXIT_FAILED;
    }
  changes = sat_workspace_history (cli->workspace, object, &id, field, error);
  if (changes == NULL)
    return SAT_EXIT_FAILED;
  if (cli->json)
    emit (cli, &id, changes);
  else
    print (cli, &id, changes);
  return SAT_EXIT_DONE;
}

const SatCommand sat_cmd_history = {
  "history",
  "OBJECT ID [FIELD]",
  2,
  3,
  NULL,
  FALSE,
  N_ ("show every value a record has or had, newest first"),
  N_ ("“replaced unseen” marks a value that gave way to another one whose writer had not seen it; "
      "set it "
      "again if it was the right one. “Change” is what “satchel revert” takes: the book, the "
      "device, and the number of the change-set."),
  "satchel history customer customer/Acme phone",
  run,
};
