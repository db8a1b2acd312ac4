/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From names to fields and from texts to values: each node gets its kind, or the first that cannot
 * have one is the error. Operators are here; values in sat-checker-value.c, calls in
 * sat-checker-call.c. */
#include <string.h>

#include "core/expression/sat-expression-private.h"

gboolean
sat_checker_fail (
    SatChecker *checker, guint column, const char *msgid, const char *one, const char *two)
{
  checker->column = column;
  return sat_fail (checker->error, SAT_ERROR_INVALID, msgid, one, two, NULL);
}

gboolean
sat_checker_expect (SatChecker *checker, const SatNode *node, SatKind kind)
{
  static const char *const messages[SAT_N_KINDS] = {
    [SAT_KIND_TEXT] = N_ ("a text is expected here"),
    [SAT_KIND_INTEGER] = N_ ("a number is expected here"),
    [SAT_KIND_NUMBER] = N_ ("a number is expected here"),
    [SAT_KIND_PERCENT] = N_ ("a number or a percentage is expected here"),
    [SAT_KIND_MONEY] = N_ ("an amount of money or a number is expected here"),
    [SAT_KIND_DATE] = N_ ("a date is expected here, such as \"2026-11-21\""),
    [SAT_KIND_TIME] = N_ ("a date or a time is expected here, such as \"2026-11-21 16:00\""),
    [SAT_KIND_YES_NO] = N_ ("a condition is expected here: something that is true or not"),
    [SAT_KIND_CHOICE] = N_ ("one of the choices is expected here, as a text"),
    [SAT_KIND_TAGS] = N_ ("a field with tags is expected here"),
    [SAT_KIND_REFERENCE] = N_ (
        "a reference is expected here: a field that names a record, or an id"),
    [SAT_KIND_PLACE] = N_ ("a place is expected here, such as \"48.137, 11.575\""),
  };

  return sat_checker_fail (checker, node->column, messages[kind], NULL, NULL);
}

gboolean
sat_checker_condition (SatChecker *checker, SatNode *node)
{
  if (!sat_checker_visit (checker, node))
    return FALSE;
  return node->kind == SAT_KIND_YES_NO || sat_checker_expect (checker, node, SAT_KIND_YES_NO);
}

static gboolean
is_typed_text (const SatNode *node)
{
  return sat_checker_is_literal (node, SAT_KIND_TEXT);
}

static gboolean
is_empty (const SatNode *node)
{
  return node->type == SAT_NODE_LITERAL && node->text == NULL && node->kind != SAT_KIND_NUMBER &&
         node->kind != SAT_KIND_PERCENT;
}

/* ---- comparing ---- */

static gboolean
is_ordering (SatOperator op)
{
  return op != SAT_OPERATOR_EQUAL && op != SAT_OPERATOR_NOT_EQUAL;
}

static gboolean
is_id (const char *text)
{
  SatId id;

  return text == NULL || sat_id_parse (text, &id);
}

/* LITERAL, a typed text, becomes what OTHER is; a reference compared with a text stands for its
 * title. */
static gboolean
adapt (SatChecker *checker, SatNode *literal, SatNode *other, SatOperator op)
{
  const SatField *field = other->field;

  if (other->kind == SAT_KIND_REFERENCE && !is_id (literal->text) &&
      !sat_checker_title (checker, other))
    return FALSE;
  field = other->type == SAT_NODE_FIELD || other->kind != SAT_KIND_TEXT ? other->field : NULL;
  if (other->kind == SAT_KIND_TEXT && is_ordering (op))
    field = NULL;
  return sat_checker_literal (checker, literal, other->kind, field);
}

/* What a reference leads to: the object's name; NULL: not said. */
static const char *
referred (const SatNode *node)
{
  if (node->type == SAT_NODE_CALL && node->function->render == SAT_RENDER_ME)
    return "user";
  if (node->field == NULL || node->type == SAT_NODE_LITERAL)
    return NULL;
  return strcmp (node->field->reference, "*") == 0 ? NULL : node->field->reference;
}

static gboolean
check_references (SatChecker *checker, const SatNode *left, const SatNode *right)
{
  const char *a = referred (left);
  const char *b = referred (right);

  if (a == NULL || b == NULL || strcmp (a, b) == 0)
    return TRUE;
  return sat_checker_fail (checker, right->column,
                           N_ ("this names a %s, while the other side names a %s"), b, a);
}

static gboolean
check_ordering (SatChecker *checker, const SatNode *left, const SatNode *right)
{
  if (left->kind == SAT_KIND_YES_NO || left->kind == SAT_KIND_REFERENCE ||
      left->kind == SAT_KIND_PLACE)
    return sat_checker_fail (checker, right->column,
                             N_ ("these have no order; compare them with = or !="), NULL, NULL);
  if (left->kind != SAT_KIND_CHOICE)
    return TRUE;
  if (left->field == NULL || !left->field->ordered)
    return sat_checker_fail (checker, right->column,
                             N_ ("the choices of “%s” have no order; compare them with = or in"),
                             left->field != NULL ? left->field->name : "", NULL);
  return left->field == right->field ||
         sat_checker_fail (checker, right->column,
                           N_ ("only choices of the same field have an order"), NULL, NULL);
}

/* Both sides have their kinds. */
static gboolean
check_kinds (SatChecker *checker, const SatNode *left, const SatNode *right, SatOperator op)
{
  SatKind a = left->kind;
  SatKind b = right->kind;

  if (is_empty (left) || is_empty (right))
    return TRUE;
  if (!(a == b || (sat_kind_is_number (a) && sat_kind_is_number (b)) ||
        (a == SAT_KIND_MONEY && sat_kind_is_number (b)) ||
        (b == SAT_KIND_MONEY && sat_kind_is_number (a)) ||
        (a == SAT_KIND_DATE && b == SAT_KIND_TIME) || (a == SAT_KIND_TIME && b == SAT_KIND_DATE)))
    return sat_checker_expect (checker, right, a);
  if (a == SAT_KIND_REFERENCE && !check_references (checker, left, right))
    return FALSE;
  return !is_ordering (op) || check_ordering (checker, left, right);
}

static gboolean
check_pair (SatChecker *checker, SatNode *left, SatNode *right, SatOperator op)
{
  if (left->kind == SAT_KIND_TAGS || right->kind == SAT_KIND_TAGS)
    return sat_checker_fail (checker, left->kind == SAT_KIND_TAGS ? left->column : right->column,
                             N_ ("ask for tags with “has”, such as: tags has \"vip\""), NULL, NULL);
  if (is_typed_text (right) && left->type != SAT_NODE_LITERAL)
    {
      if (!adapt (checker, right, left, op))
        return FALSE;
    }
  else if (is_typed_text (left) && right->type != SAT_NODE_LITERAL)
    {
      if (!adapt (checker, left, right, op))
        return FALSE;
    }
  else if (left->kind == SAT_KIND_REFERENCE && right->kind == SAT_KIND_TEXT)
    {
      if (!sat_checker_title (checker, left))
        return FALSE;
    }
  else if (left->kind == SAT_KIND_TEXT && right->kind == SAT_KIND_REFERENCE &&
           left->type != SAT_NODE_LITERAL)
    {
      if (!sat_checker_title (checker, right))
        return FALSE;
    }
  return check_kinds (checker, left, right, op);
}

static gboolean
check_compare (SatChecker *checker, SatNode *node)
{
  SatNode *left = sat_node_arg (node, 0);
  SatNode *right = sat_node_arg (node, 1);

  return sat_checker_visit (checker, left) && sat_checker_visit (checker, right) &&
         check_pair (checker, left, right, node->op);
}

/* References among texts that are no ids are meant by title, all of them. */
static gboolean
check_in (SatChecker *checker, SatNode *node)
{
  SatNode *needle = sat_node_arg (node, 0);
  gboolean titles = FALSE;

  if (!sat_checker_visit (checker, needle))
    return FALSE;
  for (guint i = 1; i < node->args->len; i++)
    {
      const SatNode *element = sat_node_arg (node, i);

      if (!sat_checker_visit (checker, sat_node_arg (node, i)))
        return FALSE;
      titles = titles || (is_typed_text (element) && !is_id (element->text));
    }
  if (titles && needle->kind == SAT_KIND_REFERENCE && !sat_checker_title (checker, needle))
    return FALSE;
  for (guint i = 1; i < node->args->len; i++)
    if (!check_pair (checker, needle, sat_node_arg (node, i), SAT_OPERATOR_EQUAL))
      return FALSE;
  return TRUE;
}

static gboolean
want_text (SatChecker *checker, SatNode *node)
{
  if (!sat_checker_visit (checker, node))
    return FALSE;
  if (node->kind == SAT_KIND_REFERENCE)
    return sat_checker_title (checker, node);
  return node->kind == SAT_KIND_TEXT || sat_checker_expect (checker, node, SAT_KIND_TEXT);
}

static gboolean
check_has (SatChecker *checker, SatNode *node)
{
  SatNode *tags = sat_node_arg (node, 0);
  SatNode *tag = sat_node_arg (node, 1);

  if (!sat_checker_visit (checker, tags))
    return FALSE;
  if (tags->kind != SAT_KIND_TAGS)
    return sat_checker_expect (checker, tags, SAT_KIND_TAGS);
  if (!want_text (checker, tag))
    return FALSE;
  if (tag->type != SAT_NODE_LITERAL)
    return TRUE;
  if (tag->text != NULL)
    {
      g_autofree char *value = NULL;

      if (!tags->field->type->parse (&tags->field->options, tag->text, &value, checker->error))
        {
          checker->column = tag->column;
          return FALSE;
        }
      g_free (tag->text);
      tag->text = g_steal_pointer (&value);
    }
  return (tag->text != NULL && strchr (tag->text, '\n') == NULL) ||
         sat_checker_fail (checker, tag->column, N_ ("one tag is expected here"), NULL, NULL);
}

/* Of a picture one can ask whether there is one, or another one now; nothing else. */
static gboolean
visit_any (SatChecker *checker, SatNode *node)
{
  gboolean ok;

  checker->pictures = node->type == SAT_NODE_FIELD;
  ok = sat_checker_visit (checker, node);
  checker->pictures = FALSE;
  return ok;
}

static gboolean
check_changed (SatChecker *checker, SatNode *node)
{
  SatNode *field = sat_node_arg (node, 0);

  if (checker->use != SAT_EXPRESSION_RULE)
    return sat_checker_fail (
        checker, node->column,
        N_ ("“%s” asks what a change has done; only rules that a change sets off "
            "know that"),
        "changed", NULL);
  if (!visit_any (checker, field))
    return FALSE;
  if (field->type == SAT_NODE_FIELD && field->field->derived != NULL)
    return sat_checker_fail_computed (checker, field);
  return (field->type == SAT_NODE_FIELD && field->path->len == 1) ||
         sat_checker_fail (checker, field->column,
                           N_ ("a field of the record itself is expected here"), NULL, NULL);
}

/* ---- arithmetic ---- */

static gboolean
is_plain_number (SatKind kind)
{
  return kind == SAT_KIND_INTEGER || kind == SAT_KIND_NUMBER;
}

/* A typed text in arithmetic is an amount beside one, else a date; a typed number added to a
 * percentage is one. */
static gboolean
adapt_operand (SatChecker *checker, SatNode *node, const SatNode *other, SatOperator op)
{
  gboolean sum = op == SAT_OPERATOR_ADD || op == SAT_OPERATOR_SUBTRACT;

  if (is_typed_text (node))
    {
      if (!sum || is_empty (node))
        return sat_checker_expect (checker, node, SAT_KIND_NUMBER);
      return sat_checker_literal (
          checker, node, other->kind == SAT_KIND_MONEY ? other->kind : SAT_KIND_DATE, other->field);
    }
  if (sum && sat_checker_is_literal (node, SAT_KIND_NUMBER) && other->kind == SAT_KIND_PERCENT)
    return sat_checker_literal (checker, node, other->kind, other->field);
  return TRUE;
}

/* The kind of A plus or minus B, where a number added to an amount is in its currency; SAT_N_KINDS:
 * that is nothing. */
static guint
kind_of_sum (SatKind a, SatKind b, SatOperator op)
{
  if (is_plain_number (a) && is_plain_number (b))
    return SAT_KIND_NUMBER;
  if (a == b && (a == SAT_KIND_PERCENT || a == SAT_KIND_MONEY))
    return a;
  if ((a == SAT_KIND_MONEY && is_plain_number (b)) || (is_plain_number (a) && b == SAT_KIND_MONEY))
    return SAT_KIND_MONEY;
  if (a == SAT_KIND_DATE && is_plain_number (b))
    return SAT_KIND_DATE;
  if (is_plain_number (a) && b == SAT_KIND_DATE && op == SAT_OPERATOR_ADD)
    return SAT_KIND_DATE;
  if (a == SAT_KIND_DATE && b == SAT_KIND_DATE && op == SAT_OPERATOR_SUBTRACT)
    return SAT_KIND_NUMBER;
  return SAT_N_KINDS;
}

/* A percentage of something is of that something's kind. */
static guint
kind_of_product (SatKind a, SatKind b)
{
  if (a == SAT_KIND_MONEY && b != SAT_KIND_MONEY)
    return sat_kind_is_number (b) ? SAT_KIND_MONEY : SAT_N_KINDS;
  if (b == SAT_KIND_MONEY && a != SAT_KIND_MONEY)
    return sat_kind_is_number (a) ? SAT_KIND_MONEY : SAT_N_KINDS;
  if (a == SAT_KIND_PERCENT && b == SAT_KIND_PERCENT)
    return SAT_KIND_PERCENT;
  return sat_kind_is_number (a) && sat_kind_is_number (b) ? SAT_KIND_NUMBER : SAT_N_KINDS;
}

static guint
kind_of_quotient (SatKind a, SatKind b)
{
  if (a == SAT_KIND_MONEY && sat_kind_is_number (b))
    return SAT_KIND_MONEY;
  if (a == SAT_KIND_PERCENT && is_plain_number (b))
    return SAT_KIND_PERCENT;
  if (a == b && (a == SAT_KIND_MONEY || a == SAT_KIND_PERCENT))
    return SAT_KIND_NUMBER;
  return sat_kind_is_number (a) && sat_kind_is_number (b) ? SAT_KIND_NUMBER : SAT_N_KINDS;
}

static gboolean
check_minus (SatChecker *checker, SatNode *node)
{
  SatNode *arg = sat_node_arg (node, 0);

  if (!sat_checker_visit (checker, arg))
    return FALSE;
  if (!sat_kind_is_number (arg->kind) && arg->kind != SAT_KIND_MONEY)
    return sat_checker_expect (checker, arg, SAT_KIND_NUMBER);
  node->kind = arg->kind == SAT_KIND_INTEGER ? SAT_KIND_NUMBER : arg->kind;
  node->field = arg->kind == SAT_KIND_MONEY ? arg->field : NULL;
  return TRUE;
}

static gboolean
check_arithmetic (SatChecker *checker, SatNode *node)
{
  SatNode *left = sat_node_arg (node, 0);
  SatNode *right;
  guint kind;

  if (node->args->len == 1)
    return check_minus (checker, node);
  right = sat_node_arg (node, 1);
  if (!sat_checker_visit (checker, left) || !sat_checker_visit (checker, right) ||
      !adapt_operand (checker, left, right, node->op) ||
      !adapt_operand (checker, right, left, node->op))
    return FALSE;
  kind = node->op == SAT_OPERATOR_MULTIPLY ? kind_of_product (left->kind, right->kind)
         : node->op == SAT_OPERATOR_DIVIDE ? kind_of_quotient (left->kind, right->kind)
                                           : kind_of_sum (left->kind, right->kind, node->op);
  if (kind == SAT_N_KINDS)
    {
      gboolean bad_left = !sat_kind_is_number (left->kind) && left->kind != SAT_KIND_MONEY &&
                          left->kind != SAT_KIND_DATE;
      gboolean same = left->kind == SAT_KIND_MONEY && right->kind != SAT_KIND_MONEY;

      return sat_checker_expect (checker, bad_left ? left : right,
                                 same ? SAT_KIND_MONEY : SAT_KIND_NUMBER);
    }
  node->kind = (SatKind) kind;
  if (node->kind == SAT_KIND_MONEY)
    node->field = left->kind == SAT_KIND_MONEY ? left->field : right->field;
  return TRUE;
}

/* ---- all of them ---- */

static gboolean
check_all (SatChecker *checker, const SatNode *node)
{
  for (guint i = 0; i < node->args->len; i++)
    if (!sat_checker_condition (checker, sat_node_arg (node, i)))
      return FALSE;
  return TRUE;
}

/* Nodes that are true or not. */
static gboolean
visit_condition (SatChecker *checker, SatNode *node)
{
  node->kind = SAT_KIND_YES_NO;
  switch ((int) node->type)
    {
    case SAT_NODE_COMPARE:
      return check_compare (checker, node);
    case SAT_NODE_IN:
      return check_in (checker, node);
    case SAT_NODE_LIKE:
      return want_text (checker, sat_node_arg (node, 0)) &&
             want_text (checker, sat_node_arg (node, 1));
    case SAT_NODE_EMPTY:
      return visit_any (checker, sat_node_arg (node, 0));
    case SAT_NODE_HAS:
      return check_has (checker, node);
    case SAT_NODE_CHANGED:
      return check_changed (checker, node);
    default:
      return check_all (checker, node);
    }
}

gboolean
sat_checker_visit (SatChecker *checker, SatNode *node)
{
  switch ((int) node->type)
    {
    case SAT_NODE_LITERAL:
      return TRUE;
    case SAT_NODE_FIELD:
      return sat_checker_field (checker, node);
    case SAT_NODE_CALL:
      return sat_checker_call (checker, node);
    case SAT_NODE_ARITHMETIC:
      return check_arithmetic (checker, node);
    default:
      return visit_condition (checker, node);
    }
}

gboolean
sat_checker_run (
    const SatObject *object, SatNode *root, SatExpressionUse use, guint *column, GError **error)
{
  gboolean postponed;

  return sat_checker_run_at (object, root, use, 0, &postponed, column, error);
}

gboolean
sat_checker_run_at (const SatObject *object,
                    SatNode *root,
                    SatExpressionUse use,
                    guint level,
                    gboolean *postponed,
                    guint *column,
                    GError **error)
{
  SatChecker checker = {
    .object = object, .use = use, .column = 1, .error = error, .level = level
  };
  gboolean ok = use == SAT_EXPRESSION_VALUE ? sat_checker_visit (&checker, root)
                                            : sat_checker_condition (&checker, root);

  *column = checker.column;
  *postponed = checker.postponed;
  return ok;
}
