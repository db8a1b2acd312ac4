/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/sat-take.h"

#include <string.h>

#include "core/change/sat-change-set.h"
#include "core/change/sat-checkpoint.h"
#include "sync/sat-branches.h"
#include "sync/sat-commit-files.h"
#include "sync/sat-commit-text.h"
#include "sync/sat-commit.h"
#include "sync/sat-packs.h"

#define CHECK_EVERY 256
/* A line for each device. */
#define COVER_MAX ((gsize) 4 * 1024 * 1024)
#define COVER_ENTRY "100644 vector"

struct _SatTake
{
  git_repository *from; /* borrowed, as TO */
  git_repository *to;
  GArray *objects; /* git_oid */
};

SatTake *
sat_take_new (git_repository *from, git_repository *to)
{
  SatTake *take = g_new0 (SatTake, 1);

  take->from = from;
  take->to = to;
  take->objects = g_array_new (FALSE, FALSE, sizeof (git_oid));
  return take;
}

void
sat_take_free (SatTake *take)
{
  if (take == NULL)
    return;
  g_array_unref (take->objects);
  g_free (take);
}

/* Is there a text of at most MAX bytes? Nothing of it is read. */
static gboolean
check_blob (SatTake *take, const git_oid *blob, gsize max, GError **error)
{
  g_autoptr (git_odb) odb = NULL;
  git_object_t type = GIT_OBJECT_INVALID;
  char hex[SAT_GIT_HEX + 1];
  size_t size = 0;

  git_oid_tostr (hex, sizeof hex, blob);
  if (git_repository_odb (&odb, take->from) < 0 ||
      git_odb_read_header (&size, &type, odb, blob) < 0)
    return sat_fail (error, SAT_ERROR_MALFORMED, N_ ("the object %s is missing"), hex, NULL);
  if (type == GIT_OBJECT_BLOB && size <= max)
    return TRUE;
  return sat_fail (error, SAT_ERROR_MALFORMED,
                   type != GIT_OBJECT_BLOB ? N_ ("the object %s is of the wrong kind")
                                           : N_ ("the object %s is too large"),
                   hex, NULL);
}

static gboolean
check_files (SatTake *take, const SatChangeTree *tree, GArray *objects, GError **error)
{
  g_autoptr (GArray) list = NULL;
  git_oid folder;

  git_oid_fromraw (&folder, tree->files);
  list = sat_commit_files_list (take->from, &folder, error);
  if (list == NULL)
    return FALSE;
  g_array_append_val (objects, folder);
  for (guint i = 0; i < list->len; i++)
    {
      const git_oid *blob = &g_array_index (list, SatCommitFile, i).blob;

      if (!check_blob (take, blob, SAT_FILE_MAX, error))
        return FALSE;
      g_array_append_vals (objects, blob, 1);
    }
  return TRUE;
}

/* Adds what is in TREE, which OBJECTS has already. */
static gboolean
check_change_set (SatTake *take, const git_oid *tree, GArray *objects, GError **error)
{
  g_autoptr (GBytes) bytes = sat_git_read (take->from, tree, GIT_OBJECT_TREE, SAT_TREE_MAX, error);
  SatChangeTree found;
  git_oid blob;

  if (bytes == NULL)
    return FALSE;
  if (!sat_tree_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &found))
    return sat_fail (error, SAT_ERROR_MALFORMED,
                     N_ ("the commit does not hold exactly one file “NUMBER.changes”"), NULL);
  git_oid_fromraw (&blob, found.text);
  g_array_append_val (objects, blob);
  return check_blob (take, &blob, SAT_CHANGE_SET_MAX_BYTES, error) &&
         (!found.has_files || check_files (take, &found, objects, error));
}

/* What is planned from place FROM on is not to be copied: something before it is wrong. */
static void
give_up (SatTake *take, guint from, GError **problem, GError *what)
{
  what->code = SAT_ERROR_MALFORMED;
  g_array_set_size (take->objects, from);
  g_clear_error (problem);
  g_propagate_error (problem, what);
}

gboolean
sat_take_branch (SatTake *take,
                 const git_oid *tip,
                 gboolean (*check) (gpointer data, GError **error),
                 gpointer data,
                 git_oid *last,
                 GError **problem,
                 GError **error)
{
  const guint begin = take->objects->len;
  gboolean is_next = TRUE; /* the next one is the last that is good, as far as is known */
  gboolean has_parent = TRUE;
  git_oid at = *tip;

  memset (last, 0, sizeof *last);
  for (guint64 n = 0; has_parent; n++)
    {
      git_oid id = at;
      git_oid tree;
      GError *local = NULL;

      if (n % CHECK_EVERY == 0 && check != NULL && !check (data, error))
        return FALSE;
      if (is_next)
        *last = id;
      is_next = FALSE;
      if (sat_git_has (take->to, &id))
        return TRUE;
      if (!sat_commit_links (take->from, &id, &tree, &at, &has_parent, &local))
        {
          give_up (take, begin, problem, local);
          memset (last, 0, sizeof *last);
          return TRUE;
        }
      g_array_append_val (take->objects, id);
      g_array_append_val (take->objects, tree);
      if (check_change_set (take, &tree, take->objects, &local))
        continue;
      give_up (take, begin, problem, local);
      memset (last, 0, sizeof *last);
      is_next = TRUE;
    }
  return TRUE;
}

gboolean
sat_take_cover (SatTake *take, const git_oid *tip)
{
  const gsize name = strlen (COVER_ENTRY) + 1;
  git_oid objects[3] = { *tip };
  git_oid parent;
  gboolean has_parent;
  g_autoptr (GBytes) tree = NULL;

  if (!sat_commit_links (take->from, tip, &objects[1], &parent, &has_parent, NULL) || has_parent)
    return FALSE;
  tree = sat_git_read (take->from, &objects[1], GIT_OBJECT_TREE, SAT_TREE_MAX, NULL);
  if (tree == NULL || g_bytes_get_size (tree) != name + SAT_GIT_RAW ||
      memcmp (g_bytes_get_data (tree, NULL), COVER_ENTRY, name) != 0)
    return FALSE;
  git_oid_fromraw (&objects[2], (const guint8 *) g_bytes_get_data (tree, NULL) + name);
  if (!check_blob (take, &objects[2], COVER_MAX, NULL))
    return FALSE;
  g_array_append_vals (take->objects, objects, G_N_ELEMENTS (objects));
  return TRUE;
}

/* ---- checkpoints ---- */

#define CHECKPOINT_DEPTH 3 /* state/customer/0a */
#define CHECKPOINT_FILES (2 * SAT_CHECKPOINT_MAX_SHARDS + 2)
#define CHECKPOINT_BYTES (G_GUINT64_CONSTANT (16) << 30) /* of all texts */

typedef struct
{
  SatTake *take;
  gboolean (*check) (gpointer data, GError **error);
  gpointer data;
  GHashTable *seen; /* git_oid of folders, owned by FOLDERS */
  GPtrArray *folders;
  GArray *depths; /* guint, of FOLDERS */
  guint64 files, bytes;
} Tree;

static gboolean
fail_tree (const git_oid *id, gboolean missing, GError **error)
{
  char hex[SAT_GIT_HEX + 1];

  git_oid_tostr (hex, sizeof hex, id);
  return missing
             ? sat_fail (error, SAT_ERROR_NOT_FOUND, N_ ("the object %s is missing"), hex, NULL)
             : sat_fail (error, SAT_ERROR_MALFORMED,
                         N_ ("“%s” on the hub is no checkpoint: more or larger than one can be"),
                         hex, NULL);
}

static void
add_folder (Tree *tree, const git_oid *id, guint depth)
{
  git_oid *copy;

  if (g_hash_table_contains (tree->seen, id))
    return;
  copy = g_memdup2 (id, sizeof *id);
  g_ptr_array_add (tree->folders, copy);
  g_array_append_val (tree->depths, depth);
  g_hash_table_add (tree->seen, copy);
}

static gboolean
take_entry (Tree *tree, const git_tree_entry *entry, guint depth, GError **error)
{
  const git_oid *id = git_tree_entry_id (entry);
  git_filemode_t mode = git_tree_entry_filemode (entry);
  g_autoptr (git_odb) odb = NULL;
  git_object_t type = GIT_OBJECT_INVALID;
  size_t size = 0;
  int code;

  if (mode == GIT_FILEMODE_TREE && depth < CHECKPOINT_DEPTH)
    {
      add_folder (tree, id, depth + 1);
      return TRUE;
    }
  code = git_repository_odb (&odb, tree->take->from);
  if (code == 0)
    code = git_odb_read_header (&size, &type, odb, id);
  if (code < 0)
    return fail_tree (id, TRUE, error);
  tree->bytes += size;
  if (mode != GIT_FILEMODE_BLOB || type != GIT_OBJECT_BLOB || size > SAT_CHECKPOINT_MAX_BYTES ||
      ++tree->files > CHECKPOINT_FILES || tree->bytes > CHECKPOINT_BYTES)
    return fail_tree (id, FALSE, error);
  g_array_append_val (tree->take->objects, *id);
  return TRUE;
}

static gboolean
take_folder (Tree *tree, const git_oid *id, guint depth, GError **error)
{
  g_autoptr (GBytes) bytes = sat_git_read (tree->take->from, id, GIT_OBJECT_TREE,
                                           SAT_CHECKPOINT_MAX_BYTES, error);
  git_tree *folder = NULL;
  gboolean ok = TRUE;

  if (bytes == NULL)
    return FALSE;
  if (git_tree_lookup (&folder, tree->take->from, id) < 0)
    return fail_tree (id, FALSE, error);
  g_array_append_val (tree->take->objects, *id);
  for (size_t i = 0; ok && i < git_tree_entrycount (folder); i++)
    ok = (i % CHECK_EVERY != 0 || tree->check == NULL || tree->check (tree->data, error)) &&
         take_entry (tree, git_tree_entry_byindex (folder, i), depth, error);
  git_tree_free (folder);
  return ok;
}

static guint
hash_oid (gconstpointer id)
{
  guint hash;

  memcpy (&hash, id, sizeof hash);
  return hash;
}

static gboolean
equal_oids (gconstpointer a, gconstpointer b)
{
  return git_oid_equal (a, b);
}

gboolean
sat_take_checkpoint (SatTake *take,
                     const git_oid *id,
                     gboolean (*check) (gpointer data, GError **error),
                     gpointer data,
                     GError **error)
{
  Tree tree = { .take = take, .check = check, .data = data };
  const guint begin = take->objects->len;
  gboolean has_parent = FALSE;
  gboolean ok = TRUE;
  git_oid root, parent;

  if (!sat_commit_links (take->from, id, &root, &parent, &has_parent, error))
    return FALSE;
  if (has_parent)
    return fail_tree (id, FALSE, error);
  tree.seen = g_hash_table_new (hash_oid, equal_oids);
  tree.folders = g_ptr_array_new_with_free_func (g_free);
  tree.depths = g_array_new (FALSE, FALSE, sizeof (guint));
  g_array_append_val (take->objects, *id);
  add_folder (&tree, &root, 0);
  for (guint i = 0; ok && i < tree.folders->len; i++)
    ok = take_folder (&tree, tree.folders->pdata[i], g_array_index (tree.depths, guint, i), error);
  if (!ok)
    g_array_set_size (take->objects, begin);
  g_hash_table_unref (tree.seen);
  g_ptr_array_unref (tree.folders);
  g_array_unref (tree.depths);
  return ok;
}

gboolean
sat_take_run (SatTake *take, guint64 *bytes, GError **error)
{
  return sat_packs_copy_objects (take->from, take->to, take->objects, bytes, error);
}
