/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/exchange/sat-json-reader.h"

#include <string.h>

#include "core/base/sat-error.h"

static gboolean
on_row (const SatNamedRow *row, gpointer data, GError **error)
{
  GString *out = data;

  g_string_append_printf (out, "%u", (guint) row->row);
  if (row->problem != NULL)
    {
      g_assert_error (row->problem, SAT_ERROR, SAT_ERROR_INVALID);
      g_string_append_c (out, '!');
    }
  for (guint i = 0; i < row->values->len; i++)
    {
      const SatNamedValue *value = &g_array_index (row->values, SatNamedValue, i);

      g_assert_false (value->spare);
      g_string_append_printf (out, "[%s=%s]", value->name, value->value);
    }
  g_string_append_c (out, ' ');
  return TRUE;
}

static char *
read_bytes (const char *bytes, gsize length, GError **error)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (bytes, (gssize) length,
                                                                         NULL);
  GString *out = g_string_new (NULL);
  g_auto (SatNamedRow) row = { 0 };

  sat_named_row_init (&row);
  sat_json_read (stream, &row, on_row, out, NULL, error);
  return g_strchomp (g_string_free (out, FALSE));
}

static void
check (const char *const cases[][2], guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *out = read_bytes (cases[i][0], strlen (cases[i][0]), &error);

      g_assert_no_error (error);
      g_assert_cmpstr (out, ==, cases[i][1]);
    }
}

static void
test_values (void)
{
  static const char *const cases[][2] = {
    { "", "" },
    { "{}\n\n \t\r\n{\"a\":\"b\"}", "1 4[a=b]" },
    { " { \"a\" : \"\\\"\\\\\\/\\n\\u4e0a\\ud83d\\ude00\" , \"b\" : true,\"c\":false,\"d\":null } ",
      "1[a=\"\\/\n上😀][b=true][c=false][d=]" },
    /* Every digit counts. */
    { "{\"a\":12.50,\"b\":-0,\"c\":123456789012345678901234567890,\"d\":1e3,\"e\":0.1E-7}",
      "1[a=12.50][b=-0][c=123456789012345678901234567890][d=1e3][e=0.1E-7]" },
    { "{\"a\":[\"x\",1,true,null],\"b\":[],\"c\":\"1,2{[\"}", "1[a=x, 1, true, ][b=][c=1,2{[]" },
    { "\xef\xbb\xbf{\"上海\":\"é\"}\n", "1[上海=é]" },
  };

  check (cases, G_N_ELEMENTS (cases));
}

/* Each is one bad line; the next one is read. */
static void
test_refused (void)
{
  static const char *const lines[] = {
    "x",
    "1",
    "\"a\"",
    "[1]",
    "{\"a\":1",
    "{\"a\":1}}",
    "{\"a\":1} {\"b\":2}",
    "{\"a\":1,}",
    "{a:1}",
    "{'a':1}",
    "{\"a\":'1'}",
    "{\"a\":01}",
    "{\"a\":1.}",
    "{\"a\":.5}",
    "{\"a\":1e}",
    "{\"a\":--1}",
    "{\"a\":0x10}",
    "{\"a\":NaN}",
    "{\"a\":nulls}",
    "{\"a\":\"\t\"}",
    "{\"a\":\"\\x\"}",
    "{\"a\":\"\\u0000\"}",
    "{\"a\":\"open}",
    "{\"a\":\"\\",
    "{\"a\":1}//",
    "{\"a\":1/**/}",
    "{\"a\":{\"b\":1}}",
    "{\"a\":[[1]]}",
    "{\"a\":[{}]}",
    "{\"a\":1,\"a\":2}",
    "{\"a\":\"\xe9\"}",
    "{\"a\":\"\\ud83d\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *text = g_strdup_printf ("%s\n{\"b\":1}\n", lines[i]);
      g_autofree char *out = read_bytes (text, strlen (text), NULL);

      if (strcmp (out, "1! 2[b=1]") != 0)
        {
          g_test_message ("%s: %s", lines[i], out);
          g_test_fail ();
        }
    }
}

static void
test_limits (void)
{
  g_autofree char *deep = g_strnfill (SAT_JSON_MAX_LINE, '[');
  g_autofree char *nul = read_bytes ("{\"a\":1}\0", 8, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *none = NULL;
  g_autofree char *out = read_bytes (deep, SAT_JSON_MAX_LINE, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (out, ==, "1!");
  g_assert_cmpstr (nul, ==, "1!");
  g_free (deep);
  deep = g_strnfill (SAT_JSON_MAX_LINE + 1, ' ');
  none = read_bytes (deep, SAT_JSON_MAX_LINE + 1, &error);
  g_assert_error (error, SAT_ERROR, SAT_ERROR_TOO_LONG);
}

/* json-glib 1.6 loses what it had of an object that turns out to be malformed; a suppression in
 * tests/lint/lsan.supp names its function, which only the slower unwinding of stacks shows. */
__attribute__ ((visibility ("default"))) const char *__asan_default_options (void);
const char *
__asan_default_options (void)
{
  return "fast_unwind_on_malloc=0";
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/json-reader/values", test_values);
  g_test_add_func ("/exchange/json-reader/refused", test_refused);
  g_test_add_func ("/exchange/json-reader/limits", test_limits);
  return g_test_run ();
}
