/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/bulk/sat-bulk-work.h"

#include <glib/gi18n.h>

#include "gtk-app/sat-util.h"
#include "gtk-app/sat-value-text.h"

#define SAMPLE 20
#define SLICE_MS 15
#define PERMILLE 1000

typedef struct
{
  const SatField *field;
  SatBulkHow how;
  char *value;
} Change;

struct _SatBulkJob
{
  const SatObject *object;
  char *words;
  SatExpression *where;
  GArray *changes; /* Change */
  SatBulk *bulk;   /* used by the service's writing thread alone */
  int done;
  guint64 changed;
  gint64 step;
};

static void
change_clear (gpointer data)
{
  g_free (((Change *) data)->value);
}

SatBulkJob *
sat_bulk_job_new (const SatObject *object, const char *words, SatExpression *where)
{
  SatBulkJob *job = g_atomic_rc_box_new0 (SatBulkJob);

  job->object = object;
  job->words = g_strdup (words);
  job->where = where;
  job->changes = g_array_new (FALSE, FALSE, sizeof (Change));
  g_array_set_clear_func (job->changes, change_clear);
  return job;
}

SatBulkJob *
sat_bulk_job_ref (SatBulkJob *job)
{
  return g_atomic_rc_box_acquire (job);
}

static void
job_clear (gpointer data)
{
  SatBulkJob *job = data;

  sat_bulk_free (job->bulk);
  g_array_unref (job->changes);
  sat_expression_free (job->where);
  g_free (job->words);
}

void
sat_bulk_job_unref (SatBulkJob *job)
{
  g_atomic_rc_box_release_full (job, job_clear);
}

void
sat_bulk_job_add (SatBulkJob *job, const SatField *field, SatBulkHow how, const char *value)
{
  Change change = { field, how, g_strdup (value) };

  g_array_append_val (job->changes, change);
}

guint
sat_bulk_job_n_changes (const SatBulkJob *job)
{
  return job->changes->len;
}

double
sat_bulk_job_done (SatBulkJob *job)
{
  return (double) g_atomic_int_get (&job->done) / PERMILLE;
}

guint64
sat_bulk_job_changed (const SatBulkJob *job)
{
  return job->changed;
}

gint64
sat_bulk_job_step (const SatBulkJob *job)
{
  return job->step;
}

/* ---- on other threads ---------------------------------------------------------------------- */

static void
change_tags (SatDraft *draft, const Change *change)
{
  g_auto (GStrv) tags = sat_tags_split (change->value);

  for (guint i = 0; tags[i] != NULL; i++)
    if (change->how == SAT_BULK_ADD)
      sat_draft_add_element (draft, change->field, tags[i]);
    else
      sat_draft_remove_element (draft, change->field, tags[i]);
}

static gboolean
edit (SatDraft *draft, gpointer data, GError **error)
{
  const SatBulkJob *job = data;

  for (guint i = 0; i < job->changes->len; i++)
    {
      const Change *change = &g_array_index (job->changes, Change, i);

      if (change->how == SAT_BULK_SET)
        sat_draft_set (draft, change->field, change->value);
      else
        change_tags (draft, change);
    }
  return TRUE;
}

static SatBulk *
begin (SatWorkspace *workspace, SatBulkJob *job, GError **error)
{
  const SatQuery query = {
    .object = job->object,
    .words = job->words,
    .where = job->where,
    .limit = -1,
  };

  return sat_bulk_new (workspace, &query, edit, job, error);
}

void
sat_bulk_picture_free (SatBulkPicture *picture)
{
  if (picture == NULL)
    return;
  sat_bulk_look_clear (&picture->look);
  g_clear_pointer (&picture->lines, g_ptr_array_unref);
  g_free (picture);
}

static char *
value_text (SatWorkspace *workspace, const SatField *field, const char *value)
{
  return value != NULL ? sat_value_text_in (workspace, field, value) : g_strdup (_ ("(empty)"));
}

static gpointer
look (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  SatBulkJob *job = data;
  g_autoptr (SatBulk) bulk = begin (workspace, job, error);
  g_autoptr (SatBulkPicture) picture = g_new0 (SatBulkPicture, 1);

  if (bulk == NULL || !sat_bulk_look (bulk, SAMPLE, &picture->look, cancellable, error))
    return NULL;
  picture->lines = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < picture->look.sample->len; i++)
    {
      const SatBulkChange *change = g_ptr_array_index (picture->look.sample, i);
      g_autofree char *before = value_text (workspace, change->field, change->before);
      g_autofree char *after = value_text (workspace, change->field, change->after);

      g_ptr_array_add (
          picture->lines,
          /* Translators: a field, its value and the one that it will have. */
          g_strdup_printf (_ ("%s: %s → %s"), sat_here (change->field->label), before, after));
    }
  return g_steal_pointer (&picture);
}

void
sat_bulk_work_look (SatService *service,
                    SatBulkJob *job,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  sat_service_read (service, look, sat_bulk_job_ref (job), (GDestroyNotify) sat_bulk_job_unref,
                    (GDestroyNotify) sat_bulk_picture_free, cancellable, callback, user_data);
}

static gpointer
run (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  SatBulkJob *job = data;
  gboolean more = FALSE;
  gboolean ok;

  if (job->bulk == NULL)
    job->bulk = begin (workspace, job, error);
  if (job->bulk == NULL)
    return NULL;
  ok = sat_bulk_step (job->bulk, SLICE_MS, &more, error);
  if (sat_bulk_total (job->bulk) > 0)
    g_atomic_int_set (&job->done,
                      (int) (sat_bulk_done (job->bulk) * PERMILLE / sat_bulk_total (job->bulk)));
  job->changed = sat_bulk_changed (job->bulk);
  job->step = sat_bulk_undo (job->bulk);
  return ok ? GINT_TO_POINTER (more ? 2 : 1) : NULL;
}

void
sat_bulk_work_run (SatService *service,
                   SatBulkJob *job,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  sat_service_write (service, run, sat_bulk_job_ref (job), (GDestroyNotify) sat_bulk_job_unref,
                     NULL, cancellable, callback, user_data);
}
