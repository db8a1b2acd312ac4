/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the newest request for an approval of a record stands, in a row of its page; a click leads to
 * the page of approvals. Follows the replica by sat_approval_bar_load. */
#pragma once

#include <gtk/gtk.h>

#include "core/workspace/sat-service.h"

G_BEGIN_DECLS

#define SAT_TYPE_APPROVAL_BAR (sat_approval_bar_get_type ())
G_DECLARE_FINAL_TYPE (SatApprovalBar, sat_approval_bar, SAT, APPROVAL_BAR, GtkWidget)

/* Property "askable": there is an approval of the record that can be asked for. */
GtkWidget *sat_approval_bar_new (SatService *service, const SatObject *object);
/* Shows how it stands with the record ID now. */
void sat_approval_bar_load (SatApprovalBar *self, const SatId *id);
gboolean sat_approval_bar_is_askable (SatApprovalBar *self);
/* Asks for it. */
void sat_approval_bar_ask (SatApprovalBar *self);

G_END_DECLS
