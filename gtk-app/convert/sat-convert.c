/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/convert/sat-convert.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "core/base/sat-error.h"
#include "core/workspace/sat-workspace-convert.h"
#include "core/workspace/sat-workspace-undo.h"
#include "gtk-app/approval/sat-approval-ask.h"
#include "gtk-app/sat-message.h"
#include "gtk-app/sat-undo.h"
#include "gtk-app/sat-util.h"

#define NO "cancel"
#define YES "convert"
#define SAME "same"
#define OTHER "other"

/* What is wanted, from the question to the end. */
typedef struct
{
  GtkWidget *widget;
  SatService *service;
  SatId lead;
  char *deal; /* NULL: none */
  gboolean is_same, is_other;
  SatId customer; /* if it is the same */
} Wish;

static Wish *
wish_new (GtkWidget *widget, SatService *service, const SatId *lead)
{
  Wish *wish = g_new0 (Wish, 1);

  wish->widget = g_object_ref (widget);
  wish->service = g_object_ref (service);
  wish->lead = *lead;
  return wish;
}

static Wish *
wish_copy (const Wish *from)
{
  Wish *wish = wish_new (from->widget, from->service, &from->lead);

  wish->deal = g_strdup (from->deal);
  wish->is_same = from->is_same;
  wish->is_other = from->is_other;
  wish->customer = from->customer;
  return wish;
}

static void
wish_free (Wish *wish)
{
  g_object_unref (wish->widget);
  g_object_unref (wish->service);
  g_free (wish->deal);
  g_free (wish);
}

/* ---- on the service's thread --------------------------------------------------------------- */

typedef struct
{
  SatConverted converted;
  gint64 step;
  char *known; /* the name of a customer who is here already: nothing was done */
  gboolean is_one;
  SatId customer; /* then that one */
} Outcome;

static void
outcome_free (gpointer data)
{
  Outcome *outcome = data;

  if (outcome != NULL)
    g_free (outcome->known);
  g_free (outcome);
}

/* There are customers of the name that the lead's will have. */
static gboolean
look_at_known (SatWorkspace *workspace, const Wish *wish, Outcome *outcome, GError **error)
{
  const SatObject *lead = sat_workspace_object (workspace, SAT_LEAD, error);
  const SatObject *customer = lead ? sat_workspace_object (workspace, "customer", error) : NULL;
  g_autoptr (SatRecord) record = customer ? sat_workspace_load (workspace, lead, &wish->lead, error)
                                          : NULL;
  g_autofree char *word = NULL;

  if (record == NULL)
    return FALSE;
  outcome->known = g_strdup (sat_lead_customer_name (record));
  word = g_strconcat ("/", outcome->known, NULL);
  outcome->is_one = sat_workspace_find (workspace, customer, word, &outcome->customer, NULL);
  return TRUE;
}

static gpointer
convert (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  const Wish *wish = data;
  const SatConvertOptions options = { .customer = wish->is_same ? &wish->customer : NULL,
                                      .deal = wish->deal,
                                      .even_if_known = wish->is_other };
  Outcome *outcome = g_new0 (Outcome, 1);
  g_autoptr (GError) problem = NULL;

  if (sat_workspace_convert (workspace, &wish->lead, &options, &outcome->converted, &problem))
    {
      outcome->step = sat_workspace_last_step (workspace);
      return outcome;
    }
  if (g_error_matches (problem, SAT_ERROR, SAT_ERROR_AMBIGUOUS) &&
      look_at_known (workspace, wish, outcome, NULL))
    return outcome;
  outcome_free (outcome);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

/* ---- asking -------------------------------------------------------------------------------- */

static void run (Wish *wish);

static AdwMessageDialog *
dialog_new (Wish *wish, const char *heading, const char *text, GtkWidget *content)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (wish->widget)), NULL,
                                              NULL);

  sat_message_fill (ADW_MESSAGE_DIALOG (dialog), heading, text, content);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), NO, _ ("_Cancel"));
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), NO);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), NO);
  g_object_set_data_full (G_OBJECT (dialog), "wish", wish, (GDestroyNotify) wish_free);
  return ADW_MESSAGE_DIALOG (dialog);
}

static Wish *
wish_of (AdwMessageDialog *dialog)
{
  return wish_copy (g_object_get_data (G_OBJECT (dialog), "wish"));
}

static void
known_cb (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  Wish *wish;

  if (g_str_equal (response, NO))
    return;
  wish = wish_of (dialog);
  wish->is_same = g_str_equal (response, SAME);
  wish->is_other = !wish->is_same;
  run (wish);
}

static void
ask_which (const Wish *before, const Outcome *outcome)
{
  Wish *wish = wish_copy (before);
  /* Translators: %s is the name of a customer. */
  g_autofree char *heading = g_strdup_printf (_ ("Is It the “%s” Who Is Here?"), outcome->known);
  AdwMessageDialog *dialog;

  wish->customer = outcome->customer;
  dialog = dialog_new (
      wish, heading,
      outcome->is_one
          ? _ ("There is a customer of that name already. If it is the same one, the contact and "
               "the deal go there, and the customer stays as it is.")
          : _ ("There are several customers of that name already. To take one of them, convert "
               "the lead in a terminal and name it: satchel convert --customer."),
      NULL);
  adw_message_dialog_add_response (dialog, OTHER, _ ("_Another Customer"));
  if (outcome->is_one)
    adw_message_dialog_add_response (dialog, SAME, _ ("The _Same"));
  g_signal_connect (dialog, "response", G_CALLBACK (known_cb), NULL);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
converted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Wish *wish = data;
  g_autoptr (GError) error = NULL;
  Outcome *outcome = sat_service_finish (SAT_SERVICE (source), result, &error);
  char id[SAT_ID_TEXT_SIZE];

  if (g_error_matches (error, SAT_ERROR, SAT_ERROR_APPROVAL))
    sat_approval_ask_record (wish->widget, wish->service,
                             sat_catalogue_find (sat_service_catalogue (wish->service), SAT_LEAD),
                             &wish->lead, error);
  else if (outcome == NULL)
    sat_toast_error (wish->widget, error, NULL);
  else if (outcome->known != NULL)
    ask_which (wish, outcome);
  else
    {
      gtk_widget_activate_action (wish->widget, "win.open", "(ss)", "customer",
                                  sat_id_format (&outcome->converted.customer, id));
      sat_undo_offer (wish->widget, wish->service, _ ("The lead is converted"), outcome->step);
    }
  outcome_free (outcome);
  wish_free (wish);
}

/* Takes WISH over. */
static void
run (Wish *wish)
{
  sat_service_write (wish->service, convert, wish_copy (wish), (GDestroyNotify) wish_free,
                     outcome_free, NULL, converted_cb, wish);
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, GtkEditable *deal)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (deal)));
  Wish *wish;

  if (!g_str_equal (response, YES))
    return;
  wish = wish_of (dialog);
  if (*name != '\0')
    wish->deal = g_steal_pointer (&name);
  run (wish);
}

void
sat_convert_ask (GtkWidget *widget, SatService *service, const SatId *lead)
{
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *deal = adw_entry_row_new ();
  AdwMessageDialog *dialog;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (deal),
                                 _ ("Name of the deal, if there is one"));
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (list), deal);
  dialog = dialog_new (wish_new (widget, service, lead), _ ("Convert the Lead?"),
                       _ ("Its company becomes a customer and the person a contact there; without "
                          "a company it becomes a customer alone. The lead stays as it is, and "
                          "says what it became."),
                       list);
  adw_message_dialog_add_response (dialog, YES, _ ("Con_vert"));
  adw_message_dialog_set_response_appearance (dialog, YES, ADW_RESPONSE_SUGGESTED);
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), deal);
  gtk_window_present (GTK_WINDOW (dialog));
}
