/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Objects and what may be done with their records: a table of choices where there is room for it,
 * else a list with the same as a sentence. Signals: "open" (const SatObject *: its row was
 * activated), "say" (const SatGrant *: the person chose something). */
#pragma once

#include <adwaita.h>

#include "core/workspace/sat-workspace-access.h"

G_BEGIN_DECLS

#define SAT_TYPE_RIGHTS_MATRIX (sat_rights_matrix_get_type ())
G_DECLARE_FINAL_TYPE (SatRightsMatrix, sat_rights_matrix, SAT, RIGHTS_MATRIX, GtkWidget)

/* Whose objects; once, and again when the catalogue is another one. */
void sat_rights_matrix_set_catalogue (SatRightsMatrix *self, const SatCatalogue *catalogue);
/* ACCESS stays the caller's, until it shows another one or NULL. */
void sat_rights_matrix_show (SatRightsMatrix *self, const SatAccess *access, gboolean can_change);

G_END_DECLS
