/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Places, which SQL has as one number (core/value/sat-place.h). Numbers are whole 1/10,000. */
#include <math.h>

#include "core/expression/sat-functions-private.h"
#include "core/value/sat-place.h"

#define ONE 10000
#define PER_UNIT (SAT_PLACE_DEGREE / ONE)

static void
answer_integer (SatAnswer *answer, gint64 value)
{
  answer->kind = SAT_CELL_INTEGER;
  answer->integer = value;
}

void
sat_function_place (const SatCell *args, guint n, SatAnswer *answer)
{
  SatPlace place;

  if (ABS (args[0].integer) <= 1000 * ONE && ABS (args[1].integer) <= 1000 * ONE &&
      sat_place_set (&place, args[0].integer * PER_UNIT, args[1].integer * PER_UNIT))
    answer_integer (answer, sat_place_to_key (&place));
}

void
sat_function_distance (const SatCell *args, guint n, SatAnswer *answer)
{
  SatPlace a, b;

  if (sat_place_from_key (args[0].integer, &a) && sat_place_from_key (args[1].integer, &b))
    answer_integer (answer, (gint64) llround (sat_place_distance (&a, &b) * ONE));
}

/* Half away from zero. */
static gint64
to_number (gint32 value)
{
  return (value + (value < 0 ? -PER_UNIT : PER_UNIT) / 2) / PER_UNIT;
}

void
sat_function_latitude (const SatCell *args, guint n, SatAnswer *answer)
{
  SatPlace place;

  if (sat_place_from_key (args[0].integer, &place))
    answer_integer (answer, to_number (place.latitude));
}

void
sat_function_longitude (const SatCell *args, guint n, SatAnswer *answer)
{
  SatPlace place;

  if (sat_place_from_key (args[0].integer, &place))
    answer_integer (answer, to_number (place.longitude));
}
