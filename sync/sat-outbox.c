/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/sat-outbox.h"

#include <string.h>

#include "core/base/sat-crash.h"
#include "core/workspace/sat-exchange-files.h"
#include "sync/sat-commit-text.h"
#include "sync/sat-commit.h"
#include "sync/sat-cover.h"
#include "sync/sat-packs.h"

/* The branch on which this device's change-set NUMBER of BOOK stands, and the number that begins
 * it.
 */
static gboolean
find_branch (SatSyncJob *job,
             const char *book,
             guint64 number,
             SatBranch *branch,
             guint64 *first,
             GError **error)
{
  *branch = (SatBranch){ .device = *job->device };
  g_strlcpy (branch->book, book, sizeof branch->book);
  branch->epoch = sat_workspace_epoch (job->workspace, book, number, first, error);
  return branch->epoch != 0;
}

GPtrArray *
sat_outbox_branches (SatSyncJob *job, const char *book, GHashTable *const *tables, guint n_tables)
{
  g_autoptr (GHashTable) set = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) here = sat_outbox_refs (job, NULL);
  GPtrArray *out = g_ptr_array_new_with_free_func (g_free);
  SatBranch branch;

  for (guint i = 0; here != NULL && i < here->len; i++)
    g_hash_table_add (set, here->pdata[i]);
  for (guint i = 0; i < n_tables; i++)
    {
      GHashTableIter iter;
      gpointer ref;

      g_hash_table_iter_init (&iter, tables[i]);
      while (g_hash_table_iter_next (&iter, &ref, NULL))
        g_hash_table_add (set, ref);
    }
  GHashTableIter iter;
  gpointer ref;

  g_hash_table_iter_init (&iter, set);
  while (g_hash_table_iter_next (&iter, &ref, NULL))
    if (sat_branch_parse (ref, &branch) && sat_sync_job_is_own (job, &branch) &&
        strcmp (branch.book, book) == 0)
      g_ptr_array_add (out, g_strdup (ref));
  g_ptr_array_sort (out, sat_branch_compare_refs);
  return out;
}

GPtrArray *
sat_outbox_refs (SatSyncJob *job, GError **error)
{
  g_autoptr (GPtrArray) all = sat_git_list_refs (job->outbox, "refs/heads/*", error);
  g_autoptr (GPtrArray) own = g_ptr_array_new_with_free_func (g_free);
  SatBranch branch;

  if (all == NULL)
    return NULL;
  for (guint i = 0; i < all->len; i++)
    if (sat_branch_parse (g_ptr_array_index (all, i), &branch) &&
        sat_sync_job_is_own (job, &branch) && sat_sync_job_is_here (branch.book, job))
      g_ptr_array_add (own, g_strdup (g_ptr_array_index (all, i)));
  return g_steal_pointer (&own);
}

gboolean
sat_outbox_tip (SatSyncJob *job, const char *ref, git_oid *tip, guint64 *number)
{
  return sat_git_ref (job->outbox, ref, tip) &&
         sat_commit_claimed_number (job->outbox, tip, number);
}

gboolean
sat_outbox_reaches (SatSyncJob *job, const git_oid *tip, const git_oid *id)
{
  guint64 from;
  guint64 to;
  g_auto (SatWalk) walk = { 0 };

  if (git_oid_equal (tip, id))
    return TRUE;
  if (!sat_git_has (job->outbox, id) || !sat_commit_claimed_number (job->outbox, tip, &from) ||
      !sat_commit_claimed_number (job->outbox, id, &to) || to >= from)
    return FALSE;
  return sat_branch_walk (job->outbox, tip, id, from - to + 1, sat_sync_job_check, job, &walk,
                          NULL) &&
         walk.met;
}

const SatSealed *
sat_sealed_find (GPtrArray *sealed, const char *book, guint64 number)
{
  for (guint i = 0; i < sealed->len; i++)
    {
      const SatSealed *one = g_ptr_array_index (sealed, i);

      if ((number == 0 || one->number == number) && strcmp (one->book, book) == 0)
        return one;
    }
  return NULL;
}

/* ---- is the outbox true? ---- */

/* Of the texts of BOOK in SEALED, those that the outbox has a commit for: is it of that very text?
 */
static gboolean
has_sealed_texts (
    SatSyncJob *job, const char *book, const git_oid *tip, guint64 number, GPtrArray *sealed)
{
  const SatSealed *first = sat_sealed_find (sealed, book, 0);
  g_auto (SatWalk) walk = { 0 };

  if (first == NULL || first->number > number)
    return TRUE;
  if (!sat_branch_walk (job->outbox, tip, NULL, number - first->number + 1, sat_sync_job_check, job,
                        &walk, NULL))
    return FALSE;
  for (guint i = 0; i < walk.ids->len; i++)
    {
      const SatSealed *one = sat_sealed_find (sealed, book, number - i);

      if (one && !sat_commit_has_text (job->outbox, &g_array_index (walk.ids, git_oid, i),
                                       one->number, one->text))
        return FALSE;
    }
  return TRUE;
}

/* The last number that the outbox can have: what this device sealed. A former device, which may
 * have forked after what is left of it, never seals again. */
static guint64
last_possible (SatSyncJob *job, const char *book, GPtrArray *sealed)
{
  guint64 last = 0;

  if (!job->is_former)
    return sat_workspace_applied (job->workspace, book, job->device);
  for (guint i = 0; i < sealed->len; i++)
    {
      const SatSealed *one = g_ptr_array_index (sealed, i);

      if (strcmp (one->book, book) == 0)
        last = MAX (last, one->number);
    }
  return last;
}

/* Branch REF of BOOK. */
static gboolean
check_branch (SatSyncJob *job, const char *book, const char *ref, GPtrArray *sealed, GError **error)
{
  git_oid tip;
  guint64 number;

  if (!sat_outbox_tip (job, ref, &tip, &number))
    return TRUE;
  if (number <= last_possible (job, book, sealed) &&
      has_sealed_texts (job, book, &tip, number, sealed))
    return TRUE;
  if (!sat_sync_job_check (job, error) || !sat_git_delete_ref (job->outbox, ref, error))
    return FALSE;
  sat_durable_step ("untrue outbox branch dropped");
  return TRUE;
}

gboolean
sat_outbox_check (SatSyncJob *job, const char *book, GPtrArray *sealed, GError **error)
{
  g_autoptr (GPtrArray) refs = sat_outbox_branches (job, book, NULL, 0);

  for (guint i = 0; i < refs->len; i++)
    if (!check_branch (job, book, g_ptr_array_index (refs, i), sealed, error))
      return FALSE;
  return TRUE;
}

gboolean
sat_outbox_check_foreign (SatSyncJob *job, GError **error)
{
  g_autoptr (GList) refs = g_list_sort (g_hash_table_get_keys (job->foreign),
                                        (GCompareFunc) strcmp);
  char hex[SAT_GIT_HEX + 1];

  if (refs == NULL)
    return TRUE;
  git_oid_tostr (hex, sizeof hex, g_hash_table_lookup (job->foreign, refs->data));
  return sat_fail (
      error, SAT_ERROR_REFUSED,
      N_ ("the hub has commit %s on this device's own branch “%s”, which this device did "
          "not make; nothing was sent over it and what is waiting stays here; it was a "
          "copy of this replica: “satchel backup” and “satchel restore” let this one "
          "go on as another device"),
      hex, (const char *) refs->data, NULL);
}

/* ---- committing ---- */

/* Where a branch stands while commits are added to it. */
typedef struct
{
  const char *ref;
  guint64 first; /* the number that begins it */
  git_oid tip;
  guint64 number; /* of TIP; FIRST - 1: nothing yet */
} Place;

/* FALSE: not now, because it is not known what the branch stands on before the hub was asked. */
static gboolean
find_place (SatSyncJob *job, const SatSealed *first, gboolean fetched, Place *place)
{
  if (g_hash_table_contains (job->foreign, place->ref))
    return FALSE;
  if (!sat_outbox_tip (job, place->ref, &place->tip, &place->number))
    place->number = place->first - 1;
  if (fetched)
    return TRUE;
  return place->number >= place->first ? first->number <= place->number + 1
                                       : first->number == place->first && first->commit == NULL;
}

static GBytes *
read_file (const SatFile *file, gpointer data, GError **error)
{
  return sat_workspace_sealed_file (data, file, error);
}

static gboolean
write_one (SatSyncJob *job, const SatSealed *sealed, Place *place, GError **error)
{
  g_autofree char *name = NULL;
  g_autofree char *email = NULL;
  const git_oid parent = place->tip;
  SatCommitDraft draft = {
    .book = sealed->book,
    .number = sealed->number,
    .time_ms = sealed->time_ms,
    .text = sealed->text,
    .parent = place->number >= place->first ? &parent : NULL,
    .seed = sat_workspace_key_seed (job->workspace),
    .file = read_file,
    .file_data = job->workspace,
  };

  sat_workspace_author (job->workspace, &name, &email);
  draft.author_name = name;
  draft.author_email = email;
  if (!sat_commit_write (job->outbox, &draft, &place->tip, error))
    return FALSE;
  sat_durable_step ("commit written");
  if (!sat_git_set_ref (job->outbox, place->ref, &place->tip, error))
    return FALSE;
  sat_durable_step ("outbox branch moved");
  place->number = sealed->number;
  return TRUE;
}

static gboolean
mark_one (SatSyncJob *job, const SatSealed *sealed, const git_oid *id, GError **error)
{
  char hex[SAT_GIT_HEX + 1];

  git_oid_tostr (hex, sizeof hex, id);
  if (g_strcmp0 (hex, sealed->commit) == 0)
    return TRUE;
  if (!sat_workspace_mark_committed (job->workspace, sealed->book, sealed->number, hex, error))
    return FALSE;
  sat_durable_step ("commit noted");
  return TRUE;
}

/* Those of SEALED from *FROM that are in the outbox already, at or below PLACE. */
static gboolean
note_existing (
    SatSyncJob *job, GPtrArray *sealed, guint *from, guint to, const Place *place, GError **error)
{
  const SatSealed *first = g_ptr_array_index (sealed, *from);
  g_auto (SatWalk) walk = { 0 };
  guint64 steps;

  if (place->number < first->number)
    return TRUE;
  steps = place->number - first->number + 1;
  if (!sat_branch_walk (job->outbox, &place->tip, NULL, steps, sat_sync_job_check, job, &walk,
                        error))
    return FALSE;
  for (; *from < to; (*from)++)
    {
      const SatSealed *one = g_ptr_array_index (sealed, *from);

      if (one->number > place->number)
        break;
      steps = place->number - one->number;
      if (steps < walk.ids->len &&
          !mark_one (job, one, &g_array_index (walk.ids, git_oid, steps), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
commit_one (SatSyncJob *job, const SatSealed *sealed, Place *place, GError **error)
{
  g_autofree char *number = NULL;

  if (!sat_sync_job_check (job, error))
    return FALSE;
  if (sealed->number == place->number + 1)
    return write_one (job, sealed, place, error) && mark_one (job, sealed, &place->tip, error);
  number = g_strdup_printf ("%" G_GUINT64_FORMAT, sealed->number - 1);
  return sat_fail (
      error, SAT_ERROR_FAILED,
      N_ ("cannot go on with book “%s”: change-set %s of this device is neither here nor "
          "on the hub any more; what is waiting stays here"),
      sealed->book, number, NULL);
}

/* The beginning of the branch of SEALED from FROM to before TO is nowhere any more: the hub lost
 * its disk and HOME/git is gone. They cannot be sent, but a checkpoint has what they say: one that
 * this replica put on the hub, or that it makes when all else is sent. *DONE: so it is. */
static gboolean
pass_covered (SatSyncJob *job, GPtrArray *sealed, guint to, gboolean *done, GError **error)
{
  const SatSealed *last = g_ptr_array_index (sealed, to - 1);

  *done = job->is_filling;
  if (job->peer != SAT_PEER_HUB ||
      sat_covers_own_number (job, last->book, job->device) < last->number)
    return TRUE;
  *done = TRUE;
  return sat_workspace_mark_pushed (job->workspace, last->book, last->number, error);
}

/* The change-sets of one branch, SEALED from FROM up to before TO. */
static gboolean
commit_branch (SatSyncJob *job,
               GPtrArray *sealed,
               guint from,
               guint to,
               gboolean fetched,
               const char *ref,
               guint64 begins,
               GError **error)
{
  const SatSealed *first = g_ptr_array_index (sealed, from);
  Place place = { .ref = ref, .first = begins };

  gboolean passed = FALSE;

  if (!find_place (job, first, fetched, &place))
    return TRUE;
  if (!note_existing (job, sealed, &from, to, &place, error) ||
      (from < to && ((const SatSealed *) sealed->pdata[from])->number > place.number + 1 &&
       !pass_covered (job, sealed, to, &passed, error)))
    return FALSE;
  if (passed)
    return TRUE;
  for (; from < to; from++)
    if (!commit_one (job, g_ptr_array_index (sealed, from), &place, error))
      return FALSE;
  return TRUE;
}

/* Those from FROM that stand on one branch with it: of one book and epoch. */
static gboolean
find_run (SatSyncJob *job,
          GPtrArray *sealed,
          guint from,
          guint *to,
          char **ref,
          guint64 *begins,
          GError **error)
{
  const SatSealed *first = g_ptr_array_index (sealed, from);
  SatBranch branch;

  if (!find_branch (job, first->book, first->number, &branch, begins, error))
    return FALSE;
  *ref = sat_branch_ref (&branch);
  for (*to = from + 1; *to < sealed->len; (*to)++)
    {
      const SatSealed *one = g_ptr_array_index (sealed, *to);
      SatBranch other;
      guint64 other_begins;

      if (strcmp (one->book, first->book) != 0)
        break;
      if (!find_branch (job, one->book, one->number, &other, &other_begins, error))
        return FALSE;
      if (other.epoch != branch.epoch)
        break;
    }
  return TRUE;
}

gboolean
sat_outbox_commit (SatSyncJob *job, GPtrArray *sealed, gboolean fetched, GError **error)
{
  const char *book = NULL;

  for (guint from = 0, to = 0; from < sealed->len; from = to)
    {
      const SatSealed *first = g_ptr_array_index (sealed, from);
      g_autofree char *ref = NULL;
      guint64 begins;

      if (!fetched && g_strcmp0 (book, first->book) != 0 &&
          !sat_outbox_check (job, first->book, sealed, error))
        return FALSE;
      book = first->book;
      if (!find_run (job, sealed, from, &to, &ref, &begins, error) ||
          !commit_branch (job, sealed, from, to, fetched, ref, begins, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- the inbox knows it, too ---- */

gboolean
sat_outbox_mirror (
    SatSyncJob *job, const char *ref, const git_oid *tip, guint64 number, GError **error)
{
  const git_oid *known = g_hash_table_lookup (job->tips, ref);

  if (known && git_oid_equal (known, tip))
    return TRUE;
  if (!sat_packs_copy (job->outbox, job->inbox, tip, known, &job->result.sent_bytes, error) ||
      !sat_git_set_ref (job->inbox, ref, tip, error))
    {
      if (sat_git_is_sound (job->inbox))
        return FALSE;
      g_clear_error (error);
      return TRUE;
    }
  sat_durable_step ("own branch mirrored");
  sat_places_note (job->places, ref, tip, number);
  g_hash_table_replace (job->tips, g_strdup (ref), sat_oid_dup (tip));
  return TRUE;
}

gboolean
sat_outbox_mirror_all (SatSyncJob *job, GError **error)
{
  g_autoptr (GPtrArray) refs = sat_outbox_refs (job, error);
  git_oid tip;
  guint64 number;

  for (guint i = 0; refs && i < refs->len; i++)
    if (sat_outbox_tip (job, refs->pdata[i], &tip, &number) &&
        !sat_outbox_mirror (job, refs->pdata[i], &tip, number, error))
      return FALSE;
  return refs != NULL;
}

GPtrArray *
sat_outbox_sealed (SatSyncJob *job, GError **error)
{
  return sat_workspace_unpushed_in (job->workspace,
                                    job->peer == SAT_PEER_HUB ? SAT_OUTBOX_BATCH : G_MAXSIZE,
                                    sat_sync_job_is_here, job, error);
}
