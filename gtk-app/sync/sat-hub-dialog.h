/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks a person what a SatHubQuestion says, in words that tell what the answer means. The safe
 * answer is the one that Enter and Escape give; a changed key or certificate can be trusted only
 * after the person has said that somebody named it to them.
 *
 * Signal "answered" (): the person has answered (and not: rather not). The dialog closes itself. */
#pragma once

#include <adwaita.h>

#include "gtk-app/sync/sat-hub-question.h"

G_BEGIN_DECLS

#define SAT_TYPE_HUB_DIALOG (sat_hub_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SatHubDialog, sat_hub_dialog, SAT, HUB_DIALOG, AdwMessageDialog)

/* USER (may be NULL): who the person probably is there. */
SatHubDialog *
sat_hub_dialog_new (GtkWindow *parent, const SatHubQuestion *question, const char *user);
/* Adds what was answered to ANSWER. */
void sat_hub_dialog_take (SatHubDialog *self, SatHubAnswer *answer);

G_END_DECLS
