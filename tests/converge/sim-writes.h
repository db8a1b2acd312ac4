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

/* One operation on a register, life included; or a sibling that a graft brought. */
typedef struct
{
  const Applied *by;
  const SatOpGroup *group;
  const SatOp *op; /* NULL: life */
  char *register_name;
  const char *book; /* its dot */
  SatId device;
  guint64 number;
  GPtrArray *grafts; /* SatOpGroup: of the same record, in this book */
} Write;

gboolean write_is_automatic (const Write *write);
SatHlc write_time (const Write *write);
/* NULL: cleared. Of life "live" or "dead", of an element NULL. */
const char *write_value (const Write *write);

/* All change-sets of BOOK that LAPTOP has applied: Applied. */
GPtrArray *applied_in (Laptop *laptop, const char *book);
/* What they write in BOOK: Write, by object, id, register, book, device, number. */
GPtrArray *writes_of (const GPtrArray *applied, const char *book);
/* The lines of the digest about what a record has taken in from other books than BOOK, each ended
 * by LF. */
char *context_lines (const Write *write, const char *book);
/* Order of their registers. */
int compare_register (const Write *x, const Write *y);
/* Is the write AT one that nothing dropped? FROM .. TO are all of its register. */
gboolean stands (const GPtrArray *writes, guint from, guint to, guint at);

G_END_DECLS
