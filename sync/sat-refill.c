/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/sat-refill.h"

#include "core/base/sat-crash.h"
#include "sync/sat-hub.h"

/* Is HUB, which may be NULL, a part of the branch that ends at OURS? */
static gboolean
is_behind (SatSyncJob *job, const git_oid *ours, const git_oid *hub)
{
  if (hub == NULL)
    return TRUE;
  return !git_oid_equal (ours, hub) && sat_git_has (job->inbox, hub) &&
         git_graph_descendant_of (job->inbox, ours, hub) == 1;
}

static GPtrArray *
find_missing (SatSyncJob *job)
{
  GPtrArray *specs = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer ref;
  gpointer tip;

  g_hash_table_iter_init (&iter, job->tips);
  while (g_hash_table_iter_next (&iter, &ref, &tip))
    if (is_behind (job, tip, g_hash_table_lookup (job->hub_tips, ref)))
      g_ptr_array_add (specs, g_strdup_printf ("%s:%s", (const char *) ref, (const char *) ref));
  return specs;
}

static gboolean
check_taken (SatSyncJob *job, guint n, GError **error)
{
  GHashTableIter iter;
  gpointer ref;
  gpointer why;

  g_hash_table_iter_init (&iter, job->push_status);
  while (g_hash_table_iter_next (&iter, &ref, &why))
    if (*(const char *) why)
      return sat_fail (error, SAT_ERROR_REFUSED,
                       N_ ("the hub “%s” did not take the branch “%s”: %s"), job->hub, ref, why,
                       NULL);
  if (g_hash_table_size (job->push_status) < n)
    return sat_fail (error, SAT_ERROR_REFUSED,
                     N_ ("the hub “%s” did not confirm all that was sent; try again"), job->hub,
                     NULL);
  return TRUE;
}

gboolean
sat_refill (SatSyncJob *job, GError **error)
{
  g_autoptr (GPtrArray) specs = find_missing (job);
  const git_strarray list = { (char **) specs->pdata, specs->len };
  git_push_options options = GIT_PUSH_OPTIONS_INIT;
  g_autoptr (git_remote) remote = NULL;
  int code;

  if (specs->len == 0)
    return TRUE;
  if (job->address->kind == SAT_HUB_PATH && !sat_hub_check_writable (job->hub, error))
    return FALSE;
  if (!sat_hub_connect (job, job->inbox, GIT_DIRECTION_PUSH, &remote, error))
    return FALSE;
  g_hash_table_remove_all (job->push_status);
  options.pb_parallelism = 0;
  sat_sync_job_callbacks (job, &options.callbacks);
  options.proxy_opts.type = GIT_PROXY_AUTO;
  options.follow_redirects = GIT_REMOTE_REDIRECT_NONE;
  sat_sync_job_listen (job);
  code = git_remote_upload (remote, &list, &options);
  sat_sync_job_heard (job);
  if (code < 0)
    return sat_sync_job_fail (job, error, code, N_ ("cannot send to the hub “%s”: %s"));
  sat_durable_step ("hub refilled");
  return check_taken (job, specs->len, error);
}
