/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Closing the window, or the whole session, while something typed is not saved: the one question
 * that the program asks. */
#include "config.h"

#include <glib/gi18n.h>

#include "gtk-app/sat-message.h"
#include "gtk-app/window/sat-window-private.h"

#define LOOK_MS 50
#define LOOKS 100 /* saving that takes longer than this has failed, and says so itself */

/* Unsaved pages, the one shown first. */
static GPtrArray *
dirty_pages (SatWindow *self)
{
  GPtrArray *dirty = g_ptr_array_new ();

  for (guint i = self->trail->len; i > 0; i--)
    if (sat_page_is_dirty (g_ptr_array_index (self->trail, i - 1)))
      g_ptr_array_add (dirty, g_ptr_array_index (self->trail, i - 1));
  for (guint i = 0; i < self->kept->len; i++)
    if (sat_page_is_dirty (g_ptr_array_index (self->kept, i)))
      g_ptr_array_add (dirty, g_ptr_array_index (self->kept, i));
  return dirty;
}

typedef struct
{
  SatWindow *self; /* the source goes with it */
  guint looks;
} Closing;

/* Closes once everything has been saved; stays, at the first page that could not be, else. */
static gboolean
look_cb (gpointer data)
{
  Closing *closing = data;
  SatWindow *self = closing->self;
  g_autoptr (GPtrArray) dirty = dirty_pages (self);

  if (dirty->len > 0 && ++closing->looks < LOOKS)
    return G_SOURCE_CONTINUE;
  self->close_source = 0;
  if (dirty->len > 0)
    sat_window_show_page (self, g_ptr_array_index (dirty, 0));
  else
    gtk_window_close (GTK_WINDOW (self));
  return G_SOURCE_REMOVE;
}

static void
save_all (SatWindow *self)
{
  g_autoptr (GPtrArray) dirty = dirty_pages (self);
  Closing *closing;

  for (guint i = 0; i < dirty->len; i++)
    sat_page_save (g_ptr_array_index (dirty, i));
  if (self->close_source != 0)
    return;
  closing = g_new0 (Closing, 1);
  closing->self = self;
  self->close_source = g_timeout_add_full (G_PRIORITY_DEFAULT, LOOK_MS, look_cb, closing, g_free);
}

static void
response_cb (SatWindow *self, const char *response)
{
  if (g_str_equal (response, "save"))
    save_all (self);
  else if (g_str_equal (response, "discard"))
    {
      self->closing = TRUE;
      gtk_window_close (GTK_WINDOW (self));
    }
}

/* Is there nothing to save, but an import or an export that is under way? */
static gboolean
only_work (const GPtrArray *dirty)
{
  for (guint i = 0; i < dirty->len; i++)
    if (!sat_window_is_work (g_ptr_array_index (dirty, i)))
      return FALSE;
  return TRUE;
}

static GtkWidget *
work_dialog_new (SatWindow *self, SatPage *page)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), NULL, NULL);
  g_autofree char *text = g_strdup_printf (
      /* Translators: %s is what is being done: “Import customers”. */
      _ ("“%s” is under way. If it is stopped, nothing of it is kept."), sat_page_get_title (page));

  sat_message_fill (ADW_MESSAGE_DIALOG (dialog), _ ("Stop and Close?"), text, NULL);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Let It Finish"),
                                    "discard", _ ("_Stop and Close"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "discard",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  return dialog;
}

static GtkWidget *
save_dialog_new (SatWindow *self, const GPtrArray *dirty)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), NULL, NULL);

  sat_message_fill (ADW_MESSAGE_DIALOG (dialog), _ ("Save Changes?"),
                    ngettext ("One form has changes that are not saved yet.",
                              "Several forms have changes that are not saved yet.", dirty->len),
                    NULL);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "discard",
                                    _ ("_Discard"), "save", _ ("_Save"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "discard",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "save",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "save");
  return dialog;
}

gboolean
sat_window_hold_close (SatWindow *self)
{
  g_autoptr (GPtrArray) dirty = dirty_pages (self);
  GtkWidget *dialog;

  if (self->closing || dirty->len == 0)
    return FALSE;
  if (only_work (dirty))
    dialog = work_dialog_new (self, g_ptr_array_index (dirty, 0));
  else
    dialog = save_dialog_new (self, dirty);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
  return TRUE;
}

/* ---- the end of the session ---------------------------------------------------------------- */

void
sat_window_let_log_out (SatWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  g_clear_handle_id (&self->inhibit_source, g_source_remove);
  if (self->inhibited != 0 && application != NULL)
    gtk_application_uninhibit (application, self->inhibited);
  self->inhibited = 0;
}

static gboolean
inhibit_cb (gpointer data)
{
  SatWindow *self = data;
  g_autoptr (GPtrArray) dirty = dirty_pages (self);

  if (dirty->len > 0)
    return G_SOURCE_CONTINUE;
  self->inhibit_source = 0;
  sat_window_let_log_out (self);
  return G_SOURCE_REMOVE;
}

void
sat_window_log_out (SatWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  g_autoptr (GPtrArray) dirty = dirty_pages (self);

  sat_sync_indicator_log_out (sat_sidebar_get_sync (self->sidebar));
  if (dirty->len == 0 || self->inhibited != 0)
    return;
  self->inhibited = gtk_application_inhibit (
      application, GTK_WINDOW (self), GTK_APPLICATION_INHIBIT_LOGOUT,
      only_work (dirty) ? _ ("An import or export is under way")
                        : _ ("Something typed is not saved yet"));
  if (self->inhibited != 0)
    self->inhibit_source = g_timeout_add_seconds (1, inhibit_cb, self);
}
