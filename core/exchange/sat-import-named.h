/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows whose values bear their names (cards, JSON objects) as rows of a table: what the columns are
 * is known when all of the file has been read once. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  char *name;
  char *value;
  gboolean spare; /* no field is meant for it: left out, unless a person says where it goes */
} SatNamedValue;

typedef struct
{
  guint64 row;       /* from 1: its number in the file */
  GArray *values;    /* SatNamedValue, each name once */
  GHashTable *names; /* of the values */
  GError *problem;   /* the row cannot be taken; NULL: it can */
} SatNamedRow;

/* FALSE (with ERROR set) ends the reading. */
typedef gboolean (*SatNamedRowFunc) (const SatNamedRow *row, gpointer data, GError **error);

void sat_named_row_init (SatNamedRow *row);
/* For the next row. */
void sat_named_row_reset (SatNamedRow *row);
void sat_named_row_clear (SatNamedRow *row);
/* Takes VALUE. FALSE (VALUE is freed): the name is taken already. */
gboolean sat_named_row_add (SatNamedRow *row, const char *name, char *value, gboolean spare);
gboolean sat_named_row_has (const SatNamedRow *row, const char *name);

#define SAT_NAMED_MAX_COLUMNS 1000
#define SAT_NAMED_MAX_SPARE 500

/* The columns of all rows, in the order in which they were met, those that are not spare first. */
typedef struct
{
  GPtrArray *names;  /* char * */
  GArray *spare;     /* gboolean */
  GHashTable *index; /* name -> place + 1 */
} SatNamedColumns;

void sat_named_columns_init (SatNamedColumns *columns);
void sat_named_columns_clear (SatNamedColumns *columns);
/* INVALID: more than SAT_NAMED_MAX_COLUMNS. Beyond SAT_NAMED_MAX_SPARE spare values have no column
 * each, but share the last one. */
gboolean sat_named_columns_take (SatNamedColumns *columns, const SatNamedRow *row, GError **error);
/* After the last row: brings them into their order. */
void sat_named_columns_settle (SatNamedColumns *columns);
/* The values of ROW by column, "" where it has none; borrowed. */
void
sat_named_columns_fill (const SatNamedColumns *columns, const SatNamedRow *row, GPtrArray *values);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SatNamedRow, sat_named_row_clear)

G_END_DECLS
