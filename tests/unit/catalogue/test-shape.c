/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The catalogue of a company is a function of the built-in one and its definitions; whatever they
 * say, it fulfils the rules of a catalogue, and what columns were made for never goes. */
#include "core/catalogue/sat-shape.h"

#include <string.h>

static const char base_xml[] =
    "<object name='customer' title='name' order='1'><label>Customer</label><plural>Customers"
    "</plural><field name='name' type='text' required='yes'><label>Name</label></field>"
    "<field name='phone' type='phone'><label>Phone</label><label xml:lang='zh_CN'>电话</label>"
    "</field><field name='stage' type='choice' ordered='yes' policy='max'><label>Stage</label>"
    "<choice name='lead'><label>Lead</label></choice><choice name='won'><label>Won</label></choice>"
    "</field><list columns='name phone stage'/><form><group fields='name phone stage'>"
    "<label>Basics</label><label xml:lang='zh_CN'>基本</label></group></form></object>";

typedef struct
{
  SatCatalogue *base;
  GPtrArray *kept;
  GPtrArray *definitions;
  GPtrArray *problems;
  SatCatalogue *made;
} Bed;

static void
bed_init (Bed *bed)
{
  g_autoptr (GError) error = NULL;

  bed->base = sat_catalogue_read_memory ("base", base_xml, strlen (base_xml), TRUE, &error);
  g_assert_no_error (error);
  bed->kept = g_ptr_array_new_with_free_func (g_free);
  bed->definitions = g_ptr_array_new_with_free_func ((GDestroyNotify) sat_definition_free);
  bed->problems = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  bed->made = NULL;
}

static void
bed_clear (Bed *bed)
{
  sat_catalogue_unref (bed->made);
  g_ptr_array_unref (bed->problems);
  g_ptr_array_unref (bed->definitions);
  g_ptr_array_unref (bed->kept);
  sat_catalogue_unref (bed->base);
}

/* PAIRS: field, value ..., NULL. NAME "": its own, after what stands before the dot. */
static SatDefinition *
define (Bed *bed, SatDefines defines, guint8 number, const char *name, ...)
{
  SatId id = { { 1, [15] = number } };
  SatDefinition *definition = sat_definition_new (defines, &id);
  char own[SAT_CUSTOM_NAME_SIZE];
  const char *field;
  va_list pairs;

  sat_definition_set (definition, "name", *name ? name : sat_custom_name (&id, own));
  va_start (pairs, name);
  while ((field = va_arg (pairs, const char *)) != NULL)
    sat_definition_set (definition, field, va_arg (pairs, const char *));
  va_end (pairs);
  g_ptr_array_add (bed->definitions, definition);
  return definition;
}

static void
make (Bed *bed, gboolean extend)
{
  g_autoptr (GError) error = NULL;

  g_ptr_array_set_size (bed->problems, 0);
  g_clear_pointer (&bed->made, sat_catalogue_unref);
  bed->made = sat_shape_make (bed->base, bed->kept, bed->definitions, extend, bed->problems,
                              &error);
  g_assert_no_error (error);
}

static const SatField *
field (Bed *bed, const char *object, const char *name)
{
  const SatObject *found = sat_catalogue_find (bed->made, object);

  g_assert_nonnull (found);
  return sat_object_find (found, name);
}

static void
assert_problem (Bed *bed, guint n, const char *text)
{
  gboolean found = FALSE;

  g_assert_cmpuint (bed->problems->len, ==, n);
  for (guint i = 0; i < n; i++)
    found |= strstr (((GError *) g_ptr_array_index (bed->problems, i))->message, text) != NULL;
  g_assert_true (found);
}

static void
test_nothing (void)
{
  Bed bed;

  bed_init (&bed);
  make (&bed, TRUE);
  g_assert_cmpstr (sat_catalogue_fingerprint (bed.made), ==, sat_catalogue_fingerprint (bed.base));
  g_assert_cmpuint (bed.kept->len, ==, 0);
  bed_clear (&bed);
}

static void
test_field (void)
{
  Bed bed;
  const SatField *tax;
  const SatObject *customer;

  bed_init (&bed);
  define (&bed, SAT_DEFINES_FIELD, 7, "", "object", "customer", "type", "text", "label_en", "Tax",
          "label_zh_cn", "税号", "search", "5", "list", "15", "group", "基本", "place", "1", NULL);
  make (&bed, FALSE);
  g_assert_null (field (&bed, "customer", "x_000000000007"));
  make (&bed, TRUE);
  g_assert_cmpuint (bed.problems->len, ==, 0);
  tax = field (&bed, "customer", "x_000000000007");
  customer = tax->object;
  g_assert_true (tax->custom && !tax->hidden);
  g_assert_cmpuint (tax->index, ==, 3);
  g_assert_cmpuint (tax->search_weight, ==, 5);
  g_assert_cmpstr (sat_label (tax->label, "zh_CN"), ==, "税号");
  g_assert_cmpuint (customer->n_list_columns, ==, 4);
  g_assert_true (customer->list_columns[1] == tax);
  g_assert_cmpuint (customer->n_groups, ==, 1);
  g_assert_true (customer->groups[0].fields[3] == tax);
  g_assert_cmpstr (g_ptr_array_index (bed.kept, 0), ==, "customer x_000000000007 text");
  make (&bed, FALSE);
  g_assert_nonnull (field (&bed, "customer", "x_000000000007"));
  bed_clear (&bed);
}

/* Positions are given once: a definition with a smaller id that comes later goes behind. */
static void
test_positions (void)
{
  Bed bed;

  bed_init (&bed);
  define (&bed, SAT_DEFINES_FIELD, 9, "", "object", "customer", "type", "money", "label_en", "A",
          NULL);
  make (&bed, TRUE);
  define (&bed, SAT_DEFINES_FIELD, 3, "", "object", "customer", "type", "date", "label_en", "B",
          NULL);
  define (&bed, SAT_DEFINES_OBJECT, 5, "", "label_zh_cn", "机器", NULL);
  define (&bed, SAT_DEFINES_FIELD, 4, "", "object", "x_000000000005", "type", "reference",
          "reference", "customer", "owning", "yes", "label_en", "C", NULL);
  make (&bed, TRUE);
  g_assert_cmpuint (bed.problems->len, ==, 0);
  g_assert_cmpuint (field (&bed, "customer", "x_000000000009")->index, ==, 3);
  g_assert_cmpuint (field (&bed, "customer", "x_000000000003")->index, ==, 4);
  g_assert_cmpuint (sat_catalogue_find (bed.made, "x_000000000005")->index, ==, 1);
  g_assert_cmpint (sat_catalogue_find (bed.made, "x_000000000005")->book_rule, ==, SAT_BOOK_PARENT);
  g_assert_cmpstr (sat_label (sat_catalogue_find (bed.made, "x_000000000005")->plural, "en"), ==,
                   "机器");
  bed_clear (&bed);
}

/* One of a built-in thing that is taken back leaves it as it is built in. */
static void
test_taken_back (void)
{
  Bed bed;
  SatDefinition *all[2];

  bed_init (&bed);
  all[0] = define (&bed, SAT_DEFINES_OBJECT, 1, "customer", "label_en", "Guest", NULL);
  all[1] = define (&bed, SAT_DEFINES_FIELD, 2, "customer.phone", "object", "customer", "label_en",
                   "Line", NULL);
  make (&bed, TRUE);
  g_assert_cmpstr (sat_label (sat_catalogue_find (bed.made, "customer")->label, NULL), ==, "Guest");
  g_assert_cmpstr (sat_label (field (&bed, "customer", "phone")->label, NULL), ==, "Line");
  all[0]->deleted = all[1]->deleted = TRUE;
  make (&bed, TRUE);
  g_assert_cmpstr (sat_label (sat_catalogue_find (bed.made, "customer")->label, NULL), !=, "Guest");
  g_assert_false (sat_catalogue_find (bed.made, "customer")->retired);
  g_assert_cmpstr (sat_label (field (&bed, "customer", "phone")->label, NULL), !=, "Line");
  g_assert_false (field (&bed, "customer", "phone")->retired);
  bed_clear (&bed);
}

/* A definition that goes, or becomes wrong, leaves a field that is retired. */
static void
test_kept (void)
{
  Bed bed;
  SatDefinition *tax;

  bed_init (&bed);
  tax = define (&bed, SAT_DEFINES_FIELD, 7, "", "object", "customer", "type", "text", "label_en",
                "Tax", "required", "yes", NULL);
  make (&bed, TRUE);
  g_assert_true (field (&bed, "customer", "x_000000000007")->required);
  tax->deleted = TRUE;
  make (&bed, TRUE);
  g_assert_true (field (&bed, "customer", "x_000000000007")->retired);
  g_assert_false (field (&bed, "customer", "x_000000000007")->required);
  g_assert_cmpuint (bed.problems->len, ==, 0);
  tax->deleted = FALSE;
  sat_definition_set (tax, "label_en", NULL);
  make (&bed, TRUE);
  g_assert_true (field (&bed, "customer", "x_000000000007")->retired);
  assert_problem (&bed, 1, "it has no label");
  sat_definition_set (tax, "label_en", "Tax");
  sat_definition_set (tax, "type", "date");
  make (&bed, TRUE);
  g_assert_cmpint (field (&bed, "customer", "x_000000000007")->type->id, ==, SAT_TYPE_TEXT);
  assert_problem (&bed, 1, "another type");
  g_ptr_array_set_size (bed.definitions, 0);
  make (&bed, TRUE);
  g_assert_true (field (&bed, "customer", "x_000000000007")->retired);
  bed_clear (&bed);
}

static void
test_choices (void)
{
  Bed bed;
  const SatField *stage;

  bed_init (&bed);
  define (&bed, SAT_DEFINES_CHOICE, 1, "customer.stage.x_000000000001", "object", "customer",
          "field", "stage", "label_en", "Trial", "place", "15", NULL);
  define (&bed, SAT_DEFINES_CHOICE, 2, "customer.stage.won", "object", "customer", "field", "stage",
          "label_en", "Signed", "retired", "yes", NULL);
  define (&bed, SAT_DEFINES_CHOICE, 3, "", "object", "customer", "field", "stage", "label_en",
          "trial", NULL);
  define (&bed, SAT_DEFINES_CHOICE, 4, "", "object", "customer", "field", "phone", "label_en", "x",
          NULL);
  make (&bed, TRUE);
  assert_problem (&bed, 2, "the same label");
  stage = field (&bed, "customer", "stage");
  g_assert_cmpuint (stage->n_choices, ==, 4);
  g_assert_cmpstr (stage->choices[1].name, ==, "x_000000000001");
  g_assert_cmpstr (stage->choices[2].name, ==, "won");
  g_assert_true (stage->choices[2].retired);
  g_assert_cmpstr (sat_label (stage->choices[2].label, "en"), ==, "Signed");
  g_assert_cmpstr (sat_label (stage->choices[3].label, "en"), ==, "trial (x_000000000003)");
  bed_clear (&bed);
}

static void
test_built_in (void)
{
  Bed bed;
  const SatField *phone;

  bed_init (&bed);
  define (&bed, SAT_DEFINES_FIELD, 1, "customer.phone", "object", "customer", "label_zh_cn", "总机",
          "retired", "yes", NULL);
  define (&bed, SAT_DEFINES_FIELD, 2, "customer.name", "object", "customer", "retired", "yes",
          NULL);
  define (&bed, SAT_DEFINES_OBJECT, 3, "customer", "label_en", "Client", NULL);
  make (&bed, TRUE);
  assert_problem (&bed, 1, "cannot be retired");
  phone = field (&bed, "customer", "phone");
  g_assert_true (phone->retired && phone->hidden && !phone->custom);
  g_assert_cmpstr (sat_label (phone->label, "en"), ==, "Phone");
  g_assert_cmpstr (sat_label (phone->label, "zh_CN"), ==, "总机");
  g_assert_cmpuint (phone->object->n_list_columns, ==, 2);
  g_assert_cmpstr (sat_label (phone->object->label, "en"), ==, "Client");
  bed_clear (&bed);
}

static void
test_wrong (void)
{
  static const struct
  {
    const char *name, *field, *value, *problem;
  } cases[] = {
    { "", "type", "hologram", "is not known here" },
    { "", "object", "planet", "no object" },
    { "x_ffffffffffff", "type", "text", "not the name of its record" },
    { "", "policy", "max", "does not fit" },
    { "", "policy", "odd", "does not fit" },
    { "customer.fax", "type", "text", "no field" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Bed bed;
      SatDefinition *definition;

      bed_init (&bed);
      definition = define (&bed, SAT_DEFINES_FIELD, 7, cases[i].name, "object", "customer", "type",
                           "text", "label_en", "Odd", NULL);
      sat_definition_set (definition, cases[i].field, cases[i].value);
      make (&bed, TRUE);
      assert_problem (&bed, 1, cases[i].problem);
      bed_clear (&bed);
    }
}

static void
test_default (void)
{
  Bed bed;
  SatDefinition *definition;

  bed_init (&bed);
  definition = define (&bed, SAT_DEFINES_FIELD, 7, "", "object", "customer", "type", "integer",
                       "label_en", "Odd", "default", "7", NULL);
  make (&bed, TRUE);
  g_assert_cmpstr (field (&bed, "customer", "x_000000000007")->default_value, ==, "7");
  sat_definition_set (definition, "default", "seven");
  make (&bed, TRUE);
  g_assert_null (field (&bed, "customer", "x_000000000007")->default_value);
  assert_problem (&bed, 1, "no value of it");
  bed_clear (&bed);
}

/* Whatever stands in definitions, a catalogue comes out. */
static void
test_any (void)
{
  static const char *const fields[] = { "name",   "object",   "field",   "type",     "reference",
                                        "owning", "label_en", "policy",  "default",  "list",
                                        "place",  "group",    "retired", "required", "currency" };
  static const char *const values[] = {
    "customer",
    "customer.phone",
    "x_000000000001",
    "phone",
    "stage",
    "lead",
    "yes",
    "text",
    "choice",
    "reference",
    "*",
    "money",
    "-1",
    "10",
    "max",
    "Basics",
    "Lead",
    "won",
    "EUR",
    "",
    "tags",
    "名称",
    "..",
    "name",
  };
  guint64 seed = g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32) seed);

  g_test_message ("seed %" G_GUINT64_FORMAT, seed);
  for (guint round = 0; round < 300; round++)
    {
      Bed bed;

      bed_init (&bed);
      for (guint i = 0; i < 12; i++)
        {
          SatDefinition *definition = define (&bed, (SatDefines) g_rand_int_range (rand, 0, 3),
                                              (guint8) g_rand_int_range (rand, 0, 6), "", NULL);

          sat_definition_set (definition, "object", "customer");
          sat_definition_set (definition, "label_en", "Any");
          sat_definition_set (definition, "type", "text");
          for (guint k = g_rand_int_range (rand, 0, 6); k > 0; k--)
            sat_definition_set (definition,
                                fields[g_rand_int_range (rand, 0, G_N_ELEMENTS (fields))],
                                values[g_rand_int_range (rand, 0, G_N_ELEMENTS (values))]);
          definition->deleted = g_rand_int_range (rand, 0, 8) == 0;
          if (i % 4 == 3)
            make (&bed, TRUE);
        }
      bed_clear (&bed);
    }
}

static void
test_shared (void)
{
  Bed bed;
  const SatCatalogue *first;

  bed_init (&bed);
  define (&bed, SAT_DEFINES_FIELD, 7, "", "object", "customer", "type", "text", "label_en", "Tax",
          NULL);
  make (&bed, TRUE);
  first = sat_shape_shared (bed.base, bed.kept, bed.definitions, NULL);
  g_assert_nonnull (first);
  g_assert_true (sat_shape_shared (bed.base, bed.kept, bed.definitions, NULL) == first);
  g_assert_true (sat_catalogue_built_in (first) == bed.base);
  g_assert_true (sat_catalogue_built_in (bed.base) == bed.base);
  g_ptr_array_set_size (bed.definitions, 0);
  g_assert_true (sat_shape_shared (bed.base, bed.kept, bed.definitions, NULL) != first);
  bed_clear (&bed);
}

static void
test_damaged (void)
{
  static const char *const lines[] = { "a b c d e f", "planet x_1 text", "customer x_1 hologram",
                                       "customer phone text", "customer x_1 reference planet" };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      Bed bed;
      g_autoptr (GError) error = NULL;

      bed_init (&bed);
      g_ptr_array_add (bed.kept, g_strdup (lines[i]));
      g_assert_null (sat_shape_make (bed.base, bed.kept, bed.definitions, FALSE, NULL, &error));
      g_assert_nonnull (error);
      bed_clear (&bed);
    }
}

/* What is off is hidden with the fields that lead to it, but for one that a record must have; all
 * of it can still be named. */
static void
test_off (void)
{
  Bed bed;
  SatDefinition *object;
  const SatObject *made;
  gboolean several;

  bed_init (&bed);
  object = define (&bed, SAT_DEFINES_OBJECT, 1, "", "label_en", "Machine", "off", "yes", NULL);
  make (&bed, TRUE);
  made = sat_catalogue_object (bed.made, 1);
  g_assert_true (made->off);
  g_assert_cmpstr (made->module, ==, "own");
  g_assert_false (made->system);
  define (&bed, SAT_DEFINES_FIELD, 2, "", "object", "customer", "label_en", "Press", "type",
          "reference", "reference", made->name, "list", "15", NULL);
  define (&bed, SAT_DEFINES_FIELD, 3, "", "object", "customer", "label_en", "Must", "type",
          "reference", "reference", made->name, "required", "yes", NULL);
  define (&bed, SAT_DEFINES_OBJECT, 4, "customer", "off", "yes", NULL);
  make (&bed, TRUE);
  g_assert_cmpuint (bed.problems->len, ==, 0);
  made = sat_catalogue_find (bed.made, "customer");
  g_assert_false (made->off); /* it is in no module */
  g_assert_true (sat_object_find_called (made, "Press", &several)->off);
  g_assert_true (sat_object_find_called (made, "Press", &several)->hidden);
  g_assert_false (sat_object_find_called (made, "Must", &several)->hidden);
  g_assert_cmpuint (made->n_list_columns, ==, 3);
  sat_definition_set (object, "off", "no");
  make (&bed, TRUE);
  made = sat_catalogue_find (bed.made, "customer");
  g_assert_false (sat_object_find_called (made, "Press", &several)->hidden);
  g_assert_cmpuint (made->n_list_columns, ==, 4);
  bed_clear (&bed);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/shape/nothing", test_nothing);
  g_test_add_func ("/shape/field", test_field);
  g_test_add_func ("/shape/positions", test_positions);
  g_test_add_func ("/shape/taken-back", test_taken_back);
  g_test_add_func ("/shape/kept", test_kept);
  g_test_add_func ("/shape/choices", test_choices);
  g_test_add_func ("/shape/built-in", test_built_in);
  g_test_add_func ("/shape/off", test_off);
  g_test_add_func ("/shape/wrong", test_wrong);
  g_test_add_func ("/shape/default", test_default);
  g_test_add_func ("/shape/any", test_any);
  g_test_add_func ("/shape/shared", test_shared);
  g_test_add_func ("/shape/damaged", test_damaged);
  return g_test_run ();
}
