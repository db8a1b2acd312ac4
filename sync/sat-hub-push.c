/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/sat-hub-push.h"

#include <string.h>

#include "sync/sat-hub.h"
#include "sync/sat-packs.h"

/* ---- a folder ---- */

typedef struct
{
  const char *ref; /* on the hub; of the spec */
  gboolean deleted;
  git_oid tip;     /* what it is to be, but if it is deleted */
  gboolean is_new; /* there is none on the hub */
  git_oid before;  /* what it is there, but if there is none */
} Move;

typedef struct
{
  SatSyncJob *job;
  git_repository *repo;
  git_repository *hub;
  GArray *moves;   /* Move */
  GPtrArray *tips; /* git_oid, of MOVES: to be sent */
  GPtrArray *hide; /* git_oid, owned: what the hub has of REPO */
} Folder;

static gboolean
read_move (Folder *folder, const char *spec, Move *move, GError **error)
{
  const char *colon = strchr (spec, ':');
  g_autofree char *from = g_strndup (spec, (gsize) (colon - spec));

  move->ref = colon + 1;
  move->deleted = *from == '\0';
  move->is_new = !sat_git_ref (folder->hub, move->ref, &move->before);
  return move->deleted || sat_git_ref (folder->repo, from, &move->tip) ||
         sat_sync_job_fail (folder->job, error, GIT_ENOTFOUND,
                            N_ ("cannot send to the hub “%s”: %s"));
}

/* Does what is sent go on where the hub is? */
static gboolean
check_forward (Folder *folder, const Move *move, GError **error)
{
  return move->deleted || move->is_new || git_oid_equal (&move->tip, &move->before) ||
         (sat_git_has (folder->repo, &move->before) &&
          git_graph_descendant_of (folder->repo, &move->tip, &move->before) == 1) ||
         sat_fail (error, SAT_ERROR_REFUSED,
                   N_ ("the branch “%s” of the hub “%s” has changed meanwhile; try again"),
                   move->ref, folder->job->hub, NULL);
}

static gboolean
plan (Folder *folder, const GPtrArray *specs, GError **error)
{
  for (guint i = 0; i < specs->len; i++)
    {
      Move move = { 0 };

      if (!read_move (folder, specs->pdata[i], &move, error) ||
          !check_forward (folder, &move, error))
        return FALSE;
      g_array_append_val (folder->moves, move);
    }
  for (guint i = 0; i < folder->moves->len; i++)
    {
      Move *move = &g_array_index (folder->moves, Move, i);

      if (!move->deleted)
        g_ptr_array_add (folder->tips, &move->tip);
    }
  return TRUE;
}

/* What the hub shows and has, and is known here, is not sent. A ref there may name what is missing,
 * which is no cause to look for it anew each time. */
static int
find_common (Folder *folder)
{
  g_autoptr (git_reference_iterator) iterator = NULL;
  g_autoptr (git_odb) there = NULL;
  g_autoptr (git_odb) here = NULL;
  git_reference *next = NULL;
  int code = git_repository_odb (&there, folder->hub);

  if (code == 0)
    code = git_repository_odb (&here, folder->repo);
  if (code == 0)
    code = git_reference_iterator_glob_new (&iterator, folder->hub, "refs/heads/*");
  while (code == 0 && (code = git_reference_next (&next, iterator)) == 0)
    {
      g_autoptr (git_reference) ref = g_steal_pointer (&next);
      const git_oid *tip = git_reference_target (ref);

      if (tip != NULL && git_odb_exists_ext (here, tip, GIT_ODB_LOOKUP_NO_REFRESH) &&
          git_odb_exists_ext (there, tip, GIT_ODB_LOOKUP_NO_REFRESH))
        g_ptr_array_add (folder->hide, sat_oid_dup (tip));
    }
  return code == GIT_ITEROVER ? 0 : code;
}

static int
send_objects (Folder *folder)
{
  git_remote_callbacks callbacks;
  int code = folder->tips->len > 0 ? find_common (folder) : 0;

  sat_sync_job_callbacks (folder->job, &callbacks);
  if (code == 0 && folder->tips->len > 0)
    code = sat_packs_write (folder->repo, folder->hub, folder->tips, folder->hide, &callbacks);
  return code;
}

static int
delete_ref (git_repository *hub, const char *name)
{
  g_autoptr (git_reference) ref = NULL;
  int code = git_reference_lookup (&ref, hub, name);

  if (code == 0)
    code = git_reference_delete (ref);
  return code == GIT_ENOTFOUND ? 0 : code;
}

/* The hub's answer, as a hub over a wire gives it. */
static void
move_ref (Folder *folder, const Move *move)
{
  g_autoptr (git_reference) made = NULL;
  const char *why = "";
  int code = move->deleted
                 ? delete_ref (folder->hub, move->ref)
                 : git_reference_create_matching (&made, folder->hub, move->ref, &move->tip,
                                                  !move->is_new,
                                                  move->is_new ? NULL : &move->before, NULL);

  if (code < 0)
    why = git_error_last () != NULL ? git_error_last ()->message : "?";
  g_hash_table_replace (folder->job->push_status, g_strdup (move->ref), g_strdup (why));
}

static gboolean
push_to (Folder *folder, const GPtrArray *specs, GError **error)
{
  int code;

  if (!plan (folder, specs, error))
    return FALSE;
  code = send_objects (folder);
  if (code < 0)
    return sat_sync_job_fail (folder->job, error, code, N_ ("cannot send to the hub “%s”: %s"));
  for (guint i = 0; i < folder->moves->len; i++)
    move_ref (folder, &g_array_index (folder->moves, Move, i));
  return TRUE;
}

static gboolean
push_folder (SatSyncJob *job, git_repository *repo, const GPtrArray *specs, GError **error)
{
  g_autoptr (git_repository) hub = NULL;
  g_autoptr (GArray) moves = g_array_new (FALSE, FALSE, sizeof (Move));
  g_autoptr (GPtrArray) tips = g_ptr_array_new ();
  g_autoptr (GPtrArray) hide = g_ptr_array_new_with_free_func (g_free);
  Folder folder = { .job = job, .repo = repo, .moves = moves, .tips = tips, .hide = hide };

  if (!sat_sync_job_check (job, error) || !sat_hub_check_writable (job->hub, error) ||
      !sat_hub_open (&hub, job->hub, error))
    return FALSE;
  folder.hub = hub;
  return push_to (&folder, specs, error);
}

/* ---- over a wire ---- */

static gboolean
upload (SatSyncJob *job, git_remote *remote, const GPtrArray *specs, GError **error)
{
  const git_strarray list = { (char **) specs->pdata, specs->len };
  git_push_options options = GIT_PUSH_OPTIONS_INIT;
  int code;

  options.pb_parallelism = 0;
  sat_sync_job_callbacks (job, &options.callbacks);
  options.proxy_opts.type = GIT_PROXY_AUTO;
  options.follow_redirects = GIT_REMOTE_REDIRECT_NONE;
  code = git_remote_upload (remote, &list, &options);
  return code == 0 || sat_sync_job_fail (job, error, code, N_ ("cannot send to the hub “%s”: %s"));
}

gboolean
sat_hub_push (SatSyncJob *job,
              git_repository *repo,
              git_remote *remote,
              const GPtrArray *specs,
              GError **error)
{
  const gboolean is_folder = job->address->kind == SAT_HUB_PATH;
  g_autoptr (git_remote) own = NULL;
  gboolean ok;

  g_hash_table_remove_all (job->push_status);
  g_string_truncate (job->said, 0);
  if (!is_folder && remote == NULL)
    {
      if (!sat_hub_connect (job, repo, GIT_DIRECTION_PUSH, &own, error))
        return FALSE;
      remote = own;
    }
  sat_sync_job_listen (job);
  ok = is_folder ? push_folder (job, repo, specs, error) : upload (job, remote, specs, error);
  sat_sync_job_heard (job);
  return ok;
}
