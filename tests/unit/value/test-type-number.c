/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "value-cases.h"

static void
test_integer (void)
{
  static const Accepted cases[] = {
    { " ", NULL },
    { "1200", "1200" },
    { "1,200", "1200" },
    { "1 234 567", "1234567" },
    { "1'234'567", "1234567" },
    { "－１２３", "-123" },
    { "+7", "7" },
    { "007", "7" },
    { "-0", "0" },
    { "12.00", "12" },
    { "9223372036854775807", "9223372036854775807" },
    { "-9223372036854775808", "-9223372036854775808" },
  };

  check_accepts (SAT_TYPE_INTEGER, NULL, cases, G_N_ELEMENTS (cases));
  CHECK_REFUSES (SAT_TYPE_INTEGER, NULL, "twelve", "1.5", "1,2", "12,34", "1,2345", ",123",
                 "1,,234", "1,234 567", "9223372036854775808", "-9223372036854775809", "--1", "+-1",
                 "-", "1e3", "0x10", "5 5", "\xff");
  CHECK_NOT_CANONICAL (SAT_TYPE_INTEGER, "", "-", "+1", "01", "-0", "1.0", " 1", "1,000",
                       "9223372036854775808", "１");
}

static void
test_decimal (void)
{
  static const Accepted cases[] = {
    { "12.50", "12.5" },
    { ".5", "0.5" },
    { "5.", "5" },
    { "1,234.5678", "1234.5678" },
    { "-0.00", "0" },
    { "1.23450000", "1.2345" },
    { "１２．５", "12.5" },
    { "−3", "-3" },
    { "922,337,203,685,477.5807", "922337203685477.5807" },
  };

  check_accepts (SAT_TYPE_DECIMAL, NULL, cases, G_N_ELEMENTS (cases));
  CHECK_REFUSES (SAT_TYPE_DECIMAL, NULL, "12,5", "1.23456", "1.2.3", ".", "-", "-.", "1.5%",
                 "922337203685477.5808", "nan", "inf", "1e5");
  CHECK_NOT_CANONICAL (SAT_TYPE_DECIMAL, "1.0", "1.50", ".5", "5.", "-0", "0.00001", "00");
}

static void
test_percent (void)
{
  static const Accepted cases[] = {
    { "25%", "25" }, { "25", "25" }, { "12.5 %", "12.5" }, { "２５％", "25" }, { "-3%", "-3" },
  };

  check_accepts (SAT_TYPE_PERCENT, NULL, cases, G_N_ELEMENTS (cases));
  CHECK_REFUSES (SAT_TYPE_PERCENT, NULL, "%", "25%%", "a%", "% 25");
  CHECK_NOT_CANONICAL (SAT_TYPE_PERCENT, "25%", "25.0");
}

static void
test_order (void)
{
  static const char *const integers[] = { "-9223372036854775808", "-10", "-9", "0", "9", "10",
                                          "9223372036854775807" };
  static const char *const decimals[] = { "-10", "-9.5", "-0.0001", "0", "0.5", "9", "10.0001" };

  check_order (SAT_TYPE_INTEGER, NULL, integers, G_N_ELEMENTS (integers));
  check_order (SAT_TYPE_DECIMAL, NULL, decimals, G_N_ELEMENTS (decimals));
  check_order (SAT_TYPE_PERCENT, NULL, decimals, G_N_ELEMENTS (decimals));
}

/* The cells are numbers, in the order of compare. */
static void
test_cells (void)
{
  SatCell cells[SAT_TYPE_MAX_CELLS] = { 0 };

  sat_type_get (SAT_TYPE_DECIMAL)->to_cells ("-12.5", cells);
  g_assert_cmpint (cells[0].kind, ==, SAT_CELL_INTEGER);
  g_assert_cmpint (cells[0].integer, ==, -125000);
  cells[0].kind = SAT_CELL_NULL;
  g_assert_null (sat_type_get (SAT_TYPE_DECIMAL)->from_cells (cells));
  g_assert_null (sat_type_get (SAT_TYPE_INTEGER)->from_cells (cells));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/value/number/integer", test_integer);
  g_test_add_func ("/value/number/decimal", test_decimal);
  g_test_add_func ("/value/number/percent", test_percent);
  g_test_add_func ("/value/number/order", test_order);
  g_test_add_func ("/value/number/cells", test_cells);
  return g_test_run ();
}
