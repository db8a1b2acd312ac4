/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/sat-sync.h"

#include "sync/sat-steps.h"

const char *
sat_question_name (SatQuestionKind kind)
{
  static const char *const names[] = {
    [SAT_QUESTION_HOST_KEY] = "host-key",
    [SAT_QUESTION_CERTIFICATE] = "certificate",
    [SAT_QUESTION_LOGIN] = "login",
    [SAT_QUESTION_PASSPHRASE] = "passphrase",
  };

  g_return_val_if_fail ((gsize) kind < G_N_ELEMENTS (names), "");
  return names[kind];
}

gboolean
sat_sync_exchange (SatWorkspace *workspace,
                   const SatSyncOptions *options,
                   SatSyncResult *result,
                   GError **error)
{
  g_autoptr (SatSyncJob) job = sat_sync_job_new (workspace, NULL, options, error);
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

gboolean
sat_sync_run (SatWorkspace *workspace,
              guint deadline_s,
              GCancellable *cancellable,
              SatSyncProgress progress,
              gpointer data,
              SatSyncResult *result,
              GError **error)
{
  const SatSyncOptions options = {
    .deadline_s = deadline_s,
    .cancellable = cancellable,
    .progress = progress,
    .progress_data = data,
  };

  return sat_sync_exchange (workspace, &options, result, error);
}
