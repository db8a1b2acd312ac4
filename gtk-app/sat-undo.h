/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A step that somebody took can be taken back: from the toast that tells of it, or the last one at
 * any time. Main thread only;
 * the replica is written on the service's. */
#pragma once

#include <gtk/gtk.h>

#include "core/workspace/sat-service.h"

G_BEGIN_DECLS

/* A toast TEXT in the window that WIDGET is in, with a button that takes STEP back
 * (sat-workspace-undo.h), whatever was done since, and then says what became of it. STEP 0: there
 * is nothing to take back, and no button. WIDGET may be gone by then. */
void sat_undo_offer (GtkWidget *widget, SatService *service, const char *text, gint64 step);

/* Takes back the last step, or (REDO) does again what was undone last, and says in a toast what
 * became of it, with a button that leads the other way. */
void sat_undo_last (GtkWidget *widget, SatService *service, gboolean redo);

G_END_DECLS
