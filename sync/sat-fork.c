/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/sat-fork.h"

#include <string.h>

#include "sync/sat-commit.h"
#include "sync/sat-cover.h"
#include "sync/sat-outbox.h"

static gboolean
is_signed_by_us (SatSyncJob *job, const git_oid *id)
{
  guint8 key[SAT_KEY_PUBLIC_SIZE];

  return sat_commit_signer (job->inbox, id, key) &&
         memcmp (key, sat_workspace_public_key (job->workspace), sizeof key) == 0;
}

/* Is commit ID the change-set NUMBER that was sealed here? One whose text is not among SEALED,
 * which is a part of those waiting, is taken for it as long as so many were sealed. */
static gboolean
is_sealed_here (
    SatSyncJob *job, const char *book, const git_oid *id, guint64 number, GPtrArray *sealed)
{
  const SatSealed *one = sat_sealed_find (sealed, book, number);

  if (one == NULL)
    return number <= sat_workspace_applied (job->workspace, book, job->device);
  return sat_commit_has_text (job->inbox, id, number, one->text);
}

/* The first of the hub's change-sets of BOOK, from number FROM to that of the last of WALK (the tip
 * first), that is not what was sealed here; 0: none. */
static guint64
find_difference (
    SatSyncJob *job, const char *book, const SatWalk *walk, guint64 from, GPtrArray *sealed)
{
  guint64 tip = from + walk->ids->len - 1;

  for (guint64 number = from; number <= tip; number++)
    {
      const git_oid *id = &g_array_index (walk->ids, git_oid, tip - number);

      if (!is_sealed_here (job, book, id, number, sealed))
        return is_signed_by_us (job, id) ? number : 0;
    }
  return 0;
}

/* Branch REF, from number FROM on: *FORK is lowered to the last number that is ours and the hub's.
 */
static gboolean
check_branch (SatSyncJob *job,
              const char *book,
              const char *ref,
              guint64 from,
              GPtrArray *sealed,
              guint64 *fork,
              GError **error)
{
  const git_oid *tip = g_hash_table_lookup (job->tips, ref);
  g_auto (SatWalk) walk = { 0 };
  guint64 number;

  if (tip == NULL || g_hash_table_contains (job->refused, ref) ||
      !sat_commit_claimed_number (job->inbox, tip, &number) || number < from)
    return TRUE;
  if (!sat_branch_walk (job->inbox, tip, NULL, number - from + 1, sat_sync_job_check, job, &walk,
                        NULL))
    return sat_sync_job_check (job, error);
  /* An epoch may begin after FROM. */
  if (walk.ids->len != number - from + 1 &&
      sat_branch_first_number (job->inbox, ref,
                               &g_array_index (walk.ids, git_oid, walk.ids->len - 1)) !=
          number - walk.ids->len + 1)
    return TRUE;
  number = find_difference (job, book, &walk, number - walk.ids->len + 1, sealed);
  if (number > 0)
    *fork = MIN (*fork, number - 1);
  return TRUE;
}

/* *FORK: G_MAXUINT64 if there is no other copy. */
static gboolean
check_book (SatSyncJob *job, const char *book, GPtrArray *sealed, guint64 *fork, GError **error)
{
  g_autoptr (GPtrArray) refs = sat_outbox_branches (job, book, &job->tips, 1);
  const SatSealed *first = sat_sealed_find (sealed, book, 0);
  guint64 from = first ? first->number
                       : sat_workspace_applied (job->workspace, book, job->device) + 1;

  *fork = G_MAXUINT64;
  for (guint i = 0; i < refs->len; i++)
    if (!check_branch (job, book, g_ptr_array_index (refs, i), from, sealed, fork, error))
      return FALSE;
  /* Whoever joins a checkpoint that covers more of this device than it has written, be it that a
   * copy wrote it or that somebody made it up, takes in nothing more under these numbers. */
  if (sat_covers_number (job, book, job->device) >
      sat_workspace_applied (job->workspace, book, job->device))
    *fork = MIN (*fork, from - 1);
  return TRUE;
}

gboolean
sat_fork_check (SatSyncJob *job, GError **error)
{
  g_autoptr (GPtrArray) sealed = sat_outbox_sealed (job, error);
  g_autoptr (GArray) forks = g_array_new (FALSE, FALSE, sizeof (SatFork));

  if (sealed == NULL)
    return FALSE;
  for (guint i = 0; job->books[i] != NULL; i++)
    {
      SatFork fork = { .book = job->books[i] };

      if (!check_book (job, fork.book, sealed, &fork.number, error))
        return FALSE;
      if (fork.number != G_MAXUINT64)
        g_array_append_val (forks, fork);
    }
  return forks->len == 0 ||
         sat_workspace_renew (job->workspace, (const SatFork *) (void *) forks->data, forks->len,
                              error);
}
