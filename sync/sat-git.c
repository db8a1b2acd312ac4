/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/sat-git.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "sync/sat-authorities.h"
#include "sync/sat-sync.h"

#define DELTA_AT_MOST \
  4096 /* bytes: a change-set of a few edits; shards of a checkpoint gain nothing */
#define CACHE_BYTES ((ssize_t) 32 * 1024 * 1024)

void
sat_sync_init (void)
{
  static gsize once = 0;

  if (!g_once_init_enter (&once))
    return;
  sat_authorities_begin ();
  /* A hub on a shared drive belongs to somebody else; who wrote what is proved by signatures. */
  git_libgit2_opts (GIT_OPT_SET_OWNER_VALIDATION, 0);
  git_libgit2_opts (GIT_OPT_ENABLE_FSYNC_GITDIR, 1);
  git_libgit2_opts (GIT_OPT_SET_CACHE_MAX_SIZE, CACHE_BYTES);
  /* Nothing here may depend on the git configuration of the person or the machine. */
  git_libgit2_opts (GIT_OPT_SET_SEARCH_PATH, GIT_CONFIG_LEVEL_SYSTEM, "");
  git_libgit2_opts (GIT_OPT_SET_SEARCH_PATH, GIT_CONFIG_LEVEL_XDG, "");
  git_libgit2_opts (GIT_OPT_SET_SEARCH_PATH, GIT_CONFIG_LEVEL_GLOBAL, "");
  git_libgit2_opts (GIT_OPT_SET_SEARCH_PATH, GIT_CONFIG_LEVEL_PROGRAMDATA, "");
  g_once_init_leave (&once, 1);
}

gboolean
sat_git_fail (GError **error, int code, const char *msgid, const char *subject)
{
  const git_error *last = git_error_last ();
  const char *text = last && last->message && *last->message ? last->message : "git failed";
  const char *const args[] = { subject, text, NULL };

  if (code == GIT_EUSER)
    return sat_fail (error, SAT_ERROR_CANCELLED, N_ ("the exchange was stopped; nothing is lost"),
                     NULL);
  return sat_fail_strv (error, SAT_ERROR_FAILED, msgid, args);
}

void
sat_remove_tree (const char *path)
{
  struct stat info;

  if (g_lstat (path, &info) == 0 && S_ISDIR (info.st_mode))
    {
      g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
      const char *name;

      while (dir && (name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *child = g_build_filename (path, name, NULL);

          sat_remove_tree (child);
        }
      g_rmdir (path);
      return;
    }
  g_unlink (path);
}

int
sat_git_without_deltas (git_repository *repo)
{
  g_autoptr (git_config) config = NULL;
  int code = git_repository_config (&config, repo);

  if (code == 0)
    code = git_config_set_int64 (config, "core.bigFileThreshold", DELTA_AT_MOST);
  /* libgit2 1.5 reads the threshold under this name. */
  if (code == 0)
    code = git_config_set_int64 (config, "pack.deltaCacheSize", DELTA_AT_MOST);
  return code;
}

static int
init_bare (git_repository **repo, const char *path)
{
  git_repository_init_options options = GIT_REPOSITORY_INIT_OPTIONS_INIT;

  options.flags = GIT_REPOSITORY_INIT_BARE | GIT_REPOSITORY_INIT_MKPATH;
  options.initial_head = "main";
  int code = git_repository_init_ext (repo, path, &options);
  return code < 0 ? code : sat_git_without_deltas (*repo);
}

/* Every branch that has a file below NAME can be read. libgit2's own lists leave out those that
 * cannot, and then stumble over them. */
static gboolean
files_are_sound (git_repository *repo, const char *name)
{
  g_autofree char *path = g_build_filename (git_repository_path (repo), name, NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *entry;
  git_oid id;

  if (dir == NULL)
    return g_str_has_suffix (name, ".lock") || sat_git_ref (repo, name, &id);
  while ((entry = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_strconcat (name, "/", entry, NULL);

      if (!files_are_sound (repo, child))
        return FALSE;
    }
  return TRUE;
}

gboolean
sat_git_is_sound (git_repository *repo)
{
  return files_are_sound (repo, "refs");
}

static gboolean
has_head (git_repository *repo)
{
  g_autoptr (git_reference) head = NULL;

  return git_reference_lookup (&head, repo, "HEAD") == 0;
}

git_repository *
sat_git_open_cache (const char *path, gboolean check_refs, GError **error)
{
  git_repository *repo = NULL;
  int code = git_repository_open_bare (&repo, path);

  /* A process killed while it made the repository left a part of one; a machine that lost its
   * power, empty files. */
  if (code < 0 || !has_head (repo) || (check_refs && !sat_git_is_sound (repo)))
    {
      g_clear_pointer (&repo, git_repository_free);
      sat_remove_tree (path);
      code = init_bare (&repo, path);
    }
  if (code < 0)
    {
      sat_git_fail (error, code, N_ ("cannot open the local repository “%s”: %s"), path);
      return NULL;
    }
  return repo;
}

gboolean
sat_git_ref (git_repository *repo, const char *name, git_oid *out)
{
  return git_reference_name_to_id (out, repo, name) == 0;
}

/* Only the holder of the sync lock writes REPO, so a lock file in it is left from a killed one. */
static void
remove_stale_lock (git_repository *repo, const char *name)
{
  g_autofree char *lock = g_strconcat (git_repository_path (repo), name, ".lock", NULL);

  g_unlink (lock);
}

gboolean
sat_git_set_ref (git_repository *repo, const char *name, const git_oid *id, GError **error)
{
  g_autoptr (git_reference) ref = NULL;
  int code = git_reference_create (&ref, repo, name, id, 1, NULL);

  if (code == GIT_ELOCKED)
    {
      remove_stale_lock (repo, name);
      code = git_reference_create (&ref, repo, name, id, 1, NULL);
    }
  if (code < 0)
    return sat_git_fail (error, code, N_ ("cannot write the branch “%s”: %s"), name);
  return TRUE;
}

gboolean
sat_git_delete_ref (git_repository *repo, const char *name, GError **error)
{
  int code;

  remove_stale_lock (repo, name);
  remove_stale_lock (repo, "packed-refs");
  code = git_reference_remove (repo, name);
  if (code < 0 && code != GIT_ENOTFOUND)
    return sat_git_fail (error, code, N_ ("cannot remove the branch “%s”: %s"), name);
  return TRUE;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

GPtrArray *
sat_git_list_refs (git_repository *repo, const char *glob, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (git_reference_iterator) iterator = NULL;
  const char *name;
  int code = git_reference_iterator_glob_new (&iterator, repo, glob);

  while (code == 0 && (code = git_reference_next_name (&name, iterator)) == 0)
    g_ptr_array_add (names, g_strdup (name));
  if (code != GIT_ITEROVER)
    {
      sat_git_fail (error, code, N_ ("cannot list the branches of “%s”: %s"),
                    git_repository_path (repo));
      return NULL;
    }
  g_ptr_array_sort (names, compare_names);
  return g_steal_pointer (&names);
}

gboolean
sat_git_has (git_repository *repo, const git_oid *id)
{
  g_autoptr (git_odb) odb = NULL;

  return git_repository_odb (&odb, repo) == 0 && git_odb_exists (odb, id) == 1;
}

GBytes *
sat_git_read (git_repository *repo, const git_oid *id, git_object_t type, gsize max, GError **error)
{
  g_autoptr (git_odb) odb = NULL;
  g_autoptr (git_odb_object) object = NULL;
  char hex[GIT_OID_HEXSZ + 1];
  git_object_t found = GIT_OBJECT_INVALID;
  size_t size = 0;
  int code = git_repository_odb (&odb, repo);

  git_oid_tostr (hex, sizeof hex, id);
  if (code == 0)
    code = git_odb_read_header (&size, &found, odb, id);
  if (code == GIT_ENOTFOUND)
    {
      sat_fail (error, SAT_ERROR_NOT_FOUND, N_ ("the object %s is missing"), hex, NULL);
      return NULL;
    }
  if (code == 0 && (found != type || size > max))
    {
      sat_fail (error, SAT_ERROR_MALFORMED,
                found != type ? N_ ("the object %s is of the wrong kind")
                              : N_ ("the object %s is too large"),
                hex, NULL);
      return NULL;
    }
  if (code == 0)
    code = git_odb_read (&object, odb, id);
  if (code < 0)
    {
      sat_git_fail (error, code, N_ ("cannot read the object %s: %s"), hex);
      return NULL;
    }
  return g_bytes_new (git_odb_object_data (object), git_odb_object_size (object));
}

/* Takes away the folders in PATH, and in those, that have nothing in them; not PATH itself. */
static void
remove_empty (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_empty (child);
      g_rmdir (child); /* what is no folder, or has something in it, stays */
    }
}

/* libgit2 leaves the folders of the refs, and looks into each of them from then on. */
void
sat_git_pack_refs (git_repository *repo)
{
  g_autoptr (git_refdb) refdb = NULL;
  g_autofree char *heads = g_build_filename (git_repository_path (repo), "refs/heads", NULL);

  remove_stale_lock (repo, "packed-refs");
  if (git_repository_refdb (&refdb, repo) == 0 && git_refdb_compress (refdb) == 0)
    remove_empty (heads);
}
