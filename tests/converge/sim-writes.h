/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inside the checks of the simulation: what was written to every register, from the texts alone. */
#pragma once

#include "tests/converge/sim.h"

G_BEGIN_DECLS

/* A change-set, with its full saw. */
typedef struct
{
  const SatChangeSet *set;
  SatId device;
  guint64 number;
  GArray *saw; /* SatSaw, the own device included */
} Applied;

/* One operation on a register, life included. */
typedef struct
{
  const Applied *by;
  const SatOpGroup *group;
  const SatOp *op; /* NULL: life */
  char *register_name;
} Write;

/* All change-sets of BOOK that LAPTOP has applied: Applied. */
GPtrArray *applied_in (Laptop *laptop, const char *book);
/* What they write: Write, by object, id, register, device, number. */
GPtrArray *writes_of (const GPtrArray *applied);
/* Order of their registers. */
int compare_register (const Write *x, const Write *y);
/* Is the write AT one that nothing dropped? FROM .. TO are all of its register. */
gboolean stands (const GPtrArray *writes, guint from, guint to, guint at);

G_END_DECLS
