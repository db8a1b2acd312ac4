/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A hub that lost its disk, was emptied, came back from an old backup or is damaged, made whole
 * from this replica. What only others have they send at their next sync. */
#include <glib/gstdio.h>
#include <string.h>

#include "core/base/sat-crash.h"
#include "core/base/sat-locks.h"
#include "sync/sat-bundle.h"
#include "sync/sat-checkpoint-make.h"
#include "sync/sat-hub.h"
#include "sync/sat-mend.h"
#include "sync/sat-refill.h"
#include "sync/sat-steps.h"

#define ASIDE_PLACES 100

/* Is something at PATH that was a bare repository? */
static gboolean
is_wreck (const char *path)
{
  g_autofree char *objects = g_build_filename (path, "objects", NULL);
  g_autofree char *refs = g_build_filename (path, "refs", NULL);

  return g_file_test (objects, G_FILE_TEST_IS_DIR) && g_file_test (refs, G_FILE_TEST_IS_DIR);
}

static gboolean
move_wreck (const char *path, GError **error)
{
  for (guint i = 1; i <= ASIDE_PLACES; i++)
    {
      g_autofree char *aside = g_strdup_printf ("%s.damaged-%u", path, i);

      if (g_file_test (aside, G_FILE_TEST_EXISTS))
        continue;
      if (g_rename (path, aside) == 0)
        return TRUE;
      break;
    }
  return sat_fail (error, SAT_ERROR_FAILED,
                   N_ ("the hub “%s” cannot be opened nor moved aside; move it away and try again"),
                   path, NULL);
}

/* A folder on this computer: there is a repository afterwards, if need be a new one. */
static gboolean
prepare (SatSyncJob *job, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GDir) dir = g_dir_open (job->hub, 0, NULL);

  if (!g_file_test (job->hub, G_FILE_TEST_EXISTS) || (dir && g_dir_read_name (dir) == NULL))
    return sat_hub_make_place (job->hub, NULL, NULL, error);
  if (sat_hub_check (job->hub, &problem))
    return sat_hub_check_writable (job->hub, error);
  if (g_error_matches (problem, SAT_ERROR, SAT_ERROR_INVALID) && is_wreck (job->hub))
    return move_wreck (job->hub, error) && sat_hub_make_place (job->hub, NULL, NULL, error);
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

static void
count_branches (SatSyncJob *job, GHashTable *before, SatRebuilt *out)
{
  GHashTableIter iter;
  gpointer ref, tip;

  g_hash_table_iter_init (&iter, job->hub_tips);
  while (g_hash_table_iter_next (&iter, &ref, &tip))
    {
      const git_oid *old = g_hash_table_lookup (before, ref);

      out->branches += old == NULL || !git_oid_equal (old, tip);
    }
}

static gboolean
rebuild (SatSyncJob *job, SatRebuilt *out, GError **error)
{
  g_autoptr (GHashTable) before = NULL;
  SatMended mended = { 0 };
  gboolean is_path = job->address->kind == SAT_HUB_PATH;
  gboolean empty;

  if ((is_path && !prepare (job, error)) || !sat_step_seal (job, error))
    return FALSE;
  sat_sync_job_phase (job, SAT_PHASE_PUSH);
  /* Whose it is comes first; refs that cannot be read are in the way of that. */
  if (is_path && !sat_hub_look (job, NULL))
    sat_mend_refs (job);
  if (!sat_hub_look (job, error) || !sat_hub_is_same (job, &empty, error) ||
      (is_path && (!sat_mend (job, &mended, error) || !sat_hub_look (job, error))))
    return FALSE;
  g_clear_pointer (&job->remote, git_remote_free);
  job->is_filling = TRUE;
  out->objects = mended.objects;
  before = g_hash_table_ref (job->hub_tips);
  if (!sat_workspace_set_hub (job->workspace, job->hub, error) || !sat_refill (job, error) ||
      !sat_steps_all (job, error) || !sat_hub_look (job, error))
    return FALSE;
  g_clear_pointer (&job->remote, git_remote_free);
  count_branches (job, before, out);
  return sat_checkpoint_make_lost (job, &out->checkpoints, error);
}

gboolean
sat_sync_rebuild (SatWorkspace *workspace,
                  const char *hub,
                  const SatSyncOptions *options,
                  SatRebuilt *out,
                  GError **error)
{
  g_autoptr (SatSyncJob) job = NULL;
  gboolean done;

  *out = (SatRebuilt){ 0 };
  if (hub != NULL && !sat_locks_check (SAT_LOCK_HUB, error))
    return FALSE;
  job = sat_sync_job_new (workspace, SAT_PEER_HUB, hub, options, error);
  if (job == NULL)
    return FALSE;
  done = rebuild (job, out, error);
  out->sync = job->result;
  return done;
}
