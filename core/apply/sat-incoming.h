/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Foreign change-sets: waiting until what they had seen is here, applying in slices, resuming
 * (docs/architecture.md). The rules:
 *   ready: its number is the next of its device, and its saw is covered by our vector; one that was
 * begun is finished first; every slice is one transaction that seals our own open change-sets
 * first, so that what we write never claims to have seen what was not there; the vector moves with
 * the last slice.
 *   revoked: a change-set beyond the cut of its device (store/sat-cut.h) is accepted only if
 * another device, by a change-set that counts, has seen it. Once all is applied, what was taken in
 * of that kind is vouched for in a change-set of our own.
 *   admitted: in a closed workspace a change-set waits, as one whose causes are not here, until
 * change/sat-admissions.h says that it counts. Who is admitted only grows, so the order in which
 * invitations, claims and the rest arrive does not matter. A device that is not admitted vouches
 * for nobody. */
#pragma once

#include "core/apply/sat-local.h"

G_BEGIN_DECLS

typedef GBytes *(*SatIncomingText) (
    const char *book, const SatId *device, guint64 number, gpointer data, GError **error);

/* FILE, which comes with change-set NUMBER. NULL with an error stops the applying. */
typedef GBytes *(*SatIncomingFile) (const char *book,
                                    const SatId *device,
                                    guint64 number,
                                    const SatFile *file,
                                    gpointer data,
                                    GError **error);

typedef struct _SatIncoming SatIncoming;

SatIncoming *sat_incoming_new (SatReplica *replica, SatIncomingText text, gpointer data);
void sat_incoming_free (SatIncoming *incoming);
/* Asked, with the same data, for each file that is not here before its change-set is applied.
 * Without it files stay where they are. */
void sat_incoming_set_files (SatIncoming *incoming, SatIncomingFile file);
/* Books that are not held, and this device's own branch, are ignored. */
void sat_incoming_offer (SatIncoming *incoming, const char *book, const SatId *device);

typedef struct
{
  guint64 change_sets, operations;
  gboolean done;
  guint64 waiting, quarantined;
  guint64 cut_off;   /* branches of revoked devices, of which the rest does not count */
  guint64 strangers; /* branches whose next change-set waits until its device is admitted */
} SatIncomingProgress;

/* Applies for about BUDGET_US microseconds (0: no bound), at most GROUPS records of one change-set
 * (0: no bound), in one transaction. */
gboolean sat_incoming_step (SatIncoming *incoming,
                            gint64 budget_us,
                            guint64 groups,
                            SatIncomingProgress *progress,
                            GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatIncoming, sat_incoming_free)

G_END_DECLS
