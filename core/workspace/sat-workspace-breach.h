/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What arrived from others although the role of who wrote it does not allow it: it is applied as
 * everything, and noted for a person (docs/permissions.md). The notes are this replica's alone. */
#pragma once

#include "core/access/sat-access.h"
#include "core/workspace/sat-workspace.h"

G_BEGIN_DECLS

typedef struct
{
  char *book;
  SatId device;
  guint64 number; /* of the change-set */
  char *object;
  SatId id;
  char *field;    /* NULL: the record as a whole */
  SatRight right; /* which is missing; with FIELD that to change it */
  gboolean other; /* there is such a right, but not over somebody else's */
  char *role;     /* as it was known here when it arrived */
  char *value;    /* what was written, as the history has it; NULL: nothing, or it is not known */
  gint64 time_ms; /* of writing, by the clock of who wrote it */
} SatBreach;
void sat_breach_free (SatBreach *breach);

/* May the user of this replica see them? An administrator may. */
gboolean sat_workspace_may_see_breaches (SatWorkspace *workspace);
/* How many there are; 0 for whom they do not concern. */
guint sat_workspace_n_breaches (SatWorkspace *workspace);
/* SatBreach, the first to arrive first; at most SAT_BREACHES_MAX are kept. SAT_ERROR_REFUSED. */
#define SAT_BREACHES_MAX 1000
GPtrArray *sat_workspace_breaches (SatWorkspace *workspace,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Somebody has looked at the first N of them: they are let go of here. */
gboolean sat_workspace_dismiss_breaches (SatWorkspace *workspace, guint n, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatBreach, sat_breach_free)

G_END_DECLS
