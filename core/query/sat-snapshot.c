/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/query/sat-snapshot.h"

#include <string.h>

#include "core/apply/sat-graft.h"
#include "core/query/sat-digest.h"
#include "core/store/sat-cut.h"
#include "core/store/sat-files.h"
#include "core/store/sat-names.h"
#include "core/store/sat-unseen.h"

typedef struct
{
  SatReplica *replica;
  guint32 book;
  SatCheckpoint *index;
  SatShardWriter *writer;
  SatSnapshotFunc func;
  gpointer data;
  SatState *state;
  GHashTable *files; /* the hashes, in hexadecimal, of those that were put */
} Snapshot;

static gboolean
put_shard (const SatShard *shard, GBytes *text, gpointer data, GError **error)
{
  Snapshot *snapshot = data;
  g_autofree char *path = sat_shard_path (snapshot->index->kind, shard);

  sat_checkpoint_add_shard (snapshot->index, shard->object, shard->prefix, shard->records);
  return snapshot->func (path, text, snapshot->data, error);
}

static void
begin_kind (Snapshot *snapshot, SatCheckpointKind kind)
{
  const char *book = sat_names_book (snapshot->replica->names, snapshot->book);

  snapshot->index = sat_checkpoint_new (book, kind);
  snapshot->writer = sat_shard_writer_new (book, kind, put_shard, snapshot);
}

static void
clear_kind (Snapshot *snapshot)
{
  g_clear_pointer (&snapshot->writer, sat_shard_writer_free);
  g_clear_pointer (&snapshot->index, sat_checkpoint_free);
}

static gboolean
end_kind (Snapshot *snapshot, GError **error)
{
  g_autofree char *path = sat_checkpoint_index_path (snapshot->index->kind);
  g_autoptr (GBytes) text = NULL;

  if (!sat_shard_writer_finish (snapshot->writer, error))
    return FALSE;
  if (snapshot->index->kind == SAT_CHECKPOINT_UNSEEN && snapshot->index->shards->len == 0)
    return TRUE;
  text = sat_checkpoint_encode (snapshot->index);
  return snapshot->func (path, text, snapshot->data, error);
}

/* ---- files ---- */

/* The file that VALUE says, if it says one, and it is here. */
static gboolean
put_file (Snapshot *snapshot, const char *value, GError **error)
{
  g_autofree char *path = NULL;
  g_autoptr (GBytes) bytes = NULL;
  char hex[SAT_FILE_HEX_SIZE];
  SatFile file;

  if (!sat_attachment_look (value, strlen (value), &file, NULL) ||
      !sat_files_has (snapshot->replica, &file) ||
      !g_hash_table_add (snapshot->files, g_strdup (sat_file_hex (&file, hex))))
    return TRUE;
  bytes = sat_files_read (snapshot->replica, &file, error);
  path = g_strconcat (SAT_CHECKPOINT_FILES, hex, NULL);
  return bytes != NULL && snapshot->func (path, bytes, snapshot->data, error);
}

/* ---- records ---- */

static gboolean
put_graft (Snapshot *snapshot, const SatGraft *graft, GError **error)
{
  g_autoptr (GPtrArray) arena = g_ptr_array_new_with_free_func (g_free);
  SatOpGroup group = sat_graft_group (snapshot->replica, graft, arena);

  for (guint i = 0; i < group.n_ops; i++)
    if (group.ops[i].value != NULL && !put_file (snapshot, group.ops[i].value, error))
      return FALSE;

  return sat_shard_writer_add (snapshot->writer, &group, error);
}

static gboolean
put_record (SatRow *row, gpointer data, GError **error)
{
  Snapshot *snapshot = data;
  g_autoptr (SatGraft) graft = NULL;

  sat_row_touch_all (row);
  graft = sat_graft_of_state (row->state, NULL);
  return put_graft (snapshot, graft, error);
}

static gboolean
put_unseen (guint32 object, const SatId *id, GArray *siblings, gpointer data, GError **error)
{
  Snapshot *snapshot = data;
  g_autoptr (SatGraft) graft = NULL;

  sat_state_reset (snapshot->state);
  snapshot->state->object = object;
  snapshot->state->id = *id;
  g_array_append_vals (snapshot->state->siblings, siblings->data, siblings->len);
  graft = sat_graft_of_state (snapshot->state, NULL);
  return put_graft (snapshot, graft, error);
}

/* ---- the vector ---- */

static int
compare_saw (gconstpointer a, gconstpointer b)
{
  return sat_id_compare (&((const SatSaw *) a)->device, &((const SatSaw *) b)->device);
}

static void
put_devices (Snapshot *snapshot, const SatVector *vector)
{
  for (guint32 device = 0; device < vector->numbers->len; device++)
    {
      SatSaw entry = { .number = sat_vector_get (vector, device) };

      if (entry.number == 0)
        continue;
      entry.device = *sat_names_device (snapshot->replica->names, device);
      g_array_append_val (snapshot->index->devices, entry);
    }
  g_array_sort (snapshot->index->devices, compare_saw);
}

/* What the last change-set of each device had seen, where it is less than the vector. */
static gboolean
put_saw (Snapshot *snapshot, const SatVector *vector, GError **error)
{
  SatNames *names = snapshot->replica->names;
  const GArray *devices = snapshot->index->devices;
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (guint32));
  SatVector saw;
  gboolean ok = TRUE;

  for (guint i = 0; i < devices->len; i++)
    {
      guint32 number = sat_names_find_device (names, &g_array_index (devices, SatSaw, i).device);
      g_array_append_val (numbers, number);
    }
  sat_vector_init (&saw);
  for (guint i = 0; ok && i < devices->len; i++)
    {
      guint64 last;

      ok = sat_log_last (snapshot->replica, snapshot->book, g_array_index (numbers, guint32, i),
                         &last, &saw, error);
      for (guint k = 0; ok && k < devices->len; k++)
        {
          guint32 device = g_array_index (numbers, guint32, k);
          SatCheckpointSaw entry = { i, k, sat_vector_get (&saw, device) };

          if (k != i && entry.number < sat_vector_get (vector, device))
            g_array_append_val (snapshot->index->saw, entry);
        }
    }
  sat_vector_clear (&saw);
  return ok;
}

static gboolean
put_vector (Snapshot *snapshot, GError **error)
{
  SatVector vector;
  gboolean ok;

  sat_vector_init (&vector);
  ok = sat_log_vector (snapshot->replica, snapshot->book, &vector, error);
  if (ok)
    put_devices (snapshot, &vector);
  ok = ok && put_saw (snapshot, &vector, error);
  sat_vector_clear (&vector);
  return ok;
}

static gboolean
put_cuts (Snapshot *snapshot, GError **error)
{
  g_autoptr (GArray) cuts = sat_log_cuts (snapshot->replica, snapshot->book, error);

  for (guint i = 0; cuts != NULL && i < cuts->len; i++)
    {
      const SatCut *cut = &g_array_index (cuts, SatCut, i);
      SatSaw entry = { cut->id, cut->number };

      g_array_append_val (snapshot->index->cuts, entry);
    }
  return cuts != NULL;
}

/* ---- the whole ---- */

static gboolean
write_state (Snapshot *snapshot, GError **error)
{
  begin_kind (snapshot, SAT_CHECKPOINT_STATE);
  return sat_records_each (snapshot->replica, snapshot->book, put_record, snapshot, error) &&
         put_vector (snapshot, error) && put_cuts (snapshot, error) && end_kind (snapshot, error);
}

static gboolean
write_unseen (Snapshot *snapshot, GError **error)
{
  g_autoptr (GArray) objects = sat_objects_by_name (snapshot->replica, error);

  begin_kind (snapshot, SAT_CHECKPOINT_UNSEEN);
  for (guint i = 0; objects != NULL && i < objects->len; i++)
    {
      guint32 object = g_array_index (objects, guint32, i);
      if (!sat_unseen_each (snapshot->replica, sat_replica_table_of (snapshot->replica, object),
                            object, snapshot->book, put_unseen, snapshot, error))
        return FALSE;
    }
  return objects != NULL && end_kind (snapshot, error);
}

gboolean
sat_snapshot_write (
    SatReplica *replica, guint32 book, SatSnapshotFunc func, gpointer data, GError **error)
{
  Snapshot snapshot = {
    .replica = replica,
    .book = book,
    .func = func,
    .data = data,
    .state = sat_state_new (),
    .files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
  };
  gboolean ok = write_state (&snapshot, error);

  clear_kind (&snapshot);
  ok = ok && write_unseen (&snapshot, error);
  clear_kind (&snapshot);
  sat_state_free (snapshot.state);
  g_hash_table_unref (snapshot.files);
  return ok;
}
