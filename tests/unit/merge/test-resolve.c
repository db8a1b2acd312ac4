/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is shown of siblings, by policy. */
#include "core/merge/sat-resolve.h"

static int
compare_dots (const SatDot *a, const SatDot *b, gpointer data)
{
  (void) data;
  return (a->device > b->device) - (a->device < b->device);
}

static const SatOrder order = { compare_dots, NULL };

static SatSibling
sibling (guint32 device, SatHlc hlc, const char *value)
{
  SatSibling s = { .dot = { 1, device, 1 }, .hlc = hlc, .field = 10, .value = value };

  return s;
}

static SatField
field (SatTypeId type, SatPolicy policy)
{
  SatField f = { .name = "f", .type = sat_type_get (type), .policy = policy };

  return f;
}

static void
test_newest (void)
{
  SatField f = field (SAT_TYPE_TEXT, SAT_POLICY_NEWEST);
  SatSibling s[] = { sibling (1, 5, "a"), sibling (2, 9, "b"), sibling (3, 9, "c") };

  g_assert_cmpint (sat_resolve (&f, s, 3, &order), ==, 2); /* equal stamps: the device decides */
  g_assert_cmpint (sat_resolve (&f, s, 2, &order), ==, 1);
  g_assert_cmpint (sat_resolve (&f, s, 0, &order), ==, -1);
  g_assert_cmpint (sat_resolve (NULL, s, 3, &order), ==, 2);
  g_assert_false (sat_is_conflict (&f, s, 3));
}

static void
test_people_before_rules (void)
{
  SatField f = field (SAT_TYPE_PHONE, SAT_POLICY_REVIEW);
  SatSibling s[] = { sibling (1, 5, "1"), sibling (2, 9, "2") };

  g_assert_true (sat_is_conflict (&f, s, 2));
  s[1].automatic = TRUE;
  g_assert_cmpint (sat_resolve (&f, s, 2, &order), ==, 0);
  g_assert_false (sat_is_conflict (&f, s, 2));
  s[0].automatic = TRUE; /* rules among themselves */
  g_assert_cmpint (sat_resolve (&f, s, 2, &order), ==, 1);
  g_assert_true (sat_is_conflict (&f, s, 2));
}

static void
test_equal_values_never_ask (void)
{
  SatField f = field (SAT_TYPE_PHONE, SAT_POLICY_REVIEW);
  SatSibling same[] = { sibling (1, 5, "7"), sibling (2, 9, "7") };
  SatSibling cleared[] = { sibling (1, 5, NULL), sibling (2, 9, NULL) };
  SatSibling half[] = { sibling (1, 5, "7"), sibling (2, 9, NULL) };

  g_assert_false (sat_is_conflict (&f, same, 2));
  g_assert_false (sat_is_conflict (&f, cleared, 2));
  g_assert_true (sat_is_conflict (&f, half, 2));
}

static void
test_extremes (void)
{
  SatField max = field (SAT_TYPE_INTEGER, SAT_POLICY_MAX);
  SatField min = field (SAT_TYPE_INTEGER, SAT_POLICY_MIN);
  SatSibling s[] = { sibling (1, 5, "10"), sibling (2, 9, "9"), sibling (3, 99, NULL),
                     sibling (4, 999, "not a number") };

  g_assert_cmpint (sat_resolve (&max, s, 4, &order), ==, 0); /* by value, not as text */
  g_assert_cmpint (sat_resolve (&min, s, 4, &order), ==, 1);
  /* Cleared only if all are; what the type cannot read only if there is nothing else. */
  g_assert_cmpint (sat_resolve (&max, s + 2, 1, &order), ==, 0);
  g_assert_cmpint (sat_resolve (&max, s + 2, 2, &order), ==, 1);
}

static void
test_life (void)
{
  SatSibling s[] = { sibling (1, 5, SAT_LIFE_LIVE_TEXT), sibling (2, 9, SAT_LIFE_DEAD_TEXT) };

  g_assert_cmpint (sat_resolve_life (s, 2, &order), ==, 0);
  g_assert_cmpint (sat_resolve_life (s + 1, 1, &order), ==, 0);
  s[0].automatic = TRUE; /* a rule does not revive what a person deleted */
  g_assert_cmpint (sat_resolve_life (s, 2, &order), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/merge/resolve/newest", test_newest);
  g_test_add_func ("/merge/resolve/people-before-rules", test_people_before_rules);
  g_test_add_func ("/merge/resolve/equal-values", test_equal_values_never_ask);
  g_test_add_func ("/merge/resolve/extremes", test_extremes);
  g_test_add_func ("/merge/resolve/life", test_life);
  return g_test_run ();
}
