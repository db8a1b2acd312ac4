/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes a customer of a lead (core/workspace/sat-workspace-convert.h): asks whether a deal is to be
 * made, and, where a customer of that name is here already, whether it is the same one. Then the
 * customer is shown, with a toast that takes all of it back. Main thread only; the replica is
 * written on the service's. */
#pragma once

#include <gtk/gtk.h>

#include "core/workspace/sat-service.h"

G_BEGIN_DECLS

/* WIDGET is in the window where it is asked, below its toasts, and stays there. */
void sat_convert_ask (GtkWidget *widget, SatService *service, const SatId *lead);

G_END_DECLS
