/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A button with the saved views of one object: to choose one, to save what is shown as one, to take
 * one away. */
#pragma once

#include <gtk/gtk.h>

#include "core/workspace/sat-service.h"

G_BEGIN_DECLS

#define SAT_TYPE_VIEW_BUTTON (sat_view_button_get_type ())
G_DECLARE_FINAL_TYPE (SatViewButton, sat_view_button, SAT, VIEW_BUTTON, GtkWidget)

/* Before anything else. Signal "chosen" (const char *condition, const char *sort; NULL: none, by
 * title): a view is to be shown. */
void sat_view_button_set_up (SatViewButton *self, SatService *service, const SatObject *object);
/* What is shown now, which is what would be saved. */
void sat_view_button_set_shown (SatViewButton *self, const char *condition, const char *sort);

G_END_DECLS
