/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The replica as the target of an import. */
#include "core/workspace/sat-workspace-import.h"

#include <string.h>

/* "OBJECT/title" for a reference to anything: the part before the slash names the object. */
static gboolean
find_in_any (SatWorkspace *workspace, const char *text, SatId *out, GError **error)
{
  const char *slash = strchr (text, '/');
  const SatObject *object = NULL;

  if (slash != NULL)
    {
      g_autofree char *name = g_strndup (text, (gsize) (slash - text));

      object = sat_catalogue_find (sat_workspace_catalogue (workspace), name);
    }
  if (object != NULL)
    return sat_workspace_find (workspace, object, text, out, error);
  if (sat_id_parse (text, out))
    return TRUE;
  return sat_fail (error, SAT_ERROR_INVALID,
                   N_ ("“%s” names no record; write a whole id, or OBJECT/title"), text, NULL);
}

gboolean
sat_workspace_find_reference (
    SatWorkspace *workspace, const SatObject *object, const char *text, SatId *out, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autofree char *title = g_strconcat ("/", text, NULL);

  if (object == NULL)
    return find_in_any (workspace, text, out, error);
  /* A title comes before a part of an id: “360360” is a company. */
  if (sat_id_parse (text, out) || sat_workspace_find (workspace, object, title, out, &cause))
    return TRUE;
  if (!g_error_matches (cause, SAT_ERROR, SAT_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  return sat_workspace_find (workspace, object, text, out, error);
}

static gboolean
find_record (const SatObject *object, const char *text, SatId *out, gpointer data, GError **error)
{
  return sat_workspace_find_reference (data, object, text, out, error);
}

static gboolean
save_draft (SatDraft *draft, gpointer data, GError **error)
{
  return sat_workspace_save (data, draft, NULL, error);
}

gboolean
sat_workspace_import (SatWorkspace *workspace,
                      GInputStream *stream,
                      const SatImportOptions *options,
                      gboolean dry_run,
                      SatImportResult *result,
                      GError **error)
{
  SatImportTarget target = { find_record, save_draft, workspace };

  if (!sat_workspace_begin (workspace, error))
    return FALSE;
  if (!sat_import_run (stream, options, &target, result, error))
    {
      sat_workspace_rollback (workspace);
      return FALSE;
    }
  if (!dry_run)
    return sat_workspace_commit (workspace, error);
  sat_workspace_rollback (workspace);
  return TRUE;
}
