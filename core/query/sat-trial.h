/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Does a record meet a condition as it is going to be? Asked before it is written, so that what is
 * refused never was in the database. References lead to what is there. */
#pragma once

#include "core/expression/sat-expression.h"
#include "core/store/sat-replica.h"

G_BEGIN_DECLS

typedef struct _SatTrial SatTrial;

/* What the record will have in FIELD: canonical, NULL if empty. Borrowed until the next call of
 * sat_trial_meets. */
typedef const char *(*SatTrialValue) (const SatField *field, gpointer data);

/* WHERE, asked by ME (nil: nobody) at the time it is now. It serves many records. REPLICA must
 * outlive it. */
SatTrial *sat_trial_new (SatReplica *replica,
                         const SatExpression *where,
                         const SatId *me,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
void sat_trial_free (SatTrial *trial); /* accepts NULL */

/* ID: of the record; NULL: it has none yet. */
gboolean sat_trial_meets (SatTrial *trial,
                          const SatId *id,
                          SatTrialValue value,
                          gpointer data,
                          gboolean *meets,
                          GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatTrial, sat_trial_free)

G_END_DECLS
