/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One line: text, numbers, percent, phone, e-mail, web. A button beside it calls, writes or opens.
 */
#pragma once

#include "gtk-app/field/sat-field-editor.h"

G_BEGIN_DECLS

#define SAT_TYPE_FIELD_TEXT (sat_field_text_get_type ())
G_DECLARE_FINAL_TYPE (SatFieldText, sat_field_text, SAT, FIELD_TEXT, SatFieldEditor)

G_END_DECLS
