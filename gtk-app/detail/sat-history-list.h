/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who changed what and when, newest first: a block for what one person changed at one time. Follows
 * the replica. What stands can be taken back, and what stood be brought back. */
#pragma once

#include <adwaita.h>

#include "core/workspace/sat-service.h"

G_BEGIN_DECLS

#define SAT_TYPE_HISTORY_LIST (sat_history_list_get_type ())
G_DECLARE_FINAL_TYPE (SatHistoryList, sat_history_list, SAT, HISTORY_LIST, GtkWidget)

GtkWidget *sat_history_list_new (SatService *service, const SatObject *object, const SatId *id);

G_END_DECLS
