/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An open database with its catalogue and the small numbers it gives to devices, books and names:
 * what every file of store, apply and query works on. Plain and shared on purpose; one thread at a
 * time.
 *
 * Numbers (device, book, name) are local: they never leave the replica. They are only ever added.
 */
#pragma once

#include <glib.h>

#include "core/base/sat-clock.h"
#include "core/base/sat-platform.h"
#include "core/catalogue/sat-catalogue.h"
#include "core/record/sat-state.h"
#include "core/store/sat-db.h"
#include "core/store/sat-patience.h"

G_BEGIN_DECLS

typedef struct _SatNames SatNames;
typedef struct _SatHistoryLog SatHistoryLog;

/* What store knows of an object's table; one a catalogue object, and one for all objects the
 * catalogue does not know. */
typedef struct
{
  const SatObject *object;   /* NULL: the table of unknown objects */
  guint32 name;              /* the object's name number; 0 for the table of unknown ones */
  guint32 *fields;           /* name numbers of object->fields */
  int *columns;              /* index of each field's first column in a SELECT of the whole row */
  char *table;               /* quoted */
  char *locate;              /* row, book, dead of a record in all books, by uuid */
  char *select;              /* row, dead, hidden, stamps, by (uuid, book) */
  char **select_with;        /* of each field: the same, and its columns */
  char **select_field;       /* of each field: its columns, by row number */
  char *select_searched;     /* the fields that are searched, by row number */
  const SatField **searched; /* these; n_searched of them, in the catalogue's order */
  int *searched_columns;     /* index of each in that SELECT */
  guint n_searched;
  gboolean defines;    /* its records say what the catalogue is */
  char *select_row;    /* the whole row by row number */
  char *select_listed; /* the same with nothing where pictures are, which lists do not show */
  char *select_record; /* the same, by (uuid, book) */
  char *select_all;    /* all rows, by uuid */
  char *insert;
  const SatField **by_name; /* by field name number, n_by_name of them; NULL: of no field here */
  guint32 n_by_name;
  GHashTable *updates;     /* set of fields -> UPDATE statement text */
  const char **update_one; /* of each field: that of it alone, when it was asked for */
} SatTable;

typedef struct
{
  SatDb *db;
  char *home;
  SatCatalogue *base;            /* the built-in one */
  const SatCatalogue *catalogue; /* what holds now: sat-shaping.h */
  char *shape;                   /* what makes it differ from `base`; NULL: nothing */
  gboolean shape_moved;          /* this transaction wrote definitions */
  gboolean reshaped;             /* and `catalogue` is as they say */
  GPtrArray *old_tables;         /* arrays as `tables`, of catalogues before */
  SatPlatform *platform;
  SatNames *names;
  GPtrArray *tables;    /* SatTable by object index, the table of unknown objects last */
  SatId device;         /* this device */
  guint32 me;           /* its number */
  gint64 drag_bound_ms; /* how far foreign clocks may drag ours; SAT_HLC_DRAG_BOUND_MS */
  SatState *scratch;    /* for one record at a time */
  GByteArray *packed;
  SatHistoryLog *history; /* entries that are not written yet */
  GByteArray *noted; /* what this transaction did to what is searched: store/sat-search-notes.h */
  GByteArray *noted_later;
  SatPatience patience; /* with other processes that write */
  int absorbing;        /* was any record absorbed? of this transaction: store/sat-absorbed.h */
} SatReplica;

/* Opens HOME/replica.db; with CREATE makes it and its tables. Brings the tables up to date with
 * CATALOGUE, the built-in one (referenced), and the company's own; *REDERIVE is set when derived
 * data must be made anew because the catalogue changed. */
SatReplica *sat_replica_open (const char *home,
                              gboolean create,
                              const SatCatalogue *catalogue,
                              SatPlatform *platform,
                              gboolean *rederive,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* An existing database FILE, as sat_replica_open. HOME: where other files of it are. */
SatReplica *sat_replica_open_file (const char *file,
                                   const char *home,
                                   const SatCatalogue *catalogue,
                                   SatPlatform *platform,
                                   gboolean *rederive,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Derived data has been made anew; until then every opening asks for it. In a transaction. */
gboolean sat_replica_set_rederived (SatReplica *replica, GError **error);
void sat_replica_close (SatReplica *replica);

/* Which device this replica is, as the database says now: another process may have found that this
 * is a copy, and given it a new identity. */
gboolean sat_replica_read_identity (SatReplica *replica, GError **error);

/* Write transactions; others wait, and for one that sat_patience_hold calls long for as long as it
 * takes. Rolling back forgets numbers given out meanwhile. */
gboolean sat_replica_begin (SatReplica *replica, GError **error);
gboolean sat_replica_commit (SatReplica *replica, GError **error);
void sat_replica_rollback (SatReplica *replica);

/* Makes `tables` for what `catalogue` is now; those before stay. */
gboolean sat_replica_load_tables (SatReplica *replica, GError **error);
/* OBJECT may be of a catalogue that this replica had before. */
SatTable *sat_replica_table (SatReplica *replica,
                             const SatObject *object); /* NULL: of unknown objects */
/* By the name number of an object. */
SatTable *sat_replica_table_of (SatReplica *replica, guint32 object_name);
/* The field of that number in TABLE; NULL if the catalogue does not know it (or for system
 * registers). */
const SatField *sat_table_field (const SatTable *table, guint32 name);

#define SAT_META_DEVICE "device" /* the id of this device */

/* meta: small settings by key. */
char *sat_meta_get (SatReplica *replica,
                    const char *key); /* NULL if there is none; newly allocated */
gboolean sat_meta_set (SatReplica *replica, const char *key, const char *value, GError **error);
gint64 sat_meta_get_int (SatReplica *replica, const char *key, gint64 missing);
gboolean sat_meta_set_int (SatReplica *replica, const char *key, gint64 value, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatReplica, sat_replica_close)

G_END_DECLS
