/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/sat-epoch.h"

#include <glib/gstdio.h>
#include <string.h>

#include "core/base/sat-crash.h"
#include "core/workspace/sat-workspace-devices.h"
#include "sync/sat-checkpoint-make.h"
#include "sync/sat-commit.h"
#include "sync/sat-cover.h"
#include "sync/sat-hub-push.h"
#include "sync/sat-hub.h"
#include "sync/sat-outbox.h"
#include "sync/sat-packs.h"

#define DAY_MS G_GINT64_CONSTANT (86400000)

/* Does the hub show a later epoch of the same device and book? */
static gboolean
has_later (const SatSyncJob *job, const SatBranch *branch)
{
  GHashTableIter iter;
  gpointer ref;
  SatBranch other;

  g_hash_table_iter_init (&iter, job->hub_tips);
  while (g_hash_table_iter_next (&iter, &ref, NULL))
    if (sat_branch_parse (ref, &other) && sat_branch_same_line (&other, branch) &&
        other.epoch > branch->epoch)
      return TRUE;
  return FALSE;
}

/* Has branch REF, which ends with number LAST, left the hub as it was last seen? */
static gboolean
is_dropped (const SatSyncJob *job, const char *ref, guint64 last)
{
  SatBranch branch;

  return job->hub_tips != NULL && !g_hash_table_contains (job->hub_tips, ref) &&
         sat_branch_parse (ref, &branch) &&
         sat_covers_number (job, branch.book, &branch.device) >= last && has_later (job, &branch);
}

gboolean
sat_epoch_has_left (const SatSyncJob *job,
                    git_repository *repo,
                    const char *ref,
                    const git_oid *tip)
{
  guint64 last;

  return !g_hash_table_contains (job->hub_tips, ref) &&
         sat_commit_claimed_number (repo, tip, &last) && is_dropped (job, ref, last);
}

gboolean
sat_epoch_begin_due (SatSyncJob *job, GError **error)
{
  for (guint i = 0; job->books[i] != NULL; i++)
    {
      guint64 covered = sat_covers_number (job, job->books[i], job->device);
      guint64 first;

      if (covered == 0)
        continue;
      if (sat_workspace_epoch (job->workspace, job->books[i], G_MAXINT64, &first, error) == 0 ||
          (covered >= first && !sat_workspace_begin_epoch (job->workspace, job->books[i], error)))
        return FALSE;
      sat_durable_step ("epoch begun");
    }
  return TRUE;
}

/* ---- off the hub --------------------------------------------------------------------------------
 */

/* Every device in use has synced after this time, in seconds. */
static gint64
passed_until (SatSyncJob *job)
{
  gint64 now_ms = sat_platform_now_ms (sat_workspace_platform (job->workspace));
  g_autoptr (GPtrArray) devices = sat_workspace_devices (job->workspace, NULL);
  gint64 until_ms = now_ms;

  for (guint i = 0; devices != NULL && i < devices->len; i++)
    {
      const SatDevice *device = g_ptr_array_index (devices, i);

      if (g_str_equal (device->state, "live") &&
          device->last_seen_ms > now_ms - SAT_EPOCH_LIVE_DAYS * DAY_MS)
        until_ms = MIN (until_ms, device->last_seen_ms);
    }
  return devices != NULL ? until_ms / 1000 : 0;
}

static gint64
time_of (git_repository *repo, const git_oid *id)
{
  git_commit *commit = NULL;
  gint64 time = G_MAXINT64;

  if (git_commit_lookup (&commit, repo, id) == 0)
    time = git_commit_time (commit);
  git_commit_free (commit);
  return time;
}

/* Can branch REF, at TIP, go? */
static gboolean
is_over (SatSyncJob *job, const char *book, const char *ref, const git_oid *tip, gint64 until_s)
{
  const git_oid *ours = g_hash_table_lookup (job->tips, ref);
  SatBranch branch;
  guint64 last;

  return sat_branch_parse (ref, &branch) && strcmp (branch.book, book) == 0 && ours != NULL &&
         git_oid_equal (ours, tip) &&
         sat_places_number (job->places, job->inbox, ref, tip, sat_sync_job_check, job, &last,
                            NULL) &&
         last > 0 && sat_covers_number (job, book, &branch.device) >= last &&
         /* A cover may say what is not so; the checkpoint just made has what is applied here. */
         sat_workspace_applied (job->workspace, book, &branch.device) >= last &&
         time_of (job->inbox, tip) < until_s && has_later (job, &branch);
}

/* What a checkpoint covers whose own cover is not there, because a push to a folder was killed
 * between the two, or is not believed. NULL: it cannot be known. */
static SatCover *
read_from_hub (SatSyncJob *job, const char *name, const SatCheckpointRef *ref)
{
  git_repository *hub = NULL;
  SatCover *cover = NULL;

  if (job->address->kind == SAT_HUB_PATH &&
      git_repository_open_ext (&hub, job->hub, GIT_REPOSITORY_OPEN_NO_SEARCH, NULL) == 0)
    cover = sat_cover_of_checkpoint (hub, g_hash_table_lookup (job->hub_checkpoints, name), ref,
                                     NULL);
  git_repository_free (hub);
  return cover;
}

/* Does COVER cover all of checkpoint REF, of which OLD (NULL: nothing) is known? What is applied on
 * a device only grows. */
static gboolean
covers_all (SatSyncJob *job,
            const SatCover *cover,
            const SatCheckpointRef *ref,
            const SatCover *old)
{
  if (cover->ref.number <= ref->number)
    return FALSE;
  return old != NULL ? sat_cover_has_all (cover, old)
                     : sat_id_equal (&ref->maker, job->device) &&
                           sat_id_equal (&cover->ref.maker, job->device);
}

/* Are there newer ones enough that cover all of checkpoint NAME, number N of REFS? */
static gboolean
is_outdated (SatSyncJob *job, const GPtrArray *refs, guint n)
{
  g_autoptr (SatCover) read = NULL;
  SatCheckpointRef ref, other;
  const SatCover *old;
  guint newer = 0;

  if (n < SAT_CHECKPOINTS_KEPT || !sat_checkpoint_ref_parse (refs->pdata[n], &ref))
    return FALSE;
  old = sat_covers_find (job, &ref);
  if (old == NULL)
    old = read = read_from_hub (job, refs->pdata[n], &ref);
  for (guint i = 0; i < n; i++)
    {
      const SatCover *cover = sat_checkpoint_ref_parse (refs->pdata[i], &other)
                                  ? sat_covers_find (job, &other)
                                  : NULL;

      newer += cover != NULL && covers_all (job, cover, &ref, old);
    }
  return newer >= SAT_CHECKPOINTS_KEPT;
}

/* Covers that are left of checkpoints which are gone. One that is under way comes after its
 * checkpoint. */
static void
list_orphans (SatSyncJob *job, const char *book, guint64 newest, GPtrArray *out)
{
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, job->hub_covers);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    {
      SatCheckpointRef ref;
      g_autofree char *checkpoint = NULL;

      if (!sat_cover_ref_parse (name, &ref) || strcmp (ref.book, book) != 0 || ref.number >= newest)
        continue;
      checkpoint = sat_checkpoint_ref_name (&ref);
      if (!g_hash_table_contains (job->hub_checkpoints, checkpoint))
        g_ptr_array_add (out, g_strdup (name));
    }
}

/* The cover goes first: a checkpoint that is left alone, should this be killed in between, still
 * says itself what it covers. */
static void
list_checkpoints (SatSyncJob *job, const char *book, GPtrArray *out)
{
  g_autoptr (GPtrArray) refs = sat_checkpoint_refs (job->hub_checkpoints, book);
  SatCheckpointRef newest;

  for (guint i = 0; i < refs->len; i++)
    {
      SatCheckpointRef ref;
      g_autofree char *cover = NULL;

      if (!is_outdated (job, refs, i) || !sat_checkpoint_ref_parse (refs->pdata[i], &ref))
        continue;
      cover = sat_cover_ref_name (&ref);
      if (g_hash_table_contains (job->hub_covers, cover))
        g_ptr_array_add (out, g_steal_pointer (&cover));
      g_ptr_array_add (out, g_strdup (refs->pdata[i]));
    }
  if (refs->len > 0 && sat_checkpoint_ref_parse (refs->pdata[0], &newest))
    list_orphans (job, book, newest.number, out);
}

static void
list_epochs (SatSyncJob *job, const char *book, GPtrArray *out)
{
  gint64 until_s = passed_until (job);
  GHashTableIter iter;
  gpointer ref, tip;

  g_hash_table_iter_init (&iter, job->hub_tips);
  while (g_hash_table_iter_next (&iter, &ref, &tip))
    if (is_over (job, book, ref, tip, until_s))
      g_ptr_array_add (out, g_strdup (ref));
}

static gboolean
delete_on_hub (SatSyncJob *job, const GPtrArray *refs, GError **error)
{
  g_autoptr (GPtrArray) specs = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < refs->len; i++)
    g_ptr_array_add (specs, g_strconcat (":", refs->pdata[i], NULL));
  sat_hub_push (job, job->outbox, NULL, specs, NULL);
  sat_durable_step ("old branches deleted on the hub");
  return sat_sync_job_check (job, error);
}

/* How many of REFS have gone. */
static guint
note_deleted (SatSyncJob *job, GHashTable *shown, const GPtrArray *refs)
{
  guint n = 0;

  for (guint i = 0; i < refs->len; i++)
    {
      const char *status = g_hash_table_lookup (job->push_status, refs->pdata[i]);

      if (status != NULL && *status == '\0' && g_hash_table_remove (shown, refs->pdata[i]))
        n++;
    }
  return n;
}

gboolean
sat_epoch_drop (SatSyncJob *job, const char *book, guint *n, GError **error)
{
  g_autoptr (GPtrArray) checkpoints = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) epochs = g_ptr_array_new_with_free_func (g_free);

  /* Both may be refused by a hub as a whole, so one after the other. */
  list_checkpoints (job, book, checkpoints);
  if (checkpoints->len > 0 && !delete_on_hub (job, checkpoints, error))
    return FALSE;
  note_deleted (job, job->hub_covers, checkpoints);
  note_deleted (job, job->hub_checkpoints, checkpoints);
  list_epochs (job, book, epochs);
  if (epochs->len > 0 && !delete_on_hub (job, epochs, error))
    return FALSE;
  if (n != NULL)
    *n = note_deleted (job, job->hub_tips, epochs);
  else
    note_deleted (job, job->hub_tips, epochs);
  return TRUE;
}

static gboolean
made_newest (SatSyncJob *job, const char *book)
{
  g_autoptr (GPtrArray) refs = sat_checkpoint_refs (job->hub_checkpoints, book);
  SatCheckpointRef newest;

  return refs->len > 0 && sat_checkpoint_ref_parse (refs->pdata[0], &newest) &&
         sat_id_equal (&newest.maker, job->device);
}

gboolean
sat_epoch_drop_due (SatSyncJob *job, GError **error)
{
  for (guint i = 0; job->hub_checkpoints != NULL && job->books[i] != NULL; i++)
    {
      gboolean due;

      if (!made_newest (job, job->books[i]))
        continue;
      if (!sat_workspace_epochs_are_due (job->workspace, job->books[i], &due, error) ||
          (due && !sat_epoch_drop (job, job->books[i], NULL, error)))
        return FALSE;
    }
  return TRUE;
}

/* ---- off this laptop ----------------------------------------------------------------------------
 */

/* Has gone from the hub and is no longer needed here? *LAST: its last number. */
static gboolean
is_done_with (SatSyncJob *job, const char *ref, const git_oid *tip, guint64 *last)
{
  SatBranch branch;

  return sat_branch_parse (ref, &branch) && !g_hash_table_contains (job->hub_tips, ref) &&
         sat_places_number (job->places, job->inbox, ref, tip, sat_sync_job_check, job, last,
                            NULL) &&
         *last > 0 && is_dropped (job, ref, *last) &&
         sat_workspace_applied (job->workspace, branch.book, &branch.device) >= *last;
}

/* Places are written anew at the end: if this is killed before, they are read from the refs. */
static gboolean
forget_all (SatSyncJob *job, GHashTable *gone, GError **error)
{
  GHashTableIter iter;
  gpointer ref;

  g_clear_pointer (&job->remote, git_remote_free);
  g_clear_pointer (&job->view, git_repository_free);
  g_unlink (sat_places_path (job->places));
  if (!sat_packs_prune (&job->inbox, gone, error) || !sat_packs_prune (&job->outbox, gone, error))
    return FALSE;
  g_hash_table_iter_init (&iter, gone);
  while (g_hash_table_iter_next (&iter, &ref, NULL))
    {
      sat_places_forget (job->places, ref);
      g_hash_table_remove (job->tips, ref);
    }
  sat_places_save (job->places);
  sat_durable_step ("old branches forgotten");
  return TRUE;
}

gboolean
sat_epoch_forget (SatSyncJob *job, GError **error)
{
  g_autoptr (GHashTable) gone = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer ref, tip;

  if (job->hub_tips == NULL)
    return TRUE;
  g_hash_table_iter_init (&iter, job->tips);
  while (g_hash_table_iter_next (&iter, &ref, &tip))
    {
      guint64 last;

      if (is_done_with (job, ref, tip, &last))
        g_hash_table_add (gone, g_strdup (ref));
    }
  return g_hash_table_size (gone) == 0 || forget_all (job, gone, error);
}
