/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tokens to a tree of which nothing is checked yet: recursive descent, one function a level of
 * binding.
 *
 *   or := and ("or" and)*          and := not ("and" not)*          not := "not" not | relation
 *   relation := sum [= != < <= > >= sum | [not] in (sum, ...) | [not] like sum | [not] has sum |
 *               is [not] empty | changed]
 *   sum := product (+|- product)*  product := sign (*|/ sign)*      sign := - sign | value
 *   value := number[%] | text | yes | no | (or) | name(or, ...) | name.name... */
#include "core/expression/sat-expression-private.h"

typedef struct
{
  const SatToken *at;
  guint depth;
  guint n_nodes;
  guint column; /* of the error */
  GError **error;
} Parser;

static SatNode *parse_or (Parser *parser);

static SatNode *
fail (Parser *parser, guint column, const char *msgid, const char *what)
{
  parser->column = column;
  sat_fail (parser->error, SAT_ERROR_INVALID, msgid, what, NULL);
  return NULL;
}

static SatNode *
new_node (Parser *parser, SatNodeType type, guint column)
{
  if (++parser->n_nodes <= SAT_EXPRESSION_MAX_NODES)
    return sat_node_new (type, column);
  return fail (parser, column, N_ ("the expression has too many parts; split it"), NULL);
}

static gboolean
enter (Parser *parser)
{
  if (++parser->depth <= SAT_EXPRESSION_MAX_DEPTH)
    return TRUE;
  fail (parser, parser->at->column, N_ ("the expression is nested too deeply; split it"), NULL);
  return FALSE;
}

static gboolean
is_sign (const Parser *parser, char sign)
{
  return parser->at->type == SAT_TOKEN_SIGN && parser->at->sign == sign;
}

static gboolean
is_word_at (const SatToken *token, const char *word)
{
  return token->type == SAT_TOKEN_NAME && g_ascii_strcasecmp (token->text, word) == 0;
}

static gboolean
is_word (const Parser *parser, const char *word)
{
  return is_word_at (parser->at, word);
}

static gboolean
take_sign (Parser *parser, char sign)
{
  if (!is_sign (parser, sign))
    return FALSE;
  parser->at++;
  return TRUE;
}

static gboolean
take_word (Parser *parser, const char *word)
{
  if (!is_word (parser, word))
    return FALSE;
  parser->at++;
  return TRUE;
}

static gboolean
want_sign (Parser *parser, char sign)
{
  const char text[2] = { sign, '\0' };

  if (take_sign (parser, sign))
    return TRUE;
  fail (parser, parser->at->column, N_ ("“%s” is expected here"), text);
  return FALSE;
}

/* NODE gets CHILD (NULL: that failed) as its next argument. */
static gboolean
adopt (SatNode *node, SatNode *child)
{
  if (child == NULL)
    return FALSE;
  g_ptr_array_add (node->args, child);
  return TRUE;
}

/* "(" is taken; one and more up to ")". */
static gboolean
parse_list (Parser *parser, SatNode *node)
{
  do
    if (!adopt (node, parse_or (parser)))
      return FALSE;
  while (take_sign (parser, ','));
  if (take_sign (parser, ')'))
    return TRUE;
  fail (parser, parser->at->column, N_ ("“,” or “)” is expected here"), NULL);
  return FALSE;
}

static void
add_word (SatNode *node, const SatToken *token)
{
  SatWord word = { g_strdup (token->text), token->column };

  g_array_append_val (node->words, word);
}

static SatNode *
parse_path (Parser *parser)
{
  g_autoptr (SatNode) node = new_node (parser, SAT_NODE_FIELD, parser->at->column);

  if (node == NULL)
    return NULL;
  add_word (node, parser->at++);
  while (take_sign (parser, '.'))
    {
      if (parser->at->type != SAT_TOKEN_NAME && parser->at->type != SAT_TOKEN_BRACKET)
        return fail (parser, parser->at->column, N_ ("the name of a field is expected here"), NULL);
      if (node->words->len == SAT_EXPRESSION_MAX_PATH)
        return fail (parser, parser->at->column, N_ ("the path over references is too long"), NULL);
      add_word (node, parser->at++);
    }
  return g_steal_pointer (&node);
}

static SatNode *
parse_call (Parser *parser)
{
  g_autoptr (SatNode) node = new_node (parser, SAT_NODE_CALL, parser->at->column);

  if (node == NULL)
    return NULL;
  add_word (node, parser->at);
  parser->at += 2;
  if (take_sign (parser, ')'))
    return g_steal_pointer (&node);
  return parse_list (parser, node) ? g_steal_pointer (&node) : NULL;
}

static SatNode *
parse_number (Parser *parser)
{
  SatNode *node = new_node (parser, SAT_NODE_LITERAL, parser->at->column);

  if (node == NULL)
    return NULL;
  node->number = parser->at++->number;
  node->kind = take_sign (parser, '%') ? SAT_KIND_PERCENT : SAT_KIND_NUMBER;
  return node;
}

static SatNode *
parse_literal (Parser *parser, SatKind kind, const char *text)
{
  SatNode *node = new_node (parser, SAT_NODE_LITERAL, parser->at->column);

  if (node == NULL)
    return NULL;
  parser->at++;
  node->kind = kind;
  node->text = *text != '\0' ? g_strdup (text) : NULL;
  return node;
}

static SatNode *
parse_parentheses (Parser *parser)
{
  g_autoptr (SatNode) node = NULL;

  parser->at++;
  node = parse_or (parser);
  if (node == NULL || !want_sign (parser, ')'))
    return NULL;
  return g_steal_pointer (&node);
}

static SatNode *
parse_value (Parser *parser)
{
  const SatToken *token = parser->at;

  switch ((int) token->type)
    {
    case SAT_TOKEN_NUMBER:
      return parse_number (parser);
    case SAT_TOKEN_TEXT:
      return parse_literal (parser, SAT_KIND_TEXT, token->text);
    case SAT_TOKEN_BRACKET:
      return parse_path (parser);
    case SAT_TOKEN_SIGN:
      if (token->sign == '(')
        return parse_parentheses (parser);
      break;
    case SAT_TOKEN_NAME:
      if (is_word (parser, "yes") || is_word (parser, "true"))
        return parse_literal (parser, SAT_KIND_YES_NO, "yes");
      if (is_word (parser, "no") || is_word (parser, "false"))
        return parse_literal (parser, SAT_KIND_YES_NO, "no");
      if (sat_lexer_is_keyword (token->text))
        break;
      if (token[1].type == SAT_TOKEN_SIGN && token[1].sign == '(')
        return parse_call (parser);
      return parse_path (parser);
    case SAT_TOKEN_END:
    default:
      break;
    }
  return fail (parser, token->column, N_ ("a field, a value or a function is expected here"), NULL);
}

static SatNode *
parse_minus (Parser *parser)
{
  guint column = parser->at->column;
  g_autoptr (SatNode) node = NULL;
  SatNode *inner;

  if (!take_sign (parser, '-'))
    return parse_value (parser);
  if (!enter (parser))
    return NULL;
  inner = parse_minus (parser);
  parser->depth--;
  if (inner == NULL)
    return NULL;
  if (inner->type == SAT_NODE_LITERAL &&
      (inner->kind == SAT_KIND_NUMBER || inner->kind == SAT_KIND_PERCENT))
    {
      inner->number = -inner->number;
      inner->column = column;
      return inner;
    }
  node = new_node (parser, SAT_NODE_ARITHMETIC, column);
  if (node == NULL)
    {
      sat_node_free (inner);
      return NULL;
    }
  node->op = SAT_OPERATOR_SUBTRACT;
  g_ptr_array_add (node->args, inner);
  return g_steal_pointer (&node);
}

/* LEFT and RIGHT, which are taken, under an operator. */
static SatNode *
join (Parser *parser, SatNodeType type, SatOperator op, SatNode *left, SatNode *right)
{
  SatNode *node = new_node (parser, type, left->column);

  if (node == NULL || right == NULL)
    {
      sat_node_free (left);
      sat_node_free (right);
      sat_node_free (node);
      return NULL;
    }
  node->op = op;
  g_ptr_array_add (node->args, left);
  g_ptr_array_add (node->args, right);
  return node;
}

/* A chain "a - b - c" goes as deep as it has parts. */
static SatNode *
parse_chain (Parser *parser, SatNode *(*part) (Parser *parser), const char signs[3])
{
  SatNode *node = part (parser);
  guint depth = parser->depth;

  while (node != NULL && (is_sign (parser, signs[0]) || is_sign (parser, signs[1])))
    {
      SatOperator op = parser->at->sign == '+'   ? SAT_OPERATOR_ADD
                       : parser->at->sign == '-' ? SAT_OPERATOR_SUBTRACT
                       : parser->at->sign == '*' ? SAT_OPERATOR_MULTIPLY
                                                 : SAT_OPERATOR_DIVIDE;

      if (!enter (parser))
        {
          sat_node_free (node);
          return NULL;
        }
      parser->at++;
      node = join (parser, SAT_NODE_ARITHMETIC, op, node, part (parser));
    }
  parser->depth = depth;
  return node;
}

static SatNode *
parse_product (Parser *parser)
{
  return parse_chain (parser, parse_minus, "*/");
}

static SatNode *
parse_sum (Parser *parser)
{
  return parse_chain (parser, parse_product, "+-");
}

static SatOperator
comparison_at (const Parser *parser)
{
  if (parser->at->type != SAT_TOKEN_SIGN)
    return SAT_OPERATOR_NONE;
  switch ((int) parser->at->sign)
    {
    case '=':
      return SAT_OPERATOR_EQUAL;
    case SAT_SIGN_NOT_EQUAL:
      return SAT_OPERATOR_NOT_EQUAL;
    case '<':
      return SAT_OPERATOR_LESS;
    case SAT_SIGN_LESS_EQUAL:
      return SAT_OPERATOR_LESS_EQUAL;
    case '>':
      return SAT_OPERATOR_MORE;
    case SAT_SIGN_MORE_EQUAL:
      return SAT_OPERATOR_MORE_EQUAL;
    default:
      return SAT_OPERATOR_NONE;
    }
}

/* LEFT, which is taken, under a node of TYPE. */
static SatNode *
wrap (Parser *parser, SatNodeType type, gboolean negated, SatNode *left)
{
  SatNode *node = new_node (parser, type, left->column);

  if (node == NULL)
    {
      sat_node_free (left);
      return NULL;
    }
  node->negated = negated;
  g_ptr_array_add (node->args, left);
  return node;
}

/* What stands behind LEFT, which is taken: in, like, has; the word has been seen. */
static SatNode *
parse_test (Parser *parser, SatNode *left)
{
  gboolean negated = take_word (parser, "not");
  SatNodeType type = is_word (parser, "in")     ? SAT_NODE_IN
                     : is_word (parser, "like") ? SAT_NODE_LIKE
                                                : SAT_NODE_HAS;
  g_autoptr (SatNode) node = wrap (parser, type, negated, left);

  if (node == NULL)
    return NULL;
  parser->at++;
  if (type == SAT_NODE_IN)
    return want_sign (parser, '(') && parse_list (parser, node) ? g_steal_pointer (&node) : NULL;
  return adopt (node, parse_sum (parser)) ? g_steal_pointer (&node) : NULL;
}

static SatNode *
parse_empty (Parser *parser, SatNode *left)
{
  gboolean negated;

  parser->at++;
  negated = take_word (parser, "not");
  if (take_word (parser, "empty"))
    return wrap (parser, SAT_NODE_EMPTY, negated, left);
  sat_node_free (left);
  return fail (parser, parser->at->column, N_ ("“%s” is expected here"), "empty");
}

static gboolean
is_test (const SatToken *token)
{
  return is_word_at (token, "in") || is_word_at (token, "like") || is_word_at (token, "has");
}

static SatNode *
parse_relation (Parser *parser)
{
  SatNode *left = parse_sum (parser);
  SatOperator op;

  if (left == NULL)
    return NULL;
  op = comparison_at (parser);
  if (op != SAT_OPERATOR_NONE)
    {
      parser->at++;
      return join (parser, SAT_NODE_COMPARE, op, left, parse_sum (parser));
    }
  if (is_test (parser->at) || (is_word (parser, "not") && is_test (parser->at + 1)))
    return parse_test (parser, left);
  if (is_word (parser, "is"))
    return parse_empty (parser, left);
  if (take_word (parser, "changed"))
    return wrap (parser, SAT_NODE_CHANGED, FALSE, left);
  return left;
}

static SatNode *
parse_not (Parser *parser)
{
  guint column = parser->at->column;
  g_autoptr (SatNode) node = NULL;

  if (!take_word (parser, "not"))
    return parse_relation (parser);
  node = new_node (parser, SAT_NODE_NOT, column);
  if (node == NULL || !enter (parser) || !adopt (node, parse_not (parser)))
    return NULL;
  parser->depth--;
  return g_steal_pointer (&node);
}

/* One part, or a node of TYPE over several joined by WORD. */
static SatNode *
parse_row (Parser *parser, SatNode *(*part) (Parser *parser), const char *word, SatNodeType type)
{
  SatNode *first = part (parser);
  g_autoptr (SatNode) node = NULL;

  if (first == NULL || !is_word (parser, word))
    return first;
  node = wrap (parser, type, FALSE, first);
  if (node == NULL)
    return NULL;
  while (take_word (parser, word))
    if (!adopt (node, part (parser)))
      return NULL;
  return g_steal_pointer (&node);
}

static SatNode *
parse_and (Parser *parser)
{
  return parse_row (parser, parse_not, "and", SAT_NODE_AND);
}

static SatNode *
parse_or (Parser *parser)
{
  SatNode *node = enter (parser) ? parse_row (parser, parse_and, "or", SAT_NODE_OR) : NULL;

  parser->depth--;
  return node;
}

SatNode *
sat_parser_run (const char *text, guint *column, GError **error)
{
  g_autoptr (GArray) tokens = sat_lexer_run (text, column, error);
  g_autoptr (SatNode) root = NULL;
  Parser parser = { .error = error };

  if (tokens == NULL)
    return NULL;
  parser.at = (const SatToken *) (void *) tokens->data;
  root = parse_or (&parser);
  if (root != NULL && parser.at->type != SAT_TOKEN_END)
    {
      fail (&parser, parser.at->column, N_ ("an operator, “and”, “or” or the end is expected here"),
            NULL);
      g_clear_pointer (&root, sat_node_free);
    }
  *column = parser.column;
  return g_steal_pointer (&root);
}
