/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The line merge of long texts: symmetric, and never a line of one side lost without a word. */
#include "sync/sat-text-merge.h"

#include <string.h>

static void
check (const char *base, const char *ours, const char *theirs, const char *expected)
{
  g_autofree char *one = sat_text_merge (base, ours, theirs, NULL);
  g_autofree char *other = sat_text_merge (base, theirs, ours, NULL);

  g_assert_cmpstr (one, ==, expected);
  g_assert_cmpstr (other, ==, expected);
}

static void
test_merged (void)
{
  check ("a\nb\nc", "A\nb\nc", "a\nb\nC", "A\nb\nC");
  check ("a\nb\nc", "a\nb\nc", "a\nB\nc", "a\nB\nc");
  check ("a\nb", "a\nb\nc", "A\nb", "A\nb\nc");
  check ("a\nb\n", "a\nb\nc\n", "A\nb\n", "A\nb\nc\n");
  check ("a\nb\nc\nd", "a\nd", "a\nb\nc\nd\ne", "a\nd\ne");
  check ("第一行\n第二行\n第三行", "第一行改\n第二行\n第三行", "第一行\n第二行\n第三行改",
         "第一行改\n第二行\n第三行改");
}

static void
test_equal_changes (void)
{
  check ("a\nb\nc", "a\nX\nc", "a\nX\nc", "a\nX\nc");
  check ("", "new", "new", "new");
  check ("a", "", "", "");
  check ("", "", "", "");
}

static void
test_clash (void)
{
  check ("a\nb\nc", "a\nX\nc", "a\nY\nc", NULL);
  check ("a", "a\nb", "a\nc", NULL);
  check ("a\nb", "X\nb", "a\nY", NULL);
  check ("", "one", "two", NULL);
  check ("a\nb\nc", "a\nc", "a\nB\nc", NULL);
}

static void
test_markers_are_text (void)
{
  check ("<<<<<<< a\nb\nc\nd", "<<<<<<< a\nb\nc\nD", "<<<<<<< A\nb\nc\nd", "<<<<<<< A\nb\nc\nD");
}

static void
test_long (void)
{
  g_autoptr (GString) base = g_string_new (NULL);

  for (guint i = 0; i < 20000; i++)
    g_string_append_printf (base, "line %u\n", i);

  g_autofree char *ours = g_strconcat ("first\n", base->str, NULL);
  g_autofree char *theirs = g_strconcat (base->str, "last\n", NULL);
  g_autofree char *both = g_strconcat ("first\n", base->str, "last\n", NULL);

  check (base->str, ours, theirs, both);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/text-merge/merged", test_merged);
  g_test_add_func ("/sync/text-merge/equal-changes", test_equal_changes);
  g_test_add_func ("/sync/text-merge/clash", test_clash);
  g_test_add_func ("/sync/text-merge/markers", test_markers_are_text);
  g_test_add_func ("/sync/text-merge/long", test_long);
  return g_test_run ();
}
