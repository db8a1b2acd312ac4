/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The workspace without a database makes no checkpoints and joins none. */
#include "core/workspace/sat-exchange-checkpoint.h"
#include "core/workspace/sat-workspace-books.h"

gboolean
sat_workspace_write_checkpoint (SatWorkspace *workspace,
                                const char *book,
                                SatCheckpointFileFunc func,
                                gpointer data,
                                GError **error)
{
  return sat_fail (error, SAT_ERROR_BUSY, "no checkpoints here", NULL);
}

SatJoiner *
sat_joiner_new (SatWorkspace *workspace,
                const char *book,
                const char *name,
                const SatId *maker,
                SatCheckpointTextFunc text,
                gpointer data)
{
  return NULL;
}

void
sat_joiner_free (SatJoiner *joiner)
{
}

gboolean
sat_joiner_check (SatJoiner *joiner, gboolean *needed, GError **error)
{
  *needed = FALSE;
  return TRUE;
}

gboolean
sat_joiner_step (SatJoiner *joiner,
                 guint budget_ms,
                 guint64 records,
                 SatJoinerProgress *progress,
                 GError **error)
{
  g_assert_not_reached ();
}

char *
sat_workspace_half_joined (SatWorkspace *workspace, char **book)
{
  return NULL;
}

gboolean
sat_workspace_is_blank (SatWorkspace *workspace, const char *book)
{
  return FALSE;
}

gboolean
sat_workspace_was_joined (SatWorkspace *workspace, const char *book)
{
  return FALSE;
}

gboolean
sat_workspace_checkpoint_is_due (
    SatWorkspace *workspace, const char *book, guint64 newest, gboolean *due, GError **error)
{
  *due = FALSE;
  return TRUE;
}

gboolean
sat_workspace_put_off_checkpoint (SatWorkspace *workspace,
                                  const char *book,
                                  guint64 newest,
                                  GError **error)
{
  return TRUE;
}

char *
sat_workspace_find_book (SatWorkspace *workspace, const char *book, GError **error)
{
  return g_strdup (book);
}

gboolean
sat_workspace_may_have_checkpoints (const char *book)
{
  return TRUE;
}

gboolean
sat_workspace_epochs_are_due (SatWorkspace *workspace,
                              const char *book,
                              gboolean *due,
                              GError **error)
{
  *due = FALSE;
  return TRUE;
}
