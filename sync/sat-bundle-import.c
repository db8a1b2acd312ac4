/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "core/base/sat-crash.h"
#include "core/workspace/sat-exchange-known.h"
#include "sync/sat-bundle-file.h"
#include "sync/sat-bundle-text.h"
#include "sync/sat-bundle.h"
#include "sync/sat-fetch.h"
#include "sync/sat-hub.h"
#include "sync/sat-steps.h"

/* Of the pack that is read at once. */
#define CHUNK ((gsize) 1024 * 1024)

struct _SatBundleFile
{
  SatSyncJob *job;
  const char *file;
  GBytes *content;
  SatBundleHead head;
  git_repository *repo; /* bundle.git */
};

typedef SatBundleFile Import;

static gboolean
fail_damaged (GError **error)
{
  return sat_fail (error, SAT_ERROR_MALFORMED,
                   N_ ("the file is damaged or not complete; ask for it once more"), NULL);
}

/* ---- the file ---- */

/* A large file is mapped; a pipe cannot be. */
static GBytes *
read_content (const char *file, GError **error)
{
  g_autoptr (GMappedFile) map = NULL;
  char *text = NULL;
  gsize size = 0;

  if (g_file_test (file, G_FILE_TEST_IS_REGULAR))
    {
      map = g_mapped_file_new (file, FALSE, error);
      return map ? g_mapped_file_get_bytes (map) : NULL;
    }
  if (!g_file_get_contents (file, &text, &size, error))
    return NULL;
  return g_bytes_new_take (text, size);
}

static gboolean
read_head (Import *import, GError **error)
{
  g_autoptr (GError) local = NULL;
  const char *text;
  gsize size;

  if (g_file_test (import->file, G_FILE_TEST_IS_DIR))
    return sat_fail (
        error, SAT_ERROR_INVALID,
        N_ ("“%s” is a folder; name the file that “satchel bundle export” has written"),
        import->file, NULL);
  import->content = read_content (import->file, &local);
  if (import->content == NULL)
    return sat_fail (error, SAT_ERROR_NOT_FOUND, N_ ("cannot read “%s”: %s"), import->file,
                     local->message, NULL);
  text = g_bytes_get_data (import->content, &size);
  return sat_bundle_head_parse (text, size, &import->head, error);
}

/* ---- the repository ---- */

static gboolean
open_repository (Import *import, GError **error)
{
  SatSyncJob *job = import->job;
  g_autofree char *info = g_build_filename (job->hub, "objects", "info", NULL);
  g_autofree char *file = g_build_filename (info, "alternates", NULL);
  g_autofree char *text = g_strdup_printf ("%sobjects\n%sobjects\n",
                                           git_repository_path (job->inbox),
                                           git_repository_path (job->outbox));
  git_repository *made;

  sat_remove_tree (job->hub);
  made = sat_git_open_cache (job->hub, FALSE, error);
  if (made == NULL)
    return FALSE;
  git_repository_free (made);
  g_mkdir_with_parents (info, 0700);
  if (!g_file_set_contents (file, text, -1, NULL))
    return sat_fail (error, SAT_ERROR_FAILED, N_ ("cannot write “%s”: %s"), file,
                     g_strerror (errno), NULL);
  import->repo = sat_git_open_cache (job->hub, FALSE, error);
  return import->repo != NULL;
}

/* The name of the object on LINE. */
static git_oid
oid_of (const SatBundleLine *line)
{
  git_oid id;

  git_oid_fromstr (&id, line->hex);
  return id;
}

static gboolean
has_wanted (Import *import, GError **error)
{
  const GArray *wanted = import->head.wanted;

  for (guint i = 0; wanted != NULL && i < wanted->len; i++)
    {
      git_oid id = oid_of (&g_array_index (wanted, SatBundleLine, i));

      if (!sat_git_has (import->repo, &id))
        return sat_fail (
            error, SAT_ERROR_INVALID,
            N_ ("“%s” goes on from changes that are not here; sync with the hub first, or ask for "
                "a complete file"),
            import->file, NULL);
    }
  return TRUE;
}

static gboolean
has_all_tips (Import *import)
{
  for (guint i = 0; i < import->head.refs->len; i++)
    {
      git_oid id = oid_of (&g_array_index (import->head.refs, SatBundleLine, i));

      if (!sat_git_has (import->repo, &id))
        return FALSE;
    }
  return TRUE;
}

static gboolean
feed (Import *import, git_indexer *indexer, GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (import->content, &size);
  git_indexer_progress stats = { 0 };

  for (gsize at = import->head.length; at < size; at += CHUNK)
    {
      if (!sat_sync_job_check (import->job, error))
        return FALSE;
      if (git_indexer_append (indexer, data + at, MIN (CHUNK, size - at), &stats) < 0)
        return fail_damaged (error);
      sat_sync_job_progress (import->job, MIN (at + CHUNK, size), size);
    }
  return git_indexer_commit (indexer, &stats) == 0 || fail_damaged (error);
}

/* Objects have the names of what they contain, or the indexer refuses them. */
static gboolean
unpack (Import *import, GError **error)
{
  g_autofree char *dir = g_build_filename (import->job->hub, "objects", "pack", NULL);
  git_indexer_options options = GIT_INDEXER_OPTIONS_INIT;
  git_indexer *indexer = NULL;
  g_autoptr (git_odb) odb = NULL;
  gboolean ok;
  int code = git_repository_odb (&odb, import->repo);

  g_mkdir_with_parents (dir, 0700);
  if (code == 0)
    code = git_indexer_new (&indexer, dir, 0, odb, &options);
  if (code < 0)
    return sat_git_fail (error, code, N_ ("cannot open the local repository “%s”: %s"),
                         import->job->hub);
  ok = feed (import, indexer, error);
  git_indexer_free (indexer);
  sat_durable_step ("bundle unpacked");
  return ok && (git_odb_refresh (odb) == 0) && (has_all_tips (import) || fail_damaged (error));
}

/* ---- all of it ---- */

static void
note_tips (Import *import)
{
  sat_hub_begin_tips (import->job);
  for (guint i = 0; i < import->head.refs->len; i++)
    {
      const SatBundleLine *line = &g_array_index (import->head.refs, SatBundleLine, i);
      git_oid id = oid_of (line);

      sat_hub_note_tip (import->job, line->name, &id);
    }
}

char *
sat_bundle_file_place (const char *home)
{
  return g_build_filename (home, "git", "bundle.git", NULL);
}

SatBundleFile *
sat_bundle_file_open (SatSyncJob *job, const char *file, GError **error)
{
  g_autoptr (SatBundleFile) import = g_new0 (SatBundleFile, 1);

  import->job = job;
  import->file = file;
  sat_sync_job_phase (job, SAT_PHASE_FETCH);
  if (!read_head (import, error))
    return NULL;
  job->result.received_bytes = g_bytes_get_size (import->content);
  return g_steal_pointer (&import);
}

void
sat_bundle_file_free (SatBundleFile *import)
{
  if (import == NULL)
    return;
  sat_bundle_head_clear (&import->head);
  g_clear_pointer (&import->repo, git_repository_free);
  g_clear_pointer (&import->content, g_bytes_unref);
  sat_remove_tree (import->job->hub);
  g_free (import);
}

gboolean
sat_bundle_file_is_ours (SatBundleFile *import, GError **error)
{
  g_autofree char *space = sat_workspace_space (import->job->workspace);
  SatId id;

  return (space != NULL && sat_id_parse (space, &id) &&
          sat_id_equal (&id, &import->head.workspace)) ||
         sat_fail (error, SAT_ERROR_INVALID,
                   N_ ("“%s” belongs to another workspace than the one here"), import->file, NULL);
}

gboolean
sat_bundle_file_unpack (SatBundleFile *import, GError **error)
{
  if (!open_repository (import, error) || !has_wanted (import, error) || !unpack (import, error))
    return FALSE;
  g_clear_pointer (&import->repo, git_repository_free);
  return TRUE;
}

gboolean
sat_bundle_file_fetch (SatBundleFile *import, GError **error)
{
  note_tips (import);
  return sat_step_seal (import->job, error) && sat_fetch_part (import->job, error);
}

gboolean
sat_sync_bundle_import (SatWorkspace *workspace,
                        const char *file,
                        const SatSyncOptions *options,
                        SatSyncResult *result,
                        GError **error)
{
  g_autofree char *path = sat_bundle_file_place (sat_workspace_home (workspace));
  g_autoptr (SatSyncJob) job = sat_sync_job_new (workspace, SAT_PEER_FILE, path, options, error);
  g_autoptr (SatBundleFile) import = NULL;
  gboolean ok;

  if (result)
    *result = (SatSyncResult){ 0 };
  if (job == NULL)
    return FALSE;
  import = sat_bundle_file_open (job, file, error);
  ok = import != NULL && sat_bundle_file_is_ours (import, error) &&
       sat_bundle_file_unpack (import, error) && sat_bundle_file_fetch (import, error) &&
       sat_steps_take_in (job, error);
  if (result)
    *result = job->result;
  return ok;
}
