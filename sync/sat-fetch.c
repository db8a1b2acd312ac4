/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/sat-fetch.h"

#include <string.h>

#include "core/base/sat-crash.h"
#include "sync/sat-cover.h"
#include "sync/sat-hub.h"
#include "sync/sat-packs.h"
#include "sync/sat-smart.h"
#include "sync/sat-take.h"

#define HEADS "refs/heads/"
/* Where the tip of a refused branch is kept: so that it is judged once, and not sent again. */
#define REFUSED "refs/refused/"
#define PACK_REFS_FROM 32

/* What the hub shows for a branch, beside what is here. */
typedef enum
{
  MOVE_GREW,    /* a continuation of ours, or new */
  MOVE_SHRANK,  /* a part of ours */
  MOVE_REFUSED, /* anything else */
} Move;

static char *
refused_ref (const char *ref)
{
  return g_strconcat (REFUSED, ref + strlen (HEADS), NULL);
}

/* Is what the hub has at REF not here, though of a book that is held? *OURS: what is. */
static gboolean
is_missing (SatSyncJob *job, const char *ref, const git_oid *tip, const git_oid **ours)
{
  *ours = g_hash_table_lookup (job->tips, ref);
  return !(*ours && git_oid_equal (*ours, tip)) && sat_sync_job_wants (job, ref) &&
         !sat_git_has (job->inbox, tip);
}

/* REF is not taken as the hub shows it. */
static void
note_refused (SatSyncJob *job, const char *ref, GError *problem)
{
  g_hash_table_replace (job->refused, g_strdup (ref), problem);
}

/* Plans to take what is missing of branch REF; what of it cannot be taken is noted. */
static gboolean
plan_branch (SatSyncJob *job, SatTake *take, const char *ref, const git_oid *tip, GError **error)
{
  GError *problem = NULL;
  git_oid last;

  if (!sat_take_branch (take, tip, sat_sync_job_check, job, &last, &problem, error))
    {
      g_clear_error (&problem);
      return FALSE;
    }
  if (problem == NULL)
    return TRUE;
  note_refused (job, ref, problem);
  g_hash_table_replace (job->parts, g_strdup (ref), sat_oid_dup (&last));
  return TRUE;
}

/* Takes REF (NULL: all that is missing) from the folder HUB. */
static gboolean
take_from (SatSyncJob *job, git_repository *hub, const char *only, GError **error)
{
  g_autoptr (SatTake) take = sat_take_new (hub, job->inbox);
  GHashTableIter iter;
  gpointer ref, tip;
  const git_oid *ours;

  g_hash_table_iter_init (&iter, job->hub_tips);
  while (g_hash_table_iter_next (&iter, &ref, &tip))
    if ((only == NULL || g_str_equal (only, ref)) && is_missing (job, ref, tip, &ours) &&
        !plan_branch (job, take, ref, tip, error))
      return FALSE;
  g_hash_table_iter_init (&iter, job->hub_covers);
  while (g_hash_table_iter_next (&iter, &ref, &tip))
    if ((only == NULL || g_str_equal (only, ref)) && is_missing (job, ref, tip, &ours))
      sat_take_cover (take, tip);
  return sat_take_run (take, &job->result.received_bytes, error);
}

/* Something cannot be read although it looked well: each branch alone, and those that fail not. */
static gboolean
take_each (SatSyncJob *job, git_repository *hub, GError **error)
{
  GHashTable *const tables[] = { job->hub_tips, job->hub_covers };

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autoptr (GList) refs = g_hash_table_get_keys (tables[i]);

      for (GList *l = refs; l != NULL; l = l->next)
        {
          const git_oid *ours;
          g_autoptr (GError) problem = NULL;
          const git_oid *tip = g_hash_table_lookup (tables[i], l->data);

          if (!sat_sync_job_check (job, error))
            return FALSE;
          if (!is_missing (job, l->data, tip, &ours) || take_from (job, hub, l->data, &problem))
            continue;
          problem->code = SAT_ERROR_MALFORMED;
          note_refused (job, l->data, g_steal_pointer (&problem));
          g_hash_table_replace (job->parts, g_strdup (l->data), g_new0 (git_oid, 1));
        }
    }
  return TRUE;
}

static gboolean
copy_moved (SatSyncJob *job, GError **error)
{
  g_autoptr (git_repository) hub = NULL;
  int code = git_repository_open_ext (&hub, job->hub, GIT_REPOSITORY_OPEN_NO_SEARCH, NULL);

  if (code < 0)
    return sat_sync_job_fail (job, error, code, N_ ("cannot open the hub “%s”: %s"));
  if (!take_from (job, hub, NULL, NULL) &&
      (!sat_sync_job_check (job, error) || !take_each (job, hub, error)))
    return FALSE;
  sat_durable_step ("objects fetched");
  return TRUE;
}

static gboolean
download (SatSyncJob *job, GError **error)
{
  return job->address->kind == SAT_HUB_PATH ? copy_moved (job, error)
                                            : sat_smart_download (job, error);
}

static gboolean
wants_download (SatSyncJob *job)
{
  GHashTable *const tables[] = { job->hub_tips, job->hub_covers };

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      GHashTableIter iter;
      gpointer ref, tip;
      const git_oid *ours;

      g_hash_table_iter_init (&iter, tables[i]);
      while (g_hash_table_iter_next (&iter, &ref, &tip))
        if (is_missing (job, ref, tip, &ours))
          return TRUE;
    }
  return FALSE;
}

/* The hub's branch, walked to its beginning, does not pass through ours, which ends at number
 * OUR_NUMBER: is it a part of ours? */
static gboolean
is_part_of_ours (SatSyncJob *job, const git_oid *ours, guint64 our_number, const git_oid *tip)
{
  g_auto (SatWalk) walk = { 0 };

  return sat_branch_walk (job->inbox, ours, tip, our_number, sat_sync_job_check, job, &walk,
                          NULL) &&
         walk.met;
}

/* How the branch moved, and the number of its new tip if it grew. FALSE only when stopped. */
static gboolean
judge (SatSyncJob *job,
       const char *ref,
       const git_oid *ours,
       guint64 our_number,
       const git_oid *tip,
       Move *move,
       guint64 *number,
       GError **error)
{
  g_auto (SatWalk) walk = { 0 };
  gboolean walked = sat_branch_walk (job->inbox, tip, ours, 0, sat_sync_job_check, job, &walk,
                                     NULL);

  if (!sat_sync_job_check (job, error))
    return FALSE;
  *move = MOVE_REFUSED;
  *number = 0;
  if (walked && walk.met)
    *number = our_number + walk.ids->len;
  else if (walked && ours == NULL)
    {
      const git_oid *first = &g_array_index (walk.ids, git_oid, walk.ids->len - 1);
      guint64 first_number = sat_branch_first_number (job->inbox, ref, first);

      *number = first_number ? first_number + walk.ids->len - 1 : 0;
    }
  else if (walked && is_part_of_ours (job, ours, our_number, tip))
    *move = MOVE_SHRANK;
  if (*number > 0)
    *move = MOVE_GREW;
  return TRUE;
}

static gboolean
refuse (SatSyncJob *job, const char *ref, const git_oid *tip, GError **error)
{
  g_autofree char *kept = refused_ref (ref);
  g_autoptr (GBytes) commit = sat_git_read (job->inbox, tip, GIT_OBJECT_COMMIT, G_MAXSIZE, NULL);

  note_refused (job, ref, NULL);
  return commit == NULL || sat_git_set_ref (job->inbox, kept, tip, error);
}

static gboolean
accept (SatSyncJob *job,
        const char *ref,
        const git_oid *tip,
        guint64 our_number,
        guint64 number,
        GError **error)
{
  SatBranch branch;

  if (!sat_git_set_ref (job->inbox, ref, tip, error))
    return FALSE;
  sat_durable_step ("inbox branch moved");
  sat_places_note (job->places, ref, tip, number);
  g_hash_table_replace (job->tips, g_strdup (ref), sat_oid_dup (tip));
  if (sat_branch_parse (ref, &branch) && !sat_sync_job_is_own (job, &branch) &&
      sat_sync_job_holds (job, branch.book))
    job->result.received_change_sets += number - our_number;
  return TRUE;
}

/* Brings branch REF to TIP if that is a continuation; *MOVED says whether a ref changed. */
static gboolean
update_branch (
    SatSyncJob *job, const char *ref, const git_oid *tip, gboolean *moved, GError **error)
{
  const git_oid *ours = g_hash_table_lookup (job->tips, ref);
  g_autofree char *kept = refused_ref (ref);
  git_oid refused;
  guint64 our_number = 0;
  guint64 number;
  Move move;

  *moved = FALSE;
  if (git_oid_is_zero (tip) || (ours && git_oid_equal (ours, tip)) ||
      !sat_sync_job_wants (job, ref))
    return TRUE;
  if (sat_git_ref (job->inbox, kept, &refused) && git_oid_equal (&refused, tip))
    {
      note_refused (job, ref, NULL);
      return TRUE;
    }
  if (ours && !sat_places_number (job->places, job->inbox, ref, ours, sat_sync_job_check, job,
                                  &our_number, error))
    {
      job->damaged = TRUE;
      return FALSE;
    }
  if (!judge (job, ref, ours, our_number, tip, &move, &number, error))
    return FALSE;
  if (move == MOVE_SHRANK)
    return TRUE;
  *moved = TRUE;
  return move == MOVE_GREW ? accept (job, ref, tip, our_number, number, error)
                           : refuse (job, ref, tip, error);
}

static gboolean
update_branches (SatSyncJob *job, GError **error)
{
  g_autoptr (GList) refs = g_list_sort (g_hash_table_get_keys (job->hub_tips),
                                        (GCompareFunc) strcmp);
  guint n_moved = 0;

  for (GList *l = refs; l; l = l->next)
    {
      const git_oid *part = g_hash_table_lookup (job->parts, l->data);
      gboolean moved;

      if (!update_branch (job, l->data, part ? part : g_hash_table_lookup (job->hub_tips, l->data),
                          &moved, error))
        return FALSE;
      n_moved += moved ? 1 : 0;
    }
  if (n_moved >= PACK_REFS_FROM)
    sat_git_pack_refs (job->inbox);
  sat_places_save (job->places);
  return TRUE;
}

gboolean
sat_fetch_set_back (
    SatSyncJob *job, const char *ref, const git_oid *tip, guint64 last, GError **error)
{
  g_autofree char *kept = refused_ref (ref);

  /* What the hub has now was judged beside what is given up. */
  if (!sat_git_delete_ref (job->inbox, kept, error) ||
      !(tip ? sat_git_set_ref (job->inbox, ref, tip, error)
            : sat_git_delete_ref (job->inbox, ref, error)))
    return FALSE;
  sat_durable_step ("inbox branch set back");
  if (tip)
    {
      sat_places_note (job->places, ref, tip, last);
      g_hash_table_replace (job->tips, g_strdup (ref), sat_oid_dup (tip));
      return TRUE;
    }
  sat_places_forget (job->places, ref);
  g_hash_table_remove (job->tips, ref);
  return TRUE;
}

/* Gives up what branch REF has from the refused change-set NUMBER on, if the hub shows another
 * branch now. */
static gboolean
give_up_refused (SatSyncJob *job, const char *ref, guint64 number, GError **error)
{
  const git_oid *ours = g_hash_table_lookup (job->tips, ref);
  const git_oid *hub = g_hash_table_lookup (job->hub_tips, ref);
  g_auto (SatWalk) walk = { 0 };
  guint64 last;
  guint64 beyond;

  if (hub && git_oid_equal (ours, hub))
    return TRUE;
  if (!sat_places_number (job->places, job->inbox, ref, ours, sat_sync_job_check, job, &last,
                          error))
    return FALSE;
  if (last < number)
    return TRUE;
  beyond = last - number + 1;
  if (!sat_branch_walk (job->inbox, ours, NULL, beyond + 1, sat_sync_job_check, job, &walk, error))
    return FALSE;
  return sat_fetch_set_back (
      job, ref, walk.ids->len > beyond ? &g_array_index (walk.ids, git_oid, beyond) : NULL,
      number - 1, error);
}

/* A change-set that is wrong in itself was never applied by anybody. Once it was taken away from
 * the hub, it must not stand in the way of the one that comes in its place, nor come back from
 * here. */
static gboolean
give_up_all_refused (SatSyncJob *job, GError **error)
{
  g_autoptr (GPtrArray) quarantine = sat_workspace_quarantine (job->workspace, error);

  for (guint i = 0; quarantine && i < quarantine->len; i++)
    {
      const SatQuarantined *entry = g_ptr_array_index (quarantine, i);
      g_autoptr (GList) refs = sat_sync_job_is_here (entry->book, job)
                                   ? g_hash_table_get_keys (job->tips)
                                   : NULL;

      for (GList *l = refs; l && !entry->newer; l = l->next)
        {
          SatBranch branch;

          if (sat_branch_parse (l->data, &branch) && strcmp (branch.book, entry->book) == 0 &&
              sat_id_equal (&branch.device, &entry->device) &&
              !give_up_refused (job, l->data, entry->number, error))
            return FALSE;
        }
    }
  return quarantine != NULL;
}

gboolean
sat_fetch (SatSyncJob *job, GError **error)
{
  gboolean empty;

  sat_sync_job_phase (job, SAT_PHASE_FETCH);
  g_hash_table_remove_all (job->refused);
  g_hash_table_remove_all (job->parts);
  if (!sat_hub_look (job, error) || !sat_hub_is_ours (job, &empty, error))
    return FALSE;
  if (wants_download (job) && !download (job, error))
    return FALSE;
  /* Nobody at the other end waits while changes are applied here. */
  g_clear_pointer (&job->remote, git_remote_free);
  return give_up_all_refused (job, error) && update_branches (job, error) &&
         sat_covers_load (job, error);
}

/* Every commit that a branch of the other repository needs is there or here. */
static gboolean
is_connected (SatSyncJob *job, git_repository *other)
{
  GHashTableIter iter;
  gpointer ref, tip;

  g_hash_table_iter_init (&iter, job->hub_tips);
  while (g_hash_table_iter_next (&iter, &ref, &tip))
    {
      const git_oid *ours = g_hash_table_lookup (job->tips, ref);
      g_auto (SatWalk) walk = { 0 };

      if (sat_sync_job_wants (job, ref) &&
          !sat_branch_walk (other, tip, ours, 0, sat_sync_job_check, job, &walk, NULL))
        return FALSE;
    }
  return TRUE;
}

gboolean
sat_fetch_part (SatSyncJob *job, GError **error)
{
  git_repository *other = NULL;
  gboolean connected;

  sat_sync_job_phase (job, SAT_PHASE_FETCH);
  g_hash_table_remove_all (job->refused);
  g_hash_table_remove_all (job->parts);
  if (git_repository_open_ext (&other, job->hub, GIT_REPOSITORY_OPEN_NO_SEARCH, NULL) < 0)
    return sat_git_fail (error, GIT_ERROR, N_ ("cannot open the local repository “%s”: %s"),
                         job->hub);
  connected = is_connected (job, other);
  git_repository_free (other);
  if (!sat_sync_job_check (job, error))
    return FALSE;
  if (!connected)
    return sat_fail (error, SAT_ERROR_MALFORMED,
                     N_ ("the file is damaged or not complete; ask for it once more"), NULL);
  return (!wants_download (job) || copy_moved (job, error)) && update_branches (job, error) &&
         sat_covers_load (job, error);
}
