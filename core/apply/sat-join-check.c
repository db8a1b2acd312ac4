/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Before anything of a checkpoint is taken in, all of it is read: a checkpoint that is wrong
 * changes nothing. Records come by object and id, here and there, so that both are gone through
 * once. */
#include <string.h>

#include "core/apply/sat-join-private.h"
#include "core/store/sat-names.h"
#include "core/store/sat-state-store.h"

typedef struct
{
  SatJoin *join;
  GHashTable *numbers; /* SatId -> SatSaw of the index */
  const char *object;  /* whose records are gone through */
  guint32 name;        /* its number; 0: not known here */
  GArray *ids;         /* SatId: of this book here, in order */
  guint next;          /* of them */
} Check;

static gboolean
fail_damaged (SatJoin *join, const char *msgid, GError **error)
{
  return sat_fail (error, SAT_ERROR_MALFORMED, msgid, join->book_key, NULL);
}

/* ---- what is here ---- */

static gboolean
read_ids (Check *check, GError **error)
{
  SatReplica *replica = check->join->replica;
  SatTable *table = check->name ? sat_replica_table_of (replica, check->name) : NULL;
  g_autofree char *sql = NULL;
  SatStmt *stmt;
  GError *problem = NULL;

  g_array_set_size (check->ids, 0);
  check->next = 0;
  if (table == NULL)
    return TRUE;
  sql = g_strdup_printf ("SELECT uuid FROM %s WHERE book = ?1%s ORDER BY uuid", table->table,
                         table->object ? "" : " AND object = ?2");
  stmt = sat_db_prepare (replica->db, sql, error);
  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_int (stmt, 1, check->join->book);
  if (table->object == NULL)
    sat_stmt_bind_int (stmt, 2, check->name);
  while (sat_stmt_step (stmt, &problem))
    {
      SatId id;

      if (sat_stmt_id (stmt, 0, &id))
        g_array_append_val (check->ids, id);
    }
  return sat_stmt_finish (stmt, problem, error);
}

static guint64
covered_number (const Check *check, const SatId *device)
{
  const SatSaw *entry = g_hash_table_lookup (check->numbers, device);

  return entry ? entry->number : 0;
}

/* A record that is here and not there: all its siblings of this book are news to the checkpoint. */
static gboolean
check_missing (Check *check, const SatId *id, GError **error)
{
  SatJoin *join = check->join;
  SatReplica *replica = join->replica;
  g_autoptr (SatState) state = sat_state_new ();
  SatRow row;
  gboolean found;
  gboolean covered = FALSE;

  if (!sat_row_load (replica, sat_replica_table_of (replica, check->name), check->name, id,
                     join->book, NULL, state, &row, &found, error))
    return FALSE;
  if (!found)
    return TRUE;
  sat_row_touch_all (&row);
  for (guint i = 0; i < state->siblings->len; i++)
    {
      const SatDot *dot = &sat_state_at (state, i)->dot;
      covered |= dot->book == join->book &&
                 dot->number <=
                     covered_number (check, sat_names_device (replica->names, dot->device));
    }
  sat_row_done (&row);
  return !covered ||
         fail_damaged (join, N_ ("the checkpoint of book “%s” is damaged: it lacks a record"),
                       error);
}

/* All that is here before ID (NULL: to the end) is missing there. */
static gboolean
check_until (Check *check, const SatId *id, GError **error)
{
  while (check->next < check->ids->len)
    {
      const SatId *here = &g_array_index (check->ids, SatId, check->next);
      int order = id ? sat_id_compare (here, id) : -1;

      if (order > 0)
        return TRUE;
      check->next++;
      if (order == 0)
        return TRUE;
      if (!check_missing (check, here, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- what is there ---- */

static gboolean
check_group (Check *check, const SatOpGroup *group, GError **error)
{
  SatJoin *join = check->join;

  for (guint i = 0; i < group->n_ops; i++)
    {
      const SatWireDot *dot = group->ops[i].dot;

      if (strcmp (dot->book, join->book_key) == 0 &&
          dot->number > covered_number (check, &dot->device))
        return fail_damaged (join,
                             N_ ("the checkpoint of book “%s” is damaged: it has a value that its "
                                 "vector does not cover"),
                             error);
    }
  return check_until (check, &group->id, error);
}

static gboolean
check_state_shard (Check *check, guint64 n, GError **error)
{
  g_autoptr (SatChangeSet) set = sat_join_read_shard (check->join, n, error);
  const SatOpGroup *groups;
  guint n_groups;

  if (set == NULL)
    return FALSE;
  groups = sat_change_set_groups (set, &n_groups);
  for (guint i = 0; i < n_groups; i++)
    if (!check_group (check, &groups[i], error))
      return FALSE;
  return TRUE;
}

/* The records of OBJECT, whose shards begin with *N. */
static gboolean
check_object (Check *check, const char *object, guint64 *n, GError **error)
{
  SatJoin *join = check->join;

  check->object = object;
  check->name = sat_names_find_name (join->replica->names, object);
  if (!read_ids (check, error))
    return FALSE;
  for (; *n < join->index->shards->len; (*n)++)
    {
      const SatShard *shard = g_ptr_array_index (join->index->shards, *n);

      if (strcmp (shard->object, object) != 0)
        break;
      if (!check_state_shard (check, *n, error))
        return FALSE;
    }
  return check_until (check, NULL, error);
}

/* Objects that have records here and no shard there. */
static gboolean
check_others (Check *check, GError **error)
{
  SatJoin *join = check->join;
  g_autoptr (GHashTable) there = g_hash_table_new (g_str_hash, g_str_equal);
  guint64 end = join->index->shards->len;

  for (guint i = 0; i < join->index->shards->len; i++)
    g_hash_table_add (there, ((SatShard *) g_ptr_array_index (join->index->shards, i))->object);
  for (guint i = 0; i + 1 < join->replica->tables->len; i++)
    {
      const SatTable *table = g_ptr_array_index (join->replica->tables, i);

      if (!g_hash_table_contains (there, table->object->name) &&
          !check_object (check, table->object->name, &end, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_state (Check *check, GError **error)
{
  SatJoin *join = check->join;

  for (guint i = 0; i < join->index->devices->len; i++)
    {
      SatSaw *entry = &g_array_index (join->index->devices, SatSaw, i);
      g_hash_table_insert (check->numbers, &entry->device, entry);
    }
  for (guint64 n = 0; n < join->index->shards->len;)
    {
      const SatShard *shard = g_ptr_array_index (join->index->shards, n);
      if (!check_object (check, shard->object, &n, error))
        return FALSE;
    }
  return check_others (check, error);
}

gboolean
sat_join_check_shards (SatJoin *join, GError **error)
{
  Check check = {
    .join = join,
    .numbers = g_hash_table_new (sat_id_hash, sat_id_equal),
    .ids = g_array_new (FALSE, FALSE, sizeof (SatId)),
  };
  gboolean ok = check_state (&check, error);

  for (guint64 n = join->index->shards->len; ok && n < sat_join_n_shards (join); n++)
    {
      g_autoptr (SatChangeSet) set = sat_join_read_shard (join, n, error);
      ok = set != NULL;
    }
  g_hash_table_unref (check.numbers);
  g_array_unref (check.ids);
  return ok;
}
