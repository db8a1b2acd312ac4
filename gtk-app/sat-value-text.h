/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Canonical values and times as people read them, in the person's language. Functions that take no
 * widget and no workspace may be called on any thread. */
#pragma once

#include "core/workspace/sat-workspace.h"

G_BEGIN_DECLS

/* VALUE of FIELD on one line; "" for NULL. A reference stays an id: see the next function. Newly
 * allocated. */
char *sat_value_text (const SatField *field, const char *value) G_GNUC_WARN_UNUSED_RESULT;

/* As above with references replaced by the title of what they name. On a thread of the service. */
char *sat_value_text_in (SatWorkspace *workspace,
                         const SatField *field,
                         const char *value) G_GNUC_WARN_UNUSED_RESULT;

/* As above from a record, for list columns and two-line rows. */
char *sat_record_text_in (SatWorkspace *workspace,
                          const SatRecord *record,
                          const SatField *field) G_GNUC_WARN_UNUSED_RESULT;

/* "1234567.50" -> "1,234,567.50" with the separators of the locale. */
char *sat_number_text (const char *number) G_GNUC_WARN_UNUSED_RESULT;

/* "just now", "5 minutes ago", "yesterday 16:00", "3 Nov 2026". MS since 1970. */
char *sat_time_ago_text (gint64 ms, gint64 now_ms) G_GNUC_WARN_UNUSED_RESULT;

/* The label of the choice NAME, or NAME itself if the catalogue does not know it. */
const char *sat_choice_text (const SatField *field, const char *name);
/* The position of the choice NAME, or -1. */
int sat_choice_index (const SatField *field, const char *name);

/* Numbers, money and percent stand at the right of their column. */
gboolean sat_field_is_number (const SatField *field);

G_END_DECLS
