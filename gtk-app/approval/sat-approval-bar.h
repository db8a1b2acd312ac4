/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the newest request for an approval of a record stands, in a row of its page; a click leads to
 * the page of approvals. Follows the replica by sat_approval_bar_load. */
#pragma once

#include <gtk/gtk.h>

#include "core/workspace/sat-service.h"

G_BEGIN_DECLS

#define SAT_TYPE_APPROVAL_BAR (sat_approval_bar_get_type ())
G_DECLARE_FINAL_TYPE (SatApprovalBar, sat_approval_bar, SAT, APPROVAL_BAR, GtkWidget)

GtkWidget *sat_approval_bar_new (SatService *service, const SatObject *object);
/* Shows how it stands with the record ID now. */
void sat_approval_bar_load (SatApprovalBar *self, const SatId *id);
/* PAGE gets the action “approval.ask”, which asks for an approval of the record and is enabled
 * while there is one to ask for. */
void sat_approval_bar_attach (SatApprovalBar *self, GtkWidget *page);

G_END_DECLS
