/* SPDX-License-Identifier: GPL-3.0-or-later */
/* satchel catalogue show, satchel catalogue check: need no replica. */
#include <stdio.h>

#include "cli/sat-commands.h"
#include "cli/sat-grid.h"
#include "cli/sat-values.h"
#include "core/catalogue/sat-derived.h"
#include "core/workspace/sat-workspace-shape.h"

/* The replica's catalogue if there is a replica, else the built-in one; the caller's. */
static SatCatalogue *
find_catalogue (SatCli *cli, GError **error)
{
  if (!sat_workspace_exists (cli->home))
    return sat_catalogue_default (error);
  if (sat_cli_open (cli, error) == NULL)
    return NULL;
  return sat_catalogue_ref (sat_workspace_catalogue (cli->workspace));
}

/* ---- JSON ---- */

static void
emit_derived (JsonBuilder *builder, const SatDerived *derived)
{
  gboolean rollup = derived->rollup != SAT_ROLLUP_NONE;

  sat_json_text (builder, "formula", derived->formula);
  sat_json_text (builder, "rollup", rollup ? sat_rollup_name (derived->rollup) : NULL);
  sat_json_text (builder, "over", derived->over);
  sat_json_text (builder, "of", derived->of);
  sat_json_text (builder, "where", derived->where);
}

static void
emit_field (const SatCli *cli, JsonBuilder *builder, const SatField *field)
{
  json_builder_begin_object (builder);
  sat_json_text (builder, "name", field->name);
  sat_json_text (builder, "type", field->type->name);
  sat_json_text (builder, "policy", sat_policy_name (field->policy));
  sat_json_text (builder, "label", sat_field_label (cli, field));
  sat_json_text (builder, "help",
                 field->help != NULL ? sat_label (field->help, cli->language) : NULL);
  sat_json_bool (builder, "required", field->required);
  sat_json_bool (builder, "custom", field->custom);
  sat_json_bool (builder, "retired", field->retired);
  sat_json_bool (builder, "off", field->off);
  sat_json_text (builder, "reference", field->reference);
  if (field->derived != NULL)
    emit_derived (builder, field->derived);
  if (field->n_choices > 0)
    {
      json_builder_set_member_name (builder, "choices");
      json_builder_begin_array (builder);
      for (guint i = 0; i < field->n_choices; i++)
        json_builder_add_string_value (builder, field->choices[i].name);
      json_builder_end_array (builder);
    }
  json_builder_end_object (builder);
}

static void
emit_object (const SatCli *cli, JsonBuilder *builder, const SatObject *object)
{
  json_builder_begin_object (builder);
  sat_json_text (builder, "name", object->name);
  sat_json_text (builder, "label", sat_object_label (cli, object));
  sat_json_text (builder, "title", object->title->name);
  sat_json_bool (builder, "custom", object->custom);
  sat_json_bool (builder, "retired", object->retired);
  sat_json_text (builder, "module", object->module);
  sat_json_bool (builder, "off", object->off);
  json_builder_set_member_name (builder, "fields");
  json_builder_begin_array (builder);
  for (guint i = 0; i < object->n_fields; i++)
    emit_field (cli, builder, object->fields[i]);
  for (guint i = 0; i < object->n_derived; i++)
    emit_field (cli, builder, object->derived[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
emit (const SatCli *cli, const SatCatalogue *catalogue, const SatObject *only)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "objects");
  json_builder_begin_array (builder);
  for (guint i = 0; i < sat_catalogue_n_objects (catalogue); i++)
    {
      const SatObject *object = sat_catalogue_object (catalogue, i);

      if (only == NULL || only == object)
        emit_object (cli, builder, object);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  sat_cli_emit (builder);
}

/* ---- for people ---- */

/* "= amount * probability", "= sum amount of deal.customer where …" */
static char *
derived_text (const SatField *field)
{
  const SatDerived *derived = field->derived;

  if (derived->rollup == SAT_ROLLUP_NONE)
    return g_strdup_printf ("%s = %s", field->type->name, derived->formula ? derived->formula : "");
  return g_strdup_printf ("%s = %s%s%s over %s%s%s", field->type->name,
                          sat_rollup_name (derived->rollup), derived->of ? " of " : "",
                          derived->of ? derived->of : "", derived->over ? derived->over : "",
                          derived->where ? " where " : "", derived->where ? derived->where : "");
}

static char *
type_text (const SatField *field)
{
  g_autoptr (GString) choices = g_string_new (NULL);

  if (field->derived != NULL)
    return derived_text (field);
  if (field->reference != NULL)
    return g_strdup_printf ("%s: %s", field->type->name, field->reference);
  for (guint i = 0; i < field->n_choices; i++)
    if (!field->choices[i].retired)
      g_string_append_printf (choices, "%s%s", choices->len ? " " : "", field->choices[i].name);
  if (choices->len == 0)
    return g_strdup (field->type->name);
  return g_strdup_printf ("%s: %s", field->type->name, choices->str);
}

static const char *
own_text (gboolean custom, gboolean retired, gboolean off)
{
  if (retired)
    return _ ("retired");
  if (off)
    return _ ("off");
  return custom ? _ ("own") : "";
}

static void
print_object (SatCli *cli, const SatObject *object)
{
  const char *const headings[] = { _ ("Field"), _ ("Label"), _ ("Policy"), "", _ ("Type"), NULL };
  g_autoptr (SatGrid) table = sat_grid_new (5, headings, sat_cli_width (), sat_cli_table_line,
                                            NULL);

  for (guint i = 0; i < object->n_fields + object->n_derived; i++)
    {
      gboolean derived = i >= object->n_fields;
      const SatField *field = derived ? object->derived[i - object->n_fields] : object->fields[i];
      g_autofree char *type = type_text (field);
      const char *const row[] = { field->name, sat_field_label (cli, field),
                                  derived ? _ ("computed") : sat_policy_name (field->policy),
                                  own_text (field->custom, field->retired, field->off), type };

      if (!field->hidden || field->retired || field->off)
        sat_grid_add (table, row);
    }
  sat_grid_finish (table);
}

static void
print_all (SatCli *cli, const SatCatalogue *catalogue)
{
  const char *const headings[] = { _ ("Object"), _ ("Label"), _ ("Fields"), "", NULL };
  g_autoptr (SatGrid) table = sat_grid_new (4, headings, 0, sat_cli_table_line, NULL);

  sat_grid_align_right (table, 2);
  for (guint i = 0; i < sat_catalogue_n_objects (catalogue); i++)
    {
      const SatObject *object = sat_catalogue_object (catalogue, i);
      g_autofree char *fields = g_strdup_printf ("%u", object->n_fields + object->n_derived);
      const char *const row[] = { object->name, sat_object_label (cli, object), fields,
                                  own_text (object->custom, object->retired, object->off) };

      sat_grid_add (table, row);
    }
  sat_grid_finish (table);
}

static gboolean
fail_unknown (const SatCatalogue *catalogue, const char *name, GError **error)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < sat_catalogue_n_objects (catalogue); i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "",
                            sat_catalogue_object (catalogue, i)->name);
  return sat_fail (error, SAT_ERROR_INVALID, N_ ("there is no object “%s”; one of: %s"), name,
                   names->str, NULL);
}

static int
run_show (SatCli *cli, const SatArgs *args, GError **error)
{
  g_autoptr (SatCatalogue) catalogue = find_catalogue (cli, error);
  const char *name = sat_args_word (args, 0);
  const SatObject *object = NULL;

  if (catalogue == NULL)
    return SAT_EXIT_FAILED;
  if (name != NULL)
    {
      object = cli->workspace != NULL ? sat_workspace_object (cli->workspace, name, error)
                                      : sat_catalogue_find (catalogue, name);
      if (object == NULL && cli->workspace == NULL)
        fail_unknown (catalogue, name, error);
      if (object == NULL)
        return SAT_EXIT_FAILED;
    }
  if (cli->json)
    emit (cli, catalogue, object);
  else if (object != NULL)
    print_object (cli, object);
  else
    print_all (cli, catalogue);
  return SAT_EXIT_DONE;
}

/* ---- check ---- */

static void
emit_problems (const GPtrArray *problems)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "problems");
  json_builder_begin_array (builder);
  for (guint i = 0; problems != NULL && i < problems->len; i++)
    json_builder_add_string_value (builder, g_ptr_array_index (problems, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  sat_cli_emit (builder);
}

/* What is wrong with the company's own definitions, where there is a replica; worded. */
static gboolean
check_definitions (SatCli *cli, GPtrArray **problems, GError **error)
{
  g_autoptr (GPtrArray) found = NULL;

  if (!sat_workspace_exists (cli->home))
    return TRUE;
  if (sat_cli_open (cli, error) == NULL)
    return FALSE;
  found = sat_workspace_shape_problems (cli->workspace, error);
  if (found == NULL)
    return FALSE;
  *problems = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < found->len; i++)
    g_ptr_array_add (*problems, sat_cli_word_error (g_ptr_array_index (found, i)));
  if (found->len == 0)
    return TRUE;
  g_propagate_error (error, g_error_copy (g_ptr_array_index (found, 0)));
  return FALSE;
}

static int
run_check (SatCli *cli, const SatArgs *args, GError **error)
{
  const char *directory = sat_args_word (args, 0);
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (SatCatalogue) catalogue = NULL;

  catalogue = directory != NULL ? sat_catalogue_read (directory, &problems, error)
                                : sat_catalogue_default (error);
  if (catalogue != NULL && directory == NULL && !check_definitions (cli, &problems, error))
    g_clear_pointer (&catalogue, sat_catalogue_unref);
  if (cli->json)
    emit_problems (problems);
  if (catalogue == NULL)
    {
      /* The first problem is the error itself. */
      for (guint i = 1; problems != NULL && i < problems->len; i++)
        fprintf (stderr, "satchel: %s\n", (const char *) g_ptr_array_index (problems, i));
      return SAT_EXIT_FAILED;
    }
  sat_cli_say (cli,
               ngettext ("The catalogue is in order: %u object.",
                         "The catalogue is in order: %u objects.",
                         sat_catalogue_n_objects (catalogue)),
               sat_catalogue_n_objects (catalogue));
  return SAT_EXIT_DONE;
}

const SatCommand sat_cmd_catalogue_show = {
  "catalogue show",
  "[OBJECT]",
  0,
  1,
  NULL,
  FALSE,
  N_ ("show what objects there are, or the fields of one"),
  N_ ("The policy says what happens when two people change a field at once: newest shows the "
      "newest value; "
      "review asks a person; max and min keep the extreme; union keeps all tags; text merges line "
      "by line."),
  "satchel catalogue show customer",
  run_show,
};

const SatCommand sat_cmd_catalogue_check = {
  "catalogue check",
  "[DIR]",
  0,
  1,
  NULL,
  FALSE,
  N_ ("check the catalogue's files, or those in DIR"),
  N_ ("Without DIR also what the company has added of its own, where there is a replica. What is "
      "wrong is left out; the rest works."),
  "satchel catalogue check data/catalogue",
  run_check,
};
