/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asking for approvals and deciding. All that is written is new records, in the book of the record
 * that they are about; and the status for lists, as a machine's value. None of it can be undone: a
 * request is withdrawn, a decision is followed by another one. */
#include "core/workspace/sat-workspace-approval.h"

#include <string.h>

#include "core/base/sat-text.h"
#include "core/store/sat-names.h"
#include "core/workspace/sat-workspace-access.h"
#include "core/workspace/sat-workspace-approval-private.h"

#define META_SEEN "approvals_seen" /* the row of the last decision that was looked at */
#define MAX_NAME 200               /* characters */

/* ---- writing ------------------------------------------------------------------------------------
 */

typedef struct
{
  const char *field;
  const char *value; /* NULL: nothing */
} Said;

static gboolean
write_new (SatWorkspace *workspace,
           SatLocal *local,
           const char *name,
           guint32 book,
           const Said *said,
           guint n,
           const SatEditKind *kind,
           const SatId *id,
           GError **error)
{
  const SatObject *object = sat_workspace_object (workspace, name, error);
  g_autoptr (GArray) edits = g_array_new (FALSE, FALSE, sizeof (SatEdit));

  if (object == NULL ||
      !sat_workspace_check_right (workspace, object, SAT_RIGHT_CREATE, NULL, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      SatEdit edit = { .field = sat_object_find (object, said[i].field), .value = said[i].value };

      if (edit.field != NULL && edit.value != NULL && *edit.value != '\0')
        g_array_append_val (edits, edit);
    }
  return sat_local_edit (local, object, id, book, (const SatEdit *) (gpointer) edits->data,
                         edits->len, kind, error);
}

static const SatEditKind by_hand = { .life = SAT_LIFE_LIVE, .create = TRUE };

static char *
time_now (SatWorkspace *workspace)
{
  gint64 now_ms = sat_platform_now_ms (workspace->replica->platform);

  return sat_time_format (now_ms - now_ms % 1000);
}

/* What somebody wrote, as the field of many lines takes it; NULL: nothing. */
static gboolean
tidy (SatWorkspace *workspace, const char *text, char **out, GError **error)
{
  const SatObject *object = sat_workspace_object (workspace, SAT_APPROVAL, error);
  const SatField *field = object != NULL ? sat_object_find (object, "note") : NULL;

  *out = NULL;
  return text == NULL || (field != NULL && field->type->parse (&field->options, text, out, error));
}

static gboolean
write_decision (SatWorkspace *workspace,
                SatLocal *local,
                const SatId *request,
                guint32 book,
                SatApprovalVerdict verdict,
                guint step,
                const SatId *to,
                const char *comment,
                GError **error)
{
  SatId me = sat_workspace_me (workspace);
  char approval[SAT_ID_TEXT_SIZE], user[SAT_ID_TEXT_SIZE], delegate[SAT_ID_TEXT_SIZE];
  g_autofree char *number = g_strdup_printf ("%u", step);
  g_autofree char *now = time_now (workspace);
  const Said said[] = {
    { "name", sat_approval_verdict_name (verdict) },
    { "decision", sat_approval_verdict_name (verdict) },
    { "approval", sat_id_format (request, approval) },
    { "step", number },
    { "user", sat_id_format (&me, user) },
    { "delegate", to != NULL ? sat_id_format (to, delegate) : NULL },
    { "at", now },
    { "comment", comment },
  };
  SatId id;

  sat_id_new (workspace->replica->platform, &id);
  return write_new (workspace, local, SAT_APPROVAL_DECISION, book, said, G_N_ELEMENTS (said),
                    &by_hand, &id, error);
}

static char *
ids_of (const GPtrArray *requests, const SatId *process)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < requests->len; i++)
    {
      const SatRequest *request = requests->pdata[i];
      char id[SAT_ID_TEXT_SIZE];

      if (!request->replaced && sat_id_equal (&request->process, process))
        g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "",
                                sat_id_format (&request->id, id));
    }
  return g_string_free (text, FALSE);
}

/* The id of what a rule asks: from all that it says. */
static void
derive_id (const SatRuleRequest *by, const Said *said, guint n, SatId *out)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, "%u", by->action);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "\n%s=%s", said[i].field,
                            said[i].value != NULL ? said[i].value : "");
  sat_id_derive (by->rule, text->str, text->len, out);
}

/* BY: a rule; NULL: a person. */
static gboolean
write_request (SatWorkspace *workspace,
               SatLocal *local,
               const SatRecord *record,
               const SatProcess *process,
               const SatApprovalPlan *plan,
               const char *note,
               const GPtrArray *before,
               const SatRuleRequest *by,
               SatId *out,
               GError **error)
{
  const SatApprovalSubject subject = sat_subject_of_record (record);
  guint32 book = sat_names_find_book (workspace->replica->names, sat_record_book (record));
  SatId me = sat_workspace_me (workspace);
  char of[SAT_ID_TEXT_SIZE], which[SAT_ID_TEXT_SIZE], who[SAT_ID_TEXT_SIZE];
  g_autofree char *steps = sat_approval_plan_format (plan);
  g_autofree char *covered = sat_process_covered (process, &subject);
  g_autofree char *previous = ids_of (before, &process->id);
  g_autofree char *now = by != NULL ? sat_time_format (sat_hlc_ms (by->occasion) / 1000 * 1000)
                                    : time_now (workspace);
  const Said said[] = {
    { "name", process->name },
    { "record", sat_id_format (sat_record_id (record), of) },
    { "object", process->object->name },
    { "process", sat_id_format (&process->id, which) },
    { "initiator", sat_id_format (&me, who) },
    { "submitted_at", now },
    { "status",
      sat_approval_state_name (plan->own ? SAT_APPROVAL_APPROVED : SAT_APPROVAL_WAITING) },
    { "note", note },
    { "covered", covered },
    { "steps", steps },
    { "previous", previous },
  };
  SatEditKind kind = by_hand;
  g_autoptr (SatRecord) there = NULL;

  if (by == NULL)
    sat_id_new (workspace->replica->platform, out);
  else
    {
      derive_id (by, said, G_N_ELEMENTS (said), out);
      there = sat_list_load (workspace->replica,
                             sat_catalogue_find (workspace->replica->catalogue, SAT_APPROVAL), out,
                             NULL);
      kind.automatic = TRUE;
      kind.in_step = by->in_step;
      kind.hlc = by->occasion;
    }
  if (there != NULL)
    return TRUE;
  return write_new (workspace, local, SAT_APPROVAL, book, said, G_N_ELEMENTS (said), &kind, out,
                    error) &&
         (!plan->own ||
          write_decision (workspace, local, out, book, SAT_VERDICT_APPROVED, 0, NULL, NULL, error));
}

gboolean
sat_approval_write (SatWorkspace *workspace,
                    SatLocal *local,
                    const SatRecord *record,
                    const SatProcess *process,
                    const SatApprovalPlan *plan,
                    const char *note,
                    const GPtrArray *before,
                    SatId *out,
                    GError **error)
{
  return write_request (workspace, local, record, process, plan, note, before, NULL, out, error);
}

/* The status for lists, as REQUEST is judged. */
static gboolean
write_status (SatLocal *local, SatReplica *replica, const SatRequest *request, GError **error)
{
  const SatObject *object = sat_record_object (request->record);
  const char *value = sat_approval_state_name (request->judgement->state);
  const SatEdit edit = { .field = sat_object_find (object, "status"), .value = value };
  const SatEditKind kind = { .life = SAT_LIFE_QUIET, .automatic = TRUE };
  guint32 book = sat_names_find_book (replica->names, sat_record_book (request->record));

  if (g_strcmp0 (sat_value_named (request->record, "status"), value) == 0 ||
      sat_record_moved_to (request->record) != NULL)
    return TRUE;
  return sat_local_edit (local, object, &request->id, book, &edit, 1, &kind, error);
}

static gboolean
refresh (SatWorkspace *workspace, SatLocal *local, const SatId *id, GError **error)
{
  g_autoptr (SatOffice) office = sat_office_new (workspace, error);
  const SatObject *object = sat_workspace_object (workspace, SAT_APPROVAL, error);
  SatRecord *record = office != NULL && object != NULL
                          ? sat_list_load (workspace->replica, object, id, error)
                          : NULL;
  g_autoptr (SatRequest) request = record != NULL ? sat_request_read (office, record, error) : NULL;

  return request != NULL && write_status (local, workspace->replica, request, error);
}

/* ---- submitting ---------------------------------------------------------------------------------
 */

typedef struct
{
  SatWorkspace *workspace;
  SatOffice *office;
  SatRecord *record;
  GPtrArray *before; /* SatRequest */
  SatProcess *process;
  SatHolds holds;
  GArray *chosen;
} Submitting;

static void
submitting_clear (Submitting *submitting)
{
  g_clear_pointer (&submitting->office, sat_office_free);
  g_clear_pointer (&submitting->record, sat_record_unref);
  g_clear_pointer (&submitting->before, g_ptr_array_unref);
  g_clear_pointer (&submitting->chosen, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Submitting, submitting_clear)

static gboolean
is_called (const SatProcess *process, const char *name)
{
  SatId id;

  return name == NULL || strcmp (process->name, name) == 0 ||
         (sat_id_parse (name, &id) && sat_id_equal (&id, &process->id));
}

/* The first that the record needs and that nobody has been asked for; else the first. */
static gboolean
choose_process (Submitting *submitting, const char *name, GError **error)
{
  const SatApprovalSubject subject = sat_subject_of_record (submitting->record);
  GPtrArray *processes = sat_processes (submitting->workspace, error);

  for (guint i = 0; processes != NULL && i < processes->len; i++)
    {
      SatProcess *process = processes->pdata[i];
      gboolean needs;
      SatHolds holds;

      if (!process->active || process->object != sat_record_object (submitting->record) ||
          !is_called (process, name))
        continue;
      if (!sat_condition_meets (submitting->workspace, process->when, &subject, &needs, error))
        return FALSE;
      holds = sat_requests_hold (submitting->before, process, &subject, NULL);
      if (!needs || (submitting->process != NULL && holds >= SAT_HOLDS_NO + 1))
        continue;
      if (submitting->process != NULL && submitting->holds < SAT_HOLDS_WAITS)
        break;
      submitting->process = process;
      submitting->holds = holds;
    }
  return processes != NULL;
}

static gboolean
check_submit (const Submitting *submitting, gboolean again, GError **error)
{
  const char *title = sat_record_title (submitting->record);
  g_autofree char *before = NULL;

  if (submitting->process == NULL)
    return sat_fail (error, SAT_ERROR_INVALID, N_ ("“%s” needs no approval"), title, NULL);
  before = ids_of (submitting->before, &submitting->process->id);
  if (submitting->holds == SAT_HOLDS)
    return sat_fail (error, SAT_ERROR_INVALID, N_ ("“%s” is approved already (%s)"), title,
                     submitting->process->name, NULL);
  if (submitting->holds == SAT_HOLDS_WAITS)
    return sat_fail (error, SAT_ERROR_INVALID,
                     N_ ("“%s” waits for its approval already (%s); “satchel approval remind” "
                         "reminds those who are asked"),
                     title, submitting->process->name, NULL);
  if (!again && submitting->holds == SAT_HOLDS_NO)
    return sat_fail (error, SAT_ERROR_INVALID,
                     N_ ("the approval of “%s” was rejected (%s); “satchel approval resubmit” asks "
                         "again"),
                     title, submitting->process->name, NULL);
  if (again && *before == '\0')
    return sat_fail (error, SAT_ERROR_INVALID,
                     N_ ("no approval of “%s” was asked for yet; “satchel approval submit” asks"),
                     title, NULL);
  return TRUE;
}

static gboolean
find_chosen (Submitting *submitting, const char *const *logins, GError **error)
{
  submitting->chosen = g_array_new (FALSE, FALSE, sizeof (SatId));
  for (guint i = 0; logins != NULL && logins[i] != NULL; i++)
    {
      g_autoptr (SatRecord) user = sat_workspace_user (submitting->workspace->replica, logins[i],
                                                       error);

      if (user == NULL)
        return FALSE;
      g_array_append_vals (submitting->chosen, sat_record_id (user), 1);
    }
  return TRUE;
}

static gboolean
submit_in (Submitting *submitting,
           SatLocal *local,
           const SatApprovalSubmit *submit,
           SatId *out,
           GError **error)
{
  SatWorkspace *workspace = submitting->workspace;
  const SatApprovalSubject subject = sat_subject_of_record (submitting->record);
  SatId me = sat_workspace_me (workspace);
  g_autoptr (SatApprovalPlan) plan = NULL;
  g_autofree char *note = NULL;

  submitting->office = sat_office_new (workspace, error);
  if (submitting->office == NULL)
    return FALSE;
  submitting->before = sat_requests_of (submitting->office, subject.id, error);
  if (submitting->before == NULL || !choose_process (submitting, submit->process, error) ||
      !check_submit (submitting, submit->again, error) ||
      !find_chosen (submitting, submit->chosen, error) ||
      !tidy (workspace, submit->note, &note, error))
    return FALSE;
  plan = sat_process_plan (submitting->office, submitting->process, &subject, &me,
                           submitting->chosen, error);
  return plan != NULL &&
         sat_approval_write (workspace, local, submitting->record, submitting->process, plan, note,
                             submitting->before, out, error);
}

gboolean
sat_workspace_submit (SatWorkspace *workspace,
                      const SatObject *object,
                      const SatId *record,
                      const SatApprovalSubmit *submit,
                      SatId *out,
                      GError **error)
{
  g_auto (Submitting) submitting = { .workspace = workspace };
  SatLocal *local;
  gboolean mine, ok;

  if (!sat_workspace_check_seen (workspace, object, record, error))
    return FALSE;
  submitting.record = sat_list_load (workspace->replica, object, record, error);
  if (submitting.record == NULL)
    return FALSE;
  if (sat_record_moved_to (submitting.record) != NULL || sat_record_deleted (submitting.record))
    return sat_fail (error, SAT_ERROR_INVALID, N_ ("“%s” is not at home here, or is deleted"),
                     sat_record_title (submitting.record), NULL);
  local = sat_workspace_write (workspace, &mine, error);
  if (local == NULL)
    return FALSE;
  ok = submit_in (&submitting, local, submit, out, error);
  return sat_workspace_written (workspace, local, mine, ok, error);
}

/* ---- rules
 * ----------------------------------------------------------------------------------------
 */

/* A value that was rejected is asked about again by a person, and what somebody may decide alone he
 * decides by saving it. */
static gboolean
request_in (Submitting *submitting,
            SatLocal *local,
            const SatRuleRequest *request,
            char **asked,
            GError **error)
{
  SatWorkspace *workspace = submitting->workspace;
  const SatApprovalSubject subject = sat_subject_of_record (submitting->record);
  SatId me = sat_workspace_me (workspace);
  g_autoptr (SatApprovalPlan) plan = NULL;
  SatId id;

  submitting->office = sat_office_new (workspace, error);
  if (submitting->office == NULL)
    return FALSE;
  submitting->before = sat_requests_of (submitting->office, subject.id, error);
  if (submitting->before == NULL || !choose_process (submitting, NULL, error))
    return FALSE;
  if (submitting->process == NULL || submitting->holds != SAT_HOLDS_NOT)
    return TRUE;
  plan = sat_process_plan (submitting->office, submitting->process, &subject, &me, NULL, error);
  if (plan == NULL)
    return FALSE;
  if (plan->own)
    return TRUE;
  if (!write_request (workspace, local, submitting->record, submitting->process, plan,
                      request->note, submitting->before, request, &id, error))
    return FALSE;
  *asked = g_strdup (submitting->process->name);
  return TRUE;
}

gboolean
sat_approval_request_by_rule (SatWorkspace *workspace,
                              SatLocal *local,
                              const SatRuleRequest *request,
                              char **asked,
                              char **why,
                              GError **error)
{
  g_auto (Submitting) submitting = { .workspace = workspace };
  GError *problem = NULL;

  *asked = NULL;
  *why = NULL;
  submitting.record = sat_list_load (workspace->replica, request->object, request->record, error);
  if (submitting.record == NULL)
    return FALSE;
  if (request_in (&submitting, local, request, asked, &problem))
    return TRUE;
  if (!g_error_matches (problem, SAT_ERROR, SAT_ERROR_REFUSED) &&
      !g_error_matches (problem, SAT_ERROR, SAT_ERROR_INVALID))
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  *why = g_strdup (problem->message);
  g_error_free (problem);
  return TRUE;
}

/* ---- deciding -----------------------------------------------------------------------------------
 */

static SatRequest *
load_request (SatWorkspace *workspace, SatOffice *office, const SatId *id, GError **error)
{
  const SatObject *object = sat_workspace_object (workspace, SAT_APPROVAL, error);
  g_autoptr (SatRecord) seen = object != NULL ? sat_workspace_load (workspace, object, id, error)
                                              : NULL;
  SatRecord *record = seen != NULL ? sat_list_load (workspace->replica, object, id, error) : NULL;

  return record != NULL ? sat_request_read (office, record, error) : NULL;
}

/* The step that this user decides; 0: the whole. */
static gboolean
find_step (SatOffice *office,
           const SatRequest *request,
           const SatApprovalDecide *decide,
           guint *step,
           GError **error)
{
  SatId me = sat_workspace_me (office->workspace);
  const char *name = sat_record_title (request->record);

  *step = 0;
  if (decide->verdict == SAT_VERDICT_COMMENTED)
    return TRUE;
  if (request->judgement->state != SAT_APPROVAL_WAITING)
    return sat_fail (error, SAT_ERROR_INVALID, N_ ("“%s” does not wait for anybody any more: %s"),
                     name, sat_approval_state_name (request->judgement->state), NULL);
  if (decide->verdict == SAT_VERDICT_WITHDRAWN)
    return sat_id_equal (&me, &request->initiator) ||
           sat_fail (error, SAT_ERROR_REFUSED,
                     N_ ("only who asked for an approval may withdraw it"), NULL);
  if (decide->override)
    return sat_office_is_admin (office, &me) ||
           sat_fail (error, SAT_ERROR_REFUSED,
                     N_ ("only an administrator may decide without being asked"), NULL);
  *step = request->judgement->step;
  return sat_ids_have (request->judgement->asked, &me) ||
         sat_fail (error, SAT_ERROR_REFUSED,
                   N_ ("“%s” does not wait for you; an administrator may decide with --override"),
                   name, NULL);
}

static gboolean
find_delegate (SatOffice *office,
               const SatRequest *request,
               const SatApprovalDecide *decide,
               SatId *to,
               GError **error)
{
  SatId me = sat_workspace_me (office->workspace);
  g_autoptr (SatRecord) user = NULL;

  if (decide->verdict != SAT_VERDICT_DELEGATED)
    return TRUE;
  user = sat_workspace_user (office->workspace->replica, decide->to, error);
  if (user == NULL)
    return FALSE;
  *to = *sat_record_id (user);
  return (!sat_id_equal (to, &me) && !sat_id_equal (to, &request->initiator)) ||
         sat_fail (error, SAT_ERROR_INVALID,
                   N_ ("an approval cannot be delegated to “%s”, who asked for it or has it"),
                   sat_record_title (user), NULL);
}

static gboolean
decide_in (SatWorkspace *workspace,
           SatLocal *local,
           const SatId *id,
           const SatApprovalDecide *decide,
           GError **error)
{
  g_autoptr (SatOffice) office = sat_office_new (workspace, error);
  g_autoptr (SatRequest) request = office ? load_request (workspace, office, id, error) : NULL;
  g_autofree char *comment = NULL;
  SatId to = { 0 };
  guint32 book;
  guint step;

  if (request == NULL || !find_step (office, request, decide, &step, error) ||
      !find_delegate (office, request, decide, &to, error) ||
      !tidy (workspace, decide->comment, &comment, error))
    return FALSE;
  if (decide->verdict == SAT_VERDICT_COMMENTED && comment == NULL)
    return sat_fail (error, SAT_ERROR_INVALID, N_ ("there is nothing in the comment"), NULL);
  book = sat_names_find_book (workspace->replica->names, sat_record_book (request->record));
  return write_decision (workspace, local, &request->id, book, decide->verdict, step,
                         decide->verdict == SAT_VERDICT_DELEGATED ? &to : NULL, comment, error) &&
         refresh (workspace, local, &request->id, error);
}

gboolean
sat_workspace_decide (SatWorkspace *workspace,
                      const SatId *id,
                      const SatApprovalDecide *decide,
                      GError **error)
{
  gboolean mine, ok;
  SatLocal *local = sat_workspace_write (workspace, &mine, error);

  if (local == NULL)
    return FALSE;
  ok = decide_in (workspace, local, id, decide, error);
  return sat_workspace_written (workspace, local, mine, ok, error);
}

/* ---- reminding ----------------------------------------------------------------------------------
 */

static gboolean
tell (SatWorkspace *workspace,
      const SatRequest *request,
      const SatId *user,
      const char *text,
      GError **error)
{
  const SatObject *object = sat_workspace_object (workspace, "notice", error);
  g_autoptr (SatDraft) draft = object != NULL ? sat_draft_new (object) : NULL;
  g_autofree char *now = time_now (workspace);
  g_autofree char *brief = sat_text_brief (text, MAX_NAME);
  char owner[SAT_ID_TEXT_SIZE], record[SAT_ID_TEXT_SIZE];

  if (draft == NULL)
    return FALSE;
  sat_draft_set_book (draft, sat_record_book (request->record));
  sat_draft_set (draft, sat_object_find (object, "owner"), sat_id_format (user, owner));
  sat_draft_set (draft, sat_object_find (object, "at"), now);
  sat_draft_set (draft, sat_object_find (object, "record"), sat_id_format (&request->id, record));
  return sat_draft_set_input (draft, sat_object_find (object, "text"), brief, error) &&
         sat_workspace_save (workspace, draft, NULL, error);
}

gboolean
sat_workspace_remind (
    SatWorkspace *workspace, const SatId *id, const char *text, guint *told, GError **error)
{
  g_autoptr (SatOffice) office = sat_office_new (workspace, error);
  g_autoptr (SatRequest) request = office ? load_request (workspace, office, id, error) : NULL;
  const GArray *asked = request != NULL ? request->judgement->asked : NULL;

  if (request == NULL)
    return FALSE;
  if (asked->len == 0)
    return sat_fail (error, SAT_ERROR_INVALID, N_ ("“%s” does not wait for anybody any more: %s"),
                     sat_record_title (request->record),
                     sat_approval_state_name (request->judgement->state), NULL);
  if (!sat_workspace_begin (workspace, error))
    return FALSE;
  for (guint i = 0; i < asked->len; i++)
    if (!tell (workspace, request, &g_array_index (asked, SatId, i),
               text != NULL ? text : sat_record_title (request->record), error))
      {
        sat_workspace_rollback (workspace);
        return FALSE;
      }
  if (told != NULL)
    *told = asked->len;
  return sat_workspace_commit (workspace, error);
}

/* ---- after an exchange --------------------------------------------------------------------------
 */

static gboolean
refresh_rows (SatWorkspace *workspace, SatLocal *local, gint64 *last, GError **error)
{
  SatReplica *replica = workspace->replica;
  const SatObject *object = sat_catalogue_find (replica->catalogue, SAT_APPROVAL_DECISION);
  const SatListQuery query = { .object = object, .limit = -1, .with_deleted = TRUE };
  g_autoptr (GArray) rows = sat_list_rows (replica, &query, error);
  g_autoptr (GHashTable) done = g_hash_table_new_full (sat_id_hash, sat_id_equal, g_free, NULL);
  gint64 from = *last;

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      gint64 row = g_array_index (rows, gint64, i);
      g_autoptr (SatRecord) record = NULL;
      GError *problem = NULL;
      SatId id;

      if (row <= from)
        continue;
      *last = MAX (*last, row);
      record = sat_list_load_row (replica, object, row, error);
      if (record == NULL)
        return FALSE;
      if (!sat_id_named (record, "approval", &id) ||
          !g_hash_table_add (done, g_memdup2 (&id, sizeof id)) ||
          refresh (workspace, local, &id, &problem))
        continue;
      if (!g_error_matches (problem, SAT_ERROR, SAT_ERROR_NOT_FOUND)) /* it may come later */
        {
          g_propagate_error (error, problem);
          return FALSE;
        }
      g_error_free (problem);
    }
  return rows != NULL;
}

gboolean
sat_workspace_refresh_approvals (SatWorkspace *workspace, GError **error)
{
  SatReplica *replica = workspace->replica;
  const SatObject *object = sat_catalogue_find (replica->catalogue, SAT_APPROVAL_DECISION);
  const SatListQuery query = { .object = object, .limit = -1, .with_deleted = TRUE };
  gint64 last = sat_meta_get_int (replica, META_SEEN, 0);
  gboolean mine, ok;
  SatLocal *local;

  if (object == NULL || sat_list_count (replica, &query, error) == 0)
    return TRUE;
  local = sat_workspace_write (workspace, &mine, error);
  if (local == NULL)
    return FALSE;
  ok = refresh_rows (workspace, local, &last, error) &&
       sat_meta_set_int (replica, META_SEEN, last, error);
  return sat_workspace_written (workspace, local, mine, ok, error);
}
