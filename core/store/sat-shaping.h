/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The catalogue of an open replica: the built-in one, shaped by the company's definitions
 * (catalogue/sat-shape.h), which are records of the replica itself. In `meta` stands which columns
 * were made for custom fields, and a hash of it all by which every process notices that another one
 * has brought the tables up to date.
 *
 * replica->catalogue changes only here: at the beginning of a write transaction, when another
 * process was faster, at its end, when it wrote definitions, and in sat_shaping_follow. Objects and
 * fields that were handed out before stay valid for as long as the replica is open, and their
 * positions mean the same. */
#pragma once

#include "core/store/sat-replica.h"

G_BEGIN_DECLS

/* Takes over what is in the database now. Cheap when nothing has changed. In or outside a
 * transaction; writes nothing. */
gboolean sat_shaping_follow (SatReplica *replica, GError **error);

/* In a write transaction that is about to commit: makes columns and tables for definitions that are
 * new, and takes the catalogue over. LEARNED gets the names (char *) of objects of which values may
 * be here already. */
gboolean sat_shaping_extend (SatReplica *replica, GPtrArray *learned, GError **error);
/* The transaction was rolled back. */
void sat_shaping_forget (SatReplica *replica);

/* What is wrong with definitions (GError), as sat_shape_make says. NULL: cannot be read. */
GPtrArray *sat_shaping_problems (SatReplica *replica, GError **error);

G_END_DECLS
