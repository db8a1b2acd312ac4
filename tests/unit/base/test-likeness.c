/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/base/sat-likeness.h"

#include <string.h>

static void
test_words (void)
{
  static const struct
  {
    const char *text, *words;
  } cases[] = {
    { "Acme Ltd.", "acme" },
    { "ACME, Inc", "acme" },
    { "Müller & Söhne GmbH", "muller sohne" },
    { "Ａｃｍｅ　Ｌｔｄ", "acme" },
    { "上海宏達機械有限公司", "上海宏达机械" },
    { "北京电子集团有限公司", "北京电子" },
    { "O'Neil's", "oneils" },
    { "Ltd", "ltd" },
    { "有限公司", "有限公司" },
    { " - ", "" },
    { "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) words = sat_likeness_words (cases[i].text);
      g_autofree char *joined = g_strjoinv (" ", words);
      g_assert_cmpstr (joined, ==, cases[i].words);
    }
}

static void
assert_word (const char *a, const char *b, double expected)
{
  g_assert_cmpfloat_with_epsilon (sat_likeness_word (a, b), expected, 0.001);
  g_assert_cmpfloat_with_epsilon (sat_likeness_word (b, a), expected, 0.001);
}

static void
test_word (void)
{
  g_autofree char *one = g_strnfill (500, 'x');
  g_autofree char *two = g_strnfill (400, 'x');

  assert_word ("hongda", "hongda", 1);
  assert_word ("hongda", "hogda", 1 - 1.0 / 6);
  assert_word ("hongda", "hnogda", 1 - 1.0 / 6); /* changed round: one mistake */
  assert_word ("abc", "xyz", 0);
  assert_word ("", "abc", 0);
  assert_word ("", "", 1);
  assert_word ("宏达机械", "宏大机械", 0.75);
  assert_word (one, two, 1); /* only so much is looked at */
}

static double
lists (const char *a, const char *b)
{
  g_auto (GStrv) x = sat_likeness_words (a);
  g_auto (GStrv) y = sat_likeness_words (b);

  return sat_likeness_lists ((const char *const *) x, (const char *const *) y);
}

static void
test_lists (void)
{
  g_assert_cmpfloat_with_epsilon (lists ("Hongda Pumps", "pumps hongda"), 1, 0.001);
  g_assert_cmpfloat (lists ("Hongda Pumps", "Hongda Pump"), >, 0.85);
  g_assert_cmpfloat (lists ("Hongda Pumps", "Hongda"), >, 0.6);
  g_assert_cmpfloat (lists ("Hongda Pumps", "Hongda"), <, 0.9);
  g_assert_cmpfloat (lists ("Hongda Pumps", "Western Mills"), <, 0.01);
  g_assert_cmpfloat (lists ("", "Western"), <, 0.01);
  g_assert_cmpfloat (lists ("", ""), <, 0.01);
}

static void
test_stem (void)
{
  static const char *const cases[][2] = { { "宏达机械有限公司", "宏达机械" },
                                          { "宏达集团", "宏达" },
                                          { "宏达公司", "宏达" },
                                          { "公司", "" },
                                          { "宏达", "宏达" },
                                          { "", "" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpuint (sat_likeness_stem (cases[i][0], strlen (cases[i][0])), ==,
                      strlen (cases[i][1]));
}

static void
test_mistakes (void)
{
  static const struct
  {
    const char *typed, *word;
    guint mistakes;
  } cases[] = { { "siem", "siemens", 0 }, { "siemens", "siem", 3 },    { "simens", "siemens", 1 },
                { "seim", "siemens", 1 }, { "sienens", "siemens", 1 }, { "", "siemens", 0 },
                { "宏大", "宏达", 1 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpuint (sat_likeness_mistakes (cases[i].typed, cases[i].word), ==, cases[i].mistakes);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/likeness/words", test_words);
  g_test_add_func ("/base/likeness/word", test_word);
  g_test_add_func ("/base/likeness/lists", test_lists);
  g_test_add_func ("/base/likeness/stem", test_stem);
  g_test_add_func ("/base/likeness/mistakes", test_mistakes);
  return g_test_run ();
}
