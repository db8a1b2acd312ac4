/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The run of an import: rows come one by one, each becomes a draft. Per row nothing is looked up by
 * name; references found once are remembered per column. */
#include "core/exchange/sat-import.h"

#include "core/base/sat-error.h"
#include "core/base/sat-text.h"
#include "core/exchange/sat-import-keep.h"

#define SHOWN_VALUE 200     /* characters */
#define PROGRESS_EVERY 1000 /* rows */

typedef struct
{
  const SatImportOptions *options;
  const SatImportTarget *target;
  SatImportResult *result;
  const SatImportPlan *plan;
  GHashTable **found;       /* per column: text -> SatId, for references; NULL for other fields */
  GHashTable **fixes;       /* per column: what stands there -> what is meant; NULL: none */
  const SatObject **refers; /* per column: the object looked in; NULL: any */
  gboolean *filled;         /* per column: the row has a value there */
  guint64 *lost;            /* per column: values that went nowhere */
  guint64 *kept;            /* per column: values that went to the notes */
  gboolean row_keeps;       /* the row adds to the notes */
  gboolean row_is_bad;
} ImportRun;

static void
problem_free (gpointer data)
{
  SatImportProblem *problem = data;

  g_free (problem->column);
  g_free (problem->value);
  g_clear_error (&problem->error);
  g_free (problem);
}

static void
lost_free (gpointer data)
{
  SatImportLost *lost = data;

  g_free (lost->column);
  g_free (lost);
}

void
sat_import_result_clear (SatImportResult *result)
{
  g_clear_pointer (&result->problems, g_ptr_array_unref);
  g_clear_pointer (&result->lost, g_ptr_array_unref);
  g_clear_pointer (&result->kept, g_ptr_array_unref);
  g_clear_pointer (&result->taken, g_ptr_array_unref);
}

static char *
shortened (const char *value)
{
  if (g_utf8_strlen (value, -1) <= SHOWN_VALUE)
    return g_strdup (value);
  g_autofree char *head = g_utf8_substring (value, 0, SHOWN_VALUE - 1);
  return g_strconcat (head, "…", NULL);
}

/* Takes ERROR. FALSE when there are too many to go on. */
static gboolean
add_problem (ImportRun *run, guint64 row, const char *column, const char *value, GError *error)
{
  SatImportProblem *problem;

  run->row_is_bad = TRUE;
  if (run->options->skip_bad && run->result->problems->len >= SAT_IMPORT_MAX_ERRORS)
    {
      run->result->incomplete = TRUE;
      g_error_free (error);
      return TRUE;
    }
  problem = g_new0 (SatImportProblem, 1);
  problem->row = row;
  problem->column = g_strdup (column);
  problem->value = value != NULL && *value != '\0' ? shortened (value) : NULL;
  problem->error = error;
  g_ptr_array_add (run->result->problems, problem);
  return run->options->skip_bad || run->result->problems->len < SAT_IMPORT_MAX_ERRORS;
}

/* ---- one row ---- */

static gboolean
find_reference (ImportRun *run, guint column, const char *text, SatId *out, GError **error)
{
  SatId *known = g_hash_table_lookup (run->found[column], text);

  if (known == NULL)
    {
      SatId id;

      if (!run->target->find (run->refers[column], text, &id, run->target->data, error))
        return FALSE;
      known = g_memdup2 (&id, sizeof id);
      g_hash_table_insert (run->found[column], g_strdup (text), known);
    }
  *out = *known;
  return TRUE;
}

static gboolean
set_reference (ImportRun *run, SatDraft *draft, guint column, const char *value, GError **error)
{
  g_autofree char *text = sat_text_tidy (value);
  char id_text[SAT_ID_TEXT_SIZE];
  SatId id;

  if (text == NULL || *text == '\0')
    return TRUE;
  if (!find_reference (run, column, text, &id, error))
    return FALSE;
  sat_draft_set (draft, sat_import_plan_field (run->plan, column), sat_id_format (&id, id_text));
  return TRUE;
}

/* What is meant by VALUE of COLUMN; VALUE itself or a value of the table. */
static const char *
fixed (const ImportRun *run, guint column, const char *value)
{
  g_autofree char *tidy = NULL;
  const char *meant;

  if (run->fixes[column] == NULL)
    return value;
  tidy = sat_text_tidy (value);
  meant = g_hash_table_lookup (run->fixes[column], tidy != NULL ? tidy : "");
  return meant != NULL ? meant : value;
}

/* Sets what COLUMN holds; an empty value leaves the field's default. */
static gboolean
set_value (ImportRun *run, SatDraft *draft, guint column, const char *given, GError **error)
{
  const SatField *field = sat_import_plan_field (run->plan, column);
  const char *value = fixed (run, column, given);
  g_autofree char *text = NULL;

  if (*value == '\0')
    return TRUE;
  if (run->found[column] != NULL)
    return set_reference (run, draft, column, value, error);
  text = sat_import_format_apply (sat_import_plan_format (run->plan, column), field, value);
  return sat_draft_set_input (draft, field, text, error);
}

/* The column that FIELD's value came from, n_columns if none did. */
static guint
column_of (const ImportRun *run, const SatField *field)
{
  guint n = sat_import_plan_n_columns (run->plan);

  for (guint i = 0; i < n; i++)
    if (sat_import_plan_field (run->plan, i) == field)
      return i;
  return n;
}

static gboolean
is_already_reported (const ImportRun *run, guint64 row, const char *column)
{
  for (guint i = run->result->problems->len; i > 0; i--)
    {
      const SatImportProblem *problem = g_ptr_array_index (run->result->problems, i - 1);

      if (problem->row != row)
        return FALSE;
      if (g_strcmp0 (problem->column, column) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
check_draft (ImportRun *run, SatDraft *draft, const SatImportRow *row)
{
  g_autoptr (GPtrArray) problems = sat_draft_check (draft);
  gboolean go_on = TRUE;

  for (guint i = 0; problems != NULL && i < problems->len && go_on; i++)
    {
      const SatProblem *problem = g_ptr_array_index (problems, i);
      guint column = problem->field != NULL ? column_of (run, problem->field) : row->n;
      gboolean has_column = column < row->n;
      const char *name = has_column ? sat_import_plan_column (run->plan, column) : NULL;

      if (name == NULL && problem->field != NULL)
        name = sat_field_word (problem->field);
      if (!is_already_reported (run, row->row, name))
        go_on = add_problem (run, row->row, name, has_column ? row->values[column] : NULL,
                             g_error_copy (problem->error));
    }
  return go_on;
}

static gboolean
add_cell_error (ImportRun *run, const SatImportRow *row, guint column)
{
  GError *error = NULL;

  if (row->faulty[column] == SAT_IMPORT_NO_VALUE)
    sat_fail (&error, SAT_ERROR_INVALID,
              N_ ("the cell has a formula that was never computed; open the file in a spreadsheet "
                  "program and save it"),
              NULL);
  else
    sat_fail (&error, SAT_ERROR_INVALID,
              N_ ("the cell shows the error “%s”; mend its formula, or clear the cell"),
              row->values[column], NULL);
  return add_problem (run, row->row, sat_import_plan_column (run->plan, column),
                      row->values[column], error);
}

static gboolean
fill_draft (ImportRun *run, SatDraft *draft, const SatImportRow *row)
{
  for (guint i = 0; i < row->n; i++)
    {
      g_autoptr (GError) error = NULL;

      if (sat_import_plan_field (run->plan, i) == NULL)
        continue;
      if (row->faulty != NULL && row->faulty[i])
        {
          if (!add_cell_error (run, row, i))
            return FALSE;
          continue;
        }
      if (set_value (run, draft, i, row->values[i], &error))
        continue;
      if (!add_problem (run, row->row, sat_import_plan_column (run->plan, i), row->values[i],
                        g_steal_pointer (&error)))
        return FALSE;
    }
  return TRUE;
}

/* ---- which record a row is about ---- */

/* A row that has nothing to match by would always be a new record, again at each import. */
static gboolean
check_match_values (const ImportRun *run, const SatDraft *draft, GError **error)
{
  guint n;
  const SatField *const *fields = sat_import_plan_match (run->plan, &n);

  for (guint i = 0; i < n; i++)
    if (sat_draft_get (draft, fields[i]) != NULL)
      return TRUE;
  return sat_fail (error, SAT_ERROR_INVALID,
                   N_ ("the row has no value of “%s”, by which it is to be matched"),
                   fields[0]->name, NULL);
}

/* *OUT NULL: the row is a new record. */
static gboolean
match_row (
    ImportRun *run, const SatDraft *draft, const SatImportRow *row, SatRecord **out, GError **error)
{
  guint id_column = sat_import_plan_id_column (run->plan);
  guint n;
  const SatField *const *fields = sat_import_plan_match (run->plan, &n);
  g_autofree char *id = NULL;

  *out = NULL;
  if (id_column < row->n)
    {
      id = sat_text_tidy (row->values[id_column]);
      if (id == NULL || *id == '\0')
        return TRUE;
    }
  else if (n == 0)
    return TRUE;
  else if (!check_match_values (run, draft, error))
    return FALSE;
  return run->target->match (draft, id, fields, n, out, run->target->data, error);
}

/* What the row has of RECORD's fields, as a change of RECORD. */
static SatDraft *
change_of (const ImportRun *run, const SatDraft *row, const SatRecord *record)
{
  SatDraft *draft = sat_draft_edit (record);
  guint n = sat_import_plan_n_columns (run->plan);

  for (guint i = 0; i < n; i++)
    {
      const SatField *field = sat_import_plan_field (run->plan, i);

      if (field != NULL && run->filled[i])
        sat_draft_set (draft, field, sat_draft_get (row, field));
    }
  if (run->row_keeps)
    sat_draft_set (draft, sat_import_plan_keeper (run->plan),
                   sat_draft_get (row, sat_import_plan_keeper (run->plan)));
  return draft;
}

/* ---- one row ---- */

static gboolean
is_about_the_row (const GError *error)
{
  return g_error_matches (error, SAT_ERROR, SAT_ERROR_INVALID) ||
         g_error_matches (error, SAT_ERROR, SAT_ERROR_TOO_LONG) ||
         g_error_matches (error, SAT_ERROR, SAT_ERROR_NOT_FOUND) ||
         g_error_matches (error, SAT_ERROR, SAT_ERROR_AMBIGUOUS) ||
         g_error_matches (error, SAT_ERROR, SAT_ERROR_GATE) ||
         g_error_matches (error, SAT_ERROR, SAT_ERROR_APPROVAL);
}

static gboolean
fail_with_problems (ImportRun *run, GError **error)
{
  g_autofree char *count = g_strdup_printf ("%u", run->result->problems->len);

  if (run->result->incomplete)
    return sat_fail (error, SAT_ERROR_INVALID,
                     N_ ("nothing was imported; the file has more than %s errors"), count, NULL);
  return sat_fail (error, SAT_ERROR_INVALID, N_ ("nothing was imported; errors in the file: %s"),
                   count, NULL);
}

static gboolean
stop_at_limit (ImportRun *run, GError **error)
{
  run->result->incomplete = TRUE;
  return fail_with_problems (run, error);
}

static void
say_verdict (ImportRun *run,
             const SatImportRow *row,
             SatImportVerdict verdict,
             const SatDraft *draft)
{
  const SatObject *object = run->options->object;
  const char *title = draft != NULL ? sat_draft_get (draft, object->title) : NULL;

  if (run->options->verdict != NULL)
    run->options->verdict (row->row, verdict, title != NULL ? title : "",
                           run->options->verdict_data);
}

/* FALSE: the run ends; an error of the row is noted. */
static gboolean
note_cause (ImportRun *run, const SatImportRow *row, GError *cause, GError **error)
{
  if (is_about_the_row (cause))
    return add_problem (run, row->row, NULL, NULL, cause) || stop_at_limit (run, error);
  g_propagate_error (error, cause);
  return FALSE;
}

/* Hands over what came of ROW: a new record, or a change of RECORD. */
static gboolean
write_row (
    ImportRun *run, SatDraft *row_draft, SatRecord *record, const SatImportRow *row, GError **error)
{
  g_autoptr (SatDraft) change = record != NULL ? change_of (run, row_draft, record) : NULL;
  SatDraft *draft = change != NULL ? change : row_draft;
  SatImportVerdict verdict = record != NULL ? SAT_IMPORT_UPDATE : SAT_IMPORT_CREATE;
  GError *cause = NULL;

  if (!check_draft (run, draft, row))
    return stop_at_limit (run, error);
  if (!run->row_is_bad && record != NULL && sat_draft_is_empty (draft))
    verdict = SAT_IMPORT_UNCHANGED;
  else if (!run->row_is_bad && !run->target->save (draft, run->target->data, &cause) &&
           !note_cause (run, row, cause, error))
    return FALSE;
  if (run->row_is_bad)
    return TRUE;
  run->result->created += verdict == SAT_IMPORT_CREATE;
  run->result->updated += verdict == SAT_IMPORT_UPDATE;
  run->result->unchanged += verdict == SAT_IMPORT_UNCHANGED;
  say_verdict (run, row, verdict, draft);
  return TRUE;
}

/* Adds what no field is meant for to the notes: those of the row, else those that RECORD has. */
static gboolean
keep_values (ImportRun *run, SatDraft *draft, const SatRecord *record, const SatImportRow *row)
{
  const SatField *keeper = sat_import_plan_keeper (run->plan);
  guint from = keeper != NULL ? column_of (run, keeper) : row->n;
  gboolean own = record == NULL || (from < row->n && run->filled[from]);
  g_autofree char *text = NULL;
  GError *error = NULL;

  run->row_keeps = FALSE;
  if (keeper == NULL || run->row_is_bad)
    return TRUE;
  text = g_strdup (own ? sat_draft_get (draft, keeper) : sat_record_get (record, keeper));
  for (guint i = 0; i < row->n; i++)
    {
      char *longer = sat_import_plan_is_kept (run->plan, i, row->values[i])
                         ? sat_import_with_line (text, sat_import_plan_column (run->plan, i),
                                                 row->values[i])
                         : NULL;

      if (longer == NULL)
        continue;
      run->row_keeps = TRUE;
      g_free (text);
      text = longer;
    }
  if (!run->row_keeps || sat_draft_set_input (draft, keeper, text, &error))
    return TRUE;
  return add_problem (run, row->row, keeper->name, NULL, error);
}

static gboolean
take_values (ImportRun *run, SatDraft *draft, const SatImportRow *row, GError **error)
{
  g_autoptr (SatRecord) record = NULL;
  GError *cause = NULL;

  for (guint i = 0; i < row->n; i++)
    run->filled[i] = *fixed (run, i, row->values[i]) != '\0';
  if (!fill_draft (run, draft, row))
    return stop_at_limit (run, error);
  if (!run->row_is_bad && !match_row (run, draft, row, &record, &cause) &&
      !note_cause (run, row, cause, error))
    return FALSE;
  if (!keep_values (run, draft, record, row))
    return stop_at_limit (run, error);
  return write_row (run, draft, record, row, error);
}

static void
count_lost (ImportRun *run, const SatImportRow *row)
{
  for (guint i = 0; i < row->n; i++)
    if (sat_import_plan_is_kept (run->plan, i, row->values[i]))
      run->kept[i]++;
    else
      run->lost[i] += *row->values[i] != '\0';
}

static gboolean
take_row (ImportRun *run, const SatImportRow *row, GError **error)
{
  g_autoptr (SatDraft) draft = sat_draft_new (run->options->object);

  run->result->rows++;
  run->row_is_bad = FALSE;
  if (run->options->book != NULL)
    sat_draft_set_book (draft, run->options->book);
  if (row->problem != NULL)
    {
      const char *column = row->problem_column < row->n
                               ? sat_import_plan_column (run->plan, row->problem_column)
                               : NULL;

      if (!add_problem (run, row->row, column, NULL, g_error_copy (row->problem)))
        return stop_at_limit (run, error);
    }
  else if (!take_values (run, draft, row, error))
    return FALSE;
  if (!run->row_is_bad)
    {
      count_lost (run, row);
      return TRUE;
    }
  run->result->skipped += run->options->skip_bad;
  say_verdict (run, row, SAT_IMPORT_ERROR, draft);
  return TRUE;
}

/* ---- the whole file ---- */

static gboolean
on_row (const SatImportRow *row, gpointer data, GError **error)
{
  ImportRun *run = data;
  const SatImportOptions *options = run->options;

  if (g_cancellable_is_cancelled (options->cancellable))
    return sat_fail (error, SAT_ERROR_CANCELLED, N_ ("stopped; nothing was imported"), NULL);
  if (options->progress != NULL && run->result->rows % PROGRESS_EVERY == 0)
    options->progress (run->result->rows, row->done, options->progress_data);
  return take_row (run, row, error);
}

/* What is wrong with the file itself is one more problem of it, and none to skip. */
static gboolean
note_file_error (ImportRun *run, const SatImportPlace *place, GError *cause, GError **error)
{
  const char *column = NULL;

  if (place->column > 0 && place->column <= sat_import_plan_n_columns (run->plan))
    column = sat_import_plan_column (run->plan, place->column - 1);
  add_problem (run, place->row, column, NULL, cause);
  return fail_with_problems (run, error);
}

static void
prepare_references (ImportRun *run, guint n)
{
  run->found = g_new0 (GHashTable *, n);
  run->refers = g_new0 (const SatObject *, n);
  for (guint i = 0; i < n; i++)
    {
      const SatField *field = sat_import_plan_field (run->plan, i);

      if (field == NULL || field->type->id != SAT_TYPE_REFERENCE)
        continue;
      run->found[i] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      run->refers[i] = sat_catalogue_find (field->object->catalogue, field->reference);
    }
}

static gboolean
prepare_fix (ImportRun *run, const SatImportFix *fix, GError **error)
{
  gboolean several;
  const SatField *field = sat_object_find_called (run->options->object, fix->field, &several);
  guint column = field != NULL ? column_of (run, field) : sat_import_plan_n_columns (run->plan);
  g_autofree char *old = sat_text_tidy (fix->old);

  if (column == sat_import_plan_n_columns (run->plan))
    return sat_fail (error, SAT_ERROR_INVALID,
                     N_ ("no column goes to field “%s”, whose values are to be corrected"),
                     fix->field, NULL);
  if (run->fixes[column] == NULL)
    run->fixes[column] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_insert (run->fixes[column], old != NULL ? g_steal_pointer (&old) : g_strdup (""),
                       g_strdup (fix->replacement));
  return TRUE;
}

static gboolean
prepare (ImportRun *run, GError **error)
{
  guint n = sat_import_plan_n_columns (run->plan);

  run->fixes = g_new0 (GHashTable *, n);
  run->filled = g_new0 (gboolean, n);
  run->lost = g_new0 (guint64, n);
  run->kept = g_new0 (guint64, n);
  prepare_references (run, n);
  for (guint i = 0; i < run->options->n_fixes; i++)
    if (!prepare_fix (run, &run->options->fixes[i], error))
      return FALSE;
  return TRUE;
}

static void
run_clear (ImportRun *run)
{
  guint n = run->found != NULL ? sat_import_plan_n_columns (run->plan) : 0;

  for (guint i = 0; i < n; i++)
    {
      g_clear_pointer (&run->found[i], g_hash_table_unref);
      g_clear_pointer (&run->fixes[i], g_hash_table_unref);
    }
  g_free (run->found);
  g_free (run->refers);
  g_free (run->fixes);
  g_free (run->filled);
  g_free (run->lost);
  g_free (run->kept);
}

static gboolean
run_file (ImportRun *run, SatImportFile *file, GError **error)
{
  SatImportPlace place = { 0, 0 };
  g_autoptr (GError) cause = NULL;

  if (!sat_import_plan_check (run->plan, error) || !prepare (run, error))
    return FALSE;
  if (!sat_import_file_read (file, on_row, run, &place, run->options->cancellable, &cause))
    {
      if (place.column > 0 && is_about_the_row (cause))
        return note_file_error (run, &place, g_steal_pointer (&cause), error);
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  if (run->result->problems->len > 0 && !run->options->skip_bad)
    return fail_with_problems (run, error);
  return TRUE;
}

static void
tell (GPtrArray *list, const char *column, guint64 values)
{
  SatImportLost *one;

  if (values == 0)
    return;
  one = g_new (SatImportLost, 1);
  *one = (SatImportLost){ g_strdup (column), values };
  g_ptr_array_add (list, one);
}

static void
tell_lost (const ImportRun *run)
{
  guint n = sat_import_plan_n_columns (run->plan);

  for (guint i = 0; i < n; i++)
    if (sat_import_plan_is_lost (run->plan, i))
      {
        tell (run->result->lost, sat_import_plan_column (run->plan, i), run->lost[i]);
        tell (run->result->kept, sat_import_plan_column (run->plan, i), run->kept[i]);
      }
}

gboolean
sat_import_run (SatImportFile *file,
                const SatImportPlan *plan,
                const SatImportOptions *options,
                const SatImportTarget *target,
                SatImportResult *result,
                GError **error)
{
  ImportRun run = { .options = options, .target = target, .result = result, .plan = plan };
  gboolean ok;

  result->problems = g_ptr_array_new_with_free_func (problem_free);
  result->lost = g_ptr_array_new_with_free_func (lost_free);
  result->kept = g_ptr_array_new_with_free_func (lost_free);
  ok = run_file (&run, file, error);
  if (ok)
    tell_lost (&run);
  else
    result->created = result->updated = result->made = result->unchanged = result->skipped = 0;
  run_clear (&run);
  return ok;
}
