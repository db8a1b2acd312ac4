/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Replicas in one temporary folder, with a hub that is a table in memory: texts by book, device and
 * number. The machine is made up, its clock stands until it is moved on; so every run is the same.
 * Everything asserts success; a test that wants a failure calls the product itself. */
#pragma once

#include "core/store/sat-replica.h"
#include "core/workspace/sat-exchange.h"

G_BEGIN_DECLS

typedef struct
{
  char *dir;
  SatPlatform *platform;
  SatCatalogue *catalogue; /* of replicas to come */
  GHashTable *hub;         /* "book device number" -> GBytes */
  GPtrArray *devices;      /* SatId, in the order they were made */
} World;

/* The catalogue is the built-in one with the object "thing" (world_thing_xml). */
void world_init (World *world);
void world_clear (World *world);
void world_tick (World *world, gint64 ms); /* moves the clock on */

/* An object with a field of every type and every policy; its parent is a thing again. */
extern const char world_thing_xml[];
/* The built-in objects and those of XMLS (NULL-terminated documents of one object each); a built-in
 * object of the same name is left out. */
SatCatalogue *world_catalogue (World *world, const char *const *xmls);

/* ---- replicas ---- */

/* The founder writes the workspace "Acme" with BOOKS (NULL: "customers") and goes. */
void world_found (World *world, const char *const *books);
/* A replica that has not joined. Its folder is NAME. */
SatWorkspace *world_create (World *world, const char *name);
/* A laptop of the user LOGIN that holds all books, its joining pushed. Its folder is LOGIN. */
SatWorkspace *world_join (World *world, const char *login);
/* world_init, world_found, and N laptops: wang, li, chen ... */
void world_laptops (World *world, SatWorkspace **laptops, guint n);
/* world_init and one laptop with the built-in catalogue alone, so that the programs can open it. */
void world_plain_laptop (World *world, SatWorkspace **laptop);
/* Another handle on a replica, with CATALOGUE (NULL: the world's). */
SatWorkspace *world_open (World *world, const char *name, const SatCatalogue *catalogue);
SatReplica *world_replica (SatWorkspace *workspace); /* what is below the façade */
/* The first number that SQL gives in the database FILE, -1: none. */
gint64 world_number_in (const char *file, const char *sql);

/* ---- exchange ---- */

void world_push (World *world, SatWorkspace *workspace);
/* Applies all that can be, in slices of GROUPS records (0: as they come). */
void world_fetch (World *world, SatWorkspace *workspace, SatInboxProgress *progress);
/* An inbox with every branch offered. */
SatInbox *world_inbox (World *world, SatWorkspace *workspace);
/* At most GROUPS records of one change-set; TRUE: there is more. */
gboolean world_slice (World *world, SatWorkspace *workspace, guint groups);
void world_sync (World *world, SatWorkspace *workspace);
void world_sync_all (World *world, SatWorkspace **workspaces, guint n); /* until all have all */

GBytes *world_text (World *world, const char *book, const SatId *device, guint64 number);
void
world_put_text (World *world, const char *book, const SatId *device, guint64 number, GBytes *text);
/* SatChangeTextFunc, DATA is the world. */
GBytes *world_hub_text (
    const char *book, const SatId *device, guint64 number, gpointer data, GError **error);

/* ---- records ---- */

const SatObject *world_object (SatWorkspace *workspace, const char *object);
const SatField *world_field (SatWorkspace *workspace, const char *object, const char *field);
/* Pairs of field and canonical value end with NULL. */
SatId record_new (SatWorkspace *workspace, const char *object, ...) G_GNUC_NULL_TERMINATED;
/* VALUE NULL clears; for tags "+x" adds, "-x" removes, else the whole list. */
void record_set (SatWorkspace *workspace,
                 const char *object,
                 const SatId *id,
                 const char *field,
                 const char *value);
SatRecord *record_load (SatWorkspace *workspace, const char *object, const SatId *id);
/* NULL: empty. Newly allocated. */
char *record_get (SatWorkspace *workspace, const char *object, const SatId *id, const char *field);
#define assert_value(workspace, object, id, field, expected) \
  do \
    { \
      g_autofree char *value_ = record_get (workspace, object, id, field); \
      g_assert_cmpstr (value_, ==, expected); \
    } \
  while (0)
gboolean record_deleted (SatWorkspace *workspace, const char *object, const SatId *id);
void record_delete (SatWorkspace *workspace, const char *object, const SatId *id);

/* ---- the whole ---- */

/* The canonical lines of all books. */
char *world_lines (SatWorkspace *workspace);
void assert_equal_replicas (SatWorkspace *a, SatWorkspace *b);
/* The doctor finds nothing, once the index is up to date. */
void assert_healthy (SatWorkspace *workspace);
/* What a check of the doctor says. */
void assert_check (SatWorkspace *workspace, gboolean repair, const char *name, gboolean ok);
/* The first number that SQL selects. */
gint64 world_int (SatWorkspace *workspace, const char *sql);
/* How many entries of history there are (of VALUE, if given), and the sum of their stamps. */
gint64 world_history (SatWorkspace *workspace, const char *value, guint64 *sum);
void world_exec (SatWorkspace *workspace, const char *sql);
/* ERROR is of CODE and its English wording begins with START; it is cleared. */
void assert_error (GError **error, int code, const char *start);

G_END_DECLS
