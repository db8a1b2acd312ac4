/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/pipeline/sat-stage-dialog.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "gtk-app/sat-message.h"
#include "gtk-app/sat-util.h"

#define CANCEL "cancel"
#define ADD "add"
#define NAME_MAX_CHARS 120

typedef struct
{
  gboolean is_pipeline;
  SatId pipeline;
  SatStageNamed func;
  gpointer data;
  GDestroyNotify free_data;
  GtkEditable *name; /* NULL: only what there is can be chosen */
} Asked;

static void
asked_free (gpointer data)
{
  Asked *asked = data;

  if (asked->free_data != NULL)
    asked->free_data (asked->data);
  g_free (asked);
}

static void
answer (const Asked *asked, const char *name, const char *choice)
{
  asked->func (name, choice, asked->is_pipeline ? NULL : &asked->pipeline, asked->data);
}

static char *
dup_name (const Asked *asked)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (asked->name)));
}

static void
name_cb (AdwMessageDialog *dialog)
{
  g_autofree char *name = dup_name (g_object_get_data (G_OBJECT (dialog), "asked"));

  adw_message_dialog_set_response_enabled (
      dialog, ADD, *name != '\0' && g_utf8_strlen (name, -1) <= NAME_MAX_CHARS);
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, Asked *asked)
{
  g_autofree char *name = NULL;

  if (!g_str_equal (response, ADD) || asked->name == NULL)
    return;
  name = dup_name (asked);
  if (*name != '\0')
    answer (asked, name, NULL);
}

static void
chosen_cb (AdwActionRow *row, AdwMessageDialog *dialog)
{
  const Asked *asked = g_object_get_data (G_OBJECT (dialog), "asked");

  answer (asked, adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)),
          g_object_get_data (G_OBJECT (row), "choice"));
  gtk_window_close (GTK_WINDOW (dialog));
}

static void
add_entry (Asked *asked, AdwMessageDialog *dialog, GtkWidget *list, const char *title)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  asked->name = GTK_EDITABLE (row);
  g_signal_connect_object (row, "changed", G_CALLBACK (name_cb), dialog, G_CONNECT_SWAPPED);
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (row), TRUE);
}

/* The stages of deals that PIPELINE has not got. */
static void
add_choices (AdwMessageDialog *dialog, GtkWidget *list, const SatPipeline *pipeline)
{
  for (guint i = 0; i < pipeline->stages->len; i++)
    {
      const SatStage *stage = pipeline->stages->pdata[i];
      GtkWidget *row;

      if (stage->is_listed || stage->choice->retired)
        continue;
      row = adw_action_row_new ();
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), sat_here (stage->choice->label));
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      g_object_set_data_full (G_OBJECT (row), "choice", g_strdup (stage->choice->name), g_free);
      g_signal_connect_object (row, "activated", G_CALLBACK (chosen_cb), dialog, 0);
      gtk_list_box_append (GTK_LIST_BOX (list), row);
    }
}

static const char *
text_of (const Asked *asked, gboolean choices)
{
  if (asked->is_pipeline)
    return _ ("It begins with the stages that are built in.");
  if (choices && asked->name != NULL)
    return _ ("Choose one that deals know already, or name a new one.");
  return choices ? _ ("Choose one that deals know already.") : "";
}

void
sat_stage_dialog_show (GtkWidget *widget,
                       const SatPipeline *pipeline,
                       gboolean invent,
                       SatStageNamed func,
                       gpointer data,
                       GDestroyNotify free_data)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (
      adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (widget)), NULL, NULL));
  GtkWidget *list = gtk_list_box_new ();
  Asked *asked = g_new0 (Asked, 1);
  gboolean choices;

  asked->is_pipeline = pipeline == NULL;
  asked->func = func;
  asked->data = data;
  asked->free_data = free_data;
  if (pipeline != NULL)
    asked->pipeline = pipeline->id;
  g_object_set_data_full (G_OBJECT (dialog), "asked", asked, asked_free);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  if (pipeline == NULL || invent)
    add_entry (asked, dialog, list, pipeline == NULL ? _ ("Name") : _ ("Name of a new stage"));
  if (pipeline != NULL)
    add_choices (dialog, list, pipeline);
  choices = asked->name == NULL ? gtk_widget_get_first_child (list) != NULL
                                : gtk_widget_get_next_sibling (GTK_WIDGET (asked->name)) != NULL;
  sat_message_fill (dialog, pipeline == NULL ? _ ("New Pipeline") : _ ("Add a Stage"),
                    text_of (asked, choices), list);
  adw_message_dialog_add_response (dialog, CANCEL, _ ("_Cancel"));
  adw_message_dialog_set_close_response (dialog, CANCEL);
  if (asked->name != NULL)
    {
      adw_message_dialog_add_response (dialog, ADD, _ ("_Add"));
      adw_message_dialog_set_response_appearance (dialog, ADD, ADW_RESPONSE_SUGGESTED);
      adw_message_dialog_set_response_enabled (dialog, ADD, FALSE);
      adw_message_dialog_set_default_response (dialog, ADD);
    }
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), asked);
  gtk_window_present (GTK_WINDOW (dialog));
}
