/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The replica as the target of an import. */
#include "core/workspace/sat-workspace-import.h"

#include <string.h>

#include "core/workspace/sat-key-index.h"
#include "core/workspace/sat-workspace-marks.h"
#include "core/workspace/sat-workspace-pipeline.h"
#include "core/workspace/sat-workspace-private.h"

typedef struct
{
  SatWorkspace *workspace;
  const SatObject *object;
  SatKeyIndex *matches; /* by the fields to match by; made when first asked */
  const SatField *const *fields;
  guint n_fields;
  const SatImportOptions *options;
  SatImportResult *result;
  SatMarks *marks;    /* of customers that colleagues have */
  GPtrArray *missing; /* SatDraft with an id: named by a row, and made when such a row is saved */
  GHashTable *codes;  /* const SatObject -> SatKeyIndex by its code, for references */
} Importing;

/* "OBJECT/title" for a reference to anything: the part before the slash names the object. */
static gboolean
find_in_any (SatWorkspace *workspace, const char *text, SatId *out, GError **error)
{
  const char *slash = strchr (text, '/');
  const SatObject *object = NULL;

  if (slash != NULL)
    {
      g_autofree char *name = g_strndup (text, (gsize) (slash - text));

      object = sat_catalogue_find (sat_workspace_catalogue (workspace), name);
    }
  if (object != NULL)
    return sat_workspace_find (workspace, object, text, out, error);
  if (sat_id_parse (text, out))
    return TRUE;
  return sat_fail (error, SAT_ERROR_INVALID,
                   N_ ("“%s” names no record; write a whole id, or OBJECT/title"), text, NULL);
}

gboolean
sat_workspace_find_reference (
    SatWorkspace *workspace, const SatObject *object, const char *text, SatId *out, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autofree char *title = g_strconcat ("/", text, NULL);

  if (object == NULL)
    return find_in_any (workspace, text, out, error);
  /* A title comes before a part of an id: “360360” is a company. */
  if (sat_id_parse (text, out) || sat_workspace_find (workspace, object, title, out, &cause))
    return TRUE;
  if (!g_error_matches (cause, SAT_ERROR, SAT_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  return sat_workspace_find (workspace, object, text, out, error);
}

/* ---- references by code ---- */

/* The field by which people number the records of OBJECT; NULL: there is none. */
static const SatField *
code_field (const SatObject *object)
{
  static const char *const names[] = { "code", "login", "key" };

  for (guint i = 0; object != NULL && i < G_N_ELEMENTS (names); i++)
    {
      const SatField *field = sat_object_find (object, names[i]);

      if (field != NULL && field->type->id == SAT_TYPE_TEXT)
        return field;
    }
  return NULL;
}

static SatKeyIndex *
codes_of (Importing *importing, const SatObject *object, const SatField *code, GError **error)
{
  SatKeyIndex *index = g_hash_table_lookup (importing->codes, object);

  if (index != NULL)
    return index;
  index = sat_key_index_new (importing->workspace, object, &code, 1, error);
  if (index != NULL)
    g_hash_table_insert (importing->codes, (gpointer) object, index);
  return index;
}

/* FALSE: no record has this code, or ERROR is set. */
static gboolean
find_code (
    Importing *importing, const SatObject *object, const char *text, SatId *out, GError **error)
{
  const SatField *code = code_field (object);
  SatKeyIndex *index;
  guint n;

  if (code == NULL)
    return FALSE;
  index = codes_of (importing, object, code, error);
  n = index != NULL ? sat_key_index_find (index, &text, out) : 0;
  if (n < 2)
    return n == 1;
  return sat_fail (error, SAT_ERROR_AMBIGUOUS,
                   N_ ("several records of “%s” have the code “%s”; name one by its id"),
                   object->name, text, NULL);
}

static void
values_of (const SatDraft *row, const SatField *const *fields, guint n, const char **values)
{
  for (guint i = 0; i < n; i++)
    values[i] = sat_draft_get (row, fields[i]);
}

/* Later rows may match it, or name it by its code. */
static void
remember (Importing *importing, const SatDraft *draft, const SatId *id)
{
  SatKeyIndex *codes = g_hash_table_lookup (importing->codes, importing->object);
  g_autofree const char **values = g_new0 (const char *, importing->n_fields + 1);

  if (importing->matches != NULL)
    {
      values_of (draft, importing->fields, importing->n_fields, values);
      sat_key_index_add (importing->matches, values, id);
    }
  if (codes != NULL)
    {
      const char *code = sat_draft_get (draft, code_field (importing->object));

      sat_key_index_add (codes, &code, id);
    }
}

/* ---- records that are not there ---- */

static gboolean
fail_problem (const SatDraft *draft, GError **error)
{
  g_autoptr (GPtrArray) problems = sat_draft_check (draft);

  if (problems == NULL || problems->len == 0)
    return TRUE;
  g_propagate_error (error, g_error_copy (((const SatProblem *) problems->pdata[0])->error));
  return FALSE;
}

static const SatDraft *
find_missing (const Importing *importing, const SatObject *object, const char *title)
{
  for (guint i = 0; i < importing->missing->len; i++)
    {
      const SatDraft *draft = g_ptr_array_index (importing->missing, i);

      if (sat_draft_object (draft) == object &&
          g_strcmp0 (sat_draft_get (draft, object->title), title) == 0)
        return draft;
    }
  return NULL;
}

/* The id of a record of OBJECT called TEXT, of which nothing else is known: it is made once a row
 * that names it is saved, since a row that is left out must leave nothing behind. */
static gboolean
plan_missing (
    Importing *importing, const SatObject *object, const char *text, SatId *out, GError **error)
{
  g_autoptr (SatDraft) draft = sat_draft_new (object);
  const SatDraft *same;

  if (importing->options->book != NULL)
    sat_draft_set_book (draft, importing->options->book);
  if (!sat_draft_set_input (draft, object->title, text, error) || !fail_problem (draft, error))
    return FALSE;
  same = find_missing (importing, object, sat_draft_get (draft, object->title));
  if (same != NULL)
    {
      *out = *sat_draft_id (same);
      return TRUE;
    }
  sat_id_new (importing->workspace->replica->platform, out);
  sat_draft_set_id (draft, out);
  g_ptr_array_add (importing->missing, g_steal_pointer (&draft));
  return TRUE;
}

static gboolean
is_named (const SatDraft *draft, const SatId *id)
{
  const SatObject *object = sat_draft_object (draft);
  char text[SAT_ID_TEXT_SIZE];

  sat_id_format (id, text);
  for (guint i = 0; i < object->n_fields; i++)
    if (object->fields[i]->type->id == SAT_TYPE_REFERENCE &&
        g_strcmp0 (sat_draft_get (draft, object->fields[i]), text) == 0)
      return TRUE;
  return FALSE;
}

/* Those that DRAFT, which is to be saved, names. */
static gboolean
make_missing (Importing *importing, const SatDraft *draft, GError **error)
{
  for (guint i = importing->missing->len; i > 0; i--)
    {
      SatDraft *one = g_ptr_array_index (importing->missing, i - 1);
      SatId id = *sat_draft_id (one);

      if (!is_named (draft, &id))
        continue;
      if (!sat_workspace_save (importing->workspace, one, &id, error))
        return FALSE;
      if (sat_draft_object (one) == importing->object)
        remember (importing, one, &id);
      importing->result->made++;
      g_ptr_array_remove_index (importing->missing, i - 1);
    }
  return TRUE;
}

static gboolean
find_record (const SatObject *object, const char *text, SatId *out, gpointer data, GError **error)
{
  Importing *importing = data;
  g_autoptr (GError) cause = NULL;
  GError *problem = NULL;

  if (sat_workspace_find_reference (importing->workspace, object, text, out, &cause))
    return TRUE;
  if (g_error_matches (cause, SAT_ERROR, SAT_ERROR_NOT_FOUND) &&
      find_code (importing, object, text, out, &problem))
    return TRUE;
  if (importing->options->create_missing && object != NULL && !object->system && problem == NULL &&
      g_error_matches (cause, SAT_ERROR, SAT_ERROR_NOT_FOUND))
    return plan_missing (importing, object, text, out, error);
  if (object != NULL && problem == NULL && g_error_matches (cause, SAT_ERROR, SAT_ERROR_NOT_FOUND))
    return sat_fail (error, SAT_ERROR_NOT_FOUND,
                     N_ ("there is no %s “%s”; give its title, its code or its id"), object->name,
                     text, NULL);
  g_propagate_error (error, problem != NULL ? problem : g_steal_pointer (&cause));
  return FALSE;
}

/* ---- matching ---- */

static gboolean
match_id (Importing *importing, const char *text, SatRecord **out, GError **error)
{
  SatId id;

  if (!sat_id_parse (text, &id))
    return sat_fail (error, SAT_ERROR_INVALID,
                     N_ ("“%s” is no id; an id has 36 characters, and an empty one means a new "
                         "record"),
                     text, NULL);
  *out = sat_workspace_load (importing->workspace, importing->object, &id, error);
  return *out != NULL;
}

static gboolean
fail_several (const SatDraft *row, const SatField *const *fields, guint n, GError **error)
{
  g_autoptr (GString) values = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      const char *value = sat_draft_get (row, fields[i]);

      g_string_append_printf (values, "%s%s", i > 0 ? ", " : "", value != NULL ? value : "");
    }
  return sat_fail (error, SAT_ERROR_AMBIGUOUS,
                   N_ ("several records match “%s”; match by more fields, or by the id"),
                   values->str, NULL);
}

static gboolean
match_record (const SatDraft *row,
              const char *id,
              const SatField *const *fields,
              guint n,
              SatRecord **out,
              gpointer data,
              GError **error)
{
  Importing *importing = data;
  g_autofree const char **values = g_new0 (const char *, n + 1);
  SatId found;
  guint count;

  if (id != NULL)
    return match_id (importing, id, out, error);
  importing->fields = fields;
  importing->n_fields = n;
  if (importing->matches == NULL)
    importing->matches = sat_key_index_new (importing->workspace, importing->object, fields, n,
                                            error);
  if (importing->matches == NULL)
    return FALSE;
  values_of (row, fields, n, values);
  count = sat_key_index_find (importing->matches, values, &found);
  if (count > 1)
    return fail_several (row, fields, n, error);
  if (count == 1)
    *out = sat_workspace_load (importing->workspace, importing->object, &found, error);
  return count == 0 || *out != NULL;
}

/* ---- saving ---- */

static void
import_taken_free (gpointer data)
{
  SatImportTaken *taken = data;

  g_free (taken->title);
  g_free (taken->book);
  g_free (taken->users);
  g_free (taken);
}

/* Does a colleague have the new customer DRAFT already? */
static gboolean
note_taken (Importing *importing, const SatDraft *draft, GError **error)
{
  SatImportResult *result = importing->result;
  GError *problem = NULL;
  g_autoptr (SatTaken) taken = sat_marks_find (importing->marks, draft, &problem);
  SatImportTaken *one;

  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  if (taken == NULL)
    return TRUE;
  if (result->taken == NULL)
    result->taken = g_ptr_array_new_with_free_func (import_taken_free);
  if (result->n_taken++ >= SAT_IMPORT_MAX_TAKEN)
    return TRUE;
  one = g_new0 (SatImportTaken, 1);
  one->title = g_strdup (sat_draft_get (draft, sat_draft_object (draft)->title));
  one->book = g_steal_pointer (&taken->name);
  one->users = g_steal_pointer (&taken->users);
  one->by_phone = taken->by_phone;
  g_ptr_array_add (result->taken, one);
  return TRUE;
}

static gboolean
save_draft (SatDraft *draft, gpointer data, GError **error)
{
  Importing *importing = data;
  SatId id;

  sat_draft_set_force (draft, importing->options->force);
  /* What the row names is made only if it may stay. */
  if (importing->missing->len > 0 &&
      !sat_workspace_check_stage (importing->workspace, draft, error))
    return FALSE;
  if (!make_missing (importing, draft, error) ||
      !sat_workspace_save (importing->workspace, draft, &id, error))
    return FALSE;
  if (sat_draft_base (draft) != NULL)
    return TRUE;
  remember (importing, draft, &id);
  return note_taken (importing, draft, error);
}

/* ---- others ---- */

void
sat_workspace_take_time (SatWorkspace *workspace)
{
  sat_patience_hold (&workspace->replica->patience);
}

void
sat_workspace_set_waiting (SatWorkspace *workspace, void (*func) (gpointer data), gpointer data)
{
  workspace->replica->patience.func = func;
  workspace->replica->patience.data = data;
}

/* ---- the whole file ---- */

static gboolean
import (SatWorkspace *workspace,
        SatImportFile *file,
        const SatImportPlan *plan,
        const SatImportOptions *options,
        SatImportResult *result,
        GError **error)
{
  Importing importing = {
    .workspace = workspace, .object = options->object, .options = options, .result = result
  };
  SatImportTarget target = { find_record, match_record, save_draft, &importing };
  gboolean ok;

  importing.marks = sat_marks_new (workspace);
  importing.missing = g_ptr_array_new_with_free_func ((GDestroyNotify) sat_draft_free);
  importing.codes = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) sat_key_index_free);
  ok = sat_import_run (file, plan, options, &target, result, error);
  g_hash_table_unref (importing.codes);
  sat_key_index_free (importing.matches);
  sat_marks_free (importing.marks);
  g_ptr_array_unref (importing.missing);
  return ok;
}

/* What a row is matched by must be what the user may read: else no row would be. */
static gboolean
check_match (SatWorkspace *workspace, const SatImportPlan *plan, GError **error)
{
  guint n;
  const SatField *const *fields = sat_import_plan_match (plan, &n);

  for (guint i = 0; i < n; i++)
    if (!sat_workspace_check_readable (workspace, fields[i], error))
      return FALSE;
  return TRUE;
}

gboolean
sat_workspace_import (SatWorkspace *workspace,
                      SatImportFile *file,
                      const SatImportOptions *options,
                      gboolean dry_run,
                      SatImportResult *result,
                      GError **error)
{
  g_autoptr (SatImportPlan) plan = sat_import_plan_file (options, file, error);

  if (plan == NULL || !check_match (workspace, plan, error) ||
      !sat_workspace_begin (workspace, error))
    return FALSE;
  sat_workspace_take_time (workspace);
  if (!import (workspace, file, plan, options, result, error))
    {
      sat_workspace_rollback (workspace);
      return FALSE;
    }
  if (!dry_run)
    return sat_workspace_commit (workspace, error);
  sat_workspace_rollback (workspace);
  return TRUE;
}
