/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Edits the actions of a rule (docs/rules.md): a card for each, which can be moved and removed.
 * What was loaded is given back as it was as long as nobody changes it, whatever is wrong with it.
 */
#pragma once

#include "gtk-app/field/sat-field-editor.h"

G_BEGIN_DECLS

#define SAT_TYPE_FIELD_ACTIONS (sat_field_actions_get_type ())
G_DECLARE_FINAL_TYPE (SatFieldActions, sat_field_actions, SAT, FIELD_ACTIONS, SatFieldEditor)

G_END_DECLS
