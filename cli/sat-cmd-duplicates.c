/* SPDX-License-Identifier: GPL-3.0-or-later */
/* satchel duplicates */
#include "cli/sat-commands.h"
#include "cli/sat-values.h"
#include "core/workspace/sat-workspace-duplicates.h"

#define USUAL_LIMIT 50

static const SatOption options[] = {
  { "limit", "N", N_ ("show the N strongest pairs of each kind (50; 0 for all)") },
  { "not", NULL, N_ ("these two are not one: leave the pair out from now on") },
  { "maybe", NULL, N_ ("these two may be one after all: take back --not") },
  { NULL },
};

static const char *
agreement_name (SatAgreement agreement)
{
  static const char *const names[] = { "same", "similar", "different" };

  return names[agreement];
}

static const char *
agreement_text (SatAgreement agreement)
{
  switch (agreement)
    {
    case SAT_AGREE_SAME:
      return _ ("the same");
    case SAT_AGREE_SIMILAR:
      return _ ("similar");
    case SAT_AGREE_DIFFERENT:
      break;
    }
  return _ ("different");
}

static void
add_record (JsonBuilder *builder, const SatRecord *record)
{
  json_builder_begin_object (builder);
  sat_json_id (builder, "id", sat_record_id (record));
  sat_json_text (builder, "title", sat_record_title (record));
  sat_json_text (builder, "book", sat_record_book (record));
  json_builder_end_object (builder);
}

static void
add_pair (JsonBuilder *builder, const SatDuplicate *pair, const SatRecord *a, const SatRecord *b)
{
  json_builder_begin_object (builder);
  sat_json_text (builder, "object", sat_record_object (a)->name);
  sat_json_int (builder, "strength", pair->strength);
  json_builder_set_member_name (builder, "records");
  json_builder_begin_array (builder);
  add_record (builder, a);
  add_record (builder, b);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "fields");
  json_builder_begin_array (builder);
  for (guint i = 0; i < pair->fields->len; i++)
    {
      const SatAgreeing *one = &g_array_index (pair->fields, SatAgreeing, i);

      json_builder_begin_object (builder);
      sat_json_text (builder, "field", one->field->name);
      sat_json_text (builder, "agreement", agreement_name (one->agreement));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
print_record (const SatRecord *record)
{
  g_autofree char *line = NULL;
  char text[9];

  line = g_strdup_printf ("  %s  %s", sat_cli_short_id (sat_record_id (record), text),
                          sat_record_title (record));
  sat_cli_line (line);
}

/* One line for the two, one a record, one for what agrees. */
static void
print_pair (SatCli *cli, const SatDuplicate *pair, const SatRecord *a, const SatRecord *b)
{
  g_autofree char *head = g_strdup_printf (
      "%s · %u %%", sat_object_label (cli, sat_record_object (a)), pair->strength);
  g_autoptr (GString) why = g_string_new ("  ");

  sat_cli_line (head);
  print_record (a);
  print_record (b);
  for (guint i = 0; i < pair->fields->len; i++)
    {
      const SatAgreeing *one = &g_array_index (pair->fields, SatAgreeing, i);

      g_string_append_printf (why, "%s%s: %s", i > 0 ? " · " : "",
                              sat_field_label (cli, one->field), agreement_text (one->agreement));
    }
  sat_cli_line (why->str);
}

static gboolean
list_object (SatCli *cli,
             const SatObject *object,
             gint64 limit,
             JsonBuilder *builder,
             gint64 *total,
             GError **error)
{
  gint64 n = 0;
  g_autoptr (GPtrArray) pairs = sat_workspace_duplicates (cli->workspace, object, limit, &n, error);

  if (pairs == NULL)
    return FALSE;
  *total += n;
  for (guint i = 0; i < pairs->len; i++)
    {
      const SatDuplicate *pair = g_ptr_array_index (pairs, i);
      g_autoptr (SatRecord) a = sat_workspace_load (cli->workspace, object, &pair->a, error);
      g_autoptr (SatRecord) b = a ? sat_workspace_load (cli->workspace, object, &pair->b, error)
                                  : NULL;

      if (b == NULL)
        return FALSE;
      if (cli->json)
        add_pair (builder, pair, a, b);
      else
        print_pair (cli, pair, a, b);
    }
  if (!cli->json && n > pairs->len)
    sat_cli_say (cli, _ ("%u of %u pairs; --limit shows more"), pairs->len, (guint) n);
  return TRUE;
}

/* The objects to look at: the one that was named, or all whose catalogue says what counts. */
static GPtrArray *
objects_of (SatCli *cli, const SatArgs *args, GError **error)
{
  g_autoptr (GPtrArray) objects = g_ptr_array_new ();
  const SatCatalogue *catalogue;

  if (sat_args_n_words (args) > 0)
    {
      const SatObject *object = sat_cli_object (cli, args, 0, error);

      if (object == NULL)
        return NULL;
      if (!sat_duplicates_known (object))
        {
          sat_fail (error, SAT_ERROR_INVALID,
                    N_ ("the catalogue does not say by what two records of %s are known to be one"),
                    object->name, NULL);
          return NULL;
        }
      g_ptr_array_add (objects, (gpointer) object);
      return g_steal_pointer (&objects);
    }
  if (sat_cli_open (cli, error) == NULL)
    return NULL;
  catalogue = sat_workspace_catalogue (cli->workspace);
  for (guint i = 0; i < sat_catalogue_n_objects (catalogue); i++)
    if (sat_duplicates_known (sat_catalogue_object (catalogue, i)))
      g_ptr_array_add (objects, (gpointer) sat_catalogue_object (catalogue, i));
  return g_steal_pointer (&objects);
}

/* OBJECT ID ID --not, or --maybe. */
static int
keep_apart (SatCli *cli, const SatArgs *args, gboolean apart, GError **error)
{
  SatId a, b;
  const SatObject *object = sat_cli_find (cli, args, 0, &a, error);

  if (object == NULL ||
      !sat_workspace_find (cli->workspace, object, sat_args_word (args, 2), &b, error) ||
      !sat_workspace_keep_apart (cli->workspace, object, &a, &b, apart, error))
    return SAT_EXIT_FAILED;
  if (cli->json)
    sat_cli_emit_id (&a);
  else if (apart)
    sat_cli_say (cli, _ ("They are two, and not shown as a pair any more."));
  else
    sat_cli_say (cli, _ ("They may be one, and are shown as a pair if they look like it."));
  return SAT_EXIT_DONE;
}

static int
run (SatCli *cli, const SatArgs *args, GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GPtrArray) objects = NULL;
  gint64 limit = USUAL_LIMIT;
  gint64 total = 0;

  if ((sat_args_has (args, "not") + sat_args_has (args, "maybe") == 1) !=
          (sat_args_n_words (args) == 3) ||
      sat_args_n_words (args) == 2)
    {
      sat_usage (error, _ ("name two records, OBJECT ID ID, with --not or with --maybe"));
      return SAT_EXIT_USAGE;
    }
  if (sat_args_n_words (args) == 3)
    return keep_apart (cli, args, sat_args_has (args, "not"), error);
  if (!sat_args_number (args, "limit", 0, G_MAXINT32, &limit, error))
    return SAT_EXIT_USAGE;
  if (limit == 0)
    limit = -1;
  objects = objects_of (cli, args, error);
  if (objects == NULL)
    return SAT_EXIT_FAILED;
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "duplicates");
  json_builder_begin_array (builder);
  for (guint i = 0; i < objects->len; i++)
    if (!list_object (cli, g_ptr_array_index (objects, i), limit, builder, &total, error))
      return SAT_EXIT_FAILED;
  json_builder_end_array (builder);
  sat_json_int (builder, "total", total);
  json_builder_end_object (builder);
  if (cli->json)
    sat_cli_emit (builder);
  else if (total == 0)
    sat_cli_say (cli, _ ("No two records look like one."));
  else
    sat_cli_say (cli, _ ("To make two of them one: satchel absorb OBJECT ID --into ID --dry-run"));
  return SAT_EXIT_DONE;
}

const SatCommand sat_cmd_duplicates = {
  "duplicates",
  "[OBJECT] [ID] [ID]",
  0,
  3,
  options,
  FALSE,
  N_ ("list records that may be one and the same"),
  N_ ("Names count, without case, accents, the form of a company and small mistakes, traditional "
      "script as simplified; telephones by their last digits; e-mail, addresses, numbers. Each "
      "pair says which fields agree, and how likely it is that the two are one. Nothing is "
      "changed.\n\n"
      "With two records and --not the pair is kept apart: nobody in the workspace is shown it "
      "again. “satchel undo” or --maybe takes that back."),
  "satchel duplicates\nsatchel duplicates customer --limit 10\n"
  "satchel duplicates customer 5f0c2a9e 77b0e1c4 --not",
  run,
};
