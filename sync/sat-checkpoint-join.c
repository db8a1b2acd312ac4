/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/sat-checkpoint-join.h"
#include "core/workspace/sat-workspace-devices.h"

#include <string.h>

#include "core/base/sat-crash.h"
#include "sync/sat-checkpoint-commit.h"
#include "sync/sat-cover.h"
#include "sync/sat-hub.h"
#include "sync/sat-take.h"

/* How many that were of no use are remembered. */
#define USELESS_MAX 64

static char *
cache_path (SatSyncJob *job, const char *name)
{
  return g_build_filename (sat_workspace_home (job->workspace), "git", name, NULL);
}

/* ---- what was of no use -------------------------------------------------------------------------
 */

/* A file with a commit in each line: these are not fetched again. Covered once, covered for ever.
 */
static GStrv
read_useless (SatSyncJob *job)
{
  g_autofree char *path = cache_path (job, "useless-checkpoints");
  g_autofree char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) ? g_strsplit (text, "\n", -1)
                                                       : g_new0 (char *, 1);
}

static gboolean
is_useless (SatSyncJob *job, const char *hex)
{
  g_auto (GStrv) lines = read_useless (job);

  return g_strv_contains ((const char *const *) lines, hex);
}

static void
note_useless (SatSyncJob *job, const char *hex)
{
  g_auto (GStrv) lines = read_useless (job);
  g_autofree char *path = cache_path (job, "useless-checkpoints");
  GString *text = g_string_new (hex);

  for (guint i = 0; lines[i] != NULL && i + 1 < USELESS_MAX; i++)
    g_string_append_printf (text, "\n%s", lines[i]);
  g_file_set_contents (path, text->str, (gssize) text->len, NULL);
  g_string_free (text, TRUE);
}

/* ---- fetching ----------------------------------------------------------------------------------
 */

static gboolean
copy_path (SatSyncJob *job, git_repository *repo, const git_oid *id, GError **error)
{
  g_autoptr (git_repository) hub = NULL;
  g_autoptr (SatTake) take = NULL;
  int code = git_repository_open_ext (&hub, job->hub, GIT_REPOSITORY_OPEN_NO_SEARCH, NULL);

  if (code < 0)
    return sat_sync_job_fail (job, error, code, N_ ("cannot open the hub “%s”: %s"));
  take = sat_take_new (hub, repo);
  if (sat_take_checkpoint (take, id, sat_sync_job_check, job, error) &&
      sat_take_run (take, &job->result.received_bytes, error))
    return TRUE;
  /* What cannot be read there counts as missing: it may be mended. */
  if (error != NULL && !g_error_matches (*error, SAT_ERROR, SAT_ERROR_MALFORMED) &&
      !g_error_matches (*error, SAT_ERROR, SAT_ERROR_CANCELLED))
    (*error)->code = SAT_ERROR_NOT_FOUND;
  return FALSE;
}

static gboolean
download_smart (SatSyncJob *job, git_repository *repo, const char *ref, GError **error)
{
  git_fetch_options options = GIT_FETCH_OPTIONS_INIT;
  g_autofree char *spec = g_strdup_printf ("+%s:%s", ref, ref);
  char *specs[] = { spec };
  const git_strarray list = { specs, 1 };
  g_autoptr (git_remote) remote = NULL;
  int code;

  if (!sat_hub_connect (job, repo, GIT_DIRECTION_FETCH, &remote, error))
    return FALSE;
  sat_sync_job_callbacks (job, &options.callbacks);
  options.download_tags = GIT_REMOTE_DOWNLOAD_TAGS_NONE;
  options.prune = GIT_FETCH_NO_PRUNE;
  options.proxy_opts.type = GIT_PROXY_AUTO;
  options.follow_redirects = GIT_REMOTE_REDIRECT_NONE;
  sat_sync_job_listen (job);
  code = git_remote_download (remote, &list, &options);
  sat_sync_job_heard (job);
  if (code < 0)
    return sat_sync_job_fail (job, error, code, N_ ("cannot fetch from the hub “%s”: %s"));
  job->result.received_bytes += git_remote_stats (remote)->received_bytes;
  return TRUE;
}

gboolean
sat_checkpoint_fetch (
    SatSyncJob *job, git_repository *repo, const char *ref, const git_oid *id, GError **error)
{
  if (!sat_sync_job_check (job, error))
    return FALSE;
  if (sat_git_has (repo, id))
    return TRUE;
  if (!(job->address->kind == SAT_HUB_PATH ? copy_path (job, repo, id, error)
                                           : download_smart (job, repo, ref, error)))
    return FALSE;
  sat_durable_step ("checkpoint fetched");
  return sat_git_set_ref (repo, ref, id, error);
}

/* ---- one checkpoint -----------------------------------------------------------------------------
 */

typedef enum
{
  USE_FAILED, /* an error is set */
  USE_NONE,   /* it cannot be used, or is not needed; go on with the next */
  USE_JOINED,
} Use;

/* Is MAKER known here? Of company nothing may be here yet. */
static gboolean
is_known (SatSyncJob *job, const SatCheckpointRef *ref)
{
  g_autoptr (GPtrArray) devices = NULL;
  gboolean known = strcmp (ref->book, SAT_BOOK_KEY_COMPANY) == 0;

  devices = known ? NULL : sat_workspace_devices (job->workspace, NULL);
  for (guint i = 0; devices != NULL && i < devices->len && !known; i++)
    known = sat_id_equal (&((SatDevice *) g_ptr_array_index (devices, i))->id, &ref->maker);
  return known;
}

static gboolean
take_in (SatSyncJob *job, SatJoiner *joiner, GError **error)
{
  SatJoinerProgress progress = { 0 };

  while (!progress.done)
    {
      if (!sat_sync_job_check (job, error) ||
          !sat_joiner_step (joiner, sat_sync_job_slice (job), 0, &progress, error))
        return FALSE;
      sat_durable_step ("slice of a checkpoint joined");
      sat_sync_job_progress (job, progress.records, progress.total);
      if (!progress.done)
        sat_sync_job_pause (job);
    }
  return TRUE;
}

/* What is wrong with it is its maker's affair: there are others, and the change-sets. */
static Use
pass_over (SatSyncJob *job, const char *hex, GError *problem, GError **error)
{
  if (g_error_matches (problem, SAT_ERROR, SAT_ERROR_MALFORMED) ||
      g_error_matches (problem, SAT_ERROR, SAT_ERROR_REFUSED))
    note_useless (job, hex);
  else if (!g_error_matches (problem, SAT_ERROR, SAT_ERROR_NEWER) &&
           !g_error_matches (problem, SAT_ERROR, SAT_ERROR_NOT_FOUND) &&
           !g_error_matches (problem, SAT_ERROR, SAT_ERROR_BUSY))
    {
      g_propagate_error (error, problem);
      return USE_FAILED;
    }
  g_error_free (problem);
  return USE_NONE;
}

static Use
use_fetched (SatSyncJob *job,
             git_repository *repo,
             const SatCheckpointRef *ref,
             const git_oid *id,
             const char *hex,
             GError **error)
{
  GError *problem = NULL;
  g_autoptr (SatCheckpointFiles) files = sat_checkpoint_files_open (repo, id, ref, &problem);
  g_autoptr (SatJoiner) joiner = NULL;
  gboolean needed = FALSE;

  if (files == NULL)
    return pass_over (job, hex, problem, error);
  joiner = sat_joiner_new (job->workspace, ref->book, hex, &ref->maker, sat_checkpoint_files_text,
                           files);
  if (!sat_joiner_check (joiner, &needed, &problem))
    return pass_over (job, hex, problem, error);
  if (!needed)
    {
      note_useless (job, hex);
      return USE_NONE;
    }
  return take_in (job, joiner, error) ? USE_JOINED : USE_FAILED;
}

static Use
use (SatSyncJob *job, git_repository *repo, const char *name, GError **error)
{
  const git_oid *id = g_hash_table_lookup (job->hub_checkpoints, name);
  char hex[GIT_OID_HEXSZ + 1];
  GError *problem = NULL;
  SatCheckpointRef ref;

  git_oid_tostr (hex, sizeof hex, id);
  if (!sat_checkpoint_ref_parse (name, &ref) || sat_id_equal (&ref.maker, job->device) ||
      is_useless (job, hex) || !is_known (job, &ref) || sat_covers_are_behind (job, &ref))
    return USE_NONE;
  if (!sat_checkpoint_fetch (job, repo, name, id, &problem))
    return pass_over (job, hex, problem, error);
  return use_fetched (job, repo, &ref, id, hex, error);
}

/* The newest of BOOK that can be used. */
static gboolean
join_book (
    SatSyncJob *job, git_repository *repo, const char *book, gboolean *joined, GError **error)
{
  g_autoptr (GPtrArray) refs = sat_checkpoint_refs (job->hub_checkpoints, book);

  for (guint i = 0; i < refs->len; i++)
    switch (use (job, repo, refs->pdata[i], error))
      {
      case USE_FAILED:
        return FALSE;
      case USE_JOINED:
        *joined = TRUE;
        return TRUE;
      case USE_NONE:
        break;
      default:
        g_assert_not_reached ();
      }
  return TRUE;
}

/* ---- books --------------------------------------------------------------------------------------
 */

static gboolean
join_books (SatSyncJob *job, const char *const *books, gboolean *joined, GError **error)
{
  g_autofree char *path = cache_path (job, "joining.git");
  g_autofree char *half = NULL;
  git_repository *repo = NULL;
  gboolean ok = TRUE;

  for (guint i = 0; ok && books[i] != NULL; i++)
    {
      g_autoptr (GPtrArray) refs = sat_checkpoint_refs (job->hub_checkpoints, books[i]);

      if (refs->len == 0)
        continue;
      if (repo == NULL)
        repo = sat_git_open_cache (path, TRUE, error);
      ok = repo != NULL && join_book (job, repo, books[i], joined, error);
    }
  git_repository_free (repo);
  half = sat_workspace_half_joined (job->workspace, NULL);
  if (half == NULL)
    sat_remove_tree (path);
  return ok;
}

/* What is half joined may have come by a file, or have left the hub: it is still in joining.git. */
static void
note_begun (SatSyncJob *job, const char *half)
{
  g_autofree char *path = cache_path (job, "joining.git");
  g_autoptr (GPtrArray) refs = NULL;
  git_repository *repo = sat_git_open_cache (path, TRUE, NULL);

  refs = repo ? sat_git_list_refs (repo, "refs/heads/*", NULL) : NULL;
  for (guint i = 0; refs != NULL && i < refs->len; i++)
    {
      char hex[GIT_OID_HEXSZ + 1];
      git_oid id;

      if (sat_git_ref (repo, refs->pdata[i], &id) &&
          g_str_equal (git_oid_tostr (hex, sizeof hex, &id), half))
        sat_hub_note_tip (job, refs->pdata[i], &id);
    }
  git_repository_free (repo);
}

gboolean
sat_checkpoint_join_new (SatSyncJob *job, gboolean *joined, GError **error)
{
  g_autoptr (GPtrArray) books = g_ptr_array_new ();
  g_autofree char *half_book = NULL;
  g_autofree char *half = NULL;

  *joined = FALSE;
  if (job->hub_checkpoints == NULL)
    return TRUE;
  half = sat_workspace_half_joined (job->workspace, &half_book);
  if (half != NULL)
    note_begun (job, half);
  if (g_hash_table_size (job->hub_checkpoints) == 0)
    return TRUE;
  for (guint i = 0; job->books[i] != NULL; i++)
    if (g_strcmp0 (job->books[i], half_book) == 0 ||
        sat_workspace_is_blank (job->workspace, job->books[i]))
      g_ptr_array_add (books, job->books[i]);
  g_ptr_array_add (books, NULL);
  return join_books (job, (const char *const *) books->pdata, joined, error);
}

gboolean
sat_checkpoint_join_missing (SatSyncJob *job,
                             const char *const *books,
                             gboolean *joined,
                             GError **error)
{
  *joined = FALSE;
  if (job->hub_checkpoints == NULL || g_hash_table_size (job->hub_checkpoints) == 0)
    return TRUE;
  return join_books (job, books, joined, error);
}
