/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/store/sat-log.h"

#include <string.h>

#include "core/base/sat-bytes.h"
#include "core/store/sat-join-log.h"

#define HLC_KEY "hlc"

/* ---- vectors ------------------------------------------------------------------------------------
 */

void
sat_vector_init (SatVector *vector)
{
  vector->numbers = g_array_new (FALSE, TRUE, sizeof (guint64));
}

void
sat_vector_clear (SatVector *vector)
{
  g_clear_pointer (&vector->numbers, g_array_unref);
}

guint64
sat_vector_get (const SatVector *vector, guint32 device)
{
  return device < vector->numbers->len ? g_array_index (vector->numbers, guint64, device) : 0;
}

void
sat_vector_set (SatVector *vector, guint32 device, guint64 number)
{
  if (device >= vector->numbers->len)
    g_array_set_size (vector->numbers, device + 1);
  g_array_index (vector->numbers, guint64, device) = number;
}

void
sat_vector_copy (SatVector *to, const SatVector *from)
{
  g_array_set_size (to->numbers, 0);
  if (from->numbers->len > 0)
    g_array_append_vals (to->numbers, from->numbers->data, from->numbers->len);
}

gboolean
sat_vector_covers (const SatVector *vector, const SatVector *other)
{
  for (guint32 device = 0; device < other->numbers->len; device++)
    if (sat_vector_get (other, device) > sat_vector_get (vector, device))
      return FALSE;
  return TRUE;
}

static void
pack_vector (const SatVector *vector, GByteArray *out)
{
  for (guint32 device = 0; device < vector->numbers->len; device++)
    {
      guint64 number = sat_vector_get (vector, device);
      if (number == 0)
        continue;
      sat_write_uint (out, device);
      sat_write_uint (out, number);
    }
}

static void
unpack_vector (const void *data, gsize size, SatVector *out)
{
  SatReader reader = sat_reader (data, size);

  g_array_set_size (out->numbers, 0);
  while (!reader.failed && reader.at < reader.end)
    {
      guint64 device = sat_read_uint (&reader);
      guint64 number = sat_read_uint (&reader);
      if (!reader.failed && device < G_MAXUINT16 * 16)
        sat_vector_set (out, (guint32) device, number);
    }
}

gboolean
sat_log_vector (SatReplica *replica, guint32 book, SatVector *out, GError **error)
{
  SatStmt *stmt = sat_db_prepare (replica->db, "SELECT device, number FROM vector WHERE book = ?1",
                                  error);
  GError *problem = NULL;

  if (stmt == NULL)
    return FALSE;
  g_array_set_size (out->numbers, 0);
  sat_stmt_bind_int (stmt, 1, book);
  while (sat_stmt_step (stmt, &problem))
    sat_vector_set (out, (guint32) sat_stmt_int (stmt, 0), (guint64) sat_stmt_int (stmt, 1));
  return sat_stmt_finish (stmt, problem, error);
}

gboolean
sat_log_last (SatReplica *replica,
              guint32 book,
              guint32 device,
              guint64 *number,
              SatVector *saw,
              GError **error)
{
  SatStmt *stmt = sat_db_prepare (
      replica->db, "SELECT number, saw FROM vector WHERE book = ?1 AND device = ?2", error);
  GError *problem = NULL;

  if (stmt == NULL)
    return FALSE;
  *number = 0;
  g_array_set_size (saw->numbers, 0);
  sat_stmt_bind_int (stmt, 1, book);
  sat_stmt_bind_int (stmt, 2, device);
  if (sat_stmt_step (stmt, &problem))
    {
      gsize size;
      const void *data = sat_stmt_blob (stmt, 1, &size);

      *number = (guint64) sat_stmt_int (stmt, 0);
      unpack_vector (data, size, saw);
    }
  return sat_stmt_finish (stmt, problem, error);
}

static gboolean
add_saw_rows (SatReplica *replica,
              guint32 book,
              guint32 device,
              guint64 number,
              const SatVector *saw,
              const SatVector *previous,
              GError **error)
{
  for (guint32 seen = 0; seen < saw->numbers->len; seen++)
    {
      guint64 value = sat_vector_get (saw, seen);

      if (seen == device || value == 0 || value == sat_vector_get (previous, seen))
        continue;
      SatStmt *stmt = sat_db_prepare (
          replica->db, "INSERT OR REPLACE INTO saw VALUES (?1, ?2, ?3, ?4, ?5)", error);
      if (stmt == NULL)
        return FALSE;
      sat_stmt_bind_int (stmt, 1, book);
      sat_stmt_bind_int (stmt, 2, device);
      sat_stmt_bind_int (stmt, 3, (gint64) number);
      sat_stmt_bind_int (stmt, 4, seen);
      sat_stmt_bind_int (stmt, 5, (gint64) value);
      if (!sat_stmt_run (stmt, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
sat_log_advance (SatReplica *replica,
                 guint32 book,
                 guint32 device,
                 guint64 number,
                 const SatVector *saw,
                 const SatVector *previous,
                 SatHlc hlc,
                 GError **error)
{
  g_autoptr (GByteArray) packed = g_byte_array_new ();
  /* Stamps are unsigned, SQLite's numbers are not: of two of different sign the negative one is
   * the later. */
  SatStmt *stmt = sat_db_prepare (
      replica->db,
      "INSERT INTO vector VALUES (?1, ?2, ?3, ?4, ?5)"
      " ON CONFLICT (book, device) DO UPDATE SET number = ?3, saw = ?4, hlc ="
      " CASE WHEN (hlc < 0) = (?5 < 0) THEN max (hlc, ?5) ELSE min (hlc, ?5) END",
      error);

  if (stmt == NULL)
    return FALSE;
  pack_vector (saw, packed);
  sat_stmt_bind_int (stmt, 1, book);
  sat_stmt_bind_int (stmt, 2, device);
  sat_stmt_bind_int (stmt, 3, (gint64) number);
  sat_stmt_bind_blob (stmt, 4, packed->data, packed->len);
  sat_stmt_bind_int (stmt, 5, (gint64) hlc);
  return sat_stmt_run (stmt, error) &&
         add_saw_rows (replica, book, device, number, saw, previous, error);
}

gboolean
sat_log_saw (SatReplica *replica,
             guint32 book,
             guint32 device,
             guint64 number,
             SatVector *out,
             gboolean *known,
             GError **error)
{
  SatStmt *stmt;
  GError *problem = NULL;
  SatVector now;
  gboolean open;

  sat_vector_init (&now);
  if (!sat_log_vector (replica, book, &now, error))
    {
      sat_vector_clear (&now);
      return FALSE;
    }
  g_array_set_size (out->numbers, 0);
  open = device == replica->me && number == sat_vector_get (&now, device) + 1;
  *known = open || (number > 0 && number <= sat_vector_get (&now, device));
  if (open) /* it has seen all that is here */
    sat_vector_copy (out, &now);
  sat_vector_clear (&now);
  if (*known && !open && !sat_log_was_applied (replica, book, device, number, known, error))
    return FALSE;
  if (!*known || open)
    return TRUE;
  stmt = sat_db_prepare (
      replica->db,
      "SELECT seen_device, max (seen_number) FROM saw WHERE book = ?1 AND device = ?2"
      " AND number <= ?3 AND seen_device > 0 GROUP BY seen_device",
      error);
  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_int (stmt, 1, book);
  sat_stmt_bind_int (stmt, 2, device);
  sat_stmt_bind_int (stmt, 3, (gint64) number);
  while (sat_stmt_step (stmt, &problem))
    sat_vector_set (out, (guint32) sat_stmt_int (stmt, 0), (guint64) sat_stmt_int (stmt, 1));
  if (number > 1)
    sat_vector_set (out, device, number - 1);
  return sat_stmt_finish (stmt, problem, error);
}

/* ---- slices -------------------------------------------------------------------------------------
 */

gboolean
sat_log_partial (SatReplica *replica, SatPartial *out, GError **error)
{
  SatStmt *stmt = sat_db_prepare (
      replica->db, "SELECT book, device, number, groups_done FROM partial LIMIT 1", error);
  GError *problem = NULL;

  if (stmt == NULL)
    return FALSE;
  *out = (SatPartial){ 0, 0, 0, 0 };
  if (sat_stmt_step (stmt, &problem))
    {
      out->book = (guint32) sat_stmt_int (stmt, 0);
      out->device = (guint32) sat_stmt_int (stmt, 1);
      out->number = (guint64) sat_stmt_int (stmt, 2);
      out->groups_done = (guint64) sat_stmt_int (stmt, 3);
    }
  return sat_stmt_finish (stmt, problem, error);
}

gboolean
sat_log_set_partial (SatReplica *replica, const SatPartial *partial, GError **error)
{
  SatStmt *stmt = sat_db_prepare (replica->db, "DELETE FROM partial", error);

  if (stmt == NULL || !sat_stmt_run (stmt, error))
    return FALSE;
  if (partial->number == 0)
    return TRUE;
  stmt = sat_db_prepare (replica->db, "INSERT INTO partial VALUES (?1, ?2, ?3, ?4)", error);
  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_int (stmt, 1, partial->book);
  sat_stmt_bind_int (stmt, 2, partial->device);
  sat_stmt_bind_int (stmt, 3, (gint64) partial->number);
  sat_stmt_bind_int (stmt, 4, (gint64) partial->groups_done);
  return sat_stmt_run (stmt, error);
}

/* ---- the open change-set ------------------------------------------------------------------------
 */

void
sat_open_extra_free (SatOpenExtra *extra)
{
  g_free (extra->element);
  g_clear_pointer (&extra->keep, g_array_unref);
  g_clear_pointer (&extra->over, g_array_unref);
  g_free (extra);
}

gboolean
sat_log_touch_open (SatReplica *replica, guint32 book, guint32 object, gint64 row, GError **error)
{
  SatStmt *stmt = sat_db_prepare (replica->db,
                                  "INSERT OR IGNORE INTO open_record VALUES (?1, ?2, ?3)", error);

  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_int (stmt, 1, book);
  sat_stmt_bind_int (stmt, 2, object);
  sat_stmt_bind_int (stmt, 3, row);
  return sat_stmt_run (stmt, error);
}

gboolean
sat_log_set_open_bytes (SatReplica *replica, guint32 book, guint64 bytes, GError **error)
{
  SatStmt *stmt = sat_db_prepare (replica->db, "UPDATE book SET open_bytes = ?2 WHERE number = ?1",
                                  error);

  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_int (stmt, 1, book);
  sat_stmt_bind_int (stmt, 2, (gint64) bytes);
  return sat_stmt_run (stmt, error);
}

static gboolean
get_int_of_book (SatReplica *replica, const char *sql, guint32 book, gint64 *out, GError **error)
{
  SatStmt *stmt = sat_db_prepare (replica->db, sql, error);
  GError *problem = NULL;

  if (stmt == NULL)
    return FALSE;
  *out = 0;
  sat_stmt_bind_int (stmt, 1, book);
  if (sat_stmt_step (stmt, &problem))
    *out = sat_stmt_int (stmt, 0);
  return sat_stmt_finish (stmt, problem, error);
}

gboolean
sat_log_open_bytes (SatReplica *replica, guint32 book, guint64 *bytes, GError **error)
{
  gint64 value;

  if (!get_int_of_book (replica, "SELECT open_bytes FROM book WHERE number = ?1", book, &value,
                        error))
    return FALSE;
  *bytes = (guint64) value;
  return TRUE;
}

gboolean
sat_log_has_open (SatReplica *replica, guint32 book, gboolean *open, GError **error)
{
  gint64 value;

  if (!get_int_of_book (replica, "SELECT EXISTS (SELECT 1 FROM open_record WHERE book = ?1)", book,
                        &value, error))
    return FALSE;
  *open = value != 0;
  return TRUE;
}

static GArray *
unpack_dots (const void *data, gsize size)
{
  SatReader reader = sat_reader (data, size);
  GArray *dots = g_array_new (FALSE, FALSE, sizeof (SatDot));

  while (!reader.failed && reader.at < reader.end)
    {
      SatDot dot = { 0 };
      dot.book = (guint32) sat_read_uint (&reader);
      dot.device = (guint32) sat_read_uint (&reader);
      dot.number = sat_read_uint (&reader);
      if (!reader.failed)
        g_array_append_val (dots, dot);
    }
  return dots;
}

static GByteArray *
pack_dots (const GArray *dots)
{
  GByteArray *out = g_byte_array_new ();

  for (guint i = 0; dots != NULL && i < dots->len; i++)
    {
      const SatDot *dot = &g_array_index (dots, SatDot, i);
      sat_write_uint (out, dot->book);
      sat_write_uint (out, dot->device);
      sat_write_uint (out, dot->number);
    }
  return out;
}

GPtrArray *
sat_log_open_extras (SatReplica *replica, guint32 book, guint32 object, gint64 row, GError **error)
{
  g_autoptr (GPtrArray) extras = g_ptr_array_new_with_free_func (
      (GDestroyNotify) sat_open_extra_free);
  SatStmt *stmt = sat_db_prepare (replica->db,
                                  "SELECT field, element, dropped, keep, over FROM open_extra"
                                  " WHERE book = ?1 AND object = ?2 AND row = ?3"
                                  " ORDER BY field, element",
                                  error);
  GError *problem = NULL;

  if (stmt == NULL)
    return NULL;
  sat_stmt_bind_int (stmt, 1, book);
  sat_stmt_bind_int (stmt, 2, object);
  sat_stmt_bind_int (stmt, 3, row);
  while (sat_stmt_step (stmt, &problem))
    {
      SatOpenExtra *extra = g_new0 (SatOpenExtra, 1);
      gsize size;
      const void *data;

      extra->field = (guint32) sat_stmt_int (stmt, 0);
      extra->element = g_strdup (sat_stmt_text (stmt, 1));
      extra->dropped = sat_stmt_int (stmt, 2) != 0;
      data = sat_stmt_blob (stmt, 3, &size);
      extra->keep = unpack_dots (data, size);
      data = sat_stmt_blob (stmt, 4, &size);
      extra->over = unpack_dots (data, size);
      g_ptr_array_add (extras, extra);
    }
  return sat_stmt_finish (stmt, problem, error) ? g_steal_pointer (&extras) : NULL;
}

gboolean
sat_log_set_extra (SatReplica *replica,
                   guint32 book,
                   guint32 object,
                   gint64 row,
                   const SatOpenExtra *extra,
                   GError **error)
{
  g_autoptr (GByteArray) keep = pack_dots (extra->keep);
  g_autoptr (GByteArray) over = pack_dots (extra->over);
  SatStmt *stmt = sat_db_prepare (
      replica->db,
      "DELETE FROM open_extra WHERE book = ?1 AND object = ?2 AND row = ?3"
      " AND field = ?4 AND element IS ?5",
      error);

  if (stmt == NULL)
    return FALSE;
  for (int pass = 0; pass < 2; pass++)
    {
      sat_stmt_bind_int (stmt, 1, book);
      sat_stmt_bind_int (stmt, 2, object);
      sat_stmt_bind_int (stmt, 3, row);
      sat_stmt_bind_int (stmt, 4, extra->field);
      sat_stmt_bind_text (stmt, 5, extra->element);
      if (pass == 1)
        {
          sat_stmt_bind_int (stmt, 6, extra->dropped);
          sat_stmt_bind_blob (stmt, 7, keep->data, keep->len);
          sat_stmt_bind_blob (stmt, 8, over->data, over->len);
        }
      if (!sat_stmt_run (stmt, error))
        return FALSE;
      if (pass == 0 && !extra->dropped && keep->len == 0 && over->len == 0)
        return TRUE;
      stmt = sat_db_prepare (
          replica->db, "INSERT INTO open_extra VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)", error);
      if (stmt == NULL)
        return FALSE;
    }
  return TRUE;
}

static gboolean
run_for_book (SatReplica *replica, const char *sql, guint32 book, GError **error)
{
  SatStmt *stmt = sat_db_prepare (replica->db, sql, error);

  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_int (stmt, 1, book);
  return sat_stmt_run (stmt, error);
}

gboolean
sat_log_clear_open (SatReplica *replica, guint32 book, GError **error)
{
  return run_for_book (replica, "DELETE FROM open_record WHERE book = ?1", book, error) &&
         run_for_book (replica, "DELETE FROM open_extra WHERE book = ?1", book, error) &&
         run_for_book (replica, "UPDATE book SET open_bytes = 0 WHERE number = ?1", book, error);
}

gboolean
sat_log_add_sealed (SatReplica *replica,
                    guint32 book,
                    guint32 device,
                    guint64 number,
                    gint64 time_ms,
                    guint64 records,
                    GBytes *text,
                    GError **error)
{
  SatStmt *stmt = sat_db_prepare (
      replica->db,
      "INSERT INTO sealed (book, number, time_ms, records, text, device)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
      error);
  gsize size;
  const void *data = g_bytes_get_data (text, &size);

  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_int (stmt, 1, book);
  sat_stmt_bind_int (stmt, 2, (gint64) number);
  sat_stmt_bind_int (stmt, 3, time_ms);
  sat_stmt_bind_int (stmt, 4, (gint64) records);
  sat_stmt_bind_blob (stmt, 5, data, size);
  sat_stmt_bind_int (stmt, 6, device);
  return sat_stmt_run (stmt, error);
}

/* ---- quarantine ---------------------------------------------------------------------------------
 */

gboolean
sat_log_quarantine (SatReplica *replica,
                    guint32 book,
                    guint32 device,
                    guint64 number,
                    const GError *why,
                    GError **error)
{
  const char *msgid = sat_error_msgid (why);
  const char *const *args = sat_error_args (why);
  g_autoptr (GString) packed = g_string_new (NULL);
  SatStmt *stmt = sat_db_prepare (
      replica->db, "INSERT OR REPLACE INTO quarantine VALUES (?1, ?2, ?3, ?4, ?5, ?6)", error);

  if (stmt == NULL)
    return FALSE;
  for (guint i = 0; args != NULL && args[i] != NULL; i++)
    g_string_append_len (packed, args[i], (gssize) strlen (args[i]) + 1);
  sat_stmt_bind_int (stmt, 1, book);
  sat_stmt_bind_int (stmt, 2, device);
  sat_stmt_bind_int (stmt, 3, (gint64) number);
  sat_stmt_bind_int (stmt, 4, g_error_matches (why, SAT_ERROR, SAT_ERROR_NEWER));
  sat_stmt_bind_text (stmt, 5, msgid ? msgid : why->message);
  sat_stmt_bind_blob (stmt, 6, packed->str, packed->len);
  return sat_stmt_run (stmt, error);
}

gboolean
sat_log_release (SatReplica *replica, guint32 book, guint32 device, GError **error)
{
  SatStmt *stmt = sat_db_prepare (replica->db,
                                  "DELETE FROM quarantine WHERE book = ?1 AND device = ?2", error);

  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_int (stmt, 1, book);
  sat_stmt_bind_int (stmt, 2, device);
  return sat_stmt_run (stmt, error);
}

/* ---- conflicts, clock ---------------------------------------------------------------------------
 */

gboolean
sat_log_set_conflict (SatReplica *replica,
                      guint32 object,
                      gint64 row,
                      guint32 field,
                      gboolean conflict,
                      GError **error)
{
  SatStmt *stmt = sat_db_prepare (
      replica->db,
      conflict ? "INSERT OR IGNORE INTO conflict VALUES (?1, ?2, ?3)"
               : "DELETE FROM conflict WHERE object = ?1 AND row = ?2 AND field = ?3",
      error);

  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_int (stmt, 1, object);
  sat_stmt_bind_int (stmt, 2, row);
  sat_stmt_bind_int (stmt, 3, field);
  return sat_stmt_run (stmt, error);
}

SatHlc
sat_log_hlc (SatReplica *replica)
{
  return (SatHlc) sat_meta_get_int (replica, HLC_KEY, 0);
}

gboolean
sat_log_set_hlc (SatReplica *replica, SatHlc hlc, GError **error)
{
  return sat_meta_set_int (replica, HLC_KEY, (gint64) hlc, error);
}
