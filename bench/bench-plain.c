/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any failure ends the program: a figure of something that did not happen is worth nothing. */
#include "bench/bench-plain.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <stdlib.h>

const char *const bench_fields[BENCH_FIELDS] = { "name",    "code",     "phone",  "email",
                                                 "website", "address",  "city",   "region",
                                                 "country", "industry", "source", "notes" };

/* The fields that Satchel's index has of these, too. */
#define SEARCHED "name, code, phone, email, website, address, city, country, notes"

struct _BenchPlain
{
  sqlite3 *db;
  gboolean search;
};

static void
check (BenchPlain *plain, int code)
{
  if (code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW)
    return;
  g_printerr ("bench: SQLite: %s\n", sqlite3_errmsg (plain->db));
  exit (1);
}

static void
execute (BenchPlain *plain, const char *sql)
{
  check (plain, sqlite3_exec (plain->db, sql, NULL, NULL, NULL));
}

static sqlite3_stmt *
prepare (BenchPlain *plain, const char *sql)
{
  sqlite3_stmt *statement = NULL;

  check (plain, sqlite3_prepare_v2 (plain->db, sql, -1, &statement, NULL));
  return statement;
}

static void
run (BenchPlain *plain, sqlite3_stmt *statement)
{
  check (plain, sqlite3_step (statement));
  check (plain, sqlite3_reset (statement));
}

/* The columns of the customers' table that hold what a person enters. */
static char *
columns (const SatCatalogue *catalogue)
{
  const SatObject *customer = sat_catalogue_find (catalogue, "customer");
  GString *out = g_string_new ("id INTEGER PRIMARY KEY, uuid BLOB UNIQUE");

  for (guint i = 0; i < customer->n_fields; i++)
    {
      const SatField *field = customer->fields[i];

      g_string_append_printf (out, ", %s %s", field->name, field->type->sql[0]);
      if (field->type->sql[1] != NULL)
        g_string_append_printf (out, ", %s_cur %s", field->name, field->type->sql[1]);
    }
  return g_string_free (out, FALSE);
}

BenchPlain *
bench_plain_new (const char *path, const SatCatalogue *catalogue, gboolean search)
{
  BenchPlain *plain = g_new0 (BenchPlain, 1);
  g_autofree char *list = columns (catalogue);
  g_autofree char *table = g_strdup_printf ("CREATE TABLE customer (%s);"
                                            "CREATE INDEX customer_name ON customer (name);",
                                            list);

  plain->search = search;
  check (plain, sqlite3_open (path, &plain->db));
  execute (plain,
           "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536;");
  execute (plain, table);
  if (search)
    execute (plain, "CREATE VIRTUAL TABLE customer_search USING fts5 (" SEARCHED ");");
  return plain;
}

void
bench_plain_close (BenchPlain *plain)
{
  execute (plain, "PRAGMA wal_checkpoint (TRUNCATE);");
  sqlite3_close (plain->db);
  g_free (plain);
}

gsize
bench_file_size (const char *path)
{
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  GStatBuf info;
  gsize size = 0;

  if (g_stat (path, &info) == 0)
    size += (gsize) info.st_size;
  if (g_stat (wal, &info) == 0)
    size += (gsize) info.st_size;
  return size;
}

gpointer
bench_plain_handle (BenchPlain *plain)
{
  return plain->db;
}

char *
bench_plain_digest (BenchPlain *plain)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  sqlite3_stmt *statement = prepare (plain, "SELECT * FROM customer ORDER BY uuid;");

  while (sqlite3_step (statement) == SQLITE_ROW)
    for (int column = 1; column < sqlite3_column_count (statement); column++)
      {
        const guchar *data = sqlite3_column_blob (statement, column);

        g_checksum_update (sum, data, sqlite3_column_bytes (statement, column));
        g_checksum_update (sum, (const guchar *) "|", 1);
      }
  sqlite3_finalize (statement);
  return g_strdup (g_checksum_get_string (sum));
}

void
bench_plain_insert (BenchPlain *plain, const BenchRow *rows, guint n)
{
  sqlite3_stmt *insert, *index = NULL;

  execute (plain, "BEGIN IMMEDIATE;");
  insert = prepare (plain,
                    "INSERT INTO customer (uuid, name, code, phone, email, website, address, city,"
                    " region, country, industry, source, notes)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);");
  for (guint i = 0; i < n; i++)
    {
      sqlite3_bind_blob (insert, 1, rows[i].id.bytes, SAT_ID_SIZE, SQLITE_STATIC);
      for (int field = 0; field < BENCH_FIELDS; field++)
        sqlite3_bind_text (insert, field + 2, rows[i].values[field], -1, SQLITE_STATIC);
      run (plain, insert);
    }
  if (plain->search)
    {
      index = prepare (plain, "INSERT INTO customer_search (rowid, " SEARCHED ")"
                              " SELECT id, " SEARCHED " FROM customer;");
      run (plain, index);
    }
  execute (plain, "COMMIT;");
  sqlite3_finalize (insert);
  sqlite3_finalize (index);
}

void
bench_plain_update (BenchPlain *plain, const BenchRow *rows, guint n, guint field, char **values)
{
  g_autofree char *sql = g_strdup_printf (
      "INSERT INTO customer (uuid, %s) VALUES (?1, ?2) ON CONFLICT (uuid) DO UPDATE SET %s = ?2;",
      bench_fields[field], bench_fields[field]);
  sqlite3_stmt *update;

  execute (plain, "BEGIN IMMEDIATE;");
  update = prepare (plain, sql);
  for (guint i = 0; i < n; i++)
    {
      sqlite3_bind_blob (update, 1, rows[i].id.bytes, SAT_ID_SIZE, SQLITE_STATIC);
      sqlite3_bind_text (update, 2, values[i], -1, SQLITE_STATIC);
      run (plain, update);
    }
  execute (plain, "COMMIT;");
  sqlite3_finalize (update);
}

static gint64
number_of (sqlite3 *db, const char *sql)
{
  sqlite3_stmt *statement = NULL;
  gint64 number;

  if (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL) != SQLITE_OK ||
      sqlite3_step (statement) != SQLITE_ROW)
    {
      g_printerr ("bench: SQLite: %s\n", sqlite3_errmsg (db));
      exit (1);
    }
  number = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  return number;
}

void
bench_tracked_size (const char *path, gsize *all, gsize *tables, gsize *tracking)
{
  sqlite3 *db = NULL;

  if (sqlite3_open (path, &db) != SQLITE_OK)
    exit (1);
  *all = (gsize) number_of (db, "SELECT sum (pgsize) FROM dbstat");
  *tables = (gsize) number_of (db, "SELECT sum (pgsize) FROM dbstat WHERE name IN ('o_customer',"
                                   " 'i_customer_uuid', 'i_customer_sort')");
  /* The stamps with their places in the row's head; what was replaced. */
  *tracking = (gsize) number_of (db, "SELECT sum (length (stamps) + 4) FROM o_customer") +
              (gsize) number_of (db, "SELECT sum (pgsize) FROM dbstat WHERE name = 'history'");
  *tables -= (gsize) number_of (db, "SELECT sum (length (stamps) + 4) FROM o_customer");
  sqlite3_close (db);
}
