/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/store/sat-db.h"

#include <sqlite3.h>
#include <string.h>

#include "core/base/sat-crash.h"
#include "core/base/sat-text.h"
#include "core/store/sat-condition.h"
#include "core/store/sat-rule-sql.h"
#include "core/store/sat-tokenizer.h"

#define BUSY_TIMEOUT_MS 30000

struct _SatStmt
{
  SatDb *db;
  sqlite3_stmt *raw;
  const char *sql;  /* the table's key */
  gboolean bound;   /* something may be bound */
  gboolean stepped; /* it stands on a row, or stopped at an error */
};

/* Texts asked for lately, by their address: comparing two texts is much faster than hashing one. */
#define RECENT 128

typedef struct
{
  const char *sql;
  SatStmt *stmt;
} Recent;

struct _SatDb
{
  sqlite3 *raw;
  GHashTable *statements; /* SQL text -> SatStmt */
  Recent recent[RECENT];
  gboolean in_transaction;
  gboolean writing;
  guint64 commits;    /* of this connection */
  SatDbWaitFunc wait; /* may be NULL */
  gpointer wait_data;
  gint64 waiting_since;
};

static gboolean
fail (SatDb *db, GError **error)
{
  int code = sqlite3_errcode (db->raw) & 0xff;
  const char *text = sqlite3_errmsg (db->raw);

  if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
    return sat_fail (error, SAT_ERROR_BUSY,
                     N_ ("the replica is busy: another program has been writing to it for too "
                         "long; try again"),
                     NULL);
  if (code == SQLITE_FULL)
    return sat_fail (error, SAT_ERROR_FAILED,
                     N_ ("the disk is full; nothing was changed, make room and try again"), NULL);
  if (code == SQLITE_CORRUPT || code == SQLITE_NOTADB)
    return sat_fail (error, SAT_ERROR_DAMAGED,
                     N_ ("the replica's database is damaged (%s); run “satchel doctor”"), text,
                     NULL);
  if (code == SQLITE_READONLY || code == SQLITE_PERM || code == SQLITE_CANTOPEN)
    return sat_fail (error, SAT_ERROR_FAILED,
                     N_ ("the replica's database cannot be written (%s); look at its folder's "
                         "permissions"),
                     text, NULL);
  if (g_str_equal (text, "parser stack overflow") ||
      g_str_has_prefix (text, "Expression tree is too large"))
    return sat_fail (error, SAT_ERROR_TOO_LONG,
                     N_ ("the expression is nested too deeply for the database; split it"), NULL);
  return sat_fail (error, SAT_ERROR_FAILED, N_ ("the replica's database failed: %s"), text, NULL);
}

static void
stmt_free (gpointer data)
{
  SatStmt *stmt = data;

  sqlite3_finalize (stmt->raw);
  g_free (stmt);
}

/* sort_key (TEXT): what people's order of texts is the bytewise order of. */
static void
sort_key (sqlite3_context *context, int n, sqlite3_value **values)
{
  const char *text = n == 1 ? (const char *) sqlite3_value_text (values[0]) : NULL;
  g_autoptr (GBytes) key = text ? sat_text_sort_key (text) : NULL;

  if (key == NULL)
    sqlite3_result_null (context);
  else
    sqlite3_result_blob (context, g_bytes_get_data (key, NULL), (int) g_bytes_get_size (key),
                         SQLITE_TRANSIENT);
}

/* SQLite counts the memory it uses under a lock, for statistics that nobody asks for. Only before
 * its first use in the process can it be told not to; later the call does nothing. */
static void
configure_once (void)
{
  static gsize done = 0;

  if (g_once_init_enter (&done))
    {
      sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
      g_once_init_leave (&done, 1);
    }
}

/* SQLite asks whether to try again, for the COUNT-th time; as in its own handler naps grow. */
static int
busy_cb (void *data, int count)
{
  static const guint8 naps_ms[] = { 1, 2, 5, 10, 15, 20, 25, 25, 25, 50 };
  SatDb *db = data;
  guint nap = (guint) MIN (count, (int) G_N_ELEMENTS (naps_ms) - 1);
  gint64 now = g_get_monotonic_time ();
  guint64 waited_ms;

  if (count == 0)
    db->waiting_since = now;
  waited_ms = (guint64) (now - db->waiting_since) / 1000;
  if (db->wait != NULL ? !db->wait (waited_ms, db->wait_data) : waited_ms >= BUSY_TIMEOUT_MS)
    return 0;
  g_usleep (naps_ms[nap] * 1000);
  return 1;
}

void
sat_db_set_wait (SatDb *db, SatDbWaitFunc func, gpointer data)
{
  db->wait = func;
  db->wait_data = data;
}

SatDb *
sat_db_open (const char *file, gboolean create, GError **error)
{
  static const char settings[] = "PRAGMA journal_mode=WAL;"
                                 "PRAGMA synchronous=FULL;"
                                 "PRAGMA foreign_keys=OFF;"
                                 "PRAGMA secure_delete=OFF;"
                                 "PRAGMA temp_store=MEMORY;"
                                 "PRAGMA trusted_schema=OFF;"
                                 "PRAGMA wal_autocheckpoint=4000;"
                                 "PRAGMA cache_size=-65536;";
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (create ? SQLITE_OPEN_CREATE : 0);
  g_autoptr (SatDb) db = g_new0 (SatDb, 1);
  int code;

  configure_once ();
  code = sqlite3_open_v2 (file, &db->raw, flags, NULL);
  db->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, stmt_free);
  if (code != SQLITE_OK)
    {
      fail (db, error);
      return NULL;
    }
  sqlite3_busy_handler (db->raw, busy_cb, db);
  sqlite3_db_config (db->raw, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
  sqlite3_db_config (db->raw, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
  sqlite3_db_config (db->raw, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_create_function_v2 (db->raw, "sort_key", 1,
                              SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, NULL,
                              sort_key, NULL, NULL, NULL);
  if (!sat_db_exec (db, settings, error) || !sat_tokenizer_register (db, error) ||
      !sat_condition_register (db, error) || !sat_rule_sql_register (db, error))
    return NULL;
  return g_steal_pointer (&db);
}

void
sat_db_close (SatDb *db)
{
  if (db == NULL)
    return;
  g_clear_pointer (&db->statements, g_hash_table_unref);
  if (db->in_transaction)
    sqlite3_exec (db->raw, "ROLLBACK", NULL, NULL, NULL);
  sqlite3_close (db->raw);
  g_free (db);
}

gpointer
sat_db_handle (SatDb *db)
{
  return db->raw;
}

static gboolean
begin (SatDb *db, const char *sql, gboolean writing, GError **error)
{
  g_return_val_if_fail (!db->in_transaction, FALSE);
  if (!sat_db_exec (db, sql, error))
    return FALSE;
  db->in_transaction = TRUE;
  db->writing = writing;
  return TRUE;
}

gboolean
sat_db_begin (SatDb *db, GError **error)
{
  return begin (db, "BEGIN IMMEDIATE", TRUE, error);
}

gboolean
sat_db_begin_read (SatDb *db, GError **error)
{
  return begin (db, "BEGIN", FALSE, error);
}

gboolean
sat_db_commit (SatDb *db, GError **error)
{
  g_return_val_if_fail (db->in_transaction, FALSE);
  if (!sat_db_exec (db, "COMMIT", error))
    {
      sat_db_rollback (db);
      return FALSE;
    }
  db->in_transaction = FALSE;
  if (db->writing)
    {
      db->commits++;
      sat_durable_step ("database commit");
    }
  return TRUE;
}

void
sat_db_rollback (SatDb *db)
{
  if (!db->in_transaction)
    return;
  /* An error may have rolled back already; then this fails, rightly. */
  sqlite3_exec (db->raw, "ROLLBACK", NULL, NULL, NULL);
  db->in_transaction = FALSE;
}

gboolean
sat_db_in_transaction (const SatDb *db)
{
  return db->in_transaction;
}

void
sat_db_relax (SatDb *db, gboolean relaxed)
{
  sqlite3_exec (db->raw, relaxed ? "PRAGMA synchronous=NORMAL" : "PRAGMA synchronous=FULL", NULL,
                NULL, NULL);
}

gboolean
sat_db_exec (SatDb *db, const char *sql, GError **error)
{
  if (sqlite3_exec (db->raw, sql, NULL, NULL, NULL) != SQLITE_OK)
    return fail (db, error);
  return TRUE;
}

void
sat_db_forget_statements (SatDb *db)
{
  memset (db->recent, 0, sizeof db->recent);
  g_hash_table_remove_all (db->statements);
}

static SatStmt *
find_statement (SatDb *db, const char *sql, GError **error)
{
  SatStmt *stmt = g_hash_table_lookup (db->statements, sql);
  sqlite3_stmt *raw;
  char *key;

  if (stmt != NULL)
    return stmt;
  if (sqlite3_prepare_v3 (db->raw, sql, -1, SQLITE_PREPARE_PERSISTENT, &raw, NULL) != SQLITE_OK)
    {
      fail (db, error);
      return NULL;
    }
  key = g_strdup (sql);
  stmt = g_new (SatStmt, 1);
  stmt->db = db;
  stmt->raw = raw;
  stmt->sql = key;
  stmt->bound = stmt->stepped = FALSE;
  g_hash_table_insert (db->statements, key, stmt);
  return stmt;
}

void
sat_db_forget_statement (SatDb *db, const char *sql)
{
  const SatStmt *stmt = g_hash_table_lookup (db->statements, sql);

  for (guint i = 0; stmt != NULL && i < RECENT; i++)
    if (db->recent[i].stmt == stmt)
      db->recent[i] = (Recent){ 0 };
  g_hash_table_remove (db->statements, sql);
}

SatStmt *
sat_db_prepare (SatDb *db, const char *sql, GError **error)
{
  Recent *recent = &db->recent[(GPOINTER_TO_SIZE (sql) >> 4) % RECENT];

  if (recent->sql != sql || strcmp (recent->stmt->sql, sql) != 0)
    {
      SatStmt *stmt = find_statement (db, sql, error);

      if (stmt == NULL)
        return NULL;
      recent->sql = sql;
      recent->stmt = stmt;
    }
  sat_stmt_reset (recent->stmt);
  recent->stmt->bound = TRUE;
  return recent->stmt;
}

void
sat_stmt_bind_int (SatStmt *stmt, int index, gint64 value)
{
  sqlite3_bind_int64 (stmt->raw, index, value);
}

void
sat_stmt_bind_text (SatStmt *stmt, int index, const char *text)
{
  sqlite3_bind_text (stmt->raw, index, text, -1, SQLITE_STATIC);
}

void
sat_stmt_bind_blob (SatStmt *stmt, int index, const void *data, gsize size)
{
  sqlite3_bind_blob64 (stmt->raw, index, data, size, SQLITE_STATIC);
}

void
sat_stmt_bind_id (SatStmt *stmt, int index, const SatId *id)
{
  sqlite3_bind_blob (stmt->raw, index, id->bytes, SAT_ID_SIZE, SQLITE_STATIC);
}

void
sat_stmt_bind_null (SatStmt *stmt, int index)
{
  sqlite3_bind_null (stmt->raw, index);
}

void
sat_stmt_bind_cell (SatStmt *stmt, int index, const SatCell *cell)
{
  switch (cell->kind)
    {
    case SAT_CELL_NULL:
      sqlite3_bind_null (stmt->raw, index);
      break;
    case SAT_CELL_INTEGER:
      sqlite3_bind_int64 (stmt->raw, index, cell->integer);
      break;
    case SAT_CELL_TEXT:
      sqlite3_bind_text (stmt->raw, index, cell->text, (int) cell->size, SQLITE_STATIC);
      break;
    case SAT_CELL_BLOB:
      sqlite3_bind_blob64 (stmt->raw, index, cell->text, cell->size, SQLITE_STATIC);
      break;
    }
}

gboolean
sat_stmt_step (SatStmt *stmt, GError **error)
{
  int code = sqlite3_step (stmt->raw);

  stmt->stepped = code == SQLITE_ROW;
  if (code == SQLITE_ROW)
    return TRUE;
  if (code != SQLITE_DONE)
    fail (stmt->db, error);
  sqlite3_reset (stmt->raw);
  return FALSE;
}

gboolean
sat_stmt_run (SatStmt *stmt, GError **error)
{
  GError *problem = NULL;

  while (sat_stmt_step (stmt, &problem))
    ;
  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  return TRUE;
}

void
sat_stmt_reset (SatStmt *stmt)
{
  if (stmt->stepped)
    sqlite3_reset (stmt->raw);
  if (stmt->bound)
    sqlite3_clear_bindings (stmt->raw);
  stmt->bound = stmt->stepped = FALSE;
}

gboolean
sat_stmt_finish (SatStmt *stmt, GError *problem, GError **error)
{
  sat_stmt_reset (stmt);
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, problem);
  return FALSE;
}

gint64
sat_stmt_int (SatStmt *stmt, int column)
{
  return sqlite3_column_int64 (stmt->raw, column);
}

const char *
sat_stmt_text (SatStmt *stmt, int column)
{
  return (const char *) sqlite3_column_text (stmt->raw, column);
}

const void *
sat_stmt_blob (SatStmt *stmt, int column, gsize *size)
{
  const void *data = sqlite3_column_blob (stmt->raw, column);

  *size = (gsize) sqlite3_column_bytes (stmt->raw, column);
  return data;
}

gboolean
sat_stmt_is_null (SatStmt *stmt, int column)
{
  return sqlite3_column_type (stmt->raw, column) == SQLITE_NULL;
}

gboolean
sat_stmt_id (SatStmt *stmt, int column, SatId *out)
{
  gsize size;
  const void *data = sat_stmt_blob (stmt, column, &size);

  if (data == NULL || size != SAT_ID_SIZE)
    return FALSE;
  memcpy (out->bytes, data, SAT_ID_SIZE);
  return TRUE;
}

void
sat_stmt_cell (SatStmt *stmt, int column, SatCell *out)
{
  switch (sqlite3_column_type (stmt->raw, column))
    {
    case SQLITE_INTEGER:
      out->kind = SAT_CELL_INTEGER;
      out->integer = sqlite3_column_int64 (stmt->raw, column);
      break;
    case SQLITE_TEXT:
      out->kind = SAT_CELL_TEXT;
      out->text = (const char *) sqlite3_column_text (stmt->raw, column);
      out->size = (gsize) sqlite3_column_bytes (stmt->raw, column);
      break;
    case SQLITE_BLOB:
      out->kind = SAT_CELL_BLOB;
      out->text = sqlite3_column_blob (stmt->raw, column);
      out->size = (gsize) sqlite3_column_bytes (stmt->raw, column);
      break;
    default:
      out->kind = SAT_CELL_NULL;
    }
}

gint64
sat_db_last_row (SatDb *db)
{
  return sqlite3_last_insert_rowid (db->raw);
}

gint64
sat_db_changes (SatDb *db)
{
  return sqlite3_changes64 (db->raw);
}

gboolean
sat_db_get_int (SatDb *db, const char *sql, gint64 missing, gint64 *out, GError **error)
{
  SatStmt *stmt = sat_db_prepare (db, sql, error);
  GError *problem = NULL;

  if (stmt == NULL)
    return FALSE;
  *out = missing;
  if (sat_stmt_step (stmt, &problem) && !sat_stmt_is_null (stmt, 0))
    *out = sat_stmt_int (stmt, 0);
  sat_stmt_reset (stmt);
  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  return TRUE;
}

guint64
sat_db_version (SatDb *db)
{
  gint64 version = 0;

  if (!sat_db_get_int (db, "PRAGMA data_version", 0, &version, NULL))
    return db->commits;
  return ((guint64) version << 32) + db->commits;
}
