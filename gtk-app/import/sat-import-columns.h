/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was found in a file, and which of its columns goes to which field: the form in the middle of
 * the import page.
 *
 * Signals: "changed" (): another field, another way to read dates, another way to match;
 * "reopen" (): another sheet, or the header is meant otherwise. */
#pragma once

#include <adwaita.h>

#include "gtk-app/import/sat-import-work.h"

G_BEGIN_DECLS

#define SAT_TYPE_IMPORT_COLUMNS (sat_import_columns_get_type ())
G_DECLARE_FINAL_TYPE (SatImportColumns, sat_import_columns, SAT, IMPORT_COLUMNS, GtkWidget)

/* Shows a file looked into for the first time; FIELD of each column is the proposal. */
void sat_import_columns_set_look (SatImportColumns *self,
                                  const SatObject *object,
                                  const char *file_name,
                                  const SatImportLook *look);
/* Takes over what looking again with the choices made has found: which dates are undecided. */
void sat_import_columns_update (SatImportColumns *self, const SatImportLook *look);

/* Answers every question about dates: 1 for day/month/year, 2 for month/day/year. */
void sat_import_columns_decide (SatImportColumns *self, guint order);

/* SatImportChoice of every column. */
GPtrArray *sat_import_columns_choices (SatImportColumns *self) G_GNUC_WARN_UNUSED_RESULT;
/* The field to match by, SAT_IMPORT_ID, or NULL. Owned by the catalogue. */
const char *sat_import_columns_match (SatImportColumns *self);
/* The number of the sheet to read, from 1; NULL: the first. Newly allocated. */
char *sat_import_columns_sheet (SatImportColumns *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean sat_import_columns_no_header (SatImportColumns *self);
/* Are records that references name and that are not there to be made? */
gboolean sat_import_columns_create_missing (SatImportColumns *self);
/* Why the file cannot be tried yet; NULL: it can. Newly allocated. */
char *sat_import_columns_problem (SatImportColumns *self) G_GNUC_WARN_UNUSED_RESULT;
guint sat_import_columns_n_left_out (SatImportColumns *self);

G_END_DECLS
