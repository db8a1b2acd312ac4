/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A deal could not go on: what is missing, and for those who may, going on anyway. */
#pragma once

#include <gtk/gtk.h>

#include "core/workspace/sat-service.h"

G_BEGIN_DECLS

typedef void (*SatGateForce) (const char *reason, gpointer data);

/* Shows ERROR, a SAT_ERROR_GATE, over the window of WIDGET. FORCE is called with the reason, never
 * an empty one, if the person gives one and may; FREE_DATA when the question is over. */
void sat_gate_dialog_show (GtkWidget *widget,
                           SatService *service,
                           const GError *error,
                           SatGateForce force,
                           gpointer data,
                           GDestroyNotify free_data);

G_END_DECLS
