/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/workspace/sat-workspace-views.h"

#include <string.h>

#include "core/query/sat-list.h"
#include "core/workspace/sat-workspace-private.h"
#include "core/workspace/sat-workspace-shown.h"

/* What is shown of one that is somebody's: own ones and those of all. */
#define MINE_OR_OURS "(owner is empty or owner = me())"

void
sat_view_free (SatView *view)
{
  if (view == NULL)
    return;
  g_free (view->name);
  g_free (view->condition);
  g_free (view->sort);
  g_free (view->columns);
  g_free (view->grouping);
  g_clear_error (&view->problem);
  g_free (view);
}

/* ---- what it says ---- */

/* A list of fields, each by name or label and after a "-" with DIRECTION, in their names on the
 * wire. *OUT stays NULL for none. */
static gboolean
read_fields (SatWorkspace *workspace,
             const SatObject *object,
             const char *text,
             gboolean direction,
             char **out,
             GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text != NULL ? text : "", ",", -1);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      const char *part = g_strstrip (parts[i]);
      gboolean down = direction && *part == '-';
      const SatField *field;

      if (*part == '\0')
        continue;
      field = sat_workspace_field_shown (workspace, object, down ? part + 1 : part, error);
      if (field == NULL)
        return FALSE;
      g_string_append_printf (names, "%s%s%s", names->len > 0 ? "," : "", down ? "-" : "",
                              field->name);
    }
  *out = names->len > 0 ? g_strdup (names->str) : NULL;
  return TRUE;
}

static gboolean
read_condition (const SatObject *object, const char *text, char **out, GError **error)
{
  g_autoptr (SatExpression) expression = NULL;
  GError *problem = NULL;
  guint column = 0;

  if (text == NULL || text[strspn (text, " \t\n")] == '\0')
    return TRUE;
  expression = sat_expression_parse (object, text, SAT_EXPRESSION_FILTER, &column, &problem);
  if (problem != NULL)
    {
      sat_error_place (problem, "condition", 0, column);
      g_propagate_error (error, problem);
    }
  *out = expression != NULL ? sat_expression_format (expression) : NULL;
  return expression != NULL;
}

/* The texts of VIEW in canonical form, as a new view without a name. */
static SatView *
tidy (SatWorkspace *workspace, const SatView *view, GError **error)
{
  g_autoptr (SatView) out = g_new0 (SatView, 1);

  out->object = view->object;
  if (!read_condition (view->object, view->condition, &out->condition, error) ||
      !read_fields (workspace, view->object, view->sort, TRUE, &out->sort, error) ||
      !read_fields (workspace, view->object, view->columns, FALSE, &out->columns, error) ||
      !read_fields (workspace, view->object, view->grouping, FALSE, &out->grouping, error))
    return NULL;
  if (out->grouping == NULL || strchr (out->grouping, ',') == NULL)
    return g_steal_pointer (&out);
  sat_fail (error, SAT_ERROR_INVALID, N_ ("a list is grouped by one field, not by “%s”"),
            view->grouping, NULL);
  return NULL;
}

/* ---- before it is saved ---- */

static const char *
said (const SatDraft *draft, const char *name)
{
  const SatField *field = sat_object_find (sat_draft_object (draft), name);

  return field != NULL ? sat_draft_get (draft, field) : NULL;
}

static void
say (SatDraft *draft, const char *name, const char *text)
{
  const SatField *field = sat_object_find (sat_draft_object (draft), name);

  if (field != NULL && g_strcmp0 (sat_draft_get (draft, field), text) != 0)
    sat_draft_set (draft, field, text);
}

static gboolean
says_something_else (const SatDraft *draft)
{
  static const char *const names[] = { "object", "condition", "sort", "columns", "grouping" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const SatField *field = sat_object_find (sat_draft_object (draft), names[i]);

      if (field != NULL && sat_draft_changes (draft, field))
        return TRUE;
    }
  return sat_draft_base (draft) == NULL;
}

gboolean
sat_workspace_check_view (SatWorkspace *workspace, SatDraft *draft, GError **error)
{
  const char *kind = sat_draft_object (draft)->name;
  SatView view = { 0 };
  g_autoptr (SatView) clean = NULL;

  if ((strcmp (kind, "view") != 0 && strcmp (kind, "segment") != 0) || !says_something_else (draft))
    return TRUE;
  view.object = sat_workspace_object (workspace, said (draft, "object"), error);
  if (view.object == NULL)
    return FALSE;
  view.condition = (char *) said (draft, "condition");
  view.sort = (char *) said (draft, "sort");
  view.columns = (char *) said (draft, "columns");
  view.grouping = (char *) said (draft, "grouping");
  clean = tidy (workspace, &view, error);
  if (clean == NULL)
    return FALSE;
  say (draft, "object", view.object->name);
  say (draft, "condition", clean->condition);
  say (draft, "sort", clean->sort);
  say (draft, "columns", clean->columns);
  say (draft, "grouping", clean->grouping);
  return TRUE;
}

/* ---- records ---- */

static const SatField *
field_of (const SatRecord *record, const char *name)
{
  return sat_object_find (sat_record_object (record), name);
}

static char *
text_of (const SatRecord *record, const char *name)
{
  const SatField *field = field_of (record, name);

  return field != NULL ? g_strdup (sat_record_get (record, field)) : NULL;
}

/* The records of KIND (view or segment) about OBJECT that meet CONDITION (NULL: all), by name. */
static GPtrArray *
load_about (SatWorkspace *workspace,
            const char *kind,
            const SatObject *object,
            const char *condition,
            GError **error)
{
  const SatObject *about = sat_workspace_object (workspace, kind, error);
  g_autofree char *text = g_strdup_printf ("object = \"%s\"%s%s", object->name,
                                           condition != NULL ? " and " : "",
                                           condition != NULL ? condition : "");
  g_autoptr (SatExpression) where = NULL;
  g_autoptr (GArray) rows = NULL;
  SatQuery query = { .object = about, .limit = -1 };

  if (about == NULL)
    return NULL;
  where = sat_expression_parse (about, text, SAT_EXPRESSION_FILTER, NULL, error);
  query.where = where;
  rows = where != NULL ? sat_workspace_list_rows (workspace, &query, error) : NULL;
  if (rows == NULL)
    return NULL;
  return sat_workspace_load_rows (workspace, about, (const gint64 *) (gconstpointer) rows->data,
                                  rows->len, error);
}

static SatView *
view_of (SatWorkspace *workspace, const SatObject *object, const SatRecord *record)
{
  g_autofree char *owner = text_of (record, "owner");
  g_autoptr (SatView) tidied = NULL;
  SatView *view = g_new0 (SatView, 1);

  view->id = *sat_record_id (record);
  view->object = object;
  view->name = g_strdup (sat_record_title (record));
  view->is_personal = owner != NULL;
  view->condition = text_of (record, "condition");
  view->sort = text_of (record, "sort");
  view->columns = text_of (record, "columns");
  view->grouping = text_of (record, "grouping");
  tidied = tidy (workspace, view, &view->problem);
  return view;
}

GPtrArray *
sat_workspace_views (SatWorkspace *workspace, const SatObject *object, GError **error)
{
  g_autoptr (GPtrArray) records = load_about (workspace, "view", object, MINE_OR_OURS, error);
  GPtrArray *all;

  if (records == NULL)
    return NULL;
  all = g_ptr_array_new_with_free_func ((GDestroyNotify) sat_view_free);
  for (guint i = 0; i < records->len; i++)
    if (records->pdata[i] != NULL)
      g_ptr_array_add (all, view_of (workspace, object, records->pdata[i]));
  return all;
}

/* The two kinds, and what is said of them. */
typedef struct
{
  const char *object;
  const char *many, *none; /* of OBJECT, NAME */
} Kind;

static const Kind views = {
  "view",
  N_ ("more than one view of %s is called “%s”; give its id"),
  N_ ("there is no view of %s that is called “%s”"),
};
static const Kind segments = {
  "segment",
  N_ ("more than one segment of %s is called “%s”; give its id"),
  N_ ("there is no segment of %s that is called “%s”"),
};

/* Which of RECORDS is called NAME, or has it as its id: an own one first. NULL with ERROR. */
static const SatRecord *
pick (
    GPtrArray *records, const SatObject *object, const Kind *kind, const char *name, GError **error)
{
  const SatRecord *found = NULL;
  gboolean own = FALSE;
  guint n = 0;

  for (guint i = 0; i < records->len; i++)
    {
      const SatRecord *record = records->pdata[i];
      const SatField *owner = record != NULL ? field_of (record, "owner") : NULL;
      gboolean is_own = owner != NULL && sat_record_get (record, owner) != NULL;
      char id[SAT_ID_TEXT_SIZE];

      if (record == NULL ||
          (strcmp (sat_record_title (record), name) != 0 &&
           strcmp (sat_id_format (sat_record_id (record), id), name) != 0) ||
          (own && !is_own))
        continue;
      n = is_own == own ? n + 1 : 1;
      own = is_own;
      found = record;
    }
  if (n == 1)
    return found;
  sat_fail (error, n > 1 ? SAT_ERROR_AMBIGUOUS : SAT_ERROR_NOT_FOUND,
            n > 1 ? kind->many : kind->none, object->name, name, NULL);
  return NULL;
}

static const SatRecord *
find_named (SatWorkspace *workspace,
            const Kind *kind,
            const char *condition,
            const SatObject *object,
            const char *name,
            GPtrArray **records,
            GError **error)
{
  *records = load_about (workspace, kind->object, object, condition, error);
  return *records != NULL ? pick (*records, object, kind, name, error) : NULL;
}

SatView *
sat_workspace_view (SatWorkspace *workspace,
                    const SatObject *object,
                    const char *name,
                    GError **error)
{
  g_autoptr (GPtrArray) records = NULL;
  const SatRecord *record = find_named (workspace, &views, MINE_OR_OURS, object, name, &records,
                                        error);
  g_autoptr (SatView) view = record != NULL ? view_of (workspace, object, record) : NULL;

  if (view == NULL || view->problem == NULL)
    return g_steal_pointer (&view);
  g_propagate_error (error, g_steal_pointer (&view->problem));
  return NULL;
}

/* ---- saving ---- */

static void
set_text (SatDraft *draft, const char *name, const char *value)
{
  const SatField *field = sat_object_find (sat_draft_object (draft), name);

  if (field != NULL)
    sat_draft_set (draft, field, value);
}

/* An edit of the one that is called so, or a new one. */
static SatDraft *
draft_of (SatWorkspace *workspace, const SatView *view, GError **error)
{
  g_autoptr (GPtrArray) records = load_about (workspace, "view", view->object,
                                              view->is_personal ? "owner = me()" : "owner is empty",
                                              error);
  const SatObject *kind = sat_workspace_object (workspace, "view", error);
  SatDraft *draft = NULL;

  if (records == NULL || kind == NULL)
    return NULL;
  for (guint i = 0; i < records->len && draft == NULL; i++)
    if (records->pdata[i] != NULL && strcmp (sat_record_title (records->pdata[i]), view->name) == 0)
      draft = sat_draft_edit (records->pdata[i]);
  if (draft != NULL)
    return draft;
  draft = sat_draft_new (kind);
  set_text (draft, "name", view->name);
  set_text (draft, "object", view->object->name);
  if (view->is_personal)
    {
      g_autofree char *user = sat_meta_get (workspace->replica, SAT_META_USER);

      set_text (draft, "owner", user);
    }
  return draft;
}

gboolean
sat_workspace_save_view (SatWorkspace *workspace, const SatView *view, SatId *out, GError **error)
{
  g_autoptr (SatView) tidied = tidy (workspace, view, error);
  g_autoptr (SatDraft) draft = tidied != NULL ? draft_of (workspace, view, error) : NULL;

  if (draft == NULL)
    return FALSE;
  set_text (draft, "condition", tidied->condition);
  set_text (draft, "sort", tidied->sort);
  set_text (draft, "columns", tidied->columns);
  set_text (draft, "grouping", tidied->grouping);
  return sat_workspace_save (workspace, draft, out, error);
}

/* ---- segments ---- */

GPtrArray *
sat_workspace_segments (SatWorkspace *workspace, const SatObject *object, GError **error)
{
  g_autoptr (GPtrArray) records = load_about (workspace, "segment", object, NULL, error);
  GPtrArray *names;

  if (records == NULL)
    return NULL;
  names = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < records->len; i++)
    if (records->pdata[i] != NULL)
      g_ptr_array_add (names, g_strdup (sat_record_title (records->pdata[i])));
  return names;
}

GPtrArray *
sat_workspace_segment_views (SatWorkspace *workspace, const SatObject *object, GError **error)
{
  g_autoptr (GPtrArray) records = load_about (workspace, "segment", object, NULL, error);
  GPtrArray *all;

  if (records == NULL)
    return NULL;
  all = g_ptr_array_new_with_free_func ((GDestroyNotify) sat_view_free);
  for (guint i = 0; i < records->len; i++)
    {
      g_autofree char *condition = NULL;
      SatView *view;

      if (records->pdata[i] == NULL)
        continue;
      view = g_new0 (SatView, 1);
      view->id = *sat_record_id (records->pdata[i]);
      view->object = object;
      view->name = g_strdup (sat_record_title (records->pdata[i]));
      view->is_segment = TRUE;
      view->condition = text_of (records->pdata[i], "condition");
      read_condition (object, view->condition, &condition, &view->problem);
      g_ptr_array_add (all, view);
    }
  return all;
}

gboolean
sat_workspace_save_segment (SatWorkspace *workspace,
                            const SatObject *object,
                            const char *name,
                            const char *condition,
                            SatId *out,
                            GError **error)
{
  g_autoptr (GPtrArray) records = load_about (workspace, "segment", object, NULL, error);
  const SatObject *kind = sat_workspace_object (workspace, "segment", error);
  g_autoptr (SatDraft) draft = NULL;
  g_autofree char *text = NULL;

  if (records == NULL || kind == NULL || !read_condition (object, condition, &text, error))
    return FALSE;
  if (text == NULL)
    return sat_fail (error, SAT_ERROR_INVALID,
                     N_ ("a segment is what meets a condition; filter the list by one first"),
                     NULL);
  for (guint i = 0; i < records->len && draft == NULL; i++)
    if (records->pdata[i] != NULL && strcmp (sat_record_title (records->pdata[i]), name) == 0)
      draft = sat_draft_edit (records->pdata[i]);
  if (draft == NULL)
    {
      draft = sat_draft_new (kind);
      set_text (draft, "name", name);
      set_text (draft, "object", object->name);
    }
  set_text (draft, "condition", text);
  return sat_workspace_save (workspace, draft, out, error);
}

char *
sat_workspace_segment (SatWorkspace *workspace,
                       const SatObject *object,
                       const char *name,
                       GError **error)
{
  g_autoptr (GPtrArray) records = NULL;
  const SatRecord *record = find_named (workspace, &segments, NULL, object, name, &records, error);
  g_autofree char *text = record != NULL ? text_of (record, "condition") : NULL;
  char *out = NULL;

  return record != NULL && read_condition (object, text, &out, error) ? out : NULL;
}

/* ---- conditions and groups ---- */

gboolean
sat_workspace_all_of (const SatObject *object,
                      const char *const *conditions,
                      guint n,
                      SatExpression **out,
                      GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *one = NULL;

      if (!read_condition (object, conditions[i], &one, error))
        return FALSE;
      if (one != NULL)
        g_string_append_printf (text, "%s(%s)", text->len > 0 ? " and " : "", one);
    }
  if (text->len > 0)
    *out = sat_expression_parse (object, text->str, SAT_EXPRESSION_FILTER, NULL, error);
  return text->len == 0 || *out != NULL;
}

GPtrArray *
sat_workspace_groups (SatWorkspace *workspace,
                      const SatQuery *query,
                      const SatField *field,
                      guint most,
                      GError **error)
{
  SatListQuery list;

  if (!sat_workspace_check_query (workspace, query, error) ||
      !sat_workspace_check_readable (workspace, field, error))
    return NULL;
  if (!sat_workspace_reads_derived (workspace, field))
    {
      sat_fail (error, SAT_ERROR_REFUSED, N_ ("%s is computed from what your role may not read"),
                sat_field_word (field), NULL);
      return NULL;
    }
  list = sat_workspace_list_query (workspace, query);
  return sat_groups (workspace->replica, &list, field, most, error);
}
