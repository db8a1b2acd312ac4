/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/sat-packs.h"

#include <git2/sys/odb_backend.h>
#include <glib/gstdio.h>
#include <string.h>

#include "core/base/sat-crash.h"

/* Of a pack that is being written, as libgit2 calls it. */
#define UNFINISHED "pack_git2_"
/* Packs above this size are left alone: writing them again would cost more than they do. */
#define SMALL_PACK ((goffset) 64 * 1024 * 1024)

static char *
pack_dir (git_repository *repo)
{
  return g_build_filename (git_repository_path (repo), "objects", "pack", NULL);
}

static int
write_pack (git_packbuilder *builder,
            git_repository *to,
            git_indexer_progress_cb progress,
            void *payload)
{
  g_autofree char *dir = pack_dir (to);
  g_autoptr (git_odb) odb = NULL;
  int code;

  if (git_packbuilder_object_count (builder) == 0)
    return 0;
  g_mkdir_with_parents (dir, 0777);
  git_packbuilder_set_threads (builder, 0);
  code = git_packbuilder_write (builder, dir, 0, progress, payload);
  if (code == 0)
    code = git_repository_odb (&odb, to);
  if (code == 0)
    code = git_odb_refresh (odb);
  return code;
}

/* Of the pack that was written; 0 if there was nothing to write. */
static guint64
pack_size (git_packbuilder *builder, git_repository *to)
{
  const char *name = git_packbuilder_name (builder);
  g_autofree char *dir = pack_dir (to);
  g_autofree char *path = g_strdup_printf ("%s/pack-%s.pack", dir, name ? name : "");
  GStatBuf info;

  return name && g_stat (path, &info) == 0 ? (guint64) info.st_size : 0;
}

static int
collect (git_repository *from,
         const GPtrArray *tips,
         const GPtrArray *hide,
         git_packbuilder *builder)
{
  g_autoptr (git_revwalk) walk = NULL;
  int code = git_revwalk_new (&walk, from);

  for (guint i = 0; code == 0 && i < tips->len; i++)
    code = git_revwalk_push (walk, tips->pdata[i]);
  for (guint i = 0; code == 0 && i < hide->len; i++)
    if (sat_git_has (from, hide->pdata[i]))
      code = git_revwalk_hide (walk, hide->pdata[i]);
  return code == 0 ? git_packbuilder_insert_walk (builder, walk) : code;
}

static gboolean
finish_copy (git_packbuilder *builder, int code, git_repository *to, guint64 *bytes, GError **error)
{
  if (code == 0)
    code = write_pack (builder, to, NULL, NULL);
  if (code < 0)
    return sat_git_fail (error, code, N_ ("cannot copy commits to the local repository “%s”: %s"),
                         git_repository_path (to));
  if (bytes)
    *bytes += pack_size (builder, to);
  return TRUE;
}

gboolean
sat_packs_copy_objects (
    git_repository *from, git_repository *to, const GArray *objects, guint64 *bytes, GError **error)
{
  g_autoptr (git_packbuilder) builder = NULL;
  int code = git_packbuilder_new (&builder, from);

  for (guint i = 0; code == 0 && i < objects->len; i++)
    code = git_packbuilder_insert (builder, &g_array_index (objects, git_oid, i), NULL);
  return finish_copy (builder, code, to, bytes, error);
}

int
sat_packs_write (git_repository *from,
                 git_repository *to,
                 const GPtrArray *tips,
                 const GPtrArray *hide,
                 const git_remote_callbacks *callbacks)
{
  g_autoptr (git_packbuilder) builder = NULL;
  int code = git_packbuilder_new (&builder, from);

  if (code == 0)
    code = git_packbuilder_set_callbacks (builder, callbacks->pack_progress, callbacks->payload);
  if (code == 0)
    code = collect (from, tips, hide, builder);
  if (code == 0)
    code = write_pack (builder, to, callbacks->transfer_progress, callbacks->payload);
  return code;
}

gboolean
sat_packs_stream (git_repository *from,
                  const GPtrArray *tips,
                  const GPtrArray *hide,
                  int (*each) (void *data, size_t size, void *payload),
                  gpointer payload,
                  GError **error)
{
  g_autoptr (git_packbuilder) builder = NULL;
  int code = git_packbuilder_new (&builder, from);

  if (code == 0)
    code = collect (from, tips, hide, builder);
  if (code == 0)
    git_packbuilder_set_threads (builder, 0);
  if (code == 0)
    code = git_packbuilder_foreach (builder, each, payload);
  return code == 0 || sat_git_fail (error, code, N_ ("cannot read the local repository “%s”: %s"),
                                    git_repository_path (from));
}

static gboolean
copy_all (git_repository *from,
          git_repository *to,
          const GPtrArray *tips,
          const GPtrArray *hide,
          guint64 *bytes,
          GError **error)
{
  g_autoptr (git_packbuilder) builder = NULL;
  int code = git_packbuilder_new (&builder, from);

  if (code == 0)
    code = collect (from, tips, hide, builder);
  return finish_copy (builder, code, to, bytes, error);
}

gboolean
sat_packs_copy (git_repository *from,
                git_repository *to,
                const git_oid *tip,
                const git_oid *hide,
                guint64 *bytes,
                GError **error)
{
  g_autoptr (GPtrArray) tips = g_ptr_array_new ();
  g_autoptr (GPtrArray) hidden = g_ptr_array_new ();

  g_ptr_array_add (tips, (gpointer) tip);
  if (hide != NULL)
    g_ptr_array_add (hidden, (gpointer) hide);
  return copy_all (from, to, tips, hidden, bytes, error);
}

/* ---- putting packs together ---- */

/* Paths of the small packs' indexes; *TOTAL counts all packs. What a process that was killed left
 * of a pack goes: only the holder of the sync lock writes here. */
static GPtrArray *
small_packs (const char *dir_path, guint *total)
{
  GPtrArray *indexes = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (dir_path, 0, NULL);
  const char *name;

  *total = 0;
  while (dir && (name = g_dir_read_name (dir)) != NULL)
    {
      GStatBuf info;

      if (g_str_has_prefix (name, UNFINISHED))
        {
          g_autofree char *path = g_build_filename (dir_path, name, NULL);

          g_unlink (path);
        }
      if (!g_str_has_prefix (name, "pack-") || !g_str_has_suffix (name, ".idx"))
        continue;
      (*total)++;

      g_autofree char *stem = g_strndup (name, strlen (name) - strlen (".idx"));
      g_autofree char *pack = g_strconcat (dir_path, "/", stem, ".pack", NULL);

      if (g_stat (pack, &info) == 0 && info.st_size <= SMALL_PACK)
        g_ptr_array_add (indexes, g_build_filename (dir_path, name, NULL));
    }
  return indexes;
}

static int
insert_object (const git_oid *id, void *builder)
{
  return git_packbuilder_insert (builder, id, NULL);
}

/* The pack with INDEX alone. */
static int
open_pack (const char *index, git_odb **out)
{
  git_odb_backend *backend = NULL;
  int code = git_odb_new (out);

  if (code == 0)
    code = git_odb_backend_one_pack (&backend, index);
  return code == 0 ? git_odb_add_backend (*out, backend, 1) : code;
}

static int
insert_pack (git_packbuilder *builder, const char *index)
{
  g_autoptr (git_odb) odb = NULL;
  int code = open_pack (index, &odb);

  return code == 0 ? git_odb_foreach (odb, insert_object, builder) : code;
}

/* Other than 0 stops. */
static int
miss_object (const git_oid *id, void *odb)
{
  return git_odb_exists (odb, id) ? 0 : GIT_EUSER;
}

gboolean
sat_packs_contain (const char *index, const char *part)
{
  g_autoptr (git_odb) whole = NULL;
  g_autoptr (git_odb) odb = NULL;

  return open_pack (index, &whole) == 0 && open_pack (part, &odb) == 0 &&
         git_odb_foreach (odb, miss_object, whole) == 0;
}

/* The index goes first: a pack without one is not looked at. */
static void
remove_pack (const char *index, const char *kept_stem)
{
  g_autofree char *stem = g_strndup (index, strlen (index) - strlen (".idx"));
  g_autofree char *pack = g_strconcat (stem, ".pack", NULL);

  if (g_strcmp0 (stem, kept_stem) == 0)
    return;
  g_unlink (index);
  g_unlink (pack);
}

gboolean
sat_packs_consolidate (git_repository *repo, guint max, GError **error)
{
  g_autofree char *dir = pack_dir (repo);
  guint total;
  g_autoptr (GPtrArray) indexes = small_packs (dir, &total);
  g_autoptr (git_packbuilder) builder = NULL;
  int code;

  if (total <= max || indexes->len < 2)
    return TRUE;
  code = git_packbuilder_new (&builder, repo);
  for (guint i = 0; i < indexes->len && code == 0; i++)
    code = insert_pack (builder, g_ptr_array_index (indexes, i));
  if (code == 0)
    code = write_pack (builder, repo, NULL, NULL);
  if (code < 0)
    return sat_git_fail (error, code, N_ ("cannot tidy the repository “%s”: %s"), dir);
  sat_durable_step ("packs written");

  g_autofree char *new_stem = g_strconcat (dir, "/pack-", git_packbuilder_name (builder), NULL);

  for (guint i = 0; i < indexes->len; i++)
    remove_pack (g_ptr_array_index (indexes, i), new_stem);
  return TRUE;
}

/* ---- what is left ---- */

/* What the refs of REPO point to. One that cannot be read, after a power cut or since it goes just
 * now, must not count as none: what it reaches would be given up. */
static GPtrArray *
list_tips (git_repository *repo, GPtrArray *refs, GError **error)
{
  g_autoptr (GPtrArray) tips = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < refs->len; i++)
    {
      git_oid id;

      if (!sat_git_ref (repo, refs->pdata[i], &id))
        {
          sat_git_fail (error, GIT_ENOTFOUND, N_ ("cannot tidy the repository “%s”: %s"),
                        git_repository_path (repo));
          return NULL;
        }
      g_ptr_array_add (tips, g_memdup2 (&id, sizeof id));
    }
  return g_steal_pointer (&tips);
}

char *
sat_packs_whole (git_repository *repo, GError **error)
{
  g_autoptr (GPtrArray) refs = sat_git_list_refs (repo, "refs/*", error);
  g_autoptr (GPtrArray) tips = refs ? list_tips (repo, refs, error) : NULL;
  g_autoptr (GPtrArray) hide = g_ptr_array_new ();
  g_autoptr (git_packbuilder) builder = NULL;
  int code;

  if (tips == NULL)
    return NULL;
  code = git_packbuilder_new (&builder, repo);
  if (code == 0)
    code = collect (repo, tips, hide, builder);
  if (code == 0)
    code = write_pack (builder, repo, NULL, NULL);
  if (code == 0)
    return g_strdup (git_packbuilder_name (builder));
  sat_git_fail (error, code, N_ ("cannot tidy the repository “%s”: %s"),
                git_repository_path (repo));
  return NULL;
}

static GPtrArray *
list_refs_but (git_repository *repo, GHashTable *without, GError **error)
{
  g_autoptr (GPtrArray) refs = sat_git_list_refs (repo, "refs/*", error);

  for (guint i = refs ? refs->len : 0; i > 0; i--)
    if (g_hash_table_contains (without, refs->pdata[i - 1]))
      g_ptr_array_remove_index (refs, i - 1);
  return g_steal_pointer (&refs);
}

/* All refs of FROM but for WITHOUT, with what they reach. */
static gboolean
copy_reached (git_repository *from, git_repository *to, GHashTable *without, GError **error)
{
  g_autoptr (GPtrArray) refs = list_refs_but (from, without, error);
  g_autoptr (GPtrArray) tips = refs ? list_tips (from, refs, error) : NULL;
  g_autoptr (GPtrArray) hide = g_ptr_array_new ();

  if (tips == NULL || !copy_all (from, to, tips, hide, NULL, error))
    return FALSE;
  for (guint i = 0; i < refs->len; i++)
    {
      git_oid id;

      if (sat_git_ref (from, refs->pdata[i], &id) &&
          !sat_git_set_ref (to, refs->pdata[i], &id, error))
        return FALSE;
    }
  sat_git_pack_refs (to);
  return TRUE;
}

/* Files like "places", which is not git's. */
static void
keep_files (const char *from, const char *to)
{
  static const char *const names[] = { "places" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *old = g_build_filename (from, names[i], NULL);
      g_autofree char *new = g_build_filename (to, names[i], NULL);

      g_rename (old, new);
    }
}

gboolean
sat_packs_prune (git_repository **repo, GHashTable *without, GError **error)
{
  g_autofree char *path = g_canonicalize_filename (git_repository_path (*repo), NULL);
  g_autofree char *fresh_path = g_strconcat (path, ".fresh", NULL);
  g_autofree char *old_path = g_strconcat (path, ".old", NULL);
  git_repository *fresh;
  gboolean ok;

  sat_remove_tree (fresh_path);
  sat_remove_tree (old_path);
  fresh = sat_git_open_cache (fresh_path, FALSE, error);
  ok = fresh != NULL && copy_reached (*repo, fresh, without, error);
  git_repository_free (fresh);
  if (!ok)
    {
      sat_remove_tree (fresh_path);
      return FALSE;
    }
  g_clear_pointer (repo, git_repository_free);
  keep_files (path, fresh_path);
  if (g_rename (path, old_path) == 0)
    g_rename (fresh_path, path);
  sat_durable_step ("repository pruned");
  sat_remove_tree (fresh_path);
  sat_remove_tree (old_path);
  *repo = sat_git_open_cache (path, FALSE, error);
  return *repo != NULL;
}

/* ---- are they sound? ---- */

#define TRAILER 20

/* A pack ends with the SHA-1 of all before. */
static gboolean
is_whole (const char *path)
{
  g_autoptr (GMappedFile) map = g_mapped_file_new (path, FALSE, NULL);
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA1);
  gsize size = map ? g_mapped_file_get_length (map) : 0;
  const guchar *bytes = map ? (const guchar *) g_mapped_file_get_contents (map) : NULL;
  guint8 digest[TRAILER];
  gsize length = sizeof digest;

  if (size < TRAILER)
    return FALSE;
  for (gsize at = 0; at < size - TRAILER; at += G_MAXINT32)
    g_checksum_update (sum, bytes + at, (gssize) MIN (size - TRAILER - at, G_MAXINT32));
  g_checksum_get_digest (sum, digest, &length);
  return memcmp (digest, bytes + size - TRAILER, TRAILER) == 0;
}

char *
sat_packs_find_damaged (git_repository *repo)
{
  g_autofree char *folder = pack_dir (repo);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_str_has_prefix (name, "pack-") && g_str_has_suffix (name, ".pack") && !is_whole (path))
        return g_strdup (name);
    }
  return NULL;
}
