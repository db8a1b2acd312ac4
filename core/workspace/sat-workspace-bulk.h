/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Many records changed alike: all that a condition finds get the same edits. It goes in slices,
 * each a transaction of its own, so that nobody waits for it; all of them are one step for undo.
 * What was done before a crash or a cancel stays done, and can be taken back. */
#pragma once

#include <gio/gio.h>

#include "core/workspace/sat-workspace.h"

G_BEGIN_DECLS

/* Puts into DRAFT, an edit of one of the records, what is to change. FALSE: with ERROR set. Must do
 * the same whenever it is called for the same values. */
typedef gboolean (*SatBulkEdit) (SatDraft *draft, gpointer data, GError **error);

/* What one field of one record would become. */
typedef struct
{
  const SatField *field;
  SatId id;
  char *title;
  char *before, *after; /* canonical; NULL: empty */
} SatBulkChange;

typedef struct
{
  guint64 found;     /* records that meet the condition */
  guint64 changing;  /* of those, the ones that become different */
  guint64 bad;       /* that cannot: a value that is not allowed, a right or an approval that is
                        missing, a stage that lets nobody go yet */
  GError *first_bad; /* why the first of these cannot; owned */
  char *bad_title;   /* of that record */
  GPtrArray *sample; /* SatBulkChange: of the first records that change */
} SatBulkLook;
void sat_bulk_look_clear (SatBulkLook *look);

typedef struct _SatBulk SatBulk;

/* Over the records that QUERY finds, as they are found now. Nothing is written yet. WORKSPACE and
 * DATA must outlive it. */
SatBulk *sat_bulk_new (SatWorkspace *workspace,
                       const SatQuery *query,
                       SatBulkEdit edit,
                       gpointer data,
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
void sat_bulk_free (SatBulk *bulk);

/* What it would do; nothing is written. SAMPLE: how many changes are told one by one. LOOK must be
 * zeroed. A record that cannot be edited so is counted, and no error. */
gboolean sat_bulk_look (
    SatBulk *bulk, guint sample, SatBulkLook *look, GCancellable *cancellable, GError **error);

/* One transaction of about SLICE_MS; call until *MORE is FALSE. A record that has gone since it was
 * found is passed over; one that cannot be edited so ends it with its error. */
gboolean sat_bulk_step (SatBulk *bulk, guint slice_ms, gboolean *more, GError **error);
guint64 sat_bulk_total (const SatBulk *bulk);   /* records found */
guint64 sat_bulk_done (const SatBulk *bulk);    /* looked at by sat_bulk_step */
guint64 sat_bulk_changed (const SatBulk *bulk); /* written */
/* The step for sat_workspace_undo_step; 0: nothing was written. */
gint64 sat_bulk_undo (const SatBulk *bulk);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SatBulkLook, sat_bulk_look_clear)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatBulk, sat_bulk_free)

G_END_DECLS
