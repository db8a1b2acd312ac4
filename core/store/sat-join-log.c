/* SPDX-License-Identifier: GPL-3.0-or-later */
/* In meta: `joining` is "BOOK NAME" and a line "DEVICE NUMBER" for each device, `joined_shards` how
 * many shards are done. In the table saw a row with seen_device 0 says that the change-sets from
 * seen_number to its number were joined. */
#include "core/store/sat-join-log.h"

#include <string.h>

#include "core/store/sat-names.h"

#define META_JOINING "joining"
#define META_SHARDS "joined_shards"

void
sat_joining_clear (SatJoining *joining)
{
  g_clear_pointer (&joining->name, g_free);
  g_clear_pointer (&joining->book, g_free);
  g_clear_pointer (&joining->vector, g_array_unref);
}

gboolean
sat_log_covers (SatReplica *replica, const SatVector *vector, const GArray *wanted)
{
  for (guint i = 0; i < wanted->len; i++)
    {
      const SatJoiningEntry *entry = &g_array_index (wanted, SatJoiningEntry, i);
      guint32 device = sat_names_find_device (replica->names, &entry->device);

      if (device == 0 || sat_vector_get (vector, device) < entry->number)
        return FALSE;
    }
  return TRUE;
}

/* "BOOK NAME" and the vector. */
static gboolean
parse (const char *text, SatJoining *out)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_auto (GStrv) words = g_strsplit (lines[0], " ", 2);

  if (g_strv_length (words) != 2)
    return FALSE;
  out->vector = g_array_new (FALSE, TRUE, sizeof (SatJoiningEntry));
  for (guint i = 1; lines[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (lines[i], " ", 2);
      SatJoiningEntry entry = { 0 };

      if (g_strv_length (parts) != 2 || !sat_id_parse (parts[0], &entry.device))
        return FALSE;
      entry.number = g_ascii_strtoull (parts[1], NULL, 10);
      g_array_append_val (out->vector, entry);
    }
  out->book = g_strdup (words[0]);
  out->name = g_strdup (words[1]);
  return TRUE;
}

/* Has the book come as far by other means, or gone? */
static gboolean
is_over (SatReplica *replica, const SatJoining *joining, gboolean *over, GError **error)
{
  guint32 book = sat_names_find_book (replica->names, joining->book);
  SatVector vector;
  gboolean ok;

  sat_vector_init (&vector);
  ok = sat_log_vector (replica, book, &vector, error);
  *over = ok && sat_log_covers (replica, &vector, joining->vector);
  sat_vector_clear (&vector);
  return ok;
}

gboolean
sat_log_joining (SatReplica *replica, SatJoining *out, GError **error)
{
  g_autofree char *text = sat_meta_get (replica, META_JOINING);
  gboolean over = TRUE;

  *out = (SatJoining){ 0 };
  if (text == NULL)
    return TRUE;
  if (!parse (text, out))
    {
      sat_joining_clear (out);
      return sat_fail (error, SAT_ERROR_DAMAGED,
                       N_ ("the replica's database is damaged: its note of a checkpoint"), NULL);
    }
  if (!is_over (replica, out, &over, error) || over)
    sat_joining_clear (out);
  else
    out->shards_done = (guint64) sat_meta_get_int (replica, META_SHARDS, 0);
  return over || out->name != NULL;
}

gboolean
sat_log_set_joining (SatReplica *replica, const SatJoining *joining, GError **error)
{
  GString *text;
  gboolean ok;

  if (joining == NULL || joining->name == NULL)
    {
      SatStmt *stmt = sat_db_prepare (
          replica->db, "DELETE FROM meta WHERE key IN ('" META_JOINING "', '" META_SHARDS "')",
          error);
      return stmt != NULL && sat_stmt_run (stmt, error);
    }
  text = g_string_new (joining->book);
  g_string_append_printf (text, " %s", joining->name);
  for (guint i = 0; i < joining->vector->len; i++)
    {
      const SatJoiningEntry *entry = &g_array_index (joining->vector, SatJoiningEntry, i);
      char id[SAT_ID_TEXT_SIZE];

      g_string_append_printf (text, "\n%s %" G_GUINT64_FORMAT, sat_id_format (&entry->device, id),
                              entry->number);
    }
  ok = sat_meta_set (replica, META_JOINING, text->str, error) &&
       sat_log_set_shards_done (replica, joining->shards_done, error);
  g_string_free (text, TRUE);
  return ok;
}

gboolean
sat_log_set_shards_done (SatReplica *replica, guint64 n, GError **error)
{
  return sat_meta_set_int (replica, META_SHARDS, (gint64) n, error);
}

gboolean
sat_log_restart_joining (SatReplica *replica, GError **error)
{
  return sat_meta_get_int (replica, META_SHARDS, 0) == 0 ||
         sat_log_set_shards_done (replica, 0, error);
}

gboolean
sat_log_is_unfinished (SatReplica *replica, gboolean *unfinished, GError **error)
{
  g_auto (SatJoining) joining = { 0 };
  SatPartial partial;

  if (!sat_log_partial (replica, &partial, error) || !sat_log_joining (replica, &joining, error))
    return FALSE;
  *unfinished = partial.number != 0 || joining.name != NULL;
  return TRUE;
}

/* ---- what was joined ----------------------------------------------------------------------------
 */

gboolean
sat_log_add_joined (
    SatReplica *replica, guint32 book, guint32 device, guint64 from, guint64 number, GError **error)
{
  SatStmt *stmt = sat_db_prepare (replica->db,
                                  "INSERT OR REPLACE INTO saw VALUES (?1, ?2, ?4, 0, ?3)", error);

  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_int (stmt, 1, book);
  sat_stmt_bind_int (stmt, 2, device);
  sat_stmt_bind_int (stmt, 3, (gint64) from);
  sat_stmt_bind_int (stmt, 4, (gint64) number);
  return sat_stmt_run (stmt, error);
}

gboolean
sat_log_was_applied (SatReplica *replica,
                     guint32 book,
                     guint32 device,
                     guint64 number,
                     gboolean *applied,
                     GError **error)
{
  SatStmt *stmt = sat_db_prepare (replica->db,
                                  "SELECT 1 FROM saw WHERE book = ?1 AND device = ?2 AND"
                                  " number >= ?3 AND seen_device = 0 AND seen_number <= ?3 LIMIT 1",
                                  error);
  GError *problem = NULL;

  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_int (stmt, 1, book);
  sat_stmt_bind_int (stmt, 2, device);
  sat_stmt_bind_int (stmt, 3, (gint64) number);
  *applied = !sat_stmt_step (stmt, &problem);
  return sat_stmt_finish (stmt, problem, error);
}

gboolean
sat_log_has_joined (SatReplica *replica, guint32 book, gboolean *joined, GError **error)
{
  SatStmt *stmt = sat_db_prepare (
      replica->db, "SELECT 1 FROM saw WHERE book = ?1 AND seen_device = 0 LIMIT 1", error);
  GError *problem = NULL;

  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_int (stmt, 1, book);
  *joined = sat_stmt_step (stmt, &problem);
  return sat_stmt_finish (stmt, problem, error);
}
