/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Taking in a bundle. Its pack goes into HOME/git/bundle.git, a repository of its own that sees the
 * objects of the others; when that is sound it is fetched from like a hub that is a folder, and
 * everything is checked as from there. It is removed at the end, and before the next one. */
#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "core/base/sat-crash.h"
#include "core/workspace/sat-exchange-known.h"
#include "sync/sat-bundle-text.h"
#include "sync/sat-bundle.h"
#include "sync/sat-fetch.h"
#include "sync/sat-hub.h"
#include "sync/sat-steps.h"

/* Of the pack that is read at once. */
#define CHUNK ((gsize) 1024 * 1024)

typedef struct
{
  SatSyncJob *job;
  const char *file;
  GBytes *content;
  SatBundleHead head;
  git_repository *repo; /* bundle.git */
} Import;

static void
import_clear (Import *import)
{
  sat_bundle_head_clear (&import->head);
  g_clear_pointer (&import->repo, git_repository_free);
  g_clear_pointer (&import->content, g_bytes_unref);
}

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
    map = g_mapped_file_new (file, FALSE, error);
  if (map != NULL)
    return g_mapped_file_get_bytes (map);
  if (g_file_test (file, G_FILE_TEST_IS_REGULAR) ||
      !g_file_get_contents (file, &text, &size, error))
    return NULL;
  return g_bytes_new_take (text, size);
}

static gboolean
read_head (Import *import, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *space = sat_workspace_space (import->job->workspace);
  const char *text;
  gsize size;
  SatId id;

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
  if (!sat_bundle_head_parse (text, size, &import->head, error))
    return FALSE;
  if (space == NULL || !sat_id_parse (space, &id) || !sat_id_equal (&id, &import->head.workspace))
    return sat_fail (error, SAT_ERROR_INVALID,
                     N_ ("“%s” belongs to another workspace than the one here"), import->file,
                     NULL);
  return TRUE;
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
  for (guint i = 0; i < import->head.wanted->len; i++)
    {
      git_oid id = oid_of (&g_array_index (import->head.wanted, SatBundleLine, i));

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

static gboolean
take_in (Import *import, GError **error)
{
  SatSyncJob *job = import->job;

  sat_sync_job_phase (job, SAT_PHASE_FETCH);
  if (!read_head (import, error) || !open_repository (import, error) ||
      !has_wanted (import, error) || !unpack (import, error))
    return FALSE;
  g_clear_pointer (&import->repo, git_repository_free);
  note_tips (import);
  return sat_step_seal (job, error) && sat_fetch_part (job, error) &&
         sat_steps_take_in (job, error);
}

gboolean
sat_sync_bundle_import (SatWorkspace *workspace,
                        const char *file,
                        const SatSyncOptions *options,
                        SatSyncResult *result,
                        GError **error)
{
  g_autofree char *path = g_build_filename (sat_workspace_home (workspace), "git", "bundle.git",
                                            NULL);
  g_autoptr (SatSyncJob) job = sat_sync_job_new (workspace, path, options, error);
  Import import = { .job = job, .file = file };
  gboolean ok;

  if (result)
    *result = (SatSyncResult){ 0 };
  if (job == NULL)
    return FALSE;
  job->peer = SAT_PEER_FILE;
  ok = take_in (&import, error);
  job->result.received_bytes = import.content ? g_bytes_get_size (import.content) : 0;
  if (result)
    *result = job->result;
  import_clear (&import);
  sat_remove_tree (job->hub);
  return ok;
}
