/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One SQLite connection: opening with the settings every process of Satchel uses, statements
 * prepared once, transactions, and thin bind/step/column calls. core/store is the only user of
 * sqlite3.h and renders all SQL. A SatDb belongs to one thread at a time. */
#pragma once

#include <glib.h>

#include "core/base/sat-error.h"
#include "core/base/sat-id.h"
#include "core/value/sat-type.h"

G_BEGIN_DECLS

typedef struct _SatDb SatDb;
typedef struct _SatStmt SatStmt;

/* Opens FILE (made if CREATE), WAL, synchronous FULL for people's writes (see sat_db_relax). */
SatDb *sat_db_open (const char *file, gboolean create, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void sat_db_close (SatDb *db);

/* Asked again and again while another process holds a lock: FALSE gives up. May be NULL: half a
 * minute. */
typedef gboolean (*SatDbWaitFunc) (guint64 waited_ms, gpointer data);
void sat_db_set_wait (SatDb *db, SatDbWaitFunc func, gpointer data);

/* BEGIN IMMEDIATE; SAT_ERROR_BUSY when another process holds the write lock for too long. */
gboolean sat_db_begin (SatDb *db, GError **error);
gboolean sat_db_begin_read (SatDb *db, GError **error);
gboolean sat_db_commit (SatDb *db, GError **error);
void sat_db_rollback (SatDb *db);
gboolean sat_db_in_transaction (const SatDb *db);
/* synchronous NORMAL (RELAXED) while data is applied that can be had again; FULL otherwise. */
void sat_db_relax (SatDb *db, gboolean relaxed);

/* A statement for SQL text, which must be a constant or have come out of core/store; prepared once
 * and kept. It is reset and its bindings are cleared when it is handed out. NULL on failure. */
SatStmt *sat_db_prepare (SatDb *db, const char *sql, GError **error);
/* One or more statements without parameters or results. */
gboolean sat_db_exec (SatDb *db, const char *sql, GError **error);
/* Forgets the prepared statements (after the schema changed). */
void sat_db_forget_statements (SatDb *db);
/* Forgets one, which must not be in use. */
void sat_db_forget_statement (SatDb *db, const char *sql);

void sat_stmt_bind_int (SatStmt *stmt, int index, gint64 value);
void sat_stmt_bind_text (SatStmt *stmt,
                         int index,
                         const char *text); /* NULL binds NULL; borrowed until reset */
void sat_stmt_bind_blob (SatStmt *stmt,
                         int index,
                         const void *data,
                         gsize size); /* borrowed until reset */
void sat_stmt_bind_id (SatStmt *stmt, int index, const SatId *id);
void sat_stmt_bind_cell (SatStmt *stmt, int index, const SatCell *cell);
void sat_stmt_bind_null (SatStmt *stmt, int index);

/* TRUE: a row is there. FALSE without error: no (more) rows; the statement is reset then. */
gboolean sat_stmt_step (SatStmt *stmt, GError **error);
/* For statements without results: steps and resets. */
gboolean sat_stmt_run (SatStmt *stmt, GError **error);
void sat_stmt_reset (SatStmt *stmt);
/* After a loop over its rows: resets STMT, and hands PROBLEM, the error of its last step (NULL: it
 * came to its end), on to ERROR. TRUE if there was none. */
gboolean sat_stmt_finish (SatStmt *stmt, GError *problem, GError **error);
/* Columns of the current row, from 0; texts and blobs are borrowed until the next step or reset. */
gint64 sat_stmt_int (SatStmt *stmt, int column);
const char *sat_stmt_text (SatStmt *stmt, int column); /* NULL for NULL */
const void *sat_stmt_blob (SatStmt *stmt, int column, gsize *size);
gboolean sat_stmt_is_null (SatStmt *stmt, int column);
gboolean sat_stmt_id (SatStmt *stmt, int column, SatId *out); /* FALSE if it is no 16-byte blob */
void sat_stmt_cell (SatStmt *stmt, int column, SatCell *out);

gint64 sat_db_last_row (SatDb *db);
gint64 sat_db_changes (SatDb *db);
/* The first column of the first row as a number; MISSING when there is none. */
gboolean sat_db_get_int (SatDb *db, const char *sql, gint64 missing, gint64 *out, GError **error);
/* Changes when another connection commits (PRAGMA data_version) or this one has. */
guint64 sat_db_version (SatDb *db);

/* The raw handle, for the other files of core/store only (struct sqlite3 *). */
gpointer sat_db_handle (SatDb *db);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatDb, sat_db_close)

G_END_DECLS
