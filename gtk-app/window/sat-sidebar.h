/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The places of the program, and how it stands with the others. A place's name is an object's, or
 * "approvals", "conflicts" or "books". Objects that say how the company works (kind setup) are in a
 * group of their own, closed at first, of which everybody sees those that his role may edit. */
#pragma once

#include <adwaita.h>

#include "core/workspace/sat-service.h"
#include "gtk-app/sync/sat-sync-indicator.h"

G_BEGIN_DECLS

#define SAT_TYPE_SIDEBAR (sat_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (SatSidebar, sat_sidebar, SAT, SIDEBAR, GtkWidget)

void sat_sidebar_set_service (SatSidebar *self, SatService *service);
/* The places that there are with CATALOGUE, after sat_sidebar_set_service. */
void sat_sidebar_reshape (SatSidebar *self, const SatCatalogue *catalogue);
void sat_sidebar_set_folded (SatSidebar *self, gboolean folded);
/* Marks the place NAME; NULL: none. */
void sat_sidebar_select (SatSidebar *self, const char *name);
/* The name of place INDEX from 0, NULL beyond the last; those of the group do not count. */
const char *sat_sidebar_get_place (SatSidebar *self, guint index);
SatSyncIndicator *sat_sidebar_get_sync (SatSidebar *self);

G_END_DECLS
