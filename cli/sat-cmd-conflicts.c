/* SPDX-License-Identifier: GPL-3.0-or-later */
/* satchel conflicts */
#include "cli/sat-commands.h"
#include "cli/sat-grid.h"
#include "cli/sat-values.h"

static const SatOption options[] = {
  { "limit", "N", N_ ("at most N conflicts") },
  { NULL },
};

/* ---- JSON ---- */

static void
emit_value (JsonBuilder *builder, const SatConflict *conflict, guint i)
{
  const SatChange *value = g_ptr_array_index (conflict->values, i);

  json_builder_begin_object (builder);
  sat_json_int (builder, "n", (gint64) i + 1);
  json_builder_set_member_name (builder, "value");
  sat_value_add_json (builder, conflict->field, value->value);
  sat_json_id (builder, "device", &value->device);
  sat_json_text (builder, "device_code", value->device_code);
  sat_json_text (builder, "user", value->user);
  sat_json_time (builder, "time", sat_hlc_ms (value->time));
  sat_json_bool (builder, "shown", value->state == SAT_CURRENT);
  json_builder_end_object (builder);
}

static void
emit_conflict (JsonBuilder *builder, const SatConflict *conflict)
{
  json_builder_begin_object (builder);
  sat_json_text (builder, "object", conflict->object->name);
  sat_json_id (builder, "id", &conflict->id);
  sat_json_text (builder, "title", conflict->title);
  sat_json_text (builder, "field", conflict->field->name);
  json_builder_set_member_name (builder, "before");
  sat_value_add_json (builder, conflict->field, conflict->before);
  json_builder_set_member_name (builder, "values");
  json_builder_begin_array (builder);
  for (guint i = 0; i < conflict->values->len; i++)
    emit_value (builder, conflict, i);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
emit (const GPtrArray *conflicts)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "conflicts");
  json_builder_begin_array (builder);
  for (guint i = 0; i < conflicts->len; i++)
    emit_conflict (builder, g_ptr_array_index (conflicts, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  sat_cli_emit (builder);
}

/* ---- for people ---- */

static void
put_indented (const char *line, gpointer data)
{
  g_autofree char *indented = g_strconcat ("  ", line, NULL);

  sat_cli_line (indented);
}

static char *
shown_value (SatCli *cli, const SatField *field, const char *value)
{
  return value != NULL ? sat_value_text (cli, field, value) : g_strdup (_ ("(empty)"));
}

static void
print_values (SatCli *cli, const SatConflict *conflict)
{
  guint width = sat_cli_width ();
  g_autoptr (SatGrid) table = sat_grid_new (6, NULL, width > 22 ? width - 2 : 0, put_indented,
                                            NULL);

  for (guint i = 0; i < conflict->values->len; i++)
    {
      const SatChange *change = g_ptr_array_index (conflict->values, i);
      g_autofree char *number = g_strdup_printf ("%u", i + 1);
      g_autofree char *value = shown_value (cli, conflict->field, change->value);
      g_autofree char *time = sat_time_text (sat_hlc_ms (change->time));
      const char *const row[] = {
        number,       value,
        change->user, change->device_code,
        time,         change->state == SAT_CURRENT ? _ ("shown now") : ""
      };

      sat_grid_add (table, row);
    }
  if (conflict->before != NULL)
    {
      g_autofree char *before = shown_value (cli, conflict->field, conflict->before);
      const char *const row[] = { "", before, "", "", "", _ ("before") };

      sat_grid_add (table, row);
    }
  sat_grid_finish (table);
}

static void
print_conflict (SatCli *cli, const char *program, const SatConflict *conflict)
{
  g_autofree char *title = sat_one_line (conflict->title);
  g_autofree char *head = g_strdup_printf (_ ("%s (%s): %s"), title,
                                           sat_object_label (cli, conflict->object),
                                           sat_field_label (cli, conflict->field));
  char tail[9];

  sat_cli_line (head);
  print_values (cli, conflict);
  sat_cli_say (cli,
               _ ("  To settle it with a number or a value of your own:\n"
                  "  %s resolve %s %s %s --take 1"),
               program, conflict->object->name, sat_cli_short_id (&conflict->id, tail),
               conflict->field->name);
}

static void
print (SatCli *cli, const GPtrArray *conflicts)
{
  g_autofree char *program = sat_cli_program (cli);

  for (guint i = 0; i < conflicts->len; i++)
    {
      if (i > 0)
        sat_cli_line ("");
      print_conflict (cli, program, g_ptr_array_index (conflicts, i));
    }
  if (conflicts->len == 0)
    sat_cli_say (cli, "%s", _ ("No conflicts."));
}

static int
run (SatCli *cli, const SatArgs *args, GError **error)
{
  g_autoptr (GPtrArray) conflicts = NULL;
  gint64 limit = -1;

  if (!sat_args_number (args, "limit", 1, G_MAXINT32, &limit, error))
    return SAT_EXIT_USAGE;
  if (sat_cli_open (cli, error) == NULL)
    return SAT_EXIT_FAILED;
  conflicts = sat_workspace_conflicts (cli->workspace, limit, error);
  if (conflicts == NULL)
    return SAT_EXIT_FAILED;
  if (cli->json)
    emit (conflicts);
  else
    print (cli, conflicts);
  return conflicts->len > 0 ? SAT_EXIT_WAITING : SAT_EXIT_DONE;
}

const SatCommand sat_cmd_conflicts = {
  "conflicts",
  "",
  0,
  0,
  options,
  TRUE,
  N_ ("list the fields where two people disagree"),
  N_ ("A conflict is a field that two people changed without having seen each other's change. Both "
      "values "
      "are kept; until it is settled the newest one is shown."),
  "satchel conflicts",
  run,
};
