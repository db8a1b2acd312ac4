/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/workspace/sat-workspace-files.h"

#include <string.h>

#include "core/store/sat-files.h"
#include "core/workspace/sat-workspace-private.h"

#define MEBIBYTE (1024 * 1024)

static gboolean
fail_size (const char *name, gsize size, GError **error)
{
  g_autofree char *has = g_strdup_printf ("%" G_GSIZE_FORMAT, (size + MEBIBYTE - 1) / MEBIBYTE);
  g_autofree char *limit = g_strdup_printf ("%d", SAT_FILE_MAX / MEBIBYTE);

  return sat_fail (error, SAT_ERROR_TOO_LONG,
                   N_ ("the file “%s” has %s MB, and %s MB can be attached; keep it elsewhere and "
                       "write where"),
                   name, has, limit, NULL);
}

char *
sat_workspace_attach (SatWorkspace *workspace, const char *name, GBytes *bytes, GError **error)
{
  gboolean within = workspace->open != NULL;
  SatFile file;

  if (!sat_file_of (bytes, &file))
    {
      fail_size (name, g_bytes_get_size (bytes), error);
      return NULL;
    }
  if (!sat_files_has (workspace->replica, &file))
    {
      if (!within && !sat_workspace_begin (workspace, error))
        return NULL;
      if (!sat_files_add (workspace->replica, &file, bytes, error))
        {
          if (!within)
            sat_workspace_rollback (workspace);
          return NULL;
        }
      if (!within && !sat_workspace_commit (workspace, error))
        return NULL;
    }
  return sat_attachment_value (name, &file);
}

GBytes *
sat_workspace_attached (SatWorkspace *workspace, const char *value, GError **error)
{
  SatFile file;

  if (sat_attachment_look (value, strlen (value), &file, NULL))
    return sat_files_read (workspace->replica, &file, error);
  sat_fail (error, SAT_ERROR_INVALID, N_ ("this value does not say which file it is"), NULL);
  return NULL;
}
