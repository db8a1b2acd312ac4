/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tokens of a text, and the query for what a person typed. */
#include "core/store/sat-tokenizer.h"

#include <string.h>

static void
collect (const char *token, gsize length, gpointer data)
{
  GString *out = data;

  if (out->len > 0)
    g_string_append_c (out, ' ');
  g_string_append_len (out, token, (gssize) length);
}

static void
assert_tokens (const char *text, const char *expected)
{
  g_autoptr (GString) out = g_string_new (NULL);

  sat_tokenizer_split (text, strlen (text), collect, out);
  g_assert_cmpstr (out->str, ==, expected);
}

static void
assert_query (const char *words, const char *expected)
{
  g_autofree char *query = sat_tokenizer_query (words);

  g_assert_cmpstr (query, ==, expected);
}

static void
test_tokens (void)
{
  assert_tokens ("", "");
  assert_tokens ("Acme Corp.", "acme corp");
  assert_tokens ("上海宏", "上 海 上海 宏 海宏");
  assert_tokens ("Müller ＡＢＣ", "muller abc");
  assert_tokens ("5550", "5550");
  assert_tokens ("55501", "55501 5501 501");
  assert_tokens ("A上B", "a 上 b");
}

static void
test_queries (void)
{
  assert_query ("  ,.! ", NULL);
  assert_query ("上", "\"上\"");
  assert_query ("上海", "\"上海\"");
  assert_query ("上海宏", "\"上海\" AND \"海宏\"");
  assert_query ("Mül", "\"mul\"*");
  assert_query ("acme 上海", "\"acme\"* AND \"上海\"");
  assert_query ("021-5555 0100", "\"02155550100\"*");
  assert_query ("a\"b* OR c", "\"a\"* AND \"b\"* AND \"or\"* AND \"c\"*");
}

/* Any text: tokens are never empty, never longer than a word may be, and valid UTF-8. */
static void
check_token (const char *token, gsize length, gpointer data)
{
  (void) data;
  g_assert_cmpuint (length, >, 0);
  g_assert_cmpuint (length, <=, 64);
  g_assert_true (g_utf8_validate (token, (gssize) length, NULL));
}

static void
test_any_text (void)
{
  for (guint round = 0; round < 2000; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      guint n = (guint) g_test_rand_int_range (0, 60);

      for (guint i = 0; i < n; i++)
        {
          gunichar c = (gunichar) g_test_rand_int_range (1, 0x20000);
          if (g_unichar_validate (c))
            g_string_append_unichar (text, c);
        }
      sat_tokenizer_split (text->str, text->len, check_token, NULL);
      g_free (sat_tokenizer_query (text->str));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/tokenizer/tokens", test_tokens);
  g_test_add_func ("/store/tokenizer/queries", test_queries);
  g_test_add_func ("/store/tokenizer/any-text", test_any_text);
  return g_test_run ();
}
