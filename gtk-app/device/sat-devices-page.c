/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/device/sat-devices-page.h"

#include <glib/gi18n.h>

#include "gtk-app/device/sat-admit-dialog.h"
#include "gtk-app/device/sat-devices-work.h"
#include "gtk-app/device/sat-role-row.h"
#include "gtk-app/sat-message.h"
#include "gtk-app/sat-util.h"
#include "gtk-app/sat-value-text.h"
#include "gtk-app/window/sat-page.h"

#define REVOKE "revoke"

static const guint days[] = { 3, 7, 14, 30 };
#define DAYS_FIRST 2

struct _SatDevicesPage
{
  GtkWidget parent_instance;

  AdwHeaderBar *header;
  GtkButton *back;
  GtkWidget *waiting_box;
  GtkListBox *waiting;
  GtkWidget *invitations_box;
  GtkWidget *open;
  GtkListBox *form;
  AdwExpanderRow *expander;
  AdwEntryRow *login;
  AdwComboRow *role;
  AdwComboRow *book;
  AdwComboRow *end;
  GtkButton *invite;
  GtkWidget *code_box;
  GtkLabel *code_for;
  GtkLabel *code;
  GtkWidget *copy;
  GtkListBox *invitations;
  GtkListBox *devices;

  SatService *service;
  GCancellable *reading;
  SatMembership *access; /* as shown; NULL: nothing is yet */
  GPtrArray *books;      /* SatMembershipBook in the order of the choice, after “all” */
};

static void sat_devices_page_page_init (SatPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SatDevicesPage,
                               sat_devices_page,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (SAT_TYPE_PAGE, sat_devices_page_page_init))

/* ---- ending: revoking, withdrawing --------------------------------------------------------- */

static void
sync_cb (gpointer data)
{
  gtk_widget_activate_action (data, "win.sync", NULL);
}

/* What was decided reaches nobody before it is sent. */
static void
offer_sync (SatDevicesPage *self, const char *text)
{
  sat_toast (GTK_WIDGET (self), text, _ ("_Sync Now"), sync_cb, g_object_ref (self),
             g_object_unref);
}

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SatDevicesPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = sat_service_finish (SAT_SERVICE (source), result, &error);

  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  if (text != NULL)
    offer_sync (self, text);
  else
    sat_toast_error (GTK_WIDGET (self), error, NULL);
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, SatDevicesPage *self)
{
  const SatId *id = g_object_get_data (G_OBJECT (dialog), "id");

  if (g_str_equal (response, REVOKE) && self->service != NULL)
    sat_devices_work_end (self->service, id, TRUE, ended_cb, g_object_ref (self));
}

static void
ask_to_revoke (SatDevicesPage *self, const SatId *id, const char *title)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (
      adw_message_dialog_new (GTK_WINDOW (root), NULL, NULL));
  g_autofree char *heading = g_strdup_printf (_ ("Revoke “%s”?"), title);

  sat_message_fill (dialog, heading,
                    _ ("What it has sent stays. What it sends from now on is taken in by nobody, "
                       "and this cannot be undone: to work again, its user joins anew. Take away "
                       "its way to the hub as well, its ssh key or password there."),
                    NULL);
  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), REVOKE, _ ("_Revoke"), NULL);
  adw_message_dialog_set_response_appearance (dialog, REVOKE, ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "cancel");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "id", g_memdup2 (id, sizeof *id), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
revoke_cb (GtkButton *button, SatDevicesPage *self)
{
  ask_to_revoke (self, g_object_get_data (G_OBJECT (button), "id"),
                 g_object_get_data (G_OBJECT (button), "title"));
}

static void
withdraw_cb (GtkButton *button, SatDevicesPage *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (button), FALSE);
  sat_devices_work_end (self->service, g_object_get_data (G_OBJECT (button), "id"), FALSE, ended_cb,
                        g_object_ref (self));
}

/* ---- letting in a laptop that was copied ----------------------------------------------------- */

static void
admitted_cb (SatDevicesPage *self, const char *device, const char *role)
{
  if (self->service != NULL)
    sat_devices_work_admit (self->service, device, role, ended_cb, g_object_ref (self));
}

/* DEVICE NULL: its id is asked for. */
static void
ask_to_admit (SatDevicesPage *self, const SatId *device)
{
  GtkWidget *dialog = sat_admit_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                            self->service, device);

  g_signal_connect_object (dialog, "admitted", G_CALLBACK (admitted_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
admit_cb (GtkButton *button, SatDevicesPage *self)
{
  ask_to_admit (self, g_object_get_data (G_OBJECT (button), "id"));
}

static void
admit_any_cb (SatDevicesPage *self)
{
  ask_to_admit (self, NULL);
}

/* ---- the lists ----------------------------------------------------------------------------- */

/* What can be done with the lines of a list; NAME has one %s: a device, or the login name of
 * somebody who was invited. */
typedef struct
{
  const char *label, *name;
  void (*clicked) (GtkButton *button, SatDevicesPage *self);
} Deed;

static const Deed revoking = { N_ ("Revoke…"), N_ ("Revoke %s"), revoke_cb };
static const Deed withdrawing = { N_ ("Withdraw"), N_ ("Withdraw the invitation of %s"),
                                  withdraw_cb };
static const Deed admitting = { N_ ("Let In…"), N_ ("Let in %s"), admit_cb };

static GtkWidget *
deed_button (SatDevicesPage *self, const SatMembershipLine *line, const Deed *deed)
{
  GtkWidget *button = gtk_button_new_with_label (_ (deed->label));
  g_auto (GStrv) parts = g_strsplit (_ (deed->name), "%s", 2);
  g_autofree char *name = g_strjoinv (line->title, parts);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (button), "id", g_memdup2 (&line->id, sizeof line->id), g_free);
  g_object_set_data_full (G_OBJECT (button), "title", g_strdup (line->title), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (deed->clicked), self, 0);
  sat_name_widget (button, name);
  return button;
}

static void
show_line (SatDevicesPage *self, GtkListBox *list, const SatMembershipLine *line, const Deed *deed)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), line->title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), line->text);
  if (line->needs_look)
    {
      GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

      gtk_widget_add_css_class (icon, "warning");
      sat_name_widget (icon, _ ("To look at"));
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
    }
  if (line->can_act)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), deed_button (self, line, deed));
  gtk_list_box_append (list, row);
}

static void
show_lines (SatDevicesPage *self, GtkListBox *list, const GPtrArray *lines, const Deed *deed)
{
  sat_remove_children (GTK_WIDGET (list));
  for (guint i = 0; i < lines->len; i++)
    show_line (self, list, g_ptr_array_index (lines, i), deed);
}

/* The way to the list with all that a device's record says, and filters. */
static void
add_all (SatDevicesPage *self, guint n)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *digits = g_strdup_printf ("%u", n);
  g_autofree char *number = sat_number_text (digits);
  g_autofree char *title = g_strdup_printf (
      ngettext ("%s device as a list", "All %s devices as a list", n), number);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.show");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", "device");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_append (self->devices, row);
}

static void
fill_books (SatDevicesPage *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, _ ("All books"));
  for (guint i = 0; i < self->books->len; i++)
    gtk_string_list_append (names, ((SatMembershipBook *) self->books->pdata[i])->name);
  adw_combo_row_set_model (self->book, G_LIST_MODEL (names));
}

static void
show_access (SatDevicesPage *self)
{
  const SatMembership *access = self->access;

  show_lines (self, self->waiting, access->waiting, &admitting);
  gtk_widget_set_visible (self->waiting_box, access->waiting->len > 0);
  show_lines (self, self->invitations, access->invitations, &withdrawing);
  gtk_widget_set_visible (GTK_WIDGET (self->invitations), access->invitations->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->form), access->is_admin);
  gtk_widget_set_visible (self->invitations_box,
                          access->is_closed && (access->is_admin || access->invitations->len > 0));
  gtk_widget_set_visible (self->open, !access->is_closed);
  show_lines (self, self->devices, access->devices, &revoking);
  add_all (self, access->n_devices);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SatDevicesPage) self = data;
  g_autoptr (GError) error = NULL;
  SatMembership *access = sat_service_finish (SAT_SERVICE (source), result, &error);

  if (access == NULL || self->service == NULL)
    {
      if (self->service != NULL)
        sat_toast_error (GTK_WIDGET (self), error, NULL);
      sat_membership_free (access);
      return;
    }
  sat_membership_free (self->access);
  self->access = access;
  if (access->books != NULL)
    {
      g_clear_pointer (&self->books, g_ptr_array_unref);
      self->books = g_steal_pointer (&access->books);
      fill_books (self);
    }
  show_access (self);
}

/* The books are counted when they are listed, which takes a while where there is much: once. */
static void
reload (SatDevicesPage *self)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  sat_devices_work_load (self->service, self->books == NULL, self->reading, loaded_cb,
                         g_object_ref (self));
}

/* ---- inviting ------------------------------------------------------------------------------ */

static void
fill_choices (SatDevicesPage *self)
{
  g_autoptr (GtkStringList) ends = gtk_string_list_new (NULL);

  sat_role_row_fill (self->role, self->service);
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autofree char *text = g_strdup_printf (ngettext ("%u day", "%u days", days[i]), days[i]);

      gtk_string_list_append (ends, text);
    }
  adw_combo_row_set_model (self->end, G_LIST_MODEL (ends));
  adw_combo_row_set_selected (self->end, DAYS_FIRST);
}

static const char *
typed_login (SatDevicesPage *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->login));
}

static void
typed_cb (SatDevicesPage *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->invite), *typed_login (self) != '\0');
}

static void
invited_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SatDevicesPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *code = sat_service_finish (SAT_SERVICE (source), result, &error);
  g_autofree char *text = NULL;

  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  typed_cb (self);
  if (code == NULL)
    {
      sat_toast_error (GTK_WIDGET (self), error, NULL);
      return;
    }
  text = g_strdup_printf (_ ("The code for one device of %s"), typed_login (self));
  gtk_label_set_label (self->code_for, text);
  gtk_label_set_label (self->code, code);
  gtk_widget_show (self->code_box);
  gtk_widget_grab_focus (self->copy);
  adw_expander_row_set_expanded (self->expander, FALSE);
  gtk_editable_set_text (GTK_EDITABLE (self->login), "");
  offer_sync (self, _ ("The code works once the hub knows of it"));
}

static void
invite_cb (SatDevicesPage *self)
{
  const char *role = sat_role_row_get (self->role, self->service);
  guint book = adw_combo_row_get_selected (self->book);
  guint end = MIN (adw_combo_row_get_selected (self->end), (guint) G_N_ELEMENTS (days) - 1);
  const SatMembershipBook *one = self->books != NULL && book > 0 && book <= self->books->len
                                     ? self->books->pdata[book - 1]
                                     : NULL;

  if (*typed_login (self) == '\0' || role == NULL)
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->invite), FALSE);
  sat_devices_work_invite (self->service, typed_login (self), role, one != NULL ? one->key : NULL,
                           days[end], invited_cb, g_object_ref (self));
}

static void
copy_cb (SatDevicesPage *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)),
                          gtk_label_get_label (self->code));
  sat_toast (GTK_WIDGET (self), _ ("The code is copied"), NULL, NULL, NULL, NULL);
}

/* ---- the page ------------------------------------------------------------------------------ */

static const char *
page_get_title (SatPage *page)
{
  return _ ("Devices");
}

static const SatObject *
page_get_object (SatPage *page)
{
  return NULL;
}

static void
page_set_folded (SatPage *page, gboolean folded)
{
  adw_header_bar_set_show_start_title_buttons (SAT_DEVICES_PAGE (page)->header, folded);
}

static void
sat_devices_page_page_init (SatPageInterface *iface)
{
  iface->get_title = page_get_title;
  iface->get_object = page_get_object;
  iface->set_folded = page_set_folded;
}

static void
sat_devices_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (sat_devices_page_parent_class)->map (widget);
  reload (SAT_DEVICES_PAGE (widget));
}

/* A code is shown once: it is gone when the person goes. */
static void
sat_devices_page_unmap (GtkWidget *widget)
{
  SatDevicesPage *self = SAT_DEVICES_PAGE (widget);

  gtk_widget_hide (self->code_box);
  gtk_label_set_label (self->code, "");
  GTK_WIDGET_CLASS (sat_devices_page_parent_class)->unmap (widget);
}

static gboolean
sat_devices_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (SAT_DEVICES_PAGE (widget)->back));
}

static void
sat_devices_page_dispose (GObject *object)
{
  SatDevicesPage *self = SAT_DEVICES_PAGE (object);
  GtkWidget *child;

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->service);
  g_clear_pointer (&self->access, sat_membership_free);
  g_clear_pointer (&self->books, g_ptr_array_unref);
  G_OBJECT_CLASS (sat_devices_page_parent_class)->dispose (object);
}

static void
sat_devices_page_class_init (SatDevicesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sat_devices_page_dispose;
  widget_class->map = sat_devices_page_map;
  widget_class->unmap = sat_devices_page_unmap;
  widget_class->grab_focus = sat_devices_page_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAT_RESOURCE_ROOT "/device/sat-devices-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SatDevicesPage, header);
  gtk_widget_class_bind_template_child (widget_class, SatDevicesPage, back);
  gtk_widget_class_bind_template_child (widget_class, SatDevicesPage, waiting_box);
  gtk_widget_class_bind_template_child (widget_class, SatDevicesPage, waiting);
  gtk_widget_class_bind_template_child (widget_class, SatDevicesPage, invitations_box);
  gtk_widget_class_bind_template_child (widget_class, SatDevicesPage, open);
  gtk_widget_class_bind_template_child (widget_class, SatDevicesPage, form);
  gtk_widget_class_bind_template_child (widget_class, SatDevicesPage, expander);
  gtk_widget_class_bind_template_child (widget_class, SatDevicesPage, login);
  gtk_widget_class_bind_template_child (widget_class, SatDevicesPage, role);
  gtk_widget_class_bind_template_child (widget_class, SatDevicesPage, book);
  gtk_widget_class_bind_template_child (widget_class, SatDevicesPage, end);
  gtk_widget_class_bind_template_child (widget_class, SatDevicesPage, invite);
  gtk_widget_class_bind_template_child (widget_class, SatDevicesPage, code_box);
  gtk_widget_class_bind_template_child (widget_class, SatDevicesPage, code_for);
  gtk_widget_class_bind_template_child (widget_class, SatDevicesPage, code);
  gtk_widget_class_bind_template_child (widget_class, SatDevicesPage, copy);
  gtk_widget_class_bind_template_child (widget_class, SatDevicesPage, invitations);
  gtk_widget_class_bind_template_child (widget_class, SatDevicesPage, devices);
  gtk_widget_class_bind_template_callback (widget_class, typed_cb);
  gtk_widget_class_bind_template_callback (widget_class, invite_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
  gtk_widget_class_bind_template_callback (widget_class, admit_any_cb);
}

static void
sat_devices_page_init (SatDevicesPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
sat_devices_page_new (SatService *service)
{
  SatDevicesPage *self = g_object_new (SAT_TYPE_DEVICES_PAGE, NULL);

  self->service = g_object_ref (service);
  fill_choices (self);
  g_signal_connect_object (service, "changed", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
