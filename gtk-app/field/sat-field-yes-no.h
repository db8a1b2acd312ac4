/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A switch; untouched it stays empty. */
#pragma once

#include "gtk-app/field/sat-field-editor.h"

G_BEGIN_DECLS

#define SAT_TYPE_FIELD_YES_NO (sat_field_yes_no_get_type ())
G_DECLARE_FINAL_TYPE (SatFieldYesNo, sat_field_yes_no, SAT, FIELD_YES_NO, SatFieldEditor)

G_END_DECLS
