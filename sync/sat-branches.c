/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/sat-branches.h"

#include <string.h>

#include "core/change/sat-change-set.h"
#include "sync/sat-commit-text.h"

#define HEADS "refs/heads/"
#define DEVICE_LENGTH (SAT_ID_TEXT_SIZE - 1)
#define CHECK_EVERY 1024

G_STATIC_ASSERT (SAT_BRANCH_BOOK_MAX == SAT_NAME_MAX);

/* ---- names ---- */

static gboolean
is_book_key (const char *text, gsize length)
{
  if (length == 0 || length > SAT_BRANCH_BOOK_MAX || text[0] == '-')
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_islower (text[i]) && !g_ascii_isdigit (text[i]) && text[i] != '-')
      return FALSE;
  return TRUE;
}

gboolean
sat_branch_parse (const char *ref, SatBranch *out)
{
  SatBranch branch = { 0 };
  char device[SAT_ID_TEXT_SIZE];
  char canonical[SAT_ID_TEXT_SIZE];
  const char *book = ref + strlen (HEADS);
  const char *slash;

  if (!g_str_has_prefix (ref, HEADS))
    return FALSE;
  slash = strchr (book, '/');
  if (slash == NULL || !is_book_key (book, (gsize) (slash - book)))
    return FALSE;
  memcpy (branch.book, book, (gsize) (slash - book));
  if (strlen (slash + 1) <= DEVICE_LENGTH || slash[1 + DEVICE_LENGTH] != '/')
    return FALSE;
  g_strlcpy (device, slash + 1, sizeof device);
  if (!sat_id_parse (device, &branch.device) ||
      strcmp (sat_id_format (&branch.device, canonical), device) != 0)
    return FALSE;

  const char *epoch = slash + 1 + DEVICE_LENGTH + 1;

  if (!sat_number_parse (epoch, strlen (epoch), SAT_BRANCH_EPOCH_MAX, &branch.epoch))
    return FALSE;
  *out = branch;
  return TRUE;
}

char *
sat_branch_ref (const SatBranch *branch)
{
  char device[SAT_ID_TEXT_SIZE];

  return g_strdup_printf (HEADS "%s/%s/%" G_GUINT64_FORMAT, branch->book,
                          sat_id_format (&branch->device, device), branch->epoch);
}

gboolean
sat_branch_same_line (const SatBranch *a, const SatBranch *b)
{
  return strcmp (a->book, b->book) == 0 && sat_id_equal (&a->device, &b->device);
}

int
sat_branch_compare_refs (gconstpointer a, gconstpointer b)
{
  SatBranch x = { 0 }, y = { 0 };
  int order;

  sat_branch_parse (*(char *const *) a, &x);
  sat_branch_parse (*(char *const *) b, &y);
  order = strcmp (x.book, y.book);
  if (order == 0)
    order = sat_id_compare (&x.device, &y.device);
  return order != 0 ? order : (x.epoch > y.epoch) - (x.epoch < y.epoch);
}

/* ---- walking ---- */

static gboolean
malformed_commit (const git_oid *id, GError **error)
{
  char hex[SAT_GIT_HEX + 1];

  git_oid_tostr (hex, sizeof hex, id);
  return sat_fail (error, SAT_ERROR_MALFORMED, N_ ("commit %s is not a change-set's"), hex, NULL);
}

gboolean
sat_commit_links (git_repository *repo,
                  const git_oid *id,
                  git_oid *tree,
                  git_oid *parent,
                  gboolean *has_parent,
                  GError **error)
{
  g_autoptr (GBytes) bytes = sat_git_read (repo, id, GIT_OBJECT_COMMIT, SAT_COMMIT_MAX, error);
  gsize size;
  const char *text = bytes ? g_bytes_get_data (bytes, &size) : NULL;
  const gsize line = strlen ("tree ") + SAT_GIT_HEX + 1;
  const gsize next = strlen ("parent ") + SAT_GIT_HEX + 1;

  if (bytes == NULL)
    return FALSE;
  if (size < line || memcmp (text, "tree ", 5) != 0 || git_oid_fromstrn (tree, text + 5, 40) != 0)
    return malformed_commit (id, error);
  *has_parent = size >= line + next && memcmp (text + line, "parent ", 7) == 0;
  if (*has_parent && git_oid_fromstrn (parent, text + line + 7, 40) != 0)
    return malformed_commit (id, error);
  return TRUE;
}

gboolean
sat_commit_claimed_number (git_repository *repo, const git_oid *id, guint64 *number)
{
  git_oid tree;
  git_oid parent;
  gboolean has_parent;
  SatChangeTree found;

  if (!sat_commit_links (repo, id, &tree, &parent, &has_parent, NULL))
    return FALSE;

  g_autoptr (GBytes) bytes = sat_git_read (repo, &tree, GIT_OBJECT_TREE, SAT_TREE_MAX, NULL);

  if (bytes == NULL ||
      !sat_tree_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &found))
    return FALSE;
  *number = found.number;
  return TRUE;
}

void
sat_walk_clear (SatWalk *walk)
{
  g_clear_pointer (&walk->ids, g_array_unref);
}

gboolean
sat_branch_walk (git_repository *repo,
                 const git_oid *tip,
                 const git_oid *stop,
                 guint64 max,
                 SatWalkCheck check,
                 gpointer data,
                 SatWalk *out,
                 GError **error)
{
  git_oid at = *tip;
  git_oid tree;
  git_oid parent;
  gboolean has_parent = TRUE;

  out->ids = g_array_new (FALSE, FALSE, sizeof (git_oid));
  out->at_end = out->met = FALSE;
  while (max == 0 || out->ids->len < max)
    {
      if (stop && git_oid_equal (&at, stop))
        {
          out->met = TRUE;
          break;
        }
      if (check && out->ids->len % CHECK_EVERY == 0 && !check (data, error))
        return FALSE;
      if (!sat_commit_links (repo, &at, &tree, &parent, &has_parent, error))
        return FALSE;
      g_array_append_val (out->ids, at);
      if (!has_parent)
        {
          out->at_end = TRUE;
          break;
        }
      at = parent;
    }
  return TRUE;
}

guint64
sat_branch_first_number (git_repository *repo, const char *ref, const git_oid *first)
{
  SatBranch branch;
  guint64 number;

  if (!sat_branch_parse (ref, &branch))
    return 0;
  if (branch.epoch == 1)
    return 1;
  return sat_commit_claimed_number (repo, first, &number) ? number : 0;
}

/* ---- known places ---- */

typedef struct
{
  git_oid tip;
  guint64 number;
} Place;

struct _SatPlaces
{
  char *path;
  GHashTable *places; /* ref -> Place */
  gboolean whole;     /* the file was read, every line of it */
  gboolean changed;
};

static gboolean
load_line (SatPlaces *places, const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  git_oid tip;
  guint64 number;

  if (g_strv_length (words) != 3 ||
      !sat_number_parse (words[1], strlen (words[1]), SAT_CHANGE_SET_MAX_NUMBER, &number) ||
      strlen (words[2]) != SAT_GIT_HEX || git_oid_fromstr (&tip, words[2]) != 0)
    return FALSE;
  sat_places_note (places, words[0], &tip, number);
  return TRUE;
}

SatPlaces *
sat_places_load (const char *path)
{
  SatPlaces *places = g_new0 (SatPlaces, 1);
  g_autofree char *text = NULL;

  places->path = g_strdup (path);
  places->places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (g_file_get_contents (path, &text, NULL, NULL))
    {
      g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

      places->whole = *text != '\0';
      for (char **line = lines; *line; line++)
        if (**line && !load_line (places, *line))
          places->whole = FALSE;
    }
  places->changed = FALSE;
  return places;
}

const char *
sat_places_path (const SatPlaces *places)
{
  return places->path;
}

gboolean
sat_places_are_whole (const SatPlaces *places)
{
  return places->whole;
}

void
sat_places_fill (const SatPlaces *places, GHashTable *tips)
{
  GHashTableIter iter;
  gpointer ref;
  gpointer place;

  g_hash_table_iter_init (&iter, places->places);
  while (g_hash_table_iter_next (&iter, &ref, &place))
    g_hash_table_insert (tips, g_strdup (ref),
                         g_memdup2 (&((const Place *) place)->tip, sizeof (git_oid)));
}

void
sat_places_free (SatPlaces *places)
{
  if (places == NULL)
    return;
  g_free (places->path);
  g_hash_table_unref (places->places);
  g_free (places);
}

void
sat_places_note (SatPlaces *places, const char *ref, const git_oid *tip, guint64 number)
{
  Place *place = g_new (Place, 1);

  place->tip = *tip;
  place->number = number;
  g_hash_table_replace (places->places, g_strdup (ref), place);
  places->changed = TRUE;
}

void
sat_places_forget (SatPlaces *places, const char *ref)
{
  places->changed |= g_hash_table_remove (places->places, ref);
}

void
sat_places_save (SatPlaces *places)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GList) refs = NULL;

  if (!places->changed)
    return;
  refs = g_list_sort (g_hash_table_get_keys (places->places), (GCompareFunc) strcmp);
  for (GList *l = refs; l; l = l->next)
    {
      const Place *place = g_hash_table_lookup (places->places, l->data);
      char hex[SAT_GIT_HEX + 1];

      git_oid_tostr (hex, sizeof hex, &place->tip);
      g_string_append_printf (text, "%s %" G_GUINT64_FORMAT " %s\n", (const char *) l->data,
                              place->number, hex);
    }
  if (g_file_set_contents (places->path, text->str, (gssize) text->len, NULL))
    places->changed = FALSE;
}

gboolean
sat_places_number (SatPlaces *places,
                   git_repository *repo,
                   const char *ref,
                   const git_oid *tip,
                   SatWalkCheck check,
                   gpointer data,
                   guint64 *number,
                   GError **error)
{
  const Place *known = g_hash_table_lookup (places->places, ref);
  g_auto (SatWalk) walk = { 0 };

  *number = 0;
  if (known && git_oid_equal (&known->tip, tip))
    {
      *number = known->number;
      return TRUE;
    }
  if (!sat_branch_walk (repo, tip, known ? &known->tip : NULL, 0, check, data, &walk, error))
    return FALSE;
  if (walk.at_end)
    {
      guint64 first = sat_branch_first_number (
          repo, ref, &g_array_index (walk.ids, git_oid, walk.ids->len - 1));

      *number = first > 0 ? first + walk.ids->len - 1 : 0;
    }
  else if (known != NULL)
    *number = known->number + walk.ids->len;
  if (*number > 0)
    sat_places_note (places, ref, tip, *number);
  return TRUE;
}
