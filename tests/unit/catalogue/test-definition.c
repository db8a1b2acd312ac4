/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/catalogue/sat-definition.h"

static void
test_values (void)
{
  SatId id;
  g_autoptr (SatDefinition) definition = NULL;

  g_assert_true (sat_id_parse ("01a205aa-1236-7300-a53a-0f5c7a7b3f46", &id));
  definition = sat_definition_new (SAT_DEFINES_FIELD, &id);
  sat_definition_set (definition, "label_en", "Tax");
  sat_definition_set (definition, "search", "500");
  sat_definition_set (definition, "required", "yes");
  sat_definition_set (definition, "place", "");
  g_assert_cmpstr (sat_definition_get (definition, "label_en"), ==, "Tax");
  g_assert_null (sat_definition_get (definition, "place"));
  g_assert_cmpint (sat_definition_number (definition, "search", 0, 100, 7), ==, 100);
  g_assert_cmpint (sat_definition_number (definition, "place", 0, 100, 7), ==, 7);
  g_assert_true (sat_definition_says (definition, "required"));
  g_assert_false (sat_definition_retired (definition));
  sat_definition_set (definition, "retired", "yes");
  g_assert_true (sat_definition_retired (definition));
  sat_definition_set (definition, "retired", NULL);
  definition->deleted = TRUE;
  g_assert_true (sat_definition_retired (definition));
}

static void
test_names (void)
{
  char name[SAT_CUSTOM_NAME_SIZE];
  SatDefines defines;
  SatId id;

  g_assert_true (sat_id_parse ("01a205aa-1236-7300-a53a-0f5c7a7b3f46", &id));
  g_assert_cmpstr (sat_custom_name (&id, name), ==, "x_0f5c7a7b3f46");
  g_assert_true (sat_is_custom_name (name));
  g_assert_false (sat_is_custom_name ("xylophone"));
  g_assert_true (sat_defines ("choice_definition", &defines));
  g_assert_cmpint (defines, ==, SAT_DEFINES_CHOICE);
  g_assert_false (sat_defines ("customer", &defines));
  g_assert_cmpstr (sat_defines_object (SAT_DEFINES_OBJECT), ==, "object_definition");
}

/* Objects before fields before choices, each by id. */
static void
test_order (void)
{
  SatId low = { { 1 } }, high = { { 2 } };
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) sat_definition_free);
  const SatDefinition *first;

  g_ptr_array_add (all, sat_definition_new (SAT_DEFINES_CHOICE, &low));
  g_ptr_array_add (all, sat_definition_new (SAT_DEFINES_FIELD, &high));
  g_ptr_array_add (all, sat_definition_new (SAT_DEFINES_FIELD, &low));
  g_ptr_array_sort (all, sat_definition_compare);
  first = g_ptr_array_index (all, 0);
  g_assert_cmpint (first->defines, ==, SAT_DEFINES_FIELD);
  g_assert_true (sat_id_equal (&first->id, &low));
  first = g_ptr_array_index (all, 2);
  g_assert_cmpint (first->defines, ==, SAT_DEFINES_CHOICE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/definition/values", test_values);
  g_test_add_func ("/definition/names", test_names);
  g_test_add_func ("/definition/order", test_order);
  return g_test_run ();
}
