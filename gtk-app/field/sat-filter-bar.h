/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A condition that a list is filtered by: its text, which a person may write, and a builder that
 * writes it. Signals: "changed": there is another condition now; while the text is none, the last
 * one stays; "typed": there is another text, whatever it is. */
#pragma once

#include <gtk/gtk.h>

#include "core/expression/sat-expression.h"

G_BEGIN_DECLS

#define SAT_TYPE_FILTER_BAR (sat_filter_bar_get_type ())
G_DECLARE_FINAL_TYPE (SatFilterBar, sat_filter_bar, SAT, FILTER_BAR, GtkWidget)

/* Before anything else. NULL: it is not known what the condition is about, and none can be built.
 */
void sat_filter_bar_set_object (SatFilterBar *self, const SatObject *object);
/* Part of a form: conditions are for USE, and the form says what is wrong. */
void sat_filter_bar_set_part (SatFilterBar *self, SatExpressionUse use);
/* In canonical text; NULL: none. */
const char *sat_filter_bar_get_condition (SatFilterBar *self);
/* What stands there, a condition or not. */
const char *sat_filter_bar_get_text (SatFilterBar *self);
/* Where it is typed. */
GtkWidget *sat_filter_bar_get_entry (SatFilterBar *self);
/* TEXT may be NULL. It is read at once. */
void sat_filter_bar_set_text (SatFilterBar *self, const char *text);

G_END_DECLS
