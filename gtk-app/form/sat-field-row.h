/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One field of a form: its label, its editor, what is wrong with it, and the way to its conflict.
 * Signals: "changed" (by the person), "conflict" (the person wants to settle it), "left" (with a
 * value that was not loaded). */
#pragma once

#include <adwaita.h>

#include "gtk-app/field/sat-field-editor.h"

G_BEGIN_DECLS

#define SAT_TYPE_FIELD_ROW (sat_field_row_get_type ())
G_DECLARE_FINAL_TYPE (SatFieldRow, sat_field_row, SAT, FIELD_ROW, AdwPreferencesRow)

GtkWidget *sat_field_row_new (const SatField *field, SatService *service);
const SatField *sat_field_row_get_field (SatFieldRow *self);
SatFieldEditor *sat_field_row_get_editor (SatFieldRow *self);

/* The record that was loaded: what is typed here is saved as a value that has seen it. NULL for a
 * new record. */
const SatRecord *sat_field_row_get_base (SatFieldRow *self);

/* Shows BASE's value (or VALUE, for a new record without one), forgetting what was typed. */
void sat_field_row_load (SatFieldRow *self, const SatRecord *base, const char *value);

/* BASE's value counts as loaded, but what was typed stays. */
void sat_field_row_rebase (SatFieldRow *self, const SatRecord *base);

/* Does the row hold something else than was loaded (also something that is no value)? */
gboolean sat_field_row_is_dirty (SatFieldRow *self);
/* What was loaded. */
const char *sat_field_row_get_loaded (SatFieldRow *self);

/* PROBLEM NULL: nothing is wrong. */
void sat_field_row_set_problem (SatFieldRow *self, const GError *problem);
gboolean sat_field_row_has_problem (SatFieldRow *self);
/* Reads the editor; a value that cannot be read is shown as the problem. */
gboolean sat_field_row_read (SatFieldRow *self, char **out_value);

G_END_DECLS
