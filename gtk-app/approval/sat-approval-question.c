/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/approval/sat-approval-question.h"

#include <glib/gi18n.h>

#include "core/workspace/sat-workspace-approval.h"
#include "gtk-app/sat-message.h"
#include "gtk-app/sat-util.h"

#define CLOSE "close"

typedef struct
{
  GtkEditable *note; /* NULL: there is none */
  GtkDropDown *drop; /* NULL: nobody is chosen */
  GPtrArray *logins; /* char *, beside what DROP shows after its first line */
  gboolean note_needed;
  SatApprovalAnswer answer;
  gpointer data;
  GDestroyNotify free_data;
} Asked;

static void
asked_free (gpointer data)
{
  Asked *asked = data;

  if (asked->free_data != NULL)
    asked->free_data (asked->data);
  g_ptr_array_unref (asked->logins);
  g_free (asked);
}

static char *
dup_note (const Asked *asked)
{
  return asked->note != NULL ? g_strstrip (g_strdup (gtk_editable_get_text (asked->note)))
                             : g_strdup ("");
}

static const char *
login_of (const Asked *asked)
{
  guint at = asked->drop != NULL ? gtk_drop_down_get_selected (asked->drop) : 0;

  return at > 0 && at <= asked->logins->len ? asked->logins->pdata[at - 1] : NULL;
}

static void
changed_cb (AdwMessageDialog *dialog)
{
  const Asked *asked = g_object_get_data (G_OBJECT (dialog), "asked");
  g_autofree char *note = dup_note (asked);
  gboolean enough = (!asked->note_needed || *note != '\0') &&
                    (asked->drop == NULL || login_of (asked) != NULL);

  if (adw_message_dialog_has_response (dialog, SAT_APPROVAL_YES))
    adw_message_dialog_set_response_enabled (dialog, SAT_APPROVAL_YES, enough);
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, const Asked *asked)
{
  g_autofree char *note = dup_note (asked);

  if (!g_str_equal (response, CLOSE))
    asked->answer (response, note, login_of (asked), asked->data);
}

static void
add_note (Asked *asked, AdwMessageDialog *dialog, GtkListBox *list, const char *caption)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), caption);
  gtk_list_box_append (list, row);
  asked->note = GTK_EDITABLE (row);
  g_signal_connect_object (row, "changed", G_CALLBACK (changed_cb), dialog, G_CONNECT_SWAPPED);
}

/* Found by typing, as there may be many. */
static void
add_people (Asked *asked,
            AdwMessageDialog *dialog,
            GtkListBox *list,
            const SatApprovalQuestion *question)
{
  GtkWidget *row = adw_action_row_new ();
  GtkStringList *names = gtk_string_list_new (NULL);
  GtkWidget *drop;

  gtk_string_list_append (names, _ ("Choose…"));
  for (guint i = 0; i < question->people->len; i++)
    {
      const SatApprovalPerson *person = question->people->pdata[i];

      gtk_string_list_append (names, person->name);
      g_ptr_array_add (asked->logins, g_strdup (person->login));
    }
  drop = gtk_drop_down_new (G_LIST_MODEL (names),
                            gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string"));
  gtk_drop_down_set_enable_search (GTK_DROP_DOWN (drop), TRUE);
  gtk_widget_set_valign (drop, GTK_ALIGN_CENTER);
  sat_name_widget (drop, question->person);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), question->person);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), drop);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), drop);
  gtk_list_box_append (list, row);
  asked->drop = GTK_DROP_DOWN (drop);
  g_signal_connect_object (drop, "notify::selected", G_CALLBACK (changed_cb), dialog,
                           G_CONNECT_SWAPPED);
}

static GtkWidget *
make_content (Asked *asked, AdwMessageDialog *dialog, const SatApprovalQuestion *question)
{
  GtkWidget *list;

  if (question->note == NULL && question->person == NULL)
    return NULL;
  list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  if (question->person != NULL)
    add_people (asked, dialog, GTK_LIST_BOX (list), question);
  if (question->note != NULL)
    add_note (asked, dialog, GTK_LIST_BOX (list), question->note);
  return list;
}

static void
add_answers (AdwMessageDialog *dialog, const SatApprovalQuestion *question)
{
  adw_message_dialog_add_response (dialog, CLOSE,
                                   question->yes != NULL ? _ ("_Cancel") : _ ("_Close"));
  adw_message_dialog_set_default_response (dialog, CLOSE);
  adw_message_dialog_set_close_response (dialog, CLOSE);
  if (question->other != NULL)
    adw_message_dialog_add_response (dialog, SAT_APPROVAL_OTHER, question->other);
  if (question->yes == NULL)
    return;
  adw_message_dialog_add_response (dialog, SAT_APPROVAL_YES, question->yes);
  adw_message_dialog_set_response_appearance (dialog, SAT_APPROVAL_YES,
                                              question->destructive ? ADW_RESPONSE_DESTRUCTIVE
                                                                    : ADW_RESPONSE_SUGGESTED);
}

GtkWindow *
sat_approval_question_show (GtkWidget *widget,
                            const SatApprovalQuestion *question,
                            SatApprovalAnswer answer,
                            gpointer data,
                            GDestroyNotify free_data)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (
      adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (widget)), NULL, NULL));
  Asked *asked = g_new0 (Asked, 1);

  asked->logins = g_ptr_array_new_with_free_func (g_free);
  asked->note_needed = question->note_needed;
  asked->answer = answer;
  asked->data = data;
  asked->free_data = free_data;
  g_object_set_data_full (G_OBJECT (dialog), "asked", asked, asked_free);
  sat_message_fill (dialog, question->heading, question->text,
                    make_content (asked, dialog, question));
  add_answers (dialog, question);
  changed_cb (dialog);
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), asked);
  gtk_window_present (GTK_WINDOW (dialog));
  return GTK_WINDOW (dialog);
}
