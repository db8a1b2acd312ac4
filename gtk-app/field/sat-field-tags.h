/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tags as chips, with an entry for one more and a list of those the catalogue knows. */
#pragma once

#include "gtk-app/field/sat-field-editor.h"

G_BEGIN_DECLS

#define SAT_TYPE_FIELD_TAGS (sat_field_tags_get_type ())
G_DECLARE_FINAL_TYPE (SatFieldTags, sat_field_tags, SAT, FIELD_TAGS, SatFieldEditor)

G_END_DECLS
