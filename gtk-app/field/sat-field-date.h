/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A date, or a date with the time of day: typed, or picked from a calendar. */
#pragma once

#include "gtk-app/field/sat-field-editor.h"

G_BEGIN_DECLS

#define SAT_TYPE_FIELD_DATE (sat_field_date_get_type ())
G_DECLARE_FINAL_TYPE (SatFieldDate, sat_field_date, SAT, FIELD_DATE, SatFieldEditor)

G_END_DECLS
