/* SPDX-License-Identifier: GPL-3.0-or-later */
/* attachment: which value names a file, and how one gets its name. */
#include "core/value/sat-attachment.h"

#include <string.h>

#include "value-cases.h"

/* SHA-256 of "abc", FIPS 180-2 B.1. */
#define ABC "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
#define OFFER "报价 2026.pdf 3 " ABC

static void
test_accepts (void)
{
  static const Accepted cases[] = {
    { "", NULL },
    { " \n", NULL },
    { OFFER, OFFER },
    { "\t" OFFER "\r\n", OFFER },
    { "a 0 " ABC, "a 0 " ABC },
    { ". x 16777216 " ABC, ". x 16777216 " ABC },
  };

  check_accepts (SAT_TYPE_ATTACHMENT, NULL, cases, G_N_ELEMENTS (cases));
}

static void
test_refuses (void)
{
  CHECK_REFUSES (SAT_TYPE_ATTACHMENT, NULL, "offer.pdf", "@offer.pdf", ABC, "3 " ABC, "a 03 " ABC,
                 "a 16777217 " ABC, "a 4294967296 " ABC, "a 3  " ABC, "a3 " ABC, "a -3 " ABC,
                 "a/b 3 " ABC, "a\\b 3 " ABC, ". 3 " ABC, ".. 3 " ABC, "\xff 3 " ABC,
                 "a 3 BA7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                 "a 3 g" ABC, "a 3 " ABC "0");
  CHECK_NOT_CANONICAL (SAT_TYPE_ATTACHMENT, "", " " OFFER, OFFER " ", "a\nb 3 " ABC,
                       "a  b 3\t" ABC);
}

static void
test_hash (void)
{
  g_autoptr (GBytes) abc = g_bytes_new_static ("abc", 3);
  g_autoptr (GBytes) nothing = g_bytes_new_static (NULL, 0);
  g_autoptr (GBytes) large = g_bytes_new_take (g_malloc0 (SAT_FILE_MAX + 1), SAT_FILE_MAX + 1);
  g_autofree char *value = NULL;
  char hex[SAT_FILE_HEX_SIZE];
  SatFile file, found;
  gsize length;

  g_assert_true (sat_file_of (abc, &file));
  g_assert_cmpstr (sat_file_hex (&file, hex), ==, ABC);
  value = sat_attachment_value ("Dokumente/报价 2026.pdf", &file);
  g_assert_cmpstr (value, ==, OFFER);
  g_assert_true (sat_attachment_look (value, strlen (value), &found, &length));
  g_assert_true (sat_file_equal (&file, &found));
  g_assert_cmpuint (length, ==, strlen ("报价 2026.pdf"));
  g_assert_true (sat_file_of (nothing, &file));
  g_assert_cmpuint (file.size, ==, 0);
  g_assert_false (sat_file_of (large, &file));
}

/* Whatever a file is called, its value is canonical and keeps the suffix. */
static void
test_names (void)
{
  static const struct
  {
    const char *given, *name;
  } cases[] = {
    { "a.pdf", "a.pdf" },
    { "/srv/x/a b.pdf", "a b.pdf" },
    { "C:\\x\\a.pdf", "C:_x_a.pdf" },
    { "", "_" },
    { "/", "_" },
    { "..", "_" },
    { "a\nb\t.txt", "a_b_.txt" },
    { "  a  ", "a" },
    { "12 34", "12 34" },
  };
  g_autofree char *stem = g_strnfill (3 * 100, 'x');
  SatFile file = { { 0 }, 7 };
  GString *wide = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *value = sat_attachment_value (cases[i].given, &file);
      g_autofree char *name = sat_attachment_name (value);

      g_assert_cmpstr (name, ==, cases[i].name);
      g_assert_true (sat_attachment_look (value, strlen (value), NULL, NULL));
    }
  for (int i = 0; i < 100; i++)
    g_string_append (wide, "合");
  for (int i = 0; i < 4; i++)
    {
      g_autofree char *given = g_strconcat (i < 2 ? stem : wide->str, i % 2 ? ".jpeg" : "", NULL);
      g_autofree char *value = sat_attachment_value (given, &file);
      g_autofree char *name = sat_attachment_name (value);

      g_assert_true (sat_attachment_look (value, strlen (value), NULL, NULL));
      g_assert_cmpuint (strlen (name), <=, SAT_FILE_NAME_MAX);
      g_assert_cmpuint (strlen (name), >, SAT_FILE_NAME_MAX - 4);
      g_assert_cmpint (g_str_has_suffix (name, ".jpeg"), ==, i % 2);
    }
  g_string_free (wide, TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/value/attachment/accepts", test_accepts);
  g_test_add_func ("/value/attachment/refuses", test_refuses);
  g_test_add_func ("/value/attachment/hash", test_hash);
  g_test_add_func ("/value/attachment/names", test_names);
  return g_test_run ();
}
