/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A condition that a list is filtered by: its text, which a person may write, and a builder that
 * writes it. Signal "changed": there is another condition now; while the text is none, the last one
 * stays. */
#pragma once

#include <gtk/gtk.h>

#include "core/catalogue/sat-catalogue.h"

G_BEGIN_DECLS

#define SAT_TYPE_FILTER_BAR (sat_filter_bar_get_type ())
G_DECLARE_FINAL_TYPE (SatFilterBar, sat_filter_bar, SAT, FILTER_BAR, GtkWidget)

/* Before anything else. */
void sat_filter_bar_set_object (SatFilterBar *self, const SatObject *object);
/* In canonical text; NULL: none. */
const char *sat_filter_bar_get_condition (SatFilterBar *self);
/* What stands there, a condition or not. */
const char *sat_filter_bar_get_text (SatFilterBar *self);
/* TEXT may be NULL. It is read at once. */
void sat_filter_bar_set_text (SatFilterBar *self, const char *text);

G_END_DECLS
