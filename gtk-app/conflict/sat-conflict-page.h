/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All that waits for somebody's decision. Keys 1 to 9 take that value of the selected conflict. */
#pragma once

#include <adwaita.h>

#include "core/workspace/sat-service.h"

G_BEGIN_DECLS

#define SAT_TYPE_CONFLICT_PAGE (sat_conflict_page_get_type ())
G_DECLARE_FINAL_TYPE (SatConflictPage, sat_conflict_page, SAT, CONFLICT_PAGE, GtkWidget)

GtkWidget *sat_conflict_page_new (SatService *service);

/* Selects the conflict of that field (NULL: the first one of the record) as soon as it is there. */
void sat_conflict_page_select (SatConflictPage *self, const SatId *id, const SatField *field);

/* Takes value NUMBER (from 1) of the selected conflict. */
void sat_conflict_page_take (SatConflictPage *self, guint number);

G_END_DECLS
