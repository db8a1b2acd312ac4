/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/store/sat-tokenizer.h"

#include <string.h>

#include "core/base/sat-platform.h"

static void
append (const char *token, gsize length, gpointer data)
{
  GString *out = data;

  g_assert_true (token[0] == SAT_TOKEN_OTHER[0]);
  token++;
  length--;
  g_string_append_printf (out, "%s%.*s", out->len ? " " : "", (int) length, token);
}

/* As append, with a sign that can be read for the class. */
static void
append_marked (const char *token, gsize length, gpointer data)
{
  static const char *const marks[][2] = {
    { SAT_TOKEN_OTHER, "-" },        { SAT_TOKEN_SOUND, "~" },
    { SAT_TOKEN_INITIALS, "'" },     { SAT_TOKEN_OTHER_SOUND, "-~" },
    { SAT_TOKEN_START, "S" },        { SAT_TOKEN_NEAR, "?" },
    { SAT_TOKEN_START_SOUND, "S~" }, { SAT_TOKEN_START_INITIALS, "S'" },
  };
  GString *out = data;

  g_string_append (out, out->len ? " " : "");
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    if (token[0] == marks[i][0][0])
      {
        g_string_append (out, marks[i][1]);
        token++;
        length--;
        break;
      }
  g_string_append_len (out, token, (gssize) length);
}

static void
assert_marked (const char *text, const char *expected)
{
  g_autoptr (GString) out = g_string_new (NULL);

  sat_tokenizer_split (text, strlen (text), append_marked, out);
  g_assert_cmpstr (out->str, ==, expected);
}

/* The words of a text. */
static void
assert_tokens (const char *text, const char *expected)
{
  g_autoptr (GString) out = g_string_new (NULL);

  sat_tokenizer_split (text, strlen (text), append, out);
  g_assert_cmpstr (out->str, ==, expected);
}

static void
test_words (void)
{
  assert_tokens ("Acme Pump-Works", "acme pump works");
  assert_tokens ("Émile ŒUVRE Ångström straße",
                 "emile oeuvre angstrom strasse emile oeuvre aangstroem strasse");
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

/* Long runs of digits by pieces of four, and the last three. */
static void
test_digits (void)
{
  assert_tokens ("1234", "1234");
  assert_tokens ("12345", "1234 2345 345");
  assert_tokens ("021-5555-0100", "021 5555 0100");
  assert_tokens ("a12345", "a12345");
  assert_tokens ("１２３４５", "1234 2345 345");
}

/* However long a word is, its beginning is one token of whole characters. */
static void
test_long_words (void)
{
  g_autofree char *latin = g_strnfill (100, 'x');
  g_autofree char *beginning = g_strnfill (64, 'x');
  g_autoptr (GString) thai = g_string_new (NULL);
  g_autoptr (GString) token = g_string_new (NULL);

  assert_tokens (latin, beginning);
  for (guint i = 0; i < 40; i++)
    g_string_append (thai, "ก");
  sat_tokenizer_split (thai->str, thai->len, append, token);
  g_assert_true (g_utf8_validate (token->str, -1, NULL));
  g_assert_cmpuint (token->len, ==, 63);
}

/* A title has all classes; a name also sounds; a number is its digits. */
static void
test_values (void)
{
  assert_marked ("\x10国", "国 S国 ~guo S~guo 'g S'g");
  assert_marked ("\x10"
                 "Ab",
                 "Sab Sa ab");
  assert_marked ("\x11国", "-国 -~guo");
  assert_marked ("\x13国", "-国");
  assert_marked ("\x12"
                 "021-55",
                 "-0215 -2155 -155");
  assert_marked ("\x12"
                 "1234 ext 5",
                 "-1234 -ext -5 -1234 -2345 -345");
  assert_marked ("\x10"
                 "a\x13"
                 "b c",
                 "Sa a -b -c");
  assert_marked ("\x10"
                 "Jörg",
                 "Sjorg Sj jorg ?jorg ?org ?jrg ?jog ?jor Sjoerg Sj joerg ?joerg "
                 "?oerg ?jerg ?jorg ?joeg ?joer");
}

static void
test_expand (void)
{
  static const char *const cases[][2] = { { "Müller", "Mueller" }, { "Mu\xcc\x88ller", "Mueller" },
                                          { "Åse", "aase" },       { "Größe", "Groeße" },
                                          { "Muller", NULL },      { "é", NULL },
                                          { "上海", NULL },        { "", NULL } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *found = sat_tokenizer_expand (cases[i][0], strlen (cases[i][0]));
      g_assert_cmpstr (found, ==, cases[i][1]);
    }
}

static void
test_fold (void)
{
  static const char *const cases[][2] = { { "Łódź", "lodz" },       { "Ærø", "aero" },
                                          { "STRASSE", "strasse" }, { "Straße", "strasse" },
                                          { "Þór", "thor" },        { "ＡＢＣ１２", "abc12" },
                                          { "萬達", "万达" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *found = sat_tokenizer_fold (cases[i][0], strlen (cases[i][0]));
      g_assert_cmpstr (found, ==, cases[i][1]);
    }
}

/* A word of a value is never said to be in none. */
static void
test_may_hold (void)
{
  g_assert_true (sat_tokenizer_may_hold ("\x13"
                                         "Müller AG",
                                         11,
                                         "\x03"
                                         "mueller"));
  g_assert_true (sat_tokenizer_may_hold ("\x13"
                                         "Müller AG",
                                         11,
                                         "\x03"
                                         "ag"));
  g_assert_true (sat_tokenizer_may_hold ("\x12"
                                         "1 2345",
                                         7,
                                         "\x03"
                                         "1234"));
  g_assert_true (sat_tokenizer_may_hold ("\x11国", 4, "\x06guo"));
  g_assert_true (sat_tokenizer_may_hold ("\x10国", 4, "\x04guo"));
  g_assert_false (sat_tokenizer_may_hold ("\x10国", 4, "\x03国"));
  g_assert_false (sat_tokenizer_may_hold ("\x13国", 4, "国"));
  g_assert_false (sat_tokenizer_may_hold ("\x13"
                                          "abc",
                                          4,
                                          "\x03"
                                          "xyz"));
}

static void
check_token (const char *token, gsize length, gpointer data)
{
  g_assert_cmpuint (length, >, 0);
  g_assert_cmpuint (length, <=, 65);
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
      g_string_prepend_c (text, SAT_VALUE_TITLE);
      sat_tokenizer_split (text->str, text->len, check_token, NULL);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/tokenizer/words", test_words);
  g_test_add_func ("/store/tokenizer/chinese", test_chinese);
  g_test_add_func ("/store/tokenizer/digits", test_digits);
  g_test_add_func ("/store/tokenizer/long-words", test_long_words);
  g_test_add_func ("/store/tokenizer/values", test_values);
  g_test_add_func ("/store/tokenizer/expand", test_expand);
  g_test_add_func ("/store/tokenizer/fold", test_fold);
  g_test_add_func ("/store/tokenizer/may-hold", test_may_hold);
  g_test_add_func ("/store/tokenizer/any-characters", test_any_characters);
  return g_test_run ();
}
