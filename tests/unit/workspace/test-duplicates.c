/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/workspace/sat-workspace-duplicates.h"

#include "tests/support/world.h"

typedef struct
{
  World world;
  SatWorkspace *wang;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  world_laptops (&f->world, &f->wang, 1);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  sat_workspace_close (f->wang);
  world_clear (&f->world);
}

static GPtrArray *
find (Fixture *f, const char *object, gint64 limit, gint64 expected)
{
  g_autoptr (GError) error = NULL;
  gint64 total = -1;
  GPtrArray *pairs = sat_workspace_duplicates (f->wang, world_object (f->wang, object), limit,
                                               &total, &error);

  g_assert_no_error (error);
  g_assert_cmpint (total, ==, expected);
  return pairs;
}

static void
assert_agreement (const SatDuplicate *pair, const char *field, SatAgreement agreement)
{
  for (guint i = 0; i < pair->fields->len; i++)
    {
      const SatAgreeing *one = &g_array_index (pair->fields, SatAgreeing, i);
      if (g_str_equal (one->field->name, field))
        {
          g_assert_cmpint (one->agreement, ==, agreement);
          return;
        }
    }
  g_assert_not_reached ();
}

/* Pairs of customers, by two fields of each, and whether they look like one. */
static void
test_pairs (Fixture *f, gconstpointer data)
{
  static const struct
  {
    const char *field, *name_a, *a, *name_b, *b;
    gboolean alike;
  } cases[] = {
    { "city", "Acme Ltd", NULL, "ACME, Inc.", NULL, TRUE },
    { "city", "上海宏達機械有限公司", NULL, "上海宏达机械", NULL, TRUE },
    { "city", "Müller Pumps GmbH", NULL, "Muller Pumps", NULL, TRUE },
    { "city", "Western Machinery", NULL, "Western Machinrey", NULL, TRUE },
    { "city", "Western Machinery", NULL, "Eastern Chemicals", NULL, FALSE },
    { "phone", "Acme", "021-5555-0100", "Acme", "+86 21 5555 0100", TRUE },
    { "phone", "Hongda", "021-5555-0100", "Western Mills", "021-5555-0100", FALSE },
    { "phone", "Hongda Pumps", "021-5555-0100", "Hongda Trading", "021-5555-0100", TRUE },
    { "email", "Hongda Pumps", "a@example.com", "Hongda Shanghai", "A@example.com", TRUE },
    { "code", "Hongda", "C-100200", "Hongda", "D-777777", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      SatId a = record_new (f->wang, "customer", "name", cases[i].name_a, cases[i].field,
                            cases[i].a, NULL);
      SatId b = record_new (f->wang, "customer", "name", cases[i].name_b, cases[i].field,
                            cases[i].b, NULL);
      g_autoptr (GPtrArray) pairs = NULL;

      g_test_message ("%s / %s", cases[i].name_a, cases[i].name_b);
      pairs = find (f, "customer", -1, cases[i].alike);
      record_delete (f->wang, "customer", &a);
      record_delete (f->wang, "customer", &b);
    }
}

static void
test_explained (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) pairs = NULL;
  const SatDuplicate *pair;

  record_new (f->wang, "customer", "name", "Hongda Pumps", "phone", "021-5555-0100", "city",
              "Shanghai", NULL);
  record_new (f->wang, "customer", "name", "Hongda Pumsp", "phone", "021-5555-0100", "city",
              "Beijing", NULL);
  pairs = find (f, "customer", -1, 1);
  pair = g_ptr_array_index (pairs, 0);
  assert_agreement (pair, "name", SAT_AGREE_SIMILAR);
  assert_agreement (pair, "phone", SAT_AGREE_SAME);
  assert_agreement (pair, "city", SAT_AGREE_DIFFERENT);
  g_assert_cmpuint (pair->strength, >=, 50);
  g_assert_cmpuint (pair->strength, <=, 100);
  g_assert_cmpint (sat_id_compare (&pair->a, &pair->b), <, 0);
}

/* Two people of one name are one at one customer only. */
static void
test_owner (Fixture *f, gconstpointer data)
{
  SatId one = record_new (f->wang, "customer", "name", "Hongda", NULL);
  SatId two = record_new (f->wang, "customer", "name", "Western Mills", NULL);
  g_autofree char *at_one = sat_id_dup_text (&one);
  g_autofree char *at_two = sat_id_dup_text (&two);
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GPtrArray) some = NULL;

  record_new (f->wang, "contact", "name", "李明", "customer", at_one, NULL);
  record_new (f->wang, "contact", "name", "李明", "customer", at_two, NULL);
  none = find (f, "contact", -1, 0);
  record_new (f->wang, "contact", "name", "李明", "customer", at_two, NULL);
  some = find (f, "contact", -1, 1);
}

/* A person's word is kept, told to others, and taken back. */
static void
test_apart (Fixture *f, gconstpointer data)
{
  const SatObject *customer = world_object (f->wang, "customer");
  SatId a = record_new (f->wang, "customer", "name", "Hongda Pumps", NULL);
  SatId b = record_new (f->wang, "customer", "name", "Hongda Pumps Ltd", NULL);
  g_autofree char *a_text = sat_id_dup_text (&a);
  g_autofree char *b_text = sat_id_dup_text (&b);
  gboolean first = sat_id_compare (&a, &b) < 0;
  g_autoptr (GPtrArray) before = find (f, "customer", -1, 1);
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GPtrArray) of = NULL;
  g_autoptr (GPtrArray) again = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (GError) error = NULL;

  /* Whichever of the two comes first. */
  sat_workspace_keep_apart (f->wang, customer, &b, &a, TRUE, &error);
  g_assert_no_error (error);
  assert_value (f->wang, "customer", first ? &a : &b, "not_same_as", first ? b_text : a_text);
  assert_value (f->wang, "customer", first ? &b : &a, "not_same_as", NULL);
  none = find (f, "customer", -1, 0);
  of = sat_workspace_duplicates_of (f->wang, customer, &b, 5, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (of->len, ==, 0);
  record_new (f->wang, "customer", "name", "Hongda Pumps", NULL);
  again = find (f, "customer", -1, 2);
  sat_workspace_keep_apart (f->wang, customer, &a, &b, FALSE, &error);
  g_assert_no_error (error);
  after = find (f, "customer", -1, 3);

  g_assert_false (sat_workspace_keep_apart (f->wang, customer, &a, &a, TRUE, &error));
  assert_error (&error, SAT_ERROR_INVALID, "“Hongda Pumps” is one record");
  g_assert_false (
      sat_workspace_keep_apart (f->wang, world_object (f->wang, "deal"), &a, &b, TRUE, &error));
  assert_error (&error, SAT_ERROR_INVALID, "for deal it cannot be kept");
}

static void
test_limit (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) pairs = NULL;
  guint last = 100;

  for (guint i = 0; i < 4; i++)
    record_new (f->wang, "customer", "name", i % 2 ? "Hongda" : "Hongda Ltd", "phone",
                i < 2 ? "021-5555-0100" : "021-5555-0200", NULL);
  pairs = find (f, "customer", 3, 6);
  g_assert_cmpuint (pairs->len, ==, 3);
  for (guint i = 0; i < pairs->len; i++)
    {
      const SatDuplicate *pair = g_ptr_array_index (pairs, i);
      g_assert_cmpuint (pair->strength, <=, last);
      last = pair->strength;
    }
}

static void
test_of_one (Fixture *f, gconstpointer data)
{
  SatId one = record_new (f->wang, "customer", "name", "Hongda Ltd", NULL);
  SatId two = record_new (f->wang, "customer", "name", "Hongda", NULL);
  SatId far = record_new (f->wang, "customer", "name", "Western Mills", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) pairs = NULL;
  g_autoptr (GPtrArray) none = NULL;
  const SatDuplicate *pair;

  pairs = sat_workspace_duplicates_of (f->wang, world_object (f->wang, "customer"), &one, 5,
                                       &error);
  g_assert_no_error (error);
  g_assert_cmpuint (pairs->len, ==, 1);
  pair = g_ptr_array_index (pairs, 0);
  g_assert_true (sat_id_equal (&pair->a, &one));
  g_assert_true (sat_id_equal (&pair->b, &two));
  none = sat_workspace_duplicates_of (f->wang, world_object (f->wang, "customer"), &far, 5, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (none->len, ==, 0);
}

static void
test_known (Fixture *f, gconstpointer data)
{
  g_assert_true (sat_duplicates_known (world_object (f->wang, "customer")));
  g_assert_true (sat_duplicates_known (world_object (f->wang, "contact")));
  g_assert_false (sat_duplicates_known (world_object (f->wang, "deal")));
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/workspace/duplicates/pairs", test_pairs },
    { "/workspace/duplicates/explained", test_explained },
    { "/workspace/duplicates/owner", test_owner },
    { "/workspace/duplicates/apart", test_apart },
    { "/workspace/duplicates/limit", test_limit },
    { "/workspace/duplicates/of-one", test_of_one },
    { "/workspace/duplicates/known", test_known },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
