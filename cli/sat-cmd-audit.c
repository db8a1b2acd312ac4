/* SPDX-License-Identifier: GPL-3.0-or-later */
/* satchel audit */
#include "cli/sat-commands.h"
#include "cli/sat-grid.h"
#include "cli/sat-values.h"

#define COUNT 50

static const SatOption options[] = {
  { "kind", "KIND", N_ ("only these: sign_in, export, permission, forced, view") },
  { "user", "LOGIN", N_ ("only what this user did") },
  { "from", "DATE", N_ ("not before this day") },
  { "to", "DATE", N_ ("not after this day") },
  { "limit", "N", N_ ("at most so many, the newest first; 50 if not given") },
  { NULL },
};

/* Adds "and FIELD = "VALUE"" to the condition. */
static void
add (GString *where, const char *begin, const char *value, const char *end)
{
  g_auto (GStrv) parts = value ? g_strsplit (value, "\"", -1) : NULL;
  g_autofree char *quoted = value ? g_strjoinv ("\"\"", parts) : NULL;

  if (value != NULL)
    g_string_append_printf (where, "%s%s\"%s\"%s", where->len ? " and " : "", begin, quoted, end);
}

static SatExpression *
condition (const SatArgs *args, const SatObject *object, gboolean *ok, GError **error)
{
  g_autoptr (GString) where = g_string_new (NULL);
  SatExpression *expression = NULL;

  add (where, "kind = ", sat_args_get (args, "kind"), "");
  add (where, "user.login = ", sat_args_get (args, "user"), "");
  add (where, "date(time) >= date(", sat_args_get (args, "from"), ")");
  add (where, "date(time) <= date(", sat_args_get (args, "to"), ")");
  if (where->len > 0)
    expression = sat_expression_parse (object, where->str, SAT_EXPRESSION_FILTER, NULL, error);
  *ok = where->len == 0 || expression != NULL;
  return expression;
}

static void
emit (const GPtrArray *records, const SatObject *object, gint64 total)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  sat_json_int (builder, "total", total);
  json_builder_set_member_name (builder, "operations");
  json_builder_begin_array (builder);
  for (guint i = 0; i < records->len; i++)
    {
      const SatRecord *record = g_ptr_array_index (records, i);

      if (record == NULL)
        continue;
      json_builder_begin_object (builder);
      sat_json_id (builder, "id", sat_record_id (record));
      sat_json_fields (builder, record, object->fields, object->n_fields);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  sat_cli_emit (builder);
}

static void
print (SatCli *cli, const GPtrArray *records, const SatObject *object)
{
  static const char *const names[] = { "time",   "kind",   "user",  "device",
                                       "object", "record", "count", "detail" };
  const SatField *fields[G_N_ELEMENTS (names)];
  const char *headings[G_N_ELEMENTS (names) + 1] = { NULL };
  g_autoptr (SatGrid) table = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      fields[i] = sat_object_find (object, names[i]);
      if (fields[i] == NULL)
        return;
      headings[i] = sat_field_label (cli, fields[i]);
    }
  table = sat_grid_new (G_N_ELEMENTS (names), headings, sat_cli_width (), sat_cli_table_line, NULL);
  for (guint i = 0; i < records->len; i++)
    {
      const SatRecord *record = g_ptr_array_index (records, i);
      char *cells[G_N_ELEMENTS (names)] = { NULL };

      if (record == NULL)
        continue;
      for (guint k = 0; k < G_N_ELEMENTS (names); k++)
        cells[k] = sat_value_text (cli, fields[k], sat_record_get (record, fields[k]));
      sat_grid_add (table, (const char *const *) cells);
      for (guint k = 0; k < G_N_ELEMENTS (names); k++)
        g_free (cells[k]);
    }
  sat_grid_finish (table);
}

static int
run (SatCli *cli, const SatArgs *args, GError **error)
{
  static const char *const sort[] = { "-time", NULL };
  const SatObject *object;
  SatQuery query = { .sort = sort, .limit = COUNT };
  g_autoptr (SatExpression) where = NULL;
  g_autoptr (GArray) rows = NULL;
  g_autoptr (GPtrArray) records = NULL;
  gint64 total;
  gboolean ok;

  if (!sat_args_number (args, "limit", 1, 1000000, &query.limit, error))
    return SAT_EXIT_USAGE;
  if (sat_cli_open (cli, error) == NULL)
    return SAT_EXIT_FAILED;
  object = query.object = sat_workspace_object (cli->workspace, "operation", error);
  if (object == NULL)
    return SAT_EXIT_FAILED;
  where = condition (args, object, &ok, error);
  query.where = where;
  rows = ok ? sat_workspace_list_rows (cli->workspace, &query, error) : NULL;
  total = rows ? sat_workspace_count (cli->workspace, &query, error) : -1;
  if (total >= 0)
    records = sat_workspace_load_rows (cli->workspace, object, (const gint64 *) (void *) rows->data,
                                       rows->len, error);
  if (records == NULL)
    return SAT_EXIT_FAILED;
  if (cli->json)
    emit (records, object, total);
  else
    print (cli, records, object);
  return SAT_EXIT_DONE;
}

const SatCommand sat_cmd_audit = {
  .name = "audit",
  .words = "",
  .options = options,
  .summary = N_ ("the operation log: who signed in, exported, changed permissions"),
  .help = N_ ("Lines are written by Satchel once rights are in force, travel signed like every "
              "change, and can neither be changed nor deleted. Who changed which value of a "
              "record, “satchel history” says."),
  .examples = "satchel audit --kind export --from 2026-11-01\n",
  .run = run,
};
