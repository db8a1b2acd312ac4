/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The preferences: how often to exchange changes, and where the workspace is. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* HUB may be NULL: not known yet. */
GtkWindow *sat_preferences_new (GtkWindow *parent, const char *home, const char *hub);

G_END_DECLS
