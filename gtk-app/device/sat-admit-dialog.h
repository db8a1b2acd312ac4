/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks which laptop is let in and with which role: one that was copied or restored, which is a new
 * device. Nothing is written here; the answer comes as a signal:
 *
 *   ::admitted (const char *device, const char *role)   the id as typed, and the role's name */
#pragma once

#include <adwaita.h>

#include "core/workspace/sat-service.h"

G_BEGIN_DECLS

#define SAT_TYPE_ADMIT_DIALOG (sat_admit_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SatAdmitDialog, sat_admit_dialog, SAT, ADMIT_DIALOG, AdwMessageDialog)

/* DEVICE: one that waits; NULL: its id is asked for. */
GtkWidget *sat_admit_dialog_new (GtkWindow *parent, SatService *service, const SatId *device);

G_END_DECLS
