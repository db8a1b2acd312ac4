/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Taking back a change that stands in a record's history, whoever made it, on whichever laptop, and
 * however long ago: an ordinary write of this person that restores what nobody has changed since,
 * and says of the rest why it was left. One step for undo. */
#pragma once

#include "core/workspace/sat-workspace.h"

G_BEGIN_DECLS

/* Which of a record's changes, as sat_workspace_history tells them. */
typedef struct
{
  const char *book; /* its key */
  SatId device;
  guint64 number;      /* of the change-set; 0: the one that is not sealed yet */
  SatHlc time;         /* of one write; 0: all that the change-set wrote */
  const char *field;   /* its name, or "life"; NULL: all of them */
  const char *element; /* of tags; NULL: all */
} SatRevertWhat;

/* A value that is as it was before. */
typedef struct
{
  const SatField *field;
  char *element; /* tags: AFTER is NULL if it was taken away again, else it is there again */
  char *before;  /* what was shown until now; canonical, NULL: empty */
  char *after;   /* what is shown again */
} SatRevertDone;

typedef enum
{
  SAT_REVERT_CHANGED,  /* it has been changed since */
  SAT_REVERT_UNKNOWN,  /* this laptop does not know what was there before */
  SAT_REVERT_REFUSED,  /* what was there may not be there any more: empty, not allowed, gone */
  SAT_REVERT_NO_RIGHT, /* the role of this person may not change it */
  SAT_REVERT_IS_NEEDED /* the record cannot go: others belong to it, which the change did not make
                        */
} SatRevertWhy;

typedef struct
{
  const SatField *field; /* NULL: the record's being there */
  char *element;
  SatRevertWhy why;
} SatRevertLeft;

typedef struct
{
  char *title;
  GPtrArray *done; /* SatRevertDone */
  GPtrArray *left; /* SatRevertLeft */
  guint64 removed; /* records: this one, which the change had made, and what it made below it */
  guint64 brought; /* records that the change had deleted */
  gint64 step;     /* for sat_workspace_undo_step; 0: nothing was written */
} SatReverted;
void sat_reverted_free (SatReverted *reverted);

/* Takes back WHAT (N of them) of the record ID, all together: where they wrote a field several
 * times, it becomes what it was before the first. SAT_ERROR_NOT_FOUND if none of it is in the
 * history, as far as this person may read it; SAT_ERROR_INVALID if the record is deleted and that
 * is not what is taken back. */
SatReverted *sat_workspace_revert (SatWorkspace *workspace,
                                   const SatObject *object,
                                   const SatId *id,
                                   const SatRevertWhat *what,
                                   guint n,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Makes the canonical VALUE that FIELD once had (of tags: an element) its value again; NULL empties
 * it. What is not allowed any more is an error. */
SatReverted *sat_workspace_restore_value (SatWorkspace *workspace,
                                          const SatId *id,
                                          const SatField *field,
                                          const char *value,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatReverted, sat_reverted_free)

G_END_DECLS
