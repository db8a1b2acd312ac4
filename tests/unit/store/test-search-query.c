/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/store/sat-search-query.h"

#include <string.h>

#include "core/base/sat-platform.h"
#include "core/store/sat-tokenizer.h"

static void
assert_query (const char *words, SatSearchScope scope, const char *expected)
{
  g_autofree char *query = sat_search_query (words, scope);

  g_assert_cmpstr (query, ==, expected);
}

static void
test_written (void)
{
#define OTHER "\x03"
  assert_query ("Acme", SAT_SCOPE_WRITTEN, "(\"acme\"* OR \"" OTHER "acme\"*)");
  assert_query ("Jörg", SAT_SCOPE_WRITTEN,
                "(\"jorg\"* OR \"joerg\"* OR \"" OTHER "jorg\"* OR \"" OTHER "joerg\"*)");
  assert_query ("上", SAT_SCOPE_WRITTEN, "(\"上\" OR \"" OTHER "上\")");
  assert_query ("上海宏", SAT_SCOPE_WRITTEN,
                "((\"上海\" AND \"海宏\") OR (\"" OTHER "上海\" AND \"" OTHER "海宏\"))");
  assert_query ("0100", SAT_SCOPE_WRITTEN, "(\"0100\"* OR \"" OTHER "0100\"*)");
  assert_query ("\" OR *", SAT_SCOPE_WRITTEN, "(\"or\"* OR \"" OTHER "or\")");
  assert_query ("", SAT_SCOPE_WRITTEN, NULL);
  assert_query ("  !? -", SAT_SCOPE_WRITTEN, NULL);
  assert_query ("+-()", SAT_SCOPE_WRITTEN, NULL);
#undef OTHER
}

static void
test_scopes (void)
{
  assert_query ("上海", SAT_SCOPE_START, "((\"\x07上海\"))");
  assert_query ("上海 acm", SAT_SCOPE_TITLE,
                "((\"上海\")) AND (\"acm\"* OR (\"\x05"
                "acm\"))");
  assert_query ("z1", SAT_SCOPE_START, "(\"\x07z1\"*)");
  assert_query ("z", SAT_SCOPE_ANY, "(\"\x07z\" OR \"\x03z\" OR (\"\x0fz\"))");
  assert_query ("工行", SAT_SCOPE_NEAR, "((\"工\" AND \"行\"))");
}

static void
test_words (void)
{
  static const char *const cases[][2] = {
    { "Müller  Ag", "muller|ag" },
    { "3M中国", "3m|中国" },
    { "宏达公司", "宏达|公司" },
    { "公司", "公司" },
    { "xi'an", "xi|an" },
    { "ＡＢＣ１２", "abc12" },
    { "萬達", "万达" },
    { " ", "" },
    { "lu:", "lu" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) words = sat_search_words (cases[i][0]);
      g_autofree char *joined = g_strjoinv ("|", words);

      g_assert_cmpstr (joined, ==, cases[i][1]);
    }
}

static void
test_letters (void)
{
  static const char *const cases[][2] = {
    { "ZhongGuo", "zhongguo" },
    { "zhong guo", "zhongguo" },
    { "xi'an", "xian" },
    { "lü", "lv" },
    { "LU:", "lv" },
    { "nu:xing", "nvxing" },
    { "lu: bu", "lvbu" },
    { "中guo", NULL },
    { "a1", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *letters = sat_search_letters (cases[i][0]);
      g_assert_cmpstr (letters, ==, cases[i][1]);
    }
}

static int
near (const char *typed, const char *title)
{
  g_auto (GStrv) words = sat_search_words (typed);

  return sat_search_is_near ((const char *const *) words, title);
}

static void
test_near (void)
{
  g_assert_cmpint (near ("simens", "Siemens AG"), ==, 1);
  g_assert_cmpint (near ("seimens", "Siemens AG"), ==, 1);
  g_assert_cmpint (near ("seimns", "Siemens AG"), ==, -1);
  g_assert_cmpint (near ("siem", "Siemens AG"), ==, 0);
  g_assert_cmpint (near ("maschinnebua", "Müller Maschinenbau"), ==, 2);
  g_assert_cmpint (near ("ab", "ac"), ==, -1);
  g_assert_cmpint (near ("工行", "中国工商银行"), ==, 1);
  g_assert_cmpint (near ("行工", "中国工商银行"), ==, -1);
  g_assert_cmpint (near ("中移动 simens", "中国移动 Siemens"), ==, 2);
}

/* Whatever is typed gives a query of bounded length, or none where there is nothing to ask for. */
static void
count_tokens (const char *token, gsize length, gpointer data)
{
  ++*(guint *) data;
}

static void
test_any_text (void)
{
  static const char *const pieces[] = { "a",  "Z", "é", "上",       "海", "1", "23456", " ", "-",
                                        "\"", "*", "ก", "\xcc\x81", "가", "😀", "ß",     "(", "\n" };
  g_autoptr (SatPlatform) dice = sat_platform_new_seeded (5, 0);

  for (guint round = 0; round < 3000; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      guint n = sat_platform_random_below (dice, 40);
      guint tokens = 0;

      for (guint i = 0; i < n; i++)
        g_string_append (text, pieces[sat_platform_random_below (dice, G_N_ELEMENTS (pieces))]);
      sat_tokenizer_split (text->str, text->len, count_tokens, &tokens);
      for (guint scope = 0; scope <= SAT_SCOPE_NEAR; scope++)
        {
          g_autofree char *query = sat_search_query (text->str, scope);

          g_assert_cmpint (query == NULL, ==, tokens == 0);
          if (query != NULL)
            g_assert_true (g_utf8_validate (query, -1, NULL));
        }
    }
  g_autofree char *much = g_strnfill (1000000, 'x');
  for (guint i = 1; i < 1000000; i += 2)
    much[i] = ' ';
  g_autofree char *query = sat_search_query (much, SAT_SCOPE_ANY);
  g_assert_cmpuint (strlen (query), <, 5000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/search-query/written", test_written);
  g_test_add_func ("/store/search-query/scopes", test_scopes);
  g_test_add_func ("/store/search-query/words", test_words);
  g_test_add_func ("/store/search-query/letters", test_letters);
  g_test_add_func ("/store/search-query/near", test_near);
  g_test_add_func ("/store/search-query/any-text", test_any_text);
  return g_test_run ();
}
