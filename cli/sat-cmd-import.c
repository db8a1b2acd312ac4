/* SPDX-License-Identifier: GPL-3.0-or-later */
/* satchel import */
#include <stdio.h>
#include <string.h>

#include "cli/sat-commands.h"
#include "cli/sat-problems.h"
#include "cli/sat-progress.h"
#include "cli/sat-signals.h"
#include "cli/sat-taken-text.h"
#include "cli/sat-values.h"
#include "core/workspace/sat-workspace-import.h"

static const SatOption options[] = {
  { "map", "COLUMN=FIELD[:FORMAT],...",
    N_ ("which field a column goes to and how it is written (D/M/Y; 1.234,5; EUR); COLUMN= leaves "
        "it out") },
  { "match", "FIELD,...",
    N_ ("change the record that has the row's values in these fields (or its id); else a new "
        "one") },
  { "fix", "FIELD:OLD=NEW", N_ ("where the field reads OLD, NEW is meant; may be given often") },
  { "fixes", "FILE", N_ ("the same from a CSV file with the columns field, old, new") },
  { "dry-run", NULL, N_ ("only check, and say what would become of each row") },
  { "skip-bad", NULL, N_ ("leave rows with errors out and import the others (exit status 3)") },
  { "create-missing", NULL,
    N_ ("make the records that references name and that are not there, with their title alone") },
  { "book", "BOOK", N_ ("the book the records go to") },
  { "force", "REASON", N_ ("move deals on although something is missing, and say why (managers)") },
  { "encoding", "NAME", N_ ("how the text is encoded, such as UTF-8, UTF-16, GB18030, Latin-1") },
  { "delimiter", "C", N_ ("what separates values: a character, or the word tab") },
  { "sheet", "NAME|N", N_ ("the sheet of a workbook; default: the first") },
  { "no-header", NULL, N_ ("the first row is a record too; columns are called 1, 2, 3 ...") },
  { NULL },
};

/* ---- the parts of options ---- */

/* What the import is told; owns what SatImportOptions borrows. */
typedef struct
{
  SatImportOptions import;
  SatFileOptions file;
  GArray *maps;  /* SatImportMap */
  GArray *fixes; /* SatImportFix */
  GStrv match;
  gboolean dry_run;
} Orders;

static void
map_clear (gpointer data)
{
  SatImportMap *map = data;

  g_free ((char *) map->column);
  g_free ((char *) map->field);
  g_free ((char *) map->format);
}

static void
fix_clear (gpointer data)
{
  SatImportFix *fix = data;

  g_free ((char *) fix->field);
  g_free ((char *) fix->old);
  g_free ((char *) fix->replacement);
}

static void
orders_clear (Orders *orders)
{
  g_clear_pointer (&orders->maps, g_array_unref);
  g_clear_pointer (&orders->fixes, g_array_unref);
  g_clear_pointer (&orders->match, g_strfreev);
}

/* "COLUMN=FIELD", "COLUMN=FIELD:FORMAT", "COLUMN=": the last = counts, so that a column may have
 * one in its name. */
static gboolean
add_map (GArray *maps, const char *item, GError **error)
{
  const char *equals = strrchr (item, '=');
  const char *colon = equals != NULL ? strchr (equals, ':') : NULL;
  SatImportMap map = { NULL };

  if (equals == NULL || equals == item)
    return sat_usage (error, _ ("--map: “%s” is not of the form COLUMN=FIELD"), item);
  map.column = g_strndup (item, (gsize) (equals - item));
  if (colon != NULL)
    {
      map.field = g_strndup (equals + 1, (gsize) (colon - equals - 1));
      map.format = g_strdup (colon + 1);
    }
  else if (equals[1] != '\0')
    map.field = g_strdup (equals + 1);
  g_array_append_val (maps, map);
  return TRUE;
}

/* Items are separated by commas; a column with a comma in its name needs a --map of its own, since
 * a piece without = is taken as the beginning of the next item; so does a format with a comma,
 * which is the end of an item. */
static gboolean
add_maps (GArray *maps, const char *text, GError **error)
{
  g_auto (GStrv) pieces = g_strsplit (text, ",", -1);
  g_autoptr (GString) item = g_string_new (NULL);

  for (guint i = 0; pieces[i] != NULL; i++)
    {
      const char *equals;
      gboolean format_goes_on;

      g_string_append_printf (item, "%s%s", item->len > 0 ? "," : "", pieces[i]);
      equals = strrchr (item->str, '=');
      format_goes_on = pieces[i + 1] != NULL && strchr (pieces[i + 1], '=') == NULL &&
                       equals != NULL && strchr (equals, ':') != NULL;
      if (item->len == 0 || format_goes_on ||
          (strchr (item->str, '=') == NULL && pieces[i + 1] != NULL))
        continue;
      if (!add_map (maps, item->str, error))
        return FALSE;
      g_string_truncate (item, 0);
    }
  return TRUE;
}

static gboolean
read_maps (Orders *orders, const SatArgs *args, GError **error)
{
  const char *const *texts = sat_args_all (args, "map");

  orders->maps = g_array_new (FALSE, FALSE, sizeof (SatImportMap));
  g_array_set_clear_func (orders->maps, map_clear);
  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    if (!add_maps (orders->maps, texts[i], error))
      return FALSE;
  orders->import.map = &g_array_index (orders->maps, SatImportMap, 0);
  orders->import.n_map = orders->maps->len;
  return TRUE;
}

static void
take_fix (Orders *orders,
          const char *field,
          gsize length,
          const char *old,
          gsize old_length,
          const char *replacement)
{
  SatImportFix fix = { g_strndup (field, length), g_strndup (old, old_length),
                       g_strdup (replacement) };

  g_array_append_val (orders->fixes, fix);
}

/* The first = ends OLD; what has one in it goes into a file. */
static gboolean
read_fix (Orders *orders, const char *text, GError **error)
{
  const char *colon = strchr (text, ':');
  const char *equals = colon != NULL ? strchr (colon, '=') : NULL;

  if (equals == NULL || colon == text)
    return sat_usage (error, _ ("--fix: “%s” is not of the form FIELD:OLD=NEW"), text);
  take_fix (orders, text, (gsize) (colon - text), colon + 1, (gsize) (equals - colon - 1),
            equals + 1);
  return TRUE;
}

static gboolean
on_fix_row (const SatImportRow *row, gpointer data, GError **error)
{
  if (row->problem != NULL)
    {
      g_propagate_error (error, g_error_copy (row->problem));
      return FALSE;
    }
  take_fix (data, row->values[0], strlen (row->values[0]), row->values[1], strlen (row->values[1]),
            row->values[2]);
  return TRUE;
}

static gboolean
read_fix_file (Orders *orders, const char *path, GError **error)
{
  const SatFileOptions as_csv = { 0 };
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (SatImportFile) table = sat_import_file_open (file, &as_csv, NULL, error);
  const char *const *columns;

  if (table == NULL)
    return FALSE;
  columns = sat_import_file_columns (table);
  if (sat_import_file_n_columns (table) != 3 || strcmp (columns[0], "field") != 0 ||
      strcmp (columns[1], "old") != 0 || strcmp (columns[2], "new") != 0)
    return sat_fail (error, SAT_ERROR_INVALID,
                     N_ ("“%s” is no table of corrections; its columns must be field, old, new"),
                     path, NULL);
  return sat_import_file_read (table, on_fix_row, orders, NULL, NULL, error);
}

static gboolean
read_fixes (Orders *orders, const SatArgs *args, GError **error)
{
  const char *const *texts = sat_args_all (args, "fix");
  const char *const *paths = sat_args_all (args, "fixes");

  orders->fixes = g_array_new (FALSE, FALSE, sizeof (SatImportFix));
  g_array_set_clear_func (orders->fixes, fix_clear);
  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    if (!read_fix (orders, texts[i], error))
      return FALSE;
  for (guint i = 0; paths != NULL && paths[i] != NULL; i++)
    if (!read_fix_file (orders, paths[i], error))
      return FALSE;
  orders->import.fixes = &g_array_index (orders->fixes, SatImportFix, 0);
  orders->import.n_fixes = orders->fixes->len;
  return TRUE;
}

static gboolean
read_delimiter (Orders *orders, const SatArgs *args, GError **error)
{
  const char *text = sat_args_get (args, "delimiter");

  if (text == NULL)
    return TRUE;
  if (strcmp (text, "tab") == 0 || strcmp (text, "\\t") == 0)
    orders->file.delimiter = '\t';
  else if (strlen (text) == 1 && strchr ("\"\r\n", *text) == NULL)
    orders->file.delimiter = *text;
  else
    return sat_usage (error, _ ("--delimiter: “%s” is not one plain character"), text);
  return TRUE;
}

/* An empty one, as of a variable that is not set, would make every row a new record. */
static gboolean
read_match (Orders *orders, const SatArgs *args, GError **error)
{
  const char *match = sat_args_get (args, "match");

  orders->match = match != NULL ? g_strsplit (match, ",", -1) : NULL;
  orders->import.match = (const char *const *) orders->match;
  if (match != NULL && *match == '\0')
    return sat_usage (error, _ ("--match: name the fields by which rows are matched"));
  for (guint i = 0; orders->match != NULL && orders->match[i] != NULL; i++)
    g_strstrip (orders->match[i]);
  return TRUE;
}

static gboolean
read_orders (Orders *orders, const SatArgs *args, GError **error)
{
  orders->import.book = sat_args_get (args, "book");
  orders->import.skip_bad = sat_args_has (args, "skip-bad");
  orders->import.create_missing = sat_args_has (args, "create-missing");
  orders->import.force = sat_args_get (args, "force");
  orders->import.cancellable = sat_signals_cancellable ();
  orders->dry_run = sat_args_has (args, "dry-run");
  orders->file.encoding = sat_args_get (args, "encoding");
  orders->file.sheet = sat_args_get (args, "sheet");
  orders->file.no_header = sat_args_has (args, "no-header");
  return read_match (orders, args, error) && read_delimiter (orders, args, error) &&
         read_maps (orders, args, error) && read_fixes (orders, args, error);
}

/* ---- the result ---- */

typedef struct
{
  SatImportFile *file;
  SatProgress progress;
  JsonArray *verdicts; /* of a dry run with --json; NULL: they are printed */
  SatImportResult result;
} ImportRun;

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
emit_lost (JsonBuilder *builder, const SatImportLost *lost)
{
  json_builder_begin_object (builder);
  sat_json_text (builder, "column", lost->column);
  sat_json_int (builder, "values", (gint64) lost->values);
  json_builder_end_object (builder);
}

static void
emit_taken (JsonBuilder *builder, const SatImportResult *result)
{
  json_builder_set_member_name (builder, "taken");
  json_builder_begin_array (builder);
  for (guint i = 0; result->taken != NULL && i < result->taken->len; i++)
    {
      const SatImportTaken *one = g_ptr_array_index (result->taken, i);
      const SatTaken taken = { one->book, one->book, one->users, one->by_phone };

      sat_taken_emit (builder, &taken, one->title);
    }
  json_builder_end_array (builder);
}

static const char *
verdict_name (SatImportVerdict verdict)
{
  static const char *const names[] = { "create", "update", "unchanged", "error" };

  return names[verdict];
}

static void
emit_file (JsonBuilder *builder, const SatImportFile *file)
{
  const char delimiter[] = { sat_import_file_delimiter (file), '\0' };

  json_builder_set_member_name (builder, "file");
  json_builder_begin_object (builder);
  sat_json_text (builder, "format", sat_import_file_kind_name (file));
  sat_json_text (builder, "encoding", sat_import_file_encoding (file));
  sat_json_text (builder, "delimiter", *delimiter != '\0' ? delimiter : NULL);
  if (sat_import_file_n_sheets (file) > 0)
    sat_json_text (builder, "sheet",
                   sat_import_file_sheet (file, sat_import_file_sheet_read (file)));
  json_builder_end_object (builder);
}

static void
emit (const ImportRun *run, gboolean dry_run)
{
  const SatImportResult *result = &run->result;
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  sat_json_int (builder, "rows", (gint64) result->rows);
  sat_json_int (builder, "created", (gint64) result->created);
  sat_json_int (builder, "updated", (gint64) result->updated);
  sat_json_int (builder, "made", (gint64) result->made);
  sat_json_int (builder, "unchanged", (gint64) result->unchanged);
  sat_json_int (builder, "skipped", (gint64) result->skipped);
  sat_json_bool (builder, "dry_run", dry_run);
  emit_file (builder, run->file);
  json_builder_set_member_name (builder, "errors");
  json_builder_begin_array (builder);
  for (guint i = 0; result->problems != NULL && i < result->problems->len; i++)
    emit_problem (builder, g_ptr_array_index (result->problems, i));
  json_builder_end_array (builder);
  sat_json_bool (builder, "more_errors", result->incomplete);
  json_builder_set_member_name (builder, "not_imported");
  json_builder_begin_array (builder);
  for (guint i = 0; result->lost != NULL && i < result->lost->len; i++)
    emit_lost (builder, g_ptr_array_index (result->lost, i));
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "kept_in_notes");
  json_builder_begin_array (builder);
  for (guint i = 0; result->kept != NULL && i < result->kept->len; i++)
    emit_lost (builder, g_ptr_array_index (result->kept, i));
  json_builder_end_array (builder);
  if (result->n_taken > 0)
    emit_taken (builder, result);
  if (run->verdicts != NULL)
    {
      json_builder_set_member_name (builder, "verdicts");
      json_builder_add_value (builder, json_node_init_array (json_node_alloc (), run->verdicts));
    }
  json_builder_end_object (builder);
  sat_cli_emit (builder);
}

static void
put_error_line (const char *line, gpointer data)
{
  fprintf (stderr, "%s\n", line);
}

static void
say_counts (const SatCli *cli, const SatImportResult *result, gboolean dry_run)
{
  if (result->made > 0 && dry_run)
    sat_cli_say (cli,
                 ngettext ("%llu missing record that a reference names would be made too.",
                           "%llu missing records that references name would be made too.",
                           result->made),
                 (unsigned long long) result->made);
  else if (result->made > 0)
    sat_cli_say (cli,
                 ngettext ("%llu missing record that a reference names was made too.",
                           "%llu missing records that references name were made too.",
                           result->made),
                 (unsigned long long) result->made);
  if (result->updated > 0)
    sat_cli_say (cli, ngettext ("%llu record changed.", "%llu records changed.", result->updated),
                 (unsigned long long) result->updated);
  if (result->unchanged > 0)
    sat_cli_say (cli,
                 ngettext ("%llu record had all of it already.",
                           "%llu records had all of it already.", result->unchanged),
                 (unsigned long long) result->unchanged);
  if (result->skipped > 0)
    sat_cli_say (cli,
                 ngettext ("%llu row with errors was left out.",
                           "%llu rows with errors were left out.", result->skipped),
                 (unsigned long long) result->skipped);
}

/* “PHOTO (12), TEL fax (3)”: what, and how many of it. */
static char *
list_lost (const GPtrArray *all)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      const SatImportLost *lost = g_ptr_array_index (all, i);

      g_string_append_printf (list, "%s%s (%llu)", i > 0 ? ", " : "", lost->column,
                              (unsigned long long) lost->values);
    }
  return g_string_free (list, FALSE);
}

/* What no field was there for is said each time. */
static void
say_lost (const SatCli *cli, const SatImportResult *result)
{
  g_autofree char *kept = list_lost (result->kept);
  g_autofree char *lost = list_lost (result->lost);

  if (*kept != '\0')
    /* Translators: %s is a list such as “TEL fax (3), URL (1)”: what, and how many of it. */
    sat_cli_say (cli, _ ("Kept as lines of the notes, as no field is meant for it: %s."), kept);
  if (*lost != '\0')
    /* Translators: %s is a list such as “PHOTO (12), TEL fax (3)”: what, and how many of it. */
    sat_cli_say (cli, _ ("Not imported, as no field is meant for it: %s."), lost);
}

#define TAKEN_MOST 10 /* lines; --json has more */

/* Colleagues have some of the new customers already. */
static void
say_taken (const SatCli *cli, const SatImportResult *result)
{
  for (guint i = 0; result->taken != NULL && i < MIN (result->taken->len, TAKEN_MOST); i++)
    {
      const SatImportTaken *one = g_ptr_array_index (result->taken, i);
      const SatTaken taken = { NULL, one->book, one->users, one->by_phone };
      g_autofree char *text = sat_taken_text (&taken, one->title);

      sat_cli_say (cli, "%s", text);
    }
  if (result->n_taken > TAKEN_MOST)
    sat_cli_say (cli,
                 ngettext ("And so is %llu more customer.", "And so are %llu more customers.",
                           (gulong) result->n_taken - TAKEN_MOST),
                 (unsigned long long) result->n_taken - TAKEN_MOST);
}

static void
say_done (const SatCli *cli, const SatImportResult *result, gboolean dry_run)
{
  if (!dry_run)
    sat_cli_say (cli, ngettext ("%llu record imported.", "%llu records imported.", result->created),
                 (unsigned long long) result->created);
  else if (result->problems == NULL || result->problems->len == 0)
    sat_cli_say (cli,
                 ngettext ("%llu record would be imported; there are no errors.",
                           "%llu records would be imported; there are no errors.", result->created),
                 (unsigned long long) result->created);
  else
    sat_cli_say (cli,
                 ngettext ("%llu record would be imported.", "%llu records would be imported.",
                           result->created),
                 (unsigned long long) result->created);
  say_counts (cli, result, dry_run);
  say_lost (cli, result);
  say_taken (cli, result);
}

/* The same sentences as core's, with the options to type. */
static void
word_plan (const SatImportPlan *plan, const SatObject *object, GError **error)
{
  g_auto (GStrv) unmatched = sat_import_plan_unmatched (plan);
  g_auto (GStrv) undecided = sat_import_plan_undecided (plan);
  g_autofree char *names = g_strjoinv (", ", unmatched[0] != NULL ? unmatched : undecided);
  g_autoptr (GString) map = g_string_new (NULL);
  g_autofree char *quoted = NULL;

  g_clear_error (error);
  for (guint i = 0; unmatched[i] != NULL; i++)
    g_string_append_printf (map, "%s%s=", i > 0 ? "," : "", unmatched[i]);
  for (guint i = 0; i < sat_import_plan_n_columns (plan) && unmatched[0] == NULL; i++)
    if (g_strv_contains ((const char *const *) undecided, sat_import_plan_column (plan, i)))
      g_string_append_printf (map, "%s%s=%s:D/M/Y", map->len > 0 ? "," : "",
                              sat_import_plan_column (plan, i),
                              sat_import_plan_field (plan, i)->name);
  quoted = g_shell_quote (map->str);
  if (unmatched[0] != NULL)
    sat_fail (error, SAT_ERROR_INVALID,
              N_ ("no field of “%s” is called like these columns: %s; name the field after each = "
                  "of --map %s, or leave it empty to leave the column out"),
              object->name, names, quoted, NULL);
  else
    sat_fail (error, SAT_ERROR_INVALID,
              N_ ("the dates of these columns do not show which is the day and which the month: "
                  "%s; say it with --map %s, or M/D/Y instead"),
              names, quoted, NULL);
}

/* ---- running ---- */

static void
on_progress (guint64 rows, guint64 bytes, gpointer data)
{
  ImportRun *run = data;

  sat_progress_at (&run->progress, "import", _ ("Reading"), bytes,
                   sat_import_file_size (run->file));
}

static const char *
verdict_word (SatImportVerdict verdict)
{
  switch (verdict)
    {
    case SAT_IMPORT_CREATE:
      return _ ("new");
    case SAT_IMPORT_UPDATE:
      return _ ("change");
    case SAT_IMPORT_UNCHANGED:
      return _ ("unchanged");
    case SAT_IMPORT_ERROR:
    default:
      return _ ("error");
    }
}

static void
on_verdict (guint64 row, SatImportVerdict verdict, const char *title, gpointer data)
{
  ImportRun *run = data;

  if (run->verdicts == NULL)
    {
      if (sat_import_file_kind (run->file) == SAT_FILE_VCARD)
        /* Translators: a card's number, what becomes of it, the record. */
        printf (_ ("card %llu: %s  %s"), (unsigned long long) row, verdict_word (verdict), title);
      else
        /* Translators: a row's number, what becomes of it, the record. */
        printf (_ ("row %llu: %s  %s"), (unsigned long long) row, verdict_word (verdict), title);
      putchar ('\n');
      return;
    }
  JsonObject *object = json_object_new ();
  json_object_set_int_member (object, "row", (gint64) row);
  json_object_set_string_member (object, "verdict", verdict_name (verdict));
  json_object_set_string_member (object, "title", title);
  json_array_add_object_element (run->verdicts, object);
}

static void
say_file (const SatCli *cli, const SatImportFile *file)
{
  char delimiter[] = { sat_import_file_delimiter (file), '\0' };

  if (sat_import_file_kind (file) == SAT_FILE_VCARD)
    sat_cli_say (cli, _ ("A vCard file in %s."), sat_import_file_encoding (file));
  else if (sat_import_file_kind (file) == SAT_FILE_JSON_LINES)
    sat_cli_say (cli, _ ("JSON lines in %s."), sat_import_file_encoding (file));
  else if (sat_import_file_encoding (file) != NULL)
    sat_cli_say (cli, _ ("A CSV file in %s; values are separated by “%s”."),
                 sat_import_file_encoding (file), *delimiter == '\t' ? _ ("tab") : delimiter);
  else if (sat_import_file_n_sheets (file) > 0)
    sat_cli_say (cli, _ ("An Excel workbook; sheet “%s” is read."),
                 sat_import_file_sheet (file, sat_import_file_sheet_read (file)));
}

/* The error is about the columns: say what to type. */
static gboolean
check_plan (const Orders *orders, SatImportFile *file, GError **error)
{
  g_autoptr (SatImportPlan) plan = sat_import_plan_file (&orders->import, file, error);

  if (plan == NULL)
    return FALSE;
  if (sat_import_plan_check (plan, error))
    return TRUE;
  word_plan (plan, orders->import.object, error);
  return FALSE;
}

static int
report (SatCli *cli, const ImportRun *run, gboolean ok, gboolean dry_run)
{
  const SatImportResult *result = &run->result;
  gboolean problems = result->problems != NULL && result->problems->len > 0;

  if (cli->json && (ok || problems))
    emit (run, dry_run);
  else if (problems)
    sat_problems_print (run->result.problems, sat_import_file_kind (run->file) == SAT_FILE_VCARD,
                        put_error_line, NULL);
  if (ok)
    say_done (cli, result, dry_run);
  if (!ok)
    return SAT_EXIT_FAILED;
  return result->skipped > 0 ? SAT_EXIT_WAITING : SAT_EXIT_DONE;
}

static int
import (SatCli *cli, Orders *orders, SatImportFile *file, GError **error)
{
  ImportRun run = { .file = file };
  int status;
  gboolean ok;

  orders->import.progress = on_progress;
  orders->import.progress_data = &run;
  if (orders->dry_run && !cli->quiet)
    {
      orders->import.verdict = on_verdict;
      orders->import.verdict_data = &run;
      if (cli->json)
        run.verdicts = json_array_new ();
      say_file (cli, file);
    }
  sat_progress_begin (&run.progress, cli, FALSE);
  ok = sat_workspace_import (cli->workspace, file, &orders->import, orders->dry_run, &run.result,
                             error);
  sat_progress_end (&run.progress);
  status = report (cli, &run, ok, orders->dry_run);
  sat_import_result_clear (&run.result);
  g_clear_pointer (&run.verdicts, json_array_unref);
  return status;
}

static int
run_orders (SatCli *cli, const SatArgs *args, Orders *orders, GError **error)
{
  g_autoptr (GFile) path = g_file_new_for_path (sat_args_word (args, 1));
  g_autoptr (SatImportFile) file = NULL;

  if (!read_orders (orders, args, error))
    return g_error_matches (*error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED) ? SAT_EXIT_USAGE
                                                                           : SAT_EXIT_FAILED;
  orders->import.object = sat_cli_object (cli, args, 0, error);
  if (orders->import.object == NULL)
    return SAT_EXIT_FAILED;
  orders->file.object = orders->import.object;
  file = sat_import_file_open (path, &orders->file, orders->import.cancellable, error);
  if (file == NULL || !check_plan (orders, file, error))
    return SAT_EXIT_FAILED;
  return import (cli, orders, file, error);
}

static int
run (SatCli *cli, const SatArgs *args, GError **error)
{
  Orders orders = { 0 };
  int status = run_orders (cli, args, &orders, error);

  orders_clear (&orders);
  return status;
}

const SatCommand sat_cmd_import = {
  "import",
  "OBJECT FILE",
  2,
  2,
  options,
  TRUE,
  N_ ("read records from a CSV, Excel, vCard or JSON file"),
  N_ ("The encoding and what separates the values are found out; the first row names the columns. "
      "A "
      "column goes to the field of that name or label (in any language), or where --map says. "
      "References are found by title, code or id; with --create-missing a title that nothing has "
      "becomes a new record, such as the company of a contact. Every row becomes a new record, "
      "unless --match "
      "finds the one it changes; an empty cell sets nothing. Any error imports nothing, unless "
      "--skip-bad; all errors are listed by row and column; rows are numbered as a spreadsheet "
      "numbers them. The cards of a vCard file (2.1, 3.0, 4.0) become contacts, which name their "
      "customer by the card's ORG, or customers (a person, or the company the card is about); "
      "their columns are called as the fields are, such as mobile. What has no field, such as a "
      "second e-mail address, becomes a line of the notes (“EMAIL home: ...”), or goes where --map "
      "says. The PHOTO of a contact and the LOGO or PHOTO of a customer are taken if they are "
      "JPEG, PNG, GIF or WebP and have at most 64 kB; other pictures are counted and told. In "
      "JSON lines each line is one "
      "record, an object of plain values; their names are the columns."),
  "satchel import customer customers.csv --dry-run\n"
  "satchel import customer customers.xlsx --sheet 2 --map 'CompanyName=name,Fax='\n"
  "satchel import deal deals.csv --map 'closed=close_date:M/D/Y' --fix 'product:GTXPro=GTX Pro'\n"
  "satchel import customer changed.csv --match code --skip-bad\n"
  "satchel import contact phone.vcf --map 'customer=,TEL fax=phone' --match email\n"
  "satchel import contact phone.vcf --create-missing",
  run,
};
