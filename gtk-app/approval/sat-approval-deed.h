/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person does with a request: the question, the work, and the toast that tells of it. */
#pragma once

#include "gtk-app/approval/sat-approval-card.h"

G_BEGIN_DECLS

/* Asks over the window of WIDGET what ACT needs, and does it with the request of PICTURE. */
void sat_approval_deed_ask (GtkWidget *widget,
                            SatService *service,
                            const SatApprovalPicture *picture,
                            SatApprovalAct act);

G_END_DECLS
