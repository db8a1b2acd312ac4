/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Edits a condition: its text, and a builder that writes it. One that was loaded is given back as
 * it was as long as nobody types, whatever is wrong with it. */
#pragma once

#include "gtk-app/field/sat-field-editor.h"

G_BEGIN_DECLS

#define SAT_TYPE_FIELD_CONDITION (sat_field_condition_get_type ())
G_DECLARE_FINAL_TYPE (SatFieldCondition, sat_field_condition, SAT, FIELD_CONDITION, SatFieldEditor)

G_END_DECLS
