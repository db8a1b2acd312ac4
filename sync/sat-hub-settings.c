/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a replica remembers of its hub, and changing it. */
#include "core/base/sat-locks.h"
#include "sync/sat-checkpoint-make.h"
#include "sync/sat-hub-trust.h"
#include "sync/sat-hub.h"
#include "sync/sat-key-file.h"
#include "sync/sat-refill.h"
#include "sync/sat-steps.h"

/* ---- another hub ---- */

static gboolean
check_same_workspace (SatSyncJob *job, gboolean fill, GError **error)
{
  gboolean empty;

  if (!sat_hub_is_same (job, &empty, error))
    return FALSE;
  return !empty || fill ||
         sat_fail (error, SAT_ERROR_REFUSED,
                   N_ ("the hub “%s” is empty; to fill it with all that is known here, say --fill"),
                   job->hub, NULL);
}

static gboolean
look_again (SatSyncJob *job, GError **error)
{
  gboolean looked = sat_hub_look (job, error);

  g_clear_pointer (&job->remote, git_remote_free);
  return looked;
}

static gboolean
move (SatSyncJob *job, gboolean fill, GError **error)
{
  if (!sat_step_seal (job, error) || !sat_hub_look (job, error) ||
      !check_same_workspace (job, fill, error))
    return FALSE;
  g_clear_pointer (&job->remote, git_remote_free);
  return sat_workspace_set_hub (job->workspace, job->hub, error) && sat_refill (job, error) &&
         sat_steps_all (job, error) &&
         (!fill || (look_again (job, error) && sat_checkpoint_make_lost (job, NULL, error)));
}

gboolean
sat_sync_hub_set (SatWorkspace *workspace,
                  const char *hub,
                  gboolean fill,
                  const SatSyncOptions *options,
                  SatSyncResult *result,
                  GError **error)
{
  g_autoptr (SatSyncJob) job = NULL;
  gboolean moved;

  if (result)
    *result = (SatSyncResult){ 0 };
  /* One that joined from a file still has to learn of it. */
  if (*sat_workspace_hub (workspace) != '\0' && !sat_locks_check (SAT_LOCK_HUB, error))
    return FALSE;
  job = sat_sync_job_new (workspace, SAT_PEER_HUB, hub, options, error);
  if (job == NULL)
    return FALSE;
  moved = move (job, fill, error);
  if (result)
    *result = job->result;
  return moved;
}

char *
sat_sync_hub_text (const char *hub, GError **error)
{
  g_autoptr (SatHubAddress) address = sat_hub_address_parse (hub, error);

  return address ? g_steal_pointer (&address->text) : NULL;
}

/* ---- trust, login, key ---- */

gboolean
sat_sync_hub_trust (SatWorkspace *workspace,
                    const char *book,
                    const char *fingerprint,
                    GError **error)
{
  g_autoptr (SatHubAddress) address = sat_hub_address_for (workspace, book, error);
  g_autofree char *peer = address ? sat_hub_address_peer (address) : NULL;

  if (address == NULL)
    return FALSE;
  if (peer == NULL)
    return sat_fail (
        error, SAT_ERROR_INVALID,
        N_ ("the hub “%s” is reached without a key or certificate; there is nothing to "
            "accept"),
        address->text, NULL);
  if (!sat_trust_is_fingerprint (address, fingerprint))
    return sat_fail (error, SAT_ERROR_INVALID,
                     N_ ("“%s” is not the fingerprint of a key or certificate; copy it as sync "
                         "shows it"),
                     fingerprint, NULL);
  return sat_trust_store (sat_workspace_home (workspace), address, fingerprint, error);
}

static SatHubAddress *
address_with_login (SatWorkspace *workspace, const char *book, GError **error)
{
  g_autoptr (SatHubAddress) address = sat_hub_address_for (workspace, book, error);

  if (address && address->kind != SAT_HUB_HTTP)
    {
      sat_fail (error, SAT_ERROR_INVALID,
                N_ ("the hub “%s” is reached without a password; there is nothing to keep"),
                address->text, NULL);
      return NULL;
    }
  return g_steal_pointer (&address);
}

gboolean
sat_sync_hub_login (SatWorkspace *workspace,
                    const char *book,
                    const char *user,
                    const char *secret,
                    gboolean in_file,
                    GError **error)
{
  g_autoptr (SatHubAddress) address = address_with_login (workspace, book, error);
  const char *name = user ? user : (address ? address->user : NULL);
  SatLogin login = { (char *) name, (char *) secret };

  if (address == NULL)
    return FALSE;
  if (name == NULL || *name == '\0' || *secret == '\0')
    return sat_fail (error, SAT_ERROR_INVALID,
                     N_ ("a user and a password or token are needed for the hub “%s”"),
                     address->text, NULL);
  return sat_secret_store (sat_workspace_home (workspace), address, &login, in_file, error);
}

gboolean
sat_sync_hub_logout (SatWorkspace *workspace, const char *book, GError **error)
{
  g_autoptr (SatHubAddress) address = address_with_login (workspace, book, error);

  if (address == NULL)
    return FALSE;
  sat_secret_forget (sat_workspace_home (workspace), address);
  return TRUE;
}

gboolean
sat_sync_hub_key (SatWorkspace *workspace, const char *path, GError **error)
{
  return sat_key_file_set (sat_workspace_home (workspace), path, error);
}

void
sat_sync_hub_key_lock (SatWorkspace *workspace)
{
  g_autoptr (GPtrArray) keys = sat_key_files (sat_workspace_home (workspace), NULL);

  for (guint i = 0; i < keys->len; i++)
    sat_passphrase_forget (g_ptr_array_index (keys, i));
}
