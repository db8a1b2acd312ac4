/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Making derived data anew from the registers: columns, sort keys, presence, visibility, conflicts,
 * the search index. Needed when the catalogue has changed (another policy or type, an object or
 * field that was not known before), and by doctor. */
#pragma once

#include "core/store/sat-replica.h"

G_BEGIN_DECLS

/* In transactions of its own. */
gboolean sat_rederive_all (SatReplica *replica, GError **error);
/* Those of one object, in the transaction that is open; the search index only as far as columns
 * change. */
gboolean sat_rederive_object (SatReplica *replica, SatTable *table, GError **error);
/* One record whose dots are renamed on the way, in the transaction that is open. */
typedef void (*SatDotMap) (SatDot *dot, gpointer data);
void sat_rederive_context (GArray *context, SatDotMap map, gpointer data);
gboolean sat_rederive_record (
    SatReplica *replica, SatTable *table, gint64 row, SatDotMap map, gpointer data, GError **error);
/* Looks only: how many records are not as their registers say. */
gboolean sat_rederive_check (SatReplica *replica, guint64 *records, guint64 *wrong, GError **error);

G_END_DECLS
