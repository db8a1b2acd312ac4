/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each operator gives over a real replica, worked out by hand; what SQL it becomes. */
#include "core/expression/sat-expression.h"

#include <string.h>

#include "core/store/sat-condition.h"
#include "tests/support/evaluate.h"

static void
set_up (Evaluation *f, gconstpointer data)
{
  char full[SAT_ID_TEXT_SIZE];

  evaluation_init (f);
  f->full = record_new (f->workspace, "thing", "name", "Acme 宏达", "count", "7", "high", "7",
                        "ratio", "2.5", "share", "25", "price", "1234.50 USD", "day", "2026-11-14",
                        "low", "2026-11-20", "moment", "2026-11-20T23:30:00Z", "ready", "no",
                        "stage", "won", "kind", "a", "tags", "a b\nc", "phone", "138 0013", NULL);
  f->empty = record_new (f->workspace, "thing", "note", "x", NULL);
  f->third = record_new (f->workspace, "thing", "name", "100%_\\", "friend",
                         sat_id_format (&f->full, full), "price", "10.00 CNY", "stage", "lead",
                         NULL);
}

static void
tear_down (Evaluation *f, gconstpointer data)
{
  evaluation_clear (f);
}

/* ---- values ---- */

/* clang-format off */
static const EvaluationCase cases[] = {
  /* exact arithmetic */
  { "ratio + 0.1 + 0.2", "2.8", "-" },
  { "count - ratio", "4.5", "-" },
  { "count * ratio", "17.5", "-" },
  { "count / 3", "2.3333", "-" },
  { "2 / 3", "0.6667", "0.6667" },
  { "-2 / 3", "-0.6667", "-0.6667" },
  { "1 / 0", "-", "-" },
  { "0.01 * 0.005", "0.0001", "0.0001" },
  { "0.01 * 0.0049", "0", "0" },
  { "922337203685477.5807 + 0.0001", "-", "-" },
  { "922337203685477.5807 - 0.0001", "922337203685477.5806", "922337203685477.5806" },
  { "30000000 * 30000000 / 1000", "900000000000", "900000000000" },
  { "9亿 * 9亿", "-", "-" },
  { "-count", "-7", "-" },
  { "2 + 3 * 4 - 6 / 2", "11", "11" },
  { "2 - 3 - 4", "-5", "-5" },
  /* percentages */
  { "200 * share", "50", "-" },
  { "share * 200", "50", "-" },
  { "share * share", "6.25", "-" },
  { "50 / share", "200", "-" },
  { "share / 5", "5", "-" },
  { "share / 50%", "0.5", "-" },
  { "share + 5", "30", "-" },
  { "price * share", "308.625 USD", "-" },
  { "-share", "-25", "-" },
  /* money */
  { "price + 1", "1235.50 USD", "-" },
  { "1 + price", "1235.50 USD", "-" },
  { "price + \"1 USD\"", "1235.50 USD", "-" },
  { "price + \"1 CNY\"", "-", "-" },
  { "price * 2", "2469.00 USD", "-" },
  { "price / 3", "411.50 USD", "-" },
  { "price / 25%", "4938.00 USD", "-" },
  { "price / price", "1", "-" },
  { "-price", "-1234.50 USD", "-" },
  /* days */
  { "day + 7", "2026-11-21", "-" },
  { "7 + day", "2026-11-21", "-" },
  { "day - 14", "2026-10-31", "-" },
  { "low - day", "6", "-" },
  { "today() - \"2026-01-01\"", "324", "324" },
  { "today() - day", "7", "-" },
  /* comparing with values and with nothing */
  { "count = 7", "yes", "no" },
  { "count = 7.5", "no", "no" },
  { "count > 6.5", "yes", "no" },
  { "count != 7", "no", "yes" },
  { "count > 6", "yes", "no" },
  { "count >= 8", "no", "no" },
  { "not (count > 6)", "no", "yes" },
  { "not (count <= 6)", "yes", "yes" },
  { "count = high", "yes", "yes" },
  { "count != high", "no", "no" },
  { "count <= high", "yes", "no" },
  { "count = ratio", "no", "yes" },
  { "count > ratio", "yes", "no" },
  { "count = \"\"", "no", "yes" },
  { "count > \"\"", "no", "no" },
  { "name = \"\"", "no", "yes" },
  { "name != \"\"", "yes", "no" },
  { "\"\" = \"\"", "yes", "yes" },
  { "name = \"acme 宏达\"", "no", "no" },
  { "name != \"other\"", "yes", "yes" },
  { "name < \"b\"", "yes", "no" },
  { "name > \"B\"", "no", "no" },
  { "\"上海\" > \"北京\"", "yes", "yes" },
  { "share = 25", "yes", "no" },
  { "share > 25%", "no", "no" },
  { "price > 1000", "yes", "no" },
  { "price = 1234.5", "yes", "no" },
  { "price > \"1000 USD\"", "yes", "no" },
  { "price > \"1000 CNY\"", "no", "no" },
  { "price < \"1000 CNY\"", "no", "no" },
  { "price = \"1234.50 USD\"", "yes", "no" },
  { "price = \"1234.50 CNY\"", "no", "no" },
  { "price != \"1234.50 CNY\"", "yes", "yes" },
  { "price = \"\"", "no", "yes" },
  { "price - \"1 CNY\" = price + \"1 CNY\"", "yes", "yes" },
  { "price in (\"1 USD\", \"1234.5 USD\")", "yes", "no" },
  { "price not in (1, 1234.5)", "no", "yes" },
  { "ready", "no", "-" },
  { "not ready", "yes", "yes" },
  { "ready = no", "yes", "no" },
  { "ready = yes", "no", "no" },
  { "ready != yes", "yes", "yes" },
  { "(count > 6) = ready", "no", "no" },
  { "(count > 7) = ready", "yes", "no" },
  { "ready or count > 6", "yes", "no" },
  { "not (ready or name = \"x\")", "yes", "yes" },
  { "not (ready and name = \"x\")", "yes", "yes" },
  { "yes and not no", "yes", "yes" },
  { "if(ready, yes, no) or contains(name, \"ACME\")", "yes", "no" },
  { "not contains(name, \"ACME\")", "no", "yes" },
  /* days and times: the moment is 21 November, 7:30 here */
  { "day = \"2026-11-14\"", "yes", "no" },
  { "day < today()", "yes", "no" },
  { "moment = \"2026-11-21\"", "yes", "no" },
  { "moment != \"2026-11-21\"", "no", "yes" },
  { "moment = today()", "yes", "no" },
  { "moment > \"2026-11-21\"", "no", "no" },
  { "moment >= \"2026-11-21\"", "yes", "no" },
  { "moment < \"2026-11-21\"", "no", "no" },
  { "moment <= \"2026-11-21\"", "yes", "no" },
  { "\"2026-11-21\" <= moment", "yes", "no" },
  { "\"2026-11-21\" < moment", "no", "no" },
  { "moment > \"2026-11-20\"", "yes", "no" },
  { "moment < \"2026-11-22\"", "yes", "no" },
  { "moment > \"2026-11-21 07:29\"", "yes", "no" },
  { "moment > \"2026-11-21 07:30\"", "no", "no" },
  { "moment = \"2026-11-20T23:30:00Z\"", "yes", "no" },
  { "moment < now()", "yes", "no" },
  { "moment > day", "yes", "no" },
  { "day < moment", "yes", "no" },
  { "day = moment", "no", "yes" },
  { "not (day = moment)", "yes", "no" },
  { "moment in (\"2026-11-01\", \"2026-11-21\")", "yes", "no" },
  { "day in (\"2026-11-14\", \"2026-11-21\", \"\")", "yes", "yes" },
  { "moment < \"0001-01-01\"", "no", "no" },
  { "moment > \"9999-12-31\"", "no", "no" },
  { "moment <= \"9999-12-31\"", "yes", "no" },
  /* choices */
  { "stage > \"lead\"", "yes", "no" },
  { "stage >= \"Won\"", "yes", "no" },
  { "stage < \"won\"", "no", "no" },
  { "\"lead\" < stage", "yes", "no" },
  { "stage = stage", "yes", "yes" },
  { "stage >= stage", "yes", "no" },
  { "kind = \"Ay\"", "yes", "no" },
  { "kind != \"Bee\"", "yes", "yes" },
  { "kind in (\"a\", \"b\")", "yes", "no" },
  { "kind not in (\"a\", \"\")", "no", "no" },
  { "kind in (\"\")", "no", "yes" },
  { "stage < coalesce(stage, \"won\")", "no", "no" },
  /* in */
  { "count in (1, 7)", "yes", "no" },
  { "count in (1, 7.0001)", "no", "no" },
  { "count not in (1, 2)", "yes", "yes" },
  { "count in (high, 1)", "yes", "yes" },
  { "ratio in (1, 2.5)", "yes", "no" },
  { "ratio in (\"\", 1)", "no", "yes" },
  { "name in (\"x\", \"Acme 宏达\")", "yes", "no" },
  { "name not in (\"x\")", "yes", "yes" },
  { "phone = \" 138  0013\"", "yes", "no" },
  { "phone = \"１３８ 0013\"", "yes", "no" },
  /* like */
  { "name like \"acme%\"", "yes", "no" },
  { "name like \"%宏_\"", "yes", "no" },
  { "name like \"acme\"", "no", "no" },
  { "name like \"%\"", "yes", "no" },
  { "name like \"ＡＣ__ %\"", "yes", "no" },
  { "name like \"%e%e%\"", "no", "no" },
  { "name not like \"x%\"", "yes", "yes" },
  { "name like name", "yes", "no" },
  { "name like \"\"", "no", "no" },
  /* tags */
  { "tags has \"c\"", "yes", "no" },
  { "tags has \"a\"", "no", "no" },
  { "tags has \"a b\"", "yes", "no" },
  { "tags not has \"b\"", "yes", "yes" },
  { "tags has right(\"abc\", 1)", "yes", "no" },
  { "tags is empty", "no", "yes" },
  { "price is not empty", "yes", "no" },
  { "(count > 1) is empty", "no", "no" },
  { "1 / 0 is empty", "yes", "yes" },
  { "friend is empty", "yes", "yes" },
};
/* clang-format on */

static void
test_values (Evaluation *f, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      for (guint k = 0; k < 2; k++)
        {
          const char *expected = k ? cases[i].empty : cases[i].full;
          g_autofree char *value = evaluate (f->workspace, "thing", k ? &f->empty : &f->full, NULL,
                                             cases[i].text);

          /* At the top unknown counts as no. */
          if (strcmp (value, expected) == 0 ||
              (strcmp (value, "-") == 0 && !strcmp (expected, "no")))
            continue;
          g_test_message ("%s gives %s, not %s", cases[i].text, value, expected);
          g_test_fail ();
        }
    }
}

/* The same, made exact: each condition and its opposite make up everything. */
static void
test_exact (Evaluation *f, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("(%s) = yes", cases[i].text);
      g_autofree char *opposite = g_strdup_printf ("not (%s)", cases[i].text);
      gboolean yes = g_strcmp0 (cases[i].full, "yes") == 0;

      if (!yes && g_strcmp0 (cases[i].full, "no") != 0)
        continue;
      if (strcmp (cases[i].text, "ready") != 0)
        assert_evaluates (f->workspace, "thing", &f->full, text, cases[i].full);
      assert_evaluates (f->workspace, "thing", &f->full, opposite, yes ? "no" : "yes");
      yes = g_strcmp0 (cases[i].empty, "yes") == 0;
      assert_evaluates (f->workspace, "thing", &f->empty, opposite, yes ? "no" : "yes");
    }
}

static void
test_patterns (Evaluation *f, gconstpointer data)
{
  assert_evaluates (f->workspace, "thing", &f->third, "name like \"100\\%\\_\\\\\"", "yes");
  assert_evaluates (f->workspace, "thing", &f->third, "name like \"%\\%_\\\"", "yes");
  assert_evaluates (f->workspace, "thing", &f->third, "name like \"100\\_%\"", "no");
  assert_evaluates (f->workspace, "thing", &f->third, "name like \"100％%\"", "yes");
  assert_evaluates (f->workspace, "thing", &f->third, "name like \"______\"", "yes");
  assert_evaluates (f->workspace, "thing", &f->third, "name like \"_____\"", "no");
}

/* ---- over references ---- */

static void
test_paths (Evaluation *f, gconstpointer data)
{
  char text[SAT_ID_TEXT_SIZE];
  g_autofree char *by_id = g_strdup_printf ("friend = \"%s\"", sat_id_format (&f->full, text));

  record_set (f->workspace, "thing", &f->full, "friend", sat_id_format (&f->third, text));
  assert_evaluates (f->workspace, "thing", &f->third, by_id, "yes");
  assert_evaluates (f->workspace, "thing", &f->third, "friend.name", "Acme 宏达");
  assert_evaluates (f->workspace, "thing", &f->third, "friend.price", "1234.50 USD");
  assert_evaluates (f->workspace, "thing", &f->third, "friend.price = \"1234.5 USD\"", "yes");
  assert_evaluates (f->workspace, "thing", &f->third, "friend = \"Acme 宏达\"", "yes");
  assert_evaluates (f->workspace, "thing", &f->third, "friend.friend.name", "100%_\\");
  assert_evaluates (f->workspace, "thing", &f->third, "friend.friend.friend.stage > stage", "yes");
  assert_evaluates (f->workspace, "thing", &f->third, "friend.friend.friend.friend.friend.count",
                    "7");
  assert_evaluates (f->workspace, "thing", &f->third, "friend.tags has \"c\"", "yes");
  assert_evaluates (f->workspace, "thing", &f->empty, "friend.name", "-");
  assert_evaluates (f->workspace, "thing", &f->empty, "friend.name != \"x\"", "yes");
  assert_evaluates (f->workspace, "thing", &f->third, "friend = parent", "no");
  assert_evaluates (f->workspace, "thing", &f->empty, "friend = parent", "yes");
  /* What is deleted is not there. */
  record_delete (f->workspace, "thing", &f->full);
  assert_evaluates (f->workspace, "thing", &f->third, "friend.name", "-");
  assert_evaluates (f->workspace, "thing", &f->third, "friend is empty", "no");
  assert_evaluates (f->workspace, "thing", &f->third, "friend.friend.name", "-");
}

/* ---- SQL ---- */

static SatCompiled *
compile (Evaluation *f, const char *text, SatExpressionUse use, GError **error)
{
  g_autoptr (SatExpression) expression = evaluate_parse (f->workspace, "thing", text, use);
  SatExpressionContext context = {
    .names = &sat_condition_names, .from = "t", .first_parameter = 5, .now_ms = EVALUATE_NOW_MS
  };

  return sat_expression_compile (expression, &context, error);
}

/* Nothing that was typed is in the SQL: all of it is bound. */
static void
test_bound (Evaluation *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SatCompiled) compiled = compile (
      f,
      "name = \"QQx'); DROP TABLE o_thing;--\" and note like \"%QQ'%\" and tags has \"QQ\" and "
      "price > \"4711 XAF\" and count in (4711, 4712) and day = \"4711-01-01\" and stage >= "
      "\"lead\" and concat(name, \"QQ\") != \"QQ\" and ready = yes and round(ratio, 4711) = 4711",
      SAT_EXPRESSION_FILTER, &error);

  g_assert_no_error (error);
  g_assert_null (strstr (compiled->sql, "QQ"));
  g_assert_null (strstr (compiled->sql, "4711"));
  g_assert_null (strstr (compiled->sql, "XAF"));
  g_assert_null (strstr (compiled->sql, "lead"));
  g_assert_null (strstr (compiled->sql, "'"));
  g_assert_nonnull (strstr (compiled->sql, "(t.\"f_name\" IS ?5)"));
  g_assert_cmpuint (compiled->cells->len, ==, 14);
}

/* What filters mostly consist of is what one would write by hand, so that indexes serve. */
static void
test_plain (Evaluation *f, gconstpointer data)
{
  static const char *const pairs[][2] = {
    { "count > 5", "(t.\"f_count\" > ?5)" },
    { "ratio >= 5", "(t.\"f_ratio\" >= ?5)" },
    { "name = \"x\" and ready", "((t.\"f_name\" IS ?5) AND (t.\"f_ready\"))" },
    { "kind in (\"a\", \"b\")", "(t.\"f_kind\" IN (?5, ?6))" },
    { "not count > 5", "(NOT ((t.\"f_count\" > ?5) IS TRUE))" },
    { "day < today()", "(t.\"f_day\" < ?5)" },
    { "day is empty", "(t.\"f_day\" IS NULL)" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autoptr (SatCompiled) compiled = compile (f, pairs[i][0], SAT_EXPRESSION_FILTER, NULL);

      g_assert_cmpstr (compiled->sql, ==, pairs[i][1]);
    }
}

static void
test_refused (Evaluation *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = g_string_new ("price");

  g_assert_null (compile (f, "stage changed", SAT_EXPRESSION_RULE, &error));
  assert_error (&error, SAT_ERROR_INVALID, "“changed” and “was” ask about a change");
  g_assert_null (compile (f, "ready and was(ready)", SAT_EXPRESSION_RULE, &error));
  assert_error (&error, SAT_ERROR_INVALID, "“changed” and “was” ask about a change");
  /* Each level doubles what is asked of the one below. */
  for (guint i = 0; i < SAT_EXPRESSION_MAX_DEPTH - 2; i++)
    {
      g_string_prepend (text, "if(");
      g_string_append (text, " = price, price, price)");
    }
  g_assert_null (compile (f, text->str, SAT_EXPRESSION_VALUE, &error));
  assert_error (&error, SAT_ERROR_TOO_LONG, "the expression takes more work");
}

#define ADD(path, function) g_test_add (path, Evaluation, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/expression/compiler/values", test_values);
  ADD ("/expression/compiler/exact", test_exact);
  ADD ("/expression/compiler/patterns", test_patterns);
  ADD ("/expression/compiler/paths", test_paths);
  ADD ("/expression/compiler/bound", test_bound);
  ADD ("/expression/compiler/plain", test_plain);
  ADD ("/expression/compiler/refused", test_refused);
  return g_test_run ();
}
