/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/sat-smart.h"

#include <git2/sys/repository.h>
#include <string.h>

#include "core/base/sat-crash.h"
#include "sync/sat-hub.h"

/* A branch that moved on the hub. */
typedef struct
{
  const char *ref;    /* of job->hub_tips or hub_covers */
  const git_oid *old; /* of job->tips; NULL: new here */
  git_time_t time;    /* of the old tip */
} Moved;

/* ---- the view ---- */

static int
share_objects (SatSyncJob *job)
{
  g_autoptr (git_odb) odb = NULL;
  g_autofree char *path = g_build_filename (git_repository_path (job->inbox), "objects", NULL);
  int code = git_odb_open (&odb, path);

  return code < 0 ? code : git_repository_set_odb (job->view, odb);
}

static gboolean
open_view (SatSyncJob *job, GError **error)
{
  g_autofree char *path = g_build_filename (sat_workspace_home (job->workspace), "git", "view.git",
                                            NULL);
  int code;

  if (job->view)
    return TRUE;
  job->view = sat_git_open_cache (path, TRUE, error);
  if (job->view == NULL)
    return FALSE;
  code = share_objects (job);
  if (code < 0)
    return sat_git_fail (error, code, N_ ("cannot open the local repository “%s”: %s"), path);
  return TRUE;
}

/* Exactly the old tips of MOVED are refs in the view. */
static gboolean
show_tips (SatSyncJob *job, GPtrArray *moved, GError **error)
{
  g_autoptr (GPtrArray) refs = sat_git_list_refs (job->view, "refs/*", error);

  if (refs == NULL)
    return FALSE;
  for (guint i = 0; i < refs->len; i++)
    if (!sat_git_delete_ref (job->view, g_ptr_array_index (refs, i), error))
      return FALSE;
  for (guint i = 0; i < moved->len; i++)
    {
      const Moved *one = g_ptr_array_index (moved, i);

      if (one->old && !sat_git_set_ref (job->view, one->ref, one->old, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
sat_smart_open (SatSyncJob *job, GError **error)
{
  g_clear_pointer (&job->remote, git_remote_free);
  return open_view (job, error) &&
         sat_hub_connect (job, job->view, GIT_DIRECTION_FETCH, &job->remote, error);
}

/* ---- what to ask for ---- */

static git_time_t
commit_time (SatSyncJob *job, const git_oid *id)
{
  git_commit *commit = NULL;
  git_time_t time = 0;

  if (git_commit_lookup (&commit, job->inbox, id) == 0)
    time = git_commit_time (commit);
  git_commit_free (commit);
  return time;
}

/* Branches new here first, then by the time of their old tips, the newest first. */
static int
compare_moved (gconstpointer a, gconstpointer b)
{
  const Moved *left = *(const Moved *const *) a;
  const Moved *right = *(const Moved *const *) b;

  if ((left->old == NULL) != (right->old == NULL))
    return left->old == NULL ? -1 : 1;
  if (left->time != right->time)
    return left->time > right->time ? -1 : 1;
  return strcmp (left->ref, right->ref);
}

static void
add_moved (SatSyncJob *job, GHashTable *shown, GPtrArray *moved)
{
  GHashTableIter iter;
  gpointer ref;
  gpointer tip;

  g_hash_table_iter_init (&iter, shown);
  while (g_hash_table_iter_next (&iter, &ref, &tip))
    {
      const git_oid *old = g_hash_table_lookup (job->tips, ref);
      Moved *one;

      if ((old && git_oid_equal (old, tip)) || !sat_sync_job_wants (job, ref) ||
          sat_git_has (job->inbox, tip))
        continue;
      one = g_new0 (Moved, 1);
      one->ref = ref;
      one->old = old && sat_git_has (job->inbox, old) ? old : NULL;
      one->time = one->old ? commit_time (job, one->old) : 0;
      g_ptr_array_add (moved, one);
    }
}

static GPtrArray *
find_moved (SatSyncJob *job)
{
  GPtrArray *moved = g_ptr_array_new_with_free_func (g_free);

  add_moved (job, job->hub_tips, moved);
  add_moved (job, job->hub_covers, moved);
  g_ptr_array_sort (moved, compare_moved);
  return moved;
}

/* How many commits of ONE are walked before a commit of time UNTIL, at most MAX. */
static guint
n_before (SatSyncJob *job, const Moved *one, git_time_t until, guint max)
{
  git_commit *commit = NULL;
  guint n = 0;

  if (git_commit_lookup (&commit, job->inbox, one->old) < 0)
    return 0;
  while (commit && n < max && git_commit_time (commit) >= until)
    {
      git_commit *parent = NULL;

      n++;
      if (git_commit_parentcount (commit) == 0 || git_commit_parent (&parent, commit, 0) < 0)
        parent = NULL;
      git_commit_free (commit);
      commit = parent;
    }
  git_commit_free (commit);
  return n;
}

/* Would the old tip of NEXT, the oldest, be named among the first if it went with GROUP? */
static gboolean
fits (SatSyncJob *job, GPtrArray *group, const Moved *next)
{
  guint n = 1;

  for (guint i = 0; next->old && i < group->len && n <= SAT_SMART_HAVES; i++)
    {
      const Moved *one = g_ptr_array_index (group, i);

      if (one->old)
        n += n_before (job, one, next->time, SAT_SMART_HAVES);
    }
  return n <= SAT_SMART_HAVES;
}

/* The beginning of MOVED, from FIRST on, that is fetched at once. */
static GPtrArray *
next_group (SatSyncJob *job, GPtrArray *moved, guint first)
{
  GPtrArray *group = g_ptr_array_new ();

  for (guint i = first; i < moved->len && fits (job, group, g_ptr_array_index (moved, i)); i++)
    g_ptr_array_add (group, g_ptr_array_index (moved, i));
  return group;
}

/* ---- fetching ---- */

static gboolean
download_group (SatSyncJob *job, GPtrArray *group, GError **error)
{
  git_fetch_options options = GIT_FETCH_OPTIONS_INIT;
  g_autoptr (GPtrArray) specs = g_ptr_array_new_with_free_func (g_free);
  git_strarray list;
  int code;

  if (!show_tips (job, group, error) || (job->remote == NULL && !sat_smart_open (job, error)))
    return FALSE;
  for (guint i = 0; i < group->len; i++)
    {
      const Moved *one = g_ptr_array_index (group, i);

      g_ptr_array_add (specs, g_strdup_printf ("+%s:%s", one->ref, one->ref));
    }
  list = (git_strarray){ (char **) specs->pdata, specs->len };
  sat_sync_job_callbacks (job, &options.callbacks);
  options.download_tags = GIT_REMOTE_DOWNLOAD_TAGS_NONE;
  options.prune = GIT_FETCH_NO_PRUNE;
  options.proxy_opts.type = GIT_PROXY_AUTO;
  options.follow_redirects = GIT_REMOTE_REDIRECT_NONE;
  sat_sync_job_listen (job);
  code = git_remote_download (job->remote, &list, &options);
  sat_sync_job_heard (job);
  if (code < 0)
    return sat_sync_job_fail (job, error, code, N_ ("cannot fetch from the hub “%s”: %s"));
  job->result.received_bytes += git_remote_stats (job->remote)->received_bytes;
  sat_durable_step ("objects fetched");
  g_clear_pointer (&job->remote, git_remote_free);
  return TRUE;
}

gboolean
sat_smart_download (SatSyncJob *job, GError **error)
{
  g_autoptr (GPtrArray) moved = find_moved (job);

  for (guint done = 0; done < moved->len;)
    {
      g_autoptr (GPtrArray) group = next_group (job, moved, done);

      if (!download_group (job, group, error))
        return FALSE;
      done += group->len;
    }
  return TRUE;
}
