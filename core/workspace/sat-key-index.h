/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds records by the values of some fields: everything is read once, then looked up in memory, so
 * that an import of many rows does not search the database for each. What is saved meanwhile has to
 * be added. */
#pragma once

#include "core/workspace/sat-workspace.h"

G_BEGIN_DECLS

typedef struct _SatKeyIndex SatKeyIndex;

/* Of all shown records of OBJECT, by N FIELDS. */
SatKeyIndex *sat_key_index_new (SatWorkspace *workspace,
                                const SatObject *object,
                                const SatField *const *fields,
                                guint n,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
void sat_key_index_free (SatKeyIndex *index);

/* VALUES: canonical, one a field, NULL for empty; all empty is no key. */
void sat_key_index_add (SatKeyIndex *index, const char *const *values, const SatId *id);
/* How many records have VALUES: 0, 1 (then OUT is set) or 2 for several. */
guint sat_key_index_find (const SatKeyIndex *index, const char *const *values, SatId *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatKeyIndex, sat_key_index_free)

G_END_DECLS
