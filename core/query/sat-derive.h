/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The values of derived fields, for records that were just read. Whoever shows records asks for the
 * fields that it shows, so that nothing is computed that nobody sees. */
#pragma once

#include "core/access/sat-access.h"
#include "core/store/sat-state-store.h"

G_BEGIN_DECLS

typedef struct _SatDeriving SatDeriving;

/* For many records of OBJECT: the derived ones of N FIELDS (others are passed over). ME: as in
 * SatListQuery; it is copied. ACCESS: of whoever asks, only
 * for the time of the call; what he cannot read counts for nothing. */
SatDeriving *sat_deriving_new (SatReplica *replica,
                               const SatObject *object,
                               const SatField *const *fields,
                               guint n,
                               const SatId *me,
                               const SatAccess *access) G_GNUC_WARN_UNUSED_RESULT;
void sat_deriving_free (SatDeriving *deriving); /* accepts NULL */
/* Gives RECORD, which nobody else has yet, their values. One that asks too much of the database is
 * empty. */
gboolean sat_deriving_run (SatDeriving *deriving, SatRecord *record, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatDeriving, sat_deriving_free)

G_END_DECLS
