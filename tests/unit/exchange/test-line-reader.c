/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/exchange/sat-line-reader.h"

#include <string.h>

#include "core/base/sat-error.h"

static gboolean
on_line (const SatLine *line, gpointer data, GError **error)
{
  GString *out = data;

  g_assert_cmpint (line->text[line->length], ==, '\0');
  g_string_append_printf (out, "%u[%.*s]", (guint) line->number, (int) line->length, line->text);
  if (line->length == 4 && memcmp (line->text, "stop", 4) == 0)
    return sat_fail (error, SAT_ERROR_FAILED, "stopped", NULL);
  return TRUE;
}

static char *
read_text (const char *text, gsize length, gsize max, GError **error)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (text, (gssize) length,
                                                                         NULL);
  GString *out = g_string_new (NULL);

  sat_lines_read (stream, max, on_line, out, NULL, error);
  return g_string_free (out, FALSE);
}

static void
test_ends (void)
{
  static const char *const cases[][2] = {
    { "", "" },
    { "a", "1[a]" },
    { "a\n", "1[a]" },
    { "a\nb\r\nc\rd", "1[a]2[b]3[c]4[d]" },
    { "\n\r\n\r\r\n", "1[]2[]3[]4[]" },
    { "\xef\xbb\xbf"
      "a\n\xef\xbb\xbf"
      "b",
      "1[a]2[\xef\xbb\xbf"
      "b]" },
    { "a\nstop\nb", "1[a]2[stop]" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *out = read_text (cases[i][0], strlen (cases[i][0]), 100, &error);

      g_assert_cmpstr (out, ==, cases[i][1]);
      g_assert_true ((error != NULL) == (strstr (cases[i][0], "stop") != NULL));
    }
}

/* A line end may stand anywhere between two pieces of the file. */
static void
test_chunks (void)
{
  for (gsize before = 64 * 1024 - 3; before <= 64 * 1024; before++)
    {
      g_autofree char *line = g_strnfill (before, 'x');
      g_autofree char *text = g_strconcat (line, "\r\nend", NULL);
      g_autofree char *expected = g_strconcat ("1[", line, "]2[end]", NULL);
      g_autofree char *out = read_text (text, strlen (text), 100000, NULL);

      g_assert_cmpstr (out, ==, expected);
    }
}

static void
test_too_long (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *out = read_text ("12345\n123456\n", 13, 5, &error);

  g_assert_cmpstr (out, ==, "1[12345]");
  g_assert_error (error, SAT_ERROR, SAT_ERROR_TOO_LONG);
  g_assert_nonnull (strstr (error->message, "line 2"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/line-reader/ends", test_ends);
  g_test_add_func ("/exchange/line-reader/chunks", test_chunks);
  g_test_add_func ("/exchange/line-reader/too-long", test_too_long);
  return g_test_run ();
}
