/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One operation on one register: which siblings it drops, which it adds. Pure: a function of the
 * operation and of the siblings, nothing else; never looks at the catalogue, the clock or the user.
 * That is why the order in which change-sets arrive cannot matter (docs/architecture.md,
 * "registers"). */
#pragma once

#include "core/record/sat-state.h"
#include "core/store/sat-log.h"

G_BEGIN_DECLS

/* The change-set that an operation is of. */
typedef struct
{
  SatDot dot;
  const SatVector *saw; /* of dot.book, its own device's entry included */
} SatOrigin;

typedef struct
{
  guint32 field;
  const char *element;
  gboolean drop;     /* else a write */
  const char *value; /* NULL: cleared */
  SatHlc hlc;
  gboolean automatic;
  const SatDot *keep; /* native dots covered by saw that stay */
  guint n_keep;
  const SatDot *over; /* dots of other books that go */
  guint n_over;
} SatWrite;

/* Does WRITE of ORIGIN drop the sibling DOT? Its own dot, a native one that it had seen and does
 * not keep, a foreign one that it names. */
gboolean sat_merge_drops (const SatOrigin *origin, const SatWrite *write, const SatDot *dot);

/* Applies WRITE to STATE's register, whose siblings must be explicit with their values. Dropped
 * siblings are appended to DROPPED (GArray of SatSibling; strings as borrowed as before). Applying
 * the same write again changes nothing but puts its sibling anew. */
void
sat_merge_write (SatState *state, const SatOrigin *origin, const SatWrite *write, GArray *dropped);

G_END_DECLS
