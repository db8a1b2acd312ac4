/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading processes of approval, and whom they ask. A process that cannot be read as a whole still
 * guards what can be read of it: without its condition it is for all records. */
#include <string.h>

#include "core/base/sat-text.h"
#include "core/workspace/sat-workspace-approval-private.h"

#define MINUTE_MS 60000
#define MAX_LEVEL 20

const char *
sat_value_named (const SatRecord *record, const char *name)
{
  const SatField *field = sat_object_find (sat_record_object (record), name);

  return field != NULL ? sat_record_get (record, field) : NULL;
}

gboolean
sat_id_named (const SatRecord *record, const char *name, SatId *id)
{
  const char *text = sat_value_named (record, name);

  *id = (SatId){ 0 };
  return text != NULL && sat_id_parse (text, id);
}

static gint64
number_named (const SatRecord *record, const char *name, gint64 otherwise)
{
  const char *value = sat_value_named (record, name);

  return value != NULL ? g_ascii_strtoll (value, NULL, 10) : otherwise;
}

/* ---- conditions ---------------------------------------------------------------------------------
 */

static void
condition_free (SatApprovalCondition *condition)
{
  if (condition == NULL)
    return;
  sat_trial_free (condition->trial);
  sat_expression_free (condition->where);
  g_free (condition);
}

/* TEXT, that stands in the field NAME; NULL: it is always met. *PROBLEM: the first one. */
static SatApprovalCondition *
condition_new (const SatObject *object, const char *name, const char *text, GError **problem)
{
  SatApprovalCondition *condition = g_new0 (SatApprovalCondition, 1);
  GError *error = NULL;
  guint column = 0;

  if (text != NULL && object != NULL)
    condition->where = sat_expression_parse (object, text, SAT_EXPRESSION_FILTER, &column, &error);
  sat_error_place (error, name, 0, column);
  if (error != NULL && *problem == NULL)
    g_propagate_error (problem, error);
  else
    g_clear_error (&error);
  return condition;
}

gboolean
sat_condition_meets (SatWorkspace *workspace,
                     SatApprovalCondition *condition,
                     const SatApprovalSubject *subject,
                     gboolean *meets,
                     GError **error)
{
  gint64 now_ms = sat_platform_now_ms (workspace->replica->platform);
  SatId me = sat_workspace_me (workspace);

  *meets = TRUE;
  if (condition->where == NULL)
    return TRUE;
  if (ABS (now_ms - condition->trial_ms) > MINUTE_MS) /* what day it is stands in it */
    g_clear_pointer (&condition->trial, sat_trial_free);
  if (condition->trial == NULL)
    {
      condition->trial_ms = now_ms;
      condition->trial = sat_trial_new (workspace->replica, condition->where, &me, error);
    }
  return condition->trial != NULL && sat_trial_meets (condition->trial, subject->id, subject->value,
                                                      subject->data, meets, error);
}

static const char *
value_of_record (const SatField *field, gpointer data)
{
  const SatRecord *record = data;

  return field->index < sat_record_object (record)->n_fields ? sat_record_get (record, field)
                                                             : NULL;
}

SatApprovalSubject
sat_subject_of_record (const SatRecord *record)
{
  return (SatApprovalSubject){ sat_record_id (record), value_of_record, (gpointer) record };
}

/* ---- what is covered ----------------------------------------------------------------------------
 */

static void
add_covered (GString *text, const char *name, const char *value)
{
  g_auto (GStrv) parts = g_strsplit (value != NULL ? value : "", "\\", -1);
  g_autofree char *whole = g_strjoinv ("\\\\", parts);
  g_auto (GStrv) lines = g_strsplit (whole, "\n", -1);
  g_autofree char *flat = g_strjoinv ("\\n", lines);

  g_string_append_printf (text, "%s%s=%s", text->len > 0 ? "\n" : "", name, flat);
}

char *
sat_process_covered (const SatProcess *process, const SatApprovalSubject *subject)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < process->covers->len; i++)
    {
      const SatField *field = process->covers->pdata[i];

      add_covered (text, field->name, subject->value (field, subject->data));
    }
  return g_string_free (text, FALSE);
}

char *
sat_covered_again (const char *covered, const SatApprovalSubject *subject, const SatObject *object)
{
  g_auto (GStrv) lines = g_strsplit (covered, "\n", -1);
  GString *text = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL && lines[i][0] != '\0'; i++)
    {
      char *end = strchr (lines[i], '=');
      const SatField *field;

      if (end == NULL)
        continue;
      *end = '\0';
      field = sat_object_find (object, lines[i]);
      add_covered (text, lines[i], field != NULL ? subject->value (field, subject->data) : NULL);
    }
  return g_string_free (text, FALSE);
}

typedef struct
{
  const SatObject *object;
  GPtrArray *fields;
  const GPtrArray *but; /* may be NULL */
} Naming;

static void
note_field (const SatField *field, gpointer data)
{
  const Naming *naming = data;

  if (field->object == naming->object && field->derived == NULL &&
      !g_ptr_array_find (naming->fields, field, NULL) &&
      (naming->but == NULL || !g_ptr_array_find ((GPtrArray *) naming->but, field, NULL)))
    g_ptr_array_add (naming->fields, (gpointer) field);
}

/* What TEXT lists, else what the condition names and the guard does not. */
static GPtrArray *
find_covered (const SatProcess *process, const char *text, GError **problem)
{
  g_autoptr (GPtrArray) guarded = g_ptr_array_new ();
  GPtrArray *out = g_ptr_array_new ();
  Naming of_guard = { process->object, guarded, NULL };
  Naming of_condition = { process->object, out, guarded };
  g_auto (GStrv) names = text != NULL ? g_strsplit (text, ",", -1) : NULL;

  if (process->guard->where != NULL)
    sat_expression_each_field (process->guard->where, note_field, &of_guard);
  if (names == NULL && process->when->where != NULL)
    sat_expression_each_field (process->when->where, note_field, &of_condition);
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      gboolean several;
      const SatField *field = sat_object_find_called (process->object, g_strstrip (names[i]),
                                                      &several);

      if (field == NULL && *names[i] != '\0' && *problem == NULL)
        sat_fail (problem, SAT_ERROR_INVALID, N_ ("%s has no field “%s”"), process->object->name,
                  names[i], NULL);
      else if (field != NULL && g_ptr_array_find (guarded, field, NULL) && *problem == NULL)
        sat_fail (problem, SAT_ERROR_INVALID,
                  N_ ("“%s” cannot be covered: what the process guards is about it"), field->name,
                  NULL);
      else if (field != NULL)
        note_field (field, &of_condition);
    }
  return out;
}

/* ---- processes ----------------------------------------------------------------------------------
 */

static void
limit_free (gpointer data)
{
  SatOwnLimit *limit = data;

  g_free (limit->role);
  condition_free (limit->within);
  g_free (limit);
}

static void
step_free (gpointer data)
{
  SatProcessStep *step = data;

  g_free (step->name);
  g_free (step->kind);
  g_free (step->role);
  condition_free (step->within);
  g_free (step);
}

static void
process_free (gpointer data)
{
  SatProcess *process = data;

  g_free (process->name);
  g_free (process->object_name);
  g_free (process->fallback);
  condition_free (process->when);
  condition_free (process->guard);
  g_ptr_array_unref (process->covers);
  g_ptr_array_unref (process->limits);
  g_ptr_array_unref (process->steps);
  g_clear_error (&process->problem);
  g_free (process);
}

static gboolean
check_role (SatWorkspace *workspace, const char *role, GError **error)
{
  const SatObject *user = sat_catalogue_find (workspace->replica->catalogue, "user");
  const SatField *field = sat_object_find (user, "role");
  g_autofree char *name = NULL;

  return field->type->parse (&field->options, role, &name, error);
}

/* The one that LINE, “ROLE: condition”, says; NULL with PROBLEM. */
static SatOwnLimit *
read_limit (SatWorkspace *workspace, const SatProcess *process, const char *line, GError **problem)
{
  g_auto (GStrv) parts = g_strsplit (line, ":", 2);
  SatOwnLimit *limit;

  if (parts[1] != NULL && strcmp (g_strstrip (parts[0]), "*") != 0 &&
      !check_role (workspace, parts[0], problem))
    return NULL;
  if (parts[1] == NULL)
    {
      sat_fail (problem, SAT_ERROR_INVALID,
                N_ ("“%s” does not begin with a role and a colon; write it as manager: amount <= "
                    "50000, or with * for everybody"),
                line, NULL);
      return NULL;
    }
  limit = g_new0 (SatOwnLimit, 1);
  limit->role = g_strdup (parts[0]);
  limit->within = condition_new (process->object, "own_limit", g_strstrip (parts[1]), problem);
  if (*problem == NULL)
    return limit;
  limit_free (limit);
  return NULL;
}

/* One a line. What cannot be read lets nobody decide alone. */
static void
read_limits (SatWorkspace *workspace, SatProcess *process, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", -1);

  for (guint i = 0; process->object != NULL && lines[i] != NULL; i++)
    {
      GError *problem = NULL;
      SatOwnLimit *limit;

      if (*g_strstrip (lines[i]) == '\0')
        continue;
      limit = read_limit (workspace, process, lines[i], &problem);
      if (limit != NULL)
        {
          g_ptr_array_add (process->limits, limit);
          continue;
        }
      sat_error_place (problem, "own_limit", lines[1] != NULL ? i + 1 : 0, 0);
      if (process->problem == NULL)
        process->problem = problem;
      else
        g_error_free (problem);
    }
}

/* VALUE gives what the process or its draft says. */
static SatProcess *
process_new (SatWorkspace *workspace, SatApprovalSubject *subject, const SatObject *of)
{
  SatProcess *process = g_new0 (SatProcess, 1);
  const SatObject *object;

#define SAID(name) subject->value (sat_object_find (of, name), subject->data)
  process->id = subject->id != NULL ? *subject->id : (SatId){ 0 };
  process->name = g_strdup (SAID ("name"));
  process->object_name = g_strdup (SAID ("object"));
  process->active = g_strcmp0 (SAID ("active"), "yes") == 0;
  process->fallback = g_strdup (SAID ("fallback"));
  process->limits = g_ptr_array_new_with_free_func (limit_free);
  process->steps = g_ptr_array_new_with_free_func (step_free);
  object = process->object_name != NULL
               ? sat_catalogue_find (workspace->replica->catalogue, process->object_name)
               : NULL;
  process->object = object;
  if (object == NULL)
    sat_fail (&process->problem, SAT_ERROR_INVALID, N_ ("there are no records called “%s”"),
              process->object_name != NULL ? process->object_name : "", NULL);
  process->guard = condition_new (object, "guard", SAID ("guard"), &process->problem);
  process->when = condition_new (object, "condition", SAID ("condition"), &process->problem);
  process->covers = object != NULL ? find_covered (process, SAID ("covers"), &process->problem)
                                   : g_ptr_array_new ();
  read_limits (workspace, process, SAID ("own_limit"));
#undef SAID
  return process;
}

static void
add_step (SatProcess *process, const SatRecord *record)
{
  SatProcessStep *step = g_new0 (SatProcessStep, 1);
  const char *within = sat_value_named (record, "within");
  GError *problem = NULL;

  step->name = g_strdup (sat_record_title (record));
  step->kind = g_strdup (sat_value_named (record, "kind"));
  step->level = (guint) CLAMP (number_named (record, "level", 1), 1, MAX_LEVEL);
  step->role = g_strdup (sat_value_named (record, "role"));
  sat_id_named (record, "person", &step->person);
  sat_approval_mode_parse (sat_value_named (record, "mode"), &step->mode);
  if (within != NULL)
    step->within = condition_new (process->object, "within", within, &problem);
  if (problem != NULL) /* never final, then */
    {
      g_clear_pointer (&step->within, condition_free);
      if (process->problem == NULL)
        process->problem = problem;
      else
        g_error_free (problem);
    }
  g_ptr_array_add (process->steps, step);
}

static int
by_place (gconstpointer a, gconstpointer b)
{
  const SatRecord *one = *(const SatRecord *const *) a;
  const SatRecord *other = *(const SatRecord *const *) b;
  gint64 x = number_named (one, "place", 0);
  gint64 y = number_named (other, "place", 0);

  if (x != y)
    return x < y ? -1 : 1;
  return sat_id_compare (sat_record_id (one), sat_record_id (other));
}

/* Of everybody, whatever this user may read: what is guarded is so for all. */
static GPtrArray *
load_all (SatReplica *replica, const char *name, GError **error)
{
  const SatObject *object = sat_catalogue_find (replica->catalogue, name);
  const SatListQuery query = { .object = object, .limit = -1 };
  g_autoptr (GPtrArray) out = g_ptr_array_new_with_free_func ((GDestroyNotify) sat_record_unref);
  g_autoptr (GArray) rows = NULL;

  if (object == NULL)
    return g_steal_pointer (&out);
  rows = sat_list_rows (replica, &query, error);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      SatRecord *record = sat_list_load_row (replica, object, g_array_index (rows, gint64, i),
                                             error);
      if (record == NULL)
        return NULL;
      g_ptr_array_add (out, record);
    }
  if (rows == NULL)
    return NULL;
  g_ptr_array_sort (out, by_place);
  return g_steal_pointer (&out);
}

GPtrArray *
sat_processes (SatWorkspace *workspace, GError **error)
{
  SatReplica *replica = workspace->replica;
  guint64 version = sat_db_version (replica->db);
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GPtrArray) steps = NULL;
  GPtrArray *out;

  if (workspace->processes != NULL &&
      (workspace->processes_at == version || sat_db_in_transaction (replica->db)))
    return workspace->processes;
  sat_processes_forget (workspace);
  records = load_all (replica, SAT_PROCESS, error);
  steps = records != NULL ? load_all (replica, SAT_PROCESS_STEP, error) : NULL;
  if (steps == NULL)
    return NULL;
  out = g_ptr_array_new_with_free_func (process_free);
  for (guint i = 0; i < records->len; i++)
    {
      SatApprovalSubject subject = sat_subject_of_record (records->pdata[i]);
      SatProcess *process = process_new (workspace, &subject,
                                         sat_record_object (records->pdata[i]));
      SatId of;

      for (guint k = 0; k < steps->len; k++)
        if (sat_id_named (steps->pdata[k], "process", &of) && sat_id_equal (&of, &process->id))
          add_step (process, steps->pdata[k]);
      g_ptr_array_add (out, process);
    }
  workspace->processes = out;
  workspace->processes_at = version;
  return out;
}

void
sat_processes_forget (SatWorkspace *workspace)
{
  g_clear_pointer (&workspace->processes, g_ptr_array_unref);
}

void
sat_processes_refresh (SatWorkspace *workspace)
{
  if (workspace->processes_at != sat_db_version (workspace->replica->db))
    sat_processes_forget (workspace);
}

/* ---- saving a process or a step -----------------------------------------------------------------
 */

static const char *
value_of_draft (const SatField *field, gpointer data)
{
  return sat_draft_get (data, field);
}

/* In canonical text, in which fields go by their names for ever. */
static gboolean
tidy (SatDraft *draft, const char *name, const SatObject *of, GError **error)
{
  const SatField *field = sat_object_find (sat_draft_object (draft), name);
  const char *text = sat_draft_get (draft, field);
  g_autoptr (SatExpression) where = NULL;
  g_autofree char *canonical = NULL;
  GError *problem = NULL;
  guint column = 0;

  if (text == NULL || !sat_draft_changes (draft, field))
    return TRUE;
  where = sat_expression_parse (of, text, SAT_EXPRESSION_FILTER, &column, &problem);
  if (where == NULL)
    {
      sat_error_place (problem, name, 0, column);
      g_propagate_error (error, problem);
      return FALSE;
    }
  canonical = sat_expression_format (where);
  sat_draft_set (draft, field, canonical);
  return TRUE;
}

/* The fields by their names, whatever they were called. */
static void
tidy_covers (SatDraft *draft, const SatProcess *process)
{
  const SatField *field = sat_object_find (sat_draft_object (draft), "covers");
  g_autoptr (GString) text = g_string_new (NULL);

  if (sat_draft_get (draft, field) == NULL || !sat_draft_changes (draft, field))
    return;
  for (guint i = 0; i < process->covers->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "",
                            ((const SatField *) process->covers->pdata[i])->name);
  sat_draft_set (draft, field, text->len > 0 ? text->str : NULL);
}

static gboolean
prepare_process (SatWorkspace *workspace, SatDraft *draft, GError **error)
{
  const SatObject *object = sat_draft_object (draft);
  const SatField *of = sat_object_find (object, "object");
  const char *name = sat_draft_get (draft, of);
  const SatObject *about = name != NULL ? sat_workspace_object (workspace, name, error) : NULL;
  SatApprovalSubject subject = { NULL, value_of_draft, draft };
  SatProcess *process;
  gboolean ok;

  if (about == NULL)
    return FALSE;
  if (about->system || about->managed)
    return sat_fail (error, SAT_ERROR_INVALID, N_ ("a %s needs no approval"), about->name, NULL);
  if (sat_draft_changes (draft, of))
    sat_draft_set (draft, of, about->name);
  process = process_new (workspace, &subject, object);
  ok = process->problem == NULL;
  if (!ok)
    g_propagate_error (error, g_steal_pointer (&process->problem));
  else
    tidy_covers (draft, process);
  process_free (process);
  return ok && tidy (draft, "condition", about, error) && tidy (draft, "guard", about, error);
}

static gboolean
prepare_step (SatWorkspace *workspace, SatDraft *draft, GError **error)
{
  const SatObject *object = sat_draft_object (draft);
  const char *kind = sat_draft_get (draft, sat_object_find (object, "kind"));
  const char *role = sat_draft_get (draft, sat_object_find (object, "role"));
  const char *person = sat_draft_get (draft, sat_object_find (object, "person"));
  const char *level = sat_draft_get (draft, sat_object_find (object, "level"));
  const char *parent = sat_draft_get (draft, sat_object_find (object, "process"));
  GPtrArray *processes = sat_processes (workspace, error);
  SatId id;

  if (processes == NULL)
    return FALSE;
  if (g_strcmp0 (kind, "role") == 0 && role == NULL)
    return sat_fail (error, SAT_ERROR_INVALID, N_ ("the step asks a role; say which: role=…"),
                     NULL);
  if (g_strcmp0 (kind, "person") == 0 && person == NULL)
    return sat_fail (error, SAT_ERROR_INVALID, N_ ("the step asks one person; say who: person=…"),
                     NULL);
  if (role != NULL && !check_role (workspace, role, error))
    return FALSE;
  if (level != NULL && g_ascii_strtoll (level, NULL, 10) < 1)
    return sat_fail (error, SAT_ERROR_INVALID,
                     N_ ("“level” is 1 for the superior, 2 for the one above, and so on"), NULL);
  for (guint i = 0; parent != NULL && sat_id_parse (parent, &id) && i < processes->len; i++)
    {
      const SatProcess *process = processes->pdata[i];

      if (sat_id_equal (&process->id, &id) && process->object != NULL)
        return tidy (draft, "within", process->object, error);
    }
  return TRUE;
}

gboolean
sat_process_prepare (SatWorkspace *workspace, SatDraft *draft, GError **error)
{
  const char *name = sat_draft_object (draft)->name;
  gboolean ok = TRUE;

  if (strcmp (name, SAT_PROCESS) == 0)
    ok = prepare_process (workspace, draft, error);
  else if (strcmp (name, SAT_PROCESS_STEP) == 0)
    ok = prepare_step (workspace, draft, error);
  else
    return TRUE;
  sat_processes_forget (workspace);
  return ok;
}

/* ---- in people's terms --------------------------------------------------------------------------
 */

void
sat_process_info_free (SatProcessInfo *info)
{
  if (info == NULL)
    return;
  g_free (info->name);
  g_free (info->object);
  g_clear_error (&info->problem);
  g_free (info);
}

GPtrArray *
sat_workspace_processes (SatWorkspace *workspace, GError **error)
{
  GPtrArray *processes = sat_processes (workspace, error);
  GPtrArray *out;

  if (processes == NULL)
    return NULL;
  out = g_ptr_array_new_with_free_func ((GDestroyNotify) sat_process_info_free);
  for (guint i = 0; i < processes->len; i++)
    {
      const SatProcess *process = processes->pdata[i];
      SatProcessInfo *info = g_new0 (SatProcessInfo, 1);

      info->id = process->id;
      info->name = g_strdup (process->name);
      info->object = g_strdup (process->object_name);
      info->active = process->active;
      info->n_steps = process->steps->len;
      info->problem = process->problem ? g_error_copy (process->problem) : NULL;
      g_ptr_array_add (out, info);
    }
  return out;
}
