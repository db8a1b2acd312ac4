/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records are read in pieces; a reference's text is looked up once. */
#include "core/workspace/sat-workspace-export.h"

#include "core/base/sat-locks.h"
#include "core/query/sat-list.h"
#include "core/workspace/sat-workspace-access.h"
#include "core/workspace/sat-workspace-import.h"
#include "core/workspace/sat-workspace-log.h"
#include "core/workspace/sat-workspace-private.h"
#include "core/workspace/sat-workspace-shown.h"

#define PIECE 500

typedef struct
{
  SatWorkspace *workspace;
  GHashTable *names; /* what is referred to, a blank, and the id -> text */
} Naming;

/* The title, if it leads back to the record. */
static char *
find_name (SatWorkspace *workspace, const SatField *field, const char *text)
{
  const SatObject *object = sat_catalogue_find (sat_workspace_catalogue (workspace),
                                                field->reference);
  g_autofree char *title = NULL;
  SatId id, found;

  if (object == NULL || !sat_id_parse (text, &id))
    return g_strdup (text);
  title = sat_workspace_title (workspace, object, &id);
  if (title != NULL && sat_workspace_find_reference (workspace, object, title, &found, NULL) &&
      sat_id_equal (&found, &id))
    return g_steal_pointer (&title);
  return g_strdup (text);
}

static char *
name_reference (const SatField *field, const char *id, gpointer data)
{
  Naming *naming = data;
  g_autofree char *key = g_strconcat (field->reference, " ", id, NULL);
  const char *name = g_hash_table_lookup (naming->names, key);

  if (name == NULL)
    {
      char *found = find_name (naming->workspace, field, id);

      g_hash_table_insert (naming->names, g_steal_pointer (&key), found);
      name = found;
    }
  return g_strdup (name);
}

static gboolean
add_rows (SatExport *export,
          SatWorkspace *workspace,
          const SatObject *object,
          const gint64 *rows,
          guint n,
          guint64 *count,
          GError **error)
{
  guint n_fields;
  const SatField *const *fields = sat_export_fields (export, &n_fields);
  g_autoptr (GPtrArray) records = sat_workspace_load_columns (workspace, object, rows, n, fields,
                                                              n_fields, error);

  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      const SatRecord *record = g_ptr_array_index (records, i);

      if (record == NULL)
        continue;
      if (!sat_export_add (export, record, error))
        return FALSE;
      (*count)++;
    }
  return records != NULL;
}

/* The rows of QUERY that the user may write to files. */
static GArray *
find_rows (SatWorkspace *workspace, const SatQuery *query, GError **error)
{
  SatListQuery list;

  if (!sat_locks_check (SAT_LOCK_EXPORT, error) ||
      !sat_workspace_check_right (workspace, query->object, SAT_RIGHT_EXPORT, NULL, error) ||
      !sat_workspace_check_query (workspace, query, error))
    return NULL;
  list = sat_workspace_list_query (workspace, query);
  list.right = SAT_RIGHT_EXPORT;
  return sat_list_rows (workspace->replica, &list, error);
}

/* Says in the operation log what is about to be finished. */
static gboolean
log_export (SatWorkspace *workspace,
            const SatObject *object,
            guint64 count,
            const char *path,
            GError **error)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *shown = g_utf8_make_valid (name, -1);

  return !sat_workspace_rights_hold (workspace) ||
         sat_workspace_log (workspace, SAT_OPERATION_EXPORT, object, (gint64) count, shown, error);
}

gboolean
sat_workspace_export (SatWorkspace *workspace,
                      const SatQuery *query,
                      const char *path,
                      const SatExportOptions *options,
                      SatExportProgress progress,
                      gpointer progress_data,
                      GCancellable *cancellable,
                      guint64 *count,
                      GError **error)
{
  g_autoptr (GArray) rows = find_rows (workspace, query, error);
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Naming naming = { workspace, names };
  SatExportOptions naming_options = *options;
  g_autoptr (SatExport) export = NULL;
  guint64 done = 0;

  naming_options.name = name_reference;
  naming_options.name_data = &naming;
  naming_options.access = sat_workspace_access (workspace);
  if (rows != NULL)
    export = sat_export_open (path, &naming_options, error);
  if (export == NULL)
    return FALSE;
  for (guint at = 0; at < rows->len; at += PIECE)
    {
      if (g_cancellable_is_cancelled (cancellable))
        return sat_fail (error, SAT_ERROR_CANCELLED, N_ ("stopped; nothing was written"), NULL);
      if (progress != NULL)
        progress (at, rows->len, progress_data);
      if (!add_rows (export, workspace, query->object, &g_array_index (rows, gint64, at),
                     MIN (PIECE, rows->len - at), &done, error))
        return FALSE;
    }
  if (g_cancellable_is_cancelled (cancellable))
    return sat_fail (error, SAT_ERROR_CANCELLED, N_ ("stopped; nothing was written"), NULL);
  if (!log_export (workspace, query->object, done, path, error))
    return FALSE;
  if (count != NULL)
    *count = done;
  return sat_export_finish (export, error);
}
