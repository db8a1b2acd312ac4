/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Requests as they are judged: from what was submitted, the decisions, and whose devices wrote
 * them. The status that lists show is not looked at. */
#include <string.h>

#include "core/workspace/sat-workspace-approval-private.h"

/* The one field that Satchel writes again. */
#define STATUS "status"

void
sat_request_free (SatRequest *request)
{
  if (request == NULL)
    return;
  sat_record_unref (request->record);
  sat_approval_plan_free (request->plan);
  sat_judgement_free (request->judgement);
  g_array_unref (request->decisions);
  g_ptr_array_unref (request->written);
  g_free (request);
}

/* Whether all that RECORD says was written on devices of USER. */
static SatDecisionWorth
prove (SatOffice *office, const SatRecord *record, const SatId *user)
{
  const SatObject *object = sat_record_object (record);
  gboolean own = FALSE, foreign = FALSE;

  for (guint i = 0; i < object->n_fields; i++)
    {
      guint n;
      const SatDot *dots = sat_record_dots (record, object->fields[i], &n);

      for (guint k = 0; k < n && strcmp (object->fields[i]->name, STATUS) != 0; k++)
        if (sat_id_equal (sat_office_user_of_device (office, dots[k].device), user))
          own = TRUE;
        else
          foreign = TRUE;
    }
  if (own && foreign)
    return SAT_DECISION_CHANGED;
  return own ? SAT_DECISION_COUNTS : SAT_DECISION_FORGED;
}

/* FALSE: it says nothing that could be judged. */
static gboolean
read_decision (SatOffice *office, const SatRecord *record, SatDecision *out)
{
  const char *step = sat_value_named (record, "step");

  *out = (SatDecision){ 0 };
  if (!sat_approval_verdict_parse (sat_value_named (record, "decision"), &out->verdict) ||
      !sat_id_named (record, "user", &out->by))
    return FALSE;
  sat_id_named (record, "delegate", &out->to);
  out->step = step != NULL ? (guint) g_ascii_strtoull (step, NULL, 10) : 0;
  out->is_admin = sat_office_is_admin (office, &out->by);
  out->worth = prove (office, record, &out->by);
  return TRUE;
}

/* Deleted ones too: nobody takes a decision back by deleting it. */
static gboolean
read_decisions (SatOffice *office, SatRequest *request, GError **error)
{
  SatReplica *replica = office->workspace->replica;
  const SatObject *object = sat_catalogue_find (replica->catalogue, SAT_APPROVAL_DECISION);
  const SatField *of = object != NULL ? sat_object_find (object, "approval") : NULL;
  static const char *const sort[] = { "at", NULL };
  const SatListQuery query = { .object = object,
                               .reference = of,
                               .target = request->id,
                               .sort = sort,
                               .limit = -1,
                               .with_deleted = TRUE };
  g_autoptr (GArray) rows = of != NULL ? sat_list_rows (replica, &query, error) : NULL;

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      g_autoptr (SatRecord) record = sat_list_load_row (replica, object,
                                                        g_array_index (rows, gint64, i), error);
      SatDecision decision;

      if (record == NULL)
        return FALSE;
      if (!read_decision (office, record, &decision))
        continue;
      g_array_append_val (request->decisions, decision);
      g_ptr_array_add (request->written, g_steal_pointer (&record));
    }
  return rows != NULL;
}

SatRequest *
sat_request_read (SatOffice *office, SatRecord *record, GError **error)
{
  g_autoptr (SatRequest) request = g_new0 (SatRequest, 1);
  SatDecisionWorth worth;

  request->record = record;
  request->id = *sat_record_id (record);
  sat_id_named (record, "initiator", &request->initiator);
  sat_id_named (record, "process", &request->process);
  request->covered = sat_value_named (record, "covered");
  if (request->covered == NULL)
    request->covered = "";
  request->decisions = g_array_new (FALSE, FALSE, sizeof (SatDecision));
  request->written = g_ptr_array_new_with_free_func ((GDestroyNotify) sat_record_unref);
  worth = prove (office, record, &request->initiator);
  if (worth == SAT_DECISION_COUNTS)
    request->plan = sat_approval_plan_read (sat_value_named (record, "steps"));
  if (!read_decisions (office, request, error))
    return NULL;
  request->judgement = sat_approval_judge (request->plan, &request->initiator,
                                           (SatDecision *) (void *) request->decisions->data,
                                           request->decisions->len);
  return g_steal_pointer (&request);
}

/* A void one takes the place of nothing. */
static void
mark_replaced (GPtrArray *requests)
{
  for (guint i = 0; i < requests->len; i++)
    {
      const SatRequest *later = requests->pdata[i];
      const char *text = sat_value_named (later->record, "previous");

      for (guint k = 0; text != NULL && later->plan != NULL && k < requests->len; k++)
        {
          SatRequest *earlier = requests->pdata[k];
          char id[SAT_ID_TEXT_SIZE];

          if (k != i && strstr (text, sat_id_format (&earlier->id, id)) != NULL)
            earlier->replaced = TRUE;
        }
    }
}

static void
request_free (gpointer data)
{
  sat_request_free (data);
}

GPtrArray *
sat_requests_of (SatOffice *office, const SatId *id, GError **error)
{
  SatReplica *replica = office->workspace->replica;
  const SatObject *object = sat_catalogue_find (replica->catalogue, SAT_APPROVAL);
  const SatField *of = object != NULL ? sat_object_find (object, "record") : NULL;
  const SatListQuery query = {
    .object = object, .reference = of, .target = *id, .limit = -1, .with_deleted = TRUE
  };
  g_autoptr (GPtrArray) out = g_ptr_array_new_with_free_func (request_free);
  g_autoptr (GArray) rows = of != NULL ? sat_list_rows (replica, &query, error) : NULL;

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      SatRecord *record = sat_list_load_row (replica, object, g_array_index (rows, gint64, i),
                                             error);
      SatRequest *request = record != NULL ? sat_request_read (office, record, error) : NULL;

      if (request == NULL)
        return NULL;
      g_ptr_array_add (out, request);
    }
  if (rows == NULL)
    return NULL;
  mark_replaced (out);
  return g_steal_pointer (&out);
}

/* Of those in force that are about the values as they are, a rejection goes before all else. */
SatHolds
sat_requests_hold (const GPtrArray *requests,
                   const SatProcess *process,
                   const SatApprovalSubject *subject,
                   const SatRequest **about)
{
  SatHolds holds = SAT_HOLDS_NOT;
  gboolean rejected = FALSE;

  if (about != NULL)
    *about = NULL;
  for (guint i = 0; i < requests->len && !rejected; i++)
    {
      const SatRequest *request = requests->pdata[i];
      SatApprovalState state = request->judgement->state;
      g_autofree char *now = sat_covered_again (request->covered, subject, process->object);
      SatHolds one = state == SAT_APPROVAL_APPROVED   ? SAT_HOLDS
                     : state == SAT_APPROVAL_REJECTED ? SAT_HOLDS_NO
                     : state == SAT_APPROVAL_WAITING  ? SAT_HOLDS_WAITS
                                                      : SAT_HOLDS_NOT;

      if (request->replaced || !sat_id_equal (&request->process, &process->id) ||
          strcmp (now, request->covered) != 0 || one == SAT_HOLDS_NOT)
        continue;
      rejected = one == SAT_HOLDS_NO;
      if (!rejected && one < holds)
        continue;
      holds = one;
      if (about != NULL)
        *about = request;
    }
  return holds;
}
