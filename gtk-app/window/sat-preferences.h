/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The preferences: how often to exchange changes, and where the workspace is. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* HUB may be NULL: not known yet. */
/* How often to exchange, as SETTINGS say (NULL: they are not there). What an administrator has
 * locked is shown as it is and cannot be changed. */
GtkWidget *sat_preferences_interval_row (GSettings *settings) G_GNUC_WARN_UNUSED_RESULT;
GtkWindow *sat_preferences_new (GtkWindow *parent, const char *home, const char *hub);

G_END_DECLS
