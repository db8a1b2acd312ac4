/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One thing as it was read from the replica: immutable, reference-counted, any thread. Values are
 * the shown ones; what waits beside them (siblings) is asked for by sat_workspace_conflicts and
 * sat_workspace_history. A record remembers which writes it shows (its dots), so that a form built
 * from it can be saved later without swallowing what arrived in between. */
#pragma once

#include <glib.h>

#include "core/base/sat-id.h"
#include "core/catalogue/sat-catalogue.h"

G_BEGIN_DECLS

typedef struct _SatRecord SatRecord;

/* A write: which change-set of which device in which book. Book and device are the replica's own
 * small numbers (core/store); only equality means anything outside. */
typedef struct
{
  guint32 book;
  guint32 device;
  guint64 number;
} SatDot;

SatRecord *sat_record_ref (const SatRecord *record);
void sat_record_unref (SatRecord *record);

const SatObject *sat_record_object (const SatRecord *record);
const SatId *sat_record_id (const SatRecord *record);
gint64 sat_record_row (const SatRecord *record);       /* the database row */
const char *sat_record_book (const SatRecord *record); /* its book's key */
/* The key of the book it was moved to, when the books held here do not have it at home; else NULL:
 * it is where sat_record_book says. Such a record is as it was when it left. */
const char *sat_record_moved_to (const SatRecord *record);
gboolean
sat_record_deleted (const SatRecord *record); /* hidden: deleted and named by no shown child */
/* Canonical text or NULL; tags joined by newline. Also a value the catalogue does not allow. Of a
 * derived field NULL, too, if the record was read without it. */
const char *sat_record_get (const SatRecord *record, const SatField *field);
/* The title field's value, or the last 8 characters of the id in brackets. Never NULL. */
const char *sat_record_title (const SatRecord *record);
gboolean sat_record_in_conflict (const SatRecord *record, const SatField *field);
guint sat_record_n_conflicts (const SatRecord *record);
/* A stored value that the catalogue does not know or allow (shown, not editable as such). */
gboolean sat_record_is_invalid (const SatRecord *record, const SatField *field);
/* What is shown where the reader may not see the value, which is NULL then: some of it, or "••••".
 * NULL: it is no secret. */
const char *sat_record_concealed (const SatRecord *record, const SatField *field);
/* The dots shown under FIELD when the record was read, of all its siblings; N of them. */
const SatDot *sat_record_dots (const SatRecord *record, const SatField *field, guint *n);

/* For core/store, which builds records. TITLE_HINT is set once all values are. */
SatRecord *sat_record_new (const SatObject *object, const SatId *id, gint64 row, const char *book);
void sat_record_take_value (SatRecord *record, const SatField *field, char *value);
/* Takes the value of FIELD away from whoever may not read it; INSTEAD is shown. Before the record
 * is shared. */
void sat_record_conceal (SatRecord *record, const SatField *field, const char *instead);
void sat_record_set_moved_to (SatRecord *record, const char *book);
void sat_record_set_deleted (SatRecord *record, gboolean deleted);
void sat_record_mark_conflict (SatRecord *record, const SatField *field);
void sat_record_mark_invalid (SatRecord *record, const SatField *field);
void sat_record_add_dot (SatRecord *record, const SatField *field, const SatDot *dot);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatRecord, sat_record_unref)

G_END_DECLS
