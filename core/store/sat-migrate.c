/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/store/sat-migrate.h"

#include "core/record/sat-state.h"
#include "core/store/sat-history-log.h"
#include "core/store/sat-schema.h"

/* From version N to N + 1. These never change once they were in a release. */
static const char *const steps[SAT_SCHEMA_VERSION] = {
  NULL,
  "CREATE TABLE step (id INTEGER PRIMARY KEY, hlc INTEGER NOT NULL, undoes INTEGER NOT NULL"
  " DEFAULT 0, undone INTEGER NOT NULL DEFAULT 0);"
  "CREATE TABLE step_write (number INTEGER PRIMARY KEY, step INTEGER NOT NULL, book INTEGER,"
  " object INTEGER, row INTEGER, kind INTEGER NOT NULL, before BLOB);"
  "CREATE INDEX step_write_step ON step_write (step);"
  "CREATE TABLE former (device INTEGER PRIMARY KEY, time_ms INTEGER NOT NULL);"
  "ALTER TABLE sealed RENAME TO sealed_1;"
  "DROP INDEX sealed_waiting;"
  "CREATE TABLE sealed (book INTEGER, device INTEGER, number INTEGER, time_ms INTEGER,"
  " records INTEGER, text BLOB, commit_id TEXT, pushed INTEGER NOT NULL DEFAULT 0,"
  " PRIMARY KEY (book, device, number));"
  "CREATE INDEX sealed_waiting ON sealed (pushed) WHERE pushed = 0;"
  "INSERT INTO sealed SELECT s.book, (SELECT d.number FROM device d, meta m WHERE m.key = 'device'"
  " AND lower (hex (d.id)) = replace (m.value, '-', '')), s.number, s.time_ms, s.records, s.text,"
  " s.commit_id, s.pushed FROM sealed_1 s;"
  "DROP TABLE sealed_1;",
  "ALTER TABLE history RENAME TO history_2;"
  "DROP INDEX history_record;"
  "CREATE TABLE history (object INTEGER, row INTEGER, entry INTEGER, field INTEGER, element TEXT,"
  " book INTEGER, device INTEGER, number INTEGER, hlc INTEGER, flags INTEGER, value TEXT,"
  " PRIMARY KEY (object, row, entry)) WITHOUT ROWID;"
  "INSERT INTO history SELECT object, row, rowid, field, element, book, device, number, hlc, flags,"
  " value FROM history_2;"
  "INSERT INTO meta SELECT 'history', ifnull (max (rowid), 0) FROM history_2;"
  "DROP TABLE history_2;"
  "DROP TABLE dirty;"
  "CREATE TABLE dirty (number INTEGER PRIMARY KEY, records INTEGER NOT NULL, notes BLOB NOT NULL);"
  "DROP TABLE search;"
  "CREATE VIRTUAL TABLE search USING fts5 (text, content = '', tokenize = 'satchel',"
  " detail = 'none', columnsize = 0);"
  "INSERT INTO search (search, rank) VALUES ('hashsize', 4194304);"
  "INSERT INTO search (rowid, text) VALUES (-1, x'0102');"
  "INSERT INTO meta VALUES ('rederive', '1') ON CONFLICT (key) DO UPDATE SET value = '1';",
  "CREATE TABLE forward (object INTEGER, row INTEGER, PRIMARY KEY (object, row)) WITHOUT ROWID;",
  "ALTER TABLE history RENAME TO history_4;"
  "CREATE TABLE history (entry INTEGER PRIMARY KEY, object INTEGER, row INTEGER, previous INTEGER,"
  " field INTEGER, element TEXT, book INTEGER, device INTEGER, number INTEGER, hlc INTEGER,"
  " flags INTEGER, value TEXT);"
  "INSERT INTO history SELECT entry, object, row, lag (entry, 1, 0) OVER (PARTITION BY object, row"
  " ORDER BY entry), field, element, book, device, number, hlc, flags, value FROM history_4"
  " ORDER BY entry;"
  "DROP TABLE history_4;"
  "CREATE INDEX history_unseen ON history (object, row) WHERE flags & 2;"
  "DELETE FROM meta WHERE key = 'history';",
  "ALTER TABLE history RENAME TO history_5;"
  "CREATE TABLE history (page INTEGER PRIMARY KEY, entries BLOB NOT NULL);"
  "CREATE TABLE unseen (object INTEGER, row INTEGER, entry INTEGER,"
  " PRIMARY KEY (object, row, entry)) WITHOUT ROWID;"
  "INSERT INTO unseen SELECT object, row, entry FROM history_5 WHERE flags & 2 AND NOT flags & 12;",
  "CREATE TABLE absorbed (uuid BLOB, object INTEGER, book INTEGER, target BLOB NOT NULL,"
  " PRIMARY KEY (uuid, object, book)) WITHOUT ROWID;"
  "CREATE INDEX absorbed_target ON absorbed (target);"
  "INSERT INTO meta VALUES ('rederive', '1') ON CONFLICT (key) DO UPDATE SET value = '1';",
  "CREATE TABLE own_epoch (book INTEGER, device INTEGER, epoch INTEGER, first INTEGER NOT NULL,"
  " PRIMARY KEY (book, device, epoch)) WITHOUT ROWID;",
  "CREATE TABLE invitation (id BLOB, expires_ms INTEGER, role TEXT, books TEXT,"
  " login TEXT, key BLOB NOT NULL, PRIMARY KEY (id, expires_ms, role, books, login)) WITHOUT ROWID;"
  "CREATE TABLE claim (invitation BLOB, device INTEGER, PRIMARY KEY (invitation, device))"
  " WITHOUT ROWID;"
  "CREATE TABLE admission (device INTEGER, by_device INTEGER, role TEXT,"
  " PRIMARY KEY (device, by_device, role)) WITHOUT ROWID;",
  "CREATE TABLE withdrawal (invitation BLOB, by_device INTEGER,"
  " PRIMARY KEY (invitation, by_device)) WITHOUT ROWID;",
  "CREATE TABLE file (hash BLOB PRIMARY KEY, size INTEGER NOT NULL, bytes BLOB NOT NULL);",
};

/* ---- version 5: where a record's history ends is in its stamps ----------------------------------
 */

typedef struct
{
  char *table;
  gint64 row, last;
} Chain;

static void
clear_chain (gpointer data)
{
  g_free (((Chain *) data)->table);
}

/* Of all records with history; an object without a table of its own shares o__unknown. */
static GArray *
list_chains (SatDb *db, GError **error)
{
  g_autoptr (GArray) chains = g_array_new (FALSE, FALSE, sizeof (Chain));
  SatStmt *stmt = sat_db_prepare (
      db,
      "SELECT ifnull (s.name, 'o__unknown'), h.row, max (h.entry) FROM history h"
      " LEFT JOIN name n ON n.number = h.object"
      " LEFT JOIN sqlite_schema s ON s.type = 'table' AND s.name = 'o_' || n.name"
      " GROUP BY h.object, h.row",
      error);
  GError *problem = NULL;

  if (stmt == NULL)
    return NULL;
  g_array_set_clear_func (chains, clear_chain);
  while (sat_stmt_step (stmt, &problem))
    {
      Chain chain = { g_strdup (sat_stmt_text (stmt, 0)), sat_stmt_int (stmt, 1),
                      sat_stmt_int (stmt, 2) };

      g_array_append_val (chains, chain);
    }
  return sat_stmt_finish (stmt, problem, error) ? g_steal_pointer (&chains) : NULL;
}

static gboolean
name_last (SatDb *db, const Chain *chain, GError **error)
{
  g_autofree char *select = g_strdup_printf ("SELECT stamps FROM \"%s\" WHERE row = ?1",
                                             chain->table);
  g_autofree char *update = g_strdup_printf ("UPDATE \"%s\" SET stamps = ?2 WHERE row = ?1",
                                             chain->table);
  g_autoptr (GByteArray) stamps = g_byte_array_new ();
  SatStmt *stmt = sat_db_prepare (db, select, error);
  GError *problem = NULL;

  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_int (stmt, 1, chain->row);
  if (sat_stmt_step (stmt, &problem))
    {
      gsize size;
      const void *data = sat_stmt_blob (stmt, 0, &size);

      g_byte_array_append (stamps, data, (guint) size);
    }
  if (!sat_stmt_finish (stmt, problem, error))
    return FALSE;
  if (stamps->len < 2) /* the record has left with its book */
    return TRUE;
  sat_state_pack_history (stamps, chain->last);
  stmt = sat_db_prepare (db, update, error);
  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_int (stmt, 1, chain->row);
  sat_stmt_bind_blob (stmt, 2, stamps->data, stamps->len);
  return sat_stmt_run (stmt, error);
}

static gboolean
name_last_entries (SatDb *db, GError **error)
{
  g_autoptr (GArray) chains = list_chains (db, error);

  for (guint i = 0; chains != NULL && i < chains->len; i++)
    if (!name_last (db, &g_array_index (chains, Chain, i), error))
      return FALSE;
  return chains != NULL;
}

/* What SQL cannot say, after the step of that version. */
static gboolean
finish_step (SatDb *db, gsize version, GError **error)
{
  if (version == 4)
    return name_last_entries (db, error);
  return version != 5 ||
         (sat_history_log_migrate (db, error) && sat_db_exec (db, "DROP TABLE history_5", error));
}

gboolean
sat_migrate (SatDb *db, int version, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("UPDATE meta SET value = '%d' WHERE key = 'schema'",
                                          SAT_SCHEMA_VERSION);

  if (version < 1)
    return sat_fail (error, SAT_ERROR_DAMAGED,
                     N_ ("the replica's database is damaged: its tables are gone"), NULL);
  for (gsize i = (gsize) version; i < SAT_SCHEMA_VERSION; i++)
    if (!sat_db_exec (db, steps[i], error) || !finish_step (db, i, error))
      return FALSE;
  sat_db_forget_statements (db);
  return sat_db_exec (db, sql, error);
}
