/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `shown` is what the cards point into; it is replaced together with them. */
#include "config.h"

#include "gtk-app/approval/sat-approvals-page.h"

#include <glib/gi18n.h>

#include "gtk-app/approval/sat-approval-card.h"
#include "gtk-app/approval/sat-approval-deed.h"
#include "gtk-app/sat-util.h"
#include "gtk-app/window/sat-page.h"

#define SHOWN 50

struct _SatApprovalsPage
{
  GtkWidget parent_instance;

  AdwHeaderBar *header;
  AdwWindowTitle *title;
  GtkButton *back;
  GtkToggleButton *inbox;
  GtkToggleButton *mine;
  GtkToggleButton *all;
  GtkStack *stack;
  GtkListBox *list;
  GtkButton *more;
  AdwStatusPage *empty;

  SatService *service;
  SatApprovals *shown;
  GCancellable *reading;
  SatApprovalsWhich which;
  guint limit;
};

static void sat_approvals_page_page_init (SatPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SatApprovalsPage,
                               sat_approvals_page,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (SAT_TYPE_PAGE, sat_approvals_page_page_init))

/* ---- what is shown ------------------------------------------------------------------------- */

static void
act_cb (SatApprovalCard *card, int act, SatApprovalsPage *self)
{
  sat_approval_deed_ask (GTK_WIDGET (self), self->service, sat_approval_card_get_picture (card),
                         (SatApprovalAct) act);
}

static void
show_empty (SatApprovalsPage *self)
{
  static const struct
  {
    const char *title, *text;
  } words[] = {
    [SAT_APPROVALS_INBOX] = { N_ ("Nothing Waits for You"),
                              N_ ("When somebody asks for your approval, it waits here, with the "
                                  "values that it is about. You can decide offline.") },
    [SAT_APPROVALS_MINE] = { N_ ("You Have Not Asked for an Approval"),
                             N_ ("The menu of a record that needs one has “Ask for Approval…”.") },
    [SAT_APPROVALS_ALL] = { N_ ("No Approvals"),
                            N_ ("Nobody has asked for an approval of a record that you see.") },
  };

  adw_status_page_set_title (self->empty, _ (words[self->which].title));
  adw_status_page_set_description (self->empty, _ (words[self->which].text));
}

static void
rebuild (SatApprovalsPage *self, SatApprovals *approvals)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row = focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->list))
                       ? gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX_ROW)
                       : NULL;
  int at = row != NULL ? gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)) : -1;
  int n = (int) approvals->pictures->len;

  sat_remove_children (GTK_WIDGET (self->list));
  sat_approvals_free (self->shown);
  self->shown = approvals;
  for (int i = 0; i < n; i++)
    {
      GtkWidget *card = sat_approval_card_new (approvals->pictures->pdata[i], approvals->now_ms);

      g_signal_connect (card, "act", G_CALLBACK (act_cb), self);
      gtk_list_box_append (self->list, card);
    }
  if (at >= 0 && n > 0)
    gtk_widget_grab_focus (
        GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, MIN (at, n - 1))));
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SatApprovalsPage) self = data;
  SatApprovals *approvals = sat_service_finish (SAT_SERVICE (source), result, NULL);
  g_autofree char *count = NULL;

  if (approvals == NULL)
    return;
  if (approvals->n_inbox > 0)
    count = g_strdup_printf (ngettext ("%u waits for you", "%u wait for you", approvals->n_inbox),
                             approvals->n_inbox);
  adw_window_title_set_subtitle (self->title, count != NULL ? count : "");
  gtk_widget_set_visible (GTK_WIDGET (self->all), approvals->others);
  gtk_widget_set_visible (GTK_WIDGET (self->more), approvals->more);
  show_empty (self);
  gtk_stack_set_visible_child_name (self->stack, approvals->pictures->len > 0 ? "list" : "empty");
  if (self->shown == NULL || g_strcmp0 (self->shown->signature, approvals->signature) != 0)
    rebuild (self, approvals);
  else
    sat_approvals_free (approvals);
}

static void
reload (SatApprovalsPage *self)
{
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  sat_approvals_work_read (self->service, self->which, self->limit, self->reading, read_cb,
                           g_object_ref (self));
}

static void
more_cb (SatApprovalsPage *self)
{
  self->limit += SHOWN;
  reload (self);
}

static void
toggled_cb (SatApprovalsPage *self, GtkToggleButton *button)
{
  if (!gtk_toggle_button_get_active (button) || self->service == NULL)
    return;
  self->which = button == self->inbox  ? SAT_APPROVALS_INBOX
                : button == self->mine ? SAT_APPROVALS_MINE
                                       : SAT_APPROVALS_ALL;
  self->limit = SHOWN;
  reload (self);
}

void
sat_approvals_page_show (SatApprovalsPage *self, SatApprovalsWhich which)
{
  GtkToggleButton *const buttons[] = { self->inbox, self->mine, self->all };

  gtk_toggle_button_set_active (buttons[which], TRUE);
}

/* ---- the page ------------------------------------------------------------------------------ */

static const char *
page_get_title (SatPage *page)
{
  return _ ("Approvals");
}

static void
page_set_folded (SatPage *page, gboolean folded)
{
  SatApprovalsPage *self = SAT_APPROVALS_PAGE (page);

  gtk_widget_set_visible (GTK_WIDGET (self->back), folded);
  adw_header_bar_set_show_start_title_buttons (self->header, folded);
}

static void
sat_approvals_page_page_init (SatPageInterface *iface)
{
  iface->get_title = page_get_title;
  iface->set_folded = page_set_folded;
}

static gboolean
sat_approvals_page_grab_focus (GtkWidget *widget)
{
  SatApprovalsPage *self = SAT_APPROVALS_PAGE (widget);
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, 0);

  return row != NULL && gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
sat_approvals_page_dispose (GObject *object)
{
  SatApprovalsPage *self = SAT_APPROVALS_PAGE (object);
  GtkWidget *child;

  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (sat_approvals_page_parent_class)->dispose (object);
}

static void
sat_approvals_page_finalize (GObject *object)
{
  SatApprovalsPage *self = SAT_APPROVALS_PAGE (object);

  g_clear_pointer (&self->shown, sat_approvals_free);
  g_clear_object (&self->reading);
  g_clear_object (&self->service);
  G_OBJECT_CLASS (sat_approvals_page_parent_class)->finalize (object);
}

static void
sat_approvals_page_class_init (SatApprovalsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sat_approvals_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = sat_approvals_page_finalize;
  widget_class->grab_focus = sat_approvals_page_grab_focus;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAT_RESOURCE_ROOT "/approval/sat-approvals-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SatApprovalsPage, header);
  gtk_widget_class_bind_template_child (widget_class, SatApprovalsPage, title);
  gtk_widget_class_bind_template_child (widget_class, SatApprovalsPage, back);
  gtk_widget_class_bind_template_child (widget_class, SatApprovalsPage, inbox);
  gtk_widget_class_bind_template_child (widget_class, SatApprovalsPage, mine);
  gtk_widget_class_bind_template_child (widget_class, SatApprovalsPage, all);
  gtk_widget_class_bind_template_child (widget_class, SatApprovalsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, SatApprovalsPage, list);
  gtk_widget_class_bind_template_child (widget_class, SatApprovalsPage, more);
  gtk_widget_class_bind_template_child (widget_class, SatApprovalsPage, empty);
  gtk_widget_class_bind_template_callback (widget_class, toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, more_cb);
}

static void
sat_approvals_page_init (SatApprovalsPage *self)
{
  self->limit = SHOWN;
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
sat_approvals_page_new (SatService *service)
{
  SatApprovalsPage *self = g_object_new (SAT_TYPE_APPROVALS_PAGE, NULL);

  self->service = g_object_ref (service);
  g_signal_connect_object (service, "changed", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  reload (self);
  return GTK_WIDGET (self);
}
