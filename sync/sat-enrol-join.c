/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/sat-enrol-join.h"

#include <string.h>

#include "core/change/sat-change-set.h"
#include "sync/sat-commit.h"
#include "sync/sat-steps.h"

#define HEADS "refs/heads/" SAT_BOOK_KEY_ENROLMENT "/"

/* ---- what the branches say, before any of it is believed ----------------------------------------
 */

typedef struct
{
  GArray *founders; /* SatId */
  GHashTable *keys; /* GBytes: of invitations */
} Said;

static void
hear (Said *said, const SatChangeSet *set)
{
  const SatEnrolment *enrolment = sat_change_set_enrolment (set);
  guint n_saw;

  sat_change_set_saw (set, &n_saw);
  if (enrolment == NULL)
    return;
  for (guint i = 0; i < enrolment->n_invites; i++)
    g_hash_table_add (said->keys, g_bytes_new (enrolment->invites[i].key, SAT_INVITATION_KEY_SIZE));
  if (sat_change_set_number (set) == 1 && n_saw == 0 && enrolment->n_invites > 0 &&
      enrolment->claim == NULL)
    g_array_append_val (said->founders, *sat_change_set_device (set));
}

/* What cannot be read says nothing. */
static void
hear_branch (Said *said, git_repository *repo, const char *ref)
{
  g_auto (SatWalk) walk = { 0 };
  const git_oid *parent = NULL;
  SatBranch branch;
  guint64 number;
  git_oid tip;

  if (!sat_branch_parse (ref, &branch) || !sat_git_ref (repo, ref, &tip) ||
      !sat_branch_walk (repo, &tip, NULL, 0, NULL, NULL, &walk, NULL) || walk.ids->len == 0)
    return;
  number = sat_branch_first_number (repo, ref,
                                    &g_array_index (walk.ids, git_oid, walk.ids->len - 1));
  for (guint i = walk.ids->len; i > 0; i--, number++)
    {
      const git_oid *id = &g_array_index (walk.ids, git_oid, i - 1);
      g_autoptr (GBytes) text = sat_commit_read (repo, id, &branch, number, parent, NULL);
      g_autoptr (SatChangeSet) header = text ? sat_change_set_decode_header (text, NULL) : NULL;

      if (header == NULL)
        return;
      hear (said, header);
      parent = id;
    }
}

static gboolean
hear_all (Said *said, git_repository *repo, gboolean *any, GError **error)
{
  g_autoptr (GPtrArray) refs = sat_git_list_refs (repo, HEADS "*", error);

  said->founders = g_array_new (FALSE, FALSE, sizeof (SatId));
  said->keys = g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref,
                                      NULL);
  *any = refs != NULL && refs->len > 0;
  for (guint i = 0; refs != NULL && i < refs->len; i++)
    hear_branch (said, repo, g_ptr_array_index (refs, i));
  return refs != NULL;
}

static void
said_clear (Said *said)
{
  g_clear_pointer (&said->founders, g_array_unref);
  g_clear_pointer (&said->keys, g_hash_table_unref);
}

GArray *
sat_enrol_founders (git_repository *repo, GError **error)
{
  Said said = { NULL, NULL };
  GArray *founders = NULL;
  gboolean any;

  if (hear_all (&said, repo, &any, error))
    founders = g_array_ref (said.founders);
  said_clear (&said);
  return founders;
}

/* The one whose invitation the code takes up: the key depends on both. */
static gboolean
find_founder (const Said *said, const char *code, SatId *out, GError **error)
{
  for (guint i = 0; i < said->founders->len; i++)
    {
      guint8 key[SAT_INVITATION_KEY_SIZE];
      g_autoptr (GBytes) bytes = NULL;

      *out = g_array_index (said->founders, SatId, i);
      sat_code_public_key (code, out, key);
      bytes = g_bytes_new (key, sizeof key);
      if (g_hash_table_contains (said->keys, bytes))
        return TRUE;
    }
  return sat_fail (
      error, SAT_ERROR_NOT_FOUND,
      N_ ("this workspace has no invitation for that code; it may not have reached the hub "
          "yet: whoever made it has to sync first"),
      NULL);
}

/* ---- joining ------------------------------------------------------------------------------------
 */

static gboolean
take_up (SatSyncJob *job,
         const Said *said,
         const char *where,
         const char *typed,
         SatInvitation **out,
         GError **error)
{
  SatWorkspace *workspace = job->workspace;
  g_autoptr (GError) problem = NULL;
  char code[SAT_CODE_TEXT_SIZE];
  SatId founder;

  if (typed == NULL)
    return sat_fail (
        error, SAT_ERROR_REFUSED,
        N_ ("the workspace of “%s” is closed; ask an administrator for a code and join "
            "with --code CODE"),
        where, NULL);
  if (!sat_code_read (typed, code, error) || !find_founder (said, code, &founder, error) ||
      !sat_workspace_set_founder (workspace, &founder, error) ||
      !sat_sync_job_reload_books (job, error) || !sat_step_enrolment (job, error))
    return FALSE;
  *out = sat_workspace_find_invitation (workspace, code, &problem);
  if (g_error_matches (problem, SAT_ERROR, SAT_ERROR_NOT_FOUND))
    return sat_fail (error, SAT_ERROR_REFUSED,
                     N_ ("the invitation for that code does not count: who made it is no "
                         "administrator, or something that they had seen has not reached the hub "
                         "yet; ask an administrator"),
                     NULL);
  if (*out == NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  return *out != NULL && sat_workspace_claim (workspace, code, error);
}

gboolean
sat_enrol_join (
    SatSyncJob *job, const char *where, const char *code, SatInvitation **out, GError **error)
{
  Said said = { NULL, NULL };
  gboolean any = FALSE;
  gboolean ok = hear_all (&said, job->inbox, &any, error);

  *out = NULL;
  if (ok && any)
    ok = take_up (job, &said, where, code, out, error);
  else if (ok && code != NULL)
    ok = sat_fail (error, SAT_ERROR_INVALID,
                   N_ ("the workspace of “%s” is open; join it without --code"), where, NULL);
  said_clear (&said);
  return ok;
}
