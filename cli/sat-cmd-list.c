/* SPDX-License-Identifier: GPL-3.0-or-later */
/* satchel list: rows are read and written in pieces, so that a million records need little memory.
 */
#include <stdio.h>

#include "cli/sat-commands.h"
#include "cli/sat-grid.h"
#include "cli/sat-selection.h"
#include "cli/sat-values.h"
#include "core/exchange/sat-csv-writer.h"
#include "core/workspace/sat-workspace-access.h"
#include "core/workspace/sat-workspace-shown.h"

#define PIECE 500

static const SatOption options[] = {
  SAT_SELECTION_OPTIONS,
  { "group", "FIELD", N_ ("those with the same value together") },
  { "count-by", "FIELD", N_ ("only how many records there are for each value of the field") },
  { "limit", "N", N_ ("at most N records") },
  { "offset", "N", N_ ("leave out the first N records") },
  { "csv", NULL, N_ ("print comma-separated values with a header row") },
  { "save-view", "NAME", N_ ("save what these options say as a view of yours") },
  { "shared", NULL, N_ ("with --save-view: for everybody") },
  { NULL },
};

typedef struct
{
  SatCli *cli;
  const SatObject *object;
  GPtrArray *columns; /* const SatField * */
  SatGrid *table;     /* for people */
  gboolean csv;
  gint64 total;
  guint64 written;
} Listing;

/* ---- the ways to write ---- */

static void
write_json_record (Listing *listing, const SatRecord *record)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  sat_json_id (builder, "id", sat_record_id (record));
  if (sat_object_find (sat_record_object (record), "book") == NULL)
    sat_json_text (builder, "book", sat_record_book (record));
  sat_json_fields (builder, record, (const SatField *const *) listing->columns->pdata,
                   listing->columns->len);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, FALSE);
  fputs (listing->written > 0 ? ",\n    " : "\n    ", stdout);
  fputs (text, stdout);
}

/* References by title: the file is for people and for importing again. */
static char *
csv_cell (Listing *listing, const SatField *field, const char *value)
{
  if (value != NULL && field->type->id == SAT_TYPE_REFERENCE)
    return sat_value_text (listing->cli, field, value);
  return g_strdup (value);
}

static void
write_csv_row (const char *const *cells, guint n)
{
  g_autoptr (GString) line = g_string_new (NULL);

  sat_csv_append_row (line, cells, n);
  fwrite (line->str, 1, line->len, stdout);
}

static void
write_cells (Listing *listing, const SatRecord *record)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  char id[SAT_ID_TEXT_SIZE];
  char tail[9];

  if (listing->csv)
    g_ptr_array_add (cells, g_strdup (sat_id_format (sat_record_id (record), id)));
  for (guint i = 0; i < listing->columns->len; i++)
    {
      const SatField *field = g_ptr_array_index (listing->columns, i);
      const char *value = sat_record_get (record, field);

      g_ptr_array_add (cells, listing->csv ? csv_cell (listing, field, value)
                                           : sat_field_text (listing->cli, record, field));
    }
  if (listing->csv)
    write_csv_row ((const char *const *) cells->pdata, cells->len);
  else
    {
      g_ptr_array_add (cells, g_strdup (sat_cli_short_id (sat_record_id (record), tail)));
      sat_grid_add (listing->table, (const char *const *) cells->pdata);
    }
}

static gboolean
is_number (const SatField *field)
{
  SatTypeId type = field->type->id;

  return type == SAT_TYPE_INTEGER || type == SAT_TYPE_DECIMAL || type == SAT_TYPE_PERCENT ||
         type == SAT_TYPE_MONEY;
}

static void
begin_table (Listing *listing)
{
  g_autoptr (GPtrArray) headings = g_ptr_array_new ();

  for (guint i = 0; i < listing->columns->len; i++)
    g_ptr_array_add (headings, (gpointer) sat_field_label (
                                   listing->cli, g_ptr_array_index (listing->columns, i)));
  g_ptr_array_add (headings, _ ("id"));
  g_ptr_array_add (headings, NULL);
  listing->table = sat_grid_new (headings->len - 1, (const char *const *) headings->pdata,
                                 sat_cli_width (), sat_cli_table_line, NULL);
  for (guint i = 0; i < listing->columns->len; i++)
    if (is_number (g_ptr_array_index (listing->columns, i)))
      sat_grid_align_right (listing->table, i);
}

static void
begin_csv (const Listing *listing)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  g_ptr_array_add (names, (gpointer) "id");
  for (guint i = 0; i < listing->columns->len; i++)
    {
      const SatField *field = g_ptr_array_index (listing->columns, i);

      g_ptr_array_add (names, (gpointer) sat_field_word (field));
    }
  write_csv_row ((const char *const *) names->pdata, names->len);
}

static void
begin (Listing *listing)
{
  if (listing->cli->json)
    printf ("{\n  \"object\" : \"%s\",\n  \"total\" : %" G_GINT64_FORMAT ",\n  \"records\" : [",
            listing->object->name, listing->total);
  else if (listing->csv)
    begin_csv (listing);
  else
    begin_table (listing);
}

static void
finish (Listing *listing)
{
  if (listing->cli->json)
    fputs (listing->written > 0 ? "\n  ]\n}\n" : "]\n}\n", stdout);
  else if (!listing->csv)
    {
      sat_grid_finish (listing->table);
      if ((gint64) listing->written < listing->total)
        sat_cli_say (listing->cli, _ ("%llu of %lld records"),
                     (unsigned long long) listing->written, (long long) listing->total);
    }
}

/* ---- reading ---- */

static GPtrArray *
read_piece (const Listing *listing, const gint64 *rows, guint n, GError **error)
{
  return sat_workspace_load_columns (listing->cli->workspace, listing->object, rows, n,
                                     (const SatField *const *) listing->columns->pdata,
                                     listing->columns->len, error);
}

static gboolean
write_records (Listing *listing, const GArray *rows, GError **error)
{
  for (guint at = 0; at < rows->len; at += PIECE)
    {
      g_autoptr (GPtrArray) records = read_piece (listing, &g_array_index (rows, gint64, at),
                                                  MIN (PIECE, rows->len - at), error);

      if (records == NULL)
        return FALSE;
      if (at == 0)
        begin (listing);
      for (guint i = 0; i < records->len; i++)
        {
          const SatRecord *record = g_ptr_array_index (records, i);

          if (record == NULL)
            continue;
          if (listing->cli->json)
            write_json_record (listing, record);
          else
            write_cells (listing, record);
          listing->written++;
        }
    }
  if (rows->len == 0)
    begin (listing);
  finish (listing);
  return TRUE;
}

/* The fields named, or by default the list's columns for people, and for programs every stored
 * field but pictures. */
static void
choose_columns (Listing *listing, const GPtrArray *named)
{
  const SatObject *object = listing->object;
  gboolean all = listing->cli->json || listing->csv;

  for (guint i = 0; named != NULL && i < named->len; i++)
    g_ptr_array_add (listing->columns, named->pdata[i]);
  for (guint i = 0; named == NULL && all && i < object->n_fields; i++)
    if (!object->fields[i]->hidden && object->fields[i]->type->id != SAT_TYPE_PICTURE)
      g_ptr_array_add (listing->columns, (gpointer) object->fields[i]);
  for (guint i = 0; named == NULL && !all && i < object->n_list_columns; i++)
    g_ptr_array_add (listing->columns, (gpointer) object->list_columns[i]);
}

/* A group is seen by its value before all others. */
static void
put_first (Listing *listing, const SatField *field)
{
  g_ptr_array_remove (listing->columns, (gpointer) field);
  g_ptr_array_insert (listing->columns, 0, (gpointer) field);
}

static gboolean
list (Listing *listing, const SatSelection *selection, SatQuery *query, GError **error)
{
  g_autoptr (GArray) rows = NULL;
  SatQuery all;

  choose_columns (listing, selection->columns);
  if (selection->grouping != NULL)
    put_first (listing, selection->grouping);
  query->sort = (const char *const *) selection->sort;
  all = *query;
  all.limit = -1;
  all.offset = 0;
  listing->total = sat_workspace_count (listing->cli->workspace, &all, error);
  if (listing->total < 0)
    return FALSE;
  rows = sat_workspace_list_rows (listing->cli->workspace, query, error);
  return rows != NULL && write_records (listing, rows, error);
}

/* ---- counts ---- */

#define MOST_GROUPS 1000

static void
emit_groups (const SatField *field, GPtrArray *groups)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  sat_json_text (builder, "object", field->object->name);
  sat_json_text (builder, "field", field->name);
  json_builder_set_member_name (builder, "groups");
  json_builder_begin_array (builder);
  for (guint i = 0; i < groups->len; i++)
    {
      const SatGroup *group = g_ptr_array_index (groups, i);

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "value");
      sat_value_add_json (builder, field, group->value);
      sat_json_int (builder, "count", group->count);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  sat_cli_emit (builder);
}

static void
print_groups (Listing *listing, const SatField *field, GPtrArray *groups)
{
  const char *const headings[] = { sat_field_label (listing->cli, field), _ ("Records"), NULL };

  if (listing->csv)
    write_csv_row ((const char *const[]){ sat_field_word (field), "count" }, 2);
  else
    listing->table = sat_grid_new (2, headings, sat_cli_width (), sat_cli_table_line, NULL);
  if (listing->table != NULL)
    sat_grid_align_right (listing->table, 1);
  for (guint i = 0; i < groups->len; i++)
    {
      const SatGroup *group = g_ptr_array_index (groups, i);
      g_autofree char *value = listing->csv ? csv_cell (listing, field, group->value)
                                            : sat_value_text (listing->cli, field, group->value);
      g_autofree char *count = g_strdup_printf ("%" G_GINT64_FORMAT, group->count);
      const char *const cells[] = { value, count };

      if (listing->csv)
        write_csv_row (cells, 2);
      else
        sat_grid_add (listing->table, cells);
    }
  if (listing->table != NULL)
    sat_grid_finish (listing->table);
}

static gboolean
count_by (Listing *listing, const char *name, const SatQuery *query, GError **error)
{
  SatWorkspace *workspace = listing->cli->workspace;
  const SatField *field = sat_workspace_field_shown (workspace, listing->object, name, error);
  g_autoptr (GPtrArray) groups = field ? sat_workspace_groups (workspace, query, field, MOST_GROUPS,
                                                               error)
                                       : NULL;

  if (groups == NULL)
    return FALSE;
  if (listing->cli->json)
    emit_groups (field, groups);
  else
    print_groups (listing, field, groups);
  return TRUE;
}

/* ---- the command ---- */

static gboolean
save_view (const SatCli *cli, const SatArgs *args, SatSelection *selection, GError **error)
{
  SatView *view = selection->said;
  SatId id;

  g_free (view->name);
  view->name = g_strdup (sat_args_get (args, "save-view"));
  view->is_personal = !sat_args_has (args, "shared");
  return view->name == NULL || sat_workspace_save_view (cli->workspace, view, &id, error);
}

static gboolean
show (Listing *listing, const SatArgs *args, SatQuery *query, GError **error)
{
  g_auto (SatSelection) selection = { 0 };
  const char *counted = sat_args_get (args, "count-by");

  if (!sat_selection_read (listing->cli, args, listing->object, &selection, error) ||
      !save_view (listing->cli, args, &selection, error))
    return FALSE;
  query->object = listing->object;
  query->where = selection.where;
  return counted != NULL ? count_by (listing, counted, query, error)
                         : list (listing, &selection, query, error);
}

static int
run (SatCli *cli, const SatArgs *args, GError **error)
{
  g_autoptr (GPtrArray) columns = g_ptr_array_new ();
  Listing listing = { .cli = cli, .columns = columns, .csv = sat_args_has (args, "csv") };
  SatQuery query = { .limit = -1 };
  gboolean ok;

  if (listing.csv && cli->json)
    {
      sat_usage (error, _ ("either --csv or --json, not both"));
      return SAT_EXIT_USAGE;
    }
  if (sat_args_has (args, "shared") && !sat_args_has (args, "save-view"))
    {
      sat_usage (error, _ ("--shared goes with --save-view"));
      return SAT_EXIT_USAGE;
    }
  if (!sat_args_number (args, "limit", 0, G_MAXINT32, &query.limit, error) ||
      !sat_args_number (args, "offset", 0, G_MAXINT32, &query.offset, error))
    return SAT_EXIT_USAGE;
  listing.object = sat_cli_object (cli, args, 0, error);
  if (listing.object == NULL || /* what comes out is a file */
      (listing.csv &&
       !sat_workspace_check_right (cli->workspace, listing.object, SAT_RIGHT_EXPORT, NULL, error)))
    return SAT_EXIT_FAILED;
  ok = show (&listing, args, &query, error);
  sat_grid_free (listing.table);
  return ok ? SAT_EXIT_DONE : SAT_EXIT_FAILED;
}

const SatCommand sat_cmd_list = {
  "list",
  "OBJECT",
  1,
  1,
  options,
  FALSE,
  N_ ("list the records of an object"),
  N_ ("Names sort as people expect, Chinese ones by pinyin; empty values come last. Pictures are "
      "listed where --columns names them. A view that "
      "was "
      "saved is a record of the object view: “satchel list view” shows them all, “satchel delete "
      "view” takes one away."),
  "satchel list customer --columns name,city,phone --sort city,-credit_limit --limit 20\n"
  "satchel list deal --where 'stage >= \"proposal\" and customer.city = \"上海\"'\n"
  "satchel list customer --where 'credit_limit > 100000' --sort city --save-view \"Big ones\"\n"
  "satchel list customer --view \"Big ones\" --count-by city\n"
  "satchel list deal --csv",
  run,
};
