/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/approval/sat-approval-ask.h"

#include <glib/gi18n.h>

#include "gtk-app/approval/sat-approval-question.h"
#include "gtk-app/approval/sat-approvals-work.h"
#include "gtk-app/sat-error-text.h"
#include "gtk-app/sat-util.h"

static void
show_approvals_cb (const char *response, const char *note, const char *login, gpointer data)
{
  gtk_widget_activate_action (GTK_WIDGET (data), "win.show", "s", "approvals");
}

void
sat_approval_tell (GtkWidget *widget, const GError *error)
{
  g_autofree char *text = sat_error_text (error);
  const SatApprovalQuestion question = { .heading = _ ("An Approval Is Missing"),
                                         .text = text,
                                         .yes = _ ("_Show Approvals") };

  sat_approval_question_show (widget, &question, show_approvals_cb, g_object_ref (widget),
                              g_object_unref);
}

/* ---- words --------------------------------------------------------------------------------- */

/* Whom OFFER asks, as a sentence. */
static char *
asks_text (const SatApprovalOffer *offer)
{
  g_autofree char *names = sat_approval_names (offer->asked);

  if (offer->problem != NULL)
    return sat_error_text (offer->problem);
  if (offer->own)
    return g_strdup (_ ("It is within your own limit: it is approved at once."));
  if (offer->chosen)
    return g_strdup (_ ("You choose who decides."));
  if (offer->asked->len == 0)
    return g_strdup (_ ("Nobody has to be asked: it is approved at once."));
  /* Translators: %s are people. */
  return g_strdup_printf (_ ("It asks: %s."), names);
}

static char *
offer_text (const SatApprovalOffer *offer)
{
  g_autofree char *asks = asks_text (offer);
  g_autofree char *what = NULL;

  if (offer->rejected)
    /* Translators: %s is a process of approvals. */
    what = g_strdup_printf (_ ("The approval (%s) was rejected for the values that the record has; "
                               "this asks once more."),
                            offer->name);
  else
    /* Translators: %s is a process of approvals. */
    what = g_strdup_printf (_ ("What is approved (%s) are the values that the record has now."),
                            offer->name);
  return g_strdup_printf ("%s\n\n%s", what, asks);
}

/* ---- a record as it is --------------------------------------------------------------------- */

typedef struct
{
  GtkWidget *widget;
  SatService *service;
  const SatObject *object;
  SatId record;
  GError *why;
  char *process;
  gboolean again;
} Asking;

static void
asking_free (gpointer data)
{
  Asking *asking = data;

  g_object_unref (asking->widget);
  g_object_unref (asking->service);
  g_clear_error (&asking->why);
  g_free (asking->process);
  g_free (asking);
}

static void
submitted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) widget = data;
  g_autoptr (GError) error = NULL;

  if (sat_service_finish (SAT_SERVICE (source), result, &error) == NULL)
    sat_toast_error (widget, error, NULL);
  else
    sat_toast (widget, _ ("The approval is asked for"), NULL, NULL, NULL, NULL);
}

static void
ask_cb (const char *response, const char *note, const char *login, gpointer data)
{
  const Asking *asking = data;

  sat_approvals_work_submit (asking->service, asking->object, &asking->record, asking->process,
                             asking->again, note, login, submitted_cb,
                             g_object_ref (asking->widget));
}

/* Takes ASKING over. */
static void
ask_offer (Asking *asking, const SatApprovalAbout *about)
{
  const SatApprovalOffer *offer = about->offers->pdata[0];
  g_autofree char *text = offer_text (offer);
  SatApprovalQuestion question = { .heading = asking->why != NULL ? _ ("An Approval Is Missing")
                                                                  : _ ("Ask for an Approval?"),
                                   .text = text };

  if (offer->problem == NULL)
    {
      question.note = _ ("Note for those who decide");
      question.yes = _ ("_Ask for Approval");
      question.person = offer->chosen ? _ ("Who decides") : NULL;
      question.people = about->people;
    }
  asking->process = sat_id_dup_text (&offer->process);
  asking->again = offer->rejected;
  sat_approval_question_show (asking->widget, &question, ask_cb, asking, asking_free);
}

static void
about_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Asking *asking = data;
  g_autoptr (GError) error = NULL;
  SatApprovalAbout *about = sat_service_finish (SAT_SERVICE (source), result, &error);

  if (about == NULL && asking->why == NULL)
    sat_toast_error (asking->widget, error, NULL);
  else if (gtk_widget_get_root (asking->widget) != NULL)
    {
      if (about != NULL && about->offers->len > 0)
        ask_offer (g_steal_pointer (&asking), about);
      else if (asking->why != NULL)
        sat_approval_tell (asking->widget, asking->why);
      else
        sat_toast (asking->widget,
                   _ ("There is nothing to ask for: it waits, is approved, or "
                      "needs no approval"),
                   NULL, NULL, NULL, NULL);
    }
  sat_approval_about_free (about);
  if (asking != NULL)
    asking_free (asking);
}

void
sat_approval_ask_record (GtkWidget *widget,
                         SatService *service,
                         const SatObject *object,
                         const SatId *record,
                         const GError *why)
{
  Asking *asking = g_new0 (Asking, 1);

  asking->widget = g_object_ref (widget);
  asking->service = g_object_ref (service);
  asking->object = object;
  asking->record = *record;
  asking->why = why != NULL ? g_error_copy (why) : NULL;
  sat_approvals_work_about (service, object, record, NULL, about_cb, asking);
}

/* ---- a save that was refused --------------------------------------------------------------- */

typedef struct
{
  GtkWidget *widget;
  SatApprovalSave save;
  gpointer data;
  GDestroyNotify free_data;
} Refused;

static void
refused_free (gpointer data)
{
  Refused *refused = data;

  if (refused->free_data != NULL)
    refused->free_data (refused->data);
  g_object_unref (refused->widget);
  g_free (refused);
}

/* The offers of NEED that nobody has been asked for yet, or that have; joined in one. */
typedef struct
{
  GPtrArray *names;  /* of processes; borrowed */
  GPtrArray *people; /* borrowed */
  gboolean rejected, chosen;
  const SatApprovalOffer *problem; /* one that cannot be asked for */
} Summary;

static void
summary_clear (Summary *summary)
{
  g_clear_pointer (&summary->names, g_ptr_array_unref);
  g_clear_pointer (&summary->people, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Summary, summary_clear)

static Summary
sum_up (const SatApprovalNeed *need, gboolean waits)
{
  Summary summary = { .names = g_ptr_array_new (), .people = g_ptr_array_new () };

  for (guint i = 0; i < need->offers->len; i++)
    {
      const SatApprovalOffer *offer = need->offers->pdata[i];

      if (offer->waits != waits)
        continue;
      g_ptr_array_add (summary.names, offer->name);
      summary.rejected = summary.rejected || offer->rejected;
      summary.chosen = summary.chosen || offer->chosen;
      if (offer->problem != NULL && summary.problem == NULL)
        summary.problem = offer;
      for (guint k = 0; k < offer->asked->len; k++)
        if (!g_ptr_array_find_with_equal_func (summary.people, offer->asked->pdata[k], g_str_equal,
                                               NULL))
          g_ptr_array_add (summary.people, offer->asked->pdata[k]);
    }
  return summary;
}

static char *
fields_text (const GPtrArray *fields)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();

  for (guint i = 0; i < fields->len; i++)
    g_ptr_array_add (labels, (gpointer) sat_here (((const SatField *) fields->pdata[i])->label));
  return sat_approval_names (labels);
}

static char *
waits_text (const SatApprovalNeed *need, const Summary *waiting)
{
  g_autofree char *names = sat_approval_names (waiting->names);
  g_autofree char *people = sat_approval_names (waiting->people);

  /* Translators: a record, a process of approvals, people. */
  return g_strdup_printf (_ ("“%s” waits for an approval (%s) by %s. Nothing was saved: save again "
                             "once it is approved."),
                          need->title, names, people);
}

static char *
reached_text (const SatApprovalNeed *need)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  g_autofree char *names = NULL;

  for (guint i = 0; i < need->offers->len; i++)
    g_ptr_array_add (all, ((const SatApprovalOffer *) need->offers->pdata[i])->name);
  names = sat_approval_names (all);
  /* Translators: a record, a process of approvals. */
  return g_strdup_printf (_ ("“%s” is already where such values need an approval (%s). Take it "
                             "back from there and save, ask for the approval, and go on once it "
                             "is given."),
                          need->title != NULL ? need->title : "", names);
}

static char *
needs_text (const SatApprovalNeed *need, const Summary *missing)
{
  g_autofree char *names = sat_approval_names (missing->names);
  g_autofree char *people = sat_approval_names (missing->people);
  g_autofree char *fields = fields_text (need->left_out);
  GString *text = g_string_new (NULL);

  if (missing->rejected)
    /* Translators: a record, a process of approvals. */
    g_string_append_printf (text, _ ("The approval of “%s” (%s) was rejected for these values."),
                            need->title, names);
  else
    /* Translators: a record, a process of approvals. */
    g_string_append_printf (text, _ ("“%s” needs an approval (%s) first."), need->title, names);
  if (missing->problem != NULL)
    {
      g_autofree char *problem = sat_error_text (missing->problem->problem);

      g_string_append_printf (text, "\n\n%s", problem);
      return g_string_free (text, FALSE);
    }
  g_string_append (text, "\n\n");
  if (missing->chosen)
    g_string_append (text, _ ("You choose who decides."));
  else if (missing->people->len > 0)
    /* Translators: %s are people. */
    g_string_append_printf (text, _ ("It asks: %s."), people);
  else
    g_string_append (text, _ ("Nobody has to be asked: it is approved at once."));
  g_string_append (text, "\n\n");
  /* Translators: %s are fields. */
  g_string_append_printf (text,
                          _ ("Asking saves everything but “%s”: that follows once it is "
                             "approved."),
                          fields);
  return g_string_free (text, FALSE);
}

static void
save_cb (const char *response, const char *note, const char *login, gpointer data)
{
  const Refused *refused = data;

  refused->save (note, login, refused->data);
}

static void
show_cb (const char *response, const char *note, const char *login, gpointer data)
{
  const Refused *refused = data;

  gtk_widget_activate_action (refused->widget, "win.show", "s", "approvals");
}

/* Takes REFUSED over. */
static void
show_lack (Refused *refused, const SatApprovalLack *lack)
{
  g_auto (Summary) missing = sum_up (lack->need, FALSE);
  g_auto (Summary) waiting = sum_up (lack->need, TRUE);
  SatApprovalQuestion question = { .heading = _ ("An Approval Is Missing") };
  g_autofree char *text = NULL;

  if (lack->need->reached)
    text = reached_text (lack->need);
  else if (missing.names->len == 0)
    {
      text = waits_text (lack->need, &waiting);
      question.heading = _ ("It Waits for an Approval");
      question.yes = _ ("_Show Approvals");
    }
  else
    {
      text = needs_text (lack->need, &missing);
      if (missing.problem == NULL)
        {
          question.note = _ ("Note for those who decide");
          question.yes = _ ("_Ask for Approval");
          question.person = missing.chosen ? _ ("Who decides") : NULL;
          question.people = lack->people;
        }
    }
  question.text = text;
  sat_approval_question_show (refused->widget, &question,
                              missing.names->len == 0 ? show_cb : save_cb, refused, refused_free);
}

static void
need_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Refused *refused = data;
  g_autoptr (GError) error = NULL;
  SatApprovalLack *lack = sat_service_finish (SAT_SERVICE (source), result, &error);

  if (lack != NULL && gtk_widget_get_root (refused->widget) != NULL)
    show_lack (refused, lack);
  else
    {
      if (lack == NULL)
        sat_toast_error (refused->widget, error, NULL);
      refused_free (refused);
    }
  sat_approval_lack_free (lack);
}

void
sat_approval_ask_refused (GtkWidget *widget,
                          SatService *service,
                          GPtrArray *drafts,
                          SatApprovalSave save,
                          gpointer data,
                          GDestroyNotify free_data)
{
  Refused *refused = g_new0 (Refused, 1);

  refused->widget = g_object_ref (widget);
  refused->save = save;
  refused->data = data;
  refused->free_data = free_data;
  sat_approvals_work_need (service, drafts, need_cb, refused);
}
