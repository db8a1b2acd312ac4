/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One record: its form, what belongs to it, and its history. Follows the replica without ever
 * touching what the person is typing.
 *
 * Signal "saved-new": the new record has been saved, and the page is now that record's. */
#pragma once

#include <adwaita.h>

#include "core/workspace/sat-service.h"

G_BEGIN_DECLS

#define SAT_TYPE_RECORD_PAGE (sat_record_page_get_type ())
G_DECLARE_FINAL_TYPE (SatRecordPage, sat_record_page, SAT, RECORD_PAGE, GtkWidget)

/* The record ID of OBJECT. */
GtkWidget *sat_record_page_new (SatService *service, const SatObject *object, const SatId *id);
/* A new record of OBJECT, with VALUE in FIELD (may be NULL). */
GtkWidget *sat_record_page_new_blank (SatService *service,
                                      const SatObject *object,
                                      const SatField *field,
                                      const char *value);

/* NULL for a record that has not been saved yet. */
const SatId *sat_record_page_get_id (SatRecordPage *self);
/* Puts the cursor into FIELD (NULL: the first). */
void sat_record_page_focus_field (SatRecordPage *self, const SatField *field);

G_END_DECLS
