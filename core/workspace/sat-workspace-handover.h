/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Many records assigned at once: all that a leaving user holds, or all that a filter finds. It goes
 * in slices, each a transaction of its own, so that nobody waits for it; all of them are one step
 * for undo. What was done before a crash or a cancel stays done, and is skipped when it is begun
 * again.
 *
 * A record that goes takes along what belongs to it, as sat_workspace_assign does. One that is
 * where its parent is, and whose parent does not go, stays there and only gets its new owner. */
#pragma once

#include "core/workspace/sat-workspace.h"

G_BEGIN_DECLS

typedef struct _SatHandover SatHandover;

/* Every shown record here whose owner (a field `owner` that is under review) is the user with the
 * login FROM goes to the user TO, who becomes its owner, and (BOOK, a key or a name, not NULL) to
 * BOOK. Nothing is written yet. WORKSPACE must outlive it. TO NULL: only to look at. */
SatHandover *sat_handover_new (SatWorkspace *workspace,
                               const char *from,
                               const char *to,
                               const char *book,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* All records of OBJECT that WHERE (NULL: every one) finds go to BOOK, or (BOOK NULL) to the user
 * TO and the book of that user (sat_workspace_assign_to). */
SatHandover *sat_handover_new_where (SatWorkspace *workspace,
                                     const SatObject *object,
                                     const SatExpression *where,
                                     const char *to,
                                     const char *book,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
void sat_handover_free (SatHandover *handover);

typedef struct
{
  const SatObject *object;
  guint64 records;
} SatHandoverCount;
/* What there is to do, by kind of record (only those of which there are some): SatHandoverCount.
 * What goes along with others is not counted. */
const GArray *sat_handover_counts (const SatHandover *handover);
guint64 sat_handover_total (const SatHandover *handover);
/* The key of the book that all goes to; NULL: all stays where it is. */
const char *sat_handover_book (const SatHandover *handover);
/* The name (else the login) of the one who gets it; NULL: only the book changes. */
const char *sat_handover_receiver (const SatHandover *handover);
/* The keys of books that records will be in, of which no laptop of the one who gets them holds a
 * copy; of those who are in `company` alone all. Empty: he or she will see all of it. */
const char *const *sat_handover_unseen (const SatHandover *handover);

/* What a successor has to know of one customer. */
typedef struct
{
  const SatRecord *customer; /* NULL: of deals that are of no customer */
  const GPtrArray *deals;    /* SatRecord: the open ones, the most advanced first */
  const SatRecord *last;     /* the latest activity with the customer; NULL: there is none */
} SatHandoverCustomer;
/* FALSE: no more, for ERROR. */
typedef gboolean (*SatHandoverFunc) (const SatHandoverCustomer *customer,
                                     gpointer data,
                                     GError **error);
/* Tells FUNC of every customer that goes, by name, and of those whose deals do. */
gboolean
sat_handover_customers (SatHandover *handover, SatHandoverFunc func, gpointer data, GError **error);

/* Goes on for about SLICE_MS, one record at least. *MORE: something is left. */
gboolean sat_handover_step (SatHandover *handover, guint slice_ms, gboolean *more, GError **error);
guint64 sat_handover_done (const SatHandover *handover); /* of sat_handover_total */
/* So far: records that have a new owner; that are in another book; is that one held here? */
guint64 sat_handover_handed (const SatHandover *handover);
guint64 sat_handover_moved (const SatHandover *handover);
gboolean sat_handover_is_held (const SatHandover *handover);
/* The step for sat_workspace_undo_step; 0: nothing was written. */
gint64 sat_handover_undo (const SatHandover *handover);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatHandover, sat_handover_free)

G_END_DECLS
