/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two records that are one thing: the duplicate is absorbed into the one that stays. What that has
 * not got is filled from the duplicate, everything else that the duplicate had stays in its
 * history. What others still write to the duplicate, until they have heard of it, shows up in the
 * record that stays; references to the duplicate show that. Undo takes it back, and so does, at any
 * time later, sat_workspace_release_absorbed. */
#pragma once

#include "core/workspace/sat-workspace.h"

G_BEGIN_DECLS

/* One field of the two; canonical texts, NULL: empty. */
typedef struct
{
  const SatField *field;
  char *kept;      /* what the record that stays shows now */
  char *duplicate; /* what the duplicate shows now */
  char *shown;     /* what the record that stays will show */
} SatAbsorbField;

typedef struct
{
  SatId kept, duplicate; /* roots, when one of them was absorbed itself */
  char *kept_title, *duplicate_title;
  GPtrArray *fields; /* SatAbsorbField of each that either has, in the catalogue's order */
  gint64 referrers;  /* records that name the duplicate, and will show the other one */
} SatAbsorbPreview;
void sat_absorb_preview_free (SatAbsorbPreview *preview);

/* What sat_workspace_absorb would do, of fields and referrers that the user sees. */
SatAbsorbPreview *sat_workspace_absorb_preview (SatWorkspace *workspace,
                                                const SatObject *object,
                                                const SatId *duplicate,
                                                const SatId *into,
                                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Absorbs DUPLICATE into INTO, one step for undo. TAKE (may be NULL): fields that show what the
 * duplicate has, although the other has a value of its own; that one goes to the history. KEPT (may
 * be NULL) gets the id of the record that stays. SAT_ERROR_INVALID: both are one already, they are
 * in different books, one is deleted, or records of OBJECT are Satchel's own. */
gboolean sat_workspace_absorb (SatWorkspace *workspace,
                               const SatObject *object,
                               const SatId *duplicate,
                               const SatId *into,
                               const SatField *const *take,
                               guint n_take,
                               SatId *kept,
                               GError **error);

/* Takes the record ID out of the one that it was absorbed into, with what it had when it was, as
 * far as this replica knows that; what the other one took over it keeps. SAT_ERROR_INVALID: it was
 * not absorbed. */
gboolean sat_workspace_release_absorbed (SatWorkspace *workspace,
                                         const SatObject *object,
                                         const SatId *id,
                                         GError **error);

/* The ids of what was absorbed into the record, in order: SatId. */
GArray *sat_workspace_absorbed (SatWorkspace *workspace,
                                const SatObject *object,
                                const SatId *id,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatAbsorbPreview, sat_absorb_preview_free)

G_END_DECLS
