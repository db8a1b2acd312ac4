/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What encoding is found, and where none is guessed. */
#include <string.h>

#include "core/base/sat-error.h"
#include "core/exchange/sat-encoding.h"

static const char *
find (const void *bytes, gsize length, GError **error)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (bytes, (gssize) length,
                                                                         NULL);
  const char *found = NULL;
  gboolean ok = sat_encoding_find (stream, &found, NULL, error);

  g_assert_true (ok == (found != NULL));
  return found;
}

static void
assert_found (const char *text, const char *encoding)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (find (text, strlen (text), &error), ==, encoding);
  g_assert_no_error (error);
}

static void
assert_refused (const void *bytes, gsize length, const char *says)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (find (bytes, length, &error));
  g_assert_error (error, SAT_ERROR, SAT_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, says));
}

static void
test_found (void)
{
  static const char utf16[] = "n\0,\0\x2d\x4e\n\0";

  assert_found ("", "UTF-8");
  assert_found ("name,city\n", "UTF-8");
  assert_found ("名称,城市\n", "UTF-8");
  assert_found ("\xef\xbb\xbf"
                "name\n",
                "UTF-8");
  assert_found ("caf\xe9,M\xfcller\n", "CP1252");
  assert_found ("Gr\xfc\xdf Gott, sch\xf6n!\xe9\n", "CP1252");
  assert_found ("\xc9\xcf\xba\xa3\xba\xea\xb4\xef,\xc9\xcf\xba\xa3\n", "GB18030");
  /* A character of four bytes. */
  assert_found ("\xc9\xcf\xba\xa3 \x81\x30\x81\x30\n", "GB18030");
  assert_found ("\xff\xfe", "UTF-16LE");
  assert_found ("\xfe\xff", "UTF-16BE");
  g_assert_cmpstr (find (utf16, sizeof utf16 - 1, NULL), ==, "UTF-16LE");
  g_assert_cmpstr (find ("\0a\0,\0b\0\n", 8, NULL), ==, "UTF-16BE");
}

static void
test_not_guessed (void)
{
  /* Cyrillic of Windows-1251: long runs of high bytes that are no GB 18030. */
  assert_refused ("\xcf\xf0\xe8\xe2\xe5\xf2 x", 8, "certainty");
  /* As many Chinese pairs as accented letters. */
  assert_refused ("\xc9\xcf,M\xfcller", 9, "certainty");
  /* Too little to tell 唿 from üß. */
  assert_refused ("Gr\xfc\xdf", 4, "certainty");
  assert_refused ("a\x81 b", 4, "certainty");
  assert_refused ("\x7f"
                  "ELF\1\xff\2\3",
                  8, "not a text");
  assert_refused ("a\0b\0\0c", 6, "not a text");
}

/* Every text of the encoding is found as it, or nothing is guessed; it is never taken for another.
 */
static void
test_round_trip (void)
{
  static const char *const encodings[] = { "UTF-8", "GB18030", "CP1252" };
  static const char *const texts[] = { "上海宏达科技有限公司,联系人\n张伟,13800138000\n",
                                       "Äpfel,Öl\nÜber,ß\n", "naïve café,São Paulo\n" };

  for (guint i = 0; i < G_N_ELEMENTS (encodings); i++)
    for (guint j = 0; j < G_N_ELEMENTS (texts); j++)
      {
        gsize length;
        g_autofree char *bytes = g_convert (texts[j], -1, encodings[i], "UTF-8", NULL, &length,
                                            NULL);
        const char *found = bytes != NULL ? find (bytes, length, NULL) : NULL;

        if (found == NULL)
          continue;
        g_autoptr (GInputStream) base = g_memory_input_stream_new_from_data (bytes, (gssize) length,
                                                                             NULL);
        g_autoptr (GInputStream) text = sat_encoding_decode (base, found, NULL);
        char buffer[256];
        gsize n;

        g_assert_true (g_input_stream_read_all (text, buffer, sizeof buffer, &n, NULL, NULL));
        buffer[n] = '\0';
        g_assert_cmpstr (buffer, ==, texts[j]);
      }
}

static void
test_names (void)
{
  g_autofree char *gbk = sat_encoding_name ("GBK", NULL);
  g_autofree char *latin = sat_encoding_name ("ISO-8859-1", NULL);
  g_autofree char *cyrillic = sat_encoding_name ("windows-1251", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (gbk, ==, "GB18030");
  g_assert_cmpstr (latin, ==, "CP1252");
  g_assert_cmpstr (cyrillic, ==, "windows-1251");
  g_assert_null (sat_encoding_name ("klingon", &error));
  g_assert_error (error, SAT_ERROR, SAT_ERROR_INVALID);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/encoding/found", test_found);
  g_test_add_func ("/exchange/encoding/not-guessed", test_not_guessed);
  g_test_add_func ("/exchange/encoding/round-trip", test_round_trip);
  g_test_add_func ("/exchange/encoding/names", test_names);
  return g_test_run ();
}
