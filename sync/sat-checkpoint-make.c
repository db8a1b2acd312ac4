/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/sat-checkpoint-make.h"

#include <glib/gstdio.h>
#include <string.h>

#include "core/base/sat-crash.h"
#include "core/change/sat-checkpoint.h"
#include "sync/sat-cover.h"
#include "sync/sat-epoch.h"
#include "sync/sat-gaps.h"
#include "sync/sat-hub-push.h"
#include "sync/sat-hub.h"
#include "sync/sat-packs.h"

/* A checkpoint under way. */
typedef struct
{
  SatSyncJob *job;
  const char *book;
  git_repository *repo;
  char *path;
  char *ref, *cover_ref;
  git_oid id, cover;
  GBytes *index; /* the text of its index */
  guint64 bytes; /* of its pack, as if all were sent */
} Making;

/* While its files are written. */
typedef struct
{
  Making *making;
  SatCheckpointTree *tree;
} Taking;

static char *
cache_path (SatSyncJob *job, const char *name)
{
  return g_build_filename (sat_workspace_home (job->workspace), "git", name, NULL);
}

static void
making_clear (Making *making)
{
  g_clear_pointer (&making->repo, git_repository_free);
  g_clear_pointer (&making->index, g_bytes_unref);
  g_free (making->path);
  g_free (making->ref);
  g_free (making->cover_ref);
}

/* ---- making ------------------------------------------------------------------------------------
 */

/* The next number: above all that the hub shows of the book, and what is here. */
static char *
next_ref (Making *making, GError **error)
{
  SatSyncJob *job = making->job;
  SatCheckpointRef ref = { .maker = *job->device, .number = 0 };
  g_autoptr (GPtrArray) on_hub = sat_checkpoint_refs (job->hub_checkpoints, making->book);
  g_autoptr (GPtrArray) here = sat_git_list_refs (making->repo, "refs/heads/*", error);
  SatCheckpointRef other;

  if (here == NULL)
    return NULL;
  if (on_hub->len > 0 && sat_checkpoint_ref_parse (on_hub->pdata[0], &other))
    ref.number = other.number;
  for (guint i = 0; i < here->len; i++)
    if (sat_checkpoint_ref_parse (here->pdata[i], &other) && strcmp (other.book, making->book) == 0)
      ref.number = MAX (ref.number, other.number);
  ref.number++;
  g_strlcpy (ref.book, making->book, sizeof ref.book);
  return sat_checkpoint_ref_name (&ref);
}

/* The commit, and that of its cover. */
static gboolean
commit (Making *making, SatCheckpointTree *tree, GError **error)
{
  SatWorkspace *workspace = making->job->workspace;
  SatCheckpointRef ref;
  g_autofree char *name = NULL;
  g_autofree char *email = NULL;
  SatCheckpointDraft draft = {
    .ref = &ref,
    .what = "checkpoint",
    .time_ms = sat_platform_now_ms (sat_workspace_platform (workspace)),
    .seed = sat_workspace_key_seed (workspace),
  };

  if (!sat_checkpoint_ref_parse (making->ref, &ref))
    return FALSE;
  sat_workspace_author (workspace, &name, &email);
  draft.author_name = name;
  draft.author_email = email;
  return sat_checkpoint_tree_commit (tree, &draft, &making->id, error) &&
         sat_cover_write (making->repo, making->index, &draft, &making->cover, error);
}

/* SatCheckpointFileFunc. */
static gboolean
take_file (const char *path, GBytes *text, gpointer data, GError **error)
{
  Taking *taking = data;
  g_autofree char *index = sat_checkpoint_index_path (SAT_CHECKPOINT_STATE);

  if (strcmp (path, index) == 0)
    {
      g_clear_pointer (&taking->making->index, g_bytes_unref);
      taking->making->index = g_bytes_ref (text);
    }
  return sat_checkpoint_tree_add (path, text, taking->tree, error);
}

/* Thousands of shards are not flushed to disk one by one: what a power cut takes of a cache is made
 * again. */
static gboolean
write_commit (Making *making, GError **error)
{
  SatSyncJob *job = making->job;
  g_autoptr (SatCheckpointTree) tree = sat_checkpoint_tree_new (making->repo);
  Taking taking = { making, tree };
  gboolean ok;

  git_libgit2_opts (GIT_OPT_ENABLE_FSYNC_GITDIR, 0);
  ok = sat_workspace_write_checkpoint (job->workspace, making->book, take_file, &taking, error) &&
       commit (making, tree, error);
  git_libgit2_opts (GIT_OPT_ENABLE_FSYNC_GITDIR, 1);
  sat_durable_step ("checkpoint written");
  return ok;
}

static gboolean
tree_of (git_repository *repo, const git_oid *id, git_oid *tree)
{
  git_commit *found = NULL;

  if (git_commit_lookup (&found, repo, id) < 0)
    return FALSE;
  *tree = *git_commit_tree_id (found);
  git_commit_free (found);
  return TRUE;
}

/* The last own checkpoint of the book on the hub that is here, too; NULL: none. Owned by the job.
 */
static const char *
last_own (Making *making)
{
  SatSyncJob *job = making->job;
  g_autoptr (GPtrArray) refs = sat_checkpoint_refs (job->hub_checkpoints, making->book);

  for (guint i = 0; i < refs->len; i++)
    {
      SatCheckpointRef ref;
      if (sat_checkpoint_ref_parse (refs->pdata[i], &ref) && sat_id_equal (&ref.maker, job->device))
        return refs->pdata[i];
    }
  return NULL;
}

static char *
cover_name (const char *checkpoint)
{
  SatCheckpointRef ref;

  return sat_checkpoint_ref_parse (checkpoint, &ref) ? sat_cover_ref_name (&ref) : NULL;
}

/* One whose cover is not there serves new laptops alone: another is made. */
static gboolean
says_the_same (Making *making, const char *last)
{
  SatSyncJob *job = making->job;
  const git_oid *id = last ? g_hash_table_lookup (job->hub_checkpoints, last) : NULL;
  g_autofree char *cover = last ? cover_name (last) : NULL;
  git_oid before, now;

  return id != NULL && g_hash_table_contains (job->hub_covers, cover) &&
         tree_of (making->repo, id, &before) && tree_of (making->repo, &making->id, &now) &&
         git_oid_equal (&before, &now);
}

/* ---- sending ------------------------------------------------------------------------------------
 */

/* Has the hub confirmed it? */
static gboolean
check_taken (SatSyncJob *job, const char *ref, GError **error)
{
  const char *why = g_hash_table_lookup (job->push_status, ref);

  return (why != NULL && *why == '\0') ||
         sat_fail (error, SAT_ERROR_REFUSED, N_ ("the hub “%s” did not take the branch “%s”: %s"),
                   job->hub, ref, why ? why : "?", NULL);
}

static gboolean
send (Making *making, GError **error)
{
  SatSyncJob *job = making->job;
  g_autoptr (GPtrArray) specs = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (specs, g_strdup_printf ("%s:%s", making->ref, making->ref));
  g_ptr_array_add (specs, g_strdup_printf ("%s:%s", making->cover_ref, making->cover_ref));
  if (!sat_hub_push (job, making->repo, NULL, specs, error) ||
      !check_taken (job, making->ref, error) || !check_taken (job, making->cover_ref, error))
    return FALSE;
  sat_durable_step ("checkpoint pushed");
  return TRUE;
}

/* What it covers is known from now on. */
static void
note_cover (Making *making)
{
  SatCheckpointRef ref;
  SatCover *cover = sat_cover_ref_parse (making->cover_ref, &ref)
                        ? sat_cover_read (making->repo, &making->cover, &ref, NULL)
                        : NULL;

  if (cover != NULL && making->job->covers != NULL)
    g_ptr_array_add (making->job->covers, cover);
  else
    sat_cover_free (cover);
}

static gboolean
check_shown (SatSyncJob *job, GHashTable *shown, const char *ref, const git_oid *id, GError **error)
{
  const git_oid *there = g_hash_table_lookup (shown, ref);

  return (there != NULL && git_oid_equal (there, id)) ||
         sat_fail (error, SAT_ERROR_REFUSED,
                   N_ ("the hub “%s” took the branch “%s” but does not show it; try again"),
                   job->hub, ref, NULL);
}

static gboolean
believe (Making *making, GError **error)
{
  SatSyncJob *job = making->job;

  if (!sat_hub_look (job, error))
    return FALSE;
  g_clear_pointer (&job->remote, git_remote_free);
  if (!check_shown (job, job->hub_checkpoints, making->ref, &making->id, error) ||
      !check_shown (job, job->hub_covers, making->cover_ref, &making->cover, error))
    return FALSE;
  note_cover (making);
  return TRUE;
}

/* ---- the cache ----------------------------------------------------------------------------------
 */

/* Copies what the refs of this device's last checkpoints reach into another repository, and puts
 * that in the place of this one: what nothing reaches any more is gone, and shards are in packs. */
static gboolean
copy_last (Making *making, git_repository *to)
{
  g_autoptr (GPtrArray) refs = sat_git_list_refs (making->repo, "refs/heads/*", NULL);

  for (guint i = 0; refs != NULL && i < refs->len; i++)
    {
      const char *name = refs->pdata[i];
      SatCheckpointRef ref;
      git_oid id;

      if (!sat_checkpoint_ref_parse (name, &ref) || !sat_git_ref (making->repo, name, &id) ||
          (strcmp (ref.book, making->book) == 0 && strcmp (name, making->ref) != 0))
        continue;
      if (!sat_packs_copy (making->repo, to, &id, NULL, &making->bytes, NULL) ||
          !sat_git_set_ref (to, name, &id, NULL))
        return FALSE;
    }
  return refs != NULL;
}

static void
tidy (Making *making)
{
  g_autofree char *fresh_path = cache_path (making->job, "checkpoints-new.git");
  git_repository *fresh;
  gboolean ok;

  sat_remove_tree (fresh_path);
  fresh = sat_git_open_cache (fresh_path, FALSE, NULL);
  if (fresh == NULL)
    return;
  ok = copy_last (making, fresh);
  git_repository_free (fresh);
  g_clear_pointer (&making->repo, git_repository_free);
  sat_remove_tree (making->path);
  if (!ok || g_rename (fresh_path, making->path) != 0)
    sat_remove_tree (fresh_path);
}

/* ---- one checkpoint -----------------------------------------------------------------------------
 */

static gboolean
make (Making *making, gboolean *sent, GError **error)
{
  *sent = FALSE;
  making->path = cache_path (making->job, "checkpoints.git");
  making->repo = sat_git_open_cache (making->path, TRUE, error);
  making->ref = making->repo ? next_ref (making, error) : NULL;
  if (making->ref == NULL || !write_commit (making, error))
    return FALSE;
  if (says_the_same (making, last_own (making)))
    return TRUE;
  *sent = TRUE;
  making->cover_ref = cover_name (making->ref);
  return sat_git_set_ref (making->repo, making->ref, &making->id, error) &&
         sat_git_set_ref (making->repo, making->cover_ref, &making->cover, error) &&
         send (making, error) && believe (making, error);
}

gboolean
sat_checkpoint_make (SatSyncJob *job, const char *book, SatCheckpointMade *made, GError **error)
{
  Making making = { .job = job, .book = book };
  gboolean sent;
  gboolean ok;

  if (!sat_workspace_may_have_checkpoints (book))
    return TRUE;
  ok = make (&making, &sent, error);
  ok = ok && sat_epoch_drop (job, book, NULL, error);
  if (ok && sent)
    tidy (&making);
  else if (!ok && making.path != NULL && sat_sync_job_check (job, NULL))
    {
      /* Whatever is wrong with the cache is gone the next time. */
      g_clear_pointer (&making.repo, git_repository_free);
      sat_remove_tree (making.path);
    }
  if (ok && made != NULL)
    {
      made->book = g_strdup (book);
      made->ref = g_strdup (sent ? making.ref : last_own (&making));
      made->made = sent;
      made->bytes = making.bytes;
    }
  making_clear (&making);
  return ok;
}

/* The own one of BOOK here that has the tree of ID; NULL: none. Newly allocated. */
static char *
find_same (Making *making)
{
  g_autoptr (GPtrArray) refs = sat_git_list_refs (making->repo, "refs/heads/*", NULL);
  SatCheckpointRef ref;
  git_oid id, tree, wanted;

  if (refs == NULL || !tree_of (making->repo, &making->id, &wanted))
    return NULL;
  for (guint i = refs->len; i > 0; i--)
    {
      const char *name = refs->pdata[i - 1];

      if (sat_checkpoint_ref_parse (name, &ref) && strcmp (ref.book, making->book) == 0 &&
          sat_id_equal (&ref.maker, making->job->device) && sat_git_ref (making->repo, name, &id) &&
          tree_of (making->repo, &id, &tree) && git_oid_equal (&tree, &wanted))
        {
          making->id = id;
          return g_strdup (name);
        }
    }
  return NULL;
}

static gboolean
make_here (Making *making, GError **error)
{
  char *same;

  making->path = cache_path (making->job, "checkpoints.git");
  making->repo = sat_git_open_cache (making->path, TRUE, error);
  making->ref = making->repo ? next_ref (making, error) : NULL;
  if (making->ref == NULL || !write_commit (making, error))
    return FALSE;
  same = find_same (making);
  if (same == NULL)
    {
      if (!sat_git_set_ref (making->repo, making->ref, &making->id, error))
        return FALSE;
      tidy (making);
      return TRUE;
    }
  g_free (making->ref);
  making->ref = same;
  return TRUE;
}

gboolean
sat_checkpoint_make_here (
    SatSyncJob *job, const char *book, char **ref, git_oid *id, char **path, GError **error)
{
  Making making = { .job = job, .book = book };
  gboolean ok = make_here (&making, error);

  if (ok)
    {
      *ref = g_steal_pointer (&making.ref);
      *path = g_steal_pointer (&making.path);
      *id = making.id;
    }
  making_clear (&making);
  return ok;
}

/* ---- when one is due ----------------------------------------------------------------------------
 */

static guint64
newest_number (SatSyncJob *job, const char *book)
{
  g_autoptr (GPtrArray) refs = sat_checkpoint_refs (job->hub_checkpoints, book);
  SatCheckpointRef newest;

  return refs->len > 0 && sat_checkpoint_ref_parse (refs->pdata[0], &newest) ? newest.number : 0;
}

/* Changes were exchanged. What stands in the way of a checkpoint holds up nothing else, and is told
 * to who asks for one; a hub that takes none is not offered one each time. */
static gboolean
make_due (SatSyncJob *job, const char *book, GError **error)
{
  g_autoptr (GError) problem = NULL;

  if (!sat_checkpoint_make (job, book, NULL, &problem) &&
      (g_error_matches (problem, SAT_ERROR, SAT_ERROR_BUSY) ||
       g_error_matches (problem, SAT_ERROR, SAT_ERROR_CANCELLED)))
    return TRUE;
  return sat_workspace_put_off_checkpoint (job->workspace, book, newest_number (job, book), error);
}

gboolean
sat_checkpoint_make_due (SatSyncJob *job, GError **error)
{
  for (guint i = 0; job->hub_checkpoints != NULL && job->books[i] != NULL; i++)
    {
      const char *book = job->books[i];
      gboolean due;

      if (!sat_workspace_checkpoint_is_due (job->workspace, book, newest_number (job, book), &due,
                                            error) ||
          (due && !make_due (job, book, error)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
make_one_lost (SatSyncJob *job, const char *book, guint64 *n, GError **error)
{
  SatCheckpointMade made = { 0 };
  gboolean gaps;
  g_autoptr (GArray) covered = sat_covers_vector (job, book);
  gboolean ok = sat_gaps_in (job, book, job->hub_tips, covered, &gaps, error) &&
                (!gaps || sat_checkpoint_make (job, book, &made, error));

  if (ok && made.made && n)
    (*n)++;
  g_free (made.book);
  g_free (made.ref);
  return ok;
}

gboolean
sat_checkpoint_make_lost (SatSyncJob *job, guint64 *n, GError **error)
{
  for (guint i = 0; job->books[i] != NULL; i++)
    if (!make_one_lost (job, job->books[i], n, error))
      return FALSE;
  return TRUE;
}
