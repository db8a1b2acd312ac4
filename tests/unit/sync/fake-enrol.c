/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For the tests of sync/: the workspace is open. */
#include "core/workspace/sat-workspace-enrol.h"

gboolean
sat_workspace_is_closed (SatWorkspace *workspace, SatId *founder)
{
  return FALSE;
}

gboolean
sat_workspace_set_founder (SatWorkspace *workspace, const SatId *founder, GError **error)
{
  return sat_fail (error, SAT_ERROR_FAILED, "the workspace is open", NULL);
}

char *
sat_workspace_admitted_as (SatWorkspace *workspace, const SatId *device)
{
  return NULL;
}

gboolean
sat_workspace_invite (SatWorkspace *workspace,
                      const char *login,
                      const char *role,
                      const char *const *books,
                      guint days,
                      char code[SAT_CODE_TEXT_SIZE],
                      GError **error)
{
  return sat_fail (error, SAT_ERROR_FAILED, "the workspace is open", NULL);
}

void
sat_invitation_free (SatInvitation *invitation)
{
  g_free (invitation);
}

SatInvitation *
sat_workspace_find_invitation (SatWorkspace *workspace, const char *code, GError **error)
{
  sat_fail (error, SAT_ERROR_FAILED, "the workspace is open", NULL);
  return NULL;
}

gboolean
sat_workspace_claim (SatWorkspace *workspace, const char *code, GError **error)
{
  return sat_fail (error, SAT_ERROR_FAILED, "the workspace is open", NULL);
}

void
sat_stranger_free (SatStranger *stranger)
{
  g_free (stranger);
}

GPtrArray *
sat_workspace_strangers (SatWorkspace *workspace, GError **error)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) sat_stranger_free);
}

gboolean
sat_workspace_note_no_strangers (SatWorkspace *workspace, GError **error)
{
  return TRUE;
}
