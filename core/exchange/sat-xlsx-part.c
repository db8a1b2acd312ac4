/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One file of the archive, unpacked and parsed in a stream. What the archive says of sizes is
 * checked first, what really comes out is counted. */
#include <string.h>

#include "core/base/sat-error.h"
#include "core/exchange/sat-xlsx-private.h"

#define SMALL ((guint64) 16 * 1024 * 1024)

gboolean
sat_xlsx_fail_damaged (GError **error)
{
  return sat_fail (
      error, SAT_ERROR_INVALID,
      N_ ("the workbook is damaged; open it in a spreadsheet program and save it again"), NULL);
}

static gboolean
fail_too_large (GError **error)
{
  return sat_fail (error, SAT_ERROR_TOO_LONG,
                   N_ ("the workbook is too large, or made to look so; save it as CSV"), NULL);
}

static int
read_part (void *context, char *buffer, int length)
{
  SatXlsxPart *part = context;
  zip_int64_t n = zip_fread (part->file, buffer, (zip_uint64_t) length);

  if (n < 0)
    return -1;
  part->read += (guint64) n;
  return part->read > part->most ? -1 : (int) n;
}

static gboolean
check_size (SatXlsxPart *part, const zip_stat_t *stat, GError **error)
{
  if ((stat->valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat->encryption_method != ZIP_EM_NONE)
    return sat_fail (error, SAT_ERROR_INVALID,
                     N_ ("the file is protected with a password; open it in a spreadsheet program "
                         "and save it without one"),
                     NULL);
  part->size = (stat->valid & ZIP_STAT_SIZE) != 0 ? stat->size : 0;
  part->most = SAT_XLSX_MAX_PART;
  if ((stat->valid & ZIP_STAT_COMP_SIZE) != 0)
    part->most = MIN (part->most, MAX (SMALL, stat->comp_size * SAT_XLSX_MAX_RATIO));
  return part->size <= part->most || fail_too_large (error);
}

/* Some programs write the paths of Windows into the archive. */
zip_int64_t
sat_xlsx_locate (zip_t *zip, const char *path)
{
  const zip_flags_t flags = ZIP_FL_NOCASE | ZIP_FL_ENC_GUESS;
  zip_int64_t index = zip_name_locate (zip, path, flags);
  g_autofree char *windows = NULL;

  if (index >= 0)
    return index;
  windows = g_strdelimit (g_strdup (path), "/", '\\');
  return zip_name_locate (zip, windows, flags);
}

gboolean
sat_xlsx_part_open (SatXlsxPart *part, zip_t *zip, const char *path, GError **error)
{
  zip_int64_t index = sat_xlsx_locate (zip, path);
  zip_stat_t stat;

  memset (part, 0, sizeof *part);
  if (index < 0 || zip_stat_index (zip, (zip_uint64_t) index, 0, &stat) != 0)
    return sat_xlsx_fail_damaged (error);
  if (!check_size (part, &stat, error))
    return FALSE;
  part->file = zip_fopen_index (zip, (zip_uint64_t) index, 0);
  if (part->file == NULL)
    return sat_xlsx_fail_damaged (error);
  part->xml = xmlReaderForIO (read_part, NULL, part, NULL, NULL,
                              XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                                  XML_PARSE_NOCDATA | XML_PARSE_COMPACT);
  if (part->xml != NULL)
    return TRUE;
  sat_xlsx_part_close (part);
  return sat_xlsx_fail_damaged (error);
}

void
sat_xlsx_part_close (SatXlsxPart *part)
{
  g_clear_pointer (&part->xml, xmlFreeTextReader);
  if (part->file != NULL)
    zip_fclose (part->file);
  part->file = NULL;
}

gboolean
sat_xlsx_part_next (SatXlsxPart *part, GError **error)
{
  int more = xmlTextReaderRead (part->xml);

  if (more == 0)
    return FALSE;
  if (more < 0)
    return part->read > part->most ? fail_too_large (error) : sat_xlsx_fail_damaged (error);
  /* No workbook has a document type, and its entities could be endless. */
  if (xmlTextReaderNodeType (part->xml) == XML_READER_TYPE_DOCUMENT_TYPE)
    return sat_xlsx_fail_damaged (error);
  return TRUE;
}

static gboolean
is_called (const SatXlsxPart *part, const char *name)
{
  const char *local = (const char *) xmlTextReaderConstLocalName (part->xml);

  return local != NULL && strcmp (local, name) == 0;
}

gboolean
sat_xlsx_part_begins (const SatXlsxPart *part, const char *name)
{
  return xmlTextReaderNodeType (part->xml) == XML_READER_TYPE_ELEMENT && is_called (part, name);
}

gboolean
sat_xlsx_part_ends (const SatXlsxPart *part, const char *name)
{
  int type = xmlTextReaderNodeType (part->xml);

  if (type == XML_READER_TYPE_ELEMENT && !xmlTextReaderIsEmptyElement (part->xml))
    return FALSE;
  return (type == XML_READER_TYPE_ELEMENT || type == XML_READER_TYPE_END_ELEMENT) &&
         is_called (part, name);
}

char *
sat_xlsx_part_attribute (const SatXlsxPart *part, const char *name)
{
  char *found = NULL;

  for (int more = xmlTextReaderMoveToFirstAttribute (part->xml); more == 1 && found == NULL;
       more = xmlTextReaderMoveToNextAttribute (part->xml))
    if (is_called (part, name))
      found = g_strdup ((const char *) xmlTextReaderConstValue (part->xml));
  xmlTextReaderMoveToElement (part->xml);
  return found;
}

const char *
sat_xlsx_part_text (const SatXlsxPart *part)
{
  int type = xmlTextReaderNodeType (part->xml);

  if (type != XML_READER_TYPE_TEXT && type != XML_READER_TYPE_CDATA &&
      type != XML_READER_TYPE_SIGNIFICANT_WHITESPACE && type != XML_READER_TYPE_WHITESPACE)
    return NULL;
  return (const char *) xmlTextReaderConstValue (part->xml);
}

/* ---- shared strings ---- */

static gboolean
take_string (SatXlsx *xlsx, const GString *raw, GError **error)
{
  g_autofree char *text = sat_xlsx_unescape (raw->str);
  gsize start = xlsx->text->len;

  if (raw->len > SAT_XLSX_MAX_VALUE || start + raw->len > SAT_XLSX_MAX_STRINGS)
    return fail_too_large (error);
  g_array_append_val (xlsx->strings, start);
  g_string_append_len (xlsx->text, text, (gssize) strlen (text) + 1);
  return TRUE;
}

/* <si> holds <t>, or several <r> with one each; <rPh> tells how to pronounce it. */
static gboolean
read_string_items (SatXlsx *xlsx, SatXlsxPart *part, GError **error)
{
  g_autoptr (GString) item = g_string_new (NULL);
  gboolean in_text = FALSE, in_phonetic = FALSE;
  GError *problem = NULL;

  while (sat_xlsx_part_next (part, &problem))
    {
      const char *text = sat_xlsx_part_text (part);

      if (text != NULL && in_text && !in_phonetic && item->len <= SAT_XLSX_MAX_VALUE)
        g_string_append (item, text);
      if (sat_xlsx_part_begins (part, "si"))
        g_string_truncate (item, 0);
      if (sat_xlsx_part_begins (part, "rPh"))
        in_phonetic = TRUE;
      if (sat_xlsx_part_begins (part, "t"))
        in_text = TRUE;
      if (sat_xlsx_part_ends (part, "t"))
        in_text = FALSE;
      if (sat_xlsx_part_ends (part, "rPh"))
        in_phonetic = FALSE;
      if (sat_xlsx_part_ends (part, "si") && !take_string (xlsx, item, error))
        return FALSE;
    }
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, problem);
  return FALSE;
}

gboolean
sat_xlsx_read_strings (SatXlsx *xlsx, GError **error)
{
  SatXlsxPart part;
  gboolean ok;

  if (xlsx->strings_read || xlsx->strings_path == NULL)
    return TRUE;
  if (!sat_xlsx_part_open (&part, xlsx->zip, xlsx->strings_path, error))
    return FALSE;
  ok = read_string_items (xlsx, &part, error);
  sat_xlsx_part_close (&part);
  xlsx->strings_read = ok;
  return ok;
}

const char *
sat_xlsx_string (const SatXlsx *xlsx, guint64 index)
{
  if (index >= xlsx->strings->len)
    return NULL;
  return xlsx->text->str + g_array_index (xlsx->strings, gsize, index);
}
