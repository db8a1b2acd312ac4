/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/store/sat-tokenizer.h"

#include <string.h>

#include "core/base/sat-platform.h"

static void
append (const char *token, gsize length, gpointer data)
{
  GString *out = data;

  g_string_append_printf (out, "%s%.*s", out->len ? " " : "", (int) length, token);
}

static void
assert_tokens (const char *text, const char *expected)
{
  g_autoptr (GString) out = g_string_new (NULL);

  sat_tokenizer_split (text, strlen (text), append, out);
  g_assert_cmpstr (out->str, ==, expected);
}

static void
assert_query (const char *words, const char *expected)
{
  g_autofree char *query = sat_tokenizer_query (words);

  g_assert_cmpstr (query, ==, expected);
}

static void
test_words (void)
{
  assert_tokens ("Acme Pump-Works", "acme pump works");
  assert_tokens ("Émile ŒUVRE Ångström straße", "emile œuvre angstrom strasse");
  assert_tokens ("ｆｕｌｌ　ＷＩＤＴＨ", "full width");
  assert_tokens ("a_b.c@d", "a b c d");
  assert_tokens ("Привет МИР", "привет мир");
  assert_tokens ("", "");
  assert_tokens (" .,;!\t\n", "");
}

/* Each character and each pair, so that one, two and three characters are found alike. */
static void
test_chinese (void)
{
  assert_tokens ("上海", "上 海 上海");
  assert_tokens ("上海 Acme 宏达", "上 海 上海 acme 宏 达 宏达");
  assert_tokens ("上a海", "上 a 海");
  assert_tokens ("トヨタ", "ト ヨ トヨ タ ヨタ");
  assert_tokens ("𠀀𠀁", "𠀀 𠀁 𠀀𠀁");
}

/* Long runs of digits also by their endings. */
static void
test_digits (void)
{
  assert_tokens ("1234", "1234");
  assert_tokens ("12345", "12345 2345 345");
  assert_tokens ("021-5555-0100", "021 5555 0100");
  assert_tokens ("a12345", "a12345");
  assert_tokens ("１２３４５", "12345 2345 345");
}

/* However long a word is, its beginning is one token of whole characters. */
static void
test_long_words (void)
{
  g_autofree char *latin = g_strnfill (100, 'x');
  g_autofree char *beginning = g_strnfill (64, 'x');
  g_autofree char *query = NULL;
  g_autofree char *expected = g_strdup_printf ("\"%s\"*", beginning);
  g_autoptr (GString) thai = g_string_new (NULL);
  g_autoptr (GString) token = g_string_new (NULL);

  assert_tokens (latin, beginning);
  assert_query (latin, expected);
  for (guint i = 0; i < 40; i++)
    g_string_append (thai, "ก");
  sat_tokenizer_split (thai->str, thai->len, append, token);
  g_assert_true (g_utf8_validate (token->str, -1, NULL));
  g_assert_cmpuint (token->len, ==, 63);
  query = sat_tokenizer_query (thai->str);
  g_assert_true (g_utf8_validate (query, -1, NULL));
  g_assert_cmpuint (strlen (query), ==, 63 + 3);
}

static void
test_queries (void)
{
  assert_query ("Acme", "\"acme\"*");
  assert_query ("pump wo", "\"pump\"* AND \"wo\"*");
  assert_query ("上", "\"上\"");
  assert_query ("上海", "\"上海\"");
  assert_query ("上海宏达", "\"上海\" AND \"海宏\" AND \"宏达\"");
  assert_query ("上海 acme", "\"上海\" AND \"acme\"*");
  assert_query ("acme上", "\"acme\"* AND \"上\"");
  assert_query ("0100", "\"0100\"*");
  assert_query ("50100", "\"50100\"*");
  assert_query ("5555-0100", "(\"55550100\"*) OR (\"5555\"* AND \"0100\"*)");
  assert_query ("+86 (21) 5", "(\"86215\"*) OR (\"86\"* AND \"21\"* AND \"5\"*)");
  assert_query ("2026-11-21", "(\"20261121\"*) OR (\"2026\"* AND \"11\"* AND \"21\"*)");
  assert_query ("\" OR *", "\"or\"*");
  assert_query ("a\"b", "\"a\"* AND \"b\"*");
  assert_query ("", NULL);
  assert_query ("  !? -", NULL);
  assert_query ("+-()", NULL);
}

static void
check_token (const char *token, gsize length, gpointer data)
{
  g_assert_cmpuint (length, >, 0);
  g_assert_cmpuint (length, <=, 64);
  g_assert_true (g_utf8_validate (token, (gssize) length, NULL));
}

static void
test_any_characters (void)
{
  g_autoptr (SatPlatform) dice = sat_platform_new_seeded (6, 0);

  for (guint round = 0; round < 2000; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      guint n = sat_platform_random_below (dice, 60);

      for (guint i = 0; i < n; i++)
        {
          gunichar c = 1 + sat_platform_random_below (dice, 0x20000);
          if (g_unichar_validate (c))
            g_string_append_unichar (text, c);
        }
      sat_tokenizer_split (text->str, text->len, check_token, NULL);
      g_free (sat_tokenizer_query (text->str));
    }
}

/* Any text gives tokens that are in it, folded, and a query of bounded length. */
static void
test_any_text (void)
{
  static const char *const pieces[] = { "a",  "Z", "é", "上",       "海", "1", "23456", " ", "-",
                                        "\"", "*", "ก", "\xcc\x81", "가", "😀", "ß",     "(", "\n" };
  g_autoptr (SatPlatform) dice = sat_platform_new_seeded (5, 0);

  for (guint round = 0; round < 3000; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GString) tokens = g_string_new (NULL);
      g_autofree char *query = NULL;
      guint n = sat_platform_random_below (dice, 40);

      for (guint i = 0; i < n; i++)
        g_string_append (text, pieces[sat_platform_random_below (dice, G_N_ELEMENTS (pieces))]);
      sat_tokenizer_split (text->str, text->len, append, tokens);
      g_assert_true (g_utf8_validate (tokens->str, -1, NULL));
      query = sat_tokenizer_query (text->str);
      g_assert_cmpint (query == NULL, ==, tokens->len == 0);
      if (query != NULL)
        g_assert_true (g_utf8_validate (query, -1, NULL));
    }
  g_autofree char *much = g_strnfill (1000000, 'x');
  for (guint i = 1; i < 1000000; i += 2)
    much[i] = ' ';
  g_autofree char *query = sat_tokenizer_query (much);
  g_assert_cmpuint (strlen (query), <, 5000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/tokenizer/words", test_words);
  g_test_add_func ("/store/tokenizer/chinese", test_chinese);
  g_test_add_func ("/store/tokenizer/digits", test_digits);
  g_test_add_func ("/store/tokenizer/long-words", test_long_words);
  g_test_add_func ("/store/tokenizer/queries", test_queries);
  g_test_add_func ("/store/tokenizer/any-characters", test_any_characters);
  g_test_add_func ("/store/tokenizer/any-text", test_any_text);
  return g_test_run ();
}
