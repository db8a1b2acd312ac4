/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Expressions computed by the database of a replica. */
#pragma once

#include "tests/support/world.h"

G_BEGIN_DECLS

/* Noon of Saturday, 21 November 2026 in Shanghai, where tests are. */
#define EVALUATE_NOW_MS G_GINT64_CONSTANT (1795233600000)

/* A laptop at that time, and things on it that the test makes (kept here for it). */
typedef struct
{
  World world;
  SatWorkspace *workspace;
  SatId full;  /* one with values */
  SatId empty; /* one with none */
  SatId third; /* another one */
} Evaluation;
void evaluation_init (Evaluation *evaluation);
void evaluation_clear (Evaluation *evaluation);

/* What TEXT gives for the full and for the empty one. */
typedef struct
{
  const char *text;
  const char *full;
  const char *empty;
} EvaluationCase;

/* What TEXT gives for the record ID of OBJECT, in canonical spelling (numbers as decimals); "-" if
 * it is empty. ME is the user, NULL nobody. */
char *evaluate (SatWorkspace *workspace,
                const char *object,
                const SatId *id,
                const SatId *me,
                const char *text);
#define assert_evaluates(workspace, object, id, text, expected) \
  do \
    { \
      g_autofree char *value_ = evaluate (workspace, object, id, NULL, text); \
      if (strcmp (value_, expected) != 0) \
        g_error ("%s gives %s, not %s", text, value_, expected); \
    } \
  while (0)

/* TEXT as an expression of USE over OBJECT; it must be one. */
SatExpression *evaluate_parse (SatWorkspace *workspace,
                               const char *object,
                               const char *text,
                               SatExpressionUse use);

G_END_DECLS
