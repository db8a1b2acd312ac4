/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk-app/field/sat-field-long-text.h"

#include "gtk-app/sat-util.h"

struct _SatFieldLongText
{
  SatFieldEditor parent_instance;

  GtkTextView *view;
  GtkTextBuffer *buffer;
};

G_DEFINE_FINAL_TYPE (SatFieldLongText, sat_field_long_text, SAT_TYPE_FIELD_EDITOR)

#define NOTES_HEIGHT 66
#define ADDRESS_HEIGHT 44

static void
changed_cb (SatFieldLongText *self)
{
  sat_field_editor_emit_changed (SAT_FIELD_EDITOR (self));
}

static char *
get_text (SatFieldLongText *self)
{
  GtkTextIter start;
  GtkTextIter end;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  return gtk_text_buffer_get_text (self->buffer, &start, &end, FALSE);
}

static void
sat_field_long_text_setup (SatFieldEditor *editor)
{
  SatFieldLongText *self = SAT_FIELD_LONG_TEXT (editor);
  gboolean address = sat_field_editor_get_field (editor)->type->id == SAT_TYPE_ADDRESS;

  gtk_widget_set_size_request (GTK_WIDGET (self->view), -1,
                               address ? ADDRESS_HEIGHT : NOTES_HEIGHT);
}

static void
sat_field_long_text_set_value (SatFieldEditor *editor, const char *value)
{
  SatFieldLongText *self = SAT_FIELD_LONG_TEXT (editor);
  g_autofree char *old = get_text (self);
  const char *text = value != NULL ? value : "";

  if (g_strcmp0 (old, text) != 0)
    gtk_text_buffer_set_text (self->buffer, text, -1);
}

static gboolean
sat_field_long_text_get_value (SatFieldEditor *editor, char **out_value, GError **error)
{
  g_autofree char *text = get_text (SAT_FIELD_LONG_TEXT (editor));

  return sat_field_editor_parse (editor, text, out_value, error);
}

static GtkWidget *
sat_field_long_text_get_target (SatFieldEditor *editor)
{
  return GTK_WIDGET (SAT_FIELD_LONG_TEXT (editor)->view);
}

static void
sat_field_long_text_class_init (SatFieldLongTextClass *klass)
{
  SatFieldEditorClass *editor_class = SAT_FIELD_EDITOR_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  editor_class->setup = sat_field_long_text_setup;
  editor_class->set_value = sat_field_long_text_set_value;
  editor_class->get_value = sat_field_long_text_get_value;
  editor_class->get_target = sat_field_long_text_get_target;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAT_RESOURCE_ROOT "/field/sat-field-long-text.ui");
  gtk_widget_class_bind_template_child (widget_class, SatFieldLongText, view);
  gtk_widget_class_bind_template_child (widget_class, SatFieldLongText, buffer);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
sat_field_long_text_init (SatFieldLongText *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
