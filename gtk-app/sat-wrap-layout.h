/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Children one after another in lines that wrap, as words do (AdwWrapBox came with libadwaita 1.7).
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SAT_TYPE_WRAP_LAYOUT (sat_wrap_layout_get_type ())
G_DECLARE_FINAL_TYPE (SatWrapLayout, sat_wrap_layout, SAT, WRAP_LAYOUT, GtkLayoutManager)

G_END_DECLS
