/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/search/sat-go-palette.h"

#include <glib/gi18n.h>
#include <string.h>

#include "gtk-app/model/sat-lookup.h"
#include "gtk-app/sat-util.h"

#define FOUND 12

struct _SatGoPalette
{
  GtkWidget parent_instance;

  AdwBin *scrim;
  GtkBox *box;
  GtkSearchEntry *entry;
  GtkListBox *list;

  SatService *service;
  GtkWidget *before; /* had the focus when it was opened; a weak pointer */
  GCancellable *looking;
};

G_DEFINE_FINAL_TYPE (SatGoPalette, sat_go_palette, GTK_TYPE_WIDGET)

/* ---- lines --------------------------------------------------------------------------------- */

/* ACTION with TARGET (may be NULL, taken over) is what the line does. */
static void
add_line (SatGoPalette *self,
          const char *icon,
          const char *title,
          const char *detail,
          const char *action,
          GVariant *target)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (title);
  GtkWidget *side = gtk_label_new (detail);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_label_set_ellipsize (GTK_LABEL (side), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (side), 28);
  gtk_widget_add_css_class (side, "dim-label");
  gtk_widget_add_css_class (side, "caption");
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (icon));
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), side);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  sat_name_widget (row, title);
  g_object_set_data_full (G_OBJECT (row), "action", g_strdup (action), g_free);
  if (target != NULL)
    g_object_set_data_full (G_OBJECT (row), "target", g_variant_ref_sink (target),
                            (GDestroyNotify) g_variant_unref);
  gtk_list_box_append (self->list, row);
  if (gtk_list_box_get_selected_row (self->list) == NULL)
    gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (row));
}

static gboolean
matches (const char *words, const char *title)
{
  g_autofree char *a = g_utf8_casefold (words, -1);
  g_autofree char *b = g_utf8_casefold (title, -1);

  return strstr (b, a) != NULL;
}

static void
add_command (SatGoPalette *self,
             const char *words,
             const char *icon,
             const char *title,
             const char *keys,
             const char *action,
             GVariant *target)
{
  g_autoptr (GVariant) own = target != NULL ? g_variant_ref_sink (target) : NULL;

  if (matches (words, title))
    add_line (self, icon, title, keys, action, own);
}

static void
add_commands (SatGoPalette *self, const char *words)
{
  const SatCatalogue *catalogue = sat_service_catalogue (self->service);
  const SatObject *approval = sat_catalogue_find (catalogue, "approval");

  for (guint i = 0; i < sat_catalogue_n_objects (catalogue); i++)
    {
      const SatObject *object = sat_catalogue_object (catalogue, i);

      if (!object->off && (!object->system || (object->setup && !object->retired)))
        add_command (self, words, sat_object_icon (object), sat_here (object->plural), "",
                     "win.show", g_variant_new_string (object->name));
    }
  if (approval != NULL && !approval->off)
    add_command (self, words, "satchel-agree-symbolic", _ ("Approvals"), "", "win.show",
                 g_variant_new_string ("approvals"));
  add_command (self, words, "satchel-conflict-symbolic", _ ("Conflicts"), "", "win.show",
               g_variant_new_string ("conflicts"));
  for (guint i = 0; i < sat_catalogue_n_objects (catalogue); i++)
    {
      const SatObject *object = sat_catalogue_object (catalogue, i);
      g_autofree char *one = sat_here_inside (object->label);
      g_autofree char *title = g_strdup_printf (_ ("New %s"), one);

      if (!object->system && !object->off && *words != '\0')
        add_command (self, words, "list-add-symbolic", title, "", "win.new",
                     g_variant_new ("(sss)", object->name, "", ""));
    }
  add_command (self, words, "satchel-sync-symbolic", _ ("Sync"), "F5", "win.sync", NULL);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SatGoPalette) self = data;
  g_autoptr (GPtrArray) found = sat_lookup_finish (SAT_SERVICE (source), result, NULL);
  const char *words = gtk_editable_get_text (GTK_EDITABLE (self->entry));

  if (found == NULL)
    return;
  sat_remove_children (GTK_WIDGET (self->list));
  if (*words == '\0')
    add_commands (self, words);
  for (guint i = 0; i < found->len; i++)
    {
      const SatFound *hit = g_ptr_array_index (found, i);
      char id[SAT_ID_TEXT_SIZE];

      add_line (self, sat_object_icon (hit->object), hit->title,
                *hit->detail != '\0' ? hit->detail : sat_here (hit->object->label), "win.open",
                g_variant_new ("(ss)", hit->object->name, sat_id_format (&hit->id, id)));
    }
  if (*words != '\0')
    add_commands (self, words);
}

static void
search_cb (SatGoPalette *self)
{
  if (self->looking != NULL)
    g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  self->looking = g_cancellable_new ();
  sat_lookup_async (self->service, NULL, gtk_editable_get_text (GTK_EDITABLE (self->entry)), FOUND,
                    self->looking, found_cb, g_object_ref (self));
}

/* ---- opening, choosing, closing ------------------------------------------------------------ */

void
sat_go_palette_open (SatGoPalette *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  g_set_weak_pointer (&self->before, root != NULL ? gtk_root_get_focus (root) : NULL);
  gtk_widget_show (GTK_WIDGET (self));
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  search_cb (self);
}

void
sat_go_palette_close (SatGoPalette *self)
{
  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  gtk_widget_hide (GTK_WIDGET (self));
  if (self->before != NULL)
    gtk_widget_grab_focus (self->before);
  g_clear_weak_pointer (&self->before);
}

static void
close_cb (SatGoPalette *self)
{
  sat_go_palette_close (self);
}

static void
row_cb (GtkListBox *list, GtkListBoxRow *row, SatGoPalette *self)
{
  g_autofree char *action = g_strdup (g_object_get_data (G_OBJECT (row), "action"));
  GVariant *target = g_object_get_data (G_OBJECT (row), "target");
  g_autoptr (GVariant) own = target != NULL ? g_variant_ref (target) : NULL;

  sat_go_palette_close (self);
  gtk_widget_activate_action_variant (GTK_WIDGET (self), action, own);
}

static void
activate_cb (SatGoPalette *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if (row != NULL)
    row_cb (self->list, row, self);
}

/* The arrows move the selection while one goes on typing. */
static gboolean
key_cb (GtkEventControllerKey *controller,
        guint keyval,
        guint keycode,
        GdkModifierType state,
        SatGoPalette *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  int index = row != NULL ? gtk_list_box_row_get_index (row) : -1;

  if (keyval == GDK_KEY_Down)
    index++;
  else if (keyval == GDK_KEY_Up)
    index--;
  else
    return GDK_EVENT_PROPAGATE;
  row = index >= 0 ? gtk_list_box_get_row_at_index (self->list, index) : NULL;
  if (row != NULL)
    gtk_list_box_select_row (self->list, row);
  return GDK_EVENT_STOP;
}

static void
sat_go_palette_dispose (GObject *object)
{
  SatGoPalette *self = SAT_GO_PALETTE (object);
  GtkWidget *child;

  if (self->looking != NULL)
    g_cancellable_cancel (self->looking);
  g_clear_weak_pointer (&self->before);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (sat_go_palette_parent_class)->dispose (object);
}

static void
sat_go_palette_finalize (GObject *object)
{
  SatGoPalette *self = SAT_GO_PALETTE (object);

  g_clear_object (&self->looking);
  g_clear_object (&self->service);
  G_OBJECT_CLASS (sat_go_palette_parent_class)->finalize (object);
}

static void
sat_go_palette_class_init (SatGoPaletteClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sat_go_palette_dispose;
  G_OBJECT_CLASS (klass)->finalize = sat_go_palette_finalize;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAT_RESOURCE_ROOT "/search/sat-go-palette.ui");
  gtk_widget_class_bind_template_child (widget_class, SatGoPalette, scrim);
  gtk_widget_class_bind_template_child (widget_class, SatGoPalette, box);
  gtk_widget_class_bind_template_child (widget_class, SatGoPalette, entry);
  gtk_widget_class_bind_template_child (widget_class, SatGoPalette, list);
  gtk_widget_class_bind_template_callback (widget_class, search_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_cb);
}

static void
sat_go_palette_init (SatGoPalette *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
sat_go_palette_set_service (SatGoPalette *self, SatService *service)
{
  g_set_object (&self->service, service);
}
