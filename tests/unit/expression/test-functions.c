/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every function over a real replica against values worked out by hand, and the reference that
 * people read against the table. */
#include "core/expression/sat-functions.h"

#include <stdio.h>
#include <string.h>

#include "tests/support/evaluate.h"

static void
set_up (Evaluation *f, gconstpointer data)
{
  evaluation_init (f);
  f->full = record_new (f->workspace, "thing", "name", "Äpfel 上海", "count", "7", "ratio", "2.5",
                        "share", "25", "price", "1234.50 USD", "day", "2026-11-14", "moment",
                        "2026-11-20T23:30:00Z", "ready", "yes", "stage", "won", "tags", "a\nb\nc",
                        NULL);
  f->empty = record_new (f->workspace, "thing", "note", "nothing", NULL);
}

static void
tear_down (Evaluation *f, gconstpointer data)
{
  evaluation_clear (f);
}

static void
test_examples (Evaluation *f, gconstpointer data)
{
  guint n = 0;

  for (const SatFunction *function = sat_functions; function->name != NULL; function++)
    {
      g_assert_nonnull (strstr (function->example, function->name));
      if (function->result == NULL)
        continue;
      assert_evaluates (f->workspace, "thing", &f->full, function->example, function->result);
      n++;
    }
  g_assert_cmpuint (n, >, 35);
}

/* clang-format off */
static const EvaluationCase cases[] = {
  { "if(ready, 1, 2)", "1", "2" },
  { "if(count > 5, \"many\")", "many", "-" },
  { "if(not ready, price, \"5 EUR\")", "5.00 EUR", "-" },
  { "if(ready, day, \"2026-01-01\")", "2026-11-14", "2026-01-01" },
  { "coalesce(price, 0)", "1234.50 USD", "0.00 CNY" },
  { "coalesce(share, 0)", "25", "0" },
  { "coalesce(count, ratio, 1)", "7", "1" },
  { "coalesce(stage, \"Lead\")", "won", "lead" },
  { "coalesce(name, note)", "Äpfel 上海", "nothing" },
  { "coalesce(day, date(moment))", "2026-11-14", "-" },
  { "abs(0 - price)", "1234.50 USD", "-" },
  { "abs(-share)", "25", "-" },
  { "round(ratio)", "3", "-" },
  { "round(-2.5)", "-3", "-3" },
  { "round(-2.4999)", "-2", "-2" },
  { "round(price, -3)", "1000.00 USD", "-" },
  { "round(1250, -2)", "1300", "1300" },
  { "round(1.2345, 9)", "1.2345", "1.2345" },
  { "round(922337203685477.5807)", "-", "-" },
  { "round(123, -99)", "0", "0" },
  { "floor(2)", "2", "2" },
  { "floor(-0.0001)", "-1", "-1" },
  { "ceil(0.0001)", "1", "1" },
  { "ceil(price)", "1235.00 USD", "-" },
  { "min(count, ratio)", "2.5", "-" },
  { "max(count, 3)", "7", "3" },
  { "max(day, \"2026-12-01\")", "2026-12-01", "2026-12-01" },
  { "min(day, \"2026-12-01\")", "2026-11-14", "2026-12-01" },
  { "max(moment, now())", "2026-11-21T04:00:00Z", "2026-11-21T04:00:00Z" },
  { "number(price) * 2", "2469", "-" },
  { "distance(\"0, 0\", place(0, 1)) = 111.1951", "yes", "yes" },
  { "distance(\"60, 0\", \"60, 180\")", "6671.7048", "6671.7048" },
  { "place(91, 0)", "-", "-" },
  { "place(-0.5, -180)", "-0.500000,180.000000", "-0.500000,180.000000" },
  { "place(1, 2) = \"1N 2E\"", "yes", "yes" },
  { "place(1, 2) in (\"1N 2E\", \"2, 2\")", "yes", "yes" },
  { "latitude(\"0.00005, -0.00005\")", "0.0001", "0.0001" },
  { "longitude(\"0.00005, -0.00005\")", "-0.0001", "-0.0001" },
  { "if(ready, place(1, 2), \"3, 4\")", "1.000000,2.000000", "3.000000,4.000000" },
  { "number(count)", "7", "-" },
  { "currency(price)", "USD", "-" },
  { "currency(price - \"1 CNY\")", "USD", "-" },
  { "price - \"1 CNY\"", "-", "-" },
  { "price - \"1 USD\"", "1233.50 USD", "-" },
  { "currency(if(ready, price, \"1 EUR\"))", "USD", "EUR" },
  { "lower(name)", "äpfel 上海", "-" },
  { "upper(name)", "ÄPFEL 上海", "-" },
  { "length(name)", "8", "0" },
  { "left(name, 2)", "Äp", "-" },
  { "left(name, -1)", "-", "-" },
  { "left(name, 99)", "Äpfel 上海", "-" },
  { "right(name, 1)", "海", "-" },
  { "right(name, 0)", "-", "-" },
  { "concat(name, \"/\", note)", "Äpfel 上海/", "/nothing" },
  { "concat(name, name)", "Äpfel 上海Äpfel 上海", "-" },
  { "contains(name, \"äPF\")", "yes", "-" },
  { "contains(\"ＡＢＣ\", \"abc\")", "yes", "yes" },
  { "starts_with(name, \"äpfel\")", "yes", "-" },
  { "starts_with(name, \"上\")", "no", "-" },
  { "ends_with(name, \"海\")", "yes", "-" },
  { "count(tags)", "3", "0" },
  { "now()", "2026-11-21T04:00:00Z", "2026-11-21T04:00:00Z" },
  { "date(moment)", "2026-11-21", "-" }, /* half past seven in Shanghai */
  { "date(day)", "2026-11-14", "-" },
  { "days_since(day)", "7", "-" },
  { "days_since(moment)", "0", "-" },
  { "days_since(\"2026-11-22\")", "-1", "-1" },
  { "days_until(day)", "-7", "-" },
  { "days_until(\"2027-02-21\")", "92", "92" },
  { "add_days(day, 20)", "2026-12-04", "-" },
  { "add_days(day, -count)", "2026-11-07", "-" },
  { "add_days(day, 1.9)", "2026-11-15", "-" },
  { "add_days(\"9999-12-31\", 1)", "-", "-" },
  { "add_days(\"0001-01-01\", -1)", "-", "-" },
  { "add_days(\"0001-01-01\", 3652058)", "9999-12-31", "9999-12-31" },
  { "add_days(day, 922337203685477)", "-", "-" },
  { "add_months(\"2026-03-31\", -1)", "2026-02-28", "2026-02-28" },
  { "add_months(\"2026-03-31\", 12)", "2027-03-31", "2027-03-31" },
  { "add_months(\"0001-01-31\", -1)", "-", "-" },
  { "add_months(\"9999-12-31\", 1)", "-", "-" },
  { "add_years(\"2024-02-29\", 4)", "2028-02-29", "2028-02-29" },
  { "add_years(day, 922337203685477)", "-", "-" },
  { "year(day)", "2026", "-" },
  { "quarter(\"2026-03-31\")", "1", "1" },
  { "quarter(\"2026-04-01\")", "2", "2" },
  { "month(moment)", "11", "-" },
  { "week(\"2025-12-29\")", "1", "1" },
  { "week(\"2027-01-01\")", "53", "53" },
  { "day(moment)", "21", "-" },
  { "weekday(\"2026-11-23\")", "1", "1" },
  { "weekday(\"2026-11-22\")", "7", "7" },
  { "start_of_week(\"2026-11-23\")", "2026-11-23", "2026-11-23" },
  { "start_of_week(\"0001-01-01\")", "0001-01-01", "0001-01-01" },
  { "end_of_week(\"2026-11-22\")", "2026-11-22", "2026-11-22" },
  { "end_of_week(\"9999-12-31\")", "-", "-" },
  { "start_of_month(day)", "2026-11-01", "-" },
  { "end_of_month(\"2026-02-01\")", "2026-02-28", "2026-02-28" },
  { "start_of_quarter(\"2026-01-01\")", "2026-01-01", "2026-01-01" },
  { "end_of_quarter(\"2026-06-30\")", "2026-06-30", "2026-06-30" },
  { "start_of_year(moment)", "2026-01-01", "-" },
  { "end_of_year(day)", "2026-12-31", "-" },
};
/* clang-format on */

static void
test_by_hand (Evaluation *f, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      assert_evaluates (f->workspace, "thing", &f->full, cases[i].text, cases[i].full);
      assert_evaluates (f->workspace, "thing", &f->empty, cases[i].text, cases[i].empty);
    }
}

static void
test_me (Evaluation *f, gconstpointer data)
{
  char text[SAT_ID_TEXT_SIZE];
  g_autofree char *mine = evaluate (f->workspace, "thing", &f->full, &f->empty, "me()");
  SatId customer = record_new (f->workspace, "customer", "name", "Acme", NULL);
  g_autofree char *nobody = evaluate (f->workspace, "customer", &customer, NULL, "owner = me()");

  g_assert_cmpstr (mine, ==, sat_id_format (&f->empty, text));
  g_assert_cmpstr (nobody, ==, "no"); /* no reference is not nobody's */
}

/* ---- the reference ---- */

static const char *const kinds[SAT_N_KINDS] = {
  "text", "number", "number", "percentage", "money",     "date",
  "time", "yes/no", "choice", "tags",       "reference", "place",
};

static void
add_kinds (GString *out, guint32 takes)
{
  gboolean first = TRUE;

  if (takes == SAT_TAKES_ANY || takes == (SAT_TAKES_ANY & ~SAT_TAKES_TAGS))
    {
      g_string_append (out, "anything");
      return;
    }
  for (guint i = 0; i < SAT_N_KINDS; i++)
    if ((takes & SAT_TAKES (i)) != 0 && i != SAT_KIND_INTEGER)
      {
        g_string_append_printf (out, "%s%s", first ? "" : " or ", kinds[i]);
        first = FALSE;
      }
}

static void
add_row (GString *out, const SatFunction *function)
{
  g_autofree char *usage = sat_function_usage (function);

  g_string_append_printf (out, "| `%s` | ", usage);
  for (guint i = 0; i < SAT_FUNCTION_MAX_PARAMETERS && function->parameters[i].name != NULL; i++)
    {
      g_string_append (out, i > 0 ? ", " : "");
      add_kinds (out, function->parameters[i].takes);
    }
  g_string_append_printf (out, " → %s | %s | `%s`",
                          function->gives == SAT_GIVES_SAME ? "the same" : kinds[function->gives],
                          function->what, function->example);
  if (function->result != NULL)
    g_string_append_printf (out, " → %s", function->result);
  g_string_append (out, " |\n");
}

/* The tables of functions in docs/expressions.md are the table's, row by row. */
static void
test_reference (Evaluation *f, gconstpointer data)
{
  g_autofree char *file = g_build_filename (g_getenv ("SATCHEL_SOURCE_ROOT"), "docs",
                                            "expressions.md", NULL);
  g_autofree char *text = NULL;
  const char *group = "";
  g_autoptr (GString) expected = g_string_new (NULL);

  g_assert_true (g_file_get_contents (file, &text, NULL, NULL));
  for (const SatFunction *function = sat_functions; function->name != NULL; function++)
    {
      if (strcmp (group, function->group) != 0)
        g_string_append_printf (
            expected, "%s### %s\n\n| function | of → gives | what | example |\n|---|---|---|---|\n",
            *group != '\0' ? "\n" : "", function->group);
      group = function->group;
      add_row (expected, function);
    }
  if (strstr (text, expected->str) == NULL)
    fprintf (stderr, "docs/expressions.md must have, exactly:\n%s", expected->str);
  g_assert_nonnull (strstr (text, expected->str));
}

#define ADD(path, function) g_test_add (path, Evaluation, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/expression/functions/examples", test_examples);
  ADD ("/expression/functions/by-hand", test_by_hand);
  ADD ("/expression/functions/me", test_me);
  ADD ("/expression/functions/reference", test_reference);
  return g_test_run ();
}
