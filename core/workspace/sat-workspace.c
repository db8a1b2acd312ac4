/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening a replica, and reading from it. */
#include "core/workspace/sat-workspace.h"

#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#include "core/apply/sat-rederive.h"
#include "core/base/sat-text.h"
#include "core/query/sat-find.h"
#include "core/query/sat-list.h"
#include "core/store/sat-names.h"
#include "core/store/sat-search.h"
#include "core/workspace/sat-workspace-access.h"
#include "core/workspace/sat-workspace-pipeline-private.h"
#include "core/workspace/sat-workspace-private.h"

char *
sat_workspace_default_home (void)
{
  return g_build_filename (g_get_user_data_dir (), "satchel", NULL);
}

gboolean
sat_workspace_exists (const char *home)
{
  g_autofree char *file = g_build_filename (home, "replica.db", NULL);

  return g_file_test (file, G_FILE_TEST_IS_REGULAR);
}

/* This device; its number in the database. */
static gboolean
read_identity (SatWorkspace *workspace, GError **error)
{
  SatReplica *replica = workspace->replica;

  if (!sat_replica_read_identity (replica, error))
    return FALSE;
  workspace->hub = sat_meta_get (replica, SAT_META_HUB);
  return TRUE;
}

/* What cannot even be opened, the doctor cannot look at: say what helps instead of sending there.
 */
static void
advise_damaged (const char *home, GError **error)
{
  if (error == NULL || !g_error_matches (*error, SAT_ERROR, SAT_ERROR_DAMAGED))
    return;
  g_clear_error (error);
  sat_fail (error, SAT_ERROR_DAMAGED,
            N_ ("the database of the replica in %s is damaged and cannot be opened; what was sent "
                "is in the hub: join the workspace again in a new folder, and keep this one until "
                "you have"),
            home, NULL);
}

SatWorkspace *
sat_workspace_open (const char *home,
                    SatPlatform *platform,
                    const SatCatalogue *catalogue,
                    GError **error)
{
  g_autoptr (SatWorkspace) workspace = NULL;
  g_autoptr (SatPlatform) machine = platform ? sat_platform_ref (platform)
                                             : sat_platform_new_system ();
  g_autoptr (SatCatalogue) objects = catalogue ? sat_catalogue_ref (catalogue)
                                               : sat_catalogue_default (error);
  gboolean rederive;

  if (objects == NULL)
    return NULL;
  if (!sat_workspace_exists (home))
    {
      if (g_access (home, F_OK) == 0 && g_access (home, X_OK) != 0 &&
          !g_file_test (home, G_FILE_TEST_IS_REGULAR))
        {
          sat_fail (error, SAT_ERROR_FAILED,
                    N_ ("the folder %s may not be read by you; look at its permissions"), home,
                    NULL);
          return NULL;
        }
      sat_fail (error, SAT_ERROR_NOT_FOUND,
                N_ ("there is no workspace in %s; join one with “satchel join”"), home, NULL);
      return NULL;
    }
  workspace = g_new0 (SatWorkspace, 1);
  workspace->replica = sat_replica_open (home, FALSE, objects, machine, &rederive, error);
  if (workspace->replica == NULL || !read_identity (workspace, error) ||
      (rederive && !sat_rederive_all (workspace->replica, error)) ||
      !sat_workspace_check_place (workspace, error))
    {
      advise_damaged (home, error);
      return NULL;
    }
  return g_steal_pointer (&workspace);
}

void
sat_workspace_close (SatWorkspace *workspace)
{
  if (workspace == NULL)
    return;
  g_clear_pointer (&workspace->runner, sat_rule_runner_free);
  g_clear_pointer (&workspace->open, sat_local_abort);
  g_clear_pointer (&workspace->access, sat_access_free);
  g_clear_pointer (&workspace->former_access, sat_access_free);
  sat_stage_forget (workspace);
  g_clear_pointer (&workspace->replica, sat_replica_close);
  sodium_memzero (workspace->seed, sizeof workspace->seed);
  g_clear_error (&workspace->key_problem);
  g_free (workspace->hub);
  g_free (workspace);
}

const char *
sat_workspace_home (const SatWorkspace *workspace)
{
  return workspace->replica->home;
}

const SatCatalogue *
sat_workspace_catalogue (const SatWorkspace *workspace)
{
  return workspace->replica->catalogue;
}

SatPlatform *
sat_workspace_platform (const SatWorkspace *workspace)
{
  return workspace->replica->platform;
}

const char *
sat_workspace_hub (const SatWorkspace *workspace)
{
  return workspace->hub ? workspace->hub : "";
}

gboolean
sat_workspace_set_hub (SatWorkspace *workspace, const char *hub, GError **error)
{
  if (!sat_meta_set (workspace->replica, SAT_META_HUB, hub, error))
    return FALSE;
  g_free (workspace->hub);
  workspace->hub = g_strdup (hub);
  return TRUE;
}

/* Is one of LABELS, in any language, TEXT, which is folded? */
static gboolean
reads (const SatLabels *labels, const char *text)
{
  for (const char *const *label = sat_labels_all (labels); *label != NULL; label++)
    {
      g_autofree char *folded = sat_text_fold (*label);
      if (strcmp (folded, text) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
add_name (GString *list, const char *name)
{
  if (list->len > 0)
    g_string_append (list, ", ");
  g_string_append (list, name);
}

/* What one object alone is called. SEVERAL gets the names of those that are called so, if not. */
static const SatObject *
object_by_label (const SatCatalogue *catalogue, const char *label, GString *several)
{
  g_autofree char *folded = sat_text_fold (label);
  const SatObject *found = NULL;
  guint n = 0;

  for (guint i = 0; i < sat_catalogue_n_objects (catalogue); i++)
    {
      const SatObject *object = sat_catalogue_object (catalogue, i);

      if (object->retired || (!reads (object->label, folded) && !reads (object->plural, folded)))
        continue;
      found = object;
      n++;
      add_name (several, object->name);
    }
  return n == 1 ? found : NULL;
}

/* Of the company's own objects, whose names say nothing, the label. */
static const char *
object_word (const SatObject *object)
{
  const char *label = object->custom ? sat_labels_all (object->label)[0] : NULL;

  return label != NULL ? label : object->name;
}

const SatObject *
sat_workspace_object (const SatWorkspace *workspace, const char *name, GError **error)
{
  const SatCatalogue *catalogue = workspace->replica->catalogue;
  const SatObject *object = sat_catalogue_find (catalogue, name);
  g_autoptr (GString) several = g_string_new (NULL);
  g_autoptr (GString) names = g_string_new (NULL);

  if (object == NULL)
    object = object_by_label (catalogue, name, several);
  if (object != NULL)
    return object;
  for (guint i = 0; i < sat_catalogue_n_objects (catalogue); i++)
    add_name (names, object_word (sat_catalogue_object (catalogue, i)));
  if (several->len > 0)
    sat_fail (error, SAT_ERROR_INVALID,
              N_ ("“%s” is the label of several objects: %s; use the name of one"), name,
              several->str, NULL);
  else
    sat_fail (error, SAT_ERROR_INVALID, N_ ("there is no object “%s”; there are: %s"), name,
              names->str, NULL);
  return NULL;
}

const SatField *
sat_workspace_field (const SatWorkspace *workspace,
                     const SatObject *object,
                     const char *name,
                     GError **error)
{
  gboolean several;
  const SatField *field = sat_object_find_called (object, name, &several);
  g_autofree char *words = NULL;

  (void) workspace;
  if (field != NULL)
    return field;
  if (!several && sat_object_find_any_called (object, name, &several) != NULL)
    {
      sat_fail (error, SAT_ERROR_INVALID,
                N_ ("“%s” of %s is computed from other fields; it cannot be written"), name,
                object->name, NULL);
      return NULL;
    }
  if (several)
    {
      sat_fail (error, SAT_ERROR_INVALID,
                N_ ("“%s” is the label of several fields; use the name of one"), name, NULL);
      return NULL;
    }
  words = sat_object_list_words (object);
  sat_fail (error, SAT_ERROR_INVALID, N_ ("%s has no field “%s”; its fields are: %s"), object->name,
            name, words, NULL);
  return NULL;
}

/* ---- reading ------------------------------------------------------------------------------------
 */

SatRecord *
sat_workspace_load (SatWorkspace *workspace,
                    const SatObject *object,
                    const SatId *id,
                    GError **error)
{
  return sat_workspace_shown (workspace, sat_list_load (workspace->replica, object, id, error),
                              error);
}

static void
unref_record (gpointer record)
{
  g_clear_pointer ((SatRecord **) &record, sat_record_unref);
}

static GPtrArray *
load_rows (SatWorkspace *workspace,
           const SatObject *object,
           const gint64 *rows,
           guint n,
           gboolean listed,
           GError **error)
{
  SatRecord *(*load) (SatReplica *, const SatObject *, gint64,
                      GError **) = listed ? sat_list_load_listed : sat_list_load_row;
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (unref_record);

  for (guint i = 0; i < n; i++)
    {
      GError *problem = NULL;
      SatRecord *record = sat_workspace_shown (
          workspace, load (workspace->replica, object, rows[i], &problem), &problem);

      if (record == NULL && !g_error_matches (problem, SAT_ERROR, SAT_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, problem);
          return NULL;
        }
      g_clear_error (&problem);
      g_ptr_array_add (records, record);
    }
  return g_steal_pointer (&records);
}

GPtrArray *
sat_workspace_load_rows (
    SatWorkspace *workspace, const SatObject *object, const gint64 *rows, guint n, GError **error)
{
  return load_rows (workspace, object, rows, n, TRUE, error);
}

GPtrArray *
sat_workspace_load_whole_rows (
    SatWorkspace *workspace, const SatObject *object, const gint64 *rows, guint n, GError **error)
{
  return load_rows (workspace, object, rows, n, FALSE, error);
}

gboolean
sat_workspace_find (
    SatWorkspace *workspace, const SatObject *object, const char *text, SatId *out, GError **error)
{
  return sat_list_find (workspace->replica, sat_workspace_access (workspace), object, text, out,
                        error);
}

char *
sat_workspace_title (SatWorkspace *workspace, const SatObject *object, const SatId *id)
{
  const SatCatalogue *catalogue = workspace->replica->catalogue;
  gboolean may = TRUE;
  char *title = NULL;

  if (object != NULL)
    return sat_workspace_may_see (workspace, object, id, &may, NULL) && may
               ? sat_list_title (workspace->replica, object, id)
               : NULL;
  for (guint i = 0; title == NULL && i < sat_catalogue_n_objects (catalogue); i++)
    title = sat_workspace_title (workspace, sat_catalogue_object (catalogue, i), id);
  return title;
}

SatId
sat_workspace_me (SatWorkspace *workspace)
{
  g_autofree char *user = sat_meta_get (workspace->replica, SAT_META_USER);
  SatId me;

  return user != NULL && sat_id_parse (user, &me) ? me : (SatId){ 0 };
}

SatListQuery
sat_workspace_list_query (SatWorkspace *workspace, const SatQuery *query)
{
  SatListQuery list = {
    .object = query->object,
    .words = query->words,
    .sort = query->sort,
    .reference = query->reference,
    .target = query->target,
    .limit = query->limit,
    .offset = query->offset,
    .with_deleted = query->with_deleted,
    .where = query->where,
    .access = sat_workspace_access (workspace),
    .right = SAT_RIGHT_READ,
  };

  if (query->where != NULL || query->object->n_derived > 0)
    list.me = sat_workspace_me (workspace);
  return list;
}

GArray *
sat_workspace_list_rows (SatWorkspace *workspace, const SatQuery *query, GError **error)
{
  SatListQuery list;

  if (!sat_workspace_check_query (workspace, query, error))
    return NULL;
  list = sat_workspace_list_query (workspace, query);
  return sat_list_rows (workspace->replica, &list, error);
}

gint64
sat_workspace_count (SatWorkspace *workspace, const SatQuery *query, GError **error)
{
  SatListQuery list;

  if (!sat_workspace_check_query (workspace, query, error))
    return -1;
  list = sat_workspace_list_query (workspace, query);
  return sat_list_count (workspace->replica, &list, error);
}

static GArray *
hits_of (SatWorkspace *workspace, const GArray *keys)
{
  GArray *hits = g_array_new (FALSE, FALSE, sizeof (SatHit));

  for (guint i = 0; i < keys->len; i++)
    {
      gint64 key = g_array_index (keys, gint64, i);
      SatTable *table = sat_replica_table_of (workspace->replica, sat_search_key_object (key));
      SatHit hit = { table->object, sat_search_key_row (key) };

      g_array_append_val (hits, hit);
    }
  return hits;
}

GArray *
sat_workspace_search (SatWorkspace *workspace, const char *words, guint limit, GError **error)
{
  g_autoptr (GArray) keys = sat_find (workspace->replica, sat_workspace_access (workspace), words,
                                      limit, error);

  return keys != NULL ? hits_of (workspace, keys) : NULL;
}

GArray *
sat_workspace_search_in (SatWorkspace *workspace,
                         const SatQuery *query,
                         guint limit,
                         GError **error)
{
  g_autoptr (GArray) keys = NULL;
  SatListQuery list;

  if (!sat_workspace_check_query (workspace, query, error))
    return NULL;
  list = sat_workspace_list_query (workspace, query);
  keys = sat_find_in (workspace->replica, &list, limit, error);
  return keys != NULL ? hits_of (workspace, keys) : NULL;
}

gboolean
sat_workspace_moved (SatWorkspace *workspace, guint64 *token)
{
  guint64 now = sat_db_version (workspace->replica->db);
  gboolean moved = now != *token;

  *token = now;
  return moved;
}
