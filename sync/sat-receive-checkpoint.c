/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Checkpoints in a push, and what goes since they cover it. */
#include <string.h>

#include "core/change/sat-checkpoint.h"
#include "sync/sat-checkpoint-make.h"
#include "sync/sat-cover.h"
#include "sync/sat-receive-private.h"

static gboolean
check_index (SatCheckpointFiles *files,
             const SatCheckpointRef *ref,
             SatCheckpointKind kind,
             GError **error)
{
  g_autofree char *path = sat_checkpoint_index_path (kind);
  g_autoptr (GError) absent = NULL;
  g_autoptr (GBytes) text = sat_checkpoint_files_text (path, files, &absent);
  g_autoptr (GError) problem = NULL;
  g_autoptr (SatCheckpoint) index = text ? sat_checkpoint_decode (text, &problem) : NULL;

  /* Where nothing was replaced unseen there is none. */
  if (kind == SAT_CHECKPOINT_UNSEEN && g_error_matches (absent, SAT_ERROR, SAT_ERROR_NOT_FOUND))
    return TRUE;
  if (text == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&absent));
      return FALSE;
    }
  if (g_error_matches (problem, SAT_ERROR, SAT_ERROR_NEWER))
    return TRUE;
  if (index == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (strcmp (index->book, ref->book) != 0 || index->kind != kind)
    return sat_fail (error, SAT_ERROR_MALFORMED,
                     N_ ("the checkpoint is of another book than its name says"), NULL);
  /* A file that it lists is there, and within the limits. */
  for (guint i = 0; i < index->shards->len; i++)
    {
      g_autofree char *shard = sat_shard_path (kind, g_ptr_array_index (index->shards, i));
      g_autoptr (GBytes) bytes = sat_checkpoint_files_text (shard, files, error);

      if (bytes == NULL)
        return FALSE;
    }
  return TRUE;
}

gboolean
sat_receive_check_checkpoint (SatReceive *receive,
                              const SatReceiveUpdate *update,
                              const SatCheckpointRef *ref)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (SatCheckpointFiles) files = NULL;

  if (!git_oid_is_zero (&update->from))
    return sat_receive_refuse (receive, "moved", update->ref, "it is there");
  files = sat_checkpoint_files_open (receive->repo, &update->to, ref, &problem);
  return (files != NULL && check_index (files, ref, SAT_CHECKPOINT_STATE, &problem) &&
          check_index (files, ref, SAT_CHECKPOINT_UNSEEN, &problem)) ||
         sat_receive_refuse_error (receive, update->ref, problem);
}

/* ---- what a checkpoint covers ---- */

/* What REF is once the push is taken; NULL: nothing. */
static const git_oid *
tip_of (const SatReceive *receive, const char *ref, git_oid *there)
{
  for (guint i = 0; i < receive->updates->len; i++)
    {
      const SatReceiveUpdate *update = &g_array_index (receive->updates, SatReceiveUpdate, i);

      if (strcmp (update->ref, ref) == 0)
        return git_oid_is_zero (&update->to) ? NULL : &update->to;
    }
  return sat_git_ref (receive->repo, ref, there) ? there : NULL;
}

/* The checkpoint of COVER, in the hub or with this push, must say the same. */
gboolean
sat_receive_check_cover (SatReceive *receive,
                         const SatReceiveUpdate *update,
                         const SatCheckpointRef *ref)
{
  g_autofree char *name = sat_checkpoint_ref_name (ref);
  g_autofree char *path = sat_checkpoint_index_path (SAT_CHECKPOINT_STATE);
  g_autoptr (GError) problem = NULL;
  g_autoptr (SatCheckpointFiles) files = NULL;
  g_autoptr (GBytes) text = NULL;
  g_autoptr (SatCheckpoint) index = NULL;
  g_autoptr (SatCover) cover = NULL;
  git_oid there;
  const git_oid *id = tip_of (receive, name, &there);

  if (!git_oid_is_zero (&update->from))
    return sat_receive_refuse (receive, "moved", update->ref, "it is there");
  cover = sat_cover_read (receive->repo, &update->to, ref, &problem);
  if (cover == NULL)
    return sat_receive_refuse_error (receive, update->ref, problem);
  files = id ? sat_checkpoint_files_open (receive->repo, id, ref, &problem) : NULL;
  text = files ? sat_checkpoint_files_text (path, files, &problem) : NULL;
  index = text ? sat_checkpoint_decode (text, &problem) : NULL;
  return (index != NULL && sat_cover_says (cover, index)) ||
         sat_receive_refuse (receive, "malformed", update->ref,
                             "its checkpoint is not there, or says another");
}

/* ---- going ---- */

static gboolean
is_deleted (const SatReceive *receive, const char *ref)
{
  for (guint i = 0; i < receive->updates->len; i++)
    {
      const SatReceiveUpdate *update = &g_array_index (receive->updates, SatReceiveUpdate, i);

      if (git_oid_is_zero (&update->to) && strcmp (update->ref, ref) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Of the checkpoints of BOOK that stay. */
static GPtrArray *
staying_covers (SatReceive *receive, const char *book)
{
  g_autofree char *glob = g_strdup_printf ("refs/heads/%s/*/cover-*", book);
  g_autoptr (GPtrArray) refs = sat_git_list_refs (receive->repo, glob, NULL);
  GPtrArray *covers = g_ptr_array_new_with_free_func ((GDestroyNotify) sat_cover_free);

  for (guint i = 0; refs != NULL && i < refs->len; i++)
    {
      SatCheckpointRef ref;
      g_autofree char *checkpoint = NULL;
      SatCover *cover;
      git_oid id;

      if (!sat_cover_ref_parse (refs->pdata[i], &ref) ||
          !sat_git_ref (receive->repo, refs->pdata[i], &id))
        continue;
      checkpoint = sat_checkpoint_ref_name (&ref);
      if (is_deleted (receive, refs->pdata[i]) || is_deleted (receive, checkpoint) ||
          !sat_git_ref (receive->repo, checkpoint, &(git_oid){ 0 }))
        continue;
      cover = sat_cover_read (receive->repo, &id, &ref, NULL);
      if (cover != NULL)
        g_ptr_array_add (covers, cover);
    }
  return covers;
}

static gboolean
is_covered (GPtrArray *covers, const SatId *device, guint64 number)
{
  for (guint i = 0; i < covers->len; i++)
    if (sat_cover_number (g_ptr_array_index (covers, i), device) >= number)
      return TRUE;
  return FALSE;
}

/* Does a later epoch of the device stay? */
static gboolean
has_later (SatReceive *receive, const SatBranch *branch)
{
  g_autoptr (GPtrArray) refs = sat_git_list_refs (receive->repo, "refs/heads/*", NULL);

  for (guint i = 0; refs != NULL && i < refs->len; i++)
    {
      SatBranch other;

      if (sat_branch_parse (refs->pdata[i], &other) && sat_branch_same_line (&other, branch) &&
          other.epoch > branch->epoch && !is_deleted (receive, refs->pdata[i]))
        return TRUE;
    }
  return FALSE;
}

/* Who pushes is not known here; but what checkpoints cover is not lost. */
static gboolean
check_deleted_branch (SatReceive *receive, const SatReceiveUpdate *update, const SatBranch *branch)
{
  g_autoptr (GPtrArray) covers = staying_covers (receive, branch->book);
  guint64 last;

  if (!has_later (receive, branch))
    return sat_receive_refuse (receive, "deleted", update->ref, "it is the last one of its device");
  return (sat_commit_claimed_number (receive->repo, &update->from, &last) &&
          is_covered (covers, &branch->device, last)) ||
         sat_receive_refuse (receive, "deleted", update->ref, "no checkpoint covers it");
}

static gboolean
check_deleted_checkpoint (SatReceive *receive,
                          const SatReceiveUpdate *update,
                          const SatCheckpointRef *old)
{
  g_autoptr (GPtrArray) covers = staying_covers (receive, old->book);
  g_autoptr (SatCover) own = NULL;
  g_autofree char *name = sat_cover_ref_name (old);
  guint newer = 0;
  git_oid id;

  if (sat_git_ref (receive->repo, name, &id))
    own = sat_cover_read (receive->repo, &id, old, NULL);
  else
    own = sat_cover_of_checkpoint (receive->repo, &update->from, old, NULL);
  for (guint i = 0; own != NULL && i < covers->len; i++)
    {
      const SatCover *cover = g_ptr_array_index (covers, i);

      newer += cover->ref.number > old->number && sat_cover_has_all (cover, own);
    }
  return newer >= SAT_CHECKPOINTS_KEPT ||
         sat_receive_refuse (receive, "deleted", update->ref, "no two newer ones cover all of it");
}

gboolean
sat_receive_check_deleted (SatReceive *receive, const SatReceiveUpdate *update)
{
  SatCheckpointRef old;
  SatBranch branch;
  g_autofree char *checkpoint = NULL;

  if (sat_branch_parse (update->ref, &branch))
    return check_deleted_branch (receive, update, &branch);
  if (sat_checkpoint_ref_parse (update->ref, &old))
    return check_deleted_checkpoint (receive, update, &old);
  if (!sat_cover_ref_parse (update->ref, &old))
    return sat_receive_refuse (receive, "name", update->ref, "refs/heads/BOOK/DEVICE/EPOCH");
  checkpoint = sat_checkpoint_ref_name (&old);
  return is_deleted (receive, checkpoint) ||
         !sat_git_ref (receive->repo, checkpoint, &(git_oid){ 0 }) ||
         sat_receive_refuse (receive, "deleted", update->ref, "its checkpoint stays");
}

/* A branch that left the hub stays away: what was erased since would come back with it. */
gboolean
sat_receive_check_begun (SatReceive *receive,
                         const SatReceiveUpdate *update,
                         const SatBranch *branch,
                         guint64 last)
{
  g_autoptr (GPtrArray) covers = NULL;

  if (!git_oid_is_zero (&update->from) ||
      sat_git_ref (receive->repo, update->ref, &(git_oid){ 0 }) || !has_later (receive, branch))
    return TRUE;
  covers = staying_covers (receive, branch->book);
  return !is_covered (covers, &branch->device, last) ||
         sat_receive_refuse (receive, "gone", update->ref, "a checkpoint covers it");
}
