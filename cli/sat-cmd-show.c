/* SPDX-License-Identifier: GPL-3.0-or-later */
/* satchel show */
#include "cli/sat-commands.h"
#include "cli/sat-grid.h"
#include "cli/sat-values.h"
#include "core/workspace/sat-workspace-shown.h"

/* Where the record is now. */
static const char *
book_of (const SatRecord *record)
{
  return sat_record_moved_to (record) ? sat_record_moved_to (record) : sat_record_book (record);
}

/* What this user may not read, with what is shown in its stead. */
static void
emit_concealed (JsonBuilder *builder, const SatRecord *record)
{
  const SatObject *object = sat_record_object (record);

  json_builder_set_member_name (builder, "concealed");
  json_builder_begin_object (builder);
  for (guint i = 0; i < object->n_fields; i++)
    if (sat_record_concealed (record, object->fields[i]) != NULL)
      sat_json_text (builder, object->fields[i]->name,
                     sat_record_concealed (record, object->fields[i]));
  json_builder_end_object (builder);
}

static void
emit (const SatRecord *record)
{
  const SatObject *object = sat_record_object (record);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  sat_json_text (builder, "object", object->name);
  sat_json_id (builder, "id", sat_record_id (record));
  sat_json_text (builder, "book", book_of (record));
  sat_json_bool (builder, "elsewhere", sat_record_moved_to (record) != NULL);
  sat_json_text (builder, "title", sat_record_title (record));
  sat_json_bool (builder, "deleted",
                 sat_record_deleted (record) && sat_record_moved_to (record) == NULL);
  json_builder_set_member_name (builder, "fields");
  json_builder_begin_object (builder);
  sat_json_fields (builder, record, object->fields, object->n_fields);
  sat_json_fields (builder, record, object->derived, object->n_derived);
  json_builder_end_object (builder);
  emit_concealed (builder, record);
  json_builder_set_member_name (builder, "conflicts");
  json_builder_begin_array (builder);
  for (guint i = 0; i < object->n_fields; i++)
    if (sat_record_in_conflict (record, object->fields[i]))
      json_builder_add_string_value (builder, object->fields[i]->name);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  sat_cli_emit (builder);
}

/* Long text goes below its label, line by line. */
static void
print_long (const SatCli *cli, const SatRecord *record, const SatField *field)
{
  const char *concealed = sat_record_concealed (record, field);
  const char *value = concealed != NULL ? concealed : sat_record_get (record, field);
  g_auto (GStrv) lines = g_strsplit (value != NULL ? value : "", "\n", -1);

  sat_cli_line (sat_field_label (cli, field));
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *line = sat_one_line (lines[i]);
      g_autofree char *indented = g_strconcat ("  ", line, NULL);

      sat_cli_line (indented);
    }
}

static void
add_field (SatCli *cli, SatGrid *table, const SatRecord *record, const SatField *field)
{
  g_autofree char *value = sat_field_text (cli, record, field);
  const char *note = "";

  if (sat_record_in_conflict (record, field))
    note = _ ("(in conflict)");
  else if (sat_record_is_invalid (record, field))
    note = _ ("(not a valid value)");
  g_autofree char *cell = *note ? g_strdup_printf ("%s  %s", value, note) : g_strdup (value);
  const char *const row[] = { sat_field_label (cli, field), cell };

  sat_grid_add (table, row);
}

static gboolean
is_shown (const SatRecord *record, const SatField *field)
{
  return !field->hidden &&
         (sat_record_get (record, field) != NULL || sat_record_in_conflict (record, field) ||
          sat_record_concealed (record, field) != NULL);
}

static gboolean
is_long (const SatField *field)
{
  return field->type->id == SAT_TYPE_LONG_TEXT;
}

static void
print (SatCli *cli, const SatRecord *record)
{
  const SatObject *object = sat_record_object (record);
  g_autofree char *title = sat_one_line (sat_record_title (record));
  char id[SAT_ID_TEXT_SIZE];
  g_autofree char *head = g_strdup_printf (
      _ ("%s (%s, %s, book %s)"), title, sat_object_label (cli, object),
      sat_id_format (sat_record_id (record), id), book_of (record));
  g_autoptr (SatGrid) table = sat_grid_new (2, NULL, 0, sat_cli_table_line, NULL);

  sat_cli_line (head);
  if (sat_record_moved_to (record) != NULL)
    sat_cli_line (
        _ ("This record was moved to a book that this laptop does not hold; it is shown as it "
           "was when it left."));
  else if (sat_record_deleted (record))
    sat_cli_line (_ ("This record is deleted."));
  for (guint i = 0; i < object->n_fields; i++)
    if (is_shown (record, object->fields[i]) && !is_long (object->fields[i]))
      add_field (cli, table, record, object->fields[i]);
  for (guint i = 0; i < object->n_derived; i++)
    if (is_shown (record, object->derived[i]))
      add_field (cli, table, record, object->derived[i]);
  sat_grid_finish (table);
  for (guint i = 0; i < object->n_fields; i++)
    if (is_shown (record, object->fields[i]) && is_long (object->fields[i]))
      print_long (cli, record, object->fields[i]);
}

static int
run (SatCli *cli, const SatArgs *args, GError **error)
{
  g_autoptr (SatRecord) record = NULL;
  const SatObject *object;
  SatId id;

  object = sat_cli_find (cli, args, 0, &id, error);
  if (object == NULL)
    return SAT_EXIT_FAILED;
  record = sat_workspace_load_shown (cli->workspace, object, &id, error);
  if (record == NULL)
    return SAT_EXIT_FAILED;
  if (cli->json)
    emit (record);
  else
    print (cli, record);
  return SAT_EXIT_DONE;
}

const SatCommand sat_cmd_show = {
  "show",
  "OBJECT ID",
  2,
  2,
  NULL,
  FALSE,
  N_ ("show a record with all its fields"),
  NULL,
  "satchel show customer customer/Acme",
  run,
};
