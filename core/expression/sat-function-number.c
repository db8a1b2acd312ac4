/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers in whole 1/10,000: exact where that is possible, rounded half away from zero where it is
 * not, empty where the result would be out of range. */
#include <string.h>

#include "core/expression/sat-expression-private.h"
#include "core/expression/sat-functions-private.h"

#define ONE 10000
#define PLACES 4

/* As in core/value: the range is symmetric. */
static gboolean
in_range (__int128 value, gint64 *out)
{
  if (value > G_MAXINT64 || value < -(__int128) G_MAXINT64)
    return FALSE;
  *out = (gint64) value;
  return TRUE;
}

/* A / B, half away from zero; B is not 0. */
static __int128
divide_rounded (__int128 a, __int128 b)
{
  __int128 quotient = a / b;
  __int128 rest = a % b;
  gboolean negative = (a < 0) != (b < 0);

  if (rest < 0)
    rest = -rest;
  if (b < 0)
    b = -b;
  if (rest >= b - rest)
    quotient += negative ? -1 : 1;
  return quotient;
}

gboolean
sat_exact_add (gint64 a, gint64 b, gint64 *out)
{
  return in_range ((__int128) a + b, out);
}

gboolean
sat_exact_multiply (gint64 a, gint64 b, gint64 by, gint64 *out)
{
  return in_range (divide_rounded ((__int128) a * b, by), out);
}

gboolean
sat_exact_divide (gint64 a, gint64 b, gint64 by, gint64 *out)
{
  return b != 0 && in_range (divide_rounded ((__int128) a * by, b), out);
}

static void
answer_if (gboolean ok, const gint64 *value, SatAnswer *answer)
{
  if (!ok)
    return;
  answer->kind = SAT_CELL_INTEGER;
  answer->integer = *value;
}

/* ---- operators ---- */

static void
run_decimal (const SatCell *args, guint n, SatAnswer *answer)
{
  gint64 value = 0;

  answer_if (sat_exact_multiply (args[0].integer, ONE, 1, &value), &value, answer);
}

static void
run_add (const SatCell *args, guint n, SatAnswer *answer)
{
  gint64 value = 0;

  answer_if (sat_exact_add (args[0].integer, args[1].integer, &value), &value, answer);
}

static void
run_subtract (const SatCell *args, guint n, SatAnswer *answer)
{
  gint64 value = 0;

  answer_if (in_range ((__int128) args[0].integer - args[1].integer, &value), &value, answer);
}

static void
run_multiply (const SatCell *args, guint n, SatAnswer *answer)
{
  gint64 value = 0;

  answer_if (sat_exact_multiply (args[0].integer, args[1].integer, ONE, &value), &value, answer);
}

static void
run_share (const SatCell *args, guint n, SatAnswer *answer)
{
  gint64 value = 0;

  answer_if (sat_exact_multiply (args[0].integer, args[1].integer, 100 * ONE, &value), &value,
             answer);
}

static void
run_divide (const SatCell *args, guint n, SatAnswer *answer)
{
  gint64 value = 0;

  answer_if (sat_exact_divide (args[0].integer, args[1].integer, ONE, &value), &value, answer);
}

static void
run_unshare (const SatCell *args, guint n, SatAnswer *answer)
{
  gint64 value = 0;

  answer_if (sat_exact_divide (args[0].integer, args[1].integer, 100 * ONE, &value), &value,
             answer);
}

const SatSqlFunction sat_operator_functions[] = {
  { "sat_decimal", 1, FALSE, run_decimal },
  { "sat_add", 2, FALSE, run_add },
  { "sat_subtract", 2, FALSE, run_subtract },
  { "sat_multiply", 2, FALSE, run_multiply },
  { "sat_share", 2, FALSE, run_share },
  { "sat_divide", 2, FALSE, run_divide },
  { "sat_unshare", 2, FALSE, run_unshare },
  { "sat_date_difference", 2, FALSE, sat_function_date_difference },
  { "sat_day_start", 2, FALSE, sat_function_day_start },
  { "sat_like", 2, FALSE, sat_function_like },
  { "sat_pattern", 1, FALSE, sat_function_pattern },
  { NULL },
};

/* ---- functions ---- */

void
sat_function_abs (const SatCell *args, guint n, SatAnswer *answer)
{
  gint64 value = 0;

  answer_if (in_range (args[0].integer < 0 ? -(__int128) args[0].integer : args[0].integer, &value),
             &value, answer);
}

/* How much a unit is that is rounded to; 0: nothing is left to round. DIGITS in 1/10,000, cut to a
 * whole number; below zero to tens, hundreds ... */
static gint64
unit_of (gint64 digits)
{
  gint64 places = PLACES - digits / ONE;
  gint64 unit = 1;

  if (places <= 0)
    return 0;
  for (gint64 i = 0; i < places && i < 18; i++)
    unit *= 10;
  return unit;
}

void
sat_function_round (const SatCell *args, guint n, SatAnswer *answer)
{
  gint64 unit = unit_of (n > 1 ? args[1].integer : 0);
  gint64 value = args[0].integer;

  answer_if (unit == 0 || in_range (divide_rounded (value, unit) * unit, &value), &value, answer);
}

void
sat_function_floor (const SatCell *args, guint n, SatAnswer *answer)
{
  gint64 rest = args[0].integer % ONE;
  gint64 value = 0;

  answer_if (in_range ((__int128) args[0].integer - rest - (rest < 0 ? ONE : 0), &value), &value,
             answer);
}

void
sat_function_ceil (const SatCell *args, guint n, SatAnswer *answer)
{
  gint64 rest = args[0].integer % ONE;
  gint64 value = 0;

  answer_if (in_range ((__int128) args[0].integer - rest + (rest > 0 ? ONE : 0), &value), &value,
             answer);
}

/* Numbers, or dates or times as texts of one length. */
static int
compare_cells (const SatCell *a, const SatCell *b)
{
  int order;

  if (a->kind == SAT_CELL_INTEGER && b->kind == SAT_CELL_INTEGER)
    return (a->integer > b->integer) - (a->integer < b->integer);
  if (a->kind != SAT_CELL_TEXT || b->kind != SAT_CELL_TEXT)
    return (int) a->kind - (int) b->kind;
  order = memcmp (a->text, b->text, MIN (a->size, b->size));
  return order != 0 ? order : (a->size > b->size) - (a->size < b->size);
}

static void
pick (const SatCell *args, guint n, int sign, SatAnswer *answer)
{
  const SatCell *best = NULL;

  for (guint i = 0; i < n; i++)
    if (args[i].kind != SAT_CELL_NULL &&
        (best == NULL || sign * compare_cells (&args[i], best) > 0))
      best = &args[i];
  if (best == NULL)
    return;
  answer->kind = best->kind;
  answer->integer = best->integer;
  if (best->kind == SAT_CELL_TEXT)
    answer->text = g_strndup (best->text, best->size);
}

void
sat_function_min (const SatCell *args, guint n, SatAnswer *answer)
{
  pick (args, n, -1, answer);
}

void
sat_function_max (const SatCell *args, guint n, SatAnswer *answer)
{
  pick (args, n, 1, answer);
}
