/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/exchange/sat-import-named.h"

#include "core/base/sat-error.h"

static char *
columns_text (const SatNamedColumns *columns)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < columns->names->len; i++)
    g_string_append_printf (out, "%s%s ", (char *) g_ptr_array_index (columns->names, i),
                            g_array_index (columns->spare, gboolean, i) ? "?" : "");
  return g_string_free (out, FALSE);
}

static void
test_columns (void)
{
  g_auto (SatNamedRow) row = { 0 };
  g_autoptr (GPtrArray) values = g_ptr_array_new ();
  g_autofree char *text = NULL;
  SatNamedColumns columns;

  sat_named_row_init (&row);
  sat_named_columns_init (&columns);
  g_assert_true (sat_named_row_add (&row, "b", g_strdup ("1"), TRUE));
  g_assert_true (sat_named_row_add (&row, "a", g_strdup ("2"), FALSE));
  g_assert_false (sat_named_row_add (&row, "a", g_strdup ("3"), FALSE));
  g_assert_true (sat_named_columns_take (&columns, &row, NULL));
  sat_named_row_reset (&row);
  g_assert_false (sat_named_row_has (&row, "a"));
  g_assert_true (sat_named_row_add (&row, "c", g_strdup ("4"), FALSE));
  g_assert_true (sat_named_row_add (&row, "b", g_strdup ("5"), TRUE));
  g_assert_true (sat_named_columns_take (&columns, &row, NULL));
  sat_named_columns_settle (&columns);
  text = columns_text (&columns);
  g_assert_cmpstr (text, ==, "a c b? ");
  sat_named_columns_fill (&columns, &row, values);
  g_assert_cmpuint (values->len, ==, 3);
  g_assert_cmpstr (values->pdata[0], ==, "");
  g_assert_cmpstr (values->pdata[1], ==, "4");
  g_assert_cmpstr (values->pdata[2], ==, "5");
  sat_named_columns_clear (&columns);
}

/* Values that go nowhere never make a file too wide; others do. */
static void
test_limits (void)
{
  g_auto (SatNamedRow) row = { 0 };
  g_autoptr (GPtrArray) values = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  SatNamedColumns columns;

  sat_named_row_init (&row);
  sat_named_columns_init (&columns);
  for (guint i = 0; i < SAT_NAMED_MAX_SPARE + 10; i++)
    {
      g_autofree char *name = g_strdup_printf ("s%u", i);
      sat_named_row_add (&row, name, g_strdup (name), TRUE);
    }
  g_assert_true (sat_named_columns_take (&columns, &row, NULL));
  g_assert_cmpuint (columns.names->len, ==, SAT_NAMED_MAX_SPARE + 1);
  sat_named_columns_fill (&columns, &row, values);
  g_assert_cmpstr (values->pdata[SAT_NAMED_MAX_SPARE], ==, "s509");
  sat_named_row_reset (&row);
  for (guint i = 0; i < SAT_NAMED_MAX_COLUMNS; i++)
    {
      g_autofree char *name = g_strdup_printf ("n%u", i);
      sat_named_row_add (&row, name, g_strdup (""), FALSE);
    }
  g_assert_false (sat_named_columns_take (&columns, &row, &error));
  g_assert_error (error, SAT_ERROR, SAT_ERROR_INVALID);
  sat_named_columns_clear (&columns);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/import-named/columns", test_columns);
  g_test_add_func ("/exchange/import-named/limits", test_limits);
  return g_test_run ();
}
