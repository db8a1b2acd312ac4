/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The expression language (docs/expressions.md): a person's text, checked against the catalogue, is
 * a typed tree; the tree is written as text again in one canonical way, or compiled to SQL of which
 * everything the person typed is a bound parameter.
 *
 * A SatExpression is immutable and belongs to the catalogue of its object, which must outlive it;
 * any thread may read it. Everything here is pure: no clock, no database. A condition is true or
 * false for every record, never unknown: comparing with an empty field is false, but empty = empty
 * is true, and != is the opposite of =. */
#pragma once

#include "core/base/sat-error.h"
#include "core/base/sat-id.h"
#include "core/catalogue/sat-catalogue.h"

G_BEGIN_DECLS

/* What a value is. Numbers, percents and amounts are whole 1/10,000; only fields are INTEGER. */
typedef enum
{
  SAT_KIND_TEXT,
  SAT_KIND_INTEGER,
  SAT_KIND_NUMBER,
  SAT_KIND_PERCENT,
  SAT_KIND_MONEY,
  SAT_KIND_DATE,
  SAT_KIND_TIME,
  SAT_KIND_YES_NO,
  SAT_KIND_CHOICE,
  SAT_KIND_TAGS,
  SAT_KIND_REFERENCE,
  SAT_KIND_PLACE,
  SAT_N_KINDS
} SatKind;

/* Where the expression is going to stand. */
typedef enum
{
  SAT_EXPRESSION_FILTER, /* a condition on a record as it is */
  SAT_EXPRESSION_RULE,   /* a condition on a change: `changed` and `was` are allowed */
  SAT_EXPRESSION_VALUE,  /* a value of any kind, of a record as it is */
} SatExpressionUse;

/* Limits of a text, so that no text costs much: bytes, parts, levels. */
#define SAT_EXPRESSION_MAX_LENGTH 16384
#define SAT_EXPRESSION_MAX_NODES 1000
#define SAT_EXPRESSION_MAX_DEPTH 32
#define SAT_EXPRESSION_MAX_PATH 8
/* The longest SQL that a compiled expression may be. */
#define SAT_EXPRESSION_MAX_SQL (128 * 1024)

typedef struct _SatExpression SatExpression;

/* TEXT as an expression over a record of OBJECT. On failure *COLUMN (may be NULL) is where in TEXT
 * the trouble begins, counted in characters from 1, and ERROR says what was expected there. */
SatExpression *sat_expression_parse (const SatObject *object,
                                     const char *text,
                                     SatExpressionUse use,
                                     guint *column,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
void sat_expression_free (SatExpression *expression); /* accepts NULL */

const SatObject *sat_expression_object (const SatExpression *expression);
SatKind sat_expression_kind (const SatExpression *expression);
/* The canonical text: fields by name, one spelling of each value, no needless parentheses. Parsing
 * it gives an equal tree. Newly allocated. */
char *sat_expression_format (const SatExpression *expression);
gboolean sat_expression_equal (const SatExpression *a, const SatExpression *b);

/* Calls EACH with every field that the expression names, also those on the way to another record,
 * and those that derived fields among them are made of; some more than once. */
void sat_expression_each_field (const SatExpression *expression,
                                void (*each) (const SatField *field, gpointer data),
                                gpointer data);

/* The same for what the derived FIELD is made of. */
void sat_program_each_field (const SatField *field,
                             void (*each) (const SatField *field, gpointer data),
                             gpointer data);

/* ---- SQL ---- */

/* How the store names things in SQL. */
typedef struct
{
  /* The column of CELL of FIELD, of the row FROM. */
  char *(*column) (const char *from, const SatField *field, guint cell);
  /* A scalar select: that column of the one shown record whose id the SQL expression ID gives; NULL
   * if there is none. ALIAS is a name that nothing else in the statement has. */
  char *(*refer) (const SatField *field, guint cell, const char *id, const char *alias);
  /* The same of VALUE, SQL over the row ALIAS, of a record of OBJECT. */
  char *(*look_up) (const SatObject *object, const char *value, const char *id, const char *alias);
  /* A scalar select: AGGREGATE over the shown records, as rows ALIAS, that REFERENCE of which names
   * the row FROM and for which CONDITION (NULL: any) is true. */
  char *(*gather) (const SatField *reference,
                   const char *aggregate,
                   const char *condition,
                   const char *from,
                   const char *alias);
} SatExpressionNames;

/* What a rule looks at: which fields of the record a change has touched, and what they held before
 * it (canonical text; NULL: nothing). Without functions nothing was changed. */
typedef struct
{
  gboolean (*changed) (const SatField *field, gconstpointer data);
  const char *(*was) (const SatField *field, gconstpointer data);
  gconstpointer data;
} SatExpressionChange;

typedef struct
{
  const SatExpressionNames *names;
  const char *from;      /* the row the expression is about, in SQL: a table's name or alias */
  guint first_parameter; /* the number of the first parameter, from 1 */
  gint64 now_ms;         /* now (); today () is its day in the zone of this machine */
  SatId me;              /* me (); nil: nobody */
  const SatExpressionChange *change; /* NULL: `changed` and `was` are an error */
  /* The calendar that working days are counted by (sat-working-days.h), newly allocated; asked for
   * only where it is needed. NULL: Monday to Friday. */
  char *(*calendar) (gpointer data);
  gpointer calendar_data;
  /* Which records of OBJECT, other than the row itself, may be looked into: SQL over the row ALIAS,
   * newly allocated, or NULL for all. The rest is as if it were not there. NULL: no bounds. */
  char *(*within) (const SatObject *object, const char *alias, gconstpointer data);
  gconstpointer within_data;
} SatExpressionContext;

/* SQL of an expression: `sql` is a condition (0, 1, or NULL which counts as 0) for a filter; for a
 * value it is the value as the type's column has it (1/10,000 for any number), and `currency`, for
 * money only, its currency. */
typedef struct
{
  char *sql;
  char *currency;
  GArray *cells; /* SatCell: the parameters in order */
  GPtrArray *owned;
} SatCompiled;

SatCompiled *sat_expression_compile (const SatExpression *expression,
                                     const SatExpressionContext *context,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Nothing yet: for sat_field_compile. */
SatCompiled *sat_compiled_new (void) G_GNUC_WARN_UNUSED_RESULT;
/* FIELD, a derived one, of the row that CONTEXT is about: for each cell of its type newly allocated
 * SQL, else NULL. Its parameters are appended to those of INTO, which are numbered from
 * CONTEXT's first on. One that cannot be computed is NULL in SQL too. */
gboolean sat_field_compile (const SatField *field,
                            const SatExpressionContext *context,
                            SatCompiled *into,
                            char *sql[SAT_TYPE_MAX_CELLS],
                            GError **error);
void sat_compiled_free (SatCompiled *compiled); /* accepts NULL */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatExpression, sat_expression_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatCompiled, sat_compiled_free)

G_END_DECLS
