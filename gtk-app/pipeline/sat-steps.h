/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stages of a deal's pipeline in a row: where it stands, what comes next and what is missing
 * for that. A click moves the deal; what its pipeline does not let through is explained. */
#pragma once

#include <gtk/gtk.h>

#include "core/workspace/sat-service.h"

G_BEGIN_DECLS

#define SAT_TYPE_STEPS (sat_steps_get_type ())
G_DECLARE_FINAL_TYPE (SatSteps, sat_steps, SAT, STEPS, GtkWidget)

/* Have records of OBJECT stages? */
gboolean sat_steps_has (const SatObject *object);
GtkWidget *sat_steps_new (SatService *service);
/* Shows the deal ID as it is now. */
void sat_steps_load (SatSteps *self, const SatId *id);

G_END_DECLS
