/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which column goes where. */
#include <string.h>

#include "core/base/sat-error.h"
#include "core/exchange/sat-import.h"

static const char xml[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<object name=\"customer\" title=\"name\">"
    "<label>Customer</label><plural>Customers</plural>"
    "<field name=\"name\" type=\"text\"><label>Name</label></field>"
    "<field name=\"code\" type=\"text\"><label>Customer number</label></field>"
    "<field name=\"phone\" type=\"phone\"><label>Phone</label>"
    "<label xml:lang=\"zh_CN\">电话</label></field>"
    "<field name=\"credit_limit\" type=\"money\"><label>Limit</label></field>"
    "<field name=\"city\" type=\"text\"><label>City</label></field>"
    "<field name=\"key\" type=\"text\" hidden=\"yes\"><label>Key</label></field>"
    "</object>\n";

typedef struct
{
  SatCatalogue *catalogue;
  SatImportOptions options;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->catalogue = sat_catalogue_read_memory ("customer.xml", xml, sizeof xml - 1, TRUE,
                                                  &error);
  g_assert_no_error (error);
  fixture->options.object = sat_catalogue_find (fixture->catalogue, "customer");
  g_assert_nonnull (fixture->options.object);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  sat_catalogue_unref (fixture->catalogue);
}

static void
assert_field (const SatImportPlan *plan, guint column, const char *name)
{
  const SatField *field = sat_import_plan_field (plan, column);

  g_assert_cmpstr (field != NULL ? field->name : NULL, ==, name);
}

static void
test_names_and_labels (Fixture *fixture, gconstpointer data)
{
  const char *const header[] = { "NAME", "电话", " Credit Limit ", "Ｃｉｔｙ", "Key" };
  g_autoptr (GError) error = NULL;
  g_autoptr (SatImportPlan) plan = NULL;
  g_auto (GStrv) unmatched = NULL;

  plan = sat_import_plan_new (&fixture->options, header, G_N_ELEMENTS (header), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sat_import_plan_n_columns (plan), ==, 5);
  assert_field (plan, 0, "name");
  assert_field (plan, 1, "phone");
  assert_field (plan, 2, "credit_limit");
  assert_field (plan, 3, "city");
  assert_field (plan, 4, NULL);
  g_assert_cmpstr (sat_import_plan_column (plan, 2), ==, "Credit Limit");
  unmatched = sat_import_plan_unmatched (plan);
  g_assert_cmpuint (g_strv_length (unmatched), ==, 1);
  g_assert_cmpstr (unmatched[0], ==, "Key");
}

static void
test_map (Fixture *fixture, gconstpointer data)
{
  static const SatImportMap map[] = { { "CompanyName", "name" },
                                      { "fax", NULL },
                                      { "name", "code" } };
  const char *const header[] = { "CompanyName", "Fax", "Name" };
  g_autoptr (GError) error = NULL;
  g_autoptr (SatImportPlan) plan = NULL;
  g_auto (GStrv) unmatched = NULL;

  fixture->options.map = map;
  fixture->options.n_map = G_N_ELEMENTS (map);
  plan = sat_import_plan_new (&fixture->options, header, G_N_ELEMENTS (header), &error);
  g_assert_no_error (error);
  assert_field (plan, 0, "name");
  assert_field (plan, 1, NULL);
  assert_field (plan, 2, "code");
  unmatched = sat_import_plan_unmatched (plan);
  g_assert_null (unmatched[0]);
}

static void
assert_refused (Fixture *fixture, const char *const *header, guint n, const char *says)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (sat_import_plan_new (&fixture->options, header, n, &error));
  g_assert_error (error, SAT_ERROR, SAT_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, says));
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  const char *const doubled[] = { "Name", "city", "name " };
  const char *const nameless[] = { "name", " " };
  const char *const one_field[] = { "name", "Company" };
  const char *const plain[] = { "name" };
  const SatImportMap both[] = { { "Company", "name" } };
  const SatImportMap no_column[] = { { "Firma", "name" } };
  const SatImportMap no_field[] = { { "name", "nome" } };
  const SatImportMap hidden[] = { { "name", "key" } };

  assert_refused (fixture, doubled, 3, "“name”");
  assert_refused (fixture, nameless, 2, "column 2 has no name");
  fixture->options.n_map = 1;
  fixture->options.map = both;
  assert_refused (fixture, one_field, 2, "both go to field “name”");
  fixture->options.map = no_column;
  assert_refused (fixture, plain, 1, "no column “Firma”");
  fixture->options.map = no_field;
  assert_refused (fixture, plain, 1, "no field “nome”; its fields: name, ");
  fixture->options.map = hidden;
  assert_refused (fixture, plain, 1, "no field “key”");
}

#define ADD(name, function) \
  g_test_add ("/exchange/import-plan/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("names-and-labels", test_names_and_labels);
  ADD ("map", test_map);
  ADD ("refused", test_refused);
  return g_test_run ();
}
