/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For which records a rule that looks at the time is due: one query. What the log says was done on
 * an occasion, or a later one, is not due again, whoever did it and whatever became of it. */
#pragma once

#include "core/access/sat-access.h"
#include "core/automation/sat-occasion.h"
#include "core/store/sat-replica.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 row;
  gint64 occasion; /* seconds; 0 for what is run by hand */
} SatRuleDue;

/* The records at home here that RULE is due for at NOW, or (BY_HAND) that meet its condition and
 * that who has ACCESS may change: SatRuleDue. */
GArray *sat_rule_due (SatReplica *replica,
                      const SatRule *rule,
                      gint64 now_ms,
                      const SatId *me,
                      gboolean by_hand,
                      const SatAccess *access,
                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
