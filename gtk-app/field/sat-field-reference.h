/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Another record: searched for as one types, opened with one click. */
#pragma once

#include "gtk-app/field/sat-field-editor.h"

G_BEGIN_DECLS

#define SAT_TYPE_FIELD_REFERENCE (sat_field_reference_get_type ())
G_DECLARE_FINAL_TYPE (SatFieldReference, sat_field_reference, SAT, FIELD_REFERENCE, SatFieldEditor)

G_END_DECLS
