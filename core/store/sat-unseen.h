/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values in history that were replaced while they were not shown: what of history goes into
 * checkpoints and comes out of them. */
#pragma once

#include "core/store/sat-history-log.h"

G_BEGIN_DECLS

/* The next record of BOOK that has some, by id: SIBLINGS (of SatSibling) are filled, each dot of a
 * register once; their texts are borrowed. FALSE stops. */
typedef gboolean (*SatUnseenFunc) (
    guint32 object, const SatId *id, GArray *siblings, gpointer data, GError **error);

/* All records of object OBJECT (a name number) in TABLE. */
gboolean sat_unseen_each (SatReplica *replica,
                          const SatTable *table,
                          guint32 object,
                          guint32 book,
                          SatUnseenFunc func,
                          gpointer data,
                          GError **error);

/* In a transaction: the value SIBLING of the record STATE is in history as one that nobody had
 * seen, from now on if it was not; then STATE must be saved. */
gboolean
sat_unseen_add (SatReplica *replica, SatState *state, const SatSibling *sibling, GError **error);

G_END_DECLS
