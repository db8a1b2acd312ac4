/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/sat-bundle-text.h"

#include <string.h>

#define HEX_A "0123456789abcdef0123456789abcdef01234567"
#define HEX_B "89abcdef0123456789abcdef0123456701234567"
#define SPACE "01940000-0000-7000-8000-000000000001"
#define DEVICE "5b2a0000-0000-8000-8000-000000000002"
#define OWNER HEX_A " refs/satchel/1/" SPACE "/" DEVICE "\n"
#define MAGIC "# v2 git bundle\n"

static void
test_round_trip (void)
{
  g_auto (SatBundleHead) head = { 0 };
  g_auto (SatBundleHead) again = { 0 };
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  sat_bundle_head_init (&head);
  g_assert_true (sat_id_parse (SPACE, &head.workspace));
  g_assert_true (sat_id_parse (DEVICE, &head.device));
  sat_bundle_head_add (head.wanted, HEX_B, "change-set 12 of customers");
  sat_bundle_head_add (head.refs, HEX_A, "refs/heads/customers/" DEVICE "/1");
  text = sat_bundle_head_build (&head);
  g_assert_cmpstr (text, ==,
                   MAGIC "-" HEX_B " change-set 12 of customers\n" HEX_A
                         " refs/heads/customers/" DEVICE "/1\n" OWNER "\n");
  g_assert_true (sat_bundle_head_parse (text, strlen (text), &again, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (again.length, ==, strlen (text));
  g_assert_cmpuint (again.refs->len, ==, 1);
  g_assert_cmpuint (again.wanted->len, ==, 1);
  g_assert_cmpstr (g_array_index (again.wanted, SatBundleLine, 0).hex, ==, HEX_B);
  g_assert_cmpstr (g_array_index (again.refs, SatBundleLine, 0).name, ==,
                   "refs/heads/customers/" DEVICE "/1");
  g_assert_true (sat_id_equal (&again.workspace, &head.workspace));
  g_assert_true (sat_id_equal (&again.device, &head.device));
}

static void
assert_fails (const char *text, gsize size, int code)
{
  g_auto (SatBundleHead) head = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_false (sat_bundle_head_parse (text, size, &head, &error));
  g_assert_error (error, SAT_ERROR, code);
}

/* Wherever it is cut, it is not taken for a whole one. */
static void
test_cut (void)
{
  static const char whole[] = MAGIC "-" HEX_B " before\n" HEX_A " refs/heads/x\n" OWNER "\n";

  for (gsize size = 1; size < sizeof whole - 1; size++)
    assert_fails (whole, size, SAT_ERROR_MALFORMED);
  assert_fails (whole, 0, SAT_ERROR_INVALID);
}

static void
test_others (void)
{
  static const struct
  {
    const char *text;
    int code;
  } cases[] = {
    { "PK\003\004", SAT_ERROR_INVALID },
    { "# v2 git bunch\n", SAT_ERROR_INVALID },
    { "# v3 git bundle\n@object-format=sha256\n", SAT_ERROR_NEWER },
    { MAGIC HEX_A " refs/heads/main\n\nPACK", SAT_ERROR_INVALID },
    { MAGIC HEX_A " refs/satchel/2/" SPACE "/" DEVICE "/x\n\n", SAT_ERROR_NEWER },
    { MAGIC HEX_A " refs/satchel/1/" SPACE "\n\n", SAT_ERROR_MALFORMED },
    { MAGIC HEX_A " refs/satchel/0/" SPACE "/" DEVICE "\n\n", SAT_ERROR_MALFORMED },
    { MAGIC HEX_A " refs/satchel/1/" SPACE "/me\n\n", SAT_ERROR_MALFORMED },
    { MAGIC OWNER OWNER "\n", SAT_ERROR_MALFORMED },
    { MAGIC HEX_A "\n" OWNER "\n", SAT_ERROR_MALFORMED },
    { MAGIC HEX_A "x refs/heads/a\n" OWNER "\n", SAT_ERROR_MALFORMED },
    { MAGIC "0123 refs/heads/a\n" OWNER "\n", SAT_ERROR_MALFORMED },
    { MAGIC HEX_A " \xff\n" OWNER "\n", SAT_ERROR_MALFORMED },
  };
  g_autofree char *name = g_strnfill (SAT_BUNDLE_LINE_MAX, 'a');
  g_autofree char *long_line = g_strconcat (MAGIC HEX_A " ", name, "\n" OWNER "\n", NULL);
  static const char zero[] = MAGIC HEX_A " refs/\0heads\n" OWNER "\n";

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_fails (cases[i].text, strlen (cases[i].text), cases[i].code);
  assert_fails (long_line, strlen (long_line), SAT_ERROR_MALFORMED);
  assert_fails (zero, sizeof zero - 1, SAT_ERROR_MALFORMED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bundle-text/round-trip", test_round_trip);
  g_test_add_func ("/bundle-text/cut", test_cut);
  g_test_add_func ("/bundle-text/others", test_others);
  return g_test_run ();
}
