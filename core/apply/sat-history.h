/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a field has and had: current siblings from the registers, replaced values from history; and
 * the base that concurrent values grew from. */
#pragma once

#include "core/store/sat-history-log.h"
#include "core/store/sat-state-store.h"

G_BEGIN_DECLS

typedef struct
{
  guint32 name; /* field */
  char *element;
  char *value;
  SatDot dot;
  SatHlc hlc;
  gboolean automatic;
  gboolean current; /* a sibling now; else replaced */
  gboolean shown;   /* current: the one that is shown */
  gboolean unseen;  /* replaced while not shown */
  gboolean draft;   /* replaced before its change-set was sealed */
  gboolean removal; /* no value: the element was taken away */
} SatPast;
void sat_past_free (SatPast *past);

/* Of the record at ROW of TABLE, of field NAME (0: all, system registers but life left out), newest
 * first. */
GPtrArray *
sat_history_of (SatReplica *replica, SatTable *table, gint64 row, guint32 name, GError **error);

/* Of the record ID in all the books that it is or was in here: what the book where it is at home
 * says, and what others had before it came. */
GPtrArray *sat_history_of_record (
    SatReplica *replica, SatTable *table, const SatId *id, guint32 name, GError **error);

/* RULES R8: among the values of PAST (of one field) the one whose dot all of SIBLINGS' change-sets
 * had seen, and of those the one that had itself seen most. NULL without error: none is known here.
 */
const SatPast *sat_history_base (
    SatReplica *replica, GPtrArray *past, const SatPast *const *siblings, guint n, GError **error);

/* How many ENTRIES history has; how many are LOST: in no record's chain. */
gboolean sat_history_check (SatReplica *replica, guint64 *entries, guint64 *lost, GError **error);

G_END_DECLS
