/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Making a hub with the founder's first change-set. */
#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "core/base/sat-crash.h"
#include "core/workspace/sat-workspace-enrol.h"
#include "sync/sat-closed.h"
#include "sync/sat-hub.h"
#include "sync/sat-outbox.h"
#include "sync/sat-steps.h"

typedef struct
{
  SatPlatform *platform;
  const SatCatalogue *catalogue;
  const char *workspace_name;
  const char *currency;
  const char *const *books;
  guint days; /* how long the first administrator's invitation holds; 0: the workspace is open */
  char *code; /* gets its code */
  char *fingerprint; /* gets that of the founder's key */
} Founding;

/* HEAD names the founder's branch, so that plain `git log` shows something. */
static gboolean
set_head (SatSyncJob *job, GError **error)
{
  g_autoptr (git_repository) hub = NULL;
  SatBranch branch = { .book = SAT_BOOK_KEY_COMPANY, .device = *job->device, .epoch = 1 };
  g_autofree char *ref = sat_branch_ref (&branch);
  int code = git_repository_open_bare (&hub, job->hub);

  if (code == 0)
    code = git_repository_set_head (hub, ref);
  if (code < 0)
    return sat_git_fail (error, code, N_ ("cannot make a hub in “%s”: %s"), job->hub);
  return TRUE;
}

static gboolean
push_first (SatWorkspace *workspace, GError **error)
{
  g_autoptr (SatSyncJob) job = sat_sync_job_new (workspace, SAT_PEER_HUB, NULL, NULL, error);

  return job && sat_hub_look (job, error) && sat_step_push (job, error) && set_head (job, error);
}

/* A closed one begins with an invitation of its first administrator. */
static gboolean
close_to_others (SatWorkspace *workspace, const Founding *founding, GError **error)
{
  return founding->code == NULL ||
         (sat_workspace_set_founder (workspace, sat_workspace_device (workspace), error) &&
          sat_workspace_invite (workspace, "admin", SAT_ROLE_ADMIN, NULL, founding->days,
                                founding->code, error));
}

/* The founder is a device like any other, whose replica is thrown away when it has spoken. */
static char *
found (const char *home, const char *hub, const Founding *founding, GError **error)
{
  g_autoptr (SatWorkspace) workspace = sat_workspace_create (home, founding->platform,
                                                             founding->catalogue, hub, error);

  if (workspace == NULL ||
      !sat_workspace_found (workspace, founding->workspace_name, founding->currency,
                            founding->books, error) ||
      !close_to_others (workspace, founding, error))
    return NULL;
  if (!push_first (workspace, error))
    return NULL;
  return sat_sync_fingerprint (sat_workspace_public_key (workspace));
}

static gboolean
fill (const char *place, gpointer data, GError **error)
{
  Founding *founding = data;
  g_autoptr (GError) local = NULL;
  g_autofree char *scratch = g_dir_make_tmp ("satchel-founder-XXXXXX", &local);
  g_autofree char *home = NULL;

  if (scratch == NULL)
    return sat_fail (error, SAT_ERROR_FAILED, N_ ("cannot make a temporary folder: %s"),
                     local->message, NULL);
  home = g_build_filename (scratch, "home", NULL);
  founding->fingerprint = found (home, place, founding, error);
  sat_remove_tree (scratch);
  return founding->fingerprint != NULL;
}

static gboolean
init_hub (const char *dir, Founding *founding, char **fingerprint, GError **error)
{
  g_autofree char *path = sat_hub_path (dir, error);

  gboolean made;

  sat_sync_init ();
  made = path != NULL && sat_hub_make_place (path, fill, founding, error);
  if (made && fingerprint)
    *fingerprint = g_steal_pointer (&founding->fingerprint);
  g_free (founding->fingerprint);
  return made;
}

static const char *const first_books[] = { "customers", NULL };

gboolean
sat_sync_init_hub (const char *dir,
                   SatPlatform *platform,
                   const SatCatalogue *catalogue,
                   const char *workspace_name,
                   const char *currency,
                   const char *const *books,
                   char **fingerprint,
                   GError **error)
{
  Founding founding = {
    platform, catalogue, workspace_name, currency, books ? books : first_books, 0, NULL, NULL,
  };

  return init_hub (dir, &founding, fingerprint, error);
}

gboolean
sat_sync_init_closed_hub (const char *dir,
                          SatPlatform *platform,
                          const SatCatalogue *catalogue,
                          const char *workspace_name,
                          const char *currency,
                          const char *const *books,
                          guint days,
                          char code[SAT_CODE_TEXT_SIZE],
                          char **fingerprint,
                          GError **error)
{
  Founding founding = {
    platform, catalogue, workspace_name, currency, books ? books : first_books, days, code, NULL,
  };

  return init_hub (dir, &founding, fingerprint, error);
}
