/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is done by itself: the rules, those that come with Satchel too, to be switched on and off;
 * what they would do now, and what they have done. A rule's own page is that of its record. */
#pragma once

#include <adwaita.h>

#include "core/workspace/sat-service.h"

G_BEGIN_DECLS

#define SAT_TYPE_RULES_PAGE (sat_rules_page_get_type ())
G_DECLARE_FINAL_TYPE (SatRulesPage, sat_rules_page, SAT, RULES_PAGE, GtkWidget)

GtkWidget *sat_rules_page_new (SatService *service);

G_END_DECLS
