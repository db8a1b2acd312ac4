/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small picture, a button that chooses a file and one that removes it. */
#pragma once

#include "gtk-app/field/sat-field-editor.h"

G_BEGIN_DECLS

#define SAT_TYPE_FIELD_PICTURE (sat_field_picture_get_type ())
G_DECLARE_FINAL_TYPE (SatFieldPicture, sat_field_picture, SAT, FIELD_PICTURE, SatFieldEditor)

/* What choosing FILE does; one that is no picture is told in a toast. */
void sat_field_picture_take (SatFieldPicture *self, GFile *file);

G_END_DECLS
