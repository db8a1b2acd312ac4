/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/sat-refill.h"

#include <string.h>

#include "core/base/sat-crash.h"
#include "core/workspace/sat-workspace-revoke.h"
#include "sync/sat-commit.h"
#include "sync/sat-epoch.h"
#include "sync/sat-hub-push.h"
#include "sync/sat-hub.h"
#include "sync/sat-receive.h"

/* Is HUB, which may be NULL, a part of the branch that ends at OURS? */
static gboolean
is_behind (SatSyncJob *job, const git_oid *ours, const git_oid *hub)
{
  if (hub == NULL)
    return TRUE;
  return !git_oid_equal (ours, hub) && sat_git_has (job->inbox, hub) &&
         git_graph_descendant_of (job->inbox, ours, hub) == 1;
}

/* Where the part of a branch that is sent ends, when that is not all of it: libgit2 sends refs
 * only. They are there for the time of the push. */
#define SENDING "refs/satchel/sending/"

/* Up to which change-set the branch counts: of a revoked device its cut, or what others built on.
 */
static guint64
last_that_counts (const GPtrArray *cuts, const char *ref)
{
  SatBranch branch;

  for (guint i = 0; cuts != NULL && sat_branch_parse (ref, &branch) && i < cuts->len; i++)
    {
      const SatCutOff *entry = g_ptr_array_index (cuts, i);

      if (sat_id_equal (&entry->device, &branch.device) && strcmp (entry->book, branch.book) == 0)
        return MAX (entry->cut, entry->taken);
    }
  return G_MAXUINT64;
}

/* The end of the branch as far as it counts: a hub that judges would refuse all that is sent with
 * the rest. FALSE: none of it does. */
static gboolean
find_end (SatSyncJob *job, const GPtrArray *cuts, const char *ref, const git_oid *tip, git_oid *end)
{
  guint64 last = last_that_counts (cuts, ref);
  g_auto (SatWalk) walk = { 0 };
  guint64 number, beyond;

  git_oid_cpy (end, tip);
  if (last == G_MAXUINT64 || !sat_commit_claimed_number (job->inbox, tip, &number) ||
      number <= last)
    return TRUE;
  beyond = number - last;
  if (!sat_branch_walk (job->inbox, tip, NULL, beyond + 1, NULL, NULL, &walk, NULL) ||
      walk.ids->len <= beyond)
    return FALSE;
  git_oid_cpy (end, &g_array_index (walk.ids, git_oid, beyond));
  return TRUE;
}

static gboolean
add_spec (SatSyncJob *job,
          GPtrArray *specs,
          const char *ref,
          const git_oid *end,
          gboolean all,
          GError **error)
{
  g_autofree char *part = g_strdup_printf (SENDING "%u", specs->len);

  if (!all && !sat_git_set_ref (job->inbox, part, end, error))
    return FALSE;
  g_ptr_array_add (specs, g_strdup_printf ("%s:%s", all ? ref : part, ref));
  return TRUE;
}

static void
forget_parts (SatSyncJob *job)
{
  g_autoptr (GPtrArray) refs = sat_git_list_refs (job->inbox, SENDING "*", NULL);

  for (guint i = 0; refs != NULL && i < refs->len; i++)
    sat_git_delete_ref (job->inbox, g_ptr_array_index (refs, i), NULL);
}

static GPtrArray *
find_missing (SatSyncJob *job, GError **error)
{
  g_autoptr (GPtrArray) specs = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) cuts = sat_workspace_cut_offs (job->workspace, error);
  GHashTableIter iter;
  gpointer ref;
  gpointer tip;

  g_hash_table_iter_init (&iter, job->tips);
  while (cuts != NULL && g_hash_table_iter_next (&iter, &ref, &tip))
    {
      SatBranch branch;
      git_oid end;

      if (sat_branch_parse (ref, &branch) && sat_sync_job_is_here (branch.book, job) &&
          !sat_epoch_has_left (job, job->inbox, ref, tip) && find_end (job, cuts, ref, tip, &end) &&
          is_behind (job, &end, g_hash_table_lookup (job->hub_tips, ref)) &&
          !add_spec (job, specs, ref, &end, git_oid_equal (&end, tip), error))
        return NULL;
    }
  return cuts != NULL ? g_steal_pointer (&specs) : NULL;
}

static gboolean
check_taken (SatSyncJob *job, guint n, GError **error)
{
  GHashTableIter iter;
  g_autoptr (GError) refusal = NULL;
  gpointer ref;
  gpointer why;

  g_hash_table_iter_init (&iter, job->push_status);
  while (g_hash_table_iter_next (&iter, &ref, &why))
    if (*(const char *) why)
      {
        sat_receive_refusal (job->said->str, job->hub, &refusal);
        if (refusal != NULL)
          {
            g_propagate_error (error, g_steal_pointer (&refusal));
            return FALSE;
          }
        return sat_fail (error, SAT_ERROR_REFUSED,
                         N_ ("the hub “%s” did not take the branch “%s”: %s"), job->hub, ref, why,
                         NULL);
      }
  if (g_hash_table_size (job->push_status) < n)
    return sat_fail (error, SAT_ERROR_REFUSED,
                     N_ ("the hub “%s” did not confirm all that was sent; try again"), job->hub,
                     NULL);
  return TRUE;
}

static gboolean
send_missing (SatSyncJob *job, GPtrArray *specs, GError **error)
{
  if (!sat_hub_push (job, job->inbox, NULL, specs, error))
    return FALSE;
  sat_durable_step ("hub refilled");
  return check_taken (job, specs->len, error);
}

gboolean
sat_refill (SatSyncJob *job, GError **error)
{
  g_autoptr (GPtrArray) specs = find_missing (job, error);
  gboolean ok = specs != NULL && (specs->len == 0 || send_missing (job, specs, error));

  forget_parts (job);
  return ok;
}
