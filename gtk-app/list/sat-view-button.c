/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/list/sat-view-button.h"

#include <glib/gi18n.h>
#include <string.h>

#include "core/workspace/sat-workspace-views.h"
#include "gtk-app/sat-error-text.h"
#include "gtk-app/sat-util.h"

struct _SatViewButton
{
  GtkWidget parent_instance;

  GtkMenuButton *button;
  GtkPopover *popover;
  GtkListBox *list;
  GtkEntry *name;
  GtkCheckButton *shared;
  GtkButton *save;

  SatService *service;
  const SatObject *object;
  GPtrArray *views; /* SatView, as in `list` behind its first row */
  char *condition;
  char *sort;
};

G_DEFINE_FINAL_TYPE (SatViewButton, sat_view_button, GTK_TYPE_WIDGET)

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- on other threads ---------------------------------------------------------------------- */

static gpointer
read_views (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  return sat_workspace_views (workspace, data, error);
}

/* What the page does not show of the view that is written over stays: its columns, and its grouping
 * as long as the list is sorted by that first. */
static void
keep_unshown (const SatView *had, SatView *view)
{
  gsize length = had->grouping != NULL ? strlen (had->grouping) : 0;

  view->columns = g_strdup (had->columns);
  if (length == 0 || view->sort == NULL || strncmp (view->sort, had->grouping, length) != 0 ||
      (view->sort[length] != ',' && view->sort[length] != '\0'))
    return;
  view->grouping = g_strdup (had->grouping);
  g_autofree char *sort = g_steal_pointer (&view->sort);
  view->sort = sort[length] == ',' ? g_strdup (sort + length + 1) : NULL;
}

/* Gives a pointer that is not NULL. */
static gpointer
write_view (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  SatView *view = data;
  g_autoptr (GPtrArray) views = sat_workspace_views (workspace, view->object, error);
  const SatView *had = NULL;
  SatId id;

  if (views == NULL)
    return NULL;
  for (guint i = 0; i < views->len && had == NULL; i++)
    {
      const SatView *one = g_ptr_array_index (views, i);

      if (one->is_personal == view->is_personal && g_str_equal (one->name, view->name))
        had = one;
    }
  if (had != NULL)
    keep_unshown (had, view);
  return sat_workspace_save_view (workspace, data, &id, error) ? g_strdup ("") : NULL;
}

static gpointer
delete_view (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  const SatView *view = data;
  const SatObject *kind = sat_workspace_object (workspace, "view", error);

  return kind != NULL && sat_workspace_delete (workspace, kind, &view->id, NULL, error)
             ? g_strdup ("")
             : NULL;
}

static void
free_view (gpointer view)
{
  sat_view_free (view);
}

/* ---- the list ------------------------------------------------------------------------------ */

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SatViewButton) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *done = sat_service_finish (SAT_SERVICE (source), result, &error);

  if (done == NULL && self->list != NULL)
    sat_toast_error (GTK_WIDGET (self), error, self->object);
}

static void
remove_cb (GtkButton *button, SatViewButton *self)
{
  guint at = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "at"));
  const SatView *view = g_ptr_array_index (self->views, at);
  SatView *gone = g_new0 (SatView, 1);

  gone->id = view->id;
  sat_service_write (self->service, delete_view, gone, free_view, g_free, NULL, written_cb,
                     g_object_ref (self));
  gtk_popover_popdown (self->popover);
}

static void
add_row (SatViewButton *self, const char *name, const char *what, const SatView *view, guint at)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *title = gtk_label_new (name);
  GtkWidget *note = gtk_label_new (what);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (note), 0);
  gtk_label_set_ellipsize (GTK_LABEL (note), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (note), 34);
  gtk_widget_add_css_class (note, "dim-label");
  gtk_widget_add_css_class (note, "caption");
  gtk_widget_set_visible (note, *what != '\0');
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), title);
  gtk_box_append (GTK_BOX (texts), note);
  gtk_box_append (GTK_BOX (row), texts);
  if (view != NULL)
    {
      GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
      /* Translators: %s is the name of a saved view. */
      g_autofree char *text = g_strdup_printf (_ ("Delete the view %s"), name);

      gtk_widget_add_css_class (button, "flat");
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_widget_set_tooltip_text (button, text);
      sat_name_widget (button, text);
      g_object_set_data (G_OBJECT (button), "at", GUINT_TO_POINTER (at));
      g_signal_connect_object (button, "clicked", G_CALLBACK (remove_cb), self, 0);
      gtk_box_append (GTK_BOX (row), button);
    }
  gtk_list_box_append (self->list, row);
  if (view != NULL && view->problem != NULL)
    gtk_widget_set_sensitive (texts, FALSE);
}

static void
show_views (SatViewButton *self)
{
  g_autofree char *all = g_strdup_printf (_ ("All %s"), sat_here (self->object->plural));

  sat_remove_children (GTK_WIDGET (self->list));
  add_row (self, all, "", NULL, 0);
  for (guint i = 0; self->views != NULL && i < self->views->len; i++)
    {
      const SatView *view = g_ptr_array_index (self->views, i);
      g_autofree char *why = view->problem != NULL
                                 ? sat_error_text_about (view->problem, self->object)
                                 : NULL;

      add_row (self, view->name,
               why != NULL               ? why
               : view->condition != NULL ? view->condition
                                         : "",
               view, i);
    }
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SatViewButton) self = data;
  g_autoptr (GError) error = NULL;
  GPtrArray *views = sat_service_finish (SAT_SERVICE (source), result, &error);

  if (self->list == NULL)
    {
      g_clear_pointer (&views, g_ptr_array_unref);
      return;
    }
  if (views == NULL)
    sat_toast_error (GTK_WIDGET (self), error, self->object);
  g_clear_pointer (&self->views, g_ptr_array_unref);
  self->views = views;
  show_views (self);
}

/* Views come with an exchange at any time. */
static void
load (SatViewButton *self)
{
  sat_service_read (self->service, read_views, (gpointer) self->object, NULL,
                    (GDestroyNotify) g_ptr_array_unref, NULL, loaded_cb, g_object_ref (self));
}

static void
show_cb (SatViewButton *self)
{
  load (self);
}

/* ---- what the person does ------------------------------------------------------------------ */

/* What is grouped is sorted by that first. */
static char *
sort_of (const SatView *view)
{
  if (view->grouping == NULL)
    return g_strdup (view->sort);
  return view->sort != NULL ? g_strdup_printf ("%s,%s", view->grouping, view->sort)
                            : g_strdup (view->grouping);
}

static void
row_cb (SatViewButton *self, GtkListBoxRow *row)
{
  guint at = (guint) gtk_list_box_row_get_index (row);
  const SatView *view = at > 0 && self->views != NULL && at <= self->views->len
                            ? g_ptr_array_index (self->views, at - 1)
                            : NULL;
  g_autofree char *sort = view != NULL ? sort_of (view) : NULL;

  if (view != NULL && view->problem != NULL)
    return;
  gtk_popover_popdown (self->popover);
  gtk_editable_set_text (GTK_EDITABLE (self->name), view != NULL ? view->name : "");
  gtk_check_button_set_active (self->shared, view != NULL && !view->is_personal);
  g_signal_emit (self, signals[CHOSEN], 0, view != NULL ? view->condition : NULL, sort);
}

static void
name_cb (SatViewButton *self)
{
  const char *name = gtk_editable_get_text (GTK_EDITABLE (self->name));

  gtk_widget_set_sensitive (GTK_WIDGET (self->save), name[strspn (name, " \t")] != '\0');
}

static void
save_cb (SatViewButton *self)
{
  SatView *view;

  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->save)))
    return;
  view = g_new0 (SatView, 1);
  view->object = self->object;
  view->name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name))));
  view->is_personal = !gtk_check_button_get_active (self->shared);
  view->condition = g_strdup (self->condition);
  view->sort = g_strdup (self->sort);
  sat_service_write (self->service, write_view, view, free_view, g_free, NULL, written_cb,
                     g_object_ref (self));
  gtk_popover_popdown (self->popover);
}

/* ---- the widget ---------------------------------------------------------------------------- */

static void
sat_view_button_dispose (GObject *object)
{
  SatViewButton *self = SAT_VIEW_BUTTON (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  self->list = NULL;
  g_clear_object (&self->service);
  g_clear_pointer (&self->views, g_ptr_array_unref);
  g_clear_pointer (&self->condition, g_free);
  g_clear_pointer (&self->sort, g_free);
  G_OBJECT_CLASS (sat_view_button_parent_class)->dispose (object);
}

static void
sat_view_button_class_init (SatViewButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sat_view_button_dispose;
  signals[CHOSEN] = g_signal_new ("chosen", SAT_TYPE_VIEW_BUTTON, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAT_RESOURCE_ROOT "/list/sat-view-button.ui");
  gtk_widget_class_bind_template_child (widget_class, SatViewButton, button);
  gtk_widget_class_bind_template_child (widget_class, SatViewButton, popover);
  gtk_widget_class_bind_template_child (widget_class, SatViewButton, list);
  gtk_widget_class_bind_template_child (widget_class, SatViewButton, name);
  gtk_widget_class_bind_template_child (widget_class, SatViewButton, shared);
  gtk_widget_class_bind_template_child (widget_class, SatViewButton, save);
  gtk_widget_class_bind_template_callback (widget_class, show_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_cb);
  gtk_widget_class_bind_template_callback (widget_class, name_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
}

static void
sat_view_button_init (SatViewButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
sat_view_button_set_up (SatViewButton *self, SatService *service, const SatObject *object)
{
  self->service = g_object_ref (service);
  self->object = object;
  show_views (self);
}

void
sat_view_button_set_shown (SatViewButton *self, const char *condition, const char *sort)
{
  g_free (self->condition);
  self->condition = g_strdup (condition);
  g_free (self->sort);
  self->sort = g_strdup (sort);
}
