/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/approval/sat-approval-deed.h"

#include <glib/gi18n.h>

#include "gtk-app/approval/sat-approval-ask.h"
#include "gtk-app/approval/sat-approval-question.h"
#include "gtk-app/sat-util.h"

/* What is to be done, from the question to the end. */
typedef struct
{
  GtkWidget *widget;
  SatService *service;
  SatApprovalAct act;
  SatId id;
  SatId initiator;
  char *title; /* of the record */
} Deed;

static Deed *
deed_new (
    GtkWidget *widget, SatService *service, const SatId *id, const char *title, SatApprovalAct act)
{
  Deed *deed = g_new0 (Deed, 1);

  deed->widget = g_object_ref (widget);
  deed->service = g_object_ref (service);
  deed->act = act;
  deed->id = *id;
  deed->title = g_strdup (title);
  return deed;
}

static void
deed_free (gpointer data)
{
  Deed *deed = data;

  g_object_unref (deed->widget);
  g_object_unref (deed->service);
  g_free (deed->title);
  g_free (deed);
}

/* ---- telling ------------------------------------------------------------------------------- */

/* A decision is not the end where others are asked, too. */
static char *
decided_text (const Deed *deed, const SatApprovalInfo *info)
{
  static const char *const words[] = {
    N_ ("“%s” waits for others now"), N_ ("“%s” is approved"), N_ ("“%s” is rejected"),
    N_ ("“%s” is withdrawn"),         N_ ("“%s” is void"),
  };
  const char *const args[] = { deed->title, NULL };

  if (deed->act == SAT_ACT_COMMENT)
    return g_strdup (_ ("Your comment is with the approval"));
  if (deed->act == SAT_ACT_DELEGATE)
    return g_strdup (_ ("Delegated; you can still decide yourself"));
  return sat_error_fill (_ (words[info->state]), args);
}

static void
decided_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Deed *deed = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SatApprovalInfo) info = sat_service_finish (SAT_SERVICE (source), result, &error);
  g_autofree char *text = info != NULL ? decided_text (deed, info) : NULL;

  if (info == NULL)
    sat_toast_error (deed->widget, error, NULL);
  else
    sat_toast (deed->widget, text, NULL, NULL, NULL, NULL);
  deed_free (deed);
}

static void
reminded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Deed *deed = data;
  g_autoptr (GError) error = NULL;
  guint told = GPOINTER_TO_UINT (sat_service_finish (SAT_SERVICE (source), result, &error));
  g_autofree char *text = g_strdup_printf (
      ngettext ("%u person gets a notice", "%u people get a notice", told), told);

  if (error != NULL)
    sat_toast_error (deed->widget, error, NULL);
  else
    sat_toast (deed->widget, text, NULL, NULL, NULL, NULL);
  deed_free (deed);
}

/* ---- doing --------------------------------------------------------------------------------- */

static SatApprovalVerdict
verdict_of (const Deed *deed, const char *response)
{
  switch (deed->act)
    {
    case SAT_ACT_REJECT:
      return SAT_VERDICT_REJECTED;
    case SAT_ACT_DELEGATE:
      return SAT_VERDICT_DELEGATED;
    case SAT_ACT_WITHDRAW:
      return SAT_VERDICT_WITHDRAWN;
    case SAT_ACT_COMMENT:
      return SAT_VERDICT_COMMENTED;
    case SAT_ACT_OVERRIDE:
      return g_str_equal (response, SAT_APPROVAL_OTHER) ? SAT_VERDICT_REJECTED
                                                        : SAT_VERDICT_APPROVED;
    case SAT_ACT_APPROVE:
    case SAT_ACT_AGAIN:
    case SAT_ACT_REMIND:
      break;
    }
  return SAT_VERDICT_APPROVED;
}

static void
answer_cb (const char *response, const char *note, const char *login, gpointer data)
{
  const Deed *asked = data;
  Deed *deed = deed_new (asked->widget, asked->service, &asked->id, asked->title, asked->act);

  if (deed->act == SAT_ACT_REMIND)
    sat_approvals_work_remind (deed->service, &deed->id, note, reminded_cb, deed);
  else
    sat_approvals_work_decide (deed->service, &deed->id, verdict_of (deed, response),
                               deed->act == SAT_ACT_OVERRIDE, note, login, decided_cb, deed);
}

/* ---- asking -------------------------------------------------------------------------------- */

typedef struct
{
  const char *heading, *text, *note, *yes;
  gboolean note_needed, destructive;
} Words;

static const Words *
words_of (SatApprovalAct act)
{
  static const Words words[] = {
    [SAT_ACT_APPROVE] = { N_ ("Approve “%s”?"),
                          N_ ("This cannot be taken back: the values stay approved as long as "
                              "they are what they are."),
                          N_ ("Comment"), N_ ("_Approve"), FALSE, FALSE },
    [SAT_ACT_REJECT] = { N_ ("Reject “%s”?"),
                         N_ ("A rejection goes before any approval, until somebody asks again."),
                         N_ ("Why"), N_ ("_Reject"), FALSE, TRUE },
    [SAT_ACT_DELEGATE] = { N_ ("Who Decides “%s”?"),
                           N_ ("Somebody else decides in your place. You can still decide "
                               "yourself."),
                           N_ ("Comment"), N_ ("_Delegate"), FALSE, FALSE },
    [SAT_ACT_OVERRIDE] = { N_ ("Decide “%s” Yourself?"),
                           N_ ("Nobody has asked you: as an administrator you decide all steps "
                               "at once, and everybody sees that you did."),
                           N_ ("Why"), N_ ("_Approve"), FALSE, FALSE },
    [SAT_ACT_REMIND] = { N_ ("Remind of “%s”?"), N_ ("Everybody for whom it waits gets a notice."),
                         N_ ("Text of the notice"), N_ ("_Remind"), FALSE, FALSE },
    [SAT_ACT_COMMENT] = { N_ ("A Comment on “%s”"), N_ ("Everybody who sees the approval sees it."),
                          N_ ("Comment"), N_ ("_Comment"), TRUE, FALSE },
    [SAT_ACT_WITHDRAW] = { N_ ("Withdraw “%s”?"),
                           N_ ("Nobody is asked any more. You can ask again."), N_ ("Comment"),
                           N_ ("_Withdraw"), FALSE, TRUE },
  };

  return &words[act];
}

/* Takes DEED over. PEOPLE NULL: nobody is to be chosen. */
static void
ask (Deed *deed, const GPtrArray *people)
{
  const Words *words = words_of (deed->act);
  const char *const args[] = { deed->title, NULL };
  g_autofree char *heading = sat_error_fill (_ (words->heading), args);
  const SatApprovalQuestion question = { .heading = heading,
                                         .text = _ (words->text),
                                         .note = _ (words->note),
                                         .note_needed = words->note_needed,
                                         .person = people != NULL ? _ ("Who decides") : NULL,
                                         .people = people,
                                         .yes = _ (words->yes),
                                         .destructive = words->destructive,
                                         .other = deed->act == SAT_ACT_OVERRIDE ? _ ("_Reject")
                                                                                : NULL };

  sat_approval_question_show (deed->widget, &question, answer_cb, deed, deed_free);
}

/* Who asked for it cannot decide it. */
static void
drop_initiator (GPtrArray *people, const SatId *initiator)
{
  for (guint i = people->len; i > 0; i--)
    if (sat_id_equal (&((const SatApprovalPerson *) people->pdata[i - 1])->id, initiator))
      g_ptr_array_remove_index (people, i - 1);
}

static void
people_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Deed *deed = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) people = sat_service_finish (SAT_SERVICE (source), result, &error);

  if (people != NULL && gtk_widget_get_root (deed->widget) != NULL)
    {
      drop_initiator (people, &deed->initiator);
      ask (deed, people);
      return;
    }
  if (people == NULL)
    sat_toast_error (deed->widget, error, NULL);
  deed_free (deed);
}

void
sat_approval_deed_ask (GtkWidget *widget,
                       SatService *service,
                       const SatApprovalPicture *picture,
                       SatApprovalAct act)
{
  const SatApprovalInfo *info = picture->info;
  Deed *deed;

  if (act == SAT_ACT_AGAIN)
    {
      sat_approval_ask_record (widget, service, info->object, &info->record, NULL);
      return;
    }
  deed = deed_new (widget, service, &info->id, info->title != NULL ? info->title : info->name, act);
  deed->initiator = info->initiator;
  if (act == SAT_ACT_DELEGATE)
    sat_approvals_work_people (service, people_cb, deed);
  else
    ask (deed, NULL);
}
