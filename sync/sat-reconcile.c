/* SPDX-License-Identifier: GPL-3.0-or-later */
/* This device's own branches as the hub shows them, beside the outbox: what is really ours is taken
 * over, what is not is left alone and reported. Nothing on the hub is ever overwritten. */
#include <string.h>

#include "core/base/sat-crash.h"
#include "sync/sat-commit.h"
#include "sync/sat-fetch.h"
#include "sync/sat-outbox.h"
#include "sync/sat-packs.h"

/* Is the commit one that this device made: its key, and the text sealed under that number? A number
 * whose text SQLite no longer has was seen on the hub before. */
static gboolean
is_ours (SatSyncJob *job, const git_oid *id, const char *book, guint64 number, GPtrArray *sealed)
{
  const SatSealed *one = sat_sealed_find (sealed, book, number);
  guint8 key[SAT_KEY_PUBLIC_SIZE];

  return sat_commit_signer (job->inbox, id, key) &&
         memcmp (key, sat_workspace_public_key (job->workspace), sizeof key) == 0 &&
         (one == NULL || sat_commit_has_text (job->inbox, id, number, one->text));
}

/* The commits of WALK, down from NUMBER, which inbox has: are they all ours? The outbox's own
 * branch ends at OUR_NUMBER (0: there is none). *BAD is the first that is not. */
static gboolean
walk_is_ours (SatSyncJob *job,
              const char *book,
              const SatWalk *walk,
              guint64 number,
              guint64 our_number,
              GPtrArray *sealed,
              git_oid *bad)
{
  for (guint i = 0; i < walk->ids->len; i++)
    {
      const git_oid *id = &g_array_index (walk->ids, git_oid, i);
      gboolean comparable = sat_sealed_find (sealed, book, number - i) != NULL;

      if (!comparable && sat_git_has (job->outbox, id))
        return TRUE;
      *bad = *id;
      if (!comparable && number - i <= our_number)
        return FALSE;
      if (!is_ours (job, id, book, number - i, sealed))
        return FALSE;
    }
  return TRUE;
}

/* From TIP (in inbox) back to the outbox's tip OURS (NULL: none), or all the way. */
static gboolean
all_ours (SatSyncJob *job,
          const char *book,
          const char *ref,
          const git_oid *tip,
          const git_oid *ours,
          guint64 our_number,
          GPtrArray *sealed,
          git_oid *bad)
{
  guint64 number;
  g_auto (SatWalk) walk = { 0 };

  *bad = *tip;
  return sat_commit_claimed_number (job->inbox, tip, &number) &&
         (job->is_former || number <= sat_workspace_applied (job->workspace, book, job->device)) &&
         sat_branch_walk (job->inbox, tip, ours, 0, sat_sync_job_check, job, &walk, NULL) &&
         (walk.met || sat_branch_first_number (
                          job->inbox, ref, &g_array_index (walk.ids, git_oid, walk.ids->len - 1)) ==
                          number - walk.ids->len + 1) &&
         walk_is_ours (job, book, &walk, number, our_number, sealed, bad);
}

static gboolean
adopt (SatSyncJob *job, const char *ref, const git_oid *tip, GError **error)
{
  git_oid old;
  gboolean had = sat_git_ref (job->outbox, ref, &old) && sat_git_has (job->outbox, &old);

  if (!sat_packs_copy (job->inbox, job->outbox, tip, had ? &old : NULL, NULL, error))
    return FALSE;
  sat_durable_step ("own commits copied to outbox");
  if (!sat_git_set_ref (job->outbox, ref, tip, error))
    return FALSE;
  sat_durable_step ("outbox branch adopted");
  return TRUE;
}

/* What was not ours on our branch is still in inbox, but no longer on the hub, which shows HUB
 * (NULL: nothing). Gives it up and goes on from OURS, the outbox's tip, or, if that is gone (NULL),
 * from HUB. FALSE without an error: that is not so. */
static gboolean
let_go (SatSyncJob *job,
        const char *book,
        const char *ref,
        const git_oid *ours,
        GPtrArray *sealed,
        GError **error)
{
  const git_oid *hub = g_hash_table_lookup (job->hub_tips, ref);
  const git_oid *inbox = g_hash_table_lookup (job->tips, ref);
  const git_oid *good = ours ? ours : hub;
  guint64 number;
  git_oid bad;

  if (good == NULL || (hub && git_oid_equal (hub, inbox)) ||
      !sat_commit_claimed_number (ours ? job->outbox : job->inbox, good, &number))
    return FALSE;
  if (ours ? hub && !sat_outbox_reaches (job, ours, hub)
           : !all_ours (job, book, ref, hub, NULL, 0, sealed, &bad))
    return FALSE;
  /* Inbox cannot point to what it does not have; the next fetch brings that. */
  if (sat_git_has (job->inbox, good))
    return sat_fetch_set_back (job, ref, good, number, error) &&
           (ours || adopt (job, ref, good, error));
  return sat_fetch_set_back (job, ref, NULL, 0, error);
}

/* ---- somebody else has written on our branch ---- */

/* The last change-set that has to stand on branch REF, which this device has named so, and that it
 * may have to send; 0: nothing of it, so that it is no matter what others have put there. */
static gboolean
find_open (SatSyncJob *job,
           const char *book,
           guint64 epoch,
           GPtrArray *sealed,
           guint64 *number,
           GError **error)
{
  guint64 current = sat_workspace_epoch (job->workspace, book, G_MAXINT64, NULL, error);

  *number = current == epoch ? G_MAXINT64 : 0;
  for (guint i = 0; current != 0 && *number == 0 && i < sealed->len; i++)
    {
      const SatSealed *one = g_ptr_array_index (sealed, i);
      guint64 its;

      if (strcmp (one->book, book) != 0)
        continue;
      its = sat_workspace_epoch (job->workspace, book, one->number, NULL, error);
      if (its == 0)
        return FALSE;
      *number = its == epoch ? one->number : 0;
    }
  return current != 0;
}

/* The next epoch after EPOCH that nobody has put anything under. */
static guint64
free_epoch (SatSyncJob *job, const char *book, guint64 epoch)
{
  SatBranch branch = { .device = *job->device, .epoch = epoch };
  git_oid id;

  g_strlcpy (branch.book, book, sizeof branch.book);
  while (++branch.epoch <= SAT_BRANCH_EPOCH_MAX)
    {
      g_autofree char *ref = sat_branch_ref (&branch);

      if (!(job->hub_tips && g_hash_table_contains (job->hub_tips, ref)) &&
          !g_hash_table_contains (job->tips, ref) && !sat_git_ref (job->outbox, ref, &id))
        return branch.epoch;
    }
  return 0;
}

/* The last commit of ours on branch REF, as inbox has it; FALSE: there is none. */
static gboolean
find_own (SatSyncJob *job, const char *book, const char *ref, GPtrArray *sealed, git_oid *own)
{
  const git_oid *tip = g_hash_table_lookup (job->tips, ref);
  g_auto (SatWalk) walk = { 0 };
  guint64 number;

  if (tip == NULL ||
      !sat_branch_walk (job->inbox, tip, NULL, 0, sat_sync_job_check, job, &walk, NULL) ||
      walk.ids->len == 0)
    return FALSE;
  number = sat_branch_first_number (job->inbox, ref,
                                    &g_array_index (walk.ids, git_oid, walk.ids->len - 1));
  for (guint i = 0; number > 0 && i < walk.ids->len; i++)
    {
      *own = g_array_index (walk.ids, git_oid, i);
      if (is_ours (job, own, book, number + walk.ids->len - 1 - i, sealed))
        return TRUE;
    }
  return FALSE;
}

/* What stands on REF, a branch of ours, is not signed with our key: nobody believes it, and nothing
 * is written over it. What we have to say goes on, from the beginning of that epoch, as another one
 * that nobody has used. *DONE: FALSE if it is the work of a copy of this replica. */
static gboolean
go_on_elsewhere (SatSyncJob *job,
                 const char *book,
                 const char *ref,
                 const git_oid *bad,
                 GPtrArray *sealed,
                 gboolean *done,
                 GError **error)
{
  guint8 key[SAT_KEY_PUBLIC_SIZE];
  g_autofree char *new_ref = NULL;
  SatBranch branch;
  guint64 number;
  git_oid tip;
  gboolean here = sat_git_ref (job->outbox, ref, &tip);

  *done = FALSE;
  if (!sat_branch_parse (ref, &branch) ||
      (sat_commit_signer (job->inbox, bad, key) &&
       memcmp (key, sat_workspace_public_key (job->workspace), sizeof key) == 0))
    return TRUE;
  if (!find_open (job, book, branch.epoch, sealed, &number, error))
    return FALSE;
  *done = TRUE;
  if (number == 0)
    return TRUE;
  branch.epoch = free_epoch (job, book, branch.epoch);
  *done = branch.epoch != 0;
  if (!*done)
    return TRUE;
  new_ref = sat_branch_ref (&branch);
  if (here ? !sat_git_set_ref (job->outbox, new_ref, &tip, error)
           : find_own (job, book, ref, sealed, &tip) && !adopt (job, new_ref, &tip, error))
    return FALSE;
  sat_durable_step ("own branch goes on elsewhere");
  return sat_workspace_move_epoch (job->workspace, book, number, branch.epoch, error) &&
         sat_git_delete_ref (job->outbox, ref, error);
}

static gboolean
reconcile_branch (
    SatSyncJob *job, const char *book, const char *ref, GPtrArray *sealed, GError **error)
{
  gboolean refused = g_hash_table_contains (job->refused, ref);
  /* Inbox has what the hub has and, if the hub lost something, more. */
  const git_oid *theirs = g_hash_table_lookup (refused ? job->hub_tips : job->tips, ref);
  git_oid ours;
  git_oid bad;
  guint64 our_number = 0;
  gboolean here;
  gboolean done;
  g_autoptr (GError) local = NULL;

  here = sat_outbox_tip (job, ref, &ours, &our_number);
  if (theirs == NULL || (here && sat_outbox_reaches (job, &ours, theirs)))
    return TRUE;
  bad = *theirs;
  if (!refused &&
      all_ours (job, book, ref, theirs, here ? &ours : NULL, here ? our_number : 0, sealed, &bad))
    return adopt (job, ref, theirs, error);
  if (!sat_sync_job_check (job, error))
    return FALSE;
  if (!refused && let_go (job, book, ref, here ? &ours : NULL, sealed, &local))
    return TRUE;
  if (local)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (!go_on_elsewhere (job, book, ref, &bad, sealed, &done, error))
    return FALSE;
  if (!done)
    g_hash_table_replace (job->foreign, g_strdup (ref), sat_oid_dup (&bad));
  return TRUE;
}

static gboolean
reconcile_book (SatSyncJob *job, const char *book, GPtrArray *sealed, GError **error)
{
  GHashTable *const tables[] = { job->hub_tips, job->tips };
  g_autoptr (GPtrArray) refs = NULL;

  if (job->is_former && sat_sealed_find (sealed, book, 0) == NULL)
    return TRUE; /* all of it is there */
  if (!sat_outbox_check (job, book, sealed, error))
    return FALSE;
  refs = sat_outbox_branches (job, book, tables, G_N_ELEMENTS (tables));
  for (guint i = 0; i < refs->len; i++)
    if (!reconcile_branch (job, book, g_ptr_array_index (refs, i), sealed, error))
      return FALSE;
  return TRUE;
}

static void
add_book (GHashTable *books, const char *ref_or_book)
{
  SatBranch branch;

  g_hash_table_add (books,
                    g_strdup (sat_branch_parse (ref_or_book, &branch) ? branch.book : ref_or_book));
}

/* Every book that is here and that one of our branches is known of anywhere. */
static GList *
own_books (SatSyncJob *job, GPtrArray *sealed, GHashTable *books)
{
  GHashTable *tables[] = { job->hub_tips, job->tips };
  SatBranch branch;

  for (guint i = 0; i < sealed->len; i++)
    add_book (books, ((const SatSealed *) g_ptr_array_index (sealed, i))->book);
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      GHashTableIter iter;
      gpointer ref;

      g_hash_table_iter_init (&iter, tables[i]);
      while (g_hash_table_iter_next (&iter, &ref, NULL))
        if (sat_branch_parse (ref, &branch) && sat_sync_job_is_own (job, &branch) &&
            sat_sync_job_is_here (branch.book, job))
          add_book (books, ref);
    }
  return g_list_sort (g_hash_table_get_keys (books), (GCompareFunc) strcmp);
}

gboolean
sat_outbox_reconcile (SatSyncJob *job, GPtrArray *sealed, GError **error)
{
  g_autoptr (GHashTable) set = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GList) books = own_books (job, sealed, set);

  g_hash_table_remove_all (job->foreign);
  for (GList *l = books; l; l = l->next)
    if (!reconcile_book (job, l->data, sealed, error))
      return FALSE;
  return TRUE;
}
