/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Making a bare repository: built beside its place under another name, and moved there when it is
 * complete. */
#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "core/base/sat-crash.h"
#include "sync/sat-hub.h"

/* Tries for the name of a folder that is not there. */
#define BUILDING_PLACES 100

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
sat_hub_make_place (const char *path, SatHubFill fill, gpointer data, GError **error)
{
  g_autofree char *place = NULL;
  gboolean existed = g_file_test (path, G_FILE_TEST_EXISTS);

  if (!check_place (path, error))
    return FALSE;
  place = make_building_place (path, error);
  if (place == NULL)
    return FALSE;
  if (init_repository (place, error) && (fill == NULL || fill (place, data, error)) &&
      move_into_place (place, path, error))
    return TRUE;
  sat_remove_tree (place);
  if (existed)
    g_mkdir (path, 0777);
  return FALSE;
}
