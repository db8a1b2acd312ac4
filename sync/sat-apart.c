/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/sat-apart.h"

#include <string.h>

#include "sync/sat-hub.h"

/* SITES from the one after LAST on, and then from the beginning. */
static GList *
begin_after (GList *sites, const char *last)
{
  GList *first = sites;

  while (first != NULL && strcmp (first->data, last) <= 0)
    first = first->next;
  if (first == NULL || first == sites)
    return sites;
  first->prev->next = NULL;
  first->prev = NULL;
  return g_list_concat (first, sites);
}

/* Each once, in order. */
static GList *
find_sites (SatSyncJob *job, GHashTable *set, GError **error)
{
  g_auto (GStrv) held = sat_workspace_books (job->workspace, error);
  g_autofree char *last = sat_workspace_at_site (job->workspace);
  GList *sites;

  for (guint i = 0; held != NULL && held[i] != NULL; i++)
    {
      const char *site = job->apart ? g_hash_table_lookup (job->apart, held[i]) : NULL;

      if (site != NULL && !g_hash_table_contains (job->failed, site))
        g_hash_table_add (set, g_strdup (site));
    }
  sites = g_list_sort (g_hash_table_get_keys (set), (GCompareFunc) strcmp);
  return last != NULL ? begin_after (sites, last) : sites;
}

/* A folder answers or fails. */
static gboolean
may_be_silent (SatSyncJob *job)
{
  return job->address->kind != SAT_HUB_PATH;
}

static gboolean
go_to (SatSyncJob *job, const char *site, GError **error)
{
  return sat_sync_job_visit (job, site, error) &&
         (!may_be_silent (job) || sat_workspace_note_at_site (job->workspace, site, error));
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
    if (!go_to (job, l->data, &problem) || !visit (job, data, &problem))
      {
        g_hash_table_add (job->failed, g_strdup (l->data));
        keep_first (&first, g_steal_pointer (&problem));
      }
  if (sites != NULL && (!sat_sync_job_visit (job, NULL, &problem) ||
                        !sat_workspace_note_at_site (job->workspace, NULL, &problem)))
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
