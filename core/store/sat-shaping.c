/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/store/sat-shaping.h"

#include <string.h>

#include "core/catalogue/sat-shape.h"
#include "core/store/sat-names.h"
#include "core/store/sat-schema.h"
#include "core/store/sat-state-store.h"

#define SHAPE_KEY "shape"     /* hash of kept lines and definitions; none: there are none */
#define KEPT_KEY "shape_kept" /* the lines */
#define HOME_BOOK "company"

static GPtrArray *
read_kept (SatReplica *replica)
{
  g_autofree char *text = sat_meta_get (replica, KEPT_KEY);
  g_auto (GStrv) lines = g_strsplit (text ? text : "", "\n", -1);
  GPtrArray *kept = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0')
      g_ptr_array_add (kept, g_strdup (lines[i]));
  return kept;
}

/* ---- definitions --------------------------------------------------------------------------------
 */

static void
read_definition (const SatTable *table, SatStmt *stmt, SatDefines defines, GPtrArray *out)
{
  SatDefinition *definition;
  SatId id;

  if (!sat_stmt_id (stmt, SAT_COLUMN_UUID, &id))
    return;
  definition = sat_definition_new (defines, &id);
  definition->deleted = sat_stmt_int (stmt, SAT_COLUMN_DEAD) != (gint64) SAT_PRESENT;
  for (guint i = 0; i < table->object->n_fields; i++)
    {
      g_autofree char *value = sat_column_value (stmt, table->columns[i], table->object->fields[i]);
      sat_definition_set (definition, table->object->fields[i]->name, value);
    }
  /* Of a record that was deleted before anything of it came, nothing is known. */
  if (definition->deleted && sat_definition_get (definition, "name") == NULL)
    sat_definition_free (definition);
  else
    g_ptr_array_add (out, definition);
}

static gboolean
read_object (SatReplica *replica, SatDefines defines, guint32 book, GPtrArray *out, GError **error)
{
  const SatObject *object = sat_catalogue_find (replica->base, sat_defines_object (defines));
  SatTable *table;
  SatStmt *stmt;
  GError *problem = NULL;

  if (object == NULL)
    return TRUE;
  table = sat_replica_table (replica, object);
  stmt = sat_db_prepare (replica->db, table->select_all, error);
  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_int (stmt, 1, book);
  while (sat_stmt_step (stmt, &problem))
    read_definition (table, stmt, defines, out);
  return sat_stmt_finish (stmt, problem, error);
}

static GPtrArray *
read_definitions (SatReplica *replica, GError **error)
{
  g_autoptr (GPtrArray) out = g_ptr_array_new_with_free_func ((GDestroyNotify) sat_definition_free);
  guint32 book = sat_names_find_book (replica->names, HOME_BOOK);

  for (guint i = 0; book != 0 && i < SAT_N_DEFINES; i++)
    if (!read_object (replica, (SatDefines) i, book, out, error))
      return NULL;
  return g_steal_pointer (&out);
}

/* ---- taking over --------------------------------------------------------------------------------
 */

static gboolean
take_over (SatReplica *replica, const SatCatalogue *catalogue, const char *shape, GError **error)
{
  const SatCatalogue *before = replica->catalogue;

  if (catalogue != before)
    {
      replica->catalogue = sat_catalogue_ref (catalogue);
      sat_catalogue_unref ((SatCatalogue *) before);
      if (!sat_replica_load_tables (replica, error))
        return FALSE;
    }
  g_free (replica->shape);
  replica->shape = g_strdup (shape);
  return TRUE;
}

gboolean
sat_shaping_follow (SatReplica *replica, GError **error)
{
  g_autofree char *shape = sat_meta_get (replica, SHAPE_KEY);
  g_autoptr (GPtrArray) definitions = NULL;
  g_autoptr (GPtrArray) kept = NULL;
  const SatCatalogue *catalogue;

  if (g_strcmp0 (shape, replica->shape) == 0)
    return TRUE;
  if (shape == NULL)
    return take_over (replica, replica->base, NULL, error);
  definitions = read_definitions (replica, error);
  if (definitions == NULL)
    return FALSE;
  kept = read_kept (replica);
  catalogue = sat_shape_shared (replica->base, kept, definitions, error);
  return catalogue != NULL && take_over (replica, catalogue, shape, error);
}

/* LINE is "OBJECT" or "OBJECT FIELD TYPE ...": has its last name been on the wire before? */
static void
note_learned (SatReplica *replica, const char *line, GPtrArray *learned)
{
  g_auto (GStrv) words = g_strsplit (line, " ", 3);

  if (sat_names_find_name (replica->names, words[1] ? words[1] : words[0]) != 0 &&
      !g_ptr_array_find_with_equal_func (learned, words[0], g_str_equal, NULL))
    g_ptr_array_add (learned, g_strdup (words[0]));
}

static gboolean
write_shape (SatReplica *replica, const GPtrArray *kept, const char *shape, GError **error)
{
  g_autoptr (GString) lines = g_string_new (NULL);

  for (guint i = 0; i < kept->len; i++)
    g_string_append_printf (lines, "%s\n", (const char *) g_ptr_array_index (kept, i));
  return sat_meta_set (replica, KEPT_KEY, lines->str, error) &&
         sat_meta_set (replica, SHAPE_KEY, shape, error);
}

gboolean
sat_shaping_extend (SatReplica *replica, GPtrArray *learned, GError **error)
{
  g_autoptr (GPtrArray) definitions = read_definitions (replica, error);
  g_autoptr (GPtrArray) kept = read_kept (replica);
  g_autoptr (SatCatalogue) extended = NULL;
  g_autofree char *text = NULL;
  g_autofree char *shape = NULL;
  const SatCatalogue *catalogue;
  guint before = kept->len;
  gboolean changed;

  replica->shape_moved = FALSE;
  if (definitions == NULL)
    return FALSE;
  if (definitions->len == 0 && kept->len == 0)
    return TRUE;
  extended = sat_shape_make (replica->base, kept, definitions, TRUE, NULL, error);
  if (extended == NULL)
    return FALSE;
  text = sat_shape_text (kept, definitions);
  shape = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  if (g_strcmp0 (shape, replica->shape) == 0)
    return TRUE;
  for (guint i = before; i < kept->len; i++)
    note_learned (replica, g_ptr_array_index (kept, i), learned);
  replica->reshaped = TRUE;
  catalogue = sat_shape_shared (replica->base, kept, definitions, error);
  return catalogue != NULL && sat_schema_update (replica->db, catalogue, &changed, error) &&
         take_over (replica, catalogue, shape, error) && write_shape (replica, kept, shape, error);
}

void
sat_shaping_forget (SatReplica *replica)
{
  replica->shape_moved = FALSE;
  if (!replica->reshaped)
    return;
  replica->reshaped = FALSE;
  g_free (replica->shape);
  replica->shape = g_strdup ("?");
  sat_shaping_follow (replica, NULL); /* if it fails, the next transaction tries again */
}

GPtrArray *
sat_shaping_problems (SatReplica *replica, GError **error)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  g_autoptr (GPtrArray) definitions = read_definitions (replica, error);
  g_autoptr (GPtrArray) kept = read_kept (replica);
  g_autoptr (SatCatalogue) made = NULL;

  if (definitions == NULL)
    return NULL;
  made = sat_shape_make (replica->base, kept, definitions, TRUE, problems, error);
  return made ? g_steal_pointer (&problems) : NULL;
}
