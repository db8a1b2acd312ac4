/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/sat-checkpoint-ref.h"

#include <string.h>

#include "sync/sat-commit-text.h"

#define CHECKPOINT "checkpoint-"
#define COVER "cover-"

static gboolean
parse (const char *ref, const char *word, SatCheckpointRef *out)
{
  const char *slash = strrchr (ref, '/');
  const gsize length = strlen (word);
  g_autofree char *branch_name = NULL;
  SatBranch branch;
  guint64 number;

  if (slash == NULL || !g_str_has_prefix (slash + 1, word) ||
      !sat_number_parse (slash + 1 + length, strlen (slash + 1 + length), SAT_CHECKPOINT_NUMBER_MAX,
                         &number))
    return FALSE;
  /* What stands before is as in a branch. */
  branch_name = g_strdup_printf ("%.*s/1", (int) (slash - ref), ref);
  if (!sat_branch_parse (branch_name, &branch))
    return FALSE;
  memcpy (out->book, branch.book, sizeof out->book);
  out->maker = branch.device;
  out->number = number;
  return TRUE;
}

gboolean
sat_checkpoint_ref_parse (const char *ref, SatCheckpointRef *out)
{
  return parse (ref, CHECKPOINT, out);
}

gboolean
sat_cover_ref_parse (const char *ref, SatCheckpointRef *out)
{
  return parse (ref, COVER, out);
}

static char *
name_of (const SatCheckpointRef *ref, const char *word)
{
  char device[SAT_ID_TEXT_SIZE];

  return g_strdup_printf ("refs/heads/%s/%s/%s%" G_GUINT64_FORMAT, ref->book,
                          sat_id_format (&ref->maker, device), word, ref->number);
}

char *
sat_checkpoint_ref_name (const SatCheckpointRef *ref)
{
  return name_of (ref, CHECKPOINT);
}

char *
sat_cover_ref_name (const SatCheckpointRef *ref)
{
  return name_of (ref, COVER);
}

static int
compare_newest_first (gconstpointer a, gconstpointer b)
{
  SatCheckpointRef x = { 0 };
  SatCheckpointRef y = { 0 };

  sat_checkpoint_ref_parse (*(char *const *) a, &x);
  sat_checkpoint_ref_parse (*(char *const *) b, &y);
  if (x.number != y.number)
    return x.number > y.number ? -1 : 1;
  return sat_id_compare (&x.maker, &y.maker);
}

GPtrArray *
sat_checkpoint_refs (GHashTable *tips, const char *book)
{
  GPtrArray *refs = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, tips);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    {
      SatCheckpointRef ref;

      if (sat_checkpoint_ref_parse (name, &ref) && strcmp (ref.book, book) == 0)
        g_ptr_array_add (refs, name);
    }
  g_ptr_array_sort (refs, compare_newest_first);
  return refs;
}
