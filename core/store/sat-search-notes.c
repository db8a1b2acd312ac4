/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A note is written as: object, row, field, then 0 for no text, or its length + 1 and the text. */
#include "core/store/sat-search-notes.h"

#include <string.h>

#include "core/base/sat-bytes.h"

void
sat_search_note (SatReplica *replica,
                 gboolean later,
                 guint32 object,
                 gint64 row,
                 guint32 field,
                 const char *text)
{
  GByteArray *out = later ? replica->noted_later : replica->noted;
  gsize length = text ? strlen (text) : 0;

  sat_write_uint (out, object);
  sat_write_uint (out, (guint64) row);
  sat_write_uint (out, field);
  sat_write_uint (out, text ? length + 1 : 0);
  if (text != NULL)
    g_byte_array_append (out, (const guint8 *) text, (guint) length);
}

void
sat_search_forget_notes (SatReplica *replica)
{
  g_byte_array_set_size (replica->noted, 0);
  g_byte_array_set_size (replica->noted_later, 0);
}

static gboolean
read_note (SatReader *reader, SatSearchNote *note)
{
  guint64 length;

  note->object = (guint32) sat_read_uint (reader);
  note->row = (gint64) sat_read_uint (reader);
  note->field = (guint32) sat_read_uint (reader);
  length = sat_read_uint (reader);
  note->length = length > 0 ? length - 1 : 0;
  note->text = length > 0 ? (const char *) sat_read_bytes (reader, note->length) : NULL;
  return !reader->failed;
}

gboolean
sat_search_read_notes (const void *data, gsize size, GArray *out)
{
  SatReader reader = sat_reader (data, size);

  while (reader.at < reader.end)
    {
      SatSearchNote note = { .order = out->len };

      if (!read_note (&reader, &note))
        return FALSE;
      g_array_append_val (out, note);
    }
  return TRUE;
}

static int
compare_notes (gconstpointer a, gconstpointer b)
{
  const SatSearchNote *x = a;
  const SatSearchNote *y = b;

  if (x->object != y->object)
    return x->object < y->object ? -1 : 1;
  if (x->row != y->row)
    return x->row < y->row ? -1 : 1;
  return (x->order > y->order) - (x->order < y->order);
}

void
sat_search_sort_notes (GArray *notes)
{
  g_array_sort (notes, compare_notes);
}

static gboolean
keep_bundle (SatReplica *replica, guint n, const void *data, gsize size, GError **error)
{
  SatStmt *stmt = sat_db_prepare (replica->db, "INSERT INTO dirty (records, notes) VALUES (?1, ?2)",
                                  error);

  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_int (stmt, 1, n);
  sat_stmt_bind_blob (stmt, 2, data, size);
  return sat_stmt_run (stmt, error);
}

gboolean
sat_search_keep_notes (SatReplica *replica, GError **error)
{
  const GByteArray *notes = replica->noted_later;
  SatReader reader = sat_reader (notes->data, notes->len);
  const guint8 *begin = notes->data;
  guint n = 0;

  while (reader.at < reader.end)
    {
      SatSearchNote note;

      if (!read_note (&reader, &note))
        g_return_val_if_reached (FALSE);
      n++;
      if (n < SAT_SEARCH_BUNDLE && reader.at - begin < SAT_SEARCH_BUNDLE_BYTES &&
          reader.at < reader.end)
        continue;
      if (!keep_bundle (replica, n, begin, (gsize) (reader.at - begin), error))
        return FALSE;
      begin = reader.at;
      n = 0;
    }
  g_byte_array_set_size (replica->noted_later, 0);
  return TRUE;
}

gboolean
sat_search_note_all (SatReplica *replica, const SatTable *table, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT row FROM %s ORDER BY row", table->table);
  SatStmt *stmt = sat_db_prepare (replica->db, sql, error);
  GError *problem = NULL;

  if (stmt == NULL)
    return FALSE;
  while (sat_stmt_step (stmt, &problem))
    sat_search_note (replica, TRUE, table->name, sat_stmt_int (stmt, 0), 0, NULL);
  return sat_stmt_finish (stmt, problem, error) && sat_search_keep_notes (replica, error);
}
