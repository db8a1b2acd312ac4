/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The records of one object that name this one (a customer's contacts), newest or by title, with a
 * button for a new one. Follows the replica. */
#pragma once

#include <adwaita.h>

#include "core/workspace/sat-service.h"

G_BEGIN_DECLS

#define SAT_TYPE_RELATED_LIST (sat_related_list_get_type ())
G_DECLARE_FINAL_TYPE (SatRelatedList, sat_related_list, SAT, RELATED_LIST, GtkWidget)

/* FIELD is a reference field; shown are the records whose FIELD names TARGET. */
GtkWidget *sat_related_list_new (SatService *service, const SatField *field, const SatId *target);

G_END_DECLS
