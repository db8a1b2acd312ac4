/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Saved views and segments: conditions with a name, kept as records of the objects `view` and
 * `segment` in book `company`. A view says how a list looks, too, and belongs to one person or to
 * all; a segment is a part of the records that the company speaks of.
 *
 * Fields stand in them by their names on the wire, conditions in the canonical text
 * (sat_expression_format). What cannot be read, as it names a field that is not known here yet or
 * not any more, is not lost: it has a problem until it can be. */
#pragma once

#include "core/query/sat-groups.h"
#include "core/workspace/sat-workspace.h"

G_BEGIN_DECLS

typedef struct
{
  SatId id;
  const SatObject *object;
  char *name;
  gboolean is_personal; /* of this user alone */
  gboolean is_segment;  /* then it is of all, and has a condition and nothing else */
  char *condition;      /* NULL: all records */
  char *sort;           /* "city,-credit_limit"; NULL: by title */
  char *columns;        /* "name,city"; NULL: those of the object */
  char *grouping;       /* "city"; NULL: not grouped */
  GError *problem;      /* why it cannot be used now; NULL: it can */
} SatView;
void sat_view_free (SatView *view);

/* The views of OBJECT that this user sees, by name: SatView. */
GPtrArray *sat_workspace_views (SatWorkspace *workspace,
                                const SatObject *object,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The one that NAME is the name or id of. An own one comes before one of all that is called the
 * same. Its problem is an error here. */
SatView *sat_workspace_view (SatWorkspace *workspace,
                             const SatObject *object,
                             const char *name,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Writes VIEW under its name, over the one that was called so (of this user, or of all); its id and
 * problem do not matter. Fields may be given by label. SAT_ERROR_INVALID where it has a problem. */
gboolean
sat_workspace_save_view (SatWorkspace *workspace, const SatView *view, SatId *out, GError **error);

/* The names of the segments of OBJECT, in order. */
GPtrArray *sat_workspace_segments (SatWorkspace *workspace,
                                   const SatObject *object,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The same as views, with their conditions: SatView. */
GPtrArray *sat_workspace_segment_views (SatWorkspace *workspace,
                                        const SatObject *object,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Writes the segment NAME, over the one that is called so. SAT_ERROR_INVALID without a condition.
 */
gboolean sat_workspace_save_segment (SatWorkspace *workspace,
                                     const SatObject *object,
                                     const char *name,
                                     const char *condition,
                                     SatId *out,
                                     GError **error);
/* The condition of the one that NAME is the name or id of; newly allocated. */
char *sat_workspace_segment (SatWorkspace *workspace,
                             const SatObject *object,
                             const char *name,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The condition that all of CONDITIONS (N of them, NULL ones count for nothing) make together; NULL
 * without error where there is none. Each must be one by itself. */
gboolean sat_workspace_all_of (const SatObject *object,
                               const char *const *conditions,
                               guint n,
                               SatExpression **out,
                               GError **error);

/* What QUERY finds, counted by the values of FIELD, in its order: SatGroup, MOST at most (those
 * with most records). SAT_ERROR_INVALID for tags. */
GPtrArray *sat_workspace_groups (SatWorkspace *workspace,
                                 const SatQuery *query,
                                 const SatField *field,
                                 guint most,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatView, sat_view_free)

G_END_DECLS
