/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two children side by side where there is room (the first one wider), else one above the other;
 * any number of children of equal width if "even" is set. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SAT_TYPE_COLUMNS_LAYOUT (sat_columns_layout_get_type ())
G_DECLARE_FINAL_TYPE (SatColumnsLayout, sat_columns_layout, SAT, COLUMNS_LAYOUT, GtkLayoutManager)

G_END_DECLS
