/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Layout where a Chinese character takes two cells. */
#include <string.h>

#include "cli/sat-grid.h"

static void
test_width (void)
{
  g_assert_cmpuint (sat_text_width (""), ==, 0);
  g_assert_cmpuint (sat_text_width ("Acme"), ==, 4);
  g_assert_cmpuint (sat_text_width ("上海宏达"), ==, 8);
  g_assert_cmpuint (sat_text_width ("Ａ"), ==, 2);
  g_assert_cmpuint (sat_text_width ("Müller"), ==, 6);
  g_assert_cmpuint (sat_text_width ("e\xcc\x81"), ==, 1);
}

static void
test_shorten (void)
{
  static const struct
  {
    const char *text;
    guint width;
    const char *expected;
  } cases[] = {
    { "Acme", 4, "Acme" },
    { "Acmes", 4, "Acm…" },
    { "上海宏达", 8, "上海宏达" },
    { "上海宏达", 7, "上海宏…" },
    { "上海宏达", 6, "上海…" },
    { "上海", 1, "…" },
    { "上海", 0, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = sat_shorten (cases[i].text, cases[i].width);

      g_assert_cmpstr (text, ==, cases[i].expected);
      g_assert_cmpuint (sat_text_width (text), <=, cases[i].width);
    }
}

static void
test_one_line (void)
{
  g_autofree char *plain = sat_one_line ("a\nb\tc");
  g_autofree char *escape = sat_one_line ("\033[31mred\xc2\x9b");
  g_autofree char *turned = sat_one_line ("a\xe2\x80\xae"
                                          "b");

  g_assert_cmpstr (plain, ==, "a b c");
  g_assert_cmpstr (escape, ==, "\xef\xbf\xbd[31mred\xef\xbf\xbd");
  g_assert_cmpstr (turned, ==,
                   "a\xef\xbf\xbd"
                   "b");
}

static void
test_wrap (void)
{
  g_autofree char *latin = sat_wrap ("one two three four", 9, 0);
  g_autofree char *indented = sat_wrap ("one two three\nfour", 9, 2);
  g_autofree char *chinese = sat_wrap ("上海宏达机械有限公司，电话。", 10, 0);
  g_autofree char *mixed = sat_wrap ("用 satchel 同步", 8, 0);
  g_autofree char *empty = sat_wrap ("", 10, 2);

  g_assert_cmpstr (latin, ==, "one two\nthree\nfour\n");
  g_assert_cmpstr (indented, ==, "  one two\n  three\n  four\n");
  /* The comma stays with the character before it. */
  g_assert_cmpstr (chinese, ==, "上海宏达机\n械有限公\n司，电话。\n");
  g_assert_cmpstr (mixed, ==, "用\nsatchel\n同步\n");
  g_assert_cmpstr (empty, ==, "");
}

static void
collect (const char *line, gpointer data)
{
  g_string_append_printf (data, "%s\n", line);
}

static void
test_columns (void)
{
  const char *const headings[] = { "Name", "Amount", "City", NULL };
  const char *const rows[][3] = {
    { "上海宏达", "1,000.00", "上海" },
    { "Acme", "5", NULL },
    { "two\nlines", NULL, "x" },
  };
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (SatGrid) table = sat_grid_new (3, headings, 0, collect, out);

  sat_grid_align_right (table, 1);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    sat_grid_add (table, rows[i]);
  sat_grid_finish (table);
  g_assert_cmpstr (out->str, ==,
                   "Name         Amount  City\n"
                   "上海宏达   1,000.00  上海\n"
                   "Acme              5\n"
                   "two lines            x\n");
}

static void
test_fit (void)
{
  const char *const row[] = { "上海宏达机械有限公司", "021-5555-0100" };
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (SatGrid) table = sat_grid_new (2, NULL, 28, collect, out);

  sat_grid_add (table, row);
  sat_grid_finish (table);
  g_assert_cmpstr (out->str, ==, "上海宏达机械…  021-5555-0100\n");
}

/* Rows beyond the measured ones are written at once and never lost. */
static void
test_many_rows (void)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (SatGrid) table = sat_grid_new (1, NULL, 0, collect, out);
  const char *const first[] = { "x" };
  const char *const late[] = { "longer" };
  g_auto (GStrv) lines = NULL;

  for (guint i = 0; i < 1000; i++)
    sat_grid_add (table, first);
  sat_grid_add (table, late);
  sat_grid_finish (table);
  lines = g_strsplit (out->str, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 1002);
  g_assert_cmpstr (lines[999], ==, "x");
  g_assert_cmpstr (lines[1000], ==, "longer");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/grid/width", test_width);
  g_test_add_func ("/cli/grid/shorten", test_shorten);
  g_test_add_func ("/cli/grid/one-line", test_one_line);
  g_test_add_func ("/cli/grid/wrap", test_wrap);
  g_test_add_func ("/cli/grid/columns", test_columns);
  g_test_add_func ("/cli/grid/fit", test_fit);
  g_test_add_func ("/cli/grid/many-rows", test_many_rows);
  return g_test_run ();
}
