/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/sat-hub.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* "host:path" as ssh has it, unless there is such a file. */
static gboolean
is_scp_like (const char *hub)
{
  const char *colon = strchr (hub, ':');
  const char *slash = strchr (hub, '/');

  return colon && colon > hub && (slash == NULL || colon < slash) &&
         !g_file_test (hub, G_FILE_TEST_EXISTS);
}

char *
sat_hub_path (const char *hub, GError **error)
{
  g_autofree char *local = NULL;

  if (g_str_has_prefix (hub, "file://"))
    local = g_filename_from_uri (hub, NULL, NULL);
  else if (strstr (hub, "://") == NULL && !is_scp_like (hub))
    local = g_strdup (hub);
  if (local == NULL || *local == '\0')
    {
      sat_fail (error, SAT_ERROR_INVALID,
                N_ ("cannot use “%s” as a hub; give the path of a folder"), hub, NULL);
      return NULL;
    }
  return g_canonicalize_filename (local, NULL);
}

char *
sat_hub_url (const char *path)
{
  return g_filename_to_uri (path, NULL, NULL);
}

/* FALSE with one clear sentence unless there is a bare repository at PATH. */
static gboolean
open_hub (git_repository **repo, const char *path, GError **error)
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
  gboolean good = open_hub (&repo, path, error);

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

static gboolean
read_branches (SatSyncJob *job, git_repository *hub, GError **error)
{
  g_autoptr (git_reference_iterator) iterator = NULL;
  git_reference *next = NULL;
  int code = git_reference_iterator_glob_new (&iterator, hub, "refs/heads/*");

  g_clear_pointer (&job->hub_tips, g_hash_table_unref);
  job->hub_tips = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  while (code == 0 && (code = git_reference_next (&next, iterator)) == 0)
    {
      g_autoptr (git_reference) ref = g_steal_pointer (&next);
      const git_oid *tip = git_reference_target (ref);
      SatBranch branch;

      if (tip && sat_branch_parse (git_reference_name (ref), &branch))
        g_hash_table_insert (job->hub_tips, g_strdup (git_reference_name (ref)), sat_oid_dup (tip));
    }
  if (code != GIT_ITEROVER)
    return sat_sync_job_fail (job, error, code,
                              N_ ("cannot read the branches of the hub “%s”: %s"));
  return TRUE;
}

gboolean
sat_hub_look (SatSyncJob *job, GError **error)
{
  git_repository *hub = NULL;
  gboolean looked = sat_sync_job_check (job, error) && open_hub (&hub, job->hub, error) &&
                    read_branches (job, hub, error);

  git_repository_free (hub);
  return looked;
}

gboolean
sat_hub_connect (SatSyncJob *job,
                 git_repository *repo,
                 git_direction direction,
                 git_remote **out,
                 GError **error)
{
  git_remote_callbacks callbacks;
  git_remote_create_options options = GIT_REMOTE_CREATE_OPTIONS_INIT;
  int code;

  if (!sat_sync_job_check (job, error))
    return FALSE;
  options.repository = repo;
  /* Looking for url.*.insteadOf leaks 20 kB each time in libgit2 1.5, and there is none. */
  options.flags = GIT_REMOTE_CREATE_SKIP_INSTEADOF | GIT_REMOTE_CREATE_SKIP_DEFAULT_FETCHSPEC;
  sat_sync_job_callbacks (job, &callbacks);
  code = git_remote_create_with_opts (out, job->hub_url, &options);
  if (code == 0)
    code = git_remote_connect (*out, direction, &callbacks, NULL, NULL);
  if (code < 0)
    return sat_sync_job_fail (job, error, code, N_ ("cannot open the hub “%s”: %s"));
  return TRUE;
}

static gboolean
is_company (const char *ref)
{
  return g_str_has_prefix (ref, "refs/heads/" SAT_BOOK_KEY_COMPANY "/");
}

gboolean
sat_hub_is_ours (SatSyncJob *job, GError **error)
{
  gboolean known = FALSE;
  gboolean shown = FALSE;
  gboolean common = FALSE;
  GHashTableIter iter;
  gpointer ref;

  g_hash_table_iter_init (&iter, job->tips);
  while (g_hash_table_iter_next (&iter, &ref, NULL))
    known = known || is_company (ref);
  g_hash_table_iter_init (&iter, job->hub_tips);
  while (g_hash_table_iter_next (&iter, &ref, NULL))
    if (is_company (ref))
      {
        shown = TRUE;
        common = common || g_hash_table_contains (job->tips, ref);
      }
  if (!shown)
    return sat_fail (error, SAT_ERROR_REFUSED,
                     N_ ("the hub “%s” holds no workspace; check the path, or whether the hub has "
                         "lost its data"),
                     job->hub, NULL);
  if (known && !common)
    return sat_fail (error, SAT_ERROR_REFUSED,
                     N_ ("the hub “%s” belongs to another workspace; check the path"), job->hub,
                     NULL);
  return TRUE;
}
