/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An edit in progress: a new record, or changes to one that was read. Only what the person changed
 * is in it; saving writes only that. Not thread-safe; hand it over whole. */
#pragma once

#include <glib.h>

#include "core/record/sat-record.h"

G_BEGIN_DECLS

typedef struct _SatDraft SatDraft;

/* A new record with the defaults of the catalogue set. */
SatDraft *sat_draft_new (const SatObject *object) G_GNUC_WARN_UNUSED_RESULT;
/* Changes to RECORD, which is kept (its dots say what the person has seen). */
SatDraft *sat_draft_edit (const SatRecord *record) G_GNUC_WARN_UNUSED_RESULT;
void sat_draft_free (SatDraft *draft);

const SatObject *sat_draft_object (const SatDraft *draft);
const SatRecord *sat_draft_base (const SatDraft *draft); /* NULL for a new record */

/* For new records made by the demo, import and tests: their id (else one is made when saved), and
 * the book asked for (else the object's rule decides). */
void sat_draft_set_id (SatDraft *draft, const SatId *id);
const SatId *sat_draft_id (const SatDraft *draft); /* NULL if none was set; base's id for an edit */
void sat_draft_set_book (SatDraft *draft, const char *book);
const char *sat_draft_book (const SatDraft *draft);

/* Why it is to be saved although its pipeline asks for more (sat-workspace-pipeline.h); NULL: it is
 * not. */
void sat_draft_set_force (SatDraft *draft, const char *reason);
const char *sat_draft_force (const SatDraft *draft);

/* Sets FIELD to the canonical VALUE, NULL to clear it. For tags VALUE is the whole list: what is
 * saved is the difference to what was shown. Setting back what the base shows takes the change out
 * again, unless the field is in conflict (then it settles the conflict). */
void sat_draft_set (SatDraft *draft, const SatField *field, const char *value);
/* As a person types it (core/value parses). */
gboolean
sat_draft_set_input (SatDraft *draft, const SatField *field, const char *input, GError **error);
/* Tags: one element more or less, whatever else is there. Adding one that is shown is no change. */
void sat_draft_add_element (SatDraft *draft, const SatField *field, const char *element);
void sat_draft_remove_element (SatDraft *draft, const SatField *field, const char *element);

/* The value as it would be shown after saving; NULL if empty. Borrowed until the next change. */
const char *sat_draft_get (const SatDraft *draft, const SatField *field);
gboolean sat_draft_changes (const SatDraft *draft, const SatField *field);
gboolean sat_draft_is_empty (const SatDraft *draft); /* nothing to save */
/* Tags: elements to add / to remove, NULL-terminated, sorted; borrowed. */
const char *const *sat_draft_added (const SatDraft *draft, const SatField *field);
const char *const *sat_draft_removed (const SatDraft *draft, const SatField *field);

/* What stands in the way of saving: for each problem a field and a GError (SAT_ERROR_INVALID ...).
 */
typedef struct
{
  const SatField *field;
  GError *error;
} SatProblem;

/* Required fields empty (of a new record, or emptied by this edit), values not allowed, values too
 * long, the whole over SAT_RECORD_MAX bytes. NULL when there is none; else an array of SatProblem
 * with a free function. */
GPtrArray *sat_draft_check (const SatDraft *draft);

/* The most bytes of values that one save of one record may write. */
#define SAT_RECORD_MAX (4 * 1024 * 1024)

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatDraft, sat_draft_free)

G_END_DECLS
