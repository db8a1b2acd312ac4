/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of the demo's records: every value is accepted by the catalogue, nothing is left
 * unfilled, and nobody real can be reached. */
#include "cli/demo/sat-demo-text.h"

#include <string.h>

#include "core/catalogue/sat-catalogue.h"
#include "core/record/sat-draft.h"

typedef struct
{
  SatDraft *draft;
  guint fields;
} Filled;

static void
put (const char *name, const char *value, gpointer data)
{
  Filled *filled = data;
  const SatField *field = sat_object_find (sat_draft_object (filled->draft), name);
  g_autoptr (GError) error = NULL;

  g_test_message ("%s=%s", name, value);
  g_assert_nonnull (field);
  g_assert_true (sat_draft_set_input (filled->draft, field, value, &error));
  g_assert_no_error (error);
  g_assert_nonnull (sat_draft_get (filled->draft, field));
  g_assert_null (strpbrk (value, "{}"));
  if (field->type->id == SAT_TYPE_EMAIL)
    g_assert_true (g_str_has_suffix (value, ".example"));
  if (field->type->id == SAT_TYPE_PHONE)
    g_assert_nonnull (strstr (value, "555"));
  if (field->type->id == SAT_TYPE_CHOICE)
    g_assert_true (
        sat_type_allows (field->type, &field->options, sat_draft_get (filled->draft, field)));
  filled->fields++;
}

static void
test_fields (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SatCatalogue) catalogue = sat_catalogue_default (&error);
  g_autoptr (SatDemoWords) words = sat_demo_words_new ();
  g_autoptr (SatDemoPlan) plan = sat_demo_plan_new (words, 300, 5);

  g_assert_no_error (error);
  for (guint i = 0; i < plan->events->len; i++)
    {
      static const char *const objects[] = { "customer", "contact",  "deal",
                                             "deal",     "activity", "customer" };
      static const guint least[] = { 10, 4, 5, 2, 5, 1 };
      const SatDemoEvent *event = &g_array_index (plan->events, SatDemoEvent, i);
      g_autoptr (SatDraft) draft = sat_draft_new (
          sat_catalogue_find (catalogue, objects[event->kind]));
      Filled filled = { .draft = draft };

      switch (event->kind)
        {
        case SAT_DEMO_NEW_CUSTOMER:
          sat_demo_customer_fields (words, plan, event->customer, put, &filled);
          break;
        case SAT_DEMO_NEW_CONTACT:
          sat_demo_contact_fields (words, plan, event->customer, event->detail, put, &filled);
          break;
        case SAT_DEMO_NEW_DEAL:
          sat_demo_deal_fields (words, plan, event->deal, put, &filled);
          break;
        case SAT_DEMO_DEAL_STAGE:
          sat_demo_stage_fields (plan, event->deal, event->detail, put, &filled);
          break;
        case SAT_DEMO_ACTIVITY:
          sat_demo_activity_fields (words, plan, event, put, &filled);
          g_assert_cmpuint (sat_demo_event_contact (plan, event), <, SAT_DEMO_MAX_CONTACTS);
          break;
        default:
          sat_demo_review_fields (plan, event->customer, put, &filled);
        }
      g_assert_cmpuint (filled.fields, >=, least[event->kind]);
    }
}

static void
test_products (void)
{
  g_autoptr (SatCatalogue) catalogue = sat_catalogue_default (NULL);
  g_autoptr (SatDemoWords) words = sat_demo_words_new ();

  for (guint i = 0; i < sat_demo_words_count (words, "product"); i++)
    {
      g_autoptr (SatDraft) draft = sat_draft_new (sat_catalogue_find (catalogue, "product"));
      Filled filled = { .draft = draft };

      sat_demo_product_fields (words, i, put, &filled);
      g_assert_cmpuint (filled.fields, ==, 5);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/demo/text/fields", test_fields);
  g_test_add_func ("/demo/text/products", test_products);
  return g_test_run ();
}
