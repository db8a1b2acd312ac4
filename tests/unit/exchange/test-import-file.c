/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is found of a file, and its rows. */
#include <string.h>

#include "core/base/sat-error.h"
#include "core/exchange/sat-import-file.h"

static SatImportFile *
open_text (const char *text, gsize length, const SatFileOptions *given, GError **error)
{
  const SatFileOptions none = { 0 };
  g_autoptr (GBytes) bytes = g_bytes_new (text, length > 0 ? length : strlen (text));

  return sat_import_file_open_bytes (bytes, given != NULL ? given : &none, error);
}

static gboolean
collect (const SatImportRow *row, gpointer data, GError **error)
{
  GString *out = data;

  g_string_append_printf (out, "%" G_GUINT64_FORMAT, row->row);
  if (row->problem != NULL)
    g_string_append_printf (out, "!%u", row->problem_column);
  for (guint i = 0; i < row->n; i++)
    g_string_append_printf (out, "[%s]", row->values[i]);
  g_string_append_c (out, '\n');
  return TRUE;
}

static char *
rows_of (SatImportFile *file)
{
  GString *out = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (sat_import_file_read (file, collect, out, NULL, NULL, &error));
  g_assert_no_error (error);
  return g_string_free (out, FALSE);
}

static void
assert_strv (const char *const *strv, const char *joined)
{
  g_autofree char *text = g_strjoinv ("|", (char **) strv);

  g_assert_cmpstr (text, ==, joined);
}

static void
test_found (void)
{
  const char *text = "\n Name ;City;;\nOne;\xc9\xcf\xba\xa3;;\n;;;\nTwo;Bonn;;\nThree\nFour;x;y;\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (SatImportFile) file = open_text (text, 0, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (sat_import_file_kind (file), ==, SAT_FILE_CSV);
  g_assert_cmpstr (sat_import_file_encoding (file), ==, "GB18030");
  g_assert_cmpint (sat_import_file_delimiter (file), ==, ';');
  g_assert_cmpuint (sat_import_file_size (file), ==, strlen (text));
  g_assert_cmpuint (sat_import_file_n_columns (file), ==, 2);
  assert_strv (sat_import_file_columns (file), "Name|City");
  assert_strv (sat_import_file_samples (file, 0), "One|Two|Three|Four");
  assert_strv (sat_import_file_samples (file, 1), "上海|Bonn|x");
  /* Twice the same: a file can be read as often as one likes. */
  for (int i = 0; i < 2; i++)
    {
      g_autofree char *rows = rows_of (file);

      g_assert_cmpstr (rows, ==, "3[One][上海]\n5[Two][Bonn]\n6!1[Three][]\n7!2[Four][x]\n");
    }
}

static void
test_options (void)
{
  const SatFileOptions no_header = { .no_header = TRUE };
  const SatFileOptions said = { .encoding = "latin-1", .delimiter = ',' };
  g_autoptr (SatImportFile) plain = open_text ("a,b\n1,\n", 0, &no_header, NULL);
  g_autoptr (SatImportFile) latin = open_text ("a;b,c\n\xc9\xcf;2,3\n", 0, &said, NULL);
  g_autofree char *rows = rows_of (plain);
  g_autofree char *other = rows_of (latin);

  assert_strv (sat_import_file_columns (plain), "1|2");
  g_assert_cmpstr (rows, ==, "1[a][b]\n2[1][]\n");
  assert_strv (sat_import_file_columns (latin), "a;b|c");
  g_assert_cmpstr (other, ==, "2[ÉÏ;2][3]\n");
}

static void
test_utf16 (void)
{
  gsize length;
  g_autofree char *bytes = g_convert ("名,b\r\n1,2\r\n", -1, "UTF-16", "UTF-8", NULL, &length,
                                      NULL);
  g_autoptr (SatImportFile) file = open_text (bytes, length, NULL, NULL);
  g_autofree char *rows = rows_of (file);

  assert_strv (sat_import_file_columns (file), "名|b");
  g_assert_cmpstr (rows, ==, "2[1][2]\n");
}

/* A row is a card, whose columns are called as the fields; what has none is spare. */
static void
test_cards (void)
{
  const char *text = "BEGIN:VCARD\nVERSION:3.0\nTEL:1\nEND:VCARD\n"
                     "BEGIN:VCARD\nVERSION:3.0\nX-A:2\nTEL:3\njunk\nEND:VCARD\n";
  gsize length;
  g_autofree char *utf16 = g_convert (text, -1, "UTF-16", "UTF-8", NULL, &length, NULL);
  g_autoptr (SatCatalogue) catalogue = sat_catalogue_default (NULL);
  SatFileOptions options = { .object = sat_catalogue_find (catalogue, "contact"),
                             .no_header = TRUE };

  for (int wide = 0; wide < 2; wide++)
    {
      g_autoptr (SatImportFile) file = open_text (wide ? utf16 : text, wide ? length : 0, &options,
                                                  NULL);
      g_autofree char *rows = rows_of (file);
      g_autofree char *again = rows_of (file);

      g_assert_cmpint (sat_import_file_kind (file), ==, SAT_FILE_VCARD);
      g_assert_cmpstr (sat_import_file_kind_name (file), ==, "vcard");
      g_assert_cmpstr (sat_import_file_encoding (file), ==, wide ? "UTF-16LE" : "UTF-8");
      assert_strv (sat_import_file_columns (file), "name|phone|X-A");
      assert_strv (sat_import_file_samples (file, 1), "1|3");
      g_assert_false (sat_import_file_is_spare (file, 1));
      g_assert_true (sat_import_file_is_spare (file, 2));
      g_assert_cmpstr (rows, ==, "1[1][1][]\n2!3[3][3][2]\n");
      g_assert_cmpstr (rows, ==, again);
    }
}

/* Names of any line are columns; an empty object is no row. */
static void
test_json (void)
{
  g_autoptr (SatImportFile) file = open_text (
      "{\"a\":1,\"b\":[\"x\",\"y\"]}\n{}\n{\"c\":\"'=1\",\"a\":null}\n{\"a\":{}}\n", 0, NULL, NULL);
  g_autofree char *rows = rows_of (file);

  g_assert_cmpint (sat_import_file_kind (file), ==, SAT_FILE_JSON_LINES);
  g_assert_cmpstr (sat_import_file_kind_name (file), ==, "jsonl");
  assert_strv (sat_import_file_columns (file), "a|b|c");
  assert_strv (sat_import_file_samples (file, 1), "x, y");
  g_assert_false (sat_import_file_is_spare (file, 0));
  g_assert_cmpstr (rows, ==, "1[1][x, y][]\n3[][]['=1]\n4!3[][][]\n");
}

/* The encoding is the person's to say where neither card nor file tells it. */
static void
test_card_encoding (void)
{
  const char *text = "BEGIN:VCARD\nFN:\xe9t\xe9\nEND:VCARD\n"
                     "BEGIN:VCARD\nFN;CHARSET=GBK:\xc9\xcf\xba\xa3\nEND:VCARD\n";
  SatFileOptions options = { 0 };
  g_autoptr (SatImportFile) unknown = open_text (text, 0, &options, NULL);
  g_autofree char *bad = rows_of (unknown);
  g_autoptr (SatImportFile) known = NULL;
  g_autofree char *good = NULL;

  options.encoding = "latin-1";
  known = open_text (text, 0, &options, NULL);
  good = rows_of (known);
  g_assert_cmpstr (bad, ==, "1!1[]\n2[上海]\n");
  g_assert_cmpstr (good, ==, "1[été]\n2[上海]\n");
}

static void
assert_refused (const char *text, gsize length, const SatFileOptions *options, const char *says)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (open_text (text, length, options, &error));
  g_assert_error (error, SAT_ERROR, SAT_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, says));
}

static void
test_refused (void)
{
  static const char container[] = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0"
                                  "a\0c\0k\0a\0g\0e\0";
  const SatFileOptions klingon = { .encoding = "klingon" };
  const SatFileOptions sheet = { .sheet = "2" };

  assert_refused (container, sizeof container, NULL, "password");
  assert_refused (container, 12, NULL, ".xls");
  assert_refused ("\x1f\x8b\x08\x01", 0, NULL, "compressed");
  assert_refused ("%PDF-1.4\n", 0, NULL, "not a text file");
  assert_refused ("\x7f"
                  "ELF\x01\xff\x02",
                  0, NULL, "not a text file");
  assert_refused ("a\n", 0, &klingon, "klingon");
  assert_refused ("a\n", 0, &sheet, "no sheets");
  assert_refused ("BEGIN:VCARD\nEND:VCARD\n", 0, &sheet, "no sheets");
  assert_refused ("{\n\"a\":1\n}\n", 0, NULL, "line 1 is no JSON object");
  assert_refused ("BEGIN:VCARD\nEND:VCARD\njunk\n", 0, NULL, "line 3");
}

static void
test_damage (void)
{
  g_autoptr (SatImportFile) file = open_text ("a,b\n1,\"2\n", 0, NULL, NULL);
  g_autoptr (SatImportFile) empty = open_text ("\n \n", 0, NULL, NULL);
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  SatImportPlace place;

  g_assert_nonnull (file);
  g_assert_false (sat_import_file_read (file, collect, out, &place, NULL, &error));
  g_assert_error (error, SAT_ERROR, SAT_ERROR_INVALID);
  g_assert_cmpuint (place.row, ==, 2);
  g_assert_cmpuint (place.column, ==, 2);
  g_assert_cmpuint (sat_import_file_n_columns (empty), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/import-file/found", test_found);
  g_test_add_func ("/exchange/import-file/options", test_options);
  g_test_add_func ("/exchange/import-file/utf16", test_utf16);
  g_test_add_func ("/exchange/import-file/cards", test_cards);
  g_test_add_func ("/exchange/import-file/json", test_json);
  g_test_add_func ("/exchange/import-file/card-encoding", test_card_encoding);
  g_test_add_func ("/exchange/import-file/refused", test_refused);
  g_test_add_func ("/exchange/import-file/damage", test_damage);
  return g_test_run ();
}
