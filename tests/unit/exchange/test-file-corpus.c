/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Collections of real files (csvkit, calamine's workbooks, cards): each opens, or is refused with a
 * reason that was expected. Run only where the files are. */
#include <string.h>

#include "core/base/sat-error.h"
#include "core/exchange/sat-import-file.h"

typedef struct
{
  guint rows;
  guint problems;
  guint faults;
  guint max; /* rows that are kept as text */
  GString *text;
} Seen;

static gboolean
on_row (const SatImportRow *row, gpointer data, GError **error)
{
  Seen *seen = data;

  g_assert_cmpuint (row->row, >, 0);
  seen->problems += row->problem != NULL;
  for (guint i = 0; i < row->n; i++)
    {
      g_assert_true (g_utf8_validate (row->values[i], -1, NULL));
      seen->faults += row->faulty != NULL && row->faulty[i] != SAT_IMPORT_GOOD;
      if (seen->rows < seen->max)
        g_string_append_printf (seen->text, "[%s]", row->values[i]);
    }
  if (seen->rows++ < seen->max)
    g_string_append_c (seen->text, '\n');
  return TRUE;
}

static SatImportFile *
open_file (const char *folder, const char *name, const SatFileOptions *options, GError **error)
{
  const SatFileOptions none = { 0 };
  g_autofree char *path = g_build_filename (g_getenv ("SATCHEL_TEST_DATA"), folder, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  return sat_import_file_open (file, options != NULL ? options : &none, NULL, error);
}

/* "" for what is good to the end. */
static char *
outcome (const char *folder, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SatImportFile) file = open_file (folder, name, NULL, &error);
  Seen seen = { 0 };

  if (file == NULL || !sat_import_file_read (file, on_row, &seen, NULL, NULL, &error))
    {
      g_assert_nonnull (error);
      g_assert_true (error->domain == SAT_ERROR);
      return g_strdup (error->message);
    }
  return g_strdup (seen.problems > 0 ? "ragged" : "");
}

typedef struct
{
  const char *name;
  const char *says; /* in its error; "ragged": rows that cannot be taken */
} Expected;

static void
check_folder (const char *folder, const Expected *expected, guint n_expected, guint n_files)
{
  g_autofree char *path = g_build_filename (g_getenv ("SATCHEL_TEST_DATA"), folder, NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  guint n = 0;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *message = outcome (folder, name);
      const char *says = "";

      for (guint i = 0; i < n_expected; i++)
        if (g_str_equal (expected[i].name, name))
          says = expected[i].says;
      if (*says == '\0' ? *message != '\0' : strstr (message, says) == NULL)
        {
          g_test_message ("%s/%s: “%s”, not “%s”", folder, name, message, says);
          g_test_fail ();
        }
      n++;
    }
  g_assert_cmpuint (n, ==, n_files);
}

static void
test_xlsx (void)
{
  static const Expected expected[] = {
    { "pass_protected.xlsx", "password" },
    { "issue252.xlsx", "damaged" }, /* the checksum of a part is wrong */
    /* Titles above the table: wider rows follow. */
    { "formula.issue.xlsx", "ragged" },
    { "issue_530.xlsx", "ragged" },
    { "issue_261.xlsx", "ragged" },
    { "issue_261_fixed_by_excel.xlsx", "ragged" },
    { "minimal_package.xlsx", "ragged" },
    { "header-row.xlsx", "ragged" },
    { "LICENSE-MIT.md", "not quoted" },
  };

  check_folder ("xlsx", expected, G_N_ELEMENTS (expected), 45);
}

static void
test_csvkit (void)
{
  static const Expected expected[] = {
    { "dummy.csv.bz2", "compressed" },
    { "dummy.csv.gz", "compressed" },
    { "dummy.xls", ".xls" },
    { "sheets.xls", ".xls" },
    { "COPYING", "not quoted" },
    { "testjson.json", "JSON lines" },
    { "testjson_nested.json", "JSON lines" },
    { "test_geojson.json", "line 1 is no JSON object" },
    { "test_join_short_rows.csv", "ragged" },
    { "join_a_short.csv", "ragged" },
    { "sheetsxlsx_converted.csv", "ragged" },
    { "bad.csv", "ragged" },
    { "bad_skip_lines.csv", "ragged" },
    { "test_extra_header.csv", "ragged" },
    { "testfixed", "ragged" },
    /* A column with values and no name. */
    { "test.xlsx", "ragged" },
    { "test_skip_lines.xlsx", "ragged" },
  };

  check_folder ("csvkit", expected, G_N_ELEMENTS (expected), 57);
}

static gboolean
on_card (const SatImportRow *row, gpointer data, GError **error)
{
  GString *out = data;

  /* The title of a contact stands in the first column that cards fill. */
  g_string_append_printf (out, "%s%s|", row->problem != NULL ? "!" : "", row->values[0]);
  return TRUE;
}

/* Cards of Android, BlackBerry, Evolution, Gmail, Mac, Outlook and the RFCs. */
static void
test_vcard (void)
{
  static const struct
  {
    const char *name;
    const char *titles; /* of its cards; ! before one that cannot be taken */
  } cases[] = {
    /* The last one has half a character in its ORG. */
    { "John_Doe_ANDROID.vcf",
      "john.doe@company.com|jane.doe@company.com|Ñ Ñ Ñ Ñ Ñ|Ñ Ñ Ñ Ñ Ñ Ñ Ñ Ñ Ñ Ñ Ñ|Ñ Ñ Ñ Ñ|!ÑÑÑÑ|" },
    { "John_Doe_BLACK_BERRY.vcf", "John Doe|" },
    { "John_Doe_EVOLUTION.vcf", "Mr. John Richter, James Doe Sr.|" },
    { "John_Doe_GMAIL.vcf", "Mr. John Richter, James Doe Sr.|" },
    { "John_Doe_MAC_ADDRESS_BOOK.vcf", "Mr. John Richter,James Doe Sr.|" },
    { "John_Doe_MS_OUTLOOK.vcf", "Mr. John Richter James Doe Sr.|" },
    { "fullcontact.vcf", "Prefix FirstName MiddleName LastName Suffix|" },
    { "gmail-list.vcf", "Arnold Smith|Chris Beatle|Doug White|" },
    { "gmail-single.vcf", "Greg Dartmouth|" },
    { "issue114.vcf", "Dummy, Dummy|" },
    { "outlook-2003.vcf", "John Doe III|" },
    { "rfc2426-example.vcf", "Frank Dawson|Tim Howes|" },
    { "rfc6350-example.vcf", "Simon Perreault|" },
  };
  g_autoptr (SatCatalogue) catalogue = sat_catalogue_default (NULL);
  const SatFileOptions options = { .object = sat_catalogue_find (catalogue, "contact") };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SatImportFile) file = open_file ("vcard", cases[i].name, &options, &error);
      g_autoptr (GString) titles = g_string_new (NULL);

      g_assert_no_error (error);
      g_assert_cmpint (sat_import_file_kind (file), ==, SAT_FILE_VCARD);
      g_assert_cmpstr (sat_import_file_columns (file)[0], ==, "name");
      g_assert_true (sat_import_file_read (file, on_card, titles, NULL, NULL, &error));
      g_assert_cmpstr (titles->str, ==, cases[i].titles);
    }
}

/* What other readers of the same files were found to read. */
static void
test_cells (void)
{
  static const struct
  {
    const char *name;
    const char *sheet;
    const char *rows; /* the first ones */
  } cases[] = {
    { "xlsx/date_1904.xlsx", NULL, "[2021-01-01][15]\n[2021-01-02][16]\n" },
    { "xlsx/date_iso.xlsx", NULL, "[2021-01-01]\n[2021-01-01T10:10:10]\n[10:10:10]\n" },
    { "xlsx/richtext-after-plain.xlsx", NULL,
      "[abcd][abcd][abcd][abcd]\n[tvalrval1rval2][rval1rval2][rval1rval2][rval1rval2]\n" },
    { "xlsx/rph.xlsx", NULL, "[課きく　毛こ]\n" },
    { "xlsx/temperature.xlsx", NULL, "[label][value]\n[celsius][22.2222]\n[fahrenheit][72]\n" },
    { "xlsx/merge_cells.xlsx", NULL,
      "[Row Merge][][Not Merged]\n[Column Merge][Chunk Merged][]\n" },
    { "xlsx/has_x000D_.xlsx", NULL, "[ABC\r\nDEF]\n" },
    { "xlsx/encoded_entities.xlsx", NULL, "[&]\n" },
    { "xlsx/nonstandard-xml-ns-prefix.xlsx", NULL, "[a][b]\n" },
    { "csvkit/test.xlsx", NULL,
      "[text][date][integer][boolean][float][datetime][empty_column]\n"
      "[Chicago Reader][1971-01-01][40][TRUE][1][1971-01-01 04:14:00][]\n"
      "[Chicago Sun-Times][1948-01-01][63][TRUE][1.27][1948-01-01 14:57:13][]\n"
      "[Chicago Tribune][1920-01-01][164][FALSE][41800000.01][1920-01-01][]\n" },
    { "csvkit/test_utf16_big.csv", NULL, "[a][b][c]\n[1][2][3]\n[4][5][ʤ]\n" },
    { "csvkit/test_latin1.csv", NULL, "[a][b][c]\n[1][2][3]\n[4][5][©]\n" },
    { "csvkit/mac_newlines.csv", NULL, "[a][b][c]\n[1][2][3]\n[Once upon\ra time][5][6]\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const SatFileOptions options = { .sheet = cases[i].sheet, .no_header = TRUE };
      g_autoptr (GError) error = NULL;
      g_autoptr (SatImportFile) file = open_file (".", cases[i].name, &options, &error);
      g_autoptr (GString) text = g_string_new (NULL);
      Seen seen = { .text = text };

      g_assert_no_error (error);
      seen.max = 10;
      g_assert_true (sat_import_file_read (file, on_row, &seen, NULL, NULL, &error));
      if (!g_str_has_prefix (text->str, cases[i].rows))
        {
          g_test_message ("%s: %s", cases[i].name, text->str);
          g_test_fail ();
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/file-corpus/xlsx", test_xlsx);
  g_test_add_func ("/exchange/file-corpus/csvkit", test_csvkit);
  g_test_add_func ("/exchange/file-corpus/vcard", test_vcard);
  g_test_add_func ("/exchange/file-corpus/cells", test_cells);
  return g_test_run ();
}
