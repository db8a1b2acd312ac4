/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/sat-gaps.h"

#include <string.h>

#include "core/workspace/sat-exchange-known.h"

/* The numbers that a branch has. */
typedef struct
{
  SatId device;
  guint64 first, last;
} Stretch;

guint64
sat_vector_number (const GArray *vector, const SatId *device)
{
  for (guint i = 0; vector != NULL && i < vector->len; i++)
    {
      const SatVectorEntry *entry = &g_array_index (vector, SatVectorEntry, i);

      if (sat_id_equal (&entry->device, device))
        return entry->number;
    }
  return 0;
}

/* FALSE only when stopped: a branch that cannot be walked has nothing. */
static gboolean
add_stretch (SatSyncJob *job,
             const char *ref,
             const git_oid *tip,
             const SatId *device,
             GArray *out,
             GError **error)
{
  Stretch stretch = { .device = *device };
  g_auto (SatWalk) walk = { 0 };

  if (!sat_branch_walk (job->inbox, tip, NULL, 0, sat_sync_job_check, job, &walk, NULL) ||
      walk.ids->len == 0)
    return sat_sync_job_check (job, error);
  stretch.first = sat_branch_first_number (job->inbox, ref,
                                           &g_array_index (walk.ids, git_oid, walk.ids->len - 1));
  if (stretch.first == 0)
    return TRUE;
  stretch.last = stretch.first + walk.ids->len - 1;
  g_array_append_val (out, stretch);
  return TRUE;
}

static int
compare_stretches (gconstpointer a, gconstpointer b)
{
  const Stretch *left = a;
  const Stretch *right = b;
  int order = sat_id_compare (&left->device, &right->device);

  if (order != 0)
    return order;
  return left->first < right->first ? -1 : left->first > right->first;
}

/* The first number of DEVICE above KNOWN that none of STRETCHES (sorted) has. */
static guint64
first_missing (const GArray *stretches, const SatId *device, guint64 known)
{
  guint64 next = known + 1;

  for (guint i = 0; i < stretches->len; i++)
    {
      const Stretch *one = &g_array_index (stretches, Stretch, i);

      if (sat_id_equal (&one->device, device) && one->first <= next)
        next = MAX (next, one->last + 1);
    }
  return next;
}

gboolean
sat_gaps_in (SatSyncJob *job,
             const char *book,
             GHashTable *tips,
             const GArray *known,
             gboolean *gaps,
             GError **error)
{
  g_autoptr (GArray) stretches = g_array_new (FALSE, FALSE, sizeof (Stretch));
  g_autoptr (GArray) vector = sat_workspace_vector (job->workspace, book, error);
  GHashTableIter iter;
  gpointer ref, tip;

  *gaps = FALSE;
  if (vector == NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, tips);
  while (g_hash_table_iter_next (&iter, &ref, &tip))
    {
      SatBranch branch;

      if (sat_branch_parse (ref, &branch) && strcmp (branch.book, book) == 0 &&
          !add_stretch (job, ref, tip, &branch.device, stretches, error))
        return FALSE;
    }
  g_array_sort (stretches, compare_stretches);
  for (guint i = 0; i < vector->len && !*gaps; i++)
    {
      const SatVectorEntry *entry = &g_array_index (vector, SatVectorEntry, i);

      *gaps = first_missing (stretches, &entry->device,
                             sat_vector_number (known, &entry->device)) <= entry->number;
    }
  return TRUE;
}
