/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The world of a trace: real replicas in a temporary folder, a hub in memory, one clock. The words
 * of a trace (replica a, book A, record r1) stand for device ids in the same order, book keys and
 * record ids made of the very letters, so that what is printed can be compared with the model's
 * output. */
#pragma once

#include "core/workspace/sat-workspace-private.h"
#include "tests/converge/postbox.h"
#include "tests/support/depot.h"

G_BEGIN_DECLS

typedef struct
{
  SatCatalogue *catalogue;
  const SatObject *object; /* the one there is */
  GPtrArray *names;        /* of all replicas of the trace, sorted */
  GPtrArray *replicas;     /* TraceReplica, by name */
  Postbox *hub;
  GPtrArray *deposits; /* Deposit: one of each maker and book */
  GPtrArray *devices;  /* TraceDevice, by name: of replicas that are gone, too */
  char *dir;
  gint64 now; /* one tick of the model is one millisecond */
} TraceWorld;

typedef struct
{
  char *name;
  SatId id;
} TraceDevice;

typedef struct
{
  TraceWorld *world;
  char *name;
  char *home;
  char **books;
  SatId device;
  SatPlatform *platform;
  SatWorkspace *workspace;
  Postbox *log; /* own change-sets and fetched ones */
  char *backup; /* the folder of the last one; NULL: none was made */
  Postbox *backup_log;
  GHashTable *forms; /* "record/field" -> SatRecord */
  gint64 skew;
} TraceReplica;

/* NAMES: every replica that will be made. */
TraceWorld *trace_world_new (GPtrArray *names);
void trace_world_free (TraceWorld *world);
TraceReplica *trace_world_find (TraceWorld *world, const char *name);
void trace_world_add (TraceWorld *world, const char *name, const char *books);
/* The key that NAME will have; returns its place among all names. */
guint trace_world_seed (const TraceWorld *world, const char *name, guint8 seed[SAT_KEY_SEED_SIZE]);
/* A replica that is not open yet. */
TraceReplica *trace_replica_new (TraceWorld *world, const char *name, guint index);
void trace_replica_open (TraceReplica *replica);
/* It is there and has its identity. */
void trace_replica_introduce (TraceReplica *replica);
/* Copies REPLICA to a folder beside it. */
void trace_backup (TraceReplica *replica);
/* The last backup of REPLICA, which is gone then, comes back as the new device NAME. */
void trace_restore (TraceReplica *replica, const char *name);
/* The name of the replica whose device it is. */
const char *trace_world_device_name (const TraceWorld *world, const SatId *device);

/* Record ids are the letters of their names. */
void trace_id (const char *name, SatId *out);
/* "r1" for the 36 characters of its id; newly allocated. */
char *trace_name (const char *id_text);

/* What the model's Replica does, by the same names. */
void trace_seal (TraceReplica *replica);
void trace_push (TraceReplica *replica, char **books);
void trace_fetch (TraceReplica *replica, const Postbox *source, char **devices);
void trace_apply (TraceReplica *replica);
void trace_crash (TraceReplica *replica, guint64 ops);
void trace_merge_texts (TraceReplica *replica);
/* Carries records between the books held, as often as the model does: once. */
void trace_forward (TraceReplica *replica);
void trace_sync (TraceReplica *replica);
void trace_checkpoint (TraceReplica *replica, const char *book);
/* NEEDED_ONLY: where a change-set is missing that it covers. */
void trace_join (TraceReplica *replica, const char *book, gboolean needed_only);
void trace_epoch (TraceWorld *world, const char *book);
void trace_forget (TraceReplica *replica, const char *book);
void trace_lose_hub (TraceWorld *world);
void trace_refill (TraceReplica *replica);
void trace_settle (TraceWorld *world);

/* The model's report without digests and stamps; equal vectors must have equal digests. */
char *trace_report (TraceWorld *world);

G_END_DECLS
