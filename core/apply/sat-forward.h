/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one rule by which records get from book to book: whoever holds two books that a record is or
 * was in tells each what it lacks of the other, by grafts (sat-graft.h). A move writes nothing but
 * the home register; this does the rest, and brings late edits made in the old book to where the
 * record is now.
 *
 * A record that is at home here leaves nothing, except when it is at home in another book held here
 * too (it was moved twice at once): then each is told of the other's. One that is away is carried
 * to every book held that its home register (all its siblings) or its context names. A graft waits
 * while it speaks of change-sets of the book it goes to that have not arrived. Grafts get
 * change-sets of their own. Running it again, here or elsewhere, changes nothing. */
#pragma once

#include "core/apply/sat-local.h"

G_BEGIN_DECLS

/* One round over the records that are listed now (store/sat-forward-list.h). */
typedef struct _SatForward SatForward;

SatForward *sat_forward_new (SatReplica *replica) G_GNUC_WARN_UNUSED_RESULT;
/* One round over ENTRIES alone (SatForwardEntry), which have just been moved. */
SatForward *sat_forward_new_for (SatReplica *replica,
                                 const GArray *entries) G_GNUC_WARN_UNUSED_RESULT;
void sat_forward_free (SatForward *forward);
guint64 sat_forward_n_grafts (const SatForward *forward); /* so far */

/* Goes on in the transaction of LOCAL until DEADLINE (monotonic time; 0: to the end), one record at
 * least, and seals what it grafted. *MORE: there is something left. Nothing is done while a
 * change-set is half applied. FOR_SEARCH: the records are indexed at commit, else listed for it. */
gboolean sat_forward_run (SatForward *forward,
                          SatLocal *local,
                          gint64 deadline,
                          gboolean for_search,
                          gboolean *more,
                          GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatForward, sat_forward_free)

G_END_DECLS
