/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Approvals: those that wait for the user, those that he asked for, and, for who sees more, all. */
#pragma once

#include <adwaita.h>

#include "gtk-app/approval/sat-approvals-work.h"

G_BEGIN_DECLS

#define SAT_TYPE_APPROVALS_PAGE (sat_approvals_page_get_type ())
G_DECLARE_FINAL_TYPE (SatApprovalsPage, sat_approvals_page, SAT, APPROVALS_PAGE, GtkWidget)

GtkWidget *sat_approvals_page_new (SatService *service);
void sat_approvals_page_show (SatApprovalsPage *self, SatApprovalsWhich which);

G_END_DECLS
