/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tree: made, compared, written as text, freed. */
#include "core/expression/sat-expression.h"

#include "core/expression/sat-expression-private.h"

/* ---- nodes ---- */

static void
clear_word (gpointer word)
{
  g_free (((SatWord *) word)->text);
}

static void
free_node (gpointer node)
{
  sat_node_free (node);
}

SatNode *
sat_node_new (SatNodeType type, guint column)
{
  SatNode *node = g_new0 (SatNode, 1);

  node->type = type;
  node->column = column;
  node->args = g_ptr_array_new_with_free_func (free_node);
  node->path = g_ptr_array_new ();
  node->words = g_array_new (FALSE, TRUE, sizeof (SatWord));
  g_array_set_clear_func (node->words, clear_word);
  return node;
}

void
sat_node_free (SatNode *node)
{
  if (node == NULL)
    return;
  g_ptr_array_unref (node->args);
  g_ptr_array_unref (node->path);
  g_array_unref (node->words);
  g_free (node->text);
  g_free (node);
}

SatNode *
sat_node_arg (const SatNode *node, guint i)
{
  return g_ptr_array_index (node->args, i);
}

gboolean
sat_node_equal (const SatNode *a, const SatNode *b)
{
  if (a->type != b->type || a->op != b->op || a->negated != b->negated || a->kind != b->kind ||
      a->field != b->field || a->function != b->function || a->number != b->number ||
      g_strcmp0 (a->text, b->text) != 0 || a->args->len != b->args->len ||
      a->path->len != b->path->len)
    return FALSE;
  for (guint i = 0; i < a->path->len; i++)
    if (a->path->pdata[i] != b->path->pdata[i])
      return FALSE;
  for (guint i = 0; i < a->args->len; i++)
    if (!sat_node_equal (sat_node_arg (a, i), sat_node_arg (b, i)))
      return FALSE;
  return TRUE;
}

/* ---- as text ---- */

/* How strongly an operator binds. */
enum
{
  BINDS_OR = 1,
  BINDS_AND,
  BINDS_NOT,
  BINDS_RELATION,
  BINDS_SUM,
  BINDS_PRODUCT,
  BINDS_MINUS,
  BINDS_VALUE
};

static int
binding (const SatNode *node)
{
  switch ((int) node->type)
    {
    case SAT_NODE_OR:
      return BINDS_OR;
    case SAT_NODE_AND:
      return BINDS_AND;
    case SAT_NODE_NOT:
      return BINDS_NOT;
    case SAT_NODE_ARITHMETIC:
      if (node->args->len == 1)
        return BINDS_MINUS;
      return node->op == SAT_OPERATOR_ADD || node->op == SAT_OPERATOR_SUBTRACT ? BINDS_SUM
                                                                               : BINDS_PRODUCT;
    case SAT_NODE_COMPARE:
    case SAT_NODE_IN:
    case SAT_NODE_LIKE:
    case SAT_NODE_EMPTY:
    case SAT_NODE_HAS:
    case SAT_NODE_CHANGED:
      return BINDS_RELATION;
    case SAT_NODE_LITERAL:
    case SAT_NODE_FIELD:
    case SAT_NODE_CALL:
    default:
      return BINDS_VALUE;
    }
}

/* In parentheses if it binds less than LEAST. */
static void
format_within (const SatNode *node, int least, GString *out)
{
  gboolean needed = binding (node) < least;

  if (needed)
    g_string_append_c (out, '(');
  sat_node_format (node, out);
  if (needed)
    g_string_append_c (out, ')');
}

static void
format_text (const char *text, GString *out)
{
  g_string_append_c (out, '"');
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '"')
        g_string_append_c (out, '"');
      g_string_append_c (out, *p);
    }
  g_string_append_c (out, '"');
}

static void
format_literal (const SatNode *node, GString *out)
{
  char number[32];

  if (node->kind == SAT_KIND_NUMBER || node->kind == SAT_KIND_PERCENT)
    {
      g_string_append (out, sat_decimal_format (node->number, 0, number));
      if (node->kind == SAT_KIND_PERCENT)
        g_string_append_c (out, '%');
    }
  else if (node->kind == SAT_KIND_YES_NO && node->text != NULL)
    g_string_append (out, node->text);
  else
    format_text (node->text != NULL ? node->text : "", out);
}

static void
format_path (const SatNode *node, GString *out)
{
  for (guint i = 0; i < node->path->len; i++)
    {
      const SatField *field = g_ptr_array_index (node->path, i);
      gboolean quoted = sat_lexer_is_keyword (field->name);

      g_string_append_printf (out, "%s%s%s%s", i > 0 ? "." : "", quoted ? "[" : "", field->name,
                              quoted ? "]" : "");
    }
}

static const char *const operators[SAT_N_OPERATORS] = { "",   "=", "!=", "<", "<=", ">",
                                                        ">=", "+", "-",  "*", "/" };

static void
format_list (const SatNode *node, guint first, GString *out)
{
  g_string_append_c (out, '(');
  for (guint i = first; i < node->args->len; i++)
    {
      if (i > first)
        g_string_append (out, ", ");
      sat_node_format (sat_node_arg (node, i), out);
    }
  g_string_append_c (out, ')');
}

static void
format_relation (const SatNode *node, GString *out)
{
  const char *not = node->negated ? "not " : "";

  format_within (sat_node_arg (node, 0), BINDS_SUM, out);
  switch ((int) node->type)
    {
    case SAT_NODE_COMPARE:
      g_string_append_printf (out, " %s ", operators[node->op]);
      break;
    case SAT_NODE_IN:
      g_string_append_printf (out, " %sin ", not );
      format_list (node, 1, out);
      return;
    case SAT_NODE_LIKE:
      g_string_append_printf (out, " %slike ", not );
      break;
    case SAT_NODE_HAS:
      g_string_append_printf (out, " %shas ", not );
      break;
    case SAT_NODE_EMPTY:
      g_string_append_printf (out, " is %sempty", not );
      return;
    default:
      g_string_append (out, " changed");
      return;
    }
  format_within (sat_node_arg (node, 1), BINDS_SUM, out);
}

static void
format_arithmetic (const SatNode *node, GString *out)
{
  int own = binding (node);

  if (node->args->len == 1)
    {
      g_string_append_c (out, '-');
      format_within (sat_node_arg (node, 0), own, out);
      return;
    }
  format_within (sat_node_arg (node, 0), own, out);
  g_string_append_printf (out, " %s ", operators[node->op]);
  format_within (sat_node_arg (node, 1), own + 1, out);
}

void
sat_node_format (const SatNode *node, GString *out)
{
  switch ((int) node->type)
    {
    case SAT_NODE_LITERAL:
      format_literal (node, out);
      break;
    case SAT_NODE_FIELD:
      format_path (node, out);
      break;
    case SAT_NODE_CALL:
      g_string_append (out, node->function->name);
      format_list (node, 0, out);
      break;
    case SAT_NODE_ARITHMETIC:
      format_arithmetic (node, out);
      break;
    case SAT_NODE_NOT:
      g_string_append (out, "not ");
      format_within (sat_node_arg (node, 0), BINDS_NOT, out);
      break;
    case SAT_NODE_AND:
    case SAT_NODE_OR:
      for (guint i = 0; i < node->args->len; i++)
        {
          if (i > 0)
            g_string_append (out, node->type == SAT_NODE_AND ? " and " : " or ");
          format_within (sat_node_arg (node, i), binding (node) + 1, out);
        }
      break;
    default:
      format_relation (node, out);
    }
}

/* ---- expressions ---- */

SatExpression *
sat_expression_parse (
    const SatObject *object, const char *text, SatExpressionUse use, guint *column, GError **error)
{
  guint ignored;
  guint *where = column != NULL ? column : &ignored;
  g_autoptr (SatNode) root = sat_parser_run (text, where, error);
  SatExpression *expression;

  if (root == NULL || !sat_checker_run (object, root, use, where, error))
    return NULL;
  expression = g_new0 (SatExpression, 1);
  expression->object = object;
  expression->root = g_steal_pointer (&root);
  return expression;
}

void
sat_expression_free (SatExpression *expression)
{
  if (expression == NULL)
    return;
  sat_node_free (expression->root);
  g_free (expression);
}

const SatObject *
sat_expression_object (const SatExpression *expression)
{
  return expression->object;
}

SatKind
sat_expression_kind (const SatExpression *expression)
{
  return expression->root->kind;
}

char *
sat_expression_format (const SatExpression *expression)
{
  g_autoptr (GString) out = g_string_new (NULL);

  sat_node_format (expression->root, out);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

gboolean
sat_expression_equal (const SatExpression *a, const SatExpression *b)
{
  return a->object == b->object && sat_node_equal (a->root, b->root);
}

void
sat_node_each_field (const SatNode *node,
                     void (*each) (const SatField *field, gpointer data),
                     gpointer data)
{
  for (guint i = 0; node->path != NULL && i < node->path->len; i++)
    {
      const SatField *field = g_ptr_array_index (node->path, i);

      each (field, data);
      sat_program_each_field (field, each, data); /* no circle: such a field has no program */
    }
  for (guint i = 0; node->args != NULL && i < node->args->len; i++)
    sat_node_each_field (g_ptr_array_index (node->args, i), each, data);
}

void
sat_expression_each_field (const SatExpression *expression,
                           void (*each) (const SatField *field, gpointer data),
                           gpointer data)
{
  sat_node_each_field (expression->root, each, data);
}
