/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who looks after a record and which book it is in: both are chosen here, and what goes along is
 * said before anything changes. Of a user it hands over everything that user owns; this goes on
 * when the page is left, and can be stopped. Either can be undone from the toast that tells of it.
 */
#pragma once

#include <adwaita.h>

#include "core/workspace/sat-service.h"

G_BEGIN_DECLS

#define SAT_TYPE_ASSIGN_PAGE (sat_assign_page_get_type ())
G_DECLARE_FINAL_TYPE (SatAssignPage, sat_assign_page, SAT, ASSIGN_PAGE, GtkWidget)

/* Can records of OBJECT be moved or handed over, or (users) what they own? */
gboolean sat_assign_page_takes (const SatObject *object);

/* ALL: not the record ID, which is a user, but everything that user owns. */
GtkWidget *
sat_assign_page_new (SatService *service, const SatObject *object, const SatId *id, gboolean all);
const SatId *sat_assign_page_get_id (SatAssignPage *self);

G_END_DECLS
