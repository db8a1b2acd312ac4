/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is who in a trace, and what becomes of backups. */
#include <sodium.h>
#include <string.h>

#include "tests/converge/trace-world.h"
#include "tests/support/temp-dir.h"

/* ---- names --------------------------------------------------------------------------------------
 */

void
trace_id (const char *name, SatId *out)
{
  gsize length = strlen (name);

  g_assert_cmpuint (length, <=, SAT_ID_SIZE);
  memset (out, 0, sizeof *out);
  memcpy (out->bytes, name, length);
}

char *
trace_name (const char *id_text)
{
  SatId id;

  g_assert_true (sat_id_parse (id_text, &id));
  return g_strndup ((const char *) id.bytes, SAT_ID_SIZE);
}

TraceReplica *
trace_world_find (TraceWorld *world, const char *name)
{
  for (guint i = 0; i < world->replicas->len; i++)
    {
      TraceReplica *replica = g_ptr_array_index (world->replicas, i);
      if (strcmp (replica->name, name) == 0)
        return replica;
    }
  return NULL;
}

const char *
trace_world_device_name (const TraceWorld *world, const SatId *device)
{
  for (guint i = 0; i < world->devices->len; i++)
    {
      const TraceDevice *known = g_ptr_array_index (world->devices, i);
      if (sat_id_equal (&known->id, device))
        return known->name;
    }
  return "?";
}

/* A key whose device id is the INDEX-th in order among N. */
static void
choose_seed (guint index, guint n, guint8 seed[SAT_KEY_SEED_SIZE])
{
  guint8 secret[crypto_sign_SECRETKEYBYTES];
  guint8 public_key[SAT_KEY_PUBLIC_SIZE];
  SatId device;

  memset (seed, 0, SAT_KEY_SEED_SIZE);
  do
    {
      sodium_increment (seed, SAT_KEY_SEED_SIZE);
      crypto_sign_seed_keypair (public_key, secret, seed);
      sat_device_id_from_key (public_key, &device);
    }
  while (device.bytes[0] * n / 256 != index);
}

guint
trace_world_seed (const TraceWorld *world, const char *name, guint8 seed[SAT_KEY_SEED_SIZE])
{
  guint index = 0;

  while (strcmp (g_ptr_array_index (world->names, index), name) != 0)
    index++;
  choose_seed (index, world->names->len, seed);
  return index;
}

/* ---- copies -------------------------------------------------------------------------------------
 */

void
trace_backup (TraceReplica *replica)
{
  g_clear_pointer (&replica->workspace, sat_workspace_close);
  g_free (replica->backup);
  replica->backup = g_strdup_printf ("%s-%" G_GINT64_FORMAT, replica->home, replica->world->now);
  temp_dir_copy (replica->home, replica->backup);
  g_clear_pointer (&replica->backup_log, postbox_free);
  replica->backup_log = postbox_new ();
  postbox_copy (replica->log, replica->backup_log);
  trace_replica_open (replica);
}

void
trace_restore (TraceReplica *replica, const char *name)
{
  TraceWorld *world = replica->world;
  guint8 seed[SAT_KEY_SEED_SIZE];
  TraceReplica *restored;
  g_autoptr (GError) error = NULL;

  if (replica->backup == NULL || trace_world_find (world, name) != NULL)
    return;
  restored = trace_replica_new (world, name, trace_world_seed (world, name, seed));
  restored->books = g_strdupv (replica->books);
  restored->skew = replica->skew;
  sat_platform_set_now (restored->platform, MAX (0, world->now + restored->skew));
  temp_dir_copy (replica->backup, restored->home);
  postbox_copy (replica->backup_log, restored->log);
  g_assert_true (g_ptr_array_remove (world->replicas, replica));
  trace_replica_open (restored);
  sat_workspace_renew_with_seed (restored->workspace, seed, &error);
  g_assert_no_error (error);
  trace_replica_introduce (restored);
}
