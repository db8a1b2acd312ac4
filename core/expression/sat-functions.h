/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one table of functions: the checker reads their types from it, the compiler how they are
 * written in SQL, the store what to register, and docs/expressions.md is held against it.
 *
 * Beside the functions people call there are those that operators become in SQL ("sat_add"). All
 * are pure; dates and times depend on the zone of this machine. */
#pragma once

#include "core/expression/sat-expression.h"

G_BEGIN_DECLS

/* What came out; `text` is the caller's. */
typedef struct
{
  SatCellKind kind; /* NULL, INTEGER or TEXT */
  gint64 integer;
  char *text;
} SatAnswer;

typedef void (*SatFunctionRun) (const SatCell *args, guint n, SatAnswer *answer);

/* Sets of kinds, for parameters. */
#define SAT_TAKES(kind) (1u << (kind))
#define SAT_TAKES_TEXT SAT_TAKES (SAT_KIND_TEXT)
#define SAT_TAKES_NUMBER (SAT_TAKES (SAT_KIND_NUMBER) | SAT_TAKES (SAT_KIND_INTEGER))
#define SAT_TAKES_PERCENT SAT_TAKES (SAT_KIND_PERCENT)
#define SAT_TAKES_MONEY SAT_TAKES (SAT_KIND_MONEY)
#define SAT_TAKES_DATE SAT_TAKES (SAT_KIND_DATE)
#define SAT_TAKES_TIME SAT_TAKES (SAT_KIND_TIME)
#define SAT_TAKES_YES_NO SAT_TAKES (SAT_KIND_YES_NO)
#define SAT_TAKES_TAGS SAT_TAKES (SAT_KIND_TAGS)
#define SAT_TAKES_PLACE SAT_TAKES (SAT_KIND_PLACE)
#define SAT_TAKES_ANY ((1u << SAT_N_KINDS) - 1)

#define SAT_FUNCTION_MAX_PARAMETERS 3
#define SAT_FUNCTION_MAX_ARGUMENTS 100

typedef struct
{
  const char *name; /* as in the reference */
  guint32 takes;
  gboolean optional;
} SatParameter;

/* How a call becomes SQL. */
typedef enum
{
  SAT_RENDER_RUN, /* the function sat_NAME (args) that `run` computes; NULL if an argument is */
  SAT_RENDER_RUN_SOME,     /* the same, called with NULLs too */
  SAT_RENDER_RUN_DAY,      /* sat_NAME (today, args) */
  SAT_RENDER_RUN_CALENDAR, /* sat_NAME (calendar, args), the calendar as of sat-working-days.h */
  SAT_RENDER_TODAY,
  SAT_RENDER_NOW,
  SAT_RENDER_ME,
  SAT_RENDER_IF,
  SAT_RENDER_COALESCE,
  SAT_RENDER_SAME,     /* its argument */
  SAT_RENDER_CURRENCY, /* of its argument */
  SAT_RENDER_WAS,
} SatRender;

#define SAT_GIVES_SAME SAT_N_KINDS /* what the first parameter with several kinds is */

typedef struct
{
  const char *name;
  const char *group; /* of the reference */
  SatParameter parameters[SAT_FUNCTION_MAX_PARAMETERS];
  gboolean more; /* the last parameter may be repeated */
  guint gives;   /* a SatKind, or SAT_GIVES_SAME */
  SatRender render;
  SatFunctionRun run;
  const char *what;    /* one sentence */
  const char *example; /* an expression */
  const char *result;  /* what it gives, on 21 November 2026 at noon; NULL: depends */
} SatFunction;

extern const SatFunction sat_functions[]; /* ended by a NULL name; those of operators not in it */
const SatFunction *sat_function_find (const char *name); /* NULL: none */
/* The fewest and the most arguments. */
void sat_function_arity (const SatFunction *function, guint *least, guint *most);
/* "round(x[, digits])" */
char *sat_function_usage (const SatFunction *function);

/* What SQL needs beside them. */
typedef struct
{
  const char *name; /* with the sat_ */
  int n_args;       /* -1: any number */
  gboolean some;    /* called with NULLs too; else NULL if an argument is */
  SatFunctionRun run;
} SatSqlFunction;
/* Everything to register, ended by a NULL name; made once. */
const SatSqlFunction *sat_sql_functions (void);

G_END_DECLS
