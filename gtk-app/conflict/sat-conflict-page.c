/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `shown` is what the cards point into; it is replaced together with them. */
#include "config.h"

#include "gtk-app/conflict/sat-conflict-page.h"

#include <glib/gi18n.h>

#include "gtk-app/conflict/sat-conflict-card.h"
#include "gtk-app/conflict/sat-conflict-work.h"
#include "gtk-app/sat-util.h"
#include "gtk-app/window/sat-page.h"

#define SHOWN 100

struct _SatConflictPage
{
  GtkWidget parent_instance;

  AdwHeaderBar *header;
  AdwWindowTitle *title;
  GtkButton *back;
  GtkStack *stack;
  GtkListBox *list;

  SatService *service;
  SatConflicts *shown;
  GCancellable *reading;
  GtkEventController *keys; /* of the window, while the page is seen */
  gboolean settling;
  gboolean wanted; /* wanted_id and wanted_field say what to select */
  SatId wanted_id;
  const SatField *wanted_field;
};

static void sat_conflict_page_page_init (SatPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SatConflictPage,
                               sat_conflict_page,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (SAT_TYPE_PAGE, sat_conflict_page_page_init))

static void reload (SatConflictPage *self);

/* ---- settling ------------------------------------------------------------------------------ */

/* What settling did, for the toast and its undo. */
typedef struct
{
  SatConflictPage *page;
  const SatObject *object;
  const SatField *field;
  SatId id;
  char *shown; /* the value shown before, or NULL */
  char *text;  /* of the value taken */
  gboolean same;
} Settled;

static void
settled_free (gpointer data)
{
  Settled *settled = data;

  g_object_unref (settled->page);
  g_free (settled->shown);
  g_free (settled->text);
  g_free (settled);
}

static void
settled_undo (gpointer data)
{
  Settled *settled = data;

  sat_conflict_work_write (settled->page->service, settled->object, &settled->id, settled->field,
                           settled->shown);
}

static void
settled_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Settled *settled = data;
  g_autoptr (SatConflictPage) self = g_object_ref (settled->page);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  self->settling = FALSE;
  if (sat_service_finish (SAT_SERVICE (source), result, &error) == NULL)
    {
      sat_toast_error (GTK_WIDGET (self), error, settled->object);
      settled_free (settled);
      reload (self);
      return;
    }
  /* Translators: a field and the value it now has. */
  text = g_strdup_printf (_ ("%s is now “%s”"), sat_here (settled->field->label), settled->text);
  /* Where the value shown all along was taken, there is nothing to go back to. */
  if (settled->same)
    {
      sat_toast (GTK_WIDGET (self), text, NULL, NULL, NULL, NULL);
      settled_free (settled);
    }
  else
    sat_toast (GTK_WIDGET (self), text, _ ("_Undo"), settled_undo, settled, settled_free);
}

static void
take (SatConflictPage *self, SatConflictCard *card, guint index)
{
  const SatConflictPicture *picture = sat_conflict_card_get_picture (card);
  const SatConflict *conflict = picture->conflict;
  const SatChange *shown;
  Settled *settled;

  if (self->settling || index >= conflict->values->len)
    return;
  self->settling = TRUE;
  shown = g_ptr_array_index (conflict->values, 0);
  settled = g_new0 (Settled, 1);
  settled->page = g_object_ref (self);
  settled->object = conflict->object;
  settled->field = conflict->field;
  settled->id = conflict->id;
  settled->shown = g_strdup (shown->value);
  settled->text = g_strdup (g_ptr_array_index (picture->texts, index));
  settled->same = index == 0;
  g_strdelimit (settled->text, "\n", ' ');
  sat_conflict_work_settle (self->service, conflict, index, settled_cb, settled);
}

static void
take_cb (SatConflictCard *card, guint index, SatConflictPage *self)
{
  take (self, card, index);
}

void
sat_conflict_page_take (SatConflictPage *self, guint number)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if (row == NULL)
    row = gtk_list_box_get_row_at_index (self->list, 0);
  if (row != NULL && number > 0)
    take (self, SAT_CONFLICT_CARD (row), number - 1);
}

static gboolean
key_cb (GtkEventControllerKey *controller,
        guint keyval,
        guint keycode,
        GdkModifierType state,
        SatConflictPage *self)
{
  guint number = 0;

  if ((state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;
  if (keyval >= GDK_KEY_1 && keyval <= GDK_KEY_9)
    number = keyval - GDK_KEY_1 + 1;
  else if (keyval >= GDK_KEY_KP_1 && keyval <= GDK_KEY_KP_9)
    number = keyval - GDK_KEY_KP_1 + 1;
  if (number == 0)
    return GDK_EVENT_PROPAGATE;
  sat_conflict_page_take (self, number);
  return GDK_EVENT_STOP;
}

/* The card that has the focus is the one that the keys settle. */
static void
card_focused_cb (GtkEventController *controller, SatConflictPage *self)
{
  GtkWidget *card = gtk_event_controller_get_widget (controller);

  gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (card));
}

/* ---- what is shown ------------------------------------------------------------------------- */

static void
select_wanted (SatConflictPage *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    {
      const SatConflict *conflict = sat_conflict_card_get_picture (SAT_CONFLICT_CARD (row))
                                        ->conflict;

      if (!sat_id_equal (&conflict->id, &self->wanted_id) ||
          (self->wanted_field != NULL && conflict->field != self->wanted_field))
        continue;
      gtk_list_box_select_row (self->list, row);
      gtk_widget_grab_focus (GTK_WIDGET (row));
      self->wanted = FALSE;
      return;
    }
}

static void
rebuild (SatConflictPage *self, SatConflicts *conflicts)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  int selected = row != NULL ? gtk_list_box_row_get_index (row) : 0;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  gboolean focused = focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->list));
  int n = (int) conflicts->pictures->len;

  sat_remove_children (GTK_WIDGET (self->list));
  g_clear_pointer (&self->shown, sat_conflicts_free);
  self->shown = conflicts;
  for (int i = 0; i < n; i++)
    {
      GtkWidget *card = sat_conflict_card_new (g_ptr_array_index (conflicts->pictures, i),
                                               conflicts->now_ms);
      GtkEventController *watch = gtk_event_controller_focus_new ();

      g_signal_connect (watch, "enter", G_CALLBACK (card_focused_cb), self);
      gtk_widget_add_controller (card, watch);
      g_signal_connect (card, "take", G_CALLBACK (take_cb), self);
      gtk_list_box_append (self->list, card);
    }
  row = gtk_list_box_get_row_at_index (self->list, CLAMP (selected, 0, MAX (0, n - 1)));
  if (row != NULL)
    gtk_list_box_select_row (self->list, row);
  if (row != NULL && focused)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SatConflictPage) self = data;
  SatConflicts *conflicts = sat_service_finish (SAT_SERVICE (source), result, NULL);
  g_autofree char *count = NULL;

  if (conflicts == NULL)
    return;
  if (conflicts->total > 0)
    count = g_strdup_printf (ngettext ("%d to decide", "%d to decide", (gulong) conflicts->total),
                             (int) conflicts->total);
  adw_window_title_set_subtitle (self->title, count != NULL ? count : "");
  gtk_stack_set_visible_child_name (self->stack, conflicts->pictures->len > 0 ? "list" : "empty");
  if (self->shown == NULL || g_strcmp0 (self->shown->signature, conflicts->signature) != 0)
    rebuild (self, conflicts);
  else
    sat_conflicts_free (conflicts);
  if (self->wanted)
    select_wanted (self);
}

static void
reload (SatConflictPage *self)
{
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  sat_conflict_work_read (self->service, SHOWN, self->reading, read_cb, g_object_ref (self));
}

void
sat_conflict_page_select (SatConflictPage *self, const SatId *id, const SatField *field)
{
  self->wanted = TRUE;
  self->wanted_id = *id;
  self->wanted_field = field;
  if (self->shown != NULL)
    select_wanted (self);
}

/* ---- the page ------------------------------------------------------------------------------ */

static const char *
page_get_title (SatPage *page)
{
  return _ ("Conflicts");
}

static void
page_set_folded (SatPage *page, gboolean folded)
{
  SatConflictPage *self = SAT_CONFLICT_PAGE (page);

  gtk_widget_set_visible (GTK_WIDGET (self->back), folded);
  adw_header_bar_set_show_start_title_buttons (self->header, folded);
}

static void
sat_conflict_page_page_init (SatPageInterface *iface)
{
  iface->get_title = page_get_title;
  iface->set_folded = page_set_folded;
}

static gboolean
sat_conflict_page_grab_focus (GtkWidget *widget)
{
  SatConflictPage *self = SAT_CONFLICT_PAGE (widget);
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if (row == NULL)
    row = gtk_list_box_get_row_at_index (self->list, 0);
  return row != NULL && gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
sat_conflict_page_dispose (GObject *object)
{
  SatConflictPage *self = SAT_CONFLICT_PAGE (object);
  GtkWidget *child;

  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (sat_conflict_page_parent_class)->dispose (object);
}

static void
sat_conflict_page_finalize (GObject *object)
{
  SatConflictPage *self = SAT_CONFLICT_PAGE (object);

  g_clear_pointer (&self->shown, sat_conflicts_free);
  g_clear_object (&self->reading);
  g_clear_object (&self->service);
  G_OBJECT_CLASS (sat_conflict_page_parent_class)->finalize (object);
}

/* Wherever in the window the focus is, the keys settle what is selected. */
static void
sat_conflict_page_map (GtkWidget *widget)
{
  SatConflictPage *self = SAT_CONFLICT_PAGE (widget);

  GTK_WIDGET_CLASS (sat_conflict_page_parent_class)->map (widget);
  self->keys = gtk_event_controller_key_new ();
  g_signal_connect (self->keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (gtk_widget_get_root (widget)), self->keys);
}

static void
sat_conflict_page_unmap (GtkWidget *widget)
{
  SatConflictPage *self = SAT_CONFLICT_PAGE (widget);

  gtk_widget_remove_controller (GTK_WIDGET (gtk_widget_get_root (widget)), self->keys);
  self->keys = NULL;
  GTK_WIDGET_CLASS (sat_conflict_page_parent_class)->unmap (widget);
}

static void
sat_conflict_page_class_init (SatConflictPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sat_conflict_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = sat_conflict_page_finalize;
  widget_class->grab_focus = sat_conflict_page_grab_focus;
  widget_class->map = sat_conflict_page_map;
  widget_class->unmap = sat_conflict_page_unmap;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAT_RESOURCE_ROOT "/conflict/sat-conflict-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SatConflictPage, header);
  gtk_widget_class_bind_template_child (widget_class, SatConflictPage, title);
  gtk_widget_class_bind_template_child (widget_class, SatConflictPage, back);
  gtk_widget_class_bind_template_child (widget_class, SatConflictPage, stack);
  gtk_widget_class_bind_template_child (widget_class, SatConflictPage, list);
}

static void
sat_conflict_page_init (SatConflictPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
sat_conflict_page_new (SatService *service)
{
  SatConflictPage *self = g_object_new (SAT_TYPE_CONFLICT_PAGE, NULL);

  self->service = g_object_ref (service);
  g_signal_connect_object (service, "changed", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  reload (self);
  return GTK_WIDGET (self);
}
