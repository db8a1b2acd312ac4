/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lines of book enrolment in a change-set's header: there and back, and every wrong spelling.
 */
#include "core/change/sat-change-set.h"

#include <string.h>

#define KEY1 "1111111111111111111111111111111111111111111111111111111111111111"
#define KEY2 "2222222222222222222222222222222222222222222222222222222222222222"
#define ID1 "00000000-0000-8000-8000-000000000001"
#define ID2 "00000000-0000-8000-8000-000000000002"
#define TIME "2026-12-06T00:00:00.000Z"

static char *
whole (const char *book, const char *lines)
{
  return g_strdup_printf ("satchel change-set 1\nbook %s\ndevice " ID1 "\nnumber 1\n%s", book,
                          lines);
}

#define NEEDS "needs enrolment\nsaw all\n"
#define END "end 0 0\n"

static GBytes *
encode (const SatChangeSet *set)
{
  SatChangeSetWriter *writer = sat_change_set_writer_new (
      sat_change_set_book (set), sat_change_set_device (set), sat_change_set_number (set),
      sat_change_set_saw_is_full (set), NULL, 0, NULL, 0);

  sat_change_set_writer_set_enrolment (writer, sat_change_set_enrolment (set));
  return sat_change_set_writer_finish (writer);
}

static void
assert_good (const char *lines)
{
  g_autofree char *text = whole ("enrolment", lines);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (SatChangeSet) set = sat_change_set_decode (bytes, &error);
  g_autoptr (GBytes) again = NULL;

  g_assert_no_error (error);
  again = encode (set);
  g_assert_cmpmem (text, strlen (text), g_bytes_get_data (again, NULL), g_bytes_get_size (again));
}

static void
assert_bad (const char *book, const char *lines)
{
  g_autofree char *text = whole (book, lines);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (SatChangeSet) set = sat_change_set_decode (bytes, &error);

  g_assert_error (error, SAT_ERROR, SAT_ERROR_MALFORMED);
  g_assert_null (set);
}

static void
test_round_trip (void)
{
  g_autofree char *signature = g_strnfill (128, 'a');
  g_autofree char *claim = g_strconcat (NEEDS "claim " ID2 " ", signature, "\n" END, NULL);
  g_autofree char *all = g_strconcat (NEEDS "invite " KEY1 " " TIME " sales * wang\ninvite " KEY2
                                            " " TIME " admin east,west 王 伟\nadmit " ID1
                                            " admin\nadmit " ID2 " sales\nwithdraw " ID1
                                            "\nwithdraw " ID2 "\nclaim " ID2 " ",
                                      signature, "\n" END, NULL);
  g_autofree char *text = whole ("enrolment", all);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (SatChangeSet) set = sat_change_set_decode (bytes, NULL);
  g_autoptr (SatChangeSet) header = sat_change_set_decode_header (bytes, NULL);
  const SatEnrolment *said;

  assert_good (claim);
  assert_good (all);
  assert_good (NEEDS "admit " ID2 " sales\n" END);
  assert_good (NEEDS "withdraw " ID2 "\n" END);
  g_assert_nonnull (sat_change_set_enrolment (header));
  said = sat_change_set_enrolment (set);
  g_assert_cmpuint (said->n_invites, ==, 2);
  g_assert_cmpint (said->invites[0].key[31], ==, 0x11);
  g_assert_cmpint (said->invites[1].expires_ms, ==, G_GINT64_CONSTANT (1796515200000));
  g_assert_cmpstr (said->invites[1].role, ==, "admin");
  g_assert_cmpstr (said->invites[1].books, ==, "east,west");
  g_assert_cmpstr (said->invites[1].login, ==, "王 伟");
  g_assert_cmpuint (said->n_admits, ==, 2);
  g_assert_cmpstr (said->admits[1].role, ==, "sales");
  g_assert_cmpuint (said->n_withdrawals, ==, 2);
  g_assert_cmpint (said->withdrawals[1].bytes[15], ==, 2);
  g_assert_cmpint (said->claim->signature[63], ==, 0xaa);
}

static void
test_other_change_sets (void)
{
  g_autofree char *text = whole ("enrolment", "saw all\n" END);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (SatChangeSet) set = sat_change_set_decode (bytes, NULL);

  g_assert_nonnull (set);
  g_assert_null (sat_change_set_enrolment (set));
}

static void
test_wrong (void)
{
  static const char *const lines[] = {
    NEEDS END,
    "needs enrolment\nneeds enrolment\nsaw all\nadmit " ID2 " sales\n" END,
    "saw all\nadmit " ID2 " sales\n" END,
    NEEDS "admit " ID2 "\n" END,
    NEEDS "admit " ID2 " Sales\n" END,
    NEEDS "admit " ID2 " sales \n" END,
    NEEDS "admit " ID2 " sales\nadmit " ID2 " sales\n" END,
    NEEDS "admit " ID2 " sales\nadmit " ID1 " sales\n" END,
    NEEDS "admit " ID2 " sales\ninvite " KEY1 " " TIME " sales * a\n" END,
    NEEDS "invite " KEY1 " " TIME " sales * \n" END,
    NEEDS "invite " KEY1 " " TIME " sales  a\n" END,
    NEEDS "invite " KEY1 " " TIME " sales west,east a\n" END,
    NEEDS "invite " KEY1 " 2026-12-06 sales * a\n" END,
    NEEDS "invite " KEY1 " 2026-12-06T00:00:00.000Z+5 sales * a\n" END,
    NEEDS "invite " ID1 " " TIME " sales * a\n" END,
    NEEDS "invite " KEY2 " " TIME " sales * a\ninvite " KEY1 " " TIME " sales * a\n" END,
    NEEDS "invite " KEY1 " " TIME " sales * a\ninvite " KEY1 " " TIME " sales * a\n" END,
    NEEDS "invite " KEY1 " " TIME " sales * a\\nb\n" END,
    NEEDS "invite " KEY1 " " TIME " sales * \xff\n" END,
    NEEDS "invite " KEY1 " " TIME " sales * a",
    NEEDS "withdraw " KEY1 "\n" END,
    NEEDS "withdraw\n" END,
    NEEDS "withdraw " ID1 " sales\n" END,
    NEEDS "withdraw " ID2,
    NEEDS "withdraw " ID2 "\nwithdraw " ID2 "\n" END,
    NEEDS "withdraw " ID2 "\nwithdraw " ID1 "\n" END,
    NEEDS "withdraw " ID2 "\nadmit " ID2 " sales\n" END,
    NEEDS "claim " ID2 " " KEY1 KEY2 "\nwithdraw " ID2 "\n" END,
    "saw all\nwithdraw " ID2 "\n" END,
    NEEDS "claim " ID2 " aa\n" END,
    NEEDS "claim " KEY1 KEY2 "\n" END,
    NEEDS "claim " ID2 " " KEY1
          "AAAA1111111111111111111111111111111111111111111111111111111111111\n" END,
    NEEDS "claim " ID2 " " KEY1 KEY2 "\nclaim " ID2 " " KEY1 KEY2 "\n" END,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    assert_bad ("enrolment", lines[i]);
  assert_bad ("customers", NEEDS "admit " ID2 " sales\n" END);
  assert_bad ("customers", NEEDS "withdraw " ID2 "\n" END);
}

static void
check_most (const char *before, const char *after)
{
  g_autoptr (GString) text = g_string_new (NEEDS);

  for (guint i = 1; i <= SAT_ENROLMENT_MAX; i++)
    g_string_append_printf (text, "%s 00000000-0000-8000-8000-%012u%s\n", before, i, after);
  g_autofree char *most = g_strconcat (text->str, END, NULL);
  assert_good (most);
  g_string_append_printf (text, "%s 00000000-0000-8000-8000-999999999999%s\n%s", before, after,
                          END);
  assert_bad ("enrolment", text->str);
}

/* Not more than the limit, and cut off anywhere. */
static void
test_limits (void)
{
  check_most ("admit", " sales");
  check_most ("withdraw", "");

  g_autofree char *whole_text = whole (
      "enrolment", NEEDS "invite " KEY1 " " TIME " sales * wang\nadmit " ID2 " sales\nwithdraw " ID1
                         "\nclaim " ID2 " " KEY1 KEY2 "\n" END);
  for (gsize n = 0; n < strlen (whole_text); n++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (whole_text, n);
      g_autoptr (SatChangeSet) set = sat_change_set_decode (bytes, NULL);

      g_assert_null (set);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/enrolment/round-trip", test_round_trip);
  g_test_add_func ("/enrolment/other-change-sets", test_other_change_sets);
  g_test_add_func ("/enrolment/wrong", test_wrong);
  g_test_add_func ("/enrolment/limits", test_limits);
  return g_test_run ();
}
