/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/device/sat-admit-dialog.h"

#include <glib/gi18n.h>

#include "gtk-app/device/sat-role-row.h"
#include "gtk-app/sat-message.h"

#define NO "cancel"
#define YES "admit"

struct _SatAdmitDialog
{
  AdwMessageDialog parent_instance;

  SatService *service;
  GtkWidget *device; /* these are children */
  GtkWidget *role;
};

G_DEFINE_FINAL_TYPE (SatAdmitDialog, sat_admit_dialog, ADW_TYPE_MESSAGE_DIALOG)

enum
{
  ADMITTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *
typed_device (SatAdmitDialog *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->device));
}

static void
typed_cb (SatAdmitDialog *self)
{
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (self), YES,
                                           *typed_device (self) != '\0');
}

static void
sat_admit_dialog_response (AdwMessageDialog *dialog, const char *response)
{
  SatAdmitDialog *self = SAT_ADMIT_DIALOG (dialog);
  const char *role = sat_role_row_get (ADW_COMBO_ROW (self->role), self->service);

  if (g_str_equal (response, YES) && role != NULL)
    g_signal_emit (self, signals[ADMITTED], 0, typed_device (self), role);
}

static void
sat_admit_dialog_dispose (GObject *object)
{
  g_clear_object (&SAT_ADMIT_DIALOG (object)->service);
  G_OBJECT_CLASS (sat_admit_dialog_parent_class)->dispose (object);
}

static void
sat_admit_dialog_class_init (SatAdmitDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sat_admit_dialog_dispose;
  ADW_MESSAGE_DIALOG_CLASS (klass)->response = sat_admit_dialog_response;
  signals[ADMITTED] = g_signal_new ("admitted", SAT_TYPE_ADMIT_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
sat_admit_dialog_init (SatAdmitDialog *self)
{
  GtkWidget *list = gtk_list_box_new ();
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (self);

  self->device = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->device), _ ("Id of the device"));
  self->role = adw_combo_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->role), _ ("Role"));
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (list), self->device);
  gtk_list_box_append (GTK_LIST_BOX (list), self->role);
  sat_message_fill (dialog, _ ("Let In a Laptop?"),
                    _ ("A laptop that was copied, or restored from a backup, is a new device. Ask "
                       "its user for the id that “satchel status” shows there, and let in none "
                       "that nobody knows."),
                    list);
  adw_message_dialog_add_responses (dialog, NO, _ ("_Cancel"), YES, _ ("_Let In"), NULL);
  adw_message_dialog_set_default_response (dialog, NO);
  adw_message_dialog_set_close_response (dialog, NO);
  g_signal_connect_object (self->device, "changed", G_CALLBACK (typed_cb), self, G_CONNECT_SWAPPED);
  typed_cb (self);
}

GtkWidget *
sat_admit_dialog_new (GtkWindow *parent, SatService *service, const SatId *device)
{
  SatAdmitDialog *self = g_object_new (SAT_TYPE_ADMIT_DIALOG, "transient-for", parent, "modal",
                                       TRUE, NULL);
  char id[SAT_ID_TEXT_SIZE];

  self->service = g_object_ref (service);
  sat_role_row_fill (ADW_COMBO_ROW (self->role), service);
  if (device != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->device), sat_id_format (device, id));
  gtk_editable_set_editable (GTK_EDITABLE (self->device), device == NULL);
  return GTK_WIDGET (self);
}
