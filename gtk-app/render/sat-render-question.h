/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the hub's computer may ask, to be drawn (sat-render.h), and what a save that lacks an
 * approval asks: windows over PARENT. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWindow *sat_render_host_unknown (GtkWindow *parent);
GtkWindow *sat_render_host_changed (GtkWindow *parent);
GtkWindow *sat_render_certificate_unknown (GtkWindow *parent);
GtkWindow *sat_render_sign_in (GtkWindow *parent);
GtkWindow *sat_render_sign_in_book (GtkWindow *parent);
GtkWindow *sat_render_key_locked (GtkWindow *parent);
GtkWindow *sat_render_approval_missing (GtkWindow *parent);

G_END_DECLS
