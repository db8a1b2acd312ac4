/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/field/sat-field-attachment.h"

#include <glib/gi18n.h>
#include <string.h>

#include "core/value/sat-attachment.h"
#include "gtk-app/field/sat-file-work.h"
#include "gtk-app/sat-util.h"
#include "gtk-app/sat-value-text.h"

struct _SatFieldAttachment
{
  SatFieldEditor parent_instance;

  GtkImage *icon;
  GtkLabel *text;
  GtkSpinner *spinner;
  GtkButton *open;
  GtkButton *save;
  GtkButton *choose;
  GtkButton *remove;

  char *value;
  gboolean is_fixed;
  GCancellable *working; /* of the file that is read or written; NULL: none */
  GtkFileChooserNative *chooser;
};

G_DEFINE_FINAL_TYPE (SatFieldAttachment, sat_field_attachment, SAT_TYPE_FIELD_EDITOR)

/* ---- what stands there --------------------------------------------------------------------- */

static void
show_icon (SatFieldAttachment *self, const char *name)
{
  g_autofree char *type = name != NULL ? g_content_type_guess (name, NULL, 0, NULL) : NULL;
  g_autoptr (GIcon) icon = type != NULL ? g_content_type_get_symbolic_icon (type) : NULL;

  if (icon != NULL)
    gtk_image_set_from_gicon (self->icon, icon);
  gtk_widget_set_visible (GTK_WIDGET (self->icon), icon != NULL);
}

static void
show_text (SatFieldAttachment *self)
{
  const char *value = self->value;
  g_autofree char *name = value != NULL ? sat_attachment_name (value) : NULL;
  g_autofree char *size = NULL;
  g_autofree char *text = NULL;
  SatFile file;

  show_icon (self, name);
  if (value != NULL && sat_attachment_look (value, strlen (value), &file, NULL))
    {
      size = g_format_size (file.size);
      /* Translators: the name of a file and its size */
      text = g_strdup_printf (_ ("%s (%s)"), name, size);
    }
  else
    text = g_strdup (name != NULL ? name : C_ ("file", "None"));
  gtk_label_set_label (self->text, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->text), name);
  if (value == NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->text), "dim-label");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->text), "dim-label");
}

static void
show_buttons (SatFieldAttachment *self)
{
  gboolean busy = self->working != NULL;
  gboolean is_file = self->value != NULL &&
                     sat_attachment_look (self->value, strlen (self->value), NULL, NULL);

  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_widget_set_visible (GTK_WIDGET (self->open), is_file && !busy);
  gtk_widget_set_visible (GTK_WIDGET (self->save), is_file && !busy);
  gtk_widget_set_visible (GTK_WIDGET (self->choose), !self->is_fixed && !busy);
  gtk_widget_set_visible (GTK_WIDGET (self->remove),
                          self->value != NULL && !self->is_fixed && !busy);
}

static void
show_value (SatFieldAttachment *self, const char *value)
{
  char *copy = g_strdup (value);

  g_free (self->value);
  self->value = copy;
  show_text (self);
  show_buttons (self);
}

/* ---- work ---------------------------------------------------------------------------------- */

/* What was under way is of no use any more. */
static GCancellable *
begin_work (SatFieldAttachment *self)
{
  if (self->working != NULL)
    g_cancellable_cancel (self->working);
  g_clear_object (&self->working);
  self->working = g_cancellable_new ();
  show_buttons (self);
  return self->working;
}

/* The result of what was begun last; NULL: it failed, which is told, or something else was begun.
 */
static gpointer
end_work (SatFieldAttachment *self, GObject *source, GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;
  gpointer out = sat_service_finish (SAT_SERVICE (source), result, &error);

  if (out == NULL && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return NULL;
  g_clear_object (&self->working);
  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return out;
  show_buttons (self);
  if (out == NULL)
    sat_toast_error (GTK_WIDGET (self), error, NULL);
  return out;
}

static void
attached_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SatFieldAttachment) self = data;
  g_autofree char *value = end_work (self, source, result);

  if (value == NULL)
    return;
  show_value (self, value);
  sat_field_editor_emit_changed (SAT_FIELD_EDITOR (self));
}

void
sat_field_attachment_take (SatFieldAttachment *self, GFile *file)
{
  sat_file_work_attach (sat_field_editor_get_service (SAT_FIELD_EDITOR (self)), file,
                        begin_work (self), attached_cb, g_object_ref (self));
}

static void
to_open_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SatFieldAttachment) self = data;
  g_autoptr (GFile) file = end_work (self, source, result);
  g_autofree char *address = file != NULL ? g_file_get_uri (file) : NULL;
  g_autoptr (GError) error = NULL;

  if (address != NULL && !g_app_info_launch_default_for_uri (address, NULL, &error))
    sat_toast (GTK_WIDGET (self),
               _ ("No program of this laptop opens such a file. Save it, and open it with one."),
               NULL, NULL, NULL, NULL);
}

static void
open_cb (SatFieldAttachment *self)
{
  sat_file_work_write (sat_field_editor_get_service (SAT_FIELD_EDITOR (self)), self->value, NULL,
                       begin_work (self), to_open_cb, g_object_ref (self));
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SatFieldAttachment) self = data;
  g_autoptr (GFile) file = end_work (self, source, result);

  if (file != NULL)
    sat_toast (GTK_WIDGET (self), _ ("Saved"), NULL, NULL, NULL, NULL);
}

/* ---- choosing ------------------------------------------------------------------------------ */

static GFile *
chosen_file (SatFieldAttachment *self, int response)
{
  GFile *file = response == GTK_RESPONSE_ACCEPT
                    ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser))
                    : NULL;

  g_clear_object (&self->chooser);
  return file;
}

static void
chosen_cb (SatFieldAttachment *self, int response)
{
  g_autoptr (GFile) file = chosen_file (self, response);

  if (file != NULL)
    sat_field_attachment_take (self, file);
}

static void
target_cb (SatFieldAttachment *self, int response)
{
  g_autoptr (GFile) file = chosen_file (self, response);

  if (file != NULL && self->value != NULL)
    sat_file_work_write (sat_field_editor_get_service (SAT_FIELD_EDITOR (self)), self->value, file,
                         begin_work (self), saved_cb, g_object_ref (self));
}

static void
ask_for_file (SatFieldAttachment *self,
              const char *title,
              GtkFileChooserAction action,
              const char *accept,
              GCallback answered)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (title, GTK_WINDOW (root), action, accept,
                                               _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", answered, self, G_CONNECT_SWAPPED);
}

static void
choose_cb (SatFieldAttachment *self)
{
  ask_for_file (self, _ ("Attach a File"), GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Attach"),
                G_CALLBACK (chosen_cb));
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
save_cb (SatFieldAttachment *self)
{
  g_autofree char *name = sat_attachment_name (self->value);

  ask_for_file (self, _ ("Save the File"), GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"),
                G_CALLBACK (target_cb));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
remove_cb (SatFieldAttachment *self)
{
  show_value (self, NULL);
  sat_field_editor_emit_changed (SAT_FIELD_EDITOR (self));
}

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, gpointer data)
{
  SatFieldAttachment *self = data;

  if (self->is_fixed || !G_VALUE_HOLDS (value, G_TYPE_FILE))
    return FALSE;
  sat_field_attachment_take (self, g_value_get_object (value));
  return TRUE;
}

/* ---- the editor ---------------------------------------------------------------------------- */

static void
sat_field_attachment_set_value (SatFieldEditor *editor, const char *value)
{
  SatFieldAttachment *self = SAT_FIELD_ATTACHMENT (editor);

  /* Another record is shown, or what was saved. */
  if (self->working != NULL)
    g_cancellable_cancel (self->working);
  g_clear_object (&self->working);
  show_value (self, value);
}

static gboolean
sat_field_attachment_get_value (SatFieldEditor *editor, char **out_value, GError **error)
{
  *out_value = g_strdup (SAT_FIELD_ATTACHMENT (editor)->value);
  return TRUE;
}

static GtkWidget *
sat_field_attachment_get_target (SatFieldEditor *editor)
{
  return GTK_WIDGET (SAT_FIELD_ATTACHMENT (editor)->choose);
}

static void
sat_field_attachment_set_fixed (SatFieldEditor *editor, gboolean is_fixed)
{
  SAT_FIELD_ATTACHMENT (editor)->is_fixed = is_fixed;
  show_buttons (SAT_FIELD_ATTACHMENT (editor));
}

static void
sat_field_attachment_dispose (GObject *object)
{
  SatFieldAttachment *self = SAT_FIELD_ATTACHMENT (object);
  GtkWidget *child;

  if (self->working != NULL)
    g_cancellable_cancel (self->working);
  g_clear_object (&self->working);
  g_clear_object (&self->chooser);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (sat_field_attachment_parent_class)->dispose (object);
}

static void
sat_field_attachment_finalize (GObject *object)
{
  g_free (SAT_FIELD_ATTACHMENT (object)->value);
  G_OBJECT_CLASS (sat_field_attachment_parent_class)->finalize (object);
}

static void
sat_field_attachment_class_init (SatFieldAttachmentClass *klass)
{
  SatFieldEditorClass *editor_class = SAT_FIELD_EDITOR_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sat_field_attachment_dispose;
  G_OBJECT_CLASS (klass)->finalize = sat_field_attachment_finalize;
  editor_class->set_value = sat_field_attachment_set_value;
  editor_class->get_value = sat_field_attachment_get_value;
  editor_class->get_target = sat_field_attachment_get_target;
  editor_class->set_fixed = sat_field_attachment_set_fixed;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAT_RESOURCE_ROOT "/field/sat-field-attachment.ui");
  gtk_widget_class_bind_template_child (widget_class, SatFieldAttachment, icon);
  gtk_widget_class_bind_template_child (widget_class, SatFieldAttachment, text);
  gtk_widget_class_bind_template_child (widget_class, SatFieldAttachment, spinner);
  gtk_widget_class_bind_template_child (widget_class, SatFieldAttachment, open);
  gtk_widget_class_bind_template_child (widget_class, SatFieldAttachment, save);
  gtk_widget_class_bind_template_child (widget_class, SatFieldAttachment, choose);
  gtk_widget_class_bind_template_child (widget_class, SatFieldAttachment, remove);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_cb);
}

static void
sat_field_attachment_init (SatFieldAttachment *self)
{
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_FILE, GDK_ACTION_COPY);

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}
