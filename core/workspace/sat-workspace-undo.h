/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Undo: the last steps a person took on this replica, taken back by ordinary writes. A step is one
 * transaction: a save, a delete with all below it, a settled conflict, a whole import. What
 * somebody has changed since is left as it is, and said. */
#pragma once

#include "core/workspace/sat-workspace.h"

G_BEGIN_DECLS

/* What was left: FIELD of a record, or (NULL) the record's being there or not. */
typedef struct
{
  const SatObject *object;
  const SatField *field;
  SatId id;
  char *title;
} SatUndoLeft;

typedef struct
{
  guint steps;
  guint64 removed;  /* records that had been made */
  guint64 restored; /* records that had been deleted */
  guint64 changed;  /* other records that are as before */
  guint64 settled;  /* conflicts that a step had settled: they stay so */
  char *title;      /* of the first record of all these */
  GPtrArray *left;  /* SatUndoLeft */
} SatUndone;
void sat_undone_free (SatUndone *undone);

/* Takes back the last STEPS steps that were not taken back yet, the last one first, each in a
 * transaction of its own; fewer if there are not so many. SAT_ERROR_NOT_FOUND if there is none. The
 * last 100 steps are known, also after the program ended. Undoing a settled conflict shows what was
 * shown before; the other values stay in the history. */
SatUndone *
sat_workspace_undo (SatWorkspace *workspace, guint steps, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Takes back the last STEPS undos, as long as nothing else was done since. */
SatUndone *
sat_workspace_redo (SatWorkspace *workspace, guint steps, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The step that the last transaction of sat_workspace_begin and sat_workspace_commit was; 0: it
 * wrote nothing that could be taken back. */
gint64 sat_workspace_last_step (SatWorkspace *workspace);
/* Takes back STEP, also when others came after it: what those wrote stays as it is, and so does a
 * record made by STEP that one of them has changed; both are said. SAT_ERROR_NOT_FOUND if it was
 * taken back already, or is not known any more. */
SatUndone *sat_workspace_undo_step (SatWorkspace *workspace,
                                    gint64 step,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatUndone, sat_undone_free)

G_END_DECLS
