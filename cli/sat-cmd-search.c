/* SPDX-License-Identifier: GPL-3.0-or-later */
/* satchel search */
#include "cli/sat-commands.h"
#include "cli/sat-grid.h"
#include "cli/sat-values.h"
#include "cli/sat-where.h"

static const SatOption options[] = {
  { "object", "OBJECT", N_ ("only records of this object") },
  SAT_WHERE_OPTION,
  { "limit", "N", N_ ("at most N results; default: 50") },
  { NULL },
};

static GPtrArray *
load (SatCli *cli, const GArray *hits, GError **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (
      (GDestroyNotify) sat_record_unref);

  for (guint i = 0; i < hits->len; i++)
    {
      const SatHit *hit = &g_array_index (hits, SatHit, i);
      g_autoptr (GPtrArray) one = sat_workspace_load_rows (cli->workspace, hit->object, &hit->row,
                                                           1, error);

      if (one == NULL)
        return NULL;
      if (one->len > 0 && g_ptr_array_index (one, 0) != NULL)
        g_ptr_array_add (records, sat_record_ref (g_ptr_array_index (one, 0)));
    }
  return g_steal_pointer (&records);
}

static void
emit (const GPtrArray *records)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "results");
  json_builder_begin_array (builder);
  for (guint i = 0; i < records->len; i++)
    {
      const SatRecord *record = g_ptr_array_index (records, i);
      const SatObject *object = sat_record_object (record);

      json_builder_begin_object (builder);
      sat_json_text (builder, "object", object->name);
      sat_json_id (builder, "id", sat_record_id (record));
      sat_json_text (builder, "title", sat_record_title (record));
      json_builder_set_member_name (builder, "fields");
      json_builder_begin_object (builder);
      sat_json_fields (builder, record, object->fields, object->n_fields);
      json_builder_end_object (builder);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  sat_cli_emit (builder);
}

/* The list columns beside the title that have a value. */
static char *
details (SatCli *cli, const SatRecord *record)
{
  const SatObject *object = sat_record_object (record);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < object->n_list_columns; i++)
    {
      const SatField *field = object->list_columns[i];
      g_autofree char *value = sat_field_text (cli, record, field);

      if (field != object->title && *value != '\0')
        g_string_append_printf (out, "%s%s", out->len > 0 ? " · " : "", value);
    }
  return g_string_free (out, FALSE);
}

static void
print (SatCli *cli, const GPtrArray *records)
{
  g_autoptr (SatGrid) table = sat_grid_new (4, NULL, sat_cli_width (), sat_cli_table_line, NULL);

  for (guint i = 0; i < records->len; i++)
    {
      const SatRecord *record = g_ptr_array_index (records, i);
      g_autofree char *more = details (cli, record);
      char tail[9];
      const char *const row[] = {
        sat_object_label (cli, sat_record_object (record)),
        sat_record_title (record),
        more,
        sat_cli_short_id (sat_record_id (record), tail),
      };

      sat_grid_add (table, row);
    }
  sat_grid_finish (table);
  if (records->len == 0)
    sat_cli_say (cli, _ ("Nothing found."));
}

/* Over all objects, or over the one that was named. */
static GArray *
search (SatCli *cli, const SatArgs *args, const char *words, gint64 limit, GError **error)
{
  const char *name = sat_args_get (args, "object");
  SatQuery query = { .words = words, .limit = -1 };
  g_autoptr (SatExpression) where = NULL;

  if (name == NULL)
    return sat_workspace_search (cli->workspace, words, (guint) limit, error);
  query.object = sat_workspace_object (cli->workspace, name, error);
  if (query.object == NULL || !sat_cli_where (cli, args, query.object, NULL, &where, error))
    return NULL;
  query.where = where;
  return sat_workspace_search_in (cli->workspace, &query, (guint) limit, error);
}

static int
run (SatCli *cli, const SatArgs *args, GError **error)
{
  g_autofree char *words = g_strjoinv (" ", (char **) sat_args_words (args));
  g_autoptr (GArray) hits = NULL;
  g_autoptr (GPtrArray) records = NULL;
  gint64 limit = 50;

  if (!sat_args_number (args, "limit", 1, 100000, &limit, error))
    return SAT_EXIT_USAGE;
  if ((sat_args_has (args, "where") || sat_args_has (args, "segment")) &&
      !sat_args_has (args, "object"))
    {
      sat_usage (error, _ ("--where and --segment need --object: they are about the fields of one "
                           "object"));
      return SAT_EXIT_USAGE;
    }
  if (sat_cli_open (cli, error) == NULL)
    return SAT_EXIT_FAILED;
  hits = search (cli, args, words, limit, error);
  records = hits != NULL ? load (cli, hits, error) : NULL;
  if (records == NULL)
    return SAT_EXIT_FAILED;
  if (cli->json)
    emit (records);
  else
    print (cli, records);
  return SAT_EXIT_DONE;
}

const SatCommand sat_cmd_search = {
  "search",
  "WORDS...",
  1,
  G_MAXUINT,
  options,
  FALSE,
  N_ ("find records of any object by words"),
  N_ ("Every word must be there: parts of Chinese names, as they are written or as they are typed "
      "(pinyin, initials, or both), beginnings of Latin words, any digits of a phone number. Where "
      "few are found, names with a typing mistake and abbreviated ones are, too. The best results "
      "come first: whole names, their beginnings, parts of them, other fields. --where takes a "
      "condition on the fields of one object, so it needs --object."),
  "satchel search 宏达 上海\n"
  "satchel search hongda\n"
  "satchel search 宏达 --object customer --where 'level = \"a\" and owner = me()'",
  run,
};
