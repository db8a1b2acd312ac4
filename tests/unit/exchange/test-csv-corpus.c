/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Holds the reader against collections of CSV files with the parsed values beside them
 * (csv-test-data, csv-spectrum), and against real exports. Run only where the files are. */
#include "csv-rows.h"

#include <json-glib/json-glib.h>
#include <string.h>

static gboolean
collect_values (const SatCsvRow *row, gpointer data, GError **error)
{
  char **copy = g_new0 (char *, row->n + 1);

  for (guint i = 0; i < row->n; i++)
    copy[i] = g_strdup (row->values[i]);
  g_ptr_array_add (data, copy);
  return TRUE;
}

static GPtrArray *
read_file (const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, error);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);

  g_assert_nonnull (stream);
  if (!sat_csv_read (G_INPUT_STREAM (stream), NULL, collect_values, rows, NULL, NULL, error))
    return NULL;
  return g_steal_pointer (&rows);
}

static const char *
data_dir (void)
{
  return g_getenv ("SATCHEL_TEST_DATA");
}

/* A row of the JSON is an array of values, or an object by column name. */
static void
compare_row (char **row, char **header, JsonNode *expected)
{
  guint n = g_strv_length (row);

  if (JSON_NODE_HOLDS_ARRAY (expected))
    {
      JsonArray *values = json_node_get_array (expected);

      g_assert_cmpuint (json_array_get_length (values), ==, n);
      for (guint i = 0; i < n; i++)
        g_assert_cmpstr (json_array_get_string_element (values, i), ==, row[i]);
      return;
    }
  g_assert_cmpuint (json_object_get_size (json_node_get_object (expected)), ==, n);
  for (guint i = 0; i < n; i++)
    g_assert_cmpstr (json_object_get_string_member (json_node_get_object (expected), header[i]), ==,
                     row[i]);
}

static void
compare_file (const char *csv, const char *json, gboolean header_apart)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = read_file (csv, &error);
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonArray *expected;
  guint skip = header_apart ? 1 : 0;

  g_assert_no_error (error);
  g_assert_true (json_parser_load_from_file (parser, json, &error));
  expected = json_node_get_array (json_parser_get_root (parser));
  g_assert_cmpuint (rows->len, ==, json_array_get_length (expected) + skip);
  for (guint i = skip; i < rows->len; i++)
    compare_row (g_ptr_array_index (rows, i), g_ptr_array_index (rows, 0),
                 json_array_get_element (expected, i - skip));
}

static void
test_spectrum (void)
{
  g_autofree char *folder = g_build_filename (data_dir (), "csv-spectrum", "csvs", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *stem = g_strndup (name, strlen (name) - strlen (".csv"));
      g_autofree char *csv = g_build_filename (folder, name, NULL);
      g_autofree char *json = g_strdup_printf ("%s/csv-spectrum/json/%s.json", data_dir (), stem);

      compare_file (csv, json, TRUE);
      n++;
    }
  g_assert_cmpuint (n, ==, 11);
}

/* Files with "bad-" are refused; the two about the header's words are about an agreement that the
 * reader knows nothing of. */
static void
test_csv_test_data (void)
{
  g_autofree char *folder = g_build_filename (data_dir (), "csv-test-data", "csv", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint good = 0;
  guint bad = 0;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *stem = g_strndup (name, strlen (name) - strlen (".csv"));
      g_autofree char *csv = g_build_filename (folder, name, NULL);
      g_autofree char *json = g_strdup_printf ("%s/csv-test-data/json/%s.json", data_dir (), stem);

      if (g_str_equal (stem, "bad-header-no-header") ||
          g_str_equal (stem, "bad-header-wrong-header"))
        continue;
      if (g_str_has_prefix (stem, "bad-"))
        {
          g_autoptr (GError) error = NULL;

          g_assert_null (read_file (csv, &error));
          g_assert_error (error, SAT_ERROR, SAT_ERROR_INVALID);
          bad++;
          continue;
        }
      compare_file (csv, json, g_str_has_prefix (stem, "header-"));
      good++;
    }
  g_assert_cmpuint (good, ==, 18);
  g_assert_cmpuint (bad, ==, 5);
}

static void
test_real_files (void)
{
  static const struct
  {
    const char *path;
    guint rows;
    guint columns;
  } cases[] = {
    { "northwind/customers.csv", 93 + 1, 11 },
    { "maven-crm/accounts.csv", 85 + 1, 7 },
    { "chinese-names/person-names.txt", 255355, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_build_filename (data_dir (), cases[i].path, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) rows = read_file (path, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (rows->len, ==, cases[i].rows);
      g_assert_cmpuint (g_strv_length (g_ptr_array_index (rows, 0)), ==, cases[i].columns);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/csv-corpus/spectrum", test_spectrum);
  g_test_add_func ("/exchange/csv-corpus/csv-test-data", test_csv_test_data);
  g_test_add_func ("/exchange/csv-corpus/real-files", test_real_files);
  return g_test_run ();
}
