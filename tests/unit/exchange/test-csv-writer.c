/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reader reads back what was written. */
#include "csv-rows.h"

#include "core/exchange/sat-csv-writer.h"

static void
test_form (void)
{
  const char *const row[] = { "a", NULL, "x,y", "say \"hi\"", "two\nlines", " b " };
  const char *const lone[] = { NULL };
  g_autoptr (GString) out = g_string_new (NULL);

  sat_csv_append_row (out, row, G_N_ELEMENTS (row));
  sat_csv_append_row (out, lone, 1);
  g_assert_cmpstr (out->str, ==, "a,,\"x,y\",\"say \"\"hi\"\"\",\"two\nlines\", b \r\n\"\"\r\n");
}

static void
test_round_trip (void)
{
  static const char *const pieces[] = { "\"", ",", "\n", "\r", "中", "a", " ", "" };
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);

  for (int round = 0; round < 2000; round++)
    {
      guint n = (guint) g_rand_int_range (rand, 1, 4);
      g_auto (GStrv) values = g_new0 (char *, n + 1);
      g_autoptr (GString) csv = g_string_new (NULL);
      g_autoptr (GString) expected = g_string_new (NULL);
      g_autoptr (GError) error = NULL;
      g_autofree char *rows = NULL;

      for (guint i = 0; i < n; i++)
        {
          g_autoptr (GString) value = g_string_new (NULL);

          for (int left = g_rand_int_range (rand, 0, 5); left > 0; left--)
            g_string_append (value, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
          values[i] = g_string_free (g_steal_pointer (&value), FALSE);
          g_string_append_printf (expected, "[%s]", values[i]);
        }
      g_string_append_c (expected, '\n');
      sat_csv_append_row (csv, (const char *const *) values, n);
      rows = read_csv (csv->str, csv->len, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (rows, ==, expected->str);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/csv-writer/form", test_form);
  g_test_add_func ("/exchange/csv-writer/round-trip", test_round_trip);
  return g_test_run ();
}
