/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/sat-apart.h"

#include <string.h>

#include "sync/sat-hub.h"

/* Each once, in order. */
static GList *
find_sites (SatSyncJob *job, GHashTable *set, GError **error)
{
  g_auto (GStrv) held = sat_workspace_books (job->workspace, error);

  for (guint i = 0; held != NULL && held[i] != NULL; i++)
    {
      const char *site = job->apart ? g_hash_table_lookup (job->apart, held[i]) : NULL;

      if (site != NULL && !g_hash_table_contains (job->failed, site))
        g_hash_table_add (set, g_strdup (site));
    }
  return g_list_sort (g_hash_table_get_keys (set), (GCompareFunc) strcmp);
}

/* Keeps the first of several failures. */
static void
keep_first (GError **first, GError *problem)
{
  if (*first == NULL)
    *first = problem;
  else
    g_error_free (problem);
}

gboolean
sat_apart_each (SatSyncJob *job, SatApartVisit visit, gpointer data, GError **error)
{
  g_autoptr (GHashTable) set = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GError *first = NULL;
  GError *problem = NULL;
  g_autoptr (GList) sites = find_sites (job, set, &first);

  for (GList *l = sites; l != NULL && sat_sync_job_check (job, NULL); l = l->next)
    if (!sat_sync_job_visit (job, l->data, &problem) || !visit (job, data, &problem))
      {
        g_hash_table_add (job->failed, g_strdup (l->data));
        keep_first (&first, g_steal_pointer (&problem));
      }
  if (sites != NULL && !sat_sync_job_visit (job, NULL, &problem))
    keep_first (&first, g_steal_pointer (&problem));
  if (first == NULL)
    return sat_sync_job_check (job, error);
  g_propagate_error (error, first);
  return FALSE;
}

gboolean
sat_apart_prepare (SatSyncJob *job, GError **error)
{
  if (job->address->kind != SAT_HUB_PATH || !sat_hub_address_is_name (job->site) ||
      g_file_test (job->hub, G_FILE_TEST_EXISTS))
    return TRUE;
  return sat_hub_make_place (job->hub, NULL, NULL, error);
}
