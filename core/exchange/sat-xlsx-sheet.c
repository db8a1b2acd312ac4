/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of one sheet: <row r><c r s t><f/><v>..</v><is>..</is></c>...</row>. Rows and cells may
 * leave out where they stand; then they follow the one before. */
#include <string.h>

#include "core/base/sat-error.h"
#include "core/exchange/sat-xlsx-private.h"

#define ROWS_BETWEEN_LOOKS 500

typedef struct
{
  SatXlsx *xlsx;
  SatXlsxPart part;
  GPtrArray *values; /* owned texts of the row */
  GArray *faults;
  gboolean any_fault;
  guint64 row;
  guint column; /* of the cell being read */
  guint next;   /* column of a cell that does not say */
  char *type;   /* of the cell; NULL: a number */
  guint style;
  gboolean in_row, in_cell, in_text, in_phonetic, has_formula, has_value;
  GString *text;
  SatXlsxRowFunc func;
  gpointer data;
} Sheet;

static void
put_value (Sheet *sheet, char *value, SatXlsxFault fault)
{
  while (sheet->values->len <= sheet->column)
    {
      const guint8 good = SAT_XLSX_GOOD;

      g_ptr_array_add (sheet->values, g_strdup (""));
      g_array_append_val (sheet->faults, good);
    }
  g_free (g_ptr_array_index (sheet->values, sheet->column));
  g_ptr_array_index (sheet->values, sheet->column) = value;
  g_array_index (sheet->faults, guint8, sheet->column) = (guint8) fault;
  sheet->any_fault |= fault != SAT_XLSX_GOOD;
}

static char *
shared_string (const Sheet *sheet)
{
  char *end;
  guint64 index = g_ascii_strtoull (sheet->text->str, &end, 10);

  if (end == sheet->text->str || *end != '\0')
    return NULL;
  return g_strdup (sat_xlsx_string (sheet->xlsx, index));
}

static char *
number (const Sheet *sheet)
{
  const SatXlsxFormat plain = { SAT_XLSX_PLAIN, 0 };
  const SatXlsxFormat *format = sheet->style < sheet->xlsx->formats->len
                                    ? &g_array_index (sheet->xlsx->formats, SatXlsxFormat,
                                                      sheet->style)
                                    : &plain;

  return sat_xlsx_show_number (format, g_strstrip (sheet->text->str), sheet->xlsx->date1904);
}

/* What the cell shows; NULL if it cannot be read. */
static char *
cell_value (const Sheet *sheet)
{
  const char *type = sheet->type != NULL ? sheet->type : "n";

  if (strcmp (type, "s") == 0)
    return shared_string (sheet);
  if (strcmp (type, "n") == 0)
    return number (sheet);
  if (strcmp (type, "b") == 0)
    return g_strdup (strcmp (sheet->text->str, "1") == 0 ? "TRUE" : "FALSE");
  return sat_xlsx_unescape (sheet->text->str);
}

static gboolean
end_cell (Sheet *sheet, GError **error)
{
  gboolean is_error = g_strcmp0 (sheet->type, "e") == 0;
  char *value;

  sheet->in_cell = FALSE;
  if (!sheet->has_value || (sheet->text->len == 0 && g_strcmp0 (sheet->type, "s") != 0))
    {
      /* A formula that gave "" has a type; one that was never computed has nothing. */
      if (!sheet->has_formula || sheet->type != NULL)
        return TRUE;
      value = g_strdup ("=");
    }
  else
    value = cell_value (sheet);
  if (value == NULL)
    return sat_xlsx_fail_damaged (error);
  if (sheet->column >= SAT_XLSX_MAX_COLUMNS)
    {
      g_free (value);
      return sat_fail (error, SAT_ERROR_TOO_LONG,
                       N_ ("the sheet has more than 1000 columns; leave some out"), NULL);
    }
  put_value (sheet, value,
             is_error            ? SAT_XLSX_ERROR
             : !sheet->has_value ? SAT_XLSX_NO_VALUE
                                 : SAT_XLSX_GOOD);
  return TRUE;
}

static gboolean
begin_cell (Sheet *sheet, GError **error)
{
  g_autofree char *place = sat_xlsx_part_attribute (&sheet->part, "r");
  g_autofree char *style = sat_xlsx_part_attribute (&sheet->part, "s");
  guint64 row;

  sheet->column = sheet->next;
  if (place != NULL && !sat_xlsx_parse_place (place, &sheet->column, &row))
    return sat_xlsx_fail_damaged (error);
  sheet->next = sheet->column + 1;
  g_free (sheet->type);
  sheet->type = sat_xlsx_part_attribute (&sheet->part, "t");
  sheet->style = style != NULL ? (guint) g_ascii_strtoull (style, NULL, 10) : 0;
  sheet->in_cell = TRUE;
  sheet->has_formula = sheet->has_value = FALSE;
  g_string_truncate (sheet->text, 0);
  return TRUE;
}

static gboolean
begin_row (Sheet *sheet, GError **error)
{
  g_autofree char *number_text = sat_xlsx_part_attribute (&sheet->part, "r");
  guint64 number_given = number_text != NULL ? g_ascii_strtoull (number_text, NULL, 10)
                                             : sheet->row + 1;

  if (sheet->in_row || number_given <= sheet->row || number_given > 1048576)
    return sat_xlsx_fail_damaged (error);
  sheet->in_row = TRUE;
  sheet->row = number_given;
  sheet->next = 0;
  sheet->any_fault = FALSE;
  g_ptr_array_set_size (sheet->values, 0);
  g_array_set_size (sheet->faults, 0);
  return TRUE;
}

static gboolean
end_row (Sheet *sheet, GCancellable *cancellable, GError **error)
{
  SatXlsxRow row = { .row = sheet->row, .n = sheet->values->len };

  sheet->in_row = FALSE;
  if (sheet->row % ROWS_BETWEEN_LOOKS == 0 && g_cancellable_is_cancelled (cancellable))
    return sat_fail (error, SAT_ERROR_CANCELLED, N_ ("stopped; nothing was changed"), NULL);
  if (row.n == 0)
    return TRUE;
  if (sheet->part.size > 0)
    row.done = MIN (1.0, (double) sheet->part.read / (double) sheet->part.size);
  row.values = (const char *const *) sheet->values->pdata;
  row.faults = sheet->any_fault ? (const guint8 *) sheet->faults->data : NULL;
  return sheet->func (&row, sheet->data, error);
}

static gboolean
take_text (Sheet *sheet, const char *text, GError **error)
{
  if (!sheet->in_cell || !sheet->in_text || sheet->in_phonetic)
    return TRUE;
  g_string_append (sheet->text, text);
  return sheet->text->len <= SAT_XLSX_MAX_VALUE ||
         sat_fail (error, SAT_ERROR_TOO_LONG,
                   N_ ("a cell of the sheet is too long; at most 1 MiB can be read"), NULL);
}

static gboolean
take_begin (Sheet *sheet, GError **error)
{
  const SatXlsxPart *part = &sheet->part;

  if (sat_xlsx_part_begins (part, "row"))
    return begin_row (sheet, error);
  if (sat_xlsx_part_begins (part, "c"))
    return begin_cell (sheet, error);
  if (sat_xlsx_part_begins (part, "f"))
    sheet->has_formula = TRUE;
  else if (sat_xlsx_part_begins (part, "rPh"))
    sheet->in_phonetic = TRUE;
  else if (sat_xlsx_part_begins (part, "v") || sat_xlsx_part_begins (part, "t"))
    sheet->in_text = sheet->has_value = TRUE;
  return TRUE;
}

static gboolean
take_end (Sheet *sheet, GCancellable *cancellable, GError **error)
{
  const SatXlsxPart *part = &sheet->part;

  if (sat_xlsx_part_ends (part, "v") || sat_xlsx_part_ends (part, "t"))
    sheet->in_text = FALSE;
  else if (sat_xlsx_part_ends (part, "rPh"))
    sheet->in_phonetic = FALSE;
  else if (sat_xlsx_part_ends (part, "c"))
    return end_cell (sheet, error);
  else if (sat_xlsx_part_ends (part, "row"))
    return end_row (sheet, cancellable, error);
  return TRUE;
}

static gboolean
read_rows (Sheet *sheet, GCancellable *cancellable, GError **error)
{
  GError *problem = NULL;

  while (sat_xlsx_part_next (&sheet->part, &problem))
    {
      const char *text = sat_xlsx_part_text (&sheet->part);

      if (text != NULL ? !take_text (sheet, text, error)
                       : !take_begin (sheet, error) || !take_end (sheet, cancellable, error))
        return FALSE;
      if (sat_xlsx_part_ends (&sheet->part, "sheetData"))
        return TRUE;
    }
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, problem);
  return FALSE;
}

gboolean
sat_xlsx_read (SatXlsx *xlsx,
               guint sheet_number,
               SatXlsxRowFunc func,
               gpointer data,
               guint64 *at,
               GCancellable *cancellable,
               GError **error)
{
  Sheet sheet = { .xlsx = xlsx, .func = func, .data = data };
  gboolean ok;

  *at = 0;
  if (!sat_xlsx_read_strings (xlsx, error) ||
      !sat_xlsx_part_open (&sheet.part, xlsx->zip, g_ptr_array_index (xlsx->paths, sheet_number),
                           error))
    return FALSE;
  sheet.values = g_ptr_array_new_with_free_func (g_free);
  sheet.faults = g_array_new (FALSE, FALSE, 1);
  sheet.text = g_string_new (NULL);
  ok = read_rows (&sheet, cancellable, error);
  *at = ok ? 0 : MAX (sheet.row, 1);
  sat_xlsx_part_close (&sheet.part);
  g_ptr_array_unref (sheet.values);
  g_array_unref (sheet.faults);
  g_string_free (sheet.text, TRUE);
  g_free (sheet.type);
  return ok;
}
