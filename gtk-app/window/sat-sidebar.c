/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/window/sat-sidebar.h"

#include <glib/gi18n.h>

#include "core/workspace/sat-workspace-access.h"
#include "gtk-app/approval/sat-approvals-work.h"
#include "gtk-app/sat-util.h"
#include "gtk-app/sat-value-text.h"

#define WIDTH 256

struct _SatSidebar
{
  GtkWidget parent_instance;

  AdwHeaderBar *header;
  AdwWindowTitle *title;
  GtkListBox *list;
  SatSyncIndicator *sync;

  GtkLabel *badge; /* the number of conflicts */
  GtkListBoxRow *conflicts;
  GtkLabel *approvals_badge; /* how many wait for the user */
  GtkListBoxRow *approvals;  /* NULL: they are switched off */
  gint64 n_approvals;
  GCancellable *counting;

  SatService *service;
  GCancellable *asking; /* what the user may set up; NULL: not now */
  GHashTable *may;      /* names of objects of kind setup that the user may edit */
  GtkListBoxRow *setup; /* the heading of those, behind which their places are */
  GtkImage *arrow;
  gboolean open; /* are they shown? */
};

G_DEFINE_FINAL_TYPE (SatSidebar, sat_sidebar, GTK_TYPE_WIDGET)

static GtkListBoxRow *
add_place (SatSidebar *self, const char *name, const char *icon, const char *title)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (title);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (icon));
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data_full (G_OBJECT (row), "place", g_strdup (name), g_free);
  sat_name_widget (row, title);
  gtk_list_box_append (self->list, row);
  return GTK_LIST_BOX_ROW (row);
}

static const char *
place_of (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "place");
}

static GtkLabel *
add_badge (GtkListBoxRow *row)
{
  GtkWidget *badge = gtk_label_new (NULL);

  gtk_widget_add_css_class (badge, "badge");
  gtk_widget_add_css_class (badge, "numeric");
  gtk_widget_set_valign (badge, GTK_ALIGN_CENTER);
  gtk_widget_hide (badge);
  gtk_box_append (GTK_BOX (gtk_list_box_row_get_child (row)), badge);
  return GTK_LABEL (badge);
}

/* ---- approvals ------------------------------------------------------------------------------ */

static void
show_approvals (SatSidebar *self)
{
  g_autofree char *count = g_strdup_printf ("%" G_GINT64_FORMAT, self->n_approvals);
  g_autofree char *name = g_strdup_printf (ngettext ("Approvals: %d waits for you",
                                                     "Approvals: %d wait for you",
                                                     (gulong) self->n_approvals),
                                           (int) self->n_approvals);

  if (self->approvals == NULL)
    return;
  gtk_label_set_label (self->approvals_badge, count);
  gtk_widget_set_visible (GTK_WIDGET (self->approvals_badge), self->n_approvals > 0);
  sat_name_widget (GTK_WIDGET (self->approvals), name);
}

static void
counted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SatSidebar) self = data;
  g_autofree gint64 *n = sat_service_finish (SAT_SERVICE (source), result, NULL);

  if (n == NULL || self->setup == NULL)
    return;
  self->n_approvals = *n;
  show_approvals (self);
}

static void
count_approvals (SatSidebar *self)
{
  if (self->counting != NULL)
    g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
  self->counting = g_cancellable_new ();
  sat_approvals_work_count (self->service, self->counting, counted_cb, g_object_ref (self));
}

static void
add_approvals (SatSidebar *self, const SatCatalogue *catalogue)
{
  const SatObject *object = sat_catalogue_find (catalogue, "approval");

  self->approvals = NULL;
  if (object == NULL || object->off)
    return;
  self->approvals = add_place (self, "approvals", "satchel-agree-symbolic", _ ("Approvals"));
  self->approvals_badge = add_badge (self->approvals);
  show_approvals (self);
}

/* ---- how the company works ------------------------------------------------------------------ */

static gboolean
may_edit (const SatAccess *access, const SatObject *object)
{
  return sat_access_reach (access, object, SAT_RIGHT_EDIT) != SAT_REACH_NONE ||
         sat_access_reach (access, object, SAT_RIGHT_CREATE) != SAT_REACH_NONE;
}

static gpointer
read_may (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  const SatCatalogue *catalogue = sat_workspace_catalogue (workspace);
  const SatAccess *access = sat_workspace_access (workspace);
  GHashTable *may = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < sat_catalogue_n_objects (catalogue); i++)
    {
      const SatObject *object = sat_catalogue_object (catalogue, i);

      if (object->setup && !object->retired && !object->off && may_edit (access, object))
        g_hash_table_add (may, g_strdup (object->name));
    }
  return may;
}

/* The places of the group are the rows behind its heading. */
static void
show_setup (SatSidebar *self)
{
  GtkListBoxRow *row;
  gboolean any = FALSE;

  for (int i = gtk_list_box_row_get_index (self->setup) + 1;
       (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    {
      gboolean may = self->may != NULL && g_hash_table_contains (self->may, place_of (row));

      any = any || may;
      gtk_widget_set_visible (GTK_WIDGET (row), may && self->open);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->setup), any);
  gtk_image_set_from_icon_name (self->arrow, self->open ? "pan-down-symbolic" : "pan-end-symbolic");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->setup), GTK_ACCESSIBLE_STATE_EXPANDED,
                               self->open, -1);
}

static void
may_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SatSidebar) self = data;
  g_autoptr (GHashTable) may = sat_service_finish (SAT_SERVICE (source), result, NULL);

  if (may == NULL || self->setup == NULL)
    return;
  g_clear_object (&self->asking);
  g_clear_pointer (&self->may, g_hash_table_unref);
  self->may = g_steal_pointer (&may);
  show_setup (self);
}

static void
ask_may (SatSidebar *self)
{
  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  self->asking = g_cancellable_new ();
  sat_service_read (self->service, read_may, NULL, NULL, (GDestroyNotify) g_hash_table_unref,
                    self->asking, may_cb, g_object_ref (self));
}

static void
add_setup (SatSidebar *self, const SatCatalogue *catalogue)
{
  GtkWidget *box;

  self->setup = add_place (self, NULL, "emblem-system-symbolic", _ ("Setup"));
  gtk_list_box_row_set_selectable (self->setup, FALSE);
  self->arrow = GTK_IMAGE (gtk_image_new ());
  box = gtk_list_box_row_get_child (self->setup);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->arrow));
  for (guint i = 0; i < sat_catalogue_n_objects (catalogue); i++)
    {
      const SatObject *object = sat_catalogue_object (catalogue, i);
      GtkListBoxRow *row;

      if (!object->setup || object->retired || object->off)
        continue;
      row = add_place (self, object->name, sat_object_icon (object), sat_here (object->plural));
      gtk_widget_set_margin_start (gtk_list_box_row_get_child (row), 12);
    }
  show_setup (self);
}

/* ---- all places ----------------------------------------------------------------------------- */

static void
row_cb (GtkListBox *list, GtkListBoxRow *row, SatSidebar *self)
{
  if (row == self->setup)
    {
      self->open = !self->open;
      show_setup (self);
      return;
    }
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show", "s", place_of (row));
}

static void
status_cb (SatSidebar *self, int n_conflicts)
{
  g_autofree char *count = g_strdup_printf ("%d", n_conflicts);
  g_autofree char *name = g_strdup_printf (
      ngettext ("Conflicts: %d to decide", "Conflicts: %d to decide", (gulong) n_conflicts),
      n_conflicts);
  const char *workspace = sat_sync_indicator_get_workspace (self->sync);

  gtk_label_set_label (self->badge, count);
  gtk_widget_set_visible (GTK_WIDGET (self->badge), n_conflicts > 0);
  sat_name_widget (GTK_WIDGET (self->conflicts), name);
  adw_window_title_set_title (self->title, *workspace != '\0' ? workspace : _ ("Satchel"));
  adw_window_title_set_subtitle (self->title, sat_sync_indicator_get_user (self->sync));
}

/* What people work with every day comes first, whatever the catalogue's order. */
static void
add_objects (SatSidebar *self, const SatCatalogue *catalogue)
{
  static const char *const first[] = { "customer", "contact", "deal", "task", "activity", "lead" };

  for (gsize i = 0; i < G_N_ELEMENTS (first); i++)
    {
      const SatObject *object = sat_catalogue_find (catalogue, first[i]);

      if (object != NULL && !object->retired && !object->off)
        add_place (self, object->name, sat_object_icon (object), sat_here (object->plural));
    }
  for (guint i = 0; i < sat_catalogue_n_objects (catalogue); i++)
    {
      const SatObject *object = sat_catalogue_object (catalogue, i);
      gboolean had = object->system || object->setup || object->off;

      for (gsize j = 0; j < G_N_ELEMENTS (first); j++)
        had = had || g_str_equal (object->name, first[j]);
      if (!had)
        add_place (self, object->name, sat_object_icon (object), sat_here (object->plural));
    }
}

/* All places; the number of conflicts as it was. */
static void
fill (SatSidebar *self, const SatCatalogue *catalogue, int n_conflicts)
{
  sat_remove_children (GTK_WIDGET (self->list));
  add_objects (self, catalogue);
  add_approvals (self, catalogue);
  self->conflicts = add_place (self, "conflicts", "satchel-conflict-symbolic", _ ("Conflicts"));
  self->badge = add_badge (self->conflicts);
  add_setup (self, catalogue);
  if (n_conflicts >= 0)
    status_cb (self, n_conflicts);
}

void
sat_sidebar_set_service (SatSidebar *self, SatService *service)
{
  g_set_object (&self->service, service);
  fill (self, sat_service_catalogue (service), -1);
  g_signal_connect_object (service, "changed", G_CALLBACK (ask_may), self, G_CONNECT_SWAPPED);
  ask_may (self);
  g_signal_connect_object (service, "changed", G_CALLBACK (count_approvals), self,
                           G_CONNECT_SWAPPED);
  count_approvals (self);
  sat_sync_indicator_set_service (self->sync, service);
}

void
sat_sidebar_reshape (SatSidebar *self, const SatCatalogue *catalogue)
{
  fill (self, catalogue, (int) g_ascii_strtoll (gtk_label_get_label (self->badge), NULL, 10));
  ask_may (self);
}

void
sat_sidebar_set_folded (SatSidebar *self, gboolean folded)
{
  adw_header_bar_set_show_end_title_buttons (self->header, folded);
  gtk_list_box_set_selection_mode (self->list, folded ? GTK_SELECTION_NONE : GTK_SELECTION_SINGLE);
}

void
sat_sidebar_select (SatSidebar *self, const char *name)
{
  GtkListBoxRow *row;

  gtk_list_box_unselect_all (self->list);
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (row != self->setup && g_strcmp0 (place_of (row), name) == 0)
      {
        if (self->setup != NULL && i > gtk_list_box_row_get_index (self->setup) && !self->open)
          {
            self->open = TRUE;
            show_setup (self);
          }
        gtk_list_box_select_row (self->list, row);
      }
}

const char *
sat_sidebar_get_place (SatSidebar *self, guint index)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, (int) index);

  return row != NULL ? place_of (row) : NULL;
}

SatSyncIndicator *
sat_sidebar_get_sync (SatSidebar *self)
{
  return self->sync;
}

/* As wide as its places need, however long the workspace's name is. */
static void
sat_sidebar_measure (GtkWidget *widget,
                     GtkOrientation orientation,
                     int for_size,
                     int *minimum,
                     int *natural,
                     int *minimum_baseline,
                     int *natural_baseline)
{
  gtk_widget_measure (gtk_widget_get_first_child (widget), orientation, for_size, minimum, natural,
                      minimum_baseline, natural_baseline);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural = MAX (*minimum, WIDTH);
}

static void
sat_sidebar_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gtk_widget_size_allocate (gtk_widget_get_first_child (widget),
                            &(GtkAllocation){ 0, 0, width, height }, baseline);
}

static void
sat_sidebar_dispose (GObject *object)
{
  SatSidebar *self = SAT_SIDEBAR (object);
  GtkWidget *child;

  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);
  if (self->counting != NULL)
    g_cancellable_cancel (self->counting);
  self->setup = NULL;
  g_clear_object (&self->counting);
  g_clear_object (&self->asking);
  g_clear_object (&self->service);
  g_clear_pointer (&self->may, g_hash_table_unref);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (sat_sidebar_parent_class)->dispose (object);
}

static void
sat_sidebar_class_init (SatSidebarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sat_sidebar_dispose;
  widget_class->measure = sat_sidebar_measure;
  widget_class->size_allocate = sat_sidebar_size_allocate;

  g_type_ensure (SAT_TYPE_SYNC_INDICATOR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAT_RESOURCE_ROOT "/window/sat-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, SatSidebar, header);
  gtk_widget_class_bind_template_child (widget_class, SatSidebar, title);
  gtk_widget_class_bind_template_child (widget_class, SatSidebar, list);
  gtk_widget_class_bind_template_child (widget_class, SatSidebar, sync);
  gtk_widget_class_bind_template_callback (widget_class, row_cb);
  gtk_widget_class_bind_template_callback (widget_class, status_cb);
}

static void
sat_sidebar_init (SatSidebar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
