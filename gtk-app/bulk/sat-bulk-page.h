/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Many records changed alike: those that a list shows get the same values. What would become of
 * them is shown before anything is written; the writing happens in small parts on the service's
 * thread, can be stopped, and is one step for undo. */
#pragma once

#include <adwaita.h>

#include "core/workspace/sat-service.h"

G_BEGIN_DECLS

#define SAT_TYPE_BULK_PAGE (sat_bulk_page_get_type ())
G_DECLARE_FINAL_TYPE (SatBulkPage, sat_bulk_page, SAT, BULK_PAGE, GtkWidget)

/* Has OBJECT fields that a person may change? */
gboolean sat_bulk_page_takes (const SatObject *object);
/* WORDS: what the list was searched for (NULL: it was not); CONDITION: what it is filtered by
 * (NULL: nothing). */
GtkWidget *sat_bulk_page_new (SatService *service,
                              const SatObject *object,
                              const char *words,
                              const char *condition);

G_END_DECLS
