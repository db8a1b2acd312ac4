/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a query finds, counted by the values of a field. */
#pragma once

#include "core/query/sat-list.h"

G_BEGIN_DECLS

typedef struct
{
  char *value; /* canonical; NULL: the records whose field is empty */
  gint64 count;
} SatGroup;
void sat_group_free (SatGroup *group);

/* SatGroup, in the order of FIELD with the empty one last, MOST at most (those with most records
 * where there are more). QUERY's sort and window do not matter. SAT_ERROR_INVALID for tags, which
 * would count a record more than once. */
GPtrArray *sat_groups (SatReplica *replica,
                       const SatListQuery *query,
                       const SatField *field,
                       guint most,
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
