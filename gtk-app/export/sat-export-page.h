/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records of one object to a file: say how it is to be written, say where, wait. The writing
 * happens on the service's threads and can be cancelled; it goes on when the page is left, and
 * tells of its end wherever the person is by then. */
#pragma once

#include <adwaita.h>

#include "core/workspace/sat-service.h"

G_BEGIN_DECLS

#define SAT_TYPE_EXPORT_PAGE (sat_export_page_get_type ())
G_DECLARE_FINAL_TYPE (SatExportPage, sat_export_page, SAT, EXPORT_PAGE, GtkWidget)

/* WORDS: what the list was searched for (NULL: it was not); CONDITION: what it is filtered by
 * (NULL: nothing); SORT: how it is sorted (sat-export-work.h). */
GtkWidget *sat_export_page_new (SatService *service,
                                const SatObject *object,
                                const char *words,
                                const char *condition,
                                const char *sort);
/* Writes FILE, in the format that its ending says or, where that says nothing, in the chosen one. A
 * name without an ending gets one. */
void sat_export_page_save (SatExportPage *self, GFile *file);

G_END_DECLS
