/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "replica.h"

#include <string.h>

#include "sync/sat-git.h"

#define START_MS 1773100000000

char *
world_path (const World *world, const char *name)
{
  return g_build_filename (world->dir, name, NULL);
}

SatPlatform *
world_platform (guint64 seed)
{
  return sat_platform_new_seeded (seed, START_MS + (gint64) seed * 1000);
}

char *
world_hub (World *world, const char *name, guint64 seed)
{
  static const char *const books[] = { "customers", "east", NULL };
  char *path = world_path (world, name);
  g_autoptr (SatPlatform) platform = world_platform (seed);
  g_autoptr (GError) error = NULL;
  g_autofree char *fingerprint = NULL;

  sat_sync_init_hub (path, platform, world->catalogue, "Acme", "CNY", books, &fingerprint, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (fingerprint, "SHA256:"));
  return path;
}

void
world_set_up (World *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  world->dir = g_dir_make_tmp ("satchel-world-XXXXXX", &error);
  g_assert_no_error (error);
  world->catalogue = sat_catalogue_default (&error);
  g_assert_no_error (error);
  world->hub = world_hub (world, "hub", 1);
}

void
world_tear_down (World *world, gconstpointer data)
{
  sat_remove_tree (world->dir);
  g_free (world->dir);
  g_free (world->hub);
  sat_catalogue_unref (world->catalogue);
}

SatWorkspace *
world_join (World *world, const char *name, const char *login, guint64 seed)
{
  g_autofree char *home = world_path (world, name);
  g_autoptr (SatPlatform) platform = world_platform (seed);
  g_autoptr (GError) error = NULL;
  SatWorkspace *workspace = sat_sync_join (home, platform, world->catalogue, world->hub, login,
                                           NULL, name, NULL, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return workspace;
}

SatWorkspace *
world_open (World *world, const char *name, guint64 seed)
{
  g_autofree char *home = world_path (world, name);
  g_autoptr (SatPlatform) platform = world_platform (seed);
  g_autoptr (GError) error = NULL;
  SatWorkspace *workspace = sat_workspace_open (home, platform, world->catalogue, &error);

  g_assert_no_error (error);
  return workspace;
}

SatSyncResult
world_sync (SatWorkspace *workspace)
{
  g_autoptr (GError) error = NULL;
  SatSyncResult result;

  sat_sync_run (workspace, 0, NULL, NULL, NULL, &result, &error);
  g_assert_no_error (error);
  return result;
}

static SatId
save (SatWorkspace *workspace, SatDraft *draft)
{
  g_autoptr (GError) error = NULL;
  SatId id;

  sat_workspace_save (workspace, draft, &id, &error);
  g_assert_no_error (error);
  return id;
}

static void
put (SatWorkspace *workspace, SatDraft *draft, const char *field, const char *value)
{
  g_autoptr (GError) error = NULL;
  const SatField *found = sat_workspace_field (workspace, sat_draft_object (draft), field, &error);

  g_assert_no_error (error);
  sat_draft_set_input (draft, found, value, &error);
  g_assert_no_error (error);
}

SatId
world_new (SatWorkspace *workspace,
           const char *object,
           const char *title,
           const char *field,
           const char *value)
{
  const SatObject *found = sat_workspace_object (workspace, object, NULL);
  g_autoptr (SatDraft) draft = sat_draft_new (found);

  sat_draft_set (draft, found->title, title);
  if (field)
    put (workspace, draft, field, value);
  return save (workspace, draft);
}

void
world_set (SatWorkspace *workspace,
           const char *object,
           const SatId *id,
           const char *field,
           const char *value)
{
  const SatObject *found = sat_workspace_object (workspace, object, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SatRecord) record = sat_workspace_load (workspace, found, id, &error);
  g_autoptr (SatDraft) draft = NULL;

  g_assert_no_error (error);
  draft = sat_draft_edit (record);
  put (workspace, draft, field, value);
  save (workspace, draft);
}

char *
world_get (SatWorkspace *workspace, const char *object, const SatId *id, const char *field)
{
  const SatObject *found = sat_workspace_object (workspace, object, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SatRecord) record = sat_workspace_load (workspace, found, id, &error);

  g_assert_no_error (error);
  return g_strdup (sat_record_get (record, sat_workspace_field (workspace, found, field, NULL)));
}

void
world_copy (const World *world, const char *from, const char *to)
{
  g_autofree char *source = world_path (world, from);
  g_autofree char *target = world_path (world, to);
  char *argv[] = { (char *) "cp", (char *) "-a", source, target, NULL };
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_sync (NULL, argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, NULL));
}

gint64
world_count (SatWorkspace *workspace, const char *object)
{
  SatQuery query = { .object = sat_workspace_object (workspace, object, NULL), .limit = -1 };

  return sat_workspace_count (workspace, &query, NULL);
}

char *
world_digest (SatWorkspace *workspace)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) digests = sat_workspace_digest (workspace, &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < digests->len; i++)
    {
      const SatDigest *one = g_ptr_array_index (digests, i);

      g_string_append_printf (text, "%s %s\n", one->book, one->digest);
    }
  return g_string_free (text, FALSE);
}

void
world_assert_same (SatWorkspace *a, SatWorkspace *b)
{
  g_autofree char *left = world_digest (a);
  g_autofree char *right = world_digest (b);

  g_assert_cmpstr (left, ==, right);
}

char *
world_git (const char *dir, ...)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
      G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  const char *word;
  char *out = NULL;
  va_list list;

  g_ptr_array_add (argv, (gpointer) "git");
  va_start (list, dir);
  while ((word = va_arg (list, const char *)) != NULL)
    g_ptr_array_add (argv, (gpointer) word);
  va_end (list);
  g_ptr_array_add (argv, NULL);
  g_subprocess_launcher_set_cwd (launcher, dir);
  g_subprocess_launcher_setenv (launcher, "GIT_CONFIG_NOSYSTEM", "1", TRUE);
  g_subprocess_launcher_setenv (launcher, "GIT_CONFIG_GLOBAL", "/dev/null", TRUE);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv->pdata, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &out, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (process));
  return out;
}
