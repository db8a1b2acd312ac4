/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The name of a file, and buttons that open it, save it elsewhere, choose another one and remove
 * it. A file can be dropped here. Opening and saving stay where nothing may be changed. */
#pragma once

#include "gtk-app/field/sat-field-editor.h"

G_BEGIN_DECLS

#define SAT_TYPE_FIELD_ATTACHMENT (sat_field_attachment_get_type ())
G_DECLARE_FINAL_TYPE (
    SatFieldAttachment, sat_field_attachment, SAT, FIELD_ATTACHMENT, SatFieldEditor)

/* What choosing or dropping FILE does; one that cannot be attached is told in a toast. */
void sat_field_attachment_take (SatFieldAttachment *self, GFile *file);

G_END_DECLS
