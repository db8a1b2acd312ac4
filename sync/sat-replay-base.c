/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/sat-replay-base.h"

#include <string.h>

#include "core/workspace/sat-workspace-books.h"
#include "sync/sat-checkpoint-commit.h"
#include "sync/sat-checkpoint-join.h"
#include "sync/sat-cover.h"
#include "sync/sat-gaps.h"
#include "sync/sat-hub.h"

struct _SatReplayBases
{
  SatSyncJob *job;
  gboolean offline;
  GHashTable *apart; /* as in the job of an exchange */
  gboolean asked;    /* the hub, or the repository where the job is now */
  GError *why;       /* it could not be */
  git_repository *own, *fetched;
};

static char *
cache_path (SatReplayBases *bases, const char *name)
{
  return g_build_filename (bases->job->login.home, "git", name, NULL);
}

SatReplayBases *
sat_replay_bases_new (SatSyncJob *job, gboolean offline)
{
  SatReplayBases *bases = g_new0 (SatReplayBases, 1);
  g_autofree char *path = NULL;

  bases->job = job;
  bases->offline = offline;
  bases->apart = sat_workspace_repositories (job->workspace, NULL);
  path = cache_path (bases, "checkpoints.git");
  if (git_repository_open_bare (&bases->own, path) < 0)
    bases->own = NULL; /* none was ever made here */
  return bases;
}

void
sat_replay_bases_free (SatReplayBases *bases)
{
  g_autofree char *path = NULL;

  if (bases == NULL)
    return;
  path = cache_path (bases, "replaying.git");
  git_repository_free (bases->own);
  git_repository_free (bases->fetched);
  sat_remove_tree (path);
  g_clear_error (&bases->why);
  g_clear_pointer (&bases->apart, g_hash_table_unref);
  g_free (bases);
}

const GError *
sat_replay_bases_why (const SatReplayBases *bases)
{
  return bases->why;
}

/* ---- which ones ---------------------------------------------------------------------------------
 */

static gboolean
is_within (const GArray *vector, const GArray *here)
{
  for (guint i = 0; i < vector->len; i++)
    {
      const SatVectorEntry *entry = &g_array_index (vector, SatVectorEntry, i);

      if (entry->number > sat_vector_number (here, &entry->device))
        return FALSE;
    }
  return TRUE;
}

/* FALSE only when stopped, or the database cannot be read. */
static gboolean
add_if_fitting (SatReplayBases *bases,
                const SatReplayBase *base,
                const GArray *vector,
                const GArray *here,
                GPtrArray *out,
                GError **error)
{
  SatSyncJob *job = bases->job;
  gboolean gaps = TRUE;

  if (!is_within (vector, here))
    return TRUE;
  if (!sat_gaps_in (job, base->ref.book, job->tips, vector, &gaps, error))
    return FALSE;
  if (!gaps)
    g_ptr_array_add (out, g_memdup2 (base, sizeof *base));
  return TRUE;
}

/* One that cannot be read is tried all the same, so that it is named. */
static gboolean
add_own (
    SatReplayBases *bases, const char *book, const GArray *here, GPtrArray *out, GError **error)
{
  g_autofree char *glob = g_strdup_printf ("refs/heads/%s/*/checkpoint-*", book);
  g_autoptr (GPtrArray) refs = bases->own ? sat_git_list_refs (bases->own, glob, NULL) : NULL;

  for (guint i = 0; refs != NULL && i < refs->len; i++)
    {
      SatReplayBase base = { .on_hub = FALSE };
      g_autoptr (SatCover) cover = NULL;

      if (!sat_checkpoint_ref_parse (refs->pdata[i], &base.ref) ||
          !sat_git_ref (bases->own, refs->pdata[i], &base.id))
        continue;
      cover = sat_cover_of_checkpoint (bases->own, &base.id, &base.ref, NULL);
      if (cover == NULL)
        g_ptr_array_add (out, g_memdup2 (&base, sizeof base));
      else if (!add_if_fitting (bases, &base, cover->vector, here, out, error))
        return FALSE;
    }
  return TRUE;
}

/* Once. One that cannot be reached is no failure. */
static gboolean
ask_hub (SatReplayBases *bases, const char *book, GError **error)
{
  SatSyncJob *job = bases->job;
  const char *site = bases->apart ? g_hash_table_lookup (bases->apart, book) : NULL;
  gboolean is_there = g_strcmp0 (site, job->site) == 0;
  gboolean empty;

  if ((bases->asked && is_there) || bases->offline)
    return TRUE;
  bases->asked = TRUE;
  g_clear_error (&bases->why);
  if ((!is_there && !sat_sync_job_visit (job, site, &bases->why)) ||
      !sat_hub_look (job, &bases->why) || !sat_hub_is_ours (job, &empty, &bases->why) ||
      !sat_covers_load (job, &bases->why))
    return sat_sync_job_check (job, error);
  g_clear_pointer (&job->remote, git_remote_free);
  return TRUE;
}

/* What the covers in inbox say of those that the hub shows. */
static gboolean
add_of_hub (
    SatReplayBases *bases, const char *book, const GArray *here, GPtrArray *out, GError **error)
{
  SatSyncJob *job = bases->job;
  g_autoptr (GPtrArray) refs = NULL;

  if (!ask_hub (bases, book, error))
    return FALSE;
  if (!bases->asked || bases->why != NULL)
    return TRUE;
  refs = sat_checkpoint_refs (job->hub_checkpoints, book);
  for (guint i = 0; i < refs->len; i++)
    {
      SatReplayBase base = { .on_hub = TRUE };
      const SatCover *cover = sat_checkpoint_ref_parse (refs->pdata[i], &base.ref)
                                  ? sat_covers_find (job, &base.ref)
                                  : NULL;

      base.id = *(const git_oid *) g_hash_table_lookup (job->hub_checkpoints, refs->pdata[i]);
      if (cover != NULL && !add_if_fitting (bases, &base, cover->vector, here, out, error))
        return FALSE;
    }
  return TRUE;
}

GPtrArray *
sat_replay_bases_find (SatReplayBases *bases, const char *book, const GArray *here, GError **error)
{
  g_autoptr (GPtrArray) out = g_ptr_array_new_with_free_func (g_free);

  if (!add_own (bases, book, here, out, error) ||
      (out->len == 0 && !add_of_hub (bases, book, here, out, error)))
    return NULL;
  return g_steal_pointer (&out);
}

/* ---- taking one in ------------------------------------------------------------------------------
 */

static git_repository *
repository_of (SatReplayBases *bases, const SatReplayBase *base, GError **error)
{
  g_autofree char *path = cache_path (bases, "replaying.git");
  g_autofree char *ref = sat_checkpoint_ref_name (&base->ref);

  if (!base->on_hub)
    return bases->own;
  if (bases->fetched == NULL)
    {
      sat_remove_tree (path);
      bases->fetched = sat_git_open_cache (path, FALSE, error);
    }
  return bases->fetched && sat_checkpoint_fetch (bases->job, bases->fetched, ref, &base->id, error)
             ? bases->fetched
             : NULL;
}

static gboolean
take_in (SatReplayBases *bases, SatJoiner *joiner, GError **error)
{
  SatJoinerProgress progress = { 0 };
  gboolean needed = FALSE;

  /* One of a book in which nothing was ever written covers nothing. */
  if (!sat_joiner_check (joiner, &needed, error))
    return FALSE;
  while (needed && !progress.done)
    {
      if (!sat_sync_job_check (bases->job, error) ||
          !sat_joiner_step (joiner, 50, 0, &progress, error))
        return FALSE;
      sat_sync_job_progress (bases->job, progress.records, progress.total);
    }
  return TRUE;
}

gboolean
sat_replay_bases_join (SatReplayBases *bases,
                       const SatReplayBase *base,
                       SatWorkspace *scratch,
                       GError **error)
{
  git_repository *repo = repository_of (bases, base, error);
  char hex[GIT_OID_HEXSZ + 1];
  g_autoptr (SatCheckpointFiles) files = repo ? sat_checkpoint_files_open (repo, &base->id,
                                                                           &base->ref, error)
                                              : NULL;
  g_autoptr (SatJoiner) joiner = NULL;

  if (files == NULL)
    return FALSE;
  git_oid_tostr (hex, sizeof hex, &base->id);
  joiner = sat_joiner_new (scratch, base->ref.book, hex, &base->ref.maker,
                           sat_checkpoint_files_text, files);
  return take_in (bases, joiner, error);
}
