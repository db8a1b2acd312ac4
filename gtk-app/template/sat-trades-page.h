/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The templates for trades: a list of them, then the items of one, of which an administrator ticks
 * those that the company wants. What is here already cannot be ticked. All that is applied at once
 * is one step that undo takes back. None of it takes a network. */
#pragma once

#include <adwaita.h>

#include "core/workspace/sat-service.h"

G_BEGIN_DECLS

#define SAT_TYPE_TRADES_PAGE (sat_trades_page_get_type ())
G_DECLARE_FINAL_TYPE (SatTradesPage, sat_trades_page, SAT, TRADES_PAGE, GtkWidget)

GtkWidget *sat_trades_page_new (SatService *service);

/* Shows the items of the template NAME; NULL: all templates. */
void sat_trades_page_open (SatTradesPage *self, const char *name);

G_END_DECLS
