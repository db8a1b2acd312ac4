/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An amount and its currency. */
#pragma once

#include "gtk-app/field/sat-field-editor.h"

G_BEGIN_DECLS

#define SAT_TYPE_FIELD_MONEY (sat_field_money_get_type ())
G_DECLARE_FINAL_TYPE (SatFieldMoney, sat_field_money, SAT, FIELD_MONEY, SatFieldEditor)

G_END_DECLS
