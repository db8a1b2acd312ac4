/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws the main screens of a window to PNG files, one after another, as pictures for people who
 * have no display at hand, and for the manual. */
#pragma once

#include "gtk-app/window/sat-window.h"

G_BEGIN_DECLS

/* STATUS 0: every screen is in its file. */
typedef void (*SatRenderDone) (int status, gpointer data);

/* Leads WINDOW through its screens and draws each to DIR (made if need be). Changes nothing in the
 * workspace. DONE is called once, in the main context. */
void sat_render_screens (SatWindow *window, const char *dir, SatRenderDone done, gpointer data);

G_END_DECLS
