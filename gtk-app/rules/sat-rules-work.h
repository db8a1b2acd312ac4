/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the page of rules has done on the threads of the service: which rules there are and what
 * they did, switching them, and what they would do now. */
#pragma once

#include "core/workspace/sat-service.h"
#include "core/workspace/sat-workspace-rules.h"

G_BEGIN_DECLS

typedef struct
{
  GPtrArray *rules; /* SatRuleInfo, in their order; then those that come with Satchel and are off */
  GPtrArray *log;   /* SatRuleDone, the newest first; not all */
  gint64 now;       /* of the platform */
  gboolean may_write; /* the user may change rules */
} SatRulesPicture;
void sat_rules_picture_free (SatRulesPicture *picture);

/* The result is a SatRulesPicture. */
void sat_rules_work_load (SatService *service,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
/* Switches the rule with this id, or those with this key, on or off. The result is the step, a
 * gint64 * to be freed. */
void sat_rules_work_switch (SatService *service,
                            const char *name,
                            gboolean on,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
/* What the rule with this id, or (NULL) those that look at the time, would do now. The result is a
 * GPtrArray of SatRuleDone. */
void sat_rules_work_try (SatService *service,
                         const char *rule,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatRulesPicture, sat_rules_picture_free)

G_END_DECLS
