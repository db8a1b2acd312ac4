/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/workspace/sat-workspace-bulk.h"

#include "core/workspace/sat-workspace-approval-private.h"
#include "core/workspace/sat-workspace-pipeline.h"
#include "core/workspace/sat-workspace-private.h"

/* Read at a time. */
#define BATCH 100

struct _SatBulk
{
  SatWorkspace *workspace;
  const SatObject *object;
  SatBulkEdit edit;
  gpointer data;
  GArray *rows; /* gint64 */
  guint at;
  guint64 changed;
  gint64 step;
  SatHlc hlc;
};

static void
change_free (gpointer data)
{
  SatBulkChange *change = data;

  g_free (change->title);
  g_free (change->before);
  g_free (change->after);
  g_free (change);
}

void
sat_bulk_look_clear (SatBulkLook *look)
{
  g_clear_error (&look->first_bad);
  g_clear_pointer (&look->bad_title, g_free);
  g_clear_pointer (&look->sample, g_ptr_array_unref);
}

SatBulk *
sat_bulk_new (
    SatWorkspace *workspace, const SatQuery *query, SatBulkEdit edit, gpointer data, GError **error)
{
  GArray *rows = sat_workspace_list_rows (workspace, query, error);
  SatBulk *bulk;

  if (rows == NULL)
    return NULL;
  bulk = g_new0 (SatBulk, 1);
  bulk->workspace = workspace;
  bulk->object = query->object;
  bulk->edit = edit;
  bulk->data = data;
  bulk->rows = rows;
  return bulk;
}

void
sat_bulk_free (SatBulk *bulk)
{
  if (bulk == NULL)
    return;
  g_array_unref (bulk->rows);
  g_free (bulk);
}

/* ---- one record ---------------------------------------------------------------------------------
 */

/* The edit of RECORD; NULL: it cannot be made. */
static SatDraft *
draft_of (SatBulk *bulk, const SatRecord *record, GError **error)
{
  g_autoptr (SatDraft) draft = sat_draft_edit (record);
  g_autoptr (GPtrArray) problems = NULL;

  if (!bulk->edit (draft, bulk->data, error))
    return NULL;
  problems = sat_draft_check (draft);
  if (problems == NULL || problems->len == 0)
    return g_steal_pointer (&draft);
  g_propagate_error (error, g_error_copy (((const SatProblem *) problems->pdata[0])->error));
  return NULL;
}

/* FROM of them, at most BATCH. */
static GPtrArray *
load_batch (SatBulk *bulk, guint from, GError **error)
{
  guint n = MIN (BATCH, bulk->rows->len - from);

  return sat_workspace_load_whole_rows (bulk->workspace, bulk->object,
                                        &g_array_index (bulk->rows, gint64, from), n, error);
}

static gboolean
is_there (const SatRecord *record)
{
  return record != NULL && !sat_record_deleted (record);
}

/* Would saving DRAFT be refused, as far as that can be said before anything is written? */
static gboolean
check_draft (SatBulk *bulk, const SatDraft *draft, GError **error)
{
  g_autoptr (GPtrArray) own = NULL;

  return sat_draft_is_empty (draft) || (sat_workspace_check_draft (bulk->workspace, draft, error) &&
                                        sat_workspace_check_stage (bulk->workspace, draft, error) &&
                                        sat_approval_check (bulk->workspace, draft, &own, error));
}

/* ---- looking ------------------------------------------------------------------------------------
 */

static void
add_sample (const SatRecord *record, const SatDraft *draft, guint sample, GPtrArray *out)
{
  const SatObject *object = sat_record_object (record);

  for (guint i = 0; i < object->n_fields && out->len < sample; i++)
    {
      const SatField *field = object->fields[i];
      SatBulkChange *change;

      if (!sat_draft_changes (draft, field))
        continue;
      change = g_new0 (SatBulkChange, 1);
      change->field = field;
      change->id = *sat_record_id (record);
      change->title = g_strdup (sat_record_title (record));
      change->before = g_strdup (sat_record_get (record, field));
      change->after = g_strdup (sat_draft_get (draft, field));
      g_ptr_array_add (out, change);
    }
}

static void
look_at (SatBulk *bulk, const SatRecord *record, guint sample, SatBulkLook *look)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (SatDraft) draft = draft_of (bulk, record, &problem);

  look->found++;
  if (draft == NULL || !check_draft (bulk, draft, &problem))
    {
      look->bad++;
      if (look->first_bad == NULL)
        {
          look->first_bad = g_steal_pointer (&problem);
          look->bad_title = g_strdup (sat_record_title (record));
        }
    }
  else if (!sat_draft_is_empty (draft))
    {
      look->changing++;
      add_sample (record, draft, sample, look->sample);
    }
}

gboolean
sat_bulk_look (
    SatBulk *bulk, guint sample, SatBulkLook *look, GCancellable *cancellable, GError **error)
{
  look->sample = g_ptr_array_new_with_free_func (change_free);
  for (guint from = 0; from < bulk->rows->len; from += BATCH)
    {
      g_autoptr (GPtrArray) records = NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      records = load_batch (bulk, from, error);
      if (records == NULL)
        return FALSE;
      for (guint i = 0; i < records->len; i++)
        if (is_there (records->pdata[i]))
          look_at (bulk, records->pdata[i], sample, look);
    }
  return TRUE;
}

/* ---- doing --------------------------------------------------------------------------------------
 */

static gboolean
change (SatBulk *bulk, const SatRecord *record, GError **error)
{
  g_autoptr (SatDraft) draft = draft_of (bulk, record, error);

  if (draft == NULL)
    return FALSE;
  if (sat_draft_is_empty (draft))
    return TRUE;
  bulk->changed++;
  return sat_workspace_save (bulk->workspace, draft, NULL, error);
}

/* Is the time of the slice over before all of RECORDS is done? Then the rest is read anew. */
static gboolean
change_batch (SatBulk *bulk, const GPtrArray *records, gint64 deadline, GError **error)
{
  for (guint i = 0; i < records->len; i++)
    {
      if (is_there (records->pdata[i]) && !change (bulk, records->pdata[i], error))
        return FALSE;
      bulk->at++;
      if (g_get_monotonic_time () >= deadline)
        break;
    }
  return TRUE;
}

static gboolean
slice (SatBulk *bulk, gint64 deadline, GError **error)
{
  do
    {
      g_autoptr (GPtrArray) records = load_batch (bulk, bulk->at, error);

      if (records == NULL || !change_batch (bulk, records, deadline, error))
        return FALSE;
    }
  while (bulk->at < bulk->rows->len && g_get_monotonic_time () < deadline);
  return TRUE;
}

gboolean
sat_bulk_step (SatBulk *bulk, guint slice_ms, gboolean *more, GError **error)
{
  gint64 deadline = g_get_monotonic_time () + (gint64) slice_ms * 1000;
  guint at = bulk->at;
  guint64 changed = bulk->changed;
  SatLocal *local;

  *more = bulk->at < bulk->rows->len;
  if (!*more)
    return TRUE;
  if (!sat_workspace_begin (bulk->workspace, error))
    return FALSE;
  local = bulk->workspace->open;
  sat_local_record (local, 0);
  if (bulk->step != 0)
    sat_local_resume_step (local, bulk->step, bulk->hlc);
  if (!slice (bulk, deadline, error))
    {
      sat_workspace_rollback (bulk->workspace);
      bulk->at = at;
      bulk->changed = changed;
      return FALSE;
    }
  if (bulk->step == 0)
    {
      bulk->step = sat_local_step (local);
      bulk->hlc = sat_local_hlc (local);
    }
  *more = bulk->at < bulk->rows->len;
  return sat_workspace_commit (bulk->workspace, error);
}

guint64
sat_bulk_total (const SatBulk *bulk)
{
  return bulk->rows->len;
}

guint64
sat_bulk_done (const SatBulk *bulk)
{
  return bulk->at;
}

guint64
sat_bulk_changed (const SatBulk *bulk)
{
  return bulk->changed;
}

gint64
sat_bulk_undo (const SatBulk *bulk)
{
  return bulk->step;
}
