/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/sat-checkpoint-commit.h"

#include <string.h>

#include "core/change/sat-checkpoint.h"
#include "sync/sat-commit-text.h"
#include "sync/sat-commit.h"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (git_tree, git_tree_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (git_tree_entry, git_tree_entry_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (git_treebuilder, git_treebuilder_free)

/* ---- writing ------------------------------------------------------------------------------------
 */

struct _SatCheckpointTree
{
  git_repository *repo;
  GHashTable *folders; /* "state/customer" -> (name -> git_oid) */
};

SatCheckpointTree *
sat_checkpoint_tree_new (git_repository *repo)
{
  SatCheckpointTree *tree = g_new0 (SatCheckpointTree, 1);

  tree->repo = repo;
  tree->folders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                         (GDestroyNotify) g_hash_table_unref);
  return tree;
}

void
sat_checkpoint_tree_free (SatCheckpointTree *tree)
{
  if (tree == NULL)
    return;
  g_hash_table_unref (tree->folders);
  g_free (tree);
}

/* The entries of FOLDER, "" the root. */
static GHashTable *
folder_of (SatCheckpointTree *tree, const char *folder)
{
  GHashTable *entries = g_hash_table_lookup (tree->folders, folder);

  if (entries != NULL)
    return entries;
  entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_insert (tree->folders, g_strdup (folder), entries);
  return entries;
}

static gboolean
fail_write (SatCheckpointTree *tree, int code, GError **error)
{
  return sat_git_fail (error, code, N_ ("cannot write a commit to the local repository “%s”: %s"),
                       git_repository_path (tree->repo));
}

static void
put_entry (SatCheckpointTree *tree, const char *path, const git_oid *id)
{
  const char *slash = strrchr (path, '/');
  g_autofree char *folder = slash ? g_strndup (path, (gsize) (slash - path)) : g_strdup ("");
  git_oid *copy = g_new (git_oid, 1);

  *copy = *id;
  g_hash_table_insert (folder_of (tree, folder), g_strdup (slash ? slash + 1 : path), copy);
}

gboolean
sat_checkpoint_tree_add (const char *path, GBytes *text, gpointer data, GError **error)
{
  SatCheckpointTree *tree = data;
  g_autoptr (git_odb) odb = NULL;
  gsize size;
  const void *bytes = g_bytes_get_data (text, &size);
  git_oid id;
  int code = git_repository_odb (&odb, tree->repo);

  if (code == 0)
    code = git_odb_hash (&id, bytes, size, GIT_OBJECT_BLOB);
  if (code == 0 && !git_odb_exists (odb, &id))
    code = git_odb_write (&id, odb, bytes, size, GIT_OBJECT_BLOB);
  if (code < 0)
    return fail_write (tree, code, error);
  put_entry (tree, path, &id);
  return TRUE;
}

/* Writes FOLDER's tree; those below it are written. */
static int
write_folder (SatCheckpointTree *tree, const char *folder, git_oid *out)
{
  g_autoptr (git_treebuilder) builder = NULL;
  int code = git_treebuilder_new (&builder, tree->repo, NULL);
  GHashTableIter iter;
  gpointer name, id;

  g_hash_table_iter_init (&iter, folder_of (tree, folder));
  while (code == 0 && g_hash_table_iter_next (&iter, &name, &id))
    {
      g_autofree char *path = *folder ? g_strconcat (folder, "/", name, NULL) : g_strdup (name);
      gboolean is_folder = g_hash_table_contains (tree->folders, path);

      code = git_treebuilder_insert (NULL, builder, name, id,
                                     is_folder ? GIT_FILEMODE_TREE : GIT_FILEMODE_BLOB);
    }
  return code == 0 ? git_treebuilder_write (out, builder) : code;
}

static int
compare_depth (gconstpointer a, gconstpointer b)
{
  guint x = 0, y = 0;

  for (const char *p = a; *p != '\0'; p++)
    x += *p == '/';
  for (const char *p = b; *p != '\0'; p++)
    y += *p == '/';
  return x != y ? (x < y) - (x > y) : strcmp (a, b);
}

/* The folders from the deepest up, the root last. */
static int
write_folders (SatCheckpointTree *tree, git_oid *root)
{
  g_autoptr (GList) folders = NULL;
  int code = 0;

  folder_of (tree, "");
  folders = g_list_sort (g_hash_table_get_keys (tree->folders), compare_depth);
  for (GList *l = folders; code == 0 && l != NULL; l = l->next)
    {
      git_oid id;
      const char *folder = l->data;

      if (*folder == '\0')
        continue;
      code = write_folder (tree, folder, &id);
      if (code == 0)
        put_entry (tree, folder, &id);
    }
  return code == 0 ? write_folder (tree, "", root) : code;
}

gboolean
sat_checkpoint_tree_commit (SatCheckpointTree *tree,
                            const SatCheckpointDraft *draft,
                            git_oid *out,
                            GError **error)
{
  g_autoptr (git_odb) odb = NULL;
  g_autofree char *message = g_strdup_printf ("%s %s %" G_GUINT64_FORMAT "\n", draft->ref->book,
                                              draft->what, draft->ref->number);
  char hex[SAT_GIT_HEX + 1];
  git_oid root;
  int code = write_folders (tree, &root);

  if (code == 0)
    code = git_repository_odb (&odb, tree->repo);
  if (code < 0)
    return fail_write (tree, code, error);
  git_oid_tostr (hex, sizeof hex, &root);

  g_autofree char *plain = sat_commit_text_unsigned (
      hex, NULL, draft->author_name, draft->author_email, draft->time_ms / 1000, message);
  g_autofree char *signature = sat_signature_make (draft->seed, plain, strlen (plain));
  g_autofree char *whole = sat_commit_text_sign (plain, signature);

  code = git_odb_write (out, odb, whole, strlen (whole), GIT_OBJECT_COMMIT);
  return code == 0 || fail_write (tree, code, error);
}

/* ---- reading ------------------------------------------------------------------------------------
 */

struct _SatCheckpointFiles
{
  git_repository *repo;
  git_tree *tree;
  git_tree *folder; /* of the last file read that was in one, at FOLDER_PATH */
  char *folder_path;
};

static gboolean
check_commit (git_repository *repo,
              const git_oid *id,
              const SatCheckpointRef *ref,
              git_oid *tree,
              GError **error)
{
  g_auto (SatCommitText) commit = { 0 };
  g_autoptr (GBytes) bytes = sat_git_read (repo, id, GIT_OBJECT_COMMIT, SAT_COMMIT_MAX, error);
  guint8 public_key[SAT_KEY_PUBLIC_SIZE];
  SatId device;

  if (bytes == NULL || !sat_commit_text_parse (g_bytes_get_data (bytes, NULL),
                                               g_bytes_get_size (bytes), &commit, error))
    return FALSE;
  if (*commit.parent != '\0')
    return sat_fail (error, SAT_ERROR_MALFORMED,
                     N_ ("the commit does not follow the one before it in its branch"), NULL);
  if (!sat_commit_signer (repo, id, public_key))
    return sat_fail (error, SAT_ERROR_REFUSED,
                     N_ ("the commit was altered after it was signed, or its signature is forged"),
                     NULL);
  sat_device_id_from_key (public_key, &device);
  if (!sat_id_equal (&device, &ref->maker))
    return sat_fail (
        error, SAT_ERROR_REFUSED,
        N_ ("the commit is signed by a device other than the one its branch belongs to"), NULL);
  git_oid_fromstr (tree, commit.tree);
  return TRUE;
}

SatCheckpointFiles *
sat_checkpoint_files_open (git_repository *repo,
                           const git_oid *id,
                           const SatCheckpointRef *ref,
                           GError **error)
{
  SatCheckpointFiles *files;
  git_tree *tree = NULL;
  git_oid tree_id;
  int code;

  if (!check_commit (repo, id, ref, &tree_id, error))
    return NULL;
  code = git_tree_lookup (&tree, repo, &tree_id);
  if (code < 0)
    {
      sat_git_fail (error, code, N_ ("cannot read the local repository “%s”: %s"),
                    git_repository_path (repo));
      if (error != NULL && code != GIT_ENOTFOUND)
        (*error)->code = SAT_ERROR_MALFORMED;
      return NULL;
    }
  files = g_new0 (SatCheckpointFiles, 1);
  files->repo = repo;
  files->tree = tree;
  return files;
}

void
sat_checkpoint_files_free (SatCheckpointFiles *files)
{
  if (files == NULL)
    return;
  git_tree_free (files->folder);
  git_tree_free (files->tree);
  g_free (files->folder_path);
  g_free (files);
}

/* The folder of PATH, which ends before LENGTH, stays open: one has thousands of shards. */
static int
open_folder (SatCheckpointFiles *files, const char *path, gsize length)
{
  g_autofree char *name = g_strndup (path, length);
  g_autoptr (git_tree_entry) entry = NULL;
  git_tree *folder = NULL;
  int code;

  if (g_strcmp0 (files->folder_path, name) == 0)
    return 0;
  code = git_tree_entry_bypath (&entry, files->tree, name);
  if (code == 0)
    code = git_tree_entry_filemode (entry) == GIT_FILEMODE_TREE
               ? git_tree_lookup (&folder, files->repo, git_tree_entry_id (entry))
               : GIT_ENOTFOUND;
  if (code < 0)
    return code;
  git_tree_free (files->folder);
  g_free (files->folder_path);
  files->folder = folder;
  files->folder_path = g_steal_pointer (&name);
  return 0;
}

static int
find_entry (SatCheckpointFiles *files, const char *path, const git_tree_entry **entry)
{
  const char *slash = strrchr (path, '/');
  int code = slash != NULL ? open_folder (files, path, (gsize) (slash - path)) : 0;

  if (code < 0)
    return code;
  *entry = slash != NULL ? git_tree_entry_byname (files->folder, slash + 1)
                         : git_tree_entry_byname (files->tree, path);
  return *entry != NULL ? 0 : GIT_ENOTFOUND;
}

GBytes *
sat_checkpoint_files_text (const char *path, gpointer data, GError **error)
{
  SatCheckpointFiles *files = data;
  const git_tree_entry *entry;
  int code = find_entry (files, path, &entry);

  if (code == GIT_ENOTFOUND)
    {
      sat_fail (error, SAT_ERROR_NOT_FOUND, N_ ("the checkpoint has no file “%s”"), path, NULL);
      return NULL;
    }
  if (code < 0)
    {
      sat_git_fail (error, code, N_ ("cannot read the local repository “%s”: %s"),
                    git_repository_path (files->repo));
      return NULL;
    }
  if (git_tree_entry_filemode (entry) != GIT_FILEMODE_BLOB)
    {
      sat_fail (error, SAT_ERROR_MALFORMED, N_ ("“%s” in the checkpoint is no file"), path, NULL);
      return NULL;
    }
  return sat_git_read (files->repo, git_tree_entry_id (entry), GIT_OBJECT_BLOB,
                       SAT_CHECKPOINT_MAX_BYTES, error);
}
