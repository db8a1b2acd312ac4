/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A hash table from the values, joined by a character that no value holds, to an id and a count. */
#include "core/workspace/sat-key-index.h"

#define PIECE 500

typedef struct
{
  SatId id;
  guint n;
} Entry;

struct _SatKeyIndex
{
  guint n_fields;
  GHashTable *entries;
};

static char *
key_of (const SatKeyIndex *index, const char *const *values)
{
  GString *key = g_string_new (NULL);
  gboolean any = FALSE;

  for (guint i = 0; i < index->n_fields; i++)
    {
      any |= values[i] != NULL;
      g_string_append_printf (key, "%s\x1f", values[i] != NULL ? values[i] : "");
    }
  return g_string_free (key, !any);
}

void
sat_key_index_add (SatKeyIndex *index, const char *const *values, const SatId *id)
{
  g_autofree char *key = key_of (index, values);
  Entry *entry = key != NULL ? g_hash_table_lookup (index->entries, key) : NULL;

  if (entry != NULL)
    entry->n = 2;
  else if (key != NULL)
    {
      entry = g_new0 (Entry, 1);
      entry->id = *id;
      entry->n = 1;
      g_hash_table_insert (index->entries, g_steal_pointer (&key), entry);
    }
}

guint
sat_key_index_find (const SatKeyIndex *index, const char *const *values, SatId *out)
{
  g_autofree char *key = key_of (index, values);
  const Entry *entry = key != NULL ? g_hash_table_lookup (index->entries, key) : NULL;

  if (entry == NULL)
    return 0;
  *out = entry->id;
  return entry->n;
}

static void
add_record (SatKeyIndex *index, const SatRecord *record, const SatField *const *fields)
{
  g_autofree const char **values = g_new0 (const char *, index->n_fields);

  for (guint i = 0; i < index->n_fields; i++)
    values[i] = sat_record_get (record, fields[i]);
  sat_key_index_add (index, values, sat_record_id (record));
}

static gboolean
add_all (SatKeyIndex *index,
         SatWorkspace *workspace,
         const SatObject *object,
         const SatField *const *fields,
         GError **error)
{
  SatQuery query = { .object = object, .limit = -1 };
  g_autoptr (GArray) rows = sat_workspace_list_rows (workspace, &query, error);

  for (guint at = 0; rows != NULL && at < rows->len; at += PIECE)
    {
      g_autoptr (GPtrArray) records = sat_workspace_load_rows (
          workspace, object, &g_array_index (rows, gint64, at), MIN (PIECE, rows->len - at), error);

      if (records == NULL)
        return FALSE;
      for (guint i = 0; i < records->len; i++)
        if (g_ptr_array_index (records, i) != NULL)
          add_record (index, g_ptr_array_index (records, i), fields);
    }
  return rows != NULL;
}

SatKeyIndex *
sat_key_index_new (SatWorkspace *workspace,
                   const SatObject *object,
                   const SatField *const *fields,
                   guint n,
                   GError **error)
{
  SatKeyIndex *index = g_new0 (SatKeyIndex, 1);

  index->n_fields = n;
  index->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (add_all (index, workspace, object, fields, error))
    return index;
  sat_key_index_free (index);
  return NULL;
}

void
sat_key_index_free (SatKeyIndex *index)
{
  if (index == NULL)
    return;
  g_hash_table_unref (index->entries);
  g_free (index);
}
