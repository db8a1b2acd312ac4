/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Requests in people's terms. */
#include <string.h>

#include "core/workspace/sat-workspace-access.h"
#include "core/workspace/sat-workspace-approval-private.h"

static void
vote_free (gpointer data)
{
  SatApprovalVote *vote = data;

  g_free (vote->name);
  g_free (vote->to);
  g_free (vote->writer);
  g_free (vote->comment);
  g_free (vote->time);
  g_free (vote);
}

void
sat_approval_info_free (SatApprovalInfo *info)
{
  if (info == NULL)
    return;
  g_free (info->name);
  g_free (info->title);
  g_free (info->initiator_name);
  g_free (info->process);
  g_free (info->note);
  g_free (info->covered);
  g_free (info->now);
  g_free (info->time);
  sat_approval_plan_free (info->plan);
  g_ptr_array_unref (info->asked);
  g_ptr_array_unref (info->people);
  g_ptr_array_unref (info->votes);
  g_free (info);
}

static void
covered_free (gpointer data)
{
  SatApprovalCovered *covered = data;

  g_free (covered->then);
  g_free (covered->now);
  g_free (covered);
}

/* What LINES say of the field NAME, as it was before it was put into one line. */
static char *
value_in (const char *const *lines, const char *name)
{
  gsize length = strlen (name);

  for (guint i = 0; lines != NULL && lines[i] != NULL; i++)
    if (strncmp (lines[i], name, length) == 0 && lines[i][length] == '=')
      {
        const char *text = lines[i] + length + 1;
        GString *value = g_string_new (NULL);

        for (; *text != '\0'; text++)
          if (*text == '\\' && (text[1] == '\\' || text[1] == 'n'))
            g_string_append_c (value, *++text == 'n' ? '\n' : '\\');
          else
            g_string_append_c (value, *text);
        return g_string_free (value, value->len == 0);
      }
  return NULL;
}

GPtrArray *
sat_approval_info_covered (const SatApprovalInfo *info)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (covered_free);
  g_auto (GStrv) then = g_strsplit (info->covered, "\n", -1);
  g_auto (GStrv) now = info->now != NULL ? g_strsplit (info->now, "\n", -1) : NULL;

  for (guint i = 0; info->object != NULL && then[i] != NULL; i++)
    {
      const char *end = strchr (then[i], '=');
      g_autofree char *name = end != NULL ? g_strndup (then[i], (gsize) (end - then[i])) : NULL;
      const SatField *field = name != NULL ? sat_object_find (info->object, name) : NULL;
      SatApprovalCovered *covered;

      if (field == NULL)
        continue;
      covered = g_new0 (SatApprovalCovered, 1);
      covered->field = field;
      covered->then = value_in ((const char *const *) then, name);
      covered->now = value_in ((const char *const *) now, name);
      covered->changed = now != NULL && g_strcmp0 (covered->then, covered->now) != 0;
      g_ptr_array_add (all, covered);
    }
  return all;
}

/* Who wrote the first field of RECORD that says by which device it was. */
static char *
writer_of (SatOffice *office, const SatRecord *record)
{
  const SatObject *object = sat_record_object (record);

  for (guint i = 0; i < object->n_fields; i++)
    {
      guint n;
      const SatDot *dots = sat_record_dots (record, object->fields[i], &n);

      if (n > 0)
        return sat_office_name (office, sat_office_user_of_device (office, dots[0].device));
    }
  return g_strdup ("?");
}

static SatApprovalVote *
vote_new (SatOffice *office, const SatDecision *decision, const SatRecord *record)
{
  SatApprovalVote *vote = g_new0 (SatApprovalVote, 1);

  vote->id = *sat_record_id (record);
  vote->verdict = decision->verdict;
  vote->worth = decision->worth;
  vote->step = decision->step;
  vote->by = decision->by;
  vote->name = sat_office_name (office, &decision->by);
  if (decision->verdict == SAT_VERDICT_DELEGATED)
    vote->to = sat_office_name (office, &decision->to);
  vote->writer = writer_of (office, record);
  vote->comment = g_strdup (sat_value_named (record, "comment"));
  vote->time = g_strdup (sat_value_named (record, "at"));
  return vote;
}

/* Of two within one second the id knows which was first: it begins with the time in milliseconds.
 */
static int
by_age (gconstpointer a, gconstpointer b)
{
  const SatApprovalVote *one = *(SatApprovalVote *const *) a;
  const SatApprovalVote *other = *(SatApprovalVote *const *) b;
  int order = g_strcmp0 (one->time, other->time);

  return order != 0 ? order : sat_id_compare (&one->id, &other->id);
}

static const SatProcess *
find_process (const GPtrArray *processes, const SatId *id)
{
  for (guint i = 0; i < processes->len; i++)
    if (sat_id_equal (&((const SatProcess *) processes->pdata[i])->id, id))
      return processes->pdata[i];
  return NULL;
}

/* Would the process as it is now ask the same people? Whom the initiator chose, nobody else knows.
 */
static gboolean
is_old_version (SatOffice *office,
                const SatProcess *process,
                const SatApprovalSubject *subject,
                const SatRequest *request)
{
  g_autoptr (GArray) chosen = g_array_new (FALSE, FALSE, sizeof (SatId));
  g_autoptr (SatApprovalPlan) plan = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; request->plan != NULL && i < process->steps->len; i++)
    {
      const SatProcessStep *step = process->steps->pdata[i];
      const SatApprovalStep *was = i < request->plan->steps->len ? request->plan->steps->pdata[i]
                                                                 : NULL;

      if (g_strcmp0 (step->kind, "chosen") == 0 && was != NULL)
        g_array_append_vals (chosen, was->asked->data, was->asked->len);
    }
  plan = sat_process_plan (office, process, subject, &request->initiator, chosen, NULL);
  text = plan != NULL ? sat_approval_plan_format (plan) : NULL;
  return g_strcmp0 (text, sat_value_named (request->record, "steps")) != 0;
}

/* Who asked for it may do so again once it does not wait and does not hold. */
static gboolean
may_again (SatOffice *office,
           const GPtrArray *requests,
           const SatProcess *process,
           const SatRecord *about,
           const SatRequest *request,
           gboolean outdated)
{
  SatId me = sat_workspace_me (office->workspace);
  SatApprovalSubject subject = sat_subject_of_record (about);
  gboolean needs = FALSE;

  return sat_id_equal (&me, &request->initiator) && !request->replaced &&
         (outdated || (request->judgement->state != SAT_APPROVAL_WAITING &&
                       request->judgement->state != SAT_APPROVAL_APPROVED)) &&
         process->active && process->object == sat_record_object (about) &&
         !sat_record_deleted (about) && sat_record_moved_to (about) == NULL &&
         sat_workspace_check_right (office->workspace, sat_record_object (request->record),
                                    SAT_RIGHT_CREATE, NULL, NULL) &&
         sat_condition_meets (office->workspace, process->when, &subject, &needs, NULL) && needs &&
         sat_requests_hold (requests, process, &subject, NULL) != SAT_HOLDS_WAITS &&
         sat_requests_hold (requests, process, &subject, NULL) != SAT_HOLDS;
}

static void
compare_now (SatOffice *office,
             const GPtrArray *requests,
             const SatRequest *request,
             SatApprovalInfo *info)
{
  SatReplica *replica = office->workspace->replica;
  g_autoptr (SatRecord) about = info->object != NULL
                                    ? sat_list_load (replica, info->object, &info->record, NULL)
                                    : NULL;
  GPtrArray *processes = sat_processes (office->workspace, NULL);
  const SatProcess *process = processes != NULL ? find_process (processes, &request->process)
                                                : NULL;
  SatApprovalSubject subject;

  info->process = process != NULL ? g_strdup (process->name) : NULL;
  if (about == NULL)
    return;
  info->title = g_strdup (sat_record_title (about));
  subject = sat_subject_of_record (about);
  info->now = sat_covered_again (request->covered, &subject, info->object);
  info->outdated = strcmp (info->now, request->covered) != 0;
  info->old_version = !info->outdated && process != NULL && process->object == info->object &&
                      is_old_version (office, process, &subject, request);
  if (process != NULL && may_again (office, requests, process, about, request, info->outdated))
    info->may |= SAT_MAY_AGAIN;
}

/* Names of those whom each step asks. */
static GPtrArray *
people_of (const SatOffice *office, const SatApprovalPlan *plan)
{
  GPtrArray *out = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);

  for (guint i = 0; plan != NULL && i < plan->steps->len; i++)
    {
      const SatApprovalStep *step = plan->steps->pdata[i];
      GStrv names = g_new0 (char *, step->asked->len + 1);

      for (guint k = 0; k < step->asked->len; k++)
        names[k] = sat_office_name (office, &g_array_index (step->asked, SatId, k));
      g_ptr_array_add (out, names);
    }
  return out;
}

/* Has this user to do with it: did he ask for it, is he asked, or did somebody delegate to him? */
static gboolean
is_involved (const SatRequest *request, const SatId *me)
{
  gboolean involved = sat_id_equal (me, &request->initiator);

  for (guint i = 0; request->plan != NULL && i < request->plan->steps->len; i++)
    involved = involved ||
               sat_ids_have (((const SatApprovalStep *) request->plan->steps->pdata[i])->asked, me);
  for (guint i = 0; i < request->decisions->len; i++)
    {
      const SatDecision *decision = &g_array_index (request->decisions, SatDecision, i);

      involved = involved || sat_id_equal (me, &decision->by) || sat_id_equal (me, &decision->to);
    }
  return involved;
}

/* But for asking again. */
static guint
may_of (SatOffice *office, const SatRequest *request, const SatApprovalInfo *info)
{
  SatWorkspace *workspace = office->workspace;
  const SatObject *decision = sat_catalogue_find (workspace->replica->catalogue,
                                                  SAT_APPROVAL_DECISION);
  SatId me = sat_workspace_me (workspace);
  gboolean waits = info->state == SAT_APPROVAL_WAITING && !info->replaced;
  gboolean admin = sat_office_is_admin (office, &me);
  guint may = 0;

  if (decision == NULL ||
      !sat_workspace_check_right (workspace, decision, SAT_RIGHT_CREATE, NULL, NULL))
    return 0;
  if (info->mine)
    may |= SAT_MAY_DECIDE;
  if (waits && info->by_me)
    may |= SAT_MAY_WITHDRAW;
  if (waits && info->by_me && info->asked->len > 0)
    may |= SAT_MAY_REMIND;
  if (waits && admin && !info->mine && !info->outdated)
    may |= SAT_MAY_OVERRIDE;
  if (admin || is_involved (request, &me))
    may |= SAT_MAY_COMMENT;
  return may;
}

static SatApprovalInfo *
info_new (SatOffice *office, const GPtrArray *requests, const SatRequest *request)
{
  SatApprovalInfo *info = g_new0 (SatApprovalInfo, 1);
  const char *object = sat_value_named (request->record, "object");
  SatId me = sat_workspace_me (office->workspace);

  info->id = request->id;
  info->name = g_strdup (sat_record_title (request->record));
  info->object = object ? sat_catalogue_find (office->workspace->replica->catalogue, object) : NULL;
  sat_id_named (request->record, "record", &info->record);
  info->initiator = request->initiator;
  info->initiator_name = sat_office_name (office, &request->initiator);
  info->note = g_strdup (sat_value_named (request->record, "note"));
  info->covered = g_strdup (request->covered);
  info->time = g_strdup (sat_value_named (request->record, "submitted_at"));
  info->plan = sat_approval_plan_read (sat_value_named (request->record, "steps"));
  info->state = request->judgement->state;
  info->step = request->judgement->step;
  info->replaced = request->replaced;
  info->asked = g_ptr_array_new_with_free_func (g_free);
  info->votes = g_ptr_array_new_with_free_func (vote_free);
  for (guint i = 0; i < request->judgement->asked->len; i++)
    g_ptr_array_add (
        info->asked,
        sat_office_name (office, &g_array_index (request->judgement->asked, SatId, i)));
  for (guint i = 0; i < request->decisions->len; i++)
    g_ptr_array_add (info->votes,
                     vote_new (office, &g_array_index (request->decisions, SatDecision, i),
                               request->written->pdata[i]));
  g_ptr_array_sort (info->votes, by_age);
  info->by_me = sat_id_equal (&me, &info->initiator);
  info->people = people_of (office, info->plan);
  compare_now (office, requests, request, info);
  info->mine = sat_ids_have (request->judgement->asked, &me) && !info->replaced && !info->outdated;
  info->may |= may_of (office, request, info);
  return info;
}

/* What is covered says values of the record: only who sees that sees the request. */
static gboolean
sees (SatWorkspace *workspace, const SatApprovalInfo *info)
{
  gboolean may = FALSE;

  return info->object != NULL &&
         sat_workspace_may_see (workspace, info->object, &info->record, &may, NULL) && may;
}

/* Values of fields that this user may not read are none of his business here either. */
static void
conceal (SatWorkspace *workspace, const SatApprovalInfo *info, char **covered)
{
  g_auto (GStrv) lines = *covered != NULL ? g_strsplit (*covered, "\n", -1) : NULL;
  GString *text = g_string_new (NULL);

  for (guint i = 0; lines != NULL && lines[i] != NULL; i++)
    {
      const char *end = strchr (lines[i], '=');
      g_autofree char *name = end != NULL ? g_strndup (lines[i], (gsize) (end - lines[i])) : NULL;
      const SatField *field = name != NULL && info->object != NULL
                                  ? sat_object_find (info->object, name)
                                  : NULL;

      if (field != NULL && sat_workspace_check_readable (workspace, field, NULL))
        g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", lines[i]);
    }
  if (lines != NULL)
    {
      g_free (*covered);
      *covered = g_strdup (text->str);
    }
  g_string_free (text, TRUE);
}

static SatApprovalInfo *
shown_new (SatOffice *office, const GPtrArray *requests, const SatRequest *request)
{
  SatApprovalInfo *info = info_new (office, requests, request);

  conceal (office->workspace, info, &info->covered);
  conceal (office->workspace, info, &info->now);
  return info;
}

/* With whatever takes its place. */
static SatApprovalInfo *
info_of (SatOffice *office, const SatId *id, const SatId *record, GError **error)
{
  g_autoptr (GPtrArray) requests = sat_requests_of (office, record, error);
  SatApprovalInfo *info = NULL;

  for (guint i = 0; requests != NULL && i < requests->len && info == NULL; i++)
    if (sat_id_equal (&((const SatRequest *) requests->pdata[i])->id, id))
      info = shown_new (office, requests, requests->pdata[i]);
  if (info == NULL && requests != NULL)
    sat_fail (error, SAT_ERROR_NOT_FOUND, N_ ("there is no such approval here"), NULL);
  return info;
}

static void
info_free (gpointer data)
{
  sat_approval_info_free (data);
}

static gboolean
is_wanted (SatWorkspace *workspace, const SatApprovalInfo *info, SatApprovalsWhich which)
{
  SatId me = sat_workspace_me (workspace);

  if (which == SAT_APPROVALS_INBOX)
    return info->mine;
  return which == SAT_APPROVALS_ALL || sat_id_equal (&me, &info->initiator);
}

/* By the status for the inbox, which a forger could only hide a request from those that may approve
 * it with. */
static GArray *
find_rows (SatWorkspace *workspace,
           const SatObject *object,
           SatApprovalsWhich which,
           gboolean newest,
           GError **error)
{
  static const char *const oldest_first[] = { "submitted_at", NULL };
  static const char *const newest_first[] = { "-submitted_at", NULL };
  g_autoptr (SatExpression) waiting = NULL;
  SatListQuery query = { .object = object,
                         .sort = newest ? newest_first : oldest_first,
                         .limit = -1 };

  if (which == SAT_APPROVALS_MINE)
    {
      query.reference = sat_object_find (object, "initiator");
      query.target = sat_workspace_me (workspace);
    }
  else if (which == SAT_APPROVALS_INBOX)
    {
      waiting = sat_expression_parse (object, "status = \"waiting\"", SAT_EXPRESSION_FILTER, NULL,
                                      error);
      if (waiting == NULL)
        return NULL;
      query.where = waiting;
    }
  return sat_list_rows (workspace->replica, &query, error);
}

/* *INFO stays NULL: it is none of WHICH, or none of this user's business. */
static gboolean
read_row (SatOffice *office,
          const SatObject *object,
          gint64 row,
          SatApprovalsWhich which,
          SatApprovalInfo **out,
          GError **error)
{
  SatWorkspace *workspace = office->workspace;
  g_autoptr (SatRecord) record = sat_list_load_row (workspace->replica, object, row, error);
  g_autoptr (SatApprovalInfo) info = NULL;
  SatId about;

  if (record == NULL)
    return FALSE;
  if (!sat_id_named (record, "record", &about))
    return TRUE;
  info = info_of (office, sat_record_id (record), &about, error);
  if (info == NULL)
    return FALSE;
  if (is_wanted (workspace, info, which) && sees (workspace, info))
    *out = g_steal_pointer (&info);
  return TRUE;
}

static GPtrArray *
read_rows (SatWorkspace *workspace,
           const SatObject *object,
           SatApprovalsWhich which,
           const GArray *rows,
           guint limit,
           gboolean *more,
           GError **error)
{
  g_autoptr (GPtrArray) out = g_ptr_array_new_with_free_func (info_free);
  g_autoptr (SatOffice) office = rows->len > 0 ? sat_office_new (workspace, error) : NULL;

  *more = FALSE;
  if (rows->len > 0 && office == NULL)
    return NULL;
  for (guint i = 0; i < rows->len; i++)
    {
      SatApprovalInfo *info = NULL;

      *more = out->len == limit;
      if (*more)
        break;
      if (!read_row (office, object, g_array_index (rows, gint64, i), which, &info, error))
        return NULL;
      if (info != NULL)
        g_ptr_array_add (out, info);
    }
  return g_steal_pointer (&out);
}

GPtrArray *
sat_workspace_approvals (SatWorkspace *workspace, SatApprovalsWhich which, GError **error)
{
  const SatObject *object = sat_workspace_object (workspace, SAT_APPROVAL, error);
  g_autoptr (GArray) rows = object ? find_rows (workspace, object, which, FALSE, error) : NULL;
  gboolean more;

  return rows != NULL ? read_rows (workspace, object, which, rows, G_MAXUINT, &more, error) : NULL;
}

GPtrArray *
sat_workspace_newest_approvals (
    SatWorkspace *workspace, SatApprovalsWhich which, guint limit, gboolean *more, GError **error)
{
  const SatObject *object = sat_workspace_object (workspace, SAT_APPROVAL, error);
  g_autoptr (GArray) rows = object ? find_rows (workspace, object, which, TRUE, error) : NULL;
  gboolean others;

  return rows != NULL
             ? read_rows (workspace, object, which, rows, limit, more ? more : &others, error)
             : NULL;
}

static int
by_time (gconstpointer a, gconstpointer b)
{
  const SatApprovalInfo *one = *(const SatApprovalInfo *const *) a;
  const SatApprovalInfo *other = *(const SatApprovalInfo *const *) b;
  int order = g_strcmp0 (one->time, other->time);

  return order != 0 ? order : sat_id_compare (&one->id, &other->id);
}

GPtrArray *
sat_workspace_approvals_of (SatWorkspace *workspace,
                            const SatObject *object,
                            const SatId *record,
                            GError **error)
{
  const SatObject *approval = sat_catalogue_find (workspace->replica->catalogue, SAT_APPROVAL);
  const SatListQuery query = { .object = approval,
                               .reference = approval ? sat_object_find (approval, "record") : NULL,
                               .target = *record,
                               .with_deleted = TRUE };
  g_autoptr (GPtrArray) out = g_ptr_array_new_with_free_func (info_free);
  g_autoptr (SatOffice) office = NULL;
  g_autoptr (GPtrArray) requests = NULL;
  gint64 n;

  /* Most records have none, and pages ask often. */
  n = approval != NULL ? sat_list_count (workspace->replica, &query, error) : 0;
  if (n <= 0)
    return n == 0 ? g_steal_pointer (&out) : NULL;
  if (!sat_workspace_check_seen (workspace, object, record, error))
    return NULL;
  office = sat_office_new (workspace, error);
  requests = office != NULL ? sat_requests_of (office, record, error) : NULL;
  if (requests == NULL)
    return NULL;
  for (guint i = 0; i < requests->len; i++)
    if (!((const SatRequest *) requests->pdata[i])->replaced)
      g_ptr_array_add (out, shown_new (office, requests, requests->pdata[i]));
  g_ptr_array_sort (out, by_time);
  return g_steal_pointer (&out);
}

gint64
sat_workspace_n_approvals (SatWorkspace *workspace, GError **error)
{
  g_autoptr (GPtrArray) all = sat_workspace_approvals (workspace, SAT_APPROVALS_INBOX, error);

  return all != NULL ? (gint64) all->len : -1;
}

SatApprovalInfo *
sat_workspace_approval (SatWorkspace *workspace, const SatId *id, GError **error)
{
  const SatObject *object = sat_workspace_object (workspace, SAT_APPROVAL, error);
  g_autoptr (SatRecord) record = object ? sat_workspace_load (workspace, object, id, error) : NULL;
  g_autoptr (SatOffice) office = record != NULL ? sat_office_new (workspace, error) : NULL;
  SatApprovalInfo *info = NULL;
  SatId about;

  if (office != NULL && sat_id_named (record, "record", &about))
    info = info_of (office, id, &about, error);
  if (info == NULL || sees (workspace, info))
    return info;
  sat_approval_info_free (info);
  sat_fail (error, SAT_ERROR_NOT_FOUND, N_ ("there is no such approval here"), NULL);
  return NULL;
}
