/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of a replica: fixed ones, and one per object made from the catalogue. Schema version
 * and the catalogue's fingerprint are in `meta`.
 *
 * Object table o_NAME: row, uuid, book, dead, hidden, stamps (sat-state.h), sort (a collation key
 * of the title), then one column per field f_NAME (money: a second one f_NAME_cur). Objects the
 * catalogue does not know share o__unknown, which has the object's name number in place of fields.
 */
#pragma once

#include "core/store/sat-replica.h"

G_BEGIN_DECLS

#define SAT_SCHEMA_VERSION 11

/* Columns before the fields, in every SELECT of a whole row. */
enum
{
  SAT_COLUMN_ROW,
  SAT_COLUMN_UUID,
  SAT_COLUMN_BOOK,
  SAT_COLUMN_DEAD,
  SAT_COLUMN_HIDDEN,
  SAT_COLUMN_STAMPS,
  SAT_COLUMN_OBJECT, /* the unknown objects' name number; 0 in other tables */
  SAT_COLUMN_FIRST_FIELD
};

/* In a write transaction: makes the fixed tables of a new database. */
gboolean sat_schema_create (SatDb *db, GError **error);
/* The version of the tables in DB. SAT_ERROR_NEWER if this program is older than they are. */
gboolean sat_schema_version (SatDb *db, int *version, GError **error);
/* In a write transaction: makes or extends the object tables. *CHANGED: something was not as the
 * catalogue says. A database of a newer schema version, or with objects or fields that CATALOGUE
 * does not have, is refused with SAT_ERROR_NEWER. */
gboolean
sat_schema_update (SatDb *db, const SatCatalogue *catalogue, gboolean *changed, GError **error);

/* The SQL name of a field's column: "f_name", quoted; CELL 1 is its second column. */
char *sat_schema_column (const SatField *field, guint cell);
char *sat_schema_table (const SatObject *object); /* quoted; NULL: o__unknown */

/* Builds the SQL texts of a SatTable. */
SatTable *sat_table_new (const SatObject *object);
void sat_table_free (SatTable *table);

G_END_DECLS
