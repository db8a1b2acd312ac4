/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one way in for changes, local and remote alike: registers are merged, and with them, in the
 * same transaction, everything that is derived from them is brought up to date: columns, history,
 * conflicts, visibility, the list for the search index.
 *
 * For each record: sat_engine_open, any number of sat_engine_write (in any order),
 * sat_engine_close. */
#pragma once

#include "core/change/sat-change-set.h"
#include "core/merge/sat-merge.h"
#include "core/merge/sat-resolve.h"
#include "core/store/sat-state-store.h"

G_BEGIN_DECLS

typedef struct _SatEngine SatEngine;

/* LOCAL: what is replaced in the open change-set is kept as a draft in history, and the search
 * index follows with the transaction; else it follows later. */
SatEngine *sat_engine_new (SatReplica *replica,
                           const SatOrigin *origin,
                           gboolean local) G_GNUC_WARN_UNUSED_RESULT;
void sat_engine_free (SatEngine *engine);

gboolean sat_engine_open (SatEngine *engine, guint32 object_name, const SatId *id, GError **error);
/* The state that was opened, for reading; FIELD's siblings made explicit first. */
SatState *sat_engine_state (SatEngine *engine);
SatRow *sat_engine_row (SatEngine *engine);
void sat_engine_touch (SatEngine *engine, guint32 field);
/* Strings of WRITE must live until sat_engine_close. */
void sat_engine_write (SatEngine *engine, const SatWrite *write);
/* Of the register (FIELD, ELEMENT), all of whose siblings are explicit, takes out those that DROPS
 * says, and puts in ADDS (strings as above). */
typedef gboolean (*SatDropFunc) (const SatSibling *sibling, gpointer data);
void sat_engine_join (SatEngine *engine,
                      guint32 field,
                      const char *element,
                      SatDropFunc drops,
                      gpointer data,
                      const SatSibling *adds,
                      guint n_adds);
gboolean sat_engine_close (SatEngine *engine, GError **error);

/* One group of a decoded change-set, but a graft (sat-graft.h). *HLC is raised to its highest
 * stamp. */
gboolean
sat_engine_apply_group (SatEngine *engine, const SatOpGroup *group, SatHlc *hlc, GError **error);

/* The order of dots for sat-resolve.h. */
SatOrder sat_replica_order (SatReplica *replica);
/* The shown sibling among those of FIELD in STATE (touched), or NULL. */
const SatSibling *sat_shown_sibling (SatReplica *replica,
                                     const SatTable *table,
                                     const SatState *state,
                                     guint32 field);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatEngine, sat_engine_free)

G_END_DECLS
