/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/pipeline/sat-gate-dialog.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "core/workspace/sat-workspace-pipeline.h"
#include "gtk-app/sat-error-text.h"
#include "gtk-app/sat-message.h"

#define CLOSE "close"
#define ANYWAY "anyway"

typedef struct
{
  GtkWidget *widget;
  char *text;
  SatGateForce force;
  gpointer data;
  GDestroyNotify free_data;
  GtkEditable *reason; /* NULL: the person may not */
} Gate;

static void
gate_free (gpointer data)
{
  Gate *gate = data;

  gate->free_data (gate->data);
  g_object_unref (gate->widget);
  g_free (gate->text);
  g_free (gate);
}

static char *
dup_reason (const Gate *gate)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (gate->reason)));
}

static void
reason_cb (AdwMessageDialog *dialog)
{
  g_autofree char *reason = dup_reason (g_object_get_data (G_OBJECT (dialog), "gate"));

  adw_message_dialog_set_response_enabled (dialog, ANYWAY, *reason != '\0');
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, Gate *gate)
{
  g_autofree char *reason = NULL;

  if (!g_str_equal (response, ANYWAY) || gate->reason == NULL)
    return;
  reason = dup_reason (gate);
  if (*reason != '\0')
    gate->force (reason, gate->data);
}

static GtkWidget *
make_reason (Gate *gate, AdwMessageDialog *dialog)
{
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Why it goes on anyway"));
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  gate->reason = GTK_EDITABLE (row);
  g_signal_connect_object (row, "changed", G_CALLBACK (reason_cb), dialog, G_CONNECT_SWAPPED);
  return list;
}

static void
show (Gate *gate, gboolean may_force)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (
      adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (gate->widget)), NULL, NULL));
  GtkWidget *content = may_force ? make_reason (gate, dialog) : NULL;

  sat_message_fill (dialog, _ ("Not Yet"), gate->text, content);
  adw_message_dialog_add_response (dialog, CLOSE, may_force ? _ ("_Cancel") : _ ("_Close"));
  adw_message_dialog_set_default_response (dialog, CLOSE);
  adw_message_dialog_set_close_response (dialog, CLOSE);
  if (may_force)
    {
      adw_message_dialog_add_response (dialog, ANYWAY, _ ("Move _Anyway"));
      adw_message_dialog_set_response_appearance (dialog, ANYWAY, ADW_RESPONSE_DESTRUCTIVE);
      adw_message_dialog_set_response_enabled (dialog, ANYWAY, FALSE);
    }
  g_object_set_data_full (G_OBJECT (dialog), "gate", gate, gate_free);
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), gate);
  gtk_window_present (GTK_WINDOW (dialog));
}

static gpointer
ask_right (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  return GINT_TO_POINTER (sat_workspace_may_force (workspace) ? 2 : 1);
}

static void
right_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Gate *gate = data;
  gpointer said = sat_service_finish (SAT_SERVICE (source), result, NULL);

  if (gtk_widget_get_root (gate->widget) == NULL)
    gate_free (gate);
  else
    show (gate, GPOINTER_TO_INT (said) == 2);
}

void
sat_gate_dialog_show (GtkWidget *widget,
                      SatService *service,
                      const GError *error,
                      SatGateForce force,
                      gpointer data,
                      GDestroyNotify free_data)
{
  Gate *gate = g_new0 (Gate, 1);

  gate->widget = g_object_ref (widget);
  gate->text = sat_error_text (error);
  gate->force = force;
  gate->data = data;
  gate->free_data = free_data;
  sat_service_read (service, ask_right, NULL, NULL, NULL, NULL, right_cb, gate);
}
