/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of core/expression share: the tree and the steps that make it. */
#pragma once

#include "core/expression/sat-expression.h"
#include "core/expression/sat-functions.h"

G_BEGIN_DECLS

/* ---- the tree ---- */

typedef enum
{
  SAT_NODE_LITERAL,
  SAT_NODE_FIELD,
  SAT_NODE_CALL,
  SAT_NODE_ARITHMETIC, /* two arguments, or one that is negated */
  SAT_NODE_COMPARE,
  SAT_NODE_IN, /* the first argument in the others */
  SAT_NODE_LIKE,
  SAT_NODE_EMPTY,
  SAT_NODE_HAS,
  SAT_NODE_CHANGED,
  SAT_NODE_AND, /* two arguments and more */
  SAT_NODE_OR,
  SAT_NODE_NOT
} SatNodeType;

typedef enum
{
  SAT_OPERATOR_NONE,
  SAT_OPERATOR_EQUAL,
  SAT_OPERATOR_NOT_EQUAL,
  SAT_OPERATOR_LESS,
  SAT_OPERATOR_LESS_EQUAL,
  SAT_OPERATOR_MORE,
  SAT_OPERATOR_MORE_EQUAL,
  SAT_OPERATOR_ADD,
  SAT_OPERATOR_SUBTRACT,
  SAT_OPERATOR_MULTIPLY,
  SAT_OPERATOR_DIVIDE,
  SAT_N_OPERATORS
} SatOperator;

typedef struct
{
  char *text;
  guint column;
} SatWord;

typedef struct _SatNode SatNode;
struct _SatNode
{
  SatNodeType type;
  guint column; /* of its first character */
  SatOperator op;
  gboolean negated; /* in, like, is empty, has */
  GPtrArray *args;  /* SatNode */

  GArray *words;   /* field: the names as typed (SatWord); call: its name */
  GPtrArray *path; /* field: const SatField *, once checked */
  const SatFunction *function;

  char *text;    /* literal: the text as typed, later the canonical value; NULL: empty */
  gint64 number; /* literal number or percent, in 1/10,000 */

  SatKind kind;          /* once checked */
  const SatField *field; /* whose choices or currency its values have; NULL */
};

struct _SatExpression
{
  const SatObject *object;
  SatNode *root;
};

SatNode *sat_node_new (SatNodeType type, guint column);
void sat_node_free (SatNode *node);
SatNode *sat_node_arg (const SatNode *node, guint i);
gboolean sat_node_equal (const SatNode *a, const SatNode *b);
void sat_node_format (const SatNode *node, GString *out);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatNode, sat_node_free)

/* Every field that NODE names, and those that derived ones of these are made of. */
void sat_node_each_field (const SatNode *node,
                          void (*each) (const SatField *field, gpointer data),
                          gpointer data);

/* ---- tokens ---- */

typedef enum
{
  SAT_TOKEN_END,
  SAT_TOKEN_NUMBER,
  SAT_TOKEN_TEXT,
  SAT_TOKEN_NAME,    /* may be a keyword */
  SAT_TOKEN_BRACKET, /* [a name], never a keyword */
  SAT_TOKEN_SIGN,    /* `sign` */
} SatTokenType;

/* Signs of several characters. */
#define SAT_SIGN_NOT_EQUAL 'n'
#define SAT_SIGN_LESS_EQUAL 'l'
#define SAT_SIGN_MORE_EQUAL 'm'

typedef struct
{
  SatTokenType type;
  guint column;
  char sign;
  char *text;    /* TEXT, NAME, BRACKET */
  gint64 number; /* NUMBER, in 1/10,000 */
} SatToken;

/* The tokens of TEXT, the END among them. */
GArray *sat_lexer_run (const char *text, guint *column, GError **error);
/* Is TEXT a word of the language, so that a field of that name needs brackets? */
gboolean sat_lexer_is_keyword (const char *text);

/* ---- steps ---- */

SatNode *sat_parser_run (const char *text, guint *column, GError **error);
gboolean sat_checker_run (
    const SatObject *object, SatNode *root, SatExpressionUse use, guint *column, GError **error);
/* The same for a derived field (sat-program.c), LEVEL formulas away from the first. */
gboolean sat_checker_run_at (const SatObject *object,
                             SatNode *root,
                             SatExpressionUse use,
                             guint level,
                             gboolean *postponed,
                             guint *column,
                             GError **error);
/* Is FIELD, a derived one, understood? It is tried if nobody has. FALSE and ERROR: it cannot be
 * computed; or, with *POSTPONED, not from here. */
gboolean
sat_program_ready (const SatField *field, guint level, gboolean *postponed, GError **error);

/* ---- the pieces of checking ---- */

typedef struct
{
  const SatObject *object;
  SatExpressionUse use;
  guint column; /* of the error */
  GError **error;
  gboolean pictures; /* a field that holds pictures may stand here */
  guint level;       /* of derived fields that lead here */
  gboolean postponed;
} SatChecker;

/* Sets the error and where it is; returns FALSE. */
gboolean sat_checker_fail (
    SatChecker *checker, guint column, const char *msgid, const char *one, const char *two);
/* "a number is expected here" */
gboolean sat_checker_expect (SatChecker *checker, const SatNode *node, SatKind kind);
/* NODE, a derived field, stands where only what people write can. */
gboolean sat_checker_fail_computed (SatChecker *checker, const SatNode *node);
gboolean sat_checker_visit (SatChecker *checker, SatNode *node);
gboolean sat_checker_condition (SatChecker *checker, SatNode *node);
gboolean sat_checker_field (SatChecker *checker, SatNode *node);
gboolean sat_checker_call (SatChecker *checker, SatNode *node);
/* A typed literal becomes a value of KIND (of FIELD, for choices, currencies and texts; or NULL).
 */
gboolean
sat_checker_literal (SatChecker *checker, SatNode *node, SatKind kind, const SatField *field);
/* A reference becomes the title of what it names. */
gboolean sat_checker_title (SatChecker *checker, SatNode *node);
gboolean sat_checker_is_literal (const SatNode *node, SatKind kind);
gboolean sat_kind_is_number (SatKind kind); /* integer, number, percent */
SatKind sat_kind_of_type (SatTypeId type);

/* ---- SQL ---- */

typedef struct
{
  const SatExpressionContext *context;
  SatCompiled *out;
  const char *from; /* the row that fields are of now */
  guint calendar;   /* the parameter that holds it; 0: not yet */
  guint n_aliases;
  gboolean too_long;
  gboolean needs_change; /* `changed` or `was`, which only rules can tell */
} SatRenderer;

/* All of these give newly allocated SQL. */
char *sat_render_take (SatRenderer *renderer, char *sql); /* SQL, or NULL where it is too long */
char *sat_render_text (SatRenderer *renderer, const char *text, gsize length); /* a parameter */
char *sat_render_integer (SatRenderer *renderer, gint64 value);
/* The value as its column has it; NULL where it is empty. */
char *sat_render_value (SatRenderer *renderer, const SatNode *node);
/* A number in 1/10,000, whatever kind of number it is. */
char *sat_render_decimal (SatRenderer *renderer, const SatNode *node);
/* CELL of FIELD of the row FROM; of a derived one its formula. */
char *sat_render_field (SatRenderer *renderer, const char *from, const SatField *field, guint cell);
/* The context's bound on records of OBJECT, as rows ALIAS; NULL: none. Newly allocated. */
char *sat_render_within (const SatRenderer *renderer, const SatObject *object, const char *alias);
/* Of money. */
char *sat_render_currency (SatRenderer *renderer, const SatNode *node);
/* 1 where the condition is true; where it is not, 0, or without EXACT perhaps NULL. */
char *sat_render_condition (SatRenderer *renderer, const SatNode *node, gboolean exact);
gboolean sat_node_is_empty (const SatNode *node); /* the literal "" */
/* Whether the change touched the field that NODE names; CELL of what that held before. */
char *sat_render_changed (SatRenderer *renderer, const SatNode *node);
char *sat_render_was (SatRenderer *renderer, const SatNode *node, guint cell);

G_END_DECLS
