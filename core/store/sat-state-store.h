/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading and writing the replicated state of one record: its row in the object's table. */
#pragma once

#include "core/store/sat-replica.h"

G_BEGIN_DECLS

/* A state as it was read, with its row still at hand: statements are busy until sat_row_done. A row
 * read by number holds the columns of all fields; one loaded by id fetches them one at a time,
 * because SQLite copies every text of a row it gives out and a change asks for few. */
typedef struct
{
  SatTable *table;
  SatState *state;
  SatStmt *stmt;       /* the whole row; NULL: not read so, or sat_row_done was called */
  SatDb *db;           /* to fetch fields with; NULL: no row, or sat_row_done was called */
  const SatField *at;  /* the field fetched last */
  gboolean listed;     /* without pictures */
  SatStmt *field_stmt; /* standing on it */
  int field_column;    /* where it is in that */
} SatRow;

/* The record ID of OBJECT_NAME (a number) in BOOK into STATE (reset first). *FOUND says whether
 * there is one; if not, STATE is an empty one with id, object and book set. FIELD: the one that
 * will be asked for, or NULL; others can be asked for as well. */
gboolean sat_row_load (SatReplica *replica,
                       SatTable *table,
                       guint32 object_name,
                       const SatId *id,
                       guint32 book,
                       const SatField *field,
                       SatState *state,
                       SatRow *row,
                       gboolean *found,
                       GError **error);
gboolean sat_row_load_number (SatReplica *replica,
                              SatTable *table,
                              gint64 number,
                              SatState *state,
                              SatRow *row,
                              gboolean *found,
                              GError **error);
/* As sat_row_load_number, but pictures are not read: their columns seem empty. For reading only. */
gboolean sat_row_load_listed (SatReplica *replica,
                              SatTable *table,
                              gint64 number,
                              SatState *state,
                              SatRow *row,
                              gboolean *found,
                              GError **error);
/* From a statement made of table->select_all that stands on a row. */
gboolean sat_row_read (SatReplica *replica,
                       SatTable *table,
                       SatStmt *stmt,
                       SatState *state,
                       SatRow *row,
                       GError **error);
void sat_row_done (SatRow *row);

/* What STMT, which stands on a row, has of FIELD from COLUMN on, as canonical text; NULL if empty;
 * newly allocated. */
char *sat_column_value (SatStmt *stmt, int column, const SatField *field);
/* The column's value as canonical text, NULL if empty; newly allocated. */
char *sat_row_value (SatRow *row, const SatField *field);
gboolean sat_row_is_null (SatRow *row, const SatField *field);

/* Makes the siblings of FIELD explicit, with their values: the implied one, or the value of the one
 * that is in the column. Union fields and system registers have nothing to do. */
void sat_row_touch (SatRow *row, guint32 field);
/* All fields. */
void sat_row_touch_all (SatRow *row);

/* What a save changes besides the stamps. */
typedef struct
{
  const SatField *field;
  const char *value; /* canonical text of a kind that the column can hold; NULL: empty */
} SatColumnChange;

/* Writes STATE: inserts when state->row is 0 (and sets it), else updates the columns in CHANGES
 * (ordered by field index), presence, hidden, stamps. The title's sort key follows. ROW must be
 * done. */
gboolean sat_row_save (SatReplica *replica,
                       SatTable *table,
                       SatState *state,
                       const SatColumnChange *changes,
                       guint n_changes,
                       GError **error);

/* Only the presence and whether it is hidden. */
gboolean sat_row_set_visibility (SatReplica *replica,
                                 SatTable *table,
                                 gint64 row,
                                 SatPresence presence,
                                 gboolean hidden,
                                 GError **error);

/* The book of a row; FALSE: there is none. */
gboolean sat_row_book (SatReplica *replica, const SatTable *table, gint64 row, guint32 *book);
/* The row number (0: none), presence and visibility of a record without its state. */
gboolean sat_row_find (SatReplica *replica,
                       SatTable *table,
                       const SatId *id,
                       guint32 book,
                       gint64 *row,
                       SatPresence *presence,
                       gboolean *hidden,
                       GError **error);

G_END_DECLS
