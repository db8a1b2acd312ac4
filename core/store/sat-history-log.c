/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/store/sat-history-log.h"

#include <string.h>

/* The number of an entry: its page, then its place. */
#define PLACE_BITS 6
#define PLACES (1 << PLACE_BITS)
/* A page with long texts is not filled. */
#define PAGE_BYTES 16384

struct _SatHistoryLog
{
  gint64 page; /* the one under way; 0: not asked for in this transaction */
  gint64 used; /* places in it */
  GByteArray *entries;
};

SatHistoryLog *
sat_history_log_new (void)
{
  SatHistoryLog *log = g_new0 (SatHistoryLog, 1);

  log->entries = g_byte_array_new ();
  return log;
}

void
sat_history_log_free (SatHistoryLog *log)
{
  g_byte_array_unref (log->entries);
  g_free (log);
}

void
sat_history_log_forget (SatReplica *replica)
{
  SatHistoryLog *log = replica->history;

  log->page = log->used = 0;
  g_byte_array_set_size (log->entries, 0);
}

/* ---- writing ------------------------------------------------------------------------------------
 */

static gboolean
write_page (SatDb *db, const char *sql, gint64 page, const GByteArray *entries, GError **error)
{
  SatStmt *stmt = sat_db_prepare (db, sql, error);

  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_int (stmt, 1, page);
  sat_stmt_bind_blob (stmt, 2, entries->data, entries->len);
  return sat_stmt_run (stmt, error);
}

static gboolean
insert_page (SatDb *db, gint64 page, const GByteArray *entries, GError **error)
{
  return write_page (db, "INSERT INTO history VALUES (?1, ?2)", page, entries, error);
}

gboolean
sat_history_log_flush (SatReplica *replica, GError **error)
{
  SatHistoryLog *log = replica->history;

  if (log->used == 0)
    return TRUE;
  if (!insert_page (replica->db, log->page, log->entries, error))
    return FALSE;
  log->page++;
  log->used = 0;
  g_byte_array_set_size (log->entries, 0);
  return TRUE;
}

static gboolean
list_unseen (SatReplica *replica, guint32 object, gint64 row, gint64 entry, GError **error)
{
  SatStmt *stmt = sat_db_prepare (replica->db, "INSERT OR IGNORE INTO unseen VALUES (?1, ?2, ?3)",
                                  error);

  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_int (stmt, 1, object);
  sat_stmt_bind_int (stmt, 2, row);
  sat_stmt_bind_int (stmt, 3, entry);
  return sat_stmt_run (stmt, error);
}

/* Makes sure that there is a page with room. */
static gboolean
begin_page (SatReplica *replica, GError **error)
{
  SatHistoryLog *log = replica->history;

  if ((log->used == PLACES || log->entries->len >= PAGE_BYTES) &&
      !sat_history_log_flush (replica, error))
    return FALSE;
  if (log->page != 0)
    return TRUE;
  if (!sat_db_get_int (replica->db, "SELECT max (page) FROM history", 0, &log->page, error))
    return FALSE;
  log->page++;
  return TRUE;
}

gboolean
sat_log_add_history (
    SatReplica *replica, SatState *state, const SatSibling *sibling, guint flags, GError **error)
{
  SatHistoryLog *log = replica->history;
  SatHistoryEntry entry = {
    .flags = flags,
    .object = state->object,
    .row = state->row,
    .previous = state->history,
    .replaced = *sibling,
  };

  if (!begin_page (replica, error))
    return FALSE;
  sat_history_put (log->entries, &entry);
  state->history = (log->page << PLACE_BITS) + log->used++;
  return (flags & (SAT_HISTORY_UNSEEN | SAT_HISTORY_DRAFT | SAT_HISTORY_REMOVAL)) !=
             SAT_HISTORY_UNSEEN ||
         list_unseen (replica, state->object, state->row, state->history, error);
}

/* ---- reading ------------------------------------------------------------------------------------
 */

static gboolean
damaged (GError **error)
{
  return sat_fail (error, SAT_ERROR_DAMAGED,
                   N_ ("the history of a record is damaged in the replica's database; run “satchel "
                       "doctor”"),
                   NULL);
}

/* The page of ENTRY, whose bytes live until STMT is reset; a READER that failed: there is none. */
static SatStmt *
open_page (SatDb *db, gint64 entry, SatReader *reader, GError **error)
{
  SatStmt *stmt = sat_db_prepare (db, "SELECT entries FROM history WHERE page = ?1", error);
  GError *problem = NULL;

  if (stmt == NULL)
    return NULL;
  sat_stmt_bind_int (stmt, 1, entry >> PLACE_BITS);
  *reader = (SatReader){ .failed = TRUE };
  if (sat_stmt_step (stmt, &problem))
    {
      gsize size;
      const void *data = sat_stmt_blob (stmt, 0, &size);

      *reader = sat_reader (data, size);
    }
  if (problem == NULL)
    return stmt;
  sat_stmt_finish (stmt, problem, error);
  return NULL;
}

/* The entry in that place of the page. */
static gboolean
find_place (SatReader reader, gint64 entry, SatHistoryEntry *out)
{
  gint64 place = entry & (PLACES - 1);

  for (gint64 i = 0; i <= place; i++)
    if (!sat_history_read (&reader, out))
      return FALSE;
  return (out->flags & SAT_HISTORY_GONE) == 0;
}

gboolean
sat_log_history (
    SatReplica *replica, gint64 entry, SatHistoryFunc each, gpointer data, GError **error)
{
  if (!sat_history_log_flush (replica, error))
    return FALSE;
  while (entry != 0)
    {
      SatReader page;
      SatStmt *stmt = open_page (replica->db, entry, &page, error);
      gint64 at = entry;

      if (stmt == NULL)
        return FALSE;
      while (entry != 0 && entry >> PLACE_BITS == at >> PLACE_BITS)
        {
          SatHistoryEntry found;

          if (!find_place (page, entry, &found) || found.previous >= entry)
            {
              sat_stmt_reset (stmt);
              return damaged (error);
            }
          each (entry, &found.replaced, found.flags, data);
          entry = found.previous;
        }
      sat_stmt_reset (stmt);
    }
  return TRUE;
}

gboolean
sat_log_history_entry (
    SatReplica *replica, gint64 entry, SatHistoryFunc each, gpointer data, GError **error)
{
  SatHistoryEntry found;
  SatReader page;
  SatStmt *stmt;

  if (!sat_history_log_flush (replica, error))
    return FALSE;
  stmt = open_page (replica->db, entry, &page, error);
  if (stmt == NULL)
    return FALSE;
  if (!find_place (page, entry, &found))
    {
      sat_stmt_reset (stmt);
      return damaged (error);
    }
  each (entry, &found.replaced, found.flags, data);
  sat_stmt_reset (stmt);
  return TRUE;
}

/* ---- changing what is there ---------------------------------------------------------------------
 */

/* The first page behind *PAGE, its bytes in ENTRIES; *PAGE is -1 when there is none. */
static gboolean
next_page (SatDb *db, gint64 *page, GByteArray *entries, GError **error)
{
  SatStmt *stmt = sat_db_prepare (
      db, "SELECT page, entries FROM history WHERE page > ?1 ORDER BY page LIMIT 1", error);
  GError *problem = NULL;

  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_int (stmt, 1, *page);
  g_byte_array_set_size (entries, 0);
  *page = -1;
  if (sat_stmt_step (stmt, &problem))
    {
      gsize size;
      const void *data = sat_stmt_blob (stmt, 1, &size);

      *page = sat_stmt_int (stmt, 0);
      if (size > 0)
        g_byte_array_append (entries, data, (guint) size);
    }
  return sat_stmt_finish (stmt, problem, error);
}

/* What FUNC makes of a page, in TO; *CHANGED: it is another one. */
static gboolean
edit_page (gint64 page,
           const GByteArray *from,
           SatHistoryEditFunc func,
           gpointer data,
           GByteArray *to,
           gboolean *changed)
{
  SatReader reader = sat_reader (from->data, from->len);
  SatHistoryEntry entry;

  *changed = FALSE;
  g_byte_array_set_size (to, 0);
  for (gint64 place = 0; sat_history_read (&reader, &entry); place++)
    {
      if ((entry.flags & SAT_HISTORY_GONE) == 0)
        *changed |= func (page * ((gint64) 1 << PLACE_BITS) + place, &entry, data);
      sat_history_put (to, &entry);
    }
  return !reader.failed;
}

gboolean
sat_log_edit_history (SatReplica *replica, SatHistoryEditFunc func, gpointer data, GError **error)
{
  g_autoptr (GByteArray) from = g_byte_array_new ();
  g_autoptr (GByteArray) to = g_byte_array_new ();

  if (!sat_history_log_flush (replica, error))
    return FALSE;
  for (gint64 page = -1;;)
    {
      gboolean changed;

      if (!next_page (replica->db, &page, from, error))
        return FALSE;
      if (page < 0)
        return TRUE;
      if (!edit_page (page, from, func, data, to, &changed))
        return damaged (error);
      if (changed && !write_page (replica->db, "UPDATE history SET entries = ?2 WHERE page = ?1",
                                  page, to, error))
        return FALSE;
    }
}

typedef struct
{
  gint64 number;
  guint32 object;
  gint64 row;
} Mark;

static gboolean
mark (gint64 number, SatHistoryEntry *entry, gpointer data)
{
  Mark *wanted = data;

  if (number != wanted->number)
    return FALSE;
  wanted->object = entry->object;
  wanted->row = entry->row;
  entry->flags |= SAT_HISTORY_UNSEEN;
  return TRUE;
}

gboolean
sat_log_mark_unseen (SatReplica *replica, gint64 entry, GError **error)
{
  g_autoptr (GByteArray) from = g_byte_array_new ();
  g_autoptr (GByteArray) to = g_byte_array_new ();
  Mark wanted = { .number = entry };
  gint64 page = (entry >> PLACE_BITS) - 1;
  gboolean changed;

  if (!sat_history_log_flush (replica, error) || !next_page (replica->db, &page, from, error))
    return FALSE;
  if (page != entry >> PLACE_BITS || !edit_page (page, from, mark, &wanted, to, &changed) ||
      !changed)
    return damaged (error);
  return write_page (replica->db, "UPDATE history SET entries = ?2 WHERE page = ?1", page, to,
                     error) &&
         list_unseen (replica, wanted.object, wanted.row, entry, error);
}

/* ---- version 6 of the tables --------------------------------------------------------------------
 */

static void
read_row (SatStmt *stmt, SatHistoryEntry *out)
{
  *out = (SatHistoryEntry){
    .flags = (guint) sat_stmt_int (stmt, 10),
    .object = (guint32) sat_stmt_int (stmt, 1),
    .row = sat_stmt_int (stmt, 2),
    .previous = sat_stmt_int (stmt, 3),
    .replaced = { .dot = { .book = (guint32) sat_stmt_int (stmt, 6),
                           .device = (guint32) sat_stmt_int (stmt, 7),
                           .number = (guint64) sat_stmt_int (stmt, 8) },
                  .hlc = (SatHlc) sat_stmt_int (stmt, 9),
                  .field = (guint32) sat_stmt_int (stmt, 4),
                  .element = sat_stmt_text (stmt, 5),
                  .value = sat_stmt_text (stmt, 11) },
  };
}

gboolean
sat_history_log_migrate (SatDb *db, GError **error)
{
  static const SatHistoryEntry gone = { .flags = SAT_HISTORY_GONE };
  g_autoptr (GByteArray) entries = g_byte_array_new ();
  GError *problem = NULL;
  gint64 next = 0; /* the number that an entry put into ENTRIES now would have */
  SatStmt *stmt = sat_db_prepare (db,
                                  "SELECT entry, object, row, previous, field, element, book,"
                                  " device, number, hlc, flags, value FROM history_5 ORDER BY"
                                  " entry",
                                  error);

  if (stmt == NULL)
    return FALSE;
  while (problem == NULL && sat_stmt_step (stmt, &problem))
    {
      gint64 number = sat_stmt_int (stmt, 0);
      SatHistoryEntry entry;

      if (number >> PLACE_BITS != next >> PLACE_BITS || entries->len == 0)
        {
          if (entries->len > 0 && !insert_page (db, (next - 1) >> PLACE_BITS, entries, &problem))
            break;
          g_byte_array_set_size (entries, 0);
          next = number & ~(gint64) (PLACES - 1);
        }
      for (; next < number; next++)
        sat_history_put (entries, &gone);
      read_row (stmt, &entry);
      sat_history_put (entries, &entry);
      next++;
    }
  if (problem == NULL && entries->len > 0)
    insert_page (db, (next - 1) >> PLACE_BITS, entries, &problem);
  return sat_stmt_finish (stmt, problem, error);
}
