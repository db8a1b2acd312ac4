/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/sat-cover.h"

#include <string.h>

#include "core/workspace/sat-workspace-enrol.h"
#include "core/workspace/sat-workspace-revoke.h"
#include "sync/sat-gaps.h"

#define VECTOR_FILE "vector"

void
sat_cover_free (SatCover *cover)
{
  if (cover == NULL)
    return;
  g_array_unref (cover->vector);
  g_free (cover);
}

gboolean
sat_cover_write (
    git_repository *repo, GBytes *index, SatCheckpointDraft *draft, git_oid *out, GError **error)
{
  g_autoptr (SatCheckpoint) whole = sat_checkpoint_decode (index, error);
  g_autoptr (SatCheckpoint) part = NULL;
  g_autoptr (SatCheckpointTree) tree = NULL;
  g_autoptr (GBytes) text = NULL;

  if (whole == NULL)
    return FALSE;
  part = sat_checkpoint_new (whole->book, SAT_CHECKPOINT_STATE);
  g_array_append_vals (part->devices, whole->devices->data, whole->devices->len);
  text = sat_checkpoint_encode (part);
  tree = sat_checkpoint_tree_new (repo);
  draft->what = "cover";
  return sat_checkpoint_tree_add (VECTOR_FILE, text, tree, error) &&
         sat_checkpoint_tree_commit (tree, draft, out, error);
}

/* What the text at PATH of commit ID says. */
static SatCover *
read_index (git_repository *repo,
            const git_oid *id,
            const SatCheckpointRef *ref,
            const char *path,
            GError **error)
{
  g_autoptr (SatCheckpointFiles) files = sat_checkpoint_files_open (repo, id, ref, error);
  g_autoptr (GBytes) text = files ? sat_checkpoint_files_text (path, files, error) : NULL;
  g_autoptr (SatCheckpoint) index = text ? sat_checkpoint_decode (text, error) : NULL;
  SatCover *cover;

  if (index == NULL)
    return NULL;
  if (index->kind != SAT_CHECKPOINT_STATE || strcmp (index->book, ref->book) != 0)
    {
      sat_fail (error, SAT_ERROR_MALFORMED,
                N_ ("the checkpoint is of another book than its name says"), NULL);
      return NULL;
    }
  cover = g_new0 (SatCover, 1);
  cover->ref = *ref;
  cover->vector = g_array_new (FALSE, FALSE, sizeof (SatVectorEntry));
  for (guint i = 0; i < index->devices->len; i++)
    {
      const SatSaw *device = &g_array_index (index->devices, SatSaw, i);
      SatVectorEntry entry = { .device = device->device, .number = device->number };

      g_array_append_val (cover->vector, entry);
    }
  return cover;
}

SatCover *
sat_cover_read (git_repository *repo,
                const git_oid *id,
                const SatCheckpointRef *ref,
                GError **error)
{
  return read_index (repo, id, ref, VECTOR_FILE, error);
}

SatCover *
sat_cover_of_checkpoint (git_repository *repo,
                         const git_oid *id,
                         const SatCheckpointRef *ref,
                         GError **error)
{
  g_autofree char *path = sat_checkpoint_index_path (SAT_CHECKPOINT_STATE);

  return read_index (repo, id, ref, path, error);
}

guint64
sat_cover_number (const SatCover *cover, const SatId *device)
{
  return sat_vector_number (cover->vector, device);
}

gboolean
sat_cover_has_all (const SatCover *cover, const SatCover *old)
{
  for (guint i = 0; i < old->vector->len; i++)
    {
      const SatVectorEntry *entry = &g_array_index (old->vector, SatVectorEntry, i);

      if (sat_cover_number (cover, &entry->device) < entry->number)
        return FALSE;
    }
  return TRUE;
}

gboolean
sat_cover_says (const SatCover *cover, const SatCheckpoint *index)
{
  gboolean same = cover->vector->len == index->devices->len;

  for (guint i = 0; same && i < index->devices->len; i++)
    {
      const SatSaw *device = &g_array_index (index->devices, SatSaw, i);

      same = sat_cover_number (cover, &device->device) == device->number;
    }
  return same;
}

/* ---- those of the hub ---------------------------------------------------------------------------
 */

/* Has it introduced itself, as far as is known here, and is it not revoked? Before that all
 * checkpoints are tried, and no cover is needed. */
static gboolean
is_believed (SatSyncJob *job, const SatCheckpointRef *ref)
{
  g_auto (GStrv) revoked = sat_workspace_revoked_in (job->workspace, &ref->maker);

  if (revoked != NULL && g_strv_contains ((const char *const *) revoked, ref->book))
    return FALSE;
  return sat_workspace_applied (job->workspace, SAT_BOOK_KEY_COMPANY, &ref->maker) > 0;
}

static gboolean
has_checkpoint (const SatSyncJob *job, const SatCheckpointRef *ref)
{
  g_autofree char *name = sat_checkpoint_ref_name (ref);

  return g_hash_table_contains (job->hub_checkpoints, name);
}

/* In a closed workspace an administrator must have let its maker in. */
static gboolean
is_let_in (SatSyncJob *job, const SatCheckpointRef *ref)
{
  g_autofree char *role = NULL;

  if (!sat_workspace_is_closed (job->workspace, NULL))
    return TRUE;
  role = sat_workspace_admitted_as (job->workspace, &ref->maker);
  return role != NULL;
}

/* What cannot be used is passed over. */
static void
load_one (SatSyncJob *job, const char *name, const git_oid *id)
{
  SatCheckpointRef ref;
  SatCover *cover;

  if (!sat_cover_ref_parse (name, &ref) || !sat_sync_job_holds (job, ref.book) ||
      !has_checkpoint (job, &ref) || !is_believed (job, &ref) || !is_let_in (job, &ref))
    return;
  cover = sat_cover_read (job->inbox, id, &ref, NULL);
  if (cover != NULL)
    g_ptr_array_add (job->covers, cover);
}

/* The refs in inbox that keep them there are those of the hub. */
static gboolean
keep_refs (SatSyncJob *job, GError **error)
{
  g_autoptr (GPtrArray) here = sat_git_list_refs (job->inbox, "refs/heads/*/*/cover-*", error);
  GHashTableIter iter;
  gpointer name, id;

  for (guint i = 0; here != NULL && i < here->len; i++)
    if (!g_hash_table_contains (job->hub_covers, here->pdata[i]) &&
        !sat_git_delete_ref (job->inbox, here->pdata[i], error))
      return FALSE;
  g_hash_table_iter_init (&iter, job->hub_covers);
  while (here != NULL && g_hash_table_iter_next (&iter, &name, &id))
    {
      git_oid old;

      if (sat_git_has (job->inbox, id) &&
          !(sat_git_ref (job->inbox, name, &old) && git_oid_equal (&old, id)) &&
          !sat_git_set_ref (job->inbox, name, id, error))
        return FALSE;
    }
  return here != NULL;
}

gboolean
sat_covers_load (SatSyncJob *job, GError **error)
{
  GHashTableIter iter;
  gpointer name, id;

  g_clear_pointer (&job->covers, g_ptr_array_unref);
  job->covers = g_ptr_array_new_with_free_func ((GDestroyNotify) sat_cover_free);
  if (job->hub_covers == NULL || g_hash_table_size (job->hub_covers) == 0)
    return TRUE;
  if (!keep_refs (job, error))
    return FALSE;
  g_hash_table_iter_init (&iter, job->hub_covers);
  while (g_hash_table_iter_next (&iter, &name, &id))
    load_one (job, name, id);
  return TRUE;
}

/* MAKER: of the covers; NULL: anybody. */
static guint64
covered_number (const SatSyncJob *job, const char *book, const SatId *device, const SatId *maker)
{
  guint64 number = 0;

  for (guint i = 0; job->covers != NULL && i < job->covers->len; i++)
    {
      const SatCover *cover = g_ptr_array_index (job->covers, i);

      if (strcmp (cover->ref.book, book) == 0 &&
          (maker == NULL || sat_id_equal (&cover->ref.maker, maker)))
        number = MAX (number, sat_vector_number (cover->vector, device));
    }
  return number;
}

guint64
sat_covers_number (const SatSyncJob *job, const char *book, const SatId *device)
{
  return covered_number (job, book, device, NULL);
}

guint64
sat_covers_own_number (const SatSyncJob *job, const char *book, const SatId *device)
{
  return covered_number (job, book, device, &job->self);
}

GArray *
sat_covers_vector (const SatSyncJob *job, const char *book)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (SatVectorEntry));

  for (guint i = 0; job->covers != NULL && i < job->covers->len; i++)
    {
      const SatCover *cover = g_ptr_array_index (job->covers, i);

      if (strcmp (cover->ref.book, book) != 0)
        continue;
      for (guint k = 0; k < cover->vector->len; k++)
        {
          SatVectorEntry entry = g_array_index (cover->vector, SatVectorEntry, k);

          if (sat_vector_number (all, &entry.device) > 0)
            continue;
          entry.number = sat_covers_number (job, book, &entry.device);
          g_array_append_val (all, entry);
        }
    }
  return all;
}

static gboolean
is_ahead (SatSyncJob *job, const SatCover *cover)
{
  for (guint i = 0; i < cover->vector->len; i++)
    {
      const SatVectorEntry *entry = &g_array_index (cover->vector, SatVectorEntry, i);

      if (entry->number > sat_workspace_applied (job->workspace, cover->ref.book, &entry->device))
        return TRUE;
    }
  return FALSE;
}

char **
sat_covers_ahead (SatSyncJob *job)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GHashTable) named = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; job->covers != NULL && i < job->covers->len; i++)
    {
      const SatCover *cover = g_ptr_array_index (job->covers, i);

      if (!g_hash_table_contains (named, cover->ref.book) && is_ahead (job, cover))
        {
          g_hash_table_add (named, (gpointer) cover->ref.book);
          g_strv_builder_add (builder, cover->ref.book);
        }
    }
  return g_strv_builder_end (builder);
}

const SatCover *
sat_covers_find (SatSyncJob *job, const SatCheckpointRef *ref)
{
  for (guint i = 0; job->covers != NULL && i < job->covers->len; i++)
    {
      const SatCover *cover = g_ptr_array_index (job->covers, i);

      if (strcmp (cover->ref.book, ref->book) == 0 && cover->ref.number == ref->number &&
          sat_id_equal (&cover->ref.maker, &ref->maker))
        return cover;
    }
  return NULL;
}

gboolean
sat_covers_are_behind (SatSyncJob *job, const SatCheckpointRef *ref)
{
  const SatCover *cover = sat_covers_find (job, ref);

  return cover != NULL && !is_ahead (job, cover);
}
