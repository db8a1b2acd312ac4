/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/exchange/sat-import-keep.h"

static void
test_keeps (void)
{
  g_assert_true (sat_import_keeps ("TEL fax work", "010-1"));
  g_assert_true (sat_import_keeps ("EMAIL 2", "a@example.com"));
  g_assert_true (sat_import_keeps ("PHOTO", "http://example.com/a.jpg"));
  g_assert_true (sat_import_keeps ("PHOTO", "1234 Bytes"));
  g_assert_true (sat_import_keeps ("NICKNAME", "12 B"));
  g_assert_true (sat_import_keeps ("NOTE-TO-ALL", "x"));
  g_assert_false (sat_import_keeps ("PHOTO", "1234 B"));
  g_assert_false (sat_import_keeps ("PHOTO 2", "1234 B"));
  g_assert_false (sat_import_keeps ("TEL fax", ""));
  g_assert_false (sat_import_keeps ("UID", "4F3C"));
  g_assert_false (sat_import_keeps ("N", "Lee"));
  g_assert_false (sat_import_keeps ("id", "0189"));
}

static void
assert_text (const char *text, const char *column, const char *value, const char *wanted)
{
  g_autofree char *got = sat_import_with_line (text, column, value);

  g_assert_cmpstr (got, ==, wanted);
}

static void
test_lines (void)
{
  assert_text (NULL, "TEL fax", "1", "TEL fax: 1");
  assert_text ("", "TEL fax", "1", "TEL fax: 1");
  assert_text ("met in May", "ADR home", "Road 1\nBonn", "met in May\nADR home: Road 1, Bonn");
  assert_text ("met in May\nADR home: Road 1, Bonn", "ADR home", "Road 1\nBonn", NULL);
  assert_text ("TEL fax: 1\nlater", "TEL fax", "1", NULL);
  assert_text ("TEL fax: 12", "TEL fax", "1", "TEL fax: 12\nTEL fax: 1");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/import-keep/keeps", test_keeps);
  g_test_add_func ("/exchange/import-keep/lines", test_lines);
  return g_test_run ();
}
