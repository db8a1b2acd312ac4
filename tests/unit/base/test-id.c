/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ids: their text, their order in time, and those that are derived. */
#include "core/base/sat-id.h"

#include <string.h>

static void
test_text (void)
{
  g_autoptr (SatPlatform) chance = sat_platform_new_seeded (5, 1000);
  char text[SAT_ID_TEXT_SIZE];

  for (guint i = 0; i < 1000; i++)
    {
      SatId id, back;

      sat_platform_random (chance, id.bytes, SAT_ID_SIZE);
      g_autofree char *copy = sat_id_dup_text (&id);
      g_autofree char *upper = g_ascii_strup (copy, -1);
      g_assert_cmpuint (strlen (sat_id_format (&id, text)), ==, 36);
      g_assert_cmpstr (copy, ==, text);
      g_assert_true (sat_id_parse (text, &back));
      g_assert_true (sat_id_equal (&id, &back));
      g_assert_true (sat_id_parse (upper, &back));
      g_assert_cmpint (sat_id_compare (&id, &back), ==, 0);
      g_assert_cmpuint (sat_id_hash (&id), ==, sat_id_hash (&back));
    }
}

static void
test_refused (void)
{
  static const char *const bad[] = { "",
                                     "0",
                                     "0190163d8694739baea5966c26f8ad91",
                                     "0190163d-8694-739b-aea5-966c26f8ad9",
                                     "0190163d-8694-739b-aea5-966c26f8ad911",
                                     "0190163d-8694-739b-aea5+966c26f8ad91",
                                     "0190163g-8694-739b-aea5-966c26f8ad91",
                                     "{190163d-8694-739b-aea5-966c26f8ad91",
                                     " 190163d-8694-739b-aea5-966c26f8ad91" };
  SatId id = { { 9 } };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (sat_id_parse (bad[i], &id));
  g_assert_cmpuint (id.bytes[0], ==, 9);
}

static void
test_new (void)
{
  g_autoptr (SatPlatform) chance = sat_platform_new_seeded (5, G_GINT64_CONSTANT (0x0190163d8694));
  SatId last = { { 0 } }, id;
  char text[SAT_ID_TEXT_SIZE];

  g_assert_true (sat_id_is_nil (&last));
  for (guint i = 0; i < 1000; i++)
    {
      sat_platform_set_now (chance, G_GINT64_CONSTANT (0x0190163d8694) + i);
      sat_id_new (chance, &id);
      g_assert_cmpint (sat_id_compare (&last, &id), <, 0);
      sat_id_format (&id, text);
      g_assert_cmpint (text[14], ==, '7');
      g_assert_nonnull (strchr ("89ab", text[19]));
      g_assert_false (sat_id_is_nil (&id));
      last = id;
    }
}

static void
test_derive (void)
{
  SatId space, a, b;
  char text[SAT_ID_TEXT_SIZE];

  g_assert_true (sat_id_parse ("0190163d-8694-739b-aea5-966c26f8ad91", &space));
  sat_id_derive (&space, "wang", 4, &a);
  sat_id_derive (&space, "wangs", 4, &b);
  g_assert_true (sat_id_equal (&a, &b));
  sat_id_derive (&space, "wangs", 5, &b);
  g_assert_false (sat_id_equal (&a, &b));
  sat_id_derive (NULL, "wang", 4, &b);
  g_assert_false (sat_id_equal (&a, &b));
  /* sha256sum of sixteen zero bytes and "wang" begins with this, version and variant apart. */
  g_assert_cmpstr (sat_id_format (&b, text), ==, "333171cb-0b9a-80b0-98f3-3c9072b56b88");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/id/text", test_text);
  g_test_add_func ("/base/id/refused", test_refused);
  g_test_add_func ("/base/id/new", test_new);
  g_test_add_func ("/base/id/derive", test_derive);
  return g_test_run ();
}
