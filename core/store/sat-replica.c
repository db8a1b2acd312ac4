/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/store/sat-replica.h"

#include <string.h>

#include "core/base/sat-crash.h"
#include "core/base/sat-han.h"
#include "core/base/sat-text.h"
#include "core/store/sat-absorbed.h"
#include "core/store/sat-copy.h"
#include "core/store/sat-history-log.h"
#include "core/store/sat-migrate.h"
#include "core/store/sat-names.h"
#include "core/store/sat-schema.h"
#include "core/store/sat-search-notes.h"
#include "core/store/sat-shaping.h"

#define FINGERPRINT_KEY "catalogue"
#define SORTING_KEY "sorting"   /* what the sort keys and the search index were made with */
#define REDERIVE_KEY "rederive" /* 1: derived data is not yet as the catalogue wants it */

static void
table_free (gpointer data)
{
  sat_table_free (data);
}

static void
name_field (SatTable *table, guint32 number, const SatField *field)
{
  if (number >= table->n_by_name)
    {
      guint32 n = number + 16;

      table->by_name = g_renew (const SatField *, table->by_name, n);
      memset (table->by_name + table->n_by_name, 0,
              (n - table->n_by_name) * sizeof *table->by_name);
      table->n_by_name = n;
    }
  table->by_name[number] = field;
}

/* The names of objects and fields get their numbers here, so that looking them up later never
 * writes. */
gboolean
sat_replica_load_tables (SatReplica *replica, GError **error)
{
  guint n = sat_catalogue_n_objects (replica->catalogue);

  if (replica->tables->len > 0)
    {
      g_ptr_array_add (replica->old_tables, replica->tables);
      replica->tables = g_ptr_array_new_with_free_func (table_free);
    }
  for (guint i = 0; i <= n; i++)
    {
      SatTable *table = sat_table_new (i < n ? sat_catalogue_object (replica->catalogue, i) : NULL);

      g_ptr_array_add (replica->tables, table);
      if (table->object == NULL)
        continue;
      table->name = sat_names_get_name (replica->names, table->object->name, error);
      if (table->name == 0)
        return FALSE;
      for (guint k = 0; k < table->object->n_fields; k++)
        {
          const SatField *field = table->object->fields[k];
          guint32 number = sat_names_get_name (replica->names, field->name, error);

          if (number == 0)
            return FALSE;
          table->fields[k] = number;
          name_field (table, number, field);
        }
    }
  return TRUE;
}

static gboolean
is_current (SatReplica *replica, const char *fingerprint, const char *sorting)
{
  g_autofree char *stored = sat_meta_get (replica, FINGERPRINT_KEY);
  g_autofree char *sorted = sat_meta_get (replica, SORTING_KEY);

  return g_strcmp0 (stored, fingerprint) == 0 && g_strcmp0 (sorted, sorting) == 0;
}

/* Another process may have been faster: then there is nothing left to do. */
static gboolean
migrate_in (SatReplica *replica, GError **error)
{
  int version;

  return sat_schema_version (replica->db, &version, error) &&
         (version == SAT_SCHEMA_VERSION || sat_migrate (replica->db, version, error));
}

/* The tables of an older Satchel: first a copy of the whole database, then all steps at once.
 * Killed anywhere, the next opening begins anew. */
static gboolean
migrate (SatReplica *replica, GError **error)
{
  g_autofree char *name = NULL;
  g_autofree char *file = NULL;
  int version;

  if (!sat_schema_version (replica->db, &version, error))
    return FALSE;
  if (version == SAT_SCHEMA_VERSION)
    return TRUE;
  name = g_strdup_printf ("before-upgrade-%d.db", version);
  file = g_build_filename (replica->home, name, NULL);
  if (!sat_copy_database (replica->db, file, error))
    return FALSE;
  sat_durable_step ("copied before the upgrade");
  if (!sat_replica_begin (replica, error))
    return FALSE;
  if (!migrate_in (replica, error))
    {
      sat_replica_rollback (replica);
      return FALSE;
    }
  return sat_replica_commit (replica, error);
}

static gboolean
bring_up_to_date (SatReplica *replica, gboolean create, gboolean *rederive, GError **error)
{
  const char *fingerprint = sat_catalogue_fingerprint (replica->base);
  g_autofree char *collation = sat_text_sort_version ();
  g_autofree char *sorting = g_strconcat (collation, "/", SAT_HAN_VERSION, NULL);
  gboolean changed = FALSE;

  *rederive = FALSE;
  if (!create && !migrate (replica, error))
    return FALSE;
  if (!create && is_current (replica, fingerprint, sorting))
    {
      *rederive = sat_meta_get_int (replica, REDERIVE_KEY, 0) != 0;
      return sat_replica_load_tables (replica, error) && sat_shaping_follow (replica, error);
    }
  if (!sat_replica_begin (replica, error))
    return FALSE;
  if ((create && !sat_schema_create (replica->db, error)) ||
      !sat_schema_update (replica->db, replica->catalogue, &changed, error) ||
      !sat_replica_load_tables (replica, error) || !sat_shaping_follow (replica, error) ||
      !sat_meta_set (replica, FINGERPRINT_KEY, fingerprint, error) ||
      !sat_meta_set (replica, SORTING_KEY, sorting, error) ||
      !sat_meta_set_int (replica, REDERIVE_KEY, !create, error))
    {
      sat_replica_rollback (replica);
      return FALSE;
    }
  *rederive = !create;
  return sat_replica_commit (replica, error);
}

/* A database without the tables of a replica: emptied by a crash of the machine, or another file.
 */
static gboolean
has_tables (SatDb *db, GError **error)
{
  static const char sql[] = "SELECT 1 FROM sqlite_schema WHERE type='table' AND name='meta'";
  SatStmt *stmt = sat_db_prepare (db, sql, error);
  g_autoptr (GError) problem = NULL;
  gboolean found;

  if (stmt == NULL)
    return FALSE;
  found = sat_stmt_step (stmt, &problem);
  sat_stmt_reset (stmt);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  return found || sat_fail (error, SAT_ERROR_DAMAGED,
                            N_ ("the replica's database is damaged: its tables are gone"), NULL);
}

static SatReplica *
open_file (const char *file,
           const char *home,
           gboolean create,
           const SatCatalogue *catalogue,
           SatPlatform *platform,
           gboolean *rederive,
           GError **error)
{
  g_autoptr (SatReplica) replica = g_new0 (SatReplica, 1);

  replica->home = g_strdup (home);
  replica->base = sat_catalogue_ref (sat_catalogue_built_in (catalogue));
  replica->catalogue = sat_catalogue_ref (replica->base);
  replica->old_tables = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  replica->platform = sat_platform_ref (platform);
  replica->tables = g_ptr_array_new_with_free_func (table_free);
  replica->drag_bound_ms = SAT_HLC_DRAG_BOUND_MS;
  replica->scratch = sat_state_new ();
  replica->packed = g_byte_array_new ();
  replica->history = sat_history_log_new ();
  replica->noted = g_byte_array_new ();
  replica->noted_later = g_byte_array_new ();
  sat_patience_init (&replica->patience, home);
  replica->db = sat_db_open (file, create, error);
  if (replica->db != NULL)
    sat_db_set_wait (replica->db, sat_patience_wait, &replica->patience);
  if (replica->db == NULL || (!create && !has_tables (replica->db, error)))
    return NULL;
  replica->names = sat_names_new (replica->db);
  if (!bring_up_to_date (replica, create, rederive, error))
    return NULL;
  return g_steal_pointer (&replica);
}

SatReplica *
sat_replica_open (const char *home,
                  gboolean create,
                  const SatCatalogue *catalogue,
                  SatPlatform *platform,
                  gboolean *rederive,
                  GError **error)
{
  g_autofree char *file = g_build_filename (home, "replica.db", NULL);

  return open_file (file, home, create, catalogue, platform, rederive, error);
}

SatReplica *
sat_replica_open_file (const char *file,
                       const char *home,
                       const SatCatalogue *catalogue,
                       SatPlatform *platform,
                       gboolean *rederive,
                       GError **error)
{
  return open_file (file, home, FALSE, catalogue, platform, rederive, error);
}

gboolean
sat_replica_read_identity (SatReplica *replica, GError **error)
{
  g_autofree char *text = sat_meta_get (replica, SAT_META_DEVICE);
  SatId id;

  if (text == NULL || !sat_id_parse (text, &id))
    return sat_fail (error, SAT_ERROR_DAMAGED,
                     N_ ("the replica in %s does not say which device it is"), replica->home, NULL);
  if (sat_id_equal (&id, &replica->device) && replica->me != 0)
    return TRUE;
  replica->device = id;
  replica->me = sat_names_find_device (replica->names, &id);
  return TRUE;
}

gboolean
sat_replica_set_rederived (SatReplica *replica, GError **error)
{
  return sat_meta_set_int (replica, REDERIVE_KEY, 0, error);
}

void
sat_replica_close (SatReplica *replica)
{
  if (replica == NULL)
    return;
  g_clear_pointer (&replica->tables, g_ptr_array_unref);
  g_clear_pointer (&replica->old_tables, g_ptr_array_unref);
  g_clear_pointer (&replica->names, sat_names_free);
  g_clear_pointer (&replica->db, sat_db_close);
  g_clear_pointer (&replica->scratch, sat_state_free);
  g_clear_pointer (&replica->packed, g_byte_array_unref);
  g_clear_pointer (&replica->history, sat_history_log_free);
  g_clear_pointer (&replica->noted, g_byte_array_unref);
  g_clear_pointer (&replica->noted_later, g_byte_array_unref);
  g_clear_pointer ((SatCatalogue **) &replica->catalogue, sat_catalogue_unref);
  g_clear_pointer (&replica->base, sat_catalogue_unref);
  g_free (replica->shape);
  g_clear_pointer (&replica->platform, sat_platform_unref);
  sat_patience_clear (&replica->patience);
  g_free (replica->home);
  g_free (replica);
}

gboolean
sat_replica_begin (SatReplica *replica, GError **error)
{
  sat_search_forget_notes (replica);
  sat_history_log_forget (replica);
  replica->absorbing = SAT_ABSORBING_UNKNOWN;
  if (!sat_db_begin (replica->db, error))
    return FALSE;
  if (replica->tables->len == 0 || sat_shaping_follow (replica, error))
    return TRUE;
  sat_replica_rollback (replica);
  return FALSE;
}

gboolean
sat_replica_commit (SatReplica *replica, GError **error)
{
  if (sat_history_log_flush (replica, error) && sat_db_commit (replica->db, error))
    {
      sat_patience_release (&replica->patience);
      replica->reshaped = replica->shape_moved = FALSE;
      return TRUE;
    }
  sat_replica_rollback (replica);
  return FALSE;
}

void
sat_replica_rollback (SatReplica *replica)
{
  sat_db_rollback (replica->db);
  sat_history_log_forget (replica);
  sat_patience_release (&replica->patience);
  sat_names_forget (replica->names);
  sat_shaping_forget (replica);
}

SatTable *
sat_replica_table (SatReplica *replica, const SatObject *object)
{
  guint index = object ? object->index : replica->tables->len - 1;

  return g_ptr_array_index (replica->tables, index);
}

SatTable *
sat_replica_table_of (SatReplica *replica, guint32 object_name)
{
  for (guint i = 0; i + 1 < replica->tables->len; i++)
    {
      SatTable *table = g_ptr_array_index (replica->tables, i);
      if (table->name == object_name)
        return table;
    }
  return g_ptr_array_index (replica->tables, replica->tables->len - 1);
}

const SatField *
sat_table_field (const SatTable *table, guint32 name)
{
  return name < table->n_by_name ? table->by_name[name] : NULL;
}

char *
sat_meta_get (SatReplica *replica, const char *key)
{
  SatStmt *stmt = sat_db_prepare (replica->db, "SELECT value FROM meta WHERE key = ?1", NULL);
  char *value = NULL;

  if (stmt == NULL)
    return NULL;
  sat_stmt_bind_text (stmt, 1, key);
  if (sat_stmt_step (stmt, NULL))
    value = g_strdup (sat_stmt_text (stmt, 0));
  sat_stmt_reset (stmt);
  return value;
}

gboolean
sat_meta_set (SatReplica *replica, const char *key, const char *value, GError **error)
{
  SatStmt *stmt = sat_db_prepare (
      replica->db, "INSERT INTO meta VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2",
      error);

  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_text (stmt, 1, key);
  sat_stmt_bind_text (stmt, 2, value);
  return sat_stmt_run (stmt, error);
}

gint64
sat_meta_get_int (SatReplica *replica, const char *key, gint64 missing)
{
  g_autofree char *value = sat_meta_get (replica, key);

  return value ? g_ascii_strtoll (value, NULL, 10) : missing;
}

gboolean
sat_meta_set_int (SatReplica *replica, const char *key, gint64 value, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, value);

  return sat_meta_set (replica, key, text, error);
}
