/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Checking calls against the table of functions. Where a parameter takes several kinds and the
 * function gives the same as it got, all arguments of such parameters are of one kind. */
#include <string.h>

#include "core/expression/sat-expression-private.h"

static const SatParameter *
parameter_of (const SatFunction *function, guint i)
{
  const SatParameter *last = function->parameters;

  for (guint k = 0; k < SAT_FUNCTION_MAX_PARAMETERS && function->parameters[k].name != NULL; k++)
    {
      last = &function->parameters[k];
      if (k == i)
        break;
    }
  return last;
}

/* The parameters that share one kind take this; 0: there are none. */
static guint32
shared_kinds (const SatFunction *function)
{
  if (function->gives != SAT_GIVES_SAME)
    return 0;
  for (guint i = 0; i < SAT_FUNCTION_MAX_PARAMETERS && function->parameters[i].name != NULL; i++)
    if ((function->parameters[i].takes & (function->parameters[i].takes - 1)) != 0)
      return function->parameters[i].takes;
  return 0;
}

static SatKind
first_kind (guint32 kinds)
{
  guint kind = 0;

  while (kind + 1 < SAT_N_KINDS && (kinds & SAT_TAKES (kind)) == 0)
    kind++;
  return (SatKind) kind;
}

static gboolean
takes (guint32 kinds, SatKind kind)
{
  return (kinds & SAT_TAKES (kind)) != 0;
}

/* What a typed text stands for where KINDS are taken. */
static SatKind
kind_of_text (guint32 kinds)
{
  static const SatKind typed[] = { SAT_KIND_TEXT, SAT_KIND_TIME, SAT_KIND_DATE, SAT_KIND_PLACE };

  for (gsize i = 0; i < G_N_ELEMENTS (typed); i++)
    if (takes (kinds, typed[i]))
      return typed[i];
  return SAT_KIND_TEXT;
}

/* An argument of its own kind. */
static gboolean
check_one (SatChecker *checker, SatNode *arg, guint32 kinds)
{
  SatKind typed = kind_of_text (kinds);

  if (sat_checker_is_literal (arg, SAT_KIND_TEXT) && arg->text != NULL && typed != SAT_KIND_TEXT)
    {
      if (!sat_checker_literal (checker, arg, typed, NULL))
        return FALSE;
    }
  else if (arg->kind == SAT_KIND_REFERENCE && !takes (kinds, arg->kind) &&
           takes (kinds, SAT_KIND_TEXT) && !sat_checker_title (checker, arg))
    return FALSE;
  return takes (kinds, arg->kind) || sat_checker_expect (checker, arg, first_kind (kinds));
}

/* ---- arguments of one kind ---- */

static SatKind
united (SatKind a, SatKind b)
{
  if (sat_kind_is_number (a) && sat_kind_is_number (b) && a != b)
    return SAT_KIND_NUMBER;
  return a;
}

static gboolean
is_shared (const SatNode *node, guint i, guint32 kinds)
{
  return parameter_of (node->function, i)->takes == kinds;
}

/* The kind that the arguments share, going by fields and functions, else by what was typed. */
static SatKind
shared_kind (const SatNode *node, guint32 kinds, const SatField **field)
{
  gboolean known = FALSE;
  SatKind kind = SAT_KIND_TEXT;

  for (guint typed = 0; typed < 2 && !known; typed++)
    for (guint i = 0; i < node->args->len; i++)
      {
        const SatNode *arg = sat_node_arg (node, i);
        gboolean literal = arg->type == SAT_NODE_LITERAL;

        if (!is_shared (node, i, kinds) || literal != (typed == 1) ||
            (sat_checker_is_literal (arg, SAT_KIND_TEXT) && arg->text == NULL))
          continue;
        kind = known ? united (kind, arg->kind) : arg->kind;
        if (*field == NULL)
          *field = arg->field;
        known = TRUE;
      }
  return kind == SAT_KIND_INTEGER ? SAT_KIND_NUMBER : kind;
}

/* Are all of them typed? */
static gboolean
is_typed (const SatNode *node, guint32 kinds)
{
  for (guint i = 0; i < node->args->len; i++)
    if (is_shared (node, i, kinds) && sat_node_arg (node, i)->type != SAT_NODE_LITERAL)
      return FALSE;
  return TRUE;
}

static gboolean
fits (SatKind kind, SatKind shared)
{
  return kind == shared || (sat_kind_is_number (kind) && shared == SAT_KIND_NUMBER);
}

static gboolean
check_shared (SatChecker *checker, SatNode *node, guint32 kinds)
{
  const SatField *field = NULL;
  SatKind kind = shared_kind (node, kinds, &field);

  if (kind == SAT_KIND_TEXT && !takes (kinds, kind) && takes (kinds, SAT_KIND_DATE) &&
      is_typed (node, kinds))
    kind = SAT_KIND_DATE;
  for (guint i = 0; i < node->args->len; i++)
    {
      SatNode *arg = sat_node_arg (node, i);

      if (!is_shared (node, i, kinds))
        continue;
      if (arg->type == SAT_NODE_LITERAL && kind != SAT_KIND_TEXT &&
          !sat_checker_literal (checker, arg, kind, kind == SAT_KIND_TEXT ? NULL : field))
        return FALSE;
      if (!takes (kinds, kind))
        return sat_checker_expect (checker, arg, first_kind (kinds));
      if (!fits (arg->kind, kind) &&
          !(sat_checker_is_literal (arg, SAT_KIND_TEXT) && arg->text == NULL))
        return sat_checker_expect (checker, arg, kind);
    }
  node->kind = kind;
  if (kind == SAT_KIND_CHOICE || kind == SAT_KIND_MONEY || kind == SAT_KIND_REFERENCE)
    node->field = field;
  return TRUE;
}

/* ---- the call ---- */

static gboolean
check_was (SatChecker *checker, SatNode *node)
{
  const SatNode *field = sat_node_arg (node, 0);

  if (checker->use != SAT_EXPRESSION_RULE)
    return sat_checker_fail (
        checker, node->column,
        N_ ("“%s” asks what a change has done; only rules that a change sets off "
            "know that"),
        "was", NULL);
  if (field->type != SAT_NODE_FIELD || field->path->len != 1)
    return sat_checker_fail (checker, field->column,
                             N_ ("a field of the record itself is expected here"), NULL, NULL);
  if (field->field->derived != NULL)
    return sat_checker_fail_computed (checker, field);
  node->kind = field->kind;
  node->field = field->field;
  return TRUE;
}

static gboolean
find_function (SatChecker *checker, SatNode *node)
{
  const SatWord *word = &g_array_index (node->words, SatWord, 0);
  g_autofree char *name = g_ascii_strdown (word->text, -1);
  g_autoptr (GString) names = NULL;

  node->function = sat_function_find (name);
  if (node->function != NULL)
    return TRUE;
  names = g_string_new (NULL);
  for (const SatFunction *function = sat_functions; function->name != NULL; function++)
    g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", function->name);
  return sat_checker_fail (checker, word->column,
                           N_ ("there is no function “%s”; the functions are: %s"), word->text,
                           names->str);
}

gboolean
sat_checker_call (SatChecker *checker, SatNode *node)
{
  guint32 shared;
  guint least, most;

  if (!find_function (checker, node))
    return FALSE;
  sat_function_arity (node->function, &least, &most);
  if (node->args->len < least || node->args->len > most)
    {
      g_autofree char *usage = sat_function_usage (node->function);

      return sat_checker_fail (checker, node->column,
                               N_ ("this function takes other arguments: %s"), usage, NULL);
    }
  shared = shared_kinds (node->function);
  for (guint i = 0; i < node->args->len; i++)
    {
      guint32 kinds = parameter_of (node->function, i)->takes;

      if (!sat_checker_visit (checker, sat_node_arg (node, i)) ||
          (kinds != shared && !check_one (checker, sat_node_arg (node, i), kinds)))
        return FALSE;
    }
  if (node->function->render == SAT_RENDER_WAS)
    return check_was (checker, node);
  if (shared != 0)
    return check_shared (checker, node, shared);
  node->kind = (SatKind) node->function->gives;
  return TRUE;
}
