/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Roles and rights: what a role may do with the records of each object and with their fields, for
 * an administrator to change, for everybody to read; and what somebody may see, and why. Every
 * change is a step of its own that undo takes back. None of it takes a network. */
#pragma once

#include <adwaita.h>

#include "core/workspace/sat-service.h"

G_BEGIN_DECLS

#define SAT_TYPE_RIGHTS_PAGE (sat_rights_page_get_type ())
G_DECLARE_FINAL_TYPE (SatRightsPage, sat_rights_page, SAT, RIGHTS_PAGE, GtkWidget)

GtkWidget *sat_rights_page_new (SatService *service);

/* Shows what may be done with the records of OBJECT (a name); NULL: all objects. */
void sat_rights_page_open (SatRightsPage *self, const char *object);

G_END_DECLS
