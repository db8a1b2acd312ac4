/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Conditions as SQL. SQL's NULL ("unknown") is let through only where it counts as false: at the
 * top, and below AND and OR from there; elsewhere conditions are made exact with IS TRUE. So the
 * database can use its indexes, and nothing is ever unknown. */
#include <string.h>

#include "core/expression/sat-expression-private.h"
#include "core/expression/sat-functions-private.h"

#define ONE 10000

/* SQL that may be NULL, as wanted. */
static char *
settle (SatRenderer *renderer, char *sql, gboolean exact)
{
  g_autofree char *inner = sql;

  if (!exact)
    return sat_render_take (renderer, g_strdup_printf ("(%s)", inner));
  return sat_render_take (renderer, g_strdup_printf ("((%s) IS TRUE)", inner));
}

static char *
negate (SatRenderer *renderer, char *sql)
{
  g_autofree char *inner = sql;

  return sat_render_take (renderer, g_strdup_printf ("(NOT %s)", inner));
}

/* PARTS from FIRST to before END under WORD, as a balanced tree: databases count levels. */
static char *
join (SatRenderer *renderer, GPtrArray *parts, guint first, guint end, const char *word)
{
  guint middle = first + (end - first) / 2;

  if (end - first == 1)
    return g_strdup (g_ptr_array_index (parts, first));
  g_autofree char *left = join (renderer, parts, first, middle, word);
  g_autofree char *right = join (renderer, parts, middle, end, word);
  return sat_render_take (renderer, g_strdup_printf ("(%s %s %s)", left, word, right));
}

/* ---- equal ---- */

/* Two numbers, without touching columns of whole numbers where that can be avoided. */
static gboolean
is_whole (const SatNode *node)
{
  return node->kind == SAT_KIND_INTEGER ||
         (sat_checker_is_literal (node, SAT_KIND_NUMBER) && node->number % ONE == 0);
}

static char *
render_whole (SatRenderer *renderer, const SatNode *node)
{
  if (node->type == SAT_NODE_LITERAL)
    return sat_render_integer (renderer, node->number / ONE);
  return sat_render_value (renderer, node);
}

static void
render_sides (SatRenderer *renderer, const SatNode *left, const SatNode *right, char **a, char **b)
{
  gboolean numbers = sat_kind_is_number (left->kind) || sat_kind_is_number (right->kind);
  gboolean whole = (left->kind == SAT_KIND_INTEGER || right->kind == SAT_KIND_INTEGER) &&
                   is_whole (left) && is_whole (right);
  char *(*render) (SatRenderer *, const SatNode *) = whole     ? render_whole
                                                     : numbers ? sat_render_decimal
                                                               : sat_render_value;

  *a = render (renderer, left);
  *b = render (renderer, right);
}

/* Exact. */
static char *
equal_money (SatRenderer *renderer, const SatNode *left, const SatNode *right)
{
  g_autofree char *a = sat_render_value (renderer, left);
  g_autofree char *b = sat_render_value (renderer, right);
  g_autofree char *again = sat_render_value (renderer, left);
  g_autofree char *of_a = sat_render_currency (renderer, left);
  g_autofree char *of_b = sat_render_currency (renderer, right);

  return sat_render_take (renderer, g_strdup_printf ("(%s IS %s AND (%s IS NULL OR %s IS %s))", a,
                                                     b, again, of_a, of_b));
}

/* A time is equal to the day it is in. */
static char *
equal_day (SatRenderer *renderer, const SatNode *time, const SatNode *day, gboolean exact)
{
  g_autofree char *a = sat_render_value (renderer, time);
  g_autofree char *b = sat_render_value (renderer, time);
  g_autofree char *from = sat_render_value (renderer, day);
  g_autofree char *to = sat_render_value (renderer, day);
  g_autofree char *within = g_strdup_printf (
      "%s >= sat_day_start(%s, 0) AND %s < sat_day_start(%s, 1)", a, from, b, to);

  if (day->type == SAT_NODE_LITERAL)
    return settle (renderer, g_steal_pointer (&within), exact);
  g_autofree char *time_again = sat_render_value (renderer, time);
  g_autofree char *day_again = sat_render_value (renderer, day);
  return settle (
      renderer,
      g_strdup_printf ("(%s) OR (%s IS NULL AND %s IS NULL)", within, time_again, day_again),
      exact);
}

static gboolean
is_mixed_day (const SatNode *left, const SatNode *right)
{
  return !sat_node_is_empty (left) && !sat_node_is_empty (right) &&
         ((left->kind == SAT_KIND_TIME && right->kind == SAT_KIND_DATE) ||
          (left->kind == SAT_KIND_DATE && right->kind == SAT_KIND_TIME));
}

static char *
render_equal (SatRenderer *renderer, const SatNode *left, const SatNode *right, gboolean exact)
{
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;

  if (is_mixed_day (left, right))
    return left->kind == SAT_KIND_TIME ? equal_day (renderer, left, right, exact)
                                       : equal_day (renderer, right, left, exact);
  if (left->kind == SAT_KIND_MONEY && right->kind == SAT_KIND_MONEY && !sat_node_is_empty (left) &&
      !sat_node_is_empty (right))
    return equal_money (renderer, left, right);
  render_sides (renderer, left, right, &a, &b);
  return sat_render_take (renderer, g_strdup_printf ("(%s IS %s)", a, b));
}

/* ---- less and more ---- */

static const char *
sign_of (SatOperator op)
{
  switch ((int) op)
    {
    case SAT_OPERATOR_LESS:
      return "<";
    case SAT_OPERATOR_LESS_EQUAL:
      return "<=";
    case SAT_OPERATOR_MORE:
      return ">";
    default:
      return ">=";
    }
}

/* A OP B is B OP' A. */
static SatOperator
turned (SatOperator op)
{
  switch ((int) op)
    {
    case SAT_OPERATOR_LESS:
      return SAT_OPERATOR_MORE;
    case SAT_OPERATOR_LESS_EQUAL:
      return SAT_OPERATOR_MORE_EQUAL;
    case SAT_OPERATOR_MORE:
      return SAT_OPERATOR_LESS;
    default:
      return SAT_OPERATOR_LESS_EQUAL;
    }
}

static gboolean
holds (int order, SatOperator op)
{
  switch ((int) op)
    {
    case SAT_OPERATOR_LESS:
      return order < 0;
    case SAT_OPERATOR_LESS_EQUAL:
      return order <= 0;
    case SAT_OPERATOR_MORE:
      return order > 0;
    default:
      return order >= 0;
    }
}

static int
place_of (const SatField *field, const char *choice)
{
  for (guint i = 0; i < field->n_choices; i++)
    if (strcmp (field->choices[i].name, choice) == 0)
      return (int) i;
  return -1;
}

/* Those choices that are so to a given one. */
static char *
order_choices (SatRenderer *renderer, const SatNode *node, SatOperator op, const char *choice)
{
  const SatField *field = node->field;
  g_autofree char *value = sat_render_value (renderer, node);
  g_autoptr (GString) sql = g_string_new (NULL);
  int place = place_of (field, choice);
  guint n = 0;

  g_string_append_printf (sql, "%s IN (", value);
  for (guint i = 0; i < field->n_choices; i++)
    if (holds ((int) i - place, op))
      {
        g_autofree char *name = sat_render_text (renderer, field->choices[i].name,
                                                 strlen (field->choices[i].name));

        g_string_append_printf (sql, "%s%s", n++ > 0 ? ", " : "", name);
      }
  g_string_append_c (sql, ')');
  return g_string_free (g_steal_pointer (&sql), FALSE);
}

/* The place of a choice as a number. */
static char *
choice_place (SatRenderer *renderer, const SatNode *node)
{
  g_autofree char *value = sat_render_value (renderer, node);
  g_autoptr (GString) sql = g_string_new (NULL);

  g_string_append_printf (sql, "CASE %s", value);
  for (guint i = 0; i < node->field->n_choices; i++)
    {
      const char *choice = node->field->choices[i].name;
      g_autofree char *name = sat_render_text (renderer, choice, strlen (choice));

      g_string_append_printf (sql, " WHEN %s THEN %u", name, i);
    }
  g_string_append (sql, " END");
  return g_string_free (g_steal_pointer (&sql), FALSE);
}

static char *
compare_choices (SatRenderer *renderer, const SatNode *left, const SatNode *right, SatOperator op)
{
  if (right->type == SAT_NODE_LITERAL && left->type != SAT_NODE_LITERAL)
    return order_choices (renderer, left, op, right->text);
  if (left->type == SAT_NODE_LITERAL && right->type != SAT_NODE_LITERAL)
    return order_choices (renderer, right, turned (op), left->text);
  g_autofree char *a = choice_place (renderer, left);
  g_autofree char *b = choice_place (renderer, right);
  return g_strdup_printf ("%s %s %s", a, sign_of (op), b);
}

static char *
compare_money (SatRenderer *renderer, const SatNode *left, const SatNode *right, SatOperator op)
{
  g_autofree char *a = sat_render_value (renderer, left);
  g_autofree char *b = sat_render_value (renderer, right);
  g_autofree char *of_a = sat_render_currency (renderer, left);
  g_autofree char *of_b = sat_render_currency (renderer, right);

  return g_strdup_printf ("%s %s %s AND %s = %s", a, sign_of (op), b, of_a, of_b);
}

/* A time comes before a day if it is before its beginning, and after it from the next day on. */
static char *
compare_day (SatRenderer *renderer, const SatNode *time, const SatNode *day, SatOperator op)
{
  g_autofree char *a = sat_render_value (renderer, time);
  g_autofree char *b = sat_render_value (renderer, day);
  gboolean next = op == SAT_OPERATOR_MORE || op == SAT_OPERATOR_LESS_EQUAL;
  gboolean from = op == SAT_OPERATOR_MORE || op == SAT_OPERATOR_MORE_EQUAL;

  return g_strdup_printf ("%s %s sat_day_start(%s, %d)", a, from ? ">=" : "<", b, next ? 1 : 0);
}

static char *
compare_plain (SatRenderer *renderer, const SatNode *left, const SatNode *right, SatOperator op)
{
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;

  render_sides (renderer, left, right, &a, &b);
  if (left->kind == SAT_KIND_TEXT)
    return g_strdup_printf ("sort_key(%s) %s sort_key(%s)", a, sign_of (op), b);
  return g_strdup_printf ("%s %s %s", a, sign_of (op), b);
}

static char *
render_order (SatRenderer *renderer, const SatNode *left, const SatNode *right, SatOperator op)
{
  if (sat_node_is_empty (left) || sat_node_is_empty (right))
    return g_strdup ("0");
  if (left->kind == SAT_KIND_CHOICE)
    return compare_choices (renderer, left, right, op);
  if (left->kind == SAT_KIND_MONEY && right->kind == SAT_KIND_MONEY)
    return compare_money (renderer, left, right, op);
  if (is_mixed_day (left, right))
    return left->kind == SAT_KIND_TIME ? compare_day (renderer, left, right, op)
                                       : compare_day (renderer, right, left, turned (op));
  return compare_plain (renderer, left, right, op);
}

static char *
render_compare (SatRenderer *renderer, const SatNode *node, gboolean exact)
{
  const SatNode *left = sat_node_arg (node, 0);
  const SatNode *right = sat_node_arg (node, 1);

  if (node->op == SAT_OPERATOR_EQUAL)
    return render_equal (renderer, left, right, exact);
  if (node->op == SAT_OPERATOR_NOT_EQUAL)
    return negate (renderer, render_equal (renderer, left, right, TRUE));
  return settle (renderer, render_order (renderer, left, right, node->op), exact);
}

/* ---- in, like, has ---- */

/* Can the list be SQL's own? */
static gboolean
is_plain_list (const SatNode *node)
{
  SatKind kind = sat_node_arg (node, 0)->kind;

  if (kind != SAT_KIND_TEXT && kind != SAT_KIND_CHOICE && kind != SAT_KIND_DATE &&
      kind != SAT_KIND_REFERENCE && kind != SAT_KIND_NUMBER)
    return FALSE;
  for (guint i = 1; i < node->args->len; i++)
    {
      const SatNode *element = sat_node_arg (node, i);

      if (element->type != SAT_NODE_LITERAL ||
          (element->kind != kind && !sat_node_is_empty (element)))
        return FALSE;
    }
  return TRUE;
}

static char *
render_plain_list (SatRenderer *renderer, const SatNode *node, gboolean exact)
{
  g_autofree char *value = sat_render_value (renderer, sat_node_arg (node, 0));
  g_autoptr (GString) list = g_string_new (NULL);
  gboolean empty = FALSE;

  for (guint i = 1; i < node->args->len; i++)
    {
      const SatNode *element = sat_node_arg (node, i);

      if (sat_node_is_empty (element))
        empty = TRUE;
      else
        {
          g_autofree char *sql = sat_render_value (renderer, element);

          g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", sql);
        }
    }
  if (!empty)
    return settle (renderer, g_strdup_printf ("%s IN (%s)", value, list->str), exact);
  g_autofree char *again = sat_render_value (renderer, sat_node_arg (node, 0));
  return settle (renderer, g_strdup_printf ("%s IN (%s) OR %s IS NULL", value, list->str, again),
                 exact);
}

static char *
render_in (SatRenderer *renderer, const SatNode *node, gboolean exact)
{
  g_autoptr (GPtrArray) parts = NULL;

  if (is_plain_list (node))
    return render_plain_list (renderer, node, exact);
  parts = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 1; i < node->args->len; i++)
    g_ptr_array_add (
        parts, render_equal (renderer, sat_node_arg (node, 0), sat_node_arg (node, i), exact));
  return join (renderer, parts, 0, parts->len, "OR");
}

static char *
render_like (SatRenderer *renderer, const SatNode *node)
{
  const SatNode *pattern = sat_node_arg (node, 1);
  g_autofree char *text = sat_render_value (renderer, sat_node_arg (node, 0));
  g_autofree char *sql = NULL;

  if (pattern->type == SAT_NODE_LITERAL && pattern->text != NULL)
    {
      SatCell cell = { .kind = SAT_CELL_TEXT, .text = pattern->text };
      SatAnswer answer = { 0 };

      cell.size = strlen (pattern->text);
      sat_function_pattern (&cell, 1, &answer);
      sql = sat_render_text (renderer, answer.text, strlen (answer.text));
      g_free (answer.text);
    }
  else
    {
      g_autofree char *value = sat_render_value (renderer, pattern);

      sql = g_strdup_printf ("sat_pattern(%s)", value);
    }
  return g_strdup_printf ("sat_like(%s, %s)", text, sql);
}

/* Tags are lines, so one is there if its line is. */
static char *
render_has (SatRenderer *renderer, const SatNode *node)
{
  const SatNode *tag = sat_node_arg (node, 1);
  g_autofree char *tags = sat_render_value (renderer, sat_node_arg (node, 0));
  g_autofree char *line = NULL;

  if (tag->type == SAT_NODE_LITERAL)
    {
      g_autofree char *text = g_strconcat ("\n", tag->text, "\n", NULL);

      line = sat_render_text (renderer, text, strlen (text));
    }
  else
    {
      g_autofree char *value = sat_render_value (renderer, tag);

      line = g_strdup_printf ("char(10) || %s || char(10)", value);
    }
  return g_strdup_printf ("instr(char(10) || %s || char(10), %s) > 0", tags, line);
}

/* ---- all of them ---- */

static char *
render_test (SatRenderer *renderer, const SatNode *node, gboolean exact)
{
  gboolean inner = exact || node->negated;
  char *sql;

  if (node->type == SAT_NODE_IN)
    sql = render_in (renderer, node, inner);
  else if (node->type == SAT_NODE_LIKE)
    sql = settle (renderer, render_like (renderer, node), inner);
  else if (node->type == SAT_NODE_HAS)
    sql = settle (renderer, render_has (renderer, node), inner);
  else
    {
      g_autofree char *value = sat_render_value (renderer, sat_node_arg (node, 0));

      return sat_render_take (
          renderer, g_strdup_printf ("(%s IS %sNULL)", value, node->negated ? "NOT " : ""));
    }
  return node->negated ? negate (renderer, sql) : sql;
}

static char *
render_row (SatRenderer *renderer, const SatNode *node, gboolean exact)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < node->args->len; i++)
    g_ptr_array_add (parts, sat_render_condition (renderer, sat_node_arg (node, i), exact));
  return join (renderer, parts, 0, parts->len, node->type == SAT_NODE_AND ? "AND" : "OR");
}

char *
sat_render_condition (SatRenderer *renderer, const SatNode *node, gboolean exact)
{
  if (renderer->too_long)
    return g_strdup ("NULL");
  switch ((int) node->type)
    {
    case SAT_NODE_COMPARE:
      return render_compare (renderer, node, exact);
    case SAT_NODE_IN:
    case SAT_NODE_LIKE:
    case SAT_NODE_HAS:
    case SAT_NODE_EMPTY:
      return render_test (renderer, node, exact);
    case SAT_NODE_AND:
    case SAT_NODE_OR:
      return render_row (renderer, node, exact);
    case SAT_NODE_NOT:
      return negate (renderer, sat_render_condition (renderer, sat_node_arg (node, 0), TRUE));
    case SAT_NODE_CHANGED:
      return sat_render_changed (renderer, sat_node_arg (node, 0));
    default:
      return settle (renderer, sat_render_value (renderer, node), exact);
    }
}

SatCompiled *
sat_compiled_new (void)
{
  SatCompiled *out = g_new0 (SatCompiled, 1);

  out->cells = g_array_new (FALSE, TRUE, sizeof (SatCell));
  out->owned = g_ptr_array_new_with_free_func (g_free);
  return out;
}

SatCompiled *
sat_expression_compile (const SatExpression *expression,
                        const SatExpressionContext *context,
                        GError **error)
{
  g_autoptr (SatCompiled) out = sat_compiled_new ();
  SatRenderer renderer = { .context = context, .out = out, .from = context->from };
  const SatNode *root = expression->root;

  if (root->kind == SAT_KIND_YES_NO)
    out->sql = sat_render_condition (&renderer, root, FALSE);
  else
    out->sql = sat_render_value (&renderer, root);
  if (root->kind == SAT_KIND_MONEY)
    out->currency = sat_render_currency (&renderer, root);
  if (renderer.needs_change)
    {
      sat_fail (error, SAT_ERROR_INVALID,
                N_ ("“changed” and “was” ask about a change, and there is none here"), NULL);
      return NULL;
    }
  if (renderer.too_long)
    {
      sat_fail (error, SAT_ERROR_TOO_LONG,
                N_ ("the expression takes more work than a database does at once; split it"), NULL);
      return NULL;
    }
  return g_steal_pointer (&out);
}

void
sat_compiled_free (SatCompiled *compiled)
{
  if (compiled == NULL)
    return;
  g_clear_pointer (&compiled->cells, g_array_unref);
  g_clear_pointer (&compiled->owned, g_ptr_array_unref);
  g_free (compiled->sql);
  g_free (compiled->currency);
  g_free (compiled);
}
