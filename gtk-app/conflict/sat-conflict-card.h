/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One conflict: the values side by side, each with who wrote it, where and when, and what was there
 * before. Signal "take" (guint index): the person chose that value. */
#pragma once

#include <adwaita.h>

#include "gtk-app/conflict/sat-conflict-work.h"

G_BEGIN_DECLS

#define SAT_TYPE_CONFLICT_CARD (sat_conflict_card_get_type ())
G_DECLARE_FINAL_TYPE (SatConflictCard, sat_conflict_card, SAT, CONFLICT_CARD, GtkListBoxRow)

/* PICTURE is borrowed and outlives the card. */
GtkWidget *sat_conflict_card_new (const SatConflictPicture *picture, gint64 now_ms);
const SatConflictPicture *sat_conflict_card_get_picture (SatConflictCard *self);

G_END_DECLS
