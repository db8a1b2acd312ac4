/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a cell shows. */
#include "core/exchange/sat-xlsx-value.h"

#include <string.h>

static void
test_numbers (void)
{
  static const struct
  {
    const char *code;
    const char *text;
    const char *shown;
  } cases[] = {
    { "General", "1234.5", "1234.5" },
    { "General", "0.30000000000000004", "0.3" },
    { "General", "1234.4999999999999", "1234.5" },
    { "General", "1.0000000000000001E-5", "0.00001" },
    { "General", "1E+21", "1000000000000000000000" },
    { "General", "-12.50", "-12.5" },
    { "General", "100", "100" },
    { "General", "0", "0" },
    { "General", "-0", "0" },
    { "0.00", "1.005", "1.005" },
    { "0.00%", "0.25", "25%" },
    { "0%", "0.07", "7%" },
    { "0%", "1.1000000000000001", "110%" },
    { "00000", "123", "00123" },
    { "00000", "123456", "123456" },
    { "00000", "1.5", "1.5" },
    { "yyyy\\-mm\\-dd", "42798", "2017-03-04" },
    { "d/m/yy h:mm", "42798.351388888892", "2017-03-04 08:26:00" },
    { "yyyy\"年\"m\"月\"d\"日\"", "42798", "2017-03-04" },
    { "[$-409]mmm d, yyyy;@", "42798.999999999", "2017-03-05" },
    { "yyyy-mm-dd", "1", "1900-01-01" },
    { "yyyy-mm-dd", "59", "1900-02-28" },
    { "yyyy-mm-dd", "60", "1900-02-29" },
    { "yyyy-mm-dd", "61", "1900-03-01" },
    { "yyyy-mm-dd", "2958465", "9999-12-31" },
    { "yyyy-mm-dd", "2958466", "2958466" },
    { "yyyy-mm-dd", "-1", "-1" },
    { "h:mm AM/PM", "0.75", "18:00:00" },
    { "[h]:mm", "1.5", "1.5" },
    { "mmmm", "42798", "2017-03-04" },
    { "#,##0.00 \"dm\"", "12", "12" },
    { "0.00E+00", "12", "12" },
    { "[Red]#,##0", "12", "12" },
    { "General", "twelve", NULL },
    { "General", "", NULL },
    { "General", "12 ", NULL },
    { "General", "inf", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      SatXlsxFormat format = sat_xlsx_parse_format (cases[i].code);
      g_autofree char *shown = sat_xlsx_show_number (&format, cases[i].text, FALSE);

      g_assert_cmpstr (shown, ==, cases[i].shown);
    }
}

static void
test_1904 (void)
{
  SatXlsxFormat format = sat_xlsx_builtin_format (14);
  g_autofree char *first = sat_xlsx_show_number (&format, "0", TRUE);
  g_autofree char *day = sat_xlsx_show_number (&format, "41336.5", TRUE);

  g_assert_cmpint (format.kind, ==, SAT_XLSX_DATE);
  g_assert_cmpstr (first, ==, "1904-01-01");
  g_assert_cmpstr (day, ==, "2017-03-04 12:00:00");
  g_assert_cmpint (sat_xlsx_builtin_format (2).kind, ==, SAT_XLSX_PLAIN);
  g_assert_cmpint (sat_xlsx_builtin_format (10).kind, ==, SAT_XLSX_PERCENT);
  g_assert_cmpint (sat_xlsx_builtin_format (20).kind, ==, SAT_XLSX_CLOCK);
}

/* Every number of four decimals comes out as it went in, however a program wrote it. */
static void
test_exact (void)
{
  const SatXlsxFormat plain = { SAT_XLSX_PLAIN, 0 };
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);

  for (int i = 0; i < 20000; i++)
    {
      gint64 whole = g_rand_int_range (rand, -2000000000, 2000000000);
      g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT ".%04d", whole,
                                               (int) (i % 9999) + 1);
      char binary[40];
      g_autofree char *expected = g_strdup (text);
      g_autofree char *shown = NULL;

      while (expected[strlen (expected) - 1] == '0')
        expected[strlen (expected) - 1] = '\0';
      g_ascii_formatd (binary, sizeof binary, "%.17g", g_ascii_strtod (text, NULL));
      shown = sat_xlsx_show_number (&plain, binary, FALSE);
      g_assert_cmpstr (shown, ==, expected);
    }
}

static void
test_text (void)
{
  g_autofree char *line = sat_xlsx_unescape ("a_x000D_\nb_x005F_x000D_");
  g_autofree char *plain = sat_xlsx_unescape ("_x00_ _xD800_ _x0000_");
  guint column;
  guint64 row;

  g_assert_cmpstr (line, ==, "a\r\nb_x000D_");
  g_assert_cmpstr (plain, ==, "_x00_ _xD800_ _x0000_");
  g_assert_true (sat_xlsx_parse_place ("BC12", &column, &row));
  g_assert_cmpuint (column, ==, 54);
  g_assert_cmpuint (row, ==, 12);
  g_assert_true (sat_xlsx_parse_place ("XFD1048576", &column, &row));
  g_assert_cmpuint (column, ==, 16383);
  g_assert_false (sat_xlsx_parse_place ("XFE1", &column, &row));
  g_assert_false (sat_xlsx_parse_place ("A1048577", &column, &row));
  g_assert_false (sat_xlsx_parse_place ("A0", &column, &row));
  g_assert_false (sat_xlsx_parse_place ("12", &column, &row));
  g_assert_false (sat_xlsx_parse_place ("A", &column, &row));
  g_assert_false (sat_xlsx_parse_place ("AAAAAAAAAAAAAAAAAAAAAAAA1", &column, &row));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/xlsx-value/numbers", test_numbers);
  g_test_add_func ("/exchange/xlsx-value/1904", test_1904);
  g_test_add_func ("/exchange/xlsx-value/exact", test_exact);
  g_test_add_func ("/exchange/xlsx-value/text", test_text);
  return g_test_run ();
}
