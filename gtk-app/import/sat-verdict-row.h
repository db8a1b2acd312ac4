/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One row of a file as the import page shows it: its number, what becomes of it, and why not. */
#pragma once

#include <gtk/gtk.h>

#include "gtk-app/import/sat-verdict-model.h"

G_BEGIN_DECLS

#define SAT_TYPE_VERDICT_ROW (sat_verdict_row_get_type ())
G_DECLARE_FINAL_TYPE (SatVerdictRow, sat_verdict_row, SAT, VERDICT_ROW, GtkWidget)

GtkWidget *sat_verdict_row_new (void);
void sat_verdict_row_set_verdict (SatVerdictRow *self, SatVerdict *verdict);

/* “New”, “Changed” ... */
const char *sat_verdict_name (SatImportVerdict verdict);

G_END_DECLS
