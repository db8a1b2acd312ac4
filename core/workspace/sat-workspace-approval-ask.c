/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What approvals can be asked for: of a record as it is, or of one whose save was refused. Such a
 * save is done without what is guarded, so that the request is about the values that were to be
 * saved; what is guarded follows once the approval is there. */
#include <string.h>

#include "core/workspace/sat-workspace-access.h"
#include "core/workspace/sat-workspace-approval-private.h"

void
sat_approval_offer_free (SatApprovalOffer *offer)
{
  if (offer == NULL)
    return;
  g_free (offer->name);
  g_ptr_array_unref (offer->asked);
  g_clear_error (&offer->problem);
  g_free (offer);
}

static void
offer_free (gpointer data)
{
  sat_approval_offer_free (data);
}

void
sat_approval_need_free (SatApprovalNeed *need)
{
  if (need == NULL)
    return;
  g_free (need->title);
  g_ptr_array_unref (need->offers);
  g_ptr_array_unref (need->left_out);
  g_free (need);
}

/* ---- offers -------------------------------------------------------------------------------------
 */

static void
add_name (GPtrArray *names, char *name)
{
  if (g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
    g_free (name);
  else
    g_ptr_array_add (names, name);
}

static void
add_names (const SatOffice *office, GPtrArray *names, const GArray *ids)
{
  for (guint i = 0; i < ids->len; i++)
    add_name (names, sat_office_name (office, &g_array_index (ids, SatId, i)));
}

static gboolean
leaves_choice (const SatProcess *process)
{
  for (guint i = 0; i < process->steps->len; i++)
    if (g_strcmp0 (((const SatProcessStep *) process->steps->pdata[i])->kind, "chosen") == 0)
      return TRUE;
  return FALSE;
}

/* Whom it would ask. */
static void
plan_offer (SatOffice *office,
            const SatProcess *process,
            const SatApprovalSubject *subject,
            SatApprovalOffer *offer)
{
  SatId me = sat_workspace_me (office->workspace);
  g_autoptr (SatApprovalPlan) plan = NULL;

  if (!sat_process_own (office, process, subject, &me, &offer->own, &offer->problem) || offer->own)
    return;
  offer->chosen = leaves_choice (process);
  if (!offer->chosen)
    plan = sat_process_plan (office, process, subject, &me, NULL, &offer->problem);
  for (guint i = 0; plan != NULL && i < plan->steps->len; i++)
    {
      const SatApprovalStep *step = plan->steps->pdata[i];

      add_names (office, offer->asked, step->asked);
      if (step->final)
        break;
    }
}

static SatApprovalOffer *
offer_new (SatOffice *office,
           const SatProcess *process,
           const SatApprovalSubject *subject,
           SatHolds holds,
           const SatRequest *about)
{
  SatApprovalOffer *offer = g_new0 (SatApprovalOffer, 1);

  offer->process = process->id;
  offer->name = g_strdup (process->name);
  offer->waits = holds == SAT_HOLDS_WAITS;
  offer->rejected = holds == SAT_HOLDS_NO;
  offer->asked = g_ptr_array_new_with_free_func (g_free);
  if (offer->waits && about != NULL)
    add_names (office, offer->asked, about->judgement->asked);
  else if (!offer->waits)
    plan_offer (office, process, subject, offer);
  return offer;
}

static gboolean
is_for (const SatProcess *process, const SatObject *object)
{
  return process->active && process->object != NULL &&
         strcmp (process->object->name, object->name) == 0;
}

static gboolean
any_for (const GPtrArray *processes, const SatObject *object)
{
  for (guint i = 0; i < processes->len; i++)
    if (is_for (processes->pdata[i], object))
      return TRUE;
  return FALSE;
}

GPtrArray *
sat_workspace_approval_offers (SatWorkspace *workspace,
                               const SatObject *object,
                               const SatId *record,
                               GError **error)
{
  const SatObject *approval = sat_catalogue_find (workspace->replica->catalogue, SAT_APPROVAL);
  g_autoptr (GPtrArray) out = g_ptr_array_new_with_free_func (offer_free);
  GPtrArray *processes = sat_processes (workspace, error);
  g_autoptr (SatRecord) about = NULL;
  g_autoptr (SatOffice) office = NULL;
  g_autoptr (GPtrArray) requests = NULL;
  SatApprovalSubject subject;

  if (processes == NULL)
    return NULL;
  if (!any_for (processes, object) || approval == NULL ||
      !sat_workspace_check_right (workspace, approval, SAT_RIGHT_CREATE, NULL, NULL))
    return g_steal_pointer (&out);
  if (!sat_workspace_check_seen (workspace, object, record, error))
    return NULL;
  about = sat_list_load (workspace->replica, object, record, error);
  office = about != NULL ? sat_office_new (workspace, error) : NULL;
  requests = office != NULL ? sat_requests_of (office, sat_record_id (about), error) : NULL;
  if (requests == NULL)
    return NULL;
  if (sat_record_deleted (about) || sat_record_moved_to (about) != NULL)
    return g_steal_pointer (&out);
  subject = sat_subject_of_record (about);
  for (guint i = 0; i < processes->len; i++)
    {
      const SatProcess *process = processes->pdata[i];
      gboolean needs = FALSE;
      SatHolds holds;

      if (!is_for (process, object))
        continue;
      if (!sat_condition_meets (workspace, process->when, &subject, &needs, error))
        return NULL;
      holds = sat_requests_hold (requests, process, &subject, NULL);
      if (needs && (holds == SAT_HOLDS_NOT || holds == SAT_HOLDS_NO))
        g_ptr_array_add (out, offer_new (office, process, &subject, holds, NULL));
    }
  return g_steal_pointer (&out);
}

/* ---- people -------------------------------------------------------------------------------------
 */

static void
person_free (gpointer data)
{
  SatApprovalPerson *person = data;

  g_free (person->login);
  g_free (person->name);
  g_free (person);
}

static int
by_name (gconstpointer a, gconstpointer b)
{
  const SatApprovalPerson *one = *(const SatApprovalPerson *const *) a;
  const SatApprovalPerson *other = *(const SatApprovalPerson *const *) b;

  return g_utf8_collate (one->name, other->name);
}

GPtrArray *
sat_workspace_approval_people (SatWorkspace *workspace, GError **error)
{
  SatId me = sat_workspace_me (workspace);
  g_autoptr (SatOffice) office = sat_office_new (workspace, error);
  GPtrArray *out;

  if (office == NULL)
    return NULL;
  out = g_ptr_array_new_with_free_func (person_free);
  for (guint i = 0; i < office->users->len; i++)
    {
      const SatRecord *user = office->users->pdata[i];
      const char *login = sat_value_named (user, "login");
      SatApprovalPerson *person;

      if (login == NULL || sat_id_equal (sat_record_id (user), &me) ||
          g_strcmp0 (sat_value_named (user, "active"), "no") == 0)
        continue;
      person = g_new0 (SatApprovalPerson, 1);
      person->id = *sat_record_id (user);
      person->login = g_strdup (login);
      person->name = g_strdup (sat_record_title (user));
      g_ptr_array_add (out, person);
    }
  g_ptr_array_sort (out, by_name);
  return out;
}

/* ---- a save that was refused --------------------------------------------------------------------
 */

typedef struct
{
  SatProcess *process;
  SatHolds holds;
} Refusal;

typedef struct
{
  SatWorkspace *workspace;
  GPtrArray *drafts;
  GArray *refusals;    /* Refusal */
  GPtrArray *left_out; /* SatField */
  gboolean reached;
  SatId record;
} Asking;

static void
asking_clear (Asking *asking)
{
  g_clear_pointer (&asking->refusals, g_array_unref);
  g_clear_pointer (&asking->left_out, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Asking, asking_clear)

static Asking
asking_of (SatWorkspace *workspace, GPtrArray *drafts)
{
  return (Asking){ .workspace = workspace,
                   .drafts = drafts,
                   .refusals = g_array_new (FALSE, FALSE, sizeof (Refusal)),
                   .left_out = g_ptr_array_new () };
}

typedef struct
{
  Asking *asking;
  SatDraft *draft;
  gboolean any;
} Leaving;

/* What the draft does to FIELD of the guard is not done. */
static void
leave_field (const SatField *field, gpointer data)
{
  Leaving *leaving = data;
  const SatRecord *base = sat_draft_base (leaving->draft);
  const SatField *own = field->derived == NULL
                            ? sat_object_find (sat_draft_object (leaving->draft), field->name)
                            : NULL;
  const char *before;

  if (own == NULL || strcmp (field->object->name, own->object->name) != 0 ||
      !sat_draft_changes (leaving->draft, own))
    return;
  before = base != NULL ? sat_record_get (base, own) : own->default_value;
  if (g_strcmp0 (before, sat_draft_get (leaving->draft, own)) == 0)
    return;
  sat_draft_set (leaving->draft, own, before);
  leaving->any = TRUE;
  if (!g_ptr_array_find (leaving->asking->left_out, own, NULL))
    g_ptr_array_add (leaving->asking->left_out, (gpointer) own);
}

static void
note_refusal (Asking *asking, SatProcess *process, SatHolds holds)
{
  const Refusal refusal = { process, holds };

  for (guint i = 0; i < asking->refusals->len; i++)
    if (g_array_index (asking->refusals, Refusal, i).process == process)
      return;
  g_array_append_val (asking->refusals, refusal);
}

/* Takes out of DRAFT what is guarded, as long as something refuses it. */
static gboolean
strip (Asking *asking, SatDraft *draft, GError **error)
{
  SatProcess *process = NULL;

  do
    {
      Leaving leaving = { asking, draft, FALSE };
      SatHolds holds;

      if (!sat_approval_refuser (asking->workspace, draft, &process, &holds, error))
        return FALSE;
      if (process == NULL)
        break;
      note_refusal (asking, process, holds);
      sat_expression_each_field (process->guard->where, leave_field, &leaving);
      asking->reached = !leaving.any;
    }
  while (!asking->reached);
  return TRUE;
}

/* In a transaction. */
static gboolean
save_rest (Asking *asking, GError **error)
{
  for (guint i = 0; i < asking->drafts->len && !asking->reached; i++)
    if (!strip (asking, asking->drafts->pdata[i], error) ||
        (!asking->reached &&
         !sat_workspace_save (asking->workspace, asking->drafts->pdata[i], &asking->record, error)))
      return FALSE;
  return TRUE;
}

/* As it is with what could be saved. */
static SatRecord *
load_saved (const Asking *asking, GError **error)
{
  const SatObject *object = sat_draft_object (asking->drafts->pdata[0]);

  return sat_list_load (asking->workspace->replica, object, &asking->record, error);
}

static gboolean
fill_offers (const Asking *asking, SatApprovalNeed *need, GError **error)
{
  g_autoptr (SatRecord) record = load_saved (asking, error);
  g_autoptr (SatOffice) office = record ? sat_office_new (asking->workspace, error) : NULL;
  g_autoptr (GPtrArray) requests = office ? sat_requests_of (office, &asking->record, error) : NULL;
  SatApprovalSubject subject;

  if (requests == NULL)
    return FALSE;
  subject = sat_subject_of_record (record);
  need->title = g_strdup (sat_record_title (record));
  for (guint i = 0; i < asking->refusals->len; i++)
    {
      const Refusal *refusal = &g_array_index (asking->refusals, Refusal, i);
      const SatRequest *about = NULL;

      sat_requests_hold (requests, refusal->process, &subject, &about);
      g_ptr_array_add (need->offers,
                       offer_new (office, refusal->process, &subject, refusal->holds, about));
    }
  return TRUE;
}

/* Nothing could be left out: who would be asked is not said. */
static void
name_refusals (const Asking *asking, SatApprovalNeed *need)
{
  const SatDraft *draft = asking->drafts->pdata[0];

  need->title = g_strdup (sat_draft_get (draft, sat_draft_object (draft)->title));
  for (guint i = 0; i < asking->refusals->len; i++)
    {
      const Refusal *refusal = &g_array_index (asking->refusals, Refusal, i);
      SatApprovalOffer *offer = g_new0 (SatApprovalOffer, 1);

      offer->process = refusal->process->id;
      offer->name = g_strdup (refusal->process->name);
      offer->asked = g_ptr_array_new_with_free_func (g_free);
      g_ptr_array_add (need->offers, offer);
    }
}

SatApprovalNeed *
sat_workspace_approval_need (SatWorkspace *workspace, GPtrArray *drafts, GError **error)
{
  g_auto (Asking) asking = asking_of (workspace, drafts);
  g_autoptr (SatApprovalNeed) need = g_new0 (SatApprovalNeed, 1);
  gboolean ok;

  need->offers = g_ptr_array_new_with_free_func (offer_free);
  need->left_out = g_ptr_array_ref (asking.left_out);
  if (!sat_workspace_begin (workspace, error))
    return NULL;
  ok = save_rest (&asking, error) && (asking.reached || fill_offers (&asking, need, error));
  if (asking.reached)
    name_refusals (&asking, need);
  sat_workspace_rollback (workspace);
  need->reached = asking.reached;
  return ok ? g_steal_pointer (&need) : NULL;
}

static gboolean
submit_all (const Asking *asking, const SatApprovalSubmit *submit, GError **error)
{
  const SatObject *object = sat_draft_object (asking->drafts->pdata[0]);

  for (guint i = 0; i < asking->refusals->len; i++)
    {
      const Refusal *refusal = &g_array_index (asking->refusals, Refusal, i);
      char process[SAT_ID_TEXT_SIZE];
      const SatApprovalSubmit one = { .process = sat_id_format (&refusal->process->id, process),
                                      .note = submit->note,
                                      .chosen = submit->chosen,
                                      .again = refusal->holds == SAT_HOLDS_NO };
      SatId request;

      if (refusal->holds != SAT_HOLDS_WAITS &&
          !sat_workspace_submit (asking->workspace, object, &asking->record, &one, &request, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
save_and_submit (Asking *asking, const SatApprovalSubmit *submit, GError **error)
{
  if (!save_rest (asking, error))
    return FALSE;
  if (asking->reached)
    return sat_fail (error, SAT_ERROR_APPROVAL,
                     N_ ("what needs an approval is done already; take that back first, then ask"),
                     NULL);
  return submit_all (asking, submit, error);
}

gboolean
sat_workspace_save_and_submit (SatWorkspace *workspace,
                               GPtrArray *drafts,
                               const SatApprovalSubmit *submit,
                               SatId *record,
                               GError **error)
{
  g_auto (Asking) asking = asking_of (workspace, drafts);

  if (!sat_workspace_begin (workspace, error))
    return FALSE;
  if (!save_and_submit (&asking, submit, error))
    {
      sat_workspace_rollback (workspace);
      return FALSE;
    }
  *record = asking.record;
  return sat_workspace_commit (workspace, error);
}
