/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One revert under way, between the parts of sat-workspace-revert.c and -life.c. */
#pragma once

#include "core/apply/sat-history.h"
#include "core/workspace/sat-workspace-private.h"
#include "core/workspace/sat-workspace-revert.h"

G_BEGIN_DECLS

typedef struct
{
  SatWorkspace *workspace;
  SatReplica *replica;
  SatTable *table;
  SatId id;
  guint32 book;
  SatPresence presence;
  const SatRevertWhat *what;
  guint n;
  GPtrArray *past; /* SatPast, of all fields, newest first */
  SatStamp base;   /* the record's creation, if it was made in this book */
  SatDraft *draft;
  SatReverted *reverted;
} SatRevert;

/* FIELD NULL: the record's being there. */
void sat_revert_say_left (SatRevert *revert,
                          const SatField *field,
                          const char *element,
                          SatRevertWhy why);

/* Is a write of DOT, stamped HLC, of the change that WHAT means? */
gboolean sat_revert_is_of (const SatRevert *revert,
                           const SatRevertWhat *what,
                           const SatDot *dot,
                           SatHlc hlc);
gboolean sat_revert_names_field (const SatRevert *revert,
                                 const SatRevertWhat *what,
                                 guint32 name,
                                 const char *element);
gboolean sat_revert_is_meant (const SatRevert *revert, const SatPast *past);
/* Is a write with that stamp of a change that is meant as a whole? */
gboolean sat_revert_is_meant_whole (const SatRevert *revert, const SatDot *dot, SatHlc hlc);

/* STATE of the record of TABLE in ROW, all of it. */
gboolean sat_revert_load_state (const SatRevert *revert,
                                SatTable *table,
                                gint64 row,
                                SatState *state,
                                gboolean *found,
                                GError **error);

/* ---- sat-workspace-revert-life.c ---- */

/* Takes back that the record in ROW was made, or deleted, if that is meant. *ENDED: the record has
 * gone, or is as it should be; its fields do not matter. */
gboolean sat_revert_life (SatRevert *revert, gint64 row, gboolean *ended, GError **error);

G_END_DECLS
