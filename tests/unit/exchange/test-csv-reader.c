/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Strict RFC 4180: what is read, what is refused and where, and the limits. */
#include "csv-rows.h"

#include <string.h>

static void
test_accepted (void)
{
  static const struct
  {
    const char *text;
    const char *rows;
  } cases[] = {
    { "", "" },
    { "a,b\n1,2\n", "[a][b]\n[1][2]\n" },
    { "a,b\r\n1,2", "[a][b]\n[1][2]\n" },
    { "a,b\r1,2\r", "[a][b]\n[1][2]\n" },
    { "\xef\xbb\xbf"
      "a,b\n",
      "[a][b]\n" },
    { "\xef\xbb\xbf\"a\",b\n", "[a][b]\n" },
    { "a,b\n,\n", "[a][b]\n[][]\n" },
    { "a,b\n\"\",\"x\"\n", "[a][b]\n[][x]\n" },
    { "a,b\n 1 ,\t2 \n", "[a][b]\n[ 1 ][\t2 ]\n" },
    { "a,b\n\"x\"\"y\",\"1,2\"\n", "[a][b]\n[x\"y][1,2]\n" },
    { "a,b\n\"x\r\ny\nz\",2\n", "[a][b]\n[x\r\ny\nz][2]\n" },
    { "名称,城市\n上海宏达,上海\n", "[名称][城市]\n[上海宏达][上海]\n" },
    /* A blank line is a row in a file of one column only. */
    { "a\n\n1\n", "[a]\n[]\n[1]\n" },
    { "a\r\n\r\n1\r\n", "[a]\n[]\n[1]\n" },
    { "a,b\n\n1,2\n\n\n", "[a][b]\n[1][2]\n" },
    { "a,b\r\n\r\n1,2\r\n\r\n", "[a][b]\n[1][2]\n" },
    { "\n\n", "[]\n[]\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *rows = read_csv (cases[i].text, strlen (cases[i].text), NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (rows, ==, cases[i].rows);
    }
}

static void
test_refused (void)
{
  static const struct
  {
    const char *text;
    gsize length; /* 0: up to the NUL */
    guint64 row;
    guint column;
    const char *says;
  } cases[] = {
    { "a,b\n1,x \"y\" z\n", 0, 2, 2, "not quoted" },
    { "a,b\n1,\"x \" y\"\n", 0, 2, 2, "after a closing quote" },
    { "a,b\n\"x\" ,1\n", 0, 2, 1, "after a closing quote" },
    { "a,b\n1,2\n\"x,3\n", 0, 3, 1, "closing quote is missing" },
    { "a,b\n1\n", 0, 2, 2, "1 values where the first row has 2" },
    { "a,b\n1,2\n1,2,3\n", 0, 3, 3, "3 values where the first row has 2" },
    { "a,b\n\n1,2\n3\n", 0, 4, 2, "1 values" },
    { "a,b\n1,\xff\n", 0, 2, 2, "not UTF-8" },
    { "a,b\n\xe4\xb8,2\n", 0, 2, 1, "not UTF-8" },
    { "\xff\xfe"
      "a\0,\0b\0\n\0",
      10, 1, 1, "NUL" },
    { "a,b\n1,x\0y\n", 10, 2, 2, "NUL" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize length = cases[i].length > 0 ? cases[i].length : strlen (cases[i].text);
      SatCsvPlace place = { 0, 0 };
      g_autoptr (GError) error = NULL;
      g_autofree char *rows = read_csv (cases[i].text, length, &place, &error);

      g_assert_null (rows);
      g_assert_error (error, SAT_ERROR, SAT_ERROR_INVALID);
      g_assert_cmpuint (place.row, ==, cases[i].row);
      g_assert_cmpuint (place.column, ==, cases[i].column);
      g_assert_nonnull (strstr (error->message, cases[i].says));
    }
}

static void
check_too_long (const GString *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *rows = read_csv (text->str, text->len, NULL, &error);

  g_assert_null (rows);
  g_assert_error (error, SAT_ERROR, SAT_ERROR_TOO_LONG);
}

static void
append_many (GString *text, char c, guint n)
{
  gsize start = text->len;

  g_string_set_size (text, start + n);
  memset (text->str + start, c, n);
}

static void
test_limits (void)
{
  g_autoptr (GString) text = g_string_new ("a,b\n1,");
  g_autoptr (GError) error = NULL;
  g_autofree char *rows = NULL;

  append_many (text, 'x', SAT_CSV_MAX_VALUE);
  rows = read_csv (text->str, text->len, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (strlen (rows), ==, strlen ("[a][b]\n[1][]\n") + SAT_CSV_MAX_VALUE);
  g_string_append_c (text, 'x');
  check_too_long (text);

  /* A quote that is never closed does not swallow the whole file into memory. */
  g_string_assign (text, "a,b\n1,\"");
  append_many (text, '\n', 3 * SAT_CSV_MAX_VALUE);
  check_too_long (text);

  g_string_truncate (text, 0);
  append_many (text, ',', SAT_CSV_MAX_COLUMNS);
  check_too_long (text);

  g_string_truncate (text, 0);
  for (guint i = 0; i < 5; i++)
    {
      append_many (text, 'x', SAT_CSV_MAX_VALUE - 1);
      g_string_append_c (text, ',');
    }
  check_too_long (text);
}

static gboolean
refuse_third (const SatCsvRow *row, gpointer data, GError **error)
{
  guint *calls = data;

  (*calls)++;
  if (row->row == 3)
    return sat_fail (error, SAT_ERROR_BUSY, "enough", NULL);
  return TRUE;
}

static void
test_callback_stops (void)
{
  const char text[] = "a\n1\n2\n3\n4\n";
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (text, sizeof text - 1,
                                                                         NULL);
  g_autoptr (GError) error = NULL;
  SatCsvPlace place = { 0, 0 };
  guint calls = 0;

  g_assert_false (sat_csv_read (stream, NULL, refuse_third, &calls, &place, NULL, &error));
  g_assert_error (error, SAT_ERROR, SAT_ERROR_BUSY);
  g_assert_cmpuint (calls, ==, 3);
  g_assert_cmpuint (place.row, ==, 3);
  g_assert_cmpuint (place.column, ==, 0);
}

static void
test_cancelled (void)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data ("a\n", 2, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (sat_csv_read (stream, NULL, collect_row, out, NULL, cancellable, &error));
  g_assert_error (error, SAT_ERROR, SAT_ERROR_CANCELLED);
  g_assert_cmpstr (out->str, ==, "");
}

/* Any bytes: no crash, and what is refused is refused with a place. */
static void
test_random_bytes (void)
{
  static const char alphabet[] = "\"\"\"\",,,\n\n\r\r ab\xe4\xb8\xad\xff";
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  guint accepted = 0;

  for (int round = 0; round < 50000; round++)
    {
      char text[16];
      gsize length = (gsize) g_rand_int_range (rand, 0, (int) sizeof text);
      SatCsvPlace place = { 0, 0 };
      g_autoptr (GError) error = NULL;
      g_autofree char *rows = NULL;

      for (gsize i = 0; i < length; i++)
        text[i] = alphabet[g_rand_int_range (rand, 0, (int) sizeof alphabet)];
      rows = read_csv (text, length, &place, &error);
      if (rows != NULL)
        accepted++;
      else
        g_assert_cmpuint (place.row, >, 0);
    }
  g_assert_cmpuint (accepted, >, 1000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/csv-reader/accepted", test_accepted);
  g_test_add_func ("/exchange/csv-reader/refused", test_refused);
  g_test_add_func ("/exchange/csv-reader/limits", test_limits);
  g_test_add_func ("/exchange/csv-reader/callback-stops", test_callback_stops);
  g_test_add_func ("/exchange/csv-reader/cancelled", test_cancelled);
  g_test_add_func ("/exchange/csv-reader/random-bytes", test_random_bytes);
  return g_test_run ();
}
