/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/value/sat-type.h"

static void
assert_reads (const char *text, gint64 expected)
{
  gint64 value = 1;

  g_assert_true (sat_decimal_parse (text, strlen (text), &value));
  g_assert_cmpint (value, ==, expected);
}

static void
test_parse (void)
{
  assert_reads ("0", 0);
  assert_reads ("-0", 0);
  assert_reads ("12.5", 125000);
  assert_reads ("-0.0001", -1);
  assert_reads ("007.1000000", 71000);
  assert_reads ("922337203685477.5807", G_MAXINT64);
  assert_reads ("-922337203685477.5807", -G_MAXINT64);
}

static void
test_parse_refuses (void)
{
  static const char *const bad[] = {
    "",
    "-",
    ".",
    ".5",
    "5.",
    "+5",
    " 5",
    "5 ",
    "1e3",
    "1,000",
    "0x1",
    "1.2.3",
    "0.00001",
    "--1",
    "922337203685477.5808",
    "９",
    "-922337203685477.5808",
    "99999999999999999999999999999999",
    "1.0000000001",
  };
  gint64 value = 7;

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_test_message ("“%s”", bad[i]);
      g_assert_false (sat_decimal_parse (bad[i], strlen (bad[i]), &value));
    }
  g_assert_cmpint (value, ==, 7);
}

/* LENGTH counts, not a NUL. */
static void
test_parse_length (void)
{
  gint64 value;

  g_assert_true (sat_decimal_parse ("12.345", 4, &value));
  g_assert_cmpint (value, ==, 123000);
  g_assert_false (sat_decimal_parse ("12.345", 3, &value));
}

static void
test_format (void)
{
  char text[32];

  g_assert_cmpstr (sat_decimal_format (0, 0, text), ==, "0");
  g_assert_cmpstr (sat_decimal_format (0, 2, text), ==, "0.00");
  g_assert_cmpstr (sat_decimal_format (-1, 0, text), ==, "-0.0001");
  g_assert_cmpstr (sat_decimal_format (12345000, 2, text), ==, "1234.50");
  g_assert_cmpstr (sat_decimal_format (12345600, 2, text), ==, "1234.56");
  g_assert_cmpstr (sat_decimal_format (12345670, 2, text), ==, "1234.567");
  g_assert_cmpstr (sat_decimal_format (100000, 0, text), ==, "10");
  g_assert_cmpstr (sat_decimal_format (G_MAXINT64, 0, text), ==, "922337203685477.5807");
  g_assert_cmpstr (sat_decimal_format (G_MININT64, 4, text), ==, "-922337203685477.5808");
}

static void
test_round_trip (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (int i = 0; i < 5000; i++)
    {
      guint64 bits = ((guint64) g_rand_int (rand) << 32) | g_rand_int (rand);
      gint64 value = (gint64) (bits >> g_rand_int_range (rand, 1, 60));
      gint64 again;
      char text[32];

      if (g_rand_boolean (rand))
        value = -value;
      sat_decimal_format (value, g_rand_int_range (rand, 0, 5), text);
      g_assert_true (sat_decimal_parse (text, strlen (text), &again));
      g_assert_cmpint (again, ==, value);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/value/decimal/parse", test_parse);
  g_test_add_func ("/value/decimal/parse-refuses", test_parse_refuses);
  g_test_add_func ("/value/decimal/parse-length", test_parse_length);
  g_test_add_func ("/value/decimal/format", test_format);
  g_test_add_func ("/value/decimal/round-trip", test_round_trip);
  return g_test_run ();
}
