/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/sat-sync.h"

#include "sync/sat-steps.h"

gboolean
sat_sync_run (SatWorkspace *workspace,
              guint deadline_s,
              GCancellable *cancellable,
              SatSyncProgress progress,
              gpointer data,
              SatSyncResult *result,
              GError **error)
{
  g_autoptr (SatSyncJob) job = sat_sync_job_new (workspace, deadline_s, cancellable, progress, data,
                                                 error);
  gboolean done;

  if (result)
    *result = (SatSyncResult){ 0 };
  if (job == NULL)
    return FALSE;
  done = sat_steps_all (job, error);
  if (result)
    *result = job->result;
  return done;
}
