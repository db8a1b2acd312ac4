/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One action of a rule: what it does, chosen from a list, and its parts (core's sat-rule-words.h),
 * each chosen or typed. Signals: "changed"; "moved" (int: -1 up, 1 down, 0 it is not wanted). */
#pragma once

#include <gtk/gtk.h>

#include "core/catalogue/sat-catalogue.h"

G_BEGIN_DECLS

#define SAT_TYPE_ACTION_CARD (sat_action_card_get_type ())
G_DECLARE_FINAL_TYPE (SatActionCard, sat_action_card, SAT, ACTION_CARD, GtkWidget)

GtkWidget *sat_action_card_new (const SatCatalogue *catalogue);

/* Of which records the rule is; NULL: not known. */
void sat_action_card_set_about (SatActionCard *self, const SatObject *about);
/* NULL: a new one. */
void sat_action_card_set_line (SatActionCard *self, const char *line);
/* As it was set, while nobody changes it. Newly allocated. */
char *sat_action_card_get_line (SatActionCard *self);
void sat_action_card_set_place (SatActionCard *self, gboolean first, gboolean last);
void sat_action_card_set_wrong (SatActionCard *self, gboolean wrong);

G_END_DECLS
