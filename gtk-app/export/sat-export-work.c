/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/export/sat-export-work.h"

#define PERMILLE 1000

SatExportJob *
sat_export_job_new (const SatObject *object, const char *words, const char *sort)
{
  SatExportJob *job = g_atomic_rc_box_new0 (SatExportJob);

  job->object = object;
  job->words = g_strdup (words);
  job->sort = g_strdup (sort);
  return job;
}

SatExportJob *
sat_export_job_ref (SatExportJob *job)
{
  return g_atomic_rc_box_acquire (job);
}

static void
job_clear (gpointer data)
{
  SatExportJob *job = data;

  g_free (job->words);
  sat_expression_free (job->where);
  g_free (job->sort);
  g_free (job->path);
}

void
sat_export_job_unref (SatExportJob *job)
{
  g_atomic_rc_box_release_full (job, job_clear);
}

double
sat_export_job_done (SatExportJob *job)
{
  return (double) g_atomic_int_get (&job->done) / PERMILLE;
}

static void
progress_cb (guint64 done, guint64 total, gpointer data)
{
  SatExportJob *job = data;

  if (total > 0)
    g_atomic_int_set (&job->done, (int) (done * PERMILLE / total));
}

static gpointer
run (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  SatExportJob *job = data;
  g_auto (GStrv) sort = job->sort != NULL ? g_strsplit (job->sort, ",", -1) : NULL;
  SatQuery query = {
    .object = job->object,
    .words = job->words,
    .where = job->where,
    .sort = (const char *const *) sort,
    .limit = -1,
  };
  SatExportOptions options = {
    .object = job->object,
    .format = job->format,
    .encoding = job->encoding,
    .bom = job->bom,
  };
  guint64 count;
  gint64 *answer;

  if (!sat_workspace_export (workspace, &query, job->path, &options, progress_cb, job, cancellable,
                             &count, error))
    return NULL;
  answer = g_new (gint64, 1);
  *answer = (gint64) count;
  return answer;
}

void
sat_export_work_run (SatService *service,
                     SatExportJob *job,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  sat_service_read (service, run, sat_export_job_ref (job), (GDestroyNotify) sat_export_job_unref,
                    g_free, cancellable, callback, user_data);
}

static gpointer
count (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  SatExportJob *job = data;
  SatQuery query = { .object = job->object, .where = job->where, .limit = -1 };
  g_autofree gint64 *counts = g_new0 (gint64, 2);

  counts[0] = sat_workspace_count (workspace, &query, error);
  query.words = job->words;
  counts[1] = counts[0];
  if (counts[0] >= 0 && job->words != NULL)
    counts[1] = sat_workspace_count (workspace, &query, error);
  return counts[0] >= 0 && counts[1] >= 0 ? g_steal_pointer (&counts) : NULL;
}

void
sat_export_work_count (SatService *service,
                       SatExportJob *job,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  sat_service_read (service, count, sat_export_job_ref (job), (GDestroyNotify) sat_export_job_unref,
                    g_free, cancellable, callback, user_data);
}
