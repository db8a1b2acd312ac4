/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading of the command line: options anywhere, values of any bytes that are UTF-8, wrong usage.
 */
#include <string.h>

#include "cli/sat-args.h"

static const SatOption options[] = {
  { "book", "BOOK", "a book" },
  { "limit", "N", "a number" },
  { "csv", NULL, "a switch" },
  { NULL },
};

static const SatOption globals[] = {
  { "home", "DIR", "a folder" },
  { "help", NULL, "help" },
  { NULL },
};

static SatArgs *
parse (const char *line, gboolean leading, GError **error)
{
  g_auto (GStrv) words = g_strsplit (line, "|", -1);

  return sat_args_parse ((const char *const *) words, globals, options, leading, error);
}

static void
test_anywhere (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SatArgs) args = parse (
      "customer|--csv|name=上海|--home=/x|tags-=a|--limit|-3|--|--csv2|--", FALSE, &error);
  gint64 limit = 0;

  g_assert_no_error (error);
  g_assert_cmpuint (sat_args_n_words (args), ==, 5);
  g_assert_cmpstr (sat_args_word (args, 0), ==, "customer");
  g_assert_cmpstr (sat_args_word (args, 1), ==, "name=上海");
  g_assert_cmpstr (sat_args_word (args, 2), ==, "tags-=a");
  g_assert_cmpstr (sat_args_word (args, 3), ==, "--csv2");
  g_assert_cmpstr (sat_args_word (args, 4), ==, "--");
  g_assert_null (sat_args_word (args, 5));
  g_assert_null (sat_args_word (args, 9));
  g_assert_true (sat_args_has (args, "csv"));
  g_assert_cmpstr (sat_args_get (args, "home"), ==, "/x");
  g_assert_null (sat_args_get (args, "book"));
  g_assert_null (sat_args_all (args, "book"));
  g_assert_true (sat_args_number (args, "limit", -5, 5, &limit, &error));
  g_assert_cmpint (limit, ==, -3);
}

static void
test_repeated (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SatArgs) args = parse ("--book|east|--book=west|--csv|--csv", FALSE, &error);
  const char *const *books;

  g_assert_no_error (error);
  books = sat_args_all (args, "book");
  g_assert_cmpuint (g_strv_length ((char **) books), ==, 2);
  g_assert_cmpstr (books[0], ==, "east");
  g_assert_cmpstr (books[1], ==, "west");
  g_assert_cmpstr (sat_args_get (args, "book"), ==, "west");
}

static void
test_leading (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SatArgs) args = parse ("--home|a|list|customer|--limit|x|-h|--", TRUE, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (sat_args_get (args, "home"), ==, "a");
  g_assert_false (sat_args_has (args, "help"));
  g_assert_cmpuint (sat_args_n_words (args), ==, 6);
  g_assert_cmpstr (sat_args_word (args, 0), ==, "list");
  g_assert_cmpstr (sat_args_word (args, 5), ==, "--");
}

static void
test_wrong (void)
{
  static const char *const lines[] = {
    "--colour", "--limit", "-x", "name=\xff", "--book|\xff",
  };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SatArgs) args = parse (lines[i], FALSE, &error);

      g_assert_null (args);
      g_assert_cmpuint (error->domain, ==, G_OPTION_ERROR);
    }
}

static void
test_numbers (void)
{
  static const char *const lines[] = {
    "--limit|", "--limit|ten", "--limit|0", "--limit|101", "--limit|1.5", "--limit|1 ",
  };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SatArgs) args = parse (lines[i], FALSE, NULL);
      gint64 number = 7;

      g_assert_nonnull (args);
      g_assert_false (sat_args_number (args, "limit", 1, 100, &number, &error));
      g_assert_cmpint (number, ==, 7);
      g_assert_nonnull (strstr (error->message, "--limit"));
      g_assert_cmpuint (error->domain, ==, G_OPTION_ERROR);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/args/anywhere", test_anywhere);
  g_test_add_func ("/cli/args/repeated", test_repeated);
  g_test_add_func ("/cli/args/leading", test_leading);
  g_test_add_func ("/cli/args/wrong", test_wrong);
  g_test_add_func ("/cli/args/numbers", test_numbers);
  return g_test_run ();
}
