/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may be done with the records of one object, and with each of its fields; what is built in,
 * and a way back to it. Signal: "say" (const SatGrant *: the person chose something; one that says
 * nothing takes back what was said of the object or field). */
#pragma once

#include <adwaita.h>

#include "core/workspace/sat-workspace-access.h"

G_BEGIN_DECLS

#define SAT_TYPE_RIGHTS_DETAIL (sat_rights_detail_get_type ())
G_DECLARE_FINAL_TYPE (SatRightsDetail, sat_rights_detail, SAT, RIGHTS_DETAIL, GtkWidget)

/* NULL: of none. */
void sat_rights_detail_set_object (SatRightsDetail *self, const SatObject *object);
const SatObject *sat_rights_detail_get_object (SatRightsDetail *self);
/* ACCESS stays the caller's, until it shows another one or NULL. */
void sat_rights_detail_show (SatRightsDetail *self, const SatAccess *access, gboolean can_change);

G_END_DECLS
