/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/import/sat-import-work.h"

#include "core/workspace/sat-workspace-undo.h"
#include "gtk-app/sat-value-text.h"

#define PERMILLE 1000
#define SAMPLES_SHOWN 3

struct _SatImportSource
{
  GFile *file;
  const SatObject *object;
  char *sheet;
  gboolean no_header;
  SatImportFile *opened; /* NULL before the first job */
  int done;              /* permille, atomic */
};

SatImportSource *
sat_import_source_new (GFile *file, const SatObject *object, const char *sheet, gboolean no_header)
{
  SatImportSource *source = g_atomic_rc_box_new0 (SatImportSource);

  source->file = g_object_ref (file);
  source->object = object;
  source->sheet = g_strdup (sheet);
  source->no_header = no_header;
  return source;
}

SatImportSource *
sat_import_source_ref (SatImportSource *source)
{
  return g_atomic_rc_box_acquire (source);
}

static void
source_clear (gpointer data)
{
  SatImportSource *source = data;

  g_object_unref (source->file);
  g_free (source->sheet);
  g_clear_pointer (&source->opened, sat_import_file_free);
}

void
sat_import_source_unref (SatImportSource *source)
{
  g_atomic_rc_box_release_full (source, source_clear);
}

double
sat_import_source_done (SatImportSource *source)
{
  return (double) g_atomic_int_get (&source->done) / PERMILLE;
}

SatImportChoice *
sat_import_choice_new (const char *column, const SatField *field, const char *format)
{
  SatImportChoice *choice = g_new0 (SatImportChoice, 1);

  choice->column = g_strdup (column);
  choice->field = field;
  choice->format = g_strdup (format);
  return choice;
}

void
sat_import_choice_free (gpointer data)
{
  SatImportChoice *choice = data;

  g_free (choice->column);
  g_free (choice->format);
  g_free (choice);
}

/* ---- a job --------------------------------------------------------------------------------- */

typedef struct
{
  SatImportSource *source;
  GPtrArray *choices; /* may be NULL */
  char *match;
  gboolean dry_run;
  gboolean skip_bad;
  gboolean create_missing;
} Job;

static Job *
job_new (SatImportSource *source, GPtrArray *choices)
{
  Job *job = g_new0 (Job, 1);

  job->source = sat_import_source_ref (source);
  job->choices = choices;
  g_atomic_int_set (&source->done, 0);
  return job;
}

static void
job_free (gpointer data)
{
  Job *job = data;

  sat_import_source_unref (job->source);
  g_clear_pointer (&job->choices, g_ptr_array_unref);
  g_free (job->match);
  g_free (job);
}

static gboolean
open_source (SatImportSource *source, GCancellable *cancellable, GError **error)
{
  SatFileOptions options = { .object = source->object,
                             .sheet = source->sheet,
                             .no_header = source->no_header };

  if (source->opened == NULL)
    source->opened = sat_import_file_open (source->file, &options, cancellable, error);
  return source->opened != NULL;
}

/* What OPTIONS borrows of a job. */
typedef struct
{
  SatImportMap *map;
  const char *match[2];
} Borrowed;

static void
borrowed_clear (Borrowed *borrowed)
{
  g_free (borrowed->map);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Borrowed, borrowed_clear)

static void
set_options (const Job *job, Borrowed *borrowed, GCancellable *cancellable, SatImportOptions *out)
{
  guint n = job->choices != NULL ? job->choices->len : 0;

  borrowed->map = g_new0 (SatImportMap, n + 1);
  for (guint i = 0; i < n; i++)
    {
      const SatImportChoice *choice = g_ptr_array_index (job->choices, i);

      borrowed->map[i] = (SatImportMap){ choice->column,
                                         choice->field != NULL ? choice->field->name : NULL,
                                         choice->format };
    }
  borrowed->match[0] = job->match;
  *out = (SatImportOptions){ .object = job->source->object,
                             .map = borrowed->map,
                             .n_map = n,
                             .match = job->match != NULL ? borrowed->match : NULL,
                             .skip_bad = job->skip_bad,
                             .create_missing = job->create_missing,
                             .cancellable = cancellable };
}

/* ---- looking ------------------------------------------------------------------------------- */

static void
column_free (gpointer data)
{
  SatImportColumn *column = data;

  g_free (column->name);
  g_free (column->samples);
  g_free (column->example);
  g_free (column);
}

void
sat_import_look_free (SatImportLook *look)
{
  g_free (look->kind);
  g_free (look->encoding);
  g_strfreev (look->sheets);
  g_ptr_array_unref (look->columns);
  g_free (look);
}

static char *
samples_text (const char *const *samples)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; samples[i] != NULL && i < SAMPLES_SHOWN; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " · " : "", samples[i]);
  g_strdelimit (text->str, "\r\n\t", ' ');
  return g_strdup (text->str);
}

static char *
pictures_text (const SatField *field, const char *const *samples)
{
  return samples[0] != NULL ? sat_value_text (field, samples[0]) : g_strdup ("");
}

static SatImportColumn *
column_new (SatImportFile *file, const SatImportPlan *plan, guint i)
{
  g_auto (GStrv) undecided = sat_import_plan_undecided (plan);
  SatImportColumn *column = g_new0 (SatImportColumn, 1);
  const char *const *samples = sat_import_file_samples (file, i);

  column->name = g_strdup (sat_import_plan_column (plan, i));
  column->kept = samples[0] != NULL && sat_import_plan_is_kept (plan, i, samples[0]);
  column->field = sat_import_plan_field (plan, i);
  column->samples = column->field != NULL && column->field->type->id == SAT_TYPE_PICTURE
                        ? pictures_text (column->field, samples)
                        : samples_text (samples);
  column->undecided = g_strv_contains ((const char *const *) undecided, column->name);
  if (column->undecided)
    column->example = g_strdup (sat_import_plan_example (plan, i));
  return column;
}

static char **
sheet_names (SatImportFile *file)
{
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; i < sat_import_file_n_sheets (file); i++)
    g_ptr_array_add (names, g_strdup (sat_import_file_sheet (file, i)));
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (names, FALSE);
}

static SatImportLook *
look_new (SatImportFile *file, const SatImportPlan *plan)
{
  SatImportLook *look = g_new0 (SatImportLook, 1);

  look->kind = g_strdup (sat_import_file_kind_name (file));
  look->encoding = g_strdup (sat_import_file_encoding (file));
  look->delimiter = sat_import_file_delimiter (file);
  look->sheets = sheet_names (file);
  look->sheet = sat_import_file_sheet_read (file);
  look->columns = g_ptr_array_new_with_free_func (column_free);
  for (guint i = 0; i < sat_import_plan_n_columns (plan); i++)
    {
      SatImportColumn *column = column_new (file, plan, i);

      look->has_id = look->has_id || g_ascii_strcasecmp (column->name, SAT_IMPORT_ID) == 0;
      g_ptr_array_add (look->columns, column);
    }
  return look;
}

static gpointer
look (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  Job *job = data;
  SatImportOptions options;
  g_auto (Borrowed) borrowed = { 0 };
  g_autoptr (SatImportPlan) plan = NULL;

  if (!open_source (job->source, cancellable, error))
    return NULL;
  set_options (job, &borrowed, cancellable, &options);
  plan = sat_import_plan_file (&options, job->source->opened, error);
  return plan != NULL ? look_new (job->source->opened, plan) : NULL;
}

void
sat_import_work_look (SatService *service,
                      SatImportSource *source,
                      GPtrArray *choices,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  sat_service_read (service, look, job_new (source, choices), job_free,
                    (GDestroyNotify) sat_import_look_free, cancellable, callback, user_data);
}

/* ---- importing ----------------------------------------------------------------------------- */

SatImportReport *
sat_import_report_ref (SatImportReport *report)
{
  return g_atomic_rc_box_acquire (report);
}

static void
report_clear (gpointer data)
{
  SatImportReport *report = data;

  sat_import_result_clear (&report->result);
  g_array_unref (report->lines);
  g_string_chunk_free (report->titles);
  g_clear_error (&report->error);
}

void
sat_import_report_unref (SatImportReport *report)
{
  g_atomic_rc_box_release_full (report, report_clear);
}

static SatImportReport *
report_new (void)
{
  SatImportReport *report = g_atomic_rc_box_new0 (SatImportReport);

  report->lines = g_array_new (FALSE, FALSE, sizeof (SatImportLine));
  report->titles = g_string_chunk_new (4096);
  return report;
}

/* A run on its thread. */
typedef struct
{
  SatImportReport *report;
  SatImportSource *source;
  guint told;       /* of the problems */
  guint told_taken; /* of what colleagues have */
} Run;

/* What came since the last line is this row's. */
static void
verdict_cb (guint64 row, SatImportVerdict verdict, const char *title, gpointer data)
{
  Run *run = data;
  const GPtrArray *problems = run->report->result.problems;
  const GPtrArray *taken = run->report->result.taken;
  guint n = problems != NULL ? problems->len : 0;
  guint n_taken = taken != NULL ? taken->len : 0;
  SatImportLine line = { .row = row, .verdict = verdict, .first_problem = run->told };

  line.title = g_string_chunk_insert_const (run->report->titles, title != NULL ? title : "");
  line.n_problems = n - run->told;
  line.taken = n_taken > run->told_taken ? n_taken : 0;
  run->told = n;
  run->told_taken = n_taken;
  g_array_append_val (run->report->lines, line);
}

static void
progress_cb (guint64 rows, guint64 bytes, gpointer data)
{
  Run *run = data;
  guint64 size = sat_import_file_size (run->source->opened);

  if (size > 0)
    g_atomic_int_set (&run->source->done, (int) (MIN (bytes, size) * PERMILLE / size));
}

/* Problems that no row told of: the file as a whole, or where it breaks off. */
static void
take_rest (Run *run)
{
  const GPtrArray *problems = run->report->result.problems;

  for (; problems != NULL && run->told < problems->len; run->told++)
    {
      const SatImportProblem *problem = g_ptr_array_index (problems, run->told);
      SatImportLine line = { .row = problem->row,
                             .verdict = SAT_IMPORT_ERROR,
                             .title = "",
                             .first_problem = run->told,
                             .n_problems = 1 };

      g_array_append_val (run->report->lines, line);
    }
}

static gpointer
import (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  Job *job = data;
  g_autoptr (SatImportReport) report = report_new ();
  Run run = { .report = report, .source = job->source };
  SatImportOptions options;
  g_auto (Borrowed) borrowed = { 0 };

  report->object = job->source->object;
  if (!open_source (job->source, cancellable, error))
    return NULL;
  set_options (job, &borrowed, cancellable, &options);
  options.progress = progress_cb;
  options.progress_data = &run;
  options.verdict = job->dry_run ? verdict_cb : NULL;
  options.verdict_data = &run;
  if (!sat_workspace_import (workspace, job->source->opened, &options, job->dry_run,
                             &report->result, &report->error) &&
      (report->result.problems == NULL || report->result.problems->len == 0 ||
       g_cancellable_is_cancelled (cancellable)))
    {
      g_propagate_error (error, g_steal_pointer (&report->error));
      return NULL;
    }
  if (!job->dry_run && report->error == NULL)
    report->step = sat_workspace_last_step (workspace);
  take_rest (&run);
  return g_steal_pointer (&report);
}

void
sat_import_work_run (SatService *service,
                     SatImportSource *source,
                     GPtrArray *choices,
                     const char *match,
                     gboolean create_missing,
                     gboolean dry_run,
                     gboolean skip_bad,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  Job *job = job_new (source, choices);

  job->match = g_strdup (match);
  job->create_missing = create_missing;
  job->dry_run = dry_run;
  job->skip_bad = skip_bad;
  sat_service_write (service, import, job, job_free, (GDestroyNotify) sat_import_report_unref,
                     cancellable, callback, user_data);
}
