/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/field/sat-field-picture.h"

#include <glib/gi18n.h>

#include "gtk-app/sat-picture.h"
#include "gtk-app/sat-util.h"
#include "gtk-app/sat-value-text.h"

struct _SatFieldPicture
{
  SatFieldEditor parent_instance;

  GtkImage *image;
  GtkLabel *text;
  GtkButton *choose;
  GtkButton *remove;

  char *value;
  GtkFileChooserNative *chooser;
};

G_DEFINE_FINAL_TYPE (SatFieldPicture, sat_field_picture, SAT_TYPE_FIELD_EDITOR)

static void
show_value (SatFieldPicture *self, const char *value)
{
  const SatField *field = sat_field_editor_get_field (SAT_FIELD_EDITOR (self));
  g_autoptr (GdkTexture) texture = sat_picture_texture (value);
  g_autofree char *text = sat_value_text (field, value);
  char *copy = g_strdup (value);

  g_free (self->value);
  self->value = copy;
  gtk_image_set_from_paintable (self->image, texture != NULL ? GDK_PAINTABLE (texture) : NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->image), texture != NULL);
  gtk_label_set_label (self->text, text);
  gtk_widget_set_visible (GTK_WIDGET (self->remove), value != NULL);
}

void
sat_field_picture_take (SatFieldPicture *self, GFile *file)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *value = sat_picture_from_file (file, &error);

  if (value == NULL)
    {
      sat_toast_error (GTK_WIDGET (self), error, NULL);
      return;
    }
  show_value (self, value);
  sat_field_editor_emit_changed (SAT_FIELD_EDITOR (self));
}

static void
chosen_cb (SatFieldPicture *self, int response)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT
                               ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser))
                               : NULL;

  if (file != NULL)
    sat_field_picture_take (self, file);
  g_clear_object (&self->chooser);
}

static void
choose_cb (SatFieldPicture *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (_ ("Choose a Picture"), GTK_WINDOW (root),
                                               GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Choose"),
                                               _ ("_Cancel"));
  gtk_file_filter_set_name (filter, _ ("Pictures"));
  gtk_file_filter_add_pixbuf_formats (filter);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chosen_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
remove_cb (SatFieldPicture *self)
{
  show_value (self, NULL);
  sat_field_editor_emit_changed (SAT_FIELD_EDITOR (self));
}

static void
sat_field_picture_set_value (SatFieldEditor *editor, const char *value)
{
  show_value (SAT_FIELD_PICTURE (editor), value);
}

static gboolean
sat_field_picture_get_value (SatFieldEditor *editor, char **out_value, GError **error)
{
  *out_value = g_strdup (SAT_FIELD_PICTURE (editor)->value);
  return TRUE;
}

static GtkWidget *
sat_field_picture_get_target (SatFieldEditor *editor)
{
  return GTK_WIDGET (SAT_FIELD_PICTURE (editor)->choose);
}

static void
sat_field_picture_dispose (GObject *object)
{
  GtkWidget *child;

  g_clear_object (&SAT_FIELD_PICTURE (object)->chooser);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (sat_field_picture_parent_class)->dispose (object);
}

static void
sat_field_picture_finalize (GObject *object)
{
  g_free (SAT_FIELD_PICTURE (object)->value);
  G_OBJECT_CLASS (sat_field_picture_parent_class)->finalize (object);
}

static void
sat_field_picture_class_init (SatFieldPictureClass *klass)
{
  SatFieldEditorClass *editor_class = SAT_FIELD_EDITOR_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sat_field_picture_dispose;
  G_OBJECT_CLASS (klass)->finalize = sat_field_picture_finalize;
  editor_class->set_value = sat_field_picture_set_value;
  editor_class->get_value = sat_field_picture_get_value;
  editor_class->get_target = sat_field_picture_get_target;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAT_RESOURCE_ROOT "/field/sat-field-picture.ui");
  gtk_widget_class_bind_template_child (widget_class, SatFieldPicture, image);
  gtk_widget_class_bind_template_child (widget_class, SatFieldPicture, text);
  gtk_widget_class_bind_template_child (widget_class, SatFieldPicture, choose);
  gtk_widget_class_bind_template_child (widget_class, SatFieldPicture, remove);
  gtk_widget_class_bind_template_callback (widget_class, choose_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_cb);
}

static void
sat_field_picture_init (SatFieldPicture *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
