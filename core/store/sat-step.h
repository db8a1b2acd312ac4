/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What undo needs: the steps a person took, each one transaction, and for each record written in it
 * what was there before. Local, bounded, and never more than a help: the registers are the truth.
 */
#pragma once

#include "core/store/sat-replica.h"

G_BEGIN_DECLS

/* Older steps, and older writes beyond the second, are forgotten. */
#define SAT_STEPS_KEPT 100
#define SAT_STEP_WRITES_KEPT 500000

typedef struct
{
  gint64 id;
  SatHlc hlc;    /* the stamp of its writes */
  gint64 undoes; /* the step that it undid; 0: it is a step of its own */
  gboolean undone;
} SatStep;

typedef enum
{
  SAT_STEP_EDIT,
  SAT_STEP_CREATE,
  SAT_STEP_DELETE,
  SAT_STEP_REVIVE, /* an edit of a deleted record, which it brought back */
  SAT_STEP_MOVE,   /* to another book: before is its home */
  SAT_STEP_ABSORB, /* into another record, or out of it: before begins with the register into */
} SatStepKind;

/* What one register showed before. */
typedef struct
{
  guint32 field;
  const char *element; /* NULL: a plain register */
  const char *value;   /* plain: NULL if it was empty; element: NULL if it was not there */
  gboolean contested;  /* other values stood beside it: the step has settled that */
} SatStepBefore;

typedef struct
{
  guint32 book;
  guint32 object;
  gint64 row;
  SatStepKind kind;
  GBytes *before; /* packed SatStepBefore */
} SatStepWrite;
void sat_step_write_clear (gpointer write);

/* ---- recording, in a write transaction ---- */

/* A new step. Forgets what is too old. */
gboolean
sat_step_begin (SatReplica *replica, SatHlc hlc, gint64 undoes, gint64 *id, GError **error);
void sat_step_pack (GByteArray *out, const SatStepBefore *before);
gboolean sat_step_add (SatReplica *replica,
                       gint64 step,
                       guint32 book,
                       guint32 object,
                       gint64 row,
                       SatStepKind kind,
                       const GByteArray *before,
                       GError **error);
gboolean sat_step_set_undone (SatReplica *replica, gint64 step, gboolean undone, GError **error);

/* ---- looking ---- */

/* All that are known, newest first: SatStep. */
GArray *sat_steps (SatReplica *replica, GError **error);
/* The writes of STEP, newest first: SatStepWrite. */
GArray *sat_step_writes (SatReplica *replica, gint64 step, GError **error);
/* SatStepBefore, with strings borrowed from BEFORE. */
GArray *sat_step_unpack (GBytes *before);

G_END_DECLS
