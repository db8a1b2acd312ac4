/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A record as one book has it, carried into another: all its registers, each sibling under the dot
 * that it has, and how far the books it has been in are known there (docs/change-set-format.md,
 * "Grafts"). Joining one is a function of the graft and of the record alone, so it does not matter
 * who carries it over, how often, or in what order. */
#pragma once

#include "core/apply/sat-engine.h"

G_BEGIN_DECLS

typedef struct
{
  guint32 object; /* name number */
  SatId id;
  GArray *siblings; /* SatSibling, all with their values */
  GArray *context;  /* SatDot, as in a state: of the book it comes from, and of others */
  GStringChunk *strings;
} SatGraft;

/* The record STATE (all explicit) of a book that has come as far as VECTOR, which covers all that
 * is in the record. VECTOR NULL: a checkpoint's, whose context is of other books alone. */
SatGraft *sat_graft_of_state (const SatState *state,
                              const SatVector *vector) G_GNUC_WARN_UNUSED_RESULT;
/* GROUP of a change-set. */
SatGraft *sat_graft_of_group (SatReplica *replica,
                              const SatOpGroup *group,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
void sat_graft_free (SatGraft *graft);

/* Joins GRAFT with the record in the book of ENGINE. */
gboolean sat_graft_join (SatEngine *engine, const SatGraft *graft, GError **error);
/* The same with a record of a checkpoint of this book, which has come as far as THEIRS; the book
 * here as far as OURS. A record that it changes nothing of is not written. */
gboolean sat_graft_join_state (SatEngine *engine,
                               const SatGraft *graft,
                               const SatVector *theirs,
                               const SatVector *ours,
                               GError **error);
/* Would a join bring or take away a sibling? */
gboolean
sat_graft_changes (SatEngine *engine, const SatGraft *graft, gboolean *changed, GError **error);

/* About how many bytes it takes in a change-set, without its context. */
gsize sat_graft_size (const SatGraft *graft);
/* Can a change-set hold it at all? */
gboolean sat_graft_fits (const SatGraft *graft);

/* GRAFT as a group, its operations and contexts in order; what it borrows beside GRAFT itself is
 * put into ARENA (g_free). */
SatOpGroup sat_graft_group (SatReplica *replica, const SatGraft *graft, GPtrArray *arena);

/* The text of a change-set of GRAFTS (SatGraft, of different records; put into order). SAW: what is
 * new in the vector it had seen; all of it if it BEGINS an epoch. */
GBytes *sat_grafts_write (SatReplica *replica,
                          guint32 book,
                          const SatId *device,
                          guint64 number,
                          gboolean begins,
                          const GArray *saw,
                          GPtrArray *grafts) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatGraft, sat_graft_free)

G_END_DECLS
