/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A button with the columns of a list: which fields are shown, and in which order. The title is
 * always the first. */
#pragma once

#include <gtk/gtk.h>

#include "core/catalogue/sat-catalogue.h"

G_BEGIN_DECLS

#define SAT_TYPE_COLUMN_BUTTON (sat_column_button_get_type ())
G_DECLARE_FINAL_TYPE (SatColumnButton, sat_column_button, SAT, COLUMN_BUTTON, GtkWidget)

/* Before anything else. */
void sat_column_button_set_object (SatColumnButton *self, const SatObject *object);
/* What is shown now: const SatField *. COLUMNS must not change any more. */
void sat_column_button_set_columns (SatColumnButton *self, GPtrArray *columns);
/* What the person wants, at the signal "changed" (no arguments). Owned by the button. */
GPtrArray *sat_column_button_get_columns (SatColumnButton *self);

G_END_DECLS
