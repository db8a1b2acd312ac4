/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which records a right reaches (access/sat-access.h), as SQL. A record is within reach whose owner
 * is, or whose parent is, up to three parents on; one of which neither says anything is nobody's,
 * and so everybody's. Of users the record of a person is his own. */
#pragma once

#include "core/access/sat-access.h"
#include "core/store/sat-replica.h"

G_BEGIN_DECLS

/* A condition on the row FROM (a table's name or alias) of OBJECT; NULL: all are within reach.
 * Nothing in it is a person's text. Newly allocated. */
char *sat_scope_condition (SatReplica *replica,
                           const SatAccess *access,
                           const SatObject *object,
                           SatRight right,
                           const char *from);
/* Is that row of OBJECT within reach? */
gboolean sat_scope_has (SatReplica *replica,
                        const SatAccess *access,
                        const SatObject *object,
                        SatRight right,
                        gint64 row,
                        gboolean *within,
                        GError **error);

/* What an expression may look into: records that ACCESS can read. */
typedef struct
{
  SatReplica *replica;
  const SatAccess *access; /* NULL: all of them */
} SatScope;
/* SatExpressionContext.within; DATA is a SatScope. */
char *sat_scope_within (const SatObject *object, const char *alias, gconstpointer data);

G_END_DECLS
