/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/approval/sat-approval-bar.h"

#include <glib/gi18n.h>

#include "gtk-app/approval/sat-approval-ask.h"
#include "gtk-app/approval/sat-approval-words.h"
#include "gtk-app/approval/sat-approvals-page.h"
#include "gtk-app/sat-util.h"

struct _SatApprovalBar
{
  GtkWidget parent_instance;

  GtkWidget *button;
  GtkLabel *text;

  SatService *service;
  const SatObject *object;
  SatId id;
  SatApprovalsWhich which; /* where its newest request is found */
  GActionGroup *actions;
  GSimpleAction *ask;
  GCancellable *reading;
};

G_DEFINE_FINAL_TYPE (SatApprovalBar, sat_approval_bar, GTK_TYPE_WIDGET)

static void
clicked_cb (SatApprovalBar *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.approvals", "i", (int) self->which);
}

/* What was withdrawn is not worth a row. */
static void
show_newest (SatApprovalBar *self, const SatApprovalInfo *info)
{
  g_autofree char *line = info != NULL ? sat_approval_state_line (info) : NULL;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), info != NULL && info->state != SAT_APPROVAL_WITHDRAWN);
  if (info == NULL)
    return;
  self->which = info->mine    ? SAT_APPROVALS_INBOX
                : info->by_me ? SAT_APPROVALS_MINE
                              : SAT_APPROVALS_ALL;
  /* Translators: a process of approvals, and how it stands: “Waits for Li Wei”. */
  text = g_strdup_printf (_ ("Approval “%s”: %s"), info->name, line);
  gtk_label_set_label (self->text, text);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SatApprovalBar) self = data;
  SatApprovalAbout *about = sat_service_finish (SAT_SERVICE (source), result, NULL);

  if (about == NULL)
    return;
  if (self->button != NULL)
    {
      show_newest (self, about->newest);
      g_simple_action_set_enabled (self->ask, about->offers->len > 0);
    }
  sat_approval_about_free (about);
}

void
sat_approval_bar_load (SatApprovalBar *self, const SatId *id)
{
  self->id = *id;
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  sat_approvals_work_about (self->service, self->object, id, self->reading, read_cb,
                            g_object_ref (self));
}

static void
ask_cb (SatApprovalBar *self)
{
  GtkWidget *page = gtk_widget_get_parent (GTK_WIDGET (self));

  if (page != NULL)
    sat_approval_ask_record (page, self->service, self->object, &self->id, NULL);
}

void
sat_approval_bar_attach (SatApprovalBar *self, GtkWidget *page)
{
  gtk_widget_insert_action_group (page, "approval", self->actions);
}

/* ---- the widget ---------------------------------------------------------------------------- */

static void
sat_approval_bar_dispose (GObject *object)
{
  SatApprovalBar *self = SAT_APPROVAL_BAR (object);

  g_cancellable_cancel (self->reading);
  g_clear_pointer (&self->button, gtk_widget_unparent);
  G_OBJECT_CLASS (sat_approval_bar_parent_class)->dispose (object);
}

static void
sat_approval_bar_finalize (GObject *object)
{
  SatApprovalBar *self = SAT_APPROVAL_BAR (object);

  g_clear_object (&self->reading);
  g_clear_object (&self->ask);
  g_clear_object (&self->actions);
  g_clear_object (&self->service);
  G_OBJECT_CLASS (sat_approval_bar_parent_class)->finalize (object);
}

static void
sat_approval_bar_class_init (SatApprovalBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = sat_approval_bar_dispose;
  object_class->finalize = sat_approval_bar_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
sat_approval_bar_init (SatApprovalBar *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *text = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (text), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (text), 3);
  gtk_label_set_ellipsize (GTK_LABEL (text), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("satchel-agree-symbolic"));
  gtk_box_append (GTK_BOX (box), text);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("go-next-symbolic"));
  self->text = GTK_LABEL (text);
  self->button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->button), box);
  gtk_widget_set_tooltip_text (self->button, _ ("Show the approvals"));
  gtk_widget_add_css_class (self->button, "approval-bar");
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
  g_signal_connect_object (self->button, "clicked", G_CALLBACK (clicked_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_hide (GTK_WIDGET (self));
  self->ask = g_simple_action_new ("ask", NULL);
  g_simple_action_set_enabled (self->ask, FALSE);
  g_signal_connect_object (self->ask, "activate", G_CALLBACK (ask_cb), self, G_CONNECT_SWAPPED);
  self->actions = G_ACTION_GROUP (g_simple_action_group_new ());
  g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (self->ask));
}

GtkWidget *
sat_approval_bar_new (SatService *service, const SatObject *object)
{
  SatApprovalBar *self = g_object_new (SAT_TYPE_APPROVAL_BAR, NULL);

  self->service = g_object_ref (service);
  self->object = object;
  return GTK_WIDGET (self);
}
