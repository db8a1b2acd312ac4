/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of records to look at when books are told of each other (apply/sat-forward.h): those
 * that have changed since, and are away or were carried here from another book. A row that is
 * listed needlessly costs a look; one that is not listed is not looked at. All writing functions
 * want a transaction. */
#pragma once

#include "core/store/sat-replica.h"

G_BEGIN_DECLS

gboolean sat_forward_list_add (SatReplica *replica, guint32 object, gint64 row, GError **error);
/* All records that are away from a book held here: after another book was taken on. */
gboolean sat_forward_list_add_away (SatReplica *replica, GError **error);

typedef struct
{
  guint32 object; /* name number */
  SatId id;
} SatForwardEntry;
/* What is listed: each record once, whatever its books, by id, then object. SatForwardEntry. */
GArray *sat_forward_list (SatReplica *replica, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Takes ENTRY off the list, in all its books. */
gboolean sat_forward_list_take (SatReplica *replica, const SatForwardEntry *entry, GError **error);

G_END_DECLS
