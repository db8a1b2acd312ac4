/* SPDX-License-Identifier: GPL-3.0-or-later */
/* satchel import */
#include <stdio.h>
#include <string.h>

#include "cli/sat-commands.h"
#include "cli/sat-grid.h"
#include "cli/sat-progress.h"
#include "cli/sat-signals.h"
#include "cli/sat-values.h"
#include "core/workspace/sat-workspace-import.h"

#define SHOWN_PROBLEMS 20

static const SatOption options[] = {
  { "map", "COLUMN=FIELD,...", N_ ("which field a column goes to; COLUMN= leaves it out") },
  { "dry-run", NULL, N_ ("only check; nothing is written") },
  { "book", "BOOK", N_ ("the book the records go to") },
  { NULL },
};

/* ---- --map ---- */

static void
map_clear (gpointer data)
{
  SatImportMap *map = data;

  g_free ((char *) map->column);
  g_free ((char *) map->field);
}

/* "COLUMN=FIELD", "COLUMN=": the last = counts, so that a column may have one in its name. */
static gboolean
add_map (GArray *maps, const char *item, GError **error)
{
  const char *equals = strrchr (item, '=');
  SatImportMap map;

  if (equals == NULL || equals == item)
    return sat_usage (error, _ ("--map: “%s” is not of the form COLUMN=FIELD"), item);
  map.column = g_strndup (item, (gsize) (equals - item));
  map.field = equals[1] != '\0' ? g_strdup (equals + 1) : NULL;
  g_array_append_val (maps, map);
  return TRUE;
}

/* Items are separated by commas; a column with a comma in its name needs a --map of its own, since
 * a piece without = is taken as the beginning of the next item. */
static gboolean
add_maps (GArray *maps, const char *text, GError **error)
{
  g_auto (GStrv) pieces = g_strsplit (text, ",", -1);
  g_autoptr (GString) item = g_string_new (NULL);

  for (guint i = 0; pieces[i] != NULL; i++)
    {
      g_string_append_printf (item, "%s%s", item->len > 0 ? "," : "", pieces[i]);
      if (item->len == 0 || (strchr (pieces[i], '=') == NULL && pieces[i + 1] != NULL))
        continue;
      if (!add_map (maps, item->str, error))
        return FALSE;
      g_string_truncate (item, 0);
    }
  return TRUE;
}

static GArray *
read_maps (const SatArgs *args, GError **error)
{
  const char *const *texts = sat_args_all (args, "map");
  g_autoptr (GArray) maps = g_array_new (FALSE, FALSE, sizeof (SatImportMap));

  g_array_set_clear_func (maps, map_clear);
  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    if (!add_maps (maps, texts[i], error))
      return NULL;
  return g_steal_pointer (&maps);
}

/* ---- the result ---- */

static void
emit_problem (JsonBuilder *builder, const SatImportProblem *problem)
{
  g_autofree char *message = sat_cli_word_error (problem->error);

  json_builder_begin_object (builder);
  sat_json_int (builder, "row", (gint64) problem->row);
  sat_json_text (builder, "column", problem->column);
  sat_json_text (builder, "value", problem->value);
  sat_json_text (builder, "message", message);
  json_builder_end_object (builder);
}

static void
emit (const SatImportResult *result, gboolean dry_run)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  sat_json_int (builder, "rows", (gint64) result->rows);
  sat_json_int (builder, "created", (gint64) result->created);
  sat_json_int (builder, "updated", (gint64) result->updated);
  sat_json_int (builder, "skipped", (gint64) result->skipped);
  sat_json_bool (builder, "dry_run", dry_run);
  json_builder_set_member_name (builder, "errors");
  json_builder_begin_array (builder);
  for (guint i = 0; i < result->problems->len; i++)
    emit_problem (builder, g_ptr_array_index (result->problems, i));
  json_builder_end_array (builder);
  sat_json_bool (builder, "more_errors", result->incomplete);
  json_builder_end_object (builder);
  sat_cli_emit (builder);
}

static void
put_error_line (const char *line, gpointer data)
{
  fprintf (stderr, "%s\n", line);
}

static void
print_problems (const SatImportResult *result)
{
  const char *const headings[] = { _ ("Row"), _ ("Column"), _ ("Value"), _ ("What is wrong"),
                                   NULL };
  g_autoptr (SatGrid) table = sat_grid_new (4, headings, 0, put_error_line, NULL);

  sat_grid_align_right (table, 0);
  for (guint i = 0; i < result->problems->len && i < SHOWN_PROBLEMS; i++)
    {
      const SatImportProblem *problem = g_ptr_array_index (result->problems, i);
      g_autofree char *row = g_strdup_printf ("%" G_GUINT64_FORMAT, problem->row);
      g_autofree char *value = sat_shorten (problem->value != NULL ? problem->value : "", 30);
      g_autofree char *message = sat_cli_word_error (problem->error);
      const char *const cells[] = { row, problem->column, value, message };

      sat_grid_add (table, cells);
    }
  sat_grid_finish (table);
  if (result->problems->len > SHOWN_PROBLEMS)
    fprintf (stderr, _ ("... and %u more; --json shows all\n"),
             result->problems->len - SHOWN_PROBLEMS);
}

static void
say_done (const SatCli *cli, const SatImportResult *result, gboolean dry_run)
{
  if (dry_run)
    sat_cli_say (cli,
                 ngettext ("%llu record would be imported; there are no errors.",
                           "%llu records would be imported; there are no errors.", result->created),
                 (unsigned long long) result->created);
  else
    sat_cli_say (cli, ngettext ("%llu record imported.", "%llu records imported.", result->created),
                 (unsigned long long) result->created);
}

/* The same sentence as core's, with the options to type. */
static void
word_unmatched (const SatImportResult *result, const SatObject *object, GError **error)
{
  g_autofree char *names = g_strjoinv (", ", result->unmatched);
  g_autoptr (GString) map = g_string_new (NULL);
  g_autofree char *quoted = NULL;

  for (guint i = 0; result->unmatched[i] != NULL; i++)
    g_string_append_printf (map, "%s%s=", i > 0 ? "," : "", result->unmatched[i]);
  quoted = g_shell_quote (map->str);
  g_clear_error (error);
  sat_fail (error, SAT_ERROR_INVALID,
            N_ ("no field of “%s” is called like these columns: %s; name the field after each = of "
                "--map %s, or leave it empty to leave the column out"),
            object->name, names, quoted, NULL);
}

/* ---- running ---- */

typedef struct
{
  SatProgress progress;
  guint64 size;
} ImportProgress;

static void
on_progress (guint64 rows, guint64 bytes, gpointer data)
{
  ImportProgress *progress = data;

  sat_progress_at (&progress->progress, "import", _ ("Reading"), bytes, progress->size);
}

static guint64
file_size (GFile *file)
{
  g_autoptr (GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE,
                                                  G_FILE_QUERY_INFO_NONE, NULL, NULL);

  return info != NULL ? (guint64) g_file_info_get_size (info) : 0;
}

static GInputStream *
open_file (GFile *file, const char *path, GError **error)
{
  g_autoptr (GError) cause = NULL;
  GFileInputStream *stream = g_file_read (file, NULL, &cause);

  if (stream == NULL)
    {
      sat_fail (error, SAT_ERROR_NOT_FOUND, N_ ("cannot read the file “%s”: %s"), path,
                cause->message, NULL);
      return NULL;
    }
  return G_INPUT_STREAM (stream);
}

static int
import (SatCli *cli, const SatArgs *args, const SatImportOptions *given, GError **error)
{
  const char *path = sat_args_word (args, 1);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GInputStream) stream = open_file (file, path, error);
  gboolean dry_run = sat_args_has (args, "dry-run");
  ImportProgress progress = { .size = file_size (file) };
  SatImportOptions import_options = *given;
  g_auto (SatImportResult) result = { 0 };
  gboolean ok;

  if (stream == NULL)
    return SAT_EXIT_FAILED;
  import_options.progress = on_progress;
  import_options.progress_data = &progress;
  sat_progress_begin (&progress.progress, cli, FALSE);
  ok = sat_workspace_import (cli->workspace, stream, &import_options, dry_run, &result, error);
  sat_progress_end (&progress.progress);
  if (result.unmatched != NULL)
    word_unmatched (&result, given->object, error);
  if (cli->json && (ok || (result.problems != NULL && result.problems->len > 0)))
    emit (&result, dry_run);
  else if (!ok && result.problems != NULL && result.problems->len > 0)
    print_problems (&result);
  if (ok)
    say_done (cli, &result, dry_run);
  return ok ? SAT_EXIT_DONE : SAT_EXIT_FAILED;
}

static int
run (SatCli *cli, const SatArgs *args, GError **error)
{
  SatImportOptions import_options = { .book = sat_args_get (args, "book") };
  g_autoptr (GArray) maps = read_maps (args, error);

  if (maps == NULL)
    return SAT_EXIT_USAGE;
  import_options.cancellable = sat_signals_cancellable ();
  import_options.object = sat_cli_object (cli, args, 0, error);
  if (import_options.object == NULL)
    return SAT_EXIT_FAILED;
  import_options.map = &g_array_index (maps, SatImportMap, 0);
  import_options.n_map = maps->len;
  return import (cli, args, &import_options, error);
}

const SatCommand sat_cmd_import = {
  "import",
  "OBJECT FILE",
  2,
  2,
  options,
  TRUE,
  N_ ("read records from a CSV file"),
  N_ ("The file is comma-separated, in UTF-8; its first row names the columns. A column goes to "
      "the field "
      "of that name or label (in any language), or where --map says. References are found by title "
      "or "
      "id. Every row becomes a new record. Any error imports nothing, and all errors are listed by "
      "row "
      "and column; rows are numbered as a spreadsheet numbers them."),
  "satchel import customer customers.csv --dry-run\n"
  "satchel import customer customers.csv --map 'CompanyName=name,Fax='",
  run,
};
