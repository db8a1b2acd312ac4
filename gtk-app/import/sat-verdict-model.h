/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of a tried import as a list: each becomes an object only when it is looked at, so that
 * half a million of them cost nothing. */
#pragma once

#include "gtk-app/import/sat-import-work.h"

G_BEGIN_DECLS

#define SAT_TYPE_VERDICT (sat_verdict_get_type ())
G_DECLARE_FINAL_TYPE (SatVerdict, sat_verdict, SAT, VERDICT, GObject)

const SatImportLine *sat_verdict_get_line (SatVerdict *self);
/* What is wrong with the row, a line for each error, or that a colleague has it already; NULL:
 * nothing. Newly allocated. */
char *sat_verdict_text (SatVerdict *self) G_GNUC_WARN_UNUSED_RESULT;

#define SAT_TYPE_VERDICT_MODEL (sat_verdict_model_get_type ())
G_DECLARE_FINAL_TYPE (SatVerdictModel, sat_verdict_model, SAT, VERDICT_MODEL, GObject)

#define SAT_VERDICT_ALL (-1)
#define SAT_VERDICT_TAKEN (SAT_IMPORT_ERROR + 1) /* a colleague has it already */

SatVerdictModel *sat_verdict_model_new (SatImportReport *report) G_GNUC_WARN_UNUSED_RESULT;
/* Shows the rows of one SatImportVerdict, SAT_VERDICT_TAKEN, or SAT_VERDICT_ALL. */
void sat_verdict_model_set_filter (SatVerdictModel *self, int verdict);
guint sat_verdict_model_count (SatVerdictModel *self, int verdict);

G_END_DECLS
