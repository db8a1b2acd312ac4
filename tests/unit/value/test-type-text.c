/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "value-cases.h"

static char *
repeat (const char *what, gsize n)
{
  GString *out = g_string_new (NULL);

  while (n-- > 0)
    g_string_append (out, what);
  return g_string_free (out, FALSE);
}

static void
test_text (void)
{
  static const Accepted cases[] = {
    { "", NULL },
    { " \t\r\n\u3000\u00a0 ", NULL },
    { "  上海宏达机械有限公司　", "上海宏达机械有限公司" },
    { "one\r\n\ttwo\nthree", "one two three" },
    { "a\u2028b\xc2\x85"
      "c",
      "a b c" },
    { "Cafe\u0301", "Caf\u00e9" }, /* one spelling a character */
    { "\u1112\u1161\u11ab", "\ud55c" },
    { "two  blanks stay", "two  blanks stay" },
    { "\u03b1\u0313\u0300\u0345", "\u1f82" },
  };

  check_accepts (SAT_TYPE_TEXT, NULL, cases, G_N_ELEMENTS (cases));
  CHECK_REFUSES (SAT_TYPE_TEXT, NULL, "bell\a", "\x7f", "\xff\xfe", "\xc3", "\xed\xa0\x80");
  CHECK_NOT_CANONICAL (SAT_TYPE_TEXT, "", " ", "a\n", "a\nb", "a\tb", "a\rb", "a\u2028b", "\xff",
                       "e\u0301", "\u3000a", "\u2126");
}

static void
test_long_text (void)
{
  static const Accepted cases[] = {
    { "line one\r\nline two\rline three\n\n", "line one\nline two\nline three" },
    { "\r\r\n\r", NULL },
    { "a\r\r\nb", "a\n\nb" },
    { "a\tb", "a\tb" },
    { "para\u2029graph", "para\ngraph" },
  };

  check_accepts (SAT_TYPE_LONG_TEXT, NULL, cases, G_N_ELEMENTS (cases));
  check_accepts (SAT_TYPE_ADDRESS, NULL, cases, G_N_ELEMENTS (cases));
  CHECK_NOT_CANONICAL (SAT_TYPE_LONG_TEXT, "a\r\nb", "\na", "a\n", "a\rb", "a\u2029b");
}

static void
test_limits (void)
{
  g_autofree char *line = repeat ("x", SAT_LINE_MAX);
  g_autofree char *longer = g_strconcat (line, "x", NULL);
  g_autofree char *padded = g_strconcat ("  ", line, "  ", NULL);
  g_autofree char *full = repeat ("中", SAT_VALUE_MAX / 3);
  g_autofree char *over = g_strconcat (full, "中", NULL);
  g_autofree char *huge = repeat ("0123456789", 1024 * 1024);
  const Accepted cases[] = { { padded, line } };

  check_accepts (SAT_TYPE_TEXT, NULL, cases, 1);
  check_refuses (SAT_TYPE_TEXT, NULL, longer, SAT_ERROR_TOO_LONG);
  g_assert_false (sat_type_get (SAT_TYPE_TEXT)->canonical (longer, strlen (longer)));
  check_canonical (SAT_TYPE_LONG_TEXT, NULL, full);
  check_refuses (SAT_TYPE_LONG_TEXT, NULL, over, SAT_ERROR_TOO_LONG);
  check_refuses (SAT_TYPE_LONG_TEXT, NULL, huge, SAT_ERROR_TOO_LONG);
  g_assert_false (sat_type_get (SAT_TYPE_LONG_TEXT)->canonical (over, strlen (over)));
}

/* Whatever is typed: it is refused, or what comes of it is canonical and parses to itself. */
static void
test_random (void)
{
  static const char *const pieces[] = {
    "a",      "é",          "e",        "\u0301", " ",      "\n",     "\r",     "\t",
    "中",     "\u3000",     "\u1100",   "\u1161", "\u2000", "\u0345", "\u2126", "\uff21",
    "\u2028", "\U0001f600", "\xc2\x85", "\u0340", "\u0958", "\u302a",
  };
  static const SatTypeId types[] = { SAT_TYPE_TEXT, SAT_TYPE_LONG_TEXT, SAT_TYPE_ADDRESS };
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);

  for (int round = 0; round < 20000; round++)
    {
      g_autoptr (GString) input = g_string_new (NULL);
      g_autofree char *out = NULL;
      SatTypeId id = types[round % 3];

      for (int n = g_rand_int_range (rand, 0, 9); n > 0; n--)
        g_string_append (input, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
      g_assert_true (sat_type_get (id)->parse (NULL, input->str, &out, NULL));
      if (out != NULL)
        check_canonical (id, NULL, out);
      if (sat_type_get (id)->canonical (input->str, input->len))
        g_assert_cmpstr (out, ==, input->str);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/value/text/text", test_text);
  g_test_add_func ("/value/text/long-text", test_long_text);
  g_test_add_func ("/value/text/limits", test_limits);
  g_test_add_func ("/value/text/random", test_random);
  return g_test_run ();
}
