/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For the tests of sync/: nobody is revoked. */
#include "core/workspace/sat-exchange.h"
#include "core/workspace/sat-workspace-revoke.h"

void
sat_cut_off_free (SatCutOff *cut_off)
{
  g_free (cut_off->book);
  g_free (cut_off);
}

GPtrArray *
sat_workspace_cut_offs (SatWorkspace *workspace, GError **error)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) sat_cut_off_free);
}

gboolean
sat_workspace_note_cut_off (SatWorkspace *workspace, const char *text, GError **error)
{
  return TRUE;
}

char **
sat_workspace_revoked_in (SatWorkspace *workspace, const SatId *device)
{
  return NULL;
}
