/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is an expression and what is not, to the character; and the one way in which each is
 * written.
 */
#include "core/expression/sat-expression.h"

#include <string.h>

#include "tests/support/evaluate.h"

typedef struct
{
  World world;
  SatWorkspace *workspace;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  world_laptops (&f->world, &f->workspace, 1);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  sat_workspace_close (f->workspace);
  world_clear (&f->world);
}

/* ---- refused ---- */

typedef struct
{
  const char *object;
  const char *text;
  guint column;
  const char *message;
} Refusal;

/* clang-format off */
static const Refusal refusals[] = {
  /* tokens */
  { "thing", "name = \"open", 8, "the text that begins here is not closed" },
  { "thing", "name = “open\"", 8, "the text that begins here is not closed" },
  { "thing", "[name = 1", 1, "the name that begins here is not closed" },
  { "thing", "count > 1.23456", 9, "this number has too many digits" },
  { "thing", "count > 922337203685478", 9, "this number has too many digits" },
  { "thing", "count > 9999999亿", 9, "this number has too many digits" },
  { "thing", "count > 12kg", 11, "a number is followed by" },
  { "thing", "count > 1 ; drop", 11, "“;” has no meaning here" },
  { "thing", "count ！ 1", 7, "“！” has no meaning here" },
  { "thing", "名 = \"x\"", 1, "thing has no field “名”" },
  { "thing", "name = \"a\x01\"", 10, "the expression holds control characters" },
  { "thing", "name = \"\xff\"", 9, "the expression holds control characters" },
  /* grammar */
  { "thing", "", 1, "a field, a value or a function is expected here" },
  { "thing", "  ", 3, "a field, a value or a function is expected here" },
  { "thing", "count >", 8, "a field, a value or a function is expected here" },
  { "thing", "count > and ready", 9, "a field, a value or a function is expected here" },
  { "thing", "(count > 1", 11, "“)” is expected here" },
  { "thing", "count > 1)", 10, "an operator, “and”, “or” or the end is expected here" },
  { "thing", "count > 1 > 2", 11, "an operator, “and”, “or” or the end is expected here" },
  { "thing", "count > 1 ready", 11, "an operator, “and”, “or” or the end is expected here" },
  { "thing", "count in 1", 10, "“(” is expected here" },
  { "thing", "count in (1, 2", 15, "“,” or “)” is expected here" },
  { "thing", "count in ()", 11, "a field, a value or a function is expected here" },
  { "thing", "name is null", 9, "“empty” is expected here" },
  { "thing", "name is not", 12, "“empty” is expected here" },
  { "thing", "friend. = 1", 9, "the name of a field is expected here" },
  { "thing", "friend.\"x\"", 8, "the name of a field is expected here" },
  { "thing", "count not 5", 7, "an operator, “and”, “or” or the end is expected here" },
  { "thing", "lower(", 7, "a field, a value or a function is expected here" },
  { "thing", "empty", 1, "a field, a value or a function is expected here" },
  /* names */
  { "thing", "nmae = \"x\"", 1, "thing has no field “nmae”; its fields are: name, note" },
  { "thing", "friend.parent.nmae = 1", 15, "thing has no field “nmae”" },
  { "thing", "name.length = 1", 6, "a path goes over references to one kind of record; “name” is none" },
  { "thing", "anything.name = \"x\"", 10, "a path goes over references" },
  { "thing", "ready and nonsense(1)", 11, "there is no function “nonsense”; the functions are: if, coalesce" },
  /* kinds */
  { "thing", "count", 1, "a condition is expected here" },
  { "thing", "ready and 5", 11, "a condition is expected here" },
  { "thing", "not name", 5, "a condition is expected here" },
  { "thing", "ready or \"x\"", 10, "a condition is expected here" },
  { "thing", "count > name", 9, "a number is expected here" },
  { "thing", "count = \"many\"", 9, "“many” is not a number" },
  { "thing", "name = 5", 8, "a text is expected here" },
  { "thing", "price = ready", 9, "an amount of money or a number is expected here" },
  { "thing", "price > \"5 XYZQ\"", 9, "“5 XYZQ” is not an amount of money" },
  { "thing", "day < 5", 7, "a date is expected here" },
  { "thing", "day < \"2026-02-30\"", 7, "“2026-02-30” is not a date" },
  { "thing", "moment = \"soon\"", 10, "“soon” is not a point in time" },
  { "thing", "kind = \"c\"", 8, "“c” is not one of the choices; take one of: b, a" },
  { "thing", "kind in (\"a\", \"z\")", 15, "“z” is not one of the choices" },
  { "thing", "kind < \"a\"", 8, "the choices of “kind” have no order" },
  { "thing", "stage > kind", 9, "only choices of the same field have an order" },
  { "thing", "ready > yes", 9, "these have no order" },
  { "thing", "ready = 1", 9, "a condition is expected here" },
  { "thing", "friend > parent", 10, "these have no order" },
  { "customer", "owner in (name, me())", 17, "this reference has no title" },
  { "thing", "friend = me()", 10, "this names a user, while the other side names a thing" },
  { "thing", "anything = \"some title\"", 1, "this reference has no title" },
  { "thing", "tags = \"x\"", 1, "ask for tags with “has”" },
  { "thing", "\"x\" in (tags)", 9, "ask for tags with “has”" },
  { "thing", "name has \"x\"", 1, "a field with tags is expected here" },
  { "thing", "tags has 5", 10, "a text is expected here" },
  { "thing", "tags has \"a, b\"", 10, "one tag is expected here" },
  { "thing", "tags has \"\"", 10, "one tag is expected here" },
  { "thing", "count like \"1%\"", 1, "a text is expected here" },
  { "thing", "name like 5", 11, "a text is expected here" },
  { "thing", "name + 1 = 2", 1, "a number is expected here" },
  { "thing", "count + \"x\" > 1", 9, "“x” is not a date" },
  { "thing", "count * \"2\" > 1", 9, "a number is expected here" },
  { "thing", "day * 2 > 1", 7, "a number is expected here" },
  { "thing", "day + day > 1", 7, "a number is expected here" },
  { "thing", "moment + 1 = now()", 1, "a number is expected here" },
  { "thing", "price * price > 1", 9, "a number is expected here" },
  { "thing", "count + share > 1", 9, "a number is expected here" },
  { "thing", "-name = \"x\"", 2, "a number is expected here" },
  /* calls */
  { "thing", "lower() = \"x\"", 1, "this function takes other arguments: lower(text)" },
  { "thing", "round(1, 2, 3) > 1", 1, "this function takes other arguments: round(number[, digits])" },
  { "thing", "coalesce(1) > 1", 1, "this function takes other arguments: coalesce(value, …)" },
  { "thing", "lower(count) = \"x\"", 7, "a text is expected here" },
  { "thing", "abs(name) > 1", 5, "a number is expected here" },
  { "thing", "if(count, 1, 2) > 1", 4, "a condition is expected here" },
  { "thing", "if(ready, 1, \"x\") > 1", 14, "“x” is not a number" },
  { "thing", "if(ready, day, count) = today()", 16, "a date is expected here" },
  { "thing", "coalesce(tags, tags) = \"x\"", 10, "a text is expected here" },
  { "thing", "coalesce(name, 5) = \"x\"", 16, "a text is expected here" },
  { "thing", "days_since(name) > 1", 12, "a date is expected here" },
  { "thing", "days_since(\"soon\") > 1", 12, "“soon” is not a point in time" },
  { "thing", "year(5) > 1", 6, "a date is expected here" },
  { "thing", "min(name, note) = \"x\"", 5, "a number is expected here" },
  { "thing", "count(name) > 1", 7, "a field with tags is expected here" },
  { "thing", "currency(count) = \"USD\"", 10, "an amount of money or a number is expected here" },
  /* pictures */
  { "thing", "face = \"x\"", 1, "“face” holds pictures; all that can be asked is: face is empty" },
  { "thing", "ready and friend.face != \"\"", 11, "“face” holds pictures" },
  { "thing", "face like \"%a%\"", 1, "“face” holds pictures" },
  { "thing", "length(face) > 1", 8, "“face” holds pictures" },
  { "thing", "coalesce(face, name) is empty", 10, "“face” holds pictures" },
  { "thing", "face has \"x\"", 1, "“face” holds pictures" },
  { "thing", "name in (face)", 10, "“face” holds pictures" },
  /* rules only */
  { "thing", "ready and stage changed", 11, "“changed” asks what a change has done" },
  { "thing", "was(stage) = \"lead\"", 1, "“was” asks what a change has done" },
};
/* clang-format on */

static void
test_refused (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      const Refusal *refusal = &refusals[i];
      g_autoptr (GError) error = NULL;
      guint column = 0;
      g_autoptr (SatExpression) expression = sat_expression_parse (
          world_object (f->workspace, refusal->object), refusal->text, SAT_EXPRESSION_FILTER,
          &column, &error);

      if (expression != NULL || column != refusal->column ||
          !g_str_has_prefix (error->message, refusal->message))
        {
          g_test_message ("%s: column %u: %s", refusal->text, column,
                          expression != NULL ? "accepted" : error->message);
          g_test_fail ();
          continue;
        }
      g_assert_true (error->domain == SAT_ERROR);
      g_assert_nonnull (sat_error_msgid (error));
    }
}

static void
assert_refused (Fixture *f, const char *text, SatExpressionUse use, guint at, const char *message)
{
  g_autoptr (GError) error = NULL;
  guint column = 0;

  g_assert_null (
      sat_expression_parse (world_object (f->workspace, "thing"), text, use, &column, &error));
  if (!g_str_has_prefix (error->message, message) || column != at)
    {
      g_test_message ("%.40s: column %u: %s", text, column, error->message);
      g_test_fail ();
    }
}

/* HEAD, then PART N times, then TAIL N times. */
static char *
repeat (const char *head, const char *part, const char *middle, const char *tail, guint n)
{
  GString *out = g_string_new (head);

  for (guint i = 0; i < n; i++)
    g_string_append (out, part);
  g_string_append (out, middle);
  for (guint i = 0; i < n; i++)
    g_string_append (out, tail);
  return g_string_free (out, FALSE);
}

static void
test_limits (Fixture *f, gconstpointer data)
{
  g_autofree char *deep = repeat ("", "(", "ready", ")", SAT_EXPRESSION_MAX_DEPTH - 1);
  g_autofree char *deeper = repeat ("", "(", "ready", ")", 8000);
  g_autofree char *nots = repeat ("", "not ", "ready", "", 3000);
  g_autofree char *minus = repeat ("count = ", "- ", "count", "", 3000);
  g_autofree char *sum = repeat ("count", " + 1", " > 0", "", 3000);
  g_autofree char *wide = repeat ("ready", " and ready", "", "", SAT_EXPRESSION_MAX_NODES - 2);
  g_autofree char *wider = repeat ("ready", " and ready", "", "", SAT_EXPRESSION_MAX_NODES - 1);
  g_autofree char *list = repeat ("count in (1", ", 1", ")", "", SAT_EXPRESSION_MAX_NODES);
  g_autofree char *far = repeat ("", "friend.", "ready", "", SAT_EXPRESSION_MAX_PATH - 1);
  g_autofree char *farther = repeat ("", "friend.", "ready", "", SAT_EXPRESSION_MAX_PATH);
  g_autofree char *late = repeat ("ready", " ", "", "", SAT_EXPRESSION_MAX_LENGTH - 5);
  g_autofree char *later = repeat ("ready", " ", "", "", SAT_EXPRESSION_MAX_LENGTH - 4);
  const char *const good[] = { deep, wide, far, late };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    sat_expression_free (evaluate_parse (f->workspace, "thing", good[i], SAT_EXPRESSION_FILTER));
  assert_refused (f, deeper, SAT_EXPRESSION_FILTER, SAT_EXPRESSION_MAX_DEPTH + 1,
                  "the expression is nested too deeply");
  assert_refused (f, nots, SAT_EXPRESSION_FILTER, 4 * SAT_EXPRESSION_MAX_DEPTH + 1,
                  "the expression is nested too deeply");
  assert_refused (f, minus, SAT_EXPRESSION_FILTER, 73, "the expression is nested too deeply");
  assert_refused (f, sum, SAT_EXPRESSION_FILTER, 131, "the expression is nested too deeply");
  assert_refused (f, wider, SAT_EXPRESSION_FILTER, (guint) strlen (wider) - 4,
                  "the expression has too many parts");
  assert_refused (f, list, SAT_EXPRESSION_FILTER, 3005, "the expression has too many parts");
  assert_refused (f, farther, SAT_EXPRESSION_FILTER, (guint) strlen (farther) - 4,
                  "the path over references is too long");
  assert_refused (f, later, SAT_EXPRESSION_FILTER, 1, "the expression is too long");
}

/* ---- written ---- */

typedef struct
{
  const char *object;
  const char *text;
  const char *canonical;
} Spelling;

/* clang-format off */
static const Spelling spellings[] = {
  { "thing", "ready", "ready" },
  { "thing", "READY  And\nNOT ready", "ready and not ready" },
  { "thing", "((count)) > ((1))", "count > 1" },
  { "thing", "count<>1 or count!=1 or count≠1", "count != 1 or count != 1 or count != 1" },
  { "thing", "count ≤ 1 and count ≥ 1 and count == 1", "count <= 1 and count >= 1 and count = 1" },
  { "thing", "count＞１００", "count > 100" },
  { "thing", "（count ＞ 100） and count in （1，2、3）", "count > 100 and count in (1, 2, 3)" },
  { "thing", "price > 100万 or price > 1.5亿", "price > 1000000 or price > 150000000" },
  { "thing", "price = \"1,000 usd\"", "price = \"1000.00 USD\"" },
  { "thing", "price = \"¥5\" or \"5\" = price", "price = \"5.00 CNY\" or \"5.00 CNY\" = price" },
  { "thing", "share >= 50%", "share >= 50%" },
  { "thing", "share = \"50 %\"", "share = 50%" },
  { "thing", "ratio = \"1,000.50\"", "ratio = 1000.5" },
  { "thing", "ratio = -0.5 or ratio = - 0.5 or ratio = --0.5", "ratio = -0.5 or ratio = -0.5 or ratio = 0.5" },
  { "thing", "day = \"2026年1月2日\"", "day = \"2026-01-02\"" },
  { "thing", "moment > \"2026-01-02 16:00\"", "moment > \"2026-01-02T08:00:00Z\"" },
  { "thing", "moment > \"2026/1/2\"", "moment > \"2026-01-02\"" },
  { "thing", "kind = \"Bee\" or kind = 'AY'", "kind = \"b\" or kind = \"a\"" },
  { "thing", "ready = true and ready != False", "ready = yes and ready != no" },
  { "thing", "name = “he said \"hi\"”", "name = \"he said \"\"hi\"\"\"" },
  { "thing", "name = 'it''s' or name = 「x」", "name = \"it's\" or name = \"x\"" },
  { "thing", "name = '  tidy   me '", "name = \"tidy   me\"" },
  { "thing", "name like ' 100\\% '", "name like \" 100\\% \"" },
  { "thing", "name is  empty or name is not empty", "name is empty or name is not empty" },
  { "thing", "name not like 'x' and tags not has 'x' and count not in (1)",
    "name not like \"x\" and tags not has \"x\" and count not in (1)" },
  { "thing", "phone = \"１38 0013\" or email = \"A@EXAMPLE.com\"", "phone = \"138 0013\" or email = \"A@example.com\"" },
  { "thing", "friend = \"Acme\"", "friend.name = \"Acme\"" },
  { "thing", "friend = \"\"", "friend = \"\"" },
  { "thing", "friend in (\"Acme\", \"\")", "friend.name in (\"Acme\", \"\")" },
  { "thing", "friend = \"0190163D-8694-739B-AEA5-966C26F8AD91\"", "friend = \"0190163d-8694-739b-aea5-966c26f8ad91\"" },
  { "thing", "friend . parent .name = \"x\"", "friend.parent.name = \"x\"" },
  { "thing", "lower(friend) like \"x\"", "lower(friend.name) like \"x\"" },
  { "thing", "[name] = \"x\" and [ count ] > 1", "name = \"x\" and count > 1" },
  { "thing", "Round(ratio,1)>1 and COALESCE ( count , 0 ) = 1", "round(ratio, 1) > 1 and coalesce(count, 0) = 1" },
  { "thing", "count - (ratio - 1) - 1 > 0", "count - (ratio - 1) - 1 > 0" },
  { "thing", "(count * ratio) + 1 > (count + 1) * 2", "count * ratio + 1 > (count + 1) * 2" },
  { "thing", "count / (ratio / 2) = (count / ratio) / 2", "count / (ratio / 2) = count / ratio / 2" },
  { "thing", "-(count + 1) < - -count", "-(count + 1) < --count" },
  { "thing", "not (ready and ready) or (ready or ready) and ready",
    "not (ready and ready) or (ready or ready) and ready" },
  { "thing", "(ready and ready) and ready", "(ready and ready) and ready" },
  { "thing", "not not ready", "not not ready" },
  { "thing", "(not ready) = ready", "(not ready) = ready" },
  { "thing", "(count > 1) is empty", "(count > 1) is empty" },
  { "thing", "friend.face is not empty", "friend.face is not empty" },
  { "thing", "price + \"5\" > 1", "price + \"5.00 CNY\" > 1" },
  { "thing", "share + 5 > 1", "share + 5% > 1" },
  { "thing", "day + 5 > \"2026-1-1\" and \"2026-1-1\" - day > 3",
    "day + 5 > \"2026-01-01\" and \"2026-01-01\" - day > 3" },
  { "deal", "金额 > 5 and 阶段 = \"赢单\" and 客户.名称 like \"%上海%\"",
    "amount > 5 and stage = \"won\" and customer.name like \"%上海%\"" },
  { "deal", "[Expected close] < today() and CUSTOMER.Kind = \"Person\"",
    "close_date < today() and customer.kind = \"person\"" },
};
/* clang-format on */

static void
test_written (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (spellings); i++)
    {
      const Spelling *spelling = &spellings[i];

      g_autoptr (SatExpression) first = evaluate_parse (f->workspace, spelling->object,
                                                        spelling->text, SAT_EXPRESSION_FILTER);
      g_autofree char *text = sat_expression_format (first);
      g_autoptr (SatExpression) second = evaluate_parse (f->workspace, spelling->object, text,
                                                         SAT_EXPRESSION_FILTER);

      if (strcmp (text, spelling->canonical) != 0)
        g_test_message ("%s is written %s", spelling->text, text);
      if (!sat_expression_equal (first, second))
        g_test_message ("%s is another when it is read again", text);
      if (strcmp (text, spelling->canonical) != 0 || !sat_expression_equal (first, second))
        g_test_fail ();
    }
}

static void
test_unequal (Fixture *f, gconstpointer data)
{
  static const char *const texts[] = {
    "count > 1",        "count > 2",        "count < 1",        "ratio > 1",
    "not count > 1",    "count in (1)",     "count in (1, 1)",  "count not in (1)",
    "round(count) > 1", "floor(count) > 1", "friend.count > 1", "count > 1%",
    "count + 1 > 1",    "name = \"1\"",     "name = \"2\"",     "ready",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    for (guint k = 0; k < G_N_ELEMENTS (texts); k++)
      {
        g_autoptr (SatExpression) a = evaluate_parse (f->workspace, "thing", texts[i],
                                                      SAT_EXPRESSION_FILTER);
        g_autoptr (SatExpression) b = evaluate_parse (f->workspace, "thing", texts[k],
                                                      SAT_EXPRESSION_FILTER);

        g_assert_cmpint (sat_expression_equal (a, b), ==, i == k);
      }
}

/* ---- where it stands ---- */

static void
test_uses (Fixture *f, gconstpointer data)
{
  g_autoptr (SatExpression) rule = evaluate_parse (
      f->workspace, "thing", "stage CHANGED and was(stage) < stage", SAT_EXPRESSION_RULE);
  g_autoptr (SatExpression) value = evaluate_parse (f->workspace, "thing", "price * share",
                                                    SAT_EXPRESSION_VALUE);
  g_autofree char *text = sat_expression_format (rule);

  g_assert_cmpstr (text, ==, "stage changed and was(stage) < stage");
  g_assert_cmpint (sat_expression_kind (value), ==, SAT_KIND_MONEY);
  g_assert_cmpint (sat_expression_kind (rule), ==, SAT_KIND_YES_NO);
  g_assert_cmpstr (sat_expression_object (rule)->name, ==, "thing");
  assert_refused (f, "friend.stage changed", SAT_EXPRESSION_RULE, 1,
                  "a field of the record itself is expected here");
  assert_refused (f, "was(lower(name)) = \"x\"", SAT_EXPRESSION_RULE, 5,
                  "a field of the record itself is expected here");
  assert_refused (f, "was(friend.name) = \"x\"", SAT_EXPRESSION_RULE, 5,
                  "a field of the record itself is expected here");
  assert_refused (f, "was(name) = \"x\"", SAT_EXPRESSION_VALUE, 1,
                  "“was” asks what a change has done");
}

/* A name goes before a label; a label of several fields is none. */
static void
test_labels (void)
{
  static const char xml[] = "<object name='thing' title='a' order='1'><label>Thing</label>"
                            "<plural>Things</plural>"
                            "<field name='a' type='text'><label>c</label></field>"
                            "<field name='b' type='text'><label>Same</label></field>"
                            "<field name='c' type='integer'><label>SAME</label></field>"
                            "<field name='no' type='integer'><label>Not so</label></field>"
                            "<field name='d' type='integer'><label>N_1</label></field>"
                            "</object>";
  /* As an input method for Chinese writes it; once, a token was never ended. */
  static const char *const wide[] = { "N＿1 > 1", "Ｎ＿１ > 1", "n_1 > 1" };
  g_autoptr (GError) error = NULL;
  g_autoptr (SatCatalogue) catalogue = sat_catalogue_read_memory ("thing.xml", xml, strlen (xml),
                                                                  TRUE, &error);
  const SatObject *thing = sat_catalogue_find (catalogue, "thing");
  g_autoptr (SatExpression) named = NULL;
  g_autofree char *text = NULL;
  guint column = 0;

  g_assert_no_error (error);
  named = sat_expression_parse (thing, "C > 1 and [not so] = [no]", SAT_EXPRESSION_FILTER, NULL,
                                &error);
  g_assert_no_error (error);
  text = sat_expression_format (named);
  g_assert_cmpstr (text, ==, "c > 1 and [no] = [no]");
  for (gsize i = 0; i < G_N_ELEMENTS (wide); i++)
    {
      g_autoptr (SatExpression) one = sat_expression_parse (thing, wide[i], SAT_EXPRESSION_FILTER,
                                                            NULL, &error);
      g_autofree char *canonical = NULL;

      g_assert_no_error (error);
      canonical = sat_expression_format (one);
      g_assert_cmpstr (canonical, ==, "d > 1");
    }
  g_assert_null (sat_expression_parse (thing, "＿", SAT_EXPRESSION_FILTER, &column, &error));
  g_clear_error (&error);
  g_assert_null (
      sat_expression_parse (thing, "c = 1 and same = 1", SAT_EXPRESSION_FILTER, &column, &error));
  g_assert_cmpuint (column, ==, 11);
  assert_error (&error, SAT_ERROR_INVALID, "“same” is the label of several fields");
}

/* Every example of an operator in the reference is one, over customers. */
static void
test_reference (Fixture *f, gconstpointer data)
{
  g_autofree char *file = g_build_filename (g_getenv ("SATCHEL_SOURCE_ROOT"), "docs",
                                            "expressions.md", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint n = 0;

  g_assert_true (g_file_get_contents (file, &text, NULL, NULL));
  lines = g_strsplit (strstr (text, "## Operators"), "\n", -1);
  for (guint i = 1; !g_str_has_prefix (lines[i], "## "); i++)
    {
      g_autofree char *line = g_strdup (lines[i]);
      char *end = strrchr (line, '`');

      if (!g_str_has_prefix (line, "| `") || end == NULL)
        continue;
      *end = '\0';
      sat_expression_free (evaluate_parse (
          f->workspace, "customer", strrchr (line, '`') + 1,
          strstr (line, "changed") != NULL ? SAT_EXPRESSION_RULE : SAT_EXPRESSION_VALUE));
      n++;
    }
  g_assert_cmpuint (n, ==, 13);
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/expression/refused", test_refused);
  ADD ("/expression/limits", test_limits);
  ADD ("/expression/written", test_written);
  ADD ("/expression/unequal", test_unequal);
  ADD ("/expression/uses", test_uses);
  g_test_add_func ("/expression/labels", test_labels);
  ADD ("/expression/reference", test_reference);
  return g_test_run ();
}
