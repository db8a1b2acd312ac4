/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A record's form, made from the catalogue: a group of rows for each of the object's form groups.
 *
 * What a person typed stays until it is saved or thrown away, whatever arrives meanwhile: each
 * field remembers the record it was read from, fields nobody touched follow the replica, and saving
 * writes only the touched ones, each as a value that has seen its own record.
 *
 * Property "dirty". Signals: "conflict" (const SatField *): the person wants to settle that field;
 * "left" (const SatField *, const char *): the person left it with that value, which was not
 * loaded.
 */
#pragma once

#include <adwaita.h>

#include "core/workspace/sat-service.h"

G_BEGIN_DECLS

#define SAT_TYPE_FORM (sat_form_get_type ())
G_DECLARE_FINAL_TYPE (SatForm, sat_form, SAT, FORM, GtkWidget)

GtkWidget *sat_form_new (SatService *service, const SatObject *object);

/* Shows a new record: the catalogue's defaults, and VALUE in FIELD (may be NULL). */
void sat_form_load_new (SatForm *self, const SatField *field, const char *value);
/* Shows RECORD, forgetting what was typed. */
void sat_form_load (SatForm *self, const SatRecord *record);
/* RECORD is what the replica has now: untouched fields show it. Returns how many touched fields
 * have got another value underneath. */
guint sat_form_refresh (SatForm *self, const SatRecord *record);

/* RECORD is what the replica has after saving the drafts taken: what was saved is no longer
 * touched, what was typed since then stays. */
void sat_form_saved (SatForm *self, const SatRecord *record);

/* TEXTS: what the derived fields of the object give, in their order; "" for nothing. They are shown
 * below the others, to be read only. */
void sat_form_show_computed (SatForm *self, const char *const *texts);

gboolean sat_form_is_dirty (SatForm *self);

/* What is to be saved: an array of SatDraft, one for each record that touched fields were read from
 * (one in nearly every case). NULL if something stands in the way: it is shown beside its field,
 * and the first such field has the focus. */
GPtrArray *sat_form_take_drafts (SatForm *self) G_GNUC_WARN_UNUSED_RESULT;

/* Throws away what was typed; the result brings it back. */
typedef struct _SatFormTyped SatFormTyped;
SatFormTyped *sat_form_discard (SatForm *self) G_GNUC_WARN_UNUSED_RESULT;
void sat_form_restore (SatForm *self, const SatFormTyped *typed);
void sat_form_typed_free (SatFormTyped *typed);

/* As if the person had typed VALUE into FIELD, which is brought into view. */
void sat_form_type (SatForm *self, const SatField *field, const char *value);
/* NULL: the first field. */
void sat_form_focus (SatForm *self, const SatField *field);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatFormTyped, sat_form_typed_free)

G_END_DECLS
