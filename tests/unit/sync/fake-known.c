/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The workspace without a database knows of nobody else. */
#include "core/workspace/sat-exchange-known.h"

char *
sat_workspace_space (SatWorkspace *workspace)
{
  return NULL;
}

GArray *
sat_workspace_vector (SatWorkspace *workspace, const char *book, GError **error)
{
  return g_array_new (FALSE, FALSE, sizeof (SatVectorEntry));
}

GArray *
sat_workspace_heard (SatWorkspace *workspace, const char *book, const SatId *device, GError **error)
{
  return g_array_new (FALSE, FALSE, sizeof (SatVectorEntry));
}

char **
sat_workspace_books_of (SatWorkspace *workspace, const SatId *device)
{
  return NULL;
}

SatWorkspace *
sat_workspace_create_scratch (SatWorkspace *workspace,
                              const char *home,
                              const char *const *books,
                              GError **error)
{
  g_assert_not_reached ();
}
