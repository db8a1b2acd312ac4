/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a part of a workbook that is sound otherwise (a random change of the archive itself
 * rarely gets past its checksums): the first byte says which part, the rest is its XML. */
#include <string.h>
#include <zip.h>

#include "core/base/sat-error.h"
#include "core/exchange/sat-xlsx.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

#define RELATION "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define N_PARTS 5

static const char *const paths[N_PARTS] = { "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml",
                                            "xl/styles.xml", "xl/workbook.xml",
                                            "xl/_rels/workbook.xml.rels" };
static const char *const texts[N_PARTS] = {
  "<worksheet><sheetData><row><c t=\"s\"><v>0</v></c><c s=\"0\"><v>42798.5</v></c></row>"
  "</sheetData></worksheet>",
  "<sst><si><t>one</t></si></sst>",
  "<styleSheet><cellXfs><xf numFmtId=\"22\"/></cellXfs></styleSheet>",
  "<workbook><sheets><sheet name=\"S\" id=\"r1\"/></sheets></workbook>",
  "<Relationships><Relationship Id=\"r1\" Type=\"" RELATION
  "/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"" RELATION
  "/sharedStrings\" Target=\"sharedStrings.xml\"/><Relationship Id=\"r3\" Type=\"" RELATION
  "/styles\" Target=\"styles.xml\"/></Relationships>",
};

static GBytes *
make_workbook (guint part, const guint8 *data, gsize size)
{
  zip_source_t *archive = zip_source_buffer_create (NULL, 0, 0, NULL);
  zip_t *zip = zip_open_from_source (archive, ZIP_TRUNCATE, NULL);
  zip_stat_t stat;
  guint8 *bytes;

  zip_source_keep (archive);
  for (guint i = 0; i < N_PARTS; i++)
    {
      zip_source_t *source = i == part ? zip_source_buffer (zip, data, size, 0)
                                       : zip_source_buffer (zip, texts[i], strlen (texts[i]), 0);

      zip_file_add (zip, paths[i], source, 0);
      zip_set_file_compression (zip, i, ZIP_CM_STORE, 0);
    }
  g_assert_cmpint (zip_close (zip), ==, 0);
  zip_source_stat (archive, &stat);
  bytes = g_malloc (stat.size);
  zip_source_open (archive);
  zip_source_read (archive, bytes, stat.size);
  zip_source_close (archive);
  zip_source_free (archive);
  return g_bytes_new_take (bytes, stat.size);
}

static gboolean
on_row (const SatXlsxRow *row, gpointer data, GError **error)
{
  guint64 *last = data;

  g_assert_cmpuint (row->row, >, *last);
  *last = row->row;
  g_assert_cmpuint (row->n, <=, SAT_XLSX_MAX_COLUMNS);
  for (guint i = 0; i < row->n; i++)
    g_assert_true (g_utf8_validate (row->values[i], -1, NULL));
  return TRUE;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SatXlsx) xlsx = NULL;
  guint64 last = 0, at;

  if (size == 0)
    return 0;
  bytes = make_workbook (data[0] % N_PARTS, data + 1, size - 1);
  xlsx = sat_xlsx_open (NULL, bytes, &error);
  g_assert_true ((xlsx == NULL) == (error != NULL));
  if (xlsx != NULL && !sat_xlsx_read (xlsx, 0, on_row, &last, &at, NULL, &error))
    g_assert_nonnull (error);
  return 0;
}
