/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A condition asked of a record that is not written finds what a list finds once it is. */
#include "core/query/sat-trial.h"

#include "core/query/sat-list.h"
#include "tests/support/world.h"

typedef struct
{
  World world;
  SatWorkspace *all[1];
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  (void) data;
  world_laptops (&f->world, f->all, 1);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  (void) data;
  sat_workspace_close (f->all[0]);
  world_clear (&f->world);
}

static const char *
value_of (const SatField *field, gpointer data)
{
  return sat_draft_get (data, field);
}

static gboolean
tries (Fixture *f, const SatDraft *draft, const char *condition)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SatExpression) where = sat_expression_parse (sat_draft_object (draft), condition,
                                                          SAT_EXPRESSION_FILTER, NULL, &error);
  const SatId nobody = { 0 };
  gboolean meets = FALSE;

  g_assert_no_error (error);
  g_autoptr (SatTrial) trial = sat_trial_new (world_replica (f->all[0]), where, &nobody, &error);
  g_assert_no_error (error);
  g_assert_true (
      sat_trial_meets (trial, sat_draft_id (draft), value_of, (gpointer) draft, &meets, &error));
  g_assert_no_error (error);
  return meets;
}

static gint64
finds (Fixture *f, const SatObject *object, const char *condition)
{
  g_autoptr (SatExpression) where = sat_expression_parse (object, condition, SAT_EXPRESSION_FILTER,
                                                          NULL, NULL);
  SatQuery query = { .object = object, .where = where, .limit = -1 };

  return sat_workspace_count (f->all[0], &query, NULL);
}

static void
set (SatDraft *draft, const char *field, const char *value)
{
  sat_draft_set (draft, sat_object_find (sat_draft_object (draft), field), value);
}

/* Of every kind of value: some are true and some are not, and both ways say the same. */
static void
test_as_lists (Fixture *f, gconstpointer data)
{
  static const char *const conditions[] = {
    "amount > 100",
    "amount = \"120.00 CNY\"",
    "amount < 100",
    "stage >= \"needs\"",
    "stage = \"won\"",
    "probability = 35%",
    "close_date is empty",
    "close_date < \"2027-01-01\"",
    "tags has \"vip\"",
    "tags has \"east\"",
    "customer = \"Globex\"",
    "customer.city = \"上海\"",
    "customer.phone is empty",
    "customer is empty",
    "name like \"pump%\"",
    "next_step is empty",
    "days_since(stage_since) > 3",
    "length(name) = 5",
    "weighted_amount > 40",
    "weighted_amount > 50",
    "working_days(\"2026-09-30\", close_date) > 40",
    "working_days(\"2026-09-30\", close_date) > 30",
  };
  const SatObject *deal = world_object (f->all[0], "deal");
  SatId customer = record_new (f->all[0], "customer", "name", "Globex", "city", "上海", NULL);
  g_autoptr (SatDraft) draft = sat_draft_new (deal);
  gboolean before[G_N_ELEMENTS (conditions)];
  char id[SAT_ID_TEXT_SIZE];
  guint n = 0;

  (void) data;
  set (draft, "name", "Pumps");
  set (draft, "customer", sat_id_format (&customer, id));
  set (draft, "amount", "120.00 CNY");
  set (draft, "stage", "needs");
  set (draft, "probability", "35");
  set (draft, "close_date", "2026-12-01");
  set (draft, "tags", "big\nvip");
  set (draft, "stage_since", "2020-01-01T00:00:00Z");
  for (guint i = 0; i < G_N_ELEMENTS (conditions); i++)
    n += before[i] = tries (f, draft, conditions[i]);
  g_assert_cmpint (finds (f, deal, "name = \"Pumps\""), ==, 0);
  g_assert_cmpuint (n, >, 5);
  g_assert_cmpuint (n, <, G_N_ELEMENTS (conditions) - 3);
  g_assert_true (sat_workspace_save (f->all[0], draft, NULL, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (conditions); i++)
    if (before[i] != (finds (f, deal, conditions[i]) == 1))
      g_error ("%s: said %d before it was written", conditions[i], before[i]);
}

/* One trial serves many records. */
static void
test_again (Fixture *f, gconstpointer data)
{
  const SatObject *deal = world_object (f->all[0], "deal");
  g_autoptr (SatExpression) where = sat_expression_parse (deal, "amount > 10",
                                                          SAT_EXPRESSION_FILTER, NULL, NULL);
  const SatId nobody = { 0 };
  g_autoptr (SatTrial) trial = sat_trial_new (world_replica (f->all[0]), where, &nobody, NULL);

  (void) data;
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (SatDraft) draft = sat_draft_new (deal);
      g_autofree char *amount = g_strdup_printf ("%u.00 CNY", i);
      gboolean meets = FALSE;

      set (draft, "amount", amount);
      g_assert_true (sat_trial_meets (trial, NULL, value_of, draft, &meets, NULL));
      g_assert_cmpint (meets, ==, i > 10);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/trial/as-lists", Fixture, NULL, set_up, test_as_lists, tear_down);
  g_test_add ("/trial/again", Fixture, NULL, set_up, test_again, tear_down);
  return g_test_run ();
}
