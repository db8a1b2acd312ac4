/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One writer with a branch a format. Text goes through GFile's replace, which writes beside the
 * file and renames; libxlsxwriter writes to a file of its own, renamed by us. */
#include "core/exchange/sat-export.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "core/base/sat-error.h"
#include "core/exchange/sat-csv-writer.h"
#include "core/exchange/sat-vcard-writer.h"
#include "core/exchange/sat-xlsx-value.h"

#define EXACT_DIGITS 15

struct _SatExport
{
  SatExportOptions options;
  GPtrArray *fields; /* SatField, borrowed */
  char *path;
  char *part; /* where it is until it is complete */
  SatVcardFields card_fields;
  GOutputStream *text; /* takes UTF-8; NULL: a workbook */
  lxw_workbook *workbook;
  lxw_worksheet *sheet;
  lxw_format *date;
  lxw_row_t row;
};

static gboolean
is_on_cards (const SatObject *object)
{
  return sat_vcard_fields_check (object, NULL);
}

static const SatExportKind kinds[] = {
  { SAT_EXPORT_XLSX, "xlsx", ".xlsx", N_ ("Excel workbook"), FALSE, NULL },
  { SAT_EXPORT_CSV, "csv", ".csv", N_ ("Text with commas (CSV)"), TRUE, NULL },
  { SAT_EXPORT_JSON_LINES, "jsonl", ".jsonl .ndjson", N_ ("JSON, one record a line"), FALSE, NULL },
  { SAT_EXPORT_VCARD, "vcf", ".vcf .vcard", N_ ("Address cards (vCard)"), FALSE, is_on_cards },
};

const SatExportKind *
sat_export_kinds (guint *n)
{
  *n = G_N_ELEMENTS (kinds);
  return kinds;
}

gboolean
sat_export_format_of (const char *path, SatExportFormat *out)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_auto (GStrv) endings = g_strsplit (kinds[i].endings, " ", -1);

      for (guint j = 0; endings[j] != NULL; j++)
        if (g_str_has_suffix (lower, endings[j]))
          {
            *out = kinds[i].format;
            return TRUE;
          }
    }
  return FALSE;
}

/* ---- formulas that are none ---- */

static gboolean
is_formula (const char *value)
{
  value += strspn (value, "'");
  return *value != '\0' && strchr ("=+-@\t\r", *value) != NULL;
}

char *
sat_export_guard (const char *value)
{
  return is_formula (value) ? g_strconcat ("'", value, NULL) : NULL;
}

const char *
sat_export_unguard (const char *value)
{
  return *value == '\'' && is_formula (value) ? value + 1 : value;
}

static gboolean
is_number (const SatField *field)
{
  SatTypeId type = field->type->id;

  return type == SAT_TYPE_INTEGER || type == SAT_TYPE_DECIMAL || type == SAT_TYPE_PERCENT;
}

/* ---- values ---- */

static const char *
word_of (const SatField *field, const char *choice)
{
  return sat_type_choice_word (field->type, &field->options, choice);
}

/* What stands in the file for VALUE of FIELD; NULL for nothing. */
static char *
text_of (const SatExport *export, const SatField *field, const char *value)
{
  if (value == NULL)
    return NULL;
  if (field->type->id == SAT_TYPE_REFERENCE && export->options.name != NULL)
    return export->options.name (field, value, export->options.name_data);
  if (field->type->id == SAT_TYPE_CHOICE)
    return g_strdup (word_of (field, value));
  if (field->type->id != SAT_TYPE_TAGS)
    return g_strdup (value);
  g_auto (GStrv) elements = sat_tags_split (value);
  g_autoptr (GString) tags = g_string_new (NULL);
  for (guint i = 0; elements[i] != NULL; i++)
    g_string_append_printf (tags, "%s%s", i > 0 ? ", " : "", word_of (field, elements[i]));
  return g_string_free (g_steal_pointer (&tags), FALSE);
}

static gboolean
fail_writing (const SatExport *export, const char *why, GError **error)
{
  return sat_fail (error, SAT_ERROR_FAILED, N_ ("cannot write the file “%s”: %s"), export->path,
                   why, NULL);
}

static gboolean
write_text (SatExport *export, const char *text, gsize length, GError **error)
{
  g_autoptr (GError) cause = NULL;

  if (g_output_stream_write_all (export->text, text, length, NULL, NULL, &cause))
    return TRUE;
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_INVALID_DATA))
    return sat_fail (error, SAT_ERROR_INVALID,
                     N_ ("a value has characters that %s cannot hold; export in UTF-8"),
                     export->options.encoding, NULL);
  return fail_writing (export, cause->message, error);
}

/* ---- CSV ---- */

static gboolean
add_csv (SatExport *export, const SatRecord *record, GError **error)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) line = g_string_new (NULL);
  char id[SAT_ID_TEXT_SIZE];

  g_ptr_array_add (cells, g_strdup (sat_id_format (sat_record_id (record), id)));
  for (guint i = 0; i < export->fields->len; i++)
    {
      const SatField *field = g_ptr_array_index (export->fields, i);
      g_autofree char *text = text_of (export, field, sat_record_get (record, field));
      char *guarded = text != NULL && !is_number (field) ? sat_export_guard (text) : NULL;

      g_ptr_array_add (cells, guarded != NULL ? guarded : g_steal_pointer (&text));
    }
  sat_csv_append_row (line, (const char *const *) cells->pdata, cells->len);
  return write_text (export, line->str, line->len, error);
}

static gboolean
begin_csv (SatExport *export, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GString) line = g_string_new (NULL);

  g_ptr_array_add (names, (gpointer) "id");
  for (guint i = 0; i < export->fields->len; i++)
    g_ptr_array_add (names, (gpointer) sat_field_word (export->fields->pdata[i]));
  if (export->options.bom && export->options.encoding == NULL)
    g_string_append (line, "\xef\xbb\xbf");
  sat_csv_append_row (line, (const char *const *) names->pdata, names->len);
  return write_text (export, line->str, line->len, error);
}

/* ---- JSON lines ---- */

static void
add_json_value (JsonObject *object,
                const SatField *field,
                const char *name,
                const char *text,
                const char *value)
{
  if (value == NULL)
    json_object_set_null_member (object, name);
  else if (field->type->id == SAT_TYPE_INTEGER)
    json_object_set_int_member (object, name, g_ascii_strtoll (value, NULL, 10));
  else if (field->type->id == SAT_TYPE_YES_NO)
    json_object_set_boolean_member (object, name, *value == 'y');
  else if (field->type->id == SAT_TYPE_TAGS)
    {
      JsonArray *array = json_array_new ();
      g_auto (GStrv) elements = sat_tags_split (value);

      for (guint i = 0; elements[i] != NULL; i++)
        json_array_add_string_element (array, word_of (field, elements[i]));
      json_object_set_array_member (object, name, array);
    }
  else
    json_object_set_string_member (object, name, text);
}

static gboolean
add_json (SatExport *export, const SatRecord *record, GError **error)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  g_autofree char *line = NULL;
  char id[SAT_ID_TEXT_SIZE];

  json_node_take_object (node, object);
  json_object_set_string_member (object, "id", sat_id_format (sat_record_id (record), id));
  for (guint i = 0; i < export->fields->len; i++)
    {
      const SatField *field = g_ptr_array_index (export->fields, i);
      const char *value = sat_record_get (record, field);
      g_autofree char *text = text_of (export, field, value);

      add_json_value (object, field, sat_field_word (field), text, value);
    }
  line = json_to_string (node, FALSE);
  return write_text (export, line, strlen (line), error) && write_text (export, "\n", 1, error);
}

/* ---- vCard ---- */

/* A card has its name, whatever fields are asked for. */
static gboolean
add_vcard (SatExport *export, const SatRecord *record, GError **error)
{
  const SatObject *object = export->options.object;
  const char *name = sat_record_get (record, object->title);
  g_autoptr (GPtrArray) by_field = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) card = g_string_new (NULL);
  char id[SAT_ID_TEXT_SIZE];

  g_ptr_array_set_size (by_field, (int) object->n_fields);
  for (guint i = 0; i < export->fields->len; i++)
    {
      const SatField *field = g_ptr_array_index (export->fields, i);

      if (field->derived != NULL) /* cards say what people wrote */
        continue;
      g_free (by_field->pdata[field->index]);
      by_field->pdata[field->index] = text_of (export, field, sat_record_get (record, field));
    }
  sat_vcard_write (card, export->options.vcard_3 ? SAT_VCARD_3_0 : SAT_VCARD_4_0,
                   &export->card_fields, sat_id_format (sat_record_id (record), id),
                   name != NULL ? name : "", (const char *const *) by_field->pdata);
  return write_text (export, card->str, card->len, error);
}

/* ---- XLSX ---- */

static gboolean
fail_cell (const SatExport *export, const SatField *field, lxw_error code, GError **error)
{
  if (code == LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED)
    return sat_fail (
        error, SAT_ERROR_TOO_LONG,
        N_ ("a value of “%s” is too long for a workbook (32,767 characters); export as "
            "CSV"),
        field != NULL ? sat_field_word (field) : "id", NULL);
  if (code == LXW_ERROR_WORKSHEET_INDEX_OUT_OF_RANGE)
    return sat_fail (error, SAT_ERROR_TOO_LONG,
                     N_ ("a sheet has room for 1,048,575 records; export as CSV"), NULL);
  return fail_writing (export, lxw_strerror (code), error);
}

static gboolean
is_exact (const char *number)
{
  guint digits = 0;

  for (const char *p = number; *p != '\0'; p++)
    digits += g_ascii_isdigit (*p);
  return digits <= EXACT_DIGITS;
}

/* TEXT is a stored date, YYYY-MM-DD. */
static lxw_datetime
moment_of (const char *text)
{
  return (lxw_datetime){ .year = (int) g_ascii_strtoull (text, NULL, 10),
                         .month = (int) g_ascii_strtoull (text + 5, NULL, 10),
                         .day = (int) g_ascii_strtoull (text + 8, NULL, 10) };
}

static lxw_error
put_cell (SatExport *export, const SatField *field, lxw_col_t column, const char *text)
{
  if (is_number (field) && is_exact (text))
    return worksheet_write_number (export->sheet, export->row, column, g_ascii_strtod (text, NULL),
                                   NULL);
  /* Excel knows no day before March 1900 that others agree on. */
  if (field->type->id == SAT_TYPE_DATE && strlen (text) == strlen ("1900-03-01") &&
      strcmp (text, "1900-03-01") >= 0)
    {
      lxw_datetime moment = moment_of (text);

      return worksheet_write_datetime (export->sheet, export->row, column, &moment, export->date);
    }
  g_autofree char *escaped = sat_xlsx_escape (text);
  return worksheet_write_string (export->sheet, export->row, column, escaped, NULL);
}

static gboolean
add_xlsx (SatExport *export, const SatRecord *record, GError **error)
{
  char id[SAT_ID_TEXT_SIZE];
  lxw_error code;

  export->row++;
  code = worksheet_write_string (export->sheet, export->row, 0,
                                 sat_id_format (sat_record_id (record), id), NULL);
  if (code != LXW_NO_ERROR)
    return fail_cell (export, NULL, code, error);
  for (guint i = 0; i < export->fields->len; i++)
    {
      const SatField *field = g_ptr_array_index (export->fields, i);
      g_autofree char *text = text_of (export, field, sat_record_get (record, field));

      if (text == NULL)
        continue;
      code = put_cell (export, field, (lxw_col_t) (i + 1), text);
      if (code != LXW_NO_ERROR)
        return fail_cell (export, field, code, error);
    }
  return TRUE;
}

static gboolean
open_xlsx (SatExport *export, GError **error)
{
  lxw_workbook_options options = { .constant_memory = LXW_TRUE };

  export->workbook = workbook_new_opt (export->part, &options);
  export->sheet = export->workbook != NULL ? workbook_add_worksheet (export->workbook, NULL) : NULL;
  if (export->sheet == NULL)
    return fail_writing (export, g_strerror (ENOMEM), error);
  export->date = workbook_add_format (export->workbook);
  format_set_num_format (export->date, "yyyy-mm-dd");
  worksheet_write_string (export->sheet, 0, 0, "id", NULL);
  for (guint i = 0; i < export->fields->len; i++)
    worksheet_write_string (export->sheet, 0, (lxw_col_t) (i + 1),
                            sat_field_word (export->fields->pdata[i]), NULL);
  return TRUE;
}

static gboolean
finish_xlsx (SatExport *export, GError **error)
{
  lxw_error code = workbook_close (g_steal_pointer (&export->workbook));

  if (code != LXW_NO_ERROR)
    return fail_writing (export, lxw_strerror (code), error);
  return TRUE;
}

/* ---- any format ---- */

static gboolean
open_part (SatExport *export, GError **error)
{
  int file;

  export->part = g_strconcat (export->path, ".XXXXXX", NULL);
  file = g_mkstemp_full (export->part, O_RDWR | O_CLOEXEC, 0666);
  if (file >= 0)
    {
      close (file);
      return TRUE;
    }
  g_clear_pointer (&export->part, g_free);
  return fail_writing (export, g_strerror (errno), error);
}

static gboolean
open_text (SatExport *export, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (export->part);
  g_autoptr (GError) cause = NULL;

  export->text = G_OUTPUT_STREAM (g_file_append_to (file, G_FILE_CREATE_NONE, NULL, &cause));
  if (export->text == NULL)
    return fail_writing (export, cause->message, error);
  if (export->options.encoding != NULL)
    {
      g_autoptr (GOutputStream) base = g_steal_pointer (&export->text);
      g_autoptr (GCharsetConverter) converter = g_charset_converter_new (export->options.encoding,
                                                                         "UTF-8", &cause);

      if (converter == NULL)
        return fail_writing (export, cause->message, error);
      export->text = g_converter_output_stream_new (base, G_CONVERTER (converter));
    }
  return export->options.format != SAT_EXPORT_CSV || begin_csv (export, error);
}

static gboolean
is_picture (const SatField *field)
{
  return field->type->id == SAT_TYPE_PICTURE;
}

const SatField *const *
sat_export_fields (const SatExport *export, guint *n)
{
  *n = export->fields->len;
  return (const SatField *const *) export->fields->pdata;
}

/* Spreadsheets have no use for base64, but a file of texts takes what is asked for. */
static gboolean
choose_fields (SatExport *export, GError **error)
{
  const SatExportOptions *options = &export->options;
  const SatObject *object = options->object;
  gboolean sheet = options->format == SAT_EXPORT_CSV || options->format == SAT_EXPORT_XLSX;

  for (guint i = 0; options->fields != NULL && i < options->n_fields; i++)
    {
      const SatField *field = options->fields[i];

      if (!sat_access_exports (options->access, field))
        return sat_fail (error, SAT_ERROR_REFUSED,
                         N_ ("%s: your role “%s” may not export this; leave it out"),
                         sat_field_word (field), sat_access_role (options->access), NULL);
      if (is_picture (field) && options->format == SAT_EXPORT_XLSX)
        return sat_fail (error, SAT_ERROR_INVALID,
                         N_ ("a workbook cannot hold the pictures of “%s”, since a cell has room "
                             "for 32,767 characters; leave that column out, or export as CSV"),
                         sat_field_word (field), NULL);
      g_ptr_array_add (export->fields, (gpointer) field);
    }
  for (guint i = 0; options->fields == NULL && i < object->n_fields; i++)
    if ((!object->fields[i]->hidden || object->fields[i]->off) &&
        !(sheet && is_picture (object->fields[i])) &&
        sat_access_exports (options->access, object->fields[i]))
      g_ptr_array_add (export->fields, (gpointer) object->fields[i]);
  return TRUE;
}

SatExport *
sat_export_open (const char *path, const SatExportOptions *options, GError **error)
{
  g_autoptr (SatExport) export = g_new0 (SatExport, 1);
  const SatObject *object = options->object;

  export->options = *options;
  export->path = g_strdup (path);
  export->fields = g_ptr_array_new ();
  if (!choose_fields (export, error))
    return NULL;
  sat_vcard_fields_init (&export->card_fields, object);
  if (options->format == SAT_EXPORT_VCARD && !sat_vcard_fields_check (object, error))
    return NULL;
  if (open_part (export, error) &&
      (options->format == SAT_EXPORT_XLSX ? open_xlsx (export, error) : open_text (export, error)))
    return g_steal_pointer (&export);
  return NULL;
}

gboolean
sat_export_add (SatExport *export, const SatRecord *record, GError **error)
{
  switch (export->options.format)
    {
    case SAT_EXPORT_XLSX:
      return add_xlsx (export, record, error);
    case SAT_EXPORT_JSON_LINES:
      return add_json (export, record, error);
    case SAT_EXPORT_VCARD:
      return add_vcard (export, record, error);
    case SAT_EXPORT_CSV:
    default:
      return add_csv (export, record, error);
    }
}

gboolean
sat_export_finish (SatExport *export, GError **error)
{
  g_autoptr (GError) cause = NULL;

  if (export->options.format == SAT_EXPORT_XLSX && !finish_xlsx (export, error))
    return FALSE;
  if (export->text != NULL && !g_output_stream_close (export->text, NULL, &cause))
    return fail_writing (export, cause->message, error);
  if (g_rename (export->part, export->path) != 0)
    return fail_writing (export, g_strerror (errno), error);
  g_clear_pointer (&export->part, g_free);
  return TRUE;
}

void
sat_export_free (SatExport *export)
{
  if (export == NULL)
    return;
  g_clear_object (&export->text);
  if (export->workbook != NULL)
    workbook_close (export->workbook);
  if (export->part != NULL)
    g_unlink (export->part);
  g_ptr_array_unref (export->fields);
  g_free (export->part);
  g_free (export->path);
  g_free (export);
}
