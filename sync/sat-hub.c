/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/sat-hub.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/workspace/sat-workspace-books.h"
#include "sync/sat-authorities.h"
#include "sync/sat-checkpoint-ref.h"
#include "sync/sat-smart.h"

SatHubAddress *
sat_hub_address_of (SatWorkspace *workspace, GError **error)
{
  const char *hub = sat_workspace_hub (workspace);

  if (*hub != '\0')
    return sat_hub_address_parse (hub, error);
  sat_fail (
      error, SAT_ERROR_INVALID,
      N_ ("this laptop has joined from a file and knows no hub; give its address with "
          "“satchel hub set URL” once it can be reached, and exchange files or a folder until "
          "then: “satchel bundle”, “satchel sync --with FOLDER”"),
      NULL);
  return NULL;
}

SatHubAddress *
sat_hub_address_for (SatWorkspace *workspace, const char *book, GError **error)
{
  g_autoptr (SatHubAddress) hub = sat_hub_address_of (workspace, error);
  g_autofree char *key = hub && book ? sat_workspace_find_book (workspace, book, error) : NULL;
  g_autoptr (GHashTable) apart = key ? sat_workspace_repositories (workspace, error) : NULL;
  const char *site = apart ? g_hash_table_lookup (apart, key) : NULL;

  if (book != NULL && apart == NULL)
    return NULL;
  return site ? sat_hub_address_beside (hub, site, error) : g_steal_pointer (&hub);
}

char *
sat_hub_path (const char *hub, GError **error)
{
  g_autoptr (SatHubAddress) address = sat_hub_address_parse (hub, NULL);

  if (address == NULL || address->kind != SAT_HUB_PATH)
    {
      sat_fail (error, SAT_ERROR_INVALID,
                N_ ("cannot make a hub in “%s”; give the path of a folder on this computer"), hub,
                NULL);
      return NULL;
    }
  return g_steal_pointer (&address->text);
}

gboolean
sat_hub_open (git_repository **repo, const char *path, GError **error)
{
  struct stat info;

  if (g_stat (path, &info) != 0)
    {
      if (errno == ENOENT || errno == ENOTDIR)
        return sat_fail (error, SAT_ERROR_NOT_FOUND,
                         N_ ("the hub “%s” is not there; check that its folder or drive can be "
                             "reached"),
                         path, NULL);
      return sat_fail (error, SAT_ERROR_FAILED, N_ ("cannot open the hub “%s”: %s"), path,
                       g_strerror (errno), NULL);
    }
  if (S_ISDIR (info.st_mode) && access (path, R_OK | X_OK) != 0)
    return sat_fail (error, SAT_ERROR_FAILED, N_ ("cannot open the hub “%s”: %s"), path,
                     g_strerror (errno), NULL);
  if (git_repository_open_ext (repo, path, GIT_REPOSITORY_OPEN_NO_SEARCH, NULL) < 0)
    return sat_fail (error, SAT_ERROR_INVALID,
                     N_ ("“%s” is not a hub: there is no git repository in it; check the path"),
                     path, NULL);
  if (!git_repository_is_bare (*repo))
    return sat_fail (
        error, SAT_ERROR_INVALID,
        N_ ("“%s” is not a hub: it is a git repository with a working folder, and a hub "
            "is a bare one"),
        path, NULL);
  return TRUE;
}

gboolean
sat_hub_check (const char *path, GError **error)
{
  git_repository *repo = NULL;
  gboolean good = sat_hub_open (&repo, path, error);

  git_repository_free (repo);
  return good;
}

gboolean
sat_hub_check_writable (const char *path, GError **error)
{
  static const char *const folders[] = { "objects", "refs" };

  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *folder = g_build_filename (path, folders[i], NULL);

      if (access (folder, W_OK | X_OK) != 0)
        return sat_fail (
            error, SAT_ERROR_FAILED,
            N_ ("cannot write to the hub “%s”: %s; what is waiting to be sent stays here"), path,
            g_strerror (errno), NULL);
    }
  return TRUE;
}

void
sat_hub_begin_tips (SatSyncJob *job)
{
  g_clear_pointer (&job->hub_tips, g_hash_table_unref);
  job->hub_tips = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_clear_pointer (&job->hub_checkpoints, g_hash_table_unref);
  job->hub_checkpoints = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_clear_pointer (&job->hub_covers, g_hash_table_unref);
  job->hub_covers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

void
sat_hub_note_tip (SatSyncJob *job, const char *ref, const git_oid *tip)
{
  SatCheckpointRef checkpoint;
  SatBranch branch;

  if (sat_branch_parse (ref, &branch))
    g_hash_table_replace (job->hub_tips, g_strdup (ref), sat_oid_dup (tip));
  else if (sat_checkpoint_ref_parse (ref, &checkpoint))
    g_hash_table_replace (job->hub_checkpoints, g_strdup (ref), sat_oid_dup (tip));
  else if (sat_cover_ref_parse (ref, &checkpoint))
    g_hash_table_replace (job->hub_covers, g_strdup (ref), sat_oid_dup (tip));
}

static gboolean
read_branches (SatSyncJob *job, git_repository *hub, GError **error)
{
  g_autoptr (git_reference_iterator) iterator = NULL;
  git_reference *next = NULL;
  int code = git_reference_iterator_glob_new (&iterator, hub, "refs/heads/*");

  sat_hub_begin_tips (job);
  while (code == 0 && (code = git_reference_next (&next, iterator)) == 0)
    {
      g_autoptr (git_reference) ref = g_steal_pointer (&next);
      const git_oid *tip = git_reference_target (ref);

      if (tip)
        sat_hub_note_tip (job, git_reference_name (ref), tip);
    }
  if (code != GIT_ITEROVER)
    return sat_sync_job_fail (job, error, code,
                              N_ ("cannot read the branches of the hub “%s”: %s"));
  return TRUE;
}

gboolean
sat_hub_read_heads (SatSyncJob *job, git_remote *remote, GError **error)
{
  const git_remote_head **heads = NULL;
  size_t n = 0;
  int code = git_remote_ls (&heads, &n, remote);

  if (code < 0)
    return sat_sync_job_fail (job, error, code,
                              N_ ("cannot read the branches of the hub “%s”: %s"));
  sat_hub_begin_tips (job);
  for (size_t i = 0; i < n; i++)
    sat_hub_note_tip (job, heads[i]->name, &heads[i]->oid);
  return TRUE;
}

static gboolean
look_at_path (SatSyncJob *job, GError **error)
{
  git_repository *hub = NULL;
  gboolean looked = sat_sync_job_check (job, error) && sat_hub_open (&hub, job->hub, error) &&
                    read_branches (job, hub, error);

  git_repository_free (hub);
  return looked;
}

gboolean
sat_hub_look (SatSyncJob *job, GError **error)
{
  if (job->address->kind == SAT_HUB_PATH)
    return look_at_path (job, error);
  return sat_smart_open (job, error) && sat_hub_read_heads (job, job->remote, error);
}

/* Only the address that was given is spoken to: a password is for nobody else. */
static int
connect_to (SatSyncJob *job, git_remote *remote, git_direction direction)
{
  git_remote_connect_options options = GIT_REMOTE_CONNECT_OPTIONS_INIT;
  int code;

  if (job->address->tls)
    sat_authorities_know ();
  sat_sync_job_callbacks (job, &options.callbacks);
  options.proxy_opts.type = GIT_PROXY_AUTO;
  options.follow_redirects = GIT_REMOTE_REDIRECT_NONE;
  sat_hub_login_begin (&job->login);
  sat_sync_job_listen (job);
  code = git_remote_connect_ext (remote, direction, &options);
  sat_sync_job_heard (job);
  if (code == 0)
    sat_hub_login_accepted (&job->login);
  return code;
}

gboolean
sat_hub_connect (SatSyncJob *job,
                 git_repository *repo,
                 git_direction direction,
                 git_remote **out,
                 GError **error)
{
  git_remote_create_options options = GIT_REMOTE_CREATE_OPTIONS_INIT;
  int code;

  if (!sat_sync_job_check (job, error))
    return FALSE;
  options.repository = repo;
  /* Looking for url.*.insteadOf leaks 20 kB each time in libgit2 1.5, and there is none. */
  options.flags = GIT_REMOTE_CREATE_SKIP_INSTEADOF | GIT_REMOTE_CREATE_SKIP_DEFAULT_FETCHSPEC;
  code = git_remote_create_with_opts (out, job->address->url, &options);
  if (code == 0)
    do
      code = connect_to (job, *out, direction);
    while (code < 0 && sat_hub_login_retry (&job->login));
  if (code < 0)
    return sat_sync_job_fail (job, error, code, N_ ("cannot open the hub “%s”: %s"));
  return TRUE;
}

/* Does REF tell whose repository this is? The hub of a workspace is told by book `company`, that of
 * other books by these. */
static gboolean
is_telling (SatSyncJob *job, const char *ref, SatBranch *branch)
{
  return sat_branch_parse (ref, branch) &&
         (job->site ? sat_sync_job_is_here (branch->book, job)
                    : g_str_equal (branch->book, SAT_BOOK_KEY_COMPANY));
}

/* Of a device whose change-sets were applied here; the local repositories are a cache and may know
 * less. */
static gboolean
is_known_line (SatSyncJob *job, const char *ref)
{
  SatBranch branch;

  return is_telling (job, ref, &branch) &&
         sat_workspace_applied (job->workspace, branch.book, &branch.device) > 0;
}

/* Does REF, a checkpoint, tell the same? Who fills a hub from what it shows, its own repositories
 * gone, has nothing else. *KNOWN: its maker's change-sets were applied here. */
static gboolean
is_telling_checkpoint (SatSyncJob *job, const char *ref, gboolean *known)
{
  SatCheckpointRef checkpoint;

  if (job->site != NULL || !sat_checkpoint_ref_parse (ref, &checkpoint) ||
      !g_str_equal (checkpoint.book, SAT_BOOK_KEY_COMPANY))
    return FALSE;
  *known = sat_workspace_applied (job->workspace, checkpoint.book, &checkpoint.maker) > 0;
  return TRUE;
}

gboolean
sat_hub_is_same (SatSyncJob *job, gboolean *empty, GError **error)
{
  GHashTableIter iter;
  gpointer ref;
  gboolean known = FALSE;

  *empty = g_hash_table_size (job->hub_tips) == 0;
  g_hash_table_iter_init (&iter, job->hub_tips);
  while (g_hash_table_iter_next (&iter, &ref, NULL))
    if (is_known_line (job, ref))
      return TRUE;
  g_hash_table_iter_init (&iter, job->hub_checkpoints);
  while (g_hash_table_iter_next (&iter, &ref, NULL))
    if (is_telling_checkpoint (job, ref, &known) && known)
      return TRUE;
  return *empty || sat_fail (error, SAT_ERROR_REFUSED,
                             N_ ("the hub “%s” belongs to another workspace; check the address"),
                             job->hub, NULL);
}

gboolean
sat_hub_is_ours (SatSyncJob *job, gboolean *empty, GError **error)
{
  gboolean known = FALSE;
  gboolean common = FALSE;
  GHashTableIter iter;
  SatBranch branch;
  gpointer ref;

  *empty = TRUE;
  g_hash_table_iter_init (&iter, job->tips);
  while (g_hash_table_iter_next (&iter, &ref, NULL))
    known = known || is_telling (job, ref, &branch);
  g_hash_table_iter_init (&iter, job->hub_tips);
  while (g_hash_table_iter_next (&iter, &ref, NULL))
    if (is_telling (job, ref, &branch))
      {
        *empty = FALSE;
        common = common || g_hash_table_contains (job->tips, ref) || is_known_line (job, ref);
      }
  g_hash_table_iter_init (&iter, job->hub_checkpoints);
  while (!common && g_hash_table_iter_next (&iter, &ref, NULL))
    if (is_telling_checkpoint (job, ref, &common))
      *empty = FALSE;
  if (*empty && job->site == NULL && !job->is_filling)
    return sat_fail (error, SAT_ERROR_REFUSED,
                     N_ ("the hub “%s” holds no workspace; check the path, or whether the hub has "
                         "lost its data"),
                     job->hub, NULL);
  if (known && !common && !*empty)
    return sat_fail (error, SAT_ERROR_REFUSED,
                     N_ ("the hub “%s” belongs to another workspace; check the path"), job->hub,
                     NULL);
  return TRUE;
}
