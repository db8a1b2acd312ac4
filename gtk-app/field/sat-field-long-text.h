/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several lines, growing with what is typed: long text, address. */
#pragma once

#include "gtk-app/field/sat-field-editor.h"

G_BEGIN_DECLS

#define SAT_TYPE_FIELD_LONG_TEXT (sat_field_long_text_get_type ())
G_DECLARE_FINAL_TYPE (SatFieldLongText, sat_field_long_text, SAT, FIELD_LONG_TEXT, SatFieldEditor)

G_END_DECLS
