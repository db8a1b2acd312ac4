/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One of the catalogue's choices, or none. */
#pragma once

#include "gtk-app/field/sat-field-editor.h"

G_BEGIN_DECLS

#define SAT_TYPE_FIELD_CHOICE (sat_field_choice_get_type ())
G_DECLARE_FINAL_TYPE (SatFieldChoice, sat_field_choice, SAT, FIELD_CHOICE, SatFieldEditor)

G_END_DECLS
