/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A record in two lines, for narrow windows. */
#pragma once

#include <adwaita.h>

#include "gtk-app/model/sat-row.h"

G_BEGIN_DECLS

#define SAT_TYPE_LIST_ROW (sat_list_row_get_type ())
G_DECLARE_FINAL_TYPE (SatListRow, sat_list_row, SAT, LIST_ROW, GtkWidget)

GtkWidget *sat_list_row_new (const SatObject *object);
/* Shows ROW and follows it; NULL: nothing. */
void sat_list_row_set_row (SatListRow *self, SatRow *row);

G_END_DECLS
