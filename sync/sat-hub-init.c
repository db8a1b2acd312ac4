/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Making a hub: built beside its place under another name, and moved there when it is complete. */
#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "core/base/sat-crash.h"
#include "core/workspace/sat-workspace-enrol.h"
#include "sync/sat-closed.h"
#include "sync/sat-hub.h"
#include "sync/sat-outbox.h"
#include "sync/sat-steps.h"

/* Tries for the name of a folder that is not there. */
#define BUILDING_PLACES 100

typedef struct
{
  SatPlatform *platform;
  const SatCatalogue *catalogue;
  const char *workspace_name;
  const char *currency;
  const char *const *books;
  guint days; /* how long the first administrator's invitation holds; 0: the workspace is open */
  char *code; /* gets its code */
} Founding;

static gboolean
check_place (const char *path, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GDir) dir = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  dir = g_dir_open (path, 0, &local);
  if (dir == NULL)
    return sat_fail (error, SAT_ERROR_INVALID, N_ ("cannot make a hub in “%s”: %s"), path,
                     local->message, NULL);
  if (g_dir_read_name (dir))
    return sat_fail (error, SAT_ERROR_INVALID,
                     N_ ("cannot make a hub in “%s”: the folder is not empty"), path, NULL);
  return TRUE;
}

/* A new folder beside PATH; PATH itself if it is there and nothing can be made beside it. */
static char *
make_building_place (const char *path, GError **error)
{
  g_autofree char *parent = g_path_get_dirname (path);
  int problem = EEXIST;

  g_mkdir_with_parents (parent, 0777);
  for (guint i = 1; problem == EEXIST && i <= BUILDING_PLACES; i++)
    {
      g_autofree char *beside = g_strdup_printf ("%s.new-%u", path, i);

      if (g_mkdir (beside, 0777) == 0)
        return g_steal_pointer (&beside);
      problem = errno;
    }
  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    return g_strdup (path);
  sat_fail (error, SAT_ERROR_FAILED, N_ ("cannot make a hub in “%s”: %s"), path,
            g_strerror (problem), NULL);
  return NULL;
}

/* `git log -p` shall print every change-set whole, not as what another was renamed and edited to.
 */
static int
without_renames (git_repository *repo)
{
  g_autoptr (git_config) config = NULL;
  int code = git_repository_config (&config, repo);

  return code == 0 ? git_config_set_bool (config, "diff.renames", FALSE) : code;
}

static gboolean
init_repository (const char *path, GError **error)
{
  g_autoptr (git_repository) repo = NULL;
  git_repository_init_options options = GIT_REPOSITORY_INIT_OPTIONS_INIT;
  int code;

  options.flags = GIT_REPOSITORY_INIT_BARE | GIT_REPOSITORY_INIT_MKPATH;
  options.initial_head = "main";
  options.description = "Satchel hub\n";
  code = git_repository_init_ext (&repo, path, &options);
  if (code == 0)
    code = sat_git_without_deltas (repo);
  if (code == 0)
    code = without_renames (repo);
  if (code < 0)
    return sat_git_fail (error, code, N_ ("cannot make a hub in “%s”: %s"), path);
  return TRUE;
}

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
  g_autoptr (SatSyncJob) job = sat_sync_job_new (workspace, NULL, NULL, error);

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

static char *
build (const char *place, const Founding *founding, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *scratch = NULL;
  g_autofree char *home = NULL;
  char *fingerprint;

  if (!init_repository (place, error))
    return NULL;
  scratch = g_dir_make_tmp ("satchel-founder-XXXXXX", &local);
  if (scratch == NULL)
    {
      sat_fail (error, SAT_ERROR_FAILED, N_ ("cannot make a temporary folder: %s"), local->message,
                NULL);
      return NULL;
    }
  home = g_build_filename (scratch, "home", NULL);
  fingerprint = found (home, place, founding, error);
  sat_remove_tree (scratch);
  return fingerprint;
}

static gboolean
move_into_place (const char *built, const char *path, GError **error)
{
  if (strcmp (built, path) == 0 || g_rename (built, path) == 0)
    {
      sat_durable_step ("hub in place");
      return TRUE;
    }
  return sat_fail (error, SAT_ERROR_FAILED, N_ ("cannot make a hub in “%s”: %s"), path,
                   g_strerror (errno), NULL);
}

gboolean
sat_hub_make_place (const char *path, GError **error)
{
  g_autofree char *place = NULL;
  gboolean existed = g_file_test (path, G_FILE_TEST_EXISTS);

  if (!check_place (path, error))
    return FALSE;
  place = make_building_place (path, error);
  if (place == NULL)
    return FALSE;
  if (init_repository (place, error) && move_into_place (place, path, error))
    return TRUE;
  sat_remove_tree (place);
  if (existed)
    g_mkdir (path, 0777);
  return FALSE;
}

static gboolean
init_hub (const char *dir, const Founding *founding, char **fingerprint, GError **error)
{
  g_autofree char *path = sat_hub_path (dir, error);
  g_autofree char *place = NULL;
  g_autofree char *print = NULL;
  gboolean existed;

  sat_sync_init ();
  if (path == NULL || !check_place (path, error))
    return FALSE;
  existed = g_file_test (path, G_FILE_TEST_EXISTS);
  place = make_building_place (path, error);
  if (place == NULL)
    return FALSE;
  print = build (place, founding, error);
  if (print == NULL || !move_into_place (place, path, error))
    {
      sat_remove_tree (place);
      if (existed)
        g_mkdir (path, 0777);
      return FALSE;
    }
  if (fingerprint)
    *fingerprint = g_steal_pointer (&print);
  return TRUE;
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
  const Founding founding = {
    platform, catalogue, workspace_name, currency, books ? books : first_books, 0, NULL,
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
  const Founding founding = {
    platform, catalogue, workspace_name, currency, books ? books : first_books, days, code,
  };

  return init_hub (dir, &founding, fingerprint, error);
}
