/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The replica's record of change-sets: vectors, what each had seen, the open and the sealed ones,
 * quarantine. Devices and books are the replica's numbers. All writing functions want a
 * transaction. */
#pragma once

#include "core/store/sat-replica.h"

G_BEGIN_DECLS

/* ---- vectors
 * ------------------------------------------------------------------------------------- */

/* For each device number a change-set number; a device not there has 0. */
typedef struct
{
  GArray *numbers; /* guint64 by device number */
} SatVector;

void sat_vector_init (SatVector *vector);
void sat_vector_clear (SatVector *vector);
guint64 sat_vector_get (const SatVector *vector, guint32 device);
void sat_vector_set (SatVector *vector, guint32 device, guint64 number);
void sat_vector_copy (SatVector *to, const SatVector *from);
gboolean sat_vector_covers (const SatVector *vector, const SatVector *other); /* other <= vector */

/* The vector of BOOK: what is applied. */
gboolean sat_log_vector (SatReplica *replica, guint32 book, SatVector *out, GError **error);
/* The vector that DEVICE's last applied change-set had seen, its own entry left out, and its number
 * (0: none). */
gboolean sat_log_last (SatReplica *replica,
                       guint32 book,
                       guint32 device,
                       guint64 *number,
                       SatVector *saw,
                       GError **error);
/* Change-set NUMBER of DEVICE is applied to its end. SAW: the full vector it had seen; its
 * difference to PREVIOUS is remembered. HLC: its highest stamp. */
gboolean sat_log_advance (SatReplica *replica,
                          guint32 book,
                          guint32 device,
                          guint64 number,
                          const SatVector *saw,
                          const SatVector *previous,
                          SatHlc hlc,
                          GError **error);
/* The full vector that one change-set had seen, its own device's entry (number - 1) included. FALSE
 * with no error set in *KNOWN = FALSE when that change-set is not known here. This device's open
 * one is known: it has seen all that is applied. */
gboolean sat_log_saw (SatReplica *replica,
                      guint32 book,
                      guint32 device,
                      guint64 number,
                      SatVector *out,
                      gboolean *known,
                      GError **error);

/* ---- slices
 * -------------------------------------------------------------------------------------- */

typedef struct
{
  guint32 book, device;
  guint64 number; /* 0: none */
  guint64 groups_done;
} SatPartial;
gboolean sat_log_partial (SatReplica *replica, SatPartial *out, GError **error);
gboolean sat_log_set_partial (SatReplica *replica, const SatPartial *partial, GError **error);

/* ---- the open change-set
 * -------------------------------------------------------------------------- */

/* What the registers do not say of an operation: that it dropped a register, or which dots it kept.
 */
typedef struct
{
  guint32 field;
  char *element;
  gboolean dropped;
  GArray *keep; /* SatDot */
  GArray *over; /* SatDot */
} SatOpenExtra;
void sat_open_extra_free (SatOpenExtra *extra);

gboolean
sat_log_touch_open (SatReplica *replica, guint32 book, guint32 object, gint64 row, GError **error);
/* An upper bound of what the open change-set will be long. */
gboolean sat_log_open_bytes (SatReplica *replica, guint32 book, guint64 *bytes, GError **error);
gboolean sat_log_set_open_bytes (SatReplica *replica, guint32 book, guint64 bytes, GError **error);
gboolean sat_log_has_open (SatReplica *replica, guint32 book, gboolean *open, GError **error);
/* All extras of one record, by field and element: SatOpenExtra. */
GPtrArray *
sat_log_open_extras (SatReplica *replica, guint32 book, guint32 object, gint64 row, GError **error);
/* Puts EXTRA in the place of the one of the same register, or takes that away when EXTRA says
 * nothing. */
gboolean sat_log_set_extra (SatReplica *replica,
                            guint32 book,
                            guint32 object,
                            gint64 row,
                            const SatOpenExtra *extra,
                            GError **error);
gboolean sat_log_clear_open (SatReplica *replica, guint32 book, GError **error);

/* ---- sealed
 * --------------------------------------------------------------------------------------- */

/* DEVICE: this one, or one that this replica was before. */
gboolean sat_log_add_sealed (SatReplica *replica,
                             guint32 book,
                             guint32 device,
                             guint64 number,
                             gint64 time_ms,
                             guint64 records,
                             GBytes *text,
                             GError **error);

/* ---- quarantine
 * ------------------------------------------------------------------------------------ */

gboolean sat_log_quarantine (SatReplica *replica,
                             guint32 book,
                             guint32 device,
                             guint64 number,
                             const GError *why,
                             GError **error);
gboolean sat_log_release (SatReplica *replica, guint32 book, guint32 device, GError **error);

/* ---- conflicts, the search index's list
 * ------------------------------------------------------------- */

gboolean sat_log_set_conflict (SatReplica *replica,
                               guint32 object,
                               gint64 row,
                               guint32 field,
                               gboolean conflict,
                               GError **error);

/* The highest stamp made or heard here. */
SatHlc sat_log_hlc (SatReplica *replica);
gboolean sat_log_set_hlc (SatReplica *replica, SatHlc hlc, GError **error);

G_END_DECLS
