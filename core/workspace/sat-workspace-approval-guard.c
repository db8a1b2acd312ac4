/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a process guards is not reached without an approval that holds. It is asked before anything
 * is written, from the record as it is with the draft over it. */
#include <string.h>

#include "core/workspace/sat-workspace-access.h"
#include "core/workspace/sat-workspace-approval-private.h"

typedef struct
{
  SatWorkspace *workspace;
  const SatObject *object;
  const SatDraft *draft;  /* NULL: it was written already … */
  const SatRecord *after; /* … and is so now */
  SatRecord *now;         /* as it was; NULL: a new one */
  const SatId *id;
  SatProcess *refused; /* the one that stands in the way, and why */
  SatHolds holds;
} Guarding;

static const char *
value_after (const SatField *field, gpointer data)
{
  const Guarding *guarding = data;

  if (guarding->draft == NULL)
    return field->index < sat_record_object (guarding->after)->n_fields
               ? sat_record_get (guarding->after, field)
               : NULL;
  if (field->index < sat_draft_object (guarding->draft)->n_fields &&
      (guarding->now == NULL || sat_draft_changes (guarding->draft, field)))
    return sat_draft_get (guarding->draft, field);
  return guarding->now != NULL ? sat_record_get (guarding->now, field) : NULL;
}

/* Does PROCESS guard the state that SUBJECT is in? */
static gboolean
is_guarded (SatWorkspace *workspace,
            const SatProcess *process,
            const SatApprovalSubject *subject,
            gboolean *guarded,
            GError **error)
{
  *guarded = FALSE;
  return process->guard->where == NULL ||
         (sat_condition_meets (workspace, process->guard, subject, guarded, error) &&
          (!*guarded || sat_condition_meets (workspace, process->when, subject, guarded, error)));
}

/* It was there before, with the same values: what has been done is not asked for again. */
static gboolean
was_so (const Guarding *guarding,
        const SatProcess *process,
        const SatApprovalSubject *after,
        gboolean *so,
        GError **error)
{
  SatApprovalSubject before;
  g_autofree char *one = NULL;
  g_autofree char *other = NULL;

  *so = FALSE;
  if (guarding->now == NULL)
    return TRUE;
  before = sat_subject_of_record (guarding->now);
  if (!is_guarded (guarding->workspace, process, &before, so, error))
    return FALSE;
  one = sat_process_covered (process, &before);
  other = sat_process_covered (process, after);
  *so = *so && strcmp (one, other) == 0;
  return TRUE;
}

static char *
names_of (const SatOffice *office, const GArray *ids)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < ids->len; i++)
    {
      g_autofree char *name = sat_office_name (office, &g_array_index (ids, SatId, i));

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", name);
    }
  return g_string_free (text, FALSE);
}

static gboolean
refuse (const Guarding *guarding,
        const SatOffice *office,
        const SatProcess *process,
        SatHolds holds,
        const SatRequest *about,
        GError **error)
{
  const char *title = value_after (guarding->object->title, (gpointer) guarding);
  g_autofree char *names = about != NULL ? names_of (office, about->judgement->asked) : NULL;

  if (title == NULL)
    title = "";
  if (holds == SAT_HOLDS_WAITS)
    return sat_fail (error, SAT_ERROR_APPROVAL,
                     N_ ("“%s” waits for an approval (%s) by: %s; “satchel approval list” shows "
                         "what waits"),
                     title, process->name, names, NULL);
  if (holds == SAT_HOLDS_NO)
    return sat_fail (error, SAT_ERROR_APPROVAL,
                     N_ ("the approval of “%s” (%s) was rejected; change it, then submit it again "
                         "with “satchel approval resubmit”"),
                     title, process->name, NULL);
  return sat_fail (error, SAT_ERROR_APPROVAL,
                   N_ ("“%s” needs an approval (%s) first; save it without what needs one, then "
                       "ask with “satchel approval submit”"),
                   title, process->name, NULL);
}

/* PROCESS guards the record as it will be: does an approval of it hold, or may the user decide? */
static gboolean
check_one (Guarding *guarding,
           SatProcess *process,
           const SatApprovalSubject *after,
           GPtrArray *own,
           GError **error)
{
  SatId me = sat_workspace_me (guarding->workspace);
  g_autoptr (SatOffice) office = sat_office_new (guarding->workspace, error);
  g_autoptr (GPtrArray) requests = NULL;
  const SatRequest *about = NULL;
  SatHolds holds = SAT_HOLDS_NOT;
  gboolean alone = FALSE;

  if (office == NULL)
    return FALSE;
  if (guarding->now != NULL)
    {
      requests = sat_requests_of (office, guarding->id, error);
      if (requests == NULL)
        return FALSE;
      holds = sat_requests_hold (requests, process, after, &about);
    }
  if (holds == SAT_HOLDS)
    return TRUE;
  if (own != NULL && holds == SAT_HOLDS_NOT &&
      !sat_process_own (office, process, after, &me, &alone, error))
    return FALSE;
  if (!alone)
    {
      guarding->refused = process;
      guarding->holds = holds;
      return refuse (guarding, office, process, holds, about, error);
    }
  g_ptr_array_add (own, process);
  return TRUE;
}

static gboolean
check_all (Guarding *guarding, GPtrArray *processes, GPtrArray *own, GError **error)
{
  const SatApprovalSubject after = { guarding->id, value_after, guarding };

  for (guint i = 0; i < processes->len; i++)
    {
      SatProcess *process = processes->pdata[i];
      gboolean guarded, so;

      if (!process->active || process->object == NULL ||
          strcmp (process->object->name, guarding->object->name) != 0)
        continue;
      if (!is_guarded (guarding->workspace, process, &after, &guarded, error))
        return FALSE;
      if (!guarded)
        continue;
      if (!was_so (guarding, process, &after, &so, error))
        return FALSE;
      if (!so && !check_one (guarding, process, &after, own, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
any_of (const GPtrArray *processes, const SatObject *object)
{
  for (guint i = 0; i < processes->len; i++)
    {
      const SatProcess *process = processes->pdata[i];

      if (process->active && g_strcmp0 (process->object_name, object->name) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
check_draft (Guarding *guarding, GPtrArray *own, GError **error)
{
  SatWorkspace *workspace = guarding->workspace;
  const SatObject *object = guarding->object;
  const SatRecord *base = sat_draft_base (guarding->draft);
  GPtrArray *processes;
  gboolean ok;

  if (object->system || object->managed || strcmp (object->name, SAT_PROCESS) == 0 ||
      strcmp (object->name, SAT_PROCESS_STEP) == 0)
    return TRUE;
  processes = sat_processes (workspace, error);
  if (processes == NULL || !any_of (processes, object))
    return processes != NULL;
  if (base != NULL)
    {
      guarding->now = sat_list_load (workspace->replica, object, sat_record_id (base), error);
      if (guarding->now == NULL)
        return FALSE;
      guarding->id = sat_record_id (guarding->now);
    }
  ok = check_all (guarding, processes, own, error);
  g_clear_pointer (&guarding->now, sat_record_unref);
  return ok;
}

static Guarding
guarding_of (SatWorkspace *workspace, const SatDraft *draft)
{
  return (Guarding){ .workspace = workspace,
                     .object = sat_draft_object (draft),
                     .draft = draft,
                     .id = sat_draft_id (draft) };
}

gboolean
sat_approval_check (SatWorkspace *workspace, const SatDraft *draft, GPtrArray **own, GError **error)
{
  Guarding guarding = guarding_of (workspace, draft);
  g_autoptr (GPtrArray) alone = g_ptr_array_new ();
  gboolean ok;

  if (own != NULL)
    *own = NULL;
  ok = check_draft (&guarding, own != NULL ? alone : NULL, error);
  if (ok && own != NULL && alone->len > 0)
    *own = g_steal_pointer (&alone);
  return ok;
}

gboolean
sat_approval_refuser (SatWorkspace *workspace,
                      const SatDraft *draft,
                      SatProcess **process,
                      SatHolds *holds,
                      GError **error)
{
  Guarding guarding = guarding_of (workspace, draft);
  g_autoptr (GPtrArray) alone = g_ptr_array_new ();
  GError *problem = NULL;
  gboolean ok = check_draft (&guarding, alone, &problem);

  *process = guarding.refused;
  *holds = guarding.holds;
  if (ok || guarding.refused != NULL)
    {
      g_clear_error (&problem);
      return TRUE;
    }
  g_propagate_error (error, problem);
  return FALSE;
}

gboolean
sat_approval_check_written (SatWorkspace *workspace, SatRecord *before, GError **error)
{
  const SatObject *object = sat_record_object (before);
  GPtrArray *processes = sat_processes (workspace, error);
  g_autoptr (SatRecord) after = NULL;
  Guarding guarding = {
    .workspace = workspace, .object = object, .now = before, .id = sat_record_id (before)
  };

  if (processes == NULL || !any_of (processes, object))
    return processes != NULL;
  after = sat_list_load (workspace->replica, object, sat_record_id (before), error);
  guarding.after = after;
  return after != NULL && check_all (&guarding, processes, NULL, error);
}

gboolean
sat_approval_finish (SatWorkspace *workspace,
                     SatLocal *local,
                     const SatObject *object,
                     const SatId *id,
                     GPtrArray *own,
                     GError **error)
{
  g_autoptr (SatRecord) record = NULL;
  g_autoptr (SatApprovalPlan) plan = NULL;
  g_autoptr (SatOffice) office = NULL;
  g_autoptr (GPtrArray) before = NULL;

  if (own == NULL)
    return TRUE;
  record = sat_list_load (workspace->replica, object, id, error);
  office = record != NULL ? sat_office_new (workspace, error) : NULL;
  before = office != NULL ? sat_requests_of (office, id, error) : NULL;
  if (before == NULL)
    return FALSE;
  plan = sat_approval_plan_new ();
  plan->own = TRUE;
  for (guint i = 0; i < own->len; i++)
    {
      SatId request;

      if (!sat_approval_write (workspace, local, record, own->pdata[i], plan, NULL, before,
                               &request, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
sat_workspace_approval_final (SatWorkspace *workspace,
                              const SatObject *object,
                              const SatId *id,
                              gboolean *final,
                              GError **error)
{
  g_autoptr (SatRecord) record = sat_workspace_load (workspace, object, id, error);
  GPtrArray *processes = record != NULL ? sat_processes (workspace, error) : NULL;
  g_autoptr (SatOffice) office = processes != NULL ? sat_office_new (workspace, error) : NULL;
  g_autoptr (GPtrArray) requests = NULL;
  g_autoptr (SatRecord) whole = NULL;
  SatApprovalSubject subject;

  *final = TRUE;
  if (office != NULL)
    requests = sat_requests_of (office, sat_record_id (record), error);
  /* As it is, not as this user may see it. */
  whole = requests != NULL ? sat_list_load (workspace->replica, object, id, error) : NULL;
  if (whole == NULL)
    return FALSE;
  subject = sat_subject_of_record (whole);
  for (guint i = 0; *final && i < processes->len; i++)
    {
      SatProcess *process = processes->pdata[i];
      gboolean needs = FALSE;

      if (!process->active || process->object == NULL ||
          strcmp (process->object->name, object->name) != 0)
        continue;
      if (!sat_condition_meets (workspace, process->when, &subject, &needs, error))
        return FALSE;
      *final = !needs || sat_requests_hold (requests, process, &subject, NULL) == SAT_HOLDS;
    }
  return TRUE;
}
