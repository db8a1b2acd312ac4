/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is exported imports again to equal values: random records with a field of every type, in
 * every format. And no half files. */
#include "core/exchange/sat-export.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "core/base/sat-error.h"
#include "core/exchange/sat-import.h"
#include "tests/support/temp-dir.h"

#define RECORDS 300

static const char xml[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<object name=\"thing\" title=\"name\">"
    "<label>Thing</label><plural>Things</plural>"
    "<field name=\"name\" type=\"text\"><label>Name</label></field>"
    "<field name=\"notes\" type=\"long-text\"><label>Notes</label></field>"
    "<field name=\"n\" type=\"integer\"><label>N</label></field>"
    "<field name=\"weight\" type=\"decimal\"><label>Weight</label></field>"
    "<field name=\"share\" type=\"percent\"><label>Share</label></field>"
    "<field name=\"price\" type=\"money\"><label>Price</label></field>"
    "<field name=\"day\" type=\"date\"><label>Day</label></field>"
    "<field name=\"at\" type=\"time\"><label>At</label></field>"
    "<field name=\"ok\" type=\"yes-no\"><label>OK</label></field>"
    "<field name=\"kind\" type=\"choice\"><label>Kind</label>"
    "<choice name=\"big\"><label>Big</label></choice>"
    "<choice name=\"small\"><label>Small</label></choice></field>"
    "<field name=\"tags\" type=\"tags\" policy=\"union\"><label>Tags</label></field>"
    "<field name=\"parent\" type=\"reference\" reference=\"thing\"><label>Parent</label></field>"
    "<field name=\"phone\" type=\"phone\"><label>Phone</label></field>"
    "<field name=\"mail\" type=\"email\"><label>Mail</label></field>"
    "<field name=\"site\" type=\"web\"><label>Site</label></field>"
    "<field name=\"place\" type=\"address\"><label>Place</label></field>"
    "</object>\n";

typedef struct
{
  SatCatalogue *catalogue;
  const SatObject *object;
  char *dir;
  GPtrArray *records;
  guint next; /* record that the import should see next */
} Fixture;

/* Texts that quoting, formulas, spreadsheets and XML could get wrong. */
static const char *const texts[] = {
  "plain",       "上海宏达", "=1+1",     "+49 30",   "-",     "@SUM(A1)",  "'=x",
  "''@",         "'quoted'", "a,b;c|d",  "\"q\"",    "00123", "1e5",       "TRUE",
  "2026-01-02",  "_x000D_",  "_x005F_x", "<b>&amp;", "#N/A",  "12/1/2026", "'",
  "ends with '", "😀 emoji",  "1,234.50", "\"\"",     "nan",
};
static const char *const lines[] = { "one\ntwo", "\"a\"\n=b", "=a\n\nb", "x\n,\n;" };

static const char *
value_of (GRand *rand, const SatField *field)
{
  static const char *const numbers[] = {
    "0", "-5", "9223372036854775807", "42", "123456789012345", "1234567890123456"
  };
  static const char *const decimals[] = { "0.1", "-1234.5678", "922337203685477.5807",
                                          "25",  "0.0001",     "99999999999.9999" };
  static const char *const money[] = { "1234.50 CNY", "-5.00 EUR", "0.0001 USD",
                                       "922337203685477.58 CNY" };
  static const char *const days[] = { "2026-11-21", "0001-01-01", "9999-12-31",
                                      "1900-02-28", "1900-03-01", "1899-12-31" };
  static const char *const moments[] = { "2026-11-21T08:00:00Z", "1970-01-01T00:00:00Z" };
  static const char *const tags[] = { "a\nb", "=c", "vip", "x y\n上海" };

#define PICK(list) list[g_rand_int_range (rand, 0, G_N_ELEMENTS (list))]
  switch (field->type->id)
    {
    case SAT_TYPE_INTEGER:
      return PICK (numbers);
    case SAT_TYPE_DECIMAL:
    case SAT_TYPE_PERCENT:
      return PICK (decimals);
    case SAT_TYPE_MONEY:
      return PICK (money);
    case SAT_TYPE_DATE:
      return PICK (days);
    case SAT_TYPE_TIME:
      return PICK (moments);
    case SAT_TYPE_YES_NO:
      return g_rand_boolean (rand) ? "yes" : "no";
    case SAT_TYPE_PLACE:
      return g_rand_boolean (rand) ? "48.137000,-11.575000" : "-0.500000,180.000000";
    case SAT_TYPE_ATTACHMENT:
      return "a b.pdf 3 ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    case SAT_TYPE_CHOICE:
      return g_rand_boolean (rand) ? "big" : "small";
    case SAT_TYPE_TAGS:
      return PICK (tags);
    case SAT_TYPE_REFERENCE:
      return "01900000-0000-7000-8000-000000000001";
    case SAT_TYPE_PHONE:
      return g_rand_boolean (rand) ? "+86 (10) 123" : "010-123";
    case SAT_TYPE_EMAIL:
      return "-a+b@example.com";
    case SAT_TYPE_WEB:
      return "https://example.com/?a=b,c";
    case SAT_TYPE_LONG_TEXT:
    case SAT_TYPE_ADDRESS:
      return g_rand_boolean (rand) ? PICK (lines) : PICK (texts);
    case SAT_TYPE_PICTURE:
      return "R0lGODlhAQABAA==";
    case SAT_TYPE_TEXT:
    case SAT_N_TYPES:
    default:
      return PICK (texts);
    }
#undef PICK
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);

  fixture->catalogue = sat_catalogue_read_memory ("thing.xml", xml, sizeof xml - 1, TRUE, NULL);
  fixture->object = sat_catalogue_find (fixture->catalogue, "thing");
  fixture->dir = temp_dir_new ();
  fixture->records = g_ptr_array_new_with_free_func ((GDestroyNotify) sat_record_unref);
  for (guint i = 0; i < RECORDS; i++)
    {
      g_autofree char *text = g_strdup_printf ("01900000-0000-7000-8000-%012u", i);
      SatRecord *record;
      SatId id;

      g_assert_true (sat_id_parse (text, &id));
      record = sat_record_new (fixture->object, &id, i + 1, "b");
      for (guint j = 0; j < fixture->object->n_fields; j++)
        if (g_rand_int_range (rand, 0, 4) > 0)
          sat_record_take_value (record, fixture->object->fields[j],
                                 g_strdup (value_of (rand, fixture->object->fields[j])));
      g_ptr_array_add (fixture->records, record);
    }
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_ptr_array_unref (fixture->records);
  sat_catalogue_unref (fixture->catalogue);
  temp_dir_free (fixture->dir);
}

static void
write_all (Fixture *fixture, const char *path, SatExportOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SatExport) export = NULL;

  options->object = fixture->object;
  g_assert_true (sat_export_format_of (path, &options->format));
  export = sat_export_open (path, options, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < fixture->records->len; i++)
    {
      sat_export_add (export, g_ptr_array_index (fixture->records, i), &error);
      g_assert_no_error (error);
    }
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_true (sat_export_finish (export, &error));
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
}

static gboolean
find (const SatObject *object, const char *text, SatId *out, gpointer data, GError **error)
{
  return sat_id_parse (text, out);
}

/* Every row changes the record it came from, which here has nothing yet. */
static gboolean
match (const SatDraft *row,
       const char *id,
       const SatField *const *fields,
       guint n,
       SatRecord **out,
       gpointer data,
       GError **error)
{
  Fixture *fixture = data;
  SatRecord *expected = g_ptr_array_index (fixture->records, fixture->next++);
  char text[SAT_ID_TEXT_SIZE];

  g_assert_cmpstr (id, ==, sat_id_format (sat_record_id (expected), text));
  for (guint i = 0; i < fixture->object->n_fields; i++)
    g_assert_cmpstr (sat_draft_get (row, fixture->object->fields[i]), ==,
                     sat_record_get (expected, fixture->object->fields[i]));
  *out = sat_record_new (fixture->object, sat_record_id (expected), 1, "b");
  return TRUE;
}

static gboolean
save (SatDraft *draft, gpointer data, GError **error)
{
  return TRUE;
}

static void
read_all (Fixture *fixture, const char *path)
{
  static const char *const by_id[] = { SAT_IMPORT_ID, NULL };
  const SatFileOptions none = { .object = fixture->object };
  SatImportOptions options = { .object = fixture->object, .match = by_id };
  SatImportTarget target = { find, match, save, fixture };
  g_auto (SatImportResult) result = { 0 };
  g_autoptr (GFile) where = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (SatImportFile) file = sat_import_file_open (where, &none, NULL, &error);
  g_autoptr (SatImportPlan) plan = NULL;

  g_assert_no_error (error);
  plan = sat_import_plan_file (&options, file, &error);
  g_assert_no_error (error);
  fixture->next = 0;
  sat_import_run (file, plan, &options, &target, &result, &error);
  if (result.problems->len > 0)
    {
      SatImportProblem *problem = g_ptr_array_index (result.problems, 0);
      g_error ("row %u %s: %s", (guint) problem->row, problem->column, problem->error->message);
    }
  g_assert_no_error (error);
  g_assert_cmpuint (fixture->next, ==, RECORDS);
}

static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *name;
    const char *encoding;
    gboolean bom;
    gboolean vcard_3;
  } cases[] = {
    { "plain.csv", NULL, FALSE },
    { "bom.csv", NULL, TRUE },
    { "chinese.csv", "GB18030", FALSE },
    { "book.xlsx", NULL, FALSE },
    { "things.ndjson", NULL, FALSE },
    { "things.vcf", NULL, FALSE },
    { "things-3.vcard", NULL, FALSE, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      SatExportOptions options = { .encoding = cases[i].encoding,
                                   .bom = cases[i].bom,
                                   .vcard_3 = cases[i].vcard_3 };
      g_autofree char *path = g_build_filename (fixture->dir, cases[i].name, NULL);

      write_all (fixture, path, &options);
      read_all (fixture, path);
    }
}

static void
test_json (Fixture *fixture, gconstpointer data)
{
  SatExportOptions options = { 0 };
  g_autofree char *path = g_build_filename (fixture->dir, "things.jsonl", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) rows = NULL;

  write_all (fixture, path, &options);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  rows = g_strsplit (text, "\n", -1);
  g_assert_cmpuint (g_strv_length (rows), ==, RECORDS + 1);
  for (guint i = 0; i < RECORDS; i++)
    {
      g_autoptr (JsonNode) node = json_from_string (rows[i], NULL);
      JsonObject *object = json_node_get_object (node);
      const SatRecord *record = g_ptr_array_index (fixture->records, i);
      const SatField *name = sat_object_find (fixture->object, "name");
      const SatField *n = sat_object_find (fixture->object, "n");

      g_assert_cmpuint (json_object_get_size (object), ==, fixture->object->n_fields + 1);
      g_assert_cmpstr (json_object_get_string_member_with_default (object, "name", NULL), ==,
                       sat_record_get (record, name));
      if (sat_record_get (record, n) != NULL)
        g_assert_cmpint (json_object_get_int_member (object, "n"), ==,
                         g_ascii_strtoll (sat_record_get (record, n), NULL, 10));
    }
}

static void
test_guard (void)
{
  static const char *const cases[][2] = { { "=1", "'=1" },   { "+1", "'+1" },   { "-1", "'-1" },
                                          { "@a", "'@a" },   { "\ta", "'\ta" }, { "'=1", "''=1" },
                                          { "''+", "'''+" }, { "'a", NULL },    { "a=1", NULL },
                                          { "", NULL },      { "'", NULL } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *guarded = sat_export_guard (cases[i][0]);

      g_assert_cmpstr (guarded, ==, cases[i][1]);
      g_assert_cmpstr (sat_export_unguard (guarded != NULL ? guarded : cases[i][0]), ==,
                       cases[i][0]);
    }
}

/* Given up in the middle, or refused: what was there is there still, and nothing beside it. */
static void
test_given_up (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "a.csv", "b.csv", "c.xlsx" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      SatExportOptions options = { .object = fixture->object,
                                   .encoding = i == 1 ? "CP1252" : NULL };
      g_autofree char *path = g_build_filename (fixture->dir, names[i], NULL);
      g_autofree char *folder = g_path_get_dirname (path);
      g_autofree char *text = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (SatExport) export = NULL;
      g_autoptr (GDir) dir = NULL;
      guint n = 0;

      g_assert_true (g_file_set_contents (path, "before", -1, NULL));
      g_assert_true (sat_export_format_of (path, &options.format));
      export = sat_export_open (path, &options, &error);
      g_assert_no_error (error);
      for (guint j = 0; j < 20 && error == NULL; j++)
        sat_export_add (export, g_ptr_array_index (fixture->records, j), &error);
      g_assert_true ((error != NULL) == (i == 1));
      g_clear_pointer (&export, sat_export_free);
      g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
      g_assert_cmpstr (text, ==, "before");
      dir = g_dir_open (folder, 0, NULL);
      while (g_dir_read_name (dir) != NULL)
        n++;
      g_assert_cmpuint (n, ==, i + 1);
    }
}

/* The table that people choose from: what it says of endings is what is understood. */
static void
test_kinds (void)
{
  static const char *const names[] = { "a.CSV", "b.xlsx", "c.ndjson", "d.jsonl" };
  static const char *const strange[] = { "csv", "a.csv.bak", "a", "" };
  const SatExportKind *kinds;
  SatExportFormat format;
  guint n;

  kinds = sat_export_kinds (&n);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = g_strconcat ("x.", kinds[i].name, NULL);

      g_assert_true (sat_export_format_of (path, &format));
      g_assert_cmpint (format, ==, kinds[i].format);
      g_assert_nonnull (strstr (kinds[i].endings, path + 1));
      g_assert_cmpint (*kinds[i].label, !=, '\0');
      for (guint j = 0; j < i; j++)
        g_assert_cmpint (kinds[i].format, !=, kinds[j].format);
    }
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_true (sat_export_format_of (names[i], &format));
  for (guint i = 0; i < G_N_ELEMENTS (strange); i++)
    g_assert_false (sat_export_format_of (strange[i], &format));
}

static void
test_too_long (Fixture *fixture, gconstpointer data)
{
  SatExportOptions options = { .object = fixture->object, .format = SAT_EXPORT_XLSX };
  g_autofree char *path = g_build_filename (fixture->dir, "long.xlsx", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SatExport) export = sat_export_open (path, &options, &error);
  SatRecord *record = g_ptr_array_index (fixture->records, 0);

  sat_record_take_value (record, sat_object_find (fixture->object, "notes"),
                         g_strnfill (40000, 'x'));
  g_assert_false (sat_export_add (export, record, &error));
  g_assert_error (error, SAT_ERROR, SAT_ERROR_TOO_LONG);
  g_assert_nonnull (strstr (error->message, "“notes”"));
}

#define ADD(name, function) \
  g_test_add ("/exchange/export/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("round-trip", test_round_trip);
  ADD ("json", test_json);
  g_test_add_func ("/exchange/export/guard", test_guard);
  g_test_add_func ("/exchange/export/kinds", test_kinds);
  ADD ("given-up", test_given_up);
  ADD ("too-long", test_too_long);
  return g_test_run ();
}
