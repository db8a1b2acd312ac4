/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/field/sat-field-reference.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "gtk-app/model/sat-lookup.h"
#include "gtk-app/sat-util.h"

#define SHOWN 30

struct _SatFieldReference
{
  SatFieldEditor parent_instance;

  GtkMenuButton *button;
  GtkLabel *title;
  GtkPopover *popover;
  GtkSearchEntry *search;
  GtkListBox *results;
  GtkButton *clear;
  GtkButton *open;

  char *value;           /* the id, or NULL */
  GCancellable *naming;  /* of the title awaited */
  GCancellable *looking; /* of the results awaited */
};

G_DEFINE_FINAL_TYPE (SatFieldReference, sat_field_reference, SAT_TYPE_FIELD_EDITOR)

/* The object referred to, NULL for any. */
static const SatObject *
target_of (SatFieldReference *self)
{
  const SatField *field = sat_field_editor_get_field (SAT_FIELD_EDITOR (self));

  if (field->reference == NULL || g_str_equal (field->reference, "*"))
    return NULL;
  return sat_catalogue_find (field->object->catalogue, field->reference);
}

static void
restart (GCancellable **cancellable)
{
  if (*cancellable != NULL)
    g_cancellable_cancel (*cancellable);
  g_clear_object (cancellable);
  *cancellable = g_cancellable_new ();
}

static void
show_title (SatFieldReference *self, const char *text, gboolean dim)
{
  gtk_label_set_label (self->title, text);
  if (dim)
    gtk_widget_add_css_class (GTK_WIDGET (self->title), "dim-label");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->title), "dim-label");
  gtk_widget_set_visible (GTK_WIDGET (self->clear), self->value != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->open), self->value != NULL && !dim);
}

static void
titled_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SatFieldReference) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *title = sat_service_finish (SAT_SERVICE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (title != NULL)
    show_title (self, title, FALSE);
  else
    show_title (self, _ ("(not on this device)"), TRUE);
}

static void
set_id (SatFieldReference *self, const char *value)
{
  SatId id;

  if (g_strcmp0 (self->value, value) == 0 && value != NULL)
    return;
  g_free (self->value);
  self->value = g_strdup (value);
  restart (&self->naming);
  if (value == NULL || !sat_id_parse (value, &id))
    {
      show_title (self, C_ ("reference", "None"), TRUE);
      return;
    }
  show_title (self, "…", FALSE);
  sat_lookup_title_async (sat_field_editor_get_service (SAT_FIELD_EDITOR (self)), target_of (self),
                          &id, self->naming, titled_cb, g_object_ref (self));
}

/* ---- choosing ------------------------------------------------------------------------------ */

static GtkWidget *
make_line (const SatFound *found)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *title = gtk_label_new (found->title);
  GtkWidget *detail = gtk_label_new (found->detail);
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (detail), 0);
  gtk_label_set_ellipsize (GTK_LABEL (detail), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (detail, "caption");
  gtk_widget_add_css_class (detail, "dim-label");
  gtk_widget_set_visible (detail, *found->detail != '\0');
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), detail);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data_full (G_OBJECT (row), "id", sat_id_dup_text (&found->id), g_free);
  sat_name_widget (row, found->title);
  return row;
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SatFieldReference) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = sat_lookup_finish (SAT_SERVICE (source), result, &error);

  if (found == NULL)
    return;
  sat_remove_children (GTK_WIDGET (self->results));
  for (guint i = 0; i < found->len; i++)
    gtk_list_box_append (self->results, make_line (g_ptr_array_index (found, i)));
}

static void
search_cb (SatFieldReference *self)
{
  restart (&self->looking);
  sat_lookup_async (sat_field_editor_get_service (SAT_FIELD_EDITOR (self)), target_of (self),
                    gtk_editable_get_text (GTK_EDITABLE (self->search)), SHOWN, self->looking,
                    looked_cb, g_object_ref (self));
}

static void
popover_cb (SatFieldReference *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
  search_cb (self);
}

static void
picked_cb (GtkListBox *results, GtkListBoxRow *row, SatFieldReference *self)
{
  set_id (self, g_object_get_data (G_OBJECT (row), "id"));
  gtk_popover_popdown (self->popover);
  sat_field_editor_emit_changed (SAT_FIELD_EDITOR (self));
}

static void
first_cb (SatFieldReference *self)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->results, 0);

  if (row != NULL)
    picked_cb (self->results, row, self);
}

static void
clear_cb (SatFieldReference *self)
{
  set_id (self, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->button));
  sat_field_editor_emit_changed (SAT_FIELD_EDITOR (self));
}

static void
open_cb (SatFieldReference *self)
{
  const SatObject *target = target_of (self);

  gtk_widget_activate_action (GTK_WIDGET (self), "win.open", "(ss)",
                              target != NULL ? target->name : "", self->value);
}

/* ---- the editor ---------------------------------------------------------------------------- */

static void
sat_field_reference_setup (SatFieldEditor *editor)
{
  SatFieldReference *self = SAT_FIELD_REFERENCE (editor);

  show_title (self, C_ ("reference", "None"), TRUE);
}

static void
sat_field_reference_set_value (SatFieldEditor *editor, const char *value)
{
  set_id (SAT_FIELD_REFERENCE (editor), value);
}

static gboolean
sat_field_reference_get_value (SatFieldEditor *editor, char **out_value, GError **error)
{
  *out_value = g_strdup (SAT_FIELD_REFERENCE (editor)->value);
  return TRUE;
}

static GtkWidget *
sat_field_reference_get_target (SatFieldEditor *editor)
{
  return GTK_WIDGET (SAT_FIELD_REFERENCE (editor)->button);
}

static void
sat_field_reference_dispose (GObject *object)
{
  SatFieldReference *self = SAT_FIELD_REFERENCE (object);

  restart (&self->naming);
  restart (&self->looking);
  G_OBJECT_CLASS (sat_field_reference_parent_class)->dispose (object);
}

static void
sat_field_reference_finalize (GObject *object)
{
  SatFieldReference *self = SAT_FIELD_REFERENCE (object);

  g_clear_pointer (&self->value, g_free);
  g_clear_object (&self->naming);
  g_clear_object (&self->looking);
  G_OBJECT_CLASS (sat_field_reference_parent_class)->finalize (object);
}

static void
sat_field_reference_class_init (SatFieldReferenceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  SatFieldEditorClass *editor_class = SAT_FIELD_EDITOR_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = sat_field_reference_dispose;
  object_class->finalize = sat_field_reference_finalize;
  editor_class->setup = sat_field_reference_setup;
  editor_class->set_value = sat_field_reference_set_value;
  editor_class->get_value = sat_field_reference_get_value;
  editor_class->get_target = sat_field_reference_get_target;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAT_RESOURCE_ROOT "/field/sat-field-reference.ui");
  gtk_widget_class_bind_template_child (widget_class, SatFieldReference, button);
  gtk_widget_class_bind_template_child (widget_class, SatFieldReference, title);
  gtk_widget_class_bind_template_child (widget_class, SatFieldReference, popover);
  gtk_widget_class_bind_template_child (widget_class, SatFieldReference, search);
  gtk_widget_class_bind_template_child (widget_class, SatFieldReference, results);
  gtk_widget_class_bind_template_child (widget_class, SatFieldReference, clear);
  gtk_widget_class_bind_template_child (widget_class, SatFieldReference, open);
  gtk_widget_class_bind_template_callback (widget_class, popover_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_cb);
  gtk_widget_class_bind_template_callback (widget_class, first_cb);
  gtk_widget_class_bind_template_callback (widget_class, picked_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
}

static void
sat_field_reference_init (SatFieldReference *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* The button centres what it holds; a title starts at the left as all values do. */
  gtk_widget_set_halign (gtk_widget_get_parent (GTK_WIDGET (self->title)), GTK_ALIGN_FILL);
}
