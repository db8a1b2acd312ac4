/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A definition is written first and judged then, by what the catalogue makes of it; a wrong one
 * goes with its transaction. */
#include "core/workspace/sat-workspace-shape.h"

#include <string.h>

#include "core/query/sat-list.h"
#include "core/store/sat-shaping.h"
#include "core/workspace/sat-workspace-access.h"
#include "core/workspace/sat-workspace-private.h"
#include "core/workspace/sat-workspace-revoke.h"

GPtrArray *
sat_workspace_shape_problems (SatWorkspace *workspace, GError **error)
{
  return sat_shaping_problems (workspace->replica, error);
}

gboolean
sat_workspace_follow (SatWorkspace *workspace, GError **error)
{
  return workspace->open != NULL || sat_shaping_follow (workspace->replica, error);
}

gboolean
sat_workspace_index_now (SatWorkspace *workspace, GError **error)
{
  gboolean more = TRUE;

  while (more)
    if (!sat_workspace_index_step (workspace, 0, &more, error))
      return FALSE;
  return TRUE;
}

/* What this laptop's user is called; NULL: the record is not here. */
static char *
user_title (SatWorkspace *workspace)
{
  const SatObject *object = sat_workspace_object (workspace, "user", NULL);
  g_autofree char *user = sat_meta_get (workspace->replica, SAT_META_USER);
  SatId id;

  return object != NULL && user != NULL && sat_id_parse (user, &id)
             ? sat_workspace_title (workspace, object, &id)
             : NULL;
}

gboolean
sat_workspace_check_shaper (SatWorkspace *workspace, GError **error)
{
  g_autofree char *role = NULL;
  g_autofree char *name = NULL;

  if (sat_workspace_is_admin (workspace, &role))
    return TRUE;
  name = user_title (workspace);
  if (name != NULL && !sat_workspace_rights_hold (workspace))
    return sat_fail (error, SAT_ERROR_REFUSED,
                     N_ ("only an administrator may change the catalogue, and the role of this "
                         "laptop's user is “%s”; this workspace is open, so “satchel set user /%s "
                         "role=admin” makes one"),
                     role, name, NULL);
  return sat_fail (error, SAT_ERROR_REFUSED,
                   N_ ("only an administrator may change the catalogue, and the role of this "
                       "laptop's user is “%s”; ask an administrator"),
                   role, NULL);
}

/* "OBJECT.FIELD.CHOICE", as far as there are parts, NAME as the last one. */
static char *
full_name (const SatShaped *of, const char *name)
{
  GString *full = g_string_new (NULL);
  const char *const parts[] = { of->object, of->field, of->choice, name };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] != NULL)
      g_string_append_printf (full, "%s%s", full->len ? "." : "", parts[i]);
  return g_string_free (full, FALSE);
}

static void
add_edit (GArray *edits, const SatObject *object, const char *field, const char *value)
{
  SatEdit edit = { .field = sat_object_find (object, field), .value = value };

  if (edit.field != NULL)
    g_array_append_val (edits, edit);
}

/* The edits that SAYINGS are; as far as BASE (may be NULL) does not say the same. */
static GArray *
edits_of (const SatObject *object, const SatRecord *base, const SatSaying *sayings)
{
  GArray *edits = g_array_new (FALSE, FALSE, sizeof (SatEdit));

  for (; sayings->field != NULL; sayings++)
    {
      const SatField *field = sat_object_find (object, sayings->field);
      const char *now = base && field ? sat_record_get (base, field) : NULL;

      if (g_strcmp0 (now, sayings->value) != 0)
        add_edit (edits, object, sayings->field, sayings->value);
    }
  return edits;
}

/* The first of AFTER that is not in BEFORE becomes ERROR. */
static gboolean
check_problems (const GPtrArray *before, const GPtrArray *after, GError **error)
{
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < before->len; i++)
    g_hash_table_add (known, ((GError *) g_ptr_array_index (before, i))->message);
  for (guint i = 0; i < after->len; i++)
    {
      const GError *problem = g_ptr_array_index (after, i);

      if (g_hash_table_contains (known, problem->message))
        continue;
      g_propagate_error (error, g_error_copy (problem));
      return FALSE;
    }
  return TRUE;
}

static gboolean
write_in (SatWorkspace *workspace,
          const SatObject *object,
          const SatId *id,
          const GArray *edits,
          gboolean create,
          GError **error)
{
  SatEditKind kind = { .life = SAT_LIFE_LIVE, .create = create };
  g_autoptr (GPtrArray) before = sat_workspace_shape_problems (workspace, error);

  return before != NULL &&
         sat_workspace_edit_raw (workspace, object, id, SAT_BOOK_KEY_COMPANY,
                                 (const SatEdit *) (const void *) edits->data, edits->len, &kind,
                                 error) &&
         sat_workspace_check_shape (workspace, before, error);
}

/* In a transaction: the open one or its own. */
static gboolean
write_definition (SatWorkspace *workspace,
                  SatDefines defines,
                  const SatId *id,
                  const GArray *edits,
                  gboolean create,
                  GError **error)
{
  const SatObject *object = sat_workspace_object (workspace, sat_defines_object (defines), error);
  gboolean mine = workspace->open == NULL;

  if (object == NULL || (mine && !sat_workspace_begin (workspace, error)))
    return FALSE;
  sat_local_record (workspace->open, 0);
  if (!write_in (workspace, object, id, edits, create, error))
    {
      if (mine)
        sat_workspace_rollback (workspace);
      return FALSE;
    }
  return !mine || sat_workspace_commit (workspace, error);
}

/* The record that defines FULL: found by its name, or, of what is built in, the one whose id comes
 * from the name, so that two administrators mean the same one. */
static gboolean
definition_id (
    SatWorkspace *workspace, const SatObject *object, const char *full, SatId *out, GError **error)
{
  g_autofree char *space_text = sat_meta_get (workspace->replica, SAT_META_WORKSPACE);
  g_autofree char *seed = g_strconcat ("definition:", full, NULL);
  const char *last = strrchr (full, '.');
  g_autofree char *title = g_strconcat ("/", full, NULL);
  SatId space = { 0 };

  if (sat_is_custom_name (last ? last + 1 : full))
    return sat_list_find (workspace->replica, NULL, object, title, out, error);
  if (space_text != NULL)
    sat_id_parse (space_text, &space);
  sat_id_derive (&space, seed, strlen (seed), out);
  return TRUE;
}

/* What a definition of WHAT itself is, and of something below it. */
static SatDefines
defines_of (const SatShaped *what)
{
  if (what->choice != NULL)
    return SAT_DEFINES_CHOICE;
  return what->field != NULL ? SAT_DEFINES_FIELD : SAT_DEFINES_OBJECT;
}

static SatDefines
defines_below (const SatShaped *of)
{
  if (of->field != NULL)
    return SAT_DEFINES_CHOICE;
  return of->object != NULL ? SAT_DEFINES_FIELD : SAT_DEFINES_OBJECT;
}

/* What says which thing it is. */
static void
add_place (GArray *edits, const SatObject *object, const SatShaped *of, const char *full)
{
  add_edit (edits, object, "name", full);
  if (of->object != NULL)
    add_edit (edits, object, "object", of->object);
  if (of->field != NULL)
    add_edit (edits, object, "field", of->field);
}

gboolean
sat_workspace_define (SatWorkspace *workspace,
                      const SatShaped *of,
                      const SatSaying *sayings,
                      char **name,
                      GError **error)
{
  SatDefines defines = defines_below (of);
  const SatObject *object = sat_workspace_object (workspace, sat_defines_object (defines), error);
  g_autoptr (GArray) edits = NULL;
  char own[SAT_CUSTOM_NAME_SIZE];
  g_autofree char *full = NULL;
  SatId id;

  if (object == NULL || !sat_workspace_check_shaper (workspace, error))
    return FALSE;
  sat_id_new (workspace->replica->platform, &id);
  full = full_name (of, sat_custom_name (&id, own));
  edits = edits_of (object, NULL, sayings);
  add_place (edits, object, of, full);
  if (!write_definition (workspace, defines, &id, edits, TRUE, error))
    return FALSE;
  *name = g_strdup (own);
  return TRUE;
}

gboolean
sat_workspace_define_as (SatWorkspace *workspace,
                         const SatShaped *of,
                         const SatId *id,
                         const SatSaying *sayings,
                         GError **error)
{
  const SatObject *object = sat_workspace_object (workspace,
                                                  sat_defines_object (defines_below (of)), error);
  SatEditKind kind = { .life = SAT_LIFE_LIVE };
  char own[SAT_CUSTOM_NAME_SIZE];
  g_autoptr (SatRecord) record = NULL;
  g_autoptr (GArray) edits = NULL;
  g_autofree char *full = NULL;

  g_return_val_if_fail (workspace->open != NULL, FALSE);
  if (object == NULL)
    return FALSE;
  record = sat_list_load (workspace->replica, object, id, NULL);
  edits = edits_of (object, record, sayings);
  kind.create = record == NULL;
  full = full_name (of, sat_custom_name (id, own));
  if (record == NULL)
    add_place (edits, object, of, full);
  if (edits->len == 0 && !sat_record_deleted (record))
    return TRUE;
  return sat_workspace_edit_raw (workspace, object, id, SAT_BOOK_KEY_COMPANY,
                                 (const SatEdit *) (const void *) edits->data, edits->len, &kind,
                                 error);
}

gboolean
sat_workspace_check_shape (SatWorkspace *workspace, const GPtrArray *before, GError **error)
{
  g_autoptr (GPtrArray) after = sat_workspace_shape_problems (workspace, error);

  return after != NULL && check_problems (before, after, error);
}

gboolean
sat_workspace_definition_id (SatWorkspace *workspace,
                             const SatShaped *what,
                             SatId *id,
                             const SatObject **object,
                             GError **error)
{
  g_autofree char *full = full_name (what, NULL);

  *object = sat_workspace_object (workspace, sat_defines_object (defines_of (what)), error);
  return *object != NULL && definition_id (workspace, *object, full, id, error);
}
gboolean
sat_workspace_redefine (SatWorkspace *workspace,
                        const SatShaped *what,
                        const SatSaying *sayings,
                        GError **error)
{
  SatDefines defines = defines_of (what);
  const SatObject *object = sat_workspace_object (workspace, sat_defines_object (defines), error);
  g_autofree char *full = full_name (what, NULL);
  g_autoptr (SatRecord) record = NULL;
  g_autoptr (GArray) edits = NULL;
  SatId id;

  if (object == NULL || !sat_workspace_check_shaper (workspace, error) ||
      !definition_id (workspace, object, full, &id, error))
    return FALSE;
  record = sat_list_load (workspace->replica, object, &id, NULL);
  edits = edits_of (object, record, sayings);
  if (edits->len == 0 && (record == NULL || !sat_record_deleted (record)))
    return TRUE;
  if (record == NULL)
    {
      add_edit (edits, object, "name", full);
      if (what->field != NULL)
        add_edit (edits, object, "object", what->object);
      if (what->choice != NULL)
        add_edit (edits, object, "field", what->field);
    }
  return write_definition (workspace, defines, &id, edits, record == NULL, error);
}
