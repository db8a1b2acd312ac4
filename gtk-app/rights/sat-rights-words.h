/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How rights are called on the page of roles and rights, and the choices among them. Main thread
 * only. */
#pragma once

#include <adwaita.h>

#include "core/workspace/sat-workspace-access.h"

G_BEGIN_DECLS

const char *sat_right_text (SatRight right);
const char *sat_reach_text (SatReach reach);
const char *sat_field_access_text (SatFieldAccess access);

/* The texts of all reaches; of the accesses from LEAST on. */
GtkStringList *sat_reach_list_new (void);
GtkStringList *sat_field_access_list_new (SatFieldAccess least);

/* Is OBJECT one that rights are given on here? */
gboolean sat_rights_has_object (const SatObject *object);
/* What cannot be hidden of a record: what it is called, whose it is, what it belongs to. */
gboolean sat_rights_is_plain (const SatField *field);
/* Was anything said of OBJECT or of a field of it? */
gboolean sat_rights_says_of (const SatAccess *access, const SatObject *object);

G_END_DECLS
