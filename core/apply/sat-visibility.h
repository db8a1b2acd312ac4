/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which records are shown: those present (live and at home here), and every deleted one at home
 * that a shown one names as its parent (its owning reference): the least fixed point. Computed only
 * where a record is not present; for the others there is nothing to do. */
#pragma once

#include "core/store/sat-state-store.h"

G_BEGIN_DECLS

/* The record's presence has just been written; brings its own visibility up to date and, upwards,
 * that of its parents. */
gboolean sat_visibility_refresh (
    SatReplica *replica, SatTable *table, const SatId *id, guint32 book, GError **error);

/* Is a record of that presence hidden, going by its presence and what is below it? */
gboolean sat_visibility_hides (SatReplica *replica,
                               SatTable *table,
                               const SatId *id,
                               guint32 book,
                               SatPresence presence,
                               gboolean *hidden,
                               GError **error);

/* The children that name PARENT (of OBJECT) in BOOK and are at home there, shown or not: SatChild.
 */
typedef struct
{
  SatTable *table;
  SatId id;
  gint64 row;
  SatPresence presence;
} SatChild;
gboolean sat_visibility_children (SatReplica *replica,
                                  const SatObject *object,
                                  const SatId *parent,
                                  guint32 book,
                                  GArray *out,
                                  GError **error);

G_END_DECLS
