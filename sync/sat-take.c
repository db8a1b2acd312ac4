/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/sat-take.h"

#include <string.h>

#include "core/change/sat-change-set.h"
#include "sync/sat-branches.h"
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

/* The three objects of a change-set; the commit was read. */
static gboolean
check_change_set (SatTake *take, const git_oid *tree, git_oid *blob, GError **error)
{
  g_autoptr (GBytes) bytes = sat_git_read (take->from, tree, GIT_OBJECT_TREE, SAT_TREE_MAX, error);
  guint8 raw[SAT_GIT_RAW];
  guint64 number;

  if (bytes == NULL)
    return FALSE;
  if (!sat_tree_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &number, raw))
    return sat_fail (error, SAT_ERROR_MALFORMED,
                     N_ ("the commit does not hold exactly one file “NUMBER.changes”"), NULL);
  git_oid_fromraw (blob, raw);
  return check_blob (take, blob, SAT_CHANGE_SET_MAX_BYTES, error);
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
      git_oid objects[3];
      GError *local = NULL;

      if (n % CHECK_EVERY == 0 && check != NULL && !check (data, error))
        return FALSE;
      if (is_next)
        *last = id;
      is_next = FALSE;
      if (sat_git_has (take->to, &id))
        return TRUE;
      objects[0] = id;
      if (!sat_commit_links (take->from, &id, &objects[1], &at, &has_parent, &local))
        {
          give_up (take, begin, problem, local);
          memset (last, 0, sizeof *last);
          return TRUE;
        }
      if (check_change_set (take, &objects[1], &objects[2], &local))
        {
          g_array_append_vals (take->objects, objects, G_N_ELEMENTS (objects));
          continue;
        }
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

gboolean
sat_take_run (SatTake *take, guint64 *bytes, GError **error)
{
  return sat_packs_copy_objects (take->from, take->to, take->objects, bytes, error);
}
