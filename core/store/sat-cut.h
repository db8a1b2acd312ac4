/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Revocations: in a book, of a device's change-sets those up to a number count by themselves, later
 * ones only where another device had built on them (apply/sat-incoming.h). Of two cuts of one
 * device the lower holds. Writing functions want a transaction. */
#pragma once

#include "core/store/sat-log.h"

G_BEGIN_DECLS

typedef struct
{
  SatId id;
  guint32 device;
  guint64 number;
} SatCut;

#define SAT_CUT_NONE G_MAXUINT64

gboolean
sat_log_add_cut (SatReplica *replica, guint32 book, guint32 device, guint64 number, GError **error);

/* Of DEVICE in BOOK; SAT_CUT_NONE: it is not revoked there. */
gboolean
sat_log_cut (SatReplica *replica, guint32 book, guint32 device, guint64 *number, GError **error);

/* All of BOOK, by device id: SatCut. */
GArray *sat_log_cuts (SatReplica *replica, guint32 book, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The books held here in which this device has taken in more of a revoked one than its cut says,
 * and no change-set of its own says so yet: numbers, guint32. It seals one, if need be an empty
 * one, so that everybody takes in what has been built on here. */
GArray *sat_log_to_vouch (SatReplica *replica, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
