/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One request for an approval: the record, who asked, the values as they were and as they are, the
 * steps, what was said, and what there is to do. Signal "act" (int: one of SatApprovalAct). */
#pragma once

#include <adwaita.h>

#include "gtk-app/approval/sat-approvals-work.h"

G_BEGIN_DECLS

typedef enum
{
  SAT_ACT_APPROVE,
  SAT_ACT_REJECT,
  SAT_ACT_DELEGATE,
  SAT_ACT_OVERRIDE,
  SAT_ACT_AGAIN,
  SAT_ACT_REMIND,
  SAT_ACT_COMMENT,
  SAT_ACT_WITHDRAW,
} SatApprovalAct;

#define SAT_TYPE_APPROVAL_CARD (sat_approval_card_get_type ())
G_DECLARE_FINAL_TYPE (SatApprovalCard, sat_approval_card, SAT, APPROVAL_CARD, GtkListBoxRow)

/* PICTURE is borrowed and outlives the card. */
GtkWidget *sat_approval_card_new (const SatApprovalPicture *picture, gint64 now_ms);
const SatApprovalPicture *sat_approval_card_get_picture (SatApprovalCard *self);

G_END_DECLS
