/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One exchange with another repository than the hub: a folder on a stick, a colleague's laptop. All
 * that is known here goes there, also what others have written, since what this device wrote has
 * seen it; what is there comes here. Only the hub counts as told: what waits for it goes on
 * waiting, and it is sent the same commits. */
#include "core/base/sat-locks.h"
#include "sync/sat-bundle.h"
#include "sync/sat-checkpoint-make.h"
#include "sync/sat-checkpoint-ref.h"
#include "sync/sat-gaps.h"
#include "sync/sat-hub.h"
#include "sync/sat-refill.h"
#include "sync/sat-steps.h"

/* A folder that is not there yet, or an empty one, becomes a repository; but one in a folder that
 * is not there may be on a stick that is not in. */
static gboolean
prepare (SatSyncJob *job, GError **error)
{
  g_autofree char *above = NULL;
  g_autoptr (GDir) dir = NULL;

  if (job->address->kind != SAT_HUB_PATH)
    return TRUE;
  dir = g_dir_open (job->hub, 0, NULL);
  if (g_file_test (job->hub, G_FILE_TEST_EXISTS) && (dir == NULL || g_dir_read_name (dir) != NULL))
    return TRUE;
  above = g_path_get_dirname (job->hub);
  if (!g_file_test (above, G_FILE_TEST_IS_DIR))
    return sat_fail (
        error, SAT_ERROR_NOT_FOUND,
        N_ ("the folder “%s” is not there; put the stick in, or make the folder first"), above,
        NULL);
  return sat_hub_make_place (job->hub, NULL, NULL, error);
}

/* A book whose beginning is known here as a checkpoint alone would be of no use there without. */
static gboolean
send_checkpoints (SatSyncJob *job, GError **error)
{
  for (guint i = 0; job->books[i] != NULL; i++)
    {
      g_autoptr (GPtrArray) there = sat_checkpoint_refs (job->hub_checkpoints, job->books[i]);
      gboolean gaps;

      if (there->len > 0)
        continue;
      if (!sat_gaps_in (job, job->books[i], job->hub_tips, NULL, &gaps, error) ||
          (gaps && !sat_checkpoint_make (job, job->books[i], NULL, error)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
exchange (SatSyncJob *job, GError **error)
{
  gboolean empty;

  if (!prepare (job, error) || !sat_step_seal (job, error) || !sat_hub_look (job, error) ||
      !sat_hub_is_same (job, &empty, error))
    return FALSE;
  g_clear_pointer (&job->remote, git_remote_free);
  job->is_filling = empty;
  return sat_refill (job, error) && sat_steps_all (job, error) && send_checkpoints (job, error);
}

gboolean
sat_sync_with (SatWorkspace *workspace,
               const char *place,
               const SatSyncOptions *options,
               SatSyncResult *result,
               GError **error)
{
  g_autoptr (SatSyncJob) job = NULL;
  gboolean done;

  if (result)
    *result = (SatSyncResult){ 0 };
  if (!sat_locks_check (SAT_LOCK_COPIES, error))
    return FALSE;
  job = sat_sync_job_new (workspace, SAT_PEER_OTHER, place, options, error);
  if (job == NULL)
    return FALSE;
  done = exchange (job, error);
  if (result)
    *result = job->result;
  return done;
}
