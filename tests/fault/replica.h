/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Replicas and a hub in a folder of their own, for the tests that run the whole engine. */
#pragma once

#include "core/workspace/sat-exchange.h"
#include "sync/sat-sync.h"

G_BEGIN_DECLS

typedef struct
{
  char *dir;
  char *hub;
  SatCatalogue *catalogue;
} World;

/* A folder, and in it a hub founded with SEED, with the books customers and east. */
void world_set_up (World *world, gconstpointer data);
void world_tear_down (World *world, gconstpointer data);
/* A hub NAME with a seed, made as `satchel hub init` does. */
char *world_hub (World *world, const char *name, guint64 seed);
char *world_path (const World *world, const char *name);

/* A platform whose clock stands, and whose randomness comes from SEED. */
SatPlatform *world_platform (guint64 seed);

/* Joins laptop NAME as LOGIN; the test fails if it does not work. */
SatWorkspace *world_join (World *world, const char *name, const char *login, guint64 seed);
SatWorkspace *world_open (World *world, const char *name, guint64 seed);
SatSyncResult world_sync (SatWorkspace *workspace);

/* A new record of OBJECT with its title set, and up to two more fields (NULL: none). */
SatId world_new (SatWorkspace *workspace,
                 const char *object,
                 const char *title,
                 const char *field,
                 const char *value);
void world_set (SatWorkspace *workspace,
                const char *object,
                const SatId *id,
                const char *field,
                const char *value);
/* The value shown; newly allocated, NULL if empty. */
char *world_get (SatWorkspace *workspace, const char *object, const SatId *id, const char *field);

/* The records of OBJECT that are shown. */
gint64 world_count (SatWorkspace *workspace, const char *object);

/* Folder FROM once more, as TO, which must not be there. */
void world_copy (const World *world, const char *from, const char *to);

/* Digests of all books held, one line a book. */
char *world_digest (SatWorkspace *workspace);
void world_assert_same (SatWorkspace *a, SatWorkspace *b);

/* Runs stock git in DIR; its standard output. The test fails if git does. */
char *world_git (const char *dir, ...) G_GNUC_NULL_TERMINATED;

G_END_DECLS
