/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The run of an import against a target that only writes down what it is given. */
#include <string.h>

#include "core/base/sat-error.h"
#include "core/exchange/sat-import.h"

static const char xml[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<object name=\"deal\" title=\"name\">"
    "<label>Deal</label><plural>Deals</plural>"
    "<field name=\"name\" type=\"text\" required=\"yes\"><label>Name</label></field>"
    "<field name=\"amount\" type=\"money\"><label>Amount</label></field>"
    "<field name=\"stage\" type=\"choice\" required=\"yes\" default=\"lead\"><label>Stage</label>"
    "<choice name=\"lead\"><label>Lead</label></choice>"
    "<choice name=\"won\"><label>Won</label></choice></field>"
    "<field name=\"tags\" type=\"tags\" policy=\"union\"><label>Tags</label></field>"
    "<field name=\"parent\" type=\"reference\" reference=\"deal\"><label>Parent</label></field>"
    "</object>\n";

typedef struct
{
  SatCatalogue *catalogue;
  SatImportOptions options;
  SatImportTarget target;
  SatImportResult result;
  GString *saved;  /* NAME/AMOUNT/STAGE/TAGS/PARENT of each draft, a line each */
  GHashTable *ids; /* title -> id text of what was saved */
  guint finds;
  guint saves;
  guint fail_at; /* the save that fails, from 1; 0: none */
  SatErrorCode fail_with;
  GCancellable *cancellable;
} Fixture;

static gboolean
find (const SatObject *object, const char *text, SatId *out, gpointer data, GError **error)
{
  Fixture *fixture = data;
  const char *id = g_hash_table_lookup (fixture->ids, text);

  fixture->finds++;
  g_assert_cmpstr (object->name, ==, "deal");
  if (id == NULL)
    return sat_fail (error, SAT_ERROR_NOT_FOUND, "no deal “%s”", text, NULL);
  return sat_id_parse (id, out);
}

/* Records are the titles that were saved; only "Two" can be changed. */
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
  const char *title = sat_draft_get (row, fields[0]);
  const char *text = g_hash_table_lookup (fixture->ids, title);
  SatId found;

  g_assert_null (id);
  g_assert_cmpuint (n, ==, 1);
  if (g_str_equal (title, "Twin"))
    return sat_fail (error, SAT_ERROR_AMBIGUOUS, "several", NULL);
  if (text == NULL)
    return TRUE;
  g_assert_true (sat_id_parse (text, &found));
  *out = sat_record_new (sat_draft_object (row), &found, 1, "b");
  sat_record_take_value (*out, fields[0], g_strdup (title));
  return TRUE;
}

static gboolean
save (SatDraft *draft, gpointer data, GError **error)
{
  Fixture *fixture = data;
  const SatObject *object = sat_draft_object (draft);
  guint n = g_hash_table_size (fixture->ids) + 1;

  if (++fixture->saves == fixture->fail_at)
    return sat_fail (error, fixture->fail_with, "the target says no", NULL);
  for (guint i = 0; i < object->n_fields; i++)
    {
      const char *value = sat_draft_get (draft, object->fields[i]);

      g_string_append_printf (fixture->saved, "%s%s", i > 0 ? "/" : "", value != NULL ? value : "");
    }
  g_string_append_c (fixture->saved, '\n');
  g_hash_table_insert (fixture->ids, g_strdup (sat_draft_get (draft, object->title)),
                       g_strdup_printf ("00000000-0000-7000-8000-%012u", n));
  if (fixture->cancellable != NULL)
    g_cancellable_cancel (fixture->cancellable);
  return TRUE;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->catalogue = sat_catalogue_read_memory ("deal.xml", xml, sizeof xml - 1, TRUE, &error);
  g_assert_no_error (error);
  fixture->options.object = sat_catalogue_find (fixture->catalogue, "deal");
  fixture->target = (SatImportTarget){ find, match, save, fixture };
  fixture->saved = g_string_new (NULL);
  fixture->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  sat_import_result_clear (&fixture->result);
  g_clear_object (&fixture->cancellable);
  g_string_free (fixture->saved, TRUE);
  g_hash_table_unref (fixture->ids);
  sat_catalogue_unref (fixture->catalogue);
}

static gboolean
run (Fixture *fixture, const char *csv, GError **error)
{
  const SatFileOptions as_csv = { .encoding = "UTF-8", .delimiter = ',' };
  g_autoptr (GBytes) bytes = g_bytes_new (csv, strlen (csv));
  g_autoptr (SatImportFile) file = sat_import_file_open_bytes (bytes, &as_csv, error);
  g_autoptr (SatImportPlan) plan = NULL;

  if (file == NULL)
    return FALSE;
  plan = sat_import_plan_file (&fixture->options, file, error);
  if (plan == NULL)
    return FALSE;
  sat_import_result_clear (&fixture->result);
  fixture->result = (SatImportResult){ 0 };
  return sat_import_run (file, plan, &fixture->options, &fixture->target, &fixture->result, error);
}

static void
assert_problem (const Fixture *fixture, guint i, guint64 row, const char *column, const char *value)
{
  const SatImportProblem *problem;

  g_assert_cmpuint (i, <, fixture->result.problems->len);
  problem = g_ptr_array_index (fixture->result.problems, i);
  g_assert_cmpuint (problem->row, ==, row);
  g_assert_cmpstr (problem->column, ==, column);
  g_assert_cmpstr (problem->value, ==, value);
  g_assert_nonnull (problem->error);
}

static void
test_rows (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (run (fixture,
                      "Name,Amount,Stage,Tags\n"
                      "One,\"1,000\",Won,\"b,a\"\n"
                      " Two ,,,\n"
                      " , ,,\t\n",
                      &error));
  g_assert_no_error (error);
  g_assert_cmpuint (fixture->result.rows, ==, 2);
  g_assert_cmpuint (fixture->result.created, ==, 2);
  g_assert_cmpuint (fixture->result.problems->len, ==, 0);
  g_assert_cmpstr (fixture->saved->str, ==, "One/1000.00 CNY/won/a\nb/\nTwo//lead//\n");
}

/* Earlier rows can be named; each text is looked for once. */
static void
test_references (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (
      run (fixture, "name,parent\nOne,\nTwo, One \nThree,One\nFour,One\nFive,\n", &error));
  g_assert_no_error (error);
  g_assert_cmpuint (fixture->finds, ==, 1);
  g_assert_nonnull (
      strstr (fixture->saved->str, "Two//lead//00000000-0000-7000-8000-000000000001"));
  g_assert_nonnull (
      strstr (fixture->saved->str, "Four//lead//00000000-0000-7000-8000-000000000001"));
}

static void
test_every_error (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *long_value = g_strnfill (5000, 'x');
  g_autofree char *csv = g_strdup_printf ("Name,Amount,Stage,parent\n"
                                          "Fine,1,lead,\n"
                                          ",much,lost,\n"
                                          "\n"
                                          "Child,%s,,Nobody\n"
                                          "Also fine,,,Fine\n",
                                          long_value);

  g_assert_false (run (fixture, csv, &error));
  g_assert_error (error, SAT_ERROR, SAT_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "nothing was imported"));
  g_assert_cmpuint (fixture->result.problems->len, ==, 5);
  assert_problem (fixture, 0, 3, "Amount", "much");
  assert_problem (fixture, 1, 3, "Stage", "lost");
  assert_problem (fixture, 2, 3, "Name", NULL);
  g_assert_cmpuint (
      g_utf8_strlen (((SatImportProblem *) g_ptr_array_index (fixture->result.problems, 3))->value,
                     -1),
      ==, 200);
  assert_problem (fixture, 4, 5, "parent", "Nobody");
  g_assert_cmpuint (fixture->result.created, ==, 0);
  g_assert_cmpuint (fixture->result.rows, ==, 4);
  /* Good rows after a bad one are handed over still: what names them is not wrong. */
  g_assert_cmpstr (fixture->saved->str, ==,
                   "Fine/1.00 CNY/lead//\nAlso fine//lead//00000000-0000-7000-8000-000000000001\n");
}

/* A required field that no column stands for is named itself. */
static void
test_missing_column (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (run (fixture, "amount\n5\n", &error));
  g_assert_cmpuint (fixture->result.problems->len, ==, 1);
  assert_problem (fixture, 0, 2, "name", NULL);
}

static void
test_unmatched (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (run (fixture, "name,Fax,Firma\nOne,1,2\n", &error));
  g_assert_error (error, SAT_ERROR, SAT_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "Fax, Firma"));
  g_assert_cmpstr (fixture->saved->str, ==, "");
}

static void
test_wrong_csv (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (run (fixture, "name,amount\nOne,1\nTwo\n", &error));
  g_assert_cmpuint (fixture->result.problems->len, ==, 1);
  assert_problem (fixture, 0, 3, "amount", NULL);
  g_assert_cmpuint (fixture->result.created, ==, 0);
}

static void
test_empty (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (run (fixture, "", &error));
  g_assert_error (error, SAT_ERROR, SAT_ERROR_INVALID);
}

/* What the target says of a row is an error of the row, what it says of the disk ends the run. */
static void
test_target_says_no (Fixture *fixture, gconstpointer data)
{
  const char *csv = "name\nOne\nTwo\nThree\n";
  g_autoptr (GError) error = NULL;

  fixture->fail_at = 2;
  fixture->fail_with = SAT_ERROR_TOO_LONG;
  g_assert_false (run (fixture, csv, &error));
  g_assert_cmpuint (fixture->result.rows, ==, 3);
  g_assert_cmpuint (fixture->result.problems->len, ==, 1);
  assert_problem (fixture, 0, 3, NULL, NULL);
  g_clear_error (&error);

  g_hash_table_remove_all (fixture->ids);
  fixture->fail_with = SAT_ERROR_FAILED;
  fixture->saves = 0;
  g_assert_false (run (fixture, csv, &error));
  g_assert_error (error, SAT_ERROR, SAT_ERROR_FAILED);
  g_assert_cmpuint (fixture->result.problems->len, ==, 0);
  g_assert_cmpuint (fixture->result.created, ==, 0);
}

static void
test_limit (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) csv = g_string_new ("name,amount\n");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 2 * SAT_IMPORT_MAX_ERRORS; i++)
    g_string_append (csv, "x,much\n");
  g_assert_false (run (fixture, csv->str, &error));
  g_assert_true (fixture->result.incomplete);
  g_assert_cmpuint (fixture->result.problems->len, ==, SAT_IMPORT_MAX_ERRORS);
  g_assert_nonnull (strstr (error->message, "more than 1000"));
}

static void
count_progress (guint64 rows, guint64 bytes, gpointer data)
{
  guint *calls = data;

  (*calls)++;
  g_assert_cmpuint (bytes, >, 0);
}

static void
test_progress (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) csv = g_string_new ("name\n");
  g_autoptr (GError) error = NULL;
  guint calls = 0;

  for (guint i = 0; i < 3500; i++)
    g_string_append_printf (csv, "n%u\n", i);
  fixture->options.progress = count_progress;
  fixture->options.progress_data = &calls;
  g_assert_true (run (fixture, csv->str, &error));
  g_assert_cmpuint (fixture->result.created, ==, 3500);
  g_assert_cmpuint (calls, ==, 4);
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->cancellable = g_cancellable_new ();
  fixture->options.cancellable = fixture->cancellable;
  g_assert_false (run (fixture, "name\nOne\nTwo\n", &error));
  g_assert_error (error, SAT_ERROR, SAT_ERROR_CANCELLED);
  g_assert_cmpstr (fixture->saved->str, ==, "One//lead//\n");
  g_assert_cmpuint (fixture->result.created, ==, 0);
}

/* ---- more than new records from clean columns ---- */

static void
note_verdict (guint64 row, SatImportVerdict verdict, const char *title, gpointer data)
{
  g_string_append_printf (data, "%" G_GUINT64_FORMAT "%c%s ", row, "+=.!"[verdict], title);
}

static void
test_skip_bad (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) verdicts = g_string_new (NULL);

  fixture->options.skip_bad = TRUE;
  fixture->options.verdict = note_verdict;
  fixture->options.verdict_data = verdicts;
  g_assert_true (run (fixture, "name,amount\nOne,1\nTwo,much\nThree\nFour,4\n", &error));
  g_assert_no_error (error);
  g_assert_cmpuint (fixture->result.rows, ==, 4);
  g_assert_cmpuint (fixture->result.created, ==, 2);
  g_assert_cmpuint (fixture->result.skipped, ==, 2);
  assert_problem (fixture, 0, 3, "amount", "much");
  assert_problem (fixture, 1, 4, "amount", NULL);
  g_assert_cmpstr (verdicts->str, ==, "2+One 3!Two 4! 5+Four ");
  g_assert_cmpstr (fixture->saved->str, ==, "One/1.00 CNY/lead//\nFour/4.00 CNY/lead//\n");
}

/* Only the first errors are kept, but all rows are read. */
static void
test_skip_many (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) csv = g_string_new ("name,amount\n");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < SAT_IMPORT_MAX_ERRORS + 5; i++)
    g_string_append (csv, "x,much\n");
  g_string_append (csv, "Last,1\n");
  fixture->options.skip_bad = TRUE;
  g_assert_true (run (fixture, csv->str, &error));
  g_assert_true (fixture->result.incomplete);
  g_assert_cmpuint (fixture->result.problems->len, ==, SAT_IMPORT_MAX_ERRORS);
  g_assert_cmpuint (fixture->result.skipped, ==, SAT_IMPORT_MAX_ERRORS + 5);
  g_assert_cmpuint (fixture->result.created, ==, 1);
}

static void
test_match (Fixture *fixture, gconstpointer data)
{
  static const char *const by_name[] = { "name", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) verdicts = g_string_new (NULL);

  fixture->options.match = by_name;
  fixture->options.verdict = note_verdict;
  fixture->options.verdict_data = verdicts;
  g_assert_false (run (fixture,
                       "name,amount,stage\n"
                       "One,1,won\n"
                       "One,2,\n"
                       "One,,\n"
                       "Twin,1,\n"
                       ",1,\n",
                       &error));
  g_assert_cmpstr (verdicts->str, ==, "2+One 3=One 4.One 5!Twin 6! ");
  /* An empty cell is no change, and no default. */
  g_assert_cmpstr (fixture->saved->str, ==, "One/1.00 CNY/won//\nOne/2.00 CNY///\n");
  assert_problem (fixture, 0, 5, NULL, NULL);
  assert_problem (fixture, 1, 6, NULL, NULL);
  g_assert_cmpuint (fixture->result.updated, ==, 0);
}

static void
test_fix_and_format (Fixture *fixture, gconstpointer data)
{
  static const SatImportFix fixes[] = { { "stage", "gewonnen", "Won" }, { "stage", "", "lead" } };
  static const SatImportMap map[] = { { "Betrag", "amount", "EUR 1.234,5" } };
  g_autoptr (GError) error = NULL;

  fixture->options.fixes = fixes;
  fixture->options.n_fixes = G_N_ELEMENTS (fixes);
  fixture->options.map = map;
  fixture->options.n_map = 1;
  g_assert_true (
      run (fixture, "name,Betrag,stage\nOne,\"1.000,5\", gewonnen \nTwo,3 USD,\n", &error));
  g_assert_no_error (error);
  g_assert_cmpstr (fixture->saved->str, ==, "One/1000.50 EUR/won//\nTwo/3.00 USD/lead//\n");

  fixture->options.n_map = 0;
  g_assert_false (run (fixture, "name\nOne\n", &error));
  g_assert_nonnull (strstr (error->message, "“stage”"));
}

#define ADD(name, function) \
  g_test_add ("/exchange/import/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("rows", test_rows);
  ADD ("references", test_references);
  ADD ("every-error", test_every_error);
  ADD ("missing-column", test_missing_column);
  ADD ("unmatched", test_unmatched);
  ADD ("wrong-csv", test_wrong_csv);
  ADD ("empty", test_empty);
  ADD ("target-says-no", test_target_says_no);
  ADD ("limit", test_limit);
  ADD ("progress", test_progress);
  ADD ("cancelled", test_cancelled);
  ADD ("skip-bad", test_skip_bad);
  ADD ("skip-many", test_skip_many);
  ADD ("match", test_match);
  ADD ("fix-and-format", test_fix_and_format);
  return g_test_run ();
}
