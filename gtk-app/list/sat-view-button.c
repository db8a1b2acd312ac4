/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/list/sat-view-button.h"

#include <glib/gi18n.h>
#include <string.h>

#include "core/workspace/sat-workspace-access.h"
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
  GtkDropDown *kind;
  GtkButton *save;

  SatService *service;
  const SatObject *object;
  GPtrArray *views; /* SatView, as in `list` behind its first row */
  SatView shown;    /* what the list shows, without a name; owns its texts */
};

G_DEFINE_FINAL_TYPE (SatViewButton, sat_view_button, GTK_TYPE_WIDGET)

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* As they stand in the drop-down. */
enum
{
  FOR_ME,
  FOR_ALL,
  SEGMENT
};

/* ---- on other threads ---------------------------------------------------------------------- */

typedef struct
{
  GPtrArray *views;     /* SatView; views, then segments */
  gboolean may_segment; /* the user may make segments */
} Loaded;

static void
loaded_free (gpointer data)
{
  Loaded *loaded = data;

  g_ptr_array_unref (loaded->views);
  g_free (loaded);
}

static gpointer
read_views (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  const SatObject *kind = sat_workspace_object (workspace, "segment", error);
  g_autoptr (GPtrArray) views = kind != NULL ? sat_workspace_views (workspace, data, error) : NULL;
  g_autoptr (GPtrArray) segments = NULL;
  Loaded *loaded;

  if (views != NULL)
    segments = sat_workspace_segment_views (workspace, data, error);
  if (segments == NULL)
    return NULL;
  g_ptr_array_extend_and_steal (views, g_steal_pointer (&segments));
  loaded = g_new0 (Loaded, 1);
  loaded->views = g_steal_pointer (&views);
  loaded->may_segment = sat_workspace_check_right (workspace, kind, SAT_RIGHT_CREATE, NULL, NULL);
  return loaded;
}

/* Gives a pointer that is not NULL. */
static gpointer
write_view (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  const SatView *view = data;
  gboolean ok;
  SatId id;

  if (view->is_segment)
    ok = sat_workspace_save_segment (workspace, view->object, view->name, view->condition, &id,
                                     error);
  else
    ok = sat_workspace_save_view (workspace, view, &id, error);
  return ok ? g_strdup ("") : NULL;
}

static gpointer
delete_view (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  const SatView *view = data;
  const SatObject *kind = sat_workspace_object (workspace, view->is_segment ? "segment" : "view",
                                                error);

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
  gone->is_segment = view->is_segment;
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
      g_autofree char *text = g_strdup_printf (
          view->is_segment ? _ ("Delete the segment %s") : _ ("Delete the view %s"), name);

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

/* The segments follow the views, under a heading of their own. */
static void
header_cb (GtkListBoxRow *row, GtkListBoxRow *before, gpointer data)
{
  const SatViewButton *self = data;
  guint at = (guint) gtk_list_box_row_get_index (row);
  const SatView *view = at > 0 && self->views != NULL && at <= self->views->len
                            ? g_ptr_array_index (self->views, at - 1)
                            : NULL;
  const SatView *last = view != NULL && at > 1 ? g_ptr_array_index (self->views, at - 2) : NULL;
  GtkWidget *label;

  if (view == NULL || !view->is_segment || (last != NULL && last->is_segment))
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  label = gtk_label_new (_ ("Segments"));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_set_margin_start (label, 12);
  gtk_widget_set_margin_top (label, 6);
  gtk_list_box_row_set_header (row, label);
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

/* The last choice of what is saved. */
static void
offer_segment (SatViewButton *self, gboolean may)
{
  GtkStringList *kinds = GTK_STRING_LIST (gtk_drop_down_get_model (self->kind));

  if (may == (g_list_model_get_n_items (G_LIST_MODEL (kinds)) > SEGMENT))
    return;
  if (may)
    gtk_string_list_append (kinds, _ ("Segment"));
  else
    gtk_string_list_remove (kinds, SEGMENT);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SatViewButton) self = data;
  g_autoptr (GError) error = NULL;
  Loaded *loaded = sat_service_finish (SAT_SERVICE (source), result, &error);

  if (self->list == NULL)
    {
      g_clear_pointer (&loaded, loaded_free);
      return;
    }
  if (loaded == NULL)
    sat_toast_error (GTK_WIDGET (self), error, self->object);
  g_clear_pointer (&self->views, g_ptr_array_unref);
  if (loaded != NULL)
    {
      self->views = g_ptr_array_ref (loaded->views);
      offer_segment (self, loaded->may_segment);
    }
  g_clear_pointer (&loaded, loaded_free);
  show_views (self);
}

/* Views come with an exchange at any time. */
static void
load (SatViewButton *self)
{
  sat_service_read (self->service, read_views, (gpointer) self->object, NULL, loaded_free, NULL,
                    loaded_cb, g_object_ref (self));
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

/* As which what is chosen would be saved again. */
static guint
kind_of (SatViewButton *self, const SatView *view)
{
  GListModel *kinds = gtk_drop_down_get_model (self->kind);

  if (view == NULL || view->is_personal)
    return FOR_ME;
  if (!view->is_segment)
    return FOR_ALL;
  return g_list_model_get_n_items (kinds) > SEGMENT ? SEGMENT : FOR_ME;
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
  gtk_drop_down_set_selected (self->kind, kind_of (self, view));
  g_signal_emit (self, signals[CHOSEN], 0, view != NULL && !view->is_segment,
                 view != NULL ? view->condition : NULL, sort, view != NULL ? view->columns : NULL,
                 view != NULL ? view->grouping : NULL);
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
  view->is_personal = gtk_drop_down_get_selected (self->kind) == FOR_ME;
  view->is_segment = gtk_drop_down_get_selected (self->kind) == SEGMENT;
  view->condition = g_strdup (self->shown.condition);
  view->sort = g_strdup (self->shown.sort);
  view->columns = g_strdup (self->shown.columns);
  view->grouping = g_strdup (self->shown.grouping);
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
  sat_view_button_set_shown (self, NULL, NULL, NULL, NULL);
  G_OBJECT_CLASS (sat_view_button_parent_class)->dispose (object);
}

static void
sat_view_button_class_init (SatViewButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sat_view_button_dispose;
  signals[CHOSEN] = g_signal_new ("chosen", SAT_TYPE_VIEW_BUTTON, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 5, G_TYPE_BOOLEAN, G_TYPE_STRING,
                                  G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAT_RESOURCE_ROOT "/list/sat-view-button.ui");
  gtk_widget_class_bind_template_child (widget_class, SatViewButton, button);
  gtk_widget_class_bind_template_child (widget_class, SatViewButton, popover);
  gtk_widget_class_bind_template_child (widget_class, SatViewButton, list);
  gtk_widget_class_bind_template_child (widget_class, SatViewButton, name);
  gtk_widget_class_bind_template_child (widget_class, SatViewButton, kind);
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
  gtk_list_box_set_header_func (self->list, header_cb, self, NULL);
}

void
sat_view_button_set_up (SatViewButton *self, SatService *service, const SatObject *object)
{
  self->service = g_object_ref (service);
  self->object = object;
  show_views (self);
}

static void
set_text (char **text, const char *now)
{
  char *before = *text;

  *text = g_strdup (now);
  g_free (before);
}

void
sat_view_button_set_shown (SatViewButton *self,
                           const char *condition,
                           const char *sort,
                           const char *columns,
                           const char *grouping)
{
  set_text (&self->shown.condition, condition);
  set_text (&self->shown.sort, sort);
  set_text (&self->shown.columns, columns);
  set_text (&self->shown.grouping, grouping);
}
