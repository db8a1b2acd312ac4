/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/exchange/sat-file-kind.h"

#include <string.h>

#include "core/base/sat-error.h"

static const struct
{
  const char *bytes;
  gsize length; /* 0: a string */
  int kind;     /* -1: refused */
  const char *says;
} cases[] = {
  { "a,b\n", 0, SAT_FILE_CSV, NULL },
  { "", 0, SAT_FILE_CSV, NULL },
  { "PK\3\4....", 0, SAT_FILE_XLSX, NULL },
  { "BEGIN:VCARD\r\n", 0, SAT_FILE_VCARD, NULL },
  { "\xef\xbb\xbf\r\n\r\nbegin:vCard\n", 0, SAT_FILE_VCARD, NULL },
  { "\xff\xfe"
    "B\0E\0G\0I\0N\0:\0V\0C\0A\0R\0D\0\n",
    25, SAT_FILE_VCARD, NULL },
  { " \n{\"a\":1}", 0, SAT_FILE_JSON_LINES, NULL },
  { "{\n\t\"a\":1}", 0, SAT_FILE_JSON_LINES, NULL },
  { "{}", 0, SAT_FILE_JSON_LINES, NULL },
  { "{a},b\n", 0, SAT_FILE_CSV, NULL },
  { "[a]\n", 0, SAT_FILE_CSV, NULL },
  { "[ {\"a\":1} ]", 0, -1, "JSON lines" },
  { "BEGIN:VCALENDAR\n", 0, SAT_FILE_CSV, NULL },
  { "\x1f\x8b\x08", 0, -1, "compressed" },
  { "BZh9", 0, -1, "compressed" },
  { "\xfd\x37zXZ", 0, -1, "compressed" },
  { "%PDF-1.4", 0, -1, "not a text file" },
  { "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0, -1, ".xls" },
};

static void
test_kinds (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize length = cases[i].length > 0 ? cases[i].length : strlen (cases[i].bytes);
      g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (cases[i].bytes,
                                                                             (gssize) length, NULL);
      g_autoptr (GError) error = NULL;
      SatFileKind kind = SAT_FILE_CSV;

      g_assert_true (sat_file_kind_find (stream, &kind, NULL, &error) == (cases[i].kind >= 0));
      if (cases[i].kind >= 0)
        g_assert_cmpint (kind, ==, cases[i].kind);
      else
        g_assert_nonnull (strstr (error->message, cases[i].says));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/file-kind/kinds", test_kinds);
  return g_test_run ();
}
