/* SPDX-License-Identifier: GPL-3.0-or-later */
/* On which branch the change-sets of this device (and of those it was before) stand: of each book
 * the epochs and the numbers with which they begin. Epoch 1 begins with number 1 and is in no row.
 * The change-set that begins an epoch says all it had seen, so that it needs none before it. */
#pragma once

#include "core/store/sat-replica.h"

G_BEGIN_DECLS

/* The epoch of change-set NUMBER; *FIRST (may be NULL): the number it begins with. 0 with ERROR set
 * when that cannot be read. */
guint64 sat_own_epoch_of (SatReplica *replica,
                          guint32 book,
                          guint32 device,
                          guint64 number,
                          guint64 *first,
                          GError **error);

/* In a write transaction: the next epoch of DEVICE in BOOK begins with number FIRST, which nobody
 * has sealed yet. Nothing happens if the last one begins there, or later. */
gboolean sat_own_epoch_begin (
    SatReplica *replica, guint32 book, guint32 device, guint64 first, GError **error);

/* In a write transaction: the epoch of change-set NUMBER is called TO, which none is, from now on:
 * somebody else has written on the branch that had its name. */
gboolean sat_own_epoch_move (
    SatReplica *replica, guint32 book, guint32 device, guint64 number, guint64 to, GError **error);

G_END_DECLS
