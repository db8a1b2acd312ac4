/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records of one object from a file: choose it, say what its columns are, see what would become of
 * each row, import. Everything but the choosing happens on the service's threads and can be
 * cancelled; leaving the page gives up what is under way, except an import for good, which goes on
 * and tells of its end wherever the person is by then. */
#pragma once

#include <adwaita.h>

#include "core/workspace/sat-service.h"

G_BEGIN_DECLS

#define SAT_TYPE_IMPORT_PAGE (sat_import_page_get_type ())
G_DECLARE_FINAL_TYPE (SatImportPage, sat_import_page, SAT, IMPORT_PAGE, GtkWidget)

GtkWidget *sat_import_page_new (SatService *service, const SatObject *object);
void sat_import_page_open (SatImportPage *self, GFile *file);
/* Is an import for good under way? */
gboolean sat_import_page_is_importing (SatImportPage *self);

G_END_DECLS
