/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sentences of the import page. Each is newly allocated. */
#pragma once

#include "gtk-app/import/sat-import-work.h"

G_BEGIN_DECLS

/* N as people write it. */
char *sat_import_count_text (guint64 n);
/* Below the rows: what is wrong with the BAD ones, or what is left out of the good ones. */
char *sat_import_rows_text (const SatImportReport *report, guint bad);
/* On the button that imports the rows that are good. */
char *sat_import_button_text (const SatImportReport *report, guint bad);
/* What was imported. */
char *sat_import_done_text (const SatImportResult *result);

G_END_DECLS
