/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which records were absorbed, and into which: what the registers `into` show, kept in a table of
 * its own, since it is asked for from both ends. A record follows its target, that one its own, and
 * so on; the last one is the root of all of them, and of a circle the smallest id in it. All
 * records with one root are a group, and so are a record and those absorbed into it.
 *
 * Derived data: core/apply writes it whenever it writes such a register. In most replicas the table
 * is empty, and sat_absorbed_any says so without a query for each record. */
#pragma once

#include "core/store/sat-replica.h"

G_BEGIN_DECLS

enum
{
  SAT_ABSORBING_UNKNOWN,
  SAT_ABSORBING_NO,
  SAT_ABSORBING_YES
};

/* Was ever a record absorbed? Asked once in a write transaction. */
gboolean sat_absorbed_any (SatReplica *replica);

/* In a write transaction. TARGET NULL: it is absorbed into none. */
gboolean sat_absorbed_set (SatReplica *replica,
                           guint32 object,
                           guint32 book,
                           const SatId *id,
                           const SatId *target,
                           GError **error);
/* In a write transaction: forgets all. */
gboolean sat_absorbed_clear (SatReplica *replica, GError **error);

/* What (OBJECT, ID) is absorbed into, as BOOK has it (0: as any book has it); OBJECT 0: of any
 * object. FALSE: into none. */
gboolean sat_absorbed_target (
    SatReplica *replica, guint32 object, guint32 book, const SatId *id, SatId *target);
/* The root; ID itself when it is absorbed into none. */
void
sat_absorbed_root (SatReplica *replica, guint32 object, guint32 book, const SatId *id, SatId *root);
/* ID, what it is absorbed into, and so on, each once: SatId. */
GArray *sat_absorbed_chain (SatReplica *replica, guint32 object, guint32 book, const SatId *id);
/* All ids of the group that ID is in, as BOOK has them, in order; records that are not here, too:
 * SatId. */
GArray *sat_absorbed_group (
    SatReplica *replica, guint32 object, guint32 book, const SatId *id, GError **error);

G_END_DECLS
