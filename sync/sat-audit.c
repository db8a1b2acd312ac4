/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/sat-audit.h"

#include <string.h>

#include "sync/sat-audit-private.h"
#include "sync/sat-commit.h"
#include "sync/sat-packs.h"
#include "sync/sat-steps.h"

typedef struct
{
  char *ref;
  git_oid tip;
  guint64 last; /* its number */
} Sound;

static void
sound_free (gpointer data)
{
  g_free (((Sound *) data)->ref);
  g_free (data);
}

void
sat_audit_add (
    SatAudit *audit, const char *name, gboolean ok, const char *msgid, const char *const *args)
{
  SatCheck *check = g_new0 (SatCheck, 1);

  check->name = name;
  check->ok = ok;
  check->detail_msgid = g_strdup (msgid);
  check->detail_args = g_strdupv ((char **) args);
  g_ptr_array_add (audit->checks, check);
}

void
sat_audit_add_reason (SatAudit *audit, const char *name, gboolean ok, const GError *reason)
{
  sat_audit_add (audit, name, ok, sat_error_msgid (reason), sat_error_args (reason));
}

char *
sat_audit_number (guint64 number)
{
  return g_strdup_printf ("%" G_GUINT64_FORMAT, number);
}

static gboolean
repairs (const SatAudit *audit)
{
  return (audit->flags & SAT_AUDIT_REPAIR) != 0;
}

/* ---- commits ---- */

/* A branch cannot be read beyond number LAST. */
static void
note_broken (SatAudit *audit, const SatBranch *branch, guint64 last)
{
  char device[SAT_ID_TEXT_SIZE];
  g_autofree char *number = sat_audit_number (last + 1);
  const char *args[] = { number, sat_id_format (&branch->device, device), branch->book, NULL };

  sat_audit_add (
      audit, "commits", FALSE,
      repairs (audit)
          ? N_ ("change-set %s of device %s in book “%s” was damaged in the local history and is "
                "removed; the next sync fetches it again")
          : N_ ("change-set %s of device %s in book “%s” is damaged in the local history; “satchel "
                "doctor --repair” removes it and the next sync fetches it again"),
      args);
}

static void
note_sound (SatAudit *audit, const char *ref, const git_oid *tip, guint64 last)
{
  Sound *sound = g_new0 (Sound, 1);

  sound->ref = g_strdup (ref);
  sound->tip = *tip;
  sound->last = last;
  g_ptr_array_add (audit->sound, sound);
}

/* Is NUMBER, which is wrong on BRANCH, in order on another branch of that device? */
static gboolean
is_elsewhere (SatAudit *audit, const SatBranch *branch, guint64 number)
{
  SatSyncJob *job = audit->job;
  GHashTableIter iter;
  gpointer ref, tip;
  SatBranch other;

  g_hash_table_iter_init (&iter, job->tips);
  while (g_hash_table_iter_next (&iter, &ref, &tip))
    {
      g_auto (SatWalk) walk = { 0 };
      const git_oid *ids;
      guint64 last;

      if (!sat_branch_parse (ref, &other) || !sat_branch_same_line (&other, branch) ||
          other.epoch == branch->epoch || !sat_commit_claimed_number (job->inbox, tip, &last) ||
          last < number ||
          !sat_branch_walk (job->inbox, tip, NULL, last - number + 2, sat_sync_job_check, job,
                            &walk, NULL) ||
          walk.ids->len <= last - number)
        continue;
      ids = &g_array_index (walk.ids, git_oid, last - number);

      g_autoptr (GBytes) text = sat_commit_read (job->inbox, ids, &other, number,
                                                 walk.ids->len > last - number + 1 ? ids + 1 : NULL,
                                                 NULL);
      if (text != NULL)
        return TRUE;
    }
  return FALSE;
}

/* Change-set NUMBER of BRANCH cannot be used, for PROBLEM: was it never taken in, because it was
 * wrong when it came? Then it is not this history that is damaged. */
static gboolean
was_refused (SatAudit *audit, const SatBranch *branch, guint64 number, const GError *problem)
{
  if (!g_error_matches (problem, SAT_ERROR, SAT_ERROR_MALFORMED) &&
      !g_error_matches (problem, SAT_ERROR, SAT_ERROR_REFUSED))
    return FALSE;
  return number > sat_workspace_applied (audit->workspace, branch->book, &branch->device) ||
         is_elsewhere (audit, branch, number);
}

/* Somebody else has written on a branch of this device's. */
static void
note_foreign (SatAudit *audit, const char *ref, const git_oid *id)
{
  char hex[GIT_OID_HEXSZ + 1];
  const char *args[] = { git_oid_tostr (hex, sizeof hex, id), ref, NULL };

  sat_audit_add (
      audit, "commits", FALSE,
      N_ ("commit %s on this device's own branch “%s” is not of this device; what it sends goes on "
          "under another branch. Find out who can write to the hub"),
      args);
}

/* Reads branch REF from its beginning. *N counts the sound ones. *WHOLE: all of them are. */
static gboolean
check_branch (SatAudit *audit,
              const char *ref,
              const git_oid *tip,
              guint64 *n,
              gboolean *whole,
              GError **error)
{
  SatSyncJob *job = audit->job;
  const git_oid *before = NULL;
  g_auto (SatWalk) walk = { 0 };
  SatBranch branch;
  guint64 number;

  *whole = TRUE;
  if (!sat_branch_parse (ref, &branch) || !sat_sync_job_holds (job, branch.book))
    return TRUE;
  if (!sat_branch_walk (job->inbox, tip, NULL, 0, sat_sync_job_check, job, &walk, NULL) ||
      !walk.at_end)
    {
      *whole = FALSE;
      if (!sat_sync_job_check (job, error))
        return FALSE;
      note_broken (audit, &branch, 0);
      return TRUE;
    }
  number = sat_branch_first_number (job->inbox, ref,
                                    &g_array_index (walk.ids, git_oid, walk.ids->len - 1));
  for (guint i = walk.ids->len; i > 0; i--, number++)
    {
      const git_oid *id = &g_array_index (walk.ids, git_oid, i - 1);
      g_autoptr (GBytes) text = NULL;
      g_autoptr (GError) problem = NULL;

      if (!sat_sync_job_check (job, error))
        return FALSE;
      text = sat_commit_read (job->inbox, id, &branch, number, before, &problem);
      if (text == NULL)
        {
          if (!was_refused (audit, &branch, number, problem))
            {
              *whole = FALSE;
              note_broken (audit, &branch, number - 1);
            }
          else if (sat_sync_job_is_own (job, &branch))
            note_foreign (audit, ref, id);
          break;
        }
      before = id;
      (*n)++;
    }
  if (before)
    note_sound (audit, ref, before, number - 1);
  return TRUE;
}

/* A new inbox gets what is sound of the old one, which is put aside. What cannot be copied the next
 * sync fetches. */
static gboolean
rescue (SatAudit *audit, GError **error)
{
  SatSyncJob *job = audit->job;
  g_autofree char *path = g_build_filename (sat_workspace_home (audit->workspace), "git",
                                            "inbox-damaged.git", NULL);
  git_repository *old = NULL;

  job->damaged = TRUE;
  job->peer = SAT_PEER_OTHER;
  if (!sat_sync_job_renew_inbox (job, error))
    return FALSE;
  job->peer = SAT_PEER_FILE;
  if (git_repository_open_bare (&old, path) < 0)
    return TRUE;
  for (guint i = 0; i < audit->sound->len; i++)
    {
      const Sound *one = audit->sound->pdata[i];

      if (sat_packs_copy (old, job->inbox, &one->tip, NULL, NULL, NULL) &&
          sat_git_set_ref (job->inbox, one->ref, &one->tip, NULL))
        sat_places_note (job->places, one->ref, &one->tip, one->last);
    }
  git_repository_free (old);
  return TRUE;
}

/* What reads well may still not be what was written. */
static gboolean
check_packs (SatAudit *audit, git_repository *repo)
{
  g_autofree char *name = sat_packs_find_damaged (repo);
  const char *args[] = { name, NULL };

  if (name == NULL)
    return TRUE;
  sat_audit_add (audit, "commits", FALSE,
                 repairs (audit)
                     ? N_ ("the file “%s” of the local history was damaged and is made anew")
                     : N_ ("the file “%s” of the local history is damaged; “satchel doctor "
                           "--repair” makes it anew"),
                 args);
  return FALSE;
}

/* The last checkpoints that this device made: a cache, from which only new ones are made. */
static void
check_checkpoints (SatAudit *audit)
{
  g_autofree char *path = g_build_filename (sat_workspace_home (audit->workspace), "git",
                                            "checkpoints.git", NULL);
  git_repository *repo = NULL;

  if (git_repository_open_bare (&repo, path) < 0)
    return;
  if (!check_packs (audit, repo) && repairs (audit))
    sat_remove_tree (path);
  git_repository_free (repo);
}

static gboolean
check_commits (SatAudit *audit, gboolean *whole, GError **error)
{
  g_autoptr (GList) refs = g_list_sort (g_hash_table_get_keys (audit->job->tips),
                                        (GCompareFunc) strcmp);
  g_autofree char *total = NULL;
  const char *args[] = { NULL, NULL };
  guint64 n = 0;

  *whole = TRUE;
  for (GList *l = refs; l; l = l->next)
    {
      g_autofree char *ref = g_strdup (l->data);
      git_oid tip = *(const git_oid *) g_hash_table_lookup (audit->job->tips, ref);
      gboolean one;

      if (!check_branch (audit, ref, &tip, &n, &one, error))
        return FALSE;
      *whole = *whole && one;
    }
  *whole = check_packs (audit, audit->job->inbox) && *whole;
  check_checkpoints (audit);
  if (!*whole)
    return !repairs (audit) || rescue (audit, error);
  total = sat_audit_number (n);
  args[0] = total;
  sat_audit_add (audit, "commits", TRUE, N_ ("%s change-sets with good signatures"), args);
  return TRUE;
}

/* ---- all of it ---- */

static gboolean
run (SatAudit *audit, GError **error)
{
  gboolean whole;

  if (!sat_step_commit (audit->job, error))
    return FALSE;
  audit->digests = sat_workspace_digest (audit->workspace, error);
  if (audit->digests == NULL || !check_commits (audit, &whole, error))
    return FALSE;
  if (whole)
    return sat_audit_replay (audit, error);
  sat_audit_add (audit, "replay", FALSE,
                 N_ ("not done: the local history is damaged; sync and look again"), NULL);
  return TRUE;
}

/* The hub is asked for a checkpoint at most; a replica may have none that can be named. */
static SatSyncJob *
make_job (SatWorkspace *workspace, const SatSyncOptions *options, GError **error)
{
  const char *hub = sat_workspace_hub (workspace);
  g_autoptr (SatHubAddress) address = hub ? sat_hub_address_parse (hub, NULL) : NULL;
  g_autofree char *inbox = g_build_filename (sat_workspace_home (workspace), "git", "inbox.git",
                                             NULL);

  return sat_sync_job_new (workspace, SAT_PEER_FILE, address ? NULL : inbox, options, error);
}

gboolean
sat_sync_audit (SatWorkspace *workspace,
                SatAuditFlags flags,
                const SatSyncOptions *options,
                GPtrArray *checks,
                GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (SatSyncJob) job = make_job (workspace, options, &problem);
  SatAudit audit = { .job = job, .workspace = workspace, .flags = flags, .checks = checks };
  gboolean ok = TRUE;

  if (job != NULL)
    {
      audit.sound = g_ptr_array_new_with_free_func (sound_free);
      ok = run (&audit, &problem);
    }
  g_clear_pointer (&audit.digests, g_ptr_array_unref);
  g_clear_pointer (&audit.sound, g_ptr_array_unref);
  if (job != NULL && ok)
    return TRUE;
  if (g_error_matches (problem, SAT_ERROR, SAT_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  /* What stands in the way of looking is itself worth saying: no key, half a change-set. */
  sat_audit_add_reason (&audit, "replay", g_error_matches (problem, SAT_ERROR, SAT_ERROR_BUSY),
                        problem);
  return TRUE;
}
