/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/model/sat-lookup.h"

#include "gtk-app/sat-value-text.h"

#define DETAILS 3

typedef struct
{
  const SatObject *object;
  char *words;
  guint limit;
  SatId id;
} Lookup;

static void
lookup_free (gpointer data)
{
  Lookup *lookup = data;

  g_free (lookup->words);
  g_free (lookup);
}

void
sat_found_free (SatFound *found)
{
  g_free (found->title);
  g_free (found->detail);
  g_free (found);
}

SatFound *
sat_found_new (SatWorkspace *workspace, const SatRecord *record, const SatField *less)
{
  const SatObject *object = sat_record_object (record);
  SatFound *found = g_new0 (SatFound, 1);
  GString *detail = g_string_new (NULL);
  guint n = 0;

  found->object = object;
  found->id = *sat_record_id (record);
  found->title = g_strdup (sat_record_title (record));
  for (guint i = 0; i < object->n_list_columns && n < DETAILS; i++)
    {
      const SatField *field = object->list_columns[i];
      g_autofree char *text = NULL;

      if (field == object->title || field == less || sat_record_get (record, field) == NULL)
        continue;
      text = sat_record_text_in (workspace, record, field);
      g_string_append_printf (detail, "%s%s", n++ > 0 ? " · " : "", text);
    }
  found->detail = g_string_free (detail, FALSE);
  return found;
}

static gboolean
add_rows (SatWorkspace *workspace,
          GPtrArray *out,
          const SatObject *object,
          const gint64 *rows,
          guint n,
          GError **error)
{
  g_autoptr (GPtrArray) records = sat_workspace_load_rows (workspace, object, rows, n, error);

  if (records == NULL)
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    {
      const SatRecord *record = g_ptr_array_index (records, i);

      if (record != NULL)
        g_ptr_array_add (out, sat_found_new (workspace, record, NULL));
    }
  return TRUE;
}

static gpointer
look (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  Lookup *lookup = data;
  g_autoptr (GPtrArray) out = g_ptr_array_new_with_free_func ((GDestroyNotify) sat_found_free);
  g_autoptr (GArray) rows = NULL;

  if (lookup->object != NULL)
    {
      SatQuery query = {
        .object = lookup->object,
        .words = lookup->words,
        .limit = lookup->limit,
      };

      rows = sat_workspace_list_rows (workspace, &query, error);
      if (rows == NULL || !add_rows (workspace, out, lookup->object,
                                     (const gint64 *) (gconstpointer) rows->data, rows->len, error))
        return NULL;
      return g_steal_pointer (&out);
    }

  if (lookup->words == NULL || *lookup->words == '\0')
    return g_steal_pointer (&out);
  rows = sat_workspace_search (workspace, lookup->words, lookup->limit, error);
  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < rows->len; i++)
    {
      const SatHit *hit = &g_array_index (rows, SatHit, i);

      if (!hit->object->system && !hit->object->off &&
          !add_rows (workspace, out, hit->object, &hit->row, 1, error))
        return NULL;
    }
  return g_steal_pointer (&out);
}

void
sat_lookup_async (SatService *service,
                  const SatObject *object,
                  const char *words,
                  guint limit,
                  GCancellable *cancellable,
                  GAsyncReadyCallback callback,
                  gpointer user_data)
{
  Lookup *lookup = g_new0 (Lookup, 1);

  lookup->object = object;
  lookup->words = g_strdup (words);
  lookup->limit = limit;
  sat_service_read (service, look, lookup, lookup_free, (GDestroyNotify) g_ptr_array_unref,
                    cancellable, callback, user_data);
}

GPtrArray *
sat_lookup_finish (SatService *service, GAsyncResult *result, GError **error)
{
  return sat_service_finish (service, result, error);
}

static gpointer
look_title (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  Lookup *lookup = data;

  return sat_workspace_title (workspace, lookup->object, &lookup->id);
}

void
sat_lookup_title_async (SatService *service,
                        const SatObject *object,
                        const SatId *id,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  Lookup *lookup = g_new0 (Lookup, 1);

  lookup->object = object;
  lookup->id = *id;
  sat_service_read (service, look_title, lookup, lookup_free, g_free, cancellable, callback,
                    user_data);
}

static gpointer
look_object (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  Lookup *lookup = data;
  const SatCatalogue *catalogue = sat_workspace_catalogue (workspace);

  for (guint i = 0; i < sat_catalogue_n_objects (catalogue); i++)
    {
      const SatObject *object = sat_catalogue_object (catalogue, i);
      g_autofree char *title = sat_workspace_title (workspace, object, &lookup->id);

      if (title != NULL)
        return (gpointer) object;
    }
  return NULL;
}

void
sat_lookup_object_async (SatService *service,
                         const SatId *id,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  Lookup *lookup = g_new0 (Lookup, 1);

  lookup->id = *id;
  sat_service_read (service, look_object, lookup, lookup_free, NULL, NULL, callback, user_data);
}
