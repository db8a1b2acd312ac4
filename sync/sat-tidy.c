/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/sat-tidy.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "core/base/sat-crash.h"
#include "sync/sat-hub.h"
#include "sync/sat-packs.h"

#define LOCK "satchel-tidy.lock"
/* A lock that is older than a new file by so much was left by a process that is gone. */
#define LOCK_OLD_S 86400

typedef struct
{
  char *stem; /* its path without ".pack" */
  gint64 time_s;
  guint64 size;
} Pack;

static void
pack_clear (gpointer data)
{
  g_free (((Pack *) data)->stem);
}

static GArray *
list_packs (const char *path)
{
  GArray *packs = g_array_new (FALSE, FALSE, sizeof (Pack));
  g_autofree char *folder = g_build_filename (path, "objects", "pack", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  g_array_set_clear_func (packs, pack_clear);
  while (dir && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (folder, name, NULL);
      GStatBuf info;
      Pack pack;

      if (!g_str_has_prefix (name, "pack-") || !g_str_has_suffix (name, ".pack") ||
          g_stat (file, &info) != 0)
        continue;
      pack = (Pack){ g_strndup (file, strlen (file) - strlen (".pack")), info.st_mtime,
                     (guint64) info.st_size };
      g_array_append_val (packs, pack);
    }
  return packs;
}

guint
sat_tidy_count (const char *path)
{
  g_autoptr (GArray) packs = list_packs (path);

  return packs->len;
}

/* ---- one at a time ---- */

/* FALSE: somebody else is at it, or nothing can be written there. */
static gboolean
take_lock (const char *lock)
{
  int fd = g_open (lock, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666);

  if (fd >= 0)
    close (fd);
  return fd >= 0;
}

/* By the clock of that folder: a new file's time is now. */
static void
remove_old_lock (const char *path, const char *lock)
{
  g_autofree char *probe = g_build_filename (path, "satchel-tidy.now", NULL);
  GStatBuf now, then;
  int fd = g_open (probe, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0666);

  if (fd < 0)
    return;
  close (fd);
  if (g_stat (probe, &now) == 0 && g_stat (lock, &then) == 0 &&
      now.st_mtime - then.st_mtime > LOCK_OLD_S)
    g_unlink (lock);
  g_unlink (probe);
}

/* ---- the work ---- */

/* The name of the pack with all of it; NULL with ERROR unset: there is nothing. */
static char *
write_whole (const char *path, GError **error)
{
  g_autoptr (git_repository) repo = NULL;
  int code = git_repository_open_ext (&repo, path, GIT_REPOSITORY_OPEN_NO_SEARCH, NULL);

  /* Listing passes over a branch whose file is empty. */
  if (code == 0 && !sat_git_is_sound (repo))
    code = GIT_ERROR;
  if (code == 0)
    return sat_packs_whole (repo, error);
  sat_git_fail (error, code, N_ ("cannot open the hub “%s”: %s"), path);
  return NULL;
}

/* The index goes first: a pack without one is not looked at. */
static void
remove_pack (const Pack *pack)
{
  static const char *const ends[] = { ".idx", ".rev", ".bitmap", ".pack" };

  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *file = g_strconcat (pack->stem, ends[i], NULL);

      g_unlink (file);
    }
}

static gboolean
is_kept (const Pack *pack)
{
  g_autofree char *keep = g_strconcat (pack->stem, ".keep", NULL);

  return g_file_test (keep, G_FILE_TEST_EXISTS);
}

/* Has WHOLE all that PACK has? */
static gboolean
is_part (const Pack *pack, const Pack *whole)
{
  g_autofree char *index = g_strconcat (pack->stem, ".idx", NULL);
  g_autofree char *whole_index = g_strconcat (whole->stem, ".idx", NULL);

  return sat_packs_contain (whole_index, index);
}

/* Is the pack among those that were there BEFORE? */
static gboolean
was_there (const GArray *before, const Pack *pack)
{
  for (guint i = 0; i < before->len; i++)
    if (strcmp (g_array_index (before, Pack, i).stem, pack->stem) == 0)
      return TRUE;
  return FALSE;
}

/* Those that were there BEFORE the one called WHOLE was written. */
static void
remove_old (
    const GArray *before, const GArray *now, const char *whole, gint64 grace_s, SatTidied *out)
{
  g_autofree char *end = g_strdup_printf ("/pack-%s", whole);
  const Pack *written = NULL;

  for (guint i = 0; i < now->len && written == NULL; i++)
    if (g_str_has_suffix (g_array_index (now, Pack, i).stem, end))
      written = &g_array_index (now, Pack, i);
  for (guint i = 0; i < now->len; i++)
    {
      const Pack *pack = &g_array_index (now, Pack, i);

      if (written != NULL && pack != written && was_there (before, pack) && !is_kept (pack) &&
          (written->time_s - pack->time_s >= grace_s || is_part (pack, written)))
        {
          remove_pack (pack);
          out->packs++;
        }
      else
        out->after += pack->size;
    }
}

static gboolean
tidy (const char *path, gint64 grace_s, SatTidied *out, GError **error)
{
  g_autoptr (GArray) before = list_packs (path);
  g_autoptr (GArray) now = NULL;
  g_autoptr (GError) problem = NULL;
  g_autofree char *whole = NULL;

  for (guint i = 0; i < before->len; i++)
    out->before += g_array_index (before, Pack, i).size;
  whole = write_whole (path, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  sat_durable_step ("hub's packs written");
  now = list_packs (path);
  if (whole != NULL)
    remove_old (before, now, whole, grace_s, out);
  return TRUE;
}

gboolean
sat_tidy (const char *path, gint64 grace_s, SatTidied *out, GError **error)
{
  g_autofree char *lock = g_build_filename (path, LOCK, NULL);
  g_autofree char *several = g_build_filename (path, "objects", "pack", "multi-pack-index", NULL);
  gboolean ok;

  *out = (SatTidied){ 0 };
  if (g_file_test (several, G_FILE_TEST_EXISTS))
    return TRUE;
  remove_old_lock (path, lock);
  if (!take_lock (lock))
    return TRUE;
  ok = tidy (path, grace_s, out, error);
  g_unlink (lock);
  return ok;
}

gboolean
sat_sync_tidy_hub (const char *dir, gint64 grace_s, SatTidied *out, GError **error)
{
  g_autofree char *path = NULL;

  sat_sync_init ();
  path = sat_hub_path (dir, error);
  return path != NULL && sat_hub_check (path, error) && sat_hub_check_writable (path, error) &&
         sat_tidy (path, grace_s, out, error);
}
