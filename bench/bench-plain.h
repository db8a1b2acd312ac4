/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The floor: the same rows in plain SQLite, in a table of the same columns as Satchel's customers
 * have, with no tracking at all. WAL and synchronous=NORMAL, prepared statements, one transaction;
 * an index on the id and one on the name. */
#pragma once

#include "core/base/sat-id.h"
#include "core/catalogue/sat-catalogue.h"

G_BEGIN_DECLS

#define BENCH_FIELDS 12
#define BENCH_PHONE 2
#define BENCH_CITY 6
extern const char *const bench_fields[BENCH_FIELDS];

typedef struct
{
  SatId id;
  char *values[BENCH_FIELDS];
} BenchRow;

typedef struct _BenchPlain BenchPlain;

/* A new database. SEARCH: with an FTS5 index (SQLite's own tokenizer) over the fields that Satchel
 * searches. */
BenchPlain *bench_plain_new (const char *path, const SatCatalogue *catalogue, gboolean search);
void bench_plain_close (BenchPlain *plain);
/* Of the file and its WAL. */
gsize bench_file_size (const char *path);
/* Of a closed replica: the pages in use; those of the customers' table and indexes, less what
 * tracking adds to them; what tracking takes, there and as history. */
void bench_tracked_size (const char *path, gsize *all, gsize *tables, gsize *tracking);
/* What the rows of both hold; the same for equal rows. */
char *bench_plain_digest (BenchPlain *plain);
gpointer bench_plain_handle (BenchPlain *plain); /* sqlite3 * */
void bench_plain_insert (BenchPlain *plain, const BenchRow *rows, guint n);
/* Upserts of one field of each row: what applying remote changes amounts to. */
void
bench_plain_update (BenchPlain *plain, const BenchRow *rows, guint n, guint field, char **values);

G_END_DECLS
