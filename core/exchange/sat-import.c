/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The run of an import: rows come from sat_csv_read one by one, each becomes a draft. Per row
 * nothing is looked up by name; references found once are remembered per column. */
#include "core/exchange/sat-import.h"

#include "core/base/sat-error.h"
#include "core/base/sat-text.h"
#include "core/exchange/sat-csv-reader.h"

#define SHOWN_VALUE 200     /* characters */
#define PROGRESS_EVERY 1000 /* rows */

typedef struct
{
  const SatImportOptions *options;
  const SatImportTarget *target;
  SatImportResult *result;
  SatImportPlan *plan;      /* from the first row on */
  GHashTable **found;       /* per column: text -> SatId, for references; NULL for other fields */
  const SatObject **refers; /* per column: the object looked in; NULL: any */
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

void
sat_import_result_clear (SatImportResult *result)
{
  g_clear_pointer (&result->problems, g_ptr_array_unref);
  g_clear_pointer (&result->unmatched, g_strfreev);
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
  SatImportProblem *problem = g_new0 (SatImportProblem, 1);

  problem->row = row;
  problem->column = g_strdup (column);
  problem->value = value != NULL && *value != '\0' ? shortened (value) : NULL;
  problem->error = error;
  g_ptr_array_add (run->result->problems, problem);
  return run->result->problems->len < SAT_IMPORT_MAX_ERRORS;
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

/* Sets what COLUMN holds; an empty value leaves the field's default. */
static gboolean
set_value (ImportRun *run, SatDraft *draft, guint column, const char *value, GError **error)
{
  if (*value == '\0')
    return TRUE;
  if (run->found[column] != NULL)
    return set_reference (run, draft, column, value, error);
  return sat_draft_set_input (draft, sat_import_plan_field (run->plan, column), value, error);
}

static gboolean
row_is_empty (const SatCsvRow *row)
{
  for (guint i = 0; i < row->n; i++)
    for (const char *p = row->values[i]; *p != '\0'; p++)
      if (!g_ascii_isspace (*p))
        return FALSE;
  return TRUE;
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
check_draft (ImportRun *run, SatDraft *draft, const SatCsvRow *row)
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
        name = problem->field->name;
      if (!is_already_reported (run, row->row, name))
        go_on = add_problem (run, row->row, name, has_column ? row->values[column] : NULL,
                             g_error_copy (problem->error));
    }
  return go_on;
}

static gboolean
fill_draft (ImportRun *run, SatDraft *draft, const SatCsvRow *row)
{
  for (guint i = 0; i < row->n; i++)
    {
      g_autoptr (GError) error = NULL;

      if (sat_import_plan_field (run->plan, i) == NULL ||
          set_value (run, draft, i, row->values[i], &error))
        continue;
      if (!add_problem (run, row->row, sat_import_plan_column (run->plan, i), row->values[i],
                        g_steal_pointer (&error)))
        return FALSE;
    }
  return check_draft (run, draft, row);
}

static gboolean
is_about_the_row (const GError *error)
{
  return g_error_matches (error, SAT_ERROR, SAT_ERROR_INVALID) ||
         g_error_matches (error, SAT_ERROR, SAT_ERROR_TOO_LONG) ||
         g_error_matches (error, SAT_ERROR, SAT_ERROR_NOT_FOUND) ||
         g_error_matches (error, SAT_ERROR, SAT_ERROR_AMBIGUOUS);
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

static gboolean
take_row (ImportRun *run, const SatCsvRow *row, GError **error)
{
  g_autoptr (SatDraft) draft = NULL;
  g_autoptr (GError) cause = NULL;

  if (row_is_empty (row))
    return TRUE;
  run->result->rows++;
  draft = sat_draft_new (run->options->object);
  if (run->options->book != NULL)
    sat_draft_set_book (draft, run->options->book);
  if (!fill_draft (run, draft, row))
    return stop_at_limit (run, error);
  if (run->result->problems->len > 0)
    return TRUE;
  if (run->target->save (draft, run->target->data, &cause))
    run->result->created++;
  else if (!is_about_the_row (cause))
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  else if (!add_problem (run, row->row, NULL, NULL, g_steal_pointer (&cause)))
    return stop_at_limit (run, error);
  return TRUE;
}

/* ---- the whole file ---- */

static gboolean
take_header (ImportRun *run, const SatCsvRow *row, GError **error)
{
  g_auto (GStrv) unmatched = NULL;

  run->plan = sat_import_plan_new (run->options, row->values, row->n, error);
  if (run->plan == NULL)
    return FALSE;
  unmatched = sat_import_plan_unmatched (run->plan);
  if (unmatched[0] != NULL)
    {
      g_autofree char *names = g_strjoinv (", ", unmatched);

      run->result->unmatched = g_steal_pointer (&unmatched);
      return sat_fail (error, SAT_ERROR_INVALID,
                       N_ ("no field of “%s” is called like these columns: %s; name the field of "
                           "each, or leave it out"),
                       run->options->object->name, names, NULL);
    }
  run->found = g_new0 (GHashTable *, row->n);
  run->refers = g_new0 (const SatObject *, row->n);
  for (guint i = 0; i < row->n; i++)
    {
      const SatField *field = sat_import_plan_field (run->plan, i);

      if (field == NULL || field->type->id != SAT_TYPE_REFERENCE)
        continue;
      run->found[i] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      run->refers[i] = sat_catalogue_find (field->object->catalogue, field->reference);
    }
  return TRUE;
}

static gboolean
on_row (const SatCsvRow *row, gpointer data, GError **error)
{
  ImportRun *run = data;
  const SatImportOptions *options = run->options;

  if (run->plan == NULL)
    return take_header (run, row, error);
  if (g_cancellable_is_cancelled (options->cancellable))
    return sat_fail (error, SAT_ERROR_CANCELLED, N_ ("stopped; nothing was imported"), NULL);
  if (options->progress != NULL && run->result->rows % PROGRESS_EVERY == 0)
    options->progress (run->result->rows, row->offset, options->progress_data);
  return take_row (run, row, error);
}

/* What is wrong with the CSV itself is one more problem of the file. */
static gboolean
note_csv_error (ImportRun *run, const SatCsvPlace *place, GError *cause, GError **error)
{
  const char *column = NULL;

  if (run->plan != NULL && place->column > 0 &&
      place->column <= sat_import_plan_n_columns (run->plan))
    column = sat_import_plan_column (run->plan, place->column - 1);
  add_problem (run, place->row, column, NULL, cause);
  return fail_with_problems (run, error);
}

static void
run_clear (ImportRun *run)
{
  guint n = run->plan != NULL ? sat_import_plan_n_columns (run->plan) : 0;

  for (guint i = 0; run->found != NULL && i < n; i++)
    g_clear_pointer (&run->found[i], g_hash_table_unref);
  g_free (run->found);
  g_free (run->refers);
  sat_import_plan_free (run->plan);
}

static gboolean
run_file (ImportRun *run, GInputStream *stream, GError **error)
{
  SatCsvPlace place = { 0, 0 };
  g_autoptr (GError) cause = NULL;

  if (!sat_csv_read (stream, on_row, run, &place, run->options->cancellable, &cause))
    {
      /* A column is noted only where the CSV itself is wrong, not when on_row refused the row. */
      if (place.column > 0 && is_about_the_row (cause))
        return note_csv_error (run, &place, g_steal_pointer (&cause), error);
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  if (run->plan == NULL)
    return sat_fail (error, SAT_ERROR_INVALID,
                     N_ ("the file is empty; its first row must name the columns"), NULL);
  if (run->result->problems->len > 0)
    return fail_with_problems (run, error);
  return TRUE;
}

gboolean
sat_import_run (GInputStream *stream,
                const SatImportOptions *options,
                const SatImportTarget *target,
                SatImportResult *result,
                GError **error)
{
  ImportRun run = { options, target, result, NULL, NULL, NULL };
  gboolean ok;

  result->problems = g_ptr_array_new_with_free_func (problem_free);
  ok = run_file (&run, stream, error);
  if (!ok)
    result->created = 0;
  run_clear (&run);
  return ok;
}
