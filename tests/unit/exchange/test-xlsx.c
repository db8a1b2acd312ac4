/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Workbooks made here part by part: what is read of them, and what is refused. */
#include "core/exchange/sat-xlsx.h"

#include <string.h>
#include <zip.h>

#include "core/base/sat-error.h"

#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define RELATION "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

static const char workbook[] =
    "<workbook xmlns=\"" MAIN "\" xmlns:r=\"" RELATION "\"><workbookPr/><sheets>"
    "<sheet name=\"One\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>";
static const char relations[] = "<Relationships xmlns=\"x\">"
                                "<Relationship Id=\"rId1\" Type=\"" RELATION
                                "/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
                                "<Relationship Id=\"rId2\" Type=\"" RELATION
                                "/sharedStrings\" Target=\"/xl/s.xml\"/>"
                                "<Relationship Id=\"rId3\" Type=\"" RELATION
                                "/styles\" Target=\"styles.xml\"/>"
                                "</Relationships>";
static const char strings[] = "<sst xmlns=\"" MAIN "\"><si><t>plain</t></si>"
                              "<si><r><t>ri</t></r><r><t xml:space=\"preserve\">ch "
                              "</t></r><rPh><t>no</t></rPh></si><si/></sst>";
static const char styles[] = "<styleSheet xmlns=\"" MAIN
                             "\"><numFmts><numFmt numFmtId=\"200\" formatCode=\"yyyy-mm-dd\"/>"
                             "</numFmts><cellStyleXfs><xf numFmtId=\"9\"/></cellStyleXfs>"
                             "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"200\"/><xf "
                             "numFmtId=\"9\"/></cellXfs></styleSheet>";

static void
add (zip_t *zip, const char *path, const char *text)
{
  zip_source_t *source = zip_source_buffer (zip, text, strlen (text), 0);

  g_assert_cmpint ((int) zip_file_add (zip, path, source, ZIP_FL_OVERWRITE), >=, 0);
}

/* A workbook whose only sheet is SHEET; NULL parts are left out. */
static GBytes *
make (const char *book, const char *sheet)
{
  zip_source_t *source = zip_source_buffer_create (NULL, 0, 0, NULL);
  zip_t *zip = zip_open_from_source (source, ZIP_TRUNCATE, NULL);
  zip_stat_t stat;
  guint8 *bytes;

  zip_source_keep (source);
  if (book != NULL)
    add (zip, "xl/workbook.xml", book);
  add (zip, "xl/_rels/workbook.xml.rels", relations);
  add (zip, "xl/s.xml", strings);
  add (zip, "xl/styles.xml", styles);
  if (sheet != NULL)
    add (zip, "xl/worksheets/sheet1.xml", sheet);
  g_assert_cmpint (zip_close (zip), ==, 0);
  g_assert_cmpint (zip_source_stat (source, &stat), ==, 0);
  bytes = g_malloc (stat.size);
  g_assert_cmpint (zip_source_open (source), ==, 0);
  g_assert_cmpint ((int) zip_source_read (source, bytes, stat.size), ==, (int) stat.size);
  zip_source_close (source);
  zip_source_free (source);
  return g_bytes_new_take (bytes, stat.size);
}

static gboolean
collect (const SatXlsxRow *row, gpointer data, GError **error)
{
  GString *out = data;

  g_string_append_printf (out, "%" G_GUINT64_FORMAT, row->row);
  for (guint i = 0; i < row->n; i++)
    g_string_append_printf (out, "[%s]%s", row->values[i],
                            row->faults != NULL && row->faults[i] ? "!" : "");
  g_string_append_c (out, '\n');
  return TRUE;
}

static char *
read_bytes (GBytes *bytes, GError **error)
{
  g_autoptr (SatXlsx) xlsx = sat_xlsx_open (NULL, bytes, error);
  g_autoptr (GString) out = g_string_new (NULL);
  guint64 at;

  if (xlsx == NULL || !sat_xlsx_read (xlsx, 0, collect, out, &at, NULL, error))
    return NULL;
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static char *
read_sheet (const char *rows, GError **error)
{
  g_autofree char *sheet = g_strdup_printf (
      "<worksheet xmlns=\"" MAIN "\"><sheetData>%s</sheetData></worksheet>", rows);
  g_autoptr (GBytes) bytes = make (workbook, sheet);

  return read_bytes (bytes, error);
}

static void
test_cells (void)
{
  static const struct
  {
    const char *rows;
    const char *shown;
  } cases[] = {
    { "", "" },
    { "<row r=\"1\"/>", "" },
    { "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>0</v></c><c r=\"C2\" t=\"s\"><v>1</v></c></row>",
      "2[plain][][rich ]\n" },
    { "<row><c><v>1</v></c><c><v>2.5</v></c></row><row><c><v>3</v></c></row>",
      "1[1][2.5]\n2[3]\n" },
    { "<row><c s=\"1\"><v>42798</v></c><c s=\"2\"><v>0.5</v></c><c s=\"99\"><v>1</v></c></row>",
      "1[2017-03-04][50%][1]\n" },
    { "<row><c t=\"inlineStr\"><is><r><t>in</t></r><r><t>line</t></r><rPh><t>x</t></rPh></is></c>"
      "<c t=\"str\"><f>A1</f><v>a_x000D_b</v></c><c t=\"b\"><v>1</v></c></row>",
      "1[inline][a\rb][TRUE]\n" },
    { "<row><c t=\"e\"><v>#N/A</v></c><c><f>A1</f></c><c t=\"str\"><f>A1</f><v></v></c></row>",
      "1[#N/A]![=]!\n" },
    { "<row><c t=\"d\"><v>2021-01-01</v></c><c r=\"XFD1\" s=\"1\"/></row>", "1[2021-01-01]\n" },
    { "<row><c t=\"s\"><v>2</v></c><c t=\"str\"><v>&amp;&#x4e2d;</v></c></row>", "1[][&中]\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *shown = read_sheet (cases[i].rows, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (shown, ==, cases[i].shown);
    }
}

static void
test_damaged (void)
{
  static const char *const rows[] = {
    "<row><c t=\"s\"><v>3</v></c></row>",
    "<row><c t=\"s\"><v>-1</v></c></row>",
    "<row><c t=\"s\"><v>x</v></c></row>",
    "<row><c><v>twelve</v></c></row>",
    "<row><c r=\"!\"><v>1</v></c></row>",
    "<row r=\"5\"/><row r=\"5\"/>",
    "<row r=\"9999999\"/>",
    "<row><c><v>1</v></c><row><c><v>2</v></c></row></row>",
    "<row><c>",
    "<row><c><v>&nothing;</v></c></row>",
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (read_sheet (rows[i], &error));
      g_assert_error (error, SAT_ERROR, SAT_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, "damaged"));
    }
}

static void
assert_refused (GBytes *bytes, SatErrorCode code, const char *says)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *rows = read_bytes (bytes, &error);

  g_assert_null (rows);
  g_assert_error (error, SAT_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, says));
}

static void
test_refused (void)
{
  g_autoptr (GBytes) no_book = make (NULL, "<worksheet/>");
  g_autoptr (GBytes) no_sheets = make ("<workbook/>", NULL);
  g_autoptr (GBytes) no_part = make (workbook, NULL);
  g_autoptr (GBytes) entity = make (
      workbook,
      "<!DOCTYPE w [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><worksheet>&b;</worksheet>");
  g_autoptr (GBytes) nonsense = g_bytes_new ("PK\3\4 and so on", 14);
  g_autoptr (GString) bomb = g_string_new ("<worksheet><sheetData>");
  g_autoptr (GBytes) bomb_bytes = NULL;

  assert_refused (no_book, SAT_ERROR_INVALID, "no workbook");
  assert_refused (no_sheets, SAT_ERROR_INVALID, "no sheet");
  assert_refused (no_part, SAT_ERROR_INVALID, "damaged");
  assert_refused (entity, SAT_ERROR_INVALID, "damaged");
  assert_refused (nonsense, SAT_ERROR_INVALID, "damaged");
  for (guint i = 0; i < 17 * 1024; i++)
    g_string_append_printf (bomb, "%1024s", " ");
  bomb_bytes = make (workbook, bomb->str);
  g_assert_cmpuint (g_bytes_get_size (bomb_bytes), <, 100 * 1024);
  assert_refused (bomb_bytes, SAT_ERROR_TOO_LONG, "too large");
}

static void
test_limits (void)
{
  g_autoptr (GString) wide = g_string_new ("<row>");
  g_autoptr (GString) tall = g_string_new ("<row><c t=\"str\"><v>");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i <= SAT_XLSX_MAX_COLUMNS; i++)
    g_string_append (wide, "<c><v>1</v></c>");
  g_string_append (wide, "</row>");
  g_assert_null (read_sheet (wide->str, &error));
  g_assert_error (error, SAT_ERROR, SAT_ERROR_TOO_LONG);
  g_clear_error (&error);
  for (guint i = 0; i <= SAT_XLSX_MAX_VALUE / 16; i++)
    g_string_append (tall, "0123456789abcdef");
  g_string_append (tall, "</v></c></row>");
  g_assert_null (read_sheet (tall->str, &error));
  g_assert_error (error, SAT_ERROR, SAT_ERROR_TOO_LONG);
}

/* A workbook cut off or changed anywhere: no crash, and an error or rows. */
static void
test_mutilated (void)
{
  g_autoptr (GBytes) whole = make (
      workbook, "<worksheet><sheetData><row><c t=\"s\"><v>1</v></c></row></sheetData></worksheet>");
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  gsize size;
  const guint8 *data = g_bytes_get_data (whole, &size);

  for (guint i = 0; i < 2000; i++)
    {
      g_autofree guint8 *copy = g_memdup2 (data, size);
      gsize length = i % 2 == 0 ? size : (gsize) g_rand_int_range (rand, 0, (int) size);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = NULL;
      g_autofree char *rows = NULL;

      for (guint j = 0; i % 2 == 0 && j < 3; j++)
        copy[g_rand_int_range (rand, 0, (int) size)] ^= (guint8) (1 << (i % 8));
      bytes = g_bytes_new (copy, length);
      rows = read_bytes (bytes, &error);
      g_assert_true ((rows == NULL) == (error != NULL));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/xlsx/cells", test_cells);
  g_test_add_func ("/exchange/xlsx/damaged", test_damaged);
  g_test_add_func ("/exchange/xlsx/refused", test_refused);
  g_test_add_func ("/exchange/xlsx/limits", test_limits);
  g_test_add_func ("/exchange/xlsx/mutilated", test_mutilated);
  return g_test_run ();
}
