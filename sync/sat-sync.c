/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/sat-sync.h"

#include <string.h>

#include "core/workspace/sat-exchange-checkpoint.h"
#include "core/workspace/sat-workspace-books.h"
#include "sync/sat-apart.h"
#include "sync/sat-checkpoint-make.h"
#include "sync/sat-epoch.h"
#include "sync/sat-hub.h"
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
  g_autoptr (SatSyncJob) job = sat_sync_job_new (workspace, SAT_PEER_HUB, NULL, options, error);
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

/* ---- checkpoints --------------------------------------------------------------------------------
 */

void
sat_checkpoint_made_free (SatCheckpointMade *made)
{
  g_free (made->book);
  g_free (made->ref);
  g_free (made);
}

static gboolean
make_checkpoints (SatSyncJob *job, const char *key, GPtrArray *out, GError **error)
{
  for (guint i = 0; job->books[i] != NULL; i++)
    {
      SatCheckpointMade *made;

      if ((key != NULL && strcmp (job->books[i], key) != 0) ||
          !sat_workspace_may_have_checkpoints (job->books[i]))
        continue;
      made = g_new0 (SatCheckpointMade, 1);
      g_ptr_array_add (out, made);
      if (!sat_sync_job_check (job, error) ||
          !sat_checkpoint_make (job, job->books[i], made, error))
        return FALSE;
    }
  return TRUE;
}

typedef struct
{
  const char *key;
  GPtrArray *out;
} Wish;

static gboolean
make_here (SatSyncJob *job, gpointer data, GError **error)
{
  const Wish *wish = data;

  return (job->hub_tips != NULL || sat_step_fetch (job, error)) &&
         make_checkpoints (job, wish->key, wish->out, error) && sat_epoch_forget (job, error) &&
         sat_epoch_begin_due (job, error);
}

static gboolean
check_held (const Wish *wish, GError **error)
{
  return wish->out->len > 0 ||
         sat_fail (error, SAT_ERROR_INVALID,
                   N_ ("this laptop does not hold a book “%s”; “satchel status” lists the ones it "
                       "holds"),
                   wish->key, NULL);
}

GPtrArray *
sat_sync_checkpoint (SatWorkspace *workspace,
                     const char *book,
                     const SatSyncOptions *options,
                     GError **error)
{
  g_autofree char *key = book ? sat_workspace_find_book (workspace, book, error) : NULL;
  g_autoptr (SatSyncJob) job = NULL;
  g_autoptr (GPtrArray) out = g_ptr_array_new_with_free_func (
      (GDestroyNotify) sat_checkpoint_made_free);

  Wish wish = { key, out };

  if (book != NULL && key == NULL)
    return NULL;
  job = sat_sync_job_new (workspace, SAT_PEER_HUB, NULL, options, error);
  if (job == NULL || !sat_steps_all (job, error) || !make_here (job, &wish, error) ||
      !sat_apart_each (job, make_here, &wish, error) || !check_held (&wish, error))
    return NULL;
  return g_steal_pointer (&out);
}

char *
sat_sync_repository_text (SatWorkspace *workspace, const char *repository, GError **error)
{
  g_autoptr (SatHubAddress) hub = sat_hub_address_of (workspace, error);
  g_autoptr (SatHubAddress) address = hub ? sat_hub_address_beside (hub, repository, error) : NULL;

  if (address == NULL)
    return NULL;
  if (strcmp (address->text, hub->text) == 0)
    {
      sat_fail (error, SAT_ERROR_INVALID,
                N_ ("“%s” is the hub itself; a book is there when no repository is named"),
                repository, NULL);
      return NULL;
    }
  return g_strdup (sat_hub_address_is_name (repository) ? repository : address->text);
}
