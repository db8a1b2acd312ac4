/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/sat-commit-files.h"

#include <stdlib.h>
#include <string.h>

#define MODE "100644 "
#define HEX ((gsize) SAT_FILE_HEX_SIZE - 1)
#define ENTRY (strlen (MODE) + HEX + 1 + SAT_GIT_RAW)
#define FOLDER_MAX (SAT_CHANGE_SET_MAX_FILES * (gsize) 128)

/* ---- writing ------------------------------------------------------------------------------------
 */

static int
write_file (git_odb *odb, GByteArray *folder, const SatFile *file, GBytes *bytes)
{
  char hex[SAT_FILE_HEX_SIZE];
  const void *data = g_bytes_get_data (bytes, NULL);
  git_oid blob;
  int code = git_odb_hash (&blob, data ? data : "", g_bytes_get_size (bytes), GIT_OBJECT_BLOB);

  if (code == 0 && !git_odb_exists (odb, &blob))
    code = git_odb_write (&blob, odb, data ? data : "", g_bytes_get_size (bytes), GIT_OBJECT_BLOB);
  if (code < 0)
    return code;
  g_byte_array_append (folder, (const guint8 *) MODE, (guint) strlen (MODE));
  g_byte_array_append (folder, (const guint8 *) sat_file_hex (file, hex), SAT_FILE_HEX_SIZE);
  g_byte_array_append (folder, blob.id, SAT_GIT_RAW);
  return 0;
}

gboolean
sat_commit_files_write (git_repository *repo,
                        const SatChangeSet *set,
                        SatCommitFileFunc func,
                        gpointer data,
                        git_oid *out,
                        GError **error)
{
  g_autoptr (GByteArray) folder = g_byte_array_new ();
  g_autoptr (git_odb) odb = NULL;
  guint n;
  const SatFile *files = sat_change_set_files (set, &n);
  int code = git_repository_odb (&odb, repo);

  for (guint i = 0; code == 0 && i < n; i++)
    {
      g_autoptr (GBytes) bytes = func (&files[i], data, error);

      if (bytes == NULL)
        return FALSE;
      code = write_file (odb, folder, &files[i], bytes);
    }
  if (code == 0)
    code = git_odb_write (out, odb, folder->data, folder->len, GIT_OBJECT_TREE);
  return code == 0 ||
         sat_git_fail (error, code, N_ ("cannot write a commit to the local repository “%s”: %s"),
                       git_repository_path (repo));
}

/* ---- reading ------------------------------------------------------------------------------------
 */

static gboolean
fail_folder (GError **error)
{
  return sat_fail (error, SAT_ERROR_MALFORMED,
                   N_ ("the files in the commit are not those that its change-set says"), NULL);
}

GArray *
sat_commit_files_list (git_repository *repo, const git_oid *id, GError **error)
{
  g_autoptr (GBytes) bytes = sat_git_read (repo, id, GIT_OBJECT_TREE, FOLDER_MAX, error);
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (SatCommitFile));
  gsize size = 0;
  const char *at = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;

  if (bytes == NULL)
    return NULL;
  if (size == 0 || size % ENTRY != 0 || size / ENTRY > SAT_CHANGE_SET_MAX_FILES)
    {
      fail_folder (error);
      return NULL;
    }
  for (const char *end = at + size; at < end; at += ENTRY)
    {
      const char *name = at + strlen (MODE);
      SatCommitFile file;

      if (memcmp (at, MODE, strlen (MODE)) != 0 || name[HEX] != '\0' ||
          !sat_file_parse_hex (name, file.hash) ||
          (list->len > 0 && memcmp (g_array_index (list, SatCommitFile, list->len - 1).hash,
                                    file.hash, sizeof file.hash) >= 0))
        {
          fail_folder (error);
          return NULL;
        }
      git_oid_fromraw (&file.blob, (const guint8 *) name + HEX + 1);
      g_array_append_val (list, file);
    }
  return g_steal_pointer (&list);
}

static gboolean
check_file (git_repository *repo, const SatCommitFile *entry, const SatFile *file, GError **error)
{
  g_autoptr (GBytes) bytes = sat_git_read (repo, &entry->blob, GIT_OBJECT_BLOB, SAT_FILE_MAX,
                                           error);
  SatFile found;

  if (bytes == NULL)
    return FALSE;
  return (sat_file_of (bytes, &found) && sat_file_equal (&found, file)) || fail_folder (error);
}

gboolean
sat_commit_files_check (git_repository *repo,
                        const SatChangeTree *tree,
                        const SatChangeSet *set,
                        GError **error)
{
  g_autoptr (GArray) list = NULL;
  git_oid folder;
  guint n;
  const SatFile *files = sat_change_set_files (set, &n);

  if ((n > 0) != tree->has_files)
    return fail_folder (error);
  if (n == 0)
    return TRUE;
  git_oid_fromraw (&folder, tree->files);
  list = sat_commit_files_list (repo, &folder, error);
  if (list == NULL)
    return FALSE;
  if (list->len != n)
    return fail_folder (error);
  for (guint i = 0; i < n; i++)
    if (!check_file (repo, &g_array_index (list, SatCommitFile, i), &files[i], error))
      return FALSE;
  return TRUE;
}

static int
compare_hash (gconstpointer hash, gconstpointer entry)
{
  return memcmp (hash, ((const SatCommitFile *) entry)->hash, SAT_FILE_HASH_SIZE);
}

GBytes *
sat_commit_files_read (git_repository *repo,
                       const SatChangeTree *tree,
                       const SatFile *file,
                       GError **error)
{
  g_autoptr (GArray) list = NULL;
  const SatCommitFile *found;
  git_oid folder;

  git_oid_fromraw (&folder, tree->files);
  list = tree->has_files ? sat_commit_files_list (repo, &folder, error) : NULL;
  if (list == NULL)
    {
      if (!tree->has_files)
        fail_folder (error);
      return NULL;
    }
  found = bsearch (file->hash, list->data, list->len, sizeof (SatCommitFile), compare_hash);
  if (found == NULL)
    {
      fail_folder (error);
      return NULL;
    }
  return sat_git_read (repo, &found->blob, GIT_OBJECT_BLOB, SAT_FILE_MAX, error);
}
