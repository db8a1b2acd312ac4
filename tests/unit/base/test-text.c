/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text helpers: escaping and back, cleanliness, tidying, folding, sorting. */
#include "core/base/sat-text.h"

#include <string.h>

#include "core/base/sat-platform.h"

static void
test_escape_back (void)
{
  static const char alphabet[] = "a\\\n\t\rnrt 虎";
  g_autoptr (SatPlatform) chance = sat_platform_new_seeded (4, 0);

  for (guint i = 0; i < 3000; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL), escaped = g_string_new (NULL);

      for (guint n = sat_platform_random_below (chance, 20); n > 0; n--)
        {
          guint at = sat_platform_random_below (chance, 10);
          if (at == 9)
            g_string_append (text, "虎");
          else
            g_string_append_c (text, alphabet[at]);
        }
      sat_text_escape (escaped, text->str, text->len);
      g_assert_null (strpbrk (escaped->str, "\n\t\r"));
      g_autofree char *back = sat_text_unescape (escaped->str, escaped->len);
      g_assert_cmpstr (back, ==, text->str);
    }
}

static void
test_unescape_refused (void)
{
  static const struct
  {
    const char *text;
    gsize length;
  } bad[] = { { "a\\", 2 },  { "\\x", 2 },      { "\\0", 2 },          { "\\N", 2 },
              { "\xff", 1 }, { "\xe8\x99", 2 }, { "\xed\xa0\x80", 3 }, { "a\0b", 3 } };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_null (sat_text_unescape (bad[i].text, bad[i].length));
}

static void
test_clean (void)
{
  g_assert_true (sat_text_is_clean ("", 0));
  g_assert_true (sat_text_is_clean ("行囊\n\t\r", strlen ("行囊\n\t\r")));
  g_assert_false (sat_text_is_clean ("a\0b", 3));
  g_assert_false (sat_text_is_clean ("a\x01", 2));
  g_assert_false (sat_text_is_clean ("a\x7f", 2));
  g_assert_false (sat_text_is_clean ("a\xc0\x80", 3));
}

static void
test_tidy (void)
{
  static const struct
  {
    const char *text, *tidy;
  } cases[] = {
    { "", "" },           { " \t\n\xe3\x80\x80", "" },
    { "  a b  ", "a b" }, { "a\r\nb\rc\r\n", "a\nb\rc" },
    { "e\xcc\x81", "é" }, { "\xe3\x80\x80行囊\xc2\xa0", "行囊" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *tidy = sat_text_tidy (cases[i].text);
      g_autofree char *again = sat_text_tidy (tidy);

      g_assert_cmpstr (tidy, ==, cases[i].tidy);
      g_assert_cmpstr (again, ==, tidy);
    }
}

/* What is said to be normal folds as the long way does, and the neighbours of the range are not. */
static void
test_normal (void)
{
  static const char *const normal[] = { "", "Acme Ltd 12", "上海Hongda机械", "一", "鿿" };
  static const char *const other[] = { "é", "㐀", "䷿",         "ꀀ",   "\xef\xa4\x80",
                                       "ﬁ", "Ａ", "ab\xe4\xb8", "\xe9", "가" };

  for (gsize i = 0; i < G_N_ELEMENTS (normal); i++)
    {
      g_autofree char *folded = sat_text_fold (normal[i]);
      g_autofree char *nfkc = g_utf8_normalize (normal[i], -1, G_NORMALIZE_NFKC);
      g_autofree char *expected = g_utf8_casefold (nfkc, -1);

      g_assert_true (sat_text_is_normal (normal[i]));
      g_assert_cmpstr (folded, ==, expected);
      g_free (g_steal_pointer (&nfkc));
      nfkc = g_utf8_normalize (normal[i], -1, G_NORMALIZE_ALL);
      g_assert_cmpstr (nfkc, ==, normal[i]);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (other); i++)
    g_assert_false (sat_text_is_normal (other[i]));
}

static void
test_brief (void)
{
  static const char *const pairs[][2] = {
    { "", "" },          { "需求", "需求" },        { "abcd", "abcd" },
    { "abcde", "abc…" }, { "需求→赢单", "需求→…" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autofree char *brief = sat_text_brief (pairs[i][0], 4);
      g_assert_cmpstr (brief, ==, pairs[i][1]);
    }
}

static void
test_fold (void)
{
  g_autofree char *wide = sat_text_fold ("ＡＢＣ１２３"), *plain = sat_text_fold ("abc123");
  g_autofree char *sharp = sat_text_fold ("STRASSE"), *small = sat_text_fold ("straße");

  g_assert_cmpstr (wide, ==, plain);
  g_assert_cmpstr (sharp, ==, small);
}

static int
sorts (const char *a, const char *b)
{
  g_autoptr (GBytes) x = sat_text_sort_key (a), y = sat_text_sort_key (b);

  return g_bytes_compare (x, y);
}

static void
test_sort (void)
{
  g_assert_cmpint (sorts ("阿里", "北京"), <, 0); /* a before b */
  g_assert_cmpint (sorts ("北京", "上海"), <, 0);
  g_assert_cmpint (sorts ("上海", "张江"), <, 0);
  g_assert_cmpint (sorts ("apple", "Banana"), <, 0);
  g_assert_cmpint (sorts ("ABC", "abc"), ==, 0);
  g_assert_cmpint (sorts ("", "a"), <, 0);
  g_autofree char *long_a = g_strnfill (5000, 'a');
  g_assert_cmpint (sorts (long_a, "b"), <, 0);
  g_assert_cmpint (sorts ("\xff\xfe", "b"), !=, 0); /* invalid text has a key, too */
}

static void
test_digits (void)
{
  g_autofree char *mixed = sat_text_digits ("+86（０２１）5555-0100 转8"),
                  *none = sat_text_digits ("电话");

  g_assert_cmpstr (mixed, ==, "86021555501008");
  g_assert_cmpstr (none, ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/text/escape-back", test_escape_back);
  g_test_add_func ("/base/text/unescape-refused", test_unescape_refused);
  g_test_add_func ("/base/text/clean", test_clean);
  g_test_add_func ("/base/text/tidy", test_tidy);
  g_test_add_func ("/base/text/normal", test_normal);
  g_test_add_func ("/base/text/brief", test_brief);
  g_test_add_func ("/base/text/fold", test_fold);
  g_test_add_func ("/base/text/sort", test_sort);
  g_test_add_func ("/base/text/digits", test_digits);
  return g_test_run ();
}
