/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The package of a workbook: where its parts are, its sheets, its number formats. */
#include "core/exchange/sat-xlsx.h"

#include <string.h>

#include "core/base/sat-error.h"
#include "core/exchange/sat-xlsx-private.h"

#define MOST_FORMATS 100000

/* ---- the archive ---- */

static zip_t *
open_zip (GFile *file, GBytes *bytes, GError **error)
{
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  zip_source_t *source = NULL;
  zip_t *zip = NULL;
  zip_error_t problem;

  zip_error_init (&problem);
  if (path != NULL)
    source = zip_source_file_create (path, 0, -1, &problem);
  else if (bytes != NULL)
    source = zip_source_buffer_create (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), 0,
                                       &problem);
  if (source != NULL)
    zip = zip_open_from_source (source, ZIP_RDONLY, &problem);
  if (zip == NULL && source != NULL)
    zip_source_free (source);
  zip_error_fini (&problem);
  if (zip == NULL)
    sat_xlsx_fail_damaged (error);
  return zip;
}

/* TARGET as a relation in a file of FOLDER names it, as a path in the archive. */
static char *
resolve (const char *folder, const char *target)
{
  g_autoptr (GPtrArray) steps = g_ptr_array_new ();
  g_autofree char *whole = *target == '/' ? g_strdup (target)
                                          : g_strconcat (folder, "/", target, NULL);
  g_auto (GStrv) words = g_strsplit_set (whole, "/\\", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (strcmp (words[i], "..") == 0)
        g_ptr_array_set_size (steps, steps->len > 0 ? (int) steps->len - 1 : 0);
      else if (*words[i] != '\0' && strcmp (words[i], ".") != 0)
        g_ptr_array_add (steps, words[i]);
    }
  g_ptr_array_add (steps, NULL);
  return g_strjoinv ("/", (char **) steps->pdata);
}

/* ---- relations: <Relationship Id Type Target/> ---- */

typedef void (*RelationFunc) (const char *id, const char *type, const char *target, gpointer data);

static gboolean
has_part (zip_t *zip, const char *path)
{
  return sat_xlsx_locate (zip, path) >= 0;
}

static gboolean
read_relations (zip_t *zip, const char *path, RelationFunc func, gpointer data, GError **error)
{
  GError *problem = NULL;
  SatXlsxPart part;

  if (!has_part (zip, path))
    return TRUE;
  if (!sat_xlsx_part_open (&part, zip, path, error))
    return FALSE;
  while (sat_xlsx_part_next (&part, &problem))
    if (sat_xlsx_part_begins (&part, "Relationship"))
      {
        g_autofree char *id = sat_xlsx_part_attribute (&part, "Id");
        g_autofree char *type = sat_xlsx_part_attribute (&part, "Type");
        g_autofree char *target = sat_xlsx_part_attribute (&part, "Target");

        if (id != NULL && type != NULL && target != NULL)
          func (id, type, target, data);
      }
  sat_xlsx_part_close (&part);
  if (problem != NULL)
    g_propagate_error (error, problem);
  return problem == NULL;
}

static void
on_root_relation (const char *id, const char *type, const char *target, gpointer data)
{
  char **workbook = data;

  if (g_str_has_suffix (type, "/officeDocument") && *workbook == NULL)
    *workbook = resolve ("", target);
}

typedef struct
{
  char *folder;       /* of the workbook */
  GHashTable *sheets; /* relation id -> path, worksheets only */
  char *strings;
  char *styles;
} Relations;

static void
on_relation (const char *id, const char *type, const char *target, gpointer data)
{
  Relations *relations = data;
  g_autofree char *path = resolve (relations->folder, target);

  if (g_str_has_suffix (type, "/worksheet"))
    g_hash_table_insert (relations->sheets, g_strdup (id), g_steal_pointer (&path));
  else if (g_str_has_suffix (type, "/sharedStrings") && relations->strings == NULL)
    relations->strings = g_steal_pointer (&path);
  else if (g_str_has_suffix (type, "/styles") && relations->styles == NULL)
    relations->styles = g_steal_pointer (&path);
}

static void
relations_clear (Relations *relations)
{
  g_free (relations->folder);
  g_free (relations->strings);
  g_free (relations->styles);
  g_hash_table_unref (relations->sheets);
}

/* ---- the workbook ---- */

static gboolean
is_true (const char *text)
{
  return text != NULL && (strcmp (text, "1") == 0 || g_ascii_strcasecmp (text, "true") == 0);
}

static gboolean
take_sheet (SatXlsx *xlsx, const SatXlsxPart *part, const Relations *relations, GError **error)
{
  g_autofree char *name = sat_xlsx_part_attribute (part, "name");
  g_autofree char *id = sat_xlsx_part_attribute (part, "id");
  const char *path = id != NULL ? g_hash_table_lookup (relations->sheets, id) : NULL;

  if (name == NULL || path == NULL)
    return TRUE;
  if (xlsx->names->len >= SAT_XLSX_MAX_SHEETS)
    return sat_xlsx_fail_damaged (error);
  g_ptr_array_add (xlsx->names, g_steal_pointer (&name));
  g_ptr_array_add (xlsx->paths, g_strdup (path));
  return TRUE;
}

static gboolean
read_workbook (SatXlsx *xlsx, const char *path, const Relations *relations, GError **error)
{
  GError *problem = NULL;
  SatXlsxPart part;

  if (!sat_xlsx_part_open (&part, xlsx->zip, path, error))
    return FALSE;
  while (problem == NULL && sat_xlsx_part_next (&part, &problem))
    {
      if (sat_xlsx_part_begins (&part, "workbookPr"))
        {
          g_autofree char *date1904 = sat_xlsx_part_attribute (&part, "date1904");

          xlsx->date1904 = is_true (date1904);
        }
      else if (sat_xlsx_part_begins (&part, "sheet"))
        take_sheet (xlsx, &part, relations, &problem);
    }
  sat_xlsx_part_close (&part);
  if (problem != NULL)
    g_propagate_error (error, problem);
  return problem == NULL;
}

/* ---- number formats: <numFmts><numFmt/></numFmts> ... <cellXfs><xf/></cellXfs> ---- */

static void
take_number_format (const SatXlsxPart *part, GHashTable *custom)
{
  g_autofree char *id = sat_xlsx_part_attribute (part, "numFmtId");
  g_autofree char *code = sat_xlsx_part_attribute (part, "formatCode");
  SatXlsxFormat format;

  if (id == NULL || code == NULL || g_hash_table_size (custom) >= MOST_FORMATS)
    return;
  format = sat_xlsx_parse_format (code);
  g_hash_table_insert (custom, g_steal_pointer (&id), g_memdup2 (&format, sizeof format));
}

static void
take_cell_style (SatXlsx *xlsx, const SatXlsxPart *part, GHashTable *custom)
{
  g_autofree char *id = sat_xlsx_part_attribute (part, "numFmtId");
  const SatXlsxFormat *known = id != NULL ? g_hash_table_lookup (custom, id) : NULL;
  SatXlsxFormat format = { SAT_XLSX_PLAIN, 0 };

  if (known != NULL)
    format = *known;
  else if (id != NULL)
    format = sat_xlsx_builtin_format ((guint) g_ascii_strtoull (id, NULL, 10));
  if (xlsx->formats->len < MOST_FORMATS)
    g_array_append_val (xlsx->formats, format);
}

static gboolean
read_styles (SatXlsx *xlsx, const char *path, GError **error)
{
  g_autoptr (GHashTable) custom = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  gboolean in_cells = FALSE;
  GError *problem = NULL;
  SatXlsxPart part;

  if (path == NULL || !has_part (xlsx->zip, path))
    return TRUE;
  if (!sat_xlsx_part_open (&part, xlsx->zip, path, error))
    return FALSE;
  while (sat_xlsx_part_next (&part, &problem))
    {
      if (sat_xlsx_part_begins (&part, "numFmt"))
        take_number_format (&part, custom);
      else if (sat_xlsx_part_begins (&part, "cellXfs"))
        in_cells = TRUE;
      else if (in_cells && sat_xlsx_part_begins (&part, "xf"))
        take_cell_style (xlsx, &part, custom);
      if (sat_xlsx_part_ends (&part, "cellXfs"))
        in_cells = FALSE;
    }
  sat_xlsx_part_close (&part);
  if (problem != NULL)
    g_propagate_error (error, problem);
  return problem == NULL;
}

/* ---- opening ---- */

static char *
relations_path (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);

  return g_strdup_printf ("%s/_rels/%s.rels", strcmp (folder, ".") == 0 ? "" : folder, name);
}

static gboolean
read_package (SatXlsx *xlsx, GError **error)
{
  g_autofree char *workbook = NULL;
  g_autofree char *rels = NULL;
  Relations relations = { 0 };
  gboolean ok;

  if (zip_get_num_entries (xlsx->zip, 0) > SAT_XLSX_MAX_ENTRIES)
    return sat_xlsx_fail_damaged (error);
  if (!read_relations (xlsx->zip, "_rels/.rels", on_root_relation, &workbook, error))
    return FALSE;
  if (workbook == NULL)
    workbook = g_strdup ("xl/workbook.xml");
  if (!has_part (xlsx->zip, workbook))
    return sat_fail (error, SAT_ERROR_INVALID,
                     N_ ("this archive is no workbook; save the table as XLSX or CSV"), NULL);
  relations.folder = g_path_get_dirname (workbook);
  relations.sheets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  rels = relations_path (workbook);
  ok = read_relations (xlsx->zip, rels[0] == '/' ? rels + 1 : rels, on_relation, &relations,
                       error) &&
       read_workbook (xlsx, workbook, &relations, error) &&
       read_styles (xlsx, relations.styles, error);
  if (relations.strings != NULL && has_part (xlsx->zip, relations.strings))
    xlsx->strings_path = g_steal_pointer (&relations.strings);
  relations_clear (&relations);
  if (ok && xlsx->names->len == 0)
    return sat_fail (error, SAT_ERROR_INVALID, N_ ("the workbook has no sheet with cells"), NULL);
  return ok;
}

SatXlsx *
sat_xlsx_open (GFile *file, GBytes *bytes, GError **error)
{
  g_autoptr (SatXlsx) xlsx = g_new0 (SatXlsx, 1);

  xlsx->names = g_ptr_array_new_with_free_func (g_free);
  xlsx->paths = g_ptr_array_new_with_free_func (g_free);
  xlsx->formats = g_array_new (FALSE, FALSE, sizeof (SatXlsxFormat));
  xlsx->strings = g_array_new (FALSE, FALSE, sizeof (gsize));
  xlsx->text = g_string_new (NULL);
  xlsx->bytes = bytes != NULL ? g_bytes_ref (bytes) : NULL;
  xlsx->zip = open_zip (file, bytes, error);
  if (xlsx->zip == NULL || !read_package (xlsx, error))
    return NULL;
  return g_steal_pointer (&xlsx);
}

void
sat_xlsx_free (SatXlsx *xlsx)
{
  if (xlsx == NULL)
    return;
  if (xlsx->zip != NULL)
    zip_discard (xlsx->zip);
  g_clear_pointer (&xlsx->bytes, g_bytes_unref);
  g_ptr_array_unref (xlsx->names);
  g_ptr_array_unref (xlsx->paths);
  g_array_unref (xlsx->formats);
  g_array_unref (xlsx->strings);
  g_string_free (xlsx->text, TRUE);
  g_free (xlsx->strings_path);
  g_free (xlsx);
}

guint
sat_xlsx_n_sheets (const SatXlsx *xlsx)
{
  return xlsx->names->len;
}

const char *
sat_xlsx_sheet_name (const SatXlsx *xlsx, guint sheet)
{
  return g_ptr_array_index (xlsx->names, sheet);
}
