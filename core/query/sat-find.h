/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding as people type: over all objects, best first, a bounded number of records looked at for
 * each key. Titles that the words are all of come first, then those that begin with them, then
 * those that have them (as written before by sound), then records that have them in another field,
 * by its weight; and where few are found, titles that are nearly the same. Among equals the shorter
 * title, then the newer record: the same on every replica that has the same records. */
#pragma once

#include "core/query/sat-list.h"

G_BEGIN_DECLS

/* Keys (sat-search.h), LIMIT at most, of what ACCESS reads. */
GArray *sat_find (
    SatReplica *replica, const SatAccess *access, const char *words, guint limit, GError **error);
/* The same among what QUERY finds, whose words they are. */
GArray *sat_find_in (SatReplica *replica, const SatListQuery *query, guint limit, GError **error);

/* Keys of records of one object, or (OBJECT 0) of any, whose titles are nearly what the words say;
 * hidden ones, too. */
GArray *sat_find_near (SatReplica *replica, const char *words, guint32 object, GError **error);

G_END_DECLS
