/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A button with the saved views and the segments of one object: to choose one, to save what is
 * shown as one, to take one away. */
#pragma once

#include <gtk/gtk.h>

#include "core/workspace/sat-service.h"

G_BEGIN_DECLS

#define SAT_TYPE_VIEW_BUTTON (sat_view_button_get_type ())
G_DECLARE_FINAL_TYPE (SatViewButton, sat_view_button, SAT, VIEW_BUTTON, GtkWidget)

/* Before anything else. Signal "chosen" (gboolean is_view, const char *condition, sort, columns,
 * grouping; sort begins with what is grouped by): that is to be shown. A segment, or all records,
 * is no view, and has no more than a condition. */
void sat_view_button_set_up (SatViewButton *self, SatService *service, const SatObject *object);
/* What is shown now, which is what would be saved. */
void sat_view_button_set_shown (SatViewButton *self,
                                const char *condition,
                                const char *sort,
                                const char *columns,
                                const char *grouping);

G_END_DECLS
