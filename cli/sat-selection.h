/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which records of an object, in which order, with which fields: the options that say it, by
 * themselves or by a saved view that they change. */
#pragma once

#include "cli/sat-where.h"
#include "core/workspace/sat-workspace-views.h"

G_BEGIN_DECLS

/* For lists of options. */
#define SAT_SELECTION_OPTIONS \
  SAT_WHERE_OPTION, { "view", "VIEW", N_ ("what this saved view shows; other options go first") }, \
      { "columns", "F,G", N_ ("the fields to print") }, \
  { \
    "sort", "F,-G", N_ ("sort by these fields, -G: from the largest; default: by title") \
  }

typedef struct
{
  SatView *said;            /* all of it as texts, without a name */
  SatExpression *where;     /* NULL: all records */
  GStrv sort;               /* names of fields, "-" before those from the largest; NULL: by title */
  GPtrArray *columns;       /* const SatField *; NULL: none were named */
  const SatField *grouping; /* NULL: none; SORT begins with it */
} SatSelection;

/* OUT must be zeroed, and is to be cleared whether this succeeds or not. Option --group (may be
 * absent) comes before the view's grouping. */
gboolean sat_selection_read (const SatCli *cli,
                             const SatArgs *args,
                             const SatObject *object,
                             SatSelection *out,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
void sat_selection_clear (SatSelection *selection);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SatSelection, sat_selection_clear)

G_END_DECLS
