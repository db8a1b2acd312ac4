/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "value-cases.h"

static void
test_parse (void)
{
  static const Accepted cases[] = {
    { "", NULL },
    { "1234.5", "1234.50 CNY" },
    { "¥1,234.50", "1234.50 CNY" },
    { "￥１，２３４", "1234.00 CNY" },
    { "1234.50 CNY", "1234.50 CNY" },
    { "cny 7", "7.00 CNY" },
    { "EUR1.2345", "1.2345 EUR" },
    { "12usd", "12.00 USD" },
    { "$12", "12.00 USD" },
    { "US$ 12", "12.00 USD" },
    { "HK$12", "12.00 HKD" },
    { "12 €", "12.00 EUR" },
    { "£0.5", "0.50 GBP" },
    { "-¥5", "-5.00 CNY" },
    { "¥-5", "-5.00 CNY" },
    { "-0", "0.00 CNY" },
    { "500元", "500.00 CNY" },
    { "人民币500元", "500.00 CNY" },
    { "¥5 CNY", "5.00 CNY" },
    { "922337203685477.5807", "922337203685477.5807 CNY" },
  };

  check_accepts (SAT_TYPE_MONEY, NULL, cases, G_N_ELEMENTS (cases));
}

static void
test_currency_of_field (void)
{
  static const SatTypeOptions options = { .currency = "EUR" };
  static const Accepted cases[] = { { "12", "12.00 EUR" }, { "¥12", "12.00 CNY" } };

  check_accepts (SAT_TYPE_MONEY, &options, cases, G_N_ELEMENTS (cases));
}

static void
test_refuses (void)
{
  CHECK_REFUSES (SAT_TYPE_MONEY, NULL, "much", "CNY", "¥", "-", "12 QQQ", "12 CN", "12 CNYX",
                 "¥5 USD", "$5€", "1.23456", "1,2", "--5", "-¥-5", "-¥+5", "922337203685477.5808",
                 "5 5 CNY", "\xff");
  CHECK_NOT_CANONICAL (SAT_TYPE_MONEY, "", "5 CNY", "5.0 CNY", "5.000 CNY", "5.00", "5.00CNY",
                       "5.00 cny", "05.00 CNY", "-0.00 CNY", "5.00  CNY", "5.00 CNYY", " CNY",
                       "1234.50 CN1", "1.23456 CNY");
}

/* A code that this machine's ICU does not know is still canonical: no replica may differ about it.
 */
static void
test_unknown_code (void)
{
  const char *text = "1.00 QQQ";

  g_assert_true (sat_type_get (SAT_TYPE_MONEY)->canonical (text, strlen (text)));
}

static void
test_order (void)
{
  static const char *const texts[] = { "-10.00 CNY", "-9.50 USD", "0.00 CNY",
                                       "9.00 CNY",   "9.00 USD",  "10.00 CNY" };

  check_order (SAT_TYPE_MONEY, NULL, texts, G_N_ELEMENTS (texts));
}

static void
test_cells (void)
{
  SatCell cells[SAT_TYPE_MAX_CELLS] = { 0 };

  sat_type_get (SAT_TYPE_MONEY)->to_cells ("-1234.50 USD", cells);
  g_assert_cmpint (cells[0].kind, ==, SAT_CELL_INTEGER);
  g_assert_cmpint (cells[0].integer, ==, -12345000);
  g_assert_cmpint (cells[1].kind, ==, SAT_CELL_TEXT);
  g_assert_cmpmem (cells[1].text, cells[1].size, "USD", 3);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/value/money/parse", test_parse);
  g_test_add_func ("/value/money/currency-of-field", test_currency_of_field);
  g_test_add_func ("/value/money/refuses", test_refuses);
  g_test_add_func ("/value/money/unknown-code", test_unknown_code);
  g_test_add_func ("/value/money/order", test_order);
  g_test_add_func ("/value/money/cells", test_cells);
  return g_test_run ();
}
