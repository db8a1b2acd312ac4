/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records between books. */
#include <string.h>

#include "core/apply/sat-forward.h"
#include "core/workspace/sat-workspace-private.h"

struct _SatForwarder
{
  SatWorkspace *workspace;
  SatForward *forward;
};

SatForwarder *
sat_forwarder_new (SatWorkspace *workspace)
{
  SatForwarder *forwarder = g_new0 (SatForwarder, 1);

  forwarder->workspace = workspace;
  forwarder->forward = sat_forward_new (workspace->replica);
  return forwarder;
}

void
sat_forwarder_free (SatForwarder *forwarder)
{
  if (forwarder == NULL)
    return;
  sat_forward_free (forwarder->forward);
  g_free (forwarder);
}

gboolean
sat_forwarder_step (SatForwarder *forwarder, guint budget_ms, gboolean *more, GError **error)
{
  SatWorkspace *workspace = forwarder->workspace;
  gint64 deadline = budget_ms > 0 ? g_get_monotonic_time () + (gint64) budget_ms * 1000 : 0;
  gboolean mine;
  SatLocal *local = sat_workspace_write (workspace, &mine, error);

  if (local == NULL)
    return FALSE;
  return sat_workspace_written (
      workspace, local, mine,
      sat_forward_run (forwarder->forward, local, deadline, FALSE, more, error), error);
}

guint64
sat_forwarder_n_grafts (const SatForwarder *forwarder)
{
  return sat_forward_n_grafts (forwarder->forward);
}
