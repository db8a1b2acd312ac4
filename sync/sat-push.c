/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/sat-push.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/sat-crash.h"
#include "sync/sat-epoch.h"
#include "sync/sat-hub-push.h"
#include "sync/sat-hub.h"
#include "sync/sat-outbox.h"
#include "sync/sat-receive.h"

/* How long a lock on our own branch in the hub may stand before it counts as left by a process that
 * was killed: nobody else writes that branch. */
#define STALE_LOCK_WAIT_US (2 * G_USEC_PER_SEC)
#define LOCK_POLL_US (100 * 1000)

typedef struct
{
  SatSyncJob *job;
  GPtrArray *sealed;
  GPtrArray *specs; /* refspecs to push */
  GPtrArray *refs;  /* the same as refs */
} Push;

/* ---- what to push ---- */

/* Of a former device only what waits here is our business: another copy may go on with the rest. A
 * revoked one sends nothing. */
static gboolean
is_meant (const Push *push, const char *ref)
{
  char *const *revoked = push->job->revoked;
  SatBranch branch;

  if (revoked && sat_branch_parse (ref, &branch) &&
      g_strv_contains ((const char *const *) revoked, branch.book))
    return FALSE;
  return !push->job->is_former || (sat_branch_parse (ref, &branch) &&
                                   sat_sealed_find (push->sealed, branch.book, 0) != NULL);
}

/* How many change-sets the branch that ends at OURS has beyond HUB (NULL: there is none). */
static guint64
count_new (SatSyncJob *job, const git_oid *ours, const git_oid *hub)
{
  guint64 last = 0;
  guint64 known = 0;

  if (!sat_commit_claimed_number (job->outbox, ours, &last) ||
      (hub && !sat_commit_claimed_number (job->outbox, hub, &known)))
    return 0;
  return last - known;
}

static gboolean
plan_branch (Push *push, const char *ref, GError **error)
{
  SatSyncJob *job = push->job;
  const git_oid *hub = g_hash_table_lookup (job->hub_tips, ref);
  git_oid ours;

  if (!is_meant (push, ref) || g_hash_table_contains (job->foreign, ref) ||
      !sat_git_ref (job->outbox, ref, &ours) || (hub && git_oid_equal (hub, &ours)) ||
      sat_epoch_has_left (job, job->outbox, ref, &ours))
    return TRUE;
  if (hub && !sat_outbox_reaches (job, &ours, hub))
    {
      if (!sat_sync_job_check (job, error))
        return FALSE;
      g_hash_table_replace (job->foreign, g_strdup (ref), sat_oid_dup (hub));
      return TRUE;
    }
  if (job->peer != SAT_PEER_HUB)
    job->result.sent_change_sets += count_new (job, &ours, hub);
  g_ptr_array_add (push->specs, g_strconcat (ref, ":", ref, NULL));
  g_ptr_array_add (push->refs, g_strdup (ref));
  return TRUE;
}

static gboolean
plan (Push *push, GError **error)
{
  g_autoptr (GPtrArray) refs = sat_outbox_refs (push->job, error);

  if (refs == NULL)
    return FALSE;
  for (guint i = 0; i < refs->len; i++)
    if (!plan_branch (push, g_ptr_array_index (refs, i), error))
      return FALSE;
  return TRUE;
}

/* Is there anything that the hub, as it was last seen, does not have, or that is not marked? */
static gboolean
is_needed (SatSyncJob *job, GPtrArray *sealed, gboolean *needed, GError **error)
{
  g_autoptr (GPtrArray) refs = sat_outbox_refs (job, error);

  if (refs == NULL)
    return FALSE;
  *needed = sealed->len > 0 || job->hub_tips == NULL;
  for (guint i = 0; i < refs->len && !*needed; i++)
    {
      const git_oid *hub = g_hash_table_lookup (job->hub_tips, g_ptr_array_index (refs, i));
      git_oid ours;

      *needed = sat_git_ref (job->outbox, g_ptr_array_index (refs, i), &ours) &&
                (hub == NULL || !git_oid_equal (hub, &ours)) &&
                !sat_epoch_has_left (job, job->outbox, g_ptr_array_index (refs, i), &ours);
    }
  return TRUE;
}

/* ---- pushing
 * ------------------------------------------------------------------------------------- */

/* A push that was killed can leave the lock of our ref in a hub that is a folder. TRUE if one was
 * removed. */
static gboolean
remove_stale_lock (SatSyncJob *job, const char *ref)
{
  g_autofree char *path = g_strconcat (job->hub, "/", ref, ".lock", NULL);
  struct stat before;
  struct stat after;

  if (g_lstat (path, &before) != 0)
    return FALSE;
  for (gint64 waited = 0; waited < STALE_LOCK_WAIT_US; waited += LOCK_POLL_US)
    {
      if (!sat_sync_job_check (job, NULL))
        return FALSE;
      g_usleep (LOCK_POLL_US);
      if (g_lstat (path, &after) != 0 || after.st_ino != before.st_ino ||
          after.st_mtime != before.st_mtime)
        return TRUE;
    }
  return g_unlink (path) == 0;
}

static gboolean
remove_stale_locks (Push *push)
{
  gboolean any = FALSE;

  for (guint i = 0; push->job->address->kind == SAT_HUB_PATH && i < push->refs->len; i++)
    if (remove_stale_lock (push->job, g_ptr_array_index (push->refs, i)))
      any = TRUE;
  return any;
}

/* The first ref that the hub did not take, and what it said. */
static const char *
find_rejected (Push *push, const char **why)
{
  for (guint i = 0; i < push->refs->len; i++)
    {
      const char *ref = g_ptr_array_index (push->refs, i);

      *why = g_hash_table_lookup (push->job->push_status, ref);
      if (*why == NULL || **why)
        return ref;
    }
  return NULL;
}

static gboolean
push_specs (Push *push, git_remote *remote, GError **error)
{
  SatSyncJob *job = push->job;
  g_autoptr (GError) refusal = NULL;
  const char *why = NULL;
  const char *ref;

  if (!sat_hub_push (job, job->outbox, remote, push->specs, error) ||
      (find_rejected (push, &why) && remove_stale_locks (push) &&
       !sat_hub_push (job, job->outbox, remote, push->specs, error)))
    return FALSE;
  ref = find_rejected (push, &why);
  if (ref)
    sat_receive_refusal (job->said->str, job->hub, &refusal);
  if (refusal)
    {
      g_propagate_error (error, g_steal_pointer (&refusal));
      return FALSE;
    }
  if (ref)
    return sat_fail (error, SAT_ERROR_REFUSED, N_ ("the hub “%s” did not take the branch “%s”: %s"),
                     job->hub, ref, why ? why : "?", NULL);
  sat_durable_step ("pushed");
  return TRUE;
}

/* ---- believing
 * ----------------------------------------------------------------------------------- */

/* FALSE if none of the change-sets whose fate was open is meant. */
static gboolean
count_sent (Push *push, const char *book, guint64 number)
{
  guint64 before = push->job->result.sent_change_sets;

  for (guint i = 0; i < push->sealed->len; i++)
    {
      const SatSealed *one = g_ptr_array_index (push->sealed, i);

      if (one->number > number || strcmp (one->book, book) != 0)
        continue;
      push->job->result.sent_change_sets++;
    }
  return push->job->result.sent_change_sets > before;
}

/* Does the hub show our commit as the tip of REF, if it is to? */
static gboolean
check_shown (Push *push, const char *ref, GError **error)
{
  SatSyncJob *job = push->job;
  const git_oid *hub = g_hash_table_lookup (job->hub_tips, ref);
  git_oid ours;

  return !is_meant (push, ref) || g_hash_table_contains (job->foreign, ref) ||
         !sat_git_ref (job->outbox, ref, &ours) || (hub && git_oid_equal (hub, &ours)) ||
         sat_epoch_has_left (job, job->outbox, ref, &ours) ||
         sat_fail (error, SAT_ERROR_REFUSED,
                   N_ ("the hub “%s” took the branch “%s” but does not show it; try again"),
                   job->hub, ref, NULL);
}

/* It does: what is in it is pushed. */
static gboolean
believe_branch (Push *push, const char *ref, GError **error)
{
  SatSyncJob *job = push->job;
  const git_oid *hub = g_hash_table_lookup (job->hub_tips, ref);
  SatBranch branch;
  git_oid ours;
  guint64 number;

  if (!is_meant (push, ref) || g_hash_table_contains (job->foreign, ref) ||
      !sat_branch_parse (ref, &branch) || !sat_git_ref (job->outbox, ref, &ours))
    return TRUE;
  if (hub == NULL || !sat_commit_claimed_number (job->outbox, &ours, &number))
    return TRUE;
  if (job->peer == SAT_PEER_HUB && count_sent (push, branch.book, number))
    {
      if (!sat_workspace_mark_pushed (job->workspace, branch.book, number, error))
        return FALSE;
      sat_durable_step ("push noted");
    }
  return sat_outbox_mirror (job, ref, &ours, number, error);
}

static gboolean
believe (Push *push, GError **error)
{
  g_autoptr (GPtrArray) refs = sat_outbox_refs (push->job, error);

  if (refs == NULL)
    return FALSE;
  if (push->refs->len > 0 && !sat_hub_look (push->job, error))
    return FALSE;
  g_clear_pointer (&push->job->remote, git_remote_free);
  /* A later epoch says nothing of an earlier one: all of them first. */
  for (guint i = 0; i < refs->len; i++)
    if (!check_shown (push, g_ptr_array_index (refs, i), error))
      return FALSE;
  for (guint i = 0; i < refs->len; i++)
    if (!believe_branch (push, g_ptr_array_index (refs, i), error))
      return FALSE;
  return TRUE;
}

/* What the hub has now: a folder is looked at, other hubs say it when one comes to push. */
static gboolean
look_to_push (SatSyncJob *job, git_remote **remote, GError **error)
{
  if (job->address->kind == SAT_HUB_PATH)
    return sat_hub_look (job, error);
  return sat_hub_connect (job, job->outbox, GIT_DIRECTION_PUSH, remote, error) &&
         sat_hub_read_heads (job, *remote, error);
}

gboolean
sat_push (SatSyncJob *job, GPtrArray *sealed, GError **error)
{
  g_autoptr (GPtrArray) specs = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) refs = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (git_remote) remote = NULL;
  Push push = { job, sealed, specs, refs };
  gboolean needed;

  if (!is_needed (job, sealed, &needed, error))
    return FALSE;
  if (!needed)
    return TRUE;
  if (!look_to_push (job, &remote, error) || !plan (&push, error))
    return FALSE;
  if (specs->len > 0 && !push_specs (&push, remote, error))
    return FALSE;
  /* The hub is asked what it has over a connection of its own. */
  g_clear_pointer (&remote, git_remote_free);
  return believe (&push, error);
}
