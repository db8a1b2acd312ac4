/* SPDX-License-Identifier: GPL-3.0-or-later */
/* date and time; the tests run in Asia/Shanghai. */
#include "value-cases.h"

static void
test_date (void)
{
  static const Accepted cases[] = {
    { "", NULL },
    { "2026-11-21", "2026-11-21" },
    { "2026/11/21", "2026-11-21" },
    { "2026.1.5", "2026-01-05" },
    { "2026年11月21日", "2026-11-21" },
    { "2026年1月5号", "2026-01-05" },
    { "２０２６－１１－２１", "2026-11-21" },
    { "20261121", "2026-11-21" },
    { "2024-02-29", "2024-02-29" },
    { "2000-02-29", "2000-02-29" },
    { "0001-01-01", "0001-01-01" },
    { "9999-12-31", "9999-12-31" },
  };

  check_accepts (SAT_TYPE_DATE, NULL, cases, G_N_ELEMENTS (cases));
  CHECK_REFUSES (SAT_TYPE_DATE, NULL, "today", "2026-13-01", "2026-00-10", "2026-04-31",
                 "2026-02-29", "1900-02-29", "0000-01-01", "10000-01-01", "26-11-21", "2026-11",
                 "2026-11-21x", "2026-11/21", "11/21/2026", "2026年11月21", "2026-11-211",
                 "-2026-11-21", "\xff");
  CHECK_NOT_CANONICAL (SAT_TYPE_DATE, "", "2026-1-05", "2026/11/21", "2026-02-29", "2026-11-2",
                       "2026-11-21 ", "20261121", "0000-01-01", "2026-11-31");
}

static void
test_time (void)
{
  static const Accepted cases[] = {
    { " ", NULL },
    { "2026-11-21T08:00:00Z", "2026-11-21T08:00:00Z" },
    { "2026-11-21t08:00:00z", "2026-11-21T08:00:00Z" },
    { "2026-11-21T16:00:00+08:00", "2026-11-21T08:00:00Z" },
    { "2026-11-21T02:30:00.75-05:30", "2026-11-21T08:00:00Z" },
    { "2026-11-21T16:00:00+0800", "2026-11-21T08:00:00Z" },
    { "2026-11-21 16:00", "2026-11-21T08:00:00Z" },
    { "2026/11/21 16:00:05", "2026-11-21T08:00:05Z" },
    { "2026年11月21日 16:00", "2026-11-21T08:00:00Z" },
    { "2026年11月21日16:00", "2026-11-21T08:00:00Z" },
    { "２０２６-１１-２１　１６：００", "2026-11-21T08:00:00Z" },
    { "2026-11-21", "2026-11-20T16:00:00Z" },
    { "2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z" },
    { "2024-02-29T23:30:00-01:00", "2024-03-01T00:30:00Z" },
    { "0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z" },
    { "9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z" },
  };

  check_accepts (SAT_TYPE_TIME, NULL, cases, G_N_ELEMENTS (cases));
  CHECK_REFUSES (SAT_TYPE_TIME, NULL, "now", "16:00", "2026-11-21T24:00:00Z", "2026-11-21T16:60Z",
                 "2026-11-21T16:00:61Z", "2026-11-21T16:00:00+24:00", "2026-11-21T16:00:00+08",
                 "2026-11-2116:00", "2026-02-29T00:00:00Z", "2026-11-21T16:00:00Zx",
                 "2026-11-21T16:00:00.Z", "2026-11-21T16", "9999-12-31T23:59:60Z",
                 "9999-12-31T23:59:59-01:00", "0001-01-01T00:00:00+01:00");
  CHECK_NOT_CANONICAL (SAT_TYPE_TIME, "", "2026-11-21T08:00:00", "2026-11-21T08:00:00z",
                       "2026-11-21 08:00:00Z", "2026-11-21T08:00:60Z", "2026-11-21T24:00:00Z",
                       "2026-02-29T08:00:00Z", "2026-11-21T08:00:0Z0", "2026-11-21T08-00-00Z");
}

/* Every day there is, and none else, is canonical. */
static void
test_every_day (void)
{
  g_autoptr (GDate) day = g_date_new_dmy (1, G_DATE_JANUARY, 1896);
  guint n = 0, expected = 0;

  for (; g_date_get_year (day) <= 2005; g_date_add_days (day, 1))
    expected++;
  for (int year = 1896; year <= 2005; year++)
    for (int at = 0; at < 40 * 14; at++)
      {
        g_autofree char *text = g_strdup_printf ("%04d-%02d-%02d", year, at / 40, at % 40);
        n += sat_type_get (SAT_TYPE_DATE)->canonical (text, strlen (text)) ? 1 : 0;
      }
  g_assert_cmpuint (n, ==, expected);
}

static void
test_order (void)
{
  static const char *const dates[] = { "0001-01-01", "0999-12-31", "1999-12-31",
                                       "2026-02-01", "2026-11-01", "9999-12-31" };
  static const char *const times[] = { "0001-01-01T00:00:00Z", "2026-11-21T07:59:59Z",
                                       "2026-11-21T08:00:00Z", "9999-12-31T23:59:59Z" };

  check_order (SAT_TYPE_DATE, NULL, dates, G_N_ELEMENTS (dates));
  check_order (SAT_TYPE_TIME, NULL, times, G_N_ELEMENTS (times));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/value/date/date", test_date);
  g_test_add_func ("/value/date/time", test_time);
  g_test_add_func ("/value/date/every-day", test_every_day);
  g_test_add_func ("/value/date/order", test_order);
  return g_test_run ();
}
