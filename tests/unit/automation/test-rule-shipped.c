/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules that come with Satchel can all be made of the built-in catalogue. */
#include "core/automation/sat-rule-shipped.h"

#include <string.h>

static void
set (SatDraft *draft, const char *name, const char *value)
{
  const SatField *field = sat_object_find (sat_draft_object (draft), name);

  g_assert_nonnull (field);
  if (value != NULL)
    sat_draft_set (draft, field, value);
}

static void
test_all (void)
{
  g_autoptr (GError) error = NULL;
  SatCatalogue *catalogue = sat_catalogue_default (&error);
  guint n = 0;

  g_assert_no_error (error);
  for (const SatShippedRule *rule = sat_rules_shipped (); rule->key != NULL; rule++, n++)
    {
      g_autoptr (SatDraft) draft = sat_draft_new (sat_catalogue_find (catalogue, SAT_RULE));

      set (draft, "name", rule->name);
      set (draft, "object", rule->object);
      set (draft, "trigger", rule->trigger);
      set (draft, "field", rule->field);
      set (draft, "days", rule->days);
      set (draft, "condition", rule->condition);
      set (draft, "actions", rule->actions);
      g_assert_true (sat_rule_check (draft, "2026-11-21", &error));
      g_assert_no_error (error);
    }
  g_assert_cmpuint (n, >=, 7);
  sat_catalogue_unref (catalogue);
}

/* Ids come from key and part. */
static void
test_names (void)
{
  const SatShippedRule *all = sat_rules_shipped ();

  for (guint i = 0; all[i].key != NULL; i++)
    for (guint k = 0; k < i; k++)
      g_assert_false (strcmp (all[i].key, all[k].key) == 0 &&
                      strcmp (all[i].part, all[k].part) == 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rule-shipped/all", test_all);
  g_test_add_func ("/rule-shipped/names", test_names);
  return g_test_run ();
}
