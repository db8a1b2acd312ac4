/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Derived fields: those whose value is not written but computed when it is read.
 *
 *   formula   an expression over the record and what it refers to (docs/expressions.md)
 *   roll-up   count, sum, min, max or avg over the shown records of another object whose reference
 *             names the record, of one of their fields, perhaps only of those that a condition is
 *             true for
 *
 * They have no register and no column; they are in no draft, change-set, import, digest or search.
 * So they stand apart from the fields of an object (SatObject.derived), with positions of their
 * own, and only who asks for them finds them (sat_object_find_any). The type of such a field is
 * that of what it gives.
 *
 * One whose text cannot be understood, or that leads back to itself, is there all the same and
 * always empty: `program` is NULL and `problem` says why. Which ones these are depends on the
 * definitions alone, not on the order in which they are looked at. */
#pragma once

#include "core/catalogue/sat-catalogue.h"

G_BEGIN_DECLS

typedef enum
{
  SAT_ROLLUP_NONE, /* a formula */
  SAT_ROLLUP_COUNT,
  SAT_ROLLUP_SUM,
  SAT_ROLLUP_MIN,
  SAT_ROLLUP_MAX,
  SAT_ROLLUP_AVG,
  SAT_N_ROLLUPS
} SatRollup;

/* The names of the types, and of the roll-ups but the first. */
#define SAT_TYPE_NAME_FORMULA "formula"
#define SAT_TYPE_NAME_ROLLUP "rollup"
const char *sat_rollup_name (SatRollup rollup);

typedef enum
{
  SAT_DERIVED_NEW,
  SAT_DERIVED_UNDERWAY,
  SAT_DERIVED_DONE,
  SAT_DERIVED_WRONG
} SatDerivedState;

typedef struct _SatDerivedProgram SatDerivedProgram;

struct _SatDerived
{
  SatRollup rollup;
  const char *formula; /* of a formula: the expression */
  const char *over;    /* of a roll-up: "OBJECT.FIELD", which refers to this one's object */
  const char *of;      /* of a roll-up: a field of OBJECT; NULL: count records */
  const char *where;   /* of a roll-up: a condition on records of OBJECT; NULL: all */
  int line;            /* in the catalogue's file */
  SatDerivedState state;
  const SatField *reference;  /* of a roll-up, once done: `over` */
  SatDerivedProgram *program; /* once done; owned */
  GError *problem;            /* if it is wrong; owned */
};

/* The language comes after the catalogue, and a derived field needs both: these two are in
 * core/expression/sat-program.c. The first understands every derived field of CATALOGUE and gives
 * it its type; the catalogue is complete but for that, and nobody else has it yet. */
void sat_derived_understand (SatCatalogue *catalogue);
void sat_derived_program_free (SatDerivedProgram *program);

/* For the first: the field, its derived part, and what is given, while the catalogue is made. */
SatField *sat_derived_field (const SatField *field);
SatDerived *sat_derived_part (const SatField *field);

G_END_DECLS
