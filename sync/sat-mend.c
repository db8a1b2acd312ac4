/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/sat-mend.h"

#include <git2/sys/odb_backend.h>
#include <git2/sys/repository.h>
#include <glib/gstdio.h>
#include <string.h>

#include "core/base/sat-crash.h"
#include "sync/sat-checkpoint-ref.h"
#include "sync/sat-commit-text.h"
#include "sync/sat-packs.h"

/* Refs are files below refs/heads/BOOK/DEVICE/. */
#define REF_DEPTH 4

typedef struct
{
  SatSyncJob *job;
  git_repository *hub;
  git_odb *odb;        /* of the hub */
  git_repository *all; /* see open_all */
  git_odb *all_odb;
  GHashTable *seen; /* git_oid that was looked at */
  GHashTable *bad;  /* git_oid that is missing or damaged in the hub */
  GPtrArray *refs;  /* names of our shapes */
  SatMended *out;
} Mend;

static void
mend_clear (Mend *mend)
{
  g_clear_pointer (&mend->seen, g_hash_table_unref);
  g_clear_pointer (&mend->bad, g_hash_table_unref);
  g_clear_pointer (&mend->refs, g_ptr_array_unref);
  g_clear_pointer (&mend->odb, git_odb_free);
  g_clear_pointer (&mend->hub, git_repository_free);
  g_clear_pointer (&mend->all_odb, git_odb_free);
  g_clear_pointer (&mend->all, git_repository_free);
}

static guint
oid_hash (gconstpointer id)
{
  guint hash;

  memcpy (&hash, ((const git_oid *) id)->id, sizeof hash);
  return hash;
}

static gboolean
oid_equal (gconstpointer a, gconstpointer b)
{
  return git_oid_equal (a, b);
}

static gboolean
fail_hub (SatSyncJob *job, GError **error, int code)
{
  return sat_sync_job_fail (job, error, code, N_ ("cannot mend the hub “%s”: %s"));
}

/* ---- refs that cannot be read ---- */

static gboolean
is_ref_file (const char *path)
{
  g_autofree char *text = NULL;
  gsize length = 0;

  if (!g_file_get_contents (path, &text, &length, NULL))
    return TRUE; /* not ours to judge */
  if (g_str_has_prefix (text, "ref: "))
    return TRUE;
  return length >= SAT_GIT_HEX && strspn (text, "0123456789abcdef") == SAT_GIT_HEX &&
         (length == SAT_GIT_HEX || text[SAT_GIT_HEX] == '\n');
}

static void
remove_bad_refs (const char *dir_path, guint depth)
{
  g_autoptr (GDir) dir = g_dir_open (dir_path, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (dir_path, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        {
          if (depth > 0)
            remove_bad_refs (path, depth - 1);
        }
      else if (!g_str_has_suffix (name, ".lock") && !is_ref_file (path))
        g_unlink (path);
    }
}

/* Is every line of packed-refs what git writes? If not the file goes aside: what it named comes
 * back from here and from the others. */
static void
put_aside_packed_refs (const char *hub)
{
  g_autofree char *path = g_build_filename (hub, "packed-refs", NULL);
  g_autofree char *aside = g_strconcat (path, ".damaged", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return;
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0' && *lines[i] != '#' && *lines[i] != '^' &&
        (strspn (lines[i], "0123456789abcdef") != SAT_GIT_HEX || lines[i][SAT_GIT_HEX] != ' ' ||
         !g_str_is_ascii (lines[i])))
      {
        g_rename (path, aside);
        return;
      }
}

void
sat_mend_refs (SatSyncJob *job)
{
  g_autofree char *heads = g_build_filename (job->hub, "refs", "heads", NULL);

  remove_bad_refs (heads, REF_DEPTH);
  put_aside_packed_refs (job->hub);
}

/* ---- reading everything ---- */

static int
add_objects (git_odb *odb, const char *repository, int priority)
{
  g_autofree char *objects = g_build_filename (repository, "objects", NULL);
  git_odb_backend *packs = NULL;
  git_odb_backend *loose = NULL;
  int code = git_odb_backend_pack (&packs, objects);

  if (code == 0)
    code = git_odb_add_backend (odb, packs, priority + 1);
  if (code == 0)
    code = git_odb_backend_loose (&loose, objects, -1, 0, 0, 0);
  return code == 0 ? git_odb_add_backend (odb, loose, priority) : code;
}

/* A handle on inbox of its own, which sees what is in outbox and in the hub, too, the hub last: the
 * first copy that is found is the one that is read. */
static int
open_all (SatSyncJob *job, git_repository **out)
{
  g_autoptr (git_odb) odb = NULL;
  int code = git_repository_open_bare (out, git_repository_path (job->inbox));

  if (code == 0)
    code = git_odb_new (&odb);
  if (code == 0)
    code = add_objects (odb, git_repository_path (job->inbox), 50);
  if (code == 0)
    code = add_objects (odb, git_repository_path (job->outbox), 40);
  if (code == 0)
    code = add_objects (odb, job->hub, 10);
  return code == 0 ? git_repository_set_odb (*out, odb) : code;
}

/* The object, if it is sound. */
static git_odb_object *
read_sound (git_odb *odb, const git_oid *id)
{
  git_odb_object *object = NULL;

  return git_odb_read (&object, odb, id) == 0 ? object : NULL;
}

static void
push_oid (GPtrArray *stack, const git_oid *id)
{
  g_ptr_array_add (stack, sat_oid_dup (id));
}

/* What OBJECT names goes on STACK. */
static void
push_children (git_repository *repo, git_odb_object *object, GPtrArray *stack)
{
  const git_oid *id = git_odb_object_id (object);
  git_commit *commit = NULL;
  git_tree *tree = NULL;

  if (git_odb_object_type (object) == GIT_OBJECT_COMMIT &&
      git_commit_lookup (&commit, repo, id) == 0)
    {
      push_oid (stack, git_commit_tree_id (commit));
      for (unsigned int i = 0; i < git_commit_parentcount (commit); i++)
        push_oid (stack, git_commit_parent_id (commit, i));
    }
  else if (git_odb_object_type (object) == GIT_OBJECT_TREE &&
           git_tree_lookup (&tree, repo, id) == 0)
    for (size_t i = 0; i < git_tree_entrycount (tree); i++)
      push_oid (stack, git_tree_entry_id (git_tree_entry_byindex (tree, i)));
  git_commit_free (commit);
  git_tree_free (tree);
}

/* Looks at one object: a bad one is noted, and what is here of it leads on. FALSE: it is bad. */
static gboolean
check_one (Mend *mend, const git_oid *id, GPtrArray *stack)
{
  git_odb_object *object = read_sound (mend->odb, id);
  gboolean sound = object != NULL;

  if (!sound)
    {
      g_hash_table_add (mend->bad, sat_oid_dup (id));
      object = read_sound (mend->all_odb, id);
    }
  if (object != NULL)
    push_children (mend->all, object, stack);
  git_odb_object_free (object);
  return sound;
}

/* Everything below TIP that was not looked at before; *WHOLE: all of that is sound. Objects that
 * are bad are in mend->bad. FALSE only when stopped. */
static gboolean
check_from (Mend *mend, const git_oid *tip, gboolean *whole, GError **error)
{
  g_autoptr (GPtrArray) stack = g_ptr_array_new_with_free_func (g_free);

  *whole = TRUE;
  push_oid (stack, tip);
  while (stack->len > 0)
    {
      git_oid *id = g_ptr_array_steal_index_fast (stack, stack->len - 1);

      if (!g_hash_table_add (mend->seen, id))
        {
          *whole = *whole && !g_hash_table_contains (mend->bad, id);
          continue;
        }
      if (!check_one (mend, id, stack))
        *whole = FALSE;
      if (!sat_sync_job_check (mend->job, error))
        return FALSE;
    }
  return TRUE;
}

/* FALSE only when stopped. *WHOLE: every branch is sound. */
static gboolean
check_all (Mend *mend, gboolean *whole, GError **error)
{
  *whole = TRUE;
  for (guint i = 0; i < mend->refs->len; i++)
    {
      gboolean one = TRUE;
      git_oid tip;

      if (sat_git_ref (mend->hub, mend->refs->pdata[i], &tip) &&
          !check_from (mend, &tip, &one, error))
        return FALSE;
      *whole = *whole && one;
      sat_sync_job_progress (mend->job, i + 1, mend->refs->len);
    }
  return TRUE;
}

/* ---- putting back ---- */

static void
remove_loose (Mend *mend, const git_oid *id)
{
  char hex[GIT_OID_HEXSZ + 1];
  g_autofree char *path = NULL;

  git_oid_tostr (hex, sizeof hex, id);
  path = g_strdup_printf ("%s/objects/%.2s/%s", mend->job->hub, hex, hex + 2);
  g_chmod (path, 0600);
  g_unlink (path);
}

typedef struct
{
  git_packbuilder *builder;
  git_odb *odb; /* of all that is here and there */
  GHashTable *bad;
  gboolean holds_bad;
} Salvage;

static int
insert_sound (const git_oid *id, void *data)
{
  Salvage *salvage = data;
  git_odb_object *object = read_sound (salvage->odb, id);

  if (object == NULL)
    {
      salvage->holds_bad = TRUE;
      return 0;
    }
  git_odb_object_free (object);
  salvage->holds_bad = salvage->holds_bad || g_hash_table_contains (salvage->bad, id);
  return git_packbuilder_insert (salvage->builder, id, NULL);
}

static int
find_bad (const git_oid *id, void *data)
{
  Salvage *salvage = data;

  if (g_hash_table_contains (salvage->bad, id))
    salvage->holds_bad = TRUE;
  return 0;
}

/* For each object of the pack with that index; an index that cannot be read counts as bad. */
static void
each_of_pack (const char *index, git_odb_foreach_cb each, Salvage *salvage)
{
  g_autoptr (git_odb) odb = NULL;
  git_odb_backend *backend = NULL;

  if (git_odb_new (&odb) < 0 || git_odb_backend_one_pack (&backend, index) < 0 ||
      git_odb_add_backend (odb, backend, 1) < 0 || git_odb_foreach (odb, each, salvage) < 0)
    salvage->holds_bad = TRUE;
}

static GPtrArray *
pack_indexes (const char *dir_path)
{
  GPtrArray *out = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (dir_path, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, "pack-") && g_str_has_suffix (name, ".idx"))
      g_ptr_array_add (out, g_build_filename (dir_path, name, NULL));
  return out;
}

static void
move_aside (const char *hub, const char *index)
{
  g_autofree char *folder = g_build_filename (hub, "damaged", NULL);
  g_autofree char *stem = g_strndup (index, strlen (index) - strlen (".idx"));
  static const char *const ends[] = { ".idx", ".pack" };

  g_mkdir_with_parents (folder, 0700);
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *from = g_strconcat (stem, ends[i], NULL);
      g_autofree char *name = g_path_get_basename (from);
      g_autofree char *to = g_build_filename (folder, name, NULL);

      g_rename (from, to);
    }
}

/* Writes one pack of all bad objects that are here and of all that can be read of the packs that
 * hold one, and puts these aside. */
static int
put_back (Mend *mend)
{
  g_autofree char *dir = g_build_filename (mend->job->hub, "objects", "pack", NULL);
  g_autoptr (GPtrArray) indexes = pack_indexes (dir);
  g_autoptr (GPtrArray) damaged = g_ptr_array_new ();
  g_autoptr (git_packbuilder) builder = NULL;
  Salvage salvage = { .bad = mend->bad, .odb = mend->all_odb };
  GHashTableIter iter;
  gpointer id;
  int code = git_packbuilder_new (&builder, mend->all);

  if (code < 0)
    return code;
  salvage.builder = builder;
  for (guint i = 0; i < indexes->len; i++)
    {
      salvage.holds_bad = FALSE;
      each_of_pack (indexes->pdata[i], find_bad, &salvage);
      if (!salvage.holds_bad)
        continue;
      each_of_pack (indexes->pdata[i], insert_sound, &salvage);
      g_ptr_array_add (damaged, indexes->pdata[i]);
    }
  g_hash_table_iter_init (&iter, mend->bad);
  while (code == 0 && g_hash_table_iter_next (&iter, &id, NULL))
    {
      git_odb_object *object = read_sound (mend->all_odb, id);

      if (object == NULL)
        continue;
      git_odb_object_free (object);
      mend->out->objects++;
      code = git_packbuilder_insert (builder, id, NULL);
    }
  g_mkdir_with_parents (dir, 0777);
  if (code == 0 && git_packbuilder_object_count (builder) > 0)
    code = git_packbuilder_write (builder, dir, 0, NULL, NULL);
  sat_durable_step ("objects put back");
  for (guint i = 0; code == 0 && i < damaged->len; i++)
    move_aside (mend->job->hub, damaged->pdata[i]);
  g_hash_table_iter_init (&iter, mend->bad);
  while (code == 0 && g_hash_table_iter_next (&iter, &id, NULL))
    remove_loose (mend, id);
  return code;
}

/* Branches that are still not whole go back to what is here, or away: as they are their device
 * would take them for complete. */
static gboolean
set_back (Mend *mend, GError **error)
{
  for (guint i = 0; i < mend->refs->len; i++)
    {
      const char *ref = mend->refs->pdata[i];
      const git_oid *ours = g_hash_table_lookup (mend->job->tips, ref);
      gboolean whole = TRUE;
      git_oid tip;

      if (!sat_git_ref (mend->hub, ref, &tip))
        continue;
      g_hash_table_remove_all (mend->seen);
      if (!check_from (mend, &tip, &whole, error))
        return FALSE;
      if (whole)
        continue;
      mend->out->branches++;
      if (ours && !git_oid_equal (ours, &tip) &&
          sat_packs_copy (mend->job->inbox, mend->hub, ours, NULL, NULL, NULL))
        {
          if (!sat_git_set_ref (mend->hub, ref, ours, error))
            return FALSE;
        }
      else if (!sat_git_delete_ref (mend->hub, ref, error))
        return FALSE;
      sat_durable_step ("branch of the hub set back");
    }
  return TRUE;
}

/* ---- all of it ---- */

static gboolean
open_hub (Mend *mend, GError **error)
{
  g_autoptr (GPtrArray) refs = NULL;
  int code;

  g_clear_pointer (&mend->odb, git_odb_free);
  g_clear_pointer (&mend->hub, git_repository_free);
  code = git_repository_open_ext (&mend->hub, mend->job->hub, GIT_REPOSITORY_OPEN_NO_SEARCH, NULL);
  if (code == 0)
    code = git_repository_odb (&mend->odb, mend->hub);
  if (code < 0)
    return fail_hub (mend->job, error, code);
  refs = sat_git_list_refs (mend->hub, "refs/heads/*", error);
  if (refs == NULL)
    return FALSE;
  g_ptr_array_set_size (mend->refs, 0);
  for (guint i = 0; i < refs->len; i++)
    {
      SatBranch branch;
      SatCheckpointRef checkpoint;

      if (sat_branch_parse (refs->pdata[i], &branch) ||
          sat_checkpoint_ref_parse (refs->pdata[i], &checkpoint))
        g_ptr_array_add (mend->refs, g_strdup (refs->pdata[i]));
    }
  return TRUE;
}

/* What is in the hub now, and what is here. */
static gboolean
look_again (Mend *mend, gboolean *whole, GError **error)
{
  int code;

  *whole = FALSE;
  g_clear_pointer (&mend->all_odb, git_odb_free);
  g_clear_pointer (&mend->all, git_repository_free);
  g_hash_table_remove_all (mend->seen);
  g_hash_table_remove_all (mend->bad);
  code = open_all (mend->job, &mend->all);
  if (code == 0)
    code = git_repository_odb (&mend->all_odb, mend->all);
  if (code < 0)
    return fail_hub (mend->job, error, code);
  return open_hub (mend, error) && check_all (mend, whole, error);
}

static gboolean
mend_all (Mend *mend, GError **error)
{
  gboolean whole;
  int code;

  sat_mend_refs (mend->job);
  if (!look_again (mend, &whole, error))
    return FALSE;
  if (whole)
    return TRUE;
  code = put_back (mend);
  if (code < 0)
    return fail_hub (mend->job, error, code);
  if (!look_again (mend, &whole, error))
    return FALSE;
  return whole || set_back (mend, error);
}

gboolean
sat_mend (SatSyncJob *job, SatMended *out, GError **error)
{
  Mend mend = { .job = job, .out = out };
  gboolean ok;

  *out = (SatMended){ 0 };
  mend.seen = g_hash_table_new_full (oid_hash, oid_equal, g_free, NULL);
  mend.bad = g_hash_table_new_full (oid_hash, oid_equal, g_free, NULL);
  mend.refs = g_ptr_array_new_with_free_func (g_free);
  ok = mend_all (&mend, error);
  mend_clear (&mend);
  return ok;
}
