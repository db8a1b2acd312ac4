/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The catalogue that comes with Satchel: it is right, complete in English and Chinese, and says
 * what other parts rely on. */
#include <gio/gio.h>
#include <string.h>

#include "core/catalogue/sat-catalogue.h"

static SatCatalogue *
read_default (void)
{
  g_autoptr (GError) error = NULL;
  SatCatalogue *catalogue = sat_catalogue_default (&error);

  g_assert_no_error (error);
  return catalogue;
}

/* All of what is wrong, not only the first. */
static void
test_no_problems (void)
{
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SatCatalogue) catalogue = sat_catalogue_read (g_getenv ("SATCHEL_CATALOGUE"),
                                                           &problems, &error);

  for (guint i = 0; problems && i < problems->len; i++)
    g_test_message ("%s", (const char *) g_ptr_array_index (problems, i));
  g_assert_no_error (error);
  g_assert_nonnull (catalogue);
  g_assert_cmpuint (problems->len, ==, 0);
}

/* The names are on the wire: an object or field of this list never goes away. */
static void
test_names_stay (void)
{
  static const char *const names[] = {
    ("customer name kind code phone email website address city region country industry size source "
     "level owner credit_limit tags notes last_activity"),
    "contact name customer title phone email birthday notes",
    "deal name customer amount stage probability close_date owner notes",
    "activity subject kind customer contact deal time outcome notes",
    "product name code category price active",
    "user name login email role manager team",
    "team name",
    "book name key repository",
    "device name code user key books joined",
    "workspace name currency",
  };
  g_autoptr (SatCatalogue) catalogue = read_default ();

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_auto (GStrv) words = g_strsplit (names[i], " ", -1);
      const SatObject *object = sat_catalogue_find (catalogue, words[0]);

      g_assert_nonnull (object);
      for (guint j = 1; words[j] != NULL; j++)
        {
          g_test_message ("%s.%s", words[0], words[j]);
          g_assert_nonnull (sat_object_find (object, words[j]));
        }
    }
}

static void
test_policies (void)
{
  static const struct
  {
    const char *object, *field, *policy;
  } cases[] = {
    { "customer", "phone", "review" },  { "customer", "credit_limit", "review" },
    { "customer", "owner", "review" },  { "customer", "tags", "union" },
    { "customer", "notes", "text" },    { "customer", "last_activity", "max" },
    { "customer", "city", "newest" },   { "deal", "amount", "review" },
    { "deal", "close_date", "review" }, { "product", "price", "review" },
    { "device", "books", "union" },
  };
  g_autoptr (SatCatalogue) catalogue = read_default ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const SatField *field = sat_object_find (sat_catalogue_find (catalogue, cases[i].object),
                                               cases[i].field);
      g_assert_cmpstr (sat_policy_name (field->policy), ==, cases[i].policy);
    }
}

static void
test_order_and_books (void)
{
  g_autoptr (SatCatalogue) catalogue = read_default ();
  const SatObject *contact = sat_catalogue_find (catalogue, "contact");

  g_assert_cmpstr (sat_catalogue_object (catalogue, 0)->name, ==, "customer");
  g_assert_cmpstr (sat_catalogue_object (catalogue, 3)->name, ==, "activity");
  for (guint i = 0; i < sat_catalogue_n_objects (catalogue); i++)
    g_assert_cmpuint (sat_catalogue_object (catalogue, i)->index, ==, i);
  g_assert_cmpint (contact->book_rule, ==, SAT_BOOK_PARENT);
  g_assert_cmpstr (contact->owning->name, ==, "customer");
  g_assert_true (sat_catalogue_find (catalogue, "device")->system);
  g_assert_false (contact->system);
  g_assert_cmpint (sat_catalogue_find (catalogue, "user")->book_rule, ==, SAT_BOOK_COMPANY);
}

static void
assert_in_chinese (const SatLabels *labels)
{
  g_test_message ("%s", sat_label (labels, NULL));
  g_assert_cmpstr (sat_label (labels, "zh_CN.UTF-8"), !=, sat_label (labels, NULL));
}

static void
check_field_in_chinese (const SatField *field)
{
  assert_in_chinese (field->label);
  if (field->help != NULL)
    assert_in_chinese (field->help);
  for (guint i = 0; i < field->n_choices; i++)
    assert_in_chinese (field->choices[i].label);
}

/* The merged files, which are those that people get, say everything in Chinese. */
static void
test_chinese_complete (void)
{
  g_autoptr (SatCatalogue) catalogue = read_default ();

  for (guint i = 0; i < sat_catalogue_n_objects (catalogue); i++)
    {
      const SatObject *object = sat_catalogue_object (catalogue, i);

      assert_in_chinese (object->label);
      assert_in_chinese (object->plural);
      for (guint j = 0; j < object->n_fields; j++)
        check_field_in_chinese (object->fields[j]);
      for (guint j = 0; j < object->n_groups; j++)
        assert_in_chinese (object->groups[j].label);
    }
}

/* Names and choices can be typed in both languages. */
static void
test_typed_choices (void)
{
  static const char *const typed[] = { "proposal", "Proposal or quote", "方案/报价" };
  g_autoptr (SatCatalogue) catalogue = read_default ();
  const SatField *stage = sat_object_find (sat_catalogue_find (catalogue, "deal"), "stage");

  for (gsize i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      g_autofree char *value = NULL;
      g_autoptr (GError) error = NULL;

      stage->type->parse (&stage->options, typed[i], &value, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (value, ==, "proposal");
    }
}

/* The files as they are written, without translations, are a right catalogue too, of the same
 * shape. */
static void
test_source_files (void)
{
  g_autofree char *folder = g_build_filename (g_getenv ("SATCHEL_SOURCE_ROOT"), "data", "catalogue",
                                              NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SatCatalogue) catalogue = read_default ();
  g_autoptr (SatCatalogue) source = sat_catalogue_read (folder, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (sat_catalogue_fingerprint (catalogue), ==, sat_catalogue_fingerprint (source));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/catalogue/files/no-problems", test_no_problems);
  g_test_add_func ("/catalogue/files/names-stay", test_names_stay);
  g_test_add_func ("/catalogue/files/policies", test_policies);
  g_test_add_func ("/catalogue/files/order-and-books", test_order_and_books);
  g_test_add_func ("/catalogue/files/chinese-complete", test_chinese_complete);
  g_test_add_func ("/catalogue/files/typed-choices", test_typed_choices);
  g_test_add_func ("/catalogue/files/source-files", test_source_files);
  return g_test_run ();
}
