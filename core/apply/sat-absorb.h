/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records absorbed into others, as duplicates are: what is shown of a group of records with one
 * root (store/sat-absorbed.h).
 *
 * Registers stay where they are: an edit that somebody makes elsewhere to an absorbed record is a
 * sibling in that record. The row of the root shows what comes of the siblings of the whole group;
 * it is `listed` (record/sat-state.h). The rows of the others are hidden, SAT_ABSORBED where the
 * root is at home in the book and SAT_AWAY where it is not. A reference to one of them has the
 * root's id in its column, while its sibling says what was written. All of this is derived, here,
 * whenever a record of a group was written; a record that never was in one costs nothing. */
#pragma once

#include "core/store/sat-state-store.h"

G_BEGIN_DECLS

/* Does a record of that id, new here, belong to a group? */
gboolean sat_absorb_is_named (SatReplica *replica, const SatState *state);

/* The record (TABLE, ID) of BOOK, of a group, was saved with all siblings listed. TARGET: what its
 * register `into` shows, or NULL. Brings the group and what refers to it up to date. LATER: the
 * search index follows later. */
gboolean sat_absorb_settle (SatReplica *replica,
                            SatTable *table,
                            const SatId *id,
                            guint32 book,
                            const char *target,
                            gboolean later,
                            GError **error);

/* Adds to STATE, all explicit, the siblings of the others of its group, if it is listed: not to be
 * saved so. Equal stamps stand in the order of ids. */
gboolean sat_absorb_unite (SatReplica *replica, SatTable *table, SatState *state, GError **error);
/* The record ID as BOOK has it, all explicit, and (UNITED) with its group. NULL without error: it
 * is not there. */
SatState *sat_absorb_load (SatReplica *replica,
                           SatTable *table,
                           const SatId *id,
                           guint32 book,
                           gboolean united,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What a reference that says VALUE in the record STATE shows: the root's id, in TEXT; NULL when
 * that is the record itself. */
const char *sat_absorb_reference (SatReplica *replica,
                                  const SatField *field,
                                  const SatState *state,
                                  const char *value,
                                  char text[SAT_ID_TEXT_SIZE]);
/* What the column of FIELD (number INDEX) holds of STATE, which is united; newly allocated. */
char *sat_absorb_column (SatReplica *replica, SatTable *table, const SatState *state, guint index);
/* The presence of STATE by its registers and those of its group. */
gboolean sat_absorb_presence (SatReplica *replica,
                              SatTable *table,
                              const SatState *state,
                              SatPresence *presence,
                              GError **error);

G_END_DECLS
