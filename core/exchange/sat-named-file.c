/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/exchange/sat-named-file.h"

#include <string.h>

#include "core/base/sat-error.h"
#include "core/exchange/sat-encoding.h"
#include "core/exchange/sat-json-reader.h"
#include "core/exchange/sat-vcard-row.h"

struct _SatNamedFile
{
  const SatImportBytes *source;
  SatFileKind kind;
  char *encoding;
  SatVcardText text;     /* what cards are written in; borrows `encoding` */
  SatVcardFields fields; /* of the object that cards are to be */
  SatNamedColumns columns;
};

/* One reading. */
typedef struct
{
  SatNamedFile *file;
  SatNamedRowFunc take; /* gets the run as its data */
  SatNamedRow row;
  GInputStream *base; /* its place is how far we are */
  GPtrArray *values;
  GError *first_problem; /* of the rows, when columns are looked for */
  SatNamedFileFunc func;
  gpointer data;
} Run;

static gboolean
on_card (const SatVcard *card, gpointer data, GError **error)
{
  Run *run = data;

  sat_named_row_reset (&run->row);
  sat_vcard_row_fill (&run->file->fields, card, &run->row);
  return run->take (&run->row, run, error);
}

static gboolean
read_rows (Run *run, GCancellable *cancellable, GError **error)
{
  SatNamedFile *file = run->file;
  g_autoptr (GInputStream) base = sat_import_bytes_open (file->source, cancellable, error);
  g_autoptr (GPtrArray) values = g_ptr_array_new ();
  g_autoptr (GInputStream) text = NULL;
  gboolean json = file->kind == SAT_FILE_JSON_LINES;
  gboolean ok;

  if (base != NULL)
    text = json || g_str_has_prefix (file->encoding, "UTF-16")
               ? sat_encoding_decode (base, file->encoding, error)
               : g_object_ref (base);
  if (text == NULL)
    return FALSE;
  run->base = base;
  run->values = values;
  sat_named_row_init (&run->row);
  if (json)
    ok = sat_json_read (text, &run->row, run->take, run, cancellable, error);
  else
    ok = sat_vcard_read (text, &file->text, on_card, run, cancellable, error);
  sat_named_row_clear (&run->row);
  return ok;
}

/* ---- opening ---- */

static gboolean
take_names (const SatNamedRow *row, gpointer data, GError **error)
{
  Run *run = data;

  if (row->problem != NULL && run->first_problem == NULL)
    run->first_problem = g_error_copy (row->problem);
  return sat_named_columns_take (&run->file->columns, row, error);
}

static gboolean
find_columns (SatNamedFile *file, GCancellable *cancellable, GError **error)
{
  Run run = { .file = file, .take = take_names };
  gboolean ok = read_rows (&run, cancellable, error);

  sat_named_columns_settle (&file->columns);
  /* Where no row is good, what is wrong with the first one is what is wrong with the file. */
  if (ok && file->columns.names->len == 0 && run.first_problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&run.first_problem));
      return FALSE;
    }
  g_clear_error (&run.first_problem);
  return ok;
}

/* Cards say for themselves how they are written, if they do; where the file as a whole tells
 * nothing, each value is looked at. */
static gboolean
find_encoding (SatNamedFile *file, const char *given, GCancellable *cancellable, GError **error)
{
  g_autoptr (GInputStream) stream = sat_import_bytes_open (file->source, cancellable, error);
  g_autoptr (GError) cause = NULL;
  const char *found;

  if (stream == NULL)
    return FALSE;
  if (given != NULL)
    file->encoding = sat_encoding_name (given, error);
  else if (sat_encoding_find (stream, &found, cancellable, &cause))
    file->encoding = g_strdup (found);
  else if (file->kind == SAT_FILE_VCARD && g_error_matches (cause, SAT_ERROR, SAT_ERROR_INVALID))
    file->text.encoding = "UTF-8";
  else
    g_propagate_error (error, g_steal_pointer (&cause));
  if (file->encoding == NULL && file->text.encoding == NULL)
    return FALSE;
  if (file->encoding == NULL)
    file->encoding = g_strdup ("UTF-8");
  else if (strcmp (file->encoding, "UTF-8") == 0 || g_str_has_prefix (file->encoding, "UTF-16"))
    file->text = (SatVcardText){ "UTF-8", TRUE };
  else
    file->text = (SatVcardText){ file->encoding, FALSE };
  return TRUE;
}

SatNamedFile *
sat_named_file_open (const SatImportBytes *source,
                     SatFileKind kind,
                     const SatFileOptions *options,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (SatNamedFile) file = g_new0 (SatNamedFile, 1);

  file->source = source;
  file->kind = kind;
  sat_named_columns_init (&file->columns);
  if (options->sheet != NULL || options->delimiter != 0)
    {
      sat_fail (error, SAT_ERROR_INVALID,
                N_ ("this file is no table; it has no sheets and no delimiter to choose"), NULL);
      return NULL;
    }
  if (kind == SAT_FILE_VCARD && options->object != NULL &&
      !sat_vcard_fields_check (options->object, error))
    return NULL;
  sat_vcard_fields_init (&file->fields, options->object);
  if (!find_encoding (file, options->encoding, cancellable, error) ||
      !find_columns (file, cancellable, error))
    return NULL;
  return g_steal_pointer (&file);
}

void
sat_named_file_free (SatNamedFile *file)
{
  if (file == NULL)
    return;
  sat_named_columns_clear (&file->columns);
  g_free (file->encoding);
  g_free (file);
}

/* ---- reading ---- */

static gboolean
hand_over (const SatNamedRow *row, gpointer data, GError **error)
{
  Run *run = data;
  SatNamedFileRow out = { .row = row->row, .problem = row->problem };

  sat_named_columns_fill (&run->file->columns, row, run->values);
  out.values = (const char *const *) run->values->pdata;
  out.n = run->values->len;
  out.done = (guint64) g_seekable_tell (G_SEEKABLE (run->base));
  return run->func (&out, run->data, error);
}

gboolean
sat_named_file_read (SatNamedFile *file,
                     SatNamedFileFunc func,
                     gpointer data,
                     GCancellable *cancellable,
                     GError **error)
{
  Run run = { .file = file, .take = hand_over, .func = func, .data = data };

  return read_rows (&run, cancellable, error);
}

const char *
sat_named_file_encoding (const SatNamedFile *file)
{
  return file->encoding;
}

const SatNamedColumns *
sat_named_file_columns (const SatNamedFile *file)
{
  return &file->columns;
}
