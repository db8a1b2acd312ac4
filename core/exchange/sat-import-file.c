/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kinds of files behind one interface: each hands over raw rows; this file takes the header off and
 * brings the others to its length. */
#include "core/exchange/sat-import-file.h"

#include <string.h>

#include "core/base/sat-error.h"
#include "core/base/sat-text.h"
#include "core/exchange/sat-csv-dialect.h"
#include "core/exchange/sat-csv-reader.h"
#include "core/exchange/sat-encoding.h"
#include "core/exchange/sat-export.h"
#include "core/exchange/sat-file-kind.h"
#include "core/exchange/sat-import-bytes.h"
#include "core/exchange/sat-named-file.h"
#include "core/exchange/sat-xlsx.h"

#define SAMPLE_ROWS 100

struct _SatImportFile
{
  SatImportBytes source;
  guint64 size;
  SatFileKind kind;
  gboolean no_header;
  char *encoding;
  char delimiter;
  SatXlsx *xlsx;
  guint sheet;
  SatNamedFile *named; /* cards, JSON; NULL: the first row names the columns */
  GStrv columns;
  guint n_columns;
  GPtrArray *samples; /* GPtrArray of char *, NULL-terminated, for each column */
};

/* A row as it stands in the file. */
typedef struct
{
  guint64 row;
  guint64 done;
  const char *const *values;
  guint n;
  const guint8 *faulty;
  const GError *problem; /* what is wrong with it as a whole; may be NULL */
} RawRow;

typedef gboolean (*RawRowFunc) (const RawRow *row, gpointer data, GError **error);

/* ---- CSV ---- */

typedef struct
{
  GInputStream *base; /* its place is how far we are */
  RawRowFunc func;
  gpointer data;
} CsvRun;

static gboolean
on_csv_row (const SatCsvRow *row, gpointer data, GError **error)
{
  CsvRun *run = data;
  RawRow raw = { .row = row->row, .values = row->values, .n = row->n };

  raw.done = (guint64) g_seekable_tell (G_SEEKABLE (run->base));
  return run->func (&raw, run->data, error);
}

static gboolean
read_csv (const SatImportFile *file,
          RawRowFunc func,
          gpointer data,
          SatImportPlace *place,
          GCancellable *cancellable,
          GError **error)
{
  SatCsvDialect dialect = { file->delimiter, TRUE };
  g_autoptr (GInputStream) base = sat_import_bytes_open (&file->source, cancellable, error);
  g_autoptr (GInputStream) text = NULL;
  SatCsvPlace where = { 0, 0 };
  CsvRun run = { base, func, data };
  gboolean ok;

  if (base == NULL)
    return FALSE;
  text = sat_encoding_decode (base, file->encoding, error);
  if (text == NULL)
    return FALSE;
  ok = sat_csv_read (text, &dialect, on_csv_row, &run, &where, cancellable, error);
  if (!ok && place != NULL)
    *place = (SatImportPlace){ where.row, where.column };
  return ok;
}

static gboolean
find_delimiter (SatImportFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GInputStream) base = sat_import_bytes_open (&file->source, cancellable, error);
  g_autoptr (GInputStream) text = NULL;
  g_autofree char *head = g_malloc (SAT_CSV_HEAD);
  g_autoptr (GError) cause = NULL;
  gsize length = 0;

  if (base == NULL)
    return FALSE;
  text = sat_encoding_decode (base, file->encoding, error);
  if (text == NULL)
    return FALSE;
  if (!g_input_stream_read_all (text, head, SAT_CSV_HEAD, &length, cancellable, &cause))
    return sat_import_bytes_fail (cause, error);
  file->delimiter = sat_csv_find_delimiter (head, length);
  return TRUE;
}

static gboolean
open_csv (SatImportFile *file,
          const SatFileOptions *options,
          GCancellable *cancellable,
          GError **error)
{
  file->kind = SAT_FILE_CSV;
  if (options->sheet != NULL)
    return sat_fail (error, SAT_ERROR_INVALID, N_ ("a CSV file has no sheets"), NULL);
  if (options->encoding != NULL)
    file->encoding = sat_encoding_name (options->encoding, error);
  else
    {
      g_autoptr (GInputStream) stream = sat_import_bytes_open (&file->source, cancellable, error);
      const char *found;

      if (stream != NULL && sat_encoding_find (stream, &found, cancellable, error))
        file->encoding = g_strdup (found);
    }
  if (file->encoding == NULL)
    return FALSE;
  file->delimiter = options->delimiter;
  return file->delimiter != 0 || find_delimiter (file, cancellable, error);
}

/* ---- XLSX ---- */

typedef struct
{
  const SatImportFile *file;
  RawRowFunc func;
  gpointer data;
  gboolean refused; /* by FUNC: nothing is wrong with the file */
} XlsxRun;

static gboolean
on_xlsx_row (const SatXlsxRow *row, gpointer data, GError **error)
{
  XlsxRun *run = data;
  RawRow raw = { .row = row->row, .values = row->values, .n = row->n, .faulty = row->faults };

  raw.done = (guint64) (row->done * (double) run->file->size);
  run->refused = !run->func (&raw, run->data, error);
  return !run->refused;
}

static gboolean
read_xlsx (const SatImportFile *file,
           RawRowFunc func,
           gpointer data,
           SatImportPlace *place,
           GCancellable *cancellable,
           GError **error)
{
  XlsxRun run = { file, func, data, FALSE };
  guint64 at;
  gboolean ok = sat_xlsx_read (file->xlsx, file->sheet, on_xlsx_row, &run, &at, cancellable, error);

  /* Damage stands somewhere in a row; which column it is nobody knows. */
  if (!ok && place != NULL)
    *place = (SatImportPlace){ at, run.refused ? 0 : G_MAXUINT };
  return ok;
}

static gboolean
fail_no_sheet (const SatImportFile *file, const char *wanted, GError **error)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < sat_xlsx_n_sheets (file->xlsx); i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", sat_xlsx_sheet_name (file->xlsx, i));
  return sat_fail (error, SAT_ERROR_INVALID, N_ ("the workbook has no sheet “%s”; its sheets: %s"),
                   wanted, names->str, NULL);
}

/* A name comes before a number: a sheet may be called 2017. */
static gboolean
choose_sheet (SatImportFile *file, const char *wanted, GError **error)
{
  guint n = sat_xlsx_n_sheets (file->xlsx);
  guint64 number;

  if (wanted == NULL)
    return TRUE;
  for (guint i = 0; i < n; i++)
    if (strcmp (sat_xlsx_sheet_name (file->xlsx, i), wanted) == 0)
      {
        file->sheet = i;
        return TRUE;
      }
  if (!g_ascii_string_to_unsigned (wanted, 10, 1, n, &number, NULL))
    return fail_no_sheet (file, wanted, error);
  file->sheet = (guint) number - 1;
  return TRUE;
}

static gboolean
open_xlsx (SatImportFile *file, const SatFileOptions *options, GError **error)
{
  file->kind = SAT_FILE_XLSX;
  if (options->encoding != NULL || options->delimiter != 0)
    return sat_fail (error, SAT_ERROR_INVALID,
                     N_ ("a workbook has no encoding and no delimiter to choose"), NULL);
  file->xlsx = sat_xlsx_open (file->source.file, file->source.bytes, error);
  return file->xlsx != NULL && choose_sheet (file, options->sheet, error);
}

/* ---- cards and JSON ---- */

static gboolean
open_named (SatImportFile *file,
            const SatFileOptions *options,
            GCancellable *cancellable,
            GError **error)
{
  file->named = sat_named_file_open (&file->source, file->kind, options, cancellable, error);
  if (file->named != NULL)
    file->encoding = g_strdup (sat_named_file_encoding (file->named));
  return file->named != NULL;
}

typedef struct
{
  RawRowFunc func;
  gpointer data;
} NamedRun;

static gboolean
on_named_row (const SatNamedFileRow *row, gpointer data, GError **error)
{
  NamedRun *run = data;
  RawRow raw = {
    .row = row->row, .done = row->done, .values = row->values, .n = row->n, .problem = row->problem
  };

  return run->func (&raw, run->data, error);
}

/* ---- which kind ---- */

static gboolean
open_kind (SatImportFile *file,
           const SatFileOptions *options,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (GInputStream) stream = sat_import_bytes_open (&file->source, cancellable, error);

  if (stream == NULL || !sat_file_kind_find (stream, &file->kind, cancellable, error))
    return FALSE;
  switch (file->kind)
    {
    case SAT_FILE_XLSX:
      return open_xlsx (file, options, error);
    case SAT_FILE_VCARD:
    case SAT_FILE_JSON_LINES:
      return open_named (file, options, cancellable, error);
    case SAT_FILE_CSV:
    default:
      return open_csv (file, options, cancellable, error);
    }
}

const char *
sat_import_file_kind_name (const SatImportFile *file)
{
  static const char *const names[] = { "csv", "xlsx", "vcard", "jsonl" };

  return names[file->kind];
}

/* ---- rows ---- */

static gboolean
read_raw (SatImportFile *file,
          RawRowFunc func,
          gpointer data,
          SatImportPlace *place,
          GCancellable *cancellable,
          GError **error)
{
  NamedRun named = { func, data };

  if (file->kind == SAT_FILE_XLSX)
    return read_xlsx (file, func, data, place, cancellable, error);
  if (file->named != NULL)
    return sat_named_file_read (file->named, on_named_row, &named, cancellable, error);
  return read_csv (file, func, data, place, cancellable, error);
}

static gboolean
is_empty (const RawRow *row)
{
  for (guint i = 0; i < row->n; i++)
    for (const char *p = row->values[i]; *p != '\0'; p++)
      if (!g_ascii_isspace (*p))
        return FALSE;
  return TRUE;
}

/* A card is always one, even if it is empty. */
static gboolean
is_nothing (const SatImportFile *file, const RawRow *row)
{
  return file->kind != SAT_FILE_VCARD && row->problem == NULL && is_empty (row);
}

typedef struct
{
  SatImportFile *file;
  SatImportRowFunc func;
  gpointer data;
  gboolean headed; /* the header has passed */
  GPtrArray *values;
  GArray *faulty;
} Reading;

static GError *
ragged_error (const RawRow *row, guint wants)
{
  g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, row->row);
  g_autofree char *has = g_strdup_printf ("%u", row->n);
  g_autofree char *want = g_strdup_printf ("%u", wants);
  GError *error = NULL;

  sat_fail (&error, SAT_ERROR_INVALID,
            N_ ("row %s: %s values where the first row has %s; every row needs as many"), number,
            has, want, NULL);
  return error;
}

/* Values beyond the last column would be lost; missing ones leave open which are missing. */
static GError *
shape_problem (const SatImportFile *file, const RawRow *row)
{
  if (row->problem != NULL)
    return g_error_copy (row->problem);
  if (file->kind == SAT_FILE_CSV && row->n < file->n_columns)
    return ragged_error (row, file->n_columns);
  for (guint i = file->n_columns; i < row->n; i++)
    if (*row->values[i] != '\0')
      return ragged_error (row, file->n_columns);
  return NULL;
}

static gboolean
hand_over (Reading *reading, const RawRow *raw, GError **error)
{
  guint n = reading->file->n_columns;
  g_autoptr (GError) problem = shape_problem (reading->file, raw);
  SatImportRow row = { raw->row, raw->done, NULL, n, raw->faulty, problem, n };

  g_ptr_array_set_size (reading->values, 0);
  g_array_set_size (reading->faulty, 0);
  for (guint i = 0; i < n; i++)
    {
      guint8 faulty = raw->faulty != NULL && i < raw->n ? raw->faulty[i] : SAT_IMPORT_GOOD;

      const char *value = i < raw->n ? raw->values[i] : "";

      if (reading->file->kind == SAT_FILE_CSV)
        value = sat_export_unguard (value);
      g_ptr_array_add (reading->values, (gpointer) value);
      g_array_append_val (reading->faulty, faulty);
    }
  row.values = (const char *const *) reading->values->pdata;
  if (raw->faulty != NULL)
    row.faulty = (const guint8 *) reading->faulty->data;
  if (problem != NULL && raw->problem == NULL && raw->n < n)
    row.problem_column = raw->n;
  return reading->func (&row, reading->data, error);
}

static gboolean
on_raw (const RawRow *row, gpointer data, GError **error)
{
  Reading *reading = data;

  if (is_nothing (reading->file, row))
    return TRUE;
  if (!reading->headed && !reading->file->no_header)
    {
      reading->headed = TRUE;
      return TRUE;
    }
  return hand_over (reading, row, error);
}

gboolean
sat_import_file_read (SatImportFile *file,
                      SatImportRowFunc func,
                      gpointer data,
                      SatImportPlace *place,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (GPtrArray) values = g_ptr_array_new ();
  g_autoptr (GArray) faulty = g_array_new (FALSE, FALSE, 1);
  Reading reading = { file, func, data, file->named != NULL, values, faulty };

  if (place != NULL)
    *place = (SatImportPlace){ 0, 0 };
  return read_raw (file, on_raw, &reading, place, cancellable, error);
}

/* ---- the header and the samples ---- */

typedef struct
{
  SatImportFile *file;
  guint rows;
  gboolean enough;
} Sampling;

static void
begin_columns (SatImportFile *file, guint n)
{
  file->n_columns = n;
  file->columns = g_new0 (char *, n + 1);
  file->samples = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (file->samples, g_ptr_array_new_null_terminated (2, g_free, TRUE));
}

static void
take_columns (SatImportFile *file, const RawRow *row)
{
  guint n = row->n;

  while (n > 0 && !file->no_header &&
         row->values[n - 1][strspn (row->values[n - 1], " \t")] == '\0')
    n--;
  begin_columns (file, n);
  for (guint i = 0; i < n; i++)
    {
      char *name = file->no_header ? g_strdup_printf ("%u", i + 1) : sat_text_tidy (row->values[i]);

      file->columns[i] = name != NULL ? name : g_strdup ("");
    }
}

static void
take_named_columns (SatImportFile *file)
{
  const SatNamedColumns *columns = sat_named_file_columns (file->named);

  begin_columns (file, columns->names->len);
  for (guint i = 0; i < file->n_columns; i++)
    file->columns[i] = g_strdup (g_ptr_array_index (columns->names, i));
}

static gboolean
on_sample (const RawRow *row, gpointer data, GError **error)
{
  Sampling *sampling = data;
  SatImportFile *file = sampling->file;

  if (is_nothing (file, row))
    return TRUE;
  if (file->columns == NULL)
    {
      take_columns (file, row);
      if (!file->no_header)
        return TRUE;
    }
  for (guint i = 0; i < MIN (row->n, file->n_columns); i++)
    {
      GPtrArray *samples = g_ptr_array_index (file->samples, i);

      if (samples->len < SAT_FILE_SAMPLES && *row->values[i] != '\0')
        g_ptr_array_add (samples, g_strdup (row->values[i]));
    }
  sampling->enough = ++sampling->rows >= SAMPLE_ROWS;
  if (sampling->enough)
    return sat_fail (error, SAT_ERROR_CANCELLED, N_ ("stopped; nothing was changed"), NULL);
  return TRUE;
}

/* A fault further down is found when the rows are read. */
static gboolean
take_samples (SatImportFile *file, GCancellable *cancellable, GError **error)
{
  Sampling sampling = { file, 0, FALSE };
  g_autoptr (GError) cause = NULL;

  if (file->named != NULL)
    take_named_columns (file);
  if (read_raw (file, on_sample, &sampling, NULL, cancellable, &cause) || sampling.enough ||
      (file->columns != NULL && !g_error_matches (cause, SAT_ERROR, SAT_ERROR_CANCELLED)))
    {
      if (file->columns == NULL)
        file->columns = g_new0 (char *, 1);
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

/* ---- opening ---- */

static SatImportFile *
open_any (SatImportFile *file,
          const SatFileOptions *options,
          GCancellable *cancellable,
          GError **error)
{
  file->size = sat_import_bytes_size (&file->source);
  file->no_header = options->no_header;
  if (open_kind (file, options, cancellable, error) && take_samples (file, cancellable, error))
    return file;
  sat_import_file_free (file);
  return NULL;
}

SatImportFile *
sat_import_file_open (GFile *file,
                      const SatFileOptions *options,
                      GCancellable *cancellable,
                      GError **error)
{
  SatImportFile *self = g_new0 (SatImportFile, 1);

  self->source.file = g_object_ref (file);
  return open_any (self, options, cancellable, error);
}

SatImportFile *
sat_import_file_open_bytes (GBytes *bytes, const SatFileOptions *options, GError **error)
{
  SatImportFile *self = g_new0 (SatImportFile, 1);

  self->source.bytes = g_bytes_ref (bytes);
  return open_any (self, options, NULL, error);
}

void
sat_import_file_free (SatImportFile *file)
{
  if (file == NULL)
    return;
  sat_import_bytes_clear (&file->source);
  g_clear_pointer (&file->samples, g_ptr_array_unref);
  g_strfreev (file->columns);
  sat_named_file_free (file->named);
  g_free (file->encoding);
  sat_xlsx_free (file->xlsx);
  g_free (file);
}

/* ---- asking ---- */

SatFileKind
sat_import_file_kind (const SatImportFile *file)
{
  return file->kind;
}

const char *
sat_import_file_encoding (const SatImportFile *file)
{
  return file->encoding;
}

char
sat_import_file_delimiter (const SatImportFile *file)
{
  return file->delimiter;
}

guint
sat_import_file_n_sheets (const SatImportFile *file)
{
  return file->xlsx != NULL ? sat_xlsx_n_sheets (file->xlsx) : 0;
}

const char *
sat_import_file_sheet (const SatImportFile *file, guint i)
{
  return sat_xlsx_sheet_name (file->xlsx, i);
}

guint
sat_import_file_sheet_read (const SatImportFile *file)
{
  return file->sheet;
}

guint64
sat_import_file_size (const SatImportFile *file)
{
  return file->size;
}

guint
sat_import_file_n_columns (const SatImportFile *file)
{
  return file->n_columns;
}

const char *const *
sat_import_file_columns (const SatImportFile *file)
{
  return (const char *const *) file->columns;
}

const char *const *
sat_import_file_samples (const SatImportFile *file, guint column)
{
  const GPtrArray *samples = g_ptr_array_index (file->samples, column);

  return (const char *const *) samples->pdata;
}

gboolean
sat_import_file_is_spare (const SatImportFile *file, guint column)
{
  return file->named != NULL &&
         g_array_index (sat_named_file_columns (file->named)->spare, gboolean, column);
}
