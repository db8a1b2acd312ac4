/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Formats said by a person, and dates found out. */
#include <string.h>

#include "core/base/sat-error.h"
#include "core/exchange/sat-import-format.h"

static const char xml[] = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                          "<object name=\"deal\" title=\"name\">"
                          "<label>Deal</label><plural>Deals</plural>"
                          "<field name=\"name\" type=\"text\"><label>Name</label></field>"
                          "<field name=\"day\" type=\"date\"><label>Day</label></field>"
                          "<field name=\"at\" type=\"time\"><label>At</label></field>"
                          "<field name=\"amount\" type=\"money\"><label>Amount</label></field>"
                          "<field name=\"share\" type=\"percent\"><label>Share</label></field>"
                          "</object>\n";

static SatCatalogue *catalogue;

static const SatField *
field (const char *name)
{
  return sat_object_find (sat_catalogue_find (catalogue, "deal"), name);
}

static void
test_apply (void)
{
  static const struct
  {
    const char *field;
    const char *format;
    const char *value;
    const char *result;
  } cases[] = {
    { "day", "D/M/Y", "3/4/2017", "2017-04-03" },
    { "day", "M/D/Y", "3/4/2017", "2017-03-04" },
    { "day", "MM/DD/YYYY", "12-31-2017", "2017-12-31" },
    { "day", "d.m.y", "31.12.99", "1999-12-31" },
    { "day", "D/M/Y", "1/2/68", "2068-02-01" },
    { "day", "Y-M-D", "17-2-3", "2017-02-03" },
    { "day", "Y/D/M", "2017/3/4", "2017-04-03" },
    { "day", "D/M/Y", "2017-03-04", "2017-03-04" },
    { "day", "D/M/Y", "4 March 2017", "2017-03-04" },
    { "day", "M/D/Y", "Sept 4, 2017", "2017-09-04" },
    { "day", "D/M/Y", "4/3/2017 00:00:00.000", "2017-03-04" },
    { "at", "M/D/Y", "12/1/2010 8:26", "2010-12-01 8:26" },
    { "at", "M/D/Y", "12/1/2010 12:26 AM", "2010-12-01 00:26" },
    { "at", "M/D/Y", "12/1/2010 8:26pm", "2010-12-01 20:26" },
    { "amount", "1.234,5", "1.234,50", "1,234.50" },
    { "amount", "EUR", "12", "12 EUR" },
    { "amount", "eur 1.234,5", "12,5", "12.5 EUR" },
    { "amount", "EUR", "12 USD", "12 USD" },
    { "amount", "EUR", "$12", "$12 EUR" },
    { "amount", "EUR", " ", "" },
    { "share", "0,0", "12,5", "12.5" },
    /* What does not fit stays as it is, for the type to refuse. */
    { "day", "D/M/Y", "13/13/2017", "13/13/2017" },
    { "day", "M/D/Y", "31/12/2017", "31/12/2017" },
    { "day", "D/M/Y", "soon", "soon" },
    { "day", "D/M/Y", "1/2/2017/3", "1/2/2017/3" },
    { "day", "D/M/Y", "1/2/2017 08:00", "2017-02-01 08:00" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      SatImportFormat format;
      g_autoptr (GError) error = NULL;
      g_autofree char *result = NULL;

      g_assert_true (
          sat_import_format_parse (field (cases[i].field), cases[i].format, &format, &error));
      g_assert_no_error (error);
      result = sat_import_format_apply (&format, field (cases[i].field), cases[i].value);
      g_assert_cmpstr (result, ==, cases[i].result);
    }
}

static void
test_refused (void)
{
  static const char *const cases[][2] = { { "day", "D/M" },      { "day", "D/M/Y/H" },
                                          { "day", "1.234,5" },  { "day", "" },
                                          { "amount", "D/M/Y" }, { "amount", "EURO" },
                                          { "share", "EUR" },    { "name", "D/M/Y" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      SatImportFormat format;
      g_autoptr (GError) error = NULL;

      g_assert_false (sat_import_format_parse (field (cases[i][0]), cases[i][1], &format, &error));
      g_assert_error (error, SAT_ERROR, SAT_ERROR_INVALID);
    }
}

static void
test_guess (void)
{
  static const struct
  {
    const char *values[4];
    gboolean decided;
    SatDateOrder order;
  } cases[] = {
    { { "3/4/2017", "31/12/2017" }, TRUE, SAT_DATE_DMY },
    { { "3/4/2017", "12/31/2017" }, TRUE, SAT_DATE_MDY },
    { { "3/4/2017", "5/6/2017" }, FALSE, SAT_DATE_CLEAR },
    { { "31/12/2017", "12/31/2017" }, FALSE, SAT_DATE_CLEAR },
    { { "31/12/17" }, FALSE, SAT_DATE_CLEAR },
    { { "3/3/2017", "2017-03-04", "", "soon" }, TRUE, SAT_DATE_DMY },
    { { "3 March 2017" }, TRUE, SAT_DATE_DMY },
    { { "March 3, 2017" }, TRUE, SAT_DATE_MDY },
    { { "2017-03-04", "2017/3/5" }, TRUE, SAT_DATE_DMY },
    { { "99/99/2017" }, TRUE, SAT_DATE_DMY },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      SatDateGuess guess = { 0 };
      SatDateOrder order;

      for (guint j = 0; j < 4 && cases[i].values[j] != NULL; j++)
        sat_date_guess_add (&guess, cases[i].values[j]);
      g_assert_cmpint (sat_date_guess_decide (&guess, &order), ==, cases[i].decided);
      if (cases[i].decided)
        g_assert_cmpint (order, ==, cases[i].order);
      else
        g_assert_nonnull (guess.example);
      sat_date_guess_clear (&guess);
    }
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  catalogue = sat_catalogue_read_memory ("deal.xml", xml, sizeof xml - 1, TRUE, NULL);
  g_assert_nonnull (catalogue);
  g_test_add_func ("/exchange/import-format/apply", test_apply);
  g_test_add_func ("/exchange/import-format/refused", test_refused);
  g_test_add_func ("/exchange/import-format/guess", test_guess);
  result = g_test_run ();
  sat_catalogue_unref (catalogue);
  return result;
}
