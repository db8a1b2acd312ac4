/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/depot.h"

#include <string.h>

void
deposit_free (gpointer data)
{
  Deposit *deposit = data;

  if (deposit == NULL)
    return;
  g_free (deposit->book);
  g_free (deposit->name);
  g_hash_table_unref (deposit->files);
  g_hash_table_unref (deposit->vector);
  g_free (deposit);
}

static gboolean
take_file (const char *path, GBytes *text, gpointer data, GError **error)
{
  Deposit *deposit = data;

  g_assert_true (g_hash_table_insert (deposit->files, g_strdup (path), g_bytes_ref (text)));
  return TRUE;
}

GBytes *
deposit_text (const char *path, gpointer data, GError **error)
{
  const Deposit *deposit = data;
  GBytes *text = g_hash_table_lookup (deposit->files, path);

  if (text == NULL)
    sat_fail (error, SAT_ERROR_NOT_FOUND, N_ ("no such file"), NULL);
  return text ? g_bytes_ref (text) : NULL;
}

static SatJoiner *
joiner_of (const Deposit *deposit, SatWorkspace *workspace)
{
  return sat_joiner_new (workspace, deposit->book, deposit->name, &deposit->maker, deposit_text,
                         (gpointer) deposit);
}

static void
read_vector (Deposit *deposit, SatWorkspace *workspace)
{
  g_autoptr (SatJoiner) joiner = joiner_of (deposit, workspace);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) vector = sat_joiner_vector (joiner, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < vector->len; i++)
    {
      const SatVectorEntry *entry = &g_array_index (vector, SatVectorEntry, i);
      g_hash_table_insert (deposit->vector, g_memdup2 (&entry->device, sizeof (SatId)),
                           g_memdup2 (&entry->number, sizeof (guint64)));
    }
}

Deposit *
deposit_make (SatWorkspace *workspace, const char *book)
{
  static guint n = 0;
  Deposit *deposit = g_new0 (Deposit, 1);
  g_autoptr (GError) error = NULL;
  g_autofree char *half = sat_workspace_half_joined (workspace, NULL);

  deposit->book = g_strdup (book);
  deposit->maker = *sat_workspace_device (workspace);
  deposit->name = g_strdup_printf ("checkpoint-%u", ++n);
  deposit->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                          (GDestroyNotify) g_bytes_unref);
  deposit->vector = g_hash_table_new_full (sat_id_hash, sat_id_equal, g_free, g_free);
  if (!sat_workspace_write_checkpoint (workspace, book, take_file, deposit, &error))
    {
      g_assert_error (error, SAT_ERROR, SAT_ERROR_BUSY);
      deposit_free (deposit);
      return NULL;
    }
  g_assert_null (half);
  read_vector (deposit, workspace);
  return deposit;
}

guint64
deposit_number (const Deposit *deposit, const SatId *device)
{
  const guint64 *number = g_hash_table_lookup (deposit->vector, device);

  return number ? *number : 0;
}

gboolean
deposit_is_covered (const Deposit *deposit, SatWorkspace *workspace)
{
  GHashTableIter iter;
  gpointer device, number;

  g_hash_table_iter_init (&iter, deposit->vector);
  while (g_hash_table_iter_next (&iter, &device, &number))
    if (sat_workspace_applied (workspace, deposit->book, device) < *(guint64 *) number)
      return FALSE;
  return TRUE;
}

char *
deposit_state (const Deposit *deposit)
{
  g_autoptr (GList) paths = g_list_sort (g_hash_table_get_keys (deposit->files),
                                         (GCompareFunc) strcmp);
  GString *out = g_string_new (NULL);

  for (GList *l = paths; l != NULL; l = l->next)
    if (g_str_has_prefix (l->data, "state/"))
      {
        gsize size;
        const char *text = g_bytes_get_data (g_hash_table_lookup (deposit->files, l->data), &size);

        g_string_append_printf (out, "%s\n", (const char *) l->data);
        g_string_append_len (out, text, (gssize) size);
      }
  return g_string_free (out, FALSE);
}

gboolean
deposit_join (Deposit *deposit, SatWorkspace *workspace, guint records, guint slices)
{
  g_autoptr (SatJoiner) joiner = joiner_of (deposit, workspace);
  SatJoinerProgress progress = { 0 };
  g_autoptr (GError) error = NULL;
  gboolean needed;

  if (!sat_joiner_check (joiner, &needed, &error))
    {
      g_assert_true (g_error_matches (error, SAT_ERROR, SAT_ERROR_BUSY) ||
                     g_error_matches (error, SAT_ERROR, SAT_ERROR_REFUSED));
      return FALSE;
    }
  g_assert_true (needed == !deposit_is_covered (deposit, workspace));
  for (guint i = 0; needed && !progress.done && (slices == 0 || i < slices); i++)
    {
      sat_joiner_step (joiner, 0, records, &progress, &error);
      g_assert_no_error (error);
    }
  g_assert_true (!progress.done || deposit_is_covered (deposit, workspace));
  return progress.done;
}
