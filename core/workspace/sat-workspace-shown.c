/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/workspace/sat-workspace-shown.h"

#include "core/query/sat-derive.h"
#include "core/query/sat-list.h"
#include "core/workspace/sat-workspace-access.h"
#include "core/workspace/sat-workspace-log.h"
#include "core/workspace/sat-workspace-private.h"

const SatField *
sat_workspace_field_shown (const SatWorkspace *workspace,
                           const SatObject *object,
                           const char *name,
                           GError **error)
{
  gboolean several;
  const SatField *field = sat_object_find_any_called (object, name, &several);

  return field != NULL ? field : sat_workspace_field (workspace, object, name, error);
}

static SatDeriving *
deriving_new (SatWorkspace *workspace,
              const SatObject *object,
              const SatField *const *fields,
              guint n)
{
  SatId me = sat_workspace_me (workspace);
  g_autoptr (GPtrArray) readable = g_ptr_array_new ();

  for (guint i = 0; i < n; i++)
    if (fields[i]->derived == NULL || sat_workspace_reads_derived (workspace, fields[i]))
      g_ptr_array_add (readable, (gpointer) fields[i]);
  return sat_deriving_new (workspace->replica, object, (const SatField *const *) readable->pdata,
                           readable->len, &me, sat_workspace_access (workspace));
}

SatRecord *
sat_workspace_load_shown (SatWorkspace *workspace,
                          const SatObject *object,
                          const SatId *id,
                          GError **error)
{
  g_autoptr (SatRecord) record = sat_workspace_load (workspace, object, id, error);
  g_autoptr (GPtrArray) fields = g_ptr_array_new ();
  g_autoptr (SatDeriving) deriving = NULL;

  if (record == NULL)
    return NULL;
  for (guint i = 0; i < object->n_derived; i++)
    if (!object->derived[i]->hidden)
      g_ptr_array_add (fields, (gpointer) object->derived[i]);
  if (fields->len > 0)
    deriving = deriving_new (workspace, object, (const SatField *const *) fields->pdata,
                             fields->len);
  if (deriving != NULL && !sat_deriving_run (deriving, record, error))
    return NULL;
  if (!sat_workspace_log_view (workspace, record, error))
    return NULL;
  return g_steal_pointer (&record);
}

GPtrArray *
sat_workspace_load_columns (SatWorkspace *workspace,
                            const SatObject *object,
                            const gint64 *rows,
                            guint n,
                            const SatField *const *fields,
                            guint n_fields,
                            GError **error)
{
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (SatDeriving) deriving = NULL;
  gboolean pictures = FALSE;
  gboolean derived = FALSE;

  for (guint i = 0; i < n_fields; i++)
    {
      pictures = pictures || fields[i]->type->id == SAT_TYPE_PICTURE;
      derived = derived || fields[i]->derived != NULL;
    }
  records = pictures ? sat_workspace_load_whole_rows (workspace, object, rows, n, error)
                     : sat_workspace_load_rows (workspace, object, rows, n, error);
  if (derived && records != NULL)
    deriving = deriving_new (workspace, object, fields, n_fields);
  for (guint i = 0; deriving != NULL && i < records->len; i++)
    if (records->pdata[i] != NULL && !sat_deriving_run (deriving, records->pdata[i], error))
      return NULL;
  return g_steal_pointer (&records);
}
